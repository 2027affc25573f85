//! The elements that are open, from Markdown and HTML alike.

use crate::diag::{Code, Diagnostic};
use crate::document::{Attributes, Block, Direction, Footnote, Inline};
use crate::source::Span;

use super::element::{Element, finish};
use super::piece::{Piece, into_blocks, is_blank};

/// How deep the tree may be; what is nested deeper is kept and flattened. Every walk over the
/// tree is a recursion, and no reader follows a quotation in a quotation that far.
const MAX_TREE_DEPTH: usize = 60;

/// How many HTML elements may be open; the tags of those beyond are passed over.
const MAX_OPEN_ELEMENTS: usize = 200;

/// An open element.
pub(super) struct Frame {
    pub(super) element: Element,
    pub(super) attributes: Attributes,
    pub(super) origin: Origin,
    pub(super) span: Span,
    pub(super) pieces: Vec<Piece>,
}

/// What opened an element, and so what may close it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// Closed by the end that pulldown-cmark tells of.
    Markdown,
    /// Closed by its end tag, or by the end of the Markdown around it.
    Html(String),
    /// `:::`, closed by as many colons.
    Container(usize),
}

/// The open elements, the innermost last.
pub(super) struct Stack {
    frames: Vec<Frame>,
    /// How many of the open elements vanish with all that they hold.
    vanishing: usize,
    /// How many of the open elements keep their line ends.
    verbatim: usize,
    /// The address of the last picture.
    pub(super) last_picture: String,
    pub(super) footnotes: Vec<Footnote>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Stack {
    /// With the whole post open.
    pub(super) fn new(span: Span) -> Self {
        let root = Frame {
            element: Element::Transparent,
            attributes: Attributes::default(),
            origin: Origin::Markdown,
            span,
            pieces: Vec::new(),
        };
        Self {
            frames: vec![root],
            vanishing: 0,
            verbatim: 0,
            last_picture: String::new(),
            footnotes: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Opens an element.
    pub(super) fn open(
        &mut self,
        element: Element,
        attributes: Attributes,
        origin: Origin,
        span: Span,
    ) {
        let html = matches!(origin, Origin::Html(_));
        if html && self.frames.len() > MAX_OPEN_ELEMENTS && element != Element::Vanishing
        {
            return;
        }
        if self.frames.len() >= MAX_TREE_DEPTH && element.is_block() {
            self.piece(Piece::Break);
        }
        self.vanishing += usize::from(element == Element::Vanishing);
        self.verbatim += usize::from(element.is_verbatim());
        self.frames.push(Frame { element, attributes, origin, span, pieces: Vec::new() });
    }

    /// Closes the innermost Markdown element, and what was left open in it.
    pub(super) fn close_markdown(&mut self) {
        while self.frames.len() > 1 {
            let last = self.frames.len() - 1;
            if self.frames[last].origin == Origin::Markdown {
                self.close_top();
                return;
            }
            self.close_leftover();
        }
    }

    /// Closes the innermost HTML element of this name within the Markdown element; false if
    /// there is none.
    pub(super) fn close_html(&mut self, name: &str) -> bool {
        let within = self
            .frames
            .iter()
            .rev()
            .take_while(|frame| matches!(&frame.origin, Origin::Html(_)));
        let found = within.into_iter().position(
            |frame| matches!(&frame.origin, Origin::Html(open) if open == name),
        );
        let Some(above) = found else { return false };
        for _ in 0..above {
            self.close_leftover();
        }
        self.close_top();
        true
    }

    /// Closes the innermost `:::` container of this many colons within the Markdown element,
    /// or else the innermost of any; false if there is none.
    pub(super) fn close_container(&mut self, colons: usize) -> bool {
        let within = || {
            let origins = self.frames.iter().rev().map(|frame| &frame.origin);
            origins.take_while(|origin| **origin != Origin::Markdown)
        };
        let same = within().position(|origin| *origin == Origin::Container(colons));
        let any = || within().position(|origin| matches!(origin, Origin::Container(_)));
        let Some(above) = same.or_else(any) else { return false };
        for _ in 0..above {
            self.close_leftover();
        }
        self.close_top();
        true
    }

    /// Whether one of `names` is open as HTML before any of `walls` is met.
    pub(super) fn open_within(&self, names: &[&str], walls: &[&str]) -> Option<String> {
        for frame in self.frames.iter().rev() {
            let Origin::Html(name) = &frame.origin else { return None };
            if names.contains(&name.as_str()) {
                return Some(name.clone());
            }
            if walls.contains(&name.as_str()) {
                return None;
            }
        }
        None
    }

    /// Closes the HTML paragraph that a block would end (HTML, section 13.1.2.4).
    pub(super) fn end_html_paragraph(&mut self) {
        const WALLS: [&str; 8] =
            ["td", "th", "li", "dd", "div", "blockquote", "figure", "section"];
        if self.open_within(&["p"], &WALLS).is_some() {
            self.close_html("p");
        }
    }

    /// Closes the HTML heading that a block would end, unless there is nothing in it yet: a heading
    /// holds words alone.
    pub(super) fn end_html_heading(&mut self) {
        const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
        let Some(name) = self.open_within(&HEADINGS, &[]) else { return };
        let is_heading =
            |frame: &Frame| matches!(&frame.origin, Origin::Html(open) if *open == name);
        let Some(at) = self.frames.iter().rposition(is_heading) else { return };
        let blank = |piece: &Piece| matches!(piece, Piece::Inline(it) if is_blank(it));
        if self.frames[at..].iter().all(|frame| frame.pieces.iter().all(blank)) {
            return;
        }
        while self.frames.len() > at {
            self.close_leftover();
        }
    }

    /// Closes the innermost HTML heading, whatever its level; false if there is none.
    pub(super) fn close_html_heading(&mut self) -> bool {
        const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
        self.open_within(&HEADINGS, &[]).is_some_and(|name| self.close_html(&name))
    }

    /// Whether what is open is written from right to left, as far as an element says so.
    pub(super) fn is_right_to_left(&self) -> Option<bool> {
        self.frames.iter().rev().take(MAX_TREE_DEPTH).find_map(|it| {
            match it.attributes.dir {
                Some(Direction::RightToLeft) => Some(true),
                Some(Direction::LeftToRight) => Some(false),
                _ => None,
            }
        })
    }

    /// Closes everything and gives the text.
    pub(super) fn finish(mut self) -> (Vec<Block>, Vec<Footnote>, Vec<Diagnostic>) {
        while self.frames.len() > 1 {
            self.close_leftover();
        }
        let root = self.frames.pop();
        let blocks =
            root.map(|root| into_blocks(root.pieces, root.span)).unwrap_or_default();
        (blocks, self.footnotes, self.diagnostics)
    }

    /// Adds a part to the innermost element.
    pub(super) fn piece(&mut self, piece: Piece) {
        if self.vanishing == 0 {
            let innermost = self.frames.len().min(MAX_TREE_DEPTH) - 1;
            self.frames[innermost].pieces.push(piece);
        }
    }

    /// Adds an inline.
    pub(super) fn inline(&mut self, inline: Inline) {
        self.piece(Piece::Inline(inline));
    }

    /// Adds words.
    pub(super) fn text(&mut self, text: impl Into<String>, span: Span) {
        self.inline(Inline::text(text, span));
    }

    /// Whether line ends are to be kept.
    pub(super) fn is_verbatim(&self) -> bool {
        self.verbatim > 0
    }

    /// Whether words now are code, in which nothing is a mark.
    pub(super) fn is_code(&self) -> bool {
        self.verbatim > 0
            || self
                .frames
                .iter()
                .rev()
                .take(MAX_TREE_DEPTH)
                .any(|it| it.element == Element::InlineCode)
    }

    /// Whether what comes now is left out.
    pub(super) fn is_vanishing(&self) -> bool {
        self.vanishing > 0
    }

    /// The innermost element for which `found` holds.
    pub(super) fn innermost(
        &mut self,
        found: impl Fn(&Element) -> bool,
    ) -> Option<&mut Frame> {
        self.frames
            .iter_mut()
            .rev()
            .take(MAX_TREE_DEPTH)
            .find(|frame| found(&frame.element))
    }

    /// The innermost element.
    pub(super) fn top(&self) -> Option<&Frame> {
        self.frames.last()
    }

    /// Whether what comes next stands directly in an element of Markdown.
    pub(super) fn is_in(&self, element: &Element) -> bool {
        let holds =
            |top: &Frame| top.origin == Origin::Markdown && top.element == *element;
        self.top().is_some_and(holds)
    }

    /// Says what is wrong.
    pub(super) fn warn(&mut self, diagnostic: Diagnostic) {
        if self.vanishing == 0 {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Closes the innermost element, that should have been closed by its own end.
    fn close_leftover(&mut self) {
        if let Some(frame) = self.frames.last() {
            let said = match &frame.origin {
                Origin::Html(name) if !closes_itself(name) => Some(format!("<{name}>")),
                Origin::Container(colons) => Some(":".repeat(*colons)),
                _ => None,
            };
            if let Some(said) = said {
                let message = format!("`{said}` is opened here and never closed");
                let diagnostic = Diagnostic::new(Code::UnclosedElement, message)
                    .at(frame.span)
                    .hint("it was closed where the Markdown around it ends");
                self.warn(diagnostic);
            }
        }
        self.close_top();
    }

    fn close_top(&mut self) {
        let flat = self.frames.len() > MAX_TREE_DEPTH;
        let Some(frame) = self.frames.pop() else { return };
        self.vanishing -= usize::from(frame.element == Element::Vanishing);
        self.verbatim -= usize::from(frame.element.is_verbatim());
        if flat {
            if frame.element.is_block() {
                self.piece(Piece::Break);
            }
            return;
        }
        if let Element::Footnote(label) = frame.element {
            let blocks = into_blocks(frame.pieces, frame.span);
            self.footnotes.push(Footnote { label, blocks, span: frame.span });
            return;
        }
        let mut pieces = finish(frame);
        if self.vanishing == 0
            && let Some(parent) = self.frames.last_mut()
        {
            if parent.pieces.is_empty() {
                parent.pieces = pieces;
            } else {
                parent.pieces.append(&mut pieces);
            }
        }
    }
}

/// Elements whose end tag HTML lets one leave out (section 13.1.2.4).
fn closes_itself(name: &str) -> bool {
    matches!(
        name,
        "p" | "li"
            | "dt"
            | "dd"
            | "tr"
            | "td"
            | "th"
            | "thead"
            | "tbody"
            | "tfoot"
            | "colgroup"
            | "rt"
            | "rp"
            | "rb"
            | "option"
            | "html"
            | "body"
            | "head"
    )
}

impl Frame {
    /// The inlines that it holds so far, once more.
    pub(super) fn inlines(&self) -> Vec<Inline> {
        let inline = |piece: &Piece| match piece {
            Piece::Inline(inline) => Some(inline.clone()),
            _ => None,
        };
        self.pieces.iter().filter_map(inline).collect()
    }
}
