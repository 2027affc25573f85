//! The galley: what is to be set, in one long column, not yet on pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::NoteId;
use crate::source::Span;
use crate::style::Break;
use crate::typeset::content::named_string::StringSet;
use crate::typeset::engine::Engine;
use crate::typeset::flow::decoration::{self, BoxDecoration};
use crate::typeset::inline::line::{self, Line, PendingLink};
use crate::typeset::inline::paragraph::{Looseness, Paragraph, Placement};
use crate::typeset::output::frame::{Anchor, Item, ItemKind};
use crate::units::Pt;

/// A column that pages are cut from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Galley {
    /// Its fragments, from top to bottom.
    pub fragments: Vec<Fragment>,
}

/// The notes of a galley that are to stand at the feet of its pages.
pub(crate) type FootNotes = BTreeMap<NoteId, Galley>;

/// A fragment of a galley that no page break tears: as a rule one line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fragment {
    /// The space above it, which falls away at the head of a page.
    pub space: Pt,
    /// Its height.
    pub height: Pt,
    /// What is drawn, measured from its upper left corner.
    pub items: Vec<Item>,
    /// The areas of its links, measured likewise.
    pub links: Vec<PendingLink>,
    /// The places in it that links may lead to.
    pub anchors: Vec<Anchor>,
    /// Whether it must stand on one page with the fragment after it.
    pub keep: bool,
    /// Whether it stands above all columns.
    pub spans_columns: bool,
    /// Whether it is a line that ends with a hyphen.
    pub hyphenated: bool,
    /// The paragraph that begins with it, if it can be set in more lines or fewer.
    pub paragraph: Option<Arc<Paragraph>>,
    /// How many fragments, from this one on, may together move down to the next page while the text
    /// after them goes on: those of a figure.
    pub float: usize,
    /// What is drawn again above it where it begins a page: the head of its table.
    pub repeat: Option<Arc<Fragment>>,
    /// The innermost box with an edge or a background that it stands in.
    pub decoration: Option<Arc<BoxDecoration>>,
    /// How many of its boxes, from the innermost outward, begin with it.
    pub opens: usize,
    /// How many of them end with it.
    pub closes: usize,
    /// What the page that it stands on must know of it; few fragments have anything to say.
    pub page_break: Option<Box<PageBreak>>,
}

/// What a fragment does to its page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PageBreak {
    /// Where it must begin.
    pub break_before: Break,
    /// The named page that it belongs on, where that differs from the fragment before.
    pub page: Option<Arc<str>>,
    /// Whether pages of that name begin anew with it.
    pub opens: bool,
    /// Named strings that it sets.
    pub strings: StringSet,
    /// The number that its page has.
    pub number: Option<u32>,
}

impl Fragment {
    /// A fragment that shows a line with its baseline at `baseline`, `x` from the left.
    pub(crate) fn of_line(line: Line, x: Pt, leading: Pt, baseline: Pt) -> Self {
        let drop = (line.above - baseline).max(Pt::ZERO);
        let more = (line.below - (leading - baseline)).max(Pt::ZERO);
        let mut fragment = Self {
            height: leading + drop + more,
            items: line.items,
            links: line.links,
            anchors: line.anchors,
            ..Self::default()
        };
        fragment.shift(x, baseline + drop);
        fragment
    }

    /// The lines of a paragraph, one below the other.
    pub(crate) fn of_paragraph(
        paragraph: &Paragraph,
        engine: &Engine,
        looseness: Looseness,
    ) -> Vec<Self> {
        let Placement { left, leading, baseline, hidden, .. } = paragraph.placement();
        let lines = paragraph.lines(engine, looseness);
        let count = lines.len();
        let fragments = lines.into_iter().enumerate().map(|(index, line)| {
            let mut fragment = Self::of_line(line, left, leading, baseline);
            fragment.keep = paragraph.keeps(index, count);
            fragment.hyphenated = paragraph.is_hyphenated(looseness, index);
            if hidden {
                fragment.items.clear();
            }
            fragment
        });
        fragments.collect()
    }

    /// Where what it shows was written, as far as that is text.
    pub(crate) fn span(&self) -> Option<Span> {
        self.items.iter().find_map(|item| match &item.kind {
            ItemKind::Text(run) => run.span,
            _ => None,
        })
    }

    /// Moves all that it shows.
    pub(crate) fn shift(&mut self, x: Pt, y: Pt) {
        line::shift(&mut self.items, &mut self.links, x, y);
    }

    /// Takes in all that another fragment shows, moved.
    pub(crate) fn overlay(&mut self, mut other: Self, x: Pt, y: Pt) {
        other.shift(x, y);
        self.height = self.height.max(other.height + y);
        self.items.append(&mut other.items);
        self.links.append(&mut other.links);
        self.anchors.append(&mut other.anchors);
        if let Some(page_break) =
            other.page_break.filter(|page_break| !page_break.strings.is_empty())
        {
            self.page_break().strings.extend(page_break.strings);
        }
    }

    /// By how much the picture that it shows may be made less tall: to two thirds.
    pub(crate) fn max_shrink(&self) -> Pt {
        match self.items.first() {
            Some(Item { kind: ItemKind::Picture { area, .. }, .. }) => {
                area.size.height / 3.0
            }
            _ => Pt::ZERO,
        }
    }

    /// Makes the picture that it shows less tall, and as much narrower.
    pub(crate) fn shrink(&mut self, by: Pt) {
        let Some(Item { kind: ItemKind::Picture { area, .. }, .. }) =
            self.items.first_mut()
        else {
            return;
        };
        let scale = 1.0 - by / area.size.height;
        area.origin.x += area.size.width * ((1.0 - scale) / 2.0);
        area.size.width = area.size.width * scale;
        area.size.height = area.size.height * scale;
        self.height -= by;
    }

    /// What it says to its page.
    pub(crate) fn page_break(&mut self) -> &mut PageBreak {
        self.page_break.get_or_insert_default()
    }
}

impl Galley {
    /// How tall it is, if it were not torn.
    pub(crate) fn height(&self) -> Pt {
        height(&self.fragments)
    }

    /// The whole of it as one fragment.
    pub(crate) fn into_fragment(self) -> Fragment {
        let mut whole = Fragment::default();
        let mut y = Pt::ZERO;
        let mut decorations = decoration::DecorationPieces::default();
        for (index, fragment) in self.fragments.into_iter().enumerate() {
            if index > 0 {
                y += fragment.space;
            }
            let height = fragment.height;
            decorations.add(&fragment, y, y + height);
            whole.overlay(fragment, Pt::ZERO, y);
            y += height;
        }
        whole.items.splice(0..0, decorations.finish());
        whole.height = whole.height.max(y);
        whole
    }

    /// Keeps the fragments from `first` on together with one another.
    pub(crate) fn keep_from(&mut self, first: usize) {
        let last = self.fragments.len().saturating_sub(1);
        for fragment in self.fragments.iter_mut().take(last).skip(first) {
            fragment.keep = true;
        }
    }
}

/// How tall fragments are at the head of a page.
pub(crate) fn height(fragments: &[Fragment]) -> Pt {
    let heights: Pt = fragments.iter().map(|fragment| fragment.height).sum();
    let spaces: Pt = fragments.iter().skip(1).map(|fragment| fragment.space).sum();
    heights + spaces
}

/// How many fragments fit below one another, then back to where a page may end; if it may nowhere, as
/// many as fit.
pub(crate) fn fitting(fragments: &[Fragment], room: Pt) -> usize {
    let fit = while_fit(fragments, |_, height| height <= room);
    last_turn(fragments, fit).unwrap_or(fit)
}

/// How many fragments follow one another of which each fits, given the height that all then have.
pub(crate) fn while_fit(
    fragments: &[Fragment],
    mut fits: impl FnMut(&Fragment, Pt) -> bool,
) -> usize {
    let mut height = Pt::ZERO;
    let fit = fragments.iter().enumerate().take_while(|(index, fragment)| {
        height += fragment.height + if *index == 0 { Pt::ZERO } else { fragment.space };
        fits(fragment, height)
    });
    fit.count()
}

/// How many of the first `fit` fragments may stand on a page, so that it ends where it may.
pub(crate) fn last_turn(fragments: &[Fragment], fit: usize) -> Option<usize> {
    if fit == fragments.len() {
        return Some(fit);
    }
    (1..=fit).rev().find(|&end| !fragments[end - 1].keep)
}
