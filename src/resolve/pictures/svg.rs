//! Drawings: measured, and without script or anything outside themselves.

use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer, escape};
use resvg::usvg;

use crate::document::{LoadedPicture, PictureFormat};

use super::{Read, Unreadable, css};

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
    // The disk is for the world to read: a drawing has no other pictures than its own.
    let mut options = usvg::Options::default();
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    let tree = usvg::Tree::from_data(bytes, &options)
        .map_err(|error| unreadable(error.to_string()))?;
    let text =
        std::str::from_utf8(bytes).map_err(|error| unreadable(error.to_string()))?;
    // Entities would have to be read out before anything can be judged; usvg has done so.
    let clean = if text.contains("<!ENTITY") { None } else { sanitize(text) };
    let clean = clean.unwrap_or_else(|| tree.to_string(&usvg::WriteOptions::default()));
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
        data: clean.into_bytes().into(),
        width: pixels(tree.size().width()),
        height: pixels(tree.size().height()),
    };
    Ok(Read { picture, remarks: Vec::new() })
}

/// The drawing without what acts, or reaches out of the file; none if it is not well formed.
fn sanitize(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut writer = Writer::new(Vec::new());
    let mut root = true;
    loop {
        match reader.read_event().ok()? {
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
            other => writer.write_event(other).ok()?,
        }
    }
    String::from_utf8(writer.into_inner()).ok()
}

fn is_forbidden(tag: &BytesStart<'_>) -> bool {
    matches!(
        tag.local_name().as_ref(),
        "script"
            | "foreignObject"
            | "iframe"
            | "audio"
            | "video"
            | "handler"
            | "listener"
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
        let value =
            attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
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
