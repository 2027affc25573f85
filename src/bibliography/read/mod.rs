//! Files of references: hayagriva's YAML, BibLaTeX and BibTeX, and CSL's JSON.
//!
//! YAML and JSON are read by our own reader, which knows every place and so can say which
//! field of which work is wrong; hayagriva passes unknown fields over and stops at the first
//! error. What cannot be read is left out alone.

mod bib;
mod expansion;
mod fields;
mod json;
mod yaml;

#[cfg(test)]
pub(super) mod tests;

use super::{Reference, References};
use crate::characters::is_lost;
use crate::config::BookConfig;
use crate::diag::{Code, Diagnostic, Severity, Warned};
use crate::source::{FileId, Sources, Span};
use crate::world::World;

/// Reads the file that `bibliography` names, if it names one.
pub(crate) fn read(
    config: &BookConfig,
    world: &dyn World,
    sources: &mut Sources,
) -> Warned<References> {
    let mut reading = Reading::default();
    if let Some(settings) = &config.bibliography {
        match world.read(&settings.file) {
            Ok(bytes) => {
                reading.file(&settings.file, &bytes, settings.span, sources);
                if reading.references.is_empty() && reading.diagnostics.is_empty() {
                    let message = format!("`{}` holds no works", settings.file);
                    let hint = "a work is an entry with a key and a title";
                    reading.unreadable(message, settings.span, hint);
                }
            }
            Err(error) => {
                let message = format!("`{}`: {error}", settings.file);
                let hint = "name a `.yaml`, `.bib` or `.json` file beside `book.yaml`";
                // A book without the works that it cites is none that anybody wanted.
                reading.diagnostics.push(Diagnostic {
                    severity: Severity::Error,
                    ..Diagnostic::new(Code::BibliographyUnreadable, message)
                        .at(settings.span)
                        .hint(hint)
                });
            }
        }
    }
    Warned { value: reading.references, diagnostics: reading.diagnostics }
}

/// What was read, and what was wrong.
#[derive(Debug, Default)]
struct Reading {
    references: References,
    diagnostics: Vec<Diagnostic>,
}

impl Reading {
    fn file(&mut self, path: &str, bytes: &[u8], span: Span, sources: &mut Sources) {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let file = sources.add(path, text.as_str());
        if let Some((at, c)) = text.char_indices().find(|&(_, c)| is_lost(c)) {
            let message =
                format!("the control character U+{:04X} was left out", u32::from(c));
            let place = Span::new(file, at..at + c.len_utf8());
            self.warn(Code::ControlCharacter, message, place, "");
        }
        // Spaces in their stead, so that all places stay.
        let mut blank = String::with_capacity(text.len());
        for c in text.chars() {
            if is_lost(c) {
                blank.extend(std::iter::repeat_n(' ', c.len_utf8()));
            } else {
                blank.push(c);
            }
        }
        let text = blank;
        let extension = path.rsplit('.').next().unwrap_or_default().to_lowercase();
        match extension.as_str() {
            "yaml" | "yml" => yaml::read(&text, file, self),
            "json" => json::read(&text, file, self),
            "bib" | "bibtex" | "biblatex" => bib::read(&text, file, self),
            _ => {
                let message = format!("`{path}` is in no format that is known");
                let hint = "it ends in `.yaml`, `.bib` or `.json`";
                self.warn(Code::BibliographyUnreadable, message, span, hint);
            }
        }
    }

    fn warn(
        &mut self,
        code: Code,
        message: impl Into<String>,
        span: impl Into<Option<Span>>,
        hint: &str,
    ) {
        let diagnostic = Diagnostic::new(code, message).at(span);
        let diagnostic = if hint.is_empty() { diagnostic } else { diagnostic.hint(hint) };
        self.diagnostics.push(diagnostic);
    }

    /// Something about one value.
    fn value(&mut self, message: impl Into<String>, span: Span, hint: &str) {
        self.warn(Code::ReferenceValue, message, span, hint);
    }

    /// Takes a work in, unless its key is there already. A work needs a title, or something
    /// else to begin with.
    fn add(&mut self, reference: Reference, span: Span) {
        let key = &reference.key;
        if key.is_empty() {
            let message = "this work has no key";
            return self.unreadable(message, span, "put one first: it is cited by that");
        }
        if self.references.by_key(key).is_some() {
            let message = format!("two works are called `{key}`");
            self.value(
                message,
                span,
                "the first is cited: give the second a key of its own",
            );
            return;
        }
        if reference.title.is_empty() && reference.short_title.is_none() {
            let message = format!("`{key}` has no title");
            self.value(message, span, "add one, and it can be told from other works");
        }
        self.references.add(Reference { span: Some(span), ..reference });
    }

    /// A file of which nothing can be read.
    fn unreadable(&mut self, message: impl Into<String>, span: Span, hint: &str) {
        self.warn(Code::BibliographyUnreadable, message, span, hint);
    }
}

/// The place of a whole file.
fn start(file: FileId) -> Span {
    Span::new(file, 0..0)
}

/// A DOI without the address of a resolver.
fn bare_doi(text: &str) -> String {
    let start = text.find("10.").unwrap_or(0);
    let is_resolver = text[..start].contains("doi");
    if is_resolver { text[start..].to_owned() } else { text.trim().to_owned() }
}
