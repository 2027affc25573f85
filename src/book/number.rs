//! Numbers notes, in the order in which the text refers to them.

use std::collections::BTreeMap;

use crate::config::{NotePlace, NoteSettings, Numbering};
use crate::document::{
    Block, Inline, InlineKind, Note, NoteId, Target, VisitMut, walk_inline_mut,
};

/// Numbers the notes of one chapter after the other.
pub(super) struct Numberer {
    numbering: Numbering,
    place: NotePlace,
    /// The number that was given last.
    last: u32,
}

impl Numberer {
    /// From one.
    pub(super) fn new(settings: &NoteSettings) -> Self {
        Self { numbering: settings.numbering, place: settings.place, last: 0 }
    }

    /// Numbers a chapter's notes and the marks that refer to them. Notes come back in the order
    /// of their numbers: first those of the text, then those that only other notes refer to, or
    /// at the feet of pages these right after the others; without those that nothing refers to.
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
        let mut marks = Marks {
            last: self.last,
            order: Vec::new(),
            seen: BTreeMap::new(),
            waiting: notes.into_iter().map(|note| (note.id, note)).collect(),
            read: BTreeMap::new(),
            deeper: if self.place == NotePlace::Page { MAX_NOTE_DEPTH } else { 0 },
        };
        marks.inlines(title);
        marks.blocks(blocks);
        let mut numbered: Vec<Note> = Vec::new();
        // The order grows while notes are read that refer to further ones.
        while let Some(id) = marks.order.get(numbered.len()).copied() {
            if let Some(note) = marks.read.remove(&id) {
                numbered.push(note);
                continue;
            }
            let Some(mut note) = marks.waiting.remove(&id) else {
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

/// How many notes within notes are numbered right after the one that refers to them.
const MAX_NOTE_DEPTH: u32 = 16;

/// Numbers marks.
struct Marks {
    last: u32,
    /// The notes in the order in which they are first referred to.
    order: Vec<NoteId>,
    seen: BTreeMap<NoteId, Seen>,
    /// The notes whose own marks have no numbers yet.
    waiting: BTreeMap<NoteId, Note>,
    /// Those that were read where they were first referred to.
    read: BTreeMap<NoteId, Note>,
    /// How many notes may still be read within one another.
    deeper: u32,
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

    /// Numbers what a note refers to, if that is to stand right after it.
    fn read(&mut self, id: NoteId) {
        if self.deeper > 0
            && let Some(mut note) = self.waiting.remove(&id)
        {
            self.deeper -= 1;
            self.blocks(&mut note.blocks);
            self.deeper += 1;
            self.read.insert(id, note);
        }
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
                self.read(reference.note);
            }
            // A link without a mark of its own counts as a place, not as a reference.
            InlineKind::Link { target: Target::Note(note), .. } => {
                self.see(*note);
                self.read(*note);
            }
            _ => {}
        }
        walk_inline_mut(self, inline);
    }
}
