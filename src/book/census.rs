//! How much a book holds.

use super::{Book, Chapter};
use crate::document::{
    Block, BlockKind, Inline, InlineKind, Visit, walk_block, walk_inline,
};

/// How much a chapter or a book holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Census {
    /// Words of the text, quotations, captions and code included, titles and notes not.
    pub words: usize,
    /// Notes.
    pub notes: usize,
    /// Pictures that are shown, as often as they are.
    pub pictures: usize,
}

impl Book {
    /// How much a chapter of this book holds.
    pub fn census_of(&self, chapter: &Chapter) -> Census {
        let mut counter = Counter::default();
        counter.blocks(&chapter.blocks);
        let group =
            self.endnotes.binary_search_by_key(&chapter.id, |group| group.chapter);
        let notes = group.map_or(0, |group| self.endnotes[group].notes.len());
        Census { words: counter.words, notes, pictures: counter.pictures }
    }

    /// How much the book holds.
    pub fn census(&self) -> Census {
        self.chapters().map(|chapter| self.census_of(chapter)).fold(
            Census::default(),
            |a, b| Census {
                words: a.words + b.words,
                notes: a.notes + b.notes,
                pictures: a.pictures + b.pictures,
            },
        )
    }
}

#[derive(Default)]
struct Counter {
    words: usize,
    pictures: usize,
    /// Whether the text before ended within a word: marks may stand within one.
    within: bool,
}

impl Counter {
    fn text(&mut self, text: &str) {
        for character in text.chars() {
            let inner = matches!(character, '\'' | '’' | '-' | '‐');
            if character.is_alphanumeric() {
                self.words += usize::from(!self.within);
                self.within = true;
            } else if !inner {
                self.within = false;
            }
        }
    }
}

impl Visit for Counter {
    fn block(&mut self, block: &Block) {
        self.within = false;
        if let BlockKind::Code { text, .. } = &block.kind {
            self.text(text);
        }
        walk_block(self, block);
        self.within = false;
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => self.text(text),
            InlineKind::LineBreak => self.within = false,
            InlineKind::Picture(picture) if picture.id.is_some() => self.pictures += 1,
            _ => {}
        }
        walk_inline(self, inline);
    }
}
