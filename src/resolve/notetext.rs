//! What a note says of a source, as the Chicago Manual of Style has it (17, 14.207): made once,
//! for both editions.

use crate::document::{Block, BlockKind, Inline, InlineKind, PhraseRole, Target};
use crate::language::Language;
use crate::manuscript::Post;
use crate::source::Span;

use super::address::printed;

/// A source as a post names it.
pub(super) struct Source {
    /// Its outlet, or author and title; empty if the post says neither.
    pub(super) words: Vec<Inline>,
    /// Whether the words are an outlet's name, to be set as one.
    pub(super) is_outlet: bool,
    /// What follows the name: a date, a page.
    pub(super) detail: String,
    /// Where it can be found.
    pub(super) address: String,
}

/// Makes the text of notes.
#[derive(Clone, Copy)]
pub(super) struct NoteText<'a> {
    /// The language of the book, in which notes are written.
    pub(super) language: &'a Language,
    /// The post that cites.
    pub(super) post: &'a Post,
}

impl NoteText<'_> {
    /// `*Korea Times*, accessed July 12, 2017, https://….`
    pub(super) fn sources(&self, sources: &[Source], span: Span) -> Vec<Block> {
        let mut text = Vec::new();
        for source in sources {
            if !text.is_empty() {
                text.push(Inline::text("; ", span));
            }
            self.source(source, span, &mut text);
        }
        text.push(Inline::text(".", span));
        note(text, span)
    }

    fn source(&self, source: &Source, span: Span, text: &mut Vec<Inline>) {
        let Source { words, is_outlet, detail, address } = source;
        if !words.is_empty() {
            if *is_outlet {
                text.push(Inline::phrase(PhraseRole::Cite, words.clone(), span));
            } else {
                text.extend(words.iter().cloned());
            }
            if !detail.is_empty() {
                text.push(Inline::text(format!(", {detail}"), span));
            }
            let accessed = self.post.header.date.map_or(String::new(), |date| {
                let words = self.language.words();
                format!(" {} {},", words.accessed, self.language.date(date))
            });
            text.push(Inline::text(format!(",{accessed} "), span));
        }
        text.push(address_link(address, span));
    }

    /// `“Title,” https://….`, or the address alone.
    pub(super) fn link(&self, title: &str, address: &str, span: Span) -> Vec<Block> {
        let mut text = Vec::new();
        let title = title.trim();
        if !title.is_empty() {
            let [open, close, ..] = self.language.quotation_marks();
            // Only English sets the comma within the marks.
            let title = if self.language.primary() == "en" {
                format!("{open}{title},{close} ")
            } else {
                format!("{open}{title}{close}, ")
            };
            text.push(Inline::text(title, span));
        }
        text.push(address_link(address, span));
        text.push(Inline::text(".", span));
        note(text, span)
    }
}

/// An address, printed, as a link to itself.
pub(super) fn address_link(address: &str, span: Span) -> Inline {
    let kind = InlineKind::Link {
        target: Target::Address(address.to_owned()),
        title: String::new(),
        content: vec![Inline::text(printed(address), span)],
    };
    Inline::new(kind, span)
}

fn note(text: Vec<Inline>, span: Span) -> Vec<Block> {
    vec![Block::new(BlockKind::Paragraph(text), span)]
}
