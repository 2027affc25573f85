//! MDX: what a program imports, and values in braces. Its components are calls.

use std::collections::BTreeMap;

use super::code::lines;
use super::{Context, Edits};
use crate::edit::Edit;

/// Whether a post is MDX.
pub(super) fn is_mdx(path: &str) -> bool {
    path.to_ascii_lowercase().ends_with(".mdx")
}

/// Takes imports away, and puts what was imported where it is named.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    if !is_mdx(&context.post.path) {
        return;
    }
    let text = context.text;
    let mut imported: BTreeMap<&str, &str> = BTreeMap::new();
    let mut inside = false;
    for range in lines(text) {
        let line = text[range.clone()].trim_end();
        if context.code.holds(range.start) {
            continue;
        }
        let begins = line.starts_with("import ") || line.starts_with("export ");
        if inside || begins {
            if let Some((names, from)) = line.split_once(" from ") {
                let path = from.trim_matches([' ', ';', '"', '\'']);
                let name = names.trim_start_matches("import").trim();
                imported.insert(name, path);
            }
            // A statement of several lines goes on to a blank one.
            inside = !line.is_empty()
                && !line.ends_with(';')
                && (inside || line.ends_with(['{', '(', '[', ',']));
            edits.edits.push(Edit::replace(range, ""));
        }
    }
    braces(context, &imported, edits);
}

fn braces(context: &Context<'_>, imported: &BTreeMap<&str, &str>, edits: &mut Edits) {
    let text = context.text;
    let mut at = 0;
    while let Some(next) = text[at..].find('{') {
        let start = at + next;
        at = start + 1;
        if context.code.holds(start) || text[..start].ends_with('\\') {
            continue;
        }
        let Some(end) = closing(text, start) else { continue };
        let inside = text[start + 1..end - 1].trim();
        let value = if let Some(remark) = inside.strip_prefix("/*") {
            remark.ends_with("*/").then(String::new)
        } else if let Some(words) = quoted(inside) {
            Some(words.to_owned())
        } else if let Some(path) = imported.get(inside) {
            Some((*path).to_owned())
        } else if let Some(path) = inside.strip_prefix("require(") {
            let path = path.split(')').next().unwrap_or_default();
            Some(path.trim_matches(['"', '\'']).to_owned())
        } else {
            None
        };
        let in_attribute = text[..start].ends_with('=');
        let edit = match value {
            Some(value) if in_attribute => {
                Edit::replace(start..end, format!("\"{value}\""))
            }
            Some(value) => Edit::replace(start..end, value),
            // A style or a function is for a screen.
            None if in_attribute => {
                let name =
                    text[..start - 1].rfind([' ', '\n', '<']).map_or(0, |at| at + 1);
                Edit::replace(name..end, "")
            }
            None => continue,
        };
        edits.edits.push(edit);
        at = end;
    }
}

/// One past the brace that closes the one at a place.
fn closing(text: &str, start: usize) -> Option<usize> {
    const MAX_BYTES: usize = 2_000;
    let mut depth = 0_usize;
    for (at, byte) in text.as_bytes()[start..].iter().take(MAX_BYTES).enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(start + at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

fn quoted(text: &str) -> Option<&str> {
    ['"', '\'', '`'].iter().find_map(|quote| {
        let inside = text.strip_prefix(*quote)?.strip_suffix(*quote)?;
        (!inside.contains(*quote) && !inside.contains("${")).then_some(inside)
    })
}
