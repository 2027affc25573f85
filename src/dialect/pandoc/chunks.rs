//! Chunks of code that a program would run: their options vanish, and what is only for the program.

use std::ops::Range;

use super::super::code::lines;
use super::super::{Context, Edits, Found};
use crate::diag::Code;
use crate::edit::Edit;

/// Rewrites them.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let mut chunk: Option<Chunk> = None;
    for range in lines(text) {
        let line = &text[range.clone()];
        let words = line.trim();
        match &mut chunk {
            None => chunk = Chunk::of(words, &range),
            Some(open) if words == open.fence => {
                open.rewrite(range, edits);
                chunk = None;
            }
            Some(open) => open.line(words, &range),
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

    fn rewrite(&self, close: Range<usize>, edits: &mut Edits) {
        let whole = self.start..close.end;
        match self.language.as_str() {
            // What is HTML already is read as such; the languages of other outputs are not.
            "=html" => {
                edits.edits.push(Edit::replace(self.start..self.head, "\n"));
                edits.edits.push(Edit::replace(close, "\n"));
            }
            format if format.starts_with('=') => {
                edits.edits.push(Edit::replace(whole, ""));
            }
            _ if self.hides_all => edits.edits.push(Edit::replace(whole, "")),
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
