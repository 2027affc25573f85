//! Tables as elements.

use super::Element;
use super::writer::Writer;
use crate::document::{Alignment, Block, Cell, Row, Table};
use crate::source::Span;

/// From so many columns on a table is wide.
const MANY: usize = 5;

impl Writer<'_> {
    pub(super) fn table(&mut self, table: &Table, block: &Block) {
        let element = |name| Element::new(name, block.span);
        // Small screens want smaller letters then.
        let class = if table.columns.len() >= MANY { "many-columns" } else { "" };
        let outer = element("table").marked(&block.attributes).class(class);
        self.within(outer, |this| {
            if !table.caption.is_empty() {
                this.within(element("caption"), |this| this.inlines(&table.caption));
            }
            for (name, rows) in [("thead", &table.head), ("tbody", &table.body)] {
                if !rows.is_empty() {
                    this.within(element(name), |this| {
                        this.rows(rows, table, name == "thead", block.span);
                    });
                }
            }
        });
    }

    fn rows(&mut self, rows: &[Row], table: &Table, head: bool, span: Span) {
        for row in rows {
            self.within(Element::new("tr", span), |this| {
                for (index, cell) in row.cells.iter().enumerate() {
                    let alignment = table.columns.get(index).copied().unwrap_or_default();
                    this.cell(cell, alignment, head, span);
                }
            });
        }
    }

    fn cell(&mut self, cell: &Cell, alignment: Alignment, head: bool, span: Span) {
        let Cell { head: own_head, columns, rows, attributes, blocks } = cell;
        // A head without words is none to somebody who listens.
        let is_head = (*own_head || head) && !blocks.is_empty();
        let (name, scope) = match (is_head, head) {
            (true, true) => ("th", Some("col")),
            (true, false) => ("th", Some("row")),
            (false, _) => ("td", None),
        };
        let class = match alignment {
            Alignment::Start => "",
            Alignment::Center => "align-center",
            Alignment::End => "align-end",
        };
        let several = |count: u16| (count > 1).then(|| count.to_string());
        let span = blocks.first().map_or(span, |block| block.span);
        let element = Element::new(name, span)
            .marked(attributes)
            .class(class)
            .optional("scope", scope)
            .optional("colspan", several(*columns))
            .optional("rowspan", several(*rows));
        self.within(element, |this| this.flow(blocks, blocks.len() == 1));
    }
}
