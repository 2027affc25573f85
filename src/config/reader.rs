//! Typed reading: each value asked for by its key, each misfit told at its place.

use jiff::civil::Date;

use super::TagName;
use super::value::{Entry, Kind, Value};
use crate::diag::{Code, Diagnostic, nearest};
use crate::source::Span;

/// Reads values and collects what is wrong with them.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The entries of a map whose keys are all known, to be taken one by one.
pub(super) struct Fields {
    /// Before each key in messages: `gather.`.
    prefix: &'static str,
    entries: Vec<Entry>,
}

/// One value under its full key.
pub(super) struct Field {
    /// The key, as in `gather.tags`.
    pub(super) key: String,
    pub(super) value: Value,
}

impl Fields {
    /// Where the value of a key was written, if it is there.
    pub(super) fn span(&self, key: &str) -> Option<Span> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.value.span)
    }

    /// Takes the value of a key that is there and has a value.
    pub(super) fn take(&mut self, key: &str) -> Option<Field> {
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        let value = self.entries.swap_remove(at).value;
        let key = format!("{}{key}", self.prefix);
        (value.kind != Kind::Null).then_some(Field { key, value })
    }
}

impl Reader {
    /// The entries of a map; a key that is not among `known` is an error.
    pub(super) fn fields(
        &mut self,
        value: Value,
        prefix: &'static str,
        known: &[&str],
    ) -> Fields {
        let mut entries = match value.kind {
            Kind::Map(entries) => entries,
            Kind::Null => Vec::new(),
            Kind::Scalar(_) | Kind::List(_) => {
                let name = match prefix.trim_end_matches('.') {
                    "" => "book.yaml".to_owned(),
                    key => format!("`{key}`"),
                };
                let message = format!("{name} is {}, not a map", value.what());
                let hint = format!("it takes the keys {}", list(known));
                self.error(Code::InvalidValue, value.span, message, hint);
                Vec::new()
            }
        };
        entries.retain(|entry| {
            let is_known = known.contains(&entry.key.as_str());
            if !is_known {
                self.unknown(entry, prefix, known);
            }
            is_known
        });
        Fields { prefix, entries }
    }

    /// Text on one or more lines.
    pub(super) fn text(&mut self, field: Field) -> Option<String> {
        match field.value.text() {
            Some(text) if !text.is_empty() => Some(text.to_owned()),
            _ => self.misfit(&field, "it takes text"),
        }
    }

    /// Text with its place: the name of something that is elsewhere.
    pub(super) fn name(&mut self, field: Field) -> Option<TagName> {
        let span = Some(field.value.span);
        self.text(field).map(|name| TagName { name, span })
    }

    /// A list of texts; one text is a list of one.
    pub(super) fn texts(&mut self, field: &Field) -> Vec<(String, Span)> {
        let mut texts = Vec::new();
        for item in field.value.items() {
            match item.text() {
                Some(text) if !text.is_empty() => {
                    texts.push((text.to_owned(), item.span))
                }
                _ => {
                    let message =
                        format!("an item of `{}` is {}", field.key, item.what());
                    let hint = format!("`{}` takes text, or a list of texts", field.key);
                    self.error(Code::InvalidValue, item.span, message, hint);
                }
            }
        }
        texts
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, field: &Field) -> Option<bool> {
        field.value.flag().or_else(|| self.misfit(field, "it takes `true` or `false`"))
    }

    /// One of some words.
    pub(super) fn choice<T: Clone>(
        &mut self,
        field: &Field,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let word = field.value.text().unwrap_or_default();
        if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == word) {
            return Some(choice.clone());
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let allowed = match nearest(word, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? it takes {}", list(&names)),
            None => format!("it takes {}", list(&names)),
        };
        self.misfit(field, allowed)
    }

    /// A day.
    pub(super) fn date(&mut self, field: &Field) -> Option<Date> {
        let text = field.value.text().unwrap_or_default();
        let is_iso =
            text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
        match text.parse() {
            Ok(date) if is_iso => Some(date),
            _ => self.misfit(field, "it takes a day, such as `2017-08-01`"),
        }
    }

    /// A whole number within bounds, both included.
    pub(super) fn number(&mut self, field: &Field, least: u8, most: u8) -> Option<u8> {
        let number = field.value.text().and_then(|text| text.parse().ok());
        number.filter(|number| (least..=most).contains(number)).or_else(|| {
            self.misfit(field, format!("it takes a whole number from {least} to {most}"))
        })
    }

    /// Tells that a value does not fit its key.
    pub(super) fn misfit<T>(
        &mut self,
        field: &Field,
        hint: impl Into<String>,
    ) -> Option<T> {
        let message = format!("`{}` cannot be {}", field.key, field.value.what());
        self.error(Code::InvalidValue, field.value.span, message, hint);
        None
    }

    /// Tells anything.
    pub(super) fn error(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::new(code, message).at(span).hint(hint));
    }

    fn unknown(&mut self, entry: &Entry, prefix: &str, known: &[&str]) {
        let key = format!("{prefix}{}", entry.key);
        let hint = match nearest(&entry.key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if prefix.is_empty() => format!("the keys are {}", list(known)),
            None => {
                let owner = prefix.trim_end_matches('.');
                format!("`{owner}` takes the keys {}", list(known))
            }
        };
        let message = format!("there is no key `{key}`");
        self.error(Code::UnknownKey, entry.span, message, hint);
    }
}

/// Words for a hint: `` `a`, `b` or `c` ``.
pub(super) fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("{} or {last}", rest.join(", "))
        }
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}
