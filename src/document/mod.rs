//! The tree that both editions are made from.
//!
//! `markdown` makes it, `resolve` puts targets, notes and pictures into it, `book` numbers it,
//! and `epub` and `typeset` read it. Every node knows where in the sources it came from.

mod citation;
#[cfg(test)]
pub(crate) mod debug_tree;
mod id;
mod index_mark;
mod phrase;
mod picture;
mod spoken;
mod text;
mod visit;

pub(crate) use citation::{
    Citation, CitationAuthor, CitationItem, Locator, LocatorKind, ReferenceId,
};
pub(crate) use id::{slug, transliterated, valid_id};
pub(crate) use index_mark::{IndexExtent, IndexMark};
pub(crate) use phrase::PhraseRole;
pub use picture::PictureId;
pub(crate) use picture::{LoadedPicture, Picture, PictureFormat, Pictures};
pub(crate) use text::{
    count_words, end_of, footnote_labels, plain_text, split_at, spoken_text, words_of,
};
pub(crate) use visit::{
    Visit, VisitMut, walk_block, walk_block_mut, walk_inline, walk_inline_mut,
};

use crate::source::Span;

/// One post as it was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Document {
    /// The text.
    pub blocks: Vec<Block>,
    /// The footnotes that the post defines, in the order of their definitions.
    pub footnotes: Vec<Footnote>,
    /// What readers wrote below it, as far as the book has it.
    pub comments: Vec<Comment>,
}

/// What a reader wrote.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Comment {
    /// Who, as the book has it; empty if nobody is named.
    pub name: String,
    /// When.
    pub date: Option<jiff::civil::Date>,
    /// How many others it answers, one answering the next.
    pub depth: u8,
    /// The words.
    pub blocks: Vec<Block>,
}

/// The definition of a footnote, `[^label]: …`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Footnote {
    /// The label, unique only within its post.
    pub label: String,
    /// What the note says.
    pub blocks: Vec<Block>,
    /// The definition's place.
    pub span: Span,
}

/// Names a chapter: its position in the order of the whole book, from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChapterId(pub u32);

/// Names a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId {
    /// The chapter that refers to it.
    pub chapter: ChapterId,
    /// Which of that chapter's notes, in the order in which they were found.
    pub index: u32,
}

/// What any element may carry from `{#id .class}` or from HTML.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Attributes {
    /// An identifier, unique within its chapter.
    pub id: Option<String>,
    /// Class names, without doubles.
    pub classes: Vec<String>,
    /// A BCP 47 language tag, where it differs from the chapter's.
    pub lang: Option<String>,
    /// The direction in which it is written, where it is said.
    pub dir: Option<Direction>,
    /// Declarations of CSS that the author gave it: those that a book can honour, nothing else.
    pub style: Option<String>,
    /// What it marks for the index; `book` takes it.
    pub index: Option<Box<IndexMark>>,
}

/// A direction of writing, as `dir` says it in HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
    /// That of its first letter.
    Auto,
}

impl Direction {
    /// The value of `dir`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
            Self::Auto => "auto",
        }
    }
}

/// A part of the text that stands on lines of its own.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its id, classes and language.
    pub attributes: Attributes,
    /// Where it was written.
    pub span: Span,
}

/// Part of code, in bytes, and what it is in the code's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodeRun {
    /// Which part.
    pub range: std::ops::Range<usize>,
    /// What it is.
    pub class: CodeClass,
    /// Where it leads, if it is a link.
    pub address: Option<String>,
}

/// What a word of code is, by its language or by the markup that HTML has in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeClass {
    /// A comment.
    Comment,
    /// Quoted text.
    String,
    /// A number, or another constant.
    Constant,
    /// A word of the language itself.
    Keyword,
    /// The name of a function.
    Function,
    /// The name of a type, or of an attribute.
    Type,
    /// A line that a change adds.
    Inserted,
    /// A line that a change takes away.
    Deleted,
    /// What its author set in bold.
    Strong,
    /// What its author emphasised.
    Emphasis,
    /// A link.
    Link,
}

/// The kinds of [`Block`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum BlockKind {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A heading below the chapter's title: `level` 2 to 6, none skipped on the way down.
    Heading {
        /// 2 to 6.
        level: u8,
        /// Its words.
        content: Vec<Inline>,
    },
    /// A quotation.
    Quotation {
        /// The text quoted.
        blocks: Vec<Block>,
        /// The note that names its source, once `resolve` found one.
        source: Option<NoteId>,
        /// The address of its source.
        cite: Option<String>,
    },
    /// A bulleted or numbered list.
    List(List),
    /// Terms and what they mean.
    Definitions(Vec<Definition>),
    /// Preformatted text.
    Code {
        /// The language named after the fence.
        language: Option<String>,
        /// The text, without a closing line break.
        text: String,
        /// What its words are, in order; nothing is said of what stands between.
        runs: Vec<CodeRun>,
    },
    /// A table.
    Table(Table),
    /// Pictures (or other blocks) with a caption.
    Figure(Figure),
    /// A displayed formula.
    Math(Math),
    /// A break between scenes.
    ThematicBreak,
    /// Blocks held together by an HTML element.
    Division {
        /// Which one.
        role: Division,
        /// What it holds.
        blocks: Vec<Block>,
    },
}

/// The HTML element that a [`BlockKind::Division`] came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Division {
    /// `div`, or a container.
    Plain,
    /// `center`.
    Center,
    /// `section`, `article`.
    Section,
    /// `aside`.
    Aside,
    /// `details`: always open in a book.
    Details,
    /// `summary`: the line that stands for its `details`.
    Summary,
    /// What the book's editor says before or after a chapter.
    EditorsNote,
}

/// A bulleted or numbered list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct List {
    /// The first number, if numbered.
    pub start: Option<i64>,
    /// Whether the numbers go down.
    pub reversed: bool,
    /// Whether its items stand close, without space between them.
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// One item of a [`List`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListItem {
    /// For an item with a box: whether it is ticked.
    pub task: Option<bool>,
    /// The number that the author gave it.
    pub value: Option<i64>,
    /// What else HTML says of it; its id is that of its first block.
    pub attributes: Attributes,
    /// What it holds.
    pub blocks: Vec<Block>,
    /// Where it was written.
    pub span: Span,
}

/// Terms that share one or more meanings.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Definition {
    /// The terms.
    pub terms: Vec<Vec<Inline>>,
    /// The meanings.
    pub descriptions: Vec<Vec<Block>>,
}

/// A table. Rows may be shorter than `columns`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    /// Its caption; empty if none.
    pub caption: Vec<Inline>,
    /// How each column is set.
    pub columns: Vec<Alignment>,
    /// The rows at its head.
    pub head: Vec<Row>,
    /// The other rows.
    pub body: Vec<Row>,
}

/// How the cells of a column are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Alignment {
    /// As the language is written.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// Against the far edge.
    End,
}

/// A row of a [`Table`].
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell of a [`Table`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    /// Whether it is a head, of its row or of its column.
    pub head: bool,
    /// How many columns it takes, one or more.
    pub columns: u16,
    /// How many rows it takes, one or more.
    pub rows: u16,
    /// What else HTML says of it; its id is that of its first block.
    pub attributes: Attributes,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A figure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    /// What is shown: as a rule a paragraph with one picture.
    pub blocks: Vec<Block>,
    /// The caption; empty if none.
    pub caption: Vec<Inline>,
    /// Who made the picture; empty if nobody is named.
    pub credit: Vec<Inline>,
}

/// A formula.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Math {
    /// Its LaTeX.
    pub source: String,
    /// Its MathML, a whole `math` element, if the LaTeX could be understood.
    pub mathml: Option<String>,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Where it was written.
    pub span: Span,
}

/// The kinds of [`Inline`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum InlineKind {
    /// Words. Line ends of the source are spaces already.
    Text(String),
    /// Words set apart.
    Phrase(Phrase),
    /// Preformatted words.
    Code(String),
    /// A link.
    Link {
        /// Where it leads.
        target: Target,
        /// Its title; empty if none.
        title: String,
        /// Its words.
        content: Vec<Inline>,
    },
    /// A picture within a line.
    Picture(Picture),
    /// The mark that refers to a note.
    NoteReference(NoteReference),
    /// A reference to a footnote by its label; `resolve` makes it a [`NoteReference`].
    FootnoteReference(String),
    /// A citation of works by their references; `book` makes words of it.
    Citation(Citation),
    /// A formula within a line.
    Math(Math),
    /// A line ends here.
    LineBreak,
    /// Text with its reading beside it.
    Ruby {
        /// The text.
        base: Vec<Inline>,
        /// Its reading.
        reading: Vec<Inline>,
    },
}

/// Words set apart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Phrase {
    /// In what way.
    pub role: PhraseRole,
    /// The words.
    pub content: Vec<Inline>,
    /// Id, classes and language.
    pub attributes: Attributes,
    /// The long form of an abbreviation, the moment of a time; empty if none.
    pub title: String,
}

/// Stands before the name of another post where a blog's generator looks that up: `post:a-walk`.
pub(crate) const POST_SCHEME: &str = "post:";

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// As the post has it. None is left after `resolve`.
    Unresolved(String),
    /// An address outside the book, with its scheme.
    Address(String),
    /// A chapter, or a place in it.
    Chapter {
        /// Which.
        chapter: ChapterId,
        /// The id of a place in it.
        id: Option<String>,
    },
    /// A note, without a mark of its own.
    Note(NoteId),
    /// A reference to a note, by its occurrence: the place that the note belongs to.
    Reference(NoteId, u32),
}

/// The mark that refers to a note. `book` numbers it; until then both numbers are zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoteReference {
    /// The note.
    pub note: NoteId,
    /// The number that is printed.
    pub number: u32,
    /// Which reference to this note it is, from one.
    pub occurrence: u32,
}

/// A note that `resolve` made, from a footnote or from a source.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Note {
    /// Its name.
    pub id: NoteId,
    /// Its number, from one; zero until `book` numbers it.
    pub number: u32,
    /// How many references lead to it.
    pub references: u32,
    /// The source that it names, if it names one on the web or an outlet.
    pub source: Option<SourceName>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A source by the name that the post has for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceName {
    /// The outlet's name; empty if only the address is known.
    pub name: String,
    /// Where it is on the web, if it is there.
    pub address: Option<String>,
}

impl Attributes {
    /// Adds declarations of CSS.
    pub(crate) fn add_style(&mut self, declarations: &str) {
        let style = self.style.get_or_insert_default();
        if !style.is_empty() && !declarations.is_empty() {
            style.push_str("; ");
        }
        style.push_str(declarations);
    }

    /// Whether the element is a place, even if there is nothing in it.
    pub(crate) fn is_place(&self) -> bool {
        self.id.is_some() || self.index.is_some()
    }

    /// Adds a class that is not there yet.
    pub(crate) fn add_class(&mut self, class: &str) {
        if !self.classes.iter().any(|known| known == class) {
            self.classes.push(class.to_owned());
        }
    }
}

impl Phrase {
    /// Whether it stands for something, even if there is nothing in it.
    pub(crate) fn is_kept(&self) -> bool {
        self.attributes.is_place() || self.role == PhraseRole::Reference
    }
}

impl Block {
    /// A block without attributes.
    pub(crate) fn new(kind: BlockKind, span: Span) -> Self {
        Self { kind, attributes: Attributes::default(), span }
    }
}

impl Inline {
    /// An inline at a place.
    pub(crate) fn new(kind: InlineKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// Words at a place.
    pub(crate) fn text(text: impl Into<String>, span: Span) -> Self {
        Self::new(InlineKind::Text(text.into()), span)
    }

    /// A link whose words are to be made of what it leads to.
    pub(crate) fn reference(target: Target, span: Span) -> Self {
        let words = Self::phrase(PhraseRole::Reference, Vec::new(), span);
        let kind =
            InlineKind::Link { target, title: String::new(), content: vec![words] };
        Self::new(kind, span)
    }

    /// What it leads to, if it is a link whose words are made of that.
    pub(crate) fn reference_target(&self) -> Option<&Target> {
        match &self.kind {
            InlineKind::Link { target, content, .. } => match content.as_slice() {
                [Self { kind: InlineKind::Phrase(phrase), .. }] => {
                    (phrase.role == PhraseRole::Reference).then_some(target)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Words set apart, without attributes.
    pub(crate) fn phrase(role: PhraseRole, content: Vec<Inline>, span: Span) -> Self {
        let phrase = Phrase {
            role,
            content,
            attributes: Attributes::default(),
            title: String::new(),
        };
        Self::new(InlineKind::Phrase(phrase), span)
    }
}
