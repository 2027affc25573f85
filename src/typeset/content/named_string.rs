//! Named strings (CSS Generated Content for Paged Media 3, 1.1): what running heads repeat.

use std::ops::Range;
use std::sync::Arc;

/// The value of a named string: words in one line, and which of them are emphasized.
///
/// To CSS it is text alone. Titles of works stay in italics in running heads all the same: without
/// them a head says something else than the heading.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct NamedString {
    text: String,
    /// Bytes of `text`, in order.
    emphasized: Vec<Range<usize>>,
}

/// The named strings that something sets, in order.
pub(crate) type StringSet = Vec<(Arc<str>, Arc<NamedString>)>;

impl NamedString {
    /// Adds words as they are.
    pub(crate) fn push(&mut self, words: &str, emphasized: bool) {
        let start = self.text.len();
        self.text.push_str(words);
        if emphasized {
            self.emphasized.push(start..self.text.len());
        }
    }

    /// Adds another string.
    pub(crate) fn append(&mut self, other: &Self) {
        other.parts().for_each(|(words, emphasized)| self.push(words, emphasized));
    }

    /// The same in one line, its white space collapsed.
    pub(crate) fn collapsed(&self) -> Self {
        let mut line = Self::default();
        for (words, emphasized) in self.parts() {
            let ends_in_space = words.ends_with(char::is_whitespace);
            let starts_in_space = words.starts_with(char::is_whitespace);
            let words: Vec<&str> = words.split_whitespace().collect();
            let separate = |line: &mut Self| {
                if !line.text.is_empty() && !line.text.ends_with(' ') {
                    line.text.push(' ');
                }
            };
            if starts_in_space {
                separate(&mut line);
            }
            line.push(&words.join(" "), emphasized);
            if ends_in_space {
                separate(&mut line);
            }
        }
        line.text.truncate(line.text.trim_end().len());
        line
    }

    /// The words.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The words part by part, and whether each part is emphasized.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&str, bool)> {
        let starts = std::iter::once(0).chain(self.emphasized.iter().map(|it| it.end));
        let ends = self.emphasized.iter().map(|it| it.start);
        let plain = starts.zip(ends.chain([self.text.len()])).map(|(from, to)| from..to);
        let emphasized = self.emphasized.iter().cloned().map(Some).chain([None]);
        plain
            .zip(emphasized)
            .flat_map(|(plain, emphasized)| [(Some(plain), false), (emphasized, true)])
            .filter_map(|(part, emphasized)| Some((&self.text[part?], emphasized)))
            .filter(|(part, _)| !part.is_empty())
    }

    /// The first bytes of it, with `end` after them.
    pub(crate) fn truncated(&self, kept: usize, end: &str) -> Self {
        let mut text = self.text[..kept].to_owned();
        text.push_str(end);
        let kept_parts = self.emphasized.iter().filter(|part| part.start < kept);
        let emphasized = kept_parts.map(|part| part.start..part.end.min(kept)).collect();
        Self { text, emphasized }
    }
}

impl From<&str> for NamedString {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), emphasized: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn string(parts: &[(&str, bool)]) -> NamedString {
        let mut string = NamedString::default();
        parts.iter().for_each(|(words, emphasized)| string.push(words, *emphasized));
        string
    }

    #[test]
    fn white_space_collapses_and_emphasis_stays() {
        let value =
            string(&[(" On \n", false), ("Slow  Boats", true), (" , again ", false)]);
        let line = value.collapsed();
        assert_eq!(line.text(), "On Slow Boats , again");
        let parts: Vec<_> = line.parts().collect();
        assert_eq!(parts, [("On ", false), ("Slow Boats", true), (" , again", false)]);
    }

    #[test]
    fn what_is_cut_off_is_not_emphasized() {
        let line = string(&[("Slow Boats", true), (" go", false)]).truncated(4, "…");
        assert_eq!(line.parts().collect::<Vec<_>>(), [("Slow", true), ("…", false)]);
    }
}
