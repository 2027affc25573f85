//! What math-core writes for browsers, as MathML 3 has it, which EPUB 3.3 takes.

use std::borrow::Cow;

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event as Xml};
use quick_xml::{Reader, Writer, XmlVersion};

use super::known;

/// A line around what it is said of.
const BORDER: &str = "border:0.05em solid;padding:0.25em;";

/// Mends what EPUBCheck refuses in math-core 0.7: `displaystyle` and `scriptlevel` belong on an
/// `mstyle` (MathML 3, section 3.3.4), text has a `mathvariant` and no HTML (3.2.2), a bar is
/// U+203E, and cells say how they are aligned by `columnalign`. Puts tags in their places.
pub(super) fn mend(mathml: &str, tags: &[String]) -> Option<String> {
    let mut reader = Reader::from_str(mathml);
    let mut writer = Writer::new(Vec::new());
    let mut open: Vec<Open> = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Xml::Start(tag) if tag.name().as_ref() == "mtext" => {
                let (text, variant) = text(&mut reader)?;
                let text = tagged(&text, tags);
                let mut tag = BytesStart::new("mtext");
                if let Some(variant) = variant {
                    tag.push_attribute(("mathvariant", variant));
                }
                writer.write_event(Xml::Start(tag)).ok()?;
                writer.write_event(Xml::Text(BytesText::new(text))).ok()?;
                writer.write_event(Xml::End(BytesEnd::new("mtext"))).ok()?;
            }
            // The lines of `menclose`, for stylesheets.
            Xml::Start(tag) if is_line_of_menclose(&tag) => {
                reader.read_to_end(tag.name()).ok()?;
            }
            Xml::Start(tag) => {
                let over = tag.name().as_ref() == "mover";
                let (style, tag) = mend_tag(&tag)?;
                let styled = style.is_some();
                if let Some(style) = style {
                    writer.write_event(Xml::Start(style)).ok()?;
                }
                let name = tag.name().as_ref().to_owned();
                writer.write_event(Xml::Start(tag)).ok()?;
                open.push(Open { name, styled, over });
            }
            Xml::Empty(tag) => {
                let (_, tag) = mend_tag(&tag)?;
                writer.write_event(Xml::Empty(tag)).ok()?;
            }
            Xml::End(_) => {
                let Open { name, styled, .. } = open.pop()?;
                writer.write_event(Xml::End(BytesEnd::new(name))).ok()?;
                if styled {
                    writer.write_event(Xml::End(BytesEnd::new("mstyle"))).ok()?;
                }
            }
            Xml::Text(text) if &*text == "\u{332}" && is_over(&open) => {
                writer.write_event(Xml::Text(BytesText::new("\u{203e}"))).ok()?;
            }
            Xml::Eof => break,
            other => writer.write_event(other).ok()?,
        }
    }
    String::from_utf8(writer.into_inner()).ok()
}

/// An open MathML element.
struct Open {
    /// What it is called now.
    name: String,
    /// Whether an `mstyle` was put around it.
    styled: bool,
    over: bool,
}

/// Whether the element at hand is a child of `mover`.
fn is_over(open: &[Open]) -> bool {
    matches!(open, [.., Open { over: true, .. }, _])
}

fn is_line_of_menclose(tag: &BytesStart<'_>) -> bool {
    let class = tag.try_get_attribute("class").ok().flatten();
    class.is_some_and(|class| class.value.starts_with("menclose-"))
}

/// The words of an `mtext` that has just begun, up to its end, and the variant that the HTML in
/// it stands for.
fn text(reader: &mut Reader<&[u8]>) -> Option<(String, Option<&'static str>)> {
    let (mut bold, mut italic, mut mono, mut sans) = (false, false, false, false);
    let mut text = String::new();
    loop {
        match reader.read_event().ok()? {
            Xml::Start(tag) => match tag.name().as_ref() {
                "b" | "strong" => bold = true,
                "i" | "em" => italic = true,
                "code" => mono = true,
                "span" => {
                    let class = tag.try_get_attribute("class").ok()?;
                    sans |= class.is_some_and(|class| class.value.contains("sans"));
                }
                _ => {}
            },
            Xml::End(tag) if tag.name().as_ref() == "mtext" => break,
            Xml::Text(part) => text.push_str(&part),
            Xml::GeneralRef(name) => match name.resolve_char_ref().ok()? {
                Some(character) => text.push(character),
                None => {
                    text.push_str(quick_xml::escape::resolve_predefined_entity(&name)?)
                }
            },
            Xml::Eof => return None,
            _ => {}
        }
    }
    let variant = match (mono, sans, bold, italic) {
        (true, ..) => Some("monospace"),
        (_, true, true, true) => Some("sans-serif-bold-italic"),
        (_, true, true, false) => Some("bold-sans-serif"),
        (_, true, false, true) => Some("sans-serif-italic"),
        (_, true, false, false) => Some("sans-serif"),
        (_, _, true, true) => Some("bold-italic"),
        (_, _, true, false) => Some("bold"),
        (_, _, false, true) => Some("italic"),
        _ => None,
    };
    Some((text, variant))
}

/// Text, or the tag that it stands for.
fn tagged<'t>(text: &'t str, tags: &'t [String]) -> &'t str {
    let number = text.strip_prefix("(tag").and_then(|it| it.strip_suffix(')'));
    let tag = number.and_then(|it| it.parse::<usize>().ok()).and_then(|at| tags.get(at));
    tag.map_or(text, String::as_str)
}

/// A tag without attributes that belong on an `mstyle`, and the `mstyle` that has them. A row
/// that has them becomes one.
fn mend_tag(
    tag: &BytesStart<'_>,
) -> Option<(Option<BytesStart<'static>>, BytesStart<'static>)> {
    let name = tag.name().as_ref().to_owned();
    let is_row = name == "mrow";
    let mut style: Option<BytesStart<'static>> = None;
    let mut mended = BytesStart::new(name.clone());
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key.as_ref();
        let value: Cow<'_, str> =
            attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        let styles = matches!(key, "displaystyle" | "scriptlevel");
        if styles && is_row {
            mended.set_name("mstyle");
        } else if styles && !matches!(name.as_str(), "math" | "mstyle") {
            style
                .get_or_insert_with(|| BytesStart::new("mstyle"))
                .push_attribute((key, &*value));
            continue;
        }
        if key == "style"
            && let Some(alignment) = text_align(&value)
        {
            mended.push_attribute(("columnalign", alignment));
        }
        // Lengths of MathML 3 know no `rem` (section 2.1.5).
        let value = match value.strip_suffix("rem") {
            Some(number) if key == "width" => format!("{number}em").into(),
            _ => value,
        };
        let value = match value == known::BOX {
            true => BORDER,
            false => &*value,
        };
        mended.push_attribute((key, value));
    }
    Some((style, mended))
}

fn text_align(style: &str) -> Option<&'static str> {
    let value =
        style.split(';').find_map(|rule| rule.trim().strip_prefix("text-align:"))?;
    match value.trim() {
        "left" => Some("left"),
        "right" => Some("right"),
        "center" => Some("center"),
        _ => None,
    }
}
