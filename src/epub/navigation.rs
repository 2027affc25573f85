//! The navigation: contents, landmarks, and the NCX for readers of old.

use super::documents::html;
use super::files::{BIBLIOGRAPHY, Files, NOTES, QUOTED};
use super::xhtml::Xhtml;
use super::xml::Xml;
use crate::book::{Book, Chapter};
use crate::document::{Block, BlockKind, plain_text};

/// The contents, and where they lead.
pub(super) struct Navigation<'a> {
    book: &'a Book,
    files: &'a Files,
    entries: Vec<Entry>,
}

/// An entry of the contents, with those below it.
struct Entry {
    title: String,
    href: String,
    children: Vec<Entry>,
}

impl<'a> Navigation<'a> {
    /// Lists `depth` levels of headings below the parts.
    pub(super) fn new(book: &'a Book, files: &'a Files, depth: u8) -> Self {
        let words = book.metadata.language.words();
        let entry = |title: &str, href: &str| Entry {
            title: title.to_owned(),
            href: href.to_owned(),
            children: Vec::new(),
        };
        let mut entries = vec![entry(words.title_page, "title.xhtml")];
        for (index, part) in book.parts.iter().enumerate() {
            let chapters =
                part.chapters.iter().map(|chapter| chapter_entry(chapter, files, depth));
            match &part.title {
                Some(title) => entries.push(Entry {
                    children: chapters.collect(),
                    ..entry(title, &Files::part(index))
                }),
                None => entries.extend(chapters),
            }
        }
        if book.has_notes_part() {
            entries.push(entry(words.notes, NOTES));
        }
        if !book.bibliography.is_empty() {
            entries.push(entry(words.citing.bibliography, BIBLIOGRAPHY));
        }
        if !book.quoted.is_empty() {
            entries.push(entry(words.sources_quoted, QUOTED));
        }
        if !book.credits.is_empty() {
            entries.push(entry(words.picture_credits, "credits.xhtml"));
        }
        entries.push(entry(words.colophon, "colophon.xhtml"));
        Self { book, files, entries }
    }

    pub(super) fn document(&self) -> String {
        let language = &self.book.metadata.language;
        let words = language.words();
        let mut writer = Xhtml::new(Xml::document(), self.files, words);
        html(&mut writer, words.contents, language, Some("frontmatter"), |writer| {
            let attributes = [
                ("epub:type", Some("toc")),
                ("role", Some("doc-toc")),
                ("id", Some("toc")),
                ("class", Some("contents")),
                ("aria-labelledby", Some("toc-title")),
            ];
            writer.element("nav", &attributes, |writer| {
                writer.xml.leaf("h1", &[("id", Some("toc-title"))], words.contents);
                list(writer, &self.entries);
            });
            writer.xml.newline();
            self.landmarks(writer);
        });
        writer.xml.finish()
    }

    fn landmarks(&self, writer: &mut Xhtml) {
        let words = self.book.metadata.language.words();
        let first =
            self.book.chapters().next().map(|chapter| self.files.chapter(chapter.id));
        let notes = self.book.has_notes_part().then_some(NOTES);
        let landmarks = [
            ("cover", words.cover, Some("cover.xhtml")),
            ("titlepage", words.title_page, Some("title.xhtml")),
            ("toc", words.contents, Some("nav.xhtml#toc")),
            ("bodymatter", words.begin, first),
            ("endnotes", words.notes, notes),
        ];
        let attributes = [
            ("epub:type", Some("landmarks")),
            ("hidden", Some("hidden")),
            ("aria-label", Some("Landmarks")),
        ];
        writer.element("nav", &attributes, |writer| {
            writer.element("ol", &[], |writer| {
                for (kind, title, href) in landmarks {
                    let Some(href) = href else { continue };
                    writer.element("li", &[], |writer| {
                        let attributes =
                            [("epub:type", Some(kind)), ("href", Some(href))];
                        writer.xml.leaf("a", &attributes, title);
                    });
                }
            });
        });
    }

    /// The NCX of EPUB 2, two levels deep: what Kindle shows.
    pub(super) fn ncx(&self) -> String {
        let metadata = &self.book.metadata;
        let mut xml = Xml::document();
        let root = [
            ("xmlns", Some("http://www.daisy.org/z3986/2005/ncx/")),
            ("version", Some("2005-1")),
            ("xml:lang", Some(metadata.language.tag())),
        ];
        xml.element("ncx", &root, |xml| {
            xml.element("head", &[], |xml| {
                for (name, content) in
                    [("dtb:uid", metadata.identifier.as_str()), ("dtb:depth", "2")]
                {
                    xml.empty(
                        "meta",
                        &[("name", Some(name)), ("content", Some(content))],
                    );
                }
            });
            xml.element("docTitle", &[], |xml| xml.leaf("text", &[], &metadata.title));
            xml.element("navMap", &[], |xml| {
                let mut order = 0;
                for entry in &self.entries {
                    point(xml, entry, 2, &mut order);
                }
            });
        });
        xml.finish()
    }
}

fn list(writer: &mut Xhtml, entries: &[Entry]) {
    writer.element("ol", &[], |writer| {
        for entry in entries {
            writer.xml.newline();
            writer.element("li", &[], |writer| {
                writer.xml.leaf("a", &[("href", Some(&entry.href))], &entry.title);
                if !entry.children.is_empty() {
                    list(writer, &entry.children);
                }
            });
        }
    });
}

fn point(xml: &mut Xml, entry: &Entry, depth: u8, order: &mut u32) {
    *order += 1;
    let (id, number) = (format!("point-{order}"), order.to_string());
    let attributes = [("id", Some(id.as_str())), ("playOrder", Some(number.as_str()))];
    xml.element("navPoint", &attributes, |xml| {
        xml.element("navLabel", &[], |xml| xml.leaf("text", &[], &entry.title));
        xml.empty("content", &[("src", Some(&entry.href))]);
        if depth > 1 {
            for child in &entry.children {
                point(xml, child, depth - 1, order);
            }
        }
    });
}

fn chapter_entry(chapter: &Chapter, files: &Files, depth: u8) -> Entry {
    let file = files.chapter(chapter.id);
    let mut headings = headings(&chapter.blocks).into_iter().peekable();
    let children = below(&mut headings, file, 2, depth);
    Entry { title: plain_text(&chapter.title), href: file.to_owned(), children }
}

struct Heading<'a> {
    level: u8,
    title: String,
    id: &'a str,
}

/// The headings that have a name and a place, wherever they stand.
fn headings(blocks: &[Block]) -> Vec<Heading<'_>> {
    let mut found = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { level, content } => {
                let title = plain_text(content);
                if let Some(id) =
                    block.attributes.id.as_deref().filter(|_| !title.trim().is_empty())
                {
                    found.push(Heading { level: *level, title, id });
                }
            }
            BlockKind::Division { blocks, .. } => found.append(&mut headings(blocks)),
            _ => {}
        }
    }
    found
}

/// The headings of `level` and below as far as they come, down to `depth`.
fn below<'a>(
    headings: &mut std::iter::Peekable<impl Iterator<Item = Heading<'a>>>,
    file: &str,
    level: u8,
    depth: u8,
) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    while let Some(next) = headings.peek() {
        if next.level < level {
            break;
        }
        if next.level > level {
            let deeper = below(headings, file, level + 1, depth);
            match entries.last_mut() {
                Some(entry) => entry.children.extend(deeper),
                None => entries.extend(deeper),
            }
            continue;
        }
        let Some(Heading { title, id, .. }) = headings.next() else { break };
        if level <= depth {
            let href = format!("{file}#{id}");
            entries.push(Entry { title, href, children: Vec::new() });
        }
    }
    entries
}
