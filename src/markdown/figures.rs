//! A paragraph that is one picture is a figure.

use std::collections::BTreeMap;

use crate::document::{
    Block, BlockKind, Document, Figure, Inline, InlineKind, VisitMut, walk_block_mut,
};
use crate::source::Span;

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
        if let BlockKind::Paragraph(content) = &block.kind
            && let [Inline { kind: InlineKind::Picture(picture), span }] =
                content.as_slice()
        {
            let words =
                if picture.title.is_empty() { &picture.alt } else { &picture.title };
            let caption = self.alternatives.get(span).cloned();
            let caption =
                caption.unwrap_or_else(|| vec![Inline::text(words.clone(), *span)]);
            let figure = Figure {
                blocks: vec![Block::new(block.kind.clone(), block.span)],
                caption,
                credit: Vec::new(),
            };
            block.kind = BlockKind::Figure(figure);
            return;
        }
        if !matches!(block.kind, BlockKind::Figure(_) | BlockKind::Table(_)) {
            walk_block_mut(self, block);
        }
    }
}
