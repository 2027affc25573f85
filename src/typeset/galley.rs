//! The galley: what is to be set, in one long column, not yet on pages.

use std::sync::Arc;

use super::frame::{Anchor, Item};
use super::line::Line;
use super::setter::PendingLink;
use crate::units::Pt;

/// A column that pages are cut from.
#[derive(Debug, Clone, Default)]
pub struct Galley {
    /// Its strips, from top to bottom.
    pub strips: Vec<Strip>,
}

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
    /// How many strips, from this one on, may together move down to the next page while the text
    /// after them goes on: those of a figure.
    pub float: usize,
    /// What is drawn again above it where it begins a page: the head of its table.
    pub repeat: Option<Arc<Strip>>,
}

impl Strip {
    /// A strip that shows a line with its baseline at `baseline`, `x` from the left.
    pub fn of_line(line: Line, x: Pt, leading: Pt, baseline: Pt) -> Self {
        let drop = (line.above - baseline).max(Pt::ZERO);
        let mut strip = Self {
            height: leading + drop,
            items: line.items,
            links: line.links,
            anchors: line.anchors,
            ..Self::default()
        };
        strip.shift(x, baseline + drop);
        strip
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
    }
}

impl Galley {
    /// How tall it is, if it were not torn.
    pub fn height(&self) -> Pt {
        height(&self.strips)
    }

    /// How much white the strips from `first` on lack, that what follows them stands on a grid of
    /// lines again.
    pub fn lack(&self, first: usize, leading: Pt) -> Pt {
        let height = height(self.strips.get(first..).unwrap_or_default());
        leading * (height / leading - 1e-6).ceil() - height
    }

    /// The whole of it as one strip.
    pub fn into_strip(self) -> Strip {
        let mut whole = Strip::default();
        let mut y = Pt::ZERO;
        for (index, strip) in self.strips.into_iter().enumerate() {
            if index > 0 {
                y += strip.space;
            }
            let height = strip.height;
            whole.overlay(strip, Pt::ZERO, y);
            y += height;
        }
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
