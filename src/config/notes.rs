//! `notes`, `bibliography` and `sources`: how the book cites.

use super::read::strings;
use super::reader::{Field, Fields, Reader};
use super::value::{Entry, Kind, Value};
use super::{
    BibliographySettings, CitationStyle, LinkPolicy, NamedSource, NoteMarks, NotePlace,
    NoteSettings, Numbering, PrintedReferences, QrCodes,
};
use crate::diag::Code;

/// Reads `notes`.
pub(super) fn read(reader: &mut Reader, field: Field) -> NoteSettings {
    const KEYS: [&str; 8] = [
        "place",
        "numbering",
        "marks",
        "links",
        "style",
        "boilerplate",
        "qr",
        "sources-quoted",
    ];
    let mut fields = reader.fields(field.value, "notes.", &KEYS);
    let place = [
        ("book", NotePlace::Book),
        ("chapter", NotePlace::Chapter),
        ("page", NotePlace::Page),
    ];
    let numbering = [("chapter", Numbering::Chapter), ("book", Numbering::Book)];
    let marks = [
        ("1", NoteMarks::Numbers),
        ("numbers", NoteMarks::Numbers),
        ("*†‡", NoteMarks::Symbols),
        ("symbols", NoteMarks::Symbols),
    ];
    let links = [
        ("note", LinkPolicy::Note),
        ("inline", LinkPolicy::Inline),
        ("drop", LinkPolicy::Drop),
    ];
    let qr =
        [("none", QrCodes::None), ("chapter", QrCodes::Chapter), ("note", QrCodes::Note)];
    NoteSettings {
        place: choice(reader, &mut fields, "place", &place),
        numbering: choice(reader, &mut fields, "numbering", &numbering),
        marks: choice(reader, &mut fields, "marks", &marks),
        links: choice(reader, &mut fields, "links", &links),
        style: style(reader, &mut fields),
        boilerplate: boilerplate(reader, &mut fields),
        qr: choice(reader, &mut fields, "qr", &qr),
        sources_quoted: fields
            .take("sources-quoted")
            .and_then(|field| reader.flag(&field))
            .unwrap_or(false),
    }
}

fn choice<T: Copy + Default>(
    reader: &mut Reader,
    fields: &mut Fields,
    key: &str,
    choices: &[(&str, T)],
) -> T {
    let field = fields.take(key);
    field.and_then(|field| reader.choice(&field, choices)).unwrap_or_default()
}

fn style(reader: &mut Reader, fields: &mut Fields) -> CitationStyle {
    let Some(field) = fields.take("style") else { return CitationStyle::default() };
    let span = field.value.span;
    match reader.text(field) {
        Some(name) if !name.eq_ignore_ascii_case("chicago") => {
            CitationStyle::Csl { name, span }
        }
        _ => CitationStyle::Chicago,
    }
}

/// An empty list is not the same as no list: it leaves nothing out.
fn boilerplate(reader: &mut Reader, fields: &mut Fields) -> Option<Vec<String>> {
    let field = fields.take("boilerplate")?;
    Some(reader.texts(&field).into_iter().map(|(text, _)| text).collect())
}

/// Reads `bibliography`: a path, or a map.
pub(super) fn bibliography(
    reader: &mut Reader,
    field: Field,
) -> Option<BibliographySettings> {
    let span = field.value.span;
    if !matches!(field.value.kind, Kind::Map(_)) {
        let file = reader.text(field)?;
        return Some(BibliographySettings { file, span, print: None });
    }
    let mut fields = reader.fields(field.value, "bibliography.", &["file", "print"]);
    let print = [
        ("cited", PrintedReferences::Cited),
        ("all", PrintedReferences::All),
        ("none", PrintedReferences::None),
    ];
    let print = fields.take("print").and_then(|field| reader.choice(&field, &print));
    let Some(field) = fields.take("file") else {
        let message = "the bibliography has no file";
        let hint = "add `file: references.yaml`";
        reader.error(Code::MissingKey, span, message, hint);
        return None;
    };
    let span = field.value.span;
    let file = reader.text(field)?;
    Some(BibliographySettings { file, span, print })
}

/// Reads `sources`: `Times: https://…`, or `Times: {name: …, address: …}`.
pub(super) fn sources(reader: &mut Reader, field: Field) -> Vec<NamedSource> {
    let Field { key, value } = field;
    let Kind::Map(entries) = value.kind else {
        let hint = "it takes names with their addresses: `Korea Times: https://…`";
        reader.misfit::<()>(&Field { key, value }, hint);
        return Vec::new();
    };
    entries.into_iter().map(|entry| source(reader, entry)).collect()
}

fn source(reader: &mut Reader, entry: Entry) -> NamedSource {
    let Entry { key: name, value, .. } = entry;
    let mut source = NamedSource { name, full_name: None, address: None };
    match &value {
        Value { kind: Kind::Map(_), .. } => {
            let mut fields = reader.fields(value, "sources.*.", &["name", "address"]);
            source.full_name = strings(reader, &mut fields, "name").pop();
            source.address = strings(reader, &mut fields, "address").pop();
        }
        Value { kind: Kind::Scalar(text), .. } if text.contains("://") => {
            source.address = Some(text.trim().to_owned());
        }
        Value { kind: Kind::Scalar(text), .. } => {
            source.full_name = Some(text.trim().to_owned());
        }
        _ => {
            let field = Field { key: format!("sources.{}", source.name), value };
            reader
                .misfit::<()>(&field, "it takes an address, or `{name: …, address: …}`");
        }
    }
    source
}
