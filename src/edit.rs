//! Changes to a text, all made at once, and where its parts were written before them.

use std::ops::Range;

/// A range of the text that becomes something else.
#[derive(Debug)]
pub(crate) struct Edit {
    pub(crate) range: Range<usize>,
    pub(crate) parts: Vec<Part>,
}

/// What stands where something was edited.
#[derive(Debug)]
pub(crate) enum Part {
    /// Words that nobody wrote.
    New(String),
    /// A part of the text, edited in its turn.
    Copy(Range<usize>),
    /// A part of the text, of which pulldown-cmark sees other bytes, as many.
    Hidden(Range<usize>, String),
}

/// A part of an edited text, and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Segment {
    /// Its first byte.
    start: usize,
    /// What of the text before the edits it is, or stands for.
    written: Range<usize>,
    /// Whether it is that, byte by byte.
    copied: bool,
}

/// Where the parts of an edited text were written; an empty one is that of a text as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SourceMap(Vec<Segment>);

impl SourceMap {
    /// Where a range of the edited text was written.
    pub(crate) fn range(&self, range: Range<usize>) -> Range<usize> {
        let (start, end) = (self.origin(range.start).0, self.origin(range.end).1);
        start..end.max(start)
    }

    /// Whether nobody wrote what stands at a place.
    pub(crate) fn is_made(&self, at: usize) -> bool {
        let after = self.0.partition_point(|segment| segment.start <= at);
        after.checked_sub(1).is_some_and(|index| !self.0[index].copied)
    }

    /// Where a place was written, as the start of something and as its end.
    fn origin(&self, at: usize) -> (usize, usize) {
        let origin = |index: usize| {
            let Some(segment) = self.0.get(index) else { return (at, at) };
            if !segment.copied {
                return (segment.written.start, segment.written.end);
            }
            let place = segment.written.start + (at - segment.start);
            (place, place)
        };
        let after = self.0.partition_point(|segment| segment.start <= at);
        let before = self.0.partition_point(|segment| segment.start < at);
        (origin(after.saturating_sub(1)).0, origin(before.saturating_sub(1)).1)
    }
}

/// An edited text.
#[derive(Default)]
pub(crate) struct Applied {
    pub(crate) text: String,
    /// The same length, with the hidden parts hidden.
    pub(crate) hidden: String,
    /// Where the parts of both were written.
    pub(crate) map: SourceMap,
}

impl Edit {
    /// Puts words in.
    pub(crate) fn insert(at: usize, words: impl Into<String>) -> Self {
        Self { range: at..at, parts: vec![Part::New(words.into())] }
    }

    /// Puts words in the place of others.
    pub(crate) fn replace(range: Range<usize>, words: impl Into<String>) -> Self {
        Self { range, parts: vec![Part::New(words.into())] }
    }

    /// Takes words out.
    pub(crate) fn delete(range: Range<usize>) -> Self {
        Self { range, parts: Vec::new() }
    }
}

/// Makes the edits; of two that overlap the first holds.
pub(crate) fn apply(text: &str, mut edits: Vec<Edit>) -> Applied {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut applied = Applied::default();
    Editor { text, edits: &edits }.emit(0..text.len(), 0, None, &mut applied);
    applied
}

struct Editor<'e> {
    text: &'e str,
    edits: &'e [Edit],
}

/// How deep copied parts stand in copied parts: notes in notes, calls in calls.
const MAX_DEPTH: usize = 16;

impl Editor<'_> {
    /// Writes a range with the edits inside of it; `within` is the edit that has it copied.
    fn emit(
        &self,
        range: Range<usize>,
        depth: usize,
        within: Option<usize>,
        into: &mut Applied,
    ) {
        let mut at = range.start;
        let first = self.edits.partition_point(|edit| edit.range.start < range.start);
        for (index, edit) in self.edits.iter().enumerate().skip(first) {
            if edit.range.start > range.end {
                break;
            }
            // What is copied elsewhere is taken out where it was.
            let whole = depth > 0 && edit.parts.is_empty() && edit.range == range;
            let itself = within == Some(index);
            let inside = edit.range.start >= at && edit.range.end <= range.end;
            if whole || itself || !inside || depth > MAX_DEPTH {
                continue;
            }
            self.copy(at..edit.range.start, into);
            for part in &edit.parts {
                match part {
                    Part::New(words) => {
                        into.begin(edit.range.clone(), false);
                        into.push(words, words);
                    }
                    Part::Copy(part) => {
                        self.emit(part.clone(), depth + 1, Some(index), into);
                    }
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
        self.map.0.push(Segment { start, written, copied });
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
