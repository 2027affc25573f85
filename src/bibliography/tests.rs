//! Works to be cited in tests, and our text as HTML.

use super::read::tests::read_text;
use super::{Cited, Position, References, Rendered, Style, render};
use crate::document::{
    Citation, CitationAuthor, CitationItem, Inline, InlineKind, PhraseRole, ReferenceId,
    Target,
};
use crate::language::Language;
use crate::source::{FileId, Span};

pub(super) fn language(tag: &str) -> Language {
    Language::parse(tag).unwrap()
}

/// The works of `works.yaml`, one of each kind.
pub(super) fn works() -> References {
    let read = read_text("works.yaml", include_str!("works.yaml"));
    let said: Vec<_> = read.diagnostics.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(said, ["`untitled` has no title"]);
    read.value
}

pub(super) fn cite(reference: ReferenceId) -> Citation {
    let item = CitationItem {
        reference,
        prefix: Vec::new(),
        locator: None,
        suffix: Vec::new(),
        author: CitationAuthor::Named,
    };
    Citation { items: vec![item] }
}

pub(super) fn render_with(
    style: &Style,
    references: &References,
    tag: &str,
    cited: &[(&Citation, Position)],
    listed: &[ReferenceId],
) -> Rendered {
    let cited: Vec<_> = cited
        .iter()
        .zip(1..)
        .map(|(&(citation, position), number)| Cited {
            citation,
            note_number: Some(number),
            positions: vec![position; citation.items.len()],
            span: Span::new(FileId::default(), 0..0),
        })
        .collect();
    render(style, references, &language(tag), &cited, listed)
}

/// Text with its tags; a link in brackets, which must lead where it says.
pub(super) fn html(text: &[Inline]) -> String {
    text.iter().map(one).collect()
}

fn one(inline: &Inline) -> String {
    match &inline.kind {
        InlineKind::Text(words) => words.clone(),
        InlineKind::Link { target: Target::Address(address), content, .. } => {
            assert!(address.contains("://"));
            format!("[{}]", html(content))
        }
        InlineKind::Phrase(phrase) => {
            let tag = match phrase.role {
                PhraseRole::Cite | PhraseRole::Italic => "i",
                PhraseRole::Emphasis => "em",
                PhraseRole::Bold => "b",
                PhraseRole::Superscript => "sup",
                PhraseRole::Span => "span",
                role => panic!("{role:?}"),
            };
            format!("<{tag}>{}</{tag}>", html(&phrase.content))
        }
        kind => panic!("{kind:?}"),
    }
}
