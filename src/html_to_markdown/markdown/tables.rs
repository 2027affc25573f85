//! Tables.

use super::super::tree::{Element, Node};
use super::blocks::{holds_block, is_edge};
use super::inlines::Place;
use super::{Writer, raw};

impl Writer {
    /// A table of single lines under a head, as Markdown has them; any other stays HTML.
    pub(super) fn table(&self, element: &Element, out: &mut Vec<String>) {
        // A table of one cell is a frame, which mail and old pages have around their text.
        if let Some(cell) = lone_cell(element) {
            return out.extend(self.blocks(&cell.children));
        }
        match self.pipes(element) {
            Some(table) => out.push(table),
            None => out.push(raw::block(self, element)),
        }
    }

    fn pipes(&self, table: &Element) -> Option<String> {
        let mut rows: Vec<&Element> = Vec::new();
        for part in table.elements() {
            match part.name.as_str() {
                "tr" => rows.push(part),
                "thead" | "tbody" | "tfoot" => {
                    rows.extend(part.elements().filter(|row| row.name == "tr"));
                }
                "colgroup" | "col" => {}
                _ => return None,
            }
        }
        let (head, body) = rows.split_first()?;
        let cells = |row: &Element| row.elements().cloned().collect::<Vec<Element>>();
        let head_cells = cells(head);
        let columns = head_cells.len();
        let in_head = table.elements().any(|part| {
            part.name == "thead" && part.elements().any(|row| std::ptr::eq(row, *head))
        });
        let is_head = in_head || head_cells.iter().all(|cell| cell.name == "th");
        let heads = table.elements().filter(|part| part.name == "thead");
        let one_head = heads.flat_map(Element::elements).count() <= 1;
        if columns < 2 || !is_head || !one_head {
            return None;
        }
        let mut lines = vec![self.row(&head_cells, columns)?];
        let rules = head_cells.iter().map(rule).collect::<Vec<_>>();
        lines.push(format!("|{}|", rules.join("|")));
        for row in body {
            lines.push(self.row(&cells(row), columns)?);
        }
        Some(lines.join("\n"))
    }

    fn row(&self, cells: &[Element], columns: usize) -> Option<String> {
        let plain = |cell: &Element| {
            cell.get("colspan").is_none_or(|it| it == "1")
                && cell.get("rowspan").is_none_or(|it| it == "1")
                && !cell.elements().any(holds_block)
        };
        if cells.len() != columns || !cells.iter().all(plain) {
            return None;
        }
        let cell = |cell: &Element| {
            let nodes: Vec<&Node> = cell.children.iter().collect();
            let text = self.inlines(&nodes, Place::Cell);
            format!(" {} ", text.trim_matches(is_edge))
        };
        let cells: Vec<String> = cells.iter().map(cell).collect();
        Some(format!("|{}|", cells.join("|")))
    }
}

fn rule(cell: &Element) -> &'static str {
    let style = cell.get("style").unwrap_or_default().replace(' ', "");
    let named = cell.get("align").unwrap_or_default().to_ascii_lowercase();
    let is = |side: &str| {
        named == side
            || style.contains(&format!("text-align:{side}"))
            || cell.has_class(&format!("has-text-align-{side}"))
    };
    match () {
        () if is("center") => " :---: ",
        () if is("right") => " ---: ",
        () if is("left") => " :--- ",
        () => " --- ",
    }
}

fn lone_cell(table: &Element) -> Option<&Element> {
    let mut parts = table.elements().filter(|part| part.name != "colgroup");
    let only = parts.next()?;
    if parts.next().is_some() {
        return None;
    }
    match only.name.as_str() {
        "td" => Some(only),
        "tbody" | "tr" => lone_cell(only),
        _ => None,
    }
}
