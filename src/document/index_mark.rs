//! What somebody says of the index where the text stands.

/// A mark of the index: `{.index term="Korea, North"}`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct IndexMark {
    /// What it marks.
    pub extent: IndexExtent,
    /// The term, those above it before it with `!` between them; none if it is the words that are
    /// marked.
    pub term: Option<String>,
    /// What the term is sorted by, where that is not the term.
    pub sort: Option<String>,
    /// The terms that it stands for.
    pub see: Vec<String>,
    /// The terms that lead on.
    pub see_also: Vec<String>,
    /// Keys that mean nothing here.
    pub unknown: Vec<String>,
}

/// What an [`IndexMark`] marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum IndexExtent {
    /// The place at which it stands.
    #[default]
    Place,
    /// The beginning of a range.
    Start,
    /// The end of one.
    End,
}
