//! What stands at the head and at the end of a chapter.

use super::writer::Writer;
use super::{Semantics, external};
use crate::address::printed;
use crate::book::{Chapter, separators};
use crate::config::{ChapterPieces, Piece, SourcePlace};
use crate::document::{Inline, Target};
use crate::language::Language;

impl Writer<'_> {
    /// The head of a chapter, or of a section before or behind the chapters.
    pub(super) fn opening(&mut self, chapter: &Chapter, language: &Language) {
        let pieces: &[Piece] = match chapter.section {
            None => &self.builder.book.pieces.opening,
            Some(_) => &ChapterPieces::OPENING,
        };
        self.within(self.own("header"), |this| {
            for piece in pieces {
                this.piece(*piece, chapter, language);
            }
        });
    }

    /// The end of a chapter.
    pub(super) fn closing(&mut self, chapter: &Chapter, language: &Language) {
        let pieces = &self.builder.book.pieces;
        let there = |piece: &&Piece| has(**piece, chapter, pieces);
        let there: Vec<Piece> = pieces.closing.iter().filter(there).copied().collect();
        if chapter.section.is_some() || there.is_empty() {
            return;
        }
        self.within(self.own("footer"), |this| {
            for piece in there {
                this.piece(piece, chapter, language);
            }
        });
    }

    fn piece(&mut self, piece: Piece, chapter: &Chapter, language: &Language) {
        if !has(piece, chapter, &self.builder.book.pieces) {
            return;
        }
        match piece {
            Piece::Number => {
                if let Some(number) = &chapter.number {
                    self.division_number("chapter-number", number);
                }
            }
            Piece::Title => self.title_of_chapter(chapter),
            Piece::Byline => {
                let byline = self.own("p").class("byline");
                self.within(byline, |this| this.names(&chapter.byline));
            }
            Piece::Dateline => self.day("dateline", "", chapter.date, language),
            Piece::Updated => {
                let label = format!("{}: ", self.words.updated);
                self.day("chapter-updated", &label, chapter.updated, language);
            }
            Piece::Summary => {
                let summary = self.own("p").class("chapter-summary");
                self.within(summary, |this| this.inlines(&chapter.summary));
            }
            Piece::LeadPicture => {
                self.blocks(
                    chapter.lead_picture.as_deref().map_or(&[], std::slice::from_ref),
                );
            }
            Piece::Tags => {
                self.leaf(self.own("p").class("chapter-tags"), &chapter.tags.join(" · "))
            }
            Piece::Source => self.source(chapter),
            // It stands with the text, whose notes it may have.
            Piece::Biography => {}
        }
    }

    fn title_of_chapter(&mut self, chapter: &Chapter) {
        let is_chapter = chapter.section.is_none();
        let class = if is_chapter { "chapter-title" } else { "section-title" };
        let short = chapter.short_title.as_ref().filter(|_| self.is_print());
        let title = self.own("h1").class(class).optional("data-short-title", short);
        self.within(title, |this| this.inlines(&chapter.title));
    }

    fn day(
        &mut self,
        class: &'static str,
        label: &str,
        date: Option<jiff::civil::Date>,
        language: &Language,
    ) {
        let Some(date) = date else { return };
        self.within(self.own("p").class(class), |this| {
            if !label.is_empty() {
                this.own_text(label);
            }
            let time = this.own("time").attribute("datetime", date.to_string());
            this.leaf(time, &language.date(date));
        });
    }

    /// Where a chapter stood: as a line, on paper with a code beside it if that is asked.
    fn source(&mut self, chapter: &Chapter) {
        let Some(address) = &chapter.source else { return };
        let has_code =
            self.is_print() && self.builder.book.pieces.source == SourcePlace::Qr;
        let mut line = self.own("p").class("chapter-source");
        if has_code {
            line = line.semantics(Semantics::Coded(address.clone()));
        }
        let link = self
            .own("a")
            .class("external")
            .optional("href", external::href(address))
            .semantics(Semantics::Link(Target::Address(address.clone())));
        self.within(line, |this| {
            this.own_text(&format!("{}: ", this.words.posted));
            this.leaf(link, &printed(address));
        });
    }

    /// Names as running text.
    fn names(&mut self, names: &[Vec<Inline>]) {
        for (separator, name) in separators(names.len(), self.words).zip(names) {
            self.own_text(&separator);
            self.inlines(name);
        }
    }
}

/// Whether there is anything to print of a piece.
fn has(piece: Piece, chapter: &Chapter, pieces: &ChapterPieces) -> bool {
    match piece {
        Piece::Number => chapter.number.is_some(),
        Piece::Title => true,
        Piece::Byline => !chapter.byline.is_empty(),
        Piece::Dateline => chapter.date.is_some(),
        Piece::Updated => chapter.updated.is_some(),
        Piece::Summary => !chapter.summary.is_empty(),
        Piece::LeadPicture => chapter.lead_picture.is_some(),
        Piece::Tags => !chapter.tags.is_empty(),
        Piece::Biography => false,
        Piece::Source => chapter.source.is_some() && pieces.source != SourcePlace::Note,
    }
}
