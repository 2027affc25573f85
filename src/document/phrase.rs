//! How words are set apart within a line.

/// The ways in which words are set apart, each by the HTML element that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PhraseRole {
    /// `em`.
    Emphasis,
    /// `strong`.
    Strong,
    /// `i`.
    Italic,
    /// `b`.
    Bold,
    /// `u`.
    Underline,
    /// `s`.
    Strike,
    /// `sub`.
    Subscript,
    /// `sup`.
    Superscript,
    /// `small`.
    Small,
    /// `mark`.
    Mark,
    /// `kbd`.
    Keyboard,
    /// `abbr`.
    Abbreviation,
    /// `cite`.
    Cite,
    /// `q`.
    Quote,
    /// `time`.
    Time,
    /// `del`.
    Deleted,
    /// `ins`.
    Inserted,
    /// `span`.
    Span,
    /// `bdi`: its direction does not mix with what is around it.
    Isolate,
    /// `bdo`: all of its characters go in its direction.
    Override,
    /// In a link: words that say what it leads to, which `book` makes.
    Reference,
}

impl PhraseRole {
    /// The name of the element.
    pub(crate) fn element(self) -> &'static str {
        match self {
            Self::Emphasis => "em",
            Self::Strong => "strong",
            Self::Italic => "i",
            Self::Bold => "b",
            Self::Underline => "u",
            Self::Strike => "s",
            Self::Subscript => "sub",
            Self::Superscript => "sup",
            Self::Small => "small",
            Self::Mark => "mark",
            Self::Keyboard => "kbd",
            Self::Abbreviation => "abbr",
            Self::Cite => "cite",
            Self::Quote => "q",
            Self::Time => "time",
            Self::Deleted => "del",
            Self::Inserted => "ins",
            Self::Span | Self::Reference => "span",
            Self::Isolate => "bdi",
            Self::Override => "bdo",
        }
    }
}
