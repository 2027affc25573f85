//! `chapter-opening`, `chapter-closing` and `chapter-source`: what stands at the head and at the end of
//! each chapter.

use super::reader::{Field, Fields, Reader};
use super::value::Value;
use crate::diag::Code;

/// What stands at the head and at the end of each chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChapterPieces {
    /// `chapter-opening`, in this order.
    pub opening: Vec<Piece>,
    /// `chapter-closing`, in this order.
    pub closing: Vec<Piece>,
    /// `chapter-source`: how the address of a post is printed.
    pub source: SourcePlace,
}

/// A piece of the head or the end of a chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    /// `number`: that of the chapter.
    Number,
    /// `title`.
    Title,
    /// `byline`: the authors, where they are not those of the book.
    Byline,
    /// `dateline`: the day on which the post was first posted.
    Dateline,
    /// `summary`: what the header says of the post.
    Summary,
    /// `lead-picture`: the picture that the header names.
    LeadPicture,
    /// `source`: the address of the post.
    Source,
    /// `tags`.
    Tags,
    /// `biography`: who wrote it, from `authors-file`; at the end only.
    Biography,
    /// `updated`: the day on which the post was changed last.
    Updated,
}

/// How the address of a post is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum SourcePlace {
    /// `text`: as a line.
    #[default]
    Text,
    /// `note`: in a note to the title.
    Note,
    /// `qr`: as a line, on paper with a code for the telephone beside it.
    Qr,
}

/// `contents.authors`: whether the contents name the authors of chapters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum ContentsAuthors {
    /// `auto`: where they are not those of the book, in a book whose chapters are by several.
    #[default]
    Auto,
    /// `always`.
    Always,
    /// `never`.
    Never,
}

impl Default for ChapterPieces {
    fn default() -> Self {
        Self {
            opening: Self::OPENING.to_vec(),
            closing: Vec::new(),
            source: SourcePlace::default(),
        }
    }
}

impl ChapterPieces {
    /// What stands at the head of a chapter unless the book says something else.
    pub(crate) const OPENING: [Piece; 5] =
        [Piece::Number, Piece::Title, Piece::Byline, Piece::Dateline, Piece::LeadPicture];

    /// Whether a piece stands anywhere.
    pub(crate) fn has(&self, piece: Piece) -> bool {
        self.opening.contains(&piece) || self.closing.contains(&piece)
    }

    /// Whether the lead picture is the last piece of the head, so that the text begins with it.
    pub(crate) fn text_begins_with_picture(&self) -> bool {
        self.opening.last() == Some(&Piece::LeadPicture)
    }
}

/// What `chapter-closing` takes from the third on, and `chapter-opening` but for the last.
const PIECES: [(&str, Piece); 10] = [
    ("number", Piece::Number),
    ("title", Piece::Title),
    ("byline", Piece::Byline),
    ("dateline", Piece::Dateline),
    ("summary", Piece::Summary),
    ("lead-picture", Piece::LeadPicture),
    ("source", Piece::Source),
    ("tags", Piece::Tags),
    ("updated", Piece::Updated),
    ("biography", Piece::Biography),
];

/// Reads them. Says too whether the opening was written.
pub(super) fn read(reader: &mut Reader, fields: &mut Fields) -> (ChapterPieces, bool) {
    let mut pieces = ChapterPieces::default();
    let opening = fields.take("chapter-opening");
    let is_written = opening.is_some();
    if let Some(field) = opening {
        pieces.opening = list(reader, &field, &PIECES[..9]);
        if !pieces.opening.contains(&Piece::Title) {
            let message = "`chapter-opening` has no `title`";
            let hint = "every chapter has one: contents and links lead to it";
            reader.error(Code::InvalidValue, field.value.span, message, hint);
        }
    }
    if let Some(field) = fields.take("chapter-closing") {
        pieces.closing = list(reader, &field, &PIECES[2..]);
        let both = pieces.closing.iter().find(|it| pieces.opening.contains(it));
        let both = both.filter(|_| is_written);
        if let Some((name, _)) = PIECES.iter().find(|(_, it)| Some(it) == both) {
            let message = format!("`{name}` stands in `chapter-opening`, too");
            let hint = "a piece stands once in a chapter";
            reader.error(Code::InvalidValue, field.value.span, message, hint);
        }
        // What moves to the end is no longer at the head.
        let closing = &pieces.closing;
        pieces.opening.retain(|it| is_written || !closing.contains(it));
    }
    let source = [
        ("text", SourcePlace::Text),
        ("note", SourcePlace::Note),
        ("qr", SourcePlace::Qr),
    ];
    let field = fields.take("chapter-source");
    pieces.source =
        field.and_then(|field| reader.choice(&field, &source)).unwrap_or_default();
    (pieces, is_written)
}

/// Reads `contents`.
pub(super) fn contents(reader: &mut Reader, field: Field) -> Option<ContentsAuthors> {
    let choices = [
        ("auto", ContentsAuthors::Auto),
        ("always", ContentsAuthors::Always),
        ("never", ContentsAuthors::Never),
    ];
    let mut fields = reader.fields(field.value, "contents.", &["authors"]);
    fields.take("authors").and_then(|field| reader.choice(&field, &choices))
}

fn list(reader: &mut Reader, field: &Field, known: &[(&str, Piece)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for item in field.value.items() {
        let Value { span, .. } = *item;
        let own = Field { key: field.key.clone(), value: item.clone() };
        let Some(piece) = reader.choice(&own, known) else { continue };
        if pieces.contains(&piece) {
            let message = format!("`{}` has `{}` twice", field.key, item_name(item));
            reader.error(Code::InvalidValue, span, message, "keep one of the two");
            continue;
        }
        pieces.push(piece);
    }
    pieces
}

fn item_name(item: &Value) -> &str {
    item.text().unwrap_or_default()
}
