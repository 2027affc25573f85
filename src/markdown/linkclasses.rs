//! Classes after a link, as in `[words](address){.drop}`.

use crate::document::{
    Attributes, Block, Inline, InlineKind, Phrase, PhraseRole, VisitMut, walk_inline_mut,
};

/// Gives links the classes that are written after them.
pub(super) fn read(blocks: &mut Vec<Block>) {
    LinkClasses.blocks(blocks);
}

struct LinkClasses;

impl VisitMut for LinkClasses {
    fn inlines(&mut self, run: &mut Vec<Inline>) {
        for inline in run.iter_mut() {
            walk_inline_mut(self, inline);
        }
        let is_link = |inline: &Inline| matches!(inline.kind, InlineKind::Link { .. });
        for at in 1..run.len() {
            let (before, from) = run.split_at_mut(at);
            let (Some(link), Some(after)) = (before.last_mut(), from.first_mut()) else {
                continue;
            };
            let InlineKind::Text(text) = &mut after.kind else { continue };
            if !is_link(link) {
                continue;
            }
            if let Some((classes, rest)) = classes(text) {
                *text = rest.to_owned();
                let attributes = Attributes { classes, ..Attributes::default() };
                let content = vec![link.clone()];
                let (role, title) = (PhraseRole::Span, String::new());
                let phrase = Phrase { role, content, attributes, title };
                link.kind = InlineKind::Phrase(phrase);
            }
        }
        run.retain(|it| !matches!(&it.kind, InlineKind::Text(text) if text.is_empty()));
    }
}

/// `{.one .two}` at the beginning of a text, and what follows.
fn classes(text: &str) -> Option<(Vec<String>, &str)> {
    let (inside, rest) = text.strip_prefix('{')?.split_once('}')?;
    let class = |word: &str| {
        let name = word.strip_prefix('.')?;
        let letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        (!name.is_empty() && name.chars().all(letter)).then(|| name.to_owned())
    };
    let classes: Option<Vec<String>> = inside.split_whitespace().map(class).collect();
    let classes = classes.filter(|classes| !classes.is_empty())?;
    Some((classes, rest))
}
