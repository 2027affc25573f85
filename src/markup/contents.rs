//! The contents, and on a screen the landmarks.

use super::body::epub_type;
use super::writer::Writer;
use super::{Builder, DocumentKind, Medium, Semantics};
use crate::book::{Chapter, Division, DivisionNumber, separators};
use crate::config::ContentsAuthors;
use crate::document::{
    self, Attributes, Block, BlockKind, ChapterId, Inline, InlineKind, Phrase,
    PhraseRole, Target, plain_text, spoken_text,
};
use crate::source::Span;

/// An entry of the contents, with those below it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// Its words: no links, no marks of notes, no line ends.
    pub title: Vec<Inline>,
    /// What it leads to.
    pub place: Place,
    /// The entries below it.
    pub children: Vec<Entry>,
}

/// What an [`Entry`] leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// The beginning of a document.
    Document(DocumentKind),
    /// A heading in a chapter, by its id.
    Heading(ChapterId, String),
}

impl Place {
    /// The chapter that it is in, if it is in one.
    pub(crate) fn chapter(&self) -> Option<ChapterId> {
        match self {
            Self::Document(kind) => kind.text(),
            Self::Heading(chapter, _) => Some(*chapter),
        }
    }
}

impl Builder<'_> {
    /// What the contents list: on a screen the title page too, that a reader can go back to it.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        let mut entries = match self.medium {
            Medium::Ebook => vec![self.named(DocumentKind::TitlePage)],
            Medium::Print => Vec::new(),
        };
        entries.extend(self.book.front.iter().filter_map(|it| self.section_entry(it)));
        for (index, part) in self.book.parts.iter().enumerate() {
            let chapters = part.chapters.iter().map(|chapter| Entry {
                title: self.listed(chapter),
                place: Place::Document(DocumentKind::Chapter(chapter.id)),
                children: self.headings(chapter),
            });
            match part.title {
                Some(_) => entries.push(Entry {
                    children: chapters.collect(),
                    ..self.named(DocumentKind::Part(index))
                }),
                None => entries.extend(chapters),
            }
        }
        for division in &self.book.back {
            match division {
                Division::Written(_) => entries.extend(self.section_entry(division)),
                Division::Made(_) => {
                    entries.extend(self.division(division).map(|kind| self.named(kind)));
                }
            }
        }
        entries
    }

    /// A chapter's title with its number before it, and its authors after it if the contents have
    /// these.
    fn listed(&self, chapter: &Chapter) -> Vec<Inline> {
        let mut title = numbered(chapter.number.as_ref(), bare(&chapter.title));
        let of_the_book = self.book.metadata.authors.iter();
        let authors: Vec<Vec<Inline>> = match self.book.contents_authors {
            ContentsAuthors::Never => return title,
            ContentsAuthors::Always if chapter.byline.is_empty() => of_the_book
                .map(|name| vec![Inline::text(name.as_str(), Span::DETACHED)])
                .collect(),
            _ => chapter.byline.iter().map(|name| bare(name)).collect(),
        };
        if authors.is_empty() {
            return title;
        }
        let words = self.book_language().words();
        let mut names = Vec::new();
        for (separator, name) in separators(authors.len(), words).zip(authors) {
            names.push(Inline::text(separator, Span::DETACHED));
            names.extend(name);
        }
        let mut attributes = Attributes::default();
        attributes.add_class("contents-author");
        let (role, content) = (PhraseRole::Span, names);
        let phrase = Phrase { role, content, attributes, title: String::new() };
        title.push(Inline::text(" · ", Span::DETACHED));
        title.push(Inline::new(InlineKind::Phrase(phrase), Span::DETACHED));
        title
    }

    /// The entry of a section that somebody wrote. On paper what is found by leafing has none.
    fn section_entry(&self, division: &Division) -> Option<Entry> {
        let Division::Written(section) = division else { return None };
        let kind = section.section?.kind;
        (self.medium == Medium::Ebook || kind.has_title()).then(|| Entry {
            title: bare(&section.title),
            place: Place::Document(DocumentKind::of(section)),
            children: Vec::new(),
        })
    }

    /// The address of a place, from any document of the book.
    pub(crate) fn href(&self, place: &Place) -> String {
        match place {
            Place::Document(kind) => self.addresses.document(*kind).into_owned(),
            Place::Heading(chapter, id) => {
                format!("{}#{id}", self.addresses.chapter(*chapter))
            }
        }
    }

    fn named(&self, kind: DocumentKind) -> Entry {
        let title = vec![Inline::text(self.listed_title(kind), Span::DETACHED)];
        Entry { title, place: Place::Document(kind), children: Vec::new() }
    }

    /// The headings below a chapter.
    fn headings(&self, chapter: &Chapter) -> Vec<Entry> {
        if self.depth < 2 {
            return Vec::new();
        }
        let mut headings = headings(&chapter.blocks).into_iter().peekable();
        below(&mut headings, chapter.id, 2, self.depth)
    }
}

/// A title with its number before it.
fn numbered(number: Option<&DivisionNumber>, title: Vec<Inline>) -> Vec<Inline> {
    let number = number.map(|number| Inline::text(number.before_title(), Span::DETACHED));
    number.into_iter().chain(title).collect()
}

impl Writer<'_> {
    /// The contents, as the navigation of EPUB 3 has them.
    pub(super) fn contents(&mut self, title: &str) {
        let entries = self.builder.entries();
        let nav = self
            .outer("nav", DocumentKind::Contents)
            .id("toc")
            .attribute("aria-labelledby", "toc-title");
        self.within(nav, |this| {
            this.leaf(this.own("h1").id("toc-title"), title);
            this.entries(&entries);
        });
        if !self.is_print() {
            self.landmarks();
            self.page_list();
        }
    }

    fn entries(&mut self, entries: &[Entry]) {
        self.within(self.own("ol"), |this| {
            for entry in entries {
                this.entry(entry);
            }
        });
    }

    fn entry(&mut self, entry: &Entry) {
        let Entry { title, place, children } = entry;
        let chapter = |chapter: &ChapterId, id| Target::Chapter { chapter: *chapter, id };
        let (class, semantics) = match place {
            Place::Document(DocumentKind::Chapter(id)) => {
                ("chapter", Semantics::Link(chapter(id, None)))
            }
            Place::Document(DocumentKind::Section(_, id)) => {
                ("matter", Semantics::Link(chapter(id, None)))
            }
            Place::Document(kind @ DocumentKind::Part(_)) => {
                ("part", Semantics::Opening(*kind))
            }
            Place::Document(kind) => ("matter", Semantics::Opening(*kind)),
            Place::Heading(in_chapter, id) => {
                ("heading", Semantics::Link(chapter(in_chapter, Some(id.clone()))))
            }
        };
        let href = self.builder.href(place);
        let link = self.own("a").attribute("href", href).semantics(semantics);
        self.within(self.own("li").class(class), |this| {
            let words = |this: &mut Self| {
                // Some reading systems show no more of an entry than its words.
                if this.is_print() || is_words(title) {
                    this.inlines(title);
                } else {
                    let language = this.builder.book_language().tag();
                    this.text(&spoken_text(title, language), Span::DETACHED);
                }
            };
            match place.chapter() {
                Some(chapter) => this.borrowed(chapter, link, words),
                None => this.within(link, words),
            }
            if !children.is_empty() {
                this.entries(children);
            }
        });
    }

    fn landmarks(&mut self) {
        let builder = self.builder;
        let words = self.words;
        let begin = builder.book.chapters().next().map(DocumentKind::of);
        let mut landmarks = Vec::new();
        for kind in builder.kinds() {
            let title = match kind {
                DocumentKind::Contents => words.contents.to_owned(),
                kind => builder.title(kind),
            };
            let name = builder.addresses.document(kind).into_owned();
            match (kind, epub_type(kind)) {
                (DocumentKind::Contents, Some(of)) => {
                    landmarks.push((of, title, name + "#toc"));
                }
                _ if Some(kind) == begin => {
                    landmarks.push(("bodymatter", words.begin.to_owned(), name));
                }
                (DocumentKind::Chapter(_) | DocumentKind::Part(_), _) => {}
                (_, Some(of)) => landmarks.push((of, title, name)),
                (_, None) => {}
            }
        }
        let nav = self
            .own("nav")
            .attribute("epub:type", "landmarks")
            .attribute("hidden", "hidden")
            .attribute("aria-label", "Landmarks");
        self.within(nav, |this| {
            this.within(this.own("ol"), |this| {
                for (kind, title, href) in landmarks {
                    let link = this
                        .own("a")
                        .attribute("epub:type", kind)
                        .attribute("href", href);
                    this.within(this.own("li"), |this| this.leaf(link, &title));
                }
            });
        });
    }
}

/// Whether there is nothing in a run but words, however they are set apart.
fn is_words(run: &[Inline]) -> bool {
    run.iter().all(|inline| match &inline.kind {
        InlineKind::Text(_) | InlineKind::Code(_) => true,
        InlineKind::Phrase(phrase) => is_words(&phrase.content),
        _ => false,
    })
}

/// Inlines whose links are their words, without the marks of notes, in one line.
pub(super) fn bare(inlines: &[Inline]) -> Vec<Inline> {
    let mut words = Vec::new();
    for inline in inlines {
        match &inline.kind {
            InlineKind::Link { content, .. } => words.extend(bare(content)),
            InlineKind::NoteReference(_)
            | InlineKind::FootnoteReference(_)
            | InlineKind::Citation(_) => {}
            InlineKind::LineBreak => words.push(Inline::text(" ", inline.span)),
            InlineKind::Phrase(phrase) => {
                let Phrase { role, content, attributes, title } = phrase;
                // An id names one place, and that is in the chapter.
                let attributes = Attributes { id: None, ..attributes.clone() };
                let phrase = Phrase {
                    role: *role,
                    content: bare(content),
                    attributes,
                    title: title.clone(),
                };
                words.push(Inline::new(InlineKind::Phrase(phrase), inline.span));
            }
            _ => words.push(inline.clone()),
        }
    }
    words
}

struct Heading<'a> {
    level: u8,
    content: &'a [Inline],
    id: &'a str,
}

/// The headings that have a name and a place, wherever they stand.
fn headings(blocks: &[Block]) -> Vec<Heading<'_>> {
    let mut found = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { level, content } => {
                let has_words = !plain_text(content).trim().is_empty();
                if let Some(id) = block.attributes.id.as_deref().filter(|_| has_words) {
                    found.push(Heading { level: *level, content, id });
                }
            }
            // What an editor says of a chapter is no part of it.
            BlockKind::Division { role: document::Division::EditorsNote, .. } => {}
            BlockKind::Division { blocks, .. } => found.append(&mut headings(blocks)),
            _ => {}
        }
    }
    found
}

/// The headings of `level` and below as far as they come, down to `depth`.
fn below<'a>(
    headings: &mut std::iter::Peekable<impl Iterator<Item = Heading<'a>>>,
    chapter: ChapterId,
    level: u8,
    depth: u8,
) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    while let Some(next) = headings.peek() {
        if next.level < level {
            break;
        }
        if next.level > level {
            let deeper = below(headings, chapter, level + 1, depth);
            match entries.last_mut() {
                Some(entry) => entry.children.extend(deeper),
                None => entries.extend(deeper),
            }
            continue;
        }
        let Some(Heading { content, id, .. }) = headings.next() else { break };
        if level <= depth {
            let place = Place::Heading(chapter, id.to_owned());
            entries.push(Entry { title: bare(content), place, children: Vec::new() });
        }
    }
    entries
}
