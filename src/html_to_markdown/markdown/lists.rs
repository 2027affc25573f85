//! Lists.

use super::super::tree::{Element, Node};
use super::blocks::holds_block;
use super::{Writer, raw};
use crate::html::is_void;

impl Writer {
    pub(super) fn list(&self, element: &Element, out: &mut Vec<String>) {
        let ordered = element.name == "ol";
        let counts_otherwise = element.get("reversed").is_some()
            || element.get("type").is_some_and(|kind| kind != "1" && ordered)
            || element.elements().any(|item| item.get("value").is_some());
        if ordered && counts_otherwise {
            return out.push(raw::block(self, element));
        }
        // A list directly after another one goes on with it, unless its marks are others.
        let start: u64 = element.get("start").and_then(|it| it.parse().ok()).unwrap_or(1);
        let marks = if ordered { ["1.", "1)"] } else { ["-", "*"] };
        let follows = out.last().is_some_and(|last| begins_with(last, marks[0]));
        let start = start.min(999_999_000);
        let loose = element.elements().any(|item| {
            item.name == "li" && item.elements().filter(|it| it.name == "p").count() > 0
        });
        let mut items = Vec::new();
        for (number, item) in (start..).zip(items_of(element)) {
            let mark = match (ordered, follows) {
                (true, false) => format!("{number}. "),
                (true, true) => format!("{number}) "),
                (false, false) => "- ".to_owned(),
                (false, true) => "* ".to_owned(),
            };
            let body = self.item(&item, loose);
            items
                .push(format!("{mark}{}", hung(&body, mark.len())).trim_end().to_owned());
        }
        if !items.is_empty() {
            out.push(items.join(if loose { "\n\n" } else { "\n" }));
        }
    }

    fn item(&self, item: &[Node], loose: bool) -> String {
        let task = item.iter().find_map(task);
        let blocks = self.blocks(item);
        let mut text = String::new();
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 {
                // A list within a tight one stands close.
                let tight = !loose && is_list(block) && !is_list(&blocks[at - 1]);
                text.push_str(if tight { "\n" } else { "\n\n" });
            }
            text.push_str(block);
        }
        match task {
            Some(true) => format!("[x] {text}"),
            Some(false) => format!("[ ] {text}"),
            None => text,
        }
    }
}

/// The items of a list: what stands between them belongs to the one before.
fn items_of(list: &Element) -> Vec<Vec<Node>> {
    let mut items: Vec<Vec<Node>> = Vec::new();
    for node in &list.children {
        match node {
            Node::Element(element) if element.name == "li" => {
                items.push(element.children.clone());
            }
            node if node.is_blank() => {}
            node => match items.last_mut() {
                Some(last) => last.push(node.clone()),
                None => items.push(vec![node.clone()]),
            },
        }
    }
    items
}

/// Whether an item begins with a box, and whether it is ticked.
fn task(node: &Node) -> Option<bool> {
    let element = node.element()?;
    if element.name == "input" && element.get("type") == Some("checkbox") {
        return Some(element.get("checked").is_some());
    }
    let descends = !is_void(&element.name)
        && (!holds_block(element) || ["p", "label"].contains(&element.name.as_str()));
    descends.then(|| element.children.iter().find_map(task)).flatten()
}

fn is_list(block: &str) -> bool {
    ["- ", "* ", "1. ", "1) "].iter().any(|mark| block.starts_with(mark))
}

fn begins_with(block: &str, mark: &str) -> bool {
    match mark {
        "1." => {
            let rest = block.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.len() < block.len() && rest.starts_with(". ")
        }
        mark => block.starts_with(mark) && block[mark.len()..].starts_with(' '),
    }
}

/// Text whose lines but the first are indented.
pub(super) fn hung(text: &str, by: usize) -> String {
    let indent = " ".repeat(by);
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&indent);
            }
        }
        out.push_str(line);
    }
    out
}

/// Text each line of which begins with the mark of a quotation.
pub(super) fn prefixed(text: &str, prefix: &str) -> String {
    let line = |line: &str| format!("{prefix}{line}").trim_end().to_owned();
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}
