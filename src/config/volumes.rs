//! `volumes`: into how many books the chapters are bound.

use super::reader::{Field, Reader};
use super::value::{Kind, Value};
use super::{Isbns, TagName, isbn};
use crate::diag::Code;
use crate::source::Span;

/// `volumes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VolumeSettings {
    /// `by`, or the list.
    pub cut: VolumeCut,
    /// `max-pages`: how many pages a volume has at the most.
    pub max_pages: Option<u32>,
    /// What is said of each volume, in order; those of a list are as many as there are volumes.
    pub listed: Vec<ListedVolume>,
    /// Where it was written.
    pub span: Span,
}

/// Where a book may be cut into volumes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum VolumeCut {
    /// `year`: between the years of the chapters.
    Year,
    /// `part`: between parts.
    Part,
    /// `pages`: between chapters, so that volumes are of even size.
    Pages,
    /// Where the listed volumes begin.
    Listed,
}

/// What is said of a volume.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ListedVolume {
    /// `title`.
    pub title: Option<String>,
    /// `short-title`: for the spine, and the running heads.
    pub short_title: Option<String>,
    /// `identifier`: ISBNs, their digits checked.
    pub isbns: Isbns,
    /// `from`: the first chapter by its slug or path, the first part by its title, or a day.
    pub from: Option<TagName>,
}

/// Reads `volumes`.
pub(super) fn read(reader: &mut Reader, field: Field) -> Option<VolumeSettings> {
    let span = field.value.span;
    if let Kind::List(values) = field.value.kind {
        let count = values.len();
        let volumes = values.into_iter().zip(0..);
        let listed = volumes.map(|(value, at)| volume(reader, value, at > 0)).collect();
        if count < 2 {
            let hint = "list two volumes or more, or leave the key out";
            reader.error(Code::InvalidValue, span, "one volume is a book", hint);
        }
        let cut = VolumeCut::Listed;
        return Some(VolumeSettings { cut, max_pages: None, listed, span });
    }
    const KEYS: [&str; 3] = ["by", "max-pages", "names"];
    let mut fields = reader.fields(field.value, "volumes.", &KEYS);
    let max_pages = fields.take("max-pages").and_then(|field| {
        let number: Option<u32> = field.value.text().and_then(|text| text.parse().ok());
        number.filter(|pages| (24..=10_000).contains(pages)).or_else(|| {
            reader.misfit(&field, "it takes a number of pages from 24 to 10000")
        })
    });
    let choices = [
        ("year", VolumeCut::Year),
        ("part", VolumeCut::Part),
        ("pages", VolumeCut::Pages),
    ];
    let cut = match fields.take("by") {
        Some(field) => reader.choice(&field, &choices)?,
        None => VolumeCut::Pages,
    };
    let names = fields.take("names");
    let names = names.map(|field| field.value.items().to_vec()).unwrap_or_default();
    let listed = names.into_iter().map(|value| volume(reader, value, false)).collect();
    if cut == VolumeCut::Pages && max_pages.is_none() {
        let hint = "add `max-pages: 600`";
        let message = "volumes by pages need to know how many these are";
        reader.error(Code::MissingKey, span, message, hint);
    }
    Some(VolumeSettings { cut, max_pages, listed, span })
}

/// What is said of a volume; `begins` where it must say with what it does.
fn volume(reader: &mut Reader, value: Value, begins: bool) -> ListedVolume {
    let span = value.span;
    let mut said = match value.text() {
        Some(title) => {
            ListedVolume { title: Some(title.to_owned()), ..ListedVolume::default() }
        }
        None => fields_of_volume(reader, value),
    };
    said.title = said.title.filter(|title| !title.is_empty());
    if begins && said.from.is_none() {
        let hint = "add `from:` with a slug, the title of a part, or a day";
        let message = "a volume does not say with what it begins";
        reader.error(Code::MissingKey, span, message, hint);
    }
    said
}

fn fields_of_volume(reader: &mut Reader, value: Value) -> ListedVolume {
    const KEYS: [&str; 4] = ["title", "short-title", "identifier", "from"];
    let mut fields = reader.fields(value, "volumes.", &KEYS);
    let title = fields.take("title").and_then(|field| reader.text(field));
    let short_title = fields.take("short-title").and_then(|field| reader.text(field));
    let isbns = fields.take("identifier").map(|field| isbn::read(reader, field));
    let isbns = isbns.unwrap_or_default();
    let from = fields.take("from").and_then(|field| reader.name(field));
    ListedVolume { title, short_title, isbns, from }
}
