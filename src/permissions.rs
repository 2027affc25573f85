//! `permissions.yaml`: for each source that the book quotes, whether its words may be quoted, and
//! the line that is printed for that.
//!
//! `bindery check --quotes` brings the numbers in it up to date; all else is a person's, and stays.

use crate::config::value::{Kind, Value};
use crate::config::yaml::{self, scalar};
use crate::diag::{Code, Diagnostic, Warned, nearest};
use crate::edit::{self, Edit};
use crate::source::{FileId, Sources, Span};
use crate::world::{ReadError, World};

/// The name of the file, beside `book.yaml`.
pub(crate) const FILE: &str = "permissions.yaml";

const HEAD: &str = "\
# What this book quotes, and whether it may. `bindery check --quotes` brings the numbers up to date
# and adds sources; `status` (to-do, asked, granted, fair-use) and `line` are yours.
sources:
";

const KEYS: [&str; 6] = ["source", "excerpts", "words", "share", "status", "line"];

/// What is known of the permissions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Permissions {
    /// The sources, in the order of the file.
    pub(crate) entries: Vec<Permission>,
}

/// What is known of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Permission {
    /// Its name, as `check --quotes` lists it.
    pub(crate) source: String,
    /// How far one has come.
    pub(crate) status: Status,
    /// What is printed; empty if nothing.
    pub(crate) line: String,
    /// Where it was written.
    pub(crate) span: Span,
}

/// How far one has come with a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Nobody has asked.
    ToDo,
    /// Somebody was asked.
    Asked,
    /// It was given.
    Granted,
    /// None is needed.
    FairUse,
}

const STATUSES: [(&str, Status); 4] = [
    ("to-do", Status::ToDo),
    ("asked", Status::Asked),
    ("granted", Status::Granted),
    ("fair-use", Status::FairUse),
];

/// How much is quoted from a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quoted {
    /// Its name.
    pub(crate) source: String,
    pub(crate) excerpts: usize,
    pub(crate) words: usize,
    /// How many of a thousand words of the book these are.
    pub(crate) share: usize,
}

/// Reads the file beside `book.yaml`; none if there is no file.
pub(crate) fn read(
    world: &dyn World,
    sources: &mut Sources,
) -> Warned<Option<Permissions>> {
    let mut diagnostics = Vec::new();
    let value = match world.read(FILE) {
        Ok(bytes) => Some(entries(&bytes, sources, &mut diagnostics)),
        Err(ReadError::NotFound) => None,
        Err(error) => {
            let message = format!("{FILE} cannot be read: {error}");
            diagnostics.push(Diagnostic::new(Code::PermissionsUnreadable, message));
            None
        }
    };
    Warned { value: value.map(|entries| Permissions { entries }), diagnostics }
}

fn entries(
    bytes: &[u8],
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Permission> {
    let unreadable =
        |message: String| Diagnostic::new(Code::PermissionsUnreadable, message);
    let Ok(text) = std::str::from_utf8(bytes) else {
        diagnostics.push(unreadable(format!("{FILE} is not UTF-8 text")));
        return Vec::new();
    };
    let file = sources.add(FILE, text);
    let value = match yaml::parse(text, file, 0) {
        Ok(value) => value.cleaned(diagnostics),
        Err(malformed) => {
            let message = format!("{FILE} is not YAML: {}", malformed.message);
            diagnostics.push(unreadable(message).at(malformed.span));
            return Vec::new();
        }
    };
    let Some(list) = value.get("sources") else {
        if value.kind != Kind::Null {
            let said = unreadable(format!("{FILE} has no list `sources`")).at(value.span);
            diagnostics.push(said.hint("begin with an empty file"));
        }
        return Vec::new();
    };
    list.items().iter().filter_map(|value| permission(value, diagnostics)).collect()
}

fn permission(value: &Value, diagnostics: &mut Vec<Diagnostic>) -> Option<Permission> {
    let mut misread = |span: Span, message: String, hint: String| {
        let said = Diagnostic::new(Code::PermissionValue, message).at(span);
        diagnostics.push(said.hint(hint));
    };
    let text = |key| value.get(key).and_then(Value::text).unwrap_or_default().to_owned();
    let source = text("source");
    let Kind::Map(fields) = &value.kind else {
        let message = format!("an entry of {FILE} is {}, not a map", value.what());
        misread(value.span, message, "an entry begins with `- source: …`".to_owned());
        return None;
    };
    for field in fields.iter().filter(|field| !KEYS.contains(&field.key.as_str())) {
        let hint = match nearest(&field.key, KEYS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "the keys are `source`, `status` and `line`, and numbers".to_owned(),
        };
        misread(field.span, format!("there is no key `{}`", field.key), hint);
    }
    if source.is_empty() {
        let message = format!("an entry of {FILE} names no source");
        misread(value.span, message, "an entry begins with `- source: …`".to_owned());
        return None;
    }
    let written = text("status");
    let status = STATUSES.iter().find(|(name, _)| *name == written);
    if let (None, Some(value)) = (status, value.get("status"))
        && value.kind != Kind::Null
    {
        let hint = "it takes `to-do`, `asked`, `granted` or `fair-use`".to_owned();
        misread(value.span, format!("`status` cannot be {}", value.what()), hint);
    }
    let status = status.map_or(Status::ToDo, |(_, status)| *status);
    Some(Permission { source, status, line: text("line"), span: value.span })
}

impl Permissions {
    /// The lines that are printed: of what was granted, and of what needs no permission.
    pub(crate) fn lines(&self) -> Vec<String> {
        let printed =
            |it: &&Permission| matches!(it.status, Status::Granted | Status::FairUse);
        let lines = self.entries.iter().filter(printed).map(|it| it.line.clone());
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// What is still to be done for the sources that are quoted.
    pub(crate) fn to_do<'s>(
        &self,
        quoted: impl Iterator<Item = &'s str>,
    ) -> Vec<Diagnostic> {
        let to_do = |source: &str| {
            let known = self.entries.iter().find(|it| same(&it.source, source));
            let (message, hint) = match known.map(|it| it.status) {
                Some(Status::Granted | Status::FairUse) => return None,
                Some(Status::Asked) => (
                    format!("`{source}` was asked for permission, and has not given it"),
                    "with the answer, `status` is `granted`",
                ),
                Some(Status::ToDo) => (
                    format!("nobody has asked `{source}` for permission"),
                    "`status` says how far one has come",
                ),
                None => (
                    format!("{FILE} does not have `{source}`, which the book quotes"),
                    "`bindery check --quotes` adds it",
                ),
            };
            let said = Diagnostic::new(Code::PermissionToDo, message).hint(hint);
            Some(said.at(known.map(|it| it.span)))
        };
        quoted.filter_map(to_do).collect()
    }
}

/// Whether two names are one: letter case does not count.
fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// The text of the file with the numbers of what is quoted now, and with the sources that it did not
/// have. All else stays as it was. None if it is not YAML.
pub(crate) fn update(text: &str, quoted: &[Quoted]) -> Option<String> {
    let value = yaml::parse(text, FileId::default(), 0).ok()?;
    let list = value.get("sources");
    let entries = list.map_or(&[][..], Value::items);
    let name =
        |value: &Value| value.get("source").and_then(Value::text).map(str::to_owned);
    let known: Vec<(String, &Value)> =
        entries.iter().filter_map(|value| Some((name(value)?, value))).collect();
    let mut edits = Vec::new();
    for (source, value) in &known {
        let now = quoted.iter().find(|it| same(&it.source, source));
        let none = Quoted { source: source.clone(), excerpts: 0, words: 0, share: 0 };
        for (key, number) in now.unwrap_or(&none).numbers() {
            match value.get(key) {
                Some(old) if old.text() != Some(&number) => {
                    edits.push(Edit::replace(old.span.range(), number));
                }
                _ => {}
            }
        }
    }
    let new: Vec<&Quoted> = quoted
        .iter()
        .filter(|it| !known.iter().any(|(source, _)| same(source, &it.source)))
        .collect();
    let mut text = edit::apply(text, edits).text;
    if new.is_empty() {
        return Some(text);
    }
    if list.is_none_or(|list| list.kind == Kind::Null || list.items().is_empty()) {
        let before = text.split_once("sources:").map_or("", |(before, _)| before);
        text = format!("{before}{HEAD}");
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let indent = known.first().map_or(0, |(_, value)| indent(&text, value.span));
    for it in new {
        it.write(indent, &mut text);
    }
    Some(text)
}

/// By how many spaces the entries of the list are indented.
fn indent(text: &str, entry: Span) -> usize {
    let before = text.get(..entry.range().start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.len() - line.trim_start().len()
}

impl Quoted {
    fn numbers(&self) -> [(&'static str, String); 3] {
        let Self { source: _, excerpts, words, share } = self;
        let share = format!("{}.{} %", share / 10, share % 10);
        [
            ("excerpts", excerpts.to_string()),
            ("words", words.to_string()),
            ("share", share),
        ]
    }

    fn write(&self, indent: usize, text: &mut String) {
        let margin = " ".repeat(indent);
        text.push_str(&format!("{margin}- source: {}\n", scalar(&self.source)));
        for (key, number) in self.numbers() {
            text.push_str(&format!("{margin}  {key}: {number}\n"));
        }
        text.push_str(&format!("{margin}  status: to-do\n{margin}  line:\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(source: &str, words: usize) -> Quoted {
        Quoted { source: source.to_owned(), excerpts: 1, words, share: words / 10 }
    }

    #[test]
    fn hands_work_stays() {
        let old = "# Ours.\nsources:\n- source: Harbour News   # by letter\n  words: 10\n  \
                   share: 0.1 %\n  status: asked\n  line: >\n    By kind\n    permission.\n\
                   - {source: Gone, words: 7}\n";
        let new = update(old, &[quoted("harbour news", 120), quoted("Tide: Table", 30)]);
        let expected = "# Ours.\nsources:\n- source: Harbour News   # by letter\n  \
                        words: 120\n  share: 1.2 %\n  status: asked\n  line: >\n    By kind\n    \
                        permission.\n- {source: Gone, words: 0}\n- source: \"Tide: Table\"\n  \
                        excerpts: 1\n  words: 30\n  share: 0.3 %\n  status: to-do\n  line:\n";
        assert_eq!(new.as_deref(), Some(expected));
        let again =
            update(expected, &[quoted("Harbour News", 120), quoted("Tide: Table", 30)]);
        assert_eq!(again.as_deref(), Some(expected));
    }

    #[test]
    fn an_empty_file_is_begun() {
        for old in ["", "sources:\n", "sources: []\n"] {
            let new = update(old, &[quoted("A", 10)]).expect("YAML");
            assert!(new.starts_with("# What this book quotes"), "{new}");
            assert!(new.ends_with("- source: A\n  excerpts: 1\n  words: 10\n  share: 0.1 %\n  status: to-do\n  line:\n"));
        }
        assert_eq!(update("a: [", &[]), None);
    }
}
