//! The grammar of sources that are named together.
//!
//! ```text
//! list      = [ credit ] source { separator source } [ detail ]
//! source    = link | name
//! credit    = ( "source" | "via" | "h/t" | … ) [ ":" ]
//! separator = "," | ";" | "|" | "/" | "&" | "and"
//! detail    = [ "," ] a few words without the end of a sentence
//! ```
//!
//! A link is one that leads out of the book, whether or not it is set apart; a name is one that
//! the header, `book.yaml` or the bibliography knows. Anything else is what the author says:
//! `the wall [of his house]`, `[sic]`, `[…]`.

use crate::address::is_web;
use crate::document::{Inline, InlineKind, ReferenceId, Target, plain_text};
use crate::source::Span;

use super::names::{Known, Names};
use super::words::{Credit, credit, is_generic, is_name};

/// A source as a post names it.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Source {
    /// Who led to it, in the author's words: `via`; empty as a rule.
    pub(in super::super) lead: String,
    /// Its outlet, or author and title; empty if the post says neither.
    pub(in super::super) words: Vec<Inline>,
    /// Whether the words are an outlet's name, to be set as one.
    pub(in super::super) is_outlet: bool,
    /// What follows the name: a date, a page.
    pub(in super::super) detail: String,
    /// Where it can be found.
    pub(in super::super) address: Option<String>,
    /// The work, if the bibliography has it.
    pub(in super::super) reference: Option<ReferenceId>,
}

/// What a list of sources begins with, and what it names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct List {
    /// The word before them.
    pub(super) credit: Option<Credit>,
    /// At least one.
    pub(super) sources: Vec<Source>,
}

/// The most characters that a detail has.
const MAX_DETAIL_CHARS: usize = 48;

/// The most parts of a line that can be a list: what is longer is text.
const MAX_LIST_PARTS: usize = 24;

impl Source {
    /// A source that a link names.
    pub(super) fn of_link(words: Vec<Inline>, address: &str, names: Names<'_>) -> Self {
        let plain = plain_text(&words);
        let known = names.find(&plain);
        let reference = known.as_ref().and_then(|known| known.reference);
        // `the playground` is set as the words that it is, and not as a newspaper.
        let is_outlet = known.is_some() || is_name(&plain);
        let words = match (known, words.first()) {
            _ if is_generic(&plain) => Vec::new(),
            (Some(known), Some(first)) => vec![Inline::text(known.name, first.span)],
            _ => words,
        };
        Self {
            lead: String::new(),
            words,
            is_outlet,
            detail: String::new(),
            address: Some(address.to_owned()),
            reference,
        }
    }

    /// A source that is known by name.
    pub(super) fn of_name(known: Known, span: Span) -> Self {
        let Known { name, address, reference } = known;
        Self {
            lead: String::new(),
            words: vec![Inline::text(name, span)],
            is_outlet: true,
            detail: String::new(),
            address,
            reference,
        }
    }
}

/// Reads a run as a list of sources.
pub(super) fn read(content: &[Inline], names: Names<'_>) -> Option<List> {
    if content.len() > MAX_LIST_PARTS {
        return None;
    }
    if !content.iter().any(|inline| as_link(inline).is_some()) {
        return by_name(content, names);
    }
    let mut list = List { credit: None, sources: Vec::new() };
    let mut lead = String::new();
    let mut content = content.iter().peekable();
    while let Some(inline) = content.next() {
        if let Some((address, words)) = as_link(inline) {
            let source = Source::of_link(words, address, names);
            let lead = std::mem::take(&mut lead);
            list.sources.push(Source { lead, ..source });
            continue;
        }
        let InlineKind::Text(text) = &inline.kind else { return None };
        match list.sources.last_mut() {
            None if text.trim().is_empty() => {}
            None => {
                list.credit = Some(credit(text)?);
                if list.credit == Some(Credit::Lead) {
                    lead = lead_words(text);
                }
            }
            Some(_) if content.peek().is_some() => match separated(text) {
                Some(before) => lead = before,
                None => return None,
            },
            Some(last) => match named_after(text, names) {
                Some(known) => list.sources.push(Source::of_name(known, inline.span)),
                None => last.detail = detail(text)?,
            },
        }
    }
    (!list.sources.is_empty()).then_some(list)
}

/// `Korea Times`, `Source: Korea Times; NK News`, `Korea Times, May 3`.
fn by_name(content: &[Inline], names: Names<'_>) -> Option<List> {
    let span = content.first()?.span;
    let text = plain_text(content);
    let whole = text.trim();
    let (credit, rest) = match whole.split_once([':', '：']) {
        Some((word, rest)) => match credit(word) {
            Some(credit) => (Some(credit), rest),
            None => (None, whole),
        },
        None => match whole.split_once(' ') {
            Some((word, rest)) if credit(word) == Some(Credit::Lead) => {
                (Some(Credit::Lead), rest)
            }
            _ => (None, whole),
        },
    };
    let lead = match credit {
        Some(Credit::Lead) => lead_words(&whole[..whole.len() - rest.len()]),
        _ => String::new(),
    };
    if let Some(known) = names.find(rest) {
        let source = Source { lead, ..Source::of_name(known, span) };
        return Some(List { credit, sources: vec![source] });
    }
    let mut sources = Vec::new();
    for part in rest.split([';', '|']) {
        let (name, after) = part.split_once([',', '(']).unwrap_or((part, ""));
        let known = names.find(part).or_else(|| names.find(name))?;
        let whole = names.find(part).is_some();
        let detail = if whole { String::new() } else { detail(after)? };
        let lead = lead.clone();
        sources.push(Source { lead, detail, ..Source::of_name(known, span) });
    }
    Some(List { credit, sources })
}

/// The address and the words of a link out of the book, by itself or set apart as a whole. The
/// words may stand in brackets of their own.
pub(super) fn as_link(inline: &Inline) -> Option<(&str, Vec<Inline>)> {
    match &inline.kind {
        InlineKind::Link { target: Target::Address(address), content, .. }
            if is_web(address) && !plain_text(content).trim().is_empty() =>
        {
            Some((address, unbracketed(content).unwrap_or_else(|| content.clone())))
        }
        InlineKind::Phrase(phrase) => match phrase.content.as_slice() {
            [only] => as_link(only),
            _ => None,
        },
        _ => None,
    }
}

/// The words of `[\[Korea Times\]](…)` without their brackets.
pub(super) fn unbracketed(content: &[Inline]) -> Option<Vec<Inline>> {
    let mut words = content.to_vec();
    let InlineKind::Text(first) = &mut words.first_mut()?.kind else { return None };
    *first = first.trim_start().strip_prefix('[')?.to_owned();
    let InlineKind::Text(last) = &mut words.last_mut()?.kind else { return None };
    *last = last.trim_end().strip_suffix(']')?.to_owned();
    words.retain(|word| !matches!(&word.kind, InlineKind::Text(text) if text.is_empty()));
    (!words.is_empty()).then_some(words)
}

/// What stands between two sources: nothing more than that, or also a word that credits the
/// second, which is then given.
fn separated(text: &str) -> Option<String> {
    let text = text.trim();
    let separators = [",", ";", "|", "/", "&", "and", ", and", "·", "–", "—", "+"];
    if separators.contains(&text) {
        return Some(String::new());
    }
    let word = text.trim_start_matches([',', ';', '|', '/', '·', '–', '—']).trim();
    (credit(word) == Some(Credit::Lead)).then(|| lead_words(word))
}

/// A name after a link: `; NK News`.
fn named_after(text: &str, names: Names<'_>) -> Option<Known> {
    names.find(text.trim().strip_prefix([';', '|'])?)
}

fn lead_words(text: &str) -> String {
    text.trim().trim_end_matches([':', '：']).trim_end().to_owned()
}

/// A date, a page, `via` somebody: some words, but no sentence.
fn detail(text: &str) -> Option<String> {
    let text = text.trim();
    let short = text.chars().count() <= MAX_DETAIL_CHARS;
    let sentence = text.contains(". ") || text.contains(['!', '?']);
    let detail = text.trim_start_matches([',', ';', ':', '–', '—']).trim();
    let detail = detail.trim_end_matches(['.', ')']);
    (short && !sentence).then(|| detail.trim_start_matches('(').to_owned())
}
