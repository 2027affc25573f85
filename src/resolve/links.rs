//! Where links lead.

use crate::document::{Block, Inline, InlineKind, Target, VisitMut, walk_inline_mut};

/// Resolves the links of a post.
pub(super) fn resolve(blocks: &mut Vec<Block>) {
    Links.blocks(blocks);
}

struct Links;

impl VisitMut for Links {
    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Link { target: target @ Target::Written(_), .. } =
            &mut inline.kind
            && let Target::Written(address) = target
        {
            *target = Target::Address(std::mem::take(address));
        }
        walk_inline_mut(self, inline);
    }
}
