//! Text in two directions (UAX #9): how deep each part of a paragraph is embedded, and in what order
//! the parts of a line stand.

use std::ops::Range;

use unicode_bidi::{BidiInfo, Level};

/// The embedding level of each byte of a paragraph's text.
#[derive(Debug, Clone)]
pub(crate) struct Levels(Vec<Level>);

impl Levels {
    /// The levels of a paragraph whose own direction is known; none if all of it goes from left to
    /// right, and there is no more to be said.
    pub(crate) fn of(text: &str, right_to_left: bool) -> Option<Self> {
        if !right_to_left && !text.chars().any(goes_left) {
            return None;
        }
        let own = if right_to_left { Level::rtl() } else { Level::ltr() };
        // Lines that the author ends are lines of one paragraph.
        let one = text.replace('\n', " ");
        let levels = BidiInfo::new(&one, Some(own)).levels;
        Some(Self(levels))
    }

    /// The level of a byte.
    pub(crate) fn at(&self, byte: usize) -> Level {
        self.0.get(byte).or(self.0.last()).copied().unwrap_or(Level::ltr())
    }

    /// The parts of a range that are of one level each.
    pub(crate) fn runs(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut runs = Vec::new();
        let mut start = range.start;
        for at in range.clone() {
            if at > start && self.at(at) != self.at(start) {
                runs.push(start..at);
                start = at;
            }
        }
        runs.push(start..range.end);
        runs
    }
}

/// In what order parts of these levels stand, from left to right (rule L2).
pub(crate) fn visual_order(levels: &[Level]) -> Vec<usize> {
    BidiInfo::reorder_visual(levels)
}

/// Marks without a direction of their own as they look when they are read from right to left; none
/// if the text has letters, whose font knows.
pub(crate) fn mirrored(text: &str) -> Option<String> {
    if text.chars().any(char::is_alphanumeric) {
        return None;
    }
    const PAIRS: [(char, char); 8] = [
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('<', '>'),
        ('«', '»'),
        ('‹', '›'),
        ('≤', '≥'),
        ('⟨', '⟩'),
    ];
    let other = |c: char| {
        PAIRS.iter().find_map(|&(open, close)| match c {
            c if c == open => Some(close),
            c if c == close => Some(open),
            _ => None,
        })
    };
    Some(text.chars().map(|c| other(c).unwrap_or(c)).collect())
}

/// Whether a character makes text go from right to left: Hebrew, Arabic and their like, and marks of
/// direction.
pub(crate) fn goes_left(character: char) -> bool {
    matches!(
        u32::from(character),
        0x590..=0x8ff
            | 0x200f
            | 0x202b
            | 0x202e
            | 0x2067
            | 0xfb1d..=0xfdff
            | 0xfe70..=0xfeff
            | 0x1_0800..=0x1_0fff
            | 0x1_e800..=0x1_efff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_text_has_nothing_to_say() {
        assert!(Levels::of("Plain words, 1 to 9", false).is_none());
        assert!(Levels::of("Plain words", true).is_some());
    }

    #[test]
    fn numbers_and_foreign_words_keep_their_own_direction() {
        let text = "שלום abc 12";
        let levels = Levels::of(text, true).expect("levels");
        let at = |part: &str| levels.at(text.find(part).expect(part)).number();
        assert_eq!((at("ש"), at("abc"), at("12")), (1, 2, 2));
        let runs: Vec<&str> =
            levels.runs(0..text.len()).into_iter().map(|run| &text[run]).collect();
        assert_eq!(runs, ["שלום ", "abc 12"]);
    }

    #[test]
    fn brackets_face_the_other_way() {
        assert_eq!(mirrored("(«").as_deref(), Some(")»"));
        assert_eq!(mirrored("(a"), None);
    }
}
