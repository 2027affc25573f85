//! The pictures whose makers are named.

use crate::document::{
    Block, BlockKind, Figure, Inline, InlineKind, Visit, VisitMut, plain_text,
    walk_block, walk_inline_mut,
};

use super::{Chapter, Credit};

/// How much of a caption names its picture.
const BEGINNING: usize = 60;

/// The credits of a chapter's pictures, in their order.
pub(super) fn credits(chapter: &Chapter) -> Vec<Credit> {
    let mut found = Found { chapter, credits: Vec::new() };
    found.blocks(&chapter.blocks);
    found.credits
}

struct Found<'a> {
    chapter: &'a Chapter,
    credits: Vec<Credit>,
}

impl Visit for Found<'_> {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Figure(figure) = &block.kind
            && !figure.credit.is_empty()
        {
            let Figure { caption, credit, .. } = figure;
            let mut credit = credit.clone();
            WithoutMarks.inlines(&mut credit);
            self.credits.push(Credit {
                chapter: self.chapter.id,
                caption: beginning(&plain_text(caption), BEGINNING),
                credit,
            });
        }
        walk_block(self, block);
    }
}

/// Takes the marks of notes away: each stands in the text once.
struct WithoutMarks;

impl VisitMut for WithoutMarks {
    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        inlines.retain(|inline| !matches!(inline.kind, InlineKind::NoteReference(_)));
        for inline in inlines {
            walk_inline_mut(self, inline);
        }
    }
}

/// The first words, in about `most` characters, and an ellipsis if there are more.
pub(super) fn beginning(text: &str, most: usize) -> String {
    let text = text.trim();
    let Some((cut, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let words = text[..cut].rfind(' ').map_or(cut, |space| space);
    format!("{}…", text[..words].trim_end_matches([' ', ',', ';', ':', '–', '—']))
}
