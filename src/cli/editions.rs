//! From a gathered manuscript to the bytes of its editions.

use super::args::Formats;
use super::project::Project;
use super::report::Report;
use crate::manuscript::Post;

/// A bound book, in every form that was asked for.
pub(super) struct Bound {
    /// How much it holds.
    pub(super) counts: Counts,
    /// Its editions.
    pub(super) editions: Vec<Edition>,
}

/// One file of a book.
pub(super) struct Edition {
    /// What the file's name ends in.
    pub(super) extension: &'static str,
    /// All of it.
    pub(super) bytes: Vec<u8>,
}

/// How much a book or a chapter holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    pub(super) chapters: usize,
    pub(super) words: usize,
    pub(super) notes: usize,
    pub(super) pictures: usize,
    /// Of the PDF, if one was made.
    pub(super) pages: Option<usize>,
}

/// Binds the book. The report is told what is wrong; without a result the book has errors.
///
/// The seam: here `bind::book` makes the book, `epub::write` and `typeset` with `pdf` its
/// editions.
pub(super) fn bind(
    project: &Project,
    _formats: Formats,
    _report: &mut Report,
) -> Option<Bound> {
    let posts = &project.manuscript.posts;
    let mut counts = Counts { chapters: posts.len(), ..Counts::default() };
    for chapter in posts.iter().map(count) {
        counts.words += chapter.words;
        counts.notes += chapter.notes;
        counts.pictures += chapter.pictures;
    }
    Some(Bound { counts, editions: Vec::new() })
}

/// How much a post holds.
pub(super) fn count(post: &Post) -> Counts {
    let body = &post.text[post.body.clone()];
    let is_word = |word: &&str| word.contains(char::is_alphanumeric);
    let words = body.split_whitespace().filter(is_word).count();
    Counts { chapters: 1, words, ..Counts::default() }
}
