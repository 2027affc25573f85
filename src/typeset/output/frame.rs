//! Frames: what stands where on each page. All that `pdf` ever sees.
//!
//! Links, bookmarks and the structure that assistive technology reads travel inside the frames,
//! so that whoever draws them needs no knowledge of the book.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::document::{LoadedPicture, NoteId, PictureId};
use crate::source::Span;
pub(crate) use crate::style::{Color, LineStyle};
use crate::typeset::output::structure::{ContentId, NodeId, Structure};
use crate::typeset::text::fonts::{FontFile, FontId};
use crate::typeset::text::glyphs::Shaped;
use crate::units::{Point, Pt, Rect, Size};

/// A typeset book.
#[derive(Debug, Clone)]
pub struct Frames {
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// The fonts that the pages use, by [`FontId`].
    pub fonts: Vec<Arc<FontFile>>,
    /// The pictures that the pages show.
    pub pictures: BTreeMap<PictureId, LoadedPicture>,
    /// The fonts of the text in pictures, beside those in the binary.
    pub picture_fonts: Vec<FontId>,
    /// The characters in pictures that no font has.
    pub unprintable: BTreeSet<char>,
    /// What each piece of the pages is, in reading order.
    pub structure: Structure,
    /// The bookmarks.
    pub outline: Vec<Bookmark>,
    /// Where every place that a link may lead to has come to stand.
    pub places: BTreeMap<Anchor, Place>,
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its trimmed size.
    pub size: Size,
    /// How far colour reaches beyond the cut.
    pub bleed: Pt,
    /// How much sheet there is around the trimmed page, for what bleeds and for marks.
    pub slug: Pt,
    /// Its number as printed.
    pub folio: Folio,
    /// What is drawn, in order.
    pub items: Vec<Item>,
    /// The areas that lead elsewhere.
    pub links: Vec<LinkArea>,
}

/// A page number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Folio {
    /// Of the front matter: `iv`.
    Roman(u32),
    /// Of the text: `4`.
    Arabic(u32),
}

/// Something that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What.
    pub kind: ItemKind,
    /// What it means.
    pub mark: MarkedContent,
}

/// The kinds of [`Item`].
#[derive(Debug, Clone, PartialEq)]
pub enum ItemKind {
    /// Glyphs in a row.
    Text(TextRun),
    /// A filled rectangle.
    Fill {
        /// Its area.
        area: Rect,
        /// Its corners.
        radius: Radius,
        /// Its colour.
        color: Color,
    },
    /// A line around a rectangle with round corners, of one width and colour.
    Outline {
        /// The area within its outer edge.
        area: Rect,
        /// The corners of that edge.
        radius: Radius,
        /// How thick it is.
        width: Pt,
        /// Its colour.
        color: Color,
        /// How it is drawn.
        style: LineStyle,
    },
    /// A straight line.
    Line {
        /// Where it begins.
        from: Point,
        /// Where it ends.
        to: Point,
        /// How thick it is.
        width: Pt,
        /// Its colour.
        color: Color,
        /// How it is drawn.
        style: LineStyle,
    },
    /// A picture, scaled to fill an area.
    Picture {
        /// Which.
        picture: PictureId,
        /// The area.
        area: Rect,
    },
    /// A code that a telephone reads.
    Qr {
        /// Its modules.
        code: Arc<Modules>,
        /// The area that these fill, the space around them aside.
        area: Rect,
    },
    /// Something on its side.
    Rotated(Box<Rotated>),
}

/// What stands on its side: turned a quarter to the left, as the book is turned to read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rotated {
    /// Where its upper left corner has come to stand.
    pub corner: Point,
    /// What it shows, measured from that corner as long as it is upright.
    pub kind: ItemKind,
}

/// A code that a telephone reads: a square of dark and light modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    /// How many there are on each side.
    pub width: usize,
    /// Which are dark, row by row.
    pub dark: Vec<bool>,
}

/// How round the corners of a rectangle are, from the upper left, clockwise.
pub type Radius = [Pt; 4];

/// Corners that are none.
pub const SQUARE: Radius = [Pt::ZERO; 4];

/// What an item is to someone who does not see the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkedContent {
    /// Text, or what stands for it, that the structure names.
    Tagged(ContentId),
    /// Decoration.
    Decoration,
    /// A running head.
    RunningHead,
    /// A page number.
    Folio,
}

/// Words and spaces in one font, size and ink, on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct TextRun {
    /// The font.
    pub font: FontId,
    /// Its size.
    pub size: Pt,
    /// Where the first glyph's origin is, on the baseline.
    pub origin: Point,
    /// How much wider than drawn the glyphs are set: 1 is as drawn.
    pub stretch: f64,
    /// Its colour.
    pub color: Color,
    /// Words and spaces, from left to right.
    pub pieces: Vec<Piece>,
    /// Where the words were written.
    pub span: Option<Span>,
}

/// Part of a [`TextRun`].
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Shaped text.
    Word(Arc<Shaped>),
    /// A space between words, of a width that justification decided.
    Space(Pt),
    /// A move without a space: between ideographs, before a hanging mark.
    Kern(Pt),
}

/// An area of a page that leads elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkArea {
    /// The area.
    pub area: Rect,
    /// Where it leads.
    pub destination: Destination,
    /// The link's node in the structure.
    pub node: NodeId,
    /// Its words.
    pub words: Arc<str>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Destination {
    /// Out of the book.
    Address(Arc<str>),
    /// To a place in it.
    Anchor(Anchor),
}

/// A place that a link may lead to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchor {
    /// A document of the book, or a place in one, by its address: `name#id`.
    Place(Arc<str>),
    /// A note.
    Note(NoteId),
    /// The n-th reference to a note, from one.
    Reference(NoteId, u32),
}

/// A place on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Which page, from zero.
    pub page: usize,
    /// Where on it.
    pub point: Point,
}

/// A bookmark.
#[derive(Debug, Clone, PartialEq)]
pub struct Bookmark {
    /// Its words.
    pub title: String,
    /// Where it leads.
    pub anchor: Anchor,
    /// Those below it.
    pub children: Vec<Bookmark>,
}

/// A filled rectangle with square corners.
pub fn fill(area: Rect, color: Color) -> ItemKind {
    ItemKind::Fill { area, radius: SQUARE, color }
}

impl Item {
    /// Moves the item.
    pub fn shift(&mut self, x: Pt, y: Pt) {
        let origin = match &mut self.kind {
            ItemKind::Text(run) => &mut run.origin,
            ItemKind::Fill { area, .. }
            | ItemKind::Outline { area, .. }
            | ItemKind::Picture { area, .. }
            | ItemKind::Qr { area, .. } => &mut area.origin,
            ItemKind::Rotated(rotated) => &mut rotated.corner,
            ItemKind::Line { from, to, .. } => {
                to.x += x;
                to.y += y;
                from
            }
        };
        origin.x += x;
        origin.y += y;
    }
}

impl ItemKind {
    /// What is shown, be it upright or on its side.
    pub fn upright(&self) -> &Self {
        match self {
            Self::Rotated(rotated) => &rotated.kind,
            other => other,
        }
    }
}

impl Rotated {
    /// Where an area comes to stand that is measured from what comes to stand at `corner`.
    pub fn place(corner: Point, area: Rect) -> Rect {
        let Rect { origin, size } = area;
        let (x, y) = (corner.x + origin.y, corner.y - origin.x - size.width);
        Rect::new(x, y, size.height, size.width)
    }
}

impl Piece {
    /// Its width, before any stretch, in a run of `size`.
    pub fn width(&self, size: Pt) -> Pt {
        match self {
            Self::Word(shaped) => size * shaped.width,
            Self::Space(width) | Self::Kern(width) => *width,
        }
    }
}

impl std::fmt::Display for Folio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Self::Arabic(number) => write!(f, "{number}"),
            Self::Roman(number) => f.write_str(&crate::language::roman(number)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folios_are_roman_in_front() {
        assert_eq!(Folio::Roman(14).to_string(), "xiv");
        assert_eq!(Folio::Arabic(14).to_string(), "14");
    }
}
