//! Chunks of code that a program would run: their options vanish, and what is only for the program.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::code::lines;
use super::super::{Context, Edits, Found};
use crate::diag::Code;
use crate::edit::Edit;

/// Rewrites them.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let mut chunk: Option<Chunk> = None;
    let mut left_out = LeftOut::default();
    for range in lines(text) {
        let line = &text[range.clone()];
        let words = line.trim();
        match &mut chunk {
            None => chunk = Chunk::of(words, &range),
            Some(open) if words == open.fence => {
                open.rewrite(range, edits, &mut left_out);
                chunk = None;
            }
            Some(open) => open.line(words, &range),
        }
    }
    left_out.say(edits);
}

/// What is only for another program, and so is not in the book: by kind, where it first is and how
/// often.
#[derive(Default)]
struct LeftOut(BTreeMap<String, (Range<usize>, usize)>);

impl LeftOut {
    fn add(&mut self, kind: String, range: Range<usize>) {
        self.0.entry(kind).or_insert((range, 0)).1 += 1;
    }

    fn say(self, edits: &mut Edits) {
        for (kind, (range, count)) in self.0 {
            let times = match count {
                1 => String::new(),
                count => format!(" ({count} times)"),
            };
            edits.found.push(Found {
                code: Code::TemplateSyntax,
                range,
                message: format!("{kind} was left out{times}"),
                hint: "say in Markdown what of it belongs in the book",
            });
        }
    }
}

/// A chunk that is open.
struct Chunk {
    start: usize,
    fence: String,
    /// The word in braces: `r`, `python`, `=html`.
    language: String,
    /// Where its first line ends.
    head: usize,
    options: Vec<Range<usize>>,
    hides_code: bool,
    hides_all: bool,
}

impl Chunk {
    fn of(words: &str, range: &Range<usize>) -> Option<Self> {
        let info = words.trim_start_matches('`');
        let length = words.len() - info.len();
        let inside = info.trim().strip_prefix('{')?.strip_suffix('}')?;
        if length < 3 {
            return None;
        }
        let language = inside.split([' ', ',']).next().unwrap_or_default();
        let option = |name: &str| {
            let plain = inside.replace([' ', '.'], "").to_lowercase();
            [format!("{name}=false"), format!("{name}=f,"), format!("{name}=f}}")]
                .iter()
                .any(|it| format!("{plain}}}").contains(it.as_str()))
        };
        Some(Self {
            start: range.start,
            fence: words[..length].to_owned(),
            language: language.to_owned(),
            head: range.end,
            options: Vec::new(),
            hides_code: option("echo"),
            hides_all: option("include"),
        })
    }

    fn line(&mut self, words: &str, range: &Range<usize>) {
        let option =
            ["#|", "//|", "%%|", "--|"].iter().find_map(|it| words.strip_prefix(it));
        let Some(option) = option else { return };
        self.options.push(range.clone());
        if let Some((key, value)) = option.split_once(':') {
            let off = value.trim().eq_ignore_ascii_case("false");
            match key.trim() {
                "echo" => self.hides_code = off,
                "include" => self.hides_all = off,
                _ => {}
            }
        }
    }

    fn rewrite(&self, close: Range<usize>, edits: &mut Edits, left_out: &mut LeftOut) {
        let whole = self.start..close.end;
        match self.language.as_str() {
            // What is HTML already is read as such; the languages of other outputs are not.
            "=html" => {
                edits.edits.push(Edit::replace(self.start..self.head, "\n"));
                edits.edits.push(Edit::replace(close, "\n"));
            }
            format if format.starts_with('=') => {
                let kind = format!("a block of `{{{format}}}`");
                left_out.add(kind, self.start..self.head);
                edits.edits.push(Edit::replace(whole, ""));
            }
            _ if self.hides_all => {
                let kind = "a chunk with `include: false`".to_owned();
                left_out.add(kind, self.start..self.head);
                edits.edits.push(Edit::replace(whole, ""));
            }
            _ if self.hides_code => {
                edits.found.push(Found {
                    code: Code::TemplateSyntax,
                    range: self.start..self.head,
                    message: "what a chunk of hidden code prints is not in the file".to_owned(),
                    hint: "the chunk was left out; put its result in the post to have it in the book",
                });
                edits.edits.push(Edit::replace(whole, ""));
            }
            _ => {
                for option in &self.options {
                    edits.edits.push(Edit::replace(option.clone(), ""));
                }
            }
        }
    }
}

/// Code within a line that is for one kind of output: `` `<b>`{=html} ``.
pub(super) fn raw_inlines(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let mut left_out = LeftOut::default();
    for (at, _) in text.match_indices("`{=") {
        let Some(code) = context.code.at(at).filter(|code| code.end == at + 1) else {
            continue;
        };
        let Some(length) = text[at..].find('}').filter(|&length| length < 40) else {
            continue;
        };
        let (format, end) = (&text[at + 3..at + length], at + length + 1);
        let inside = text[code.clone()].trim_matches('`');
        if format == "html" {
            edits.edits.push(Edit::replace(code.start..end, inside));
            continue;
        }
        left_out.add(format!("`{inside}` for `{{={format}}}`"), code.start..end);
        edits.edits.push(Edit::replace(code.start..end, ""));
    }
    left_out.say(edits);
}
