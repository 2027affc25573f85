//! Where each page begins, in words that the EPUB understands.

use std::collections::BTreeMap;

use crate::markup::{Begin, PageBreakMarker, counts};
use crate::source::Span;
use crate::typeset::output::frame::{
    Anchor, Frames, ItemKind, MarkedContent, Page, Piece, TextRun,
};
use crate::units::Pt;

/// The pages that something begins on, in their order.
pub(crate) fn page_break_markers(frames: &Frames) -> Vec<PageBreakMarker> {
    let mut openings: BTreeMap<usize, Vec<(Pt, &str)>> = BTreeMap::new();
    for (anchor, place) in &frames.places {
        if let Anchor::Place(name) = anchor
            && !name.contains('#')
        {
            openings.entry(place.page).or_default().push((place.point.y, name));
        }
    }
    let mut marks = Vec::new();
    let mut before = Before::default();
    for (index, page) in frames.pages.iter().enumerate() {
        let top = runs(page).map(|run| run.origin.y).next();
        let opens = openings.get(&index).into_iter().flatten().find(|(y, _)| {
            // What is drawn first is the first line.
            top.is_none_or(|top| *y <= top)
        });
        let begins = match opens {
            Some((_, name)) => Some(Begin::Document((*name).to_owned())),
            None => before.begin(page),
        };
        let folio = page.folio.to_string();
        marks.extend(begins.map(|begins| PageBreakMarker { folio, begins }));
        before.add(page);
    }
    marks
}

/// What stands on earlier pages.
#[derive(Default)]
struct Before {
    /// How many characters of what was written at a place.
    characters: BTreeMap<Span, usize>,
    /// The place that was written last of those on the page before.
    last: Option<Span>,
}

impl Before {
    /// Where a page begins: with its first words that are no earlier than the page before, for a
    /// figure may have moved here.
    fn begin(&self, page: &Page) -> Option<Begin> {
        let spans = || runs(page).filter_map(written);
        let goes_on = |span: &Span| {
            self.last
                .is_none_or(|last| span.file != last.file || span.start >= last.start)
        };
        let first = spans().find(goes_on).or_else(|| spans().next())?;
        Some(Begin::Text(first, self.characters.get(&first).copied().unwrap_or(0)))
    }

    fn add(&mut self, page: &Page) {
        self.last = None;
        for run in runs(page) {
            let Some(span) = written(run) else { continue };
            let words = run.pieces.iter().filter_map(|piece| match piece {
                Piece::Word(word) => {
                    Some(word.text.chars().filter(|c| counts(*c)).count())
                }
                Piece::Space(_) | Piece::Kern(_) => None,
            });
            *self.characters.entry(span).or_default() += words.sum::<usize>();
            if self.last.is_none_or(|last| span.file != last.file || last < span) {
                self.last = Some(span);
            }
        }
    }
}

/// What is read on a page.
fn runs(page: &Page) -> impl Iterator<Item = &TextRun> {
    page.items.iter().filter_map(|item| match (item.kind.upright(), item.mark) {
        (ItemKind::Text(run), MarkedContent::Tagged(_)) => Some(run),
        _ => None,
    })
}

/// Where a run was written, if somebody wrote it.
fn written(run: &TextRun) -> Option<Span> {
    run.span.filter(|span| span.start < span.end)
}
