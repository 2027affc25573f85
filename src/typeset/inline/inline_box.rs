//! Inline boxes: what is set by itself and stands in a line as if it were a letter: formulas, ideographs
//! with their reading.

use crate::typeset::output::frame::{Item, ItemKind, MarkedContent};
use crate::units::{Point, Pt, Rect};

/// Something that was set by itself, its baseline at zero.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct InlineBox {
    /// How wide it is.
    pub width: Pt,
    /// How far it reaches above the baseline.
    pub above: Pt,
    /// How far it reaches below it.
    pub below: Pt,
    /// What is drawn.
    pub kinds: Vec<ItemKind>,
}

impl InlineBox {
    /// The same, all of it larger or smaller.
    #[must_use]
    pub(crate) fn scaled(&self, by: f64) -> Self {
        let mut inline_box = self.clone();
        for side in [&mut inline_box.width, &mut inline_box.above, &mut inline_box.below]
        {
            *side = *side * by;
        }
        for kind in &mut inline_box.kinds {
            match kind {
                ItemKind::Text(run) => {
                    run.size = run.size * by;
                    run.origin = Point { x: run.origin.x * by, y: run.origin.y * by };
                }
                ItemKind::Fill { area, .. } => {
                    let Rect { origin, size } = *area;
                    let (x, y) = (origin.x * by, origin.y * by);
                    *area = Rect::new(x, y, size.width * by, size.height * by);
                }
                ItemKind::Outline { area, width, .. } => {
                    let Rect { origin, size } = *area;
                    let (x, y) = (origin.x * by, origin.y * by);
                    *area = Rect::new(x, y, size.width * by, size.height * by);
                    *width = *width * by;
                }
                ItemKind::Line { from, to, width, .. } => {
                    for end in [from, to] {
                        *end = Point { x: end.x * by, y: end.y * by };
                    }
                    *width = *width * by;
                }
                _ => {}
            }
        }
        inline_box
    }

    /// What is drawn, moved to its place.
    pub(crate) fn items(
        &self,
        mark: MarkedContent,
        x: Pt,
        y: Pt,
    ) -> impl Iterator<Item = Item> + '_ {
        self.kinds.iter().map(move |kind| {
            let mut item = Item { kind: kind.clone(), mark };
            item.shift(x, y);
            item
        })
    }
}
