//! Notes: at the back by chapter, or after their chapter.

use super::writer::Writer;
use super::{Element, Semantics};
use crate::book::NoteGroup;
use crate::config::NotePlace;
use crate::document::{
    Attributes, Block, BlockKind, Inline, InlineKind, Note, NoteReference, Phrase,
    PhraseRole, Target, Visit, walk_inline,
};
use crate::source::Span;

impl Writer<'_> {
    /// The notes to a chapter, under its title, as part of the notes to the book.
    pub(super) fn notes_to_chapter(&mut self, group: &NoteGroup) {
        let section = self.own("section").semantics(Semantics::Notes(group.chapter));
        self.borrowed(group.chapter, section, |this| {
            if let Some(chapter) = this.builder.chapter(group.chapter) {
                let target = Target::Chapter { chapter: chapter.id, id: None };
                let link = this
                    .own("a")
                    .attribute("href", this.addresses().chapter(chapter.id))
                    .semantics(Semantics::Link(target));
                let title = super::contents::bare(&chapter.title);
                this.within(this.own("h2"), |this| {
                    this.within(link, |this| this.inlines(&title));
                });
            }
            this.notes(group);
        });
    }

    /// The notes to a chapter, at its end; or, on paper, each for the foot of the page that
    /// refers to it, where no heading stands.
    pub(super) fn notes_after_chapter(&mut self, group: &NoteGroup) {
        let at_the_foot =
            self.is_print() && self.builder.book.note_style.place == NotePlace::Page;
        let class = if at_the_foot { "foot-notes" } else { "chapter-notes" };
        let section = self
            .own("section")
            .class("notes")
            .class(class)
            .attribute("epub:type", "endnotes")
            .attribute("role", "doc-endnotes")
            .attribute("aria-label", self.words.notes)
            .semantics(Semantics::Notes(group.chapter));
        self.within(section, |this| {
            if !at_the_foot {
                this.leaf(this.own("h2"), this.words.notes);
            }
            this.notes(group);
        });
    }

    fn notes(&mut self, group: &NoteGroup) {
        let outer = self.chapter.replace(group.chapter);
        let first = group.notes.first().map_or(1, |note| note.number);
        let symbols = self.addresses().has_symbols();
        let list = self
            .own("ol")
            .class(if symbols { "symbols" } else { "" })
            .optional("start", (first != 1).then(|| first.to_string()));
        self.within(list, |this| {
            for note in &group.notes {
                this.note(note);
            }
        });
        self.chapter = outer;
    }

    fn note(&mut self, note: &Note) {
        let span = note.blocks.first().map_or(Span::DETACHED, |block| block.span);
        let semantics = Semantics::Note {
            note: note.id,
            number: note.number,
            addresses: addresses(note),
        };
        let element = Element::new("li", span)
            .id(self.addresses().note_id(note.id))
            .class("note")
            .semantics(semantics);
        self.within(element, |this| {
            if this.addresses().has_symbols() {
                let label = this.addresses().note_label(note.number);
                this.note_text(&labelled(note, &label));
            } else {
                this.note_text(note);
            }
        });
    }

    /// The note, its way back at the end of its last paragraph.
    fn note_text(&mut self, note: &Note) {
        let (last, others) = match note.blocks.split_last() {
            Some((Block { kind: BlockKind::Paragraph(content), span, .. }, others)) => {
                (Some((content, *span)), others)
            }
            _ => (None, note.blocks.as_slice()),
        };
        self.blocks(others);
        let span = last.map_or(Span::DETACHED, |(_, span)| span);
        self.within(Element::new("p", span), |this| {
            if let Some((content, _)) = last {
                this.inlines(content);
            }
            for occurrence in 1..=note.references {
                this.backlink(note, occurrence);
            }
        });
    }

    fn backlink(&mut self, note: &Note, occurrence: u32) {
        let reference = NoteReference { note: note.id, number: note.number, occurrence };
        let letter = letter(occurrence);
        let several = note.references > 1;
        let label = format!(
            "{} {}{}",
            self.words.back_to_note,
            note.number,
            if several { format!(" ({letter})") } else { String::new() }
        );
        // The selector asks for the arrow of the text font: Apple has an emoji for it too.
        let arrow = format!("↩\u{fe0e}{}", if several { letter.as_str() } else { "" });
        let link = self
            .own("a")
            .class("backlink")
            .attribute("href", self.addresses().reference(reference))
            .attribute("epub:type", "backlink")
            .attribute("role", "doc-backlink")
            .attribute("aria-label", label)
            .semantics(Semantics::Backlink(reference));
        // The way back does not go to a line of its own; and on paper, where it is not shown,
        // the space goes with it.
        if self.is_print() {
            self.leaf(link, &format!("\u{a0}{arrow}"));
        } else {
            self.own_text("\u{a0}");
            self.leaf(link, &arrow);
        }
    }
}

/// The note with its label as the first of its words: a list numbers itself, and has no symbols.
fn labelled(note: &Note, label: &str) -> Note {
    let mut note = note.clone();
    let span = note.blocks.first().map(|block| block.span);
    let Some(span) = span else { return note };
    let mut attributes = Attributes::default();
    attributes.add_class("note-label");
    let label = Phrase {
        role: PhraseRole::Span,
        content: vec![Inline::text(label, span)],
        attributes,
        title: String::new(),
    };
    let label = [Inline::new(InlineKind::Phrase(label), span), Inline::text(" ", span)];
    match note.blocks.first_mut() {
        Some(Block { kind: BlockKind::Paragraph(content), .. }) => {
            content.splice(0..0, label);
        }
        _ => {
            let paragraph = BlockKind::Paragraph(label.to_vec());
            note.blocks.insert(0, Block::new(paragraph, span));
        }
    }
    note
}

/// The addresses on the web that a note names, each once.
fn addresses(note: &Note) -> Vec<String> {
    let mut found = OnTheWeb(Vec::new());
    found.blocks(&note.blocks);
    found.0
}

struct OnTheWeb(Vec<String>);

impl Visit for OnTheWeb {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Link { target: Target::Address(address), .. } = &inline.kind
            && address.starts_with("http")
            && !self.0.contains(address)
        {
            self.0.push(address.clone());
        }
        walk_inline(self, inline);
    }
}

/// `a` to `z`, then numbers.
fn letter(number: u32) -> String {
    match u8::try_from(number) {
        Ok(number @ 1..=26) => char::from(b'a' + number - 1).to_string(),
        _ => number.to_string(),
    }
}
