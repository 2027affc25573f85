//! What is asked of the compiler.

use crate::config::{BookConfig, TagName};
use crate::style::Medium;

/// What is to be made of a book.
#[derive(Default)]
pub struct Request<'a> {
    goal: Goal,
    tags: Vec<String>,
    keeps_pages: bool,
    strict: bool,
    compares_text: bool,
    ignores_arrangement: bool,
    progress: Option<&'a dyn Fn(Stage)>,
}

/// How far to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Goal {
    /// The posts, gathered and ordered.
    Manuscript,
    /// The book, of which editions can be made.
    Book,
    /// The bytes of editions.
    Editions(Formats),
}

/// The formats of editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Formats {
    /// EPUB 3.
    pub epub: bool,
    /// A PDF, for screens or for print as `book.yaml` says.
    pub pdf: bool,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Files are read.
    Reading,
    /// The pages of the PDF are set; the files of the editions follow.
    Typesetting,
    /// The EPUB is written.
    Writing,
}

impl Formats {
    /// Both.
    pub const ALL: Self = Self { epub: true, pdf: true };

    pub(super) fn media(self) -> Vec<Medium> {
        let media = [
            (self.pdf && cfg!(feature = "pdf"), Medium::Print),
            (self.epub && cfg!(feature = "epub"), Medium::Ebook),
        ];
        media.into_iter().filter_map(|(asked, medium)| asked.then_some(medium)).collect()
    }
}

impl Default for Goal {
    fn default() -> Self {
        Self::Editions(Formats::ALL)
    }
}

impl<'a> Request<'a> {
    /// The same up to a goal; without one, both editions are made.
    #[must_use]
    pub fn up_to(mut self, goal: Goal) -> Self {
        self.goal = goal;
        self
    }

    /// The same with posts that carry any of `tags` in place of those that `book.yaml` asks for.
    /// Without tags nothing changes.
    #[must_use]
    pub fn with_tags(mut self, tags: Vec<String>) -> Self {
        self.tags = tags;
        self
    }

    /// The same, and the pages of the PDF are kept: see [`Compiled::pages`](super::Compiled::pages).
    #[must_use]
    pub fn keeping_pages(mut self) -> Self {
        self.keeps_pages = true;
        self
    }

    /// The same, and every warning is an error if `strict`.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// The same, and each word of the posts is looked for in the editions that are made.
    #[must_use]
    pub fn comparing_text(mut self, compares: bool) -> Self {
        self.compares_text = compares;
        self
    }

    /// The same, and the chapters are as `gather` says without `gather.arrangement`.
    #[must_use]
    pub fn ignoring_arrangement(mut self) -> Self {
        self.ignores_arrangement = true;
        self
    }

    /// The same, and `progress` is called when a stage begins.
    #[must_use]
    pub fn with_progress(mut self, progress: &'a dyn Fn(Stage)) -> Self {
        self.progress = Some(progress);
        self
    }

    pub(super) fn goal(&self) -> Goal {
        self.goal
    }

    pub(super) fn keeps_pages(&self) -> bool {
        self.keeps_pages
    }

    pub(super) fn is_strict(&self) -> bool {
        self.strict
    }

    pub(super) fn ignores_arrangement(&self) -> bool {
        self.ignores_arrangement
    }

    pub(super) fn compares_text(&self) -> bool {
        self.compares_text
    }

    pub(super) fn begin(&self, stage: Stage) {
        if let Some(progress) = self.progress {
            progress(stage);
        }
    }

    pub(super) fn choose_tags(&self, config: &mut BookConfig) {
        if !self.tags.is_empty() {
            let name = |tag: &String| TagName { name: tag.clone(), span: None };
            config.gather.any = self.tags.iter().map(name).collect();
        }
    }
}
