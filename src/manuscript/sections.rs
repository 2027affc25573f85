//! The sections before and behind the chapters: files that `front` and `back` of book.yaml name, read
//! as posts are.

use std::sync::Arc;

use jiff::civil::Date;

use super::name::{self, FileKind};
use super::post::{self, Candidate, File};
use super::{Post, TitleSource, encoding, fence};
use crate::config::value::{Entry, Kind, Value};
use crate::config::{BookConfig, Generator, Matter, Section, SectionEntry};
use crate::diag::{Code, Diagnostic, Warned};
use crate::site::Site;
use crate::source::{Sources, Span};
use crate::world::{ReadError, World, normalize};

/// Reads the sections of `matter` that have a file, in order. `posted` has the days of the oldest and the newest
/// post.
pub(super) fn read(
    (entries, matter): (&[SectionEntry], Matter),
    config: &BookConfig,
    posted: Option<(Date, Date)>,
    world: &dyn World,
    sources: &mut Sources,
) -> Warned<Vec<Post>> {
    let mut diagnostics = Vec::new();
    let values = Arc::new(values(config, posted));
    let mut sections = Vec::new();
    for entry in entries {
        let Some(path) = &entry.file else { continue };
        let path = normalize(path);
        match text(&path, world) {
            Ok(text) => {
                let file = sources.add(path.as_str(), text.clone());
                let found = File {
                    path: &path,
                    inside: &path,
                    kind: name::kind(&path).unwrap_or(FileKind::Markdown),
                    site: Arc::new(Site::of(Generator::Unknown)),
                    defaults: Arc::new(crate::site::nothing()),
                };
                let candidate = post::read(found, text, file, config);
                let Candidate { mut post, unreadable, diagnostics: told, .. } = candidate;
                diagnostics.extend(unreadable.into_iter().chain(told));
                if !entry.kind.has_title()
                    && post.header.title_source == TitleSource::Heading
                {
                    // What it begins with is a part of it, not the name of a chapter.
                    post.body.start = fence::split(&post.text, file).body;
                    post.header.title_source = TitleSource::Name;
                }
                post.section = Some(Section::of(entry.kind, matter));
                post.origin.header = values.clone();
                sections.push(post);
            }
            Err((message, hint)) => diagnostics.push(
                Diagnostic::new(Code::SectionUnreadable, message)
                    .at(entry.span)
                    .hint(hint),
            ),
        }
    }
    Warned { value: sections, diagnostics }
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
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut entries: Vec<Entry> = [
        ("title", config.title.clone()),
        ("subtitle", optional(&config.subtitle)),
        ("author", config.authors.join(&and)),
        ("authors", config.authors.join(", ")),
        ("publisher", optional(&config.publisher)),
        ("rights", optional(&config.rights)),
        ("description", optional(&config.description)),
        ("isbn", optional(&config.isbn)),
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
