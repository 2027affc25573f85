//! Source files and places in them.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Names one file of the project for as long as its [`Sources`] last; by default the first, `book.yaml`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A range of bytes in one source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Where text stands that nobody wrote: the words of the tool itself.
    pub(crate) const DETACHED: Self = Self { file: FileId(u32::MAX), start: 0, end: 0 };

    /// This span, unless it is [`DETACHED`](Self::DETACHED).
    pub(crate) fn attached(self) -> Option<Self> {
        (self != Self::DETACHED).then_some(self)
    }

    /// A span over `range` of `file`; a source beyond 4 GiB is clamped.
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { file, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The smallest span that holds both; `other` must be in the same file.
    pub fn join(self, other: Self) -> Self {
        debug_assert_eq!(self.file, other.file);
        let (start, end) = (self.start.min(other.start), self.end.max(other.end));
        Self { start, end, ..self }
    }

    /// The range of bytes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One file's path and text.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as the user knows it: relative to the book's folder, with `/`.
    pub path: String,
    /// The whole text.
    pub text: Arc<str>,
}

/// The files that were read as text, by [`FileId`].
///
/// A path keeps its id for as long as this lives, whatever is read before it or read anew: a span
/// of one run means the same place in the next.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
    ids: BTreeMap<String, FileId>,
}

/// A place for people: both count from one, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from one.
    pub line: usize,
    /// The column in characters, from one.
    pub column: usize,
}

impl Sources {
    /// The id of the file at `path`, whose text need not be kept: who reads a thousand files for
    /// the ten that matter needs places before it knows which.
    pub fn id(&mut self, path: &str) -> FileId {
        if let Some(&id) = self.ids.get(path) {
            return id;
        }
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Source { path: path.to_owned(), text: Arc::default() });
        self.ids.insert(path.to_owned(), id);
        id
    }

    /// Takes in a file's text, in the place of what it was before.
    pub fn add(&mut self, path: &str, text: impl Into<Arc<str>>) -> FileId {
        let id = self.id(path);
        self.files[id.0 as usize].text = text.into();
        id
    }

    /// The file that `id` names.
    pub fn get(&self, id: FileId) -> &Source {
        &self.files[id.0 as usize]
    }

    /// The line and column at which `span` starts.
    pub fn line_column(&self, span: Span) -> LineColumn {
        let text = &self.get(span.file).text;
        let mut start = text.len().min(span.start as usize);
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        LineColumn {
            line: before.bytes().filter(|&b| b == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_keeps_its_id() {
        let mut sources = Sources::default();
        let (first, second) = (sources.id("a.md"), sources.add("b.md", "two"));
        assert_ne!(first, second);
        assert_eq!(sources.add("b.md", "three"), second);
        assert_eq!(sources.add("a.md", "one"), first);
        assert_eq!(&*sources.get(second).text, "three");
    }

    #[test]
    fn line_and_column_count_characters_from_one() {
        let mut sources = Sources::default();
        let file = sources.add("a.md", "one\ntwö x");
        let place = sources.line_column(Span::new(file, 9..10));
        assert_eq!(place, LineColumn { line: 2, column: 5 });
    }
}
