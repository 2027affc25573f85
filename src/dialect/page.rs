//! What a page of HTML has beside the text of its post: the title, which the book gives itself.

use std::ops::Range;

use super::{Context, Edits};
use crate::edit::Edit;

/// Takes the heading away that is the title.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let lower = text.to_ascii_lowercase();
    let Some(start) = lower.find("<h1") else { return };
    let Some(end) = lower[start..].find("</h1>").map(|end| start + end + "</h1>".len())
    else {
        return;
    };
    if letters(&text[start..end]) == letters(&context.post.header.title) {
        let range = with_header(&lower, start..end).unwrap_or(start..end);
        edits.edits.push(Edit::replace(range, ""));
    }
}

/// The `header` around a heading, if nothing else is in it.
fn with_header(lower: &str, heading: Range<usize>) -> Option<Range<usize>> {
    let before = lower[..heading.start].trim_end().strip_suffix('>')?;
    let open = before.rfind('<')?;
    let after = &lower[heading.end..];
    let close = after.trim_start().strip_prefix("</header>")?;
    before[open..].starts_with("<header").then(|| open..lower.len() - close.len())
}

/// The letters of a text without its tags and entities.
fn letters(text: &str) -> String {
    let mut letters = String::new();
    let (mut in_tag, mut in_entity) = (false, false);
    for c in text.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            '&' => in_entity = true,
            ';' | ' ' => in_entity = false,
            c if !in_tag && !in_entity && c.is_alphanumeric() => {
                letters.extend(c.to_lowercase());
            }
            _ => {}
        }
    }
    letters
}
