//! Notes: at the back by chapter, after their chapter, or each by itself for the foot of a page.

use super::compose::{Composer, Context};
use super::foot::FootNotes;
use super::frame::{Anchor, Matter};
use super::galley::Galley;
use super::line::{Align, Line};
use super::matter::MatterSetter;
use super::qr::SetCode;
use super::structure::{NodeId, Role};
use crate::book::{NoteGroup, note_label};
use crate::config::{NoteMarks, QrCodes};
use crate::document::{Inline, Note, plain_text};
use crate::units::Pt;

impl MatterSetter<'_, '_> {
    /// All notes, by chapter.
    pub(super) fn notes(&mut self, groups: &[NoteGroup], node: NodeId) -> Galley {
        let words = self.setter.language.words().notes;
        let mut galley = self.opening(words, Matter::Notes, node);
        let book = self.book;
        for group in groups {
            let chapter = book.chapters().find(|chapter| chapter.id == group.chapter);
            if let Some(chapter) = chapter {
                let title = plain_text(&chapter.title);
                self.notes_heading(&mut galley, &title, node);
            }
            self.note_group(&mut galley, group, node);
        }
        galley
    }

    /// The notes to one chapter, to stand at its end.
    pub(super) fn chapter_notes(&mut self, group: &NoteGroup, node: NodeId) -> Galley {
        let mut galley = Galley::default();
        let words = self.setter.language.words().notes;
        self.notes_heading(&mut galley, words, node);
        if let Some(first) = galley.strips.first_mut() {
            first.space = self.theme.leading * 2.0;
        }
        self.note_group(&mut galley, group, node);
        galley
    }

    /// The notes to one chapter, each by itself.
    pub(super) fn foot_notes(&mut self, group: &NoteGroup, node: NodeId) -> FootNotes {
        let notes = group.notes.iter();
        notes.map(|note| (note.id, self.note(note, node))).collect()
    }

    fn notes_heading(&mut self, galley: &mut Galley, words: &str, node: NodeId) {
        let mut context = self.context(node, Align::Left);
        context.style.letters.hyphenation = None;
        context.style.letters.face.italic = true;
        let role = Role::Heading { level: 2, title: words.to_owned() };
        let first = galley.strips.len();
        let above = self.theme.leading;
        self.words(galley, words, role, context, above);
        galley.keep_from(first);
        if let Some(last) = galley.strips.last_mut() {
            last.keep = true;
        }
    }

    fn note_group(&mut self, galley: &mut Galley, group: &NoteGroup, node: NodeId) {
        if self.book.note_style.qr == QrCodes::Chapter {
            let mut codes = self.chapter_codes(group, node);
            galley.strips.append(&mut codes.strips);
        }
        for note in &group.notes {
            let mut note = self.note(note, node);
            galley.strips.append(&mut note.strips);
        }
    }

    fn note(&mut self, note: &Note, node: NodeId) -> Galley {
        let inset = self.theme.note_size * 2.2;
        let mut context = self.context(node, Align::Justify);
        context.style.size = self.theme.note_size;
        context.leading = self.theme.note_leading;
        context.node = self.setter.structure.add(node, Role::Note);
        let label = self.note_label(note, context, inset);
        let code = (self.book.note_style.qr == QrCodes::Note)
            .then(|| SetCode::beside(note))
            .flatten();
        let measure = context.measure - code.as_ref().map_or(Pt::ZERO, SetCode::room);
        let inner = Context { left: inset, measure: measure - inset, ..context };
        let mut composer = Composer::new(self.setter, &self.theme, Some(note.id.chapter));
        composer.anchors.push(Anchor::Note(note.id));
        composer.blocks(&note.blocks, inner);
        composer.hang(0, label, context);
        if let Some(code) = code {
            code.put_beside(&mut composer, context, context.measure);
        }
        composer.galley
    }

    /// The number or symbol of a note, which leads back to its reference.
    fn note_label(&mut self, note: &Note, context: Context, inset: Pt) -> Line {
        let label = self.setter.structure.add(context.node, Role::Label);
        let mut style = context.style;
        style.letters.features.old_style = false;
        let mut words = note_label(self.setter.marks, note.number);
        if self.setter.marks == NoteMarks::Numbers {
            words.push('.');
        }
        let words = Inline::text(words, self.setter.nowhere);
        let anchor = Anchor::Reference(note.id, 1);
        let collected = self.linked(&[words], anchor, label, style);
        let mut composer = Composer::new(self.setter, &self.theme, None);
        composer.hanging_line(&collected, context, inset - style.size * 0.5)
    }
}
