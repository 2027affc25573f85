//! Lines that pandoc reads in a way of its own: line blocks, captions of tables, numbered examples,
//! and the markers of its lists.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::code::lines;
use super::super::output::attribute;
use super::super::{Context, Edits};
use super::table::Caption;
use crate::edit::Edit;

/// Rewrites them.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let all: Vec<Range<usize>> = lines(text).collect();
    line_blocks(context, &all, edits);
    captions(context, &all, edits);
    examples(context, &all, edits);
    markers(context, &all, edits);
    definitions(context, &all, edits);
}

fn words<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    text[range.clone()].trim_end()
}

/// `| a line`: it ends where it ends.
fn line_blocks(context: &Context<'_>, all: &[Range<usize>], edits: &mut Edits) {
    let text = context.text;
    let is_line = |range: &Range<usize>| {
        let line = words(text, range);
        let verse = line == "|" || line.starts_with("| ");
        verse && !line[1..].contains('|') && !context.code.holds(range.start)
    };
    for (at, range) in all.iter().enumerate().filter(|(_, range)| is_line(range)) {
        let line = words(text, range);
        let space = line[1..].len() - line[1..].trim_start().len();
        // Spaces at the beginning are kept.
        let indent = "\u{a0}".repeat(space.saturating_sub(1));
        edits.edits.push(Edit::replace(range.start..range.start + 1 + space, indent));
        if all.get(at + 1).is_some_and(is_line) {
            let end = range.start + line.len();
            edits
                .edits
                .push(Edit::insert(end, if line == "|" { "\u{a0}\\" } else { "\\" }));
        }
    }
}

/// `: caption` or `Table: caption` before or behind a table.
fn captions(context: &Context<'_>, all: &[Range<usize>], edits: &mut Edits) {
    let text = context.text;
    let is_row = |range: &Range<usize>| {
        words(text, range).starts_with('|') && !context.code.holds(range.start)
    };
    let mut at = 0;
    while at < all.len() {
        if !is_row(&all[at]) {
            at += 1;
            continue;
        }
        let first = at;
        while at < all.len() && is_row(&all[at]) {
            at += 1;
        }
        // The rows of a grid have its borders between them.
        let is_border = |at: usize| words(text, &all[at]).starts_with('+');
        if first.checked_sub(1).is_some_and(is_border) {
            continue;
        }
        let caption = |at: usize| Caption::of([words(text, &all[at])]);
        let behind = (at..all.len().min(at + 2)).find(|&at| caption(at).is_some());
        let before = first.checked_sub(1).and_then(|above| {
            let near = [Some(above), above.checked_sub(1)];
            near.into_iter().flatten().find(|&at| caption(at).is_some())
        });
        let Some(place) = behind.or(before) else { continue };
        let Some(Caption { words, id }) = caption(place) else { continue };
        let id = id.map(|id| format!(" id=\"{}\"", attribute(&id))).unwrap_or_default();
        let open = format!("<figure{id}>\n\n");
        let close = format!("\n<figcaption>\n\n{words}\n\n</figcaption>\n</figure>\n");
        edits.edits.push(Edit::insert(all[first].start, open));
        edits.edits.push(Edit::insert(all[at - 1].end, close));
        edits.edits.push(Edit::replace(all[place].clone(), "\n"));
        at = at.max(place + 1);
    }
}

/// `(@name) an example`: they are numbered through the post, and named in its text.
fn examples(context: &Context<'_>, all: &[Range<usize>], edits: &mut Edits) {
    let text = context.text;
    if !text.contains("(@") {
        return;
    }
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut defined: Vec<usize> = Vec::new();
    for range in all {
        let line = words(text, range);
        let Some((name, rest)) =
            line.strip_prefix("(@").and_then(|it| it.split_once(')'))
        else {
            continue;
        };
        let is_name = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if !is_name || !rest.starts_with(' ') || context.code.holds(range.start) {
            continue;
        }
        let number = defined.len() + 1;
        numbers.insert(name, number);
        defined.push(range.start);
        let mark = range.start..range.start + line.len() - rest.len();
        edits.edits.push(Edit::replace(mark, format!("{number}.")));
    }
    for (at, _) in text.match_indices("(@") {
        let Some((name, _)) = text[at + 2..].split_once(')') else { break };
        if let Some(number) = numbers.get(name)
            && defined.binary_search(&at).is_err()
            && !context.code.holds(at)
        {
            let end = at + 2 + name.len() + 1;
            edits.edits.push(Edit::replace(at..end, format!("({number})")));
        }
    }
}

/// `~ a meaning`: pandoc takes a tilde for a colon.
fn definitions(context: &Context<'_>, all: &[Range<usize>], edits: &mut Edits) {
    let text = context.text;
    let mut is_behind_words = false;
    for range in all {
        let line = words(text, range);
        let rest = line.trim_start_matches(' ');
        let indent = line.len() - rest.len();
        let is_meaning = rest.starts_with("~ ") && indent <= 3 && is_behind_words;
        if is_meaning && !context.code.holds(range.start) {
            let at = range.start + indent;
            edits.edits.push(Edit::replace(at..at + 1, ":"));
        }
        // A blank line may stand between a term and its meaning.
        is_behind_words |= !line.is_empty();
    }
}

/// Markers of lists that CommonMark does not have: `#.` and `(1)` become numbers; lines with
/// letters or Roman numbers end where they end.
fn markers(context: &Context<'_>, all: &[Range<usize>], edits: &mut Edits) {
    let text = context.text;
    let marker = |at: usize| {
        let range = all.get(at)?;
        let marker = Marker::of(words(text, range))?;
        (!context.code.holds(range.start)).then_some(marker)
    };
    // What stands hard below words is one of them.
    let mut may_begin = true;
    for (at, range) in all.iter().enumerate() {
        let line = words(text, range);
        let Some(Marker { indent, length, kind }) = marker(at).filter(|_| may_begin)
        else {
            may_begin = line.is_empty();
            continue;
        };
        let start = range.start + indent;
        let place = start..start + length;
        match kind {
            Kind::Sign => edits.edits.push(Edit::replace(place, "1.")),
            Kind::Number => {
                let number = text[place.clone()].trim_start_matches('(');
                edits.edits.push(Edit::replace(place, number));
            }
            Kind::Letters if marker(at + 1).is_some_and(|it| it.kind == kind) => {
                edits.edits.push(Edit::insert(range.start + line.len(), "\\"));
            }
            Kind::Letters => {}
        }
    }
}

/// The marker with which a line begins.
struct Marker {
    indent: usize,
    length: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `#.`
    Sign,
    /// `(1)`
    Number,
    /// `a.`, `(iv)`
    Letters,
}

impl Marker {
    fn of(line: &str) -> Option<Self> {
        let rest = line.trim_start_matches(' ');
        let indent = line.len() - rest.len();
        let length = rest.find(' ')?;
        let marker = &rest[..length];
        let inside = marker.strip_suffix(['.', ')'])?;
        let in_parentheses = marker.ends_with(')') && inside.starts_with('(');
        let inside =
            inside.strip_prefix('(').filter(|_| in_parentheses).unwrap_or(inside);
        let roman = |it: &str| it.bytes().all(|b| b"ivxIVX".contains(&b));
        let kind = match inside {
            "#" if marker == "#." => Kind::Sign,
            "" => return None,
            it if it.bytes().all(|b| b.is_ascii_digit()) && in_parentheses => {
                Kind::Number
            }
            it if it.len() == 1 && it.as_bytes()[0].is_ascii_alphabetic() => {
                Kind::Letters
            }
            it if it.len() <= 5 && roman(it) => Kind::Letters,
            _ => return None,
        };
        (indent <= 3).then_some(Self { indent, length, kind })
    }
}
