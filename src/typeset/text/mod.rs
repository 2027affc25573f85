//! Text: fonts, and words shaped in them.
//!
//! `fonts` finds a font for each character, `shape` makes glyphs of characters, `words` keeps each word
//! with what it looks like, `letters` says what a style asks of them. `bidi` and `scripts` know what
//! Unicode says of characters, `missing` gathers those that no font has.

pub(crate) mod bidi;
pub(crate) mod fonts;
pub(crate) mod glyphs;
pub(crate) mod letters;
pub(crate) mod missing;
pub(crate) mod scripts;
pub(crate) mod shape;
pub(crate) mod words;
