//! From tags to a tree. Tags are closed where HTML closes them by itself; a tag that nothing closes
//! ends with what it stands in.

use html5gum::{StartTag, Token, Tokenizer};

use super::{Element, Node, is_block};
use crate::html::{is_void, state_within};

/// How deep elements may be nested; the tags of those below are left out, their parts stay.
const MAX_DEPTH: usize = 96;

/// Reads HTML.
pub(crate) fn parse(html: &str) -> Vec<Node> {
    let mut builder = Builder { open: vec![Element::default()], beyond: 0 };
    let mut tokenizer = Tokenizer::new(html);
    while let Some(Ok(token)) = tokenizer.next() {
        match token {
            Token::StartTag(tag) => {
                if let Some(state) = state_within(&tag.name) {
                    tokenizer.set_state(state);
                }
                builder.start(&tag);
            }
            Token::EndTag(tag) => builder.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => builder.text(&String::from_utf8_lossy(&text)),
            Token::Comment(comment) => {
                let text = String::from_utf8_lossy(&comment);
                builder.comment(&text);
            }
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    builder.finish()
}

struct Builder {
    /// The elements that are open, outermost first; the first holds all.
    open: Vec<Element>,
    /// How many elements are open below [`MAX_DEPTH`].
    beyond: usize,
}

impl Builder {
    fn start(&mut self, tag: &StartTag<()>) {
        let mut name = String::from_utf8_lossy(&tag.name).into_owned();
        if name.contains(|c: char| !c.is_ascii_alphanumeric() && !"-_.:".contains(c)) {
            "span".clone_into(&mut name);
        }
        self.imply_ends(&name);
        let attributes = tag.attributes.iter().map(|(key, value)| {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            (text(key), text(value))
        });
        let element =
            Element { attributes: attributes.collect(), children: Vec::new(), name };
        // `<a name="x" />` is an open tag to HTML, and never meant as one.
        let closed = tag.self_closing && (element.name == "a" || is_foreign(&element));
        if is_void(&element.name) || closed {
            self.push(Node::Element(element));
        } else if self.open.len() > MAX_DEPTH {
            self.beyond += 1;
        } else {
            self.open.push(element);
        }
    }

    fn end(&mut self, name: &str) {
        if name == "br" {
            return self.push(Node::Element(Element::new("br", Vec::new())));
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let walls: &[&str] = match name {
            "table" => &[],
            "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption" => &["table"],
            _ => &["td", "th", "caption"],
        };
        let walls = |open: &str| walls.contains(&open);
        let at = self.within(|open| open == name, walls).or_else(|| {
            // `<h2>…</h3>` closes the heading.
            is_heading(name).then(|| self.within(is_heading, walls)).flatten()
        });
        if let Some(at) = at {
            self.close(at);
        }
    }

    fn text(&mut self, text: &str) {
        if !text.trim().is_empty()
            && let Some(holder) = self.foster_parent()
        {
            return holder.children.push(Node::Text(text.to_owned()));
        }
        if let Some(Node::Text(before)) = self.top().children.last_mut() {
            before.push_str(text);
        } else {
            self.push(Node::Text(text.to_owned()));
        }
    }

    /// A comment; `<![CDATA[` is text.
    fn comment(&mut self, text: &str) {
        match text.strip_prefix("[CDATA[") {
            Some(cdata) => self.text(cdata.strip_suffix("]]").unwrap_or(cdata)),
            None => self.push(Node::Comment(text.to_owned())),
        }
    }

    fn finish(mut self) -> Vec<Node> {
        self.close(1);
        self.open.pop().unwrap_or_default().children
    }

    /// Closes what HTML closes without an end tag (section 13.1.2.4).
    fn imply_ends(&mut self, name: &str) {
        const CELL: &[&str] = &["td", "th", "caption"];
        let (closed, walls): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "dir", "td", "th"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th", "caption"], &["table"]),
            "tr" => (&["tr", "caption", "colgroup"], &["table"]),
            "thead" | "tbody" | "tfoot" => {
                (&["thead", "tbody", "tfoot", "colgroup", "caption"], &["table"])
            }
            "rt" | "rp" | "rb" => (&["rt", "rp", "rb"], &["ruby"]),
            "option" => (&["option"], &["select"]),
            "a" => (&["a"], CELL),
            name if is_heading(name) => {
                (&["p", "h1", "h2", "h3", "h4", "h5", "h6"], WALLS_OF_PARAGRAPHS)
            }
            name if is_block(name) && name != "body" && name != "html" => {
                (&["p"], WALLS_OF_PARAGRAPHS)
            }
            _ => return,
        };
        let open =
            self.within(|open| closed.contains(&open), |open| walls.contains(&open));
        if let Some(at) = open {
            self.close(at);
        }
    }

    /// Where the innermost open element stands that a test holds for, unless one of `walls` is
    /// between.
    fn within(
        &self,
        test: impl Fn(&str) -> bool,
        walls: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        for (at, open) in self.open.iter().enumerate().skip(1).rev() {
            if test(&open.name) {
                return Some(at);
            }
            if walls(&open.name) {
                return None;
            }
        }
        None
    }

    /// Closes the elements from one on.
    fn close(&mut self, at: usize) {
        while self.open.len() > at {
            if let Some(element) = self.open.pop() {
                self.push(Node::Element(element));
            }
        }
        self.beyond = 0;
    }

    /// What takes text that stands in a table and in no cell: the element around the table, where
    /// it comes before that (HTML, section 13.2.6.1).
    fn foster_parent(&mut self) -> Option<&mut Element> {
        const PARTS: [&str; 5] = ["table", "thead", "tbody", "tfoot", "tr"];
        let top = self.open.last()?;
        if !PARTS.contains(&top.name.as_str()) {
            return None;
        }
        let table = self.open.iter().rposition(|open| open.name == "table")?;
        self.open.get_mut(table.checked_sub(1)?)
    }

    fn push(&mut self, node: Node) {
        self.top().children.push(node);
    }

    fn top(&mut self) -> &mut Element {
        if self.open.is_empty() {
            self.open.push(Element::default());
        }
        let last = self.open.len() - 1;
        &mut self.open[last]
    }
}

/// What a `p` may stay open around.
const WALLS_OF_PARAGRAPHS: &[&str] = &[
    "td",
    "th",
    "caption",
    "li",
    "dd",
    "dt",
    "div",
    "blockquote",
    "figure",
    "figcaption",
    "section",
    "article",
    "aside",
    "details",
    "button",
    "svg",
    "math",
];

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}

/// Whether an element is one of SVG or MathML, where `<path/>` is a whole element.
fn is_foreign(element: &Element) -> bool {
    matches!(
        element.name.as_str(),
        "path"
            | "rect"
            | "circle"
            | "ellipse"
            | "line"
            | "polyline"
            | "polygon"
            | "use"
            | "stop"
            | "image"
            | "animate"
            | "mspace"
            | "mprescripts"
            | "none"
    ) || element.name.contains([':', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html_to_markdown::tree::plain_text;

    fn tree(nodes: &[Node]) -> String {
        let node = |node: &Node| match node {
            Node::Text(text) => text.clone(),
            Node::Comment(text) => format!("!{text}"),
            Node::NoteMark(at) => format!("^{at}"),
            Node::Element(element) => {
                format!("{}({})", element.name, tree(&element.children))
            }
        };
        nodes.iter().map(node).collect()
    }

    #[test]
    fn what_html_closes_by_itself_is_closed() {
        for (html, expected) in [
            ("<p>a<p>b", "p(a)p(b)"),
            ("<ul><li>a<li>b<ul><li>c</ul></ul>d", "ul(li(a)li(bul(li(c))))d"),
            ("<table><tr><td>a<td>b<tr><td>c</table>", "table(tr(td(a)td(b))tr(td(c)))"),
            ("<dl><dt>a<dd>b<dt>c</dl>", "dl(dt(a)dd(b)dt(c))"),
            ("<b><i>a</b>b</i>", "b(i(a))b"),
            ("a</div>b", "ab"),
            ("<table><td><p>a</table>b", "table(td(p(a)))b"),
            ("<h2>a</h3>b", "h2(a)b"),
            ("<a name=x />b", "a()b"),
            ("<script>if (a < b) {}</script>c", "script(if (a < b) {})c"),
            ("<![CDATA[a]]>b", "ab"),
        ] {
            assert_eq!(tree(&parse(html)), expected, "{html}");
        }
    }

    #[test]
    fn depth_is_bounded_and_nothing_is_lost() {
        let html = format!("{}deep{}", "<div>".repeat(9_000), "</div>".repeat(9_000));
        assert_eq!(plain_text(&parse(&format!("{html}after"))), "deepafter");
    }
}
