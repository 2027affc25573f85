//! Typesetting: from the book to pages.
//!
//! Inlines are collected into paragraphs, paragraphs broken into lines, lines and everything else
//! put one below the other into galleys, galleys cut into pages.

pub mod atoms;
pub mod breaks;
pub mod candidates;
pub mod code;
pub mod collect;
pub mod compose;
pub mod figure;
pub mod fonts;
pub mod foot;
pub mod frame;
pub mod galley;
pub mod line;
mod matter;
pub mod missing;
mod notes;
pub mod pages;
pub mod protrusion;
pub mod qr;
pub mod setter;
pub mod shape;
pub mod structure;
pub mod table;
#[cfg(test)]
mod tests;
pub mod theme;
mod volume;
pub mod words;

use std::collections::BTreeMap;

use crate::book::Book;
use crate::config::{BookConfig, Edition, PdfSettings};
use crate::diag::{Code, Diagnostic, Warned};
use crate::source::Span;
use crate::units::Pt;
use crate::world::World;
use frame::{Anchor, Folio, Frames};
use setter::Setter;
use structure::{Role, Structure};
use theme::Theme;
use volume::{Nodes, Volume};

/// How often pages are set until their numbers agree with what is printed of them.
const ROUNDS: usize = 5;

/// Typesets a book. The result is the same at each run with the same fonts.
pub fn typeset(book: &Book, config: &BookConfig, world: &dyn World) -> Warned<Frames> {
    let nowhere = Span::new(config.file, 0..0);
    let mut setter = Setter::new(world, book.metadata.language.clone(), nowhere);
    setter.marks = book.note_style.marks;
    for (id, picture) in book.pictures.iter() {
        setter.picture_sizes.insert(id, (picture.width, picture.height));
    }
    let mut theme = Theme::new(&config.pdf, Pt::ZERO);
    let frames = loop {
        setter.folios.clear();
        let volume = settle(&mut setter, &theme, book);
        let inside = gutter(&config.pdf, volume.page_count());
        if inside <= theme.margins.inside {
            break volume.bind(&mut setter, config.pdf.edition);
        }
        theme = Theme::new(&config.pdf, inside);
    };
    let mut diagnostics = std::mem::take(&mut setter.diagnostics);
    diagnostics.extend(std::mem::take(&mut setter.missing).into_diagnostics());
    let fonts = setter.shaper.fonts.into_files();
    Warned { value: Frames { fonts, ..frames }, diagnostics }
}

/// Sets the text until the page numbers that are printed in it are those of its pages.
fn settle<'a>(setter: &mut Setter, theme: &'a Theme, book: &'a Book) -> Volume<'a> {
    setter.tallest_picture = theme.text_height() * 0.72;
    for round in 1.. {
        setter.structure = Structure::new();
        setter.asked_for_folio = false;
        setter.missing = missing::MissingGlyphs::default();
        setter.structure.set_language(Structure::ROOT, book.metadata.language.tag());
        let nodes = Nodes {
            front: setter.structure.add(Structure::ROOT, Role::Part),
            body: setter.structure.add(Structure::ROOT, Role::Part),
            back: setter.structure.add(Structure::ROOT, Role::Part),
        };
        let volume = Volume::set(setter, theme, book, nodes);
        let folios: BTreeMap<Anchor, Folio> = volume.folios();
        if !setter.asked_for_folio || folios == setter.folios {
            return volume;
        }
        if round == ROUNDS {
            setter.diagnostics.push(
                Diagnostic::new(
                    Code::UnsettledPages,
                    format!("page numbers did not settle in {ROUNDS} rounds"),
                )
                .hint("a number in “see p.” may be off by one"),
            );
            return volume;
        }
        setter.folios = folios;
    }
    unreachable!("the last round returns")
}

/// The least white at the spine of a printed book: what Kindle Direct Publishing asks for by
/// number of pages (2026-11).
fn gutter(pdf: &PdfSettings, pages: usize) -> Pt {
    const LEAST: [(usize, f64); 5] =
        [(150, 9.6), (300, 12.7), (500, 15.9), (700, 19.1), (usize::MAX, 22.3)];
    if pdf.edition == Edition::Screen {
        return Pt::ZERO;
    }
    let least = LEAST.iter().find(|&&(most, _)| pages <= most);
    Pt::mm(least.map_or(0.0, |&(_, millimetres)| millimetres))
}
