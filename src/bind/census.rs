//! How much a book holds.

use crate::book::{Book, Chapter};
use crate::document::{
    Block, BlockKind, Inline, InlineKind, Visit, walk_block, walk_inline,
};

/// What a book or a chapter holds, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Census {
    /// Words of running text, quotations and captions included.
    pub words: usize,
    /// Notes.
    pub notes: usize,
    /// Pictures that are shown, each time.
    pub pictures: usize,
}

impl Census {
    /// Of a whole book.
    pub fn of(book: &Book) -> Self {
        book.chapters().map(|chapter| Self::of_chapter(book, chapter)).fold(
            Self::default(),
            |sum, chapter| Self {
                words: sum.words + chapter.words,
                notes: sum.notes + chapter.notes,
                pictures: sum.pictures + chapter.pictures,
            },
        )
    }

    /// Of one chapter, its notes' words aside.
    pub fn of_chapter(book: &Book, chapter: &Chapter) -> Self {
        let mut counter = Counter::default();
        counter.blocks(&chapter.blocks);
        Self {
            words: words(&counter.text),
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

/// Words by the spaces between them, and by the character where a script has none.
fn words(text: &str) -> usize {
    let in_token = |token: &str| {
        let (mut ideographs, mut others) = (0, false);
        for c in token.chars() {
            if is_unspaced(c) {
                ideographs += 1;
            } else {
                others |= c.is_alphanumeric();
            }
        }
        ideographs + usize::from(others)
    };
    text.split_whitespace().map(in_token).sum()
}

/// Kana and Chinese characters.
fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_scripts_with_and_without_spaces() {
        assert_eq!(words("Two words — 1984, \n don’t"), 4);
        assert_eq!(words("한국 뉴스"), 2);
        assert_eq!(words("中文 and 日本語。"), 6);
        assert_eq!(words(""), 0);
    }
}
