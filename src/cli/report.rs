//! Diagnostics on the terminal, and for machines.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::args::{BookArgs, MessageFormat};
use crate::diag::{Code, Diagnostic, FileLine, Severity};
use crate::source::{LineColumn, Sources, Span};

/// How many warnings of one kind a person is shown. Blogs repeat their slips, and the tenth
/// picture without a description says no more than the ninth.
const MAX_ALIKE: usize = 10;

/// How much of a source line is shown, in columns.
const WIDTH: usize = 100;

/// Prints diagnostics and counts them.
pub(super) struct Report {
    format: MessageFormat,
    strict: bool,
    /// The book's folder, so that the places shown are those that an editor can open.
    root: PathBuf,
    /// What has the errors and warnings.
    subject: &'static str,
    errors: usize,
    warnings: BTreeMap<Code, usize>,
    /// How often something was lost or altered, by kind.
    losses: BTreeMap<Code, usize>,
    /// All messages, as a machine reads them.
    lines: String,
}

impl Report {
    pub(super) fn new(args: &BookArgs, root: &Path) -> Self {
        Self { strict: args.strict, ..Self::of("the book", args.message_format, root) }
    }

    /// A report on something else than a book.
    pub(super) fn of(subject: &'static str, format: MessageFormat, root: &Path) -> Self {
        Self {
            format,
            strict: false,
            root: root.to_owned(),
            subject,
            errors: 0,
            warnings: BTreeMap::new(),
            losses: BTreeMap::new(),
            lines: String::new(),
        }
    }

    /// Prints what there is to say.
    pub(super) fn tell(&mut self, diagnostics: Vec<Diagnostic>, sources: &Sources) {
        for mut diagnostic in diagnostics {
            if self.strict {
                diagnostic.severity = Severity::Error;
            }
            let line = self.json(&diagnostic, sources);
            self.lines.push_str(&line);
            self.lines.push('\n');
            if diagnostic.code.is_loss() {
                *self.losses.entry(diagnostic.code).or_default() +=
                    1 + diagnostic.also.len();
            }
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => {
                    let alike = self.warnings.entry(diagnostic.code).or_default();
                    *alike += 1;
                    if self.format == MessageFormat::Human && *alike > MAX_ALIKE {
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
                    let _ = writeln!(std::io::stdout(), "{line}");
                }
            }
        }
    }

    /// All messages so far, one JSON object a line.
    pub(super) fn lines(&self) -> &str {
        &self.lines
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
        for (code, count) in self.warnings.iter().filter(|(_, count)| **count > MAX_ALIKE)
        {
            let more = count - MAX_ALIKE;
            let message = format!("{more} more of `{}` are not shown", code.name());
            let hint = "`--message-format json` shows every one";
            let group = Level::WARNING.primary_title(message);
            let group = group.element(Level::HELP.message(hint));
            eprintln!("{}\n", self.renderer().render(&[group]));
        }
        let warnings: usize = self.warnings.values().sum();
        let counted = |count, noun| (count > 0).then(|| plural(count, noun));
        let counts = [counted(self.errors, "error"), counted(warnings, "warning")];
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        if counts.is_empty() {
            return;
        }
        let level = if self.failed() { Level::ERROR } else { Level::WARNING };
        let title =
            level.primary_title(format!("{} has {}", self.subject, counts.join(" and ")));
        let mut group = Group::with_title(title);
        if !self.losses.is_empty() {
            let kinds = self.losses.iter();
            let kinds = kinds.map(|(code, count)| format!("{count} × {}", code.name()));
            let kinds: Vec<String> = kinds.collect();
            let note = format!("lost or altered: {}", kinds.join(", "));
            group = group.element(Level::NOTE.message(note));
        }
        eprintln!("{}", self.renderer().render(&[group]));
    }

    /// Whether a person reads the messages.
    pub(super) fn is_human(&self) -> bool {
        self.format == MessageFormat::Human
    }

    fn renderer(&self) -> Renderer {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if plain || !std::io::stderr().is_terminal() {
            Renderer::plain().term_width(WIDTH)
        } else {
            Renderer::styled().term_width(WIDTH)
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
            let snippet = Snippet::source(place.text).path(place.path.as_str());
            let caret = AnnotationKind::Primary.span(place.caret.clone());
            group = group.element(snippet.line_start(place.line).annotation(caret));
        }
        if let Some(FileLine { path, line }) = diagnostic.file.as_deref() {
            let origin = Origin::path(path.as_str());
            let line = line.and_then(|line| usize::try_from(line).ok());
            group = group.element(match line {
                Some(line) => origin.line(line),
                None => origin,
            });
        }
        if !diagnostic.also.is_empty() {
            group = group.element(Level::NOTE.message(self.others(diagnostic, sources)));
        }
        for hint in &diagnostic.hints {
            group = group.element(Level::HELP.message(hint.as_str()));
        }
        self.renderer().render(&[group])
    }

    /// The other places: `also at a.md:4, b.md:12 and 3 more places`.
    fn others(&self, diagnostic: &Diagnostic, sources: &Sources) -> String {
        const SHOWN: usize = 6;
        let places = diagnostic.also.iter().take(SHOWN).map(|span| {
            let Place { path, line, .. } = Place::new(*span, sources, &self.root);
            format!("{path}:{line}")
        });
        let shown = places.collect::<Vec<_>>().join(", ");
        match diagnostic.also.len().saturating_sub(SHOWN) {
            0 => format!("also at {shown}"),
            more => format!("also at {shown} and {}", plural(more, "more place")),
        }
    }

    fn json(&self, diagnostic: &Diagnostic, sources: &Sources) -> String {
        let place = diagnostic.span.map(|span| Place::new(span, sources, &self.root));
        let others = diagnostic.also.iter().map(|span| {
            let Place { path, line, column, .. } = Place::new(*span, sources, &self.root);
            OtherPlace { file: path, line, column }
        });
        let outside = diagnostic.file.as_deref();
        let outside = outside.map_or((None, None), |it| {
            let line = it.line.and_then(|line| usize::try_from(line).ok());
            (Some(it.path.as_str()), line)
        });
        let message = Message {
            code: diagnostic.code.name(),
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: &diagnostic.message,
            file: place.as_ref().map(|place| place.path.as_str()).or(outside.0),
            line: place.as_ref().map(|place| place.line).or(outside.1),
            column: place.as_ref().map(|place| place.column),
            also: others.collect(),
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<OtherPlace>,
    hints: &'a [String],
}

/// Where else the same was found.
#[derive(Serialize)]
struct OtherPlace {
    file: String,
    line: usize,
    column: usize,
}

/// A place and its line.
struct Place<'a> {
    path: String,
    line: usize,
    column: usize,
    /// The whole line: a post's paragraph is one, and the renderer cuts it around the caret.
    text: &'a str,
    /// What of the line to point at, which is the beginning of a longer place.
    caret: std::ops::Range<usize>,
}

impl<'a> Place<'a> {
    /// As much as is pointed at, in characters. More would leave no room to cut.
    const MAX_CARET_CHARS: usize = 40;

    fn new(span: Span, sources: &'a Sources, root: &Path) -> Self {
        let source = sources.get(span.file);
        let text = &*source.text;
        let LineColumn { line, column } = sources.line_column(span);
        let start = text.floor_char_boundary(span.range().start);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let rest = text[line_start..].lines().next().unwrap_or_default();
        let start = (start - line_start).min(rest.len());
        let end = rest.floor_char_boundary(span.range().end.saturating_sub(line_start));
        let pointed =
            rest[start..end.max(start)].char_indices().nth(Self::MAX_CARET_CHARS);
        let end = pointed.map_or(end.max(start), |(byte, _)| start + byte);
        Self {
            path: root.join(&source.path).to_string_lossy().replace('\\', "/"),
            line,
            column,
            text: rest,
            caret: start..end,
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
    fn a_long_place_is_pointed_at_where_it_begins() {
        let mut sources = Sources::default();
        let text = format!("one\r\n{}x{}\r\n", "é".repeat(500), "ö".repeat(500));
        let file = sources.add("a.md", text);
        let span = Span::new(file, 1005..2000);
        let place = Place::new(span, &sources, Path::new("book"));
        assert_eq!((place.line, place.column), (2, 501));
        assert_eq!(place.text[place.caret].chars().count(), 40);
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
