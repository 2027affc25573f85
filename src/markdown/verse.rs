//! Couplets: stanzas of two lines, which by themselves might be an address or a signature.

use crate::document::{
    Block, BlockKind, Inline, InlineKind, VisitMut, plain_text, walk_block_mut,
};

/// A longer line, in characters, is prose.
const MAX_LINE_CHARS: usize = 80;

/// Marks the stanzas of quotations that consist of nothing else.
pub(super) fn find(blocks: &mut Vec<Block>) {
    Couplets.blocks(blocks);
}

struct Couplets;

impl VisitMut for Couplets {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Quotation { blocks, .. } = &mut block.kind {
            // The last line may say who wrote it.
            let stanzas = blocks.iter().take_while(|block| is_stanza(block)).count();
            if stanzas > 1 && stanzas + 1 >= blocks.len() {
                for stanza in &mut blocks[..stanzas] {
                    stanza.attributes.add_class("verse");
                }
            }
        }
        walk_block_mut(self, block);
    }

    fn inlines(&mut self, _: &mut Vec<Inline>) {}
}

/// Whether a paragraph has two short lines or more, each with an end of its own.
fn is_stanza(block: &Block) -> bool {
    let BlockKind::Paragraph(content) = &block.kind else { return false };
    let is_break = |inline: &Inline| matches!(inline.kind, InlineKind::LineBreak);
    let lines: Vec<&[Inline]> = content.split(is_break).collect();
    let is_line = |line: &&[Inline]| {
        (1..=MAX_LINE_CHARS).contains(&plain_text(line).trim().chars().count())
    };
    lines.len() > 1 && lines.iter().all(is_line)
}
