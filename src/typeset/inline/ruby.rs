//! Ruby: readings above what they are the readings of (JLREQ, 3.3).

use crate::source::Span;
use crate::typeset::engine::Engine;
use crate::typeset::inline::inline_box::InlineBox;
use crate::typeset::output::frame::{ItemKind, Piece, TextRun};
use crate::typeset::text::letters::TextStyle;
use crate::typeset::text::words::{Part, Word};
use crate::units::{Point, Pt};

/// The size of readings, in parts of that of their base.
const SMALL: f64 = 0.5;

/// From baseline to baseline, in em of the base.
const RISE: f64 = 0.95;

/// How far letters reach above their baseline, in em.
const ASCENT: f64 = 0.8;

/// A base with its reading above it, the narrower one in the middle; none if a character of them is
/// in no font.
pub(crate) fn ruby(
    engine: &Engine,
    base: &str,
    reading: &str,
    text: &TextStyle,
    span: Span,
) -> Option<InlineBox> {
    let word = |words: &str| engine.word(text.letters, words);
    let (base, reading) = (word(base), word(reading));
    let small = text.size * SMALL;
    let widths = (text.size * base.width, small * reading.width);
    let width = widths.0.max(widths.1);
    let mut kinds = Vec::new();
    let mut put = |word: &Word, size: Pt, own: Pt, y: Pt| {
        let mut x = (width - own) / 2.0;
        for part in &word.parts {
            let Part::Glyphs { font, shaped } = part else { return None };
            kinds.push(ItemKind::Text(TextRun {
                font: *font,
                size,
                origin: Point { x, y },
                stretch: 1.0,
                color: text.color,
                pieces: vec![Piece::Word(shaped.clone())],
                span: Some(span),
            }));
            x += size * shaped.width;
        }
        Some(())
    };
    put(&base, text.size, widths.0, Pt::ZERO)?;
    put(&reading, small, widths.1, -text.size * RISE)?;
    let above = text.size * RISE + small * ASCENT;
    Some(InlineBox { width, above, below: text.size * 0.2, kinds })
}
