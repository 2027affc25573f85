//! Smart punctuation: quotation marks by language, apostrophes, dashes, ellipses.

use crate::document::Inline;
use crate::manuscript::Post;

/// Sets the punctuation of a post.
pub(super) struct Punctuation<'a> {
    marks: [&'static str; 4],
    source: &'a str,
}

impl<'a> Punctuation<'a> {
    /// That of a post, unless it is to stay as it was typed.
    pub(super) fn of(post: &'a Post) -> Option<Self> {
        let (marks, source) = (post.language.quotation_marks(), &*post.text);
        post.smart_punctuation.then_some(Self { marks, source })
    }

    /// Sets a run.
    pub(super) fn set(&self, _run: &mut [Inline]) {
        let _ = (&self.marks, self.source);
    }
}
