//! Pictures and formulas that stand alone.

use super::{Context, Flow};
use crate::markup::{Child, ElementId, Semantics};
use crate::style::{Align, Display, ElementStyle, Style};
use crate::typeset::flow::galley::Fragment;
use crate::typeset::inline::collect::Part;
use crate::typeset::inline::collected::{Collected, Object, PictureSize};
use crate::typeset::inline::formula::{SMALLEST_FORMULA, SetFormula};
use crate::typeset::inline::line::PendingLink;
use crate::typeset::output::frame::{Item, ItemKind, MarkedContent};
use crate::units::{Pt, Rect, Size};

impl Flow<'_, '_, '_> {
    pub(super) fn is_picture(&self, id: ElementId) -> bool {
        matches!(self.document.tree.get(id).semantics, Semantics::Picture(_))
    }

    /// A picture that is a block of its own.
    pub(super) fn shown(&mut self, id: ElementId, own: &ElementStyle, cx: Context) {
        let child = Child::Element(id);
        let parts = [Part::Child(&child)];
        self.document.leave(id);
        let collected = self.collect(id, &parts, &own.style, cx);
        self.document.enter(id);
        if let Some(Object::Picture(picture, _)) =
            collected.runs.first().and_then(|run| run.object.clone())
        {
            // Its own edges have set its measure.
            let object = Object::Picture(picture, PictureSize::default());
            self.picture_line(&collected, &object, &own.style, cx);
        }
    }

    /// A picture alone on its line: as tall as itself.
    pub(super) fn picture_line(
        &mut self,
        collected: &Collected,
        object: &Object,
        style: &Style,
        cx: Context,
    ) {
        let (Object::Picture(picture, wanted), Some(run)) =
            (object, collected.runs.first())
        else {
            return;
        };
        self.clear();
        let size = self.picture_size(*picture, wanted, cx);
        let rest = cx.measure - size.width;
        let x = match style.text.sided(style.text.align) {
            Align::Center => rest / 2.0,
            Align::Right => rest,
            _ => Pt::ZERO,
        };
        let area = Rect::new(cx.left + x, Pt::ZERO, size.width, size.height);
        let kind = ItemKind::Picture { picture: *picture, area };
        self.anchors.extend(collected.anchors.iter().map(|(_, anchor)| anchor.clone()));
        let links = run.link.iter().map(|link| PendingLink { area, link: link.clone() });
        self.push(Fragment {
            height: size.height,
            items: vec![Item { kind, mark: MarkedContent::Tagged(run.leaf) }],
            links: links.collect(),
            ..Fragment::default()
        });
    }

    /// How wide a block is by what it holds, if that decides: a picture, a figure that floats.
    pub(super) fn natural_width(&mut self, id: ElementId, cx: Context) -> Option<Pt> {
        if self.document.style(id).style.display == Display::Table {
            return Some(self.table_width(id, cx.measure));
        }
        let size = |id: ElementId| -> Option<Size> {
            let Semantics::Picture(picture) = self.document.tree.get(id).semantics else {
                return None;
            };
            let wanted = PictureSize::of(&self.document.style(id).style);
            Some(self.picture_size(picture, &wanted, cx))
        };
        let floats = self.document.style(id).style.float != crate::style::Float::None;
        let own = size(id);
        let held = || self.document.tree.children(id).find_map(size).filter(|_| floats);
        own.or_else(held).map(|size| size.width)
    }

    /// A displayed formula.
    pub(super) fn formula(&mut self, id: ElementId, own: &ElementStyle, cx: Context) {
        let child = Child::Element(id);
        let mut parts = vec![Part::Child(&child)];
        let mut first = true;
        self.document.leave(id);
        self.paragraph(id, own, &mut parts, &mut first, cx);
        self.document.enter(id);
    }

    /// Whether a formula that stands alone is so long that it is set in several lines.
    pub(super) fn must_break(formula: &SetFormula, cx: Context) -> bool {
        !formula.pieces.is_empty() && formula.whole.width * SMALLEST_FORMULA > cx.measure
    }

    /// A formula alone on its line: as tall as itself, and no wider than the line, if it can be
    /// read when it is made smaller.
    pub(super) fn formula_line(
        &mut self,
        formula: &SetFormula,
        collected: &Collected,
        style: &Style,
        cx: Context,
    ) {
        let Some(run) = collected.runs.first() else { return };
        self.clear();
        let scale = (cx.measure / formula.whole.width).min(1.0);
        if scale < SMALLEST_FORMULA {
            self.sink.overfull_line(run.span);
        }
        // Small as it may then be, nothing of it is lost.
        let formula = formula.whole.scaled(scale);
        let rest = (cx.measure - formula.width).max(Pt::ZERO);
        let x = match style.text.sided(style.text.align) {
            Align::Center => rest / 2.0,
            Align::Right => rest,
            _ => Pt::ZERO,
        };
        self.anchors.extend(collected.anchors.iter().map(|(_, anchor)| anchor.clone()));
        let items =
            formula.items(MarkedContent::Tagged(run.leaf), cx.left + x, formula.above);
        let items = items.collect();
        let height = formula.above + formula.below;
        self.push(Fragment { height, items, ..Fragment::default() });
    }
}
