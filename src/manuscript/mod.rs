//! The manuscript: the posts that a book is made of, gathered and in order.

mod biographies;
mod chapters;
mod date;
mod encoding;
mod fence;
mod gather;
mod header;
mod html;
mod inline_tags;
mod lead;
mod name;
mod order;
mod parts;
mod post;
mod sections;
mod select;
mod tags;
mod title;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::address::is_web;
use crate::config::BookConfig;
use crate::config::Event;
use crate::config::value::Value;
use crate::config::{Generator, Section};
use crate::language::Language;
use crate::site::Site;
use crate::source::{FileId, Span};

pub(crate) use date::of_program as parse_date;
pub(crate) use gather::gather;
pub(crate) use lead::LeadPicture;
pub(crate) use tags::fold as fold_tag;
pub(crate) use title::from_name as title_from_name;

/// The posts of a book.
#[derive(Debug, Clone)]
pub struct Manuscript {
    /// All texts in the order of the book: the posts that were gathered, and the sections before,
    /// between and behind them.
    pub posts: Vec<Post>,
    /// The parts of what was gathered, in order; a book that is not divided is one part without a
    /// title.
    pub parts: Vec<PostPart>,
    /// Those that were not, by path.
    pub left_out: Vec<LeftOut>,
}

/// A part: some of the posts that follow one another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PostPart {
    /// Its title.
    pub title: Option<String>,
    /// Its subtitle.
    pub(crate) subtitle: Option<String>,
    /// Whether what stands below its title is the post before its first one.
    pub(crate) has_introduction: bool,
    /// Which of [`Manuscript::posts`].
    pub posts: Range<usize>,
}

/// A post that is not in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its path.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its name in lists and addresses.
    pub slug: String,
    /// When it was written, if that is known.
    pub date: Option<Date>,
    /// Why, as half a sentence: `is a draft`, `has none of the tags asked for`.
    pub reason: String,
}

/// One post.
#[derive(Debug, Clone)]
pub struct Post {
    /// Its file.
    pub file: FileId,
    /// The file's path.
    pub path: String,
    /// The file's whole text.
    pub text: Arc<str>,
    /// Where in the text its body lies: after the header, and without the first `#` heading
    /// if that gave the title.
    pub body: Range<usize>,
    /// What its header, or else its path, says of it.
    pub header: PostHeader,
    /// Its name in lists and addresses: from the header, else from the path.
    pub slug: String,
    /// What it is written in.
    pub(crate) format: PostFormat,
    /// Whether smart punctuation is applied to it.
    pub smart_punctuation: bool,
    /// The language that it is written in: the header's, else the book's.
    pub language: Language,
    /// What it is written for, and what the blog that it belongs to says.
    pub(crate) origin: Origin,
    /// What it is of the book, if it is no post but a section before or behind the chapters.
    pub(crate) section: Option<Section>,
    /// What editors say before and after it.
    pub(crate) notes: Vec<PostNote>,
}

/// What an editor says before or after a post: Markdown of its own.
#[derive(Debug, Clone)]
pub(crate) struct PostNote {
    /// Where it stands.
    pub(crate) position: NotePosition,
    /// Its text.
    pub(crate) post: Post,
    /// Where it was written, if that is within another file.
    pub(crate) span: Option<Span>,
}

/// Where an editor's note stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotePosition {
    /// Before the text.
    Before,
    /// After the text.
    After,
    /// After the text and all notes: who wrote it, by this name.
    Biography(String),
}

impl Manuscript {
    /// The same with some of its chapters alone, counted from zero, between all sections before and
    /// behind them; and the places of its posts in this one. A part that began before the first of
    /// these chapters has no introduction.
    pub(crate) fn only(&self, chapters: &Range<usize>) -> (Self, Vec<usize>) {
        let whole = |part: &PostPart| {
            part.posts.start - usize::from(part.has_introduction)..part.posts.end
        };
        let first = self.parts.first().map_or(0, |part| whole(part).start);
        let end = self.parts.last().map_or(first, |part| part.posts.end);
        let mut places: Vec<usize> = (0..first).collect();
        let mut parts = Vec::new();
        let mut before = 0;
        for part in &self.parts {
            let count = part.posts.len();
            let inside = |at: usize| at.clamp(before, before + count) - before;
            let (from, to) = (inside(chapters.start), inside(chapters.end));
            before += count;
            if from == to {
                continue;
            }
            let has_introduction = part.has_introduction && from == 0;
            places.extend(has_introduction.then(|| part.posts.start - 1));
            let start = places.len();
            places.extend(part.posts.start + from..part.posts.start + to);
            let posts = start..places.len();
            parts.push(PostPart { has_introduction, posts, ..part.clone() });
        }
        places.extend(end..self.posts.len());
        let posts = places.iter().map(|&at| self.posts[at].clone()).collect();
        (Self { posts, parts, left_out: Vec::new() }, places)
    }

    /// The posts that became chapters, in order.
    pub(crate) fn chapters(&self) -> impl Iterator<Item = &Post> {
        self.posts.iter().filter(|post| post.section.is_none())
    }
}

/// What a post is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum PostFormat {
    /// Markdown, in the dialect of its generator.
    #[default]
    Markdown,
    /// HTML.
    Html,
}

/// The blog that a post comes from.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// What makes the pages of it.
    pub(crate) generator: Generator,
    /// The blog.
    pub(crate) site: Arc<Site>,
    /// The whole header of the post.
    pub(crate) header: Arc<Value>,
    /// What the blog says of it where its header is silent.
    pub(crate) defaults: Arc<Value>,
    /// The files that its text asks for, by the paths that it gives them.
    pub(crate) included: BTreeMap<String, Arc<str>>,
}

impl Origin {
    /// Of a post that stands alone.
    #[cfg(test)]
    pub(crate) fn of(generator: Generator) -> Self {
        let nothing = Arc::new(crate::site::nothing());
        let site = Arc::new(Site::of(generator));
        let (header, defaults) = (nothing.clone(), nothing);
        Self { generator, site, header, defaults, included: BTreeMap::new() }
    }
}

impl Post {
    /// What its header says under a key, if that is text.
    pub(crate) fn said(&self, key: &str) -> Option<&str> {
        self.origin.header.get(key)?.text().filter(|text| !text.is_empty())
    }

    /// What its header says that it is about.
    pub(crate) fn summary(&self) -> Option<&str> {
        ["summary", "description", "excerpt"].iter().find_map(|key| self.said(key))
    }

    /// The day on which it was changed last, if its header says one after the day on which it was
    /// written.
    pub(crate) fn updated(&self) -> Option<Date> {
        const KEYS: [&str; 7] = [
            "lastmod",
            "last_modified_at",
            "last-modified-at",
            "updated",
            "updated_at",
            "modified",
            "date_modified",
        ];
        let said = KEYS.iter().find_map(|key| self.said(key));
        let day = said.and_then(parse_date).map(jiff::civil::DateTime::date)?;
        self.header.date.is_none_or(|written| day > written).then_some(day)
    }

    /// Its address on the web: what its header says, whole or on the blog.
    pub(crate) fn address(&self, config: &BookConfig) -> Option<String> {
        const WHOLE: [&str; 7] = [
            "canonical",
            "canonical_url",
            "canonical-url",
            "canonicalurl",
            "original_url",
            "link",
            "guid",
        ];
        const ON_THE_BLOG: [&str; 3] = ["permalink", "url", "path"];
        let mut keys = WHOLE.iter().chain(&ON_THE_BLOG);
        let whole = keys.find_map(|key| self.said(key).filter(|it| is_web(it)));
        if let Some(whole) = whole {
            return Some(whole.to_owned());
        }
        let site = self.site_address(config)?.trim_end_matches('/');
        // `/:year/:title/` is a pattern.
        let is_path = |path: &&str| !path.contains(':') && path.contains('/');
        let path = ON_THE_BLOG.iter().find_map(|key| self.said(key).filter(is_path))?;
        Some(format!("{site}/{}", path.trim_start_matches('/')))
    }

    /// The address of the blog that it is from: the book's `site`, else the blog's own.
    pub(crate) fn site_address<'a>(&'a self, config: &'a BookConfig) -> Option<&'a str> {
        config.site.as_deref().or(self.origin.site.address.as_deref())
    }
}

/// What gave a post its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TitleSource {
    /// The header, where few blogs read Markdown.
    #[default]
    Header,
    /// A heading, which is Markdown.
    Heading,
    /// The file's name.
    Name,
}

/// What is known of a post.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PostHeader {
    /// The title: the header's, else the first `#` heading, else the file's name.
    pub title: String,
    /// Which of these it is.
    pub title_source: TitleSource,
    /// Where the title was written, if it was.
    pub title_span: Option<Span>,
    /// The title as running heads have it, if the book says another.
    pub(crate) short_title: Option<String>,
    /// The date: the header's, else one in the path.
    pub date: Option<Date>,
    /// The tags, as they are written.
    pub tags: Vec<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// `weight`, or `order`.
    pub weight: Option<f64>,
    /// `permalink`, `url`, `path`, `aliases`: addresses on the blog that lead to it.
    pub addresses: Vec<String>,
    /// The picture that it names, if the book asks for it.
    pub(crate) lead_picture: Option<LeadPicture>,
    /// `event`, `events`: what the post tells of, each with its date.
    pub(crate) events: Vec<Event>,
    /// `sources`: outlets by the name in brackets, each with its address.
    pub sources: Vec<(String, String)>,
}
