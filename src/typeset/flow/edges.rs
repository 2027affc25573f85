//! Edges: margins, borders and paddings of a block, and what they leave for its content.

use std::sync::Arc;

use super::{Context, Flow};
use crate::style::{Sides, Style};
use crate::typeset::flow::decoration::BoxDecoration;
use crate::typeset::flow::galley::Fragment;
use crate::units::Pt;

/// The widths around a block's content, and its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edges {
    pub(super) margin: Sides<Pt>,
    pub(super) border: Sides<Pt>,
    pub(super) padding: Sides<Pt>,
    pub(super) width: Pt,
}

/// Content is made no narrower than this by what is around it, in em: deeply nested quotations
/// and lists stay where lines of a few words still fit.
const LEAST: f64 = 11.0;

impl Edges {
    /// The edges of a block whose width is `natural` unless its style says otherwise; without
    /// either it takes what there is.
    pub(super) fn new(style: &Style, natural: Option<Pt>, cx: Context) -> Self {
        let of = |length: crate::style::Length| length.of(cx.measure);
        let border = style.border;
        let border = Sides {
            top: border.top.shown(),
            right: border.right.shown(),
            bottom: border.bottom.shown(),
            left: border.left.shown(),
        };
        let padding = Sides {
            top: of(style.padding.top),
            right: of(style.padding.right),
            bottom: of(style.padding.bottom),
            left: of(style.padding.left),
        };
        let given = |side: Option<crate::style::Length>| side.map_or(Pt::ZERO, of);
        let mut margin = Sides {
            top: given(style.margin.top),
            right: given(style.margin.right),
            bottom: given(style.margin.bottom),
            left: given(style.margin.left),
        };
        let inside = border.left + border.right + padding.left + padding.right;
        let mut padding = padding;
        let room = cx.measure - margin.left - margin.right - inside;
        let set = style.width.map(of).or(natural);
        let mut width = set.unwrap_or(room);
        if let Some(most) = style.max_width {
            width = width.min(of(most));
        }
        width = width.max(of(style.min_width));
        let left_auto = style.margin.left.is_none();
        let right_auto = style.margin.right.is_none();
        if set.is_some() || style.max_width.is_some() {
            let rest = (room - width).max(Pt::ZERO);
            match (left_auto, right_auto) {
                (true, true) => margin.left = rest / 2.0,
                (true, false) => margin.left = rest,
                (false, _) => {}
            }
        }
        if set.is_none() {
            let least = (style.font.size * LEAST).min(cx.measure);
            let wanted = margin.left + margin.right + padding.left + padding.right;
            if width < least && wanted > Pt::ZERO {
                let kept =
                    (cx.measure - least - (border.left + border.right)).max(Pt::ZERO);
                let part = (kept / wanted).clamp(0.0, 1.0);
                for side in [
                    &mut margin.left,
                    &mut margin.right,
                    &mut padding.left,
                    &mut padding.right,
                ] {
                    *side = *side * part;
                }
                width = cx.measure - wanted * part - (border.left + border.right);
            }
        }
        Self { margin, border, padding, width: width.max(Pt(1.0)) }
    }

    /// Where the content begins.
    pub(super) fn left(&self, cx: Context) -> Pt {
        cx.left + self.margin.left + self.border.left + self.padding.left
    }

    /// How wide the box is from edge to edge.
    pub(super) fn outer_width(&self) -> Pt {
        let Self { border, padding, .. } = self;
        self.width + border.left + border.right + padding.left + padding.right
    }
}

/// What was there before a box decoration began, to be there again after it.
pub(super) struct Outer {
    decoration: Option<Arc<BoxDecoration>>,
    opened: bool,
    first: usize,
}

impl Flow<'_, '_, '_> {
    /// Begins a box, if anything of it shows, and the space within its upper edge.
    pub(super) fn open_decoration(
        &mut self,
        style: &Style,
        edges: &Edges,
        cx: Context,
    ) -> Outer {
        let outer = self.decoration.clone();
        let border = edges.border;
        let sides = [border.top, border.right, border.bottom, border.left];
        let shows =
            style.background.is_some() || sides.iter().any(|side| *side > Pt::ZERO);
        let shows = shows && !style.hidden;
        if shows {
            self.decoration = Some(Arc::new(BoxDecoration {
                parent: outer.clone(),
                left: cx.left + edges.margin.left,
                width: edges.outer_width(),
                background: style.background,
                border: style.border,
                radius: style.radius,
            }));
            self.opens += 1;
        }
        let first = self.galley.fragments.len();
        let height = border.top + edges.padding.top;
        if height > Pt::ZERO {
            self.push(Fragment { height, keep: true, ..Fragment::default() });
        }
        Outer { decoration: outer, opened: shows, first }
    }

    /// Ends a box, with the space within its lower edge.
    pub(super) fn close_decoration(
        &mut self,
        outer: Outer,
        style: &Style,
        edges: &Edges,
    ) {
        let mut height = edges.border.bottom + edges.padding.bottom;
        let so_far: Pt = self
            .galley
            .fragments
            .get(outer.first..)
            .unwrap_or_default()
            .iter()
            .map(|fragment| fragment.space + fragment.height)
            .sum();
        if let Some(wanted) = style.height.filter(|it| it.fraction == 0.0) {
            height = height.max(wanted.pt - so_far);
        }
        if height > Pt::ZERO {
            self.keep_with_next();
            self.push(Fragment { height, ..Fragment::default() });
        }
        if outer.opened {
            if self.opens > 0 {
                // Nothing was set in it.
                self.opens -= 1;
            } else if let Some(last) = self.galley.fragments.last_mut() {
                last.closes += 1;
            }
        }
        self.decoration = outer.decoration;
    }

    /// Makes the fragments from `first` on, with the space around them, as tall as a multiple of
    /// `step`: what comes after them stands on the grid again (CSS Rhythmic Sizing 1).
    pub(super) fn step(&mut self, first: usize, step: Pt, below: Pt) {
        let Some(fragments) =
            self.galley.fragments.get(first..).filter(|it| !it.is_empty())
        else {
            return;
        };
        let height: Pt =
            fragments.iter().map(|fragment| fragment.space + fragment.height).sum();
        let total = height + below;
        let shortfall = step * (total / step - 1e-6).ceil() - total;
        if let Some(fragment) = self.galley.fragments.get_mut(first) {
            fragment.space += shortfall / 2.0;
        }
        self.space.add(below + shortfall / 2.0);
    }
}
