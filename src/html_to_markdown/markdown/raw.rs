//! What stays HTML: on lines without a blank one among them, for that would end it.

use super::super::tree::{Element, Node, escaped, is_block, is_space};
use super::inlines::collapsed;
use super::{Writer, media};
use crate::html::is_void;

/// Attributes that say something in a book.
const ATTRIBUTES: [&str; 20] = [
    "alt", "cite", "class", "colspan", "dir", "href", "id", "lang", "reversed",
    "rowspan", "src", "start", "title", "type", "value", "viewbox", "width", "height",
    "d", "align",
];

/// An element on lines of its own.
pub(super) fn block(writer: &Writer, element: &Element) -> String {
    let mut out = String::new();
    Raw { writer, out: &mut out }.element(element);
    out.trim().to_owned()
}

/// An element within a line.
pub(super) fn inline(writer: &Writer, element: &Element) -> String {
    block(writer, element).replace('\n', " ")
}

/// The parts of an element as HTML within a line.
pub(super) fn inlines(writer: &Writer, nodes: &[Node]) -> String {
    let mut out = String::new();
    let mut raw = Raw { writer, out: &mut out };
    raw.nodes(nodes, "span");
    out.replace('\n', " ")
}

/// Whether a block is HTML that has its own attributes.
pub(super) fn is_html(block: &str) -> bool {
    block.starts_with("<table") || block.starts_with("<dl") || block.starts_with("<ol")
}

/// Whether a name is one of those that a line may have in Markdown.
pub(super) fn is_known(name: &str) -> bool {
    matches!(
        name,
        "sub"
            | "sup"
            | "u"
            | "ins"
            | "mark"
            | "kbd"
            | "abbr"
            | "cite"
            | "q"
            | "small"
            | "bdo"
            | "bdi"
            | "span"
    )
}

/// A start tag with some of an element's attributes.
pub(super) fn open_tag(name: &str, element: &Element, kept: &[&str]) -> String {
    let mut tag = format!("<{name}");
    for key in kept {
        if let Some(value) = element.get(key).filter(|value| !value.trim().is_empty()) {
            tag.push_str(&format!(" {key}=\"{}\"", attribute(value)));
        }
    }
    tag.push('>');
    tag
}

/// An attribute's value that stands in Markdown, too.
pub(super) fn attribute(value: &str) -> String {
    let line = value.split(is_space).filter(|it| !it.is_empty()).collect::<Vec<_>>();
    text(&line.join(" "))
}

/// Text that Markdown finds nothing in.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in escaped(text).chars() {
        match c {
            '\\' => out.push_str("&#92;"),
            '$' => out.push_str("&#36;"),
            '[' => out.push_str("&#91;"),
            '{' => out.push_str("&#123;"),
            c => out.push(c),
        }
    }
    out
}

struct Raw<'a> {
    writer: &'a Writer,
    out: &'a mut String,
}

impl Raw<'_> {
    fn nodes(&mut self, nodes: &[Node], within: &str) {
        for node in nodes {
            match node {
                Node::Text(words) if within == "pre" => {
                    let words = words.replace('\r', "");
                    self.out.push_str(&text(&words).replace('\n', "&#10;"));
                }
                Node::Text(words) => self.text(words, within),
                Node::Comment(_) => {}
                Node::NoteMark(at) => self.out.push_str(&format!("[^{}]", at + 1)),
                Node::Element(element) => self.element(element),
            }
        }
    }

    fn text(&mut self, words: &str, within: &str) {
        let between = matches!(
            within,
            "table" | "thead" | "tbody" | "tfoot" | "tr" | "ul" | "ol" | "dl" | "figure"
        );
        if between && words.trim_matches(is_space).is_empty() {
            return;
        }
        let collapsed = collapsed(words, self.out);
        self.out.push_str(&text(&collapsed));
    }

    fn element(&mut self, element: &Element) {
        let name = element.name.as_str();
        match name {
            "script" | "style" | "template" | "select" | "datalist" | "textarea"
            | "canvas" | "input" | "source" | "track" | "form" | "rp" | "colgroup"
            | "col" => return,
            "img" if media::picture_address(element).is_none() => return,
            "iframe" | "video" | "audio" | "embed" | "object" => {
                if let Some((address, words)) = media::media(element) {
                    let (address, words) = (attribute(&address), text(&words));
                    self.out.push_str(&format!("<a href=\"{address}\">{words}</a>"));
                }
                return;
            }
            _ => {}
        }
        let transparent = matches!(
            name,
            "span"
                | "font"
                | "div"
                | "section"
                | "article"
                | "center"
                | "picture"
                | "noscript"
                | "label"
                | "button"
                | "nobr"
                | "body"
                | "html"
        );
        let says_nothing = element.get("lang").is_none() && element.get("dir").is_none();
        if transparent && says_nothing && name != "div" {
            return self.nodes(&element.children, "span");
        }
        let apart = is_block(name);
        if apart && !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.push_str(&self.tag(element));
        if is_void(name) {
            return;
        }
        self.nodes(&element.children, name);
        if apart {
            self.out.truncate(self.out.trim_end_matches([' ', '\n']).len());
        }
        self.out.push_str(&format!("</{name}>"));
        if apart {
            self.out.push('\n');
        }
    }

    fn tag(&self, element: &Element) -> String {
        let mut tag = format!("<{}", element.name);
        let foreign = is_foreign(&element.name);
        let mut attributes: Vec<(&str, String)> = Vec::new();
        if element.name == "img" {
            let address = media::picture_address(element).unwrap_or_default();
            let alternative = media::alternative(element).to_owned();
            attributes.push(("src", address));
            attributes.push(("alt", alternative));
        } else {
            let kept = element.attributes.iter().filter(|(key, _)| {
                let key = key.as_str();
                foreign
                    || ATTRIBUTES.contains(&key)
                        && !matches!(key, "width" | "height" | "src")
            });
            attributes.extend(kept.map(|(key, value)| (key.as_str(), value.clone())));
        }
        for (key, value) in attributes {
            let idle = match key {
                "id" => !foreign && self.writer.target(element).is_none(),
                "class" => !foreign && !value.contains("language-"),
                "colspan" | "rowspan" => value == "1",
                _ => value.is_empty() && !matches!(key, "alt" | "reversed"),
            };
            if !idle {
                tag.push_str(&format!(" {key}=\"{}\"", attribute(&value)));
            }
        }
        tag.push('>');
        tag
    }
}

/// Whether an element is one of SVG or MathML, which keep all their attributes.
fn is_foreign(name: &str) -> bool {
    const SVG: [&str; 22] = [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "defs",
        "use",
        "symbol",
        "lineargradient",
        "radialgradient",
        "stop",
        "clippath",
        "mask",
        "pattern",
        "marker",
        "image",
    ];
    SVG.contains(&name)
        || name == "math"
        || name.len() > 1 && name.starts_with('m') && is_math(name)
}

fn is_math(name: &str) -> bool {
    matches!(
        name,
        "mi" | "mn"
            | "mo"
            | "ms"
            | "mtext"
            | "mrow"
            | "mfrac"
            | "msqrt"
            | "mroot"
            | "msub"
            | "msup"
            | "msubsup"
            | "munder"
            | "mover"
            | "munderover"
            | "mtable"
            | "mtr"
            | "mtd"
            | "mspace"
            | "mstyle"
            | "mpadded"
            | "mphantom"
            | "mmultiscripts"
    )
}
