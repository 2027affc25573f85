//! What stands around a cited work: the words before and after it.

use super::punctuation::{append, last_char};
use crate::document::{Inline, plain_text};
use crate::source::Span;

/// The words around a work.
#[derive(Debug, Clone, Copy)]
pub(super) struct Affixes<'a> {
    pub(super) prefix: &'a [Inline],
    pub(super) suffix: &'a [Inline],
}

impl Affixes<'_> {
    pub(super) fn are_empty(&self) -> bool {
        self.prefix.is_empty() && self.suffix.is_empty()
    }
}

/// Sets a work between its affixes, with a space where neither brings one. A suffix that
/// begins with a mark of punctuation follows at once.
pub(super) fn affixed(
    affixes: Affixes<'_>,
    words: Vec<Inline>,
    span: Span,
) -> Vec<Inline> {
    let mut text = affixes.prefix.to_vec();
    let joins = |c: char| c.is_whitespace() || "([{“‘«„".contains(c);
    if last_char(&text).is_some_and(|c| !joins(c)) && !words.is_empty() {
        append(&mut text, " ", span);
    }
    text.extend(words);
    let first = plain_text(affixes.suffix).chars().next();
    if first.is_some_and(|c| !c.is_whitespace() && !",;:.)]}?!".contains(c)) {
        append(&mut text, " ", span);
    }
    text.extend(affixes.suffix.iter().cloned());
    text
}
