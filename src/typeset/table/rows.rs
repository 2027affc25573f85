//! Rows: cells beside one another.

use super::columns::Columns;
use super::grid::{Cell, Grid};
use crate::style::{Border, LineStyle, Sides, Style, VerticalAlign};
use crate::typeset::flow::galley::{Fragment, Galley};
use crate::typeset::flow::{Context, Flow, decoration};
use crate::typeset::inline::collect;
use crate::typeset::output::frame::{self, Item, MarkedContent, SQUARE};
use crate::typeset::output::structure::{HeadScope, NodeId, Role};
use crate::typeset::text::letters;
use crate::units::{Pt, Rect};

/// A row taller than this part of a page may be torn between its lines.
const TALL: f64 = 0.4;

/// A cell as it was set.
struct SetCell {
    /// Its outer left edge, and how wide it is from edge to edge.
    left: Pt,
    width: Pt,
    style: Option<Style>,
    content: Galley,
}

impl SetCell {
    fn edges(&self) -> (Pt, Pt) {
        let Some(style) = &self.style else { return (Pt::ZERO, Pt::ZERO) };
        let (border, padding) = (&style.border, &style.padding);
        (border.top.shown() + padding.top.pt, border.bottom.shown() + padding.bottom.pt)
    }

    fn height(&self) -> Pt {
        let (above, below) = self.edges();
        above + self.content.height() + below
    }
}

impl Flow<'_, '_, '_> {
    /// A row as one fragment, or where that would be too tall a fragment for each line. A row that
    /// `ends` its group has the group's lower edge.
    pub(super) fn row(
        &mut self,
        grid: &Grid,
        index: usize,
        ends: bool,
        columns: &Columns,
        cx: Context,
    ) -> Vec<Fragment> {
        let row = grid.rows[index];
        let cells: Vec<SetCell> = grid
            .cells_of(index)
            .map(|cell| self.cell(grid, cell, row.head, columns, cx))
            .collect();
        let own = self.document.style(row.element).style.clone();
        let group = row.group.map(|group| self.document.style(group).style.clone());
        let width = columns.total();
        let mut fragments = beside(&cells, self.engine.settings.page_height * TALL);
        let area =
            |fragment: &Fragment| Rect::new(cx.left, Pt::ZERO, width, fragment.height);
        for fragment in &mut fragments {
            for background in [&group, &Some(own.clone())] {
                let color = background.as_ref().and_then(|style| style.background);
                if let Some(color) = color {
                    let fill = frame::fill(area(fragment), color);
                    fragment
                        .items
                        .insert(0, Item { kind: fill, mark: MarkedContent::Decoration });
                }
            }
        }
        if let Some(first) = fragments.first_mut() {
            let top = Sides { top: own.border.top, ..Sides::default() };
            rules(first, area(first), &top);
        }
        if let Some(last) = fragments.last_mut() {
            let below = group.filter(|_| ends).map(|group| group.border.bottom);
            let below = below.filter(|edge| edge.style != LineStyle::None);
            let bottom =
                Sides { bottom: below.unwrap_or(own.border.bottom), ..Sides::default() };
            rules(last, area(last), &bottom);
        }
        fragments
    }

    fn cell(
        &mut self,
        grid: &Grid,
        cell: &Cell,
        head_row: bool,
        columns: &Columns,
        cx: Context,
    ) -> SetCell {
        let width = columns.width(cell.column, cell.columns);
        let before = columns.left(cell.column);
        let table = &self.document.style(grid.table).style;
        let left = match table.text.right_to_left {
            true => cx.left + columns.total() - before - width,
            false => cx.left + before,
        };
        let head = cell.element.is_some_and(|id| self.document.tree.get(id).name == "th");
        let scope = if head_row { HeadScope::Column } else { HeadScope::Row };
        let node = self.tags.add(
            cx.node,
            Role::Cell {
                head: head.then_some(scope),
                columns: u16::try_from(cell.columns).unwrap_or(1),
                rows: u16::try_from(cell.rows).unwrap_or(1),
            },
        );
        let Some(id) = cell.element else {
            let content = self.empty_cell(cx, node);
            return SetCell { left, width, style: None, content };
        };
        let own = self.document.style(id);
        let mut style = own.style.clone();
        if own.style.border_collapse {
            style.border = self.collapsed(grid, cell, &own.style);
        }
        let before = style.border.left.shown() + style.padding.left.pt;
        let after = style.border.right.shown() + style.padding.right.pt;
        let measure = (width - before - after).max(Pt(6.0));
        let inner = Context { node, left: left + before, measure, ..cx };
        self.document.enter(id);
        let anchor = self.document.anchor(id);
        let mut sub = Flow::new(self.engine, self.sink, self.tags, self.document);
        sub.anchors.extend(anchor);
        sub.children(id, &own, inner);
        let mut content = sub.finish();
        self.document.leave(id);
        if content.fragments.is_empty() {
            content = self.empty_cell(inner, node);
        }
        SetCell { left, width, style: Some(style), content }
    }

    /// The edges of a cell where borders collapse (CSS 2.2, 17.6.2): of two that meet the wider one
    /// holds, and the cell before draws it; at its own edges the table draws what it has.
    fn collapsed(&self, grid: &Grid, cell: &Cell, own: &Style) -> Sides<Border> {
        let of = |row: usize, column: usize| {
            let element = grid.at(row, column)?.element?;
            Some(self.document.style(element).style.border)
        };
        let wider = |edge: Border, other: Option<Border>| match other {
            Some(other) if other.shown() > edge.shown() => other,
            _ => edge,
        };
        let table = self.document.style(grid.table).style.border;
        let outer = |edge: Border, table: &Border| {
            if table.shown() > Pt::ZERO { Border::default() } else { edge }
        };
        let (below, after) = (cell.row + cell.rows, cell.column + cell.columns);
        let border = &own.border;
        Sides {
            top: match cell.row {
                0 => outer(border.top, &table.top),
                _ => Border::default(),
            },
            left: match cell.column {
                0 => outer(border.left, &table.left),
                _ => Border::default(),
            },
            bottom: match below < grid.rows.len() {
                true => wider(border.bottom, of(below, cell.column).map(|it| it.top)),
                false => outer(border.bottom, &table.bottom),
            },
            right: match after < grid.columns {
                true => wider(border.right, of(cell.row, after).map(|it| it.left)),
                false => outer(border.right, &table.right),
            },
        }
    }

    /// An empty cell still is a cell: it needs something to hold.
    fn empty_cell(&mut self, cx: Context, node: NodeId) -> Galley {
        let body = self.document.body_style();
        let language = self.document.language.tag().to_owned();
        let text = letters::of(self.engine, &body.style, &language);
        let collected = collect::words(self.tags, " ", text, node);
        let line = self.one_line(&collected, text.size);
        let fragment = Fragment::of_line(line, cx.left, text.size, text.size * 0.75);
        Galley { fragments: vec![fragment] }
    }
}

fn beside(cells: &[SetCell], tallest: Pt) -> Vec<Fragment> {
    let height =
        cells.iter().map(SetCell::height).fold(Pt::ZERO, |tallest, it| tallest.max(it));
    if height > tallest {
        return torn(cells);
    }
    let mut row = Fragment { height, ..Fragment::default() };
    for cell in cells {
        show_box(&mut row, cell, height);
        let (above, below) = cell.edges();
        let rest = height - cell.content.height() - above - below;
        let align = cell.style.as_ref().map(|style| style.vertical_align);
        let drop = match align {
            Some(VerticalAlign::Middle) => rest / 2.0,
            Some(VerticalAlign::Bottom) => rest,
            _ => Pt::ZERO,
        };
        row.overlay(cell.content.clone().into_fragment(), Pt::ZERO, above + drop);
    }
    row.height = height;
    vec![row]
}

/// A fragment for each line of the cells.
fn torn(cells: &[SetCell]) -> Vec<Fragment> {
    let count = cells.iter().map(|cell| cell.content.fragments.len()).max().unwrap_or(0);
    let mut rows: Vec<Fragment> = (0..count).map(|_| Fragment::default()).collect();
    for cell in cells {
        let (above, below) = cell.edges();
        let last = cell.content.fragments.len().saturating_sub(1);
        for (index, fragment) in cell.content.fragments.iter().enumerate() {
            let mut fragment = fragment.clone();
            fragment.decoration = None;
            let row = &mut rows[index];
            row.space = row.space.max(fragment.space);
            let drop = if index == 0 { above } else { Pt::ZERO };
            row.overlay(fragment, Pt::ZERO, drop);
            if index == last {
                row.height += below;
            }
        }
    }
    rows
}

/// A cell's background and edges.
fn show_box(row: &mut Fragment, cell: &SetCell, height: Pt) {
    let Some(style) = &cell.style else { return };
    let area = Rect::new(cell.left, Pt::ZERO, cell.width, height);
    if let Some(color) = style.background {
        let kind = frame::fill(area, color);
        row.items.push(Item { kind, mark: MarkedContent::Decoration });
    }
    rules(row, area, &style.border);
}

fn rules(fragment: &mut Fragment, area: Rect, border: &Sides<Border>) {
    let kinds = decoration::edges(area, border, SQUARE, true, true);
    let item = |kind| Item { kind, mark: MarkedContent::Decoration };
    fragment.items.extend(kinds.into_iter().map(item));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Color;

    const LEADING: Pt = Pt(10.0);

    /// A cell of so many lines, each drawn as an area `left` from the edge.
    fn cell(left: f64, lines: usize) -> SetCell {
        let (left, width) = (Pt(left), Pt(50.0));
        let line = || {
            let kind =
                frame::fill(Rect::new(left, Pt::ZERO, width, LEADING), Color::BLACK);
            let items = vec![Item { kind, mark: MarkedContent::Decoration }];
            Fragment { height: LEADING, items, ..Fragment::default() }
        };
        let content = Galley { fragments: (0..lines).map(|_| line()).collect() };
        SetCell { left, width, style: None, content }
    }

    /// Where the lines of the cell that begins at `left` stand.
    fn tops(row: &Fragment, left: f64) -> Vec<Pt> {
        let area = |item: &Item| match &item.kind {
            frame::ItemKind::Fill { area, .. } => Some(*area),
            _ => None,
        };
        let of_cell = |area: &Rect| area.origin.x == Pt(left);
        row.items.iter().filter_map(area).filter(of_cell).map(|it| it.origin.y).collect()
    }

    #[test]
    fn a_row_is_as_tall_as_its_tallest_cell() {
        let rows = beside(&[cell(0.0, 1), cell(50.0, 4), cell(100.0, 2)], Pt(100.0));
        let [row] = rows.as_slice() else { panic!("{} fragments", rows.len()) };
        assert_eq!(row.height, LEADING * 4.0);
        assert_eq!(tops(row, 0.0), [Pt::ZERO]);
        assert_eq!(tops(row, 100.0), [Pt::ZERO, LEADING]);
    }

    #[test]
    fn a_row_that_is_just_short_enough_stays_whole() {
        assert_eq!(beside(&[cell(0.0, 4)], LEADING * 4.0).len(), 1);
        assert_eq!(beside(&[cell(0.0, 5)], LEADING * 4.0).len(), 5);
    }

    #[test]
    fn a_row_that_is_too_tall_may_break_between_its_lines() {
        let rows = beside(&[cell(0.0, 3), cell(50.0, 6)], Pt(40.0));
        assert_eq!(rows.len(), 6);
        let beside = rows.iter().filter(|row| !tops(row, 0.0).is_empty()).count();
        assert_eq!(beside, 3);
        for row in &rows {
            assert_eq!((row.height, row.keep), (LEADING, false));
            assert_eq!(tops(row, 50.0), [Pt::ZERO]);
        }
    }

    #[test]
    fn a_row_without_cells_has_no_height() {
        let rows = beside(&[], Pt(40.0));
        assert_eq!((rows.len(), rows[0].height), (1, Pt::ZERO));
    }
}
