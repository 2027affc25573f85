//! Figures: pictures with their captions and credits.

use super::collect;
use super::compose::{Composer, Context};
use super::frame::{Item, ItemKind, Mark};
use super::galley::Strip;
use super::line::Align;
use super::structure::Role;
use crate::document::{
    Block, BlockKind, Figure, Inline, InlineKind, Phrase, PhraseRole, Picture,
};
use crate::units::{Pt, Rect, Size};

/// The largest size of a picture's own proportions, no larger than it is by nature.
pub fn fit(natural: Size, most: Size) -> Size {
    let scale = (most.width / natural.width).min(most.height / natural.height).min(1.0);
    Size { width: natural.width * scale, height: natural.height * scale }
}

impl Composer<'_, '_> {
    pub(super) fn figure(&mut self, figure: &Figure, mut context: Context) {
        context.node = self.setter.structure.add(context.node, Role::Division);
        context.align = Align::Center;
        self.part(context.leading);
        let first = self.galley.strips.len();
        for block in &figure.blocks {
            match only_picture(block) {
                Some(picture) => self.shown(picture, context),
                None => self.blocks(std::slice::from_ref(block), context),
            }
        }
        self.caption(figure, context);
        self.galley.keep_from(first);
        self.settle(first);
        let strips = self.galley.strips.len() - first;
        if let Some(strip) = self.galley.strips.get_mut(first) {
            strip.float = strips;
        }
        self.part(context.leading);
    }

    /// A picture that stands alone.
    fn shown(&mut self, picture: &Picture, context: Context) {
        let Some(id) = picture.id else {
            let node = self.setter.structure.add(context.node, Role::Paragraph);
            let words = self.setter.language.words().missing_picture;
            let text = format!("[{words}: {}]", picture.address);
            let collected = collect::words(self.setter, &text, context.style, node);
            return self.text(&collected, context, Pt::ZERO);
        };
        let alt = if picture.alt.is_empty() { &picture.address } else { &picture.alt };
        let role = Role::Figure { alt: alt.clone() };
        let node = self.setter.structure.add(context.node, role);
        let leaf = self.setter.structure.leaf(node);
        let most = Size { width: context.measure, height: self.setter.tallest_picture };
        let size = fit(self.setter.picture_size(id), most);
        let x = context.left + (context.measure - size.width) / 2.0;
        let area = Rect::new(x, Pt::ZERO, size.width, size.height);
        let kind = ItemKind::Picture { picture: id, area };
        self.push(Strip {
            height: size.height,
            items: vec![Item { kind, mark: Mark::Leaf(leaf) }],
            ..Strip::default()
        });
        self.part(context.leading * 0.35);
    }

    /// The caption, and after it in italics who made the picture.
    fn caption(&mut self, figure: &Figure, context: Context) {
        if figure.caption.is_empty() && figure.credit.is_empty() {
            return;
        }
        let mut inner = Context { leading: self.theme.note_leading, ..context };
        inner.style.size = self.theme.note_size;
        inner.node = self.setter.structure.add(context.node, Role::Caption);
        let mut content = figure.caption.clone();
        if let (Some(first), Some(last)) = (figure.credit.first(), figure.credit.last()) {
            let span = first.span.join(last.span);
            if !content.is_empty() {
                content.push(Inline::text(" ", span));
            }
            let credit = Phrase {
                role: PhraseRole::Italic,
                content: figure.credit.clone(),
                attributes: crate::document::Attributes::default(),
                title: String::new(),
            };
            content.push(Inline::new(InlineKind::Phrase(credit), span));
        }
        let style = inner.style;
        let collected =
            collect::collect(self.setter, self.chapter, &content, style, inner.node);
        self.text(&collected, inner, Pt::ZERO);
    }

    /// Adds white around the strips from `first` on, so that what follows stands on the grid.
    pub(super) fn settle(&mut self, first: usize) {
        let lack = self.galley.lack(first, self.theme.leading);
        let Some(strips) = self.galley.strips.get_mut(first..) else { return };
        if let Some(strip) = strips.last_mut() {
            strip.height += lack / 2.0;
        }
        if let Some(strip) = strips.first_mut() {
            strip.shift(Pt::ZERO, lack / 2.0);
            strip.height += lack / 2.0;
        }
    }
}

/// The picture that is all of a block.
fn only_picture(block: &Block) -> Option<&Picture> {
    let BlockKind::Paragraph(content) = &block.kind else { return None };
    match content.as_slice() {
        [Inline { kind: InlineKind::Picture(picture), .. }] => Some(picture),
        [Inline { kind: InlineKind::Link { content, .. }, .. }] => {
            match content.as_slice() {
                [Inline { kind: InlineKind::Picture(picture), .. }] => Some(picture),
                _ => None,
            }
        }
        _ => None,
    }
}
