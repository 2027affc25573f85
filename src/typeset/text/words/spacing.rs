//! Space within words: taken away between marks, put between letters.

use crate::typeset::text::fonts::FontFile;
use crate::typeset::text::glyphs::Shaped;
use crate::typeset::text::scripts::{self, Half};

/// Half the width of a mark as wide as an ideograph, in em.
pub(super) const HALF: f32 = 0.5;

/// Takes away the space that two marks as wide as ideographs have between them.
pub(super) fn tighten(shaped: &mut Shaped, font: &FontFile) {
    if shaped.text.is_ascii() {
        return;
    }
    for second in 1..shaped.glyphs.len() {
        let first = second - 1;
        let character = |at: usize| {
            let start = shaped.glyphs[at].start as usize;
            shaped.text.get(start..).and_then(|rest| rest.chars().next())
        };
        let (Some(before), Some(after)) = (character(first), character(second)) else {
            continue;
        };
        let Some(half) = scripts::gives_way(before, after) else { continue };
        let at = if half == Half::RightOfFirst { first } else { second };
        let glyph = &mut shaped.glyphs[at];
        let Some((left, right)) = font.ink(glyph.id) else { continue };
        // Some fonts have these marks in the middle of their width.
        match half {
            _ if glyph.advance < 0.9 => continue,
            Half::RightOfFirst if right > HALF => continue,
            Half::LeftOfSecond if left < HALF => continue,
            Half::RightOfFirst => {}
            Half::LeftOfSecond => glyph.x_offset -= HALF,
        }
        glyph.advance -= HALF;
        shaped.width -= f64::from(HALF);
    }
}

/// The same with space after each letter, and none between a letter and its marks.
pub(super) fn spaced(shaped: &Shaped, em: f64) -> Shaped {
    let mut width = 0.0;
    let mut glyphs = shaped.glyphs.clone();
    for at in 0..glyphs.len() {
        let ends = glyphs.get(at + 1).is_none_or(|next| next.start != glyphs[at].start);
        if ends {
            #[expect(clippy::cast_possible_truncation, reason = "ten em at most")]
            let em = em as f32;
            glyphs[at].advance += em;
        }
        width += f64::from(glyphs[at].advance);
    }
    Shaped { glyphs, text: shaped.text.clone(), width }
}
