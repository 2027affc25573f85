//! A paragraph that is one picture is a figure.

use std::collections::BTreeMap;

use crate::document::{
    Block, BlockKind, Document, Figure, Inline, InlineKind, Picture, VisitMut,
    walk_block_mut,
};
use crate::source::Span;

use super::piece::is_blank;

/// Makes figures of lone pictures, and parts captions from credits.
pub(super) fn find(document: &mut Document, alternatives: &BTreeMap<Span, Vec<Inline>>) {
    let mut figures = Figures { alternatives };
    figures.blocks(&mut document.blocks);
}

struct Figures<'a> {
    alternatives: &'a BTreeMap<Span, Vec<Inline>>,
}

impl VisitMut for Figures<'_> {
    fn block(&mut self, block: &mut Block) {
        match &block.kind {
            BlockKind::Paragraph(content) => {
                if let Some((picture, span)) = lone_picture(content) {
                    let mut caption = self.caption(picture, span);
                    // A note beside a picture belongs to its caption.
                    let (marks, shown): (Vec<Inline>, Vec<Inline>) =
                        content.iter().cloned().partition(is_mark);
                    caption.extend(marks);
                    let kind = BlockKind::Paragraph(shown);
                    let blocks = vec![Block::new(kind, block.span)];
                    let figure = Figure { blocks, caption, credit: Vec::new() };
                    block.kind = BlockKind::Figure(figure);
                }
            }
            // What stands in these has its caption, or is no figure of its own.
            BlockKind::Figure(_) | BlockKind::Table(_) | BlockKind::Definitions(_) => {}
            _ => walk_block_mut(self, block),
        }
    }
}

impl Figures<'_> {
    /// The title, else the words that stand for the picture.
    fn caption(&self, picture: &Picture, span: Span) -> Vec<Inline> {
        let words = if picture.title.is_empty() { &picture.alt } else { &picture.title };
        let marked = self.alternatives.get(&span).filter(|_| picture.title.is_empty());
        match marked {
            Some(marked) => marked.clone(),
            None if words.is_empty() => Vec::new(),
            None => vec![Inline::text(words.clone(), span)],
        }
    }
}

fn is_mark(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::FootnoteReference(_))
}

/// The picture that is all of a paragraph, by itself or in a link.
fn lone_picture(content: &[Inline]) -> Option<(&Picture, Span)> {
    let mut content = content.iter().filter(|inline| !is_blank(inline));
    let only = content.next()?;
    if !content.all(is_mark) {
        return None;
    }
    match &only.kind {
        InlineKind::Picture(picture) => Some((picture, only.span)),
        InlineKind::Link { content, .. } => lone_picture(content),
        _ => None,
    }
}
