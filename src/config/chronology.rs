//! `chronology`: what happened when.

use jiff::civil::Date;

use super::reader::{Field, Reader};
use super::value::{Kind, Value};
use super::yaml;
use crate::diag::{Code, Diagnostic};
use crate::language::Language;
use crate::source::{Sources, Span};
use crate::world::{ReadError, World, normalize};

/// `chronology`: the list at the back of what happened when.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct ChronologySettings {
    /// Whether the book has one.
    pub wanted: bool,
    /// `posts`: whether the posts stand in it, beside the events that their headers tell.
    pub posts: bool,
    /// `file`, and where it was named.
    file: Option<(String, Span)>,
    /// The events of that file.
    pub events: Vec<Event>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    /// When.
    pub(crate) date: EventDate,
    /// What.
    pub(crate) text: String,
    /// Where it was written.
    pub(crate) span: Span,
}

/// A day, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EventDate {
    year: i16,
    /// None where it is not known.
    month: Option<i8>,
    day: Option<i8>,
}

impl EventDate {
    /// `1911`, `1911-05` or `1911-05-03`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('-');
        let year: i16 = parts.next().filter(|it| it.len() == 4)?.parse().ok()?;
        let mut part = || match parts.next() {
            Some(part) if part.len() == 2 => part.parse().ok().map(Some),
            Some(_) => None,
            None => Some(None),
        };
        let (month, day): (Option<i8>, Option<i8>) = (part()?, part()?);
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        parts.next().is_none().then_some(Self { year, month, day })
    }

    /// As a language writes it.
    pub(crate) fn words(self, language: &Language) -> String {
        let Self { year, month, day } = self;
        match (month, day) {
            (Some(month), Some(day)) => Date::new(year, month, day)
                .map_or_else(|_| year.to_string(), |date| language.date(date)),
            (Some(month), None) => language.month(year, month),
            (None, _) => language.year(year),
        }
    }

    /// As ISO 8601 has it.
    pub(crate) fn iso(self) -> String {
        let Self { year, month, day } = self;
        let part =
            |part: Option<i8>| part.map_or(String::new(), |it| format!("-{it:02}"));
        format!("{year:04}{}{}", part(month), part(day))
    }
}

impl From<Date> for EventDate {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

/// Reads `chronology`: `true`, or a map.
pub(super) fn read(reader: &mut Reader, field: Field) -> ChronologySettings {
    let mut settings =
        ChronologySettings { wanted: true, posts: true, ..ChronologySettings::default() };
    if let Some(wanted) = field.value.flag() {
        settings.wanted = wanted;
        return settings;
    }
    if !matches!(field.value.kind, Kind::Map(_)) {
        let hint = "it takes `true`, or `{posts: false, file: chronology.yaml}`";
        return reader.misfit(&field, hint).unwrap_or_default();
    }
    let mut fields = reader.fields(field.value, "chronology.", &["posts", "file"]);
    let posts = fields.take("posts").and_then(|field| reader.flag(&field));
    settings.posts = posts.unwrap_or(true);
    settings.file = fields.take("file").and_then(|field| {
        let span = field.value.span;
        reader.text(field).map(|file| (file, span))
    });
    settings
}

impl ChronologySettings {
    /// Reads the events of the file that is named.
    pub(super) fn read_events(
        &mut self,
        world: &dyn World,
        sources: &mut Sources,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let Some((name, span)) = self.file.clone() else { return };
        let read = Listed { world, what: "chronology", name: &name, span };
        let Some(value) = read.value(sources, diagnostics) else { return };
        for value in value.items() {
            let misread = |span: Span, message: String| {
                let said = Diagnostic::new(Code::InvalidValue, message).at(span);
                said.hint("write `- {date: 1911-05, text: The channel was closed}`")
            };
            match event(value) {
                Ok(event) => self.events.push(event),
                Err((span, message)) => diagnostics.push(misread(span, message)),
            }
        }
    }
}

/// A file beside `book.yaml` whose entries are in YAML.
pub(super) struct Listed<'a> {
    pub(super) world: &'a dyn World,
    /// The key that names it.
    pub(super) what: &'a str,
    pub(super) name: &'a str,
    pub(super) span: Span,
}

impl Listed<'_> {
    /// What it says; none if it cannot be read, which is reported.
    pub(super) fn value(
        &self,
        sources: &mut Sources,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Value> {
        let Self { world, what, name, span } = *self;
        let path = normalize(name);
        let mut unreadable = |message: String| {
            let said = Diagnostic::new(Code::ListUnreadable, message).at(span);
            diagnostics.push(said.hint(format!("`{what}` names it")));
        };
        let bytes = match world.read(&path) {
            Ok(bytes) => bytes,
            Err(ReadError::NotFound) => {
                unreadable(format!("there is no file `{path}`"));
                return None;
            }
            Err(ReadError::Failed(reason)) => {
                unreadable(format!("`{path}` cannot be read: {reason}"));
                return None;
            }
        };
        let Ok(text) = String::from_utf8(bytes.to_vec()) else {
            unreadable(format!("`{path}` is not UTF-8 text"));
            return None;
        };
        let file = sources.add(&path, text.as_str());
        match yaml::parse(&text, file, 0) {
            Ok(value) => Some(value.cleaned(diagnostics)),
            Err(malformed) => {
                let message = format!("`{path}` is not YAML: {}", malformed.message);
                let mut said = Diagnostic::new(Code::ListUnreadable, message);
                said.hints.extend(malformed.hint.map(str::to_owned));
                diagnostics.push(said.at(malformed.span));
                None
            }
        }
    }
}

/// An event of a list: its date and its text, or what is wrong with it, and where.
pub(crate) fn event(value: &Value) -> Result<Event, (Span, String)> {
    let Kind::Map(entries) = &value.kind else {
        return Err((value.span, format!("an event cannot be {}", value.what())));
    };
    let unknown = entries.iter().find(|entry| !matches!(&*entry.key, "date" | "text"));
    if let Some(entry) = unknown {
        return Err((entry.span, format!("an event has no key `{}`", entry.key)));
    }
    let text = value.get("text").and_then(Value::text).unwrap_or_default();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err((value.span, "an event has no `text`".to_owned()));
    }
    let Some(written) = value.get("date") else {
        return Err((value.span, "an event has no `date`".to_owned()));
    };
    let Some(date) = written.text().and_then(EventDate::parse) else {
        let what = written.what();
        return Err((written.span, format!("the date of an event cannot be {what}")));
    };
    Ok(Event { date, text, span: value.span })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_events_may_be_months_and_years() {
        let english = Language::parse("en").expect("a language");
        let words = |text| EventDate::parse(text).map(|date| date.words(&english));
        assert_eq!(words("1911").as_deref(), Some("1911"));
        assert_eq!(words("1911-05").as_deref(), Some("May 1911"));
        assert_eq!(words("1911-05-03").as_deref(), Some("May 3, 1911"));
        for text in ["11", "1911-13", "1911-02-30", "1911-5", "soon", "1911-05-03-01", ""]
        {
            assert_eq!(words(text), None, "{text}");
        }
        assert!(EventDate::parse("1911") < EventDate::parse("1911-01-01"));
    }
}
