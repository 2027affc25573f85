//! Biographies of authors, from the file that `authors-file` of book.yaml names.

use std::sync::Arc;

use super::chapters::post_of;
use super::tags::fold;
use super::{NotePosition, Post, PostNote, encoding};
use crate::config::value::{Kind, Value};
use crate::config::{BookConfig, Piece, Section, SectionKind, yaml};
use crate::diag::{Code, Diagnostic, nearest};
use crate::source::{Sources, Span};
use crate::world::{ReadError, World, normalize};

/// The biographies, in the order of the file.
pub(super) struct Biographies(Vec<Biography>);

struct Biography {
    name: String,
    named_at: Span,
    text: Post,
    /// Where the text was written, if its own places are none of the file.
    span: Option<Span>,
}

impl Biographies {
    /// Reads them, if the book has any.
    pub(super) fn read(
        config: &BookConfig,
        world: &dyn World,
        sources: &mut Sources,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let Some(named) = &config.authors_file else { return Self(Vec::new()) };
        let path = normalize(&named.name);
        let text = match world.read(&path) {
            Ok(bytes) => encoding::decode(&bytes).map(|(text, _)| text),
            Err(ReadError::NotFound) => None,
            Err(ReadError::Failed(_)) => None,
        };
        let Some(text) = text else {
            let message = format!("there is no text in a file `{path}`");
            let wrong = Diagnostic::new(Code::SectionUnreadable, message).at(named.span);
            diagnostics.push(wrong.hint("paths begin in the folder of book.yaml"));
            return Self(Vec::new());
        };
        let text: Arc<str> = text.into();
        let file = sources.add(&path, text.clone());
        let mut read = Vec::new();
        if path.ends_with(".md") {
            for (name, body) in divided(&text) {
                let mut post = post_of(&path, text.clone(), file, config, diagnostics);
                post.body = body;
                let named_at = Span::new(file, name.clone());
                let name = text[name].to_owned();
                read.push(Biography { name, named_at, text: post, span: None });
            }
            return Self(read);
        }
        match yaml::parse(&text, file, 0).map(|value| value.kind) {
            Ok(Kind::Map(entries)) => {
                for entry in entries {
                    let Value { span, .. } = entry.value;
                    let words = entry.value.text().unwrap_or_default();
                    let post = post_of(&path, words.into(), file, config, diagnostics);
                    let (name, named_at) = (entry.key, entry.span);
                    read.push(Biography { name, named_at, text: post, span: Some(span) });
                }
            }
            other => {
                let (message, span) = match other {
                    Err(malformed) => (malformed.message, malformed.span),
                    Ok(_) => ("it is no map".to_owned(), Span::new(file, 0..0)),
                };
                let message = format!("`{path}` cannot be read: {message}");
                let wrong = Diagnostic::new(Code::SectionUnreadable, message).at(span);
                diagnostics
                    .push(wrong.hint("it takes names and texts: `Tom Lee: He writes.`"));
            }
        }
        Self(read)
    }

    /// Puts them after the chapters of their authors; reports those of nobody.
    pub(super) fn after_chapters<'p>(
        &self,
        config: &BookConfig,
        posts: impl Iterator<Item = &'p mut Post>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut used = vec![false; self.0.len()];
        let mut known: Vec<String> = Vec::new();
        for post in posts {
            let own = &post.header.authors;
            let authors = if own.is_empty() { &config.authors } else { own };
            for author in authors {
                let is_it = |it: &Biography| fold(&it.name) == fold(author);
                if let Some(at) = self.0.iter().position(is_it) {
                    used[at] = true;
                    post.notes.push(self.0[at].note());
                }
                if !known.contains(author) {
                    known.push(author.clone());
                }
            }
        }
        for (biography, _) in self.0.iter().zip(used).filter(|(_, used)| !used) {
            let name = &biography.name;
            let message = format!("no chapter is by `{name}`");
            let said = Diagnostic::new(Code::UnusedBiography, message);
            let said = said.at(biography.named_at);
            diagnostics.push(match nearest(name, known.iter().map(String::as_str)) {
                Some(near) => said.hint(format!("do you mean `{near}`?")),
                None => said.hint("the biography was left out"),
            });
        }
    }

    /// All of them as a section at the back.
    pub(super) fn section(&self, config: &BookConfig, section: Section) -> Option<Post> {
        let first = self.0.first()?;
        let mut post = first.text.clone();
        post.header.title = config.language.words().about_the_authors.to_owned();
        post.body = 0..0;
        post.section = Some(section);
        post.notes = self.0.iter().map(Biography::note).collect();
        Some(post)
    }
}

impl Biography {
    fn note(&self) -> PostNote {
        let position = NotePosition::Biography(self.name.clone());
        PostNote { position, post: self.text.clone(), span: self.span }
    }
}

/// Whether a section is that of the biographies.
pub(super) fn is_section(config: &BookConfig, kind: SectionKind, path: &str) -> bool {
    let named = config.authors_file.as_ref();
    kind == SectionKind::AboutTheAuthor
        && !config.pieces.has(Piece::Biography)
        && named.is_some_and(|it| normalize(&it.name) == path)
}

/// The names in a file of Markdown, which are its headings, and what stands below each.
fn divided(text: &str) -> Vec<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let mut headings = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches('#');
        let level = line.len() - words.len();
        if (1..=2).contains(&level) && words.starts_with(' ') {
            let from = start + level + words.len() - words.trim_start().len();
            let name = from..from + words.trim().len();
            headings.push((level, start, name, start + line.len()));
        }
        start += line.len();
    }
    // Where there are two levels, the first is that of the title.
    let level = headings.iter().map(|(level, ..)| *level).max().unwrap_or(1);
    let ends = headings.iter().skip(1).map(|(_, start, ..)| *start);
    let ends: Vec<usize> = ends.chain([text.len()]).collect();
    let own = headings.into_iter().zip(ends).filter(|((own, ..), _)| *own == level);
    own.map(|((_, _, name, from), end)| (name, from..end)).collect()
}

#[cfg(test)]
mod tests {
    use super::divided;

    #[test]
    fn headings_are_names() {
        let text = "# Authors\n\n## Ann Berg\n\nShe sails.\n\n## Tom Lee\nHe rows.\n";
        let found: Vec<(&str, &str)> = divided(text)
            .into_iter()
            .map(|(name, body)| (&text[name], text[body].trim()))
            .collect();
        assert_eq!(found, [("Ann Berg", "She sails."), ("Tom Lee", "He rows.")]);
        assert_eq!(divided("# A\nb\n# C\n").len(), 2);
        assert!(divided("words").is_empty());
    }
}
