//! Elements of HTML whose content is Markdown: `<div markdown="1">`, as kramdown and others have it.
//!
//! Blank lines around what they hold make Markdown of it (CommonMark 4.6).

use super::survey::Survey;
use crate::edit::Edit;

/// Finds them.
pub(super) fn edit(text: &str, survey: &Survey, edits: &mut Vec<Edit>) {
    for block in &survey.html {
        let mut at = block.start;
        while let Some(found) = text[at..block.end].find('<') {
            let open = at + found;
            at = open + 1;
            let Some(length) = text[open..].find('>') else { break };
            let tag = &text[open..=open + length];
            let Some(name) = name(tag).filter(|_| is_markdown(tag)) else { continue };
            let inside = open + tag.len();
            let Some(close) = closing(text, inside, name) else { continue };
            edits.push(Edit::insert(inside, "\n\n"));
            edits.push(Edit::insert(close, "\n\n"));
            // The indentation is that of the tags, and no code.
            let mut line = inside;
            for part in text[inside..close.min(block.end)].split_inclusive('\n') {
                let white = part.len() - part.trim_start_matches([' ', '\t']).len();
                if white > 0 && line > inside && line + white < close {
                    edits.push(Edit::delete(line..line + white));
                }
                line += part.len();
            }
        }
    }
}

/// The name of a start tag.
fn name(tag: &str) -> Option<&str> {
    let inside = tag.strip_prefix('<')?;
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric())?;
    (end > 0).then(|| &inside[..end])
}

/// Whether a tag has the attribute `markdown`, and not to say no.
fn is_markdown(tag: &str) -> bool {
    let inside = tag.trim_end_matches(['>', '/']);
    inside.split_whitespace().skip(1).any(|attribute| {
        let (key, value) = attribute.split_once('=').unwrap_or((attribute, "1"));
        let value = value.trim_matches(['"', '\'']);
        key.eq_ignore_ascii_case("markdown") && !matches!(value, "0" | "false" | "off")
    })
}

/// Where the end tag stands of an element of this name whose content begins at a place.
fn closing(text: &str, inside: usize, name: &str) -> Option<usize> {
    let (start, end) = (format!("<{name}"), format!("</{name}"));
    let mut depth = 0_usize;
    let mut at = inside;
    loop {
        let next = at + text[at..].find('<')?;
        if text[next..].starts_with(&end) {
            if depth == 0 {
                return Some(next);
            }
            depth -= 1;
        } else if text[next..].starts_with(&start) {
            depth += 1;
        }
        at = next + 1;
    }
}
