//! What a note says of a source, as the Chicago Manual of Style has it (17, 14.207): made once,
//! for both editions.

use crate::address::printed;
use crate::document::{
    Block, BlockKind, Citation, CitationItem, Inline, InlineKind, PhraseRole,
    ReferenceId, SourceName, Target, plain_text,
};
use crate::language::Language;
use crate::manuscript::Post;
use crate::source::Span;

use super::findings::SourceForm;
use super::sources::Source;
use super::works::Works;

/// Makes the text of notes.
#[derive(Clone, Copy)]
pub(super) struct NoteText<'a> {
    /// The language of the book, in which notes are written.
    pub(super) language: &'a Language,
    /// The post that cites.
    pub(super) post: &'a Post,
    /// What is known of the sources.
    pub(super) works: &'a Works<'a>,
}

impl NoteText<'_> {
    /// `*Korea Times*, accessed July 12, 2017, https://….`
    pub(super) fn sources(&self, sources: &[Source], span: Span) -> Vec<Block> {
        let mut text = Vec::new();
        for source in sources {
            if !text.is_empty() {
                text.push(Inline::text("; ", span));
            }
            self.source(source, text.is_empty(), span, &mut text);
        }
        text.push(Inline::text(".", span));
        note(text, span)
    }

    fn source(&self, source: &Source, first: bool, span: Span, text: &mut Vec<Inline>) {
        let Source { lead, words, is_outlet, detail, address, reference } = source;
        if !lead.is_empty() {
            let lead = if first { capitalized(lead) } else { lead.clone() };
            text.push(Inline::text(format!("{lead} "), span));
        }
        let known = || address.as_ref().and_then(|address| self.works.at(address));
        if let Some(reference) = reference.or_else(known) {
            let suffix = match detail.as_str() {
                "" => Vec::new(),
                detail => vec![Inline::text(format!(", {detail}"), span)],
            };
            return text.push(cite(reference, suffix, span));
        }
        if !words.is_empty() {
            if *is_outlet {
                text.push(Inline::phrase(PhraseRole::Cite, words.clone(), span));
            } else {
                text.extend(words.iter().cloned());
            }
            if !detail.is_empty() {
                text.push(Inline::text(format!(", {detail}"), span));
            }
        }
        let Some(address) = address else { return };
        if !words.is_empty() {
            // A source that is dated needs no day of access (Chicago 17, 14.12).
            let dated = detail.contains(|c: char| c.is_ascii_digit());
            let day = self.post.header.date.filter(|_| !dated);
            let accessed = day.map_or(String::new(), |date| {
                let words = self.language.words();
                format!(" {} {},", words.accessed, self.language.date(date))
            });
            text.push(Inline::text(format!(",{accessed} "), span));
        }
        text.push(address_link(address, span));
    }

    /// By what name a source goes in lists: the post's own, unless that is a line with author and
    /// title.
    pub(super) fn name(&self, source: &Source, form: SourceForm) -> SourceName {
        let Source { words, address, reference, .. } = source;
        let known = || address.as_ref().and_then(|address| self.works.at(address));
        let work = reference.or_else(known).map(|work| self.works.name(work));
        let is_line = form == SourceForm::Attribution;
        let words = if is_line { String::new() } else { plain_text(words) };
        let name = work.map_or(words, |work| work.name);
        SourceName { name, address: address.clone() }
    }

    /// `“Title,” https://….`, or the address alone; or what is known of the page.
    pub(super) fn link(&self, title: &str, address: &str, span: Span) -> Vec<Block> {
        let mut text = Vec::new();
        if let Some(reference) = self.works.at(address) {
            text.push(cite(reference, Vec::new(), span));
            text.push(Inline::text(".", span));
            return note(text, span);
        }
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

/// A citation of one work.
fn cite(reference: ReferenceId, suffix: Vec<Inline>, span: Span) -> Inline {
    let item = CitationItem {
        reference,
        prefix: Vec::new(),
        locator: None,
        suffix,
        author: crate::document::CitationAuthor::Named,
    };
    Inline::new(InlineKind::Citation(Citation { items: vec![item], as_note: true }), span)
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

/// A note of one paragraph.
pub(super) fn note(text: Vec<Inline>, span: Span) -> Vec<Block> {
    vec![Block::new(BlockKind::Paragraph(text), span)]
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
