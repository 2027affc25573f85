//! Reads a post's Markdown, with the HTML in it, into the tree.
//!
//! Reading never fails: whatever cannot be understood stays in the text, and a diagnostic says
//! so. It goes in one pass over the events of pulldown-cmark (`events`), which open and close
//! frames on one stack (`stack`) together with the HTML tags between them (`html`); a frame
//! that closes becomes nodes (`element`). Then headings get levels and names, lone pictures
//! become figures, and each run of text its spaces and its punctuation.

mod attributelist;
mod attributelists;
mod code;
mod container;
mod credit;
mod direction;
mod element;
mod events;
mod figures;
mod headings;
mod html;
mod indexmarks;
mod math;
mod piece;
mod prepare;
mod punctuation;
mod runs;
mod source;
mod stack;
mod table;
#[cfg(test)]
pub(crate) mod tests;
mod title;
mod verse;

use crate::diag::{Diagnostic, Warned};
use crate::dialect;
use crate::document::{Document, Inline};
use crate::manuscript::{Post, PostFormat};
use crate::source::Span;

use events::{Read, Reader};
use math::Labels;
use source::Text;

/// Reads a post.
pub(crate) fn read(post: &Post) -> Warned<Document> {
    let mut diagnostics = Vec::new();
    let rewritten = dialect::rewrite(post).into_value(&mut diagnostics);
    if post.format == PostFormat::Html {
        let text = Text::html(post, &rewritten);
        let mut said = Vec::new();
        let read = Reader::new(post, text, Labels::default()).run_html(&mut said);
        diagnostics.extend(said);
        return finished(read, post, diagnostics);
    }
    let text = Text::body(post, &rewritten, &mut diagnostics);
    let mut said = Vec::new();
    let mut read = Reader::new(post, text, Labels::default()).run(&mut said);
    // A formula that is referred to before it comes has its number only when all were read.
    if let Some(labels) = read.late_labels.take() {
        let text = Text::body(post, &rewritten, &mut Vec::new());
        said.clear();
        read = Reader::new(post, text, labels).run(&mut said);
    }
    diagnostics.extend(said);
    finished(read, post, diagnostics)
}

/// The document of what was read, its parts in their order and place.
fn finished(
    mut read: Read,
    post: &Post,
    mut diagnostics: Vec<Diagnostic>,
) -> Warned<Document> {
    attributelists::read(&mut read.document, post, &mut diagnostics);
    figures::find(&mut read.document, &read.alternatives, post);
    figures::add_lead(&mut read.document, post);
    headings::arrange(&mut read.document, &mut diagnostics);
    verse::find(&mut read.document.blocks);
    runs::finish(&mut read.document, post);
    credit::split(&mut read.document);
    direction::settle(&mut read.document);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    Warned { value: read.document, diagnostics }
}

/// Reads a title as a header has it: it is text, but for what can only be meant as markup.
pub(crate) fn read_title(title: &str, span: Span, post: &Post) -> Warned<Vec<Inline>> {
    read_line(&title::escaped(title), span, post)
}

/// Reads a single line, such as a title, of which every part stands at `span`.
///
/// Nothing in it makes a block: `1. A title` is no list.
pub(crate) fn read_line(line: &str, span: Span, post: &Post) -> Warned<Vec<Inline>> {
    let mut diagnostics = Vec::new();
    let line = Text::fence(line);
    let text = Text::line(&line, span);
    let read = Reader::new(post, text, Labels::default()).run(&mut diagnostics);
    let mut inlines = piece::flatten(read.document.blocks);
    Text::unfence(&mut inlines);
    runs::finish_run(&mut inlines, post);
    Warned { value: inlines, diagnostics }
}
