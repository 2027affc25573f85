//! Simple and multiline tables: lines of dashes say where their columns are (pandoc's manual,
//! "Tables").

use std::ops::Range;

use super::super::code::lines;
use super::super::{Context, Edits};
use super::table::{Caption, Table};
use crate::edit::Edit;

/// The longest table that is looked for, in lines.
const MAX_LINES: usize = 2_000;

/// Rewrites them as tables of HTML around Markdown.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let all: Vec<Range<usize>> = lines(text).collect();
    let page = Page { context, all: &all };
    let mut at = 0;
    let mut unended = Unended::default();
    while at < all.len() {
        let found = page.table(at, &mut unended);
        let Some(Found { mut table, lines }) = found else {
            at += 1;
            continue;
        };
        let caption = page.caption(&lines);
        let mut end = lines.end;
        if let Some((caption, range)) = caption {
            table.caption = Some(caption);
            let bytes = all[range.start].start..all[range.end - 1].end;
            edits.edits.push(Edit::replace(bytes, "\n"));
            end = end.max(range.end);
        }
        let bytes = all[lines.start].start..all[lines.end - 1].end;
        edits.edits.push(Edit::replace(bytes, table.html()));
        at = end;
    }
}

/// Up to which lines no table ends, by what ends it: what has no end behind one line has none
/// behind a later one.
#[derive(Default)]
struct Unended {
    rule: usize,
    columns: usize,
}

/// A table, and the lines that it takes.
struct Found {
    table: Table,
    lines: Range<usize>,
}

struct Page<'c, 't> {
    context: &'c Context<'t>,
    all: &'c [Range<usize>],
}

impl<'t> Page<'_, 't> {
    fn line(&self, at: usize) -> &'t str {
        let range = self.all.get(at).cloned().unwrap_or_default();
        self.context.text[range].trim_end()
    }

    fn is_blank(&self, at: usize) -> bool {
        self.line(at).is_empty()
    }

    fn is_code(&self, at: usize) -> bool {
        self.all.get(at).is_some_and(|range| {
            let line = &self.context.text[range.clone()];
            self.context.code.holds(range.start + line.len() - line.trim_start().len())
        })
    }

    /// The first line at or behind one, and before a limit, of which something holds.
    fn find(
        &self,
        from: usize,
        limit: usize,
        holds: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        (from..limit.min(self.all.len())).find(|&at| holds(self.line(at)))
    }

    /// The table that begins with a line.
    fn table(&self, at: usize, unended: &mut Unended) -> Option<Found> {
        let begins = at == 0 || self.is_blank(at - 1);
        if !begins || self.is_blank(at) || self.is_code(at) {
            return None;
        }
        let line = self.line(at);
        if is_rule(line) {
            return self.multiline(at, unended);
        }
        if let Some(columns) = columns(line) {
            return self.headless(at, &columns, unended);
        }
        let columns = columns(self.line(at + 1))?;
        let end = self.find(at + 2, self.all.len(), |line| {
            line.is_empty() || self::columns(line).is_some()
        });
        let end = end.unwrap_or(self.all.len());
        // A last line of dashes is one of the table.
        let closed = end + usize::from(!self.is_blank(end) && end < self.all.len());
        let body: Vec<Vec<String>> =
            (at + 2..end).map(|at| cells(self.line(at), &columns)).collect();
        if body.is_empty() {
            return None;
        }
        let alignments = alignments(line, &columns);
        let mut rows = vec![cells(line, &columns)];
        rows.extend(body);
        let table = Table { rows, head: 1, alignments, caption: None };
        Some(Found { table, lines: at..closed })
    }

    /// One between two lines of dashes, whose head has a line of them below it.
    fn multiline(&self, at: usize, unended: &mut Unended) -> Option<Found> {
        let ruler = self.find(at + 1, at + MAX_LINES, |line| {
            line.is_empty() || columns(line).is_some() || is_rule(line)
        })?;
        let columns = columns(self.line(ruler)).filter(|_| ruler > at + 1)?;
        let end = self.ended(ruler + 1, &mut unended.rule, is_rule)?;
        let head = self.joined(at + 1..ruler, &columns);
        let alignments = alignments(self.line(at + 1), &columns);
        let mut rows = vec![head];
        rows.extend(self.rows(ruler + 1..end, &columns));
        let table = Table { rows, head: 1, alignments, caption: None };
        Some(Found { table, lines: at..end + 1 })
    }

    /// One without a head: rows of one line, or of several with blank lines between.
    fn headless(
        &self,
        at: usize,
        columns: &[Range<usize>],
        unended: &mut Unended,
    ) -> Option<Found> {
        let ends = |line: &str| self::columns(line).is_some();
        let end = self.ended(at + 1, &mut unended.columns, ends)?;
        if end == at + 1 {
            return None;
        }
        let alignments = alignments(self.line(at + 1), columns);
        let simple = (at + 1..end).all(|at| !self.is_blank(at));
        let rows = if simple {
            (at + 1..end).map(|at| cells(self.line(at), columns)).collect()
        } else {
            self.rows(at + 1..end, columns)
        };
        let table = Table { rows, head: 0, alignments, caption: None };
        Some(Found { table, lines: at..end + 1 })
    }

    /// The line of dashes that ends a table; a blank line follows it.
    fn ended(
        &self,
        from: usize,
        unended: &mut usize,
        ends: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        if from < *unended {
            return None;
        }
        let limit = from + MAX_LINES;
        let end = self.find(from, limit, ends);
        if end.is_none() {
            *unended = limit;
        }
        end.filter(|&end| self.is_blank(end + 1) || end + 1 == self.all.len())
    }

    /// Rows of several lines with blank lines between.
    fn rows(&self, lines: Range<usize>, columns: &[Range<usize>]) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        let mut start = lines.start;
        for at in lines.start..=lines.end {
            if at == lines.end || self.is_blank(at) {
                if at > start {
                    rows.push(self.joined(start..at, columns));
                }
                start = at + 1;
            }
        }
        rows
    }

    /// The cells of one row, which stand on several lines.
    fn joined(&self, lines: Range<usize>, columns: &[Range<usize>]) -> Vec<String> {
        let mut row = vec![String::new(); columns.len()];
        for at in lines {
            for (cell, words) in row.iter_mut().zip(cells(self.line(at), columns)) {
                if !cell.is_empty() && !words.is_empty() {
                    cell.push('\n');
                }
                cell.push_str(&words);
            }
        }
        row
    }

    /// The caption below a table, or else above it, and its lines.
    fn caption(&self, lines: &Range<usize>) -> Option<(Caption, Range<usize>)> {
        let at = |start: usize| {
            let following = || (start..self.all.len()).map(|at| self.line(at));
            let caption = Caption::of(following())?;
            Some((caption, start..start + Caption::length(following())))
        };
        let below = [lines.end, lines.end + 1].into_iter();
        let below = below.take_while(|&at| at == lines.end || self.is_blank(at - 1));
        let below = below.filter_map(at).next();
        below.or_else(|| {
            let last = lines.start.checked_sub(2)?;
            let mut first = last;
            while first > 0 && !self.is_blank(first - 1) && last - first < 8 {
                first -= 1;
            }
            at(first)
        })
    }
}

/// Whether a line is of dashes and nothing else.
fn is_rule(line: &str) -> bool {
    line.len() >= 3 && line.bytes().all(|byte| byte == b'-')
}

/// Where the columns are that a line of dashes says, in characters; two at least.
fn columns(line: &str) -> Option<Vec<Range<usize>>> {
    if !line.bytes().all(|byte| matches!(byte, b'-' | b' ')) {
        return None;
    }
    let mut columns: Vec<Range<usize>> = Vec::new();
    for (at, _) in line.match_indices('-') {
        match columns.last_mut() {
            Some(last) if last.end == at => last.end += 1,
            _ => columns.push(at..at + 1),
        }
    }
    // `- - -` and `-- --` part two sections.
    let wide = columns.iter().all(|column| column.len() >= 3);
    (columns.len() >= 2 && wide).then_some(columns)
}

/// What a line has in each column: up to where the next begins.
fn cells(line: &str, columns: &[Range<usize>]) -> Vec<String> {
    let characters: Vec<char> = line.chars().collect();
    let cell = |at: usize| {
        let start = if at == 0 { 0 } else { columns[at].start };
        let end = columns.get(at + 1).map_or(characters.len(), |next| next.start);
        let end = end.min(characters.len());
        let words = characters.get(start..end.max(start)).unwrap_or_default();
        words.iter().collect::<String>().trim().to_owned()
    };
    (0..columns.len()).map(cell).collect()
}

/// How the columns are aligned, by where the words of their first line stand.
fn alignments(line: &str, columns: &[Range<usize>]) -> Vec<&'static str> {
    let characters: Vec<char> = line.chars().collect();
    let is_word = |at: usize| characters.get(at).is_some_and(|c| !c.is_whitespace());
    columns
        .iter()
        .map(|column| match (is_word(column.start), is_word(column.end - 1)) {
            (true, false) => "left",
            (false, true) => "right",
            (false, false) => "center",
            (true, true) => "",
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_say_where_the_columns_are() {
        assert_eq!(columns("---  ----"), Some(vec![0..3, 5..9]));
        for line in ["---", "- - -", "-- --", "--- a", ""] {
            assert_eq!(columns(line), None, "{line}");
        }
        let columns = columns("-----  ----- ----").expect("columns");
        assert_eq!(cells("  one  two   é", &columns), ["one", "two", "é"]);
        assert_eq!(cells("one", &columns), ["one", "", ""]);
        assert_eq!(alignments("  one  two", &columns), ["right", "left", "center"]);
    }
}
