//! Code: its text, and the links and emphasis that HTML may have in it.

use super::piece::{Piece, into_inlines};
use crate::address::scheme;
use crate::document::{
    CodeClass, CodeRun, Inline, InlineKind, PhraseRole, Target, plain_text,
};
use crate::source::Span;

/// The text of code without the line end that closes it, and its marked parts. The line end after
/// the tag of HTML's `pre` is none of its text (HTML, section 13.2.6.4.7).
pub(super) fn read(
    pieces: Vec<Piece>,
    span: Span,
    in_html: bool,
) -> (String, Vec<CodeRun>) {
    let mut code = Code::default();
    for inline in into_inlines(pieces, span) {
        code.inline(&inline);
    }
    let Code { mut text, mut runs } = code;
    if text.ends_with('\n') {
        text.pop();
    }
    if in_html && text.starts_with('\n') {
        text.remove(0);
        for run in &mut runs {
            run.range = run.range.start.saturating_sub(1)..run.range.end - 1;
        }
    }
    for run in &mut runs {
        run.range.end = run.range.end.min(text.len());
    }
    runs.retain(|run| run.range.start < run.range.end);
    (text, runs)
}

#[derive(Default)]
struct Code {
    text: String,
    runs: Vec<CodeRun>,
}

impl Code {
    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::LineBreak => self.text.push('\n'),
            InlineKind::Phrase(phrase) => match phrase.role {
                PhraseRole::Strong | PhraseRole::Bold => {
                    self.marked(CodeClass::Strong, None, &phrase.content);
                }
                PhraseRole::Emphasis | PhraseRole::Italic => {
                    self.marked(CodeClass::Emphasis, None, &phrase.content);
                }
                _ => self.inlines(&phrase.content),
            },
            InlineKind::Link { target, content, .. } => match target {
                Target::Unresolved(address) if scheme(address).is_some() => {
                    self.marked(CodeClass::Link, Some(address.clone()), content);
                }
                _ => self.inlines(content),
            },
            _ => {
                let text = plain_text(std::slice::from_ref(inline));
                self.text.push_str(&text.replace("\r\n", "\n"));
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    /// Takes in marked text; of marks within one another the outermost counts.
    fn marked(&mut self, class: CodeClass, address: Option<String>, content: &[Inline]) {
        let (start, before) = (self.text.len(), self.runs.len());
        self.inlines(content);
        self.runs.truncate(before);
        self.runs.push(CodeRun { range: start..self.text.len(), class, address });
    }
}
