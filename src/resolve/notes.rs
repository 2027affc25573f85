//! The notes of a chapter, while they are found.

use std::collections::BTreeMap;

use crate::address;
use crate::document::{Block, ChapterId, Note, NoteId, SourceName};

use super::findings::Findings;

/// The notes of one chapter.
pub(super) struct Notes {
    chapter: ChapterId,
    notes: Vec<Note>,
    /// The notes that name a source on the web, by its address.
    sources: BTreeMap<String, NoteId>,
    /// What was found on the way.
    pub(super) findings: Findings,
}

impl Notes {
    /// None yet.
    pub(super) fn new(chapter: ChapterId) -> Self {
        let findings = Findings::default();
        Self { chapter, notes: Vec::new(), sources: BTreeMap::new(), findings }
    }

    /// Adds a note.
    pub(super) fn add(&mut self, blocks: Vec<Block>) -> NoteId {
        let index = u32::try_from(self.notes.len()).unwrap_or(u32::MAX);
        let id = NoteId { chapter: self.chapter, index };
        self.notes.push(Note { id, number: 0, references: 0, source: None, blocks });
        id
    }

    /// Says what a note says.
    pub(super) fn set(&mut self, id: NoteId, blocks: Vec<Block>) {
        self.notes[id.index as usize].blocks = blocks;
    }

    /// Says what a note names; the first word holds.
    pub(super) fn set_name(&mut self, id: NoteId, name: SourceName) {
        self.notes[id.index as usize].source.get_or_insert(name);
    }

    /// Whether a note names a source.
    pub(super) fn names(&self, id: NoteId) -> bool {
        self.notes[id.index as usize].source.is_some()
    }

    /// The address of the source that a note names.
    pub(super) fn address(&self, id: NoteId) -> Option<String> {
        self.notes[id.index as usize].source.as_ref()?.address.clone()
    }

    /// The note that names the source at an address, if there is one.
    pub(super) fn source(&self, address: &str) -> Option<NoteId> {
        self.sources.get(&address::key(address)).copied()
    }

    /// Keeps in mind that a note names the source at an address.
    pub(super) fn name_source(&mut self, address: &str, note: NoteId) {
        self.sources.entry(address::key(address)).or_insert(note);
    }

    /// All of them, and what was found.
    pub(super) fn finish(self) -> (Vec<Note>, Findings) {
        (self.notes, self.findings)
    }
}
