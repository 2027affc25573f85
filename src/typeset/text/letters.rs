//! From a computed style to letters: how a stretch of text is set.

use crate::style::{Caps, Color, Decoration, Hyphens, Style, VerticalAlign, WhiteSpace};
use crate::typeset::engine::Engine;
use crate::typeset::text::words::{Hyphenation, HyphenationLanguage, Letters};
use crate::units::Pt;

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TextStyle {
    /// The letters.
    pub letters: Letters,
    /// Their size.
    pub size: Pt,
    /// How far above the baseline they stand.
    pub rise: Pt,
    /// Their colour.
    pub color: Color,
    /// The lines that go with them.
    pub decoration: Decoration,
    /// What they stand on.
    pub background: Option<Color>,
    /// How wide a space is, in em, and what is added to each.
    pub space: (f64, Pt),
    /// Whether spaces are kept as they are.
    pub preformatted: bool,
    /// Whether lines may break in it.
    pub wraps: bool,
    /// Whether they may break anywhere if nothing else helps.
    pub anywhere: bool,
}

/// Small capitals made of capitals where the font has none, in parts of the size.
pub(crate) const SMALL_CAPITAL: f64 = 0.8;

/// The letters of a style that stands on the baseline of its block.
pub(crate) fn of(engine: &Engine, style: &Style, language: &str) -> TextStyle {
    let font = &style.font;
    let face = engine.fonts.face(font);
    let features = engine.features(&font.features);
    let size = font.size;
    let text = &style.text;
    #[expect(clippy::cast_possible_truncation, reason = "clamped to ten em")]
    let spacing = (text.letter_spacing / size * 1000.0).clamp(-1e4, 1e4).round() as i32;
    // Ligatures would stand close among spaced letters (CSS Text 3, 8.2).
    let features = match spacing {
        0 => features,
        _ => engine.with_feature(features, *b"liga", 0),
    };
    let hyphenation = (text.hyphens == Hyphens::Auto).then(|| {
        let language = HyphenationLanguage::of(language)?;
        let own = Hyphenation::of(language);
        let [shortest, before, after] = text.hyphenate_limits;
        Some(Hyphenation {
            shortest: shortest.unwrap_or(own.shortest),
            before: before.unwrap_or(own.before),
            after: after.unwrap_or(own.after),
            ..own
        })
    });
    let white = text.white_space;
    TextStyle {
        letters: Letters { face, features, spacing, hyphenation: hyphenation.flatten() },
        size,
        rise: Pt::ZERO,
        color: style.color,
        decoration: text.decoration,
        background: None,
        space: (engine.fonts.space(face), text.word_spacing + text.letter_spacing),
        preformatted: matches!(white, WhiteSpace::Pre | WhiteSpace::PreWrap),
        wraps: !matches!(white, WhiteSpace::Pre | WhiteSpace::Nowrap),
        anywhere: text.wrap_anywhere,
    }
}

/// How far above that of the text around it a style puts its baseline.
pub(crate) fn rise(style: &Style, around: Pt) -> Pt {
    match style.vertical_align {
        VerticalAlign::Super => around * 0.34,
        VerticalAlign::Sub => -around * 0.16,
        VerticalAlign::Raise(rise) => rise,
        VerticalAlign::Top => around * 0.25,
        VerticalAlign::Bottom => -around * 0.2,
        VerticalAlign::Middle => (around - style.font.size) * 0.3,
        VerticalAlign::Baseline => Pt::ZERO,
    }
}

/// Whether small capitals have to be made of capitals.
pub(crate) fn lacks_small_capitals(engine: &Engine, style: &Style) -> bool {
    if style.font.caps == Caps::Normal {
        return false;
    }
    let face = engine.fonts.face(&style.font);
    let first = engine.fonts.first(face);
    let plain = engine.features(&[]);
    let small = engine.features(&[(*b"smcp", 1)]);
    let glyphs = |features| engine.shape_once(first, features, "a").glyphs.clone();
    glyphs(plain) == glyphs(small)
}
