//! HTML that a program wrote, as Markdown: what exports, feeds and pages hold, and the cards of a
//! blog's editor within a post.
//!
//! It is read into a `tree`, made plainer (`idioms`, `cards`), its `notes` are found, and it is
//! written (`markdown`).

mod cards;
mod idioms;
pub(crate) mod markdown;
pub(crate) mod notes;
pub(crate) mod tree;

pub(crate) use idioms::plainer;

/// A card of a blog's editor without what is only for a screen: in Markdown, or in HTML if it
/// stands in a page.
pub(crate) fn card(html: &str, in_page: bool) -> String {
    let nodes = plainer(tree::parse(html));
    match in_page {
        true => markdown::html(&nodes),
        false => markdown::write(&markdown::Body { nodes, notes: Vec::new() }),
    }
}
