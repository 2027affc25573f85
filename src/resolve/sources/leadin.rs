//! Sentences that say whose words follow: `The [Korea Times](…) reports:`.

use crate::document::{Inline, plain_text};

use super::list::{Source, as_link};
use super::names::Names;
use super::words::is_name;

/// The longest sentence that leads in, in characters.
const MAX_SENTENCE_CHARS: usize = 240;

/// A sentence that leads in to a quotation.
pub(super) struct LeadIn {
    /// The link in it, if it has one: at which place of the run.
    pub(super) link: Option<usize>,
    /// Whose words follow.
    pub(super) source: Source,
}

/// Reads the paragraph before a quotation: its last sentence ends with a colon and has one link
/// out of the book, or else the name of an outlet that is known.
pub(super) fn read(run: &[Inline], names: Names<'_>) -> Option<LeadIn> {
    let last = run.last()?;
    let text = plain_text(run);
    let sentence = text.trim_end();
    if !sentence.ends_with([':', '：']) {
        return None;
    }
    let start = sentence_start(sentence);
    if sentence[start..].chars().count() > MAX_SENTENCE_CHARS {
        return None;
    }
    let mut links = links_from(run, start);
    match (links.pop(), links.pop()) {
        (Some((at, address, words)), None) => {
            let source = Source::of_link(words, address, names);
            let said = plain_text(&source.words);
            let words = if is_name(&said) { source.words } else { Vec::new() };
            Some(LeadIn { link: Some(at), source: Source { words, ..source } })
        }
        (None, _) => {
            let (_, _, known) = names.within(&sentence[start..])?;
            Some(LeadIn { link: None, source: Source::of_name(known, last.span) })
        }
        _ => None,
    }
}

/// The links of a run that end after `start` bytes of its plain text.
fn links_from(run: &[Inline], start: usize) -> Vec<(usize, &str, Vec<Inline>)> {
    let mut links = Vec::new();
    let mut end = 0;
    for (at, inline) in run.iter().enumerate() {
        end += plain_text(std::slice::from_ref(inline)).len();
        if let (true, Some((address, words))) = (end > start, as_link(inline)) {
            links.push((at, address, words));
        }
    }
    links
}

/// Where the last sentence begins.
fn sentence_start(text: &str) -> usize {
    let ends = [". ", "! ", "? ", ".” ", "!” ", "?” ", "… "];
    ends.iter().filter_map(|end| Some(text.rfind(end)? + end.len())).max().unwrap_or(0)
}
