//! Formulas in LaTeX among the words of HTML, between the marks that MathJax, KaTeX and WordPress
//! read there. A single dollar is a sum of money.

use std::ops::Range;

/// A formula in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Formula {
    /// All of it.
    pub(super) range: Range<usize>,
    /// What stands between its marks.
    pub(super) inner: Range<usize>,
    pub(super) is_displayed: bool,
}

/// How it begins and ends, and whether it stands on a line of its own. `latex ` belongs to what
/// stands inside.
const MARKS: [(&str, &str, bool); 4] = [
    ("$$", "$$", true),
    ("\\[", "\\]", true),
    ("\\(", "\\)", false),
    ("$latex ", "$", false),
];

/// Whether there may be any in a text.
pub(super) fn is_wanted(text: &str) -> bool {
    MARKS.iter().any(|(open, ..)| text.contains(open))
}

/// Finds them.
pub(super) fn find(text: &str) -> Vec<Formula> {
    let mut found = Vec::new();
    // Marks that close nothing behind one place close nothing behind a later one.
    let mut absent = [false; MARKS.len()];
    let mut at = 0;
    while let Some(next) = text[at..].find(['$', '\\']) {
        let start = at + next;
        let rest = &text[start..];
        at = start + 1;
        let mark = MARKS
            .iter()
            .zip(&mut absent)
            .find(|((open, ..), absent)| rest.starts_with(open) && !**absent);
        let Some(((open, close, is_displayed), absent)) = mark else { continue };
        let from = start + if *open == "$latex " { 1 } else { open.len() };
        let Some(length) = text[from..].find(close) else {
            *absent = true;
            continue;
        };
        let inner = from..from + length;
        if text[inner.clone()].trim().is_empty() {
            continue;
        }
        at = inner.end + close.len();
        found.push(Formula { range: start..at, inner, is_displayed: *is_displayed });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_by_each_of_their_marks() {
        let text = r"$5, $$x$$, \(y\), \[z\], $latex a^2$ and $10.";
        let found: Vec<&str> = find(text).into_iter().map(|it| &text[it.inner]).collect();
        assert_eq!(found, ["x", "y", "z", "latex a^2"]);
        assert_eq!(find(r"$$ \( and \[ $latex "), []);
    }
}
