//! Floats: what stands at one side while the text goes on beside it.

use super::edges::Edges;
use super::{Context, Flow};
use crate::markup::ElementId;
use crate::style::{ElementStyle, Float, Style};
use crate::typeset::flow::galley::Fragment;
use crate::typeset::flow::roles;
use crate::typeset::inline::shape::{Narrow, Shape};
use crate::units::Pt;

/// What the next fragments stand beside.
#[derive(Debug)]
pub(super) struct FloatArea {
    /// It, until the fragment comes that it is drawn with.
    fragment: Option<Fragment>,
    /// How much of its height is still to come.
    rest: Pt,
    /// Where it stands, the space to its side included.
    left: Pt,
    right: Pt,
    /// Whether the text stands to its left.
    at_right: bool,
}

/// Text beside something is at least this wide, in em; else it stands below.
const MIN_TEXT_EM: f64 = 7.0;

/// A float without a width of its own takes at most this part of the measure.
const MAX_FLOAT_MEASURE: f64 = 0.45;

impl Flow<'_, '_, '_> {
    /// Sets an element at one side.
    pub(super) fn floating(&mut self, id: ElementId, own: &ElementStyle, cx: Context) {
        self.clear();
        let style = &own.style;
        let natural = self.natural_width(id, cx).unwrap_or(cx.measure);
        let natural = natural.min(cx.measure * MAX_FLOAT_MEASURE);
        let mut edges = Edges::new(style, Some(natural), cx);
        edges.margin.left = style.margin.left.map_or(Pt::ZERO, |it| it.of(cx.measure));
        let node = roles::open(self.sink, self.tags, self.document, id, cx.node);
        let anchors = std::mem::take(&mut self.anchors);
        let whole = Context { node, left: Pt::ZERO, measure: edges.outer_width(), ..cx };
        let inner = Context {
            left: edges.border.left + edges.padding.left,
            measure: edges.width,
            ..whole
        };
        let bare = Edges { margin: crate::style::Sides::default(), ..edges };
        let mut sub = Flow::new(self.engine, self.sink, self.tags, self.document);
        let outer = sub.open_decoration(style, &bare, whole);
        sub.content(id, own, inner);
        sub.close_decoration(outer, style, &bare);
        let mut galley = sub.finish();
        if let Some(first) = galley.fragments.first_mut() {
            first.anchors.splice(0..0, anchors);
        }
        let margin = edges.margin;
        if galley.height() + margin.top + margin.bottom > self.engine.settings.page_height
        {
            // No page holds it in one piece: it stands in the text, where it can break.
            self.space.add(margin.top);
            for mut fragment in galley.fragments {
                fragment.shift(cx.left, Pt::ZERO);
                self.push(fragment);
            }
            return self.space.add(margin.bottom);
        }
        let mut fragment = galley.into_fragment();
        let at_right = style.float == Float::Right;
        let width = edges.outer_width() + margin.left + margin.right;
        let left = if at_right { cx.left + cx.measure - width } else { cx.left };
        fragment.shift(left + margin.left, margin.top);
        fragment.height += margin.top + margin.bottom;
        self.stand_beside(fragment, left, width, at_right);
    }

    /// Lets what comes next stand beside a fragment that takes `width` from `left` on.
    pub(super) fn stand_beside(
        &mut self,
        fragment: Fragment,
        left: Pt,
        width: Pt,
        at_right: bool,
    ) {
        self.clear();
        let rest = fragment.height;
        let right = left + width;
        self.beside =
            Some(FloatArea { fragment: Some(fragment), rest, left, right, at_right });
    }

    /// Makes a paragraph's first lines as short as what it stands beside leaves them.
    pub(super) fn narrow(&mut self, shape: &mut Shape, style: &Style, cx: Context) {
        let Some(beside) = &self.beside else { return };
        let (left, right) = if beside.at_right {
            (Pt::ZERO, (cx.left + cx.measure - beside.left).max(Pt::ZERO))
        } else {
            ((beside.right - cx.left).max(Pt::ZERO), Pt::ZERO)
        };
        if cx.measure - left - right < style.font.size * MIN_TEXT_EM {
            return self.clear();
        }
        let above =
            if beside.fragment.is_some() { Pt::ZERO } else { self.space.clone().take() };
        let lines = ((beside.rest - above) / style.text.line_height - 0.05).ceil();
        #[expect(clippy::cast_possible_truncation, reason = "clamped")]
        #[expect(clippy::cast_sign_loss, reason = "clamped")]
        let lines = lines.clamp(0.0, 1000.0) as u32;
        shape.narrow = Some(Narrow { lines, left, right });
    }

    /// A fragment was put below the others: it carries what it stands beside.
    pub(super) fn carry(&mut self, fragment: &mut Fragment) {
        let Some(beside) = &mut self.beside else { return };
        let mut taken = fragment.height;
        match beside.fragment.take() {
            Some(float) => {
                // What is read first is drawn first.
                fragment.items.splice(0..0, float.items);
                fragment.links.splice(0..0, float.links);
                fragment.anchors.splice(0..0, float.anchors);
            }
            None => taken += fragment.space,
        }
        beside.rest -= taken;
        if beside.rest > Pt(0.01) {
            fragment.keep = true;
        } else {
            self.beside = None;
        }
    }

    /// Goes on below what stands at the side.
    pub(in crate::typeset) fn clear(&mut self) {
        let Some(beside) = &self.beside else { return };
        let height = match &beside.fragment {
            Some(_) => beside.rest,
            None => beside.rest - self.space.clone().take(),
        };
        if height <= Pt(0.01) {
            self.beside = None;
            return;
        }
        let space = std::mem::take(&mut self.space);
        let placed = beside.fragment.is_none();
        if !placed {
            self.space = space;
        }
        self.push(Fragment { height, ..Fragment::default() });
        self.beside = None;
        if let Some(last) = self.galley.fragments.last_mut() {
            last.keep = false;
        }
    }
}
