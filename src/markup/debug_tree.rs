//! A tree as a few lines of text, for tests.

use std::fmt::Write;

use super::{Child, Element, ElementId, Tree};

/// What is in the body: a line for each element, `name#id.class [attribute=value]`, and for all
/// words, indented by depth.
pub(crate) fn tree(tree: &Tree) -> String {
    let mut debug_tree = String::new();
    let bodies = tree.children(ElementId::ROOT);
    for body in bodies {
        children(tree, body, 0, &mut debug_tree);
    }
    debug_tree
}

fn children(tree: &Tree, parent: ElementId, depth: usize, debug_tree: &mut String) {
    for child in &tree.get(parent).children {
        let line = match child {
            Child::Element(id) => element(tree.get(*id)),
            Child::Text(text) => format!("{:?}", text.text),
        };
        let _ = writeln!(debug_tree, "{:indent$}{line}", "", indent = depth * 2);
        if let Child::Element(id) = child {
            children(tree, *id, depth + 1, debug_tree);
        }
    }
}

fn element(element: &Element) -> String {
    let mut line = element.name.to_owned();
    if let Some(id) = &element.id {
        let _ = write!(line, "#{id}");
    }
    for class in &element.classes {
        let _ = write!(line, ".{class}");
    }
    if let Some(lang) = &element.lang {
        let _ = write!(line, "@{lang}");
    }
    for (name, value) in &element.attributes {
        let _ = write!(line, " [{name}={value}]");
    }
    line
}
