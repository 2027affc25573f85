//! What a start tag says besides its name.

use html5gum::{HtmlString, StartTag};

use crate::address::percent_decode;
use crate::characters::cleaned;
use crate::document::{Alignment, Attributes, Direction, Division, PhraseRole};
use crate::language::Language;

use super::super::attributelist;
use super::super::element::Element;
use super::super::events::phrase;
use super::style;

/// A name in small letters.
pub(super) fn name(name: &HtmlString) -> String {
    string(name).to_ascii_lowercase()
}

/// Words without characters that no book can hold; `&#12;` can say such a one, too.
pub(super) fn string(bytes: &HtmlString) -> String {
    cleaned(String::from_utf8_lossy(bytes).into_owned())
}

/// The value of an attribute.
pub(super) fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    tag.attributes.get(name.as_bytes()).map(|value| string(&value.value))
}

/// A number, one unless the attribute says another.
pub(super) fn number(tag: &StartTag<usize>, name: &str) -> u16 {
    attribute(tag, name).and_then(|value| value.trim().parse().ok()).unwrap_or(1)
}

/// Id, classes, language, direction and style, given whether it goes from right to left around.
pub(super) fn attributes(tag: &StartTag<usize>, right_to_left: bool) -> Attributes {
    let mut classes: Vec<String> = Vec::new();
    for class in attribute(tag, "class").unwrap_or_default().split_ascii_whitespace() {
        if !classes.iter().any(|known| known == class) {
            classes.push(class.to_owned());
        }
    }
    let anchor = || if name(&tag.name) == "a" { attribute(tag, "name") } else { None };
    let id = attribute(tag, "id").or_else(anchor);
    let id = id.filter(|id| !id.trim().is_empty());
    let lang = attribute(tag, "lang").and_then(|lang| Language::parse(&lang));
    let dir = direction(tag, lang.as_ref(), right_to_left);
    let lang = lang.map(|lang| lang.tag().to_owned());
    let index = attribute(tag, attributelist::INDEX_MARK);
    let index =
        index.and_then(|list| attributelist::parse(&percent_decode(&list))?.0.index);
    Attributes { id, classes, lang, dir, style: style::of(tag), index }
}

/// The direction that `dir` says, else that of the language, where it is another than around.
fn direction(
    tag: &StartTag<usize>,
    lang: Option<&Language>,
    right_to_left: bool,
) -> Option<Direction> {
    let dir = attribute(tag, "dir").unwrap_or_default().trim().to_ascii_lowercase();
    match dir.as_str() {
        "ltr" => Some(Direction::LeftToRight),
        "rtl" => Some(Direction::RightToLeft),
        "auto" => Some(Direction::Auto),
        _ => match lang?.is_right_to_left() {
            true => Some(Direction::RightToLeft),
            false if right_to_left => Some(Direction::LeftToRight),
            false => None,
        },
    }
}

/// How the words are aligned, by style or by attribute.
pub(super) fn alignment(tag: &StartTag<usize>) -> Option<Alignment> {
    let style = attribute(tag, "style").unwrap_or_default().to_ascii_lowercase();
    let style = style.split_once("text-align").and_then(|(_, rest)| {
        rest.trim_start_matches([':', ' '])
            .split([';', ' ', '!'])
            .next()
            .map(str::to_owned)
    });
    let align = style.or_else(|| attribute(tag, "align"))?;
    match align.trim().to_ascii_lowercase().as_str() {
        "left" | "start" | "justify" => Some(Alignment::Start),
        "center" => Some(Alignment::Center),
        "right" | "end" => Some(Alignment::End),
        _ => None,
    }
}

/// Gives an element what its attributes say of it.
pub(super) fn with_attributes(
    element: Element,
    tag: &StartTag<usize>,
    attributes: &Attributes,
) -> Element {
    let centred = alignment(tag) == Some(Alignment::Center);
    match element {
        Element::Quotation { .. } => Element::Quotation { cite: attribute(tag, "cite") },
        Element::List { start: Some(_), .. } => {
            let start =
                attribute(tag, "start").and_then(|start| start.trim().parse().ok());
            let reversed = attribute(tag, "reversed").is_some();
            Element::List { start: Some(start.unwrap_or(1)), reversed }
        }
        Element::Item { task, .. } => {
            let value = attribute(tag, "value");
            let value = value.and_then(|value| value.trim().parse().ok());
            Element::Item { task, value }
        }
        Element::Cell { head, .. } => Element::Cell {
            head,
            columns: number(tag, "colspan").clamp(1, 256),
            rows: number(tag, "rowspan").clamp(1, 1000),
            alignment: alignment(tag),
        },
        // Without a direction there is nothing to override.
        Element::Phrase { role: PhraseRole::Override, .. }
            if attributes.dir.is_none() =>
        {
            Element::Transparent
        }
        Element::Phrase { role, .. } => {
            let title = attribute(tag, "title").or_else(|| attribute(tag, "datetime"));
            let plain = role == PhraseRole::Span && *attributes == Attributes::default();
            if plain {
                Element::Transparent
            } else {
                Element::Phrase { role, title: title.unwrap_or_default() }
            }
        }
        Element::Link { .. } => match attribute(tag, "href") {
            Some(address) => Element::Link {
                address: address.trim().to_owned(),
                title: attribute(tag, "title").unwrap_or_default(),
            },
            None if attributes.id.is_some() => phrase(PhraseRole::Span),
            None => Element::Transparent,
        },
        Element::Division(Division::Plain) if centred => {
            Element::Division(Division::Center)
        }
        Element::Paragraph if centred => Element::Division(Division::Center),
        other => other,
    }
}
