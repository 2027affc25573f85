//! Tables of which GFM would lose a part: cells beyond the head, bars within formulas, tables
//! without a head, as kramdown has them.

use std::ops::Range;

use super::formulas;
use super::survey::Survey;
use crate::edit::{Edit, Part};

/// No table on paper has more columns.
const MAX_COLUMNS: usize = 256;

/// Mends the tables of a text; `opaque` is where formulas are.
pub(super) fn edit(
    text: &str,
    survey: &Survey,
    opaque: &[Range<usize>],
    edits: &mut Vec<Edit>,
) {
    for table in &survey.tables {
        let rows = rows(text, table.range.clone(), opaque, edits);
        let [head, delimiter, body @ ..] = rows.as_slice() else { continue };
        // kramdown parts the body with such lines, and draws one above the head.
        for row in body.iter().filter(|row| row.is_delimiter) {
            edits.push(without_line(text, row, table.range.start));
        }
        let widest = body.iter().map(|row| row.cells).max().unwrap_or(0).min(MAX_COLUMNS);
        if let Some(more) = widest.checked_sub(table.columns).filter(|&more| more > 0) {
            edits.push(widened(text, head, " ", more));
            edits.push(widened(text, delimiter, "---", more));
        }
    }
    for paragraph in &survey.runs {
        if text[paragraph.clone()].starts_with('|') {
            headless(text, paragraph.clone(), survey, opaque, edits);
        }
    }
}

/// A line of a table.
struct Row {
    /// Without white space around it.
    range: Range<usize>,
    /// How many cells it has, empty ones at its end apart.
    cells: usize,
    is_delimiter: bool,
}

/// The lines of a table; the bars of formulas in them are hidden.
fn rows(
    text: &str,
    range: Range<usize>,
    opaque: &[Range<usize>],
    edits: &mut Vec<Edit>,
) -> Vec<Row> {
    let mut at = range.start;
    let mut rows = Vec::new();
    for line in text[range].split_inclusive('\n') {
        let inner = line.trim_start_matches([' ', '\t', '>']);
        let start = at + (line.len() - inner.len());
        let inner = inner.trim_end();
        at += line.len();
        if !inner.is_empty() {
            rows.push(row(inner, start, opaque, edits));
        }
    }
    rows
}

fn row(line: &str, start: usize, opaque: &[Range<usize>], edits: &mut Vec<Edit>) -> Row {
    let (mut cells, mut filled, mut has_words) = (0, 0, false);
    let mut at = usize::from(line.starts_with('|'));
    let bytes = line.as_bytes();
    while at < bytes.len() {
        let part = opaque.partition_point(|part| part.end <= start + at);
        if let Some(part) = opaque.get(part).filter(|part| part.start <= start + at) {
            at = (part.end - start).min(bytes.len()).max(at + 1);
            has_words = true;
            continue;
        }
        match bytes[at] {
            b'\\' => {
                has_words = true;
                at += 1;
            }
            b'$' => {
                has_words = true;
                if let Some(length) = formula_with_bars(&line[at..]) {
                    let hidden = formulas::hide(&line[at..at + length]);
                    let range = start + at..start + at + length;
                    let parts = vec![Part::Hidden(range.clone(), hidden)];
                    edits.push(Edit { range, parts });
                    at += length - 1;
                }
            }
            b'|' => {
                cells += 1;
                if std::mem::take(&mut has_words) {
                    filled = cells;
                }
            }
            b' ' | b'\t' => {}
            _ => has_words = true,
        }
        at += 1;
    }
    let cells = if has_words { cells + 1 } else { filled };
    let is_delimiter = line.contains("---")
        && line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'+' | b'\t'));
    Row { range: start..start + line.len(), cells, is_delimiter }
}

/// How long a formula in dollars is that begins a text and has bars in it: in pairs, or within
/// brackets. In `$5 | $6` there is none.
fn formula_with_bars(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('$')?;
    if inside.starts_with(char::is_whitespace) || inside.starts_with('$') {
        return None;
    }
    let mut depth = 0_usize;
    let (mut bars, mut outside) = (0, 0);
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth = depth.saturating_sub(1),
            '|' => {
                bars += 1;
                outside += usize::from(depth == 0);
            }
            '$' => {
                let after = inside[at + 1..].chars().next();
                let closes = !inside[..at].ends_with(char::is_whitespace)
                    && !after.is_some_and(char::is_alphanumeric);
                let is_formula = closes && bars > 0 && outside % 2 == 0;
                return is_formula.then_some(at + 2);
            }
            _ => {}
        }
    }
    None
}

/// A row with `more` cells at its end.
fn widened(text: &str, row: &Row, cell: &str, more: usize) -> Edit {
    let line = &text[row.range.clone()];
    let closed = line.ends_with('|') && !line.ends_with("\\|");
    let words = if closed {
        format!("{cell}|").repeat(more)
    } else {
        format!(" |{}", format!("{cell}|").repeat(more))
    };
    Edit::insert(row.range.end, words)
}

/// Rows without a head get an empty one, which the book then leaves out.
fn headless(
    text: &str,
    paragraph: Range<usize>,
    survey: &Survey,
    opaque: &[Range<usize>],
    edits: &mut Vec<Edit>,
) {
    let mut found = Vec::new();
    let rows = rows(text, paragraph.clone(), opaque, &mut found);
    let is_row = |row: &Row| {
        let line = &text[row.range.clone()];
        line.len() > 1 && line.starts_with('|') && line.ends_with('|')
    };
    let columns = rows.iter().map(|row| row.cells).max().unwrap_or(0).min(MAX_COLUMNS);
    let is_table =
        rows.iter().all(is_row) && columns > 0 && (rows.len() > 1 || columns > 1);
    if rows.iter().all(|row| row.is_delimiter) && rows.iter().all(is_row) {
        let table = survey.tables.partition_point(|it| it.range.start < paragraph.end);
        let below = survey.tables.get(table).is_some_and(|table| {
            let between = &text[paragraph.end..table.range.start];
            between.bytes().filter(|&b| b == b'\n').count() <= 1
                && between.trim().is_empty()
        });
        if below {
            edits.push(Edit::delete(paragraph.clone()));
        }
        return;
    }
    if !is_table {
        return;
    }
    edits.append(&mut found);
    let cells = |cell: &str| format!("|{}", format!("{cell}|").repeat(columns));
    let mut rows = rows.iter().peekable();
    let has_head = matches!(rows.peek(), Some(row) if !row.is_delimiter)
        && text[paragraph.clone()].lines().nth(1).is_some_and(is_delimiter);
    if has_head {
        if let (Some(head), Some(delimiter)) = (rows.next(), rows.next()) {
            let more = columns.saturating_sub(head.cells.max(1));
            edits.push(widened(text, head, " ", more));
            edits.push(Edit::replace(delimiter.range.clone(), cells("---")));
        }
    } else {
        let break_ = line_break(text, paragraph.start);
        let head = format!("{}{break_}{}{break_}", cells(" "), cells("---"));
        edits.push(Edit::insert(paragraph.start, head));
    }
    for row in rows.filter(|row| row.is_delimiter) {
        edits.push(without_line(text, row, paragraph.start));
    }
}

/// Takes the line of a row out of what begins at `start`.
fn without_line(text: &str, row: &Row, start: usize) -> Edit {
    let end = row.range.end;
    let next = text[end..].find('\n').map_or(end, |newline| end + newline + 1);
    let line = text[..row.range.start].rfind('\n').map_or(0, |newline| newline + 1);
    Edit::delete(line.max(start)..next)
}

fn is_delimiter(line: &str) -> bool {
    line.contains('-') && line.bytes().all(|b| b"|-:+> \t\r".contains(&b))
}

/// A line end, and what stands before the next line of what a place is in: quotation marks, and
/// spaces where the mark of an item was.
fn line_break(text: &str, at: usize) -> String {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let prefix = text[start..at].chars().map(|c| if c == '>' { '>' } else { ' ' });
    std::iter::once('\n').chain(prefix).collect()
}
