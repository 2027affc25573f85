//! Hexo's tabs, which comments divide.

use super::output::html;
use super::{Context, Edits};
use crate::config::Generator;
use crate::edit::Edit;

/// Gives each tab its title.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    if context.generator() != Generator::Hexo {
        return;
    }
    let text = context.text;
    for (at, mark) in text.match_indices("<!-- tab ") {
        let Some(end) = text[at..].find("-->").map(|end| at + end) else { return };
        let title = text[at + mark.len()..end].trim();
        let title = title.split('@').next().unwrap_or(title);
        let paragraph = format!("<p class=\"title\">{}</p>\n", html(title));
        edits.edits.push(Edit::replace(at..end + "-->".len(), paragraph));
    }
}
