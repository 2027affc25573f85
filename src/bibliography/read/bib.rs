//! BibLaTeX and BibTeX, through the crate `biblatex`.
//!
//! The crate stops at the first error. A file that it refuses is cut at its entries, those
//! that are sound by themselves are put together again (an entry may refer to another by
//! `crossref`), and the others are named.

use std::collections::BTreeMap;

use biblatex::{
    Bibliography, ChunksExt, DateValue, Datetime, EditorType, EntryType, ParseError,
    PermissiveType, Person, Type,
};

use super::expansion::bound;
use super::{Reading, bare_doi};
use crate::bibliography::{Moment, Name, PartialDate, Reference, ReferenceKind};
use crate::source::{FileId, Span};

/// Reads a whole file.
pub(super) fn read(source: &str, file: FileId, reading: &mut Reading) {
    let entries = entries(source);
    let places: BTreeMap<&str, _> =
        entries.iter().rev().map(|it| (it.key, &it.place)).collect();
    let span =
        |key: &str| Span::new(file, places.get(key).map_or(0..0, |&place| place.clone()));
    let (bibliography, lost) = match parse(source) {
        Ok(parsed) => parsed,
        Err(_) => sound(source, &entries, file, reading),
    };
    for key in lost {
        let message =
            format!("`{key}` refers to works that refer back to it, or to too many");
        reading.value(message, span(&key), "its `crossref` is passed over");
    }
    for entry in bibliography.iter().filter(|entry| entry.entry_type != EntryType::XData)
    {
        work(entry, span(&entry.key), reading);
    }
}

/// What was parsed, and the keys of the works whose references to others were taken out.
type Parsed = (Bibliography, Vec<String>);

fn parse(source: &str) -> Result<Parsed, ParseError> {
    let mut raw = biblatex::RawBibliography::parse(source)?;
    let lost = bound(&mut raw).into_iter().map(str::to_owned).collect();
    Ok((Bibliography::from_raw(raw)?, lost))
}

/// An entry as it lies in the file, not yet read.
struct Raw<'s> {
    /// From its `@` to the next one's.
    text: &'s str,
    at: usize,
    key: &'s str,
    place: std::ops::Range<usize>,
    is_work: bool,
}

/// Cuts a file at its entries: an `@` that begins a line begins one.
fn entries(source: &str) -> Vec<Raw<'_>> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if line.trim_start().starts_with('@') {
            starts.push(at + indent);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([source.len()]);
    let entry = |(&at, end): (&usize, usize)| {
        let text = &source[at..end];
        let open = text.find(['{', '(']).unwrap_or(text.len());
        let kind = text[1..open.max(1)].trim().to_lowercase();
        let is_work = !matches!(kind.as_str(), "string" | "preamble" | "comment");
        let rest = text.get(open + 1..).unwrap_or_default();
        let key = rest.split([',', '\n', '}']).next().unwrap_or_default();
        let from = at + open + 1 + key.len() - key.trim_start().len();
        let key = key.trim();
        let place = if key.is_empty() { at..at + 1 } else { from..from + key.len() };
        Raw { text, at, key, place, is_work }
    };
    starts.iter().zip(ends).map(entry).collect()
}

/// The most errors that are looked for one after another.
const MAX_ERRORS: usize = 50;

/// What is sound in a file that is not.
fn sound(source: &str, raws: &[Raw<'_>], file: FileId, reading: &mut Reading) -> Parsed {
    let mut kept: Vec<&Raw<'_>> = Vec::new();
    let mut keys = std::collections::BTreeSet::new();
    for raw in raws {
        if let Err(error) = biblatex::RawBibliography::parse(raw.text) {
            report(&error, raw, raw.at, source, file, reading);
        } else if raw.is_work && !keys.insert(raw.key) {
            let message = format!("two works are called `{}`", raw.key);
            let span = Span::new(file, raw.place.clone());
            let hint = "the first is cited: give the second a key of its own";
            reading.value(message, span, hint);
        } else {
            kept.push(raw);
        }
    }
    for _ in 0..MAX_ERRORS {
        let text: String = kept.iter().map(|raw| raw.text).collect();
        let error = match parse(&text) {
            Ok(parsed) => return parsed,
            Err(error) => error,
        };
        // Which of the pieces it is in, and where that lies in the file.
        let mut before = 0;
        let found = kept.iter().position(|raw| {
            before += raw.text.len();
            error.span.start < before
        });
        let Some(index) = found else { break };
        let raw = kept.remove(index);
        let offset = (raw.at + raw.text.len()).wrapping_sub(before);
        report(&error, raw, offset, source, file, reading);
    }
    (Bibliography::new(), Vec::new())
}

/// Names an entry that could not be read. What was read began at byte `offset` of the file.
fn report(
    error: &ParseError,
    raw: &Raw<'_>,
    offset: usize,
    source: &str,
    file: FileId,
    reading: &mut Reading,
) {
    let at = offset.wrapping_add(error.span.start).clamp(raw.at, raw.at + raw.text.len());
    let at = at.min(source.len());
    let message = match raw.key {
        "" => format!("this entry could not be read: {}", error.kind),
        key => format!("`{key}` could not be read: {}", error.kind),
    };
    reading.unreadable(message, Span::new(file, at..at), "it is left out");
}

/// Takes one entry in.
fn work(entry: &biblatex::Entry, span: Span, reading: &mut Reading) {
    let text = |names: &[&str]| text(entry, names);
    let mut it = Reference {
        key: entry.key.clone(),
        kind: kind(entry),
        authors: names(entry, "author"),
        translators: names(entry, "translator"),
        interviewers: names(entry, "interviewer"),
        title: joined(entry, "title", "subtitle").unwrap_or_default(),
        short_title: text(&["shorttitle"]),
        container_title: joined(entry, "journaltitle", "journalsubtitle")
            .or_else(|| joined(entry, "booktitle", "booksubtitle"))
            .or_else(|| text(&["journal", "maintitle"])),
        collection_title: text(&["series"]),
        volume: text(&["volume"]),
        edition: text(&["edition"]),
        pages: text(&["pages"]),
        publisher: text(&["publisher", "institution", "school", "organization"]),
        place: text(&["location", "address"]),
        genre: text(&["type"]),
        event_title: text(&["eventtitle"]),
        issued: date(entry, "date", span, reading),
        accessed: date(entry, "urldate", span, reading),
        address: text(&["url"]),
        doi: text(&["doi"]).map(|doi| bare_doi(&doi)),
        isbn: text(&["isbn"]),
        archive_address: text(&["archiveurl", "archive-url"]),
        language: text(&["langid"]),
        ..Reference::default()
    };
    editors(entry, &mut it);
    particulars(entry, &mut it);
    reading.add(it, span);
}

/// What a field means depends on the type of the work.
fn particulars(entry: &biblatex::Entry, it: &mut Reference) {
    let number = text(entry, &["number"]);
    match it.kind {
        ReferenceKind::Article
        | ReferenceKind::MagazineArticle
        | ReferenceKind::NewspaperArticle => {
            it.issue = number.or_else(|| text(entry, &["issue"]));
        }
        ReferenceKind::Book | ReferenceKind::Chapter | ReferenceKind::Paper
            if it.collection_title.is_some() =>
        {
            it.collection_number = number;
        }
        _ => it.number = number,
    }
    let how = text(entry, &["howpublished"]);
    match (&it.kind, &entry.entry_type) {
        (ReferenceKind::Thesis, EntryType::MastersThesis) => {
            it.genre.get_or_insert_with(|| "master’s thesis".to_owned());
        }
        (ReferenceKind::Thesis, _) => match it.genre.as_deref() {
            None | Some("phdthesis") => it.genre = Some("PhD diss.".to_owned()),
            Some("mathesis") => it.genre = Some("master’s thesis".to_owned()),
            _ => {}
        },
        // `howpublished = {\url{…}}` is BibTeX's only way to give an address.
        _ => match how {
            Some(how) if how.contains("://") => {
                it.address = it.address.take().or(Some(how));
            }
            Some(how) if it.container_title.is_none() => it.medium = Some(how),
            _ => {}
        },
    }
    // The site of a page has no field of its own.
    let is_on_the_web = matches!(
        it.kind,
        ReferenceKind::WebPage | ReferenceKind::BlogPost | ReferenceKind::Video
    );
    if is_on_the_web && it.container_title.is_none() {
        it.container_title = text(entry, &["organization", "titleaddon"]);
        if it.publisher == it.container_title {
            it.publisher = None;
        }
    }
}

fn kind(entry: &biblatex::Entry) -> ReferenceKind {
    use ReferenceKind as Kind;
    let subtype = text(entry, &["entrysubtype"]).unwrap_or_default().to_lowercase();
    match &entry.entry_type {
        EntryType::Article | EntryType::SuppPeriodical => match subtype.as_str() {
            "newspaper" => Kind::NewspaperArticle,
            "magazine" => Kind::MagazineArticle,
            "blog" => Kind::BlogPost,
            _ => Kind::Article,
        },
        EntryType::InBook | EntryType::InCollection | EntryType::SuppBook => {
            Kind::Chapter
        }
        EntryType::SuppCollection | EntryType::BookInBook => Kind::Chapter,
        EntryType::InReference => Kind::Entry,
        EntryType::InProceedings => Kind::Paper,
        EntryType::MastersThesis | EntryType::PhdThesis | EntryType::Thesis => {
            Kind::Thesis
        }
        EntryType::Report | EntryType::TechReport => Kind::Report,
        EntryType::Unpublished => Kind::Manuscript,
        EntryType::Patent => Kind::Patent,
        EntryType::Online if subtype == "blog" => Kind::BlogPost,
        EntryType::Online => Kind::WebPage,
        EntryType::Software => Kind::Software,
        EntryType::Dataset => Kind::Dataset,
        EntryType::Misc => Kind::Other,
        EntryType::Unknown(name) => match name.to_lowercase().as_str() {
            "video" | "movie" => Kind::Video,
            "audio" | "music" => Kind::Recording,
            "legislation" | "legal" => Kind::Statute,
            "jurisdiction" => Kind::Case,
            "letter" => Kind::Letter,
            "interview" => Kind::Interview,
            "newspaper" => Kind::NewspaperArticle,
            "image" | "artwork" => Kind::Picture,
            "electronic" | "www" => Kind::WebPage,
            _ => Kind::Other,
        },
        _ => Kind::Book,
    }
}

fn text(entry: &biblatex::Entry, names: &[&str]) -> Option<String> {
    let found = names.iter().find_map(|name| entry.get(name))?;
    let text = found.format_verbatim();
    // Outside the fields for addresses, `\\url{…}` is left as it is.
    let text = match text.split_once("\\url{") {
        Some((before, rest)) => format!("{before}{}", rest.replacen('}', "", 1)),
        None => text,
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(text).filter(|text| !text.is_empty())
}

fn joined(entry: &biblatex::Entry, title: &str, subtitle: &str) -> Option<String> {
    let (title, subtitle) = (text(entry, &[title])?, text(entry, &[subtitle]));
    Some(match subtitle {
        Some(subtitle) if title.ends_with(['?', '!', ':']) => {
            format!("{title} {subtitle}")
        }
        Some(subtitle) => format!("{title}: {subtitle}"),
        None => title,
    })
}

fn names(entry: &biblatex::Entry, field: &str) -> Vec<Name> {
    let people = entry.get_as::<Vec<Person>>(field).unwrap_or_default();
    people.into_iter().filter_map(name).collect()
}

/// A name in braces has no given name, and stays whole.
fn name(person: Person) -> Option<Name> {
    let Person { name: family, given_name: given, prefix: particle, suffix, .. } = person;
    if given.is_empty() && particle.is_empty() && suffix.is_empty() {
        return Some(Name::Literal(family.clone())).filter(|_| !family.is_empty());
    }
    Some(Name::Person { family, given, particle, suffix })
}

/// Editors; of a film, its director is the author.
fn editors(entry: &biblatex::Entry, it: &mut Reference) {
    for (people, role) in entry.editors().unwrap_or_default() {
        let people: Vec<Name> = people.into_iter().filter_map(name).collect();
        match role {
            EditorType::Director if it.authors.is_empty() => it.authors = people,
            EditorType::Editor => it.editors.extend(people),
            _ => {}
        }
    }
}

fn date(
    entry: &biblatex::Entry,
    field: &str,
    span: Span,
    reading: &mut Reading,
) -> Option<PartialDate> {
    let date = match field {
        "date" => entry.date().ok(),
        _ => entry.get(field).and_then(|chunks| Type::from_chunks(chunks).ok()),
    };
    let moment = |it: Datetime| {
        let part = |part: Option<u8>| part.and_then(|part| i8::try_from(part + 1).ok());
        Moment::new(i16::try_from(it.year).ok()?, part(it.month), part(it.day))
    };
    let known = match &date {
        Some(PermissiveType::Typed(date)) => {
            let circa = date.uncertain || date.approximate;
            let (from, to) = match date.value {
                DateValue::At(from)
                | DateValue::After(from)
                | DateValue::Before(from) => (moment(from), None),
                DateValue::Between(from, to) => (moment(from), moment(to)),
            };
            from.map(|from| PartialDate::Known { from, to, circa })
        }
        _ => None,
    };
    let words = || {
        let year = if field == "date" { "year" } else { field };
        let words = text(entry, &[field, year])?;
        // BibTeX's own customs, such as `c. 1950`.
        Some(PartialDate::parse(&words).unwrap_or_else(|| {
            let message = format!("`{words}` is not a date, in `{}`", entry.key);
            let hint = "write `2018`, `2018-05` or `2018-05-03`; it is printed as it is";
            reading.value(message, span, hint);
            PartialDate::Words(words)
        }))
    };
    known.or_else(words)
}
