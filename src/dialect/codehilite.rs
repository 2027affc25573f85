//! Python-Markdown's code by indentation, of which the first line may name the language: `:::python`,
//! `#!python`.

use std::ops::Range;

use super::code::lines;
use super::{Context, Edits};
use crate::config::Generator;
use crate::edit::Edit;

/// Gives such code a fence with its language.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    let reads = matches!(
        context.generator(),
        Generator::Pelican | Generator::MkDocs | Generator::Unknown
    );
    if !reads {
        return;
    }
    for block in context.code.ranges() {
        let text = &context.text[block.clone()];
        let first = text.lines().next().unwrap_or_default();
        let is_indented = first.starts_with("    ") || first.starts_with('\t');
        if let Some(language) = language(first.trim()).filter(|_| is_indented) {
            fence(context.text, block, language, edits);
        }
    }
}

/// The language that a line names; a path to a program is a line of the code.
fn language(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(":::").or_else(|| line.strip_prefix("#!"))?;
    let name = rest.split_whitespace().next()?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || "+-_#".contains(c);
    (name.chars().all(is_name) && rest.starts_with(name)).then_some(name)
}

fn fence(text: &str, block: &Range<usize>, language: &str, edits: &mut Edits) {
    let inside = &text[block.clone()];
    let ticks = if inside.contains("```") { "~~~~" } else { "```" };
    for (at, line) in lines(inside).enumerate() {
        let range = block.start + line.start..block.start + line.end;
        let words = &text[range.clone()];
        if at == 0 {
            edits.edits.push(Edit::replace(range, format!("{ticks}{language}\n")));
            continue;
        }
        let indent = words.len() - words.trim_start_matches(' ').len();
        let indent = if words.starts_with('\t') { 1 } else { indent.min(4) };
        if indent > 0 {
            edits.edits.push(Edit::delete(range.start..range.start + indent));
        }
    }
    let end = if inside.ends_with('\n') { "" } else { "\n" };
    edits.edits.push(Edit::insert(block.end, format!("{end}{ticks}\n")));
}
