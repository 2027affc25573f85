//! Footnotes, by their labels.
//!
//! A label belongs to its post: `[^1]` in two posts is two notes. Notes may refer to notes.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic};
use crate::document::{
    Block, BlockKind, Footnote, Inline, InlineKind, NoteId, SourceName, Target, Visit,
    VisitMut, end_of, footnote_labels, walk_block_mut, walk_inline, walk_inline_mut,
};
use crate::manuscript::Post;
use crate::source::Span;

use super::findings::{FoundSource, SourceForm};
use super::marks::{mark, settle};
use super::notes::Notes;

/// Makes a note of each footnote that is referred to.
pub(super) fn resolve(
    title: &mut Vec<Inline>,
    blocks: &mut Vec<Block>,
    footnotes: Vec<Footnote>,
    post: &Post,
    notes: &mut Notes,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut known: BTreeMap<String, (NoteId, bool)> = BTreeMap::new();
    let mut defined: Vec<(NoteId, Footnote)> = Vec::new();
    for footnote in footnotes {
        let label = footnote.label.to_lowercase();
        if known.contains_key(&label) {
            let message =
                format!("the footnote `[^{}]` is defined again", footnote.label);
            let diagnostic =
                Diagnostic::new(Code::DuplicateNote, message).at(footnote.span);
            diagnostics.push(diagnostic.hint("the first definition was taken"));
            continue;
        }
        let id = notes.add(Vec::new());
        known.insert(label, (id, false));
        defined.push((id, footnote));
    }
    let after_punctuation = post.language.primary() == "en";
    let mut references = References { known, notes, after_punctuation };
    *title = in_title(std::mem::take(title), &references.known);
    references.inlines(title);
    references.blocks(blocks);
    for (_, footnote) in &mut defined {
        references.blocks(&mut footnote.blocks);
    }
    let mut undefined = Undefined { post, diagnostics };
    undefined.blocks(blocks);
    for (id, footnote) in defined {
        undefined.blocks(&footnote.blocks);
        let (_, used) = references.known[&footnote.label.to_lowercase()];
        if !used {
            let message =
                format!("nothing refers to the footnote `[^{}]`", footnote.label);
            let diagnostic = Diagnostic::new(Code::UnusedNote, message).at(footnote.span);
            undefined.diagnostics.push(diagnostic.hint("it was left out"));
        }
        references.notes.set_name(id, name_of(&footnote.blocks));
        references.notes.set(id, footnote.blocks);
    }
    let mut excerpts = Excerpts { notes: references.notes };
    for block in blocks {
        excerpts.block(block);
    }
}

/// Binds a quotation that ends with a footnote, and names no other source, to its note.
struct Excerpts<'n> {
    notes: &'n mut Notes,
}

impl VisitMut for Excerpts<'_> {
    fn block(&mut self, block: &mut Block) {
        walk_block_mut(self, block);
        let BlockKind::Quotation { blocks, source: source @ None, cite } =
            &mut block.kind
        else {
            return;
        };
        let Some(Inline { kind: InlineKind::NoteReference(last), .. }) =
            end_of(blocks).and_then(|run| run.last())
        else {
            return;
        };
        *source = Some(last.note);
        if cite.is_none() {
            *cite = self.notes.address(last.note);
        }
        block.attributes.add_class("excerpt");
    }
}

/// What a footnote cites, if it links out of the book: by that address.
fn name_of(blocks: &[Block]) -> SourceName {
    let mut link = FirstAddress(None);
    for block in blocks {
        link.block(block);
    }
    SourceName { name: String::new(), address: link.0 }
}

struct FirstAddress(Option<String>);

impl Visit for FirstAddress {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Link { target: Target::Address(address), .. } = &inline.kind {
            self.0.get_or_insert_with(|| address.clone());
        }
        walk_inline(self, inline);
    }
}

/// Makes marks of references.
struct References<'n> {
    /// Each note by its label in small letters, and whether anything refers to it.
    known: BTreeMap<String, (NoteId, bool)>,
    notes: &'n mut Notes,
    /// Whether a mark follows punctuation, wherever it was written (Chicago 17, 14.26). Other
    /// languages have other customs: there the author's place holds.
    after_punctuation: bool,
}

impl VisitMut for References<'_> {
    fn inlines(&mut self, run: &mut Vec<Inline>) {
        let refers = |it: &Inline| matches!(it.kind, InlineKind::FootnoteReference(_));
        let moves = self.after_punctuation && run.iter().any(refers);
        for inline in run.iter_mut() {
            self.inline(inline);
        }
        if moves {
            settle(run);
        }
    }

    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::FootnoteReference(label) = &inline.kind {
            *inline = match self.known.get_mut(&label.to_lowercase()) {
                Some((id, used)) => {
                    *used = true;
                    self.notes.findings.sources.push(FoundSource {
                        span: inline.span,
                        form: SourceForm::Footnote,
                        name: format!("[^{label}]"),
                        address: String::new(),
                        title: String::new(),
                        note: Some(*id),
                    });
                    mark(*id, inline.span)
                }
                None => Inline::text(format!("[^{label}]"), inline.span),
            };
        }
        walk_inline_mut(self, inline);
    }
}

/// Finds what looks like a reference and is none, for want of a definition.
struct Undefined<'a> {
    post: &'a Post,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Visit for Undefined<'_> {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Text(text) = &inline.kind
            && text.contains("[^")
        {
            let source = self.post.text.get(inline.span.range()).unwrap_or_default();
            for (at, label) in footnote_labels(source) {
                let start = inline.span.start as usize + at;
                let end = start + label.len() + 3;
                let message = format!("the footnote `[^{label}]` is not defined");
                let diagnostic = Diagnostic::new(Code::UndefinedNote, message)
                    .at(Span::new(inline.span.file, start..end))
                    .hint(format!("define it on a line of its own: `[^{label}]: …`"));
                self.diagnostics.push(diagnostic);
            }
        }
        walk_inline(self, inline);
    }
}

/// Finds the references of a title, which is read without the definitions of its post.
fn in_title(title: Vec<Inline>, known: &BTreeMap<String, (NoteId, bool)>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(title.len());
    for inline in title {
        let InlineKind::Text(text) = &inline.kind else {
            out.push(inline);
            continue;
        };
        let mut end = 0;
        for (at, label) in footnote_labels(text) {
            if known.contains_key(&label.to_lowercase()) {
                out.push(Inline::text(&text[end..at], inline.span));
                let kind = InlineKind::FootnoteReference(label.to_owned());
                out.push(Inline::new(kind, inline.span));
                end = at + label.len() + "[^]".len();
            }
        }
        out.push(Inline::text(&text[end..], inline.span));
    }
    out
}
