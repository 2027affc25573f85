//! Citations, before they are put into the words of a style.

use super::Inline;

/// Names a work among the references of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ReferenceId(pub u32);

/// Works that are cited at one place: `[see @a, p. 12; @b]`.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Citation {
    /// The works, at least one.
    pub items: Vec<CitationItem>,
    /// Whether it is the text of a note of its own, even where the style cites in the text: what
    /// is known of a page that the post links to.
    pub as_note: bool,
}

/// One work of a [`Citation`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CitationItem {
    /// Which.
    pub reference: ReferenceId,
    /// Words before it: `see`.
    pub prefix: Vec<Inline>,
    /// The place in it.
    pub locator: Option<Locator>,
    /// Words after it.
    pub suffix: Vec<Inline>,
    /// Whether its author is named.
    pub author: CitationAuthor,
}

/// Whether a citation names the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum CitationAuthor {
    /// As the style does.
    #[default]
    Named,
    /// No, the text has done so: `[-@key]`.
    Suppressed,
    /// Nothing but the author, as a part of the sentence: `@key says`.
    Only,
}

/// A place in a work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Locator {
    /// What is counted.
    pub kind: LocatorKind,
    /// The number, or several: `12`, `33–35`, `xii, 4`.
    pub value: String,
}

/// What a [`Locator`] counts, by CSL's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum LocatorKind {
    Book,
    Chapter,
    Column,
    Figure,
    Folio,
    Issue,
    Line,
    Note,
    Opus,
    Page,
    Paragraph,
    Part,
    Section,
    SubVerbo,
    Timestamp,
    Verse,
    Volume,
}
