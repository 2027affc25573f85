//! The posts as trees, with what the book changes of them.

use rayon::prelude::*;

use crate::diag::{self, Warned};
use crate::document::{Block, BlockKind, Document};
use crate::edits::{self, Account, Edited, Rules};
use crate::manuscript::{Manuscript, Post};
use crate::markdown;
use crate::source::Span;

/// Reads the posts and edits them; `account` learns what the rules did.
pub(super) fn read(
    manuscript: &Manuscript,
    rules: &Rules,
    account: &mut Account,
) -> Warned<Vec<Document>> {
    let edited: Vec<Warned<Edited>> =
        manuscript.posts.par_iter().map(|post| edited(post, rules)).collect();
    let mut diagnostics = Vec::new();
    let take = |edited: Warned<Edited>| {
        let edited = edited.into_value(&mut diagnostics);
        account.add(edited.hits, edited.changed);
        edited.document
    };
    let value = edited.into_iter().map(take).collect();
    Warned { value, diagnostics }
}

/// A post as it is in the book. What is wrong with that which is left out says nothing.
fn edited(post: &Post, rules: &Rules) -> Warned<Edited> {
    let Warned { value: document, mut diagnostics } = read_post(post);
    let mut edited = edits::edit(rules, post, document);
    if !edited.omitted.is_empty() {
        let is_in = |span: Span| {
            let mut omitted = edited.omitted.iter();
            omitted.any(|it| {
                it.file == span.file && it.start <= span.start && span.end <= it.end
            })
        };
        diagnostics.retain(|it| !it.span.is_some_and(is_in));
    }
    for note in &post.notes {
        let Warned { value: document, diagnostics: mut said } = read_post(&note.post);
        if note.span.is_some() {
            said.iter_mut().for_each(|it| it.span = note.span);
        }
        diagnostics.extend(said);
        edits::attach(post, note, document, &mut edited.document);
    }
    Warned { value: edited, diagnostics }
}

/// Reads a post. One that the reader fails at is shown as it was written: nothing of it is lost.
fn read_post(post: &Post) -> Warned<Document> {
    let span = Span::new(post.file, post.body.clone());
    diag::catch("reading a post", span, || markdown::read(post)).unwrap_or_else(|fault| {
        let text = post.text.get(post.body.clone()).unwrap_or_default().to_owned();
        let kind = BlockKind::Code { language: None, text, runs: Vec::new() };
        let document =
            Document { blocks: vec![Block::new(kind, span)], ..Document::default() };
        Warned { value: document, diagnostics: vec![fault] }
    })
}
