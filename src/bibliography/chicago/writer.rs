//! Puts the parts of a reference one after another, with what belongs between them.

use crate::bibliography::markup;
use crate::bibliography::punctuation::{append, mark};
use crate::document::{Inline, InlineKind, PhraseRole, Target};
use crate::language::{Citing, Language};
use crate::source::Span;

/// Writes a reference. What parts two parts is asked for before the second, and set only when
/// there is one: an absent part needs no case of its own.
pub(super) struct Writer<'a> {
    pub(super) language: &'a Language,
    pub(super) words: &'static Citing,
    span: Span,
    text: Vec<Inline>,
    between: Between,
}

/// What stands before the next part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    Nothing,
    Space,
    Mark(char),
}

impl<'a> Writer<'a> {
    pub(super) fn new(language: &'a Language, span: Span) -> Self {
        let words = language.words().citing;
        Self { language, words, span, text: Vec::new(), between: Between::Nothing }
    }

    /// A comma before the next part, a period, a space or a colon.
    pub(super) fn comma(&mut self) {
        self.between = Between::Mark(',');
    }

    pub(super) fn period(&mut self) {
        self.between = Between::Mark('.');
    }

    pub(super) fn colon(&mut self) {
        self.between = Between::Mark(':');
    }

    pub(super) fn space(&mut self) {
        self.between = Between::Space;
    }

    /// Words.
    pub(super) fn text(&mut self, words: &str) {
        if !words.is_empty() {
            self.part();
            append(&mut self.text, words, self.span);
        }
    }

    /// A title or its like as it is, its tags made phrases.
    pub(super) fn roman(&mut self, title: &str) {
        if !title.is_empty() {
            self.part();
            for inline in markup::inlines(title, false, self.span) {
                self.push(inline);
            }
        }
    }

    /// The title of a work that stands alone.
    pub(super) fn italic(&mut self, title: &str) {
        if !title.is_empty() {
            self.part();
            let content = markup::inlines(title, true, self.span);
            self.push(Inline::phrase(PhraseRole::Cite, content, self.span));
        }
    }

    /// The title of a part of a work. Quotation marks in it become inner ones.
    pub(super) fn quoted(&mut self, title: &str) {
        if title.is_empty() {
            return;
        }
        self.part();
        let [open, close, inner_open, inner_close] = self.language.quotation_marks();
        let title = title.replace(open, inner_open).replace(close, inner_close);
        append(&mut self.text, open, self.span);
        for inline in markup::inlines(&title, false, self.span) {
            self.push(inline);
        }
        append(&mut self.text, close, self.span);
    }

    /// An address, as a link to itself.
    pub(super) fn link(&mut self, address: &str) {
        if !address.is_empty() {
            self.part();
            let kind = InlineKind::Link {
                target: Target::Address(address.to_owned()),
                title: String::new(),
                content: vec![Inline::text(address, self.span)],
            };
            self.push(Inline::new(kind, self.span));
        }
    }

    /// The text, with the period at the end of an entry.
    pub(super) fn finish_sentence(mut self) -> Vec<Inline> {
        mark(&mut self.text, '.', self.language, self.span);
        self.text
    }

    /// The text.
    pub(super) fn finish(self) -> Vec<Inline> {
        self.text
    }

    /// Sets what is between the parts.
    fn part(&mut self) {
        let between = std::mem::replace(&mut self.between, Between::Nothing);
        if self.text.is_empty() || between == Between::Nothing {
            return;
        }
        if let Between::Mark(it) = between {
            mark(&mut self.text, it, self.language, self.span);
        }
        append(&mut self.text, " ", self.span);
    }

    fn push(&mut self, inline: Inline) {
        match &inline.kind {
            InlineKind::Text(words) => append(&mut self.text, words, self.span),
            _ => self.text.push(inline),
        }
    }
}
