//! Puts into the tree what it only names: notes, the ends of links, pictures.
//!
//! Each post goes through the stages in the order of [`resolve`]. Notes get names here, not
//! numbers: those depend on the order of the whole, and `book` gives them.

mod boilerplate;
mod citations;
mod findings;
mod footnotes;
mod headings;
mod linknotes;
mod links;
mod marks;
mod notes;
mod notetext;
mod pictures;
mod places;
mod references;
mod sources;
#[cfg(test)]
pub(crate) mod tests;
mod works;

use std::collections::BTreeSet;

use crate::address::printed;
use crate::bibliography::Library;
use crate::config::{BookConfig, Piece, SourcePlace};
use crate::diag::{Code, Diagnostic, Warned};
use crate::document::{
    Block, BlockKind, ChapterId, Comment, Document, Footnote, Inline, InlineKind,
    LoadedPicture, Note, PictureId, Pictures, Target, Visit, VisitMut, walk_inline,
};
use crate::manuscript::{Manuscript, Post, TitleSource};
use crate::markdown;
use crate::source::Span;
use crate::world::World;

use citations::Citations;
use headings::EmptyHeadings;
use linknotes::{LinkNotes, WrittenOut};
use links::Links;
use notes::Notes;
use notetext::NoteText;
use pictures::PictureLoader;
use places::Places;
use references::References;
use sources::{Names, Sources};
use works::Works;

pub(crate) use findings::{Findings, FoundSource, SourceForm};
pub(crate) use pictures::fit as fit_picture;

/// The chapters of a book, with everything in them found.
#[derive(Debug, Clone)]
pub(crate) struct Resolved {
    /// A chapter for each post, in their order.
    pub chapters: Vec<ResolvedChapter>,
    /// The pictures that they show.
    pub pictures: Pictures,
    /// The cover that `book.yaml` names, if it could be read.
    pub cover: Option<LoadedPicture>,
}

impl Resolved {
    /// Some of the chapters, by their places, with the pictures that they show.
    pub(crate) fn only(&self, chapters: &[usize]) -> Self {
        let chapters = chapters.iter().filter_map(|&at| self.chapters.get(at).cloned());
        let chapters: Vec<ResolvedChapter> = chapters.collect();
        let mut shown = ShownPictures::default();
        for chapter in &chapters {
            shown.inlines(&chapter.title);
            shown.blocks(&chapter.blocks);
            chapter.notes.iter().for_each(|note| shown.blocks(&note.blocks));
        }
        let pictures = self.pictures.only(&shown.0);
        Self { chapters, pictures, cover: self.cover.clone() }
    }
}

/// Finds the pictures that a text shows.
#[derive(Default)]
struct ShownPictures(BTreeSet<PictureId>);

impl Visit for ShownPictures {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Picture(picture) = &inline.kind {
            self.0.extend(picture.id);
        }
        walk_inline(self, inline);
    }
}

/// A post with everything in it found.
#[derive(Debug, Clone)]
pub(crate) struct ResolvedChapter {
    /// Its place in the whole manuscript.
    pub id: ChapterId,
    /// The title; never empty.
    pub title: Vec<Inline>,
    /// The post's authors.
    pub authors: Vec<Vec<Inline>>,
    /// What the post is about, if the book shows that.
    pub summary: Vec<Inline>,
    /// The text.
    pub blocks: Vec<Block>,
    /// The notes that the text refers to, in the order in which they were found.
    pub notes: Vec<Note>,
    /// What readers wrote below it.
    pub comments: Vec<Comment>,
    /// What was taken for a source, and what was not.
    pub findings: Findings,
}

/// Resolves the posts of a book; `documents` has one for each, in their order.
pub(crate) fn resolve(
    manuscript: &Manuscript,
    documents: Vec<Document>,
    library: &Library,
    config: &BookConfig,
    world: &dyn World,
) -> Warned<Resolved> {
    let mut diagnostics = Vec::new();
    let works = Works::new(&library.references, library.style.is_in_text());
    let places = Places::new(config, manuscript, &documents);
    let mut loader = PictureLoader::new(config, world);
    let cover = loader.cover(&mut diagnostics);
    let read = manuscript.posts.iter().zip(&documents);
    loader.read_all(read.map(|(post, document)| (post, document.blocks.as_slice())));
    let mut chapters = Vec::with_capacity(documents.len());
    for ((post, document), index) in manuscript.posts.iter().zip(documents).zip(0..) {
        let first = diagnostics.len();
        let chapter = ChapterId(index);
        let resolver =
            PostResolver { config, places: &places, works: &works, post, chapter };
        let mut resolved = resolver.resolve(document, &mut diagnostics);
        let mut pictures = loader.of(post, &mut diagnostics);
        pictures.inlines(&mut resolved.title);
        pictures.blocks(&mut resolved.blocks);
        for note in &mut resolved.notes {
            pictures.blocks(&mut note.blocks);
        }
        for comment in &mut resolved.comments {
            pictures.blocks(&mut comment.blocks);
        }
        EmptyHeadings { diagnostics: &mut diagnostics }.blocks(&mut resolved.blocks);
        // What is wrong is told in the order of the post, whichever stage found it.
        diagnostics[first..].sort_by_key(|diagnostic| diagnostic.span);
        chapters.push(resolved);
    }
    let resolved = Resolved { chapters, pictures: loader.into_pictures(), cover };
    Warned { value: resolved, diagnostics }
}

/// Resolves one post.
struct PostResolver<'a> {
    config: &'a BookConfig,
    places: &'a Places<'a>,
    works: &'a Works<'a>,
    post: &'a Post,
    chapter: ChapterId,
}

impl PostResolver<'_> {
    fn resolve(
        self,
        document: Document,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> ResolvedChapter {
        let Document { mut blocks, mut footnotes, mut comments } = document;
        let mut title = title(self.post, diagnostics);
        let authors = self.authors(diagnostics);
        let summary = self.summary(diagnostics);
        let mut notes = Notes::new(self.chapter);
        let phrases = boilerplate::phrases(self.config, &self.post.language);
        notes.findings.dropped = boilerplate::leave_out(&mut blocks, &phrases);
        self.links(&mut title, &mut blocks, &mut footnotes, diagnostics);
        self.links_of_comments(&mut comments, diagnostics);
        let (works, post) = (self.works, self.post);
        let text = NoteText { language: &self.config.language, post, works };
        let names = Names {
            header: &post.header.sources,
            book: &self.config.sources,
            references: works.references,
        };
        let mut citations = Citations {
            works,
            post,
            notes: &mut notes,
            within: false,
            diagnostics,
            told: None,
            searched: None,
        };
        citations.inlines(&mut title);
        citations.blocks(&mut blocks);
        citations.within = true;
        for footnote in &mut footnotes {
            citations.blocks(&mut footnote.blocks);
        }
        let mut sources = Sources::new(text, names, &mut notes);
        sources.inlines(&mut title);
        sources.blocks(&mut blocks);
        let policy = self.config.notes.links;
        let mut links = LinkNotes { policy, text, notes: &mut notes };
        links.inlines(&mut title);
        links.blocks(&mut blocks);
        footnotes::resolve(
            &mut title,
            &mut blocks,
            footnotes,
            self.post,
            &mut notes,
            diagnostics,
        );
        self.name_source(&mut title, &mut notes, diagnostics);
        let (notes, mut findings) = notes.finish();
        findings.sources.sort_by_key(|found| found.span);
        findings.left.sort_by_key(|left| left.span);
        let id = self.chapter;
        ResolvedChapter { id, title, authors, summary, blocks, notes, comments, findings }
    }

    /// What the post is about, read as its title is.
    fn summary(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<Inline> {
        let Self { config, places, post, chapter, .. } = *self;
        let is_shown = post.section.is_none() && config.pieces.has(Piece::Summary);
        let Some(words) = post.summary().filter(|_| is_shown) else { return Vec::new() };
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let read = markdown::read_title(&words, header_span(post), post);
        let mut summary = read.into_value(diagnostics);
        Links { places, post, chapter, diagnostics }.inlines(&mut summary);
        summary
    }

    /// Where the post stood, as a note to its title if the book asks for that; a post of which that is
    /// not known is reported.
    fn name_source(
        &self,
        title: &mut Vec<Inline>,
        notes: &mut Notes,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let pieces = &self.config.pieces;
        if self.post.section.is_some() || !pieces.has(Piece::Source) {
            return;
        }
        let span = header_span(self.post);
        let Some(address) = self.post.address(self.config) else {
            let message = "the address of a post is not known";
            let start = Span::new(self.post.file, 0..0);
            let said = Diagnostic::new(Code::UnknownAddress, message).at(start);
            diagnostics.push(said.hint(
                "write `canonical` with the whole address in its header, or `permalink` \
                 there and `site` in book.yaml",
            ));
            return;
        };
        if pieces.source != SourcePlace::Note {
            return;
        }
        let words = self.config.language.words();
        let own = |text: String| Inline::text(text, Span::DETACHED);
        let link = InlineKind::Link {
            target: Target::Address(address.clone()),
            title: String::new(),
            content: vec![own(printed(&address))],
        };
        let content = vec![
            own(format!("{}: ", words.posted)),
            Inline::new(link, Span::DETACHED),
            own(".".to_owned()),
        ];
        let paragraph = Block::new(BlockKind::Paragraph(content), Span::DETACHED);
        let note = notes.add(vec![paragraph]);
        title.push(marks::mark(note, span));
    }

    /// The names of a post's authors, read as its title is.
    fn authors(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<Vec<Inline>> {
        let Self { places, post, chapter, .. } = *self;
        let span = header_span(post);
        let names = post.header.authors.iter();
        let mut names: Vec<Vec<Inline>> = names
            .map(|name| markdown::read_title(name, span, post).into_value(diagnostics))
            .collect();
        let mut links = Links { places, post, chapter, diagnostics };
        names.iter_mut().for_each(|name| links.inlines(name));
        names
    }

    fn links(
        &self,
        title: &mut Vec<Inline>,
        blocks: &mut Vec<Block>,
        footnotes: &mut Vec<Footnote>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let Self { places, works, post, chapter, .. } = *self;
        let mut references = References { places, works, post, chapter, diagnostics };
        references.inlines(title);
        references.blocks(blocks);
        for footnote in footnotes.iter_mut() {
            references.blocks(&mut footnote.blocks);
        }
        let mut links = Links { places, post, chapter, diagnostics };
        links.inlines(title);
        links.blocks(blocks);
        for footnote in footnotes {
            links.blocks(&mut footnote.blocks);
            WrittenOut.blocks(&mut footnote.blocks);
        }
    }
}

impl PostResolver<'_> {
    /// The links of comments, which make no notes.
    fn links_of_comments(
        &self,
        comments: &mut [Comment],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let Self { places, post, chapter, .. } = *self;
        for comment in comments {
            let mut links = Links { places, post, chapter, diagnostics };
            links.blocks(&mut comment.blocks);
            WrittenOut.blocks(&mut comment.blocks);
        }
    }
}

/// Where a post's title stands, or where its text begins.
fn header_span(post: &Post) -> Span {
    let start = post.body.start;
    post.header.title_span.unwrap_or(Span::new(post.file, start..start))
}

/// A title may have marks in it; one that says nothing gives way to the post's name.
fn title(post: &Post, diagnostics: &mut Vec<Diagnostic>) -> Vec<Inline> {
    let span = header_span(post);
    let title = match post.header.title_source {
        TitleSource::Heading => markdown::read_line(&post.header.title, span, post),
        _ => markdown::read_title(&post.header.title, span, post),
    };
    let title = title.into_value(diagnostics);
    if crate::document::plain_text(&title).trim().is_empty() {
        return vec![Inline::text(post.slug.clone(), span)];
    }
    title
}
