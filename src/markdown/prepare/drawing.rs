//! Drawings that are written into a post, as pictures.

use std::fmt::Write;

use html5gum::{StartTag, Token, Tokenizer};
use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::Event;

use super::embedded::read;
use crate::address::percent_encode;
use crate::html::svg_name;

/// A drawing as a picture.
pub(in crate::markdown) struct Drawing {
    /// The drawing itself, as an address.
    pub(in crate::markdown) address: String,
    /// What it says of itself to those who cannot see it.
    pub(in crate::markdown) alternative: String,
}

impl Drawing {
    /// The picture as HTML.
    pub(super) fn tag(&self) -> String {
        let alternative = quick_xml::escape::escape(&self.alternative);
        format!(r#"<img alt="{alternative}" src="{}">"#, self.address)
    }
}

/// What the common names look like where a program has made their letters small, which XML
/// does not take for the same.
const LOWER: [&str; 4] = [" viewbox=", "<lineargradient", "<radialgradient", "<clippath"];

/// The picture that a drawing is; none if it is no XML.
pub(in crate::markdown) fn drawing(svg: &str) -> Option<Drawing> {
    let tag_end = svg.find('>')?;
    let mut namespaces = String::new();
    if !svg[..tag_end].contains("xmlns=") {
        namespaces.push_str(r#" xmlns="http://www.w3.org/2000/svg""#);
    }
    if svg.contains("xlink:") && !svg.contains("xmlns:xlink") {
        namespaces.push_str(r#" xmlns:xlink="http://www.w3.org/1999/xlink""#);
    }
    let drawing = format!("<svg{namespaces}{}", &svg["<svg".len()..]);
    let is_lower = LOWER.iter().any(|name| drawing.contains(name));
    let drawing = match read(&drawing, "title") {
        Some(_) if !is_lower => drawing,
        _ => as_xml(&drawing),
    };
    let title = read(&drawing, "title")?;
    let alternative = Some(title).filter(|title| !title.is_empty());
    let alternative = alternative.or_else(|| label(&drawing)).unwrap_or_default();
    let address = format!("data:image/svg+xml,{}", percent_encode(&drawing));
    Some(Drawing { address, alternative })
}

/// What a drawing without a title says of itself in its `aria-label`.
fn label(drawing: &str) -> Option<String> {
    let mut reader = Reader::from_str(drawing);
    let Ok(Event::Start(tag) | Event::Empty(tag)) = reader.read_event() else {
        return None;
    };
    let label = tag.try_get_attribute("aria-label").ok()??;
    let label = label.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
    Some(label.trim().to_owned())
}

/// A drawing as HTML reads it, written as XML: values in quotation marks, each tag closed.
fn as_xml(svg: &str) -> String {
    let mut xml = String::with_capacity(svg.len());
    let mut open: Vec<String> = Vec::new();
    for token in Tokenizer::new(svg) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = start(&tag, &mut xml);
                if !tag.self_closing {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let name = svg_name(&name);
                if let Some(at) = open.iter().rposition(|it| it == name) {
                    close(open.drain(at..), &mut xml);
                }
            }
            Token::String(words) => {
                xml.push_str(&escape(String::from_utf8_lossy(&words)));
            }
            _ => {}
        }
    }
    close(open.drain(..), &mut xml);
    xml
}

fn start(tag: &StartTag<()>, xml: &mut String) -> String {
    let name = String::from_utf8_lossy(&tag.name).into_owned();
    let name = svg_name(&name).to_owned();
    let _ = write!(xml, "<{name}");
    for (key, value) in &tag.attributes {
        let (key, value) = (String::from_utf8_lossy(key), String::from_utf8_lossy(value));
        let is_name = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(&b));
        if is_name {
            let _ = write!(xml, " {}=\"{}\"", svg_name(&key), escape(value));
        }
    }
    xml.push_str(if tag.self_closing { "/>" } else { ">" });
    name
}

fn close(names: impl DoubleEndedIterator<Item = String>, xml: &mut String) {
    for name in names.rev() {
        let _ = write!(xml, "</{name}>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_xml() {
        for (html, xml) in [
            ("<svg viewbox=\"0 0 1 1\"/>", "<svg viewBox=\"0 0 1 1\"/>"),
            ("<svg><path d=M0,0></svg>", "<svg><path d=\"M0,0\"></path></svg>"),
            ("<svg><a>b & c</g></svg>", "<svg><a>b &amp; c</a></svg>"),
            ("<svg><lineargradient/></svg>", "<svg><linearGradient/></svg>"),
        ] {
            assert_eq!(as_xml(html), xml);
        }
    }

    #[test]
    fn a_drawing_needs_a_name_for_its_space() {
        let drawing = drawing("<svg><title>The light</title></svg>").expect("a drawing");
        assert_eq!(drawing.alternative, "The light");
        assert!(drawing.address.contains("xmlns"));
    }
}
