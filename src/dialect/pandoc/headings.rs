//! Headings that links name by their words: `[Steps]`, `[Steps][]`, `[the steps][Steps]`.

use std::collections::BTreeMap;

use super::super::code::lines;
use super::super::{Context, Edits};
use crate::document::slug;
use crate::edit::Edit;

/// Adds a definition for each heading that is named so, and for which the post has none.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut named: Vec<String> = Vec::new();
    for range in lines(text) {
        let line = text[range.clone()].trim_end();
        if context.code.holds(range.start) {
            continue;
        }
        if let Some((label, _)) =
            line.strip_prefix('[').and_then(|it| it.split_once("]:"))
        {
            known.insert(label.to_lowercase(), String::new());
        } else if let Some((words, id)) = heading(line) {
            known.entry(words.to_lowercase()).or_insert(id);
        }
        let labels = line.split('[').skip(1).filter_map(|rest| rest.split_once(']'));
        named.extend(labels.map(|(label, _)| label.to_lowercase()));
    }
    let mut made = String::new();
    for label in named {
        if let Some(id) = known.remove(&label).filter(|id| !id.is_empty()) {
            made.push_str(&format!("[{label}]: #{id}\n"));
        }
    }
    // At the end something may be open that would take them in.
    if !made.is_empty() {
        edits.edits.push(Edit::insert(0, format!("{made}\n")));
    }
}

/// The words of a heading and its id.
fn heading(line: &str) -> Option<(&str, String)> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let words = rest.strip_prefix(' ')?.trim().trim_end_matches('#').trim_end();
    let (words, list) = match words.rsplit_once('{') {
        Some((words, list)) if list.ends_with('}') => (words.trim_end(), list),
        _ => (words, ""),
    };
    let given = list.trim_end_matches('}').split_whitespace();
    let given = given.clone().find_map(|item| item.strip_prefix('#'));
    let plain = !words.is_empty() && !words.contains(['[', ']', '`', '*', '<']);
    let id = given.map_or_else(|| slug(words), str::to_owned);
    ((1..=6).contains(&level) && plain && !id.is_empty()).then_some((words, id))
}
