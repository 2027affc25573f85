//! Headings: levels without gaps, and names.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic};
use crate::document::{
    Block, BlockKind, Document, Inline, InlineKind, Visit, VisitMut, plain_text, slug,
    transliterated, valid_id, walk_block, walk_block_mut, walk_inline_mut,
};

/// Puts the headings below the chapter's title and names all places.
pub(super) fn arrange(document: &mut Document, diagnostics: &mut Vec<Diagnostic>) {
    let mut shallowest = Shallowest(u8::MAX);
    shallowest.blocks(&document.blocks);
    let mut levels = Levels { shallowest: shallowest.0, open: Vec::new() };
    levels.blocks(&mut document.blocks);
    let mut names = Names { taken: BTreeMap::new(), diagnostics, automatic: false };
    for automatic in [false, true] {
        names.automatic = automatic;
        names.blocks(&mut document.blocks);
        for footnote in &mut document.footnotes {
            names.blocks(&mut footnote.blocks);
        }
    }
}

struct Shallowest(u8);

impl Visit for Shallowest {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Heading { level, .. } = block.kind {
            self.0 = self.0.min(level);
        }
        walk_block(self, block);
    }
}

/// The headings above the one at hand, each with the level that was written and the one that
/// it got.
struct Levels {
    shallowest: u8,
    open: Vec<(u8, u8)>,
}

impl VisitMut for Levels {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Heading { level, .. } = &mut block.kind {
            let written = (*level).max(self.shallowest);
            while self.open.last().is_some_and(|&(above, _)| above >= written) {
                self.open.pop();
            }
            *level = self.open.last().map_or(2, |&(_, above)| (above + 1).min(6));
            self.open.push((written, *level));
        }
        walk_block_mut(self, block);
    }

    fn inlines(&mut self, _: &mut Vec<Inline>) {}
}

/// Gives names: first to what asks for one, then to headings that do not.
struct Names<'d> {
    /// Each name that is taken, with the number that its next double gets.
    taken: BTreeMap<String, u32>,
    diagnostics: &'d mut Vec<Diagnostic>,
    automatic: bool,
}

impl Names<'_> {
    fn take(&mut self, wanted: String) -> String {
        let Some(next) = self.taken.get(&wanted).copied() else {
            self.taken.insert(wanted.clone(), 1);
            return wanted;
        };
        let (number, name) = (next..)
            .map(|number| (number, format!("{wanted}-{number}")))
            .find(|(_, name)| !self.taken.contains_key(name))
            .unwrap_or_default();
        self.taken.insert(wanted, number + 1);
        self.taken.insert(name.clone(), 1);
        name
    }

    fn explicit(&mut self, id: &mut Option<String>, span: crate::source::Span) {
        let Some(wanted) = id else { return };
        let valid = valid_id(wanted);
        let taken = self.taken.contains_key(&valid);
        let name = self.take(valid);
        if taken {
            let message = format!("the id `{wanted}` was given before in this post");
            let diagnostic = Diagnostic::new(Code::DuplicateId, message).at(span);
            self.diagnostics.push(diagnostic.hint(format!("this one became `{name}`")));
        }
        *id = Some(name);
    }
}

impl VisitMut for Names<'_> {
    fn block(&mut self, block: &mut Block) {
        let id = &mut block.attributes.id;
        if !self.automatic {
            self.explicit(id, block.span);
        } else if let BlockKind::Heading { content, .. } = &block.kind
            && id.is_none()
        {
            let name = slug(&plain_text(content));
            let name = if name.is_ascii() { name } else { transliterated(&name) };
            *id = Some(self.take(valid_id(&name)));
        }
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        if self.automatic {
            return;
        }
        match &mut inline.kind {
            InlineKind::Phrase(phrase) => {
                self.explicit(&mut phrase.attributes.id, inline.span);
            }
            InlineKind::Picture(picture) => {
                self.explicit(&mut picture.attributes.id, inline.span);
            }
            _ => {}
        }
        walk_inline_mut(self, inline);
    }
}
