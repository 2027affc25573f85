//! The HTML in a post: its tags open and close frames on the same stack as Markdown does.

mod attributes;
mod elements;
mod embedded;
mod formulas;
mod style;

use std::collections::{BTreeMap, BTreeSet};

use html5gum::{DefaultEmitter, EndTag, StartTag, Token, Tokenizer};

use crate::diag::{Code, Diagnostic};
use crate::document::{
    Attributes, Block, BlockKind, Inline, InlineKind, Picture, Target, footnote_labels,
};
use crate::html::{is_void, state_within};
use crate::source::Span;

use super::element::{Element, language_of, no_language};
use super::events::Reader;
use super::piece::Piece;
use super::stack::Origin;
use attributes::{
    alignment, attribute, attributes, name, number, string, with_attributes,
};

use elements::{HtmlElement, is_upper_case_type, meaning};

/// The lines of one piece of HTML, joined, each with its place in the text: a quotation's marks
/// stand between them.
#[derive(Default)]
pub(super) struct Lines {
    joined: String,
    /// Where each line begins in `joined`, and where in the text.
    starts: Vec<(usize, usize)>,
}

impl Lines {
    /// Adds a line that stands at `at` in the text.
    pub(super) fn push(&mut self, line: &str, at: usize) {
        self.starts.push((self.joined.len(), at));
        // The tokenizer would make one character of `\r\n`, and lose its place.
        self.joined.push_str(&line.replace('\r', " "));
    }

    fn place(&self, at: usize) -> usize {
        let line = self.starts.partition_point(|&(start, _)| start <= at);
        let (start, place) =
            self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        place + (at - start)
    }
}

/// Reads HTML: a whole block of it, or one tag within a line.
pub(super) fn read(reader: &mut Reader<'_>, lines: &Lines) {
    let emitter = DefaultEmitter::<usize>::new_with_span();
    let mut tokenizer = Tokenizer::new_with_emitter(lines.joined.as_str(), emitter);
    let mut html = Html { reader, lines, ends: None };
    let mut end = 0;
    // Where a drawing or a formula ends that was read as a whole.
    let mut read_to = 0;
    while let Some(Ok(token)) = tokenizer.next() {
        if place(&token).is_some_and(|at| at < read_to) {
            end = read_to;
            continue;
        }
        match token {
            Token::StartTag(tag) => {
                end = tag.span.end;
                if let Some(whole) = html.embedded(&tag) {
                    (end, read_to) = (whole, whole);
                    continue;
                }
                if let Some(state) = state_within(&tag.name) {
                    tokenizer.set_state(state);
                }
                html.start(&tag);
            }
            Token::EndTag(tag) => {
                end = tag.span.end;
                html.end(&tag);
                end = end.max(tag.span.end);
            }
            Token::String(text) => {
                end = text.span.end;
                html.words(&string(&text.value), text.span.start, text.span.end);
            }
            Token::Comment(comment) => {
                end = comment.span.end;
                html.comment(comment.span.start, comment.span.end);
            }
            Token::Doctype(doctype) => end = doctype.span.end,
            Token::Error(_) => {}
        }
    }
    html.rest(end);
}

/// Where a token begins.
fn place(token: &Token<usize>) -> Option<usize> {
    Some(match token {
        Token::StartTag(tag) => tag.span.start,
        Token::EndTag(tag) => tag.span.start,
        Token::String(text) => text.span.start,
        Token::Comment(comment) => comment.span.start,
        Token::Doctype(doctype) => doctype.span.start,
        Token::Error(_) => return None,
    })
}

struct Html<'r, 'a, 'l> {
    reader: &'r mut Reader<'a>,
    lines: &'l Lines,
    /// Where drawings and formulas in XML end, by where they begin; found when the first comes.
    ends: Option<BTreeMap<usize, usize>>,
}

impl Html<'_, '_, '_> {
    fn span(&self, start: usize, end: usize) -> Span {
        let (start, end) = (self.lines.place(start), self.lines.place(end));
        self.reader.text.span(start..end.max(start))
    }

    fn raw(&self, start: usize, end: usize) -> &str {
        self.lines.joined.get(start..end).unwrap_or_default()
    }

    fn text(&mut self, text: &str, span: Span) {
        if !text.is_empty() {
            self.reader.stack.text(text, span);
        }
    }

    /// Words, and formulas among them.
    fn words(&mut self, text: &str, start: usize, end: usize) {
        let reads = formulas::is_wanted(text)
            && !self.reader.stack.is_code()
            && !self.reader.stack.is_vanishing();
        if !reads {
            return self.marked_words(text, start, end);
        }
        // An entity among the words, and their places are lost.
        let exact = self.raw(start, end) == text;
        let place = |at: usize, to: usize| {
            if exact { (start + at, start + to) } else { (start, end) }
        };
        let mut last = 0;
        for formula in formulas::find(text) {
            let (from, to) = place(last, formula.range.start);
            self.marked_words(&text[last..formula.range.start], from, to);
            let (from, to) = place(formula.range.start, formula.range.end);
            let range = self.lines.place(from)..self.lines.place(to);
            self.reader.formula(&text[formula.inner], formula.is_displayed, range);
            last = formula.range.end;
        }
        let (from, to) = place(last, text.len());
        self.marked_words(&text[last..], from, to);
    }

    /// Words, and the marks of footnotes among them.
    fn marked_words(&mut self, text: &str, start: usize, end: usize) {
        if !text.contains("[^") || self.reader.stack.is_code() {
            return self.text(text, self.span(start, end));
        }
        // An entity among the words, and their places are lost.
        let exact = self.raw(start, end) == text;
        let place = |this: &Self, at: usize, to: usize| {
            if exact { this.span(start + at, start + to) } else { this.span(start, end) }
        };
        let mut last = 0;
        for (at, label) in footnote_labels(text) {
            let mark_end = at + label.len() + "[^]".len();
            self.text(&text[last..at], place(self, last, at));
            let kind = InlineKind::FootnoteReference(label.to_owned());
            self.inline(kind, place(self, at, mark_end));
            last = mark_end;
        }
        self.text(&text[last..], place(self, last, text.len()));
    }

    /// What the tokenizer never came to the end of: a tag without its `>`.
    fn rest(&mut self, end: usize) {
        let rest = self.raw(end, self.lines.joined.len()).to_owned();
        if !rest.trim().is_empty() {
            let span = self.span(end, self.lines.joined.len());
            let message = "an HTML tag begins here and has no end";
            let diagnostic = Diagnostic::new(Code::UnclosedElement, message).at(span);
            self.reader.stack.warn(diagnostic.hint("its text was kept as it stands"));
            self.text(&rest, span);
        }
    }

    /// Comments vanish, for nobody was to see them; `<![CDATA[` is text.
    fn comment(&mut self, start: usize, end: usize) {
        let raw = self.raw(start, end);
        let span = self.span(start, end);
        if let Some(text) = raw.strip_prefix("<![CDATA[") {
            let text = text.strip_suffix("]]>").unwrap_or(text).to_owned();
            self.text(&text, span);
        } else if raw.starts_with("<?") {
            self.dropped("a processing instruction", span, "a book runs no program");
        }
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let span = self.span(tag.span.start, tag.span.end);
        let raw = self.raw(tag.span.start, tag.span.end).to_owned();
        let name = name(&tag.name);
        let before = self.before(tag.span.start);
        let mut kind = meaning(&name);
        let is_type = is_upper_case_type(&raw, before, || self.is_closed(tag));
        if kind == HtmlElement::Prose || is_type {
            if !self.is_tag(&raw, before) {
                return self.text(&raw, span);
            }
            if kind == HtmlElement::Prose || elements::is_mixed(&raw) {
                kind = HtmlElement::Element(Element::Transparent);
            }
        }
        if style::is_picture(&name) || elements::is_custom(&name) && is_shown(tag) {
            self.picture(tag, attributes(tag, self.is_right_to_left()), span);
            kind = HtmlElement::Element(Element::Vanishing);
        }
        if !self.reader.stack.is_vanishing() {
            self.imply_ends(&name);
        }
        let attributes = attributes(tag, self.is_right_to_left());
        let lang = attribute(tag, "lang").filter(|lang| !lang.trim().is_empty());
        if let Some(lang) = lang.filter(|_| attributes.lang.is_none()) {
            self.reader.stack.warn(no_language(&lang, span));
        }
        let origin = Origin::Html(name.clone());
        let empty = tag.self_closing;
        match kind {
            HtmlElement::Nothing if name == "source" => self.media_source(tag, span),
            HtmlElement::Nothing => {}
            HtmlElement::LineBreak => self.inline(InlineKind::LineBreak, span),
            HtmlElement::BreakOpportunity => self.text("\u{200b}", span),
            HtmlElement::ThematicBreak => {
                let block = Block { kind: BlockKind::ThematicBreak, attributes, span };
                self.reader.stack.piece(Piece::Block(block));
            }
            HtmlElement::Picture => self.picture(tag, attributes, span),
            HtmlElement::Column => {
                let count = number(tag, "span").clamp(1, 64);
                for _ in 0..count {
                    let alignment = alignment(tag).unwrap_or_default();
                    self.reader.stack.piece(Piece::Column(alignment));
                }
            }
            HtmlElement::Media => self.media(&name, tag, span, origin),
            HtmlElement::Left => {
                self.dropped(&format!("`<{name}>`"), span, left_hint(&name));
                if !is_void(&name) && !empty {
                    self.reader.stack.open(
                        Element::Transparent,
                        Attributes::default(),
                        origin,
                        span,
                    );
                }
            }
            HtmlElement::Vanishing => {
                // What `rp` holds is for those who cannot see the reading beside the text.
                if name != "rp" {
                    self.dropped(&format!("`<{name}>`"), span, left_hint(&name));
                }
                if !empty {
                    self.reader.stack.open(Element::Vanishing, attributes, origin, span);
                }
            }
            HtmlElement::Element(element) => {
                let mut element = with_attributes(element, tag, &attributes);
                if element == Element::InlineCode && self.reader.stack.is_verbatim() {
                    self.name_language(&attributes);
                    element = Element::Transparent;
                }
                self.reader.stack.open(element, attributes, origin, span);
                if empty {
                    self.reader.stack.close_html(&name);
                }
            }
            HtmlElement::Prose => {}
        }
    }

    fn end(&mut self, tag: &EndTag<usize>) {
        let span = self.span(tag.span.start, tag.span.end);
        let name = &name(&tag.name);
        self.say_if_empty(name);
        let closed = self.reader.stack.close_html(name);
        if closed || self.reader.stack.is_vanishing() {
            return;
        }
        if matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
            && self.reader.stack.close_html_heading()
        {
            return;
        }
        match meaning(name) {
            HtmlElement::Prose if self.reader.passed_over.contains(name.as_str()) => {}
            HtmlElement::Prose => {
                let raw = self.raw(tag.span.start, tag.span.end).to_owned();
                self.text(&raw, span);
            }
            HtmlElement::LineBreak => self.inline(InlineKind::LineBreak, span),
            // `</p>` after a block that had ended the paragraph; the end tag of a void element;
            // the end of an element that was passed over.
            HtmlElement::Nothing
            | HtmlElement::Left
            | HtmlElement::Picture
            | HtmlElement::ThematicBreak => {}
            HtmlElement::Element(Element::Transparent) => {}
            _ if name == "p" => {}
            _ => {
                let message = format!("`</{name}>` closes nothing that is open here");
                let diagnostic = Diagnostic::new(Code::UnclosedElement, message).at(span);
                self.reader.stack.warn(diagnostic.hint("it was passed over"));
            }
        }
    }

    /// Closes what HTML closes without an end tag (section 13.1.2.4).
    fn imply_ends(&mut self, name: &str) {
        let (closed, walls): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "thead" | "tbody" | "tfoot" => {
                (&["thead", "tbody", "tfoot", "colgroup"], &["table"])
            }
            "rt" | "rp" | "rb" => (&["rt", "rp", "rb"], &["ruby"]),
            name if elements::ends_paragraph(name) => (
                &["p"],
                &["td", "th", "li", "dd", "div", "blockquote", "figure", "section"],
            ),
            _ => return,
        };
        if let Some(open) = self.reader.stack.open_within(closed, walls) {
            self.reader.stack.close_html(&open);
        }
    }

    fn inline(&mut self, kind: InlineKind, span: Span) {
        self.reader.stack.inline(Inline::new(kind, span));
    }

    fn picture(&mut self, tag: &StartTag<usize>, attributes: Attributes, span: Span) {
        let address = picture_address(tag);
        // What a script would show, and what stands there for those who run none.
        let stack = &mut self.reader.stack;
        if stack.open_within(&["noscript"], &[]).is_some()
            && stack.last_picture == address
        {
            return;
        }
        stack.last_picture.clone_from(&address);
        let picture = Picture {
            address,
            alt: attribute(tag, "alt").unwrap_or_default().trim().to_owned(),
            title: attribute(tag, "title").unwrap_or_default(),
            attributes,
            id: None,
            unreadable: false,
        };
        self.inline(InlineKind::Picture(picture), span);
    }

    fn is_right_to_left(&self) -> bool {
        let said = self.reader.stack.is_right_to_left();
        said.unwrap_or_else(|| self.reader.post.language.is_right_to_left())
    }

    /// A video, sound or frame becomes a link to it.
    fn media(&mut self, name: &str, tag: &StartTag<usize>, span: Span, origin: Origin) {
        let void = is_void(name) || tag.self_closing;
        let address = attribute(tag, "src").unwrap_or_default().trim().to_owned();
        if address.is_empty() {
            // The first `source` in it names the file, or else its text stands in for it.
            if !void {
                let nothing = Attributes::default();
                self.reader.stack.open(Element::Transparent, nothing, origin, span);
            }
            return;
        }
        self.media_link(name, address, attribute(tag, "title"), span);
        if !void {
            let nothing = Attributes::default();
            self.reader.stack.open(Element::Vanishing, nothing, origin, span);
        }
    }

    /// The `source` of an open video or sound; what else is in that then says no more.
    fn media_source(&mut self, tag: &StartTag<usize>, span: Span) {
        let open = self.reader.stack.open_within(&["video", "audio"], &["picture"]);
        let address = attribute(tag, "src").filter(|address| !address.trim().is_empty());
        if let (Some(name), Some(address), false) =
            (open, address, self.reader.stack.is_vanishing())
        {
            self.reader.stack.close_html(&name);
            self.media_link(&name, address.trim().to_owned(), None, span);
            let origin = Origin::Html(name);
            self.reader.stack.open(
                Element::Vanishing,
                Attributes::default(),
                origin,
                span,
            );
        }
    }

    fn media_link(
        &mut self,
        name: &str,
        address: String,
        title: Option<String>,
        span: Span,
    ) {
        let address =
            if address.starts_with("//") { format!("https:{address}") } else { address };
        let words = title.filter(|title| !title.trim().is_empty());
        let words = words.unwrap_or_else(|| host(&address).to_owned());
        let message = format!("`<{name}>` became a link: {address}");
        let diagnostic = Diagnostic::new(Code::EmbeddedMedia, message).at(span);
        self.reader
            .stack
            .warn(diagnostic.hint("a `title` attribute gives the link its words"));
        let kind = InlineKind::Link {
            target: Target::Unresolved(address),
            title: String::new(),
            content: vec![Inline::text(words, span)],
        };
        let paragraph = BlockKind::Paragraph(vec![Inline::new(kind, span)]);
        self.reader.stack.piece(Piece::Block(Block::new(paragraph, span)));
    }

    /// In `<pre><code class="language-rust">` the inner element names the language.
    fn name_language(&mut self, attributes: &Attributes) {
        let code = self.reader.stack.innermost(Element::is_verbatim);
        if let Some(Element::Code { language }) = code.map(|frame| &mut frame.element)
            && language.is_none()
        {
            *language = language_of(attributes);
        }
    }

    /// Whether a tag of an unknown name is one all the same: it is closed somewhere in the post, or
    /// has attributes, which no type of a program has.
    fn is_tag(&mut self, raw: &str, before: Option<char>) -> bool {
        let name: String = raw[1..]
            .chars()
            .take_while(|c| {
                c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '.' | '_')
            })
            .collect();
        if name.is_empty() {
            return false;
        }
        let ends = self.reader.end_tags.get_or_insert_with(|| {
            let written = self.reader.text.written(0..self.reader.text.masked().len());
            end_tags(written)
        });
        let against = before.is_some_and(char::is_alphanumeric);
        let attributes = !against && (raw.contains("=\"") || raw.contains("='"));
        let is_tag = ends.contains(&name) || attributes;
        if is_tag {
            self.reader.passed_over.insert(name.to_ascii_lowercase());
        }
        is_tag
    }

    /// Says that a component of somebody's own has nothing in it that a book can show.
    fn say_if_empty(&mut self, name: &str) {
        let Some(frame) = self.reader.stack.top() else { return };
        let is_it = matches!(&frame.origin, Origin::Html(open) if open == name);
        // Office programs write `<o:p></o:p>` at every paragraph's end.
        let counts = elements::is_custom(name) && !name.contains(':');
        if is_it
            && counts
            && frame.element == Element::Transparent
            && frame.pieces.is_empty()
        {
            let span = frame.span;
            self.dropped(&format!("`<{name}>`"), span, "a book runs no script");
        }
    }

    fn dropped(&mut self, what: &str, span: Span, hint: &str) {
        let message = format!("{what} was left out");
        let diagnostic = Diagnostic::new(Code::DroppedElement, message).at(span);
        self.reader.stack.warn(diagnostic.hint(hint));
    }

    /// The character before a tag.
    fn before(&self, start: usize) -> Option<char> {
        match self.lines.joined.get(..start).and_then(|text| text.chars().next_back()) {
            Some(c) => Some(c),
            None => {
                self.reader.text.written(0..self.lines.place(start)).chars().next_back()
            }
        }
    }

    /// Whether the end tag follows soon, in the same letters.
    fn is_closed(&self, tag: &StartTag<usize>) -> bool {
        let raw = self.raw(tag.span.start + 1, tag.span.end);
        let name =
            raw.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let close = format!("</{name}>");
        let start = self.lines.place(tag.span.end);
        let end = self.reader.text.masked().len();
        let rest = self.reader.text.written(start..end).as_bytes();
        let rest = &rest[..rest.len().min(1000)];
        rest.windows(close.len()).any(|window| window == close.as_bytes())
    }
}

/// Where a picture is: a script would take it from other attributes than `src`, which then has a
/// placeholder, and a screen chooses from a set.
fn picture_address(tag: &StartTag<usize>) -> String {
    let given = |name: &str| {
        let value = attribute(tag, name)?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    };
    let first = |name: &str| {
        let set = given(name)?;
        let first = set.split(", ").next()?.split_whitespace().next()?;
        Some(first.trim_end_matches(',').to_owned())
    };
    ["data-src", "data-lazy-src", "data-original", "data-orig-file", "data-url"]
        .iter()
        .find_map(|name| given(name))
        .or_else(|| first("data-srcset"))
        .or_else(|| first("data-lazy-srcset"))
        .or_else(|| given("src"))
        .or_else(|| first("srcset"))
        .unwrap_or_default()
}

/// Whether a component's `src` is a picture.
fn is_shown(tag: &StartTag<usize>) -> bool {
    let address = attribute(tag, "src").unwrap_or_default().to_ascii_lowercase();
    let address = address.split(['?', '#']).next().unwrap_or_default();
    [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"]
        .iter()
        .any(|extension| address.ends_with(extension))
}

/// The names of all end tags in a text.
fn end_tags(text: &str) -> BTreeSet<String> {
    let name = |(at, _): (usize, &str)| {
        let rest = &text[at + 2..];
        let end = rest.find(['>', ' ', '<', '\n']).filter(|&end| end < 60)?;
        rest[end..].trim_start().starts_with('>').then(|| rest[..end].to_owned())
    };
    text.match_indices("</").filter_map(name).collect()
}

fn left_hint(name: &str) -> &'static str {
    match name {
        "svg" => "save the drawing as an .svg file and show it with ![…](drawing.svg)",
        "script" | "noscript" | "template" => "a book runs no script",
        "style" => "put the rules into a stylesheet that `styles` in book.yaml names",
        _ => "a book cannot hold it",
    }
}

/// The host of an address, or the name of a file.
fn host(address: &str) -> &str {
    match address.split_once("://") {
        Some((_, rest)) => rest.split(['/', '?', '#']).next().unwrap_or(rest),
        None => address.rsplit('/').next().unwrap_or(address),
    }
}
