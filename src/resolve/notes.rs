//! The notes of a chapter, while they are found.

use crate::document::{
    Block, ChapterId, Inline, InlineKind, Note, NoteId, NoteReference,
};
use crate::source::Span;

/// The notes of one chapter.
pub(super) struct Notes {
    chapter: ChapterId,
    notes: Vec<Note>,
}

impl Notes {
    /// None yet.
    pub(super) fn new(chapter: ChapterId) -> Self {
        Self { chapter, notes: Vec::new() }
    }

    /// Adds a note.
    pub(super) fn add(&mut self, blocks: Vec<Block>) -> NoteId {
        let index = u32::try_from(self.notes.len()).unwrap_or(u32::MAX);
        let id = NoteId { chapter: self.chapter, index };
        self.notes.push(Note { id, number: 0, references: 0, blocks });
        id
    }

    /// Says what a note says.
    pub(super) fn set(&mut self, id: NoteId, blocks: Vec<Block>) {
        self.notes[id.index as usize].blocks = blocks;
    }

    /// All of them.
    pub(super) fn into_notes(self) -> Vec<Note> {
        self.notes
    }
}

/// The mark that refers to a note, not yet numbered.
pub(super) fn mark(note: NoteId, span: Span) -> Inline {
    let reference = NoteReference { note, number: 0, occurrence: 0 };
    Inline::new(InlineKind::NoteReference(reference), span)
}
