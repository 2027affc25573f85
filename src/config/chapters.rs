//! `chapters`: what the book says of single chapters, where their posts say something else.

use jiff::civil::Date;

use super::TagName;
use super::edits::{Omission, Omitted};
use super::reader::{Field, Reader};
use super::value::{Entry, Kind, Value};
use crate::diag::Code;
use crate::source::Span;

/// What the book says of a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChapterEdit {
    /// The slug or the path of its post.
    pub post: TagName,
    /// `title`.
    pub title: Option<TagName>,
    /// `short-title`: what stands in running heads.
    pub short_title: Option<String>,
    /// `date`.
    pub date: Option<Date>,
    /// `author`, or `authors`.
    pub authors: Option<Vec<String>>,
    /// `omit`: headings with their sections, or the places that `#id` names.
    pub omit: Vec<Omission>,
    /// `intro`.
    pub intro: Option<EditorsNote>,
    /// `outro`.
    pub outro: Option<EditorsNote>,
    /// `lead-picture`.
    pub lead_picture: Option<LeadChoice>,
}

/// What an editor says before or after a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EditorsNote {
    /// Markdown, or the path of a file of it.
    pub text: String,
    /// Where it was written.
    pub span: Span,
}

/// The picture above the text of a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LeadChoice {
    /// There is none.
    None,
    /// This one.
    File {
        /// Its path.
        path: String,
        /// `alt`: the words that stand for it; empty if none.
        alt: String,
        /// `caption`; empty if none.
        caption: String,
        /// Where the path was written.
        span: Span,
    },
}

/// Reads `chapters`.
pub(super) fn read(reader: &mut Reader, field: Field) -> Vec<ChapterEdit> {
    let Field { key, value } = field;
    match value.kind {
        Kind::Map(entries) => {
            entries.into_iter().map(|entry| chapter(reader, entry)).collect()
        }
        _ => {
            let hint = "it takes slugs with what is said of them: \
                        `{a-walk: {title: A Walk by the Sea}}`";
            reader.misfit::<()>(&Field { key, value }, hint);
            Vec::new()
        }
    }
}

fn chapter(reader: &mut Reader, entry: Entry) -> ChapterEdit {
    const KEYS: [&str; 9] = [
        "title",
        "short-title",
        "date",
        "author",
        "authors",
        "omit",
        "intro",
        "outro",
        "lead-picture",
    ];
    let post = TagName { name: entry.key, span: Some(entry.span) };
    let mut fields = reader.fields(entry.value, "chapters.*.", &KEYS);
    let mut text =
        |reader: &mut Reader, key| fields.take(key).and_then(|field| reader.name(field));
    let title = text(reader, "title");
    let short_title = text(reader, "short-title").map(|it| it.name);
    let mut note = |reader: &mut Reader, key| {
        let TagName { name: text, span } = text(reader, key)?;
        span.map(|span| EditorsNote { text, span })
    };
    let (intro, outro) = (note(reader, "intro"), note(reader, "outro"));
    let lead_picture =
        fields.take("lead-picture").and_then(|field| lead_picture(reader, field));
    let date = fields.take("date").and_then(|field| reader.date(&field));
    let authors = fields.take("authors").or_else(|| fields.take("author"));
    let authors = authors.map(|field| reader.texts(&field));
    let authors = authors.map(|names| names.into_iter().map(|(name, _)| name).collect());
    let omit = fields.take("omit").map(|field| omit(reader, &field.value));
    let omit = omit.unwrap_or_default();
    ChapterEdit {
        post,
        title,
        short_title,
        date,
        authors,
        omit,
        intro,
        outro,
        lead_picture,
    }
}

/// `none`, a path, or `{file: …, alt: …, caption: …}`.
fn lead_picture(reader: &mut Reader, field: Field) -> Option<LeadChoice> {
    const KEYS: [&str; 3] = ["file", "alt", "caption"];
    let mut span = field.value.span;
    if !matches!(field.value.kind, Kind::Map(_)) {
        let path = reader.text(field)?;
        let (alt, caption) = Default::default();
        return Some(match path.as_str() {
            "none" => LeadChoice::None,
            _ => LeadChoice::File { path, alt, caption, span },
        });
    }
    let mut fields = reader.fields(field.value, "chapters.*.lead-picture.", &KEYS);
    span = fields.span("file").unwrap_or(span);
    let [path, alt, caption] =
        KEYS.map(|key| fields.take(key).and_then(|field| reader.text(field)));
    let Some(path) = path else {
        let message = "the lead picture has no file";
        let hint = "write `{file: quay.jpg, alt: A quay at dawn}`";
        reader.error(Code::MissingKey, span, message, hint);
        return None;
    };
    let (alt, caption) = (alt.unwrap_or_default(), caption.unwrap_or_default());
    Some(LeadChoice::File { path, alt, caption, span })
}

/// Headings, or `#id`.
fn omit(reader: &mut Reader, value: &Value) -> Vec<Omission> {
    let field = Field { key: "chapters.*.omit".to_owned(), value: value.clone() };
    let texts = reader.texts(&field).into_iter();
    let omission = |(text, span): (String, _)| {
        let what = match text.strip_prefix('#').filter(|id| !id.starts_with([' ', '#'])) {
            Some(id) => Omitted::Place(id.to_owned()),
            None => Omitted::Heading(text.trim_start_matches(['#', ' ']).to_owned()),
        };
        Omission { what, span }
    };
    texts.map(omission).collect()
}
