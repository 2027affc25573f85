//! Gathering: search, read, select, order, divide.

mod dates;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::biographies::Biographies;
use super::chapters;
use super::date::DayOrder;
use super::name::FileKind;
use super::post::{self, Candidate, File};
use super::sections::Sections;
use super::select::{Exclusion, Selector};
use super::tags::{TagCounts, posts};
use super::{LeftOut, Manuscript, Post, date, encoding, name, order, parts, title};
use crate::config::{BookConfig, Order, Piece, TagName};
use crate::diag::{Code, Diagnostic, Outcome, Severity, Warned};
use crate::site::{Site, Sites};
use crate::source::Sources;
use crate::world::{World, normalize};

use dates::Dates;

/// Gathers the posts that `config` asks for.
///
/// # Errors
/// Every diagnostic, if one of them is an error: a folder is absent, nobody has a tag that is
/// asked for, the explicit order names a post that is not there, or no post is left.
pub(crate) fn gather(
    config: &BookConfig,
    world: &dyn World,
    sources: &mut Sources,
) -> Outcome<Manuscript> {
    let mut gatherer = Gatherer {
        config,
        world,
        selector: Selector::new(&config.gather, world.today()),
        tags: TagCounts::default(),
        sites: Sites::new(&config.gather, world),
        dates: Dates::default(),
        converted: None,
        selected: Vec::new(),
        excluded: Vec::new(),
        diagnostics: Vec::new(),
    };
    for (path, found) in gatherer.search(sources) {
        gatherer.read(&path, found, sources);
    }
    gatherer.settle_dates();
    gatherer.check_tags();
    gatherer.put_in_order();
    gatherer.finish(sources)
}

/// Where a file was found.
struct Found {
    /// Where in its path the part inside of the folder that was searched begins.
    inside: usize,
    /// What it is.
    kind: FileKind,
    /// The blog that this folder belongs to.
    site: Arc<Site>,
}

struct Gatherer<'a> {
    config: &'a BookConfig,
    world: &'a dyn World,
    selector: Selector<'a>,
    tags: TagCounts,
    sites: Sites<'a>,
    dates: Dates,
    /// The file that was read last, and its encoding, if that was not UTF-8.
    converted: Option<(String, &'static str)>,
    selected: Vec<Candidate>,
    excluded: Vec<(LeftOut, Exclusion)>,
    diagnostics: Vec<Diagnostic>,
}

impl Gatherer<'_> {
    /// The files that may be posts, by path.
    fn search(&mut self, sources: &mut Sources) -> BTreeMap<String, Found> {
        let mut found = BTreeMap::new();
        for folder in &self.config.gather.from {
            let prefix = normalize(folder);
            match self.world.files(folder) {
                Ok(files) => {
                    let site =
                        self.sites.of_folder(folder, sources, &mut self.diagnostics);
                    for path in files {
                        let inside = path.strip_prefix(&prefix).unwrap_or(&path);
                        let inside = inside.trim_start_matches('/');
                        let Some(kind) = name::kind(inside) else { continue };
                        let inside = path.len() - inside.len();
                        let site = site.clone();
                        found.entry(normalize(&path)).or_insert(Found {
                            inside,
                            kind,
                            site,
                        });
                    }
                }
                Err(error) => {
                    let message = match error {
                        crate::world::ReadError::NotFound => {
                            format!("there is no folder `{folder}`")
                        }
                        error => format!("the folder `{folder}` cannot be read: {error}"),
                    };
                    self.diagnostics.push(
                        Diagnostic::new(Code::FolderUnreadable, message)
                            .at(self.config.gather.from_span)
                            .hint("`gather.from` names the folder that holds the posts"),
                    );
                }
            }
        }
        found
    }

    /// Reads one file. Only posts that are selected, or are told about, stay in memory.
    fn read(&mut self, path: &str, found: Found, sources: &mut Sources) {
        if name::is_section(path) {
            return self.exclude(path, Exclusion::Section);
        }
        let Found { inside, kind, site } = found;
        let inside = path.get(inside..).unwrap_or(path);
        if let Some(exclusion) = self.selector.pattern(path, inside) {
            return self.exclude(path, exclusion);
        }
        if self.config.section_files().any(|file| normalize(file) == path) {
            return self.exclude(path, Exclusion::FrontOrBack);
        }
        if let FileKind::Foreign(format) = kind {
            return self.exclude(path, Exclusion::Foreign(format));
        }
        let Some(text) = self.text(path) else { return };
        let defaults = self.sites.defaults(path, &site, sources);
        let found = File { path, inside, kind, site, defaults };
        let file = sources.id(path);
        let mut candidate = post::read(found, text.clone(), file, self.config);
        chapters::edit(&mut candidate, self.config);
        self.tags.add(&candidate.post.header.tags);
        let order = self.dates.note(&candidate);
        let exclusion = match kind {
            FileKind::Text if !candidate.has_header => Some(Exclusion::NoHeader),
            _ => self.selector.exclusion(&candidate),
        };
        let exclusion = exclusion.or_else(|| match order {
            DayOrder::Either(_) => None,
            _ => self.selector.exclusion_by_date(&candidate),
        });
        if exclusion.is_none() || candidate.unreadable.is_some() {
            sources.add(path, text);
        }
        self.diagnostics.extend(candidate.unreadable.clone());
        match exclusion {
            Some(exclusion) => self.exclude_post(candidate.post, exclusion),
            None => {
                self.say_converted();
                let Post { text, body, origin, .. } = &mut candidate.post;
                let body = &text[body.clone()];
                origin.included = origin.site.included(body, path, self.world);
                self.selected.push(candidate);
            }
        }
    }

    /// Dates whose order of day and month the post alone does not say.
    fn settle_dates(&mut self) {
        let diagnostic = self.dates.settle(&mut self.selected, &self.config.language);
        self.diagnostics.extend(diagnostic);
        for candidate in std::mem::take(&mut self.selected) {
            match self.selector.exclusion_by_date(&candidate) {
                Some(exclusion) => self.exclude_post(candidate.post, exclusion),
                None => self.selected.push(candidate),
            }
        }
    }

    /// Says that a post that is in the book was not UTF-8.
    fn say_converted(&mut self) {
        let Some((path, encoding)) = self.converted.take() else { return };
        let message = format!("`{path}` is not UTF-8: it was read as {encoding}");
        let diagnostic = Diagnostic::new(Code::PostEncoding, message);
        let hint = "save it as UTF-8, and look whether its accents are right";
        self.diagnostics.push(diagnostic.hint(hint));
    }

    fn text(&mut self, path: &str) -> Option<Arc<str>> {
        self.converted = None;
        let (message, hint) = match self.world.read(path) {
            Ok(bytes) => match encoding::decode(&bytes) {
                Some((text, None)) => return Some(text.into()),
                Some((text, Some(encoding))) => {
                    self.converted = Some((path.to_owned(), encoding));
                    return Some(text.into());
                }
                None => (
                    format!(
                        "`{path}` is not text: its bytes are of no encoding that is known"
                    ),
                    "it is left out; save it as UTF-8 to have it in the book",
                ),
            },
            Err(error) => (
                format!("`{path}` cannot be read: {error}"),
                match path.contains(char::REPLACEMENT_CHARACTER) {
                    true => "it is left out; rename it to have it in the book",
                    false => {
                        "it is left out; see that you may read the file to have it in the \
                         book"
                    }
                },
            ),
        };
        self.diagnostics.push(Diagnostic::new(Code::PostUnreadable, message).hint(hint));
        self.exclude(path, Exclusion::Unreadable);
        None
    }

    /// Leaves out a file of which no more is known than its path.
    fn exclude(&mut self, path: &str, exclusion: Exclusion) {
        let slug = name::slug(path).to_owned();
        let title = title::from_name(&slug);
        let reason = exclusion.reason();
        let date = date::in_path(path);
        let left_out = LeftOut { path: path.to_owned(), title, slug, date, reason };
        self.excluded.push((left_out, exclusion));
    }

    /// Leaves out a post that was read.
    fn exclude_post(&mut self, post: Post, exclusion: Exclusion) {
        let Post { path, slug, header, .. } = post;
        let (title, date, reason) = (header.title, header.date, exclusion.reason());
        let left_out = LeftOut { path, title, slug, date, reason };
        self.excluded.push((left_out, exclusion));
    }

    /// A tag that nobody has is a slip, not an empty book.
    fn check_tags(&mut self) {
        let selection = &self.config.gather;
        for tag in selection.any.iter().chain(&selection.all) {
            if !self.tags.contains(&tag.name) {
                let message = format!("no post has the tag `{}`", tag.name);
                let mut diagnostic =
                    Diagnostic::new(Code::UnknownTag, message).at(tag.span);
                diagnostic.hints = self.tags.hints(&tag.name);
                self.diagnostics.push(diagnostic);
            }
        }
    }

    fn put_in_order(&mut self) {
        let selection = &self.config.gather;
        order::sort(&mut self.selected, &selection.order);
        let Order::Explicit(names) = &selection.order else { return };
        self.leave_out(&selection.left_out);
        let excluded = self
            .excluded
            .iter()
            .map(|(post, _)| (name::slug(&post.path).to_owned(), post.reason.clone()))
            .collect();
        let listed = order::list(std::mem::take(&mut self.selected), names, &excluded);
        self.selected = listed.posts;
        self.diagnostics.extend(listed.diagnostics);
        // Without tags and dates the list is the selection, and nothing is forgotten.
        let selects = selection.arrangement.is_some()
            || !selection.any.is_empty()
            || !selection.all.is_empty()
            || selection.first.is_some()
            || selection.last.is_some();
        if selects {
            self.diagnostics.extend(order::forgotten(&listed.unlisted, names, selection));
        }
        for candidate in listed.unlisted {
            let list = selection.list().to_owned();
            self.exclude_post(candidate.post, Exclusion::Unlisted(list));
        }
    }

    /// Leaves out the posts that the arrangement names for that.
    fn leave_out(&mut self, names: &[TagName]) {
        let names: BTreeSet<&str> = names.iter().map(|it| it.name.as_str()).collect();
        if names.is_empty() {
            return;
        }
        let list = self.config.gather.list();
        for candidate in std::mem::take(&mut self.selected) {
            let Post { slug, path, .. } = &candidate.post;
            if names.contains(slug.as_str()) || names.contains(path.as_str()) {
                let exclusion = Exclusion::LeftOut(list.to_owned());
                self.exclude_post(candidate.post, exclusion);
            } else {
                self.selected.push(candidate);
            }
        }
    }

    fn finish(mut self, sources: &mut Sources) -> Outcome<Manuscript> {
        let is_error = |d: &Diagnostic| d.severity == Severity::Error;
        if self.selected.is_empty() && !self.diagnostics.iter().any(is_error) {
            self.diagnostics.push(self.nothing_left());
        }
        for candidate in &mut self.selected {
            self.diagnostics.append(&mut candidate.diagnostics);
        }
        if self.diagnostics.iter().any(is_error) {
            return Err(self.diagnostics);
        }
        let (selected, known) = (self.selected, &self.tags);
        let mut parts =
            parts::divide(selected, self.config, known, &mut self.diagnostics);
        let sections = Sections::read(self.config, &parts, self.world, sources)
            .into_value(&mut self.diagnostics);
        let mut left_out: Vec<LeftOut> =
            self.excluded.into_iter().map(|(post, _)| post).collect();
        left_out.sort_by(|a, b| a.path.cmp(&b.path));
        let chapters = parts.iter().flat_map(|part| &part.posts);
        self.diagnostics.extend(chapters::unknown(self.config, chapters, &left_out));
        let chapters = parts.iter_mut().flat_map(|part| &mut part.posts);
        let (config, world) = (self.config, self.world);
        chapters::read_notes(config, chapters, world, sources, &mut self.diagnostics);
        if config.pieces.has(Piece::Biography) {
            let said = &mut self.diagnostics;
            let biographies = Biographies::read(config, world, sources, said);
            let chapters = parts.iter_mut().flat_map(|part| &mut part.posts);
            biographies.after_chapters(config, chapters, said);
        }
        if self.diagnostics.iter().any(is_error) {
            return Err(self.diagnostics);
        }
        let (posts, parts) = sections.around(parts);
        let value = Manuscript { posts, parts, left_out };
        Ok(Warned { value, diagnostics: self.diagnostics })
    }

    fn nothing_left(&self) -> Diagnostic {
        let folders = self.config.gather.from.join("`, `");
        let diagnostic = Diagnostic::new(
            Code::NoPosts,
            format!("no post was gathered from `{folders}`"),
        )
        .at(self.config.gather.from_span);
        if self.excluded.is_empty() {
            let hint =
                "posts are files that end in `.md`, `.markdown`, `.html` and the like";
            return diagnostic.hint(hint);
        }
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, exclusion) in &self.excluded {
            *reasons.entry(exclusion.of_many()).or_default() += 1;
        }
        let reasons: Vec<String> =
            reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
        let found = posts(self.excluded.len());
        diagnostic
            .hint(format!("{found} found: {}", reasons.join(", ")))
            .hint("`bindery list --why` says why for each")
    }
}

#[cfg(test)]
mod tests;
