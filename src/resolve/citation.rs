//! The grammar of a source named in brackets.
//!
//! ```text
//! bracketed = "[" citation "]"
//! citation  = [ prefix ] link { separator link } [ detail ]
//! prefix    = ( "source" | "via" | "from" | … ) [ ":" ]
//! separator = "," | ";" | "|" | "/" | "&" | "and"
//! detail    = [ "," ] a few words without the end of a sentence
//! ```
//!
//! A link is one that leads out of the book, whether or not it is set apart. Anything else in
//! brackets is what the author says: `the wall [of his house]`, `[sic]`, `[…]`.

use crate::document::{Inline, InlineKind, Target, plain_text};

use super::address::is_web;
use super::notetext::Source;

/// Words before a source that only say that it is one.
const PREFIXES: [&str; 16] = [
    "source",
    "sources",
    "via",
    "from",
    "read at",
    "see",
    "h/t",
    "hat tip",
    "quelle",
    "aus",
    "fuente",
    "fonte",
    "bron",
    "origin",
    "link",
    "cited from",
];

/// Words of a link that name nothing, so that only the address can name the source.
const GENERIC: [&str; 34] = [
    "link",
    "links",
    "the link",
    "this link",
    "here",
    "right here",
    "read more",
    "more",
    "read",
    "read it",
    "read on",
    "read it here",
    "read more here",
    "source",
    "the source",
    "sources",
    "article",
    "this article",
    "the article",
    "the whole article",
    "the full article",
    "full article",
    "full story",
    "the full story",
    "the story",
    "this story",
    "story",
    "whole thing",
    "the whole thing",
    "via",
    "website",
    "click here",
    "this",
    "original",
];

/// The most characters that a detail has.
const LONGEST_DETAIL: usize = 48;

/// Reads what stands between brackets.
pub(super) fn read(content: &[Inline]) -> Option<Vec<Source>> {
    let mut sources: Vec<Source> = Vec::new();
    let mut content = content.iter().peekable();
    while let Some(inline) = content.next() {
        if let Some((address, words)) = as_link(inline) {
            sources.push(source(words, address));
            continue;
        }
        let InlineKind::Text(text) = &inline.kind else { return None };
        match sources.last_mut() {
            None if text.trim().is_empty() || is_prefix(text) => {}
            None => return None,
            Some(_) if content.peek().is_some() => {
                if !is_separator(text) {
                    return None;
                }
            }
            Some(last) => last.detail = detail(text)?,
        }
    }
    (!sources.is_empty()).then_some(sources)
}

/// A source that a link names.
pub(super) fn source(words: Vec<Inline>, address: &str) -> Source {
    let named = !is_generic(&plain_text(&words));
    let words = if named { words } else { Vec::new() };
    Source { words, is_outlet: true, detail: String::new(), address: address.to_owned() }
}

/// The address and the words of a link out of the book, by itself or set apart as a whole.
pub(super) fn as_link(inline: &Inline) -> Option<(&str, Vec<Inline>)> {
    match &inline.kind {
        InlineKind::Link { target: Target::Address(address), content, .. }
            if is_web(address) && !plain_text(content).trim().is_empty() =>
        {
            Some((address, content.clone()))
        }
        InlineKind::Phrase(phrase) => match phrase.content.as_slice() {
            [only] => as_link(only),
            _ => None,
        },
        _ => None,
    }
}

/// Whether words before a source only say that it is one.
pub(super) fn is_prefix(text: &str) -> bool {
    let text = text.trim().trim_end_matches([':', '.']).trim_end().to_lowercase();
    PREFIXES.contains(&text.as_str())
}

/// Whether the words of a link say nothing of where it leads.
pub(super) fn is_generic(words: &str) -> bool {
    let words = words.trim().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    words.is_empty() || GENERIC.contains(&words.as_str())
}

fn is_separator(text: &str) -> bool {
    matches!(text.trim(), "," | ";" | "|" | "/" | "&" | "and" | ", and" | "·" | "–" | "—")
}

/// A date, a page, `via` somebody: some words, but no sentence.
fn detail(text: &str) -> Option<String> {
    let text = text.trim();
    let short = text.chars().count() <= LONGEST_DETAIL;
    let sentence = text.contains(". ") || text.contains(['!', '?']);
    let detail = text.trim_start_matches([',', ';', ':', '–', '—']).trim();
    (short && !sentence).then(|| detail.trim_end_matches('.').to_owned())
}
