//! The terms of an index while they are collected.

use std::collections::BTreeMap;

use super::IndexPlace;
use crate::config::IndexTerm;
use crate::document::Inline;
use crate::source::Span;

/// Terms and those below them, by their words.
#[derive(Debug, Default)]
pub(super) struct Entries(pub(super) BTreeMap<String, Entry>);

/// A term while its places are collected.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// Its words as they were marked, if they were.
    pub(super) term: Option<Vec<Inline>>,
    pub(super) sort: Option<String>,
    pub(super) places: Vec<IndexPlace>,
    pub(super) see: Vec<(String, Span)>,
    pub(super) see_also: Vec<(String, Span)>,
    pub(super) below: Entries,
}

impl Entry {
    /// Whether it leads nowhere.
    pub(super) fn is_empty(&self) -> bool {
        let Self { places, see, below, .. } = self;
        places.is_empty() && see.is_empty() && below.0.values().all(Self::is_empty)
    }
}

impl Entries {
    /// The term at a path, which is made if it is not there; the path is not empty.
    pub(super) fn at(&mut self, path: &[String]) -> &mut Entry {
        let (last, above) = path.split_last().expect("a term has words");
        let mut entries = self;
        for term in above {
            entries = &mut entries.0.entry(term.clone()).or_default().below;
        }
        entries.0.entry(last.clone()).or_default()
    }

    /// The term at a path.
    pub(super) fn get(&self, path: &[String]) -> Option<&Entry> {
        let (last, above) = path.split_last()?;
        let mut entries = self;
        for term in above {
            entries = &entries.0.get(term)?.below;
        }
        entries.0.get(last)
    }

    /// Takes in what terms of the file say of others: those that are found, and those that only
    /// stand for others.
    pub(super) fn references(&mut self, terms: &[IndexTerm]) {
        for term in terms {
            let found = self.get(&term.path).is_some_and(|entry| !entry.is_empty());
            if !found && term.see.is_empty() {
                continue;
            }
            let entry = self.at(&term.path);
            entry.see.extend(term.see.iter().cloned());
            entry.see_also.extend(term.see_also.iter().cloned());
            entry.sort = entry.sort.take().or_else(|| term.sort.clone());
        }
    }
}

/// The parts of a term: `China!trade` is trade below China. A mark that stands for itself is
/// written `\!`.
pub(super) fn path(term: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut characters = term.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if characters.next_if_eq(&'!').is_some() => push(&mut parts, '!'),
            '!' => parts.push(String::new()),
            character => push(&mut parts, character),
        }
    }
    let parts = parts.iter().map(|part| part.trim().to_owned());
    parts.filter(|part| !part.is_empty()).collect()
}

fn push(parts: &mut [String], character: char) {
    if let Some(last) = parts.last_mut() {
        last.push(character);
    }
}
