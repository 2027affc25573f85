//! Footnotes that only what was left out refers to go with it.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{
    Block, Document, Inline, InlineKind, Visit, VisitMut, footnote_labels, walk_block,
    walk_inline, walk_inline_mut,
};
use crate::manuscript::Post;
use crate::source::Span;

use super::Edited;

/// Leaves them out, and the references to footnotes that were left out. A footnote to which nothing
/// ever referred stays: that is reported.
pub(super) fn drop_unreferenced(post: &Post, edited: &mut Edited) {
    let Edited { document, changed, references, footnotes, .. } = edited;
    if !footnotes.is_empty() {
        let mut gone = GoneReferences { labels: std::mem::take(footnotes) };
        gone.blocks(&mut document.blocks);
        for footnote in &mut document.footnotes {
            gone.blocks(&mut footnote.blocks);
        }
    }
    if references.is_empty() || document.footnotes.is_empty() {
        return;
    }
    let of_notes: BTreeMap<String, BTreeSet<String>> = document
        .footnotes
        .iter()
        .map(|note| (note.label.to_lowercase(), labels(&note.blocks)))
        .collect();
    let mut used = labels(&document.blocks);
    let in_title = footnote_labels(&post.header.title);
    used.extend(in_title.map(|(_, label)| label.to_lowercase()));
    let used = reached(used, &of_notes);
    let lost = reached(references.drain(..).collect(), &of_notes);
    let Document { footnotes, .. } = document;
    footnotes.retain(|note| {
        let label = note.label.to_lowercase();
        let stays = used.contains(&label) || !lost.contains(&label);
        if !stays {
            let mut spans = Spans(vec![note.span]);
            spans.blocks(&note.blocks);
            changed.extend(spans.0);
        }
        stays
    });
}

/// The labels that these lead to, over other footnotes.
fn reached(
    from: BTreeSet<String>,
    of_notes: &BTreeMap<String, BTreeSet<String>>,
) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<String> = from.into_iter().collect();
    while let Some(label) = open.pop() {
        if let Some(further) = of_notes.get(&label) {
            open.extend(further.iter().filter(|it| !reached.contains(*it)).cloned());
        }
        reached.insert(label);
    }
    reached
}

fn labels(blocks: &Vec<Block>) -> BTreeSet<String> {
    let mut labels = Labels(BTreeSet::new());
    labels.blocks(blocks);
    labels.0
}

struct Labels(BTreeSet<String>);

impl Visit for Labels {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::FootnoteReference(label) = &inline.kind {
            self.0.insert(label.to_lowercase());
        }
        walk_inline(self, inline);
    }
}

struct Spans(Vec<Span>);

impl Visit for Spans {
    fn block(&mut self, block: &Block) {
        self.0.extend(block.span.attached());
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        self.0.extend(inline.span.attached());
        walk_inline(self, inline);
    }
}

struct GoneReferences {
    labels: Vec<String>,
}

impl VisitMut for GoneReferences {
    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        inlines.retain(|inline| match &inline.kind {
            InlineKind::FootnoteReference(label) => {
                !self.labels.contains(&label.to_lowercase())
            }
            _ => true,
        });
        for inline in inlines {
            walk_inline_mut(self, inline);
        }
    }
}
