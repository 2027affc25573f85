//! CSL's JSON: a list of works whose fields bear the names of CSL's variables.

use super::fields::{text, unknown};
use super::{Reading, bare_doi, start};
use crate::bibliography::reference::split_particle;
use crate::bibliography::{Moment, Name, PartialDate, Reference, ReferenceKind};
use crate::config::value::{Entry, Kind, Malformed, Value};
use crate::config::yaml::parse;
use crate::diag::nearest;
use crate::source::FileId;

/// Fields of CSL that are known and not printed.
const PASSED_OVER: &[&str] = &[
    "abstract",
    "annote",
    "archive",
    "archive-place",
    "archive_collection",
    "call-number",
    "categories",
    "chapter-number",
    "citation-key",
    "citation-label",
    "dimensions",
    "division",
    "event",
    "event-date",
    "event-place",
    "ISSN",
    "jurisdiction",
    "keyword",
    "license",
    "note",
    "number-of-pages",
    "number-of-volumes",
    "original-author",
    "original-date",
    "original-publisher",
    "original-publisher-place",
    "original-title",
    "page-first",
    "part-number",
    "part-title",
    "PMCID",
    "PMID",
    "printing-number",
    "references",
    "reviewed-author",
    "reviewed-genre",
    "reviewed-title",
    "scale",
    "section",
    "source",
    "status",
    "submitted",
    "supplement-number",
    "title-short",
    "version",
    "volume-title",
    "container-title-short",
    "journalAbbreviation",
    "shortTitle",
    "custom",
    "collection-editor",
    "composer",
    "container-author",
    "contributor",
    "curator",
    "director",
    "editorial-director",
    "illustrator",
    "recipient",
    "reviewed-author",
    "script-writer",
    "available-date",
];

/// Those that are printed, for "did you mean".
const KEYS: &[&str] = &[
    "id",
    "type",
    "author",
    "editor",
    "translator",
    "interviewer",
    "title",
    "container-title",
    "collection-title",
    "collection-number",
    "volume",
    "issue",
    "number",
    "edition",
    "page",
    "publisher",
    "publisher-place",
    "authority",
    "genre",
    "medium",
    "event-title",
    "issued",
    "accessed",
    "URL",
    "DOI",
    "ISBN",
    "archive_location",
    "language",
];

/// Reads a whole file.
pub(super) fn read(source: &str, file: FileId, reading: &mut Reading) {
    let value = match parse(source, file, 0) {
        Ok(value) => value.cleaned(&mut reading.diagnostics),
        Err(Malformed { span, message, hint }) => {
            return reading.unreadable(message, span, hint.unwrap_or_default());
        }
    };
    // Some programs write `{"items": [ … ]}`.
    let list = value.get("items").or_else(|| value.get("references")).unwrap_or(&value);
    if matches!(list.kind, Kind::Scalar(_)) {
        let hint = "CSL's JSON is a list of works: `[{\"id\": …, \"type\": …}]`";
        return reading.unreadable("works belong here", start(file), hint);
    }
    for item in list.items() {
        work(item, reading);
    }
}

fn work(value: &Value, reading: &mut Reading) {
    let Kind::Map(entries) = &value.kind else {
        let message = format!("a work belongs here, and this is {}", value.what());
        return reading.unreadable(message, value.span, "");
    };
    let mut reference = Reference::default();
    for Entry { key, span, value } in entries {
        if !field(&mut reference, key, value, reading) {
            unknown(key, *span, KEYS, reading);
        }
    }
    if reference.key.is_empty() {
        let hint = "add an `id`: citations call it by that";
        return reading.unreadable("this work has no `id`", value.span, hint);
    }
    let span = value.get("id").map_or(value.span, |id| id.span);
    reading.add(reference, span);
}

/// Takes one value in; says whether its key is known.
fn field(it: &mut Reference, key: &str, value: &Value, reading: &mut Reading) -> bool {
    match key {
        "id" => it.key = value.text().unwrap_or_default().to_owned(),
        "type" => it.kind = kind(value, reading),
        "author" => it.authors = names(value, reading),
        "editor" => it.editors = names(value, reading),
        "translator" => it.translators = names(value, reading),
        "interviewer" => it.interviewers = names(value, reading),
        "director" if it.authors.is_empty() => it.authors = names(value, reading),
        "title" => it.title = text(value, reading).unwrap_or_default(),
        "title-short" | "shortTitle" => it.short_title = text(value, reading),
        "container-title" => it.container_title = text(value, reading),
        "collection-title" => it.collection_title = text(value, reading),
        "collection-number" => it.collection_number = text(value, reading),
        "volume" => it.volume = text(value, reading),
        "issue" => it.issue = text(value, reading),
        "number" => it.number = text(value, reading),
        "edition" => it.edition = text(value, reading),
        "page" => it.pages = text(value, reading),
        "publisher" | "authority" => it.publisher = text(value, reading),
        "publisher-place" => it.place = text(value, reading),
        "genre" => it.genre = text(value, reading),
        "medium" => it.medium = text(value, reading),
        "event-title" | "event" => it.event_title = text(value, reading),
        "issued" => it.issued = date(value, reading),
        "accessed" => it.accessed = date(value, reading),
        "URL" => it.address = text(value, reading),
        "DOI" => it.doi = text(value, reading).map(|doi| bare_doi(&doi)),
        "ISBN" => it.isbn = text(value, reading),
        "archive_location" => {
            // Only an address can be printed after the address.
            let place = text(value, reading);
            it.archive_address = place.filter(|place| place.contains("://"));
        }
        "language" => it.language = text(value, reading),
        known => return PASSED_OVER.contains(&known),
    }
    true
}

fn kind(value: &Value, reading: &mut Reading) -> ReferenceKind {
    let name = value.text().unwrap_or_default();
    // Types of CSL that are as good as one of ours.
    let alike = match name {
        "entry" | "entry-dictionary" => Some(ReferenceKind::Entry),
        "bill" | "regulation" | "treaty" | "standard" => Some(ReferenceKind::Statute),
        "hearing" => Some(ReferenceKind::Case),
        "review" | "review-book" => Some(ReferenceKind::Article),
        "pamphlet" | "classic" | "collection" | "periodical" => Some(ReferenceKind::Book),
        "figure" | "map" => Some(ReferenceKind::Picture),
        "performance" | "event" => Some(ReferenceKind::Speech),
        "musical_score" => Some(ReferenceKind::Book),
        name => ReferenceKind::from_csl(name),
    };
    alike.unwrap_or_else(|| {
        let message = format!("no work is of this type: {}", value.what());
        let near = nearest(name, ReferenceKind::NAMES.iter().copied());
        let hint = near.map(|near| format!("did you mean `{near}`?")).unwrap_or_default();
        reading.value(message, value.span, &hint);
        ReferenceKind::Other
    })
}

fn names(value: &Value, reading: &mut Reading) -> Vec<Name> {
    value.items().iter().filter_map(|item| name(item, reading)).collect()
}

fn name(value: &Value, reading: &mut Reading) -> Option<Name> {
    if !matches!(value.kind, Kind::Map(_)) {
        return text(value, reading).map(Name::Literal);
    }
    let mut part = |key| value.get(key).and_then(|part| text(part, reading));
    if let Some(literal) = part("literal") {
        return Some(Name::Literal(literal));
    }
    let (given, suffix) =
        (part("given").unwrap_or_default(), part("suffix").unwrap_or_default());
    let particles = [part("dropping-particle"), part("non-dropping-particle")];
    let particle: Vec<_> = particles.into_iter().flatten().collect();
    let Some(family) = part("family") else {
        if given.is_empty() {
            reading.value(
                "this name is empty",
                value.span,
                "`{\"family\": …, \"given\": …}`",
            );
            return None;
        }
        return Some(Name::Literal(given));
    };
    if given.is_empty() && particle.is_empty() && suffix.is_empty() {
        return Some(Name::Literal(family));
    }
    // Many programs leave the particle in the family name.
    let (in_family, bare) = split_particle(&family);
    let particle = match particle.is_empty() {
        true => in_family.to_owned(),
        false => particle.join(" "),
    };
    Some(Name::Person { family: bare.to_owned(), given, particle, suffix })
}

/// `{"date-parts": [[2018, 5, 3]]}`, `{"raw": …}` or `{"literal": …}`.
fn date(value: &Value, reading: &mut Reading) -> Option<PartialDate> {
    let Some(parts) = value.get("date-parts") else {
        let inner = ["raw", "literal", "value"].iter().find_map(|key| value.get(key));
        return super::fields::date(inner.unwrap_or(value), reading);
    };
    let moments: Vec<_> = parts.items().iter().map(moment).collect();
    let circa = value
        .get("circa")
        .is_some_and(|circa| circa.flag() == Some(true) || circa.text() == Some("1"));
    match moments.as_slice() {
        [Some(from)] => Some(PartialDate::Known { from: *from, to: None, circa }),
        [Some(from), Some(to)] => {
            Some(PartialDate::Known { from: *from, to: Some(*to), circa })
        }
        _ => {
            let hint = "`\"date-parts\": [[2018, 5, 3]]`, the month and the day as they are known";
            reading.value("this is not a date", value.span, hint);
            None
        }
    }
}

fn moment(value: &Value) -> Option<Moment> {
    let parts: Vec<&str> = value.items().iter().filter_map(Value::text).collect();
    let mut parts = parts.into_iter().filter(|part| !part.is_empty());
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map(str::parse).transpose().ok()?;
    let day = parts.next().map(str::parse).transpose().ok()?;
    Moment::new(year, month, day)
}
