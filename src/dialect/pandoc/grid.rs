//! Grid tables: cells of many lines between `+---+` and `|`.

use std::ops::Range;

use super::super::code::lines;
use super::super::{Context, Edits};
use super::table::{Caption, Table};
use crate::edit::Edit;

/// Rewrites them as tables of HTML around Markdown.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let mut rows: Vec<Range<usize>> = Vec::new();
    for range in lines(text).chain(std::iter::once(text.len()..text.len())) {
        let line = text[range.clone()].trim_end();
        let inside = !context.code.holds(range.start);
        let belongs =
            inside && (is_border(line) || !rows.is_empty() && line.starts_with('|'));
        if belongs {
            rows.push(range.start..range.start + line.len());
            continue;
        }
        if let (Some(first), Some(last)) = (rows.first(), rows.last())
            && let Some(mut table) = table(text, &rows)
        {
            let behind = last.end..text.len();
            if let Some((caption, range)) = caption(text, behind) {
                table.caption = Some(caption);
                edits.edits.push(Edit::replace(range, "\n"));
            }
            edits.edits.push(Edit::replace(first.start..last.end, table.html()));
        }
        rows.clear();
    }
}

fn is_border(line: &str) -> bool {
    line.len() > 2
        && line.starts_with('+')
        && line.ends_with('+')
        && line.contains(['-', '='])
        && line.bytes().all(|b| matches!(b, b'+' | b'-' | b'=' | b':'))
}

/// The caption that follows a table, and where it is.
fn caption(text: &str, behind: Range<usize>) -> Option<(Caption, Range<usize>)> {
    let rest = &text[behind.clone()];
    let words = rest.trim_start();
    let start = behind.end - words.len();
    let blank = rest[..rest.len() - words.len()].matches('\n').count();
    let caption = Caption::of(words.lines()).filter(|_| (1..=2).contains(&blank))?;
    let length = Caption::length(words.lines());
    let length: usize = words.split_inclusive('\n').take(length).map(str::len).sum();
    Some((caption, start..start + length))
}

/// The table that lines draw; none if a cell spans several, or a border is missing.
fn table(text: &str, rows: &[Range<usize>]) -> Option<Table> {
    let line = |range: &Range<usize>| text[range.clone()].chars().collect::<Vec<char>>();
    let first = line(rows.first()?);
    let edges: Vec<usize> =
        first.iter().enumerate().filter(|(_, c)| **c == '+').map(|(at, _)| at).collect();
    let columns = edges.len().checked_sub(1).filter(|columns| *columns > 0)?;
    let mut cells: Vec<String> = vec![String::new(); columns];
    let mut made: Vec<Vec<String>> = Vec::new();
    let mut head = 0;
    for range in &rows[1..] {
        let chars = line(range);
        if chars.first() == Some(&'+') {
            made.push(std::mem::replace(&mut cells, vec![String::new(); columns]));
            if chars.contains(&'=') && head == 0 {
                head = made.len();
            }
            continue;
        }
        for column in 0..columns {
            let (start, end) = (edges[column] + 1, edges[column + 1]);
            if !matches!(chars.get(end), Some('|' | '+')) {
                return None;
            }
            let words: String = chars.get(start..end)?.iter().collect();
            let words = words.strip_prefix(' ').unwrap_or(&words).trim_end();
            cells[column].push_str(words);
            cells[column].push('\n');
        }
    }
    let ends = text[rows.last()?.clone()].starts_with('+');
    ends.then(|| Table { rows: made, head, ..Table::default() })
}
