//! What the book quotes, and from whom: an editor's question before a publisher's.

use std::collections::BTreeMap;

use super::{Book, Chapter};
use crate::document::{
    Block, BlockKind, ChapterId, Inline, InlineKind, NoteId, SourceName, Visit,
    count_words, walk_block, walk_inline, words_of,
};

/// The quotations of a book.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Quotations {
    /// The sources, by name.
    pub sources: Vec<QuotedSource>,
    /// The quotations that name no source.
    pub unattributed: Vec<Excerpt>,
    /// How much of each chapter is quoted.
    pub chapters: Vec<Share>,
}

/// A source, and what is quoted from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QuotedSource {
    /// Its name: the outlet's, or else its host.
    pub name: String,
    /// What is quoted, in the order of the book.
    pub excerpts: Vec<Excerpt>,
}

/// One quotation. One within another is a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The chapter that quotes.
    pub chapter: ChapterId,
    /// The note that names the source, and which of the references to it stands here.
    pub note: Option<(NoteId, u32)>,
    /// How many words are quoted.
    pub words: usize,
}

/// How much of a chapter is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Share {
    /// Which.
    pub chapter: ChapterId,
    /// The words that are quoted.
    pub quoted: usize,
    /// All words.
    pub words: usize,
}

/// The quotations of a book.
pub(crate) fn quotations(book: &Book) -> Quotations {
    let mut quotations = Quotations::default();
    let notes = book.endnotes.iter().flat_map(|group| &group.notes);
    let names: BTreeMap<NoteId, &SourceName> =
        notes.filter_map(|note| Some((note.id, note.source.as_ref()?))).collect();
    let mut sources: BTreeMap<String, QuotedSource> = BTreeMap::new();
    for chapter in book.texts() {
        let excerpts = excerpts(chapter);
        quotations.chapters.push(Share {
            chapter: chapter.id,
            quoted: excerpts.iter().map(|excerpt| excerpt.words).sum(),
            words: count_words(&words_of(&chapter.blocks)),
        });
        for excerpt in excerpts {
            let name = excerpt.note.and_then(|(note, _)| names.get(&note));
            let name = name.map(|name| shown(name)).filter(|name| !name.is_empty());
            let Some(name) = name else {
                quotations.unattributed.push(excerpt);
                continue;
            };
            let source = sources.entry(name.to_lowercase());
            let source =
                source.or_insert_with(|| QuotedSource { name, excerpts: Vec::new() });
            source.excerpts.push(excerpt);
        }
    }
    quotations.sources = sources.into_values().collect();
    quotations
}

/// The name of a source, or its host without `www.`.
fn shown(source: &SourceName) -> String {
    let name = source.name.trim();
    if !name.is_empty() {
        return name.to_owned();
    }
    let address = source.address.as_deref().unwrap_or_default();
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_lowercase()
}

fn excerpts(chapter: &Chapter) -> Vec<Excerpt> {
    let mut found = Excerpts { chapter: chapter.id, excerpts: Vec::new() };
    found.blocks(&chapter.blocks);
    found.excerpts
}

struct Excerpts {
    chapter: ChapterId,
    excerpts: Vec<Excerpt>,
}

impl Visit for Excerpts {
    fn block(&mut self, block: &Block) {
        let BlockKind::Quotation { blocks, source, .. } = &block.kind else {
            return walk_block(self, block);
        };
        let occurrence = source.map(|note| {
            let mut reference = ReferenceTo { note, occurrence: 1 };
            reference.blocks(blocks);
            (note, reference.occurrence)
        });
        self.excerpts.push(Excerpt {
            chapter: self.chapter,
            note: occurrence,
            words: count_words(&words_of(blocks)),
        });
    }
}

/// The last reference to a note.
struct ReferenceTo {
    note: NoteId,
    occurrence: u32,
}

impl Visit for ReferenceTo {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::NoteReference(reference) = &inline.kind
            && reference.note == self.note
        {
            self.occurrence = reference.occurrence;
        }
        walk_inline(self, inline);
    }
}
