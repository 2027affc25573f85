//! What the tool itself writes into a book, made once for both editions.

use super::{Book, Metadata};
use crate::address;
use crate::config::{Isbn, Isbns, TextSpans};
use crate::document::{Block, BlockKind, Inline, PhraseRole};
use crate::language::{Language, LocaleStrings};
use crate::source::Span;

/// The copyright page: what the book is, whose, which edition, and when and where its posts appeared;
/// on `paper` also what it is set in.
pub(crate) fn copyright_page(book: &Book, paper: bool) -> Vec<Block> {
    let Metadata { title, publisher, rights, edition, spans, typefaces, .. } =
        &book.metadata;
    let title = Inline::text(title.as_str(), spans.title);
    let mut head = vec![Inline::phrase(PhraseRole::Italic, vec![title], spans.title)];
    let volume = book.metadata.volume.as_ref();
    head.extend(volume.map(|volume| own_text(format!(", {}", volume.name()))));
    head.extend(authors(&book.metadata));
    let text = |text: &Option<String>, span| {
        text.as_ref().map(|text| vec![Inline::text(text.as_str(), span)])
    };
    let set_in = (paper && !typefaces.is_empty())
        .then(|| vec![own_text(book.metadata.language.set_in(typefaces))]);
    let lines = [
        Some(head),
        copyright(&book.metadata),
        text(rights, spans.rights),
        text(publisher, spans.publisher),
        text(edition, spans.edition),
    ];
    let isbns = isbns(&book.metadata.isbns).into_iter();
    let isbns = isbns.map(|line| Some(vec![own_text(line)]));
    let lines = lines.into_iter().chain(isbns);
    let lines = lines.chain([posted(&book.metadata), set_in]).flatten();
    let paragraphs = lines.map(BlockKind::Paragraph);
    paragraphs.map(|paragraph| Block::new(paragraph, Span::DETACHED)).collect()
}

/// `© 2017 A. Blogger`, unless the line on rights says so itself, or nobody holds them.
fn copyright(metadata: &Metadata) -> Option<Vec<Inline>> {
    let Metadata { copyright, rights, authors, spans, language, modified, .. } = metadata;
    let says_so = |rights: &String| {
        rights.contains('©') || rights.to_lowercase().contains("copyright")
    };
    if rights.as_ref().is_some_and(says_so) || copyright.as_deref() == Some("none") {
        return None;
    }
    let mut line = vec![own_text(format!("© {} ", modified.year()))];
    match copyright {
        Some(holder) => line.push(Inline::text(holder.as_str(), spans.copyright)),
        None if authors.is_empty() => return None,
        None => line.extend(names(authors, language.words(), spans)),
    }
    Some(line)
}

/// A line for each ISBN: alone where both editions have one and the same.
fn isbns(isbns: &Isbns) -> Vec<String> {
    let line = |isbn: &Isbn, edition: &str| format!("ISBN {}{edition}", isbn.printed);
    match (&isbns.epub, &isbns.pdf) {
        (Some(epub), Some(pdf)) if epub == pdf => vec![line(epub, "")],
        (epub, pdf) => {
            let epub = epub.as_ref().map(|isbn| line(isbn, " (EPUB)"));
            let pdf = pdf.as_ref().map(|isbn| line(isbn, " (PDF)"));
            epub.into_iter().chain(pdf).collect()
        }
    }
}

/// When and where the posts appeared.
fn posted(metadata: &Metadata) -> Option<Vec<Inline>> {
    let Metadata { posted, site, language, .. } = metadata;
    let (first, last) = (*posted)?;
    let (first, last) = (language.date(first), language.date(last));
    let range = if first == last { first } else { format!("{first} – {last}") };
    let site = site.as_deref().map(|site| {
        let site = address::printed(site);
        let bare = site.split_once("://").map_or(site.as_str(), |(_, bare)| bare);
        format!(", {}", bare.trim_end_matches('/'))
    });
    let site = site.unwrap_or_default();
    Some(vec![own_text(format!("{}: {range}{site}", language.words().posted))])
}

/// Whose the book is: ` by A`, ` by A and B`, ` by A, B, and C`.
fn authors(metadata: &Metadata) -> Vec<Inline> {
    let Metadata { authors, language, spans, .. } = metadata;
    let words = language.words();
    let by = (!authors.is_empty()).then(|| own_text(format!(" {} ", words.by)));
    by.into_iter().chain(names(authors, words, spans)).collect()
}

/// Names of authors as running text.
fn names(authors: &[String], words: &LocaleStrings, spans: &TextSpans) -> Vec<Inline> {
    let named = separators(authors.len(), words).zip(authors.iter().enumerate());
    let named = named.flat_map(|(separator, (index, name))| {
        [own_text(separator), Inline::text(name.as_str(), spans.author(index))]
    });
    named.collect()
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
