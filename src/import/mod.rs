//! Posts from elsewhere: exports of blogs, feeds and saved pages become files of Markdown.
//!
//! Each kind of export gives [`ImportedPost`]s, one after the other, to a [`Sink`]: none is held
//! longer than it takes to write it. What it has as HTML becomes Markdown by
//! `crate::html_to_markdown`.

mod address;
mod decode;
mod feed;
mod ghost;
mod json;
mod kinds;
mod page;
mod post;
mod selection;
mod wordpress;
mod write;
mod xml;

use std::hash::{Hash, Hasher};

use crate::diag::Diagnostic;
use crate::html_to_markdown::tree::Node;
use crate::html_to_markdown::{markdown, notes, plainer};

pub(crate) use feed::Feeds;
pub(crate) use ghost::import as import_ghost;
pub(crate) use kinds::{Kind, kind_of};
pub(crate) use page::{
    SubstackIndex, import as import_page, import_medium, import_substack,
};
pub(crate) use post::{ImportedComment, ImportedPost, Status};
pub(crate) use selection::Selection;
pub(crate) use wordpress::import as import_wordpress;
pub(crate) use write::{comments_text, file_name, file_text};

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

    /// Where the picture of an address is for the post, if it is not to be had from there.
    fn picture(&mut self, address: &str) -> Option<String>;

    /// Something that is left out, and why, as half a sentence in the plural: `drafts`.
    fn left_out(&mut self, kind: &'static str);

    /// Something of a post that is lost, or stays as it was written: said once, with how often.
    fn loss(&mut self, what: String, post: &str);

    /// Something else to report.
    fn report(&mut self, diagnostic: Diagnostic);

    /// The line at which what comes next begins, where that is known.
    fn at_line(&mut self, _line: u64) {}

    /// What is known of the blog.
    fn blog(&mut self, blog: Blog);
}

/// Writes the text of a post, which is in paragraphs, and hands it on. `apart` has the texts of
/// notes that stand elsewhere.
fn finish(
    mut post: ImportedPost,
    nodes: Vec<Node>,
    apart: &[(String, String)],
    sink: &mut dyn Sink,
) {
    let mut body = notes::find(plainer(nodes), apart);
    for nodes in std::iter::once(&mut body.nodes).chain(&mut body.notes) {
        take_pictures(nodes, sink);
    }
    if let Some(own) = Some(&post.picture).filter(|it| !it.is_empty())
        && let Some(file) = sink.picture(own)
    {
        post.picture = file;
    }
    post.body = markdown::write(&body);
    sink.post(post);
}

/// The text of a comment as Markdown.
fn comment_text(nodes: Vec<Node>) -> String {
    markdown::write(&notes::find(plainer(nodes), &[]))
}

fn take_pictures(nodes: &mut [Node], sink: &mut dyn Sink) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        if element.name == "img"
            && let Some(address) = markdown::picture_address(element)
            && let Some(file) = sink.picture(&address)
        {
            element
                .attributes
                .retain(|(key, _)| key == "alt" || key == "title" || key == "class");
            element.attributes.push(("src".to_owned(), file));
        }
        take_pictures(&mut element.children, sink);
    }
}

/// A number for a name, where the names of all posts would not fit in memory.
pub(crate) fn hash(name: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    name.hash(&mut hasher);
    hasher.finish()
}
