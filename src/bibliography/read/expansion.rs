//! Keeps a BibLaTeX file from growing without bounds as it is put together.
//!
//! `biblatex` 0.12 follows `@string`s and `crossref`s wherever they lead: one that leads back
//! to itself overflows the stack, and a few that double one another fill the memory. BibTeX
//! itself knows only strings that are defined before they are used.

use std::collections::BTreeMap;

use biblatex::{Pair, RawBibliography, RawChunk, RawEntry, Spanned};

/// The longest that a string may become, in bytes.
const MAX_STRING_BYTES: usize = 10_000;
/// The longest chain of entries that refer to others.
const MAX_CHAIN: usize = 8;
/// The most entries that one may gather.
const MAX_ENTRIES: usize = 200;

/// Takes out what would grow too far: strings that are not made of earlier ones, and
/// references to entries that come back to themselves. The keys of the entries that lost one
/// are returned.
pub(super) fn bound<'s>(raw: &mut RawBibliography<'s>) -> Vec<&'s str> {
    strings(&mut raw.abbreviations);
    let mut weights = Weights::of(&raw.entries);
    let mut lost = Vec::new();
    for entry in &mut raw.entries {
        if weights.of_entry(entry.v.key.v, 0).is_none() {
            entry.v.fields.retain(|field| !refers(field));
            lost.push(entry.v.key.v);
        }
    }
    lost
}

fn strings(list: &mut Vec<Pair<'_>>) {
    let mut lengths: BTreeMap<String, usize> = BTreeMap::new();
    list.retain(|pair| {
        let length = |chunk: &Spanned<RawChunk<'_>>| match chunk.v {
            RawChunk::Normal(text) => Some(text.len()),
            RawChunk::Abbreviation(name) => lengths.get(name).copied(),
        };
        let lengths_of = pair.value.v.iter().map(length);
        let total =
            lengths_of.sum::<Option<usize>>().filter(|total| *total <= MAX_STRING_BYTES);
        let key = pair.key.v.to_owned();
        match total {
            Some(total) if !lengths.contains_key(&key) => {
                lengths.insert(key, total);
                true
            }
            _ => false,
        }
    });
}

fn refers(field: &Pair<'_>) -> bool {
    let key = field.key.v;
    key.eq_ignore_ascii_case("crossref") || key.eq_ignore_ascii_case("xdata")
}

/// How many entries each entry gathers; `None` for too many.
struct Weights<'s> {
    links: BTreeMap<&'s str, Option<Vec<&'s str>>>,
    known: BTreeMap<&'s str, Option<usize>>,
}

impl<'s> Weights<'s> {
    fn of(entries: &[Spanned<RawEntry<'s>>]) -> Self {
        let link = |entry: &Spanned<RawEntry<'s>>| (entry.v.key.v, links(&entry.v));
        Self { links: entries.iter().map(link).collect(), known: BTreeMap::new() }
    }

    fn of_entry(&mut self, key: &'s str, depth: usize) -> Option<usize> {
        if let Some(known) = self.known.get(key) {
            return *known;
        }
        if depth > MAX_CHAIN {
            return None;
        }
        // Until it is known, whoever comes back to it is in a circle.
        self.known.insert(key, None);
        let weight = match self.links.get(key).cloned() {
            // Who refers to nothing that is there gathers nothing.
            None => Some(0),
            Some(links) => links.and_then(|links| {
                let mut total = 1;
                for link in links {
                    total += self.of_entry(link, depth + 1)?;
                }
                Some(total)
            }),
        };
        let weight = weight.filter(|weight| *weight <= MAX_ENTRIES);
        self.known.insert(key, weight);
        weight
    }
}

/// The keys that an entry refers to; `None` if they are not plain words.
fn links<'s>(entry: &RawEntry<'s>) -> Option<Vec<&'s str>> {
    let mut links = Vec::new();
    for field in entry.fields.iter().filter(|field| refers(field)) {
        match field.value.v.as_slice() {
            [Spanned { v: RawChunk::Normal(text), .. }]
                if !text.contains(['\\', '{', '}', '$', '"', '~', '%', '&']) =>
            {
                links.extend(text.split(',').map(str::trim));
            }
            _ => return None,
        }
    }
    Some(links)
}
