//! Where words may be hyphenated.

use hypher::Lang;

use super::{HyphenationPoint, Letters, Part};
use crate::typeset::text::glyphs::Shaped;
use crate::typeset::text::shape::Shaper;

/// Capitals are an abbreviation up to about this many, in characters.
const LONG_ABBREVIATION: usize = 9;

/// A longer run of letters is no word that anybody hyphenates, in bytes.
const MAX_WORD_BYTES: usize = 160;

pub(super) fn hyphenation_points(
    shaper: &mut Shaper,
    letters: Letters,
    text: &str,
    parts: &[Part],
) -> Vec<HyphenationPoint> {
    let (Some(limits), [Part::Glyphs { font, shaped }]) = (letters.hyphenation, parts)
    else {
        return Vec::new();
    };
    let Some(language) =
        Lang::from_iso(limits.language.0).filter(|_| text.len() <= MAX_WORD_BYTES)
    else {
        return Vec::new();
    };
    let is_letter = |c: char| c.is_alphabetic() || c == '’';
    let start = text.find(is_letter).unwrap_or(text.len());
    let length = text[start..].find(|c| !is_letter(c)).unwrap_or(text.len() - start);
    let word = text[start..start + length].trim_end_matches('’');
    let (before, after) = (usize::from(limits.before), usize::from(limits.after));
    let shortest = usize::from(limits.shortest).max(before + after);
    let rest_has_letters = text[start + length..].contains(char::is_alphanumeric);
    let shouted = word.chars().skip(1).any(char::is_uppercase);
    // An abbreviation is no word; what is longer is one in capitals.
    let shortest = if shouted { shortest.max(LONG_ABBREVIATION) } else { shortest };
    if word.chars().count() < shortest || rest_has_letters {
        return Vec::new();
    }
    let hyphen = shaper.shape_once(*font, letters.features, "\u{2010}").width;
    let mut at = start;
    let lower = word.to_lowercase();
    let known = if lower.len() == word.len() { lower.as_str() } else { word };
    let syllables = hypher::hyphenate_bounded(known, language, before, after);
    let ends: Vec<usize> = syllables
        .map(|syllable| {
            at += syllable.len();
            at
        })
        .collect();
    ends.iter()
        .filter(|&&end| end < start + word.len())
        .map(|&at| HyphenationPoint { at, width: width_before(shaped, at), hyphen })
        .collect()
}

/// How wide the glyphs before a byte are; a ligature across it is shared out by its letters.
fn width_before(shaped: &Shaped, at: usize) -> f64 {
    let at = f64::from(u32::try_from(at).unwrap_or(u32::MAX));
    shaped
        .glyphs
        .iter()
        .map(|glyph| {
            let (start, end) = (f64::from(glyph.start), f64::from(glyph.end));
            let share = ((at - start) / (end - start).max(1.0)).clamp(0.0, 1.0);
            f64::from(glyph.advance) * share
        })
        .sum()
}
