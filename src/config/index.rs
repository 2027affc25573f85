//! `index`, and the file of terms that it names.

use super::reader::{Field, Reader};
use super::value::{Kind, Value};
use super::yaml;
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Sources, Span};
use crate::world::{ReadError, World, normalize};

/// `index`: what the index at the back lists.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct IndexSettings {
    /// Whether there is none, whatever the text marks.
    pub none: bool,
    /// The tags of the posts, with the pages of the chapters that carry them.
    pub tags: bool,
    /// `file`, and where it was named.
    file: Option<(String, Span)>,
    /// The terms of that file.
    pub terms: Vec<IndexTerm>,
}

/// A term of the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct IndexTerm {
    /// The term, after those above it.
    pub path: Vec<String>,
    /// What it is sorted by, where that is not the term.
    pub sort: Option<String>,
    /// The words that it is found by.
    pub words: Vec<String>,
    /// The same, of which some end with `*` for any letters.
    pub patterns: Vec<String>,
    /// The terms that it stands for.
    pub see: Vec<(String, Span)>,
    /// The terms that lead on.
    pub see_also: Vec<(String, Span)>,
    /// Where it was written.
    pub span: Span,
}

/// The file beside `book.yaml` that is read without being named.
const FILE: &str = "index.yaml";

/// The groups of terms that the file may have.
const GROUPS: [&str; 6] =
    ["terms", "people", "places", "organizations", "works", "subjects"];

/// Reads `index`.
pub(super) fn read(reader: &mut Reader, field: Field) -> IndexSettings {
    let mut settings = IndexSettings::default();
    if let Kind::Map(_) = field.value.kind {
        let mut fields = reader.fields(field.value, "index.", &["tags", "file"]);
        let tags = fields.take("tags").and_then(|field| reader.flag(&field));
        settings.tags = tags.unwrap_or(false);
        settings.file = fields.take("file").and_then(|field| {
            let span = field.value.span;
            reader.text(field).map(|file| (file, span))
        });
        return settings;
    }
    match field.value.text() {
        Some("none") => settings.none = true,
        Some("tags") => settings.tags = true,
        Some(file) if file.ends_with(".yaml") || file.ends_with(".yml") => {
            settings.file = Some((file.to_owned(), field.value.span));
        }
        _ => {
            let hint = "it takes `none`, `tags`, a file such as `index.yaml`, or both: \
                        `{tags: true, file: index.yaml}`";
            reader.misfit::<()>(&field, hint);
        }
    }
    settings
}

impl IndexSettings {
    /// Reads the terms of the file that is named, or that lies beside `book.yaml`.
    pub(super) fn read_terms(
        &mut self,
        world: &dyn World,
        sources: &mut Sources,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if self.none {
            return;
        }
        let (name, span) = match &self.file {
            Some((name, span)) => (name.as_str(), Some(*span)),
            None => (FILE, None),
        };
        let path = normalize(name);
        let unreadable =
            |message: String| Diagnostic::new(Code::IndexUnreadable, message).at(span);
        let bytes = match world.read(&path) {
            Ok(bytes) => bytes,
            Err(ReadError::NotFound) if span.is_none() => return,
            Err(ReadError::NotFound) => {
                let said = unreadable(format!("there is no file `{path}`"));
                return diagnostics.push(said.hint("the terms of the index stand there"));
            }
            Err(ReadError::Failed(reason)) => {
                return diagnostics
                    .push(unreadable(format!("`{path}` cannot be read: {reason}")));
            }
        };
        let Ok(text) = String::from_utf8(bytes.to_vec()) else {
            let said = unreadable(format!("`{path}` is not UTF-8 text"));
            return diagnostics.push(said.hint("save it as UTF-8"));
        };
        let file = sources.add(&path, text.as_str());
        self.terms = terms(&text, file, &path, diagnostics);
    }
}

/// The terms of a file.
fn terms(
    text: &str,
    file: FileId,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<IndexTerm> {
    let value = match yaml::parse(text, file, 0) {
        Ok(value) => value.cleaned(diagnostics),
        Err(malformed) => {
            let message = format!("{path} is not YAML: {}", malformed.message);
            let mut said = Diagnostic::new(Code::IndexUnreadable, message);
            said.hints.extend(malformed.hint.map(str::to_owned));
            diagnostics.push(said.at(malformed.span));
            return Vec::new();
        }
    };
    let mut reader = Reader::default();
    let mut terms = Vec::new();
    if let Kind::Map(_) = value.kind {
        let mut groups = reader.fields(value, "", &GROUPS);
        for group in GROUPS {
            let Some(field) = groups.take(group) else { continue };
            for value in items(field.value) {
                term(&mut reader, value, &[], group == "people", &mut terms);
            }
        }
    } else {
        for value in items(value) {
            term(&mut reader, value, &[], false, &mut terms);
        }
    }
    terms.sort_by_key(|term| term.span);
    diagnostics.append(&mut reader.diagnostics);
    terms
}

/// The items of a list; anything else is a list of one.
fn items(value: Value) -> Vec<Value> {
    match value.kind {
        Kind::Null => Vec::new(),
        Kind::List(items) => items,
        _ => vec![value],
    }
}

/// Reads a term below others, and those below it.
fn term(
    reader: &mut Reader,
    value: Value,
    above: &[String],
    is_person: bool,
    terms: &mut Vec<IndexTerm>,
) {
    const KEYS: [&str; 7] =
        ["term", "aliases", "patterns", "sort", "see", "see-also", "sub"];
    const HINT: &str = "write `- North Korea`, or \
                        `- {term: \"Korea, North\", aliases: [North Korea, DPRK]}`";
    let span = value.span;
    let mut read = IndexTerm {
        path: above.to_vec(),
        sort: None,
        words: Vec::new(),
        patterns: Vec::new(),
        see: Vec::new(),
        see_also: Vec::new(),
        span,
    };
    let mut below = Vec::new();
    let name = match value.kind {
        Kind::Map(_) => {
            let mut fields = reader.fields(value, "terms.", &KEYS);
            let name = fields.take("term").and_then(|field| reader.text(field));
            let mut texts = |key| {
                fields.take(key).map_or_else(Vec::new, |field| reader.texts(&field))
            };
            read.see = texts("see");
            read.see_also = texts("see-also");
            read.words = texts("aliases").into_iter().map(|(text, _)| text).collect();
            read.patterns = texts("patterns").into_iter().map(|(text, _)| text).collect();
            read.sort = fields.take("sort").and_then(|field| reader.text(field));
            below = fields.take("sub").map_or_else(Vec::new, |it| items(it.value));
            name
        }
        Kind::Scalar(text) => {
            Some(text.trim().to_owned()).filter(|text| !text.is_empty())
        }
        Kind::Null | Kind::List(_) => None,
    };
    let Some(name) = name else {
        let message = "a term of the index has no name";
        return reader.error(Code::MissingKey, span, message, HINT);
    };
    // What only stands for another term is not looked for.
    if read.see.is_empty() || !read.words.is_empty() {
        read.words.extend(natural_order(&name).filter(|_| is_person));
        read.words.push(name.clone());
    }
    read.path.push(name);
    let path = read.path.clone();
    terms.push(read);
    for value in below {
        term(reader, value, &path, false, terms);
    }
}

/// A person's name as it stands in a text: `Barack Obama` for `Obama, Barack`.
fn natural_order(name: &str) -> Option<String> {
    let (family, given) = name.split_once(", ")?;
    (!given.contains(',')).then(|| format!("{given} {family}"))
}
