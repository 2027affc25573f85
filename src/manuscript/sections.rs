//! The sections before and behind the chapters: files that `front` and `back` of book.yaml name, read
//! as posts are.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::biographies::{self, Biographies};
use super::name::{self, FileKind};
use super::parts::Members;
use super::post::{self, Candidate, File};
use super::{Post, PostPart, TitleSource, encoding, fence};
use crate::config::value::{Entry, Kind, Value};
use crate::config::{BookConfig, Generator, Matter, Section, SectionEntry, SectionKind};
use crate::diag::{Code, Diagnostic, Warned};
use crate::site::Site;
use crate::source::{Sources, Span};
use crate::world::{ReadError, World, normalize};

/// The sections of a book.
pub(super) struct Sections {
    front: Vec<Post>,
    /// What stands below the titles of parts, by their places in `gather.parts`.
    introductions: BTreeMap<usize, (Option<String>, Option<Post>)>,
    back: Vec<Post>,
}

impl Sections {
    /// Reads the sections that have a file.
    pub(super) fn read(
        config: &BookConfig,
        parts: &[Members],
        world: &dyn World,
        sources: &mut Sources,
    ) -> Warned<Self> {
        let posts = parts.iter().flat_map(|part| &part.posts);
        let dates = || posts.clone().filter_map(|post| post.header.date);
        let posted = dates().min().zip(dates().max());
        let values = Arc::new(values(config, posted));
        let diagnostics = Vec::new();
        let mut reader = Reader { config, values, world, sources, diagnostics };
        let front = reader.sections(&config.front, Matter::Front);
        let mut introductions = BTreeMap::new();
        for at in parts.iter().filter_map(|part| part.listed) {
            let part = &config.listed_parts()[at];
            let introduction = part.intro.as_ref().and_then(|intro| {
                let span = intro.span.unwrap_or(part.span);
                reader.section(
                    SectionKind::PartIntroduction,
                    Matter::Body,
                    &intro.name,
                    span,
                )
            });
            let introduction = introduction.map(|mut post| {
                // Its notes are those to the part.
                post.header.title.clone_from(&part.title);
                post.header.title_span = None;
                post
            });
            introductions.insert(at, (part.subtitle.clone(), introduction));
        }
        let back = reader.sections(&config.back, Matter::Back);
        let value = Self { front, introductions, back };
        Warned { value, diagnostics: reader.diagnostics }
    }

    /// All texts of the book in order, and the parts.
    pub(super) fn around(mut self, parts: Vec<Members>) -> (Vec<Post>, Vec<PostPart>) {
        let mut posts = self.front;
        let mut divided = Vec::with_capacity(parts.len());
        for Members { title, listed, posts: members } in parts {
            let listed = listed.and_then(|at| self.introductions.remove(&at));
            let (subtitle, introduction) = listed.unwrap_or_default();
            let has_introduction = introduction.is_some();
            posts.extend(introduction);
            let start = posts.len();
            posts.extend(members);
            let posts = start..posts.len();
            divided.push(PostPart { title, subtitle, has_introduction, posts });
        }
        posts.append(&mut self.back);
        (posts, divided)
    }
}

struct Reader<'a> {
    config: &'a BookConfig,
    /// What the sections may name.
    values: Arc<Value>,
    world: &'a dyn World,
    sources: &'a mut Sources,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Those of some entries that have a file, in order.
    fn sections(&mut self, entries: &[SectionEntry], matter: Matter) -> Vec<Post> {
        let section = |entry: &SectionEntry| {
            let path = entry.file.as_ref()?;
            self.section(entry.kind, matter, path, entry.span)
        };
        entries.iter().filter_map(section).collect()
    }

    /// The section that a file holds.
    fn section(
        &mut self,
        kind: SectionKind,
        matter: Matter,
        path: &str,
        span: Span,
    ) -> Option<Post> {
        let path = normalize(path);
        if biographies::is_section(self.config, kind, &path) {
            let (config, said) = (self.config, &mut self.diagnostics);
            let biographies = Biographies::read(config, self.world, self.sources, said);
            return biographies.section(config, Section::of(kind, matter));
        }
        let text = match text(&path, self.world) {
            Ok(text) => text,
            Err((message, hint)) => {
                let diagnostic = Diagnostic::new(Code::SectionUnreadable, message);
                self.diagnostics.push(diagnostic.at(span).hint(hint));
                return None;
            }
        };
        let file = self.sources.add(path.as_str(), text.clone());
        let found = File {
            path: &path,
            inside: &path,
            kind: name::kind(&path).unwrap_or(FileKind::Markdown),
            site: Arc::new(Site::of(Generator::Unknown)),
            defaults: Arc::new(crate::site::nothing()),
        };
        let candidate = post::read(found, text, file, self.config);
        let Candidate { mut post, unreadable, diagnostics, .. } = candidate;
        self.diagnostics.extend(unreadable.into_iter().chain(diagnostics));
        if !kind.has_title() && post.header.title_source == TitleSource::Heading {
            // What it begins with is a part of it, not the name of a chapter.
            post.body.start = fence::split(&post.text, file).body;
            post.header.title_source = TitleSource::Name;
        }
        post.section = Some(Section::of(kind, matter));
        post.origin.header = self.values.clone();
        Some(post)
    }
}

fn text(path: &str, world: &dyn World) -> Result<Arc<str>, (String, String)> {
    let bytes = world.read(path).map_err(|error| match error {
        ReadError::NotFound => (
            format!("there is no file `{path}`"),
            "paths begin in the folder of book.yaml".to_owned(),
        ),
        ReadError::Failed(reason) => (
            format!("`{path}` cannot be read: {reason}"),
            "see that you may read it".to_owned(),
        ),
    })?;
    let not_text = || (format!("`{path}` is not text"), "save it as UTF-8".to_owned());
    let (text, _) = encoding::decode(&bytes).ok_or_else(not_text)?;
    Ok(text.into())
}

/// What a section may name in `{{ … }}`, also as `book.title` and so on.
fn values(config: &BookConfig, posted: Option<(Date, Date)>) -> Value {
    let day = |date: Date| config.language.date(date);
    let made = config.date.or(posted.map(|(_, newest)| newest));
    let and = format!(" {} ", config.language.words().and);
    let isbn = config.isbns.pdf.as_ref().or(config.isbns.epub.as_ref());
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut entries: Vec<Entry> = [
        ("title", config.title.clone()),
        ("subtitle", optional(&config.subtitle)),
        ("author", config.authors.join(&and)),
        ("authors", config.authors.join(", ")),
        ("publisher", optional(&config.publisher)),
        ("rights", optional(&config.rights)),
        ("description", optional(&config.description)),
        ("isbn", isbn.map(|it| it.printed.clone()).unwrap_or_default()),
        ("site", optional(&config.site)),
        ("language", config.language.tag().to_owned()),
        ("date", made.map(day).unwrap_or_default()),
        ("year", made.map(|date| date.year().to_string()).unwrap_or_default()),
        ("first-posted", posted.map(|(oldest, _)| day(oldest)).unwrap_or_default()),
        ("last-posted", posted.map(|(_, newest)| day(newest)).unwrap_or_default()),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
    ]
    .map(|(key, text)| entry(key, Kind::Scalar(text)))
    .into();
    entries.push(entry("book", Kind::Map(entries.clone())));
    Value { kind: Kind::Map(entries), span: Span::DETACHED }
}

fn entry(key: &str, kind: Kind) -> Entry {
    let value = Value { kind, span: Span::DETACHED };
    Entry { key: key.to_owned(), span: Span::DETACHED, value }
}
