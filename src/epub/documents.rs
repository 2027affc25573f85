//! The documents of the package, in the order in which they are read.

use super::Edition;
use super::endnotes;
use super::files::{BIBLIOGRAPHY, Files, NOTES, QUOTED};
use super::xhtml::Xhtml;
use super::xml::Xml;
use crate::book::{Book, Chapter, Part, QuotedSource};
use crate::config::NotePlace;
use crate::document::{Target, plain_text};
use crate::language::{Language, Words};

/// A document of the package.
#[derive(Debug)]
pub(super) struct Document {
    /// Its file's name.
    pub(super) name: String,
    /// The file's content.
    pub(super) content: String,
    /// Whether it holds MathML.
    pub(super) has_math: bool,
}

/// Writes all documents but the navigation.
pub(super) struct Documents<'a> {
    book: &'a Book,
    edition: &'a Edition<'a>,
    files: &'a Files,
    words: &'static Words,
    documents: Vec<Document>,
}

/// The attributes of a document's outer element.
struct Outer<'a> {
    name: &'a str,
    title: &'a str,
    language: &'a Language,
    /// `frontmatter`, `bodymatter` or `backmatter`.
    matter: &'a str,
    /// What the section is, as `epub:type` and as `role`.
    section: (Option<&'a str>, Option<&'a str>),
    class: &'a str,
}

impl<'a> Documents<'a> {
    pub(super) fn new(
        book: &'a Book,
        edition: &'a Edition<'a>,
        files: &'a Files,
    ) -> Self {
        let words = book.metadata.language.words();
        Self { book, edition, files, words, documents: Vec::new() }
    }

    pub(super) fn write(mut self) -> Vec<Document> {
        self.cover();
        self.title_page();
        self.copyright_page();
        for (index, part) in self.book.parts.iter().enumerate() {
            self.part(index, part);
            for chapter in &part.chapters {
                self.chapter(chapter);
            }
        }
        self.notes();
        self.bibliography();
        self.quoted();
        self.credits();
        self.colophon();
        self.documents
    }

    fn add(&mut self, outer: &Outer, content: impl FnOnce(&mut Xhtml)) {
        let mut writer = Xhtml::new(Xml::document(), self.files, outer.language.words());
        html(&mut writer, outer.title, outer.language, Some(outer.matter), |writer| {
            let (epub_type, role) = outer.section;
            let class = (!outer.class.is_empty()).then_some(outer.class);
            let attributes = [
                ("epub:type", epub_type),
                ("role", role),
                ("class", class),
                ("aria-label", role.map(|_| outer.title)),
            ];
            writer.element("section", &attributes, |writer| {
                writer.xml.newline();
                content(writer);
            });
        });
        self.documents.push(Document {
            name: outer.name.to_owned(),
            has_math: writer.has_math,
            content: writer.xml.finish(),
        });
    }

    fn outer(&self, name: &'a str, title: &'a str, matter: &'a str) -> Outer<'a> {
        let language = &self.book.metadata.language;
        Outer { name, title, language, matter, section: (None, None), class: "" }
    }

    fn cover(&mut self) {
        let title = self.book.metadata.title.as_str();
        let source = super::cover::name(self.book);
        let outer = Outer {
            section: (Some("cover"), None),
            class: "cover",
            ..self.outer("cover.xhtml", self.words.cover, "frontmatter")
        };
        let alt = format!("{}: {title}", self.words.cover);
        self.add(&outer, |writer| {
            writer.xml.empty("img", &[("src", Some(source)), ("alt", Some(&alt))]);
        });
    }

    fn title_page(&mut self) {
        let metadata = &self.book.metadata;
        let outer = Outer {
            section: (Some("titlepage"), None),
            class: "title-page",
            ..self.outer("title.xhtml", self.words.title_page, "frontmatter")
        };
        self.add(&outer, |writer| {
            writer.xml.leaf("h1", &[("class", Some("book-title"))], &metadata.title);
            if let Some(subtitle) = &metadata.subtitle {
                writer.xml.leaf("p", &[("class", Some("subtitle"))], subtitle);
            }
            for author in &metadata.authors {
                writer.xml.leaf("p", &[("class", Some("author"))], author);
            }
            if let Some(publisher) = &metadata.publisher {
                writer.xml.leaf("p", &[("class", Some("publisher"))], publisher);
            }
        });
    }

    fn copyright_page(&mut self) {
        let blocks = crate::book::copyright_page(self.book, self.edition.nowhere);
        let outer = Outer {
            section: (Some("copyright-page"), None),
            class: "copyright-page",
            ..self.outer("copyright.xhtml", self.words.copyright, "frontmatter")
        };
        self.add(&outer, |writer| writer.blocks(&blocks));
    }

    fn part(&mut self, index: usize, part: &Part) {
        let Some(title) = &part.title else { return };
        let name = Files::part(index);
        let outer = Outer {
            name: &name,
            title,
            section: (Some("part"), Some("doc-part")),
            class: "part",
            ..self.outer("", "", "bodymatter")
        };
        self.add(&outer, |writer| {
            writer.xml.leaf("h1", &[("class", Some("part-title"))], title);
        });
    }

    fn chapter(&mut self, chapter: &Chapter) {
        let language = chapter.language.as_ref().unwrap_or(&self.book.metadata.language);
        let title = plain_text(&chapter.title);
        let outer = Outer {
            name: self.files.chapter(chapter.id),
            title: &title,
            language,
            matter: "bodymatter",
            section: (Some("chapter"), Some("doc-chapter")),
            class: "chapter",
        };
        let at_the_back = self.book.note_style.place == NotePlace::Book;
        let notes = self.book.notes_of(chapter.id).filter(|_| !at_the_back);
        let files = self.files;
        self.add(&outer, |writer| {
            chapter_opening(writer, chapter, language);
            writer.blocks(&chapter.blocks);
            if let Some(group) = notes {
                endnotes::after_chapter(writer, group, files, language.words());
            }
        });
    }

    fn notes(&mut self) {
        if !self.book.has_notes_part() {
            return;
        }
        let book = self.book;
        let outer = Outer {
            section: (Some("endnotes"), Some("doc-endnotes")),
            class: "notes",
            ..self.outer(NOTES, self.words.notes, "backmatter")
        };
        let (files, words) = (self.files, self.words);
        self.add(&outer, |writer| {
            writer.xml.leaf("h1", &[], words.notes);
            for group in &book.endnotes {
                endnotes::of_chapter(writer, book, group, files, words);
            }
        });
    }

    fn bibliography(&mut self) {
        if self.book.bibliography.is_empty() {
            return;
        }
        let (book, title) = (self.book, self.words.citing.bibliography);
        let outer = Outer {
            section: (Some("bibliography"), Some("doc-bibliography")),
            class: "bibliography",
            ..self.outer(BIBLIOGRAPHY, title, "backmatter")
        };
        self.add(&outer, |writer| {
            writer.xml.leaf("h1", &[], title);
            writer.element("ul", &[], |writer| {
                for entry in &book.bibliography {
                    writer.element("li", &[], |writer| writer.inlines(&entry.text));
                    writer.xml.newline();
                }
            });
        });
    }

    fn quoted(&mut self) {
        if self.book.quoted.is_empty() {
            return;
        }
        let (book, title) = (self.book, self.words.sources_quoted);
        let outer =
            Outer { class: "sources-quoted", ..self.outer(QUOTED, title, "backmatter") };
        let files = self.files;
        self.add(&outer, |writer| {
            writer.xml.leaf("h1", &[], title);
            writer.element("ul", &[], |writer| {
                for source in &book.quoted {
                    writer.element("li", &[], |writer| {
                        quoted_source(writer, book, source, files);
                    });
                    writer.xml.newline();
                }
            });
        });
    }

    fn credits(&mut self) {
        if self.book.credits.is_empty() {
            return;
        }
        let book = self.book;
        let outer = Outer {
            class: "credits",
            ..self.outer("credits.xhtml", self.words.picture_credits, "backmatter")
        };
        let (files, words) = (self.files, self.words);
        self.add(&outer, |writer| {
            writer.xml.leaf("h1", &[], words.picture_credits);
            writer.element("ul", &[], |writer| {
                for credit in &book.credits {
                    let href = files.chapter(credit.chapter);
                    writer.element("li", &[], |writer| {
                        if !credit.caption.is_empty() {
                            writer.xml.leaf(
                                "a",
                                &[("href", Some(href))],
                                &credit.caption,
                            );
                            writer.xml.text(" ");
                        }
                        writer.element("span", &[("class", Some("credit"))], |writer| {
                            writer.inlines(&credit.credit);
                        });
                    });
                }
            });
        });
    }

    fn colophon(&mut self) {
        let blocks =
            crate::book::colophon(&self.book.metadata.language, self.edition.nowhere);
        let outer = Outer {
            section: (Some("colophon"), Some("doc-colophon")),
            class: "colophon",
            ..self.outer("colophon.xhtml", self.words.colophon, "backmatter")
        };
        let title = self.words.colophon;
        self.add(&outer, |writer| {
            writer.xml.leaf("h1", &[], title);
            writer.blocks(&blocks);
        });
    }
}

/// A source, and the chapters that quote it, each with a link to the place.
fn quoted_source(writer: &mut Xhtml, book: &Book, source: &QuotedSource, files: &Files) {
    writer.xml.text(&source.name);
    let mut last = None;
    for excerpt in &source.excerpts {
        let Some((note, occurrence)) = excerpt.note else { continue };
        let separator = if last.is_none() { ": " } else { "; " };
        if last.replace(excerpt.chapter) == Some(excerpt.chapter) {
            continue;
        }
        let chapter = book.chapters().nth(excerpt.chapter.0 as usize);
        let title = chapter.map(|chapter| plain_text(&chapter.title)).unwrap_or_default();
        let href = files.target(&Target::Reference(note, occurrence));
        writer.xml.text(separator);
        writer.xml.leaf("a", &[("href", href.as_deref())], &title);
    }
}

/// A whole XHTML document.
pub(super) fn html(
    writer: &mut Xhtml,
    title: &str,
    language: &Language,
    matter: Option<&str>,
    body: impl FnOnce(&mut Xhtml),
) {
    let tag = Some(language.tag());
    let direction = language.is_right_to_left().then_some("rtl");
    writer.xml.raw("<!DOCTYPE html>\n");
    let root = [
        ("xmlns", Some("http://www.w3.org/1999/xhtml")),
        ("xmlns:epub", Some("http://www.idpf.org/2007/ops")),
        ("lang", tag),
        ("xml:lang", tag),
        ("dir", direction),
    ];
    writer.element("html", &root, |writer| {
        writer.element("head", &[], |writer| {
            writer.xml.empty("meta", &[("charset", Some("utf-8"))]);
            writer.xml.leaf("title", &[], title);
            let link = [
                ("rel", Some("stylesheet")),
                ("type", Some("text/css")),
                ("href", Some("style.css")),
            ];
            writer.xml.empty("link", &link);
        });
        writer.xml.newline();
        writer.element("body", &[("epub:type", matter)], body);
    });
    writer.xml.newline();
}

fn chapter_opening(writer: &mut Xhtml, chapter: &Chapter, language: &Language) {
    writer.element("header", &[], |writer| {
        writer.element("h1", &[("class", Some("chapter-title"))], |writer| {
            writer.inlines(&chapter.title);
        });
        if !chapter.byline.is_empty() {
            let names = crate::book::names(&chapter.byline, language.words());
            writer.xml.leaf("p", &[("class", Some("byline"))], &names);
        }
        if let Some(date) = chapter.date {
            writer.element("p", &[("class", Some("dateline"))], |writer| {
                let machine = date.to_string();
                let moment = [("datetime", Some(machine.as_str()))];
                writer.xml.leaf("time", &moment, &language.date(date));
            });
        }
    });
    writer.xml.newline();
}
