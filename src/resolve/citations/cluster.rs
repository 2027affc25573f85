//! The grammar of citations by key.
//!
//! ```text
//! cluster   = "[" item { ";" item } "]"
//! item      = [ prefix ] [ "-" ] "@" key [ [ "," ] locator ] [ suffix ]
//! narrative = "@" key [ "[" locator [ suffix ] { ";" item } "]" ]
//! key       = ( letter | digit | "_" ) { letter | digit | "_" | one of ":.#$%&-+?<>~/" before
//!             one of these } | "{" anything "}"
//! ```
//!
//! It is pandoc's (manual, “Citation syntax”).

use std::collections::VecDeque;

use crate::document::{CitationAuthor, Inline, InlineKind, Locator};
use crate::source::Span;

use super::locator;

/// The most text between brackets that is looked at, in bytes: what is longer is no citation.
const MAX_CLUSTER_BYTES: usize = 1000;

/// A citation as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WrittenCitation {
    /// The works, at least one.
    pub(super) items: Vec<WrittenItem>,
    /// Whether its first author is a part of the sentence: `@key says`.
    pub(super) narrative: bool,
}

/// One work of a citation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WrittenItem {
    pub(super) key: String,
    pub(super) prefix: Vec<Inline>,
    pub(super) locator: Option<Locator>,
    pub(super) suffix: Vec<Inline>,
    pub(super) author: CitationAuthor,
}

/// What was read, and how far.
pub(super) struct Read {
    pub(super) written: WrittenCitation,
    /// How many of the inlines that follow belong to it, the last perhaps in part.
    pub(super) inlines: usize,
    /// Where it ends, in bytes, in the last text that it takes from.
    pub(super) end: usize,
}

impl WrittenCitation {
    /// The keys, for lists: `@a; @b`.
    pub(super) fn keys(&self) -> String {
        let keys = self.items.iter().map(|item| format!("@{}", item.key));
        keys.collect::<Vec<_>>().join("; ")
    }
}

/// Where a citation may begin in a text.
pub(super) fn candidate(text: &str) -> Option<usize> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let word = before.is_alphanumeric() || matches!(before, '_' | '@' | '/' | '.');
        if c == '[' || (c == '@' && !word && key(&text[at + 1..]).is_some()) {
            return Some(at);
        }
        before = c;
    }
    None
}

/// Reads a citation that begins a text, `following` by others.
pub(super) fn read(text: &str, span: Span, following: &VecDeque<Inline>) -> Option<Read> {
    match text.strip_prefix('[') {
        Some(inside) => bracketed(inside, span, following),
        None => narrative(text.strip_prefix('@')?, span),
    }
}

fn bracketed(inside: &str, span: Span, following: &VecDeque<Inline>) -> Option<Read> {
    let mut content = Vec::new();
    let mut depth = 0;
    let mut length = 0;
    // What is longer than this is no citation: a copy of more would cost the square of a text.
    let first = Inline::text(beginning(inside), span);
    for (index, inline) in std::iter::once(&first).chain(following).enumerate() {
        let InlineKind::Text(text) = &inline.kind else {
            content.push(inline.clone());
            continue;
        };
        length += text.len();
        match closing(text, &mut depth) {
            Some(end) => {
                content.push(Inline::text(&text[..end], inline.span));
                let items = items(content)?;
                let written = WrittenCitation { items, narrative: false };
                let bracket = usize::from(index == 0);
                return Some(Read { written, inlines: index, end: bracket + end + 1 });
            }
            None if length > MAX_CLUSTER_BYTES => return None,
            None => content.push(inline.clone()),
        }
    }
    None
}

/// As much of a text as a citation may have.
fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_CLUSTER_BYTES + 1)]
}

/// Where the bracket closes that is open at the beginning of a text.
fn closing(text: &str, depth: &mut usize) -> Option<usize> {
    for (at, c) in text.char_indices() {
        match c {
            '[' => *depth += 1,
            ']' if *depth == 0 => return Some(at),
            ']' => *depth -= 1,
            _ => {}
        }
    }
    None
}

fn narrative(text: &str, span: Span) -> Option<Read> {
    let (key, rest) = key(text)?;
    let author = CitationAuthor::Named;
    let (prefix, suffix) = (Vec::new(), Vec::new());
    let mut item = WrittenItem { key, prefix, locator: None, suffix, author };
    let mut left = rest;
    let mut others = Vec::new();
    let inside = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix('[');
    if let Some(inside) = inside
        && let Some(end) = closing(beginning(inside), &mut 0)
        && let Some((locator, after)) = locator::read(&inside[..end])
    {
        let (suffix, more) = after.split_once(';').unwrap_or((after, ""));
        let more = (!more.is_empty()).then(|| items(vec![Inline::text(more, span)]));
        if more.as_ref().is_none_or(Option::is_some) {
            item.locator = Some(locator);
            item.suffix = words(suffix, span);
            others = more.flatten().unwrap_or_default();
            left = &inside[end + 1..];
        }
    }
    let mut items = vec![item];
    items.append(&mut others);
    let written = WrittenCitation { items, narrative: true };
    Some(Read { written, inlines: 0, end: "@".len() + text.len() - left.len() })
}

/// The items of a cluster; none if one of its parts is no item.
fn items(content: Vec<Inline>) -> Option<Vec<WrittenItem>> {
    let mut parts: Vec<Vec<Inline>> = vec![Vec::new()];
    for inline in content {
        let InlineKind::Text(text) = &inline.kind else {
            parts.last_mut()?.push(inline);
            continue;
        };
        for (index, piece) in text.split(';').enumerate() {
            if index > 0 {
                parts.push(Vec::new());
            }
            if !piece.is_empty() {
                parts.last_mut()?.push(Inline::text(piece, inline.span));
            }
        }
    }
    parts.into_iter().map(item).collect()
}

fn item(part: Vec<Inline>) -> Option<WrittenItem> {
    let found = part.iter().enumerate().find_map(|(index, inline)| match &inline.kind {
        InlineKind::Text(text) => at_sign(text).map(|at| (index, at)),
        _ => None,
    });
    let (index, at) = found?;
    let InlineKind::Text(text) = &part[index].kind else { return None };
    let span = part[index].span;
    let (before, from) = text.split_at(at);
    let (key, rest) = key(&from[1..])?;
    let (before, author) = match before.strip_suffix('-') {
        Some(before) => (before, CitationAuthor::Suppressed),
        None => (before, CitationAuthor::Named),
    };
    let mut prefix = part[..index].to_vec();
    prefix.extend(words(before, span));
    if let Some(Inline { kind: InlineKind::Text(first), .. }) = prefix.first_mut() {
        *first = first.trim_start().to_owned();
    }
    let (locator, rest) = match locator::read(rest) {
        Some((locator, rest)) => (Some(locator), rest),
        None => (None, rest),
    };
    let mut suffix = words(rest, span);
    suffix.extend_from_slice(&part[index + 1..]);
    Some(WrittenItem { key, prefix, locator, suffix, author })
}

/// Where an at sign begins a key.
fn at_sign(text: &str) -> Option<usize> {
    let begins = |&(at, _): &(usize, &str)| {
        let word = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        !word && key(&text[at + 1..]).is_some()
    };
    text.match_indices('@').find(begins).map(|(at, _)| at)
}

fn words(text: &str, span: Span) -> Vec<Inline> {
    if text.trim().is_empty() { Vec::new() } else { vec![Inline::text(text, span)] }
}

/// A key, and what follows it.
fn key(text: &str) -> Option<(String, &str)> {
    if let Some(braced) = text.strip_prefix('{') {
        let (key, rest) = braced.split_once('}')?;
        return (!key.is_empty()).then(|| (key.to_owned(), rest));
    }
    let letter = |c: char| c.is_alphanumeric() || c == '_';
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inner = ":.#$%&-+?<>~/".contains(c)
            && end > 0
            && chars.peek().is_some_and(|&(_, next)| letter(next));
        if !letter(c) && !inner {
            break;
        }
        end = at + c.len_utf8();
    }
    (end > 0).then(|| (text[..end].to_owned(), &text[end..]))
}
