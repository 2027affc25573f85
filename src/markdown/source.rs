//! The text that is read, and the places in it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::{Code, Diagnostic};
use crate::document::{Inline, InlineKind};
use crate::manuscript::Post;
use crate::source::{FileId, Span};

/// The text of a post as it is given to pulldown-cmark, and as it was written.
pub(super) struct Text<'a> {
    /// As it was written.
    written: &'a str,
    /// The same length, with each `:::` line as a thematic break: that is the one construct of
    /// CommonMark that ends a paragraph and takes a single line.
    masked: Cow<'a, str>,
    /// Whether there is a character that XML forbids.
    dirty: bool,
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    /// The text begins at this byte of the file.
    File(FileId, usize),
    /// All of it is at one place.
    Fixed(Span),
}

/// Stands before a line to keep it from being read as a block; private use, so never in a text
/// that anyone wrote for readers.
const FENCE: char = '\u{e000}';

impl<'a> Text<'a> {
    /// A post's body.
    pub(super) fn body(post: &'a Post, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let written = post.text.get(post.body.clone()).unwrap_or_default();
        let place = Place::File(post.file, post.body.start);
        let masked = mask_containers(written);
        let text = Self { written, masked, dirty: false, place };
        let dirty = text.report_forbidden(diagnostics);
        Self { dirty, ..text }
    }

    /// A line that came through [`Text::fence`].
    pub(super) fn line(line: &'a str, span: Span) -> Self {
        Self {
            written: line,
            masked: Cow::Borrowed(line),
            dirty: line.chars().any(is_forbidden),
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
    pub(super) fn masked(&self) -> &str {
        &self.masked
    }

    /// What was written at a range.
    pub(super) fn written(&self, range: Range<usize>) -> &'a str {
        self.written.get(range).unwrap_or_default()
    }

    /// The span of a range.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        match self.place {
            Place::File(file, start) => {
                Span::new(file, start + range.start..start + range.end)
            }
            Place::Fixed(span) => span,
        }
    }

    /// The words of an event at `range`, as they were written and without characters that no
    /// book can hold.
    pub(super) fn words(&self, event: &str, range: Range<usize>) -> String {
        let words = self.raw(event, range);
        if self.dirty { clean(words) } else { words.to_owned() }
    }

    /// The words of an event at `range`, as they were written.
    pub(super) fn raw<'s>(&'s self, event: &'s str, range: Range<usize>) -> &'s str {
        let masked = self.masked.get(range.clone());
        if masked == Some(event) { self.written(range) } else { event }
    }

    /// Says which characters cannot be kept, each kind once.
    fn report_forbidden(&self, diagnostics: &mut Vec<Diagnostic>) -> bool {
        let mut found: BTreeMap<char, (usize, usize)> = BTreeMap::new();
        for (at, c) in self.written.char_indices().filter(|&(_, c)| is_forbidden(c)) {
            found.entry(c).or_insert((at, 0)).1 += 1;
        }
        for (c, (at, count)) in &found {
            let times =
                if *count == 1 { String::new() } else { format!(" ({count} times)") };
            let message = format!(
                "the control character U+{:04X}{times} was left out",
                u32::from(*c)
            );
            let span = self.span(*at..*at + c.len_utf8());
            diagnostics.push(Diagnostic::new(Code::ControlCharacter, message).at(span));
        }
        !found.is_empty()
    }
}

/// Whether XML 1.0, section 2.2, forbids or discourages a character.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
        || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Form feed and vertical tab part words; the others never did.
pub(super) fn clean(words: &str) -> String {
    let space = |c| if matches!(c, '\u{b}' | '\u{c}') { ' ' } else { c };
    words.chars().map(space).filter(|&c| !is_forbidden(c)).collect()
}

/// Whether a line is the fence of a `:::` container, behind quotation marks and indentation.
fn is_container(line: &str) -> bool {
    line.trim_start_matches([' ', '\t', '>']).starts_with(":::")
}

fn mask_containers(text: &str) -> Cow<'_, str> {
    if !text.contains(":::") {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if !is_container(line) {
            masked.push_str(line);
            continue;
        }
        let fence = line.find(":::").unwrap_or_default();
        let end = line.trim_end_matches(['\n', '\r']).len();
        masked.push_str(&line[..fence]);
        masked.push_str("***");
        masked.extend(std::iter::repeat_n(' ', end - fence - 3));
        masked.push_str(&line[end..]);
    }
    Cow::Owned(masked)
}
