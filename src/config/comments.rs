//! `comments`: which of the readers' comments stand in the book, and where.

use super::reader::{Field, Reader};
use super::value::Kind;
use crate::source::Span;

/// `comments`.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct CommentSettings {
    /// `place`; none leaves all of them out.
    pub place: Option<CommentPlace>,
    /// `only`: the ids of those that stand in the book.
    pub only: Vec<(String, Span)>,
    /// `by`: the names of those whose comments do.
    pub by: Vec<(String, Span)>,
    /// `names: initials`.
    pub initials: bool,
}

/// Where comments stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CommentPlace {
    /// After each chapter.
    Chapter,
    /// At the back of the book.
    Book,
}

const PLACES: [(&str, Option<CommentPlace>); 3] = [
    ("none", None),
    ("chapter", Some(CommentPlace::Chapter)),
    ("book", Some(CommentPlace::Book)),
];

/// Reads `comments`: a place, or a map.
pub(super) fn read(reader: &mut Reader, field: Field) -> CommentSettings {
    if !matches!(field.value.kind, Kind::Map(_)) {
        let place = reader.choice(&field, &PLACES).flatten();
        return CommentSettings { place, ..CommentSettings::default() };
    }
    let known = ["place", "only", "by", "names"];
    let mut fields = reader.fields(field.value, "comments.", &known);
    let place = match fields.take("place") {
        Some(field) => reader.choice(&field, &PLACES).flatten(),
        None => Some(CommentPlace::Chapter),
    };
    let mut texts =
        |key| fields.take(key).map_or_else(Vec::new, |field| reader.texts(&field));
    let (only, by) = (texts("only"), texts("by"));
    let names = [("given", false), ("initials", true)];
    let initials = fields.take("names").and_then(|field| reader.choice(&field, &names));
    CommentSettings { place, only, by, initials: initials.unwrap_or(false) }
}
