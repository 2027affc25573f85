//! Building: which documents a book has, in what order, and the tree of each.

use super::writer::Writer;
use super::{Addresses, Document, DocumentKind, Medium, PageLink, PageNumbers};
use crate::book::{Book, Chapter, Division, DivisionNumber};
use crate::config::SectionKind;
use crate::document::{Block, BlockKind, ChapterId, Inline, spoken_text};
use crate::language::Language;
use crate::source::Span;

/// Builds the documents of a book one at a time: no more than one tree need be held.
#[derive(Debug)]
pub(crate) struct Builder<'a> {
    pub(super) book: &'a Book,
    pub(super) medium: Medium,
    pub(super) addresses: Addresses,
    /// How many levels of headings the contents list, that of the chapters among them.
    pub(super) depth: u8,
    /// The printed pages that the documents have marks for.
    pub(super) pages: Vec<PageLink>,
    /// All chapters and sections, by their ids.
    chapters: Vec<&'a Chapter>,
}

impl<'a> Builder<'a> {
    /// A builder of the book's documents for one medium.
    pub(crate) fn new(book: &'a Book, medium: Medium) -> Self {
        let addresses = Addresses::new(book);
        let chapters = book.texts().collect();
        Self { book, medium, addresses, depth: 1, pages: Vec::new(), chapters }
    }

    /// The same with headings down to `depth` in the contents; 1 is chapters alone.
    #[must_use]
    pub(crate) fn with_depth(mut self, depth: u8) -> Self {
        self.depth = depth;
        self
    }

    /// The same with a list of the printed pages in the navigation.
    #[must_use]
    pub(crate) fn with_pages(mut self, pages: Vec<PageLink>) -> Self {
        self.pages = pages;
        self
    }

    /// Where everything is.
    pub(crate) fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// The book's language.
    pub(crate) fn book_language(&self) -> &Language {
        &self.book.metadata.language
    }

    /// The language of a chapter, where it is not the book's.
    pub(crate) fn language_of(&self, chapter: ChapterId) -> Option<&Language> {
        self.chapter(chapter).and_then(|it| it.language.as_ref())
    }

    /// Whether chapters stand in parts that have titles.
    pub(crate) fn has_parts(&self) -> bool {
        self.book.parts.iter().any(|part| part.title.is_some())
    }

    /// Whether somebody wrote what stands before the chapters, so that it may be referred to.
    pub(crate) fn has_front_sections(&self) -> bool {
        self.book.front.iter().any(|division| division.section().is_some())
    }

    /// The documents in the order in which they are read.
    pub(crate) fn kinds(&self) -> Vec<DocumentKind> {
        let book = self.book;
        let mut kinds = Vec::new();
        kinds.extend((self.medium == Medium::Ebook).then_some(DocumentKind::Cover));
        kinds.extend(book.front.iter().filter_map(|it| self.division(it)));
        for (index, part) in book.parts.iter().enumerate() {
            kinds.extend(part.title.as_ref().map(|_| DocumentKind::Part(index)));
            kinds.extend(part.chapters.iter().map(|it| DocumentKind::Chapter(it.id)));
        }
        kinds.extend(book.back.iter().filter_map(|it| self.division(it)));
        kinds
    }

    /// The document of what stands before or behind the chapters, if there is anything in it.
    pub(crate) fn division(&self, division: &Division) -> Option<DocumentKind> {
        let book = self.book;
        let kind = match division {
            Division::Written(section) => return Some(DocumentKind::of(section)),
            Division::Made(kind) => kind,
        };
        let (kind, is_there) = match kind {
            // An EPUB has a cover in its place.
            SectionKind::HalfTitle => {
                (DocumentKind::HalfTitle, self.medium == Medium::Print)
            }
            SectionKind::TitlePage => (DocumentKind::TitlePage, true),
            SectionKind::Copyright => (DocumentKind::Copyright, true),
            SectionKind::Contents => (DocumentKind::Contents, true),
            SectionKind::Figures => (DocumentKind::Figures, !book.figures.is_empty()),
            SectionKind::Tables => (DocumentKind::Tables, !book.tables.is_empty()),
            SectionKind::Chronology => {
                (DocumentKind::Chronology, !book.chronology.is_empty())
            }
            SectionKind::Comments => {
                let has_any = book.texts().any(|text| !text.comments.is_empty());
                (DocumentKind::Comments, book.comments_at_the_back && has_any)
            }
            SectionKind::Notes => (DocumentKind::Notes, book.has_notes_part()),
            SectionKind::Bibliography => {
                (DocumentKind::Bibliography, !book.bibliography.is_empty())
            }
            SectionKind::SourcesQuoted => (DocumentKind::Quoted, !book.quoted.is_empty()),
            SectionKind::Credits => (DocumentKind::Credits, !book.credits.is_empty()),
            SectionKind::Permissions => {
                (DocumentKind::Permissions, !book.permissions.is_empty())
            }
            SectionKind::Index => (DocumentKind::Index, !book.index.is_empty()),
            SectionKind::Colophon => (DocumentKind::Colophon, true),
            _ => return None,
        };
        is_there.then_some(kind)
    }

    /// One of the documents that [`kinds`](Self::kinds) lists; another one has nothing in it but
    /// its heading.
    pub(crate) fn document(&self, kind: DocumentKind) -> Document {
        self.numbered(kind, None)
    }

    /// The same, with what is known of the pages on which places are.
    pub(crate) fn document_on_pages(
        &self,
        kind: DocumentKind,
        numbers: &dyn PageNumbers,
    ) -> Document {
        self.numbered(kind, Some(numbers))
    }

    fn numbered(
        &self,
        kind: DocumentKind,
        numbers: Option<&dyn PageNumbers>,
    ) -> Document {
        let chapter = self.chapter_of(kind);
        self.written(kind, chapter, numbers, |writer, title| match kind {
            DocumentKind::Contents => writer.contents(title),
            _ => writer.section(kind, title),
        })
    }

    /// A document that stands for one that could not be made: its title, and that its text is
    /// left out.
    pub(crate) fn placeholder(&self, kind: DocumentKind) -> Document {
        let span = self.span(kind);
        let words = "The text of this chapter could not be set.";
        let words = BlockKind::Paragraph(vec![Inline::text(words, span)]);
        let blocks = vec![Block::new(words, span)];
        let chapter = self.chapter_of(kind);
        let bare = chapter.map(|chapter| Chapter { blocks, ..chapter.clone() });
        // The colophon has the least that could fail.
        self.written(kind, bare.as_ref(), None, |writer, title| {
            writer.section(DocumentKind::Colophon, title);
        })
    }

    /// A document with a chapter, or with what `other` writes below its title.
    fn written(
        &self,
        kind: DocumentKind,
        chapter: Option<&Chapter>,
        numbers: Option<&dyn PageNumbers>,
        other: impl FnOnce(&mut Writer, &str),
    ) -> Document {
        let language = chapter.and_then(|chapter| chapter.language.as_ref());
        let language = language.unwrap_or(&self.book.metadata.language);
        let title = self.title(kind);
        let mut writer = Writer::new(self, kind, language);
        writer.numbers = numbers;
        match chapter {
            Some(chapter) => writer.chapter(chapter, language, &title),
            None => other(&mut writer, &title),
        }
        Document {
            name: self.addresses.document(kind).into_owned(),
            title,
            language: language.clone(),
            kind,
            tree: writer.finish(),
        }
    }

    /// Where the text of a document begins, as far as a post has it.
    pub(crate) fn span(&self, kind: DocumentKind) -> Span {
        let text = self.chapter_of(kind).and_then(|chapter| chapter.blocks.first());
        text.map_or(Span::DETACHED, |block| block.span)
    }

    /// The text that a document has of somebody: a chapter, a section, the introduction of a part.
    pub(super) fn text_of(&self, kind: DocumentKind) -> Option<&'a Chapter> {
        match kind {
            DocumentKind::Part(index) => {
                self.book.parts.get(index)?.introduction.as_deref()
            }
            kind => self.chapter_of(kind),
        }
    }

    fn chapter_of(&self, kind: DocumentKind) -> Option<&'a Chapter> {
        kind.text().and_then(|id| self.chapter(id))
    }

    pub(super) fn chapter(&self, id: ChapterId) -> Option<&'a Chapter> {
        let at = self.chapters.binary_search_by_key(&id, |chapter| chapter.id).ok()?;
        Some(self.chapters[at])
    }

    /// The number of a part or a chapter, if it has one.
    pub(super) fn number(&self, kind: DocumentKind) -> Option<&'a DivisionNumber> {
        match kind {
            DocumentKind::Part(index) => self.book.parts.get(index)?.number.as_ref(),
            kind => self.chapter_of(kind)?.number.as_ref(),
        }
    }

    /// What a document is called in a list of them: its number and its title.
    pub(crate) fn listed_title(&self, kind: DocumentKind) -> String {
        let number = self.number(kind).map(DivisionNumber::before_title);
        number.unwrap_or_default() + &self.title(kind)
    }

    /// What a document is called.
    pub(super) fn title(&self, kind: DocumentKind) -> String {
        let metadata = &self.book.metadata;
        let words = metadata.language.words();
        let title = match kind {
            DocumentKind::Cover => words.cover,
            DocumentKind::HalfTitle => &metadata.title,
            DocumentKind::TitlePage => words.title_page,
            DocumentKind::Copyright => words.copyright,
            DocumentKind::Contents => words.contents,
            DocumentKind::Part(index) => {
                let part = self.book.parts.get(index);
                part.and_then(|part| part.title.as_deref()).unwrap_or_default()
            }
            DocumentKind::Chapter(id) | DocumentKind::Section(_, id) => {
                let chapter = self.chapter(id);
                let title = |chapter: &Chapter| {
                    let own = chapter.language.as_ref();
                    let language = own.unwrap_or(&metadata.language);
                    spoken_text(&chapter.title, language.tag())
                };
                return chapter.map(title).unwrap_or_default();
            }
            DocumentKind::Notes => words.notes,
            DocumentKind::Bibliography => words.citing.bibliography,
            DocumentKind::Quoted => words.sources_quoted,
            DocumentKind::Credits => words.picture_credits,
            DocumentKind::Figures => words.figures,
            DocumentKind::Tables => metadata.language.reference_words().tables,
            DocumentKind::Comments => words.comments,
            DocumentKind::Chronology => metadata.language.reference_words().chronology,
            DocumentKind::Permissions => metadata.language.reference_words().permissions,
            DocumentKind::Index => words.index,
            DocumentKind::Colophon => words.colophon,
        };
        title.to_owned()
    }

    /// The book's language.
    pub(super) fn language(&self) -> &'a Language {
        &self.book.metadata.language
    }
}
