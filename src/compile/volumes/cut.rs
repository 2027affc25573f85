//! Where a book is cut into volumes.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Whole;
use crate::book::{self, even_runs};
use crate::config::{Matter, VolumeCut};
use crate::diag::{Code, Diagnostic, nearest};
use crate::markup::{Builder, DocumentKind, Medium};
use crate::typeset::output::frame::{Anchor, Frames};

/// How long the chapters of a whole book are, in hundredths of a page.
pub(super) struct Lengths {
    /// Of each chapter, with its share of what stands at the back.
    chapters: Vec<u32>,
    /// Of what each volume has anew.
    around: u32,
}

/// So many hundredths are a page.
pub(super) const PAGE: u32 = 100;

impl Whole<'_> {
    /// The chapters of each volume, counted from zero. `most` is the length of the longest, if that
    /// is bounded.
    ///
    /// # Errors
    /// What the volumes of a list begin with is not there, or not in order; there are no parts.
    pub(super) fn cut(
        &self,
        lengths: Option<&Lengths>,
        most: Option<u32>,
    ) -> Result<Vec<Range<usize>>, Diagnostic> {
        let count = self.book.chapters().count();
        let runs = match self.settings.cut {
            VolumeCut::Pages => runs_from(BTreeSet::new(), count),
            VolumeCut::Year => runs_from(self.years(), count),
            VolumeCut::Part => runs_from(self.parts()?, count),
            VolumeCut::Listed => runs_from(self.listed()?, count),
        };
        let (Some(lengths), Some(most)) = (lengths, most) else { return Ok(runs) };
        let most = most.saturating_sub(lengths.around);
        Ok(runs
            .into_iter()
            .flat_map(|run| {
                let start = run.start;
                let pieces = even_runs(&lengths.chapters[run], most);
                pieces.into_iter().map(move |it| it.start + start..it.end + start)
            })
            .collect())
    }

    /// The first chapter of each year.
    fn years(&self) -> BTreeSet<usize> {
        let mut firsts = BTreeSet::new();
        let mut last = None;
        for (at, chapter) in self.book.chapters().enumerate() {
            let year = chapter.date.map(|date| date.year());
            if year.is_some() && year != last {
                firsts.insert(at);
                last = year;
            }
        }
        firsts
    }

    /// The first chapter of each part.
    fn parts(&self) -> Result<BTreeSet<usize>, Diagnostic> {
        if self.book.parts.iter().all(|part| part.title.is_none()) {
            let message = "the book has no parts that volumes could be made of";
            let diagnostic = Diagnostic::new(Code::InvalidValue, message);
            let hint = "`gather.parts` divides it; `volumes: {by: pages, max-pages: 600}` \
                        needs none";
            return Err(diagnostic.at(self.settings.span).hint(hint));
        }
        let mut before = 0;
        let first = |part: &book::Part| {
            let first = before;
            before += part.chapters.len();
            first
        };
        Ok(self.book.parts.iter().map(first).collect())
    }

    /// The chapters that the listed volumes begin with.
    fn listed(&self) -> Result<BTreeSet<usize>, Diagnostic> {
        let mut firsts = BTreeSet::new();
        for from in self.settings.listed.iter().filter_map(|it| it.from.as_ref()) {
            let wrong = |code, message: String, hint: &str| {
                Err(Diagnostic::new(code, message).at(from.span).hint(hint))
            };
            let Some(first) = self.find(&from.name) else {
                let message = format!("no chapter and no part is called `{}`", from.name);
                let slugs = self.manuscript.chapters().map(|post| post.slug.as_str());
                let titles = self.book.parts.iter().filter_map(|it| it.title.as_deref());
                let hint = match nearest(&from.name, slugs.chain(titles)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`bindery list --tree` shows them; a day is written \
                             `2017-08-01`"
                        .to_owned(),
                };
                return wrong(Code::UnknownSlug, message, &hint);
            };
            if firsts.last().is_some_and(|&last| first <= last) || first == 0 {
                let message =
                    format!("the volume before `{}` would have no chapter", from.name);
                let hint = "list volumes in the order of the chapters";
                return wrong(Code::InvalidValue, message, hint);
            }
            firsts.insert(first);
        }
        Ok(firsts)
    }

    /// The chapter that has a slug or a path, that a part of a title begins with, or that is the
    /// first since a day.
    fn find(&self, name: &str) -> Option<usize> {
        let mut posts = self.manuscript.chapters();
        let named = posts.position(|post| post.slug == name || post.path == name);
        let part = || {
            let parts = &self.book.parts;
            let at = parts.iter().position(|it| it.title.as_deref() == Some(name))?;
            Some(parts[..at].iter().map(|part| part.chapters.len()).sum())
        };
        let since = || {
            let day: jiff::civil::Date = name.parse().ok()?;
            let mut chapters = self.book.chapters();
            chapters.position(|it| it.date.is_some_and(|date| date >= day))
        };
        named.or_else(part).or_else(since)
    }

    /// How long the chapters are on the pages of the whole book.
    pub(super) fn lengths(&self, frames: &Frames) -> Lengths {
        let builder = Builder::new(self.book, Medium::Print);
        let addresses = builder.addresses();
        let kinds = builder.kinds().into_iter();
        let mut starts: Vec<(usize, DocumentKind)> = kinds
            .filter_map(|kind| {
                let anchor = Anchor::Place(addresses.document(kind).into_owned().into());
                Some((frames.places.get(&anchor)?.page, kind))
            })
            .collect();
        starts.sort_by_key(|(page, _)| *page);
        let ends = starts.iter().skip(1).map(|(page, _)| *page);
        let ends: Vec<usize> = ends.chain([frames.pages.len()]).collect();
        let (mut chapters, mut around, mut shared, mut part) = (Vec::new(), 0, 0, 0);
        for ((start, kind), end) in starts.iter().zip(ends) {
            let length = PAGE * u32::try_from(end - start).unwrap_or(u32::MAX / PAGE);
            match kind {
                // The pages of its title are those of its first chapter.
                DocumentKind::Part(_) => part = length,
                DocumentKind::Chapter(_) => {
                    chapters.push(length + std::mem::take(&mut part))
                }
                DocumentKind::Colophon | DocumentKind::Section(..) => around += length,
                kind if kind.matter() == Matter::Front => around += length,
                _ => shared += length,
            }
        }
        // The notes and the like are long where the text is.
        let all: u64 = chapters.iter().copied().map(u64::from).sum();
        for length in &mut chapters {
            let share = u64::from(shared) * u64::from(*length) / all.max(1);
            *length = length.saturating_add(u32::try_from(share).unwrap_or(u32::MAX));
        }
        // A chapter of which nothing is known takes a page.
        chapters.resize(self.book.chapters().count(), PAGE);
        Lengths { chapters, around }
    }
}

/// Runs that begin with the first of so many pieces, and with some others.
fn runs_from(mut firsts: BTreeSet<usize>, count: usize) -> Vec<Range<usize>> {
    firsts.insert(0);
    let ends = firsts.iter().copied().skip(1).chain([count]);
    let runs = firsts.iter().zip(ends).map(|(&start, end)| start..end);
    runs.filter(|run| !run.is_empty()).collect()
}
