//! What the tool itself writes into a book, made once for both editions.

use super::Book;
use crate::document::{Block, BlockKind, Inline, PhraseRole};
use crate::language::{Language, LocaleStrings};
use crate::source::Span;

/// The copyright page: what the book is, whose, and when its posts appeared.
pub(crate) fn copyright_page(book: &Book, span: Span) -> Vec<Block> {
    let metadata = &book.metadata;
    let language = &metadata.language;
    let words = language.words();
    let title = Inline::text(metadata.title.as_str(), span);
    let mut head = vec![Inline::phrase(PhraseRole::Italic, vec![title], span)];
    if !metadata.authors.is_empty() {
        let authors = format!(" {} {}", words.by, names(&metadata.authors, words));
        head.push(Inline::text(authors, span));
    }
    let mut paragraphs = vec![head];
    let posted = metadata.posted.map(|(first, last)| {
        let (first, last) = (language.date(first), language.date(last));
        let range = if first == last { first } else { format!("{first} – {last}") };
        format!("{}: {range}", words.posted)
    });
    let isbn = metadata.isbn.as_ref().map(|isbn| format!("ISBN {isbn}"));
    let lines = [posted, metadata.rights.clone(), metadata.publisher.clone(), isbn];
    paragraphs
        .extend(lines.into_iter().flatten().map(|line| vec![Inline::text(line, span)]));
    paragraphs
        .into_iter()
        .map(|content| Block::new(BlockKind::Paragraph(content), span))
        .collect()
}

/// The colophon: with what the book was made.
pub(crate) fn colophon(language: &Language, span: Span) -> Vec<Block> {
    let with = language.words().bound_with;
    let line = format!("{with} bindery {}.", env!("CARGO_PKG_VERSION"));
    vec![Block::new(BlockKind::Paragraph(vec![Inline::text(line, span)]), span)]
}

/// Names as running text: `A`, `A and B`, `A, B, and C`.
fn names(names: &[String], words: &LocaleStrings) -> String {
    let parts = separators(names.len(), words).zip(names);
    parts.flat_map(|(separator, name)| [separator, name.clone()]).collect()
}

/// What stands before each of so many names in running text.
pub(crate) fn separators(
    count: usize,
    words: &LocaleStrings,
) -> impl Iterator<Item = String> {
    let and = words.and;
    // The serial comma is English custom only.
    let comma = if and == "and" && count > 2 { "," } else { "" };
    (0..count).map(move |at| match at {
        0 => String::new(),
        _ if at + 1 == count => format!("{comma} {and} "),
        _ => ", ".to_owned(),
    })
}
