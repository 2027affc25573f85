//! Citations by key, in the forms that pandoc takes: `[@key, p. 12]`, `[-@key]`, `@key says`.

mod cluster;
mod locator;

use std::collections::VecDeque;

use crate::diag::{Code, Diagnostic, nearest};
use crate::document::{
    Citation, CitationAuthor, CitationItem, Inline, InlineKind, VisitMut, walk_inline_mut,
};
use crate::manuscript::Post;
use crate::source::Span;

use super::findings::{FoundSource, SourceForm};
use super::marks::{join, mark, settle};
use super::notes::Notes;
use super::notetext;
use super::works::Works;
use cluster::WrittenCitation;

/// Finds the citations of a post.
pub(super) struct Citations<'a, 'n> {
    pub(super) works: &'a Works<'a>,
    pub(super) post: &'a Post,
    pub(super) notes: &'n mut Notes,
    /// Whether what is read stands in a note: a citation there makes no note of its own.
    pub(super) within: bool,
    pub(super) diagnostics: &'n mut Vec<Diagnostic>,
    /// How long the citation is that was just told to be unknown.
    pub(super) told: Option<usize>,
    /// Up to where the text of a run was searched for unknown keys.
    pub(super) searched: Option<(Span, usize)>,
}

impl VisitMut for Citations<'_, '_> {
    fn inlines(&mut self, run: &mut Vec<Inline>) {
        for inline in run.iter_mut() {
            walk_inline_mut(self, inline);
        }
        let cites = |inline: &Inline| match &inline.kind {
            InlineKind::Text(text) => text.contains('@'),
            _ => false,
        };
        if run.iter().any(cites) {
            self.run(run);
        }
    }
}

impl Citations<'_, '_> {
    /// Puts citations into a run.
    fn run(&mut self, run: &mut Vec<Inline>) {
        let mut out: Vec<Inline> = Vec::with_capacity(run.len());
        let mut queue: VecDeque<Inline> = run.drain(..).collect();
        let mut cited = false;
        while let Some(inline) = queue.pop_front() {
            let InlineKind::Text(text) = &inline.kind else {
                out.push(inline);
                continue;
            };
            let mut rest = text.as_str();
            while let Some(at) = cluster::candidate(rest) {
                let (before, from) = rest.split_at(at);
                out.push(Inline::text(before, inline.span));
                let read = cluster::read(from, inline.span, &queue);
                let found = read.and_then(|read| {
                    let words = self.cite(&read.written, inline.span);
                    self.told = self.told.take().filter(|_| read.inlines == 0);
                    self.told = self.told.map(|_| read.end);
                    words.map(|words| (words, read))
                });
                let Some((words, read)) = found else {
                    // What was told to be unknown is not looked at again.
                    let told = std::mem::take(&mut self.told);
                    let end = told.filter(|&end| from.is_char_boundary(end)).unwrap_or(1);
                    out.push(Inline::text(&from[..end], inline.span));
                    rest = &from[end..];
                    continue;
                };
                cited = true;
                out.extend(words);
                rest = if read.inlines == 0 { &from[read.end..] } else { "" };
                if let Some(last) = read.inlines.checked_sub(1) {
                    queue.drain(..last);
                    if let Some(Inline { kind: InlineKind::Text(text), .. }) =
                        queue.front_mut()
                    {
                        text.drain(..read.end);
                    }
                }
            }
            if !rest.is_empty() {
                out.push(Inline::text(rest, inline.span));
            }
        }
        *run = join(out);
        if cited && !self.works.in_text && !self.within {
            settle(run);
        }
    }

    /// What stands in place of a citation; nothing if it cites no known work.
    fn cite(&mut self, written: &WrittenCitation, span: Span) -> Option<Vec<Inline>> {
        let mut items = Vec::with_capacity(written.items.len());
        for item in &written.items {
            match self.works.references.by_key(&item.key) {
                Some(reference) if !self.is_escaped(&item.key, span) => {
                    items.push(CitationItem {
                        reference,
                        prefix: item.prefix.clone(),
                        locator: item.locator.clone(),
                        suffix: item.suffix.clone(),
                        author: item.author,
                    });
                }
                Some(_) => return None,
                // A name after an at sign in running text may be somebody's handle, unless the
                // post cites it in brackets too.
                None if written.narrative && !self.cites(&item.key) => return None,
                None if self.works.references.is_empty() && is_handle(written) => {
                    return None;
                }
                None => {
                    self.unknown(&item.key, span);
                    return None;
                }
            }
        }
        Some(self.place(Citation { items, as_note: false }, written, span))
    }

    /// The citation as the style wants it: in the text, or as a mark with a note.
    fn place(
        &mut self,
        citation: Citation,
        written: &WrittenCitation,
        span: Span,
    ) -> Vec<Inline> {
        let in_text = self.works.in_text || self.within;
        let mut out = Vec::new();
        let mut citation = citation;
        // Within a note of a style for notes, the work is named as in any note.
        if written.narrative && (self.works.in_text || !self.within) {
            let mut author = citation.items[0].clone();
            author.author = CitationAuthor::Only;
            (author.locator, author.suffix) = (None, Vec::new());
            let items = vec![author];
            out.push(Inline::new(
                InlineKind::Citation(Citation { items, as_note: false }),
                span,
            ));
            if in_text {
                citation.items[0].author = CitationAuthor::Suppressed;
                out.push(Inline::text(" ", span));
            }
        }
        let mut found = FoundSource {
            span,
            form: SourceForm::Citation,
            name: written.keys(),
            address: String::new(),
            title: String::new(),
            note: None,
        };
        let first = citation.items[0].reference;
        let plain = citation.items[0].clone();
        let cited = Inline::new(InlineKind::Citation(citation), span);
        if in_text {
            out.push(cited);
        } else {
            let text = vec![cited, Inline::text(".", span)];
            let note = self.notes.add(notetext::note(text, span));
            self.notes.set_name(note, self.works.name(first));
            if let ([_], Some(address)) = (&*written.items, self.works.address(&plain)) {
                // A link to it, or a bracket, leads to this note.
                self.notes.name_source(address, note);
            }
            found.note = Some(note);
            out.push(mark(note, span));
        }
        self.notes.findings.sources.push(found);
        out
    }

    /// Whether the post has a key in brackets.
    fn cites(&self, key: &str) -> bool {
        let after = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
        let cited = format!("[@{key}");
        self.post
            .text
            .match_indices(&cited)
            .any(|(at, _)| after(&self.post.text[at + cited.len()..]))
    }

    /// Whether the post keeps Markdown from reading the key: `\@key`.
    fn is_escaped(&self, key: &str, span: Span) -> bool {
        let source = self.post.text.get(span.range()).unwrap_or_default();
        source.contains(&format!("\\@{key}"))
    }

    fn unknown(&mut self, key: &str, span: Span) {
        let message = if self.works.references.is_empty() {
            format!("`{key}` is cited, and the book has no bibliography with works in it")
        } else {
            format!("the bibliography has no work with the key `{key}`")
        };
        let near = nearest(key, self.works.references.keys());
        let hint = match near {
            Some(near) => format!("did you mean `@{near}`?"),
            None => "its words stay as they are".to_owned(),
        };
        let source = self.post.text.get(span.range()).unwrap_or_default();
        let from = self.searched.filter(|(in_run, _)| *in_run == span);
        let from = from.map_or(0, |(_, from)| from);
        let named = format!("@{key}");
        let at =
            source.get(from..).and_then(|rest| rest.find(&named)).map(|at| at + from);
        let place = at.map_or(span, |at| {
            self.searched = Some((span, at + named.len()));
            let start = span.start as usize + at;
            Span::new(span.file, start..start + named.len())
        });
        self.told = Some(0);
        let diagnostic = Diagnostic::new(Code::UnknownCitation, message).at(place);
        self.diagnostics.push(diagnostic.hint(hint));
    }
}

/// Whether what stands in brackets may be somebody's handle as well as a key, in a book that has
/// no works: one name without a number, and nothing said of a place.
fn is_handle(written: &WrittenCitation) -> bool {
    match written.items.as_slice() {
        [only] => {
            let plain = !only.key.contains(|c: char| c.is_ascii_digit());
            plain && only.locator.is_none() && only.suffix.is_empty()
        }
        _ => false,
    }
}
