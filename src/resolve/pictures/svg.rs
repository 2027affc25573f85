//! Drawings: measured, and without script or anything outside themselves.

use std::collections::BTreeSet;

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer, XmlVersion, escape};
use resvg::usvg;

use crate::diag::Code;
use crate::document::{LoadedPicture, PictureFormat};

use super::{Read, Remark, Unreadable, css, labels};

/// How deep elements of a drawing may stand in one another.
const MAX_ELEMENT_DEPTH: usize = 200;

const XMLNS: &str = "http://www.w3.org/2000/svg";

/// Whether a file is a drawing, as far as its beginning tells.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let begin = &bytes[..bytes.len().min(4096)];
    let begin = String::from_utf8_lossy(begin);
    let begin = begin.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    begin.starts_with('<') && begin.contains("<svg")
}

/// Reads a drawing.
pub(super) fn load(path: &str, bytes: &[u8]) -> Result<Read, Unreadable> {
    let unreadable = |reason: String| Unreadable {
        reason,
        hint: "save it anew as plain SVG, or as PNG",
    };
    let text =
        std::str::from_utf8(bytes).map_err(|error| unreadable(error.to_string()))?;
    // usvg goes down into each group, and so does whoever draws.
    if is_deeper_than(text, MAX_ELEMENT_DEPTH) {
        return Err(unreadable(format!(
            "its groups are nested more than {MAX_ELEMENT_DEPTH} deep"
        )));
    }
    // The disk is for the world to read: a drawing has no other pictures than its own.
    let mut options = usvg::Options::default();
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    let tree = usvg::Tree::from_data(bytes, &options)
        .map_err(|error| unreadable(error.to_string()))?;
    // Entities would have to be read out before anything can be judged; usvg has done so.
    let clean = if text.contains("<!ENTITY") { None } else { sanitize(text) };
    let clean = clean.unwrap_or_else(|| {
        let keep = usvg::WriteOptions { preserve_text: true, ..Default::default() };
        let svg = tree.to_string(&keep);
        sanitize(&svg).unwrap_or(Clean { svg, ..Clean::default() })
    });
    let lost = clean.lost.then(|| Remark {
        code: Code::DroppedElement,
        what: "has HTML in it that is no text, and was left out".to_owned(),
        hint: "export it without HTML, or as PNG",
    });
    let pixels = |length: f32| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a float is clamped to the range of the integer"
        )]
        let pixels = length.ceil() as u32;
        pixels.max(1)
    };
    let picture = LoadedPicture {
        path: path.to_owned(),
        format: PictureFormat::Svg,
        data: clean.svg.into_bytes().into(),
        width: pixels(tree.size().width()),
        height: pixels(tree.size().height()),
        unwritten: false,
        characters: clean.characters,
        span: None,
    };
    Ok(Read { picture, remarks: lost.into_iter().collect() })
}

/// A drawing that keeps to itself.
#[derive(Default)]
struct Clean {
    svg: String,
    /// The characters of its text.
    characters: BTreeSet<char>,
    /// Whether HTML in it was lost.
    lost: bool,
}

/// The drawing without what acts, or reaches out of the file, and with its HTML as text; none if
/// it is not well formed.
fn sanitize(text: &str) -> Option<Clean> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut writer = Writer::new(Vec::new());
    let mut clean_up = Clean::default();
    let mut root = true;
    // The elements of `text` that are open.
    let mut in_text = 0_usize;
    let mut open: Vec<String> = Vec::new();
    loop {
        match reader.read_event().ok()? {
            // draw.io's words for viewers without HTML: there is none left.
            Event::Empty(tag)
                if is_extensibility(&tag)
                    && open.last().is_some_and(|name| is_switch(name)) =>
            {
                skip_rest(&mut reader)?;
                let end = BytesEnd::new(open.pop()?);
                writer.write_event(Event::End(end)).ok()?;
            }
            Event::Start(tag) if tag.local_name().as_ref() == "foreignObject" => {
                let label = labels::read(&mut reader, &tag)?;
                clean_up.lost |= label.lost;
                let shown = !label.events.is_empty();
                for event in label.events {
                    if let Event::Text(text) = &event {
                        let text = text.xml_content(XmlVersion::Implicit1_0);
                        clean_up.characters.extend(text.chars());
                    }
                    writer.write_event(event).ok()?;
                }
                // What is there for viewers that cannot show it.
                if shown && open.last().is_some_and(|name| is_switch(name)) {
                    skip_rest(&mut reader)?;
                    let end = BytesEnd::new(open.pop()?);
                    writer.write_event(Event::End(end)).ok()?;
                }
            }
            Event::Start(tag) => {
                if is_forbidden(&tag) {
                    reader.read_to_end(tag.name()).ok()?;
                    continue;
                }
                writer.write_event(Event::Start(clean(&tag, root)?)).ok()?;
                root = false;
                if tag.local_name().as_ref() == "style" {
                    let rules = stylesheet(&mut reader)?;
                    writer.write_event(Event::Text(BytesText::new(&rules))).ok()?;
                    writer.write_event(Event::End(tag.to_end())).ok()?;
                } else {
                    if in_text > 0 || tag.local_name().as_ref() == "text" {
                        in_text += 1;
                    }
                    open.push(tag.name().as_ref().to_owned());
                }
            }
            Event::Empty(tag) => {
                if !is_forbidden(&tag) {
                    writer.write_event(Event::Empty(clean(&tag, root)?)).ok()?;
                }
                root = false;
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::DocType(_) | Event::PI(_) => {}
            other => {
                match &other {
                    Event::Text(text) if in_text > 0 => {
                        clean_up.characters.extend(text.chars());
                    }
                    Event::GeneralRef(name) if in_text > 0 => {
                        clean_up
                            .characters
                            .extend(name.resolve_char_ref().ok().flatten());
                    }
                    Event::End(_) => {
                        in_text = in_text.saturating_sub(1);
                        open.pop();
                    }
                    _ => {}
                }
                writer.write_event(other).ok()?;
            }
        }
    }
    clean_up.svg = String::from_utf8(writer.into_inner()).ok()?;
    Some(clean_up)
}

fn is_switch(name: &str) -> bool {
    name.rsplit(':').next() == Some("switch")
}

/// Whether an element is for viewers that know `foreignObject` (SVG 1.1, 23.3).
fn is_extensibility(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "requiredFeatures").is_some_and(|it| it.contains("#Extensibility"))
}

/// Reads on to the end of the element that is open.
fn skip_rest(reader: &mut Reader<&[u8]>) -> Option<()> {
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => _ = reader.read_to_end(tag.name()).ok()?,
            Event::End(_) => return Some(()),
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// Whether elements stand in one another more than so often.
fn is_deeper_than(text: &str, limit: usize) -> bool {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
        if depth > limit {
            return true;
        }
    }
}

/// What an attribute of an element says.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

fn is_forbidden(tag: &BytesStart<'_>) -> bool {
    matches!(
        tag.local_name().as_ref(),
        "script" | "iframe" | "audio" | "video" | "handler" | "listener"
    )
}

/// What is sound of the stylesheet that begins here, up to its end; nothing, if it reaches out
/// of the file.
fn stylesheet(reader: &mut Reader<&[u8]>) -> Option<String> {
    let mut text = String::new();
    loop {
        match reader.read_event().ok()? {
            Event::Text(part) => text.push_str(&part),
            Event::CData(part) => text.push_str(&part),
            Event::GeneralRef(name) => {
                let entity = escape::resolve_predefined_entity(&name);
                match name.resolve_char_ref().ok()? {
                    Some(character) => text.push(character),
                    None => text.push_str(entity?),
                }
            }
            Event::End(_) => break,
            Event::Start(_) | Event::Eof => return None,
            Event::Comment(_)
            | Event::Decl(_)
            | Event::DocType(_)
            | Event::Empty(_)
            | Event::PI(_) => {}
        }
    }
    Some(if is_closed(&text) { css::sound_rules(&text) } else { String::new() })
}

/// Whether style keeps to the file.
fn is_closed(style: &str) -> bool {
    let inside = |rest: &str| {
        let rest = rest.trim_start_matches([' ', '"', '\'']);
        rest.starts_with('#') || rest.starts_with("data:image/")
    };
    !style.contains("@import") && style.split("url(").skip(1).all(inside)
}

/// A tag without attributes that act or reach out.
fn clean(tag: &BytesStart<'_>, root: bool) -> Option<BytesStart<'static>> {
    let mut clean = BytesStart::new(tag.name().as_ref().to_owned());
    let mut namespace = false;
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key.as_ref();
        let local = attribute.key.local_name();
        let local = local.as_ref();
        namespace |= key == "xmlns" || key.starts_with("xmlns:");
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        let begin = value.trim_start();
        let reaches = match local {
            "href" => !(begin.starts_with('#') || begin.starts_with("data:image/")),
            "src" => true,
            _ => !is_closed(&value),
        };
        if !(reaches || local.starts_with("on")) {
            clean.push_attribute((key, &*value));
        }
    }
    if root && !namespace {
        clean.push_attribute(("xmlns", XMLNS));
    }
    Some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_keeps_to_itself() {
        let drawing = r##"<?xml version="1.0"?><!-- c --><svg xmlns="http://www.w3.org/2000/svg"
            width="20" height="10.5" onload="x()"><script>bad()</script><style>@import "x";</style>
            <image href="https://x.org/a.png"/><foreignObject><p>x</p></foreignObject>
            <use href="#a"/><rect id="a" fill="url(#g)" style="fill:url(http://x)" width="5" height="5"/>
            <text>a &lt; b</text></svg>"##;
        let picture = load("a.svg", drawing.as_bytes()).ok().expect("a drawing").picture;
        assert_eq!((picture.width, picture.height), (20, 11));
        let clean = std::str::from_utf8(&picture.data).expect("UTF-8");
        for gone in [
            "script",
            "onload",
            "@import",
            "x.org",
            "foreignObject",
            "http://x\"",
            "<!--",
        ] {
            assert!(!clean.contains(gone), "{gone} in {clean}");
        }
        for kept in [r##"href="#a""##, r##"fill="url(#g)""##, "a &lt; b"] {
            assert!(clean.contains(kept), "{kept} not in {clean}");
        }
    }

    #[test]
    fn a_stylesheet_is_cut_to_what_is_sound() {
        let drawing = r##"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><style>
            <![CDATA[g > a{fill:red}]]> b &gt; c&#123;fill:red} .u{fill:</style></svg>"##;
        let picture = load("a.svg", drawing.as_bytes()).ok().expect("a drawing").picture;
        let clean = std::str::from_utf8(&picture.data).expect("UTF-8");
        let style = "<style>g &gt; a{fill:red}b &gt; c{fill:red}</style>";
        assert!(clean.contains(style), "{clean}");
    }

    #[test]
    fn labels_in_html_become_text() {
        let drawing = format!(
            r#"<svg xmlns="{XMLNS}" width="90" height="90"><switch><foreignObject width="75"
            height="20"><div style="font-size:10px">First <b>ferry</b> of the<br/>morning
            &#x2014; 6&#160;am</div></foreignObject><text>no viewer</text></switch>
            <foreignObject><img src="x"/></foreignObject><text>caf&#xe9;</text>
            <switch><g requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"/>
            <a href="https://x.org/"><text>cannot display</text></a></switch></svg>"#
        );
        let read = load("a.svg", drawing.as_bytes()).ok().expect("a drawing");
        assert_eq!(read.remarks.len(), 1);
        let clean = std::str::from_utf8(&read.picture.data).expect("UTF-8");
        for kept in ["First ", ">ferry</tspan>", "the", "morning \u{2014} 6\u{a0}am"] {
            assert!(clean.contains(kept), "{kept} not in {clean}");
        }
        for gone in ["no viewer", "cannot display", "foreignObject", "<div"] {
            assert!(!clean.contains(gone), "{gone} in {clean}");
        }
        assert!(read.picture.characters.contains(&'é'));
    }

    #[test]
    fn a_drawing_that_is_too_deep_is_refused() {
        for depth in [150, 10_000] {
            let (open, close) = ("<g>".repeat(depth), "</g>".repeat(depth));
            let drawing = format!(
                r#"<svg xmlns="{XMLNS}" width="9" height="9">{open}<text>a</text>{close}</svg>"#
            );
            let read = load("a.svg", drawing.as_bytes());
            assert_eq!(read.is_ok(), depth < MAX_ELEMENT_DEPTH);
        }
    }

    #[test]
    fn no_drawing_reads_the_disk() {
        let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/pictures/reader.png");
        let drawing = format!(
            r#"<!DOCTYPE svg [<!ENTITY p "{picture}">]><svg xmlns="{XMLNS}" width="9" height="9"
            xmlns:x="http://www.w3.org/1999/xlink"><image x:href="&p;" width="9" height="9"/></svg>"#
        );
        let picture = load("a.svg", drawing.as_bytes()).ok().expect("a drawing").picture;
        let clean = std::str::from_utf8(&picture.data).expect("UTF-8");
        assert!(!clean.contains("<image"), "{clean}");
    }

    #[test]
    fn what_is_no_drawing_is_told() {
        assert!(!is_svg(b"\x89PNG"));
        assert!(load("a.svg", b"<svg><g></svg>").is_err());
    }
}
