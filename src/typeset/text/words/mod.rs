//! Words: what a line is broken into, each analysed once for each style that sets it.

mod hyphenation_points;
mod spacing;

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use hypher::Lang;
use icu_segmenter::GraphemeClusterSegmenter;
use rustc_hash::FxHashMap;

use crate::typeset::text::bidi;
use crate::typeset::text::fonts::{FaceId, FontBook, FontId};
use crate::typeset::text::glyphs::{Glyph, Shaped};
use crate::typeset::text::shape::{Features, Shaper};
use hyphenation_points::hyphenation_points;
use spacing::{HALF, spaced, tighten};

/// The letters that words are set in, but for their size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Letters {
    /// The fonts.
    pub face: FaceId,
    /// The features.
    pub features: Features,
    /// Added after each letter, in thousandths of an em.
    pub spacing: i32,
    /// Where words may be hyphenated.
    pub hyphenation: Option<Hyphenation>,
}

/// How words are hyphenated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Hyphenation {
    /// By whose rules.
    pub language: HyphenationLanguage,
    /// How many letters a word has at least.
    pub shortest: u8,
    /// How many letters stay before the hyphen at least.
    pub before: u8,
    /// How many come after it at least.
    pub after: u8,
}

impl Hyphenation {
    /// With the limits of a careful compositor.
    pub(crate) fn of(language: HyphenationLanguage) -> Self {
        Self { language, shortest: 5, before: 2, after: 3 }
    }
}

/// A language that words are hyphenated by, as its two letters of ISO 639-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct HyphenationLanguage([u8; 2]);

impl HyphenationLanguage {
    /// The language of a BCP 47 tag, if there are rules for it.
    pub(crate) fn of(tag: &str) -> Option<Self> {
        let primary: [u8; 2] = tag.split('-').next()?.as_bytes().try_into().ok()?;
        Lang::from_iso(primary).map(|_| Self(primary))
    }
}

/// A run of characters without a space or an opportunity to break, but for hyphenation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Word {
    /// What is drawn, from left to right.
    pub parts: Vec<Part>,
    /// The sum of their widths, in em.
    pub width: f64,
    /// Where it may be hyphenated.
    pub hyphenation_points: Vec<HyphenationPoint>,
}

/// Part of a [`Word`] in one font.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Part {
    /// Glyphs.
    Glyphs {
        /// The font.
        font: FontId,
        /// The glyphs.
        shaped: Arc<Shaped>,
    },
    /// The framed code point of a character that no font has.
    Framed {
        /// The font of the digits.
        font: FontId,
        /// The digits; their text is the character.
        digits: Arc<Shaped>,
        /// The character.
        character: char,
    },
}

/// The size of the digits in a framed code point, in em of the text around it.
pub(crate) const FRAMED_SIZE: f64 = 0.42;

/// The space between the frame and the digits, in em of the text around it.
pub(crate) const FRAMED_PADDING: f64 = 0.06;

/// A place at which a word may be hyphenated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct HyphenationPoint {
    /// The byte before which it is cut.
    pub at: usize,
    /// How wide the word is up to there, in em.
    pub width: f64,
    /// How wide the hyphen is, in em.
    pub hyphen: f64,
}

impl Word {
    /// The word in pieces between which a line may end if it must: the grapheme clusters (UAX #29) of
    /// `text`, which it shows, in the order in which they are read. Each has the width and the
    /// form that it has beside its neighbours.
    pub(crate) fn clusters(&self, text: &str) -> Vec<(Range<usize>, Self)> {
        let goes_left = text.chars().any(bidi::goes_left);
        let mut units = Vec::new();
        let mut start = 0;
        let in_order = |index: usize| match goes_left {
            true => &self.parts[self.parts.len() - 1 - index],
            false => &self.parts[index],
        };
        for part in (0..self.parts.len()).map(in_order) {
            match part {
                Part::Glyphs { font, shaped } => {
                    for (range, piece) in glyph_clusters(shaped) {
                        let shaped = Arc::new(piece);
                        let range = start + range.start..start + range.end;
                        units.push((range, Part::Glyphs { font: *font, shaped }));
                    }
                }
                Part::Framed { character, .. } => {
                    units.push((start..start + character.len_utf8(), part.clone()));
                }
            }
            start += part.text_len();
        }
        let bounds: Vec<usize> =
            GraphemeClusterSegmenter::new().segment_str(text).collect();
        let mut clusters: Vec<(Range<usize>, Self)> = Vec::new();
        for (range, part) in units {
            let begins = bounds.binary_search(&range.start).is_ok();
            match clusters.last_mut().filter(|_| !begins) {
                Some((whole, word)) => {
                    whole.end = range.end;
                    word.width += part.width();
                    let at = if goes_left { 0 } else { word.parts.len() };
                    word.parts.insert(at, part);
                }
                None => {
                    let width = part.width();
                    let word =
                        Self { parts: vec![part], width, hyphenation_points: Vec::new() };
                    clusters.push((range, word));
                }
            }
        }
        clusters
    }

    /// How many glyphs it has after which space may stand.
    pub(crate) fn letter_count(&self) -> usize {
        let count = |part: &Part| match part {
            Part::Glyphs { shaped, .. } => shaped.glyphs.len(),
            Part::Framed { .. } => 0,
        };
        self.parts.iter().map(count).sum()
    }

    /// The same with so much space after each letter, in em.
    pub(crate) fn letter_spaced(&self, em: f64) -> Self {
        let mut word = self.clone();
        for part in &mut word.parts {
            if let Part::Glyphs { shaped, .. } = part {
                *shaped = Arc::new(spaced(shaped, em));
            }
        }
        word.width = word.parts.iter().map(Part::width).sum();
        word
    }

    /// Whether the right half of its last glyph is space.
    pub(crate) fn ends_in_white(&self, fonts: &FontBook) -> bool {
        let Some(Part::Glyphs { font, shaped }) = self.parts.last() else { return false };
        let last = shaped.glyphs.last();
        let ink = last.and_then(|glyph| fonts.get(*font).ink(glyph.id));
        ink.is_some_and(|(_, right)| right <= HALF)
    }
}

/// Glyphs, those apart that stand for other characters, in the order in which these are read, and
/// which bytes of the text each piece shows: together all of them.
fn glyph_clusters(shaped: &Shaped) -> Vec<(Range<usize>, Shaped)> {
    let glyphs = &shaped.glyphs;
    let mut groups: Vec<&[Glyph]> = glyphs.chunk_by(|a, b| a.start == b.start).collect();
    if groups.windows(2).all(|pair| pair[1][0].start < pair[0][0].start) {
        groups.reverse();
    }
    let in_order = groups.windows(2).all(|pair| pair[0][0].start < pair[1][0].start);
    if groups.len() < 2 || !in_order {
        return vec![(0..shaped.text.len(), shaped.clone())];
    }
    let starts = groups.iter().skip(1).map(|group| group[0].start as usize);
    let ends: Vec<usize> = starts.chain([shaped.text.len()]).collect();
    let mut start = 0;
    let pieces = groups.into_iter().zip(ends).map(|(group, end)| {
        let from = std::mem::replace(&mut start, end);
        let begin = u32::try_from(from).unwrap_or(u32::MAX);
        let moved = |glyph: &Glyph| Glyph {
            start: glyph.start.saturating_sub(begin),
            end: glyph.end.saturating_sub(begin),
            ..*glyph
        };
        let piece = Shaped {
            glyphs: group.iter().map(moved).collect(),
            text: shaped.text[from..end].into(),
            width: group.iter().map(|glyph| f64::from(glyph.advance)).sum(),
        };
        (from..end, piece)
    });
    pieces.collect()
}

/// All words that were met so far: in running text most come again.
#[derive(Default)]
pub(crate) struct ShapeCache {
    /// On this thread.
    met: WordMap,
    /// On all of them.
    shared: Arc<Mutex<WordMap>>,
}

/// Words, by what they are set in.
type WordMap = FxHashMap<Letters, FxHashMap<Box<str>, Arc<Word>>>;

fn look(known: &WordMap, letters: Letters, text: &str) -> Option<Arc<Word>> {
    known.get(&letters)?.get(text).cloned()
}

impl ShapeCache {
    /// Those of another thread, which tell each other what they have met.
    pub(crate) fn fork(&self) -> Self {
        Self { met: WordMap::default(), shared: self.shared.clone() }
    }

    /// The word of these characters in these letters.
    pub(crate) fn get(
        &mut self,
        shaper: &mut Shaper,
        letters: Letters,
        text: &str,
    ) -> Arc<Word> {
        self.look_or(letters, text, || analyse(shaper, letters, text))
    }

    /// The beginning of a word, as far as it stands before a hyphen at a line's end.
    pub(crate) fn hyphenated(
        &mut self,
        shaper: &mut Shaper,
        letters: Letters,
        text: &str,
    ) -> Arc<Word> {
        let key = format!("{text}\u{ad}");
        self.look_or(letters, &key, || {
            let mut word = analyse(shaper, letters, &format!("{text}{HYPHEN}"));
            if let Some(Part::Glyphs { shaped, .. }) = word.parts.last_mut() {
                *shaped = Arc::new(with_soft_hyphen(shaped));
            }
            word.hyphenation_points.clear();
            word
        })
    }

    /// A mark that looks like another one in text from right to left, and stands for itself.
    pub(crate) fn mirrored(
        &mut self,
        shaper: &mut Shaper,
        letters: Letters,
        text: &str,
        looks: &str,
    ) -> Arc<Word> {
        let key = format!("{text}\u{2067}");
        self.look_or(letters, &key, || {
            let mut word = analyse(shaper, letters, looks);
            for part in &mut word.parts {
                if let Part::Glyphs { shaped, .. } = part
                    && shaped.text.len() == text.len()
                {
                    *shaped =
                        Arc::new(Shaped { text: text.into(), ..(**shaped).clone() });
                }
            }
            word
        })
    }

    fn look_or(
        &mut self,
        letters: Letters,
        text: &str,
        analyse: impl FnOnce() -> Word,
    ) -> Arc<Word> {
        if let Some(word) = look(&self.met, letters, text) {
            return word;
        }
        let shared = || self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let elsewhere = look(&shared(), letters, text);
        let word = elsewhere.unwrap_or_else(|| {
            let word = Arc::new(analyse());
            shared().entry(letters).or_default().insert(text.into(), word.clone());
            word
        });
        self.met.entry(letters).or_default().insert(text.into(), word.clone());
        word
    }
}

/// Drawn at a line's end. It is copied as a soft hyphen, so that words come back whole.
const HYPHEN: char = '\u{2010}';

fn with_soft_hyphen(shaped: &Shaped) -> Shaped {
    let mut text = shaped.text.to_string();
    let Some(hyphen) = text.pop() else { return shaped.clone() };
    text.push('\u{ad}');
    let shrunk = u32::try_from(hyphen.len_utf8()).unwrap_or(0) - 2;
    let before = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let glyphs = shaped.glyphs.iter().map(|&glyph| {
        let end = if glyph.end > before { glyph.end - shrunk } else { glyph.end };
        Glyph { end, ..glyph }
    });
    Shaped { glyphs: glyphs.collect(), text: text.into(), width: shaped.width }
}

fn analyse(shaper: &mut Shaper, letters: Letters, text: &str) -> Word {
    let mut parts = Vec::new();
    let mut run = (0, shaper.fonts.first(letters.face));
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        // What changes a sign stands with it.
        let changes = is_modifier(character) && shaper.fonts.get(run.1).has(character);
        if is_invisible(character) || changes {
            continue;
        }
        let sign = characters.peek().is_some_and(|(_, next)| is_modifier(*next));
        let font = (!is_private(character))
            .then(|| {
                let signs = sign
                    .then(|| shaper.fonts.font_for(letters.face, EMOJI_PROBE))
                    .flatten();
                let signs = signs.filter(|font| shaper.fonts.get(*font).has(character));
                signs.or_else(|| shaper.fonts.font_for(letters.face, character))
            })
            .flatten();
        if font == Some(run.1) {
            continue;
        }
        finish(shaper, letters, text, run.0..at, run.1, &mut parts);
        match font {
            Some(font) => run = (at, font),
            None => {
                parts.push(framed(shaper, character));
                run = (at + character.len_utf8(), run.1);
            }
        }
    }
    finish(shaper, letters, text, run.0..text.len(), run.1, &mut parts);
    if parts.len() > 1 && text.chars().any(bidi::goes_left) {
        parts.reverse();
    }
    let width = parts.iter().map(Part::width).sum();
    let hyphenation_points = hyphenation_points(shaper, letters, text, &parts);
    Word { parts, width, hyphenation_points }
}

/// A sign that only a font of signs has.
const EMOJI_PROBE: char = '\u{1f600}';

/// Whether a character makes a picture of the sign before it, or changes that (UTS #51, 1.4).
fn is_modifier(character: char) -> bool {
    matches!(character, '\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}')
}

fn finish(
    shaper: &mut Shaper,
    letters: Letters,
    text: &str,
    range: Range<usize>,
    font: FontId,
    parts: &mut Vec<Part>,
) {
    if !range.is_empty() {
        let own = &text[range];
        let goes_left = own.len() < text.len() && text.chars().any(bidi::goes_left);
        let mirrored = bidi::mirrored(own).filter(|_| goes_left);
        let looks = mirrored.as_deref().unwrap_or(own);
        let mut shaped = shaper.shape(font, letters.features, looks);
        shaped.text = own.into();
        if let Some(absent) = shaped.glyphs.iter().find(|glyph| glyph.id == 0) {
            // The font has the letter, and not what it is made of.
            let absent = absent.start as usize..absent.end as usize;
            let after = absent.end..own.len();
            finish(shaper, letters, own, 0..absent.start, font, parts);
            parts.extend(own[absent].chars().map(|character| framed(shaper, character)));
            return finish(shaper, letters, own, after, font, parts);
        }
        tighten(&mut shaped, &shaper.fonts.get(font));
        if letters.spacing != 0 {
            shaped = spaced(&shaped, f64::from(letters.spacing) / 1000.0);
        }
        parts.push(Part::Glyphs { font, shaped: Arc::new(shaped) });
    }
}

/// Whether a character is only a hint to the layout: no font need have it.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{180b}'..='\u{180e}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a character means something only to those who agreed on it, or nothing to anybody:
/// private use, noncharacters and NUL.
pub(crate) fn is_private(character: char) -> bool {
    matches!(
        character,
        '\0' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{f0000}'..='\u{10ffff}'
    ) || u32::from(character) & 0xfffe == 0xfffe
}

/// The code point of a character in two rows of hexadecimal digits.
fn framed(shaper: &mut Shaper, character: char) -> Part {
    let mono = shaper.fonts.mono();
    let font = shaper.fonts.first(mono);
    let digits = format!("{:04X}", u32::from(character));
    let row = digits.len().div_ceil(2);
    let shaped = shaper.shape(font, Features::default(), &digits);
    let advance = shaped.glyphs.first().map_or(0.6, |glyph| glyph.advance);
    // PDF/A has no place for private characters, not even as text (ISO 19005-2, 6.2.11.7.3).
    let kept =
        if is_private(character) { char::REPLACEMENT_CHARACTER } else { character };
    let end = u32::try_from(kept.len_utf8()).unwrap_or(4);
    let mut glyphs = Vec::new();
    for (index, &glyph) in shaped.glyphs.iter().enumerate() {
        let upper = index < row;
        // The lower row begins anew at the left: the last advance of the upper one goes back.
        let back = if index + 1 == row { -advance * (index as f32) } else { advance };
        let y_offset = if upper { 0.85 } else { 0.0 };
        glyphs.push(Glyph { advance: back, y_offset, start: 0, end, ..glyph });
    }
    let width = f64::from(advance) * row as f64;
    let digits = Shaped { glyphs, text: kept.to_string().into(), width };
    Part::Framed { font, digits: Arc::new(digits), character }
}

impl Part {
    /// How many bytes of text it shows.
    fn text_len(&self) -> usize {
        match self {
            Self::Glyphs { shaped, .. } => shaped.text.len(),
            Self::Framed { character, .. } => character.len_utf8(),
        }
    }

    /// Its width in em.
    pub(crate) fn width(&self) -> f64 {
        match self {
            Self::Glyphs { shaped, .. } => shaped.width,
            Self::Framed { digits, .. } => {
                digits.width * FRAMED_SIZE + 2.0 * FRAMED_PADDING + 2.0 * 0.05
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::text::fonts::FontBook;
    use crate::world::MemoryWorld;

    fn letters(shaper: &mut Shaper) -> Letters {
        let face = shaper.fonts.serif();
        Letters {
            face,
            features: Features::default(),
            spacing: 0,
            hyphenation: HyphenationLanguage::of("en-GB").map(Hyphenation::of),
        }
    }

    #[test]
    fn words_are_cut_by_their_language() {
        let world = MemoryWorld::new(jiff::civil::date(2020, 1, 1));
        let mut shaper = Shaper::new(FontBook::open(&world));
        let letters = letters(&mut shaper);
        let word = ShapeCache::default().get(&mut shaper, letters, "(hyphenation,");
        let hyphenation_points: Vec<usize> =
            word.hyphenation_points.iter().map(|cut| cut.at).collect();
        assert_eq!(hyphenation_points, [3, 7]);
        assert!(
            word.hyphenation_points[0].width < word.hyphenation_points[1].width
                && word.hyphenation_points[1].width < word.width
        );
    }

    #[test]
    fn a_hyphen_at_the_end_is_copied_as_a_soft_one() {
        let world = MemoryWorld::new(jiff::civil::date(2020, 1, 1));
        let mut shaper = Shaper::new(FontBook::open(&world));
        let letters = letters(&mut shaper);
        let word = ShapeCache::default().hyphenated(&mut shaper, letters, "hyphen");
        let [Part::Glyphs { shaped, .. }] = word.parts.as_slice() else {
            panic!("{word:?}")
        };
        assert_eq!(&*shaped.text, "hyphen\u{ad}");
        assert_eq!(shaped.glyphs.last().map(|glyph| glyph.end), Some(8));
    }

    #[test]
    fn a_character_without_a_font_is_framed_and_kept() {
        let world = MemoryWorld::new(jiff::civil::date(2020, 1, 1));
        let mut shaper = Shaper::new(FontBook::open(&world));
        let letters = letters(&mut shaper);
        let word = ShapeCache::default().get(&mut shaper, letters, "a中b");
        let [_, Part::Framed { digits, character, .. }, _] = word.parts.as_slice() else {
            panic!("{word:?}")
        };
        assert_eq!((&*digits.text, *character), ("中", '中'));
        assert_eq!(digits.glyphs.len(), 4);
    }
}
