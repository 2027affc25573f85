//! Tables within formulas: what their cells say in CSS, said so that formulary hears it.

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, Writer};

use super::enclosure::Enclosure;

/// What an operator has before it at the edge of a cell that wants no space there: the thick space
/// of relations, less the space of two cells (MathML Core, 3.5.4).
const CLOSE: &str = "-0.52em";

/// The MathML of a formula with the alignment of columns on its tables, with the style around a
/// table in its cells, and without the space that cells refuse; none if it is no XML.
pub(super) fn told(mathml: &str) -> Option<String> {
    let events = events(mathml)?;
    let mut teller =
        Teller { out: Writer::new(Vec::new()), open: Vec::new(), close: false };
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Start(tag) => teller.start(tag.borrow(), &events[at + 1..])?,
            Event::End(tag) => teller.end(tag.borrow())?,
            other => teller.out.write_event(other.borrow()).ok()?,
        }
    }
    String::from_utf8(teller.out.into_inner()).ok()
}

/// The events of MathML; none if it is no XML.
pub(super) fn events(mathml: &str) -> Option<Vec<Event<'_>>> {
    let mut reader = Reader::from_str(mathml);
    let mut events = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Eof => return Some(events),
            event => events.push(event),
        }
    }
}

struct Teller {
    out: Writer<Vec<u8>>,
    open: Vec<Open>,
    /// Whether a cell has just begun that wants no space to its left.
    close: bool,
}

/// An open element.
struct Open {
    /// Whether what is in it is displayed.
    displayed: bool,
    /// Whether a style was put within it.
    styled: bool,
    /// What is drawn about it.
    enclosure: Option<Enclosure>,
}

impl Teller {
    fn start(&mut self, mut tag: BytesStart, rest: &[Event]) -> Option<()> {
        let name = tag.name().as_ref().to_owned();
        let columns = if name == "mtable" { columns(rest) } else { String::new() };
        if !columns.is_empty() {
            tag.push_attribute(("columnalign", columns.as_str()));
        }
        if let Some(enclosure) = enclosure(&tag) {
            return self.enclosed(enclosure);
        }
        let close = std::mem::replace(&mut self.close, refuses_left(&tag));
        if close && name == "mo" && value(&tag, "lspace").is_none() {
            tag.push_attribute(("lspace", CLOSE));
        }
        let displayed = match value(&tag, "displaystyle") {
            Some(style) => style == "true",
            None => {
                let holds = matches!(name.as_str(), "mtable" | "mtr" | "mtd");
                holds && self.open.last().is_some_and(|around| around.displayed)
            }
        };
        let styled = name == "mtd" && displayed;
        let is_tag = name == "mtd" && is_tag(&tag);
        self.out.write_event(Event::Start(tag)).ok()?;
        if styled {
            let mut style = BytesStart::new("mstyle");
            style.push_attribute(("displaystyle", "true"));
            self.out.write_event(Event::Start(style)).ok()?;
        }
        if is_tag {
            self.space("2em")?;
        }
        self.open.push(Open { displayed, styled, enclosure: None });
        Some(())
    }

    /// Puts a row in the place of an element that has something drawn about it.
    fn enclosed(&mut self, enclosure: Enclosure) -> Option<()> {
        let mut row = BytesStart::new("mrow");
        row.push_attribute(("mathbackground", enclosure.color().as_str()));
        self.out.write_event(Event::Start(row)).ok()?;
        self.room(enclosure)?;
        let displayed = self.open.last().is_some_and(|around| around.displayed);
        let enclosure = Some(enclosure);
        self.open.push(Open { displayed, styled: false, enclosure });
        Some(())
    }

    /// The space at each side within a box.
    fn room(&mut self, enclosure: Enclosure) -> Option<()> {
        if enclosure == Enclosure::Box { self.space("0.25em") } else { Some(()) }
    }

    fn space(&mut self, width: &str) -> Option<()> {
        let mut space = BytesStart::new("mspace");
        space.push_attribute(("width", width));
        self.out.write_event(Event::Empty(space)).ok()
    }

    fn end(&mut self, tag: BytesEnd) -> Option<()> {
        self.close = false;
        let Open { styled, enclosure, .. } = self.open.pop()?;
        if let Some(enclosure) = enclosure {
            self.room(enclosure)?;
            return self.out.write_event(Event::End(BytesEnd::new("mrow"))).ok();
        }
        if styled {
            self.out.write_event(Event::End(BytesEnd::new("mstyle"))).ok()?;
        }
        self.out.write_event(Event::End(tag)).ok()
    }
}

fn enclosure(tag: &BytesStart) -> Option<Enclosure> {
    let is_enclosed = tag.name().as_ref() == "menclose";
    let notation = is_enclosed.then(|| value(tag, "notation").unwrap_or_default());
    let style = value(tag, "style").filter(|_| tag.name().as_ref() == "mrow");
    Enclosure::of_element(notation.as_deref(), style.as_deref())
}

/// The alignments of the cells of the first row.
fn columns(events: &[Event]) -> String {
    let mut alignments = Vec::new();
    let mut depth = 0_usize;
    for event in events {
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth == 2 && tag.name().as_ref() == "mtd" {
                    let alignment = value(tag, "columnalign");
                    alignments.push(alignment.unwrap_or_else(|| "center".to_owned()));
                }
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            _ => {}
        }
    }
    alignments.join(" ")
}

/// Whether a cell holds the number of its row.
fn is_tag(tag: &BytesStart) -> bool {
    let style = value(tag, "style").unwrap_or_default();
    style.starts_with("width") && style.contains("text-align: right")
}

/// Whether a cell wants no space to its left.
fn refuses_left(tag: &BytesStart) -> bool {
    let style = value(tag, "style").filter(|_| tag.name().as_ref() == "mtd");
    let style = style.unwrap_or_default();
    let mut rules = style.split(';').filter_map(|rule| rule.split_once(':'));
    rules.any(|(name, value)| name.trim() == "padding-left" && value.trim() == "0")
}

fn value(tag: &BytesStart, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_says_how_columns_are_aligned() {
        let row = r#"<mtd columnalign="right"><mi>a</mi></mtd><mtd columnalign="left" style="padding-left: 0;"><mo>=</mo></mtd>"#;
        let told = told(&format!("<math><mtable><mtr>{row}</mtr></mtable></math>"));
        let told = told.expect("XML");
        assert!(told.contains(r#"<mtable columnalign="right left">"#), "{told}");
        assert!(told.contains(r#"<mo lspace="-0.52em">=</mo>"#), "{told}");
    }

    #[test]
    fn cells_are_displayed_as_their_table_is() {
        let table = "<mtable><mtr><mtd><mi>a</mi></mtd></mtr></mtable>";
        let style = r#"<mstyle displaystyle="true">"#;
        let told = |math: String| told(&math).expect("XML");
        let displayed = told(format!("<math>{style}{table}</mstyle></math>"));
        assert!(displayed.contains(&format!("<mtd>{style}<mi>")), "{displayed}");
        assert!(!told(format!("<math>{table}</math>")).contains("mstyle"));
    }
}
