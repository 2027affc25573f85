//! Headings that have no words: nothing could name them in contents and bookmarks.

use crate::diag::{Code, Diagnostic};
use crate::document::{Block, BlockKind, VisitMut, plain_text, walk_block_mut};

/// Makes paragraphs of headings that hold only the mark of a note, or a picture without words.
pub(super) struct EmptyHeadings<'d> {
    pub(super) diagnostics: &'d mut Vec<Diagnostic>,
}

impl VisitMut for EmptyHeadings<'_> {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Heading { content, .. } = &mut block.kind
            && plain_text(content).trim().is_empty()
        {
            let content = std::mem::take(content);
            if !content.is_empty() {
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::EmptyHeading,
                        "this heading has no words, and is set as a paragraph",
                    )
                    .at(block.span)
                    .hint("an alternative text gives words to a picture"),
                );
            }
            block.kind = BlockKind::Paragraph(content);
        }
        walk_block_mut(self, block);
    }
}
