//! Puts into the tree what it only names: notes, the ends of links, pictures.
//!
//! Each post goes through the stages in the order of [`resolve`]. Notes get names here, not
//! numbers: those depend on the order of the whole, and `book` gives them.

mod footnotes;
mod links;
mod notes;

use crate::config::BookConfig;
use crate::diag::{Diagnostic, Warned};
use crate::document::{
    Block, ChapterId, Document, Inline, LoadedPicture, Note, Pictures,
};
use crate::manuscript::{Manuscript, Post};
use crate::markdown;
use crate::source::Span;
use crate::world::World;

use notes::Notes;

/// The chapters of a book, with everything in them found.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// A chapter for each post, in their order.
    pub chapters: Vec<ResolvedChapter>,
    /// The pictures that they show.
    pub pictures: Pictures,
    /// The cover that `book.yaml` names, if it could be read.
    pub cover: Option<LoadedPicture>,
}

/// A post with everything in it found.
#[derive(Debug, Clone)]
pub struct ResolvedChapter {
    /// The title; never empty.
    pub title: Vec<Inline>,
    /// The text.
    pub blocks: Vec<Block>,
    /// The notes that the text refers to, in the order in which they were found.
    pub notes: Vec<Note>,
}

/// Resolves the posts of a book; `documents` has one for each, in their order.
pub fn resolve(
    manuscript: &Manuscript,
    documents: Vec<Document>,
    config: &BookConfig,
    world: &dyn World,
) -> Warned<Resolved> {
    let _ = (config, world);
    let mut diagnostics = Vec::new();
    let mut chapters = Vec::with_capacity(documents.len());
    for ((post, document), index) in manuscript.posts.iter().zip(documents).zip(0..) {
        let id = ChapterId(index);
        chapters.push(resolve_post(post, document, id, &mut diagnostics));
    }
    let resolved = Resolved { chapters, pictures: Pictures::default(), cover: None };
    Warned { value: resolved, diagnostics }
}

fn resolve_post(
    post: &Post,
    document: Document,
    id: ChapterId,
    diagnostics: &mut Vec<Diagnostic>,
) -> ResolvedChapter {
    let mut notes = Notes::new(id);
    let mut blocks = document.blocks;
    footnotes::resolve(&mut blocks, document.footnotes, post, &mut notes, diagnostics);
    links::resolve(&mut blocks);
    let title = title(post, diagnostics);
    ResolvedChapter { title, blocks, notes: notes.into_notes() }
}

/// A title may have marks in it; one that says nothing gives way to the post's name.
fn title(post: &Post, diagnostics: &mut Vec<Diagnostic>) -> Vec<Inline> {
    let start = post.body.start;
    let span = post.header.title_span.unwrap_or(Span::new(post.file, start..start));
    let title = markdown::read_line(&post.header.title, span, post);
    let title = title.into_value(diagnostics);
    if crate::document::plain_text(&title).trim().is_empty() {
        return vec![Inline::text(post.slug.clone(), span)];
    }
    title
}
