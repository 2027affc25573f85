//! The outer section of a document, and the chapters.

use super::writer::Writer;
use super::{DocumentKind, Element, Semantics};
use crate::book::{Chapter, DivisionNumber};
use crate::config::{Matter, NotePlace, SectionKind};
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
        DocumentKind::Section(section, _) => semantics_of_section(section.kind),
        DocumentKind::Notes => (Some("endnotes"), Some("doc-endnotes"), "notes"),
        DocumentKind::Bibliography => {
            (Some("bibliography"), Some("doc-bibliography"), "bibliography")
        }
        DocumentKind::Quoted => (None, None, "sources-quoted"),
        DocumentKind::Credits => (None, None, "credits"),
        DocumentKind::Figures => (Some("loi"), None, "list-of-figures"),
        DocumentKind::Tables => (Some("lot"), None, "list-of-tables"),
        DocumentKind::Chronology => (None, None, "chronology"),
        DocumentKind::Comments => (None, None, "all-comments"),
        DocumentKind::Permissions => (None, None, "permissions"),
        DocumentKind::Index => (Some("index"), Some("doc-index"), "index"),
        DocumentKind::Colophon => (Some("colophon"), Some("doc-colophon"), "colophon"),
    }
}

/// What a document is, in the EPUB structural semantics vocabulary.
pub(super) fn epub_type(kind: DocumentKind) -> Option<&'static str> {
    semantics(kind).0
}

/// The same of a section that somebody wrote.
fn semantics_of_section(
    kind: SectionKind,
) -> (Option<&'static str>, Option<&'static str>, &'static str) {
    let name = kind.name();
    match kind {
        SectionKind::HalfTitle => semantics(DocumentKind::HalfTitle),
        SectionKind::TitlePage => semantics(DocumentKind::TitlePage),
        SectionKind::Copyright => semantics(DocumentKind::Copyright),
        SectionKind::Colophon => semantics(DocumentKind::Colophon),
        SectionKind::Dedication => (Some(name), Some("doc-dedication"), name),
        SectionKind::Epigraph => (Some(name), Some("doc-epigraph"), name),
        SectionKind::Foreword => (Some(name), Some("doc-foreword"), name),
        SectionKind::Preface => (Some(name), Some("doc-preface"), name),
        SectionKind::Acknowledgments => (Some(name), Some("doc-acknowledgments"), name),
        SectionKind::Introduction => (Some(name), Some("doc-introduction"), name),
        SectionKind::Prologue => (Some(name), Some("doc-prologue"), name),
        SectionKind::Epilogue => (Some(name), Some("doc-epilogue"), name),
        SectionKind::Conclusion => (Some(name), Some("doc-conclusion"), name),
        SectionKind::Afterword => (Some(name), Some("doc-afterword"), name),
        SectionKind::Appendix => (Some(name), Some("doc-appendix"), name),
        SectionKind::Glossary => (Some(name), Some("doc-glossary"), name),
        _ => (None, None, name),
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

    /// A chapter, or a section before or behind the chapters.
    pub(super) fn chapter(
        &mut self,
        chapter: &Chapter,
        language: &Language,
        title: &str,
    ) {
        let at_the_back = self.builder.book.note_style.place == NotePlace::Book;
        let notes = self.builder.book.notes_of(chapter.id).filter(|_| !at_the_back);
        let mut outer = self.outer("section", DocumentKind::of(chapter));
        if let Some(section) = chapter.section {
            let matter = match section.matter {
                Matter::Front => "front-matter",
                Matter::Body => "body-matter",
                Matter::Back => "back-matter",
            };
            outer = outer.class("section").class(matter);
        }
        let has_role = outer.value("role").is_some();
        let outer = outer.optional("aria-label", has_role.then_some(title));
        self.within(outer, |this| {
            if chapter.section.is_none_or(|section| section.kind.has_title()) {
                this.opening(chapter, language);
            }
            this.blocks(&chapter.blocks);
            this.closing(chapter, language);
            if let Some(group) = notes {
                this.notes_after_chapter(group);
            }
            if !this.builder.book.comments_at_the_back {
                this.comments_after_chapter(&chapter.comments);
            }
        });
    }

    /// The number of a chapter or a part, above its title.
    pub(super) fn division_number(
        &mut self,
        class: &'static str,
        number: &DivisionNumber,
    ) {
        let DivisionNumber { before, numeral, after } = number;
        self.within(self.own("p").class(class), |this| {
            this.own_text(before);
            let ordinal = this.own("span").attribute("epub:type", "ordinal");
            this.leaf(ordinal, numeral);
            this.own_text(after);
        });
    }
}
