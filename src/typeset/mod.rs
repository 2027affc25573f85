//! Typesetting: from the book to pages.
//!
//! Inlines are collected into paragraphs, paragraphs broken into lines, lines and everything else
//! put one below the other into galleys, galleys cut into pages.

mod content;
mod engine;
mod flow;
mod inline;
pub(crate) mod output;
mod pages;
mod sink;
mod table;
#[cfg(test)]
mod tests;
pub(crate) mod text;
mod workers;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::book::Book;
use crate::config::{BookConfig, Edition, NotePlace, PdfSettings};
use crate::diag::{Code, Diagnostic, Warned};
use crate::markup::{Builder, Element, ElementId, Medium, PageNumbers, Tree};
use crate::source::Span;
use crate::style::{BookDefaults, Sides, Stylesheet, Stylist};
use crate::units::Pt;
use crate::world::World;
use engine::{Engine, Introspection, Settings};
use output::frame::{Frames, Place};
pub(crate) use output::pagelist::page_break_markers;
use pages::PageTemplates;
use pages::paginated_book::PaginatedBook;
use sink::Sink;
use text::fonts::FontId;
use workers::WorkerPool;

/// How often pages are set until their numbers agree with what is printed of them.
const ROUNDS: usize = 5;

/// Typesets a book as a stylesheet says. The result is the same at each run with the same fonts.
pub(crate) fn typeset(
    book: &Book,
    config: &BookConfig,
    sheet: &Stylesheet,
    world: &dyn World,
) -> Warned<Frames> {
    let settings = settings(book);
    let mut engine = Engine::new(world, settings);
    let mut sink = Sink::default();
    open_fonts(&engine, sheet, &mut sink);
    let builder = Builder::new(book, Medium::Print).with_depth(config.pdf.toc_depth);
    let mut sheets = sheets(&engine, sheet, config, Pt::ZERO);
    let frames = loop {
        let mut workers = WorkerPool::new(&engine, &sheets);
        engine.introspection = Arc::default();
        let paginated_book =
            settle(&mut engine, &mut sink, &mut sheets, &mut workers, &builder);
        let inside = gutter(&config.pdf, paginated_book.page_count());
        let typical = sheets.typical(&engine, &"".into());
        if inside <= typical.origin.x + Pt(0.01) || sheets.gutter >= inside {
            let edition = config.pdf.edition;
            let (engine, sink) = (&engine, &mut sink);
            break paginated_book.bind(
                engine,
                sink,
                &mut sheets,
                &workers,
                book,
                edition,
            );
        }
        sheets = self::sheets(&engine, sheet, config, inside);
    };
    let (picture_fonts, unprintable) = picture_fonts(&engine, &mut sink, book);
    let fonts = engine.fonts.files();
    let diagnostics = sink.into_diagnostics(&engine.fonts.tried());
    Warned { value: Frames { fonts, picture_fonts, unprintable, ..frames }, diagnostics }
}

/// The names of the typefaces that text, headings and code are set in, each once.
pub(crate) fn typefaces(
    book: &Book,
    config: &BookConfig,
    sheet: &Stylesheet,
    world: &dyn World,
) -> Vec<String> {
    let engine = Engine::new(world, Settings::new(config.language.clone()));
    open_fonts(&engine, sheet, &mut Sink::default());
    let mut tree = Tree::new(Element::new("html", Span::DETACHED));
    let body = tree.add(ElementId::ROOT, Element::new("body", Span::DETACHED));
    let code = book.has_code().then_some("pre");
    let elements: Vec<ElementId> = ["p", "h1"]
        .into_iter()
        .chain(code)
        .map(|name| tree.add(body, Element::new(name, Span::DETACHED)))
        .collect();
    let mut stylist = Stylist::new(sheet, initial(&config.pdf), &config.language);
    let styles = stylist.styles(&tree, &engine.fonts);
    let mut names = Vec::new();
    for element in elements {
        let face = engine.fonts.face(&styles.of(element).style.font);
        let name = engine.fonts.get(engine.fonts.first(face)).families().next();
        if let Some(name) = name.filter(|name| !names.contains(name)) {
            names.push(name);
        }
    }
    names
}

/// On which pages the places of a book are.
pub(crate) fn page_numbers(frames: &Frames) -> impl PageNumbers + Sync + use<> {
    let folio = |place: &Place| frames.pages.get(place.page).map(|page| page.folio);
    let places = frames.places.iter();
    let folios = places.filter_map(|(to, place)| Some((to.clone(), folio(place)?)));
    Introspection::new(folios.collect(), BTreeMap::new())
}

/// What a book sets once; the height of its pages is known when its stylesheet is read.
fn settings(book: &Book) -> Settings {
    let pictures = book.pictures.iter();
    let sizes = pictures.map(|(id, picture)| (id, (picture.width, picture.height)));
    Settings {
        marks: book.note_style.marks,
        qr: book.note_style.qr,
        notes_at_foot: book.note_style.place == NotePlace::Page,
        picture_sizes: Arc::new(sizes.collect()),
        ..Settings::new(book.metadata.language.clone())
    }
}

/// Takes in the fonts that the book brings along.
fn open_fonts(engine: &Engine, sheet: &Stylesheet, sink: &mut Sink) {
    engine.fonts.set_language(&engine.settings.language);
    for path in engine.fonts.unreadable() {
        let message =
            format!("`{path}` is no font that can be read, and was passed over");
        let diagnostic = Diagnostic::new(Code::FontUnreadable, message);
        let hint = "it takes OpenType and TrueType: `.otf`, `.ttf`, `.otc` or `.ttc`";
        sink.report(diagnostic.hint(hint));
    }
    for face in sheet.font_faces() {
        engine.fonts.declare(face);
    }
}

/// The fonts that have the letters of the book's drawings, as far as those in the binary have not,
/// and what no font has.
fn picture_fonts(
    engine: &Engine,
    sink: &mut Sink,
    book: &Book,
) -> (Vec<FontId>, BTreeSet<char>) {
    let face = engine.fonts.mono();
    let (mut fonts, mut unprintable) = (BTreeSet::new(), BTreeSet::new());
    for (_, picture) in book.pictures.iter() {
        for &character in picture.characters.iter().filter(|c| !c.is_ascii()) {
            if is_invisible(character) {
                continue;
            }
            match engine.fonts.font_for(face, character) {
                Some(font) => _ = fonts.insert(font),
                None => {
                    unprintable.insert(character);
                    let span = picture.span.unwrap_or(Span::DETACHED);
                    sink.missing.add_in_picture(character, span, &picture.path);
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

/// What pages are like whose space at the spine is at least `gutter`.
fn sheets<'a>(
    engine: &Engine,
    sheet: &'a Stylesheet,
    config: &BookConfig,
    gutter: Pt,
) -> PageTemplates<'a> {
    let language = engine.settings.language.clone();
    let mut stylist = Stylist::new(sheet, initial(&config.pdf), &language);
    // The leading of running text is that of an empty page.
    let mut bare = Tree::new(Element::new("html", Span::DETACHED));
    let body = bare.add(ElementId::ROOT, Element::new("body", Span::DETACHED));
    let styles = stylist.styles(&bare, &engine.fonts);
    let leading = styles.of(body).style.text.line_height.max(Pt(4.0));
    PageTemplates::new(stylist, leading, gutter)
}

/// What is so before any stylesheet: the page of `book.yaml`, and letters that suit it.
fn initial(pdf: &PdfSettings) -> BookDefaults {
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
    BookDefaults { medium: Pt((size * 4.0).round() / 4.0), page: trim, margin }
}

/// Sets the text until the page numbers that are printed in it are those of its pages.
fn settle<'a>(
    engine: &mut Engine<'a>,
    sink: &mut Sink,
    sheets: &mut PageTemplates<'a>,
    workers: &mut WorkerPool<'a>,
    builder: &'a Builder<'a>,
) -> PaginatedBook<'a> {
    let page_height = sheets.typical(engine, &"".into()).size.height;
    engine.settings = Arc::new(Settings { page_height, ..(*engine.settings).clone() });
    workers.update(engine);
    for round in 1.. {
        sink.begin_round();
        let mut paginated_book =
            PaginatedBook::set(engine, sink, sheets, workers, builder);
        let mut found = paginated_book.introspection();
        let asked = engine.introspection.was_asked();
        if builder.has_front_sections() {
            found.add(PaginatedBook::front_matter(engine, sheets, workers, builder));
        }
        let known = std::mem::replace(&mut engine.introspection, Arc::new(found));
        let settled = !asked || known.folios == engine.introspection.folios;
        workers.update(engine);
        if settled {
            return paginated_book;
        }
        if round == ROUNDS {
            let message = format!("page numbers did not settle in {ROUNDS} rounds");
            let diagnostic = Diagnostic::new(Code::UnsettledPages, message);
            sink.report(diagnostic.hint("a number in “see p.” may be off by one"));
            return paginated_book;
        }
    }
    unreachable!("the last round returns")
}

/// The least space at the spine of a printed book: what Kindle Direct Publishing asks for by
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
