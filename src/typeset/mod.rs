//! Typesetting: from the book to pages.
//!
//! Inlines are collected into paragraphs, paragraphs broken into lines, lines and everything else
//! put one below the other into galleys, galleys cut into pages.

mod compositor;
mod content;
mod flow;
mod inline;
mod noticed;
pub(crate) mod output;
mod pages;
mod setter;
mod table;
#[cfg(test)]
mod tests;
pub(crate) mod text;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::book::Book;
use crate::config::{BookConfig, Edition, NotePlace, PdfSettings};
use crate::diag::{Code, Diagnostic, Warned};
use crate::markup::{Builder, Element, ElementId, Medium, Tree};
use crate::source::Span;
use crate::style::{Initial, Sides, Stylesheet, Stylist};
use crate::units::Pt;
use crate::world::World;
use compositor::Crew;
use output::frame::Frames;
pub use output::pagelist::page_marks;
use pages::Sheets;
use pages::volume::Volume;
use setter::Setter;
use text::fonts::FontId;

/// How often pages are set until their numbers agree with what is printed of them.
const ROUNDS: usize = 5;

/// How tall a picture may become, in parts of the text's height.
const TALLEST: f64 = 0.72;

/// Typesets a book as a stylesheet says. The result is the same at each run with the same fonts.
pub fn typeset(
    book: &Book,
    config: &BookConfig,
    sheet: &Stylesheet,
    world: &dyn World,
) -> Warned<Frames> {
    let nowhere = Span::new(config.file, 0..0);
    let mut setter = Setter::new(world, book.metadata.language.clone(), nowhere);
    setter.shaper.fonts.set_language(&book.metadata.language);
    setter.marks = book.note_style.marks;
    setter.qr = book.note_style.qr;
    setter.notes_at_foot = book.note_style.place == NotePlace::Page;
    let pictures = book.pictures.iter();
    let sizes = pictures.map(|(id, picture)| (id, (picture.width, picture.height)));
    setter.picture_sizes = Arc::new(sizes.collect());
    for path in setter.shaper.fonts.unreadable() {
        let message =
            format!("`{path}` is no font that can be read, and was passed over");
        let diagnostic = Diagnostic::new(Code::FontUnreadable, message).at(nowhere);
        let hint = "it takes OpenType and TrueType: `.otf`, `.ttf`, `.otc` or `.ttc`";
        setter.noticed.tell(diagnostic.hint(hint));
    }
    for face in sheet.font_faces() {
        setter.shaper.fonts.declare(face);
    }
    let builder =
        Builder::new(book, Medium::Print, nowhere).with_depth(config.pdf.toc_depth);
    let mut sheets = sheets(&mut setter, sheet, config, Pt::ZERO);
    let frames = loop {
        let mut crew = Crew::new(&setter, &sheets);
        setter.known = Arc::default();
        let volume = settle(&mut setter, &mut sheets, &mut crew, &builder);
        let inside = gutter(&config.pdf, volume.page_count());
        let typical = sheets.typical(&mut setter, &"".into());
        if inside <= typical.origin.x + Pt(0.01) || sheets.gutter >= inside {
            let edition = config.pdf.edition;
            break volume.bind(&mut setter, &mut sheets, &crew, book, edition);
        }
        sheets = self::sheets(&mut setter, sheet, config, inside);
    };
    let (picture_fonts, unprintable) = picture_fonts(&mut setter, book);
    let fonts = setter.shaper.fonts.files();
    let diagnostics = setter.noticed.into_diagnostics(&setter.shaper.fonts.tried());
    Warned { value: Frames { fonts, picture_fonts, unprintable, ..frames }, diagnostics }
}

/// The fonts that have the letters of the book's drawings, as far as those in the binary have not,
/// and what no font has.
fn picture_fonts(setter: &mut Setter, book: &Book) -> (Vec<FontId>, BTreeSet<char>) {
    let face = setter.shaper.fonts.mono();
    let (mut fonts, mut unprintable) = (BTreeSet::new(), BTreeSet::new());
    for (_, picture) in book.pictures.iter() {
        for &character in picture.characters.iter().filter(|c| !c.is_ascii()) {
            if is_invisible(character) {
                continue;
            }
            match setter.shaper.fonts.font_for(face, character) {
                Some(font) => _ = fonts.insert(font),
                None => {
                    unprintable.insert(character);
                    let span = picture.span.unwrap_or(setter.nowhere);
                    setter.noticed.missing.add_in_picture(character, span, &picture.path);
                }
            }
        }
    }
    (fonts.into_iter().collect(), unprintable)
}

/// Whether a character is a sign for other characters, and not drawn itself.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || character.is_whitespace()
        || matches!(
            u32::from(character),
            0xad | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f
                | 0xfe00..=0xfe0f | 0xfeff | 0xe0100..=0xe01ef
        )
}

/// What pages are like whose white at the spine is at least `gutter`.
fn sheets<'a>(
    setter: &mut Setter,
    sheet: &'a Stylesheet,
    config: &BookConfig,
    gutter: Pt,
) -> Sheets<'a> {
    let language = setter.language.clone();
    let mut stylist = Stylist::new(sheet, initial(&config.pdf), &language);
    // The leading of running text is that of an empty page.
    let mut bare = Tree::new(Element::new("html", setter.nowhere));
    let body = bare.add(ElementId::ROOT, Element::new("body", setter.nowhere));
    let styles = stylist.styles(&bare, &setter.shaper.fonts);
    let leading = styles.of(body).style.text.line_height.max(Pt(4.0));
    Sheets::new(stylist, leading, gutter)
}

/// What is so before any stylesheet: the page of `book.yaml`, and letters that suit it.
fn initial(pdf: &PdfSettings) -> Initial {
    let trim = pdf.trim;
    // Text of 28 to 31 em: 10.5 pt on pages of A5 to 6 by 9 inches, less on smaller ones.
    let size = (trim.width.0 / 40.0).clamp(9.0, 11.0);
    let margin = pdf.margins.map_or(
        Sides {
            top: trim.height * 0.105,
            bottom: trim.height * 0.115,
            left: trim.width * 0.138,
            right: trim.width * 0.125,
        },
        |margins| Sides {
            top: margins.top,
            bottom: margins.bottom,
            left: margins.inside,
            right: margins.outside,
        },
    );
    Initial { medium: Pt((size * 4.0).round() / 4.0), page: trim, margin }
}

/// Sets the text until the page numbers that are printed in it are those of its pages.
fn settle<'a>(
    setter: &mut Setter<'a>,
    sheets: &mut Sheets<'a>,
    crew: &mut Crew<'a>,
    builder: &'a Builder<'a>,
) -> Volume<'a> {
    setter.page_height = sheets.typical(setter, &"".into()).size.height;
    setter.tallest_picture = setter.page_height * TALLEST;
    crew.inform(setter);
    for round in 1.. {
        setter.noticed.begin_round();
        let mut volume = Volume::set(setter, sheets, crew, builder);
        let known = Arc::new(std::mem::take(&mut volume.known));
        let asked = setter.noticed.asked_for_folio;
        let settled = !asked || known.folios == setter.known.folios;
        setter.known = known;
        crew.inform(setter);
        if settled {
            return volume;
        }
        if round == ROUNDS {
            setter.noticed.tell(
                Diagnostic::new(
                    Code::UnsettledPages,
                    format!("page numbers did not settle in {ROUNDS} rounds"),
                )
                .hint("a number in “see p.” may be off by one"),
            );
            return volume;
        }
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
