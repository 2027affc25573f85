//! Sentences that the book is to leave out: `You can read more at the link.`

use std::collections::BTreeMap;

use crate::address::key;
use crate::config::BookConfig;
use crate::document::{
    Block, BlockKind, Inline, InlineKind, Target, Visit, VisitMut, plain_text, split_at,
    walk_block_mut, walk_inline,
};
use crate::language::Language;
use crate::source::Span;

use super::findings::Dropped;

/// What a post's sentences are compared with.
pub(super) struct Phrases {
    /// In the form that [`plain`] gives.
    phrases: Vec<String>,
    /// Whether the user asked for them. Otherwise a sentence goes only if each address in it
    /// is cited elsewhere in the post, so that nothing is lost with it.
    asked: bool,
}

/// Those of `notes.boilerplate`, or else those that the post's language knows.
pub(super) fn phrases(config: &BookConfig, language: &Language) -> Phrases {
    let phrases: Vec<String> = match &config.notes.boilerplate {
        Some(phrases) => phrases.iter().map(|phrase| plain(phrase)).collect(),
        None => language.dead_ends().iter().map(|phrase| plain(phrase)).collect(),
    };
    let phrases = phrases.into_iter().filter(|phrase| !phrase.is_empty()).collect();
    Phrases { phrases, asked: config.notes.boilerplate.is_some() }
}

/// Leaves out the sentences that equal one of the phrases, and gives them.
pub(super) fn leave_out(blocks: &mut Vec<Block>, phrases: &Phrases) -> Vec<Dropped> {
    if phrases.phrases.is_empty() {
        return Vec::new();
    }
    let mut addresses = Addresses::default();
    if !phrases.asked {
        addresses.blocks(blocks);
    }
    let mut boilerplate =
        Boilerplate { phrases, addresses: addresses.0, dropped: Vec::new() };
    boilerplate.blocks(blocks);
    boilerplate.dropped
}

/// How often each address is linked to.
#[derive(Default)]
struct Addresses(BTreeMap<String, usize>);

impl Visit for Addresses {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Link { target: Target::Unresolved(address), .. } = &inline.kind
        {
            *self.0.entry(key(address)).or_default() += 1;
        }
        walk_inline(self, inline);
    }
}

struct Boilerplate<'a> {
    phrases: &'a Phrases,
    addresses: BTreeMap<String, usize>,
    dropped: Vec<Dropped>,
}

impl VisitMut for Boilerplate<'_> {
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

impl Boilerplate<'_> {
    /// Takes the phrases out of a paragraph; says whether nothing is left of it.
    fn clear(&mut self, content: &mut Vec<Inline>) -> bool {
        let text = plain_text(content);
        let mut cleared = false;
        // From the end, so that the places of those before stay what they are.
        for (start, end) in sentences(&text).into_iter().rev() {
            if !self.phrases.phrases.contains(&plain(&text[start..end])) {
                continue;
            }
            let (before, rest) = split_at(std::mem::take(content), start);
            let (sentence, after) = split_at(rest, end - start);
            *content = before;
            if self.may_go(&sentence) {
                let spans = sentence.iter().filter_map(|inline| inline.span.attached());
                let span = spans.reduce(Span::join);
                let text = text[start..end].trim().to_owned();
                self.dropped.extend(span.map(|span| Dropped { span, text }));
                cleared = true;
            } else {
                content.extend(sentence);
            }
            content.extend(after);
        }
        if !cleared {
            return false;
        }
        super::marks::trim_end(content);
        plain_text(content).trim().is_empty()
    }

    /// Whether nothing is lost with a sentence.
    fn may_go(&mut self, sentence: &[Inline]) -> bool {
        if self.phrases.asked {
            return true;
        }
        let mut own = Addresses::default();
        for inline in sentence {
            own.inline(inline);
        }
        let elsewhere = |(address, count): (&String, &usize)| {
            self.addresses.get(address).is_some_and(|all| all > count)
        };
        if own.0.is_empty() || !own.0.iter().all(elsewhere) {
            return false;
        }
        for (address, count) in own.0 {
            if let Some(all) = self.addresses.get_mut(&address) {
                *all -= count;
            }
        }
        true
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
    words.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}
