//! Sentences that the book is to leave out: `You can read more at the link.`

use crate::document::{
    Block, BlockKind, Inline, VisitMut, plain_text, split_at, walk_block_mut,
};

/// Leaves out the sentences that equal one of the phrases.
pub(super) fn leave_out(blocks: &mut Vec<Block>, phrases: &[String]) {
    let phrases: Vec<String> = phrases.iter().map(|phrase| plain(phrase)).collect();
    if phrases.iter().any(|phrase| !phrase.is_empty()) {
        Boilerplate { phrases }.blocks(blocks);
    }
}

struct Boilerplate {
    phrases: Vec<String>,
}

impl VisitMut for Boilerplate {
    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        blocks.retain_mut(|block| {
            walk_block_mut(self, block);
            match &mut block.kind {
                BlockKind::Paragraph(content) => !self.clear(content),
                _ => true,
            }
        });
    }
}

impl Boilerplate {
    /// Takes the phrases out of a paragraph; says whether nothing is left of it.
    fn clear(&self, content: &mut Vec<Inline>) -> bool {
        let text = plain_text(content);
        let mut cleared = false;
        // From the end, so that the places of those before stay what they are.
        for (start, end) in sentences(&text).into_iter().rev() {
            if self.phrases.contains(&plain(&text[start..end])) {
                let (before, rest) = split_at(std::mem::take(content), start);
                let (_, after) = split_at(rest, end - start);
                *content = before;
                content.extend(after);
                cleared = true;
            }
        }
        super::marks::trim_end(content);
        cleared && plain_text(content).trim().is_empty()
    }
}

/// Where each sentence begins, and where the next does.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut ended = false;
    for (at, c) in text.char_indices() {
        if ended && c == ' ' {
            sentences.push((start, at + 1));
            start = at + 1;
        }
        ended = matches!(c, '.' | '!' | '?' | '…')
            || (ended && matches!(c, '”' | '’' | ')' | '"'));
    }
    sentences.push((start, text.len()));
    sentences
}

/// A sentence without what makes no difference.
fn plain(sentence: &str) -> String {
    let words: Vec<String> = sentence.split_whitespace().map(str::to_lowercase).collect();
    let words = words.join(" ").replace('’', "'");
    words.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned()
}
