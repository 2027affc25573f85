//! The pictures whose makers are named.

use crate::document::{
    Block, BlockKind, Figure, Inline, InlineKind, PictureId, Visit, VisitMut, plain_text,
    walk_block, walk_inline, walk_inline_mut,
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
            let Figure { blocks, caption, credit } = figure;
            let mut credit = credit.clone();
            WithoutMarks.inlines(&mut credit);
            let mut picture = FirstPicture(None);
            picture.blocks(blocks);
            self.credits.push(Credit {
                chapter: self.chapter.id,
                picture: picture.0,
                caption: beginning(&plain_text(caption), BEGINNING),
                credit,
            });
        }
        walk_block(self, block);
    }
}

struct FirstPicture(Option<PictureId>);

impl Visit for FirstPicture {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Picture(picture) = &inline.kind {
            self.0 = self.0.or(picture.id);
        }
        walk_inline(self, inline);
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
