//! Box decorations: boxes with an edge or a background, cut where a page ends.
//!
//! A cut has no edge (`box-decoration-break: slice`): what goes on is seen to go on.

use std::sync::Arc;

use crate::style::{Border, Color, LineStyle, Sides};
use crate::typeset::flow::galley::Fragment;
use crate::typeset::output::frame::{self, Item, ItemKind, MarkedContent, SQUARE};
use crate::units::{Point, Pt, Rect};

/// A box that shows itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BoxDecoration {
    /// The one that it stands in.
    pub parent: Option<Arc<BoxDecoration>>,
    /// Its outer left edge, from that of the galley.
    pub left: Pt,
    /// How wide it is from edge to edge.
    pub width: Pt,
    /// Its background.
    pub background: Option<Color>,
    /// Its edges.
    pub border: Sides<Border>,
    /// Its corners, from the upper left, clockwise.
    pub radius: [Pt; 4],
}

/// The pieces of box decorations beside fragments that were put below one another.
#[derive(Debug, Default)]
pub(crate) struct DecorationPieces {
    /// In the order in which they begin; those around others before them.
    pieces: Vec<Piece>,
    /// Those that have not ended, the outermost first.
    open: Vec<usize>,
    bottom: Pt,
}

#[derive(Debug)]
struct Piece {
    decoration: Arc<BoxDecoration>,
    top: Pt,
    bottom: Pt,
    /// Whether it begins and ends here, and has its upper and lower edge.
    begins: bool,
    ends: bool,
}

impl DecorationPieces {
    /// Takes note of a fragment that stands from `top` to `bottom`.
    pub(crate) fn add(&mut self, fragment: &Fragment, top: Pt, bottom: Pt) {
        let mut chain = Vec::new();
        let mut next = fragment.decoration.as_ref();
        while let Some(decoration) = next {
            chain.push(decoration.clone());
            next = decoration.parent.as_ref();
        }
        chain.reverse();
        let fresh = chain.len().saturating_sub(fragment.opens);
        let same = self
            .open
            .iter()
            .zip(&chain[..fresh.min(chain.len())])
            .take_while(|(piece, decoration)| {
                Arc::ptr_eq(&self.pieces[**piece].decoration, decoration)
            })
            .count();
        self.close_to(same);
        for (depth, decoration) in chain.iter().enumerate().skip(same) {
            self.open.push(self.pieces.len());
            let begins = depth >= fresh;
            let decoration = decoration.clone();
            self.pieces.push(Piece { decoration, top, bottom, begins, ends: false });
        }
        self.bottom = bottom;
        for _ in 0..fragment.closes {
            if let Some(piece) = self.open.pop() {
                self.pieces[piece].ends = true;
                self.pieces[piece].bottom = bottom;
            }
        }
    }

    fn close_to(&mut self, depth: usize) {
        for piece in self.open.drain(depth.min(self.open.len())..) {
            self.pieces[piece].bottom = self.bottom;
        }
    }

    /// What is drawn of them, below all else.
    pub(crate) fn finish(mut self) -> Vec<Item> {
        self.close_to(0);
        self.pieces.iter().flat_map(Piece::items).collect()
    }
}

impl Piece {
    fn items(&self) -> Vec<Item> {
        let BoxDecoration { left, width, background, border, radius, .. } =
            *self.decoration;
        let area = Rect::new(left, self.top, width, self.bottom - self.top);
        let mut kinds = Vec::new();
        let [a, b, c, d] = radius;
        let upper = |radius| if self.begins { radius } else { Pt::ZERO };
        let lower = |radius| if self.ends { radius } else { Pt::ZERO };
        let radius = [upper(a), upper(b), lower(c), lower(d)];
        if let Some(color) = background {
            kinds.push(ItemKind::Fill { area, radius, color });
        }
        kinds.extend(edges(area, &border, radius, self.begins, self.ends));
        let item = |kind| Item { kind, mark: MarkedContent::Decoration };
        kinds.into_iter().map(item).collect()
    }
}

/// The edges of an area: one line around it where all are alike, else each by itself.
pub(crate) fn edges(
    area: Rect,
    border: &Sides<Border>,
    radius: [Pt; 4],
    upper: bool,
    lower: bool,
) -> Vec<ItemKind> {
    let Sides { top, right, bottom, left } = *border;
    let alike = top == right && right == bottom && bottom == left && upper && lower;
    if alike
        && top.width > Pt::ZERO
        && (radius != SQUARE || top.style != LineStyle::Solid)
    {
        let Border { width, color, style } = top;
        return vec![ItemKind::Outline { area, radius, width, color, style }];
    }
    let (x, y) = (area.origin.x, area.origin.y);
    let (width, height) = (area.size.width, area.size.height);
    let sides = [
        (top, Rect::new(x, y, width, top.width), upper),
        (bottom, Rect::new(x, area.bottom() - bottom.width, width, bottom.width), lower),
        (left, Rect::new(x, y, left.width, height), true),
        (right, Rect::new(area.right() - right.width, y, right.width, height), true),
    ];
    let shown = sides.into_iter().filter(|(edge, _, there)| {
        *there && edge.width > Pt::ZERO && edge.style != LineStyle::None
    });
    shown.map(|(edge, area, _)| rule(area, &edge)).collect()
}

/// A straight edge that fills an area.
pub(crate) fn rule(area: Rect, edge: &Border) -> ItemKind {
    if edge.style == LineStyle::Solid {
        return frame::fill(area, edge.color);
    }
    let middle = Point {
        x: area.origin.x + area.size.width / 2.0,
        y: area.origin.y + area.size.height / 2.0,
    };
    let (from, to) = if area.size.width >= area.size.height {
        (Point { x: area.origin.x, ..middle }, Point { x: area.right(), ..middle })
    } else {
        (Point { y: area.origin.y, ..middle }, Point { y: area.bottom(), ..middle })
    };
    ItemKind::Line { from, to, width: edge.width, color: edge.color, style: edge.style }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoration(parent: Option<Arc<BoxDecoration>>) -> Arc<BoxDecoration> {
        let edge =
            Border { width: Pt(1.0), color: Color::BLACK, style: LineStyle::Solid };
        Arc::new(BoxDecoration {
            parent,
            left: Pt::ZERO,
            width: Pt(100.0),
            background: None,
            border: Sides { top: edge, bottom: edge, ..Sides::default() },
            radius: SQUARE,
        })
    }

    fn fragment(
        decoration: &Arc<BoxDecoration>,
        opens: usize,
        closes: usize,
    ) -> Fragment {
        let decoration = Some(decoration.clone());
        Fragment { height: Pt(10.0), decoration, opens, closes, ..Fragment::default() }
    }

    fn heights(fragments: &[Fragment]) -> Vec<(f64, f64)> {
        let mut pieces = DecorationPieces::default();
        let mut y = Pt::ZERO;
        for fragment in fragments {
            pieces.add(fragment, y, y + fragment.height);
            y += fragment.height;
        }
        let area = |item: Item| match item.kind {
            ItemKind::Fill { area, .. } => (area.origin.y.0, area.bottom().0),
            other => panic!("{other:?}"),
        };
        pieces.finish().into_iter().map(area).collect()
    }

    #[test]
    fn a_box_that_a_page_cuts_has_no_edge_there() {
        let one = decoration(None);
        let fragments =
            [fragment(&one, 1, 0), fragment(&one, 0, 0), fragment(&one, 0, 1)];
        assert_eq!(heights(&fragments), [(0.0, 1.0), (29.0, 30.0)]);
        assert_eq!(heights(&fragments[..2]), [(0.0, 1.0)]);
        assert_eq!(heights(&fragments[1..]), [(19.0, 20.0)]);
    }

    #[test]
    fn panels_stand_within_panels() {
        let outer = decoration(None);
        let inner = decoration(Some(outer.clone()));
        let fragments =
            [fragment(&outer, 1, 0), fragment(&inner, 1, 1), fragment(&outer, 0, 1)];
        let edges = [(0.0, 1.0), (29.0, 30.0), (10.0, 11.0), (19.0, 20.0)];
        assert_eq!(heights(&fragments), edges);
        let both = [fragment(&inner, 2, 2)];
        assert_eq!(heights(&both), [(0.0, 1.0), (9.0, 10.0), (0.0, 1.0), (9.0, 10.0)]);
    }
}
