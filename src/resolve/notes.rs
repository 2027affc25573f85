//! The notes of a chapter, while they are found.

use std::collections::BTreeMap;

use crate::document::{Block, ChapterId, Note, NoteId};

use super::address;

/// The notes of one chapter.
pub(super) struct Notes {
    chapter: ChapterId,
    notes: Vec<Note>,
    /// The notes that name a source on the web, by its address.
    sources: BTreeMap<String, NoteId>,
}

impl Notes {
    /// None yet.
    pub(super) fn new(chapter: ChapterId) -> Self {
        Self { chapter, notes: Vec::new(), sources: BTreeMap::new() }
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

    /// The note that names the source at an address, if there is one.
    pub(super) fn source(&self, address: &str) -> Option<NoteId> {
        self.sources.get(&address::key(address)).copied()
    }

    /// Keeps in mind that a note names the source at an address.
    pub(super) fn name_source(&mut self, address: &str, note: NoteId) {
        self.sources.entry(address::key(address)).or_insert(note);
    }

    /// All of them.
    pub(super) fn into_notes(self) -> Vec<Note> {
        self.notes
    }
}
