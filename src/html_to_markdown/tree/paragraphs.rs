//! Paragraphs that were written with line ends instead of tags, as WordPress's `wpautop` finds them.

use super::{Element, Node, is_block, is_space};

/// What line ends mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineEnds {
    /// A blank line ends a paragraph, any other line end is a `<br>`.
    Breaks,
    /// A blank line ends a paragraph, any other line end is a space.
    Spaces,
}

/// Gives paragraphs to text that has none.
pub(crate) fn into_paragraphs(nodes: Vec<Node>, ends: LineEnds) -> Vec<Node> {
    blocks(nodes, ends, true)
}

/// The parts of a block: runs of text become paragraphs where `wrap` says so, or where blank lines
/// divide them.
fn blocks(nodes: Vec<Node>, ends: LineEnds, wrap: bool) -> Vec<Node> {
    let mut out = Vec::new();
    let mut run = Vec::new();
    for node in nodes {
        let is_apart = match &node {
            Node::Element(element) => holds_block(element),
            _ => false,
        };
        if is_apart {
            end_run(&mut run, &mut out, ends, wrap);
            if let Node::Element(element) = node {
                out.push(Node::Element(within(element, ends)));
            }
        } else {
            run.push(node);
        }
    }
    let wrap = wrap || !out.is_empty();
    end_run(&mut run, &mut out, ends, wrap);
    out
}

fn holds_block(element: &Element) -> bool {
    is_block(&element.name) || element.elements().any(holds_block)
}

fn within(mut element: Element, ends: LineEnds) -> Element {
    let children = std::mem::take(&mut element.children);
    element.children = match element.name.as_str() {
        "pre" | "script" | "style" | "textarea" | "svg" | "math" => children,
        // What stands between their parts is no text.
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "ul" | "ol" | "dl" | "menu"
        | "colgroup" => {
            let part = |node| match node {
                Node::Element(element) => Node::Element(within(element, ends)),
                other => other,
            };
            children.into_iter().map(part).collect()
        }
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "dt" => {
            broken(children, ends)
        }
        "blockquote" => quotation(children, ends),
        "div" | "section" | "article" | "center" => blocks(children, ends, true),
        _ => blocks(children, ends, false),
    };
    element
}

/// The parts of a quotation; who wrote it, at its end, is no part of the last paragraph.
fn quotation(mut children: Vec<Node>, ends: LineEnds) -> Vec<Node> {
    let last = children.iter().rposition(|node| !node.is_blank());
    let cite = last.filter(|at| children[*at].is("cite")).map(|at| children.remove(at));
    let mut quoted = blocks(children, ends, true);
    quoted.extend(cite);
    quoted
}

/// Ends a run of text, at its blank lines and at its end.
fn end_run(run: &mut Vec<Node>, out: &mut Vec<Node>, ends: LineEnds, wrap: bool) {
    let mut paragraphs: Vec<Vec<Node>> = vec![Vec::new()];
    for node in run.drain(..) {
        // Two breaks are what a blank line is.
        if node.is("br")
            && let Some(last) = paragraphs.last_mut()
            && last.iter().rfind(|it| !it.is_blank()).is_some_and(|it| it.is("br"))
        {
            paragraphs.push(Vec::new());
            continue;
        }
        let Node::Text(text) = node else {
            if let Some(last) = paragraphs.last_mut() {
                last.push(node);
            }
            continue;
        };
        for (at, part) in divided(&text).into_iter().enumerate() {
            if at > 0 {
                paragraphs.push(Vec::new());
            }
            if let (Some(last), false) = (paragraphs.last_mut(), part.is_empty()) {
                last.push(Node::Text(part.to_owned()));
            }
        }
    }
    paragraphs.retain(|paragraph| !paragraph.iter().all(Node::is_blank));
    let wrap = wrap || paragraphs.len() > 1;
    for paragraph in paragraphs {
        let paragraph = broken(paragraph, ends);
        if wrap {
            out.push(Node::Element(Element::new("p", paragraph)));
        } else {
            out.extend(paragraph);
        }
    }
}

/// A text's parts between blank lines.
fn divided(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(next) = text[at..].find('\n') {
        let end = at + next;
        let rest = &text[end + 1..];
        let blank = rest.len() - rest.trim_start_matches(is_space).len();
        if rest[..blank].contains('\n') {
            parts.push(&text[start..end]);
            start = end + 1 + blank;
        }
        at = end + 1 + blank;
    }
    parts.push(&text[start..]);
    parts
}

/// A paragraph's parts, its line ends made elements; those at its own ends are none.
fn broken(nodes: Vec<Node>, ends: LineEnds) -> Vec<Node> {
    if ends == LineEnds::Spaces {
        return nodes;
    }
    let mut broken = with_breaks(nodes);
    let is_edge = |node: &Node| node.is("br") || node.is_blank();
    while broken.last().is_some_and(is_edge) {
        broken.pop();
    }
    let first = broken.iter().position(|node| !is_edge(node)).unwrap_or(broken.len());
    broken.drain(..first);
    broken
}

fn with_breaks(nodes: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    for node in nodes {
        match node {
            Node::Text(text) => {
                for (at, line) in text.split('\n').enumerate() {
                    let line = line.trim_end_matches('\r');
                    // `<br>` with a line end after it is one end.
                    let after_break = out.last().is_some_and(|last| last.is("br"));
                    if at > 0 && !after_break {
                        out.push(Node::Element(Element::new("br", Vec::new())));
                    }
                    if !line.is_empty() {
                        out.push(Node::Text(line.to_owned()));
                    }
                }
            }
            // Each line of code is a piece of code.
            Node::Element(element) if element.name == "code" => {
                for piece in with_breaks(element.children) {
                    out.push(match piece {
                        piece if piece.is("br") => piece,
                        piece => Node::Element(Element::new("code", vec![piece])),
                    });
                }
            }
            Node::Element(mut element) if !verbatim(&element.name) => {
                element.children = with_breaks(element.children);
                out.push(Node::Element(element));
            }
            other => out.push(other),
        }
    }
    out
}

fn verbatim(name: &str) -> bool {
    matches!(name, "pre" | "script" | "style" | "textarea" | "svg" | "math")
}
