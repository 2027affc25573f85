//! `:::` containers, as Eleventy, Docusaurus and Pandoc have them.

use crate::diag::{Code, Diagnostic};
use crate::document::{Attributes, Block, BlockKind, Division};
use crate::manuscript::Post;
use crate::source::Span;

use super::element::Element;
use super::piece::Piece;
use super::stack::{Origin, Stack};

/// Reads a line that begins with `:::`: `::: note A title` opens, `:::` closes.
pub(super) fn line(stack: &mut Stack, post: &Post, written: &str, span: Span) {
    let written = written.trim();
    let rest = written.trim_start_matches(':');
    let colons = written.len() - rest.len();
    let (name, title) = opening(rest.trim_end_matches(':').trim());
    if name.is_empty() {
        if !stack.close_container(colons) {
            let message = "`:::` closes a container that is not open";
            let diagnostic = Diagnostic::new(Code::UnclosedElement, message).at(span);
            stack.warn(diagnostic.hint("it was passed over"));
        }
        return;
    }
    let mut attributes = Attributes::default();
    attributes.classes.push(name.to_owned());
    let element = match name {
        "figure" => Element::Figure,
        "details" | "spoiler" => Element::Division(Division::Details),
        "note" | "tip" | "info" | "warning" | "danger" | "caution" | "important"
        | "aside" | "seealso" => Element::Division(Division::Aside),
        _ => Element::Division(Division::Plain),
    };
    let figure = element == Element::Figure;
    stack.open(element, attributes, Origin::Container(colons), span);
    if title.is_empty() {
        return;
    }
    let read = super::read_line(title, span, post);
    let content = read.into_value(&mut stack.diagnostics);
    stack.piece(if figure {
        Piece::Caption(content)
    } else {
        let mut block = Block::new(BlockKind::Paragraph(content), span);
        block.attributes.classes.push("title".to_owned());
        Piece::Block(block)
    });
}

/// The name and the title of `note A title`, `note[A title]` or `{.note}`.
fn opening(rest: &str) -> (&str, &str) {
    if let Some(classes) = rest.strip_prefix('{') {
        let name = classes.split(['}', ' ']).next().unwrap_or_default();
        return (name.trim_start_matches('.'), "");
    }
    let end = rest.find(|c: char| c.is_whitespace() || c == '[').unwrap_or(rest.len());
    let (name, title) = rest.split_at(end);
    let title = title.trim();
    let bracketed = title.strip_prefix('[').and_then(|title| title.strip_suffix(']'));
    (name, bracketed.unwrap_or(title))
}
