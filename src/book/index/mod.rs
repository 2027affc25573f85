//! The index: what the text marks, what a file looks for in it, and the tags of the posts.

mod arrange;
mod collect;
mod entries;
mod matcher;
mod tags;

use super::{Chapter, NoteGroup};
use crate::config::{BookConfig, IndexTerm, SectionKind};
use crate::diag::{Code, Diagnostic, Warned};
use crate::document::{ChapterId, Inline, Target};
use crate::language::Collation;
use crate::manuscript::Manuscript;

use collect::Collector;
use entries::Entries;
use matcher::Matcher;

/// The terms under one letter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct IndexGroup {
    /// The letter; none before the first one, where numbers stand.
    pub heading: Option<String>,
    /// The terms, in their order.
    pub entries: Vec<IndexEntry>,
}

/// A term of the index.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct IndexEntry {
    /// Its id in the index.
    pub id: String,
    /// The term.
    pub term: Vec<Inline>,
    /// Where the text has it, in order.
    pub places: Vec<IndexPlace>,
    /// The terms that it stands for.
    pub see: Vec<IndexReference>,
    /// The terms that lead on.
    pub see_also: Vec<IndexReference>,
    /// The terms below it, in their order.
    pub entries: Vec<IndexEntry>,
}

/// A place that a term leads to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct IndexPlace {
    /// The chapter that it is in.
    pub chapter: ChapterId,
    /// Which block of the book it is in.
    pub block: u32,
    /// The place.
    pub target: Target,
    /// Where it ends, if it is a range.
    pub end: Option<Target>,
}

/// Another term of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IndexReference {
    /// Its words.
    pub term: String,
    /// Its id; none if the index does not have it.
    pub id: Option<String>,
}

/// Makes the index of chapters and notes; each place that it leads to is given an id.
pub(super) fn index(
    config: &BookConfig,
    manuscript: &Manuscript,
    chapters: &mut [Chapter],
    endnotes: &mut [NoteGroup],
) -> Warned<Vec<IndexGroup>> {
    let settings = &config.index;
    if settings.none {
        return Warned { value: Vec::new(), diagnostics: Vec::new() };
    }
    let mut entries = Entries::default();
    if settings.tags {
        for (tag, chapters) in tags::tags(manuscript, chapters) {
            let entry = entries.at(&[tag]);
            entry.places.extend(chapters.into_iter().map(IndexPlace::chapter));
        }
    }
    let matcher = Matcher::new(&settings.terms);
    let mut collector = Collector::new(&mut entries, &matcher, &settings.terms);
    let mut notes = endnotes.iter_mut().peekable();
    for chapter in chapters {
        collector.chapter(chapter, is_searched(chapter));
        while let Some(group) = notes.next_if(|group| group.chapter <= chapter.id) {
            collector.notes(group);
        }
    }
    let mut diagnostics = collector.finish();
    entries.references(&settings.terms);
    unused(&settings.terms, &entries, &mut diagnostics);
    let collation = Collation::new(&config.language);
    let smart = config.smart_punctuation;
    let groups = arrange::arrange(entries, &collation, smart);
    let groups = groups.into_value(&mut diagnostics);
    Warned { value: groups, diagnostics }
}

/// Whether the terms of the file are looked for in a text: not in what stands on a page of its own.
fn is_searched(chapter: &Chapter) -> bool {
    let kind = chapter.section.map(|section| section.kind);
    !matches!(
        kind,
        Some(
            SectionKind::HalfTitle
                | SectionKind::OtherBooks
                | SectionKind::TitlePage
                | SectionKind::Copyright
                | SectionKind::Dedication
                | SectionKind::Epigraph
                | SectionKind::Chronology
                | SectionKind::Glossary
                | SectionKind::Colophon
        )
    )
}

/// Reports the terms of the file that lead nowhere.
fn unused(terms: &[IndexTerm], entries: &Entries, diagnostics: &mut Vec<Diagnostic>) {
    for term in terms {
        if entries.get(&term.path).is_some_and(|entry| !entry.is_empty()) {
            continue;
        }
        let name = term.path.join("!");
        let message = format!("the text nowhere has the term `{name}`");
        let said = Diagnostic::new(Code::UnusedIndexTerm, message).at(term.span);
        diagnostics.push(said.hint("`aliases` are other words that it is found by"));
    }
}

impl IndexPlace {
    /// The beginning of a chapter.
    fn chapter(chapter: ChapterId) -> Self {
        let target = Target::Chapter { chapter, id: None };
        Self { chapter, block: 0, target, end: None }
    }
}
