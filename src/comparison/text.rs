//! The text of an edition.

use std::collections::BTreeSet;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::source::is_ideograph;
use crate::typeset::output::frame::{
    Anchor, Frames, Item, ItemKind, MarkedContent, Piece,
};

/// The text of an edition, by letters and digits alone.
#[derive(Debug)]
pub(crate) struct EditionText {
    name: &'static str,
    /// All of it without anything between words.
    bare: String,
    /// Its words.
    words: BTreeSet<String>,
    /// Where the text of each chapter begins in `bare`.
    chapters: Vec<usize>,
    keeps_order: bool,
}

impl EditionText {
    fn new(name: &'static str, keeps_order: bool) -> Self {
        let (bare, words, chapters) = (String::new(), BTreeSet::new(), Vec::new());
        Self { name, bare, words, chapters, keeps_order }
    }

    /// That of an EPUB: the text of each document, and whether a chapter begins with it.
    pub(crate) fn of_epub(documents: &[(bool, String)]) -> Self {
        let mut edition = Self::new("EPUB", true);
        for (is_chapter, text) in documents {
            if *is_chapter {
                edition.chapters.push(edition.bare.len());
            }
            edition.add(text);
        }
        edition
    }

    /// That of the pages of a PDF, without running heads and folios.
    pub(crate) fn of_pages(frames: &Frames) -> Self {
        let mut edition = Self::new("PDF", false);
        let mut starts = Vec::with_capacity(frames.pages.len());
        let mut text = String::new();
        for page in &frames.pages {
            starts.push(edition.bare.len());
            for item in &page.items {
                add_item(item, &mut text);
            }
            // A word may go on on the next page.
            let end =
                text.rfind(char::is_whitespace).filter(|_| !text.ends_with('\u{ad}'));
            let whole = end.map(|end| text.split_off(end)).unwrap_or_default();
            edition.add(&text);
            text = whole;
        }
        edition.add(&text);
        for alternative in frames.structure.alternatives() {
            edition.add(alternative);
        }
        let chapters = frames.places.iter().filter(|(anchor, _)| {
            matches!(anchor, Anchor::Place(name)
                if name.starts_with("chapter-") && !name.contains('#'))
        });
        let start = |page: usize| starts.get(page).copied().unwrap_or(0);
        edition.chapters = chapters.map(|(_, place)| start(place.page)).collect();
        edition.chapters.sort_unstable();
        edition
    }

    /// This one, and the text of the next volume behind it.
    pub(crate) fn followed_by(mut self, next: Self) -> Self {
        let start = self.bare.len();
        self.bare.push_str(&next.bare);
        self.words.extend(next.words);
        self.chapters.extend(next.chapters.into_iter().map(|at| at + start));
        self
    }

    #[cfg(test)]
    pub(super) fn of_text(name: &'static str, text: &str) -> Self {
        let mut edition = Self::new(name, true);
        edition.add(text);
        edition
    }

    fn add(&mut self, text: &str) {
        let mut word = String::new();
        for c in text.nfkc().chain(std::iter::once(' ')) {
            match c {
                // These stand within words.
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' => {}
                c if c.is_alphanumeric() => {
                    word.extend(c.to_lowercase());
                    if is_ideograph(c) {
                        self.words.insert(c.to_string());
                    }
                }
                _ if word.is_empty() => {}
                _ => {
                    self.bare.push_str(&word);
                    self.words.insert(std::mem::take(&mut word));
                }
            }
        }
    }

    /// What it is called in messages.
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// Where the text of a chapter begins, and that of the next one.
    pub(super) fn chapter(&self, index: usize) -> Range<usize> {
        let start = self.chapters.get(index).copied().unwrap_or(0);
        let end = self.chapters.get(index + 1).copied().unwrap_or(self.bare.len());
        start..end.max(start)
    }

    /// Where all text is.
    pub(super) fn whole(&self) -> Range<usize> {
        0..self.bare.len()
    }

    /// Whether words stand in the order in which they are read: on a page what goes from right to
    /// left, and what stands in columns, does not.
    pub(super) fn keeps_order(&self) -> bool {
        self.keeps_order
    }

    /// Where a word ends that begins at most `window` bytes after a place.
    pub(super) fn find(&self, word: &str, from: usize, window: usize) -> Option<usize> {
        let mut end = from.saturating_add(window).min(self.bare.len());
        while !self.bare.is_char_boundary(end) {
            end += 1;
        }
        self.bare[from..end].find(word).map(|at| from + at + word.len())
    }

    /// Whether it has a word, or this within one: what is broken anew has other spaces.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words.contains(word) || word.len() < 40 && self.parts_are_there(word)
    }

    /// Whether a word is two words of the edition, as where a mark or a note stands in it.
    fn parts_are_there(&self, word: &str) -> bool {
        word.char_indices().skip(1).any(|(at, _)| {
            let (head, tail) = word.split_at(at);
            self.words.contains(head) && self.words.contains(tail)
        })
    }

    /// Whether it has text in this order somewhere.
    pub(super) fn contains(&self, bare: &str) -> bool {
        self.bare.contains(bare)
    }
}

/// The words of an item, and what is between it and the one before: no word begins where a soft
/// hyphen ended a line.
fn add_item(item: &Item, text: &mut String) {
    if !matches!(item.mark, MarkedContent::Tagged(_)) {
        return;
    }
    let ItemKind::Text(run) = item.kind.upright() else { return };
    if text.ends_with('\u{ad}') {
        text.pop();
    } else {
        text.push(' ');
    }
    for piece in &run.pieces {
        match piece {
            Piece::Word(shaped) => text.push_str(&shaped.text),
            Piece::Space(_) => text.push(' '),
            Piece::Kern(_) => {}
        }
    }
}
