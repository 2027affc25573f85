//! Binding: from a book and its stylesheets to the bytes of its editions.

use super::{Formats, Stylesheets, editions, pictures};
use crate::book::Book;
use crate::comparison::EditionText;
use crate::config::BookConfig;
use crate::diag::{self, Diagnostic, Warned};
use crate::typeset;
use crate::typeset::output::frame::Frames;
use crate::world::World;

/// What books are bound with.
pub(super) struct Binder<'a> {
    pub(super) sheets: &'a Stylesheets,
    pub(super) formats: Formats,
    /// Whether the pages of what is bound are wanted.
    pub(super) keeps_pages: bool,
    /// Whether the text of what is bound is wanted.
    pub(super) keeps_text: bool,
    pub(super) world: &'a dyn World,
}

/// What came of a book.
#[derive(Debug, Default)]
pub(super) struct Bound {
    pub(super) epub: Option<Vec<u8>>,
    pub(super) pdf: Option<Vec<u8>>,
    pub(super) page_count: Option<usize>,
    /// The pages, where they are to be kept.
    pub(super) pages: Option<Frames>,
    /// The text of the EPUB and of the PDF, where that is wanted.
    pub(super) texts: [Option<EditionText>; 2],
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Binder<'_> {
    /// Sets the pages of a book, if there is a stylesheet for paper.
    pub(super) fn set(&self, book: &Book, config: &BookConfig) -> Warned<Option<Frames>> {
        let Some(sheet) = &self.sheets.print else {
            return Warned { value: None, diagnostics: Vec::new() };
        };
        let set = || typeset::typeset(book, config, sheet, self.world);
        let mut diagnostics = Vec::new();
        let set = diag::catch("typesetting the book", None, set);
        let value = taken(set.map(some), &mut diagnostics);
        Warned { value, diagnostics }
    }

    /// Writes the editions of a book whose pages are set. All that the EPUB needs of the pages is where
    /// they begin; it is written beside the PDF.
    pub(super) fn write(
        &self,
        book: &mut Book,
        config: &BookConfig,
        mut frames: Option<Frames>,
    ) -> Bound {
        let sheet = self.sheets.ebook.as_ref().filter(|_| self.formats.epub);
        let settings = sheet.map(|_| &config.epub);
        let mut diagnostics = pictures::fit(book, settings, frames.as_mut());
        let page_count = frames.as_ref().map(|frames| frames.pages.len());
        // Pages that are set to cut volumes alone are nobody's.
        let marks = frames.as_ref().filter(|_| sheet.is_some() && self.formats.pdf);
        let numbers = marks.map(typeset::page_numbers);
        let marks = marks.map(typeset::page_break_markers).unwrap_or_default();
        let pages = frames.as_ref().filter(|_| self.keeps_pages).cloned();
        let printed = frames.as_ref().filter(|_| self.keeps_text);
        let printed = printed.map(EditionText::of_pages);
        let frames = frames.filter(|_| self.formats.pdf);
        let (rules, world) = (self.sheets.ebook_rules.as_ref(), self.world);
        let book = &*book;
        let (epub, pdf) = rayon::join(
            || {
                let sheet = sheet?;
                Some(diag::catch("writing the EPUB", None, || {
                    let numbers = numbers.as_ref().map(|it| it as _);
                    editions::epub(book, config, sheet, rules, &marks, numbers, world)
                }))
            },
            || {
                let frames = frames?;
                let write = || editions::pdf(book, config, frames);
                Some(diag::catch("writing the PDF", None, write))
            },
        );
        let epub = epub.and_then(|epub| taken(epub, &mut diagnostics));
        let pdf = pdf.and_then(|pdf| taken(pdf, &mut diagnostics));
        let texts = match self.keeps_text {
            true => [text_of(epub.as_deref()), printed.filter(|_| pdf.is_some())],
            false => [None, None],
        };
        Bound { epub, pdf, page_count, pages, texts, diagnostics }
    }
}

/// The text of an EPUB.
#[cfg(feature = "epub")]
fn text_of(epub: Option<&[u8]>) -> Option<EditionText> {
    epub.map(|epub| EditionText::of_epub(&crate::epub::text(epub)))
}

/// No EPUB is made.
#[cfg(not(feature = "epub"))]
fn text_of(_: Option<&[u8]>) -> Option<EditionText> {
    None
}

fn some<T>(warned: Warned<T>) -> Warned<Option<T>> {
    Warned { value: Some(warned.value), diagnostics: warned.diagnostics }
}

/// The value of a stage that may have panicked, once its diagnostics are taken in.
fn taken<T>(
    made: Result<Warned<Option<T>>, Diagnostic>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<T> {
    match made {
        Ok(warned) => warned.into_value(diagnostics),
        Err(fault) => {
            diagnostics.push(fault);
            None
        }
    }
}
