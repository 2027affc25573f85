//! Which posts the book asks for, and why the others are left out.

use fast_glob::glob_match;
use jiff::civil::Date;

use super::post::Candidate;
use super::tags::fold;
use crate::config::{Selection, TagName};

/// Why a post is not in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Exclusion {
    /// Its file could not be read.
    Unreadable,
    /// It is a section's page.
    Section,
    /// It stands before or behind the chapters.
    FrontOrBack,
    /// `gather.exclude` has a pattern for it.
    Pattern(String),
    /// It is written in another language than is asked for.
    OtherLanguage(String),
    /// It is text in a format that is not read.
    Foreign(&'static str),
    /// It is plain text without a header.
    NoHeader,
    /// There is nothing below its header.
    Empty,
    /// Its author keeps it back.
    HeldBack(&'static str),
    /// Its date is yet to come.
    Future(Date),
    /// It has none of the tags asked for.
    NoTag,
    /// It lacks a tag that all must have.
    Lacks(String),
    /// It has a tag that none may have.
    Barred(String),
    /// It is older or newer than the dates asked for.
    OtherDate(Date),
    /// Dates are asked for, and it has none.
    Undated,
    /// The list of the chapters does not name it.
    Unlisted(String),
    /// The arrangement leaves it out.
    LeftOut(String),
}

impl Exclusion {
    /// Half a sentence on one post.
    pub(super) fn reason(&self) -> String {
        match self {
            Self::Unreadable => "cannot be read as text".to_owned(),
            Self::Foreign(format) => format!("is {format}, which is not read"),
            Self::NoHeader => "is a `.txt` file without a header".to_owned(),
            Self::Section => "is the page of a section, not a post".to_owned(),
            Self::FrontOrBack => "stands in `front` or `back`".to_owned(),
            Self::Pattern(pattern) => format!("matches `{pattern}` of `gather.exclude`"),
            Self::OtherLanguage(tag) => format!("is written in `{tag}`"),
            Self::Empty => "has no text".to_owned(),
            Self::HeldBack(reason) => (*reason).to_owned(),
            Self::Future(date) => format!("is dated {date}, which is yet to come"),
            Self::NoTag => "has none of the tags asked for".to_owned(),
            Self::Lacks(tag) => format!("has no tag `{tag}`"),
            Self::Barred(tag) => format!("has the tag `{tag}`"),
            Self::OtherDate(date) => {
                format!("is dated {date}, outside the dates asked for")
            }
            Self::Undated => "has no date, and dates are asked for".to_owned(),
            Self::Unlisted(list) => format!("is not listed in `{list}`"),
            Self::LeftOut(list) => format!("is among those that `{list}` leaves out"),
        }
    }

    /// Half a sentence on many posts, for when none is left.
    pub(super) fn of_many(&self) -> &'static str {
        match self {
            Self::Unreadable => "not text",
            Self::Foreign(_) => "in formats that are not read",
            Self::NoHeader => "`.txt` files without a header",
            Self::Section => "pages of sections",
            Self::FrontOrBack => "in `front` or `back`",
            Self::Pattern(_) => "that `gather.exclude` rules out",
            Self::OtherLanguage(_) => "in other languages than `gather.language`",
            Self::Empty => "without text",
            Self::HeldBack(_) => "drafts or private",
            Self::Future(_) => "dated in the future",
            Self::NoTag => "without any of the tags asked for",
            Self::Lacks(_) => "without a tag that `gather.tags.all` asks for",
            Self::Barred(_) => "with a tag that `gather.tags.none` rules out",
            Self::OtherDate(_) => "outside the dates asked for",
            Self::Undated => "without a date",
            Self::Unlisted(_) => "not listed among the chapters",
            Self::LeftOut(_) => "left out by hand",
        }
    }
}

/// A selection made ready to be asked of thousands of posts.
pub(super) struct Selector<'a> {
    selection: &'a Selection,
    today: Date,
    any: Vec<String>,
    all: Vec<String>,
    none: Vec<String>,
}

impl<'a> Selector<'a> {
    pub(super) fn new(selection: &'a Selection, today: Date) -> Self {
        let folded = |tags: &[TagName]| tags.iter().map(|tag| fold(&tag.name)).collect();
        let (any, all) = (folded(&selection.any), folded(&selection.all));
        Self { selection, today, any, all, none: folded(&selection.none) }
    }

    /// The pattern of `gather.exclude` that a path matches, which is also given as it is `inside`
    /// of the folder that was searched. One without a slash is that of a file or a folder at any
    /// depth.
    pub(super) fn pattern(&self, path: &str, inside: &str) -> Option<Exclusion> {
        let matches = |pattern: &&String| {
            let plain = pattern.trim_matches('/');
            let is_name = !plain.contains('/');
            glob_match(plain, inside)
                || glob_match(plain, path)
                || glob_match(format!("{plain}/**"), inside)
                || is_name && inside.split('/').any(|part| glob_match(plain, part))
        };
        let pattern = self.selection.exclude.iter().find(matches)?;
        Some(Exclusion::Pattern(pattern.clone()))
    }

    /// Why a post is left out, whenever it was written.
    pub(super) fn exclusion(&self, candidate: &Candidate) -> Option<Exclusion> {
        if let Some(asked) = &self.selection.language {
            let tag = candidate.language.tag();
            let rest = tag.strip_prefix(asked.tag());
            if !rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-')) {
                return Some(Exclusion::OtherLanguage(tag.to_owned()));
            }
        }
        let header = &candidate.post.header;
        let tags: Vec<String> = header.tags.iter().map(|tag| fold(tag)).collect();
        if !self.any.is_empty() && !self.any.iter().any(|tag| tags.contains(tag)) {
            return Some(Exclusion::NoTag);
        }
        if let Some(at) = self.all.iter().position(|tag| !tags.contains(tag)) {
            return Some(Exclusion::Lacks(self.selection.all[at].name.clone()));
        }
        if let Some(at) = self.none.iter().position(|tag| tags.contains(tag)) {
            return Some(Exclusion::Barred(self.selection.none[at].name.clone()));
        }
        if let Some(reason) = candidate.held_back {
            return Some(Exclusion::HeldBack(reason));
        }
        if candidate.post.text[candidate.post.body.clone()].trim().is_empty() {
            return Some(Exclusion::Empty);
        }
        None
    }

    /// Why a post is left out for the day on which it was written.
    pub(super) fn exclusion_by_date(&self, candidate: &Candidate) -> Option<Exclusion> {
        let Selection { first, last, .. } = *self.selection;
        let Some(date) = candidate.post.header.date else {
            return (first.is_some() || last.is_some()).then_some(Exclusion::Undated);
        };
        if date > self.today {
            return Some(Exclusion::Future(date));
        }
        let outside = first.is_some_and(|first| date < first)
            || last.is_some_and(|last| date > last);
        outside.then_some(Exclusion::OtherDate(date))
    }
}
