//! `dir="auto"` of blocks: the direction of their first letter that has one (HTML, 3.2.6.4).
//!
//! It is settled when a post is read, so that both editions show the same. In running text it stays
//! as it is: there a word is only isolated from the words around it.

use unicode_bidi::{Direction as BaseDirection, get_base_direction_full};

use crate::document::{
    Attributes, Block, BlockKind, Direction, Document, Inline, InlineKind, PhraseRole,
    Visit, VisitMut, walk_block, walk_block_mut, walk_inline,
};

/// Gives every block that asks for the direction of its text that direction.
pub(super) fn settle(document: &mut Document) {
    Settling.blocks(&mut document.blocks);
    for footnote in &mut document.footnotes {
        Settling.blocks(&mut footnote.blocks);
    }
}

struct Settling;

impl VisitMut for Settling {
    fn block(&mut self, block: &mut Block) {
        if block.attributes.dir == Some(Direction::Auto) {
            let mut search = FirstStrong::default();
            walk_block(&mut search, block);
            block.attributes.dir = Some(search.direction());
        }
        match &mut block.kind {
            BlockKind::List(list) => {
                for item in &mut list.items {
                    settle_attributes(&mut item.attributes, &item.blocks);
                }
            }
            BlockKind::Table(table) => {
                for row in table.head.iter_mut().chain(&mut table.body) {
                    for cell in &mut row.cells {
                        settle_attributes(&mut cell.attributes, &cell.blocks);
                    }
                }
            }
            _ => {}
        }
        walk_block_mut(self, block);
    }
}

fn settle_attributes(attributes: &mut Attributes, blocks: &Vec<Block>) {
    if attributes.dir == Some(Direction::Auto) {
        let mut search = FirstStrong::default();
        search.blocks(blocks);
        attributes.dir = Some(search.direction());
    }
}

/// Looks for the first letter that has a direction, outside what has a direction of its own.
#[derive(Default)]
struct FirstStrong {
    found: Option<Direction>,
}

impl FirstStrong {
    /// From left to right where no letter says anything.
    fn direction(&self) -> Direction {
        self.found.unwrap_or(Direction::LeftToRight)
    }

    fn read(&mut self, text: &str) {
        self.found = match get_base_direction_full(text) {
            BaseDirection::Ltr => Some(Direction::LeftToRight),
            BaseDirection::Rtl => Some(Direction::RightToLeft),
            BaseDirection::Mixed => None,
        };
    }
}

impl Visit for FirstStrong {
    fn block(&mut self, block: &Block) {
        if self.found.is_some() || block.attributes.dir.is_some() {
            return;
        }
        if let BlockKind::Code { text, .. } = &block.kind {
            self.read(text);
        }
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        if self.found.is_some() {
            return;
        }
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => self.read(text),
            InlineKind::Phrase(phrase)
                if phrase.attributes.dir.is_some()
                    || phrase.role == PhraseRole::Isolate => {}
            _ => walk_inline(self, inline),
        }
    }
}
