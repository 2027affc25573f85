//! Posts from elsewhere: exports of blogs, feeds and saved pages become files of Markdown.
//!
//! Each kind of export gives [`ImportedPost`]s, one after the other, to a [`Sink`]: none is held
//! longer than it takes to write it. What it has as HTML is read into a tree (`html`), in which
//! the notes are found (`notes`), and written as Markdown (`markdown`).

mod html;
mod markdown;
mod notes;
mod post;
mod selection;
mod wordpress;
mod write;
mod xml;

use crate::diag::Diagnostic;
use markdown::{is_picture_file, watched};

pub(crate) use post::{ImportedPost, Status};
pub(crate) use selection::Selection;
pub(crate) use wordpress::import as import_wordpress;
pub(crate) use write::{file_name, file_text};

/// What an export says of the blog. Empty is what it does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Blog {
    pub(crate) title: String,
    pub(crate) address: String,
    /// A BCP 47 tag.
    pub(crate) language: String,
    pub(crate) authors: Vec<String>,
}

/// What takes in what is found, as it is found.
pub(crate) trait Sink {
    /// A post that is wanted.
    fn post(&mut self, post: ImportedPost);

    /// Something that is left out, and why, as half a sentence in the plural: `drafts`.
    fn left_out(&mut self, kind: &'static str);

    /// Something of a post that is lost, or stays as it was written: said once, with how often.
    fn loss(&mut self, what: String, post: &str);

    /// Something else to report.
    fn report(&mut self, diagnostic: Diagnostic);

    /// What is known of the blog.
    fn blog(&mut self, blog: Blog);
}
