//! The grid of a table: every cell in its place.

use crate::markup::{ElementId, Tree};
use crate::style::{Display, Styles};

/// A table with every cell in its place.
#[derive(Debug)]
pub(super) struct Grid {
    pub(super) table: ElementId,
    pub(super) columns: usize,
    pub(super) rows: Vec<Row>,
    pub(super) cells: Vec<Cell>,
    pub(super) captions: Vec<ElementId>,
    /// How many rows a cell takes at most.
    tallest: usize,
}

/// A row, and the group that it is in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) element: ElementId,
    pub(super) group: Option<ElementId>,
    pub(super) head: bool,
}

/// A cell, or a place that has none because its row is too short.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) element: Option<ElementId>,
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// As many columns and rows as a cell may take (HTML, 4.9.11).
const MAX_SPAN: usize = 1000;

impl Grid {
    pub(super) fn new(tree: &Tree, styles: &Styles, table: ElementId) -> Self {
        let mut grid = Self {
            table,
            columns: 0,
            rows: Vec::new(),
            cells: Vec::new(),
            captions: Vec::new(),
            tallest: 1,
        };
        for child in tree.children(table) {
            match styles.of(child).style.display {
                Display::TableCaption => grid.captions.push(child),
                Display::TableRow => grid.row(child, None, false),
                display @ (Display::TableHeader
                | Display::TableRows
                | Display::TableFooter) => {
                    let head = display == Display::TableHeader;
                    for row in tree.children(child) {
                        if styles.of(row).style.display != Display::None {
                            grid.row(row, Some(child), head);
                        }
                    }
                }
                _ => {}
            }
        }
        grid.place(tree);
        grid
    }

    fn row(&mut self, element: ElementId, group: Option<ElementId>, head: bool) {
        self.rows.push(Row { element, group, head });
    }

    /// How many of the first rows are the head.
    pub(super) fn head(&self) -> usize {
        self.rows.iter().take_while(|row| row.head).count()
    }

    /// The cell that covers a place.
    pub(super) fn at(&self, row: usize, column: usize) -> Option<&Cell> {
        let covers = |cell: &&Cell| {
            (cell.row..cell.row + cell.rows).contains(&row)
                && (cell.column..cell.column + cell.columns).contains(&column)
        };
        (row.saturating_sub(self.tallest - 1)..=row)
            .rev()
            .find_map(|row| self.cells_of(row).find(covers))
    }

    fn place(&mut self, tree: &Tree) {
        let span = |cell: ElementId, name: &str| {
            let written = tree.get(cell).value(name);
            let count = written.and_then(|count| count.parse::<usize>().ok());
            count.unwrap_or(1).clamp(1, MAX_SPAN)
        };
        let wide = |row: &Row| -> usize {
            tree.children(row.element).map(|cell| span(cell, "colspan")).sum()
        };
        self.columns = self.rows.iter().map(wide).max().unwrap_or(0);
        // How many more rows each column is taken by cells above.
        let mut taken = vec![0_usize; self.columns];
        for (index, row) in self.rows.iter().enumerate() {
            let alike = self.rows[index..].iter().take_while(|it| it.head == row.head);
            let left = alike.count();
            let mut given = tree.children(row.element);
            let mut column = 0;
            while column < self.columns {
                if taken[column] > 0 {
                    taken[column] -= 1;
                    column += 1;
                    continue;
                }
                let element = given.next();
                let free = taken[column..].iter().take_while(|&&rows| rows == 0).count();
                let columns = element.map_or(1, |cell| span(cell, "colspan")).min(free);
                let rows = element.map_or(1, |cell| span(cell, "rowspan")).min(left);
                self.tallest = self.tallest.max(rows);
                taken[column..column + columns].fill(rows - 1);
                self.cells.push(Cell { element, row: index, column, columns, rows });
                column += columns;
            }
        }
    }

    /// The cells that begin in a row.
    pub(super) fn cells_of(&self, row: usize) -> impl Iterator<Item = &Cell> {
        let from = self.cells.partition_point(|cell| cell.row < row);
        self.cells[from..].iter().take_while(move |cell| cell.row == row)
    }
}
