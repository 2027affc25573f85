//! Tables that pandoc reads and CommonMark does not, as HTML around Markdown.

use super::super::output::attribute;

/// A table, its cells in Markdown.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The rows, those of the head first.
    pub(super) rows: Vec<Vec<String>>,
    /// How many of them are the head.
    pub(super) head: usize,
    /// How each column is aligned, as `text-align` has it; empty if nothing says it.
    pub(super) alignments: Vec<&'static str>,
    /// What stands above or below it.
    pub(super) caption: Option<Caption>,
}

/// A caption, and the name by which it is referred to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Caption {
    pub(super) words: String,
    pub(super) id: Option<String>,
}

impl Table {
    /// The table as HTML.
    pub(super) fn html(&self) -> String {
        let (open, close) = self.figure();
        let mut table = format!("\n{open}<table>\n");
        for (at, row) in self.rows.iter().enumerate() {
            let cell = if at < self.head { "th" } else { "td" };
            if at == 0 && self.head > 0 {
                table.push_str("<thead>\n");
            } else if at == self.head {
                table.push_str("<tbody>\n");
            }
            table.push_str("<tr>\n");
            for (column, words) in row.iter().enumerate() {
                let words = words.trim_matches('\n');
                let style = match self.alignments.get(column) {
                    None | Some(&"") => String::new(),
                    Some(side) => format!(" style=\"text-align: {side}\""),
                };
                table.push_str(&format!("<{cell}{style}>\n\n{words}\n\n</{cell}>\n"));
            }
            table.push_str("</tr>\n");
            if at + 1 == self.head {
                table.push_str("</thead>\n");
            }
        }
        if self.rows.len() > self.head {
            table.push_str("</tbody>\n");
        }
        table + "</table>\n" + &close
    }

    /// What stands around a table with a caption.
    fn figure(&self) -> (String, String) {
        let Some(Caption { words, id }) = &self.caption else {
            return (String::new(), String::new());
        };
        let id = id.as_deref().map(|id| format!(" id=\"{}\"", attribute(id)));
        let open = format!("<figure{}>\n\n", id.unwrap_or_default());
        let close = format!("\n<figcaption>\n\n{words}\n\n</figcaption>\n</figure>\n");
        (open, close)
    }
}

impl Caption {
    /// The caption that begins with the first of some lines, which `Table:` or `:` marks.
    pub(super) fn of<'t>(lines: impl IntoIterator<Item = &'t str>) -> Option<Self> {
        let mut lines = lines.into_iter().take_while(|line| !line.trim().is_empty());
        let first = lines.next()?.trim_end();
        let mut words = ["Table: ", "table: ", ": "]
            .iter()
            .find_map(|mark| first.strip_prefix(mark))?
            .trim()
            .to_owned();
        for line in lines {
            words.push(' ');
            words.push_str(line.trim());
        }
        if let Some((before, list)) = words.rsplit_once('{')
            && let Some(list) = list.strip_suffix('}')
        {
            let mut items = list.split_whitespace();
            let id = items.find_map(|it| it.strip_prefix('#')).map(str::to_owned);
            return Some(Self { words: before.trim().to_owned(), id });
        }
        (!words.is_empty()).then_some(Self { words, id: None })
    }

    /// Of how many lines it is, the first being one of `lines`.
    pub(super) fn length<'t>(lines: impl IntoIterator<Item = &'t str>) -> usize {
        lines.into_iter().take_while(|line| !line.trim().is_empty()).count()
    }
}
