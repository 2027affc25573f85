//! Tables too wide for the page: they stand on their side, on a page of their own.

use crate::markup::ElementId;
use crate::style::ElementStyle;
use crate::typeset::flow::galley::{Fragment, Galley, fitting};
use crate::typeset::flow::{Context, Flow};
use crate::typeset::inline::line::PendingLink;
use crate::typeset::output::frame::{Item, ItemKind, Rotated};
use crate::units::{Point, Pt};

use super::grid::Grid;

impl Flow<'_, '_, '_> {
    /// Whether a table does not fit in a measure, even in small letters, and fits better when it
    /// stands on its side.
    pub(in crate::typeset) fn must_rotate(
        &mut self,
        id: ElementId,
        own: &ElementStyle,
        cx: Context,
    ) -> bool {
        if !self.may_rotate || self.engine.settings.page_height <= cx.measure {
            return false;
        }
        let grid = Grid::new(self.document.tree, self.document.styles, id);
        self.columns(&grid, &own.style, cx.measure).crowded
    }

    /// Sets a table on its side: the lines of the page's height are its measure.
    pub(in crate::typeset) fn rotated(
        &mut self,
        id: ElementId,
        own: &ElementStyle,
        cx: Context,
    ) {
        let room = self.engine.settings.page_height;
        let mut sub = Flow::new(self.engine, self.sink, self.tags, self.document);
        let upright = Context { left: Pt::ZERO, measure: room, ..cx };
        sub.in_flow(id, own, upright);
        let mut fragments = sub.finish().fragments;
        let mut pages = Vec::new();
        let mut from = 0;
        while from < fragments.len() {
            let repeat = fragments[from].repeat.as_deref().filter(|_| from > 0).cloned();
            let head = repeat.as_ref().map_or(Pt::ZERO, |head| head.height);
            let to = from + fitting(&fragments[from..], cx.measure - head).max(1);
            let taken = fragments[from..to].iter_mut().map(std::mem::take);
            let fragments = repeat.into_iter().chain(taken).collect();
            pages.push(Galley { fragments }.into_fragment());
            from = to;
        }
        let first = self.galley.fragments.len();
        let count = pages.len();
        for page in pages {
            let middle = ((cx.measure - page.height) / 2.0).max(Pt::ZERO);
            let corner = Point { x: cx.left + middle, y: room };
            self.push(on_its_side(page, corner));
        }
        // All of it moves down like a figure, and the text goes on.
        self.galley.keep_from(first);
        if let Some(fragment) = self.galley.fragments.get_mut(first) {
            fragment.float = count;
        }
    }
}

/// Turns all that a fragment shows a quarter to the left; `corner` is where its upper left corner
/// comes to stand, and the foot of what it becomes.
fn on_its_side(upright: Fragment, corner: Point) -> Fragment {
    let page_break = |kind| Rotated { corner, kind };
    let items = upright.items.into_iter().map(|Item { kind, mark }| {
        let kind = ItemKind::Rotated(Box::new(page_break(kind)));
        Item { kind, mark }
    });
    let links = upright.links.into_iter().map(|PendingLink { area, link }| PendingLink {
        area: Rotated::place(corner, area),
        link,
    });
    Fragment {
        space: upright.space,
        height: corner.y,
        items: items.collect(),
        links: links.collect(),
        anchors: upright.anchors,
        page_break: upright.page_break,
        ..Fragment::default()
    }
}
