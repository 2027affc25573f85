//! The words of a tree, and words as HTML.

use super::{Node, is_block, parse};

/// All text below some nodes, as it is written.
pub(crate) fn plain_text(nodes: &[Node]) -> String {
    let mut text = String::new();
    collect(nodes, &mut text);
    text
}

/// HTML such as a title, as a line of text without tags.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::new();
    if html.contains(['<', '&']) {
        collect_spaced(&parse(html), &mut text);
    } else {
        text.push_str(html);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text with its references to characters resolved; what looks like a tag stays.
pub(crate) fn decoded(text: &str) -> String {
    plain_text(&parse(&text.replace('<', "&lt;")))
}

/// Text that is to stand in HTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

fn collect(nodes: &[Node], text: &mut String) {
    for node in nodes {
        match node {
            Node::Text(words) => text.push_str(words),
            Node::Element(element) if element.name == "br" => text.push('\n'),
            Node::Element(element) => collect(&element.children, text),
            Node::Comment(_) | Node::NoteMark(_) => {}
        }
    }
}

/// The same with a space between blocks.
fn collect_spaced(nodes: &[Node], text: &mut String) {
    for node in nodes {
        match node {
            Node::Text(words) => text.push_str(words),
            Node::Element(element)
                if ["script", "style"].contains(&element.name.as_str()) => {}
            Node::Element(element) => {
                let apart = is_block(&element.name) || element.name == "br";
                if apart {
                    text.push(' ');
                }
                collect_spaced(&element.children, text);
                if apart {
                    text.push(' ');
                }
            }
            Node::Comment(_) | Node::NoteMark(_) => {}
        }
    }
}
