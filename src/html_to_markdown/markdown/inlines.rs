//! What stands within a line.

use super::super::tree::{Element, Node, is_space, plain_text};
use super::escape::{self, Around};
use super::media::{self, lone_picture};
use super::{Writer, raw};

/// Where a line stands, for how it may be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Paragraph,
    /// A heading, or another single line.
    Line,
    /// A cell of a table.
    Cell,
    /// The words of a link.
    Link,
    /// The words of a link in a cell.
    LinkInCell,
}

impl Place {
    fn in_cell(self) -> bool {
        matches!(self, Self::Cell | Self::LinkInCell)
    }

    fn in_link(self) -> bool {
        matches!(self, Self::Link | Self::LinkInCell)
    }

    fn of_link(self) -> Self {
        if self.in_cell() { Self::LinkInCell } else { Self::Link }
    }
}

/// A part of a line.
enum Piece {
    /// Text, as it is to be read.
    Text(String),
    /// Markdown.
    Ready(String),
    /// Words between delimiters, or, where these would not be read so, between tags.
    Marked {
        delimiter: &'static str,
        tag: &'static str,
        words: String,
    },
    Break,
}

impl Writer {
    /// A line of Markdown, with spaces at its ends if the text has some.
    pub(super) fn inlines(&self, nodes: &[&Node], place: Place) -> String {
        let mut pieces = Vec::new();
        for node in nodes {
            self.piece(node, place, &mut pieces);
        }
        join(pieces, place)
    }

    fn children(&self, element: &Element, place: Place) -> String {
        let nodes: Vec<&Node> = element.children.iter().collect();
        self.inlines(&nodes, place)
    }

    fn piece(&self, node: &Node, place: Place, out: &mut Vec<Piece>) {
        match node {
            Node::Text(text) => add_text(text, out),
            Node::Comment(_) => {}
            Node::NoteMark(at) => out.push(Piece::Ready(format!("[^{}]", at + 1))),
            Node::Element(element) => {
                if let Some(id) = self.target(element) {
                    let id = raw::attribute(id);
                    out.push(Piece::Ready(format!("<span id=\"{id}\"></span>")));
                }
                self.element(element, place, out);
            }
        }
    }

    fn element(&self, element: &Element, place: Place, out: &mut Vec<Piece>) {
        match element.name.as_str() {
            "br" => out.push(Piece::Break),
            "wbr" => add_text("\u{200b}", out),
            "em" | "i" | "dfn" | "var" => self.marked("*", "em", element, place, out),
            "strong" | "b" => self.marked("**", "strong", element, place, out),
            "s" | "strike" | "del" => self.marked("~~", "s", element, place, out),
            "code" | "tt" | "samp" => self.code_span(element, place, out),
            "a" => self.link(element, place, out),
            "img" => self.picture(element, place, out),
            "iframe" | "video" | "audio" | "embed" | "object" => {
                if let Some((address, words)) = media::media(element) {
                    let words = escaped_words(&words, place);
                    let address = escape::destination(&address);
                    out.push(Piece::Ready(format!("[{words}]({address})")));
                }
            }
            "sub" | "sup" | "u" | "ins" | "mark" | "kbd" | "abbr" | "acronym"
            | "cite" | "q" | "small" | "bdo" | "bdi" => self.tagged(element, place, out),
            "ruby" => out.push(Piece::Ready(raw::inline(self, element))),
            "svg" | "math" => out.push(Piece::Ready(raw::inline(self, element))),
            "script" | "style" | "template" | "select" | "datalist" | "textarea"
            | "canvas" | "input" | "rp" | "head" | "track" | "source" => {}
            _ if element.get("lang").is_some() || element.get("dir").is_some() => {
                self.tagged(element, place, out);
            }
            _ => {
                for child in &element.children {
                    self.piece(child, place, out);
                }
            }
        }
    }

    fn marked(
        &self,
        delimiter: &'static str,
        tag: &'static str,
        element: &Element,
        place: Place,
        out: &mut Vec<Piece>,
    ) {
        let words = self.children(element, place);
        set_apart(&words, out, |words| Piece::Marked { delimiter, tag, words });
    }

    /// An element that Markdown has no mark for.
    fn tagged(&self, element: &Element, place: Place, out: &mut Vec<Piece>) {
        let name = if element.name == "acronym" { "abbr" } else { &element.name };
        let name = if raw::is_known(name) { name } else { "span" };
        let open = raw::open_tag(name, element, &["lang", "dir", "title", "cite"]);
        let words = self.children(element, place);
        set_apart(&words, out, |words| Piece::Ready(format!("{open}{words}</{name}>")));
    }

    fn code_span(&self, element: &Element, place: Place, out: &mut Vec<Piece>) {
        let rich = |inner: &Element| {
            inner.name == "a"
                || inner.children.iter().any(|it| matches!(it, Node::NoteMark(_)))
        };
        if element.find(&rich).is_some() {
            let words = self.children(element, place);
            let ready = |words| Piece::Ready(format!("<code>{words}</code>"));
            return set_apart(&words, out, ready);
        }
        let text = plain_text(&element.children);
        let text = text.replace(['\n', '\r', '\t'], " ");
        if text.trim().is_empty() {
            return add_text(&text, out);
        }
        if text.starts_with(' ') {
            add_text(" ", out);
        }
        out.push(Piece::Ready(escape::code(text.trim(), place.in_cell())));
        if text.ends_with(' ') {
            add_text(" ", out);
        }
    }

    fn link(&self, element: &Element, place: Place, out: &mut Vec<Piece>) {
        let href = element.get("href").unwrap_or_default().trim();
        let to_nothing = href.strip_prefix('#').is_some_and(|id| !self.is_place(id));
        let to_program = href.to_ascii_lowercase().starts_with("javascript:");
        if href.is_empty() || to_nothing || to_program || place.in_link() {
            for child in &element.children {
                self.piece(child, place, out);
            }
            return;
        }
        // A picture that leads to its own file says nothing by that.
        let only_picture = lone_picture(element);
        if only_picture.is_some() && media::is_picture_file(href) {
            for child in &element.children {
                self.piece(child, place, out);
            }
            return;
        }
        let (marks, words): (Vec<&Node>, Vec<&Node>) =
            element.children.iter().partition(|node| matches!(node, Node::NoteMark(_)));
        let plain = plain_text(&element.children);
        let words = self.inlines(&words, place.of_link());
        let is_address = plain.trim() == href && href.contains("://");
        if is_address && !href.contains([' ', '<', '>', '|', '\\']) {
            out.push(Piece::Ready(format!("<{href}>")));
        } else if words.trim().is_empty() {
            add_text(&words, out);
        } else {
            let title = element.get("title").map(escape::title).unwrap_or_default();
            let shown = title.is_empty() || title == words.trim();
            let title = if shown { String::new() } else { format!(" \"{title}\"") };
            let address = escape::destination(href);
            set_apart(&words, out, |words| {
                Piece::Ready(format!("[{words}]({address}{title})"))
            });
        }
        for mark in marks {
            self.piece(mark, place, out);
        }
    }

    fn picture(&self, element: &Element, place: Place, out: &mut Vec<Piece>) {
        let alt = element.get("alt").unwrap_or_default();
        if element.has_class("emoji") || element.has_class("wp-smiley") {
            return add_text(alt, out);
        }
        let Some(address) = media::picture_address(element) else {
            return add_text(alt, out);
        };
        let words = escaped_words(media::alternative(element), place);
        out.push(Piece::Ready(format!("![{words}]({})", escape::destination(&address))));
    }
}

/// Words of a picture or of a link to a video.
fn escaped_words(words: &str, place: Place) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::new();
    let around = Around { in_cell: place.in_cell(), in_link: true, ..Around::default() };
    escape::text(&words, around, &mut out);
    out
}

fn add_text(text: &str, out: &mut Vec<Piece>) {
    if let Some(Piece::Text(before)) = out.last_mut() {
        before.push_str(text);
    } else if !text.is_empty() {
        out.push(Piece::Text(text.to_owned()));
    }
}

/// Adds words as a piece, and what is at their ends, spaces and line breaks, outside of it.
fn set_apart(words: &str, out: &mut Vec<Piece>, piece: impl FnOnce(String) -> Piece) {
    let breaks = |out: &mut Vec<Piece>, edge: &str| {
        for _ in edge.matches(['\n', '>']) {
            out.push(Piece::Break);
        }
        if edge.contains(' ') {
            add_text(" ", out);
        }
    };
    let mut start = 0;
    let mut end = words.len();
    while let Some(length) = edge_at_start(&words[start..end]) {
        start += length;
    }
    while let Some(length) = edge_at_end(&words[start..end]) {
        end -= length;
    }
    breaks(out, &words[..start]);
    if start < end {
        out.push(piece(words[start..end].to_owned()));
    }
    breaks(out, &words[end..]);
}

fn edge_at_start(words: &str) -> Option<usize> {
    ["\\\n", "<br>", " "].iter().find(|it| words.starts_with(**it)).map(|it| it.len())
}

fn edge_at_end(words: &str) -> Option<usize> {
    ["\\\n", "<br>", " "].iter().find(|it| words.ends_with(**it)).map(|it| it.len())
}

/// Joins the pieces; spaces between them are one, and none at the ends of lines.
fn join(pieces: Vec<Piece>, place: Place) -> String {
    let mut out = String::new();
    let mut pieces = pieces.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        let next = pieces.peek().and_then(first_char);
        match piece {
            Piece::Text(text) => {
                let text = collapsed(&text, &out);
                let around = Around {
                    before: out.chars().next_back(),
                    after: next,
                    in_cell: place.in_cell(),
                    in_link: place.in_link(),
                };
                escape::text(&text, around, &mut out);
            }
            Piece::Ready(ready) => out.push_str(&ready),
            Piece::Marked { delimiter, tag, words } => {
                let before = out.chars().next_back();
                if is_read_as_mark(delimiter, &words, before, next) {
                    out.push_str(&format!("{delimiter}{words}{delimiter}"));
                } else {
                    out.push_str(&format!("<{tag}>{words}</{tag}>"));
                }
            }
            Piece::Break => {
                out.truncate(out.trim_end_matches(' ').len());
                match place {
                    Place::Paragraph if out.is_empty() || out.ends_with("\\\n") => {}
                    Place::Paragraph => out.push_str("\\\n"),
                    _ => out.push_str("<br>"),
                }
            }
        }
    }
    while out.ends_with("\\\n") {
        out.truncate(out.len() - 2);
    }
    out
}

fn first_char(piece: &Piece) -> Option<char> {
    match piece {
        Piece::Text(text) if text.starts_with(is_space) => Some(' '),
        Piece::Text(text) => text.chars().next(),
        Piece::Ready(ready) => ready.chars().next(),
        Piece::Marked { delimiter, .. } => delimiter.chars().next(),
        Piece::Break => Some('\\'),
    }
}

/// Text with its white space made single spaces; none after another, or after a line end.
pub(super) fn collapsed(text: &str, before: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    let mut spaced = before.ends_with([' ', '\n']) || before.ends_with("<br>");
    for c in text.chars() {
        if is_space(c) {
            if !spaced {
                collapsed.push(' ');
            }
            spaced = true;
        } else {
            collapsed.push(c);
            spaced = false;
        }
    }
    collapsed
}

/// Whether delimiters around words are read as such (CommonMark, section 6.2).
fn is_read_as_mark(
    delimiter: &str,
    words: &str,
    before: Option<char>,
    next: Option<char>,
) -> bool {
    let mark = delimiter.chars().next();
    let (first, last) = (words.chars().next(), words.chars().next_back());
    let is_open = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || is_mark(c));
    let is_mark_char = |c: Option<char>| c == mark;
    if is_mark_char(before) || is_mark_char(next) || words.contains("\\\n") {
        return false;
    }
    // Marks within marks: only where all the words are in both.
    let inner_mark = is_mark_char(first) || is_mark_char(last);
    if inner_mark && !is_whole(words, delimiter) {
        return false;
    }
    let opens = !first.is_some_and(is_mark) || is_open(before) || inner_mark;
    let closes = !last.is_some_and(is_mark) || is_open(next) || inner_mark;
    opens && closes
}

/// Whether words are all between one pair of the other delimiter of emphasis.
fn is_whole(words: &str, delimiter: &str) -> bool {
    let other = match delimiter {
        "*" => "**",
        "**" => "*",
        _ => return false,
    };
    let inner = words.strip_prefix(other).and_then(|rest| rest.strip_suffix(other));
    inner.is_some_and(|inner| {
        !inner.contains('*') && !inner.starts_with(is_mark) && !inner.ends_with(is_mark)
    })
}

/// What CommonMark counts as punctuation, and some more, for which tags do no harm.
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace()
}
