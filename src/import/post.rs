//! A post as an export has it.

use jiff::civil::DateTime;

/// A post from elsewhere. Empty is what its export does not say.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ImportedPost {
    /// A line of text, without tags.
    pub(crate) title: String,
    /// Its name in addresses, decoded.
    pub(crate) slug: String,
    /// As the author's clock had it.
    pub(crate) date: Option<DateTime>,
    pub(crate) updated: Option<DateTime>,
    pub(crate) authors: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) categories: Vec<String>,
    /// A BCP 47 tag.
    pub(crate) language: String,
    /// Where it is on the web.
    pub(crate) address: String,
    /// A line of text.
    pub(crate) excerpt: String,
    /// The address of the picture above it.
    pub(crate) picture: String,
    pub(crate) status: Status,
    /// Markdown.
    pub(crate) body: String,
    /// What readers wrote below it.
    pub(crate) comments: Vec<ImportedComment>,
}

/// What a reader wrote. Empty is what its export does not say.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ImportedComment {
    pub(crate) id: String,
    /// The comment that it answers.
    pub(crate) reply_to: String,
    pub(crate) name: String,
    pub(crate) date: Option<DateTime>,
    /// Markdown.
    pub(crate) text: String,
}

/// Who may read a post on the blog.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Status {
    #[default]
    Published,
    Draft,
    /// Published at a time to come.
    Scheduled,
    Private,
    /// Behind a password.
    Protected,
}
