//! The files that posts are written to.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::pictures::Pictures;
use super::{book, plural};
use crate::diag::{Code, Diagnostic, FileLine};
use crate::import::{
    Blog, ImportedPost, Sink, comments_text, file_name, file_text, hash,
};

/// Writes posts as they come.
pub(super) struct PostFiles {
    folder: PathBuf,
    force: bool,
    blog: Blog,
    written: usize,
    left_out: BTreeMap<&'static str, usize>,
    /// What is read now.
    place: FileLine,
    /// What was lost.
    losses: BTreeMap<String, Loss>,
    /// Hashes of the names that were given, with how many posts would have each: an export may have
    /// more posts than fit in memory.
    names: BTreeMap<u64, usize>,
    /// The names of files that were there, as far as they are named in a message.
    kept: Vec<String>,
    kept_count: usize,
    diagnostics: Vec<Diagnostic>,
    pictures: Pictures,
    /// Whether the disk takes no more.
    is_full: bool,
}

/// Something that was lost.
struct Loss {
    count: usize,
    /// Where it was lost first: the title of the post, and its place.
    post: String,
    place: FileLine,
}

/// How an import went.
pub(super) struct Summary {
    pub(super) words: String,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl PostFiles {
    pub(super) fn new(folder: &Path, force: bool, media: Option<&Path>) -> Self {
        Self {
            folder: folder.to_owned(),
            force,
            blog: Blog::default(),
            written: 0,
            left_out: BTreeMap::new(),
            place: FileLine { path: String::new(), line: None },
            losses: BTreeMap::new(),
            names: BTreeMap::new(),
            kept: Vec::new(),
            kept_count: 0,
            diagnostics: Vec::new(),
            pictures: Pictures::new(folder, media),
            is_full: false,
        }
    }

    /// Lets pictures be fetched.
    #[cfg(feature = "fetch")]
    pub(super) fn fetch(&mut self, allow_private: bool) {
        self.pictures.fetch(allow_private);
    }

    /// Says what file is read next.
    pub(super) fn reading(&mut self, file: &Path) {
        self.place = FileLine { path: file.display().to_string(), line: None };
    }

    /// Where the page that is read next stands.
    pub(super) fn beside(&mut self, folder: Option<&Path>) {
        self.pictures.beside(folder);
    }

    /// A name that no other post of this import has.
    fn name(&mut self, post: &ImportedPost) -> String {
        let stem = file_name(post);
        let mut name = stem.clone();
        while self.names.contains_key(&hash(&name)) {
            let number = self.names.entry(hash(&stem)).or_insert(1);
            *number += 1;
            name = format!("{stem}-{number}");
        }
        self.names.insert(hash(&name), 1);
        format!("{name}.md")
    }

    fn write(&mut self, name: &str, text: &str) -> std::io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let mut options = OpenOptions::new();
        options.write(true);
        if self.force {
            options.create(true).truncate(true);
        } else {
            options.create_new(true);
        }
        options.open(self.folder.join(name))?.write_all(text.as_bytes())
    }

    /// Ends the import, and says how it went.
    pub(super) fn finish(mut self, tags: &[String]) -> Summary {
        for (what, Loss { count, post, place }) in std::mem::take(&mut self.losses) {
            let times = match count {
                1 => format!(" (in “{post}”)"),
                count => format!(" ({count} times, first in “{post}”)"),
            };
            let diagnostic = Diagnostic::new(Code::ImportLoss, what + &times);
            self.diagnostics.push(diagnostic.in_file(&place.path, place.line));
        }
        if self.kept_count > 0 {
            let mut names = self.kept.join(", ");
            if self.kept_count > self.kept.len() {
                names.push_str(" and others");
            }
            let files = plural(self.kept_count, "file");
            let message = format!("{files} in the way, and kept as they were: {names}");
            let hint = "`--force` writes over them; `--into` names another folder";
            let first = self.kept.first().map(|name| self.folder.join(name));
            let first = first.unwrap_or_default().display().to_string();
            let diagnostic = Diagnostic::new(Code::ImportKept, message);
            self.diagnostics.push(diagnostic.in_file(&first, None).hint(hint));
        }
        self.diagnostics.extend(self.pictures.finish());
        let missing = &self.pictures.missing;
        if !missing.is_empty() {
            const MAX_NAMED: usize = 5;
            let mut named = missing[..missing.len().min(MAX_NAMED)].join(", ");
            if missing.len() > MAX_NAMED {
                named.push_str(" and others");
            }
            let pictures = plural(missing.len(), "picture");
            let message =
                format!("{pictures} not found in the folder of uploads: {named}");
            let diagnostic = Diagnostic::new(Code::MissingPicture, message);
            self.diagnostics.push(diagnostic.hint("their addresses stay as they were"));
        }
        let mut words = self.words(tags);
        let (folder, blog) = (self.folder.clone(), std::mem::take(&mut self.blog));
        if self.written > 0 && book::begin(&folder, tags, &blog) {
            let folder = folder.display();
            words.push_str(&format!(
                "\nTo bind them:\n\n    bindery compile --book {folder}"
            ));
        }
        Summary { words, diagnostics: self.diagnostics }
    }

    fn words(&self, tags: &[String]) -> String {
        let folder = self.folder.display();
        let mut words = format!("{} written to {folder}", plural(self.written, "post"));
        if self.pictures.count > 0 {
            words.push_str(&format!(", with {}", plural(self.pictures.count, "picture")));
        }
        let left: Vec<String> = self
            .left_out
            .iter()
            .map(|(kind, count)| format!("{kind} ({count})"))
            .collect();
        if !left.is_empty() {
            words.push_str(&format!("; left out: {}", left.join(", ")));
        }
        if self.written == 0 && !tags.is_empty() {
            words.push_str("\nNo post has that tag.");
        }
        words
    }
}

impl Sink for PostFiles {
    fn post(&mut self, post: ImportedPost) {
        if self.is_full {
            return;
        }
        let name = self.name(&post);
        let written = self.write(&name, &file_text(&post)).and_then(|()| {
            let stem = name.trim_end_matches(".md");
            match post.comments.as_slice() {
                [] => Ok(()),
                all => self.write(&format!("{stem}.comments.yaml"), &comments_text(all)),
            }
        });
        match written {
            Ok(()) => self.written += 1,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                const MAX_NAMED: usize = 3;
                self.kept_count += 1;
                if self.kept.len() < MAX_NAMED {
                    self.kept.push(name);
                }
            }
            Err(error) => {
                let file = self.folder.join(name);
                let name = file.display().to_string();
                let message = format!("{name} cannot be written: {error}");
                let diagnostic = Diagnostic::new(Code::OutputUnwritable, message);
                self.diagnostics.push(diagnostic.in_file(&name, None));
                self.is_full = true;
            }
        }
    }

    fn picture(&mut self, address: &str) -> Option<String> {
        self.pictures.take(address)
    }

    fn left_out(&mut self, kind: &'static str) {
        *self.left_out.entry(kind).or_default() += 1;
    }

    fn loss(&mut self, what: String, post: &str) {
        let place = &self.place;
        let first = || Loss { count: 0, post: post.to_owned(), place: place.clone() };
        self.losses.entry(what).or_insert_with(first).count += 1;
    }

    fn at_line(&mut self, line: u64) {
        self.place.line = Some(line);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn blog(&mut self, blog: Blog) {
        self.blog = blog;
    }
}
