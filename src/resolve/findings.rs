//! What was found in a post, for the user who wants to see that nothing was mistaken.

use crate::document::NoteId;
use crate::source::Span;

/// What the recogniser made of one post.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Findings {
    /// What became a note, or led to one.
    pub sources: Vec<FoundSource>,
    /// Brackets that look like sources and were left as they are.
    pub left: Vec<UnresolvedBracket>,
    /// Sentences that were left out.
    pub dropped: Vec<Dropped>,
}

/// A source that was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FoundSource {
    /// Where.
    pub span: Span,
    /// How it was written.
    pub form: SourceForm,
    /// What the post calls it; empty if only the address names it.
    pub name: String,
    /// Its address; empty if it has none.
    pub address: String,
    /// The title that the post gives of it; empty if none.
    pub title: String,
    /// The note that names it; none where `notes.links` wants none.
    pub note: Option<NoteId>,
}

/// A bracket that was left.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UnresolvedBracket {
    /// Where.
    pub span: Span,
    /// What it says.
    pub text: String,
    /// Why it is no source.
    pub reason: &'static str,
}

/// A sentence that was left out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dropped {
    /// Where.
    pub span: Span,
    /// What it said.
    pub text: String,
}

/// The forms in which a post may cite; the table of `docs/notes.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum SourceForm {
    /// `[^1]`.
    Footnote,
    /// `[[Korea Times](…)]`.
    Brackets,
    /// `[\[Korea Times\]](…)`.
    LinkedBrackets,
    /// `(via [Korea Times](…))`.
    Parentheses,
    /// A link alone at the end of a quotation.
    ClosingLink,
    /// `Source: [Korea Times](…)`.
    SourceLine,
    /// `— Author, [*Title*](…)`.
    Attribution,
    /// `<cite>…</cite>`.
    CiteElement,
    /// `<blockquote cite="…">`.
    CiteAttribute,
    /// `The [Korea Times](…) reports:` before a quotation.
    LeadIn,
    /// `[Korea Times]`, known by name.
    Name,
    /// `[@key, p. 12]`.
    Citation,
    /// Any other link.
    Link,
}

impl SourceForm {
    /// The name in lists and in `docs/notes.md`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Footnote => "footnote",
            Self::Brackets => "brackets",
            Self::LinkedBrackets => "linked brackets",
            Self::Parentheses => "parentheses",
            Self::ClosingLink => "closing link",
            Self::SourceLine => "source line",
            Self::Attribution => "attribution",
            Self::CiteElement => "cite element",
            Self::CiteAttribute => "cite attribute",
            Self::LeadIn => "lead-in",
            Self::Name => "name",
            Self::Citation => "citation",
            Self::Link => "link",
        }
    }
}
