//! The outer section of a document, and the chapters.

use super::writer::Writer;
use super::{DocumentKind, Element, Semantics};
use crate::book::{Chapter, separators};
use crate::config::NotePlace;
use crate::document::Inline;
use crate::language::Language;

/// What the section is as `epub:type` and as `role`, and its class.
fn semantics(
    kind: DocumentKind,
) -> (Option<&'static str>, Option<&'static str>, &'static str) {
    match kind {
        DocumentKind::Cover => (Some("cover"), None, "cover"),
        DocumentKind::HalfTitle => (Some("halftitlepage"), None, "half-title"),
        DocumentKind::TitlePage => (Some("titlepage"), None, "title-page"),
        DocumentKind::Copyright => (Some("copyright-page"), None, "copyright-page"),
        DocumentKind::Contents => (Some("toc"), Some("doc-toc"), "contents"),
        DocumentKind::Part(_) => (Some("part"), Some("doc-part"), "part"),
        DocumentKind::Chapter(_) => (Some("chapter"), Some("doc-chapter"), "chapter"),
        DocumentKind::Notes => (Some("endnotes"), Some("doc-endnotes"), "notes"),
        DocumentKind::Bibliography => {
            (Some("bibliography"), Some("doc-bibliography"), "bibliography")
        }
        DocumentKind::Quoted => (None, None, "sources-quoted"),
        DocumentKind::Credits => (None, None, "credits"),
        DocumentKind::Figures => (Some("loi"), None, "list-of-figures"),
        DocumentKind::Index => (Some("index"), Some("doc-index"), "index"),
        DocumentKind::Colophon => (Some("colophon"), Some("doc-colophon"), "colophon"),
    }
}

impl Writer<'_> {
    /// The element around all that a document says.
    pub(super) fn outer(&self, name: &'static str, kind: DocumentKind) -> Element {
        let (epub_type, role, class) = semantics(kind);
        self.own(name)
            .class(class)
            .optional("epub:type", epub_type)
            .optional("role", role)
            .semantics(Semantics::Document(kind))
    }

    /// A chapter.
    pub(super) fn chapter(
        &mut self,
        chapter: &Chapter,
        language: &Language,
        title: &str,
    ) {
        let at_the_back = self.builder.book.note_style.place == NotePlace::Book;
        let notes = self.builder.book.notes_of(chapter.id).filter(|_| !at_the_back);
        let section = self
            .outer("section", DocumentKind::Chapter(chapter.id))
            .attribute("aria-label", title);
        self.within(section, |this| {
            this.opening(chapter, language);
            this.blocks(&chapter.blocks);
            if let Some(group) = notes {
                this.notes_after_chapter(group);
            }
        });
    }

    /// Names as running text.
    fn names(&mut self, names: &[Vec<Inline>]) {
        for (separator, name) in separators(names.len(), self.words).zip(names) {
            self.own_text(&separator);
            self.inlines(name);
        }
    }

    /// Title, authors and date.
    fn opening(&mut self, chapter: &Chapter, language: &Language) {
        self.within(self.own("header"), |this| {
            let title = this.own("h1").class("chapter-title");
            this.within(title, |this| this.inlines(&chapter.title));
            if !chapter.byline.is_empty() {
                let byline = this.own("p").class("byline");
                this.within(byline, |this| this.names(&chapter.byline));
            }
            if let Some(date) = chapter.date {
                this.within(this.own("p").class("dateline"), |this| {
                    let time = this.own("time").attribute("datetime", date.to_string());
                    this.leaf(time, &language.date(date));
                });
            }
        });
    }
}
