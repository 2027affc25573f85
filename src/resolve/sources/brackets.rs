//! Sources in brackets within a run of text.

use crate::document::{Inline, InlineKind, plain_text};
use crate::source::Span;

use super::super::findings::{SourceForm, UnresolvedBracket};
use super::super::marks::{join, mark};
use super::list::{self, Source, as_link, unbracketed};
use super::words::{Credit, is_name};
use super::{Placed, Sources};

/// How deep brackets within brackets are looked at.
const MAX_BRACKET_DEPTH: usize = 8;

/// The longest text between brackets that is reported.
const MAX_REPORTED_CHARS: usize = 80;

/// A bracket that is open.
struct Open {
    bracket: char,
    /// Where what stands in it begins in the output.
    start: usize,
}

impl Sources<'_, '_> {
    /// Puts marks in place of the brackets of a run that name sources; says whether it did.
    pub(super) fn replace_brackets(&mut self, run: &mut Vec<Inline>) -> bool {
        let mut replaced = false;
        let mut out: Vec<Inline> = Vec::with_capacity(run.len());
        let mut open: Vec<Open> = Vec::new();
        for mut inline in run.drain(..) {
            let InlineKind::Text(text) = &inline.kind else {
                if let InlineKind::Phrase(phrase) = &mut inline.kind {
                    replaced |= self.replace_brackets(&mut phrase.content);
                }
                let mark =
                    if open.is_empty() { self.linked_brackets(&inline) } else { None };
                match mark {
                    Some(mark) => {
                        out.push(mark);
                        replaced = true;
                    }
                    None => out.push(inline),
                }
                continue;
            };
            let mut rest = text.as_str();
            while let Some(at) = rest.find(['[', ']', '(', ')']) {
                let (before, from) = rest.split_at(at);
                let bracket = char::from(from.as_bytes()[0]);
                rest = &from[1..];
                if matches!(bracket, '[' | '(') {
                    out.push(Inline::text(format!("{before}{bracket}"), inline.span));
                    if open.len() == MAX_BRACKET_DEPTH {
                        open.remove(0);
                    }
                    open.push(Open { bracket, start: out.len() });
                    continue;
                }
                if !before.is_empty() {
                    out.push(Inline::text(before, inline.span));
                }
                let opening = if bracket == ']' { '[' } else { '(' };
                let start = match open.last() {
                    Some(last) if last.bracket == opening => {
                        open.pop().map(|it| it.start)
                    }
                    _ => None,
                };
                let note = start.and_then(|start| {
                    self.bracketed(&out[start..], opening, inline.span)
                });
                match (start, note) {
                    (Some(start), Some(note)) => {
                        out.truncate(start);
                        if let Some(Inline { kind: InlineKind::Text(text), .. }) =
                            out.last_mut()
                        {
                            text.pop();
                        }
                        out.push(mark(note, inline.span));
                        replaced = true;
                    }
                    _ => out.push(Inline::text(bracket.to_string(), inline.span)),
                }
            }
            if !rest.is_empty() {
                out.push(Inline::text(rest, inline.span));
            }
        }
        *run = join(out);
        replaced
    }

    /// The note for what stands in a pair of brackets, if that is a list of sources. Round
    /// brackets are the author's own unless a word in them says what they are.
    fn bracketed(
        &mut self,
        content: &[Inline],
        opening: char,
        span: Span,
    ) -> Option<crate::document::NoteId> {
        let has_link = content.iter().any(|inline| as_link(inline).is_some());
        // The text keeps round brackets where only a weak word, or none, stands in them. A name
        // without a link is a source only where it ends a quotation.
        let read = if has_link { list::read(content, self.names) } else { None };
        let list = read.filter(|list| match opening {
            '(' => matches!(list.credit, Some(Credit::Source | Credit::Lead)),
            // In the author's own sentence, what is no name is a part of it.
            _ => {
                self.quoted || list.credit.is_some() || list.sources.iter().all(is_named)
            }
        });
        let Some(list) = list else {
            if has_link && opening == '[' {
                let text = plain_text(content);
                let text = text.chars().take(MAX_REPORTED_CHARS).collect();
                let reason = "it says more than where something is from";
                self.notes.findings.left.push(UnresolvedBracket { span, text, reason });
            }
            return None;
        };
        let form =
            if opening == '[' { SourceForm::Brackets } else { SourceForm::Parentheses };
        let link = content.iter().find(|inline| as_link(inline).is_some());
        let span = link.map_or(span, |link| link.span);
        self.note(list.sources, Placed { form, span })
    }

    /// A mark in place of `[\[Korea Times\]](…)`.
    fn linked_brackets(&mut self, inline: &Inline) -> Option<Inline> {
        let InlineKind::Link { content, .. } = &inline.kind else { return None };
        unbracketed(content)?;
        let list = list::read(std::slice::from_ref(inline), self.names)?;
        let placed = Placed { form: SourceForm::LinkedBrackets, span: inline.span };
        Some(mark(self.note(list.sources, placed)?, inline.span))
    }
}

/// Whether a source goes by a name, or by its address alone.
fn is_named(source: &Source) -> bool {
    source.words.is_empty() || is_name(&plain_text(&source.words))
}
