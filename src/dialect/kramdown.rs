//! kramdown's extensions that others do not have, and those that it shares: comments, options, attribute
//! lists on lines of their own, abbreviations.

use std::collections::BTreeMap;
use std::ops::Range;

use super::code::lines;
use super::output::attribute;
use super::{Context, Edits};
use crate::edit::{Edit, Part};

/// No more abbreviations are looked for in one post.
const MAX_ABBREVIATIONS: usize = 100;

/// Rewrites them.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    if context.text.contains("{:") {
        extensions(context, edits);
        lists(context, edits);
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

/// A list of attributes below a quotation, a table or a list belongs to all of it.
fn lists(context: &Context<'_>, edits: &mut Edits) {
    let mut before: Option<&str> = None;
    for range in lines(context.text) {
        let line = &context.text[range.clone()];
        let words = line.trim();
        let is_list = words.starts_with("{:")
            && !words.starts_with("{::")
            && !words.starts_with("{:/")
            && words.ends_with('}');
        if is_list
            && let Some(before) = before
            && !context.code.holds(range.start)
        {
            let above = before.trim_start();
            let parts = above.starts_with(['>', '|'])
                || super::code::list_marker(above).is_some_and(|_| {
                    // `* toc` and `{:toc}` are one.
                    !line.starts_with(' ') && !words.contains("toc")
                });
            if parts {
                edits.edits.push(Edit::insert(range.start, "\n"));
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
