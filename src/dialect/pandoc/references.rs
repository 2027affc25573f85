//! Within lines: references to figures and tables, subscripts and superscripts.

use std::collections::BTreeMap;

use super::super::code::{rest_of_line, start_of_line};
use super::super::output::{attribute, escaped, link};
use super::super::{Context, Edits};
use crate::edit::{Edit, Part};

/// The kinds of what can be referred to.
const KINDS: [&str; 7] = ["fig", "tbl", "sec", "eq", "lst", "thm", "nte"];

/// Rewrites them.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    references(context, edits);
    formulas(context, edits);
    for (mark, element) in [('~', "sub"), ('^', "sup")] {
        scripts(context, mark, element, edits);
    }
    spaces(context, edits);
}

/// A space behind a backslash is one at which no line ends.
fn spaces(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    for (at, mark) in text.match_indices("\\ ") {
        let ends_line = rest_of_line(text, at + mark.len()).trim().is_empty();
        let is_escaped = text[..at].ends_with('\\');
        if !ends_line && !is_escaped && !context.code.holds(at) && !in_formula(text, at) {
            edits.edits.push(Edit::replace(at..at + mark.len(), "\u{a0}"));
        }
    }
}

/// Whether a place is between dollars on its line, where a backslash is LaTeX's.
fn in_formula(text: &str, at: usize) -> bool {
    let before = start_of_line(text, at).unwrap_or_default();
    before.matches('$').count() % 2 == 1
        || before.contains("\\(")
        || text[..at].ends_with('&')
}

/// `@fig-boat`: a link to the figure, with its caption or the words of its heading.
fn references(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let named = named(text);
    for (at, _) in text.match_indices('@') {
        let name = &text[at + 1..];
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let name = &name[..name.find(|c| !is_name(c)).unwrap_or(name.len())];
        let Some(words) = named.get(name) else { continue };
        let before = text[..at].chars().next_back();
        if before.is_some_and(char::is_alphanumeric) || context.code.holds(at) {
            continue;
        }
        let (mut start, mut end) = (at, at + 1 + name.len());
        if before == Some('-') {
            start -= 1;
        }
        if text[..start].ends_with('[') && text[end..].starts_with(']') {
            (start, end) = (start - 1, end + 1);
        }
        let address = format!("#{name}");
        edits.edits.push(Edit::replace(start..end, link(words, &address)));
    }
}

/// `$$ … $$ {#eq-depth}`: the name of a formula.
fn formulas(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let mut open: Option<usize> = None;
    let mut last = 0;
    for (at, _) in text.match_indices("$$") {
        if at < last || context.code.holds(at) {
            continue;
        }
        last = at + 2;
        let Some(start) = open.take() else {
            open = Some(at);
            continue;
        };
        let rest = rest_of_line(text, last);
        let Some(id) = rest.trim().strip_prefix("{#").and_then(|it| it.strip_suffix('}'))
        else {
            continue;
        };
        let tag = format!("<div id=\"{}\">\n\n", attribute(id));
        edits.edits.push(Edit::insert(start, tag));
        edits.edits.push(Edit::replace(last..last + rest.len(), "\n\n</div>\n"));
    }
}

/// What can be referred to, by its id, with the words for it.
fn named(text: &str) -> BTreeMap<&str, String> {
    let mut named = BTreeMap::new();
    for line in text.lines() {
        let ids = line.match_indices('#').chain(line.match_indices("id=\""));
        for (at, mark) in ids {
            let rest = &line[at + mark.len()..];
            let end =
                rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c));
            let id = &rest[..end.unwrap_or(rest.len())];
            let Some((kind, _)) = id.split_once('-') else { continue };
            if !KINDS.contains(&kind) {
                continue;
            }
            let heading = line.trim_start().starts_with('#').then(|| {
                line.trim_start_matches(['#', ' ']).split('{').next().unwrap_or_default()
            });
            let picture = line
                .split_once("![")
                .and_then(|(_, rest)| rest.split_once("]("))
                .map(|(words, _)| words);
            let words = heading.or(picture).unwrap_or_default().trim();
            let words = if words.is_empty() {
                kind_name(kind).to_owned()
            } else {
                escaped(words)
            };
            named.entry(id).or_insert(words);
        }
    }
    named
}

fn kind_name(kind: &str) -> &'static str {
    match kind {
        "fig" => "the figure",
        "tbl" => "the table",
        "eq" => "the formula",
        "lst" => "the listing",
        "thm" => "the theorem",
        _ => "the section",
    }
}

/// `H~2~O` and `x^2^`.
fn scripts(context: &Context<'_>, mark: char, element: &str, edits: &mut Edits) {
    let text = context.text;
    let mut end = 0;
    for (at, _) in text.match_indices(mark) {
        let rest = &text[at + 1..];
        if at < end
            || rest.starts_with([mark, '[', ' ', '{'])
            || text[..at].ends_with([mark, '\\', '['])
            || context.code.holds(at)
        {
            continue;
        }
        // A space behind a backslash is one of the words.
        let stop = rest.char_indices().find(|&(place, c)| {
            c == mark || c.is_whitespace() && !rest[..place].ends_with('\\')
        });
        let stop = stop.map(|(place, _)| place);
        let Some(length) = stop.filter(|&stop| rest[stop..].starts_with(mark)) else {
            continue;
        };
        if length == 0 || length > 40 || rest[length + 1..].starts_with(mark) {
            continue;
        }
        end = at + 1 + length + 1;
        let parts = vec![
            Part::New(format!("<{element}>")),
            Part::Copy(at + 1..at + 1 + length),
            Part::New(format!("</{element}>")),
        ];
        edits.edits.push(Edit { range: at..end, parts });
    }
}
