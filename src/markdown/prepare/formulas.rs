//! Formulas as MathJax and LaTeX have them: `\(…\)`, `\[…\]`, environments. Here they get dollars.
//!
//! A formula in several lines is hidden from the reading of blocks, to which its `+` would begin
//! a list and its `=` underline a heading.

use std::ops::Range;

use super::survey::Survey;
use crate::edit::{Edit, Part};

/// Environments that are displayed formulas by themselves.
const ENVIRONMENTS: [&str; 9] = [
    "equation",
    "align",
    "gather",
    "multline",
    "eqnarray",
    "alignat",
    "flalign",
    "displaymath",
    "math",
];

/// What a formula stands between.
struct Delimiters {
    open: &'static str,
    close: &'static str,
    /// The dollars in their place.
    dollars: &'static str,
}

const DELIMITERS: [Delimiters; 4] = [
    Delimiters { open: "\\\\(", close: "\\\\)", dollars: "$" },
    Delimiters { open: "\\\\[", close: "\\\\]", dollars: "$$" },
    Delimiters { open: "\\(", close: "\\)", dollars: "$" },
    Delimiters { open: "\\[", close: "\\]", dollars: "$$" },
];

/// Finds formulas, and gives back where they are.
pub(super) fn edit(
    text: &str,
    survey: &Survey,
    edits: &mut Vec<Edit>,
) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(['\\', '$']) {
        let start = at + next;
        if let Some(part) = survey.literal_at(start) {
            at = part.end.max(start + 1);
            continue;
        }
        let formula = displayed(text, start)
            .or_else(|| environment(text, start))
            .or_else(|| delimited(text, start));
        let Some(Formula { range, inner, dollars }) = formula else {
            let escaped = text[start..].starts_with("\\\\");
            at = start + 1 + usize::from(escaped);
            continue;
        };
        let hidden = hide(&text[inner.clone()]);
        let parts = vec![
            Part::New(dollars.to_owned()),
            Part::Hidden(inner, hidden),
            Part::New(dollars.to_owned()),
        ];
        at = range.end;
        found.push(range.clone());
        edits.push(Edit { range, parts });
    }
    found
}

struct Formula {
    range: Range<usize>,
    inner: Range<usize>,
    dollars: &'static str,
}

/// `$$` on a line of its own, to the next such line, which the reading of blocks has torn apart.
fn displayed(text: &str, start: usize) -> Option<Formula> {
    let rest = text[start..].strip_prefix("$$\n")?;
    let begins = text[..start].trim_end_matches(' ');
    if !(begins.is_empty() || begins.ends_with('\n')) {
        return None;
    }
    let close = rest.find("\n$$")?;
    let inner = start + "$$".len()..start + "$$\n".len() + close;
    let range = start..inner.end + "\n$$".len();
    is_whole(&text[inner.clone()]).then_some(Formula { range, inner, dollars: "$$" })
}

/// `\begin{equation}` to its end.
fn environment(text: &str, start: usize) -> Option<Formula> {
    let (name, _) = text[start..].strip_prefix("\\begin{")?.split_once('}')?;
    if !ENVIRONMENTS.contains(&name.trim_end_matches('*')) {
        return None;
    }
    let close = format!("\\end{{{name}}}");
    let end = start + text[start..].find(&close)? + close.len();
    let range = start..end;
    let inner = range.clone();
    is_whole(&text[range.clone()]).then_some(Formula { range, inner, dollars: "$$" })
}

fn delimited(text: &str, start: usize) -> Option<Formula> {
    let rest = &text[start..];
    let delimiters = DELIMITERS.iter().find(|it| rest.starts_with(it.open))?;
    let inside = &rest[delimiters.open.len()..];
    let length = inside.find(delimiters.close)?;
    let whole = &inside[..length];
    let formula = whole.trim();
    if !is_whole(formula) || !is_plausible(formula, delimiters) {
        return None;
    }
    let first = start + delimiters.open.len() + (whole.len() - whole.trim_start().len());
    let end = start + delimiters.open.len() + length + delimiters.close.len();
    let inner = first..first + formula.len();
    Some(Formula { range: start..end, inner, dollars: delimiters.dollars })
}

/// Whether all of it is in one paragraph, and no formula of another kind begins in it.
fn is_whole(formula: &str) -> bool {
    let blank = |line: &str| line.trim().is_empty();
    !formula.trim().is_empty()
        && !formula.contains('$')
        && !formula.trim().lines().any(blank)
        && !formula.lines().skip(1).any(|line| line.trim_start().starts_with('>'))
}

/// Whether what stands in escaped brackets can be a formula: exporters write `\[sic\]` for
/// `[sic]`.
fn is_plausible(formula: &str, delimiters: &Delimiters) -> bool {
    let command = formula
        .as_bytes()
        .windows(2)
        .any(|two| two[0] == b'\\' && two[1].is_ascii_alphabetic());
    let sign = formula.contains(['^', '=', '+', '<', '>']);
    let subscript = formula.contains('_') && !formula.contains("\\_");
    let letters = formula.split(|c: char| !c.is_alphabetic());
    let words = letters.filter(|word| word.chars().count() > 1).count();
    let address = formula.contains("://") || formula.contains("](");
    let displayed = delimiters.dollars == "$$";
    !address && (command || sign || subscript || words == 0 && !displayed)
}

/// The bytes that pulldown-cmark may see of a formula: no line ends, and no bars, which part
/// cells.
pub(super) fn hide(formula: &str) -> String {
    formula.replace(['\n', '\r'], " ").replace('|', "\u{1}")
}
