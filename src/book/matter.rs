//! What the tool itself writes into a book, made once for both editions.

use super::{Book, Metadata};
use crate::document::{Block, BlockKind, Inline, PhraseRole};
use crate::language::{Language, LocaleStrings};
use crate::source::Span;

/// The copyright page: what the book is, whose, and when its posts appeared.
pub(crate) fn copyright_page(book: &Book) -> Vec<Block> {
    let Metadata { title, language, publisher, rights, posted, isbn, spans, .. } =
        &book.metadata;
    let words = language.words();
    let posted = posted.map(|(first, last)| {
        let (first, last) = (language.date(first), language.date(last));
        let range = if first == last { first } else { format!("{first} – {last}") };
        own_text(format!("{}: {range}", words.posted))
    });
    let title = Inline::text(title.as_str(), spans.title);
    let mut head = vec![Inline::phrase(PhraseRole::Italic, vec![title], spans.title)];
    let volume = book.metadata.volume.as_ref();
    head.extend(volume.map(|volume| own_text(format!(", {}", volume.name()))));
    head.extend(authors(&book.metadata));
    let text = |text: &String, span| Inline::text(text.as_str(), span);
    let lines = [
        posted,
        rights.as_ref().map(|it| text(it, spans.rights)),
        publisher.as_ref().map(|it| text(it, spans.publisher)),
        isbn.as_ref().map(|isbn| own_text(format!("ISBN {isbn}"))),
    ];
    let lines = lines.into_iter().flatten().map(|line| vec![line]);
    let paragraphs = std::iter::once(head).chain(lines).map(BlockKind::Paragraph);
    paragraphs.map(|paragraph| Block::new(paragraph, Span::DETACHED)).collect()
}

/// Whose the book is: ` by A`, ` by A and B`, ` by A, B, and C`.
fn authors(metadata: &Metadata) -> Vec<Inline> {
    let Metadata { authors, language, spans, .. } = metadata;
    let words = language.words();
    let by = (!authors.is_empty()).then(|| own_text(format!(" {} ", words.by)));
    let names = authors.iter().enumerate();
    let named = separators(authors.len(), words).zip(names);
    let named = named.flat_map(|(separator, (index, name))| {
        [own_text(separator), Inline::text(name.as_str(), spans.author(index))]
    });
    by.into_iter().chain(named).collect()
}

/// The colophon: with what the book was made.
pub(crate) fn colophon(language: &Language) -> Vec<Block> {
    let with = language.words().bound_with;
    let line = own_text(format!("{with} bindery {}.", env!("CARGO_PKG_VERSION")));
    vec![Block::new(BlockKind::Paragraph(vec![line]), Span::DETACHED)]
}

/// Words that nobody wrote.
fn own_text(words: String) -> Inline {
    Inline::text(words, Span::DETACHED)
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
