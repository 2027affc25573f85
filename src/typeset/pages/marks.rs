//! Printer's marks: where the sheet is cut, and where its inks must meet.

use crate::style::PageStyle;
use crate::typeset::output::frame::{Color, Item, ItemKind, LineStyle, MarkedContent};
use crate::units::{Point, Pt, Rect};

/// How thick marks are.
const THIN: Pt = Pt(0.25);

/// How long crop marks are.
const LENGTH: Pt = Pt(12.0);

/// How far from the cut they begin at least: a cut that slips shows none of them.
const OFFSET: Pt = Pt(6.0);

/// How wide registration marks are.
const CROSS: Pt = Pt(10.0);

/// How much sheet there is around the trimmed page: what bleeds, and the marks.
pub(super) fn slug(style: &PageStyle) -> Pt {
    if style.crop_marks || style.cross_marks {
        style.bleed.max(OFFSET) + LENGTH + Pt(2.0)
    } else {
        style.bleed
    }
}

/// The marks of a page.
pub(super) fn marks(style: &PageStyle) -> Vec<Item> {
    let mut kinds = Vec::new();
    if style.crop_marks {
        kinds.extend(crop_marks(style));
    }
    if style.cross_marks {
        kinds.extend(cross_marks(style));
    }
    kinds.into_iter().map(|kind| Item { kind, mark: MarkedContent::Decoration }).collect()
}

fn crop_marks(style: &PageStyle) -> Vec<ItemKind> {
    let (width, height) = (style.size.width, style.size.height);
    let near = style.bleed.max(OFFSET);
    let far = near + LENGTH;
    let mut lines = Vec::new();
    for (x, out_x) in [(Pt::ZERO, -1.0), (width, 1.0)] {
        for (y, out_y) in [(Pt::ZERO, -1.0), (height, 1.0)] {
            let across = |by: Pt| Point { x: x + by * out_x, y };
            let down = |by: Pt| Point { x, y: y + by * out_y };
            lines.push(line(across(near), across(far)));
            lines.push(line(down(near), down(far)));
        }
    }
    lines
}

fn cross_marks(style: &PageStyle) -> Vec<ItemKind> {
    let (width, height) = (style.size.width, style.size.height);
    let out = style.bleed.max(OFFSET) + LENGTH / 2.0;
    let centers = [
        Point { x: width / 2.0, y: -out },
        Point { x: width / 2.0, y: height + out },
        Point { x: -out, y: height / 2.0 },
        Point { x: width + out, y: height / 2.0 },
    ];
    let cross = |center: Point| {
        let half = CROSS / 2.0;
        let (x, y) = (center.x, center.y);
        let ring = half * 0.6;
        [
            line(Point { x: x - half, y }, Point { x: x + half, y }),
            line(Point { x, y: y - half }, Point { x, y: y + half }),
            ItemKind::Outline {
                area: Rect::new(x - ring, y - ring, ring * 2.0, ring * 2.0),
                radius: [ring; 4],
                width: THIN,
                color: Color::BLACK,
                style: LineStyle::Solid,
            },
        ]
    };
    centers.into_iter().flat_map(cross).collect()
}

fn line(from: Point, to: Point) -> ItemKind {
    let (color, style) = (Color::BLACK, LineStyle::Solid);
    ItemKind::Line { from, to, width: THIN, color, style }
}
