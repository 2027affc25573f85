//! From the text of `book.yaml` to [`BookConfig`].

use super::reader::{Field, Fields, Reader};
use super::{
    BookConfig, Edits, EpubSettings, IndexSettings, Isbns, NoteSettings, PdfSettings,
    PictureFormats, Piece, SectionEntry, SectionKind, Selection, StyleName, TextSpans,
    chapters, chronology, comments, edits, index, isbn, notes, numbers, pages, pieces,
    sections, selection, volumes, yaml,
};
use crate::diag::{Code, Diagnostic, Outcome, Severity, Warned};
use crate::language::Language;
use crate::source::{FileId, Sources, Span};
use crate::world::{ReadError, World};

const KEYS: &[&str] = &[
    "title",
    "subtitle",
    "authors",
    "author",
    "language",
    "publisher",
    "rights",
    "description",
    "date",
    "identifier",
    "copyright",
    "edition",
    "site",
    "gather",
    "front",
    "back",
    "chapter-numbers",
    "chapter-label",
    "chapter-numbering",
    "part-numbers",
    "part-label",
    "authors-file",
    "contents",
    "chapter-opening",
    "chapter-closing",
    "chapter-source",
    "omit",
    "replace",
    "volumes",
    "chapters",
    "notes",
    "sources",
    "bibliography",
    "cover",
    "styles",
    "smart-punctuation",
    "code",
    "list-of-figures",
    "list-of-tables",
    "chronology",
    "comments",
    "index",
    "epub",
    "pdf",
];

/// Reads the book's settings from the file at `path`.
///
/// # Errors
/// Every diagnostic, if one of them is an error: the file is absent or is not YAML, a key is
/// unknown or missing, or a value does not fit its key.
pub(crate) fn read(
    world: &dyn World,
    path: &str,
    sources: &mut Sources,
) -> Outcome<BookConfig> {
    let text = load(world, path).map_err(|diagnostic| vec![diagnostic])?;
    let file = sources.add(path, text.as_str());
    let value = yaml::parse(&text, file, 0).map_err(|malformed| {
        let mut diagnostic = Diagnostic::new(
            Code::ConfigUnreadable,
            format!("{path} is not YAML: {}", malformed.message),
        )
        .at(malformed.span);
        diagnostic.hints.extend(malformed.hint.map(str::to_owned));
        vec![diagnostic]
    })?;
    let mut reader = Reader::default();
    let value = value.cleaned(&mut reader.diagnostics);
    let fields = reader.fields(value, "", KEYS);
    let mut config = book(&mut reader, fields, file);
    let mut diagnostics = reader.diagnostics;
    if let Some(config) = &mut config {
        config.index.read_terms(world, sources, &mut diagnostics);
        config.chronology.read_events(world, sources, &mut diagnostics);
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    match config {
        Some(value) if !diagnostics.iter().any(|d| d.severity == Severity::Error) => {
            Ok(Warned { value, diagnostics })
        }
        _ => Err(diagnostics),
    }
}

fn load(world: &dyn World, path: &str) -> Result<String, Diagnostic> {
    let unreadable = |message| Diagnostic::new(Code::ConfigUnreadable, message);
    let bytes = world.read(path).map_err(|error| match error {
        ReadError::NotFound => unreadable(format!("there is no {path} here"))
            .hint("`bindery new DIR` begins a book; `--book FILE` names one elsewhere"),
        ReadError::Failed(reason) => {
            unreadable(format!("{path} cannot be read: {reason}"))
        }
    })?;
    String::from_utf8(bytes.to_vec()).map_err(|_| {
        unreadable(format!("{path} is not UTF-8 text")).hint("save it as UTF-8")
    })
}

/// The settings; none if there is no title, which is then told.
fn book(reader: &mut Reader, mut fields: Fields, file: FileId) -> Option<BookConfig> {
    let spans = spans(&fields);
    let title = fields.take("title").map(|field| reader.text(field));
    if title.is_none() {
        let message = "the book has no title";
        let hint = "add a line `title: …`";
        reader.error(Code::MissingKey, Span::new(file, 0..0), message, hint);
    }
    let (authors, named_at) = authors(reader, &mut fields).into_iter().unzip();
    let (pieces, is_written) = pieces::read(reader, &mut fields);
    let authors_file = authors_file(reader, &mut fields);
    let mut back = section_entries(reader, &mut fields, "back");
    // Biographies stand at the back, unless they stand after chapters.
    if let Some(StyleName { name, span }) =
        authors_file.clone().filter(|_| !pieces.has(Piece::Biography))
    {
        let kind = SectionKind::AboutTheAuthor;
        back.push(SectionEntry { kind, file: Some(name), span });
    }
    let mut config = BookConfig {
        file,
        title: title.flatten().unwrap_or_default(),
        subtitle: text(reader, &mut fields, "subtitle"),
        authors,
        spans: TextSpans { authors: named_at, ..spans },
        language: language(reader, &mut fields),
        publisher: text(reader, &mut fields, "publisher"),
        rights: text(reader, &mut fields, "rights"),
        description: text(reader, &mut fields, "description"),
        date: fields.take("date").and_then(|field| reader.date(&field)),
        isbns: fields
            .take("identifier")
            .map_or_else(Isbns::default, |field| isbn::read(reader, field)),
        copyright: text(reader, &mut fields, "copyright"),
        edition: text(reader, &mut fields, "edition"),
        site: site(reader, &mut fields),
        gather: fields
            .take("gather")
            .map_or_else(Selection::default, |field| selection::read(reader, field)),
        front: sections::front(section_entries(reader, &mut fields, "front")),
        back: sections::back(back),
        authors_file,
        chapter_numbers: numbers::read(
            reader,
            &mut fields,
            ["chapter-numbers", "chapter-label"],
        ),
        chapter_numbers_begin_with_parts: numbers::begins_with_parts(reader, &mut fields),
        part_numbers: numbers::read(reader, &mut fields, ["part-numbers", "part-label"]),
        pieces,
        contents_authors: fields
            .take("contents")
            .and_then(|field| pieces::contents(reader, field))
            .unwrap_or_default(),
        edits: edits(reader, &mut fields),
        volumes: fields.take("volumes").and_then(|field| volumes::read(reader, field)),
        notes: fields
            .take("notes")
            .map_or_else(NoteSettings::default, |field| notes::read(reader, field)),
        bibliography: fields
            .take("bibliography")
            .and_then(|field| notes::bibliography(reader, field)),
        sources: fields
            .take("sources")
            .map_or_else(Vec::new, |field| notes::sources(reader, field)),
        cover: text(reader, &mut fields, "cover"),
        styles: styles(reader, &mut fields),
        smart_punctuation: fields
            .take("smart-punctuation")
            .and_then(|field| reader.flag(&field))
            .unwrap_or(true),
        highlight_code: fields
            .take("code")
            .and_then(|field| highlight(reader, field))
            .unwrap_or(true),
        list_of_figures: fields
            .take("list-of-figures")
            .and_then(|field| reader.flag(&field))
            .unwrap_or(false),
        list_of_tables: fields
            .take("list-of-tables")
            .and_then(|field| reader.flag(&field))
            .unwrap_or(false),
        comments: fields
            .take("comments")
            .map(|field| comments::read(reader, field))
            .unwrap_or_default(),
        chronology: fields
            .take("chronology")
            .map(|field| chronology::read(reader, field))
            .unwrap_or_default(),
        index: fields
            .take("index")
            .map_or_else(IndexSettings::default, |field| index::read(reader, field)),
        epub: fields
            .take("epub")
            .map_or_else(EpubSettings::default, |field| epub(reader, field)),
        pdf: fields
            .take("pdf")
            .map_or_else(PdfSettings::default, |field| pages::read(reader, field)),
    };
    // Who says that the lead picture stands at the head wants one, and who leaves it out does not.
    if is_written || config.pieces.closing.contains(&Piece::LeadPicture) {
        config.gather.lead_picture = config.pieces.has(Piece::LeadPicture);
    }
    (!config.title.is_empty()).then_some(config)
}

fn section_entries(
    reader: &mut Reader,
    fields: &mut Fields,
    key: &str,
) -> Vec<SectionEntry> {
    fields.take(key).map(|field| sections::read(reader, field)).unwrap_or_default()
}

fn authors_file(reader: &mut Reader, fields: &mut Fields) -> Option<StyleName> {
    let field = fields.take("authors-file")?;
    let span = field.value.span;
    reader.text(field).map(|name| StyleName { name, span })
}

fn edits(reader: &mut Reader, fields: &mut Fields) -> Edits {
    let omit = fields.take("omit").map(|field| edits::omit(reader, field));
    let replace = fields.take("replace").map(|field| edits::replace(reader, field));
    let chapters = fields.take("chapters").map(|field| chapters::read(reader, field));
    Edits {
        omit: omit.unwrap_or_default(),
        replace: replace.unwrap_or_default(),
        chapters: chapters.unwrap_or_default(),
    }
}

fn text(reader: &mut Reader, fields: &mut Fields, key: &str) -> Option<String> {
    fields.take(key).and_then(|field| reader.text(field))
}

pub(super) fn strings(
    reader: &mut Reader,
    fields: &mut Fields,
    key: &str,
) -> Vec<String> {
    let texts = fields.take(key).map(|field| reader.texts(&field)).unwrap_or_default();
    texts.into_iter().map(|(text, _)| text).collect()
}

fn styles(reader: &mut Reader, fields: &mut Fields) -> Vec<StyleName> {
    let names = fields.take("styles").map(|field| reader.texts(&field));
    let names = names.unwrap_or_default().into_iter();
    names.map(|(name, span)| StyleName { name, span }).collect()
}

/// Where texts were written, all but the authors' names; to be asked before they are taken.
fn spans(fields: &Fields) -> TextSpans {
    let span = |key| fields.span(key).unwrap_or(Span::DETACHED);
    TextSpans {
        title: span("title"),
        subtitle: span("subtitle"),
        authors: Vec::new(),
        language: span("language"),
        publisher: span("publisher"),
        rights: span("rights"),
        copyright: span("copyright"),
        edition: span("edition"),
    }
}

/// The authors, each with where the name was written.
fn authors(reader: &mut Reader, fields: &mut Fields) -> Vec<(String, Span)> {
    let named = ["authors", "author"].map(|key| fields.take(key));
    named.iter().flatten().flat_map(|field| reader.texts(field)).collect()
}

fn language(reader: &mut Reader, fields: &mut Fields) -> Language {
    let field = fields.take("language");
    let language = field.and_then(|field| {
        let language = Language::parse(field.value.text().unwrap_or_default());
        language.or_else(|| {
            reader.misfit(&field, "it takes a BCP 47 tag, such as `en`, `en-GB` or `ko`")
        })
    });
    language.or_else(|| Language::parse("en")).expect("`en` is a language")
}

fn site(reader: &mut Reader, fields: &mut Fields) -> Option<String> {
    let field = fields.take("site")?;
    let text = field.value.text().unwrap_or_default();
    let lower = text.to_ascii_lowercase();
    let host = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !text.contains(char::is_whitespace) => {
            Some(text.to_owned())
        }
        _ => reader.misfit(&field, "it takes an address, such as `https://example.org/`"),
    }
}

fn epub(reader: &mut Reader, field: Field) -> EpubSettings {
    let default = EpubSettings::default();
    let known = ["toc-depth", "embed-fonts", "pictures", "max-image"];
    let mut fields = reader.fields(field.value, "epub.", &known);
    let depth = fields.take("toc-depth").and_then(|field| reader.number(&field, 1, 6));
    let embed = fields.take("embed-fonts").and_then(|field| reader.flag(&field));
    let formats = [
        ("compatible", PictureFormats::Compatible),
        ("original", PictureFormats::Original),
    ];
    let pictures =
        fields.take("pictures").and_then(|field| reader.choice(&field, &formats));
    let max_image = fields.take("max-image").and_then(|field| max_image(reader, &field));
    EpubSettings {
        toc_depth: depth.unwrap_or(default.toc_depth),
        embed_fonts: embed.unwrap_or(default.embed_fonts),
        pictures: pictures.unwrap_or(default.pictures),
        max_image: max_image.unwrap_or(default.max_image),
    }
}

/// `epub.max-image`.
fn max_image(reader: &mut Reader, field: &Field) -> Option<Option<u64>> {
    /// With fewer pixels there is not much to see.
    const LEAST: u64 = 10_000;
    let text = field.value.text().unwrap_or_default();
    if text == "none" {
        return Some(None);
    }
    let pixels = text.replace('_', "").parse().ok().filter(|pixels| *pixels >= LEAST);
    pixels.map(Some).or_else(|| {
        reader.misfit(field, "it takes `none`, or a number of pixels from 10000 on")
    })
}

/// `code.highlight`.
fn highlight(reader: &mut Reader, field: Field) -> Option<bool> {
    let mut fields = reader.fields(field.value, "code.", &["highlight"]);
    fields.take("highlight").and_then(|field| reader.flag(&field))
}

#[cfg(test)]
mod tests;
