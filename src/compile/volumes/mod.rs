//! The volumes of a book, each a book of its own.

mod cut;
#[cfg(all(feature = "epub", feature = "pdf"))]
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use self::cut::PAGE;
use super::binding::Binder;
use crate::bibliography::Library;
use crate::book::{self, Book, OtherVolumes, Volume, VolumeOf};
use crate::comparison::EditionText;
use crate::config::{BookConfig, ListedVolume, VolumeSettings};
use crate::diag::{Code, Diagnostic, Warned};
use crate::document::{ChapterId, Inline, InlineKind, Target, Visit, walk_inline};
#[cfg(feature = "highlight")]
use crate::highlight;
use crate::manuscript::Manuscript;
use crate::markup::Addresses;
use crate::resolve::Resolved;
use crate::typeset::output::frame::{Anchor, Frames};

/// Volumes, each with the text of its editions, where that is wanted.
pub(super) type Volumes = Vec<(BoundVolume, [Option<EditionText>; 2])>;

/// What volumes are made of.
pub(super) struct Whole<'a> {
    pub(super) config: &'a BookConfig,
    pub(super) settings: &'a VolumeSettings,
    pub(super) manuscript: &'a Manuscript,
    pub(super) resolved: &'a Resolved,
    pub(super) library: &'a Library,
    /// All in one book.
    pub(super) book: &'a Book,
}

/// How often volumes are cut anew because one has too many pages, and set anew because references to
/// others have changed.
const ROUNDS: usize = 3;

/// One of several volumes, bound.
#[derive(Debug)]
#[non_exhaustive]
pub struct BoundVolume {
    /// Its number, from one.
    pub number: u32,
    /// What it is called: `Volume 2: The later years`.
    pub name: String,
    /// How many chapters it has.
    pub chapters: usize,
    /// The bytes of its EPUB, if one was asked for.
    pub epub: Option<Vec<u8>>,
    /// The bytes of its PDF, if one was asked for.
    pub pdf: Option<Vec<u8>>,
    /// How many pages it has, if these were set.
    pub page_count: Option<usize>,
    /// The pages, where the request asks to keep them.
    pub pages: Option<Frames>,
}

/// A volume that is set.
struct SetVolume {
    book: Book,
    config: BookConfig,
    frames: Option<Frames>,
    diagnostics: Vec<Diagnostic>,
}

impl Whole<'_> {
    /// Binds the volumes; none if there is but one. Each comes with the text of its editions.
    pub(super) fn bind(
        &self,
        binder: &Binder,
    ) -> Option<Result<Warned<Volumes>, Diagnostic>> {
        let max_pages = self.settings.max_pages;
        let lengths = max_pages.and_then(|_| {
            let frames = binder.set(self.book, self.config).value;
            frames.map(|frames| self.lengths(&frames))
        });
        let mut most = max_pages.map(|pages| pages * PAGE);
        let mut set = Vec::new();
        for round in 1..=ROUNDS {
            let cuts = match self.cut(lengths.as_ref(), most) {
                Ok(cuts) if cuts.len() < 2 => return None,
                Ok(cuts) => cuts,
                Err(diagnostic) => return Some(Err(diagnostic)),
            };
            set = self
                .volumes(&cuts)
                .into_iter()
                .map(|it| set_volume(it, binder))
                .collect();
            // A chapter that is too long alone cannot be cut.
            let divisible = |it: &&SetVolume| it.book.chapters().nth(1).is_some();
            let pages =
                set.iter().filter(divisible).filter_map(SetVolume::page_count).max();
            let excess = pages.and_then(|pages| u32::try_from(pages).ok());
            let excess =
                excess.zip(max_pages).map(|(pages, max)| pages.saturating_sub(max));
            match (excess, &mut most) {
                (Some(excess), Some(most)) if excess > 0 && round < ROUNDS => {
                    *most = most.saturating_sub(excess * PAGE);
                }
                _ => break,
            }
        }
        refer_to_others(&mut set, binder);
        let pages: Vec<usize> = set.iter().filter_map(SetVolume::page_count).collect();
        let mut diagnostics = self.check(&pages, set.len());
        let volumes = set.into_iter().zip(1..).map(|(volume, number)| {
            let SetVolume { mut book, config, frames, diagnostics: said } = volume;
            let bound = binder.write(&mut book, &config, frames);
            for diagnostic in said.into_iter().chain(bound.diagnostics) {
                if !diagnostics.contains(&diagnostic) {
                    diagnostics.push(diagnostic);
                }
            }
            let name = book.metadata.volume.as_ref().map(Volume::name);
            let volume = BoundVolume {
                number,
                name: name.unwrap_or_default(),
                chapters: book.chapters().count(),
                epub: bound.epub,
                pdf: bound.pdf,
                page_count: bound.page_count,
                pages: bound.pages,
            };
            (volume, bound.texts)
        });
        let value = volumes.collect();
        Some(Ok(Warned { value, diagnostics }))
    }

    /// Each volume as a book of its own, with its settings.
    fn volumes(&self, cuts: &[Range<usize>]) -> Vec<(Book, BookConfig)> {
        let labels = self.labels(cuts);
        let volume = |(run, number): (&Range<usize>, u32)| {
            let said = self.settings.listed.get(number as usize - 1);
            let (mut book, config) = self.volume(run, number, said);
            let here: BTreeSet<ChapterId> = book.texts().map(|text| text.id).collect();
            let elsewhere = labels.iter().filter(|(id, _)| !here.contains(id));
            let labels = elsewhere.map(|(id, label)| (*id, label.clone())).collect();
            book.other_volumes = OtherVolumes { labels, folios: BTreeMap::new() };
            (book, config)
        };
        cuts.iter().zip(1..).map(volume).collect()
    }

    /// What the volume of each chapter is called.
    fn labels(&self, cuts: &[Range<usize>]) -> BTreeMap<ChapterId, String> {
        let chapters: Vec<ChapterId> = self.book.chapters().map(|it| it.id).collect();
        let language = &self.config.language;
        let runs = cuts.iter().zip(1..);
        let labels = runs.flat_map(|(run, number)| {
            let label = language.volume(number);
            chapters[run.clone()].iter().map(move |&chapter| (chapter, label.clone()))
        });
        labels.collect()
    }

    fn volume(
        &self,
        run: &Range<usize>,
        number: u32,
        said: Option<&ListedVolume>,
    ) -> (Book, BookConfig) {
        let (manuscript, places) = self.manuscript.only(run);
        let resolved = self.resolved.only(&places);
        let isbns = said.map(|it| it.isbns.clone()).unwrap_or_default();
        let config = BookConfig { isbns, ..self.config.clone() };
        let volume = Volume {
            number,
            label: self.config.language.volume(number),
            title: said.and_then(|it| it.title.clone()),
            short_title: said.and_then(|it| it.short_title.clone()),
        };
        let volume = VolumeOf { volume, whole: self.book };
        // What is to be said of it was said of the whole.
        let Warned { value: mut book, .. } =
            book::assemble(&config, &manuscript, resolved, self.library, Some(volume));
        book.permissions.clone_from(&self.book.permissions);
        #[cfg(feature = "highlight")]
        if config.highlight_code {
            highlight::highlight(&mut book);
        }
        book.metadata.typefaces.clone_from(&self.book.metadata.typefaces);
        (book, config)
    }

    /// Says where the volumes are not what was asked for.
    fn check(&self, pages: &[usize], volumes: usize) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut say = |message: String, hint: &str| {
            let diagnostic = Diagnostic::new(Code::VolumesDiffer, message);
            diagnostics.push(diagnostic.at(self.settings.span).hint(hint));
        };
        for (number, pages) in (1..).zip(pages) {
            let most =
                self.settings.max_pages.and_then(|most| usize::try_from(most).ok());
            if let Some(most) = most.filter(|most| pages > most) {
                say(
                    format!("volume {number} has {pages} pages, more than {most}"),
                    "it is cut between chapters alone: divide its longest post",
                );
            }
        }
        let named = self.settings.listed.len();
        if named > volumes {
            say(
                format!("there are {volumes} volumes, and names for {named}"),
                "the names that are left over are not used",
            );
        }
        diagnostics
    }
}

impl SetVolume {
    fn page_count(&self) -> Option<usize> {
        self.frames.as_ref().map(|frames| frames.pages.len())
    }
}

/// Sets a volume.
fn set_volume((book, config): (Book, BookConfig), binder: &Binder) -> SetVolume {
    let Warned { value: frames, diagnostics } = binder.set(&book, &config);
    SetVolume { book, config, frames, diagnostics }
}

/// Gives the volumes the pages of what they refer to in the others, and sets those again whose
/// references have changed, until none has.
fn refer_to_others(volumes: &mut [SetVolume], binder: &Binder) {
    for _ in 0..ROUNDS {
        let mut folios: BTreeMap<(ChapterId, Option<String>), String> = BTreeMap::new();
        for volume in volumes.iter() {
            let frames = volume.frames.iter();
            folios.extend(frames.flat_map(|frames| folios_of(&volume.book, frames)));
        }
        let mut have_changed = false;
        for volume in volumes.iter_mut() {
            let known =
                references(&volume.book).into_iter().filter_map(|(chapter, id)| {
                    let folio = folios.get(&(chapter, id.clone()));
                    let folio = folio.or_else(|| folios.get(&(chapter, None)))?;
                    Some(((chapter, id), folio.clone()))
                });
            let known: BTreeMap<_, _> = known.collect();
            if known == volume.book.other_volumes.folios {
                continue;
            }
            have_changed = true;
            volume.book.other_volumes.folios = known;
            let Warned { value, diagnostics } = binder.set(&volume.book, &volume.config);
            (volume.frames, volume.diagnostics) = (value, diagnostics);
        }
        if !have_changed {
            break;
        }
    }
}

/// What a volume refers to in the others.
fn references(book: &Book) -> BTreeSet<(ChapterId, Option<String>)> {
    let mut references =
        References { others: &book.other_volumes, found: BTreeSet::new() };
    for text in book.texts() {
        references.blocks(&text.blocks);
    }
    for note in book.endnotes.iter().flat_map(|group| &group.notes) {
        references.blocks(&note.blocks);
    }
    references.found
}

/// The folio of each place in a volume.
fn folios_of(
    book: &Book,
    frames: &Frames,
) -> BTreeMap<(ChapterId, Option<String>), String> {
    let addresses = Addresses::new(book);
    let names: BTreeMap<&str, ChapterId> =
        book.chapters().map(|it| (addresses.chapter(it.id), it.id)).collect();
    let mut folios = BTreeMap::new();
    for (anchor, place) in &frames.places {
        let Anchor::Place(name) = anchor else { continue };
        let (name, id) = match name.split_once('#') {
            Some((name, id)) => (name, Some(id.to_owned())),
            None => (&**name, None),
        };
        if let (Some(&chapter), Some(page)) =
            (names.get(name), frames.pages.get(place.page))
        {
            folios.insert((chapter, id), page.folio.to_string());
        }
    }
    folios
}

/// Finds the links that lead to other volumes.
struct References<'a> {
    others: &'a OtherVolumes,
    found: BTreeSet<(ChapterId, Option<String>)>,
}

impl Visit for References<'_> {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Link { target: Target::Chapter { chapter, id }, .. } =
            &inline.kind
            && self.others.labels.contains_key(chapter)
        {
            self.found.insert((*chapter, id.clone()));
        }
        walk_inline(self, inline);
    }
}
