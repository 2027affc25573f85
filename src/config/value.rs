//! A value with its place: what YAML, TOML and JSON have in common.

use crate::characters::{clean, is_lost};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// A value, and where it is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Value {
    /// Where.
    pub(crate) span: Span,
    /// What.
    pub(crate) kind: Kind,
}

/// What a value is, before anybody asks for a type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// Nothing: `null`, or a key with no value.
    Null,
    /// A scalar as it is written. `1984` and `no` may well be titles: who reads the value
    /// decides whether they are numbers or flags.
    Scalar(String),
    /// A list.
    List(Vec<Value>),
    /// A map, its keys unique and in the order in which they are written.
    Map(Vec<Entry>),
}

/// A key of a map and its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// The key.
    pub(crate) key: String,
    /// Where the key is written.
    pub(crate) span: Span,
    /// The value.
    pub(crate) value: Value,
}

/// Text that does not have the form which it should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Malformed {
    /// The first place at which it is wrong.
    pub(crate) span: Span,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do about it, where that is known.
    pub(crate) hint: Option<&'static str>,
}

impl Value {
    /// The text of a scalar, without white space around it.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(text) => Some(text.trim()),
            _ => None,
        }
    }

    /// The value without characters that no book can hold; a message says where some were lost.
    pub(crate) fn cleaned(mut self, diagnostics: &mut Vec<Diagnostic>) -> Self {
        self.clean(diagnostics);
        self
    }

    fn clean(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        match &mut self.kind {
            Kind::Null => {}
            Kind::Scalar(text) => {
                if let Some(c) = text.chars().find(|&c| is_lost(c)) {
                    let message = format!(
                        "the control character U+{:04X} was left out",
                        u32::from(c)
                    );
                    let diagnostic = Diagnostic::new(Code::ControlCharacter, message);
                    diagnostics.push(diagnostic.at(self.span));
                }
                *text = clean(text).into_owned();
            }
            Kind::List(items) => {
                for item in items {
                    item.clean(diagnostics);
                }
            }
            Kind::Map(entries) => {
                for entry in entries {
                    entry.key = clean(&entry.key).into_owned();
                    entry.value.clean(diagnostics);
                }
            }
        }
    }

    /// A scalar that is a yes or a no, as YAML 1.1 and 1.2 know them.
    pub(crate) fn flag(&self) -> Option<bool> {
        match self.text()?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            _ => None,
        }
    }

    /// The items of a list; a scalar or a map is a list of one, and nothing is an empty one.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::Null => &[],
            Kind::List(items) => items,
            Kind::Scalar(_) | Kind::Map(_) => std::slice::from_ref(self),
        }
    }

    /// What is there, for messages: `a list`.
    pub(crate) fn what(&self) -> String {
        match &self.kind {
            Kind::Null => "empty".to_owned(),
            Kind::Scalar(text) => format!("`{}`", shorten(text)),
            Kind::List(_) => "a list".to_owned(),
            Kind::Map(_) => "a map".to_owned(),
        }
    }

    /// The entry of a map whose key is `key`, letter case aside.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Kind::Map(entries) = &self.kind else { return None };
        let found = entries.iter().find(|entry| entry.key.eq_ignore_ascii_case(key))?;
        Some(&found.value)
    }
}

/// The beginning of a text, on one line.
fn shorten(text: &str) -> String {
    const MAX_SHOWN_CHARS: usize = 40;
    let line = text.trim().lines().next().unwrap_or_default();
    if line.chars().count() <= MAX_SHOWN_CHARS {
        return line.to_owned();
    }
    line.chars().take(MAX_SHOWN_CHARS).chain(std::iter::once('…')).collect()
}
