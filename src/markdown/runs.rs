//! Runs of text, whole: spaces as they are printed, and punctuation.

use crate::document::{Document, Inline, InlineKind, PhraseRole, VisitMut};
use crate::manuscript::Post;

use super::punctuation::Punctuation;

/// Finishes every run of a post.
pub(super) fn finish(document: &mut Document, post: &Post) {
    let mut runs = Runs { punctuation: Punctuation::of(post) };
    runs.blocks(&mut document.blocks);
    for footnote in &mut document.footnotes {
        runs.blocks(&mut footnote.blocks);
    }
}

/// Finishes one run.
pub(super) fn finish_run(run: &mut Vec<Inline>, post: &Post) {
    Runs { punctuation: Punctuation::of(post) }.inlines(run);
}

struct Runs<'a> {
    punctuation: Option<Punctuation<'a>>,
}

impl VisitMut for Runs<'_> {
    /// Comes to a whole run; what stands within it is part of it.
    fn inlines(&mut self, run: &mut Vec<Inline>) {
        if let Some(punctuation) = &self.punctuation {
            punctuation.set(run);
        }
        collapse(run, &mut true);
        trim_end(run);
    }
}

/// Joins neighbouring words, and makes one space of several; `after_space` says whether one
/// would be too many here.
fn collapse(run: &mut Vec<Inline>, after_space: &mut bool) {
    let mut out: Vec<Inline> = Vec::with_capacity(run.len());
    for mut inline in run.drain(..) {
        match &mut inline.kind {
            InlineKind::Text(text) => {
                collapse_text(text, after_space);
                if text.is_empty() {
                    continue;
                }
                if let Some(last) = out.last_mut()
                    && let InlineKind::Text(before) = &mut last.kind
                {
                    before.push_str(text);
                    last.span = last.span.join(inline.span);
                    continue;
                }
            }
            InlineKind::Phrase(phrase) => {
                collapse(&mut phrase.content, after_space);
                if phrase.content.is_empty() && !phrase.is_kept() {
                    continue;
                }
                // Words will stand there.
                *after_space &= phrase.role != PhraseRole::Reference;
            }
            InlineKind::Link { content, .. } => {
                collapse(content, after_space);
                if content.is_empty() {
                    continue;
                }
            }
            InlineKind::Ruby { base, reading } => {
                collapse(base, after_space);
                collapse(reading, &mut true);
                trim_end(reading);
                *after_space = false;
            }
            InlineKind::LineBreak => {
                trim_end(&mut out);
                *after_space = true;
            }
            InlineKind::Code(_) | InlineKind::Picture(_) | InlineKind::Math(_) => {
                *after_space = false;
            }
            InlineKind::NoteReference(_) | InlineKind::FootnoteReference(_) => {
                cling(&mut out);
                *after_space = false;
            }
            InlineKind::Citation(_) => *after_space = false,
        }
        out.push(inline);
    }
    *run = out;
}

/// Takes the space away before the mark of a note: it stands against the word before it (Chicago
/// Manual of Style 17, 14.26), or against another mark.
fn cling(run: &mut Vec<Inline>) {
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = run.last_mut() {
        text.truncate(text.trim_end_matches(' ').len());
        if text.is_empty() {
            run.pop();
        }
    }
}

fn collapse_text(text: &mut String, after_space: &mut bool) {
    let bytes = text.as_bytes();
    let is_space = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r');
    let untidy = bytes.first().is_some_and(|b| is_space(b) && *after_space)
        || bytes.iter().any(|b| is_space(b) && *b != b' ')
        || bytes.windows(2).any(|two| two == b"  ")
        || text.contains('\u{2028}');
    if untidy {
        let mut tidy = String::with_capacity(text.len());
        for c in text.chars() {
            let space = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}');
            if !(space && *after_space) {
                tidy.push(if space { ' ' } else { c });
            }
            *after_space = space;
        }
        *text = tidy;
    } else if let Some(last) = text.as_bytes().last() {
        *after_space = *last == b' ';
    }
}

/// Takes the space, or the line break, at the end of a run away.
fn trim_end(run: &mut Vec<Inline>) {
    while let Some(last) = run.last_mut() {
        match &mut last.kind {
            InlineKind::Text(text) => {
                text.truncate(text.trim_end_matches(' ').len());
                if !text.is_empty() {
                    return;
                }
            }
            InlineKind::LineBreak => {}
            InlineKind::Phrase(phrase) => {
                trim_end(&mut phrase.content);
                if !phrase.content.is_empty() || phrase.is_kept() {
                    return;
                }
            }
            InlineKind::Link { content, .. } => {
                trim_end(content);
                if !content.is_empty() {
                    return;
                }
            }
            _ => return,
        }
        run.pop();
    }
}
