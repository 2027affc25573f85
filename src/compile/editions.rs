//! The bytes of the editions. One whose feature is off is not made.

use crate::book::Book;
use crate::config::BookConfig;
use crate::diag::Warned;
use crate::markup::{PageBreakMarker, PageNumbers};
use crate::style::{EbookSheet, Stylesheet};
use crate::typeset::output::frame::Frames;
use crate::world::World;
#[cfg(feature = "pdf")]
use crate::{
    config::Edition,
    pdf::{self, Information, Purpose},
};
#[cfg(feature = "epub")]
use {super::fonts, crate::epub};

/// Makes the EPUB; with the fonts of the book, if it is given the rules that say what is set in
/// them, and with marks where the pages of the PDF begin, if these are given.
#[cfg(feature = "epub")]
pub(super) fn epub(
    book: &Book,
    config: &BookConfig,
    sheet: &EbookSheet,
    rules: Option<&Stylesheet>,
    pages: &[PageBreakMarker],
    numbers: Option<&(dyn PageNumbers + Sync)>,
    world: &dyn World,
) -> Warned<Option<Vec<u8>>> {
    let embedded = rules.map(|rules| fonts::embedded(book, config, rules, world));
    let (fonts, faces) = embedded.unwrap_or_default();
    let css = sheet.text(&faces);
    let (cover_fonts, missing) = fonts::of_cover(book, rules, world);
    let edition = epub::Edition {
        settings: &config.epub,
        css: &css,
        fonts: &fonts,
        cover_fonts: &cover_fonts,
        pages,
        numbers,
    };
    let Warned { value, mut diagnostics } = epub::write(book, &edition);
    diagnostics.splice(0..0, missing);
    Warned { value: Some(value), diagnostics }
}

/// Makes no EPUB.
#[cfg(not(feature = "epub"))]
pub(super) fn epub(
    _: &Book,
    _: &BookConfig,
    _: &EbookSheet,
    _: Option<&Stylesheet>,
    _: &[PageBreakMarker],
    _: Option<&(dyn PageNumbers + Sync)>,
    _: &dyn World,
) -> Warned<Option<Vec<u8>>> {
    Warned { value: None, diagnostics: Vec::new() }
}

/// Makes the PDF of its pages; none if it would not be what its edition promises.
#[cfg(feature = "pdf")]
pub(super) fn pdf(
    book: &Book,
    config: &BookConfig,
    frames: Frames,
) -> Warned<Option<Vec<u8>>> {
    pdf::write(frames, &information(book, config))
}

/// Makes no PDF.
#[cfg(not(feature = "pdf"))]
pub(super) fn pdf(_: &Book, _: &BookConfig, _: Frames) -> Warned<Option<Vec<u8>>> {
    Warned { value: None, diagnostics: Vec::new() }
}

#[cfg(feature = "pdf")]
fn information(book: &Book, config: &BookConfig) -> Information {
    let metadata = &book.metadata;
    let date = metadata.modified;
    Information {
        title: metadata.full_title(),
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
