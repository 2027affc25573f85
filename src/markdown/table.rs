//! Tables, from Markdown and from HTML.

use crate::document::{
    Alignment, Attributes, Block, BlockKind, Cell, Inline, Row, Table,
};
use crate::source::Span;

use super::piece::{Piece, into_blocks};

/// No table on paper has more columns; a wider cell is an attack or a slip.
const MAX_COLUMNS: usize = 256;

/// Gathers rows.
#[derive(Default)]
pub(super) struct TableBuilder {
    caption: Vec<Inline>,
    columns: Vec<Alignment>,
    rows: Vec<Line>,
    /// Cells that stand outside a row.
    cells: Vec<Piece>,
    /// What has no place in a table: it goes before, as browsers do it.
    stray: Vec<Piece>,
}

struct Line {
    row: Row,
    head: bool,
    alignments: Vec<Option<Alignment>>,
}

impl TableBuilder {
    /// With the columns that Markdown names.
    pub(super) fn with_columns(columns: Vec<Alignment>) -> Self {
        Self { columns, ..Self::default() }
    }

    /// Takes a piece in.
    pub(super) fn take(&mut self, piece: Piece) {
        if !matches!(piece, Piece::Cell { .. } | Piece::Inline(_)) {
            self.end_row();
        }
        match piece {
            Piece::Row { row, head, alignments } => {
                self.rows.push(Line { row, head, alignments });
            }
            Piece::Cell { .. } => self.cells.push(piece),
            Piece::Column(alignment) if self.columns.len() < MAX_COLUMNS => {
                self.columns.push(alignment);
            }
            Piece::Column(_) => {}
            Piece::Caption(caption) => self.caption.extend(caption),
            stray => self.stray.push(stray),
        }
    }

    /// The table, after what had no place in it.
    pub(super) fn finish(mut self, span: Span) -> Vec<Block> {
        self.end_row();
        let mut blocks = into_blocks(self.stray, span);
        let head = self.rows.iter().take_while(|line| line.is_head()).count();
        // A table of nothing but heads has no head: there is nothing below it.
        let head = if head == self.rows.len() { 0 } else { head };
        let head = head.max(self.rows.iter().take_while(|line| line.head).count());
        let columns = columns(self.columns, &self.rows);
        let mut rows: Vec<Row> = self.rows.into_iter().map(|line| line.row).collect();
        rows.retain(|row| !row.cells.is_empty());
        let body = rows.split_off(head.min(rows.len()));
        // A head without words is none.
        rows.retain(|row| row.cells.iter().any(|cell| !cell.blocks.is_empty()));
        if !(rows.is_empty() && body.is_empty() && self.caption.is_empty()) {
            let table = Table { caption: self.caption, columns, head: rows, body };
            blocks.push(Block::new(BlockKind::Table(table), span));
        }
        blocks
    }

    fn end_row(&mut self) {
        if !self.cells.is_empty() {
            let cells = std::mem::take(&mut self.cells);
            if let Piece::Row { row, head, alignments } = row(cells, false) {
                self.rows.push(Line { row, head, alignments });
            }
        }
    }
}

impl Line {
    fn is_head(&self) -> bool {
        self.head
            || (self.row.cells.iter().all(|cell| cell.head) && !self.row.cells.is_empty())
    }
}

/// A row of the cells among `pieces`; what stands between the cells joins the cell before it.
pub(super) fn row(pieces: Vec<Piece>, head: bool) -> Piece {
    let mut row = Row::default();
    let mut alignments = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Cell { cell, alignment } => {
                row.cells.push(cell);
                alignments.push(alignment);
            }
            Piece::Inline(inline) if super::piece::is_blank(&inline) => {}
            stray => {
                let span = stray_span(&stray);
                let blocks = span.map(|span| into_blocks(vec![stray], span));
                match row.cells.last_mut() {
                    Some(cell) => cell.blocks.extend(blocks.unwrap_or_default()),
                    None => {
                        row.cells.extend(blocks.map(|blocks| Cell {
                            head: false,
                            columns: 1,
                            rows: 1,
                            attributes: Attributes::default(),
                            blocks,
                        }));
                        alignments.push(None);
                    }
                }
            }
        }
    }
    Piece::Row { row, head, alignments }
}

fn stray_span(piece: &Piece) -> Option<Span> {
    match piece {
        Piece::Inline(inline) => Some(inline.span),
        Piece::Block(block) => Some(block.span),
        Piece::Caption(inlines) | Piece::Term(inlines) | Piece::Reading(inlines) => {
            inlines.first().map(|inline| inline.span)
        }
        Piece::Description(blocks) => blocks.first().map(|block| block.span),
        Piece::Item { item, .. } => Some(item.span),
        Piece::Row { .. } | Piece::Cell { .. } | Piece::Column(_) | Piece::Break => None,
    }
}

/// A column for each cell of the widest row, cells that reach down from above counted; aligned
/// as named, else as its first cell that says so.
fn columns(named: Vec<Alignment>, rows: &[Line]) -> Vec<Alignment> {
    let mut said: Vec<Option<Alignment>> = named.into_iter().map(Some).collect();
    // For each column, how many of the coming rows a cell from above still takes.
    let mut taken: Vec<u16> = Vec::new();
    for line in rows {
        let mut column = 0;
        for (index, cell) in line.row.cells.iter().enumerate() {
            while taken.get(column).is_some_and(|&rows| rows > 0) {
                column += 1;
            }
            let end = (column + usize::from(cell.columns)).min(MAX_COLUMNS);
            if said.len() < end {
                said.resize(end, None);
            }
            if taken.len() < end {
                taken.resize(end, 0);
            }
            let alignment = line.alignments.get(index).copied().flatten();
            for column in column..end {
                taken[column] = cell.rows;
                said[column] = said[column].or(alignment);
            }
            column = end;
        }
        for rows in &mut taken {
            *rows = rows.saturating_sub(1);
        }
    }
    said.into_iter().map(Option::unwrap_or_default).collect()
}
