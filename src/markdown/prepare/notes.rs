//! Notes where CommonMark has none: `^[within the line]`, and marks within the words of a link,
//! of a picture, of a citation.

use std::ops::Range;

use super::brackets::{closing, opening};
use super::survey::Survey;
use crate::edit::{Edit, Part};

/// Finds both.
pub(super) fn edit(text: &str, survey: &Survey, edits: &mut Vec<Edit>) {
    let mut numbers = 1..;
    let mut definitions: Vec<(String, Range<usize>)> = Vec::new();
    for run in &survey.runs {
        inline(text, run, survey, |note| {
            let mut labels =
                numbers.by_ref().map(|number: u32| format!("inline-{number}"));
            let label =
                labels.find(|label| !survey.labels.contains(label)).unwrap_or_default();
            let range = note.start - "^[".len()..note.end + "]".len();
            let (at, end) = beside(text, range.clone(), run, survey);
            if at == end {
                edits.push(Edit::replace(range, format!("[^{label}]")));
            } else {
                edits.push(Edit::delete(range));
                edits.push(Edit::insert(end, format!("[^{label}]")));
            }
            definitions.push((label, note));
        });
    }
    for mark in &survey.marks {
        let run = survey.runs.partition_point(|run| run.end < mark.end);
        let Some(run) = survey.runs.get(run) else { continue };
        let (at, end) = beside(text, mark.clone(), run, survey);
        if at != end {
            edits.push(Edit::delete(mark.clone()));
            edits.push(Edit { range: end..end, parts: vec![Part::Copy(mark.clone())] });
        }
    }
    for (label, note) in definitions {
        let parts = vec![Part::New(format!("\n\n[^{label}]: ")), Part::Copy(note)];
        edits.push(Edit { range: text.len()..text.len(), parts });
    }
}

/// Finds the notes that stand in a run, `^[…]`, by what they hold.
fn inline(
    text: &str,
    run: &Range<usize>,
    survey: &Survey,
    mut found: impl FnMut(Range<usize>),
) {
    let mut end = run.start;
    for (at, mark) in text[run.clone()].match_indices("^[") {
        let at = run.start + at;
        let open = at + mark.len() - 1;
        if at < end || text[..at].ends_with(['\\', '[']) || survey.is_literal(at) {
            continue;
        }
        let Some(close) = closing(text, open, run.end, survey) else { continue };
        let words = &text[open + 1..close];
        if !words.trim().is_empty() && !is_character_class(words, &text[close + 1..]) {
            found(open + 1..close);
            end = open;
        }
    }
}

/// Whether `^[…]` is the beginning of a regular expression: `^[a-z]+$`.
fn is_character_class(words: &str, after: &str) -> bool {
    let ranges = ["a-z", "A-Z", "0-9"].iter().any(|range| words.contains(range));
    !words.contains(' ') && (ranges || after.starts_with(['+', '*', '?', '{', '$']))
}

/// Where a mark goes that may stand in brackets which it would break: after what the outermost of
/// them belong to. Both places are one if it can stay.
fn beside(
    text: &str,
    mark: Range<usize>,
    run: &Range<usize>,
    survey: &Survey,
) -> (usize, usize) {
    let mut place = (mark.end, mark.end);
    let mut inside = mark.start;
    while let Some(open) = opening(text, inside, run.start, survey) {
        let Some(close) = closing(text, open, run.end, survey) else { break };
        let words = &text[open + 1..close];
        let after = &text[close + 1..run.end];
        let end = if after.starts_with('(') || is_reference(after) {
            closing(text, close + 1, run.end, survey).map(|end| end + 1)
        } else if words.starts_with(['@', '-']) || words.contains("@") {
            Some(close + 1)
        } else {
            None
        };
        let Some(end) = end else { break };
        place.1 = end;
        inside = open;
    }
    place
}

/// Whether `[label]` follows, which is no footnote.
fn is_reference(after: &str) -> bool {
    after.starts_with('[') && !after.starts_with("[^")
}
