//! Diagnostics on the terminal, and for machines.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::args::{BookArgs, MessageFormat};
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::{Sources, Span};

/// How many warnings of one kind a person is shown. Blogs repeat their slips, and the tenth
/// picture without a description says no more than the ninth.
const MOST_ALIKE: usize = 10;

/// Prints diagnostics and counts them.
pub(super) struct Report {
    format: MessageFormat,
    strict: bool,
    /// The book's folder, so that the places shown are those that an editor can open.
    root: PathBuf,
    errors: usize,
    warnings: BTreeMap<Code, usize>,
}

impl Report {
    pub(super) fn new(args: &BookArgs, root: &Path) -> Self {
        Self {
            format: args.message_format,
            strict: args.strict,
            root: root.to_owned(),
            errors: 0,
            warnings: BTreeMap::new(),
        }
    }

    /// Prints what there is to say.
    pub(super) fn tell(&mut self, diagnostics: Vec<Diagnostic>, sources: &Sources) {
        for mut diagnostic in diagnostics {
            if self.strict {
                diagnostic.severity = Severity::Error;
            }
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => {
                    let alike = self.warnings.entry(diagnostic.code).or_default();
                    *alike += 1;
                    if self.format == MessageFormat::Human && *alike > MOST_ALIKE {
                        continue;
                    }
                }
            }
            match self.format {
                MessageFormat::Human => {
                    let text = self.human(&diagnostic, sources);
                    eprintln!("{text}\n");
                }
                MessageFormat::Json => {
                    let line = self.json(&diagnostic, sources);
                    let _ = writeln!(std::io::stdout(), "{line}");
                }
            }
        }
    }

    /// Whether the book has errors.
    pub(super) fn failed(&self) -> bool {
        self.errors > 0
    }

    /// Ends the report: says what was not shown, and how many there were.
    pub(super) fn finish(&self) {
        if self.format == MessageFormat::Json {
            return;
        }
        for (code, count) in
            self.warnings.iter().filter(|(_, count)| **count > MOST_ALIKE)
        {
            let more = count - MOST_ALIKE;
            let message = format!("{more} more of `{}` are not shown", code.name());
            let hint = "`--message-format json` shows every one";
            let group = Level::WARNING.primary_title(message);
            let group = group.element(Level::HELP.message(hint));
            eprintln!("{}\n", self.renderer().render(&[group]));
        }
        let warnings: usize = self.warnings.values().sum();
        let title = match (self.errors, warnings) {
            (0, 0) => return,
            (0, warnings) => {
                let message = plural(warnings, "warning");
                Level::WARNING.primary_title(message)
            }
            (errors, 0) => {
                let message = format!("no book was made: {}", plural(errors, "error"));
                Level::ERROR.primary_title(message)
            }
            (errors, warnings) => {
                let errors = plural(errors, "error");
                let warnings = plural(warnings, "warning");
                let message = format!("no book was made: {errors}, {warnings}");
                Level::ERROR.primary_title(message)
            }
        };
        eprintln!("{}", self.renderer().render(&[Group::with_title(title)]));
    }

    /// Whether a person reads the messages.
    pub(super) fn is_human(&self) -> bool {
        self.format == MessageFormat::Human
    }

    fn renderer(&self) -> Renderer {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if plain || !std::io::stderr().is_terminal() {
            Renderer::plain()
        } else {
            Renderer::styled()
        }
    }

    fn human(&self, diagnostic: &Diagnostic, sources: &Sources) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let place = diagnostic.span.map(|span| Place::new(span, sources, &self.root));
        let title =
            level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name());
        let mut group = Group::with_title(title);
        if let Some(place) = &place {
            let origin = Origin::path(place.path.as_str());
            let origin = origin.line(place.line).char_column(place.column);
            let caret = AnnotationKind::Primary.span(place.caret.clone());
            let snippet = Snippet::source(place.window.as_str()).line_start(place.line);
            group = group.element(origin).element(snippet.annotation(caret));
        }
        for hint in &diagnostic.hints {
            group = group.element(Level::HELP.message(hint.as_str()));
        }
        self.renderer().render(&[group])
    }

    fn json(&self, diagnostic: &Diagnostic, sources: &Sources) -> String {
        let place = diagnostic.span.map(|span| Place::new(span, sources, &self.root));
        let message = Message {
            code: diagnostic.code.name(),
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: &diagnostic.message,
            file: place.as_ref().map(|place| place.path.as_str()),
            line: place.as_ref().map(|place| place.line),
            column: place.as_ref().map(|place| place.column),
            hints: &diagnostic.hints,
        };
        serde_json::to_string(&message).unwrap_or_default()
    }
}

/// What a machine is told.
#[derive(Serialize)]
struct Message<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    hints: &'a [String],
}

/// A place, and as much of its line as fits a screen. A post's paragraph is one line, and the
/// caret would be lost in it.
struct Place {
    path: String,
    line: usize,
    column: usize,
    window: String,
    /// What of the window to point at.
    caret: std::ops::Range<usize>,
}

impl Place {
    /// How much of a line is shown, in characters: this many before the place…
    const BEFORE: usize = 40;
    /// … and this many from it.
    const AFTER: usize = 60;

    fn new(span: Span, sources: &Sources, root: &Path) -> Self {
        let source = sources.get(span.file);
        let text = &source.text;
        let at = sources.line_column(span);
        let boundary = |byte: usize| {
            (0..=byte.min(text.len()))
                .rev()
                .find(|&b| text.is_char_boundary(b))
                .unwrap_or(0)
        };
        let start = boundary(span.range().start);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end =
            text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        let line_end =
            line_start + text[line_start..line_end].trim_end_matches('\r').len();
        let start = start.min(line_end);

        let before = &text[line_start..start];
        let (cut, before) = match before.char_indices().nth_back(Self::BEFORE) {
            Some((byte, c)) => ("…", &before[byte + c.len_utf8()..]),
            None => ("", before),
        };
        let after = &text[start..line_end];
        let (after, rest) = match after.char_indices().nth(Self::AFTER) {
            Some((byte, _)) => (&after[..byte], "…"),
            None => (after, ""),
        };
        let caret = cut.len() + before.len();
        let length = boundary(span.range().end).clamp(start, line_end) - start;
        let path = root.join(&source.path).to_string_lossy().replace('\\', "/");
        Self {
            path,
            line: at.line,
            column: at.column,
            caret: caret..caret + length.min(after.len()),
            window: format!("{cut}{before}{after}{rest}"),
        }
    }
}

/// `1 error`, `2 errors`.
pub(super) fn plural(count: usize, noun: &str) -> String {
    let count = if count == 1 {
        return format!("1 {noun}");
    } else {
        thousands(count)
    };
    format!("{count} {noun}s")
}

/// `12,345`.
fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let mut sources = Sources::default();
        let text = format!("one\n{}x{}\n", "é".repeat(500), "ö".repeat(500));
        let file = sources.add("a.md", text);
        let span = Span::new(file, 1004..1005);
        let place = Place::new(span, &sources, Path::new("book"));
        assert_eq!((place.line, place.column), (2, 501));
        assert_eq!(&place.window[place.caret], "x");
        assert_eq!(place.window.chars().count(), 102);
        assert_eq!(place.path, "book/a.md");
    }

    #[test]
    fn places_at_the_very_end_are_places() {
        let mut sources = Sources::default();
        let file = sources.add("a.md", "a\r\n");
        for range in [0..3, 3..3, 9..12] {
            Place::new(Span::new(file, range), &sources, Path::new(""));
        }
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(plural(1, "word"), "1 word");
        assert_eq!(plural(0, "word"), "0 words");
        assert_eq!(plural(1_234_567, "word"), "1,234,567 words");
    }
}
