//! `omit` and `replace`: what the book changes of its posts.

use super::ChapterEdit;
use super::reader::{Field, Fields, Reader};
use super::value::{Kind, Value};
use crate::diag::Code;
use crate::source::Span;

/// What the book changes of its posts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Edits {
    /// `omit`.
    pub omit: Vec<Omission>,
    /// `replace`, in this order.
    pub replace: Vec<Replacement>,
    /// `chapters`.
    pub chapters: Vec<ChapterEdit>,
}

/// One rule of `omit`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Omission {
    /// What it leaves out.
    pub what: Omitted,
    /// Where it was written.
    pub span: Span,
}

/// What a rule of `omit` leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Omitted {
    /// `selectors`: the elements that this one matches.
    Selector(String),
    /// `headings`: headings of these words, each with its section.
    Heading(String),
    /// `chapters.*.omit`: the place that has this id; a heading with its section.
    Place(String),
    /// `phrases`: blocks of text with these words in them.
    Phrase(String),
    /// `phrases`: blocks of text that this regular expression matches.
    Pattern(String),
}

/// One rule of `replace`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Replacement {
    /// What is looked for.
    pub search: Search,
    /// `to`: what stands in its place.
    pub to: String,
    /// `in`.
    pub places: Places,
    /// Where it was written.
    pub span: Span,
}

/// What a rule of `replace` looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Search {
    /// `from`: these words.
    Words {
        /// The words.
        words: String,
        /// `whole-word`: whether no letter or digit may stand next to them.
        whole_word: bool,
    },
    /// `pattern`: what this regular expression matches.
    Pattern(String),
}

/// In what a rule of `replace` looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Places {
    /// `text`: titles, text, words of links, and words that stand for pictures.
    pub text: bool,
    /// `links`: the addresses of links and pictures.
    pub links: bool,
    /// `code`: code.
    pub code: bool,
}

/// Reads `omit`.
pub(super) fn omit(reader: &mut Reader, field: Field) -> Vec<Omission> {
    const KEYS: [&str; 3] = ["selectors", "headings", "phrases"];
    let mut fields = reader.fields(field.value, "omit.", &KEYS);
    let mut listed = |key| {
        let texts = fields.take(key).map(|field| reader.texts(&field));
        texts.unwrap_or_default().into_iter()
    };
    let selectors = listed("selectors").map(|(it, span)| (Omitted::Selector(it), span));
    let headings = listed("headings").map(|(it, span)| (Omitted::Heading(it), span));
    let mut omit: Vec<Omission> =
        selectors.chain(headings).map(|(what, span)| Omission { what, span }).collect();
    if let Some(field) = fields.take("phrases") {
        let values = match field.value.kind {
            Kind::List(values) => values,
            kind => vec![Value { kind, ..field.value }],
        };
        omit.extend(values.into_iter().filter_map(|value| phrase(reader, value)));
    }
    omit
}

/// An item of `omit.phrases`: words, or `{pattern: …}`.
fn phrase(reader: &mut Reader, value: Value) -> Option<Omission> {
    let span = value.span;
    if !matches!(value.kind, Kind::Map(_)) {
        let field = Field { key: "omit.phrases".to_owned(), value };
        let words = reader.texts(&field).pop()?.0;
        return Some(Omission { what: Omitted::Phrase(words), span });
    }
    let mut fields = reader.fields(value, "omit.phrases.", &["pattern"]);
    let pattern = fields.take("pattern").and_then(|field| reader.text(field))?;
    Some(Omission { what: Omitted::Pattern(pattern), span })
}

/// Reads `replace`.
pub(super) fn replace(reader: &mut Reader, field: Field) -> Vec<Replacement> {
    let values = match field.value.kind {
        Kind::List(values) => values,
        kind => vec![Value { kind, ..field.value }],
    };
    values.into_iter().filter_map(|value| replacement(reader, value)).collect()
}

fn replacement(reader: &mut Reader, value: Value) -> Option<Replacement> {
    const KEYS: [&str; 5] = ["from", "pattern", "to", "whole-word", "in"];
    const HINT: &str = "write `{from: Old Product, to: New Product}`";
    let span = value.span;
    if !matches!(value.kind, Kind::Map(_)) {
        return reader.misfit(&Field { key: "replace".to_owned(), value }, HINT);
    }
    let mut fields = reader.fields(value, "replace.", &KEYS);
    let words = verbatim(reader, &mut fields, "from");
    let pattern = verbatim(reader, &mut fields, "pattern");
    let to = verbatim(reader, &mut fields, "to");
    let whole_word = fields.take("whole-word").and_then(|field| reader.flag(&field));
    let places = fields.take("in").map(|field| self::places(reader, &field));
    let search = match (words, pattern) {
        (Some(words), None) => {
            Search::Words { words, whole_word: whole_word.unwrap_or(false) }
        }
        (None, Some(_)) if whole_word.is_some() => {
            let message = "`whole-word` stands beside a `pattern`";
            let hint = r"a pattern says it itself: `\bword\b`";
            reader.error(Code::InvalidValue, span, message, hint);
            return None;
        }
        (None, Some(pattern)) => Search::Pattern(pattern),
        (Some(_), Some(_)) => {
            let message = "an entry of `replace` has both `from` and `pattern`";
            reader.error(Code::InvalidValue, span, message, "write one of them");
            return None;
        }
        (None, None) => {
            let message = "an entry of `replace` has neither `from` nor `pattern`";
            reader.error(Code::MissingKey, span, message, HINT);
            return None;
        }
    };
    let Some(to) = to else {
        let message = "an entry of `replace` does not say what stands in the place";
        let hint = "add `to`; `to: ''` leaves the words out";
        reader.error(Code::MissingKey, span, message, hint);
        return None;
    };
    let places = places.unwrap_or_else(|| match &search {
        Search::Words { words, .. } if is_address(words) => {
            Places { text: true, links: true, code: false }
        }
        _ => Places { text: true, ..Places::default() },
    });
    Some(Replacement { search, to, places, span })
}

/// Text with the spaces around it that quotation marks keep; what is looked for is not empty.
fn verbatim(reader: &mut Reader, fields: &mut Fields, key: &str) -> Option<String> {
    let field = fields.take(key)?;
    match field.value.kind {
        Kind::Scalar(text) if key == "to" || !text.is_empty() => Some(text),
        _ => reader.misfit(&field, "it takes text"),
    }
}

/// Reads `replace.in`.
fn places(reader: &mut Reader, field: &Field) -> Places {
    let mut places = Places::default();
    for item in field.value.items() {
        let item = Field { key: field.key.clone(), value: item.clone() };
        let choices = [("text", 0), ("links", 1), ("code", 2)];
        match reader.choice(&item, &choices) {
            Some(0) => places.text = true,
            Some(1) => places.links = true,
            Some(_) => places.code = true,
            None => {}
        }
    }
    places
}

/// Whether what is looked for is an address, or the beginning or a part of one.
fn is_address(words: &str) -> bool {
    let is_host = |words: &str| words.starts_with("www.") && words.len() > 4;
    !words.contains(char::is_whitespace) && (words.contains("://") || is_host(words))
}
