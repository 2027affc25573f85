//! Comparison: each word of the posts, as their authors wrote them, looked for in both editions.
//!
//! It shares nothing with what reads the posts but the places that are known to be left out, so
//! that what reading loses is found too. `source` finds the words that a post shows, `text` those
//! of an edition; both are compared by letters and digits alone, for typesetting changes marks,
//! spaces and the case of letters.

mod hidden;
mod source;
mod text;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::{Code, Diagnostic};
use crate::manuscript::Manuscript;
use crate::source::{FileId, Span};

pub(crate) use text::EditionText;

/// What a comparison found.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    /// What the edition is called.
    pub(crate) edition: &'static str,
    /// How many words were looked for in each edition.
    pub(crate) words: usize,
    /// How many of these were not found.
    pub(crate) missing: usize,
    /// The passages that they are in.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// How far ahead the next word of a post is looked for, in bytes of the edition: beyond a note, a
/// table's other columns, a caption. A short one may stand anywhere, and within another one.
const WINDOW_BYTES: usize = 4000;
const SHORT_WINDOW_BYTES: usize = 60;

/// Words of so many bytes and fewer are short.
const SHORT_BYTES: usize = 4;

/// So many words in a row that are not where they should be are looked for in the whole chapter.
const RETURN_WORDS: usize = 3;

/// So many words in a row that are not where they should be are missing, unless they stand
/// elsewhere in the same order.
const PASSAGE_WORDS: usize = 6;

/// How often words are looked for in the whole of a chapter, for each post.
const MAX_RETURNS: usize = 200;

/// How many passages and words of all posts are looked for in the whole of an edition: each search
/// takes as long as that has text.
const MAX_SEARCHES: usize = 1000;

/// How many passages of one post are reported.
const MAX_PASSAGES: usize = 20;

/// Looks for the words of all posts in the text of an edition. What stands at `known` places was
/// reported already, or is left out on purpose.
pub(crate) fn compare(
    manuscript: &Manuscript,
    known: &[Span],
    edition: &EditionText,
) -> Comparison {
    let mut comparison = Comparison { edition: edition.name(), ..Comparison::default() };
    let mut known_in: BTreeMap<FileId, Vec<Range<usize>>> = BTreeMap::new();
    for span in known {
        known_in.entry(span.file).or_default().push(span.range());
    }
    let mut searches = MAX_SEARCHES;
    let mut chapters = 0..;
    for post in &manuscript.posts {
        // Sections before and behind the chapters are looked for in the whole.
        let chapter = match post.section {
            None => chapters.next().map(|index: usize| edition.chapter(index)),
            Some(_) => None,
        };
        let chapter = chapter.unwrap_or(edition.whole());
        let body = post.text.get(post.body.clone()).unwrap_or_default();
        let offset = post.body.start;
        let mut words = source::words(body);
        leave_out(&mut words, known_in.remove(&post.file).unwrap_or_default(), offset);
        comparison.words += words.len();
        let passages = missing(&words, edition, chapter, &mut searches);
        for passage in &passages {
            comparison.missing += passage.len();
        }
        for passage in passages.into_iter().take(MAX_PASSAGES) {
            let (first, last) = (&words[passage.start], &words[passage.end - 1]);
            let range = first.range.start + offset..last.range.end + offset;
            let message = match passage.len() {
                1 => format!("a word is not in the {}", edition.name()),
                count => format!("{count} words are not in the {}", edition.name()),
            };
            let diagnostic = Diagnostic::new(Code::TextMissing, message);
            let diagnostic = diagnostic.at(Span::new(post.file, range));
            comparison.diagnostics.push(diagnostic.hint(
                "if a reader should see them, this is a fault of bindery: please report it",
            ));
        }
    }
    comparison
}

/// Leaves out the words that stand in ranges of the file in which their post begins at `offset`.
fn leave_out(
    words: &mut Vec<source::Word>,
    mut ranges: Vec<Range<usize>>,
    offset: usize,
) {
    ranges.sort_by_key(|range| range.start);
    let mut ranges = ranges.into_iter().peekable();
    // Where the ranges end that began before a word.
    let mut end = 0;
    words.retain(|word| {
        while let Some(range) =
            ranges.next_if(|range| range.start < word.range.end + offset)
        {
            end = end.max(range.end);
        }
        end <= word.range.start + offset
    });
}

/// The words of a post that are not in an edition, in passages. They are looked for in `chapter`,
/// and up to `searches` times in the whole.
fn missing(
    words: &[source::Word],
    edition: &EditionText,
    chapter: Range<usize>,
    searches: &mut usize,
) -> Vec<Range<usize>> {
    let mut passages = Vec::new();
    let mut at = chapter.start;
    // The first of the words in a row that are not where they should be.
    let mut first = 0;
    let mut returns = MAX_RETURNS;
    for (index, word) in words.iter().enumerate() {
        let is_short = word.bare.len() <= SHORT_BYTES;
        let window = if is_short { SHORT_WINDOW_BYTES } else { WINDOW_BYTES };
        let mut found = (index, edition.find(&word.bare, at, window));
        // A word that stood further on than it should has led astray.
        if found.1.is_none() && index + 1 - first >= RETURN_WORDS && returns > 0 {
            returns -= 1;
            let from = index + 1 - RETURN_WORDS;
            let bare = bare(&words[from..=index]);
            found = (from, edition.find(&bare, chapter.start, chapter.len()));
        }
        if let (from, Some(end)) = found {
            missing_in(first..from, words, edition, searches, &mut passages);
            at = end;
            first = index + 1;
        }
    }
    missing_in(first..words.len(), words, edition, searches, &mut passages);
    passages
}

/// Words without anything between them.
fn bare(words: &[source::Word]) -> String {
    words.iter().map(|word| word.bare.as_str()).collect()
}

/// Which of some words in a row are nowhere in an edition: those that it has not at all, or all of
/// them, if they are many and stand nowhere in this order.
fn missing_in(
    run: Range<usize>,
    words: &[source::Word],
    edition: &EditionText,
    searches: &mut usize,
    passages: &mut Vec<Range<usize>>,
) {
    if run.is_empty() {
        return;
    }
    if run.len() >= PASSAGE_WORDS && edition.keeps_order() && *searches > 0 {
        *searches -= 1;
        if !edition.contains(&bare(&words[run.clone()])) {
            let lost = run.clone().filter(|&at| !edition.has(&words[at].bare)).count();
            // Most of them are there, in other company: a source that became a note.
            if lost * 3 > run.len() {
                return passages.push(run);
            }
        }
    }
    for at in run {
        let word = &words[at].bare;
        if word.chars().count() > 1 && !edition.has(word) {
            // Where lines end within words, these are found in the whole alone.
            if *searches > 0 {
                *searches -= 1;
                if edition.contains(word) {
                    continue;
                }
            }
            match passages.last_mut() {
                Some(last) if last.end == at => last.end = at + 1,
                _ => passages.push(at..at + 1),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passages(post: &str, edition: &str) -> Vec<String> {
        let words = source::words(post);
        let edition = EditionText::of_text("EPUB", edition);
        let said = |range: Range<usize>| {
            let (first, last) = (&words[range.start], &words[range.end - 1]);
            post[first.range.start..last.range.end].to_owned()
        };
        missing(&words, &edition, edition.chapter(0), &mut 200)
            .into_iter()
            .map(said)
            .collect()
    }

    #[test]
    fn what_is_not_there_is_found() {
        let post = "The ferry left at *noon*, and the crane stood still.";
        assert!(
            passages(post, "The ferry left at noon, and the crane stood still.")
                .is_empty()
        );
        assert_eq!(
            passages(post, "The ferry left at noon, and the stood still."),
            ["crane"]
        );
        assert_eq!(
            passages(post, "The ferry stood still."),
            ["left at *noon*, and the crane"]
        );
    }

    #[test]
    fn what_is_known_is_not_looked_for() {
        let mut words = source::words("The ferry left at noon.");
        leave_out(&mut words, vec![110..114, 104..109, 105..106], 100);
        let left: Vec<&str> = words.iter().map(|word| word.bare.as_str()).collect();
        assert_eq!(left, ["the", "at", "noon"]);
        leave_out(&mut words, vec![100..110, 105..200], 100);
        assert!(words.is_empty());
    }

    #[test]
    fn case_marks_and_hyphens_do_not_count() {
        let edition = "THE FER\u{ad}RY “LEFT” — AT NOON";
        assert!(passages("The ferry \"left\" -- at noon", edition).is_empty());
    }

    #[test]
    fn what_moves_to_a_note_is_there() {
        let post = "The ferry[^1] left.\n\n[^1]: It was the old one.\n\nIt came back.";
        let edition = "The ferry1 left. It came back. 1. It was the old one.";
        assert!(passages(post, edition).is_empty());
    }

    #[test]
    fn every_second_word_of_many() {
        let post: String = (0..20_000).map(|at| format!("w{at}x ")).collect();
        let half: String = (0..20_000).step_by(2).map(|at| format!("w{at}x ")).collect();
        assert!(passages(&post, &post).is_empty());
        assert_eq!(passages(&post, &half).len(), 10_000);
    }
}
