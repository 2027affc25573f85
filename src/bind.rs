//! Binding: the whole way from `book.yaml` to the bytes of both editions, without a disk.

mod census;
mod fonts;
mod stylesheets;

use rayon::prelude::*;

use crate::bibliography::Library;
use crate::book::{self, Book};
use crate::config::{BookConfig, Edition};
use crate::diag::{self, Code, Diagnostic, Outcome, Severity, Warned};
use crate::document::{Block, BlockKind, Document};
use crate::manuscript::{Manuscript, Post};
use crate::markup::PageMark;
use crate::pdf::{self, Information, Purpose};
use crate::resolve::Findings;
use crate::source::{Sources, Span};
use crate::style::{EbookSheet, Stylesheet};
use crate::typeset::frame::Frames;
use crate::world::World;
use crate::{epub, highlight, markdown, resolve, typeset};

pub use census::Census;
pub use stylesheets::Stylesheets;

/// A book, and what was found on the way to it.
#[derive(Debug)]
pub struct BoundBook {
    /// The book.
    pub book: Book,
    /// What was taken for a source, and what was not, in each chapter.
    pub findings: Vec<Findings>,
}

/// Makes the book of gathered posts. The files that it names are read through `sources`.
///
/// # Errors
/// What must be mended before any book can be made.
pub fn book(
    config: &BookConfig,
    manuscript: &Manuscript,
    world: &dyn World,
    sources: &mut Sources,
) -> Outcome<BoundBook> {
    let mut diagnostics = Vec::new();
    let library = Library::open(config, world, sources).into_value(&mut diagnostics);
    if diagnostics.iter().any(|it| it.severity == Severity::Error) {
        return Err(diagnostics);
    }
    let language = &config.language;
    if !language.has_words() {
        let message = format!(
            "there are no words of `{}` for what this tool writes",
            language.tag()
        );
        let said = Diagnostic::new(Code::LanguageWords, message);
        let said = said.at(Span::new(config.file, 0..0));
        diagnostics.push(said.hint("contents, notes and dates are named in English"));
    }
    let documents: Vec<Document> = manuscript
        .posts
        .par_iter()
        .map(read_post)
        .collect::<Vec<_>>()
        .into_iter()
        .map(|document| document.into_value(&mut diagnostics))
        .collect();
    diag::join(Code::MathUnreadable, &mut diagnostics);
    let resolved = resolve::resolve(manuscript, documents, &library, config, world);
    let mut resolved = resolved.into_value(&mut diagnostics);
    let findings =
        resolved.chapters.iter_mut().map(|it| std::mem::take(&mut it.findings));
    let findings = findings.collect();
    let book = book::assemble(config, manuscript, resolved, &library);
    let book = book.into_value(&mut diagnostics);
    Ok(Warned { value: BoundBook { book, findings }, diagnostics })
}

/// Reads a post. One that the reader fails at is shown as it was written: nothing of it is lost.
fn read_post(post: &Post) -> Warned<Document> {
    let span = Span::new(post.file, post.body.clone());
    diag::catch("reading a post", span, || markdown::read(post)).unwrap_or_else(|fault| {
        let text = post.text.get(post.body.clone()).unwrap_or_default().to_owned();
        let kind = BlockKind::Code { language: None, text, runs: Vec::new() };
        let document =
            Document { blocks: vec![Block::new(kind, span)], footnotes: Vec::new() };
        Warned { value: document, diagnostics: vec![fault] }
    })
}

/// Marks the words of the code in a book, unless its settings say otherwise.
pub fn highlight(book: &mut Book, config: &BookConfig) {
    if config.highlight_code {
        highlight::highlight(book);
    }
}

/// Makes the EPUB; with the fonts of the book, if it is given the rules that say what is set in
/// them, and with marks where the pages of the PDF begin, if these are given.
pub fn epub(
    book: &Book,
    config: &BookConfig,
    sheet: &EbookSheet,
    rules: Option<&Stylesheet>,
    pages: &[PageMark],
    world: &dyn World,
) -> Warned<Vec<u8>> {
    let nowhere = Span::new(config.file, 0..0);
    let embedded = rules.map(|rules| fonts::embedded(book, config, rules, world));
    let (fonts, faces) = embedded.unwrap_or_default();
    let css = sheet.text(&faces);
    let (cover_fonts, missing) = fonts::of_cover(book, config, rules, world);
    let edition = epub::Edition {
        settings: &config.epub,
        css: &css,
        fonts: &fonts,
        cover_fonts: &cover_fonts,
        pages,
        nowhere,
    };
    let mut written = epub::write(book, &edition);
    written.diagnostics.splice(0..0, missing);
    written
}

/// Sets the pages of the PDF.
pub fn pages(
    book: &Book,
    config: &BookConfig,
    sheet: &Stylesheet,
    world: &dyn World,
) -> Warned<Frames> {
    typeset::typeset(book, config, sheet, world)
}

/// Makes the PDF of its pages; none if it would not be what its edition promises.
pub fn pdf(book: &Book, config: &BookConfig, frames: Frames) -> Warned<Option<Vec<u8>>> {
    pdf::write(frames, &information(book, config))
}

fn information(book: &Book, config: &BookConfig) -> Information {
    let metadata = &book.metadata;
    let date = metadata.modified;
    Information {
        title: metadata.title.clone(),
        authors: metadata.authors.clone(),
        description: metadata.description.clone(),
        language: metadata.language.tag().to_owned(),
        right_to_left: metadata.language.is_right_to_left(),
        identifier: metadata.identifier.clone(),
        date: (
            date.year().unsigned_abs(),
            date.month().unsigned_abs(),
            date.day().unsigned_abs(),
        ),
        purpose: match config.pdf.edition {
            Edition::Print => Purpose::Print,
            Edition::Screen => Purpose::Screen,
        },
    }
}
