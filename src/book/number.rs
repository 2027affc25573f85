//! Numbers notes, in the order in which the text refers to them.

use std::collections::BTreeMap;

use crate::config::Numbering;
use crate::document::{
    Block, Inline, InlineKind, Note, NoteId, Target, VisitMut, walk_inline_mut,
};

/// Numbers the notes of one chapter after the other.
pub(super) struct Numberer {
    numbering: Numbering,
    /// The number that was given last.
    last: u32,
}

impl Numberer {
    /// From one.
    pub(super) fn new(numbering: Numbering) -> Self {
        Self { numbering, last: 0 }
    }

    /// Numbers a chapter's notes and the marks that refer to them. Notes come back in the order
    /// of their numbers: first those of the text, then those that only other notes refer to;
    /// without those that nothing refers to.
    pub(super) fn chapter(
        &mut self,
        title: &mut Vec<Inline>,
        blocks: &mut Vec<Block>,
        notes: Vec<Note>,
    ) -> Vec<Note> {
        if self.numbering == Numbering::Chapter {
            self.last = 0;
        }
        let first = self.last;
        let mut marks =
            Marks { last: self.last, order: Vec::new(), seen: BTreeMap::new() };
        marks.inlines(title);
        marks.blocks(blocks);
        let mut waiting: BTreeMap<NoteId, Note> =
            notes.into_iter().map(|note| (note.id, note)).collect();
        let mut numbered: Vec<Note> = Vec::new();
        // The order grows while notes are read that refer to further ones.
        while let Some(id) = marks.order.get(numbered.len()).copied() {
            let Some(mut note) = waiting.remove(&id) else {
                debug_assert!(false, "a mark refers to a note that is not there");
                marks.order.remove(numbered.len());
                continue;
            };
            marks.blocks(&mut note.blocks);
            numbered.push(note);
        }
        for (note, number) in numbered.iter_mut().zip(first + 1..) {
            note.number = number;
            note.references = marks.seen.get(&note.id).map_or(0, |seen| seen.references);
        }
        self.last = marks.last;
        numbered
    }
}

/// Numbers marks.
struct Marks {
    last: u32,
    /// The notes in the order in which they are first referred to.
    order: Vec<NoteId>,
    seen: BTreeMap<NoteId, Seen>,
}

struct Seen {
    number: u32,
    references: u32,
}

impl Marks {
    fn see(&mut self, note: NoteId) -> &mut Seen {
        self.seen.entry(note).or_insert_with(|| {
            self.last += 1;
            self.order.push(note);
            Seen { number: self.last, references: 0 }
        })
    }
}

impl VisitMut for Marks {
    fn inline(&mut self, inline: &mut Inline) {
        match &mut inline.kind {
            InlineKind::NoteReference(reference) => {
                let seen = self.see(reference.note);
                seen.references += 1;
                reference.number = seen.number;
                reference.occurrence = seen.references;
            }
            // A link without a mark of its own counts as a place, not as a reference.
            InlineKind::Link { target: Target::Note(note), .. } => {
                self.see(*note);
            }
            _ => {}
        }
        walk_inline_mut(self, inline);
    }
}
