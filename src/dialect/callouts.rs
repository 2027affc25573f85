//! Callouts of Obsidian and GitHub, with a kind that CommonMark's extension does not have, or with a
//! title: `> [!tip] A title`.

use super::asides::class_of;
use super::code::{lines, prefix};
use super::output::html;
use super::{Context, Edits};
use crate::edit::Edit;

/// Rewrites their first lines.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    if !context.text.contains("[!") {
        return;
    }
    for range in lines(context.text) {
        let line = &context.text[range.clone()];
        let before = prefix(line);
        if !before.contains('>') || context.code.holds(range.start + before.len()) {
            continue;
        }
        let rest = line[before.len()..].trim_end();
        let Some((kind, title)) =
            rest.strip_prefix("[!").and_then(|it| it.split_once(']'))
        else {
            continue;
        };
        let kind = kind.split('|').next().unwrap_or(kind).trim();
        let is_kind = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
        if kind.is_empty() || !kind.chars().all(is_kind) {
            continue;
        }
        let title = title.trim_start_matches(['-', '+']).trim();
        let known = ["note", "tip", "important", "warning", "caution"];
        let lower = kind.to_ascii_lowercase();
        if title.is_empty() && known.contains(&lower.as_str()) && rest.ends_with(']') {
            continue;
        }
        let class = match class_of(&lower) {
            Some("danger" | "caution") => "CAUTION",
            Some("warning") => "WARNING",
            Some("important") => "IMPORTANT",
            Some("tip") => "TIP",
            _ => "NOTE",
        };
        let title = if !title.is_empty() {
            title.to_owned()
        } else if known.contains(&lower.as_str()) {
            String::new()
        } else {
            let mut letters = kind.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(letters).collect()
        };
        let start = range.start + before.len();
        let mut head = format!("[!{class}]");
        if !title.is_empty() {
            let title = html(&title);
            head.push_str(&format!("\n{before}<p class=\"title\">{title}</p>\n{before}"));
        }
        edits.edits.push(Edit::replace(start..start + rest.len(), head));
    }
}
