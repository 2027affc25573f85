//! Cards of Ghost's editor, which its exports have as HTML: a toggle, a callout, a page that is
//! linked to with its title and picture.

use std::collections::BTreeMap;

use super::output::Output;
use super::{Context, Edits};
use crate::edit::Edit;

/// The cards that are more on a screen than in a book; the others are read as they stand.
const CARDS: [&str; 9] = [
    "kg-bookmark-card",
    "kg-callout-card",
    "kg-toggle-card",
    "kg-audio-card",
    "kg-video-card",
    "kg-file-card",
    "kg-product-card",
    "kg-header-card",
    "kg-blockquote-alt",
];

/// Rewrites them.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    if !text.contains("kg-") {
        return;
    }
    let ends: Vec<BTreeMap<usize, usize>> =
        ["div", "figure", "blockquote"].iter().map(|name| ends(text, name)).collect();
    let mut at = 0;
    while let Some(next) = text[at..].find('<') {
        let start = at + next;
        at = start + 1;
        let Some(&end) = ends.iter().find_map(|ends| ends.get(&start)) else { continue };
        let tag = text[start..end].split('>').next().unwrap_or_default();
        let is_card = CARDS
            .iter()
            .any(|card| tag.split(['"', '\'', ' ']).any(|class| class == *card));
        if !is_card || context.code.holds(start) {
            continue;
        }
        let mut output = Output::at(text, &(start..end), context.is_html());
        let card = crate::html_to_markdown::card(&text[start..end], context.is_html());
        output.add(card.trim_end());
        edits.edits.push(Edit { range: start..end, parts: output.block() });
        at = end;
    }
}

/// Where the elements of a name end, by where they begin.
fn ends(text: &str, name: &str) -> BTreeMap<usize, usize> {
    let (mut open, mut ends) = (Vec::new(), BTreeMap::new());
    for (at, _) in text.match_indices(name) {
        let before = &text[..at];
        let after = text[at + name.len()..].chars().next();
        if before.ends_with("</") && after == Some('>') {
            let end = at + name.len() + 1;
            ends.extend(open.pop().map(|start| (start, end)));
        } else if before.ends_with('<')
            && after.is_some_and(|c| c == '>' || c.is_whitespace())
        {
            open.push(at - 1);
        }
    }
    ends
}
