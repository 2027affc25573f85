//! Puts the terms of an index into the order of a language, and under letters.

use std::collections::BTreeMap;

use super::entries::{Entries, Entry, path};
use super::{IndexEntry, IndexGroup, IndexReference};
use crate::diag::{Code, Diagnostic, Warned, nearest};
use crate::document::Inline;
use crate::language::Collation;
use crate::source::Span;

/// Puts terms into their order; if punctuation is to be `smart`, apostrophes are curly.
pub(super) fn arrange(
    entries: Entries,
    collation: &Collation,
    smart: bool,
) -> Warned<Vec<IndexGroup>> {
    let mut ids = BTreeMap::new();
    number(&entries, collation, &mut Vec::new(), &mut ids);
    let mut arranger = Arranger { collation, ids: &ids, smart, diagnostics: Vec::new() };
    let mut groups: Vec<IndexGroup> = Vec::new();
    for (term, entry) in sorted(entries, collation) {
        let heading = collation.heading(entry.sort.as_deref().unwrap_or(&term));
        let entry = arranger.entry(term, entry, &mut Vec::new());
        match groups.last_mut().filter(|group| group.heading == heading) {
            Some(group) => group.entries.push(entry),
            None => groups.push(IndexGroup { heading, entries: vec![entry] }),
        }
    }
    Warned { value: groups, diagnostics: arranger.diagnostics }
}

/// The terms that lead anywhere, in their order.
fn sorted(entries: Entries, collation: &Collation) -> Vec<(String, Entry)> {
    let mut sorted: Vec<(String, Entry)> =
        entries.0.into_iter().filter(|(_, entry)| !entry.is_empty()).collect();
    sorted.sort_by(|a, b| compare((&a.0, &a.1), (&b.0, &b.1), collation));
    sorted
}

fn compare(
    (a, of_a): (&str, &Entry),
    (b, of_b): (&str, &Entry),
    collation: &Collation,
) -> std::cmp::Ordering {
    let key =
        |term, entry: &Entry| entry.sort.clone().unwrap_or_else(|| String::from(term));
    // What stands before the first letter, such as a quotation mark, does not count.
    let (a_key, b_key) = (key(a, of_a), key(b, of_b));
    let letters = |key: &str| {
        let from = key.find(char::is_alphanumeric).unwrap_or(0);
        key[from..].to_owned()
    };
    let order = collation.compare(&letters(&a_key), &letters(&b_key));
    order.then_with(|| a.cmp(b))
}

/// Gives each term an id, in their order.
fn number(
    entries: &Entries,
    collation: &Collation,
    above: &mut Vec<String>,
    ids: &mut BTreeMap<Vec<String>, String>,
) {
    let mut sorted: Vec<(&String, &Entry)> =
        entries.0.iter().filter(|(_, entry)| !entry.is_empty()).collect();
    sorted.sort_by(|a, b| compare((a.0, a.1), (b.0, b.1), collation));
    for (term, entry) in sorted {
        above.push(term.clone());
        ids.insert(above.clone(), format!("term.{}", ids.len() + 1));
        number(&entry.below, collation, above, ids);
        above.pop();
    }
}

struct Arranger<'a> {
    collation: &'a Collation,
    ids: &'a BTreeMap<Vec<String>, String>,
    smart: bool,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Arranger<'a> {
    fn entry(
        &mut self,
        term: String,
        entry: Entry,
        above: &mut Vec<String>,
    ) -> IndexEntry {
        let Entry { term: marked, sort: _, places, see, see_also, below } = entry;
        above.push(term.clone());
        let id = self.ids.get(above).cloned().unwrap_or_default();
        let see = self.references(see, above);
        let see_also = self.references(see_also, above);
        let below = sorted(below, self.collation).into_iter();
        let entries = below.map(|(term, entry)| self.entry(term, entry, above)).collect();
        above.pop();
        let term = marked
            .unwrap_or_else(|| vec![Inline::text(self.shown(term), Span::DETACHED)]);
        IndexEntry { id, term, places, see, see_also, entries }
    }

    /// The terms that another one refers to, each once, in their order.
    fn references(
        &mut self,
        mut named: Vec<(String, Span)>,
        from: &[String],
    ) -> Vec<IndexReference> {
        named.sort_by(|a, b| self.collation.compare(&a.0, &b.0).then(a.1.cmp(&b.1)));
        named.dedup_by(|a, b| a.0 == b.0);
        let reference = |(term, span): (String, Span)| {
            let written = path(&term);
            let found = self.find(&written).filter(|to| *to != from);
            if found.is_none() {
                self.diagnostics.push(self.broken(&term, from, span));
            }
            let id = found.and_then(|to| self.ids.get(to)).cloned();
            let term = self.shown(found.unwrap_or(&written).join(": "));
            IndexReference { term, id }
        };
        named.into_iter().map(reference).collect()
    }

    /// A term as it is printed.
    fn shown(&self, term: String) -> String {
        if self.smart { term.replace('\'', "’") } else { term }
    }

    /// The term that is meant by a path: letter case does not count where only one could be.
    fn find(&self, written: &[String]) -> Option<&'a [String]> {
        if let Some((known, _)) = self.ids.get_key_value(written) {
            return Some(known);
        }
        let folded = |path: &[String]| path.join("!").to_lowercase();
        let wanted = folded(written);
        let mut known = self.ids.keys().filter(|path| folded(path) == wanted);
        known.next().filter(|_| known.next().is_none()).map(Vec::as_slice)
    }

    fn broken(&self, term: &str, from: &[String], span: Span) -> Diagnostic {
        let is_itself = path(term) == from;
        let from = from.join("!");
        let message = match is_itself {
            true => format!("`{from}` leads to itself"),
            false => format!("`{from}` leads to `{term}`, which the index does not have"),
        };
        let said = Diagnostic::new(Code::IndexReference, message).at(span);
        let names: Vec<String> = self.ids.keys().map(|path| path.join("!")).collect();
        let others = names.iter().map(String::as_str).filter(|name| *name != from);
        said.hint(match nearest(term, others) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "it takes a term as it stands in the index".to_owned(),
        })
    }
}
