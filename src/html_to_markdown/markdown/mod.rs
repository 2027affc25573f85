//! From a tree of HTML to Markdown that our own reader reads back to the same. What Markdown cannot
//! say stays HTML.

mod blocks;
mod escape;
mod figures;
mod inlines;
mod lists;
mod media;
mod raw;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::tree::{Element, Node};
pub(crate) use media::{is_picture_file, picture_address, watched};

/// What a post says, ready to be written.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Body {
    pub(crate) nodes: Vec<Node>,
    /// The notes, in the order of their marks' numbers.
    pub(crate) notes: Vec<Vec<Node>>,
}

/// Writes a body. Its cost is linear in its length.
pub(crate) fn write(body: &Body) -> String {
    let (mut targets, mut places) = (BTreeSet::new(), BTreeSet::new());
    for nodes in [&body.nodes].into_iter().chain(&body.notes) {
        collect(nodes, &mut targets, &mut places);
    }
    let writer = Writer { targets: targets.intersection(&places).cloned().collect() };
    let mut blocks = writer.blocks(&body.nodes);
    for (at, note) in body.notes.iter().enumerate() {
        let label = format!("[^{}]: ", at + 1);
        blocks.push(label + &lists::hung(&writer.blocks(note).join("\n\n"), 4));
    }
    let mut text = blocks.join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The same as HTML, of what stands in a page.
pub(crate) fn html(nodes: &[Node]) -> String {
    raw::inlines(&Writer { targets: BTreeSet::new() }, nodes)
}

struct Writer {
    /// The places that links within the text lead to. Other ids say nothing, and other links lead
    /// into the page around the text.
    targets: BTreeSet<String>,
}

impl Writer {
    /// The id of an element, if a link leads there.
    fn target<'a>(&self, element: &'a Element) -> Option<&'a str> {
        let name = || element.get("name").filter(|_| element.name == "a");
        let id = element.get("id").or_else(name)?;
        self.targets.contains(id).then_some(id)
    }

    /// Whether the text has a place of this name.
    fn is_place(&self, id: &str) -> bool {
        self.targets.contains(&crate::address::percent_decode(id))
    }
}

fn collect(
    nodes: &[Node],
    targets: &mut BTreeSet<String>,
    places: &mut BTreeSet<String>,
) {
    for element in nodes.iter().filter_map(Node::element) {
        if let Some(target) = element.get("href").and_then(|href| href.strip_prefix('#'))
            && !target.is_empty()
        {
            targets.insert(crate::address::percent_decode(target));
        }
        let name = element.get("name").filter(|_| element.name == "a");
        places.extend([element.get("id"), name].into_iter().flatten().map(str::to_owned));
        collect(&element.children, targets, places);
    }
}
