//! Links and pictures that are none to CommonMark, and words in brackets with attributes.

use std::ops::Range;

use super::super::attributelist;
use super::Found;
use super::brackets::closing;
use super::survey::Survey;
use crate::address::percent_encode;
use crate::diag::{Code, nearest};
use crate::edit::Edit;

/// Finds them.
pub(super) fn edit(
    text: &str,
    survey: &Survey,
    edits: &mut Vec<Edit>,
    found: &mut Vec<Found>,
) {
    let labels = labels(text);
    let mut last = 0;
    for run in &survey.runs {
        for (at, _) in text[run.clone()].match_indices('[') {
            let open = run.start + at;
            let escaped = text[..open].ends_with('\\');
            if open < last || escaped || survey.is_literal(open) || survey.is_link(open) {
                continue;
            }
            let Some(close) = closing(text, open, run.end, survey) else { continue };
            let brackets = Brackets { text, survey, run, open, close };
            match text.as_bytes().get(close + 1) {
                Some(b'(') => last = brackets.address(edits, found).unwrap_or(last),
                Some(b'[') => last = brackets.label(&labels, found).unwrap_or(last),
                Some(b'{') => brackets.attributes(edits),
                _ => {}
            }
        }
    }
}

/// Words in brackets that are no link.
struct Brackets<'t> {
    text: &'t str,
    survey: &'t Survey,
    run: &'t Range<usize>,
    open: usize,
    close: usize,
}

impl Brackets<'_> {
    /// `[words](address`, and where it ends.
    fn address(&self, edits: &mut Vec<Edit>, found: &mut Vec<Found>) -> Option<usize> {
        let Self { text, survey, run, open, close } = *self;
        let is_picture = text[..open].ends_with('!');
        let start = open - usize::from(is_picture);
        let what = if is_picture { "picture" } else { "link" };
        let inside = &text[close + 2..run.end];
        let first = inside.split_whitespace().next().unwrap_or_default();
        let is_address = first.contains("://") || first.starts_with(['/', '#', '.']);
        let Some(end) = closing(text, close + 1, run.end, survey) else {
            if is_picture || is_address {
                let line = text[start..run.end].lines().next().unwrap_or_default().len();
                let message = format!("this {what} is not closed");
                let hint = "its address ends with `)`";
                found.push(broken(start..start + line, message, hint));
            }
            return None;
        };
        let address = &text[close + 2..end];
        if !is_picture && !is_address || address.contains(['<', '>', '\n', '"']) {
            return None;
        }
        if let Some((path, size)) = address.rsplit_once(" =")
            && let Some(list) = attributes_of_size(size)
        {
            edits
                .push(Edit::replace(close + 2 + path.len()..end + 1, format!("){list}")));
            return Some(end);
        }
        if address.trim().contains(' ') {
            let message = format!("this {what} has a space in its address");
            let hint = "it was taken as meant; such an address goes in `<…>`";
            found.push(broken(start..end + 1, message, hint));
            edits.push(Edit::insert(close + 2, "<"));
            edits.push(Edit::insert(end, ">"));
            return Some(end);
        }
        None
    }

    /// `[words][label]`, and where it ends. After a letter or a bracket it is an index.
    fn label(&self, labels: &[&str], found: &mut Vec<Found>) -> Option<usize> {
        let Self { text, survey, run, open, close } = *self;
        let before = text[..open].chars().next_back();
        let index =
            before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ']' | ')' | '_'));
        let end = closing(text, close + 1, run.end, survey)?;
        let label = text[close + 2..end].trim();
        if index
            || label.is_empty()
            || label.starts_with(['^', '@'])
            || label.contains('[')
        {
            return None;
        }
        // With a note in its words, a link is one only when that stands beside it.
        if labels.iter().any(|known| known.eq_ignore_ascii_case(label)) {
            return None;
        }
        let message = format!("no label `{label}` is defined here");
        let mut said =
            broken(open..end + 1, message, "define it on a line: `[label]: address`");
        if let Some(near) = nearest(label, labels.iter().copied()) {
            said.message = format!("{}: did you mean `{near}`?", said.message);
        }
        found.push(said);
        Some(end)
    }

    /// `[words]{.class}`, as pandoc has it.
    fn attributes(&self, edits: &mut Vec<Edit>) {
        let Self { text, run, open, close, .. } = *self;
        let Some((list, rest)) = attributelist::parse(&text[close + 1..run.end]) else {
            return;
        };
        let end = run.end - rest.len();
        let quoted = |words: &str| words.replace(['"', '<', '>', '&'], "");
        let attribute = |name: &str, value: Option<String>| {
            value.map_or(String::new(), |value| format!(" {name}=\"{}\"", quoted(&value)))
        };
        let classes = (!list.classes.is_empty()).then(|| list.classes.join(" "));
        let tag = format!(
            "<span{}{}{}{}{}>",
            attribute("id", list.id),
            attribute("class", classes),
            attribute("lang", list.lang),
            attribute("dir", list.dir.map(|dir| dir.name().to_owned())),
            attribute(
                attributelist::INDEX_MARK,
                list.index.map(|_| percent_encode(&text[close + 1..end])),
            ),
        );
        edits.push(Edit::replace(open..open + 1, tag));
        edits.push(Edit::replace(close..end, "</span>"));
    }
}

fn broken(range: Range<usize>, message: String, hint: &'static str) -> Found {
    Found { code: Code::BrokenLink, range, message, hint }
}

/// The attributes that a size after an address means: `100x50`, `100x`, `50%x`.
fn attributes_of_size(size: &str) -> Option<String> {
    let (width, height) =
        size.trim().split_once(['x', 'X', '*']).unwrap_or((size.trim(), ""));
    let is_length = |length: &str| {
        length.is_empty()
            || length.trim_end_matches('%').bytes().all(|b| b.is_ascii_digit())
    };
    if !is_length(width) || !is_length(height) || width.is_empty() && height.is_empty() {
        return None;
    }
    Some(match (width, height) {
        ("", height) => format!("{{height={height}}}"),
        (width, _) => format!("{{width={width}}}"),
    })
}

/// The labels that a text defines.
fn labels(text: &str) -> Vec<&str> {
    let label = |line: &'_ str| -> Option<usize> {
        let inside = line.trim_start_matches(' ').strip_prefix('[')?;
        inside.find("]:").filter(|_| !inside.starts_with('^'))
    };
    let of_line = |line| {
        let length = label(line)?;
        Some(&line.trim_start_matches(' ')[1..1 + length])
    };
    text.lines().filter_map(of_line).collect()
}
