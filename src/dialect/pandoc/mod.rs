//! Quarto and R Markdown: pandoc's Markdown, with calls and chunks of their own.

mod chunks;
mod divs;
mod grid;
mod headings;
mod lines;
mod references;
mod ruled;
mod table;

use super::call::Call;
use super::liquid::{self, Scope};
use super::output::Output;
use super::{Context, Edits};
use crate::config::Generator;
use crate::edit::Part;

/// Rewrites what stands on lines of its own.
pub(super) fn blocks(context: &Context<'_>, edits: &mut Edits) {
    if context.text.contains("+-") || context.text.contains("+=") {
        grid::pass(context, edits);
    }
    let reads = matches!(context.generator(), Generator::Quarto | Generator::Unknown);
    if reads && context.text.contains("---") {
        ruled::pass(context, edits);
    }
    if context.text.contains(":::") {
        divs::pass(context, edits);
    }
    if context.generator() == Generator::Quarto {
        chunks::pass(context, edits);
        lines::pass(context, edits);
    }
}

/// Rewrites what stands within lines.
pub(super) fn inlines(context: &Context<'_>, edits: &mut Edits) {
    if context.generator() == Generator::Quarto {
        references::pass(context, edits);
        headings::pass(context, edits);
        chunks::raw_inlines(context, edits);
    }
}

/// What a shortcode of Quarto becomes that others do not have.
pub(super) fn shortcode(context: &Context<'_>, call: &Call<'_>) -> Option<Vec<Part>> {
    let output = Output::at(context.text, &call.range, context.is_html());
    let first = call.arguments.at(0);
    match call.name {
        "meta" | "var" => {
            let scope = Scope::of(context.post);
            let words = liquid::output(&format!("page.{}", first?), &scope)?;
            Some(output.words(&words))
        }
        "lipsum" | "pagebreak" => Some(output.only(None)),
        "kbd" => {
            let mut output = output;
            output.add(&format!("<kbd>{}</kbd>", super::output::html(first?)));
            Some(output.inline())
        }
        _ => None,
    }
}
