//! Python-Markdown's blocks with an indented text: `!!! note "Title"`, `??? note`, `=== "Tab"`.

use std::ops::Range;

use super::asides::class_of;
use super::code::lines;
use super::output::{attribute, html};
use super::{Context, Edits};
use crate::config::Generator;
use crate::edit::Edit;

/// By how much the text is indented, in spaces.
const INDENT: usize = 4;

/// How deep they stand in one another.
const MAX_DEPTH: usize = 16;

/// Rewrites them as HTML around Markdown.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    let wanted = ["!!!", "???", "==="].iter().any(|mark| context.text.contains(mark));
    let reads = matches!(
        context.generator(),
        Generator::MkDocs | Generator::Pelican | Generator::Unknown
    );
    if !wanted || !reads {
        return;
    }
    let mut blocks = Blocks { text: context.text, edits, open: Vec::new(), end: 0 };
    for range in lines(context.text) {
        let line = &context.text[range.clone()];
        if line.trim().is_empty() {
            continue;
        }
        blocks.close_before(line);
        blocks.dedent(&range);
        let indent = indentation(line);
        let at = range.start + (line.len() - line.trim_start().len());
        if !context.code.holds(at)
            && blocks.open.len() < MAX_DEPTH
            && let Some(head) = head(line.trim())
            && is_followed(&context.text[range.end..], indent)
        {
            blocks.begin(&head, indent, at..range.start + line.trim_end().len());
        }
        blocks.end = range.start + line.trim_end().len();
    }
    blocks.close_before("");
}

struct Blocks<'c, 'e> {
    text: &'c str,
    edits: &'e mut Edits,
    /// Those that are open: how far each is indented, and what it is.
    open: Vec<(usize, &'static str)>,
    /// Where the last line ended that was not blank.
    end: usize,
}

impl Blocks<'_, '_> {
    /// Closes those whose text a line does not belong to.
    fn close_before(&mut self, line: &str) {
        let indent = indentation(line);
        let over = line.is_empty();
        let mut closing = String::new();
        while let Some(&(own, element)) = self.open.last() {
            if !over && indent >= own + INDENT {
                break;
            }
            self.open.pop();
            let outer = own.saturating_sub(self.open.len() * INDENT);
            let space = " ".repeat(outer);
            closing.push_str(&format!("\n\n{space}</{element}>\n"));
        }
        if !closing.is_empty() {
            self.edits.edits.push(Edit::insert(self.end, closing));
        }
    }

    /// Takes the indentation away that the blocks around a line have given it.
    fn dedent(&mut self, line: &Range<usize>) {
        let spaces = self.open.len() * INDENT;
        if spaces == 0 {
            return;
        }
        let own = &self.text[line.clone()];
        let mut width = 0;
        let mut length = 0;
        for c in own.chars() {
            match c {
                ' ' if width < spaces => width += 1,
                '\t' if width < spaces => width += INDENT,
                _ => break,
            }
            length += 1;
        }
        if length > 0 {
            self.edits.edits.push(Edit::delete(line.start..line.start + length));
        }
    }

    fn begin(&mut self, head: &Head, indent: usize, range: Range<usize>) {
        let outer = indent.saturating_sub(self.open.len() * INDENT);
        let space = " ".repeat(outer);
        let class = attribute(&head.class);
        let title = html(&head.title);
        let (element, title) = match (head.element, title.as_str()) {
            (element, "") => (element, String::new()),
            ("details", title) => ("details", format!("<summary>{title}</summary>\n")),
            (element, title) => {
                (element, format!("{space}<p class=\"title\">{title}</p>\n"))
            }
        };
        let open = format!("\n{space}<{element} class=\"{class}\">\n{title}");
        self.edits.edits.push(Edit::replace(range, open));
        self.open.push((indent, element));
    }
}

/// What the first line of a block says.
struct Head {
    element: &'static str,
    class: String,
    title: String,
}

fn head(line: &str) -> Option<Head> {
    let (mark, rest) = line.split_at_checked(3)?;
    let (element, rest) = match mark {
        "!!!" => ("aside", rest),
        "???" => ("details", rest.strip_prefix('+').unwrap_or(rest)),
        "===" => ("div", rest.trim_start_matches(['!', '+'])),
        _ => return None,
    };
    let rest = rest.strip_prefix(' ')?.trim();
    let (kinds, title) = match rest.split_once('"') {
        Some((kinds, title)) => (kinds.trim(), Some(title.strip_suffix('"')?)),
        None => (rest, None),
    };
    if element == "div" {
        let (class, title) = ("tab".to_owned(), title?.to_owned());
        return kinds.is_empty().then_some(Head { element, class, title });
    }
    let kind = kinds.split_whitespace().next()?;
    let is_kind = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !kinds.chars().all(|c| is_kind(c) || c == ' ') {
        return None;
    }
    let class = class_of(kind).unwrap_or(kind).to_owned();
    let name = || {
        let mut letters = kind.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect()
    };
    let title = title.map_or_else(name, str::to_owned);
    Some(Head { element, class, title })
}

/// Whether an indented line comes next.
fn is_followed(rest: &str, indent: usize) -> bool {
    let next = rest.lines().find(|line| !line.trim().is_empty());
    next.is_some_and(|line| indentation(line) >= indent + INDENT)
}

/// How far a line is indented, in spaces.
fn indentation(line: &str) -> usize {
    line.chars()
        .take_while(|c| matches!(c, ' ' | '\t'))
        .map(|c| if c == '\t' { INDENT } else { 1 })
        .sum()
}
