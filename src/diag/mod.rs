//! What the tool has to say about its input: a stable code, a place, a hint.

mod panic;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::address::abridged;
use crate::source::Span;
pub(crate) use panic::{catch, quiet_panics};

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $about:literal,)*) => {
        /// Every kind of diagnostic, by a name that stays the same from release to release.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $about] $variant,)*
        }

        impl Code {
            /// All of them, in the order of `docs/diagnostics.md`.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name that is printed.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How grave it is, unless `--strict` makes it an error.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// Whether it concerns one edition or one part of a book, so that all else is made.
            pub fn spares_the_book(self) -> bool {
                matches!(self, Self::PdfNonconforming | Self::InternalError)
            }

            /// Whether something of the posts is not in the book as it was written: left out, cut, or
            /// replaced.
            pub fn is_loss(self) -> bool {
                use Code::*;
                matches!(
                    self,
                    PostUnreadable
                        | HeaderUnreadable
                        | TemplateSyntax
                        | UnclosedElement
                        | DroppedElement
                        | EmbeddedMedia
                        | EmptyHeading
                        | ControlCharacter
                        | DuplicateNote
                        | UndefinedNote
                        | UnusedNote
                        | UnknownCitation
                        | BrokenLink
                        | MissingPicture
                        | RemotePicture
                        | UnreadablePicture
                        | MathUnreadable
                        | MathAsSource
                        | MissingGlyph
                        | TextTooLong
                        | ImportMalformed
                        | ImportLoss
                        | InternalError
                )
            }

            /// What it is about, in a sentence.
            pub fn about(self) -> &'static str {
                match self { $(Self::$variant => $about,)* }
            }
        }
    };
}

codes! {
    ConfigUnreadable "config-unreadable" Error "`book.yaml` could not be read, or is not YAML.",
    UnknownKey "unknown-key" Error "A key of `book.yaml` that means nothing.",
    InvalidValue "invalid-value" Error "A value that its key cannot take.",
    MissingKey "missing-key" Error "A key that every book needs is absent.",
    FolderUnreadable "folder-unreadable" Error "A folder of posts could not be read.",
    SeveralParts "several-parts" Warning "A post belongs to two of the parts that `gather.parts` lists; it stands in the first.",
    NoPart "no-part" Error "Posts belong to none of the parts that `gather.parts` lists.",
    EmptyPart "empty-part" Warning "A part that `gather.parts` lists has no chapter, and is left out.",
    SectionUnreadable "section-unreadable" Error "A file that `front`, `back` or a part names could not be read.",
    ListUnreadable "list-unreadable" Error "The file that `chronology` names could not be read, or is not YAML.",
    IndexUnreadable "index-unreadable" Error "The file of the index's terms could not be read, or is not YAML.",
    PostUnreadable "post-unreadable" Warning "A post could not be read as text.",
    PostEncoding "post-encoding" Warning "A post was not UTF-8 text, and was converted.",
    SiteUnreadable "site-unreadable" Warning "The blog's own configuration, or a data file of it, could not be read.",
    HeaderUnreadable "header-unreadable" Warning "A post's header is not what its fence promises.",
    HeaderValue "header-value" Warning "A value in a post's header that could not be understood.",
    LanguageTag "language-tag" Warning "A `lang` that is no BCP 47 tag, and was left out.",
    LanguageWords "language-words" Warning "The tool has no words of its own in the book's language.",
    NoPosts "no-posts" Error "No post was gathered.",
    UnknownTag "unknown-tag" Error "A tag that no post has.",
    UnknownSlug "unknown-slug" Error "The book's order, or `chapters`, names a post that is not there.",
    UnlistedPost "unlisted-post" Warning "A gathered post that the book's explicit order leaves out.",
    UnknownAddress "unknown-address" Warning "The source of each chapter is to be printed, and a post has no address.",
    UnusedBiography "unused-biography" Warning "A biography after chapters is of nobody who wrote one.",
    UnusedEdit "unused-edit" Warning "A rule of `omit` or `replace` that changes nothing.",
    VolumesDiffer "volumes-differ" Warning "The volumes are not as book.yaml asks for them.",
    TemplateSyntax "template-syntax" Warning "A call in the language of a template that is not known: it stays as code.",
    UnclosedElement "unclosed-element" Warning "An HTML element that is opened and never closed, or the reverse.",
    DroppedElement "dropped-element" Warning "An HTML element that a book cannot hold was left out.",
    EmbeddedMedia "embedded-media" Warning "A video, sound or frame became a link.",
    EmptyHeading "empty-heading" Warning "A heading has no words.",
    DuplicateId "duplicate-id" Warning "Two places of a post have one id.",
    TextMissing "text-missing" Warning "Words of a post are not in an edition: `check --text` looks for all of them.",
    ControlCharacter "control-character" Warning "A control character that no book can hold was left out.",
    UndefinedNote "undefined-note" Warning "A footnote is referred to and not defined.",
    UnknownCitation "unknown-citation" Warning "A citation of a work that the bibliography does not have.",
    UnusedNote "unused-note" Warning "A footnote is defined and never referred to.",
    DuplicateNote "duplicate-note" Warning "A footnote is defined twice in one post.",
    BrokenLink "broken-link" Warning "A link leads to a post or a place that is not in the book, or is not written as a link.",
    IndexMark "index-mark" Warning "A mark of the index that could not be understood.",
    IndexRange "index-range" Warning "A range of the index that is begun and not ended, or ended and not begun.",
    IndexReference "index-reference" Warning "A `see` of the index names a term that the index does not have.",
    UnusedIndexTerm "unused-index-term" Warning "A term of `index.yaml` that the text nowhere has.",
    SourceLockUnreadable "source-lock-unreadable" Warning "`sources.lock.yaml` could not be read.",
    SourceLockValue "source-lock-value" Warning "An entry of `sources.lock.yaml` that could not be understood.",
    CommentsUnreadable "comments-unreadable" Error "A file of comments could not be read, or is not YAML.",
    CommentValue "comment-value" Warning "A comment in its file that could not be understood.",
    UnknownComment "unknown-comment" Warning "`comments` names an id or a person that no comment has.",
    PermissionsUnreadable "permissions-unreadable" Error "`permissions.yaml` could not be read, or is not YAML.",
    PermissionValue "permission-value" Warning "An entry of `permissions.yaml` that could not be understood.",
    PermissionToDo "permission-to-do" Warning "With `--strict`: a source is quoted, and its permission is still to be had.",
    PageUnreachable "page-unreachable" Warning "A cited page could not be read with `sources --fetch`.",
    MissingPicture "missing-picture" Warning "A picture's file was not found.",
    RemotePicture "remote-picture" Warning "A picture is on the network, where a book cannot reach it.",
    PictureChanged "picture-changed" Warning "A picture's file is no longer the one that was fetched.",
    UnreadablePicture "unreadable-picture" Warning "A picture's file could not be understood, or only in part.",
    MissingAlt "missing-alt" Warning "A picture has no words for those who cannot see it.",
    MathUnreadable "math-unreadable" Warning "A formula could not be understood.",
    MathAsSource "math-as-source" Warning "The PDF shows a formula as its source.",
    FontUnreadable "font-unreadable" Warning "A font file that could not be read.",
    MissingGlyph "missing-glyph" Warning "No font has a character.",
    OverfullLine "overfull-line" Warning "A line could not be broken to fit its measure.",
    LooseLine "loose-line" Warning "A line could be filled only with spaces that are too wide.",
    SparsePage "sparse-page" Warning "A page is left more than half empty.",
    TextTooLong "text-too-long" Warning "A text was shortened where the PDF cannot hold all of it.",
    UnsettledPages "unsettled-pages" Warning "Page numbers did not settle.",
    PdfNonconforming "pdf-nonconforming" Error "The PDF does not meet the standard that its edition promises.",
    BibliographyUnreadable "bibliography-unreadable" Warning "A file of references, or a work in it, that could not be read.",
    ReferenceValue "reference-value" Warning "A work that lacks something, or a value of it that could not be understood.",
    StyleUnreadable "style-unreadable" Warning "A citation style that could not be had.",
    CssSyntax "css-syntax" Warning "Part of a stylesheet that is no CSS, or a value that its property cannot take.",
    CssUnknownProperty "css-unknown-property" Warning "A property that there is not.",
    CssUnsupported "css-unsupported" Warning "A declaration that the PDF cannot honour.",
    CssMissingFile "css-missing-file" Warning "A file that a stylesheet names was not found, or may not be had.",
    ImportUnreadable "import-unreadable" Error "An export that could not be read.",
    ImportMalformed "import-malformed" Warning "An export that is malformed was read as far as it goes.",
    ImportLoss "import-loss" Warning "Something of an export that Markdown cannot hold, or that is not known.",
    ImportKept "import-kept" Warning "A post was not written, for its file is there already.",
    OutputUnwritable "output-unwritable" Error "An output file could not be written.",
    InternalError "internal-error" Error "A fault of the program itself: one part of the book was left out.",
}

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The book is made; something in it is not as written.
    Warning,
    /// No book is made.
    Error,
}

/// A line of a file, of which no more is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLine {
    /// The file, as the user named it.
    pub path: String,
    /// The line, from one, where it is known.
    pub line: Option<u64>,
}

/// One thing to tell the user.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// Where, if at a place in a file.
    pub span: Option<Span>,
    /// Where else the same was found.
    pub also: Vec<Span>,
    /// Where, if in a file that is too large to be held.
    pub file: Option<Box<FileLine>>,
    /// What was found.
    pub message: String,
    /// What to do about it.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// A diagnostic of the severity that `code` has.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            span: None,
            also: Vec::new(),
            file: None,
            message: abridged(&message.into()).into_owned(),
            hints: Vec::new(),
        }
    }

    /// At a place; at none if nobody wrote what it is about.
    pub fn at(self, span: impl Into<Option<Span>>) -> Self {
        Self { span: span.into().and_then(Span::attached), ..self }
    }

    /// In a file whose text is not held; at a line of it, from one, where that is known.
    pub(crate) fn in_file(self, path: &str, line: Option<u64>) -> Self {
        Self { file: Some(Box::new(FileLine { path: path.to_owned(), line })), ..self }
    }

    /// And at other places.
    pub fn also(self, mut places: Vec<Span>) -> Self {
        places.retain(|place| place.attached().is_some());
        Self { also: places, ..self }
    }

    /// With what to do about it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(abridged(&hint.into()).into_owned());
        self
    }
}

/// Makes one of those diagnostics of a kind that say the same of several places, at the first of
/// them.
pub(crate) fn join(code: Code, diagnostics: &mut Vec<Diagnostic>) {
    let mut firsts: BTreeMap<String, usize> = BTreeMap::new();
    let mut joined: Vec<Diagnostic> = Vec::new();
    for diagnostic in diagnostics.drain(..) {
        if diagnostic.code != code {
            joined.push(diagnostic);
            continue;
        }
        match firsts.entry(diagnostic.message.clone()) {
            Entry::Occupied(first) => {
                joined[*first.get()].also.extend(diagnostic.span);
            }
            Entry::Vacant(first) => {
                first.insert(joined.len());
                joined.push(diagnostic);
            }
        }
    }
    for at in firsts.into_values() {
        let also = joined[at].also.len();
        if also > 0 {
            joined[at].message.push_str(&format!(" ({} times)", also + 1));
        }
    }
    *diagnostics = joined;
}

/// A result that is there whatever was wrong, and what was wrong.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Warned<T> {
    /// The result.
    pub value: T,
    /// What was wrong, in the order of the input.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Warned<T> {
    /// The result, with its diagnostics moved to `sink`.
    pub(crate) fn into_value(self, sink: &mut Vec<Diagnostic>) -> T {
        sink.extend(self.diagnostics);
        self.value
    }
}

/// A result, or the errors for which there cannot be one.
pub(crate) type Outcome<T> = Result<Warned<T>, Vec<Diagnostic>>;

/// The candidate most like `word`, if one is near enough to be meant.
///
/// Near is an optimal string alignment distance (insertions, deletions, substitutions and swaps of
/// neighbours) of at most a third of the longer word's length, letter case aside.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let letters = candidate.to_lowercase();
            let distance = strsim::osa_distance(&word, &letters);
            let near = distance <= length.max(letters.chars().count()).div_ceil(3);
            near.then_some((distance, candidate))
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_finds_a_slip_and_no_stranger() {
        let keys = ["title", "subtitle", "gather", "notes"];
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("Gater", keys), Some("gather"));
        assert_eq!(nearest("colour", keys), None);
    }

    #[test]
    fn code_names_are_unique() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
