//! Sheets: what a page is before anything stands on it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::style::{Border, Color, LineStyle, PageQuery, PageStyle, Style, Stylist};
use crate::typeset::engine::Engine;
use crate::typeset::flow::decoration;
use crate::typeset::output::frame::{Item, MarkedContent};
use crate::units::{Pt, Rect};

/// A page, and where its text stands.
#[derive(Debug, Clone)]
pub(in crate::typeset) struct PageTemplate {
    pub(super) style: Arc<PageStyle>,
    pub(super) area: Rect,
}

/// The columns of a page's text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::typeset) struct Columns {
    pub(super) count: usize,
    gap: Pt,
    /// What stands between them.
    rule: Border,
}

/// Makes sheets as the stylesheet says.
pub(in crate::typeset) struct PageTemplates<'a> {
    pub(in crate::typeset) stylist: Stylist<'a>,
    /// From baseline to baseline of running text: a page's text is a multiple of it.
    pub(in crate::typeset) leading: Pt,
    /// The least space at the spine.
    pub(in crate::typeset) gutter: Pt,
    /// Whether the first page of all is still to come.
    pub(in crate::typeset) in_front: bool,
    known: BTreeMap<Kind, Arc<PageStyle>>,
}

/// What tells a page's style from others: its name, its place among pages of that name, whether
/// it is the first of all, on the right, blank.
type Kind = (Arc<str>, u32, bool, bool, bool);

/// Beyond this many pages of a name, no rule tells one from the other.
const ALIKE: u32 = 64;

impl<'a> PageTemplates<'a> {
    pub(in crate::typeset) fn new(stylist: Stylist<'a>, leading: Pt, gutter: Pt) -> Self {
        Self { stylist, leading, gutter, in_front: false, known: BTreeMap::new() }
    }

    /// The same for another thread.
    pub(in crate::typeset) fn fork(&self) -> Self {
        let Self { stylist, leading, gutter, in_front, .. } = self;
        let in_front = *in_front;
        Self { in_front, ..Self::new(stylist.fork(), *leading, *gutter) }
    }

    /// The sheet of a page of a name, by its place in the sequence.
    pub(super) fn get(
        &mut self,
        engine: &Engine,
        name: &Arc<str>,
        nth: u32,
        index: usize,
        blank: bool,
    ) -> PageTemplate {
        // What is bound on the right begins on the left.
        let right = index.is_multiple_of(2) != self.stylist.is_right_to_left();
        let first = self.in_front && index == 0;
        let nth = nth.min(ALIKE);
        let key = (name.clone(), nth, first, right, blank);
        let style = match self.known.get(&key) {
            Some(style) => style.clone(),
            None => {
                let query = PageQuery { name, nth, first, right, blank };
                let style = self.stylist.page(&query, &engine.fonts);
                let style = self.with_gutter(style, right);
                self.known.insert(key, style.clone());
                style
            }
        };
        let area = self.area(&style);
        PageTemplate { style, area }
    }

    /// The sheet that the text of pages of a name is set for: a right-hand one in their middle.
    pub(in crate::typeset) fn typical(
        &mut self,
        engine: &Engine,
        name: &Arc<str>,
    ) -> Rect {
        let right = 2 + usize::from(self.stylist.is_right_to_left());
        self.get(engine, name, 1, right, false).area
    }

    fn with_gutter(&self, style: Arc<PageStyle>, right: bool) -> Arc<PageStyle> {
        let inner = if right { style.margin.left } else { style.margin.right };
        if inner >= self.gutter {
            return style;
        }
        let mut style = PageStyle::clone(&style);
        let inner = if right { &mut style.margin.left } else { &mut style.margin.right };
        *inner = self.gutter;
        Arc::new(style)
    }

    /// Where the text stands: whole lines of it, from the upper margin down.
    fn area(&self, style: &PageStyle) -> Rect {
        let margin = style.margin;
        let width = (style.size.width - margin.left - margin.right).max(Pt(36.0));
        let height = style.size.height - margin.top - margin.bottom;
        let lines = (height / self.leading + 1e-6).floor().max(3.0);
        Rect::new(margin.left, margin.top, width, self.leading * lines)
    }
}

impl Columns {
    /// What a style says.
    pub(in crate::typeset) fn of(style: &Style, measure: Pt) -> Self {
        let gap = style.column_gap.map_or(style.font.size, |gap| gap.of(measure));
        let count = usize::try_from(style.columns).unwrap_or(1).clamp(1, 6);
        Self { count, gap, rule: style.column_rule }
    }

    /// Whether there is but one.
    pub(in crate::typeset) fn is_one(&self) -> bool {
        self.count == 1
    }

    /// The measure of one of them in a width.
    pub(in crate::typeset) fn measure(&self, width: Pt) -> Pt {
        let count = self.count as f64;
        ((width - self.gap * (count - 1.0)) / count).max(Pt(24.0))
    }

    /// Where one of them begins.
    pub(super) fn left(&self, width: Pt, column: usize) -> Pt {
        (self.measure(width) + self.gap) * (column as f64)
    }
}

impl Default for Columns {
    fn default() -> Self {
        Self { count: 1, gap: Pt::ZERO, rule: Border::default() }
    }
}

impl Columns {
    /// The rules between the first `count` columns of an area.
    pub(super) fn rules(&self, area: Rect, count: usize) -> Vec<Item> {
        if is_plain(&self.rule) {
            return Vec::new();
        }
        let rule = |column: usize| {
            let x = area.origin.x + self.left(area.size.width, column)
                - self.gap / 2.0
                - self.rule.width / 2.0;
            let area = Rect::new(x, area.origin.y, self.rule.width, area.size.height);
            Item {
                kind: decoration::rule(area, &self.rule),
                mark: MarkedContent::Decoration,
            }
        };
        (1..count).map(rule).collect()
    }
}

/// A border that does not show.
pub(super) fn is_plain(border: &Border) -> bool {
    border.style == LineStyle::None
        || border.width == Pt::ZERO
        || border.color.alpha == 0.0
}

/// Paper is white: a background in that colour need not be drawn.
pub(super) fn shows(background: Option<Color>) -> Option<Color> {
    background.filter(|color| color.alpha > 0.0)
}
