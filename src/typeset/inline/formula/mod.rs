//! Formulas: from MathML to glyphs and rules in their places.

mod enclosure;
mod letters;
mod pieces;
mod tables;

use std::sync::Arc;

use formulary::{Item as Drawn, LayoutOptions, MathFont};

use crate::source::Span;
use crate::typefaces;
use crate::typeset::inline::inline_box::InlineBox;
use crate::typeset::output::frame::{self, Color, ItemKind, TextRun};
use crate::typeset::text::fonts::{FontBook, FontId};
use crate::typeset::text::glyphs::{Glyph, Shaped};
use crate::units::{Point, Pt, Rect};
use enclosure::Enclosure;
use letters::Letters;

/// Sets formulas.
pub(crate) struct Formulas {
    font: MathFont<'static>,
    id: FontId,
    letters: Letters,
    /// The height of an x, in em.
    x_height: f64,
}

/// A formula that was set: whole, and in the pieces between which a line may end.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SetFormula {
    /// All of it.
    pub whole: Arc<InlineBox>,
    /// Its pieces, if it is so long that it may have to be broken and can be.
    pub pieces: Vec<Piece>,
}

/// A piece of a formula.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Piece {
    /// As it was set.
    pub inline_box: Arc<InlineBox>,
    /// The space between it and the next one on a line.
    pub space: Pt,
}

/// A formula that must be made smaller than this part of its size is reported.
pub(crate) const SMALLEST_FORMULA: f64 = 0.7;

/// No formula shorter than this is cut into pieces, and no row in it opened for a shorter one, in em.
const SHORT: f64 = 5.0;
const SHORT_PIECE: f64 = 16.0;

/// How many rows within one another are opened to cut a formula.
const MAX_OPENED_ROWS: usize = 4;

/// How letters of the text look, to which a formula's are fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FormulaContext {
    /// Their size.
    pub size: Pt,
    /// The height of an x, in em.
    pub x_height: f64,
    /// Their colour.
    pub color: Color,
}

impl Formulas {
    /// Opens the font for formulas.
    pub(crate) fn open(fonts: &FontBook) -> Option<Self> {
        let font = MathFont::new(typefaces::math(), 0).ok()?;
        let id = fonts.bundled(typefaces::MATH)?;
        let x_height = fonts.get(id).metrics().x_height;
        let letters = Letters::of(typefaces::math());
        Some(Self { font, id, letters, x_height })
    }

    /// Sets a formula; none if it has anything in it that cannot be set.
    pub(crate) fn set(
        &self,
        mathml: &str,
        beside: &FormulaContext,
        span: Span,
    ) -> Option<SetFormula> {
        let whole = Arc::new(self.set_whole(mathml, beside, span)?);
        let pieces = match whole.width < beside.size * SHORT {
            true => Vec::new(),
            false => self.pieces(mathml, beside, span),
        };
        Some(SetFormula { whole, pieces })
    }

    /// The pieces of a formula; rows in it are opened only where pieces are too long without.
    fn pieces(&self, mathml: &str, beside: &FormulaContext, span: Span) -> Vec<Piece> {
        let set = |source: pieces::PieceSource| {
            let inline_box = self.set_whole(&source.mathml, beside, span)?;
            Some(Piece {
                inline_box: Arc::new(inline_box),
                space: beside.size * source.space,
            })
        };
        let mut found: Vec<Piece> = Vec::new();
        for depth in 0..=MAX_OPENED_ROWS {
            let sources = pieces::pieces(mathml, depth).into_iter();
            let Some(pieces) = sources.map(set).collect::<Option<Vec<Piece>>>() else {
                break;
            };
            found = pieces;
            let short =
                |piece: &Piece| piece.inline_box.width < beside.size * SHORT_PIECE;
            if !found.is_empty() && found.iter().all(short) {
                break;
            }
        }
        found
    }

    /// Sets a formula, or a piece of one, in one line.
    fn set_whole(
        &self,
        mathml: &str,
        beside: &FormulaContext,
        span: Span,
    ) -> Option<InlineBox> {
        let root = formulary::parse(&tables::told(mathml)?).ok()?;
        if !root.warnings.is_empty() || root.has_arabic_text() {
            return None;
        }
        // An x is as tall as one of the text.
        let scale = (beside.x_height / self.x_height).clamp(0.8, 1.15);
        let size = beside.size * scale;
        let options = LayoutOptions { font_size: size.to_f32() };
        let set = formulary::layout(&root, &self.font, &options);
        let mut formula = InlineBox {
            width: pt(set.width),
            above: pt(set.ascent),
            below: pt(set.descent),
            kinds: Vec::new(),
        };
        for item in &set.items {
            match enclosure(item) {
                Some((enclosure, area)) => {
                    formula.kinds.extend(enclosure.lines(area, size, beside.color));
                }
                None => formula.kinds.push(self.drawn(item, beside.color, span)?),
            }
        }
        Some(formula)
    }

    fn drawn(&self, item: &Drawn, own: Color, span: Span) -> Option<ItemKind> {
        Some(match *item {
            Drawn::Glyph { id, x, y, size, advance, color, mirrored } => {
                if id.0 == 0 || mirrored {
                    return None;
                }
                let text: Box<str> = self.letters.of_glyph(id.0).into();
                let glyph = Glyph {
                    id: u32::from(id.0),
                    advance: advance / size,
                    x_offset: 0.0,
                    y_offset: 0.0,
                    start: 0,
                    end: u32::try_from(text.len()).unwrap_or(0),
                };
                let width = f64::from(glyph.advance);
                ItemKind::Text(TextRun {
                    font: self.id,
                    size: pt(size),
                    origin: Point { x: pt(x), y: pt(y) },
                    stretch: 1.0,
                    color: color.map_or(own, shown),
                    pieces: vec![frame::Piece::Word(
                        Shaped { glyphs: vec![glyph], text, width }.into(),
                    )],
                    span: Some(span),
                })
            }
            Drawn::Rule { x, y, w, h, color } => {
                let area = Rect::new(pt(x), pt(y), pt(w), pt(h));
                frame::fill(area, color.map_or(own, shown))
            }
            Drawn::Background { x, y, w, h, color } => {
                let area = Rect::new(pt(x), pt(y), pt(w), pt(h));
                frame::fill(area, shown(color))
            }
            _ => return None,
        })
    }
}

/// What is drawn about part of a formula, and where.
fn enclosure(item: &Drawn) -> Option<(Enclosure, Rect)> {
    let Drawn::Background { x, y, w, h, color } = *item else { return None };
    let formulary::Color { r, g, b, .. } = color;
    let enclosure = Enclosure::of_color([r, g, b])?;
    Some((enclosure, Rect::new(pt(x), pt(y), pt(w), pt(h))))
}

fn pt(length: f32) -> Pt {
    Pt(f64::from(length))
}

fn shown(color: formulary::Color) -> Color {
    let formulary::Color { r, g, b, a } = color;
    let part = |value: u8| f32::from(value) / 255.0;
    Color { red: part(r), green: part(g), blue: part(b), alpha: part(a) }
}
