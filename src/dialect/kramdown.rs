//! kramdown's extensions that others do not have, and those that it shares: comments, options, attribute
//! lists on lines of their own, abbreviations.

use std::collections::BTreeMap;
use std::ops::Range;

use super::code::{lines, list_marker, prefix, rest_of_line, start_of_line};
use super::output::attribute;
use super::{Context, Edits};
use crate::config::Generator;
use crate::edit::{Edit, Part};

/// No more abbreviations are looked for in one post.
const MAX_ABBREVIATIONS: usize = 100;

/// No list of attributes that anybody names is longer, in bytes.
const MAX_LIST_BYTES: usize = 200;

/// Rewrites them.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    if context.text.contains("{:") {
        extensions(context, edits);
        lists(context, edits);
        references(context, edits);
        rows(context, edits);
    }
    html_blocks(context, edits);
    if context.generator() == Generator::Jekyll {
        formulas(context, edits);
    }
    if context.text.contains("*[") {
        abbreviations(context, edits);
    }
}

/// `{::comment}…{:/comment}`, `{::nomarkdown}…{:/}`, `{::options … /}`.
fn extensions(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let mut at = 0;
    while let Some(next) = text[at..].find("{::") {
        let start = at + next;
        at = start + 3;
        if context.code.holds(start) {
            continue;
        }
        let Some(end) = text[start..].find('}').map(|end| start + end + 1) else { break };
        let inside = &text[start + 3..end - 1];
        if inside.ends_with('/') {
            edits.edits.push(Edit::replace(start..end, ""));
            at = end;
            continue;
        }
        let name = inside.split_whitespace().next().unwrap_or_default();
        let close = text[end..].find("{:/").map(|close| end + close);
        let Some(close) = close else { break };
        let Some(over) = text[close..].find('}').map(|end| close + end + 1) else {
            break;
        };
        match name {
            "comment" => edits.edits.push(Edit::replace(start..over, "")),
            "nomarkdown" | "options" => {
                edits.edits.push(Edit::replace(start..end, ""));
                edits.edits.push(Edit::replace(close..over, ""));
            }
            _ => continue,
        }
        at = over;
    }
}

/// A list of attributes below a quotation, a table or a list belongs to all of it; one that stands
/// hard above something, to that.
fn lists(context: &Context<'_>, edits: &mut Edits) {
    let mut before: Option<&str> = None;
    for range in lines(context.text) {
        let line = &context.text[range.clone()];
        let words = line.trim();
        let is_list = words.starts_with("{:")
            && !words.starts_with("{::")
            && !words.starts_with("{:/")
            && words.ends_with('}')
            && definition(words).is_none()
            && !context.code.holds(range.start);
        if is_list && let Some(before) = before {
            let above = before.trim_start();
            let parts = above.starts_with(['>', '|'])
                || list_marker(above).is_some_and(|_| {
                    // `* toc` and `{:toc}` are one.
                    !line.starts_with(' ') && !words.contains("toc")
                });
            if parts {
                edits.edits.push(Edit::insert(range.start, "\n"));
            }
        } else if is_list {
            let below = context.text[range.end..].lines().next().unwrap_or_default();
            if !below.trim().is_empty() {
                edits.edits.push(Edit::insert(range.end, "\n"));
            }
        }
        if words == "^" {
            edits.edits.push(Edit::replace(
                range.start..range.start + line.trim_end().len(),
                "",
            ));
        }
        before = Some(line).filter(|line| !line.trim().is_empty());
    }
}

/// `{:name: .class}`, a list that others name: its name, and what it holds.
fn definition(line: &str) -> Option<(&str, &str)> {
    let inside = line.strip_prefix("{:")?.strip_suffix('}')?;
    let (name, list) = inside.split_once(':')?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let named = !name.is_empty()
        && name.chars().all(is_name)
        && !list.contains('{')
        && list.len() <= MAX_LIST_BYTES;
    named.then(|| (name, list.trim()))
}

/// Lists that are named elsewhere: the list stands where its name did.
fn references(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    for range in lines(text) {
        let line = &text[range.clone()];
        let Some((name, list)) = definition(line.trim()) else { continue };
        if !context.code.holds(range.start) {
            known.insert(name, list);
            edits.edits.push(Edit::replace(range, "\n"));
        }
    }
    if known.is_empty() {
        return;
    }
    for (at, _) in text.match_indices("{:") {
        let Some(length) = rest_of_line(text, at).find('}') else { continue };
        let inside = &text[at + 2..at + length];
        let is_other = inside.starts_with([':', '/']);
        if is_other || definition(&text[at..=at + length]).is_some() {
            continue;
        }
        let mut place = at + 2;
        for word in inside.split(' ') {
            if let Some(list) = known.get(word).filter(|_| !context.code.holds(at)) {
                edits.edits.push(Edit::replace(place..place + word.len(), *list));
            }
            place += word.len() + 1;
        }
    }
}

/// A list behind the last bar of a row is no cell, and a book's rows have no classes.
fn rows(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    for range in lines(text) {
        let line = text[range.clone()].trim_end();
        let Some((cells, list)) = line.rsplit_once("|{:") else { continue };
        let is_row = cells.trim_start().starts_with('|') && list.ends_with('}');
        if is_row && !context.code.holds(range.start) {
            let start = range.start + cells.len() + 1;
            edits.edits.push(Edit::replace(start..range.start + line.len(), ""));
        }
    }
}

/// With `parse_block_html` the blocks of HTML have Markdown in them.
fn html_blocks(context: &Context<'_>, edits: &mut Edits) {
    const BLOCKS: [&str; 8] =
        ["div", "section", "article", "aside", "details", "blockquote", "figure", "main"];
    let text = context.text;
    let configured = || {
        let kramdown = context.post.origin.site.values.get("kramdown")?;
        kramdown.get("parse_block_html")?.flag()
    };
    let option = text.find("parse_block_html=\"true\"").or_else(|| {
        (context.generator() == Generator::Jekyll && configured() == Some(true))
            .then_some(0)
    });
    // Pandoc reads Markdown in all of them.
    let is_pandoc = context.generator() == Generator::Quarto && text.contains('<');
    let Some(from) = option.or(is_pandoc.then_some(0)) else { return };
    for range in lines(text).filter(|range| range.start >= from) {
        let line = text[range.clone()].trim_start();
        let Some(rest) = line.strip_prefix('<') else { continue };
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if BLOCKS.contains(&name)
            && after.starts_with(['>', ' '])
            && !after.contains("markdown=")
            && !context.code.holds(range.start)
        {
            let at = range.end - text[range.clone()].trim_start().len() + 1 + end;
            edits.edits.push(Edit::insert(at, " markdown=\"1\""));
        }
    }
}

/// `$$x$$` among the words of a line is a formula there, and no display.
fn formulas(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let mut end = 0;
    for (at, _) in text.match_indices("$$") {
        if at < end || context.code.holds(at) || text[..at].ends_with('\\') {
            continue;
        }
        let inside = at + 2;
        let Some(length) = text[inside..].find("$$") else { return };
        end = inside + length + 2;
        let formula = &text[inside..inside + length];
        let before = start_of_line(text, at).unwrap_or_default();
        let before = &before[prefix(before).len()..];
        let alone =
            |words: &str| words.trim().is_empty() || words.trim().starts_with("{:");
        let is_display = (before.is_empty() || list_marker(before) == Some(before))
            && alone(rest_of_line(text, end));
        if is_display || formula.contains("\n\n") || formula.trim().is_empty() {
            continue;
        }
        let words = formula.trim();
        let start = inside + (formula.len() - formula.trim_start().len());
        let parts = vec![
            Part::New("$".to_owned()),
            Part::Copy(start..start + words.len()),
            Part::New("$".to_owned()),
        ];
        edits.edits.push(Edit { range: at..end, parts });
    }
}

/// `*[HTML]: Hypertext Markup Language`, and each place at which the short form stands.
fn abbreviations(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    let mut defined: Vec<Range<usize>> = Vec::new();
    for range in lines(text) {
        let line = &text[range.clone()];
        let definition =
            line.trim_end().strip_prefix("*[").and_then(|it| it.split_once("]:"));
        let Some((short, long)) = definition else { continue };
        if context.code.holds(range.start) || short.is_empty() {
            continue;
        }
        if known.len() < MAX_ABBREVIATIONS {
            known.insert(short, long.trim());
        }
        edits.edits.push(Edit::replace(range.clone(), ""));
        defined.push(range);
    }
    let spared = spared(text);
    let within = |ranges: &[Range<usize>], at: usize| {
        let next = ranges.partition_point(|range| range.end <= at);
        ranges.get(next).is_some_and(|range| range.start <= at)
    };
    for (short, long) in known {
        for (at, _) in text.match_indices(short) {
            let end = at + short.len();
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            if letter(text[..at].chars().next_back())
                || letter(text[end..].chars().next())
                || context.code.holds(at)
                || within(&spared, at)
                || within(&defined, at)
            {
                continue;
            }
            let open = format!("<abbr title=\"{}\">", attribute(long));
            let parts = vec![
                Part::New(open),
                Part::Copy(at..end),
                Part::New("</abbr>".to_owned()),
            ];
            edits.edits.push(Edit { range: at..end, parts });
        }
    }
}

/// Tags of HTML and addresses of links: nothing in them is a word.
fn spared(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let close = match bytes[at] {
            b'<' => b'>',
            b'(' if at > 0 && bytes[at - 1] == b']' => b')',
            _ => {
                at += 1;
                continue;
            }
        };
        let line = super::code::rest_of_line(text, at);
        match line.bytes().position(|b| b == close) {
            Some(end) => {
                ranges.push(at..at + end + 1);
                at += end + 1;
            }
            None => at += 1,
        }
    }
    ranges
}
