//! What `chapters` of book.yaml says of single posts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::date::DayOrder;
use super::name::FileKind;
use super::post::{self, Candidate, File};
use super::{LeadPicture, LeftOut, NotePosition, Post, PostNote, TitleSource, fence};
use crate::config::{BookConfig, ChapterEdit, EditorsNote, Generator, LeadChoice};
use crate::diag::{Code, Diagnostic, nearest};
use crate::site::Site;
use crate::source::{FileId, Sources, Span};
use crate::world::{ReadError, World, normalize};

/// Gives a post what the book says of it.
pub(super) fn edit(candidate: &mut Candidate, config: &BookConfig) {
    for chapter in of(&candidate.post, config) {
        let header = &mut candidate.post.header;
        if let Some(title) = &chapter.title {
            header.title.clone_from(&title.name);
            header.title_source = TitleSource::Header;
            header.title_span = title.span;
        }
        if let Some(date) = chapter.date {
            header.date = Some(date);
            candidate.written = Some(date.into());
            candidate.day_order = (DayOrder::None, None);
        }
        if let Some(authors) = &chapter.authors {
            header.authors.clone_from(authors);
        }
        header.short_title.clone_from(&chapter.short_title);
        match &chapter.lead_picture {
            None => {}
            Some(LeadChoice::None) => header.lead_picture = None,
            Some(LeadChoice::File { path, alt, caption, span }) => {
                header.lead_picture = Some(LeadPicture {
                    address: from_post(&candidate.post.path, path),
                    alt: alt.clone(),
                    caption: caption.clone(),
                    span: *span,
                });
            }
        }
    }
}

/// A path in the folder of book.yaml, as it is from the folder of a post.
fn from_post(post: &str, path: &str) -> String {
    "../".repeat(post.matches('/').count()) + &normalize(path)
}

/// What the book says of a post, by its slug or its path.
fn of<'c>(
    post: &Post,
    config: &'c BookConfig,
) -> impl Iterator<Item = &'c ChapterEdit> + use<'c> {
    let (slug, path) = (post.slug.clone(), post.path.clone());
    let chapters = config.edits.chapters.iter();
    chapters.filter(move |it| it.post.name == slug || it.post.name == path)
}

/// An error for each name that is none of a chapter's.
pub(super) fn unknown<'p>(
    config: &BookConfig,
    posts: impl Iterator<Item = &'p Post>,
    left_out: &[LeftOut],
) -> Vec<Diagnostic> {
    let chapters = &config.edits.chapters;
    if chapters.is_empty() {
        return Vec::new();
    }
    let known: BTreeSet<&str> =
        posts.flat_map(|post| [post.slug.as_str(), post.path.as_str()]).collect();
    let others: BTreeMap<&str, &LeftOut> = left_out
        .iter()
        .flat_map(|it| [(it.slug.as_str(), it), (&*it.path, it)])
        .collect();
    let wrong = chapters.iter().filter(|it| !known.contains(it.post.name.as_str()));
    wrong
        .map(|chapter| {
            let name = chapter.post.name.as_str();
            let (message, hint) = match others.get(name) {
                Some(LeftOut { reason, .. }) => (
                    format!("`chapters` has `{name}`, but the post {reason}"),
                    "take it out, or change the post".to_owned(),
                ),
                None => (
                    format!("no chapter has the slug `{name}`"),
                    match nearest(name, known.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "`bindery list` shows the slugs".to_owned(),
                    },
                ),
            };
            Diagnostic::new(Code::UnknownSlug, message).at(chapter.post.span).hint(hint)
        })
        .collect()
}

/// Reads what editors say before and after the chapters.
pub(super) fn read_notes<'p>(
    config: &BookConfig,
    posts: impl Iterator<Item = &'p mut Post>,
    world: &dyn World,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if config.edits.chapters.is_empty() {
        return;
    }
    for post in posts {
        let mut notes = Vec::new();
        for chapter in of(post, config) {
            let placed = [
                (NotePosition::Before, &chapter.intro),
                (NotePosition::After, &chapter.outro),
            ];
            for (position, note) in placed {
                let Some(note) = note else { continue };
                let mut reader = NoteReader { config, world, sources, diagnostics };
                let (note, span) = reader.read(note);
                notes.extend(note.map(|post| PostNote { position, post, span }));
            }
        }
        post.notes = notes;
    }
}

struct NoteReader<'a> {
    config: &'a BookConfig,
    world: &'a dyn World,
    sources: &'a mut Sources,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl NoteReader<'_> {
    /// A note as a post of its own, and where it was written if that is book.yaml.
    fn read(&mut self, note: &EditorsNote) -> (Option<Post>, Option<Span>) {
        let EditorsNote { text, span } = note;
        let is_file = !text.contains(char::is_whitespace) && text.ends_with(".md");
        if !is_file {
            return (
                Some(self.post("book.yaml", text.as_str().into(), None)),
                Some(*span),
            );
        }
        let path = normalize(text);
        let problem = match self.world.read(&path) {
            Ok(bytes) => match super::encoding::decode(&bytes) {
                Some((text, _)) => {
                    let text: Arc<str> = text.into();
                    return (Some(self.post(&path, text.clone(), Some(text))), None);
                }
                None => format!("`{path}` is not text"),
            },
            Err(ReadError::NotFound) => format!("there is no file `{path}`"),
            Err(ReadError::Failed(reason)) => {
                format!("`{path}` cannot be read: {reason}")
            }
        };
        let hint = "paths begin in the folder of book.yaml; text that is no path may \
                    stand here itself";
        let wrong = Diagnostic::new(Code::SectionUnreadable, problem).at(*span);
        self.diagnostics.push(wrong.hint(hint));
        (None, None)
    }

    fn post(&mut self, path: &str, text: Arc<str>, file: Option<Arc<str>>) -> Post {
        let id = match file {
            Some(text) => self.sources.add(path, text),
            None => self.config.file,
        };
        post_of(path, text, id, self.config, self.diagnostics)
    }
}

/// A text that stands in the book beside the posts, read as one.
pub(super) fn post_of(
    path: &str,
    text: Arc<str>,
    file: FileId,
    config: &BookConfig,
    said: &mut Vec<Diagnostic>,
) -> Post {
    let found = File {
        path,
        inside: path,
        kind: FileKind::Markdown,
        site: Arc::new(Site::of(Generator::Unknown)),
        defaults: Arc::new(crate::site::nothing()),
    };
    let Candidate { mut post, unreadable, diagnostics, .. } =
        post::read(found, text, file, config);
    said.extend(unreadable.into_iter().chain(diagnostics));
    // What it begins with is a part of it, not the name of a chapter.
    if post.header.title_source == TitleSource::Heading {
        post.body.start = fence::split(&post.text, file).body;
    }
    post.header.lead_picture = None;
    post
}
