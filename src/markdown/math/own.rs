//! Formulas that a post has in MathML already.

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer, XmlVersion};

/// The elements of presentation MathML that both editions take (MathML 3, chapter 3).
const KNOWN: [&str; 30] = [
    "math",
    "mi",
    "mn",
    "mo",
    "mtext",
    "mspace",
    "ms",
    "mrow",
    "mfrac",
    "msqrt",
    "mroot",
    "mstyle",
    "merror",
    "mpadded",
    "mphantom",
    "mfenced",
    "menclose",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mmultiscripts",
    "mprescripts",
    "none",
    "mtable",
    "mtr",
    "mtd",
    "maligngroup",
];

/// Attributes that neither act nor lead away.
const ATTRIBUTES: [&str; 30] = [
    "display",
    "displaystyle",
    "scriptlevel",
    "mathvariant",
    "mathsize",
    "mathcolor",
    "mathbackground",
    "stretchy",
    "fence",
    "separator",
    "lspace",
    "rspace",
    "minsize",
    "maxsize",
    "symmetric",
    "largeop",
    "movablelimits",
    "form",
    "accent",
    "accentunder",
    "linethickness",
    "width",
    "height",
    "depth",
    "voffset",
    "open",
    "close",
    "separators",
    "notation",
    "dir",
];

const XMLNS: &str = "http://www.w3.org/1998/Math/MathML";

/// The formula without what acts, and without its other forms; and its words for where there are
/// no better. None if it is no MathML.
pub(super) fn read(written: &str) -> Option<(String, String)> {
    let mut reader = Reader::from_str(written.trim());
    let mut writer = Writer::new(Vec::new());
    let mut words = String::new();
    let mut open: Vec<&'static str> = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                let name = tag.local_name();
                if matches!(name.as_ref(), "annotation" | "annotation-xml") {
                    reader.read_to_end(tag.name()).ok()?;
                    continue;
                }
                let name = known(name.as_ref());
                writer
                    .write_event(Event::Start(clean(&tag, name, open.is_empty())?))
                    .ok()?;
                open.push(name);
            }
            Event::Empty(tag) => {
                let name = known(tag.local_name().as_ref());
                writer
                    .write_event(Event::Empty(clean(&tag, name, open.is_empty())?))
                    .ok()?;
            }
            Event::End(_) => {
                writer.write_event(Event::End(BytesEnd::new(open.pop()?))).ok()?;
            }
            Event::Text(text) => {
                words.push_str(text.trim());
                writer.write_event(Event::Text(text)).ok()?;
            }
            Event::GeneralRef(name) => {
                let character = match name.resolve_char_ref().ok()? {
                    Some(character) => character.to_string(),
                    None => named(&name)?.to_owned(),
                };
                words.push_str(&character);
                writer.write_event(Event::Text(BytesText::new(&character))).ok()?;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let mathml = String::from_utf8(writer.into_inner()).ok()?;
    let is_whole = open.is_empty() && mathml.starts_with("<math");
    is_whole.then_some((mathml, words.trim().to_owned()))
}

/// What an element is called here: what is no element of presentation is a row of what it holds.
fn known(name: &str) -> &'static str {
    KNOWN.into_iter().find(|known| *known == name).unwrap_or("mrow")
}

fn clean(
    tag: &BytesStart<'_>,
    name: &'static str,
    root: bool,
) -> Option<BytesStart<'static>> {
    let mut clean = BytesStart::new(name);
    if root {
        clean.push_attribute(("xmlns", XMLNS));
    }
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key.as_ref();
        // Styles belong on an `mstyle`.
        let moves = matches!(key, "displaystyle" | "scriptlevel");
        let may = !moves || matches!(name, "math" | "mstyle");
        if may && ATTRIBUTES.contains(&key) {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            clean.push_attribute((key, &*value));
        }
    }
    Some(clean)
}

/// The entities of HTML that formulas use most.
fn named(name: &str) -> Option<&'static str> {
    Some(match name {
        "InvisibleTimes" | "it" => "\u{2062}",
        "ApplyFunction" | "af" => "\u{2061}",
        "InvisibleComma" | "ic" => "\u{2063}",
        "nbsp" => "\u{a0}",
        "minus" => "−",
        "times" => "×",
        "plusmn" | "pm" => "±",
        "sum" => "∑",
        "int" => "∫",
        "infin" => "∞",
        "pi" => "π",
        "alpha" => "α",
        "beta" => "β",
        "gamma" => "γ",
        "Delta" => "Δ",
        "le" => "≤",
        "ge" => "≥",
        "ne" => "≠",
        "rarr" => "→",
        "sdot" => "⋅",
        name => quick_xml::escape::resolve_predefined_entity(name)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_presentation_stays() {
        let written = r#"<math onclick="x()"><semantics><mrow><mi>x</mi><mo>&lt;</mo><mn>1</mn></mrow>
            <annotation encoding="application/x-tex">x</annotation></semantics></math>"#;
        let (mathml, words) = read(written).expect("MathML");
        assert!(
            mathml
                .starts_with(&format!(r#"<math xmlns="{XMLNS}"><mrow><mrow><mi>x</mi>"#))
        );
        assert!(!mathml.contains("onclick") && !mathml.contains("annotation"));
        assert_eq!(words, "x<1");
        assert_eq!(read("<math><mi>x</math>"), None);
    }
}
