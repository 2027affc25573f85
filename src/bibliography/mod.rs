//! Works that a book cites, and the words in which it cites them.
//!
//! `read` takes the file of references in, whatever its format; `Style` is how the book cites;
//! `render` makes words of all citations at once, since a style may number works, or tell two
//! books of one year apart, only when it has seen every one. Chicago's notes are made here,
//! without a CSL processor: they are what most books need, they cost nothing to load, and the
//! processor errs in their short forms. Any other style goes through hayagriva.

mod chicago;
#[cfg(feature = "csl")]
mod csl;
#[cfg(not(feature = "csl"))]
#[path = "without_csl.rs"]
mod csl;
mod date;
mod item;
mod library;
mod markup;
#[cfg(feature = "csl")]
mod nesting;
mod punctuation;
mod read;
mod reference;
mod style;

#[cfg(test)]
mod tests;

use crate::document::{Citation, Inline, ReferenceId};
use crate::language::Language;
use crate::source::Span;

pub(crate) use date::{Moment, PartialDate};
pub(crate) use library::Library;
pub(crate) use punctuation::{begin_sentence, end_sentence};
pub(crate) use read::read;
pub(crate) use reference::{Name, Reference, ReferenceKind, References};
pub(crate) use style::Style;

/// A citation where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cited<'a> {
    /// What is cited.
    pub citation: &'a Citation,
    /// The number of the note that it is in, if it is in one.
    pub note_number: Option<u32>,
    /// For each item, whether its work was cited before. A missing one is the first.
    pub positions: Vec<Position>,
    /// Where it is written.
    pub span: Span,
}

/// Whether a work was cited before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Position {
    /// It was not: the full form is due.
    #[default]
    First,
    /// It was: the short form is due.
    Subsequent {
        /// The number of the note that has the full form, if one has.
        first_note: Option<u32>,
    },
}

/// Citations and bibliography in words.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Rendered {
    /// For each citation its words, without a period at the end. Who makes a note of them
    /// calls [`begin_sentence`] and [`end_sentence`].
    pub citations: Vec<Vec<Inline>>,
    /// The entries for the works to be listed, sorted as the style asks, each with its period.
    pub bibliography: Vec<(ReferenceId, Vec<Inline>)>,
}

/// Makes words of all citations of a book, and the entries for the works in `listed`.
pub(crate) fn render(
    style: &Style,
    references: &References,
    language: &Language,
    cited: &[Cited<'_>],
    listed: &[ReferenceId],
) -> Rendered {
    match style.csl() {
        None => chicago::render(references, language, cited, listed),
        Some(style) => csl::render(style, references, language, cited, listed),
    }
}
