//! The figures of a book, for the list of them.

use crate::document::{
    Block, BlockKind, ChapterId, Figure, VisitMut, plain_text, walk_block_mut,
};

use super::credits::beginning;
use super::{Chapter, FigureEntry};

/// The list has so much of a caption, in characters.
const MAX_CAPTION_CHARS: usize = 120;

/// The figures of a chapter that have captions, in their order. Each gets an id, if it has none.
pub(super) fn figures(chapter: &mut Chapter) -> Vec<FigureEntry> {
    let mut found = Found { chapter: chapter.id, count: 0, figures: Vec::new() };
    found.blocks(&mut chapter.blocks);
    found.figures
}

struct Found {
    chapter: ChapterId,
    count: usize,
    figures: Vec<FigureEntry>,
}

impl VisitMut for Found {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Figure(Figure { caption, .. }) = &block.kind {
            self.count += 1;
            let caption = beginning(&plain_text(caption), MAX_CAPTION_CHARS);
            if !caption.is_empty() {
                // No heading's id has a dot.
                let own = || format!("figure.{}", self.count);
                let id = block.attributes.id.get_or_insert_with(own).clone();
                self.figures.push(FigureEntry { chapter: self.chapter, id, caption });
            }
        }
        walk_block_mut(self, block);
    }
}
