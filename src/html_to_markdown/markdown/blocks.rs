//! Blocks.

use super::super::tree::{Element, Node, is_block, plain_text};
use super::inlines::Place;
use super::{Writer, escape, lists, raw};

impl Writer {
    /// Each block's Markdown.
    pub(super) fn blocks(&self, nodes: &[Node]) -> Vec<String> {
        let mut out = Vec::new();
        let mut run: Vec<&Node> = Vec::new();
        for node in nodes {
            match node {
                Node::Element(element) if holds_block(element) => {
                    self.end_run(&mut run, &mut out);
                    self.block(element, &mut out);
                }
                node => run.push(node),
            }
        }
        self.end_run(&mut run, &mut out);
        out
    }

    /// What stands between blocks is a paragraph.
    fn end_run(&self, run: &mut Vec<&Node>, out: &mut Vec<String>) {
        let nodes: Vec<&Node> = std::mem::take(run);
        if let Some(figure) = self.lone_picture(&nodes) {
            out.push(figure);
            return;
        }
        if let Some(address) = lone_address(&nodes) {
            return out.push(format!("<{address}>"));
        }
        let text = self.inlines(&nodes, Place::Paragraph);
        let text = escape::lines(text.trim_matches(is_edge));
        // A paragraph of no-break spaces is distance.
        if !text.trim().is_empty() {
            out.push(text);
        }
    }

    fn block(&self, element: &Element, out: &mut Vec<String>) {
        let before = out.len();
        let has_own_lang = element.get("lang").is_some() || element.get("dir").is_some();
        match element.name.as_str() {
            "script" | "style" | "template" | "select" | "datalist" | "head" => {}
            "p" | "dt" | "dd" | "legend" | "caption" => {
                self.paragraph(&element.children, out);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element, out),
            "blockquote" => {
                let quoted = self.quoted(element);
                if !quoted.is_empty() {
                    out.push(lists::prefixed(&quoted.join("\n\n"), "> "));
                }
            }
            "ul" | "ol" | "menu" | "dir" => self.list(element, out),
            "dl" if element
                .elements()
                .any(|it| it.name == "dd" && !it.children.is_empty()) =>
            {
                out.push(raw::block(self, element));
            }
            "pre" | "xmp" | "listing" => self.code(element, out),
            "table" => self.table(element, out),
            "figure" => self.figure(element, out),
            "hr" => out.push("---".to_owned()),
            "details" => self.details(element, out),
            "aside" => self.wrapped("<aside>", "</aside>", &element.children, out),
            "dl" | "li" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" => {
                out.extend(self.blocks(&element.children));
            }
            name if is_block(name) => out.extend(self.blocks(&element.children)),
            // `<a><div>…</div></a>`: each of the blocks is what the element makes of it.
            _ => out.extend(self.blocks(&spread(element))),
        }
        if out.len() == before {
            return;
        }
        if has_own_lang && !raw::is_html(&out[before]) {
            let open = raw::open_tag("div", element, &["lang", "dir"]);
            out[before..].rotate_left(0);
            out.insert(before, open);
            out.push("</div>".to_owned());
        }
        let is_place = !matches!(element.name.as_bytes(), [b'h', b'1'..=b'6']);
        if let (Some(id), true) = (self.target(element), is_place) {
            let anchor = format!("<span id=\"{}\"></span>", raw::attribute(id));
            out.insert(before, anchor);
        }
    }

    fn paragraph(&self, children: &[Node], out: &mut Vec<String>) {
        out.extend(self.blocks(children));
    }

    fn heading(&self, element: &Element, out: &mut Vec<String>) {
        let children: Vec<&Node> = element.children.iter().collect();
        let text = self.inlines(&children, Place::Line);
        let mut text = text.trim_matches(is_edge).to_owned();
        if text.is_empty() {
            return;
        }
        if text.ends_with('#') {
            text.insert(text.len() - 1, '\\');
        }
        let level = element.name[1..].parse().unwrap_or(1);
        let mut line = format!("{} {text}", "#".repeat(level));
        if let Some(id) = self.target(element).filter(|id| is_plain_id(id)) {
            line.push_str(&format!(" {{#{id}}}"));
        }
        out.push(line);
    }

    /// The parts of a quotation; who wrote it stands on a line of its own.
    pub(super) fn quoted(&self, element: &Element) -> Vec<String> {
        let (credit, words): (Vec<&Node>, Vec<&Node>) = element
            .children
            .iter()
            .partition(|node| node.is("cite") || node.is("footer"));
        let words: Vec<Node> = words.into_iter().cloned().collect();
        let mut quoted = self.blocks(&words);
        for element in credit.into_iter().filter_map(Node::element) {
            let children: Vec<&Node> = element.children.iter().collect();
            let line = self.inlines(&children, Place::Line);
            let line = line.trim_matches(is_edge);
            if line.starts_with(['—', '–', '-', '―']) {
                quoted.push(escape::lines(line));
            } else if !line.is_empty() {
                quoted.push(format!("— {line}"));
            }
        }
        quoted
    }

    fn code(&self, element: &Element, out: &mut Vec<String>) {
        let is_verse = element.has_class("wp-block-verse");
        if is_verse {
            return self.verse(element, out);
        }
        let text = plain_text(&element.children);
        let text = text.strip_prefix('\n').unwrap_or(&text);
        let text = text.trim_end_matches(['\n', ' ', '\t']).replace("\r\n", "\n");
        if text.trim().is_empty() {
            return;
        }
        let fence = "`".repeat(escape::longest_run(&text, '`').max(2) + 1);
        let language = language(element).unwrap_or_default();
        out.push(format!("{fence}{language}\n{text}\n{fence}"));
    }

    /// Verse: its lines end where they do.
    fn verse(&self, element: &Element, out: &mut Vec<String>) {
        let children = super::super::tree::into_paragraphs(
            indented(element.children.clone()),
            super::super::tree::LineEnds::Breaks,
        );
        let mut stanzas = Vec::new();
        for node in children.iter().filter_map(Node::element) {
            let nodes: Vec<&Node> = node.children.iter().collect();
            let lines = self.inlines(&nodes, Place::Paragraph);
            let lines = escape::lines(lines.trim_matches(is_edge));
            if !lines.is_empty() {
                stanzas.push(format!("{lines}\n{{: .verse}}"));
            }
        }
        out.extend(stanzas);
    }

    fn details(&self, element: &Element, out: &mut Vec<String>) {
        let (summary, rest): (Vec<&Node>, Vec<&Node>) =
            element.children.iter().partition(|node| node.is("summary"));
        let mut open = "<details>".to_owned();
        for summary in summary.into_iter().filter_map(Node::element) {
            let words = raw::inlines(self, &summary.children);
            open.push_str(&format!("\n<summary>{}</summary>", words.trim()));
        }
        let rest: Vec<Node> = rest.into_iter().cloned().collect();
        self.wrapped(&open, "</details>", &rest, out);
    }

    /// Blocks between two tags that stand on lines of their own.
    pub(super) fn wrapped(
        &self,
        open: &str,
        close: &str,
        children: &[Node],
        out: &mut Vec<String>,
    ) {
        let blocks = self.blocks(children);
        if !blocks.is_empty() || open.contains('\n') || close.contains('\n') {
            out.push(open.to_owned());
            out.extend(blocks);
            out.push(close.to_owned());
        }
    }
}

/// The address that a paragraph is, as those are that a blog would show the video of.
fn lone_address<'a>(nodes: &[&'a Node]) -> Option<&'a str> {
    let mut shown = nodes.iter().filter(|node| !node.is_blank());
    let (Some(Node::Text(text)), None) = (shown.next(), shown.next()) else {
        return None;
    };
    let address = text.trim();
    let is_one = ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme))
        && !address.contains(|c: char| c.is_whitespace() || "<>|\\".contains(c));
    is_one.then_some(address)
}

/// Whether an element stands on lines of its own, or something in it does.
pub(super) fn holds_block(element: &Element) -> bool {
    is_block(&element.name)
        || !matches!(element.name.as_str(), "svg" | "math")
            && element.elements().any(holds_block)
}

/// Verse with the spaces at the beginning of lines kept.
fn indented(nodes: Vec<Node>) -> Vec<Node> {
    let node = |node| match node {
        Node::Text(text) => {
            let mut out = String::with_capacity(text.len());
            let mut begins = false;
            for c in text.chars() {
                out.push(if begins && c == ' ' { '\u{a0}' } else { c });
                begins = c == '\n' || begins && c == ' ';
            }
            Node::Text(out)
        }
        other => other,
    };
    nodes.into_iter().map(node).collect()
}

/// An element's parts, each run of text among them within an element like it.
fn spread(element: &Element) -> Vec<Node> {
    let shell = |children| Element {
        name: element.name.clone(),
        attributes: element.attributes.clone(),
        children,
    };
    let mut out = Vec::new();
    let mut run: Vec<Node> = Vec::new();
    for node in &element.children {
        match node {
            Node::Element(inner) if holds_block(inner) => {
                if !run.iter().all(Node::is_blank) {
                    out.push(Node::Element(shell(std::mem::take(&mut run))));
                }
                run.clear();
                let mut inner = inner.clone();
                let is_flow = matches!(inner.name.as_str(), "table" | "ul" | "ol" | "dl");
                if !is_flow && inner.name != "pre" {
                    inner.children = spread(&shell(inner.children));
                }
                out.push(Node::Element(inner));
            }
            node => run.push(node.clone()),
        }
    }
    if !run.iter().all(Node::is_blank) {
        out.push(Node::Element(shell(run)));
    }
    out
}

/// The language that a `pre`, or the `code` in it, names.
fn language(element: &Element) -> Option<String> {
    let named = |element: &Element| {
        let class = element.get("class").unwrap_or_default();
        let of_class = element.classes().find_map(|class| {
            class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-"))
        });
        let brush = || {
            let (_, brush) = class.split_once("brush:")?;
            brush.split([';', ',']).next().map(str::trim)
        };
        let data = || {
            let keys = ["data-language", "data-lang", "data-enlighter-language", "lang"];
            keys.iter().find_map(|key| element.get(key))
        };
        let found = of_class.or_else(brush).or_else(data)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "+-#._".contains(c);
        (!found.is_empty() && found.chars().all(plain)).then(|| found.to_owned())
    };
    named(element).or_else(|| element.elements().find_map(named))
}

/// Whether an id may stand in `{#…}`.
fn is_plain_id(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || "-_.:".contains(c))
}

/// What is no part of a line at its ends: spaces, and line breaks.
pub(super) fn is_edge(c: char) -> bool {
    matches!(c, ' ' | '\n')
}
