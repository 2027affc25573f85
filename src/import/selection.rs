//! Which posts of an export are wanted.

use super::Status;
use crate::manuscript::fold_tag;

/// What is asked for beside published posts, and which tags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Of these tags or categories a post has at least one; all posts, if there are none.
    pub(crate) tags: Vec<String>,
    pub(crate) drafts: bool,
    pub(crate) private: bool,
    pub(crate) protected: bool,
    pub(crate) pages: bool,
    /// Whether comments are imported.
    pub(crate) comments: bool,
}

/// What a post is known by before its text is read.
pub(super) struct Candidate<'a> {
    pub(super) status: Status,
    pub(super) is_page: bool,
    pub(super) tags: &'a [String],
    pub(super) categories: &'a [String],
}

impl Selection {
    /// Why a post is not wanted.
    pub(super) fn refusal(&self, post: &Candidate<'_>) -> Option<&'static str> {
        match post.status {
            Status::Draft if !self.drafts => return Some("drafts"),
            Status::Scheduled if !self.drafts => return Some("scheduled posts"),
            Status::Private if !self.private => return Some("private posts"),
            Status::Protected if !self.protected => {
                return Some("posts behind a password");
            }
            _ => {}
        }
        if post.is_page && !self.pages {
            return Some("pages");
        }
        let wanted: Vec<String> = self.tags.iter().map(|tag| fold_tag(tag)).collect();
        let mut own = post.tags.iter().chain(post.categories);
        let has_one = own.any(|tag| wanted.contains(&fold_tag(tag)));
        (!wanted.is_empty() && !has_one).then_some("posts without the tag")
    }
}
