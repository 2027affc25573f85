//! Quarto and R Markdown: pandoc's Markdown, with their own calls.

use super::Context;
use super::call::Call;
use super::liquid::{self, Scope};
use super::output::Output;
use crate::edit::Part;

/// What a shortcode of Quarto becomes that others do not have.
pub(super) fn shortcode(context: &Context<'_>, call: &Call<'_>) -> Option<Vec<Part>> {
    let output = Output::at(context.text, &call.range);
    let first = call.arguments.at(0)?;
    match call.name {
        "meta" | "var" => {
            let scope = Scope::of(context.post);
            let words = liquid::output(&format!("page.{first}"), &scope)?;
            Some(output.words(&words))
        }
        "lipsum" | "pagebreak" => Some(output.only(None)),
        _ => None,
    }
}
