//! The galley: what is to be set, in one long column, not yet on pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::NoteId;
use crate::source::Span;
use crate::style::Break;
use crate::typeset::content::named_string::StringSet;
use crate::typeset::engine::Engine;
use crate::typeset::flow::panel::{self, Panel};
use crate::typeset::inline::line::{Line, PendingLink};
use crate::typeset::inline::paragraph::{Choice, Paragraph, Placement};
use crate::typeset::output::frame::{Anchor, Item, ItemKind};
use crate::units::Pt;

/// A column that pages are cut from.
#[derive(Debug, Clone, Default)]
pub struct Galley {
    /// Its strips, from top to bottom.
    pub strips: Vec<Strip>,
}

/// The notes of a galley that are to stand at the feet of its pages.
pub(crate) type FootNotes = BTreeMap<NoteId, Galley>;

/// A strip of a galley that no page break tears: as a rule one line.
#[derive(Debug, Clone, Default)]
pub struct Strip {
    /// The white above it, which falls away at the head of a page.
    pub space: Pt,
    /// Its height.
    pub height: Pt,
    /// What is drawn, measured from its upper left corner.
    pub items: Vec<Item>,
    /// The areas of its links, measured likewise.
    pub links: Vec<PendingLink>,
    /// The places in it that links may lead to.
    pub anchors: Vec<Anchor>,
    /// Whether it must stand on one page with the strip after it.
    pub keep: bool,
    /// Whether it is a line that ends with a hyphen.
    pub hyphenated: bool,
    /// The paragraph that begins with it, if it can be set in more lines or fewer.
    pub paragraph: Option<Arc<Paragraph>>,
    /// How many strips, from this one on, may together move down to the next page while the text
    /// after them goes on: those of a figure.
    pub float: usize,
    /// What is drawn again above it where it begins a page: the head of its table.
    pub repeat: Option<Arc<Strip>>,
    /// The innermost box with an edge or a background that it stands in.
    pub panel: Option<Arc<Panel>>,
    /// How many of its boxes, from the innermost outward, begin with it.
    pub opens: usize,
    /// How many of them end with it.
    pub closes: usize,
    /// What the page that it stands on must know of it; few strips have anything to say.
    pub turn: Option<Box<Turn>>,
}

/// What a strip does to its page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Turn {
    /// Where it must begin.
    pub break_before: Break,
    /// The named page that it belongs on, where that differs from the strip before.
    pub page: Option<Arc<str>>,
    /// Whether pages of that name begin anew with it.
    pub opens: bool,
    /// Named strings that it sets.
    pub strings: StringSet,
    /// The number that its page has.
    pub number: Option<u32>,
}

impl Strip {
    /// A strip that shows a line with its baseline at `baseline`, `x` from the left.
    pub fn of_line(line: Line, x: Pt, leading: Pt, baseline: Pt) -> Self {
        let drop = (line.above - baseline).max(Pt::ZERO);
        let more = (line.below - (leading - baseline)).max(Pt::ZERO);
        let mut strip = Self {
            height: leading + drop + more,
            items: line.items,
            links: line.links,
            anchors: line.anchors,
            ..Self::default()
        };
        strip.shift(x, baseline + drop);
        strip
    }

    /// The lines of a paragraph, one below the other.
    pub(crate) fn of_paragraph(
        paragraph: &Paragraph,
        engine: &Engine,
        choice: Choice,
    ) -> Vec<Self> {
        let Placement { left, leading, baseline, hidden, .. } = paragraph.placement();
        let lines = paragraph.lines(engine, choice);
        let count = lines.len();
        let strips = lines.into_iter().enumerate().map(|(index, line)| {
            let mut strip = Self::of_line(line, left, leading, baseline);
            strip.keep = paragraph.keeps(index, count);
            strip.hyphenated = paragraph.is_hyphenated(choice, index);
            if hidden {
                strip.items.clear();
            }
            strip
        });
        strips.collect()
    }

    /// Where what it shows was written, as far as that is text.
    pub fn span(&self) -> Option<Span> {
        self.items.iter().find_map(|item| match &item.kind {
            ItemKind::Text(run) => run.span,
            _ => None,
        })
    }

    /// Moves all that it shows.
    pub fn shift(&mut self, x: Pt, y: Pt) {
        for item in &mut self.items {
            item.shift(x, y);
        }
        for link in &mut self.links {
            link.area.origin.x += x;
            link.area.origin.y += y;
        }
    }

    /// Takes in all that another strip shows, moved.
    pub fn overlay(&mut self, mut other: Self, x: Pt, y: Pt) {
        other.shift(x, y);
        self.height = self.height.max(other.height + y);
        self.items.append(&mut other.items);
        self.links.append(&mut other.links);
        self.anchors.append(&mut other.anchors);
        if let Some(turn) = other.turn.filter(|turn| !turn.strings.is_empty()) {
            self.turn().strings.extend(turn.strings);
        }
    }

    /// By how much the picture that it shows may be made less tall: to two thirds.
    pub fn gives(&self) -> Pt {
        match self.items.first() {
            Some(Item { kind: ItemKind::Picture { area, .. }, .. }) => {
                area.size.height / 3.0
            }
            _ => Pt::ZERO,
        }
    }

    /// Makes the picture that it shows less tall, and as much narrower.
    pub fn shrink(&mut self, by: Pt) {
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
    pub fn turn(&mut self) -> &mut Turn {
        self.turn.get_or_insert_default()
    }
}

impl Galley {
    /// How tall it is, if it were not torn.
    pub fn height(&self) -> Pt {
        height(&self.strips)
    }

    /// The whole of it as one strip.
    pub fn into_strip(self) -> Strip {
        let mut whole = Strip::default();
        let mut y = Pt::ZERO;
        let mut panels = panel::Fragments::default();
        for (index, strip) in self.strips.into_iter().enumerate() {
            if index > 0 {
                y += strip.space;
            }
            let height = strip.height;
            panels.add(&strip, y, y + height);
            whole.overlay(strip, Pt::ZERO, y);
            y += height;
        }
        whole.items.splice(0..0, panels.finish());
        whole.height = whole.height.max(y);
        whole
    }

    /// Keeps the strips from `first` on together with one another.
    pub fn keep_from(&mut self, first: usize) {
        let last = self.strips.len().saturating_sub(1);
        for strip in self.strips.iter_mut().take(last).skip(first) {
            strip.keep = true;
        }
    }
}

/// How tall strips are at the head of a page.
pub fn height(strips: &[Strip]) -> Pt {
    let heights: Pt = strips.iter().map(|strip| strip.height).sum();
    let spaces: Pt = strips.iter().skip(1).map(|strip| strip.space).sum();
    heights + spaces
}

/// How many strips fit below one another, then back to where a page may end; if it may nowhere, as
/// many as fit.
pub fn fitting(strips: &[Strip], room: Pt) -> usize {
    let fit = while_fit(strips, |_, height| height <= room);
    last_turn(strips, fit).unwrap_or(fit)
}

/// How many strips follow one another of which each fits, given the height that all then have.
pub fn while_fit(strips: &[Strip], mut fits: impl FnMut(&Strip, Pt) -> bool) -> usize {
    let mut height = Pt::ZERO;
    let fit = strips.iter().enumerate().take_while(|(index, strip)| {
        height += strip.height + if *index == 0 { Pt::ZERO } else { strip.space };
        fits(strip, height)
    });
    fit.count()
}

/// How many of the first `fit` strips may stand on a page, so that it ends where it may.
pub fn last_turn(strips: &[Strip], fit: usize) -> Option<usize> {
    if fit == strips.len() {
        return Some(fit);
    }
    (1..=fit).rev().find(|&end| !strips[end - 1].keep)
}
