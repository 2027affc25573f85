//! Styles in CSL that have no end: macros that call each other, and parts that stand in one
//! another too deep. A processor goes down into both, and would not come back.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// How deep the elements of a style may stand in one another, those of its macros counted where
/// they are called.
const MAX_ELEMENT_DEPTH: usize = 250;

/// How many elements a style may have, those of its macros counted wherever they are called:
/// macros of which each calls the next one twice double with every step.
const MAX_ELEMENTS: usize = 5_000_000;

/// What keeps a style from being used, if anything does.
pub(super) fn fault(style: &str) -> Option<String> {
    let macros = match Macros::read(style) {
        Ok(macros) => macros,
        Err(depth) => return Some(too_deep(depth)),
    };
    macros.fault()
}

fn too_deep(depth: usize) -> String {
    format!("its parts are nested more than {depth} deep")
}

/// The macros of a style.
#[derive(Default)]
struct Macros {
    /// By name; what is outside all of them has an empty one.
    all: BTreeMap<String, Macro>,
}

/// A macro: how deep it is, how many elements it has, and at what depth it calls which others.
#[derive(Default)]
struct Macro {
    deepest: usize,
    elements: usize,
    calls: Vec<(String, usize)>,
}

/// How deep a macro is and how many elements it has, with those that it calls.
#[derive(Clone, Copy)]
struct Extent {
    depth: usize,
    elements: usize,
}

impl Macros {
    /// Reads a style, or says that it is too deep. What is no XML is somebody else's to say.
    fn read(style: &str) -> Result<Self, usize> {
        let mut macros = Self::default();
        let mut reader = Reader::from_str(style);
        let (mut depth, mut current, mut begun) = (0_usize, String::new(), 0);
        loop {
            let (tag, stays) = match reader.read_event() {
                Ok(Event::Start(tag)) => (tag, true),
                Ok(Event::Empty(tag)) => (tag, false),
                Ok(Event::End(_)) => {
                    depth = depth.saturating_sub(1);
                    if depth <= begun {
                        current.clear();
                        begun = 0;
                    }
                    continue;
                }
                Ok(Event::Eof) | Err(_) => return Ok(macros),
                Ok(_) => continue,
            };
            if tag.local_name().as_ref() == "macro" {
                current = attribute(&tag, "name").unwrap_or_default();
                begun = depth;
            }
            depth += usize::from(stays);
            let inside = depth - begun;
            if depth > MAX_ELEMENT_DEPTH {
                return Err(MAX_ELEMENT_DEPTH);
            }
            let of = macros.all.entry(current.clone()).or_default();
            of.deepest = of.deepest.max(inside);
            of.elements += 1;
            if let Some(called) = attribute(&tag, "macro") {
                of.calls.push((called, inside));
            }
        }
    }

    /// A circle of macros, or a chain of them that is too deep or comes to too much.
    fn fault(&self) -> Option<String> {
        let mut depths: BTreeMap<&str, Extent> = BTreeMap::new();
        for name in self.all.keys() {
            if let Some(fault) = self.walk(name, &mut depths) {
                return Some(fault);
            }
        }
        None
    }

    /// Goes down from a macro, without the stack of this thread.
    fn walk<'m>(
        &'m self,
        from: &'m str,
        depths: &mut BTreeMap<&'m str, Extent>,
    ) -> Option<String> {
        // The macros that call one another, each with the next of its calls.
        let mut open: Vec<(&str, usize)> = vec![(from, 0)];
        while let Some((name, next)) = open.pop() {
            let Some(called) = self.all.get(name).filter(|_| !depths.contains_key(name))
            else {
                continue;
            };
            if let Some((callee, _)) = called.calls.get(next) {
                open.push((name, next + 1));
                let begin = open.iter().position(|(open, _)| open == callee);
                if let Some(begin) = begin {
                    let mut circle: Vec<String> =
                        open[begin..].iter().map(|(it, _)| format!("`{it}`")).collect();
                    circle.push(format!("`{callee}`"));
                    let circle = circle.join(" → ");
                    return Some(format!(
                        "its macros call each other in a circle: {circle}"
                    ));
                }
                open.push((callee, 0));
                continue;
            }
            let mut whole = Extent { depth: called.deepest, elements: called.elements };
            for (callee, at) in &called.calls {
                let Some(inner) = depths.get(callee.as_str()) else { continue };
                whole.depth = whole.depth.max(at + inner.depth);
                whole.elements = whole.elements.saturating_add(inner.elements);
            }
            if whole.depth > MAX_ELEMENT_DEPTH {
                return Some(too_deep(MAX_ELEMENT_DEPTH));
            }
            if whole.elements > MAX_ELEMENTS {
                return Some(format!(
                    "its macros come to more than {MAX_ELEMENTS} elements"
                ));
            }
            depths.insert(name, whole);
        }
        None
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.try_get_attribute(name).ok()?.map(|attribute| attribute.value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(macros: &str) -> String {
        let layout = r#"<citation><layout><text macro="a"/></layout></citation>"#;
        format!("<style>{macros}{layout}</style>")
    }

    #[test]
    fn circles_and_depths_are_told() {
        let circle = r#"<macro name="a"><text macro="b"/></macro>
            <macro name="b"><group><text macro="a"/></group></macro>"#;
        let told = fault(&style(circle)).expect("a circle");
        assert!(told.ends_with("`a` → `b` → `a`"), "{told}");
        let itself =
            r#"<macro name="c"><choose><if><text macro="c"/></if></choose></macro>"#;
        assert!(fault(&style(itself)).expect("a circle").ends_with("`c` → `c`"));
        for part in ["group", "choose"] {
            let (open, close) = (format!("<{part}>"), format!("</{part}>"));
            let deep = open.repeat(10_000) + &close.repeat(10_000);
            assert!(
                fault(&style(&format!(r#"<macro name="a">{deep}</macro>"#))).is_some()
            );
        }
        let chain: String = (0..10_000)
            .map(|at| {
                format!(r#"<macro name="m{at}"><text macro="m{}"/></macro>"#, at + 1)
            })
            .collect();
        assert!(fault(&style(&chain)).is_some());
    }

    #[test]
    fn macros_that_double_with_every_step_are_told() {
        let step = |at: usize| {
            let call = format!(r#"<text macro="m{}"/>"#, at + 1);
            format!(r#"<macro name="m{at}">{call}{call}</macro>"#)
        };
        let doubling: String = (0..40).map(step).collect();
        let told = fault(&style(&doubling)).expect("too much");
        assert!(told.contains("5000000 elements"), "{told}");
    }

    #[test]
    fn a_sound_style_is_sound() {
        let twice = r#"<macro name="a"><text macro="b"/><text macro="b"/></macro>
            <macro name="b"><text variable="title"/></macro>"#;
        assert_eq!(fault(&style(twice)), None);
        assert_eq!(fault("<style><macro"), None);
        assert_eq!(fault(""), None);
    }
}
