//! Shaped text: glyphs, and which characters they show.

/// Shaped text, shared by every place that sets the same word.
#[derive(Debug, Clone, PartialEq)]
pub struct Shaped {
    /// The glyphs, from left to right.
    pub glyphs: Vec<Glyph>,
    /// What they stand for.
    pub text: Box<str>,
    /// The sum of their advances, in em.
    pub width: f64,
}

/// A glyph. Lengths are in em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u32,
    /// How far the next glyph stands from it.
    pub advance: f32,
    /// How far to the right of its place it is drawn.
    pub x_offset: f32,
    /// How far above its place it is drawn.
    pub y_offset: f32,
    /// The bytes of the text that its cluster stands for: the first,
    pub start: u32,
    /// and one past the last.
    pub end: u32,
}
