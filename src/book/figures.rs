//! The figures and the tables of a book, for the lists of them.

use crate::document::{
    Block, BlockKind, ChapterId, Figure, VisitMut, plain_text, walk_block_mut,
};

use super::credits::beginning;
use super::{CaptionEntry, Chapter};

/// The lists have so much of a caption, in characters.
const MAX_CAPTION_CHARS: usize = 120;

/// What is listed by its caption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Captioned {
    /// Figures.
    Figures,
    /// Tables.
    Tables,
}

/// The figures or the tables of a chapter that have captions, in their order. Each gets an id, if it
/// has none.
pub(super) fn captions(chapter: &mut Chapter, what: Captioned) -> Vec<CaptionEntry> {
    let mut found = Found { chapter: chapter.id, what, count: 0, entries: Vec::new() };
    found.blocks(&mut chapter.blocks);
    found.entries
}

struct Found {
    chapter: ChapterId,
    what: Captioned,
    count: usize,
    entries: Vec<CaptionEntry>,
}

impl VisitMut for Found {
    fn block(&mut self, block: &mut Block) {
        // No heading's id has a dot.
        let (caption, what) = match &block.kind {
            BlockKind::Figure(figure) if is_table(figure) => {
                (&figure.caption, Captioned::Tables)
            }
            BlockKind::Figure(figure) => (&figure.caption, Captioned::Figures),
            BlockKind::Table(table) => (&table.caption, Captioned::Tables),
            _ => return walk_block_mut(self, block),
        };
        if what != self.what {
            return walk_block_mut(self, block);
        }
        let own = if what == Captioned::Figures { "figure" } else { "table" };
        self.count += 1;
        let caption = beginning(&plain_text(caption), MAX_CAPTION_CHARS);
        if !caption.is_empty() {
            let own = || format!("{own}.{}", self.count);
            let id = block.attributes.id.get_or_insert_with(own).clone();
            self.entries.push(CaptionEntry { chapter: self.chapter, id, caption });
        }
        walk_block_mut(self, block);
    }
}

/// Whether a figure shows tables alone.
fn is_table(figure: &Figure) -> bool {
    let table = |block: &Block| matches!(block.kind, BlockKind::Table(_));
    !figure.blocks.is_empty() && figure.blocks.iter().all(table)
}
