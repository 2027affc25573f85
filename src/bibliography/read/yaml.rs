//! hayagriva's YAML: a map of works by their keys, each with the works that it is in as
//! its `parent`.

use super::fields::{MAX_PART_DEPTH, date, text, unknown};
use super::{Reading, start};
use crate::bibliography::{Name, Reference, ReferenceKind};
use crate::config::value::{Entry, Kind, Malformed, Value};
use crate::config::yaml::parse;
use crate::diag::nearest;
use crate::source::FileId;

/// hayagriva's types, and ours where a type says it all.
const TYPES: &[(&str, ReferenceKind)] = &[
    ("anthology", ReferenceKind::Book),
    ("anthos", ReferenceKind::Chapter),
    ("article", ReferenceKind::Article),
    ("artwork", ReferenceKind::Picture),
    ("audio", ReferenceKind::Recording),
    ("blog", ReferenceKind::WebPage),
    ("book", ReferenceKind::Book),
    ("case", ReferenceKind::Case),
    ("chapter", ReferenceKind::Chapter),
    ("conference", ReferenceKind::Paper),
    ("entry", ReferenceKind::Entry),
    ("exhibition", ReferenceKind::Other),
    ("interview", ReferenceKind::Interview),
    ("legislation", ReferenceKind::Statute),
    ("manuscript", ReferenceKind::Manuscript),
    ("misc", ReferenceKind::Other),
    ("newspaper", ReferenceKind::NewspaperArticle),
    ("original", ReferenceKind::Book),
    ("patent", ReferenceKind::Patent),
    ("performance", ReferenceKind::Speech),
    ("periodical", ReferenceKind::Article),
    ("post", ReferenceKind::Post),
    ("proceedings", ReferenceKind::Book),
    ("reference", ReferenceKind::Book),
    ("report", ReferenceKind::Report),
    ("repository", ReferenceKind::Software),
    ("scene", ReferenceKind::Video),
    ("thesis", ReferenceKind::Thesis),
    ("thread", ReferenceKind::Post),
    ("video", ReferenceKind::Video),
    ("web", ReferenceKind::WebPage),
];

/// hayagriva's keys, and those of ours that it lacks: `container`, `interviewer`, `medium`,
/// `archive-url`.
const KEYS: &[&str] = &[
    "type",
    "title",
    "author",
    "date",
    "parent",
    "editor",
    "affiliated",
    "publisher",
    "location",
    "organization",
    "issue",
    "chapter",
    "volume",
    "volume-total",
    "edition",
    "page-range",
    "page-total",
    "time-range",
    "runtime",
    "url",
    "serial-number",
    "language",
    "archive",
    "archive-location",
    "call-number",
    "note",
    "abstract",
    "genre",
    "container",
    "interviewer",
    "translator",
    "medium",
    "archive-url",
];

/// Reads a whole file.
pub(super) fn read(source: &str, file: FileId, reading: &mut Reading) {
    match parse(source, file, 0) {
        Ok(value) => {
            let value = value.cleaned(&mut reading.diagnostics);
            works(value, file, reading);
        }
        // The rest may be sound: each work is read by itself.
        Err(error) => match pieces(source) {
            pieces if pieces.len() < 2 => malformed(error, reading),
            pieces => {
                for (at, piece) in pieces {
                    match parse(piece, file, at) {
                        Ok(value) => {
                            let value = value.cleaned(&mut reading.diagnostics);
                            works(value, file, reading);
                        }
                        Err(error) => malformed(error, reading),
                    }
                }
            }
        },
    }
}

fn malformed(Malformed { span, message, hint }: Malformed, reading: &mut Reading) {
    reading.unreadable(message, span, hint.unwrap_or_default());
}

/// The parts of a file that begin with a key at the left edge.
fn pieces(source: &str) -> Vec<(usize, &str)> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let is_key =
            line.starts_with(|c: char| !c.is_whitespace() && !"#-.}]%".contains(c));
        if is_key && line.contains(':') {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([source.len()]);
    starts.iter().zip(ends).map(|(&from, to)| (from, &source[from..to])).collect()
}

fn works(value: Value, file: FileId, reading: &mut Reading) {
    match value.kind {
        Kind::Map(entries) => {
            for Entry { key, span, value } in entries {
                if !matches!(value.kind, Kind::Map(_)) {
                    let message = format!("`{key}` is no work: it is {}", value.what());
                    reading.unreadable(
                        message,
                        span,
                        "a work is a map: `type`, `title`, …",
                    );
                    continue;
                }
                let (_, mut reference) = work(&value, None, 0, reading);
                reference.key = key;
                reading.add(reference, span);
            }
        }
        Kind::Null => {}
        _ => {
            let message = format!("works belong here, and this is {}", value.what());
            let hint = "each work has a key: `kim2018: {type: article, title: …}`";
            reading.unreadable(message, start(file), hint);
        }
    }
}

/// One work, or the one that it is in, whose type `child` makes likely.
fn work(
    value: &Value,
    child: Option<&str>,
    depth: usize,
    reading: &mut Reading,
) -> (&'static str, Reference) {
    let kind = kind(value, child, reading);
    let mut reference = Reference { kind: type_of(kind), ..Reference::default() };
    let Kind::Map(entries) = &value.kind else {
        let message = format!("a work belongs here, and this is {}", value.what());
        reading.value(message, value.span, "");
        return (kind, reference);
    };
    let mut parents = Vec::new();
    for Entry { key, span, value } in entries {
        match key.to_lowercase().as_str() {
            "parent" if depth < MAX_PART_DEPTH => {
                for parent in value.items() {
                    parents.push(work(parent, Some(kind), depth + 1, reading));
                }
            }
            "parent" => reading.value("works lie too deep in one another", *span, ""),
            lower if !field(&mut reference, lower, value, reading) => {
                unknown(key, *span, KEYS, reading);
            }
            _ => {}
        }
    }
    for (parent_kind, parent) in parents {
        put_in(&mut reference, kind, parent_kind, parent);
    }
    (kind, reference)
}

fn type_of(kind: &str) -> ReferenceKind {
    let found = TYPES.iter().find(|(name, _)| *name == kind);
    found.map(|(_, kind)| *kind).unwrap_or_default()
}

/// hayagriva's type of a work, as it is written or as it follows from what is in it.
fn kind(value: &Value, child: Option<&str>, reading: &mut Reading) -> &'static str {
    let names = || TYPES.iter().map(|(name, _)| *name);
    let implied = match child {
        Some("article") => "periodical",
        Some("chapter") => "book",
        Some("entry") => "reference",
        Some("anthos" | "legislation") => "anthology",
        Some("web") => "web",
        Some("post") => "post",
        Some("video" | "scene") => "video",
        Some("audio") => "audio",
        _ => "misc",
    };
    let Some(given) = value.get("type") else {
        if child.is_none() {
            let hint = "add one, such as `type: article` or `type: web`";
            reading.value("this work has no type", value.span, hint);
        }
        return implied;
    };
    let name = given.text().unwrap_or_default().to_lowercase();
    names().find(|known| *known == name).unwrap_or_else(|| {
        let message = format!("no work is of this type: {}", given.what());
        let hint = nearest(&name, names());
        let hint = hint.map(|near| format!("did you mean `{near}`?")).unwrap_or_default();
        reading.value(message, given.span, &hint);
        implied
    })
}

/// Takes one value in; says whether its key is known.
fn field(it: &mut Reference, key: &str, value: &Value, reading: &mut Reading) -> bool {
    match key {
        "title" => {
            it.title = text(value, reading).unwrap_or_default();
            it.short_title = value.get("short").and_then(|short| text(short, reading));
        }
        "author" => it.authors = names(value, reading),
        "editor" => it.editors = names(value, reading),
        "translator" => it.translators = names(value, reading),
        "interviewer" => it.interviewers = names(value, reading),
        "affiliated" => value.items().iter().for_each(|item| helper(it, item, reading)),
        "date" => it.issued = date(value, reading),
        "publisher" => {
            it.publisher = text(value, reading);
            let place = value.get("location").and_then(|place| text(place, reading));
            it.place = place.or(it.place.take());
        }
        "organization" => it.publisher = it.publisher.take().or(text(value, reading)),
        "location" => it.place = it.place.take().or(text(value, reading)),
        "issue" => it.issue = text(value, reading),
        "volume" => it.volume = text(value, reading),
        "edition" => it.edition = text(value, reading),
        "page-range" => it.pages = text(value, reading),
        "url" => {
            it.address = text(value, reading);
            it.accessed = value.get("date").and_then(|day| date(day, reading));
        }
        "serial-number" => serial(it, value, reading),
        "language" => it.language = text(value, reading),
        "genre" => it.genre = text(value, reading),
        "container" => it.container_title = text(value, reading),
        "medium" => it.medium = text(value, reading),
        "archive-url" => it.archive_address = text(value, reading),
        known => return KEYS.contains(&known),
    }
    true
}

fn names(value: &Value, reading: &mut Reading) -> Vec<Name> {
    value.items().iter().filter_map(|item| name(item, reading)).collect()
}

/// `Family, Given`, or a map; one with a `name` alone is an institution.
fn name(value: &Value, reading: &mut Reading) -> Option<Name> {
    if !matches!(value.kind, Kind::Map(_)) {
        return text(value, reading).map(|text| Name::parse(&text));
    }
    let mut part = |key| value.get(key).and_then(|part| text(part, reading));
    let (family, given) = (part("name"), part("given-name"));
    let (particle, suffix) = (part("prefix"), part("suffix"));
    let Some(family) = family else {
        reading.value(
            "this name has no `name`",
            value.span,
            "`{name: Kim, given-name: Ji}`",
        );
        return None;
    };
    Some(match given {
        None if particle.is_none() && suffix.is_none() => Name::Literal(family),
        given => Name::Person {
            family,
            given: given.unwrap_or_default(),
            particle: particle.unwrap_or_default(),
            suffix: suffix.unwrap_or_default(),
        },
    })
}

/// Those who helped: translators, and of a film its director.
fn helper(it: &mut Reference, value: &Value, reading: &mut Reading) {
    let role = value.get("role").and_then(Value::text).unwrap_or_default().to_lowercase();
    let people = value.get("names").map(|people| names(people, reading));
    let Some(people) = people else {
        let hint = "`affiliated: [{role: translator, names: […]}]`";
        reading.value("a role and names belong here", value.span, hint);
        return;
    };
    match role.as_str() {
        "translator" => it.translators.extend(people),
        "interviewer" => it.interviewers.extend(people),
        "director" if it.authors.is_empty() => it.authors = people,
        _ => {}
    }
}

fn serial(it: &mut Reference, value: &Value, reading: &mut Reading) {
    let Kind::Map(entries) = &value.kind else {
        it.number = text(value, reading);
        return;
    };
    for Entry { key, value, .. } in entries {
        let text = text(value, reading);
        match key.to_lowercase().as_str() {
            "doi" => it.doi = text.map(|doi| super::bare_doi(&doi)),
            "isbn" => it.isbn = text,
            "serial" => it.number = text,
            _ => {}
        }
    }
}

/// Puts a work into the one that it is in.
fn put_in(it: &mut Reference, kind: &str, parent_kind: &str, parent: Reference) {
    if parent_kind == "conference" {
        it.event_title = Some(parent.title);
        it.kind = ReferenceKind::Paper;
        return;
    }
    it.kind = match (kind, parent_kind) {
        (_, "newspaper") => ReferenceKind::NewspaperArticle,
        ("article" | "web" | "post" | "entry" | "misc", "blog") => {
            ReferenceKind::BlogPost
        }
        ("article", "proceedings") => ReferenceKind::Paper,
        ("article", "web") => ReferenceKind::WebPage,
        ("article" | "misc", "book" | "anthology") => ReferenceKind::Chapter,
        _ => it.kind,
    };
    it.issued = it.issued.take().or(parent.issued);
    it.publisher = it.publisher.take().or(parent.publisher);
    it.place = it.place.take().or(parent.place);
    it.address = it.address.take().or(parent.address);
    it.accessed = it.accessed.take().or(parent.accessed);
    it.isbn = it.isbn.take().or(parent.isbn);
    // What stands alone is in a series.
    let is_series = it.kind.stands_alone() || it.container_title.is_some();
    if is_series {
        it.collection_title = it.collection_title.take().or(Some(parent.title));
        it.collection_number = it.collection_number.take().or(parent.volume);
        return;
    }
    it.container_title = Some(parent.title);
    it.volume = it.volume.take().or(parent.volume);
    it.issue = it.issue.take().or(parent.issue);
    it.edition = it.edition.take().or(parent.edition);
    it.collection_title = parent.collection_title.or(it.collection_title.take());
    it.collection_number = parent.collection_number.or(it.collection_number.take());
    if it.editors.is_empty() {
        it.editors = parent.editors;
    }
    if it.translators.is_empty() {
        it.translators = parent.translators;
    }
}
