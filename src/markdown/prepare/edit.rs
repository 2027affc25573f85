//! Changes to a text, all made at once.

use std::ops::Range;

use super::super::source::Segment;

/// A range of the text that becomes something else.
#[derive(Debug)]
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    pub(super) parts: Vec<Part>,
}

/// What stands where something was edited.
#[derive(Debug)]
pub(super) enum Part {
    /// Words that nobody wrote.
    New(String),
    /// A part of the text, edited in its turn.
    Copy(Range<usize>),
    /// A part of the text, of which pulldown-cmark sees other bytes, as many.
    Hidden(Range<usize>, String),
}

/// An edited text.
#[derive(Default)]
pub(super) struct Applied {
    pub(super) text: String,
    /// The same length, with the hidden parts hidden.
    pub(super) hidden: String,
    pub(super) segments: Vec<Segment>,
}

impl Edit {
    /// Puts words in.
    pub(super) fn insert(at: usize, words: impl Into<String>) -> Self {
        Self { range: at..at, parts: vec![Part::New(words.into())] }
    }

    /// Puts words in the place of others.
    pub(super) fn replace(range: Range<usize>, words: impl Into<String>) -> Self {
        Self { range, parts: vec![Part::New(words.into())] }
    }

    /// Takes words out.
    pub(super) fn delete(range: Range<usize>) -> Self {
        Self { range, parts: Vec::new() }
    }
}

/// Makes the edits; of two that overlap the first holds.
pub(super) fn apply(text: &str, mut edits: Vec<Edit>) -> Applied {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut applied = Applied::default();
    Editor { text, edits: &edits }.emit(0..text.len(), 0, &mut applied);
    applied
}

struct Editor<'e> {
    text: &'e str,
    edits: &'e [Edit],
}

/// How deep notes stand in notes.
const MAX_NOTE_DEPTH: usize = 4;

impl Editor<'_> {
    /// Writes a range with the edits within it.
    fn emit(&self, range: Range<usize>, depth: usize, into: &mut Applied) {
        let mut at = range.start;
        let first = self.edits.partition_point(|edit| edit.range.start < range.start);
        for edit in &self.edits[first..] {
            if edit.range.start > range.end {
                break;
            }
            // What is copied elsewhere is taken out where it was.
            let whole = depth > 0 && edit.range == range;
            let within = edit.range.start >= at && edit.range.end <= range.end;
            if whole || !within || depth > MAX_NOTE_DEPTH {
                continue;
            }
            self.copy(at..edit.range.start, into);
            for part in &edit.parts {
                match part {
                    Part::New(words) => {
                        into.begin(edit.range.clone(), false);
                        into.push(words, words);
                    }
                    Part::Copy(part) => self.emit(part.clone(), depth + 1, into),
                    Part::Hidden(part, hidden) => {
                        into.begin(part.clone(), true);
                        into.push(&self.text[part.clone()], hidden);
                    }
                }
            }
            at = edit.range.end;
        }
        self.copy(at..range.end, into);
    }

    fn copy(&self, range: Range<usize>, into: &mut Applied) {
        if !range.is_empty() {
            let words = &self.text[range.clone()];
            into.begin(range, true);
            into.push(words, words);
        }
    }
}

impl Applied {
    fn begin(&mut self, written: Range<usize>, copied: bool) {
        let start = self.text.len();
        self.segments.push(Segment { start, written, copied });
    }

    fn push(&mut self, text: &str, hidden: &str) {
        debug_assert_eq!(
            text.len(),
            hidden.len(),
            "a hidden part is as long as what it hides"
        );
        self.text.push_str(text);
        self.hidden.push_str(hidden);
    }
}
