//! Tables: columns as wide as they need to be, rows that a page break does not tear.

mod columns;
mod grid;
mod rotated;
mod rows;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::markup::ElementId;
use crate::style::ElementStyle;
use crate::typeset::flow::galley::{Fragment, Galley};
use crate::typeset::flow::{Context, Flow, roles};
use crate::typeset::output::frame::MarkedContent;
use crate::units::Pt;
use columns::Columns;
use grid::Grid;

/// A head taller than this part of a page is not repeated, and may break like any row.
const TALL_HEAD: f64 = 0.25;

/// A table no taller than this part of a page is not torn, and moves like a figure.
const WHOLE: f64 = 0.4;

impl Flow<'_, '_, '_> {
    /// How wide a table is by what it holds.
    pub(super) fn table_width(&mut self, id: ElementId, measure: Pt) -> Pt {
        let grid = Grid::new(self.document.tree, self.document.styles, id);
        let own = self.document.style(id);
        self.columns(&grid, &own.style, measure).total()
    }

    /// Sets a table whose width is the measure.
    pub(super) fn table(&mut self, id: ElementId, own: &ElementStyle, cx: Context) {
        let grid = Grid::new(self.document.tree, self.document.styles, id);
        self.clear();
        let mut style = own.style.clone();
        style.width = None;
        // Its own width has been found before: it is what there is.
        let columns = self.columns(&grid, &style, cx.measure + Pt(0.1));
        let head = grid.head();
        let mut document = self.document.scaled(columns.scale);
        let mut rows = Flow::new(self.engine, self.sink, self.tags, &mut document);
        let head_rows = rows.rows(&grid, 0..head, &columns, cx);
        let body_rows = rows.rows(&grid, head..grid.rows.len(), &columns, cx);
        let (_, down) = columns::spacing(&own.style);
        self.bind_rows(head_rows, body_rows, down);
    }

    /// Sets the captions of a table that stand above it, or below.
    pub(super) fn captions(&mut self, id: ElementId, below: bool, cx: Context) {
        let grid = Grid::new(self.document.tree, self.document.styles, id);
        for caption in grid.captions {
            if self.document.style(caption).style.caption_below != below {
                continue;
            }
            if below {
                self.keep_with_next();
            }
            let first = self.galley.fragments.len();
            // A narrow table may have a long word over it.
            let own = self.document.style(caption);
            let measure = self.least_width(caption, &own).max(cx.measure);
            self.block(caption, Context { measure, ..cx });
            self.galley.keep_from(first);
            if !below {
                self.keep_with_next();
            }
        }
    }

    /// Each row as a fragment, or as several where it is too tall for one.
    fn rows(
        &mut self,
        grid: &Grid,
        range: std::ops::Range<usize>,
        columns: &Columns,
        cx: Context,
    ) -> Vec<Vec<Fragment>> {
        let mut group = None;
        let mut node = cx.node;
        let mut rows = Vec::new();
        for index in range {
            let row = grid.rows[index];
            if let Some(element) = row.group
                && group != row.group
            {
                node = roles::open(self.sink, self.tags, self.document, element, cx.node);
                group = row.group;
            }
            let row_node =
                roles::open(self.sink, self.tags, self.document, row.element, node);
            let cx = Context { node: row_node, ..cx };
            let ends =
                grid.rows.get(index + 1).is_none_or(|next| next.group != row.group);
            rows.push(self.row(grid, index, ends, columns, cx));
        }
        rows
    }

    /// Puts the rows below one another, the head again wherever a page begins.
    fn bind_rows(
        &mut self,
        head: Vec<Vec<Fragment>>,
        body: Vec<Vec<Fragment>>,
        down: Pt,
    ) {
        let mut whole = Galley::default();
        let spaced = |mut row: Vec<Fragment>| {
            if let Some(first) = row.first_mut() {
                first.space += down;
            }
            row
        };
        whole.fragments.extend(head.into_iter().flat_map(spaced));
        let is_tall = whole.height() > self.engine.settings.page_height * TALL_HEAD;
        let last = whole.fragments.len().saturating_sub(1);
        whole.keep_from(if is_tall { last } else { 0 });
        if let Some(last) = whole.fragments.last_mut() {
            last.keep = true;
        }
        let repeats = !whole.fragments.is_empty() && !is_tall;
        let repeat = repeats.then(|| Arc::new(decoration(whole.clone().into_fragment())));
        let first = self.galley.fragments.len();
        for fragment in whole.fragments {
            self.push(fragment);
        }
        for mut fragment in body.into_iter().flat_map(spaced) {
            fragment.repeat.clone_from(&repeat);
            self.push(fragment);
        }
        if let Some(last) =
            self.galley.fragments.get_mut(first..).and_then(<[_]>::last_mut)
        {
            last.height += down;
        }
        let fragments = self.galley.fragments.get(first..).unwrap_or_default();
        let height: Pt =
            fragments.iter().map(|fragment| fragment.space + fragment.height).sum();
        if height <= self.engine.settings.page_height * WHOLE {
            self.galley.keep_from(first);
            let count = self.galley.fragments.len() - first;
            if let Some(fragment) = self.galley.fragments.get_mut(first) {
                fragment.float = count;
            }
        }
    }
}

/// What a fragment shows, as decoration: it was read before.
fn decoration(mut fragment: Fragment) -> Fragment {
    for item in &mut fragment.items {
        item.mark = MarkedContent::Decoration;
    }
    fragment.links.clear();
    fragment.anchors.clear();
    fragment
}
