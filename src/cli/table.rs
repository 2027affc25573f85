//! Columns of text.

/// Lays rows out in columns as wide as their widest cell. Columns in `right` stand at the right
/// of theirs; the last one is as long as it is.
pub(super) fn lay_out(rows: &[Vec<String>], right: &[usize]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |cell: &String| cell.chars().count();
    let widths: Vec<usize> = (0..columns)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(width).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            let space = " ".repeat(widths[at] - width(cell));
            if at > 0 {
                line.push_str("  ");
            }
            if right.contains(&at) {
                line.push_str(&space);
                line.push_str(cell);
            } else {
                line.push_str(cell);
                line.push_str(&space);
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The rows as comma-separated values (RFC 4180, with the line ends of Unix).
pub(super) fn csv(rows: &[Vec<String>]) -> String {
    let cell = |cell: &String| {
        // A cell that a spreadsheet would take for a formula is text.
        let risky = cell.starts_with(['=', '+', '@', '\t']);
        let text = if risky { format!("'{cell}") } else { cell.clone() };
        if text.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text
        }
    };
    let line =
        |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(",") + "\n";
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let row = ["a", "b,c", "say \"so\"", "=1"].map(str::to_owned).to_vec();
        assert_eq!(csv(&[row]), "a,\"b,c\",\"say \"\"so\"\"\",'=1\n");
    }

    #[test]
    fn columns_are_aligned() {
        let rows =
            [vec!["1".to_owned(), "a".to_owned()], vec!["10".to_owned(), "ö".to_owned()]];
        assert_eq!(lay_out(&rows, &[0]), " 1  a\n10  ö\n");
    }
}
