//! The text that is read, and the places in it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::characters::{cleaned, is_lost, references};
use crate::diag::{Code, Diagnostic};
use crate::dialect::Rewritten;
use crate::document::{Inline, InlineKind};
use crate::edit::SourceMap;
use crate::manuscript::Post;
use crate::source::{FileId, Span};

use super::prepare::{Found, Prepared, prepare};

/// The text of a post as it is given to pulldown-cmark, and as it was written.
pub(super) struct Text<'a> {
    /// As it was written, but for what [`prepare`](super::prepare) changed.
    written: Cow<'a, str>,
    /// The same length, with what pulldown-cmark is not to see hidden from it: each `:::` line is
    /// a thematic break, for that is the one construct of CommonMark that ends a paragraph and
    /// takes a single line.
    masked: Arc<String>,
    /// Where the parts of `written` were written: what was edited last, first.
    maps: Vec<SourceMap>,
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    /// The text begins at this byte of the file.
    File(FileId, usize),
    /// All of it is at one place.
    Fixed(Span),
}

/// Stands before a line to keep it from being read as a block: a mark of punctuation, after which
/// emphasis may begin, of a script (Old Assyrian) in which nobody writes titles.
const FENCE: char = '\u{12470}';

impl<'a> Text<'a> {
    /// A post's body, its dialect rewritten.
    pub(super) fn body(
        post: &Post,
        rewritten: &'a Rewritten<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let place = Place::File(post.file, post.body.start);
        let Rewritten { text, maps, .. } = rewritten;
        let mut unclosed = Vec::new();
        let Prepared { text, hidden, map } = prepare(text, &mut unclosed);
        diagnostics.extend(unclosed.into_iter().map(
            |Found { code, range, message, hint }| {
                let range = maps.iter().fold(range, |range, map| map.range(range));
                let span = place.span(range);
                Diagnostic::new(code, message).at(span).hint(hint)
            },
        ));
        let maps = std::iter::once(map).chain(maps.iter().cloned()).collect();
        Self { masked: Arc::new(hidden), written: text, maps, place }
    }

    /// The body of a post in HTML, its calls rewritten: nothing is hidden of it.
    pub(super) fn html(post: &Post, rewritten: &'a Rewritten<'_>) -> Self {
        let Rewritten { text, maps, .. } = rewritten;
        Self {
            masked: Arc::new(text.clone().into_owned()),
            written: Cow::Borrowed(text.as_ref()),
            maps: maps.clone(),
            place: Place::File(post.file, post.body.start),
        }
    }

    /// A line that came through [`Text::fence`].
    pub(super) fn line(line: &'a str, span: Span) -> Self {
        Self {
            written: Cow::Borrowed(line),
            masked: Arc::new(line.to_owned()),
            maps: Vec::new(),
            place: Place::Fixed(span),
        }
    }

    /// Makes a line safe from being read as a block.
    pub(super) fn fence(line: &str) -> String {
        format!("{FENCE}{}", line.replace(['\n', '\r'], " "))
    }

    /// Takes away what [`Text::fence`] added.
    pub(super) fn unfence(inlines: &mut [Inline]) {
        if let Some(Inline { kind: InlineKind::Text(text), .. }) = inlines.first_mut()
            && text.starts_with(FENCE)
        {
            text.remove(0);
        }
    }

    /// What pulldown-cmark is to read.
    pub(super) fn masked(&self) -> &Arc<String> {
        &self.masked
    }

    /// What was written at a range.
    pub(super) fn written(&self, range: Range<usize>) -> &str {
        self.written.get(range).unwrap_or_default()
    }

    /// The span of a range.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.place.span(self.maps.iter().fold(range, |range, map| map.range(range)))
    }

    /// Whether nobody wrote what stands at a place.
    pub(super) fn is_made(&self, at: usize) -> bool {
        self.maps.first().is_some_and(|map| map.is_made(at))
    }

    /// The words of an event at `range`, as they were written and without characters that no
    /// book can hold.
    pub(super) fn words(&self, event: &str, range: Range<usize>) -> String {
        cleaned(self.raw(event, range).to_owned())
    }

    /// The words of an event at `range`, as they were written.
    pub(super) fn raw<'s>(&'s self, event: &'s str, range: Range<usize>) -> &'s str {
        let masked = self.masked.get(range.clone());
        if masked == Some(event) { self.written(range) } else { event }
    }

    /// Says which characters cannot be kept, each kind once. In `literal` ranges, those of code,
    /// a reference is but what it is.
    pub(super) fn report_forbidden(
        &self,
        literal: &[Range<usize>],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if !self.written.chars().any(is_lost) && !self.written.contains("&#") {
            return;
        }
        let mut found: BTreeMap<char, (Range<usize>, usize)> = BTreeMap::new();
        let mut note = |c: char, range: Range<usize>| {
            found.entry(c).or_insert((range, 0)).1 += 1;
        };
        for (at, c) in self.written.char_indices().filter(|&(_, c)| is_lost(c)) {
            note(c, at..at + c.len_utf8());
        }
        for (range, c) in references(&self.written) {
            // HTML and CommonMark make U+FFFD of `&#0;`, which a book can hold.
            let Some(c) = c.filter(|&c| is_lost(c) && c != '\0') else { continue };
            let before = &self.written.as_bytes()[..range.start];
            let escaped =
                before.iter().rev().take_while(|&&b| b == b'\\').count() % 2 == 1;
            let part = literal.partition_point(|part| part.end <= range.start);
            let is_literal = literal.get(part).is_some_and(|it| it.start <= range.start);
            if !escaped && !is_literal {
                note(c, range);
            }
        }
        for (c, (range, count)) in found {
            let times =
                if count == 1 { String::new() } else { format!(" ({count} times)") };
            let message = format!(
                "the control character U+{:04X}{times} was left out",
                u32::from(c)
            );
            let diagnostic = Diagnostic::new(Code::ControlCharacter, message);
            diagnostics.push(diagnostic.at(self.span(range)));
        }
    }
}

impl Place {
    fn span(self, range: Range<usize>) -> Span {
        match self {
            Self::File(file, start) => {
                Span::new(file, start + range.start..start + range.end)
            }
            Self::Fixed(span) => span,
        }
    }
}
