//! Tables: columns as wide as they need to be, rows that a page break does not tear.

use std::sync::Arc;

use super::collect;
use super::compose::{Composer, Context, compose};
use super::frame::{self, Color, Item, Mark};
use super::galley::{Galley, Strip};
use super::line::Align;
use super::structure::{HeadScope, NodeId, Role};
use crate::book::note_label;
use crate::config::NoteMarks;
use crate::document::{
    Alignment, Cell, Inline, InlineKind, Row, Table, Visit, walk_inline, words_of,
};
use crate::units::{Pt, Rect};

/// Sizes of the letters, in parts of the text's, tried until the columns fit.
const SIZES: [f64; 3] = [0.9, 0.8, 0.7];

impl Composer<'_, '_> {
    pub(super) fn table(&mut self, table: &Table, context: Context) {
        let grid = Grid::new(table);
        if grid.columns == 0 {
            return;
        }
        let node = self.setter.structure.add(context.node, Role::Table);
        self.part(context.leading);
        let first = self.galley.strips.len();
        self.table_caption(&table.caption, Context { node, ..context });
        let (widths, scale) = self.column_widths(&grid, context);
        let mut cx = Context { node, align: Align::Left, spaced: false, ..context };
        cx.style.size = self.theme.size * scale;
        cx.style.letters.features.old_style = false;
        cx.style.letters.features.tabular = true;
        cx.leading = self.theme.leading * (scale * 0.97);
        let columns = Columns::new(widths, cx.style.size);
        let head = self.rows(&grid, 0..table.head.len(), Role::TableHead, &columns, cx);
        let body = table.head.len()..table.head.len() + table.body.len();
        let body = self.rows(&grid, body, Role::TableBody, &columns, cx);
        self.bind_rows(head, body, &columns, cx);
        self.settle_last(first);
        self.hold_together(first);
        self.part(context.leading);
    }

    fn table_caption(&mut self, caption: &[Inline], mut context: Context) {
        if caption.is_empty() {
            return;
        }
        context.node = self.setter.structure.add(context.node, Role::Caption);
        context.style.size = self.theme.note_size;
        context.leading = self.theme.note_leading;
        context.align = Align::Left;
        let style = context.style;
        let collected =
            collect::collect(self.setter, self.chapter, caption, style, context.node);
        let first = self.galley.strips.len();
        self.text(&collected, context, Pt::ZERO);
        self.galley.keep_from(first);
        if let Some(last) = self.galley.strips.last_mut() {
            last.keep = true;
        }
        self.part(context.leading * 0.35);
    }

    /// The widths of the columns with the white between them, and the size of the letters in
    /// parts of the text's.
    fn column_widths(&mut self, grid: &Grid, context: Context) -> (Vec<Pt>, f64) {
        let mut narrow = vec![1.0; grid.columns];
        let mut wide = vec![1.0; grid.columns];
        // As wide, if a heading goes on two lines before anything else has to.
        let mut folded = vec![1.0; grid.columns];
        for placed in grid.cells.iter().filter(|placed| placed.columns == 1) {
            let (word, line) = self.cell_widths(placed, context);
            let halved = if placed.row < grid.head { word.max(line / 2.0) } else { line };
            let widen = |column: &mut f64, width| *column = f64::max(*column, width);
            widen(&mut narrow[placed.column], word);
            widen(&mut wide[placed.column], line);
            widen(&mut folded[placed.column], halved);
        }
        for width in narrow.iter_mut().chain(&mut wide).chain(&mut folded) {
            *width += GUTTER;
        }
        let least: f64 = narrow.iter().sum();
        let mut scale = SIZES[0];
        for size in SIZES {
            scale = size;
            if self.theme.size * ((least - GUTTER) * size) <= context.measure {
                break;
            }
        }
        let em = self.theme.size * scale;
        // The white after the last column does not count.
        let room = context.measure / em + GUTTER;
        let whole: f64 = wide.iter().sum();
        let wide = if whole <= room { wide } else { folded };
        let most: f64 = wide.iter().sum();
        let widths = narrow.iter().zip(&wide).map(|(&narrow, &wide)| {
            if most <= room {
                wide
            } else if least <= room {
                narrow + (room - least) * (wide - narrow) / (most - least).max(0.1)
            } else {
                room * narrow / least
            }
        });
        (widths.map(|ems| em * ems).collect(), scale)
    }

    /// How wide a cell's longest word and its whole text are, in em.
    fn cell_widths(&mut self, placed: &PlacedCell, context: Context) -> (f64, f64) {
        let mut letters = context.style.letters;
        letters.face.bold = placed.head;
        letters.features.old_style = false;
        letters.features.tabular = true;
        letters.hyphenation = None;
        let text = placed.cell.map_or_else(String::new, |cell| words_of(&cell.blocks));
        let (mut longest, mut total) = (0.0, 0.0);
        for word in text.split_whitespace().take(200) {
            let width =
                self.setter.words.get(&mut self.setter.shaper, letters, word).width;
            longest = f64::max(longest, width);
            total += width + 0.28;
        }
        let marks = placed.cell.map_or(0.0, |cell| self.marks_width(cell));
        (longest, total) = (longest + marks, total + marks);
        (longest, total.min(60.0))
    }

    /// How wide the marks are that a cell's words have, in em: no line breaks before one.
    fn marks_width(&self, cell: &Cell) -> f64 {
        struct Marks(NoteMarks, f64);
        impl Visit for Marks {
            fn inline(&mut self, inline: &Inline) {
                if let InlineKind::NoteReference(reference) = &inline.kind {
                    let label = note_label(self.0, reference.number);
                    // The comma before the next one counts, too.
                    self.1 += label.chars().fold(0.2, |width, _| width + 0.4);
                }
                walk_inline(self, inline);
            }
        }
        let mut marks = Marks(self.setter.marks, 0.0);
        marks.blocks(&cell.blocks);
        marks.1
    }

    /// Each row as a strip, or as several where it is too tall for one.
    fn rows(
        &mut self,
        grid: &Grid,
        range: std::ops::Range<usize>,
        role: Role,
        columns: &Columns,
        mut context: Context,
    ) -> Vec<Vec<Strip>> {
        if range.is_empty() {
            return Vec::new();
        }
        let scope =
            if role == Role::TableHead { HeadScope::Column } else { HeadScope::Row };
        context.node = self.setter.structure.add(context.node, role);
        let tallest = self.theme.text_height() * 0.4;
        range
            .map(|row| {
                let node = self.setter.structure.add(context.node, Role::TableRow);
                let cells = grid.cells.iter().filter(|placed| placed.row == row);
                let galleys: Vec<(Pt, Galley)> = cells
                    .map(|placed| {
                        let galley = self.cell(placed, scope, node, columns, context);
                        (columns.left(placed.column), galley)
                    })
                    .collect();
                row_strips(galleys, context, tallest)
            })
            .collect()
    }

    fn cell(
        &mut self,
        placed: &PlacedCell,
        scope: HeadScope,
        row: NodeId,
        columns: &Columns,
        mut context: Context,
    ) -> Galley {
        context.node = self.setter.structure.add(
            row,
            Role::Cell {
                head: placed.head.then_some(scope),
                columns: u16::try_from(placed.columns).unwrap_or(1),
                rows: u16::try_from(placed.rows).unwrap_or(1),
            },
        );
        context.left = Pt::ZERO;
        context.measure = columns.width(placed.column, placed.columns);
        context.style.letters.face.bold = placed.head;
        context.align = match placed.alignment {
            Alignment::Start => Align::Left,
            Alignment::Center => Align::Center,
            Alignment::End => Align::Right,
        };
        let blocks = placed.cell.map_or(&[][..], |cell| &cell.blocks);
        let galley = compose(self.setter, self.theme, self.chapter, blocks, context);
        if !galley.strips.is_empty() {
            return galley;
        }
        // An empty cell still is a cell: it needs something to hold.
        let collected = collect::words(self.setter, " ", context.style, context.node);
        let mut composer = Composer::new(self.setter, self.theme, self.chapter);
        composer.text(&collected, context, Pt::ZERO);
        composer.galley
    }

    /// Puts the rows below one another with their rules, the head again wherever a page begins.
    fn bind_rows(
        &mut self,
        head: Vec<Vec<Strip>>,
        body: Vec<Vec<Strip>>,
        columns: &Columns,
        context: Context,
    ) {
        let padding = context.leading * 0.22;
        let width = columns.total();
        let rule = |y: Pt, thickness: f64| Item {
            kind: frame::fill(
                Rect::new(context.left, y, width, Pt(thickness)),
                Color::BLACK,
            ),
            mark: Mark::Decoration,
        };
        let mut top = Strip { height: padding, keep: true, ..Strip::default() };
        top.items.push(rule(Pt::ZERO, 0.8));
        let mut whole = Galley { strips: vec![top.clone()] };
        for mut strip in head.into_iter().flatten() {
            strip.keep = true;
            whole.strips.push(strip);
        }
        let has_head = whole.strips.len() > 1;
        if has_head {
            let mut below =
                Strip { height: padding * 2.0, keep: true, ..Strip::default() };
            below.items.push(rule(padding, 0.4));
            whole.strips.push(below);
        }
        let repeat = has_head.then(|| Arc::new(decoration(whole.clone().into_strip())));
        for strip in whole.strips {
            self.push(strip);
        }
        let rows = body.len();
        for (index, row) in body.into_iter().enumerate() {
            let strips = row.len();
            for (nth, mut strip) in row.into_iter().enumerate() {
                if nth + 1 == strips {
                    strip.height += padding;
                    strip.keep |= index + 1 == rows;
                }
                strip.repeat = repeat.clone();
                self.push(strip);
            }
        }
        let mut bottom = Strip { height: padding, ..Strip::default() };
        bottom.items.push(rule(padding * 0.5, 0.8));
        self.push(bottom);
    }

    /// A table that is no larger than a figure is not torn, and moves like one.
    fn hold_together(&mut self, first: usize) {
        let strips = self.galley.strips.get(first..).unwrap_or_default();
        let height: Pt = strips.iter().map(|strip| strip.space + strip.height).sum();
        if height > self.theme.text_height() * 0.4 {
            return;
        }
        let count = strips.len();
        self.galley.keep_from(first);
        if let Some(strip) = self.galley.strips.get_mut(first) {
            strip.float = count;
        }
    }

    /// Adds white below the strips from `first` on, so that what follows stands on the grid.
    fn settle_last(&mut self, first: usize) {
        let lack = self.galley.lack(first, self.theme.leading);
        if let Some(strip) = self.galley.strips.last_mut() {
            strip.height += lack;
        }
    }
}

/// The white between two columns, in em.
const GUTTER: f64 = 1.2;

/// Where the columns are.
struct Columns {
    widths: Vec<Pt>,
    gutter: Pt,
}

impl Columns {
    fn new(widths: Vec<Pt>, size: Pt) -> Self {
        Self { widths, gutter: size * GUTTER }
    }

    fn left(&self, column: usize) -> Pt {
        self.widths.iter().take(column).copied().sum()
    }

    /// The measure of a cell that takes `span` columns.
    fn width(&self, column: usize, span: usize) -> Pt {
        let all: Pt = self.widths.iter().skip(column).take(span).copied().sum();
        (all - self.gutter).max(Pt(6.0))
    }

    fn total(&self) -> Pt {
        let all: Pt = self.widths.iter().copied().sum();
        all - self.gutter
    }
}

/// The cells of a row beside one another: one strip, or where that would be too tall a strip for
/// each line.
fn row_strips(galleys: Vec<(Pt, Galley)>, context: Context, tallest: Pt) -> Vec<Strip> {
    let tall = galleys.iter().any(|(_, galley)| galley.height() > tallest);
    if !tall {
        let mut row = Strip::default();
        for (x, galley) in galleys {
            row.overlay(galley.into_strip(), context.left + x, Pt::ZERO);
        }
        return vec![row];
    }
    let count = galleys.iter().map(|(_, galley)| galley.strips.len()).max().unwrap_or(0);
    let mut rows: Vec<Strip> = (0..count).map(|_| Strip::default()).collect();
    for (x, galley) in galleys {
        for (row, strip) in rows.iter_mut().zip(galley.strips) {
            row.space = row.space.max(strip.space);
            row.overlay(strip, context.left + x, Pt::ZERO);
        }
    }
    rows
}

/// What a strip shows, as decoration: it was read before.
fn decoration(mut strip: Strip) -> Strip {
    for item in &mut strip.items {
        item.mark = Mark::Decoration;
    }
    strip.links.clear();
    strip.anchors.clear();
    strip
}

/// A table with every cell in its place.
struct Grid<'a> {
    columns: usize,
    /// How many rows are the head.
    head: usize,
    cells: Vec<PlacedCell<'a>>,
}

struct PlacedCell<'a> {
    row: usize,
    column: usize,
    columns: usize,
    rows: usize,
    head: bool,
    alignment: Alignment,
    /// None where a row is too short.
    cell: Option<&'a Cell>,
}

impl<'a> Grid<'a> {
    fn new(table: &'a Table) -> Self {
        let rows: Vec<&Row> = table.head.iter().chain(&table.body).collect();
        let wide = |row: &&Row| {
            row.cells.iter().map(|cell| usize::from(cell.columns.max(1))).sum()
        };
        let columns = rows.iter().map(wide).max().unwrap_or(0).max(table.columns.len());
        // How many more rows each column is taken by cells above.
        let mut taken = vec![0_usize; columns];
        let mut cells = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let left =
                if index < table.head.len() { table.head.len() } else { rows.len() }
                    - index;
            let mut given = row.cells.iter();
            let mut column = 0;
            while column < columns {
                if taken[column] > 0 {
                    taken[column] -= 1;
                    column += 1;
                    continue;
                }
                let cell = given.next();
                let free = taken[column..].iter().take_while(|&&rows| rows == 0).count();
                let span =
                    cell.map_or(1, |cell| usize::from(cell.columns.max(1))).min(free);
                let down = cell.map_or(1, |cell| usize::from(cell.rows.max(1))).min(left);
                taken[column..column + span].fill(down - 1);
                cells.push(PlacedCell {
                    row: index,
                    column,
                    columns: span,
                    rows: down,
                    head: cell.is_some_and(|cell| cell.head) || index < table.head.len(),
                    alignment: table.columns.get(column).copied().unwrap_or_default(),
                    cell,
                });
                column += span;
            }
        }
        Self { columns, head: table.head.len(), cells }
    }
}
