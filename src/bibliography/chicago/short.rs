//! The short form: family name, short title, place (17, 14.30–33).

use super::title::without_article;
use super::writer::Writer;
use super::{Namesakes, locator, names, work};
use crate::bibliography::{Reference, markup};
use crate::document::Locator;

/// A title of more words is cut.
const MAX_TITLE_WORDS: usize = 4;

/// Words at which a title is not cut off.
const WEAK: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "by", "with",
    "from", "as", "is", "der", "die", "das", "und", "von", "le", "la", "les", "de", "du",
    "des", "et", "el", "los", "las", "y", "en", "il", "e", "het", "een", "o",
];

/// Writes a note on a work that was cited before.
pub(super) fn note(
    writer: &mut Writer<'_>,
    reference: &Reference,
    namesakes: &Namesakes<'_>,
    is_named: bool,
    place: Option<&Locator>,
) {
    let language = writer.language;
    if is_named {
        let (people, _) = names::leading(reference);
        writer.text(&names::short(people, namesakes, language));
    }
    writer.comma();
    title(writer, reference);
    writer.comma();
    locator::write(writer, place);
}

/// Writes the author alone, or the title of what has none.
pub(super) fn author(
    writer: &mut Writer<'_>,
    reference: &Reference,
    namesakes: &Namesakes<'_>,
) {
    let (people, _) = names::leading(reference);
    match people {
        [] => title(writer, reference),
        people => writer.text(&names::short(people, namesakes, writer.language)),
    }
}

fn title(writer: &mut Writer<'_>, reference: &Reference) {
    let title = match &reference.short_title {
        Some(short) if !short.is_empty() => short.clone(),
        _ => cut(&reference.title),
    };
    if title.is_empty() {
        work::outlet(writer, reference);
    } else {
        work::styled(writer, reference, &title);
    }
}

/// The main title without its article, at most four words of it.
fn cut(title: &str) -> String {
    let plain = markup::plain(title);
    let main = match plain.find(": ").or_else(|| plain.find(" – ")) {
        Some(at) if at > 0 => plain[..at].trim_end(),
        _ => plain.trim(),
    };
    let main = without_article(main);
    let mut words: Vec<&str> = main.split_whitespace().collect();
    if words.len() <= MAX_TITLE_WORDS {
        // Nothing is cut but the article: the tags may stay.
        let is_whole = plain.trim() == main;
        return if is_whole { title.to_owned() } else { words.join(" ") };
    }
    words.truncate(MAX_TITLE_WORDS);
    while words.len() > 1 && words.last().is_some_and(|word| is_weak(word)) {
        words.pop();
    }
    words.join(" ").trim_end_matches([',', ';']).to_owned()
}

fn is_weak(word: &str) -> bool {
    WEAK.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_titles_keep_what_is_telling() {
        let cases = [
            ("The Rice Wall: A History of Walls", "Rice Wall"),
            ("A Study in Scarlet", "Study in Scarlet"),
            ("North Korea Opens the Border to Traders", "North Korea Opens"),
            ("Reading <i>Moby-Dick</i>", "Reading <i>Moby-Dick</i>"),
            ("The", "The"),
            ("", ""),
            (": odd", ": odd"),
        ];
        for (title, expected) in cases {
            assert_eq!(cut(title), expected);
        }
    }
}
