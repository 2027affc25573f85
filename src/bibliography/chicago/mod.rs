//! Notes and bibliography as the Chicago Manual of Style has them (17, chapter 14).
//!
//! Where the 18th edition differs, either is met by what the reference says: a place of
//! publication is printed if there is one. A work that was cited before has the short form,
//! never *ibid.* (17, 14.34). The words are those of the book's language, and the marks its own.

mod facts;
mod locator;
mod names;
mod short;
mod title;
mod work;
mod writer;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::item::{Affixes, affixed};
use super::punctuation::append;
use super::{Cited, Name, Position, Reference, References, Rendered};
use crate::document::{CitationAuthor, CitationItem, Inline, ReferenceId};
use crate::language::Language;
use crate::source::{FileId, Span};

use writer::Writer;

/// Makes words of citations, and entries for the works in `listed`.
pub(super) fn render(
    references: &References,
    language: &Language,
    cited: &[Cited<'_>],
    listed: &[ReferenceId],
) -> Rendered {
    let namesakes = Namesakes::among(references, cited);
    let citations = cited
        .iter()
        .map(|cited| citation(references, language, &namesakes, cited))
        .collect();
    let anywhere = Span::new(FileId::default(), 0..0);
    let mut entries: Vec<_> = listed
        .iter()
        .map(|&id| {
            let reference = references.get(id);
            (names::order(reference), id, reference)
        })
        .collect();
    entries.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    let entry = |(_, id, reference): (_, ReferenceId, &Reference)| {
        let span = reference.span.unwrap_or(anywhere);
        (id, work::entry(reference, language, span))
    };
    let bibliography = entries.into_iter().map(entry).collect();
    Rendered { citations, bibliography }
}

fn citation(
    references: &References,
    language: &Language,
    namesakes: &Namesakes<'_>,
    cited: &Cited<'_>,
) -> Vec<Inline> {
    let mut text = Vec::new();
    for (index, item) in cited.citation.items.iter().enumerate() {
        if index > 0 {
            append(&mut text, "; ", cited.span);
        }
        let position = cited.positions.get(index).copied().unwrap_or_default();
        let words =
            self::item(references, language, namesakes, item, position, cited.span);
        let affixes = Affixes { prefix: &item.prefix, suffix: &item.suffix };
        text.extend(affixed(affixes, words, cited.span));
    }
    text
}

fn item(
    references: &References,
    language: &Language,
    namesakes: &Namesakes<'_>,
    item: &CitationItem,
    position: Position,
    span: Span,
) -> Vec<Inline> {
    let reference = references.get(item.reference);
    let mut writer = Writer::new(language, span);
    let is_named = item.author == CitationAuthor::Named;
    match (item.author, position) {
        (CitationAuthor::Only, _) => short::author(&mut writer, reference, namesakes),
        (_, Position::First) => {
            work::note(&mut writer, reference, is_named, item.locator.as_ref());
        }
        (_, Position::Subsequent { .. }) => {
            let locator = item.locator.as_ref();
            short::note(&mut writer, reference, namesakes, is_named, locator);
        }
    }
    writer.finish()
}

/// Family names that several authors of the cited works share: their short forms need the
/// other names too (17, 14.30).
struct Namesakes<'a>(BTreeMap<&'a str, Vec<&'a str>>);

impl<'a> Namesakes<'a> {
    fn among(references: &'a References, cited: &[Cited<'_>]) -> Self {
        let mut namesakes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let items = cited.iter().flat_map(|cited| &cited.citation.items);
        let ids: std::collections::BTreeSet<_> =
            items.map(|item| item.reference).collect();
        for name in ids.into_iter().flat_map(|id| names::leading(references.get(id)).0) {
            let Name::Person { family, given, .. } = name else { continue };
            let others = namesakes.entry(family).or_default();
            // Two are enough to know.
            if others.len() < 2 && !others.contains(&given.as_str()) {
                others.push(given);
            }
        }
        Self(namesakes)
    }

    fn has(&self, family: &str) -> bool {
        self.0.get(family).is_some_and(|others| others.len() > 1)
    }
}
