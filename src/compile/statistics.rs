//! How much a book holds.

use crate::book::{Book, Chapter};
use crate::document::{
    Block, BlockKind, Inline, InlineKind, Visit, count_words, walk_block, walk_inline,
};

/// What a book or a chapter holds, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Statistics {
    /// Words of running text, quotations and captions included.
    pub words: usize,
    /// Notes.
    pub notes: usize,
    /// Pictures that are shown, each time.
    pub pictures: usize,
}

impl Statistics {
    /// Of a whole book.
    pub(crate) fn of(book: &Book) -> Self {
        book.texts().map(|chapter| Self::of_chapter(book, chapter)).fold(
            Self::default(),
            |sum, chapter| Self {
                words: sum.words + chapter.words,
                notes: sum.notes + chapter.notes,
                pictures: sum.pictures + chapter.pictures,
            },
        )
    }

    /// Of one chapter, its notes' words aside.
    pub(crate) fn of_chapter(book: &Book, chapter: &Chapter) -> Self {
        let mut counter = Counter::default();
        counter.blocks(&chapter.blocks);
        Self {
            words: count_words(&counter.text),
            notes: book.notes_of(chapter.id).map_or(0, |group| group.notes.len()),
            pictures: counter.pictures,
        }
    }
}

/// Collects the text rather than counting as it goes: a word may run through several nodes.
#[derive(Default)]
struct Counter {
    text: String,
    pictures: usize,
}

impl Visit for Counter {
    fn block(&mut self, block: &Block) {
        self.text.push('\n');
        if let BlockKind::Code { text, .. } = &block.kind {
            self.text.push_str(text);
        }
        walk_block(self, block);
        self.text.push('\n');
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => self.text.push_str(text),
            InlineKind::LineBreak => self.text.push(' '),
            InlineKind::Picture(_) => self.pictures += 1,
            _ => {}
        }
        walk_inline(self, inline);
    }
}
