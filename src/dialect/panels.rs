//! What stands around code: the title that its fence gives it.

use super::code::{lines, prefix};
use super::output::html;
use super::{Context, Edits};
use crate::edit::Edit;

/// Gives code its title.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    for range in lines(text) {
        let line = &text[range.clone()];
        let before = prefix(line);
        let words = line[before.len()..].trim_end();
        let at = range.start + before.len();
        if words.starts_with("```") || words.starts_with("~~~") {
            // A fence that ends something begins no code.
            let opens = context.code.at(at).is_some_and(|code| code.start == at);
            if let Some(title) = title(words).filter(|_| opens) {
                let title = html(title);
                let paragraph =
                    format!("<p class=\"title\">{title}</p>\n{before}\n{before}");
                edits.edits.push(Edit::insert(at, paragraph));
            }
        }
    }
}

/// The title in what follows a fence: `py title="boat.py"`.
fn title(fence: &str) -> Option<&str> {
    let keys = ["title=\"", "filename=\"", "caption=\""];
    let (_, rest) = keys.iter().find_map(|key| fence.split_once(key))?;
    let (title, _) = rest.split_once('"')?;
    (!title.trim().is_empty()).then_some(title)
}
