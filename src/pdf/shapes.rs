//! Drawing shapes: rectangles, lines, the modules of codes.

use krilla::color::{luma, rgb};
use krilla::geom::{Path, PathBuilder};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, LineCap, Paint, StrokeDash};
use krilla::surface::Surface;

use super::rect;
use crate::typeset::output::frame::{Color, LineStyle, Modules, Radius, SQUARE};
use crate::units::{Point, Pt, Rect, Size};

/// How a line is drawn.
pub(super) struct Stroke {
    width: Pt,
    color: Color,
    style: LineStyle,
}

impl Stroke {
    pub(super) fn new(width: Pt, color: Color, style: LineStyle) -> Self {
        Self { width, color, style }
    }

    /// For a line of this thickness; dashes are three times as long as it is thick.
    fn of(&self, width: Pt) -> krilla::paint::Stroke {
        let thick = width.to_f32();
        let dash = |array: Vec<f32>| Some(StrokeDash { array, offset: 0.0 });
        let (dash, line_cap) = match self.style {
            LineStyle::Dashed => (dash(vec![thick * 3.0, thick * 2.0]), LineCap::Butt),
            // Round ends of no length are dots.
            LineStyle::Dotted => (dash(vec![0.0, thick * 2.0]), LineCap::Round),
            LineStyle::None | LineStyle::Solid | LineStyle::Double => {
                (None, LineCap::Butt)
            }
        };
        let (paint, opacity) = (color(self.color), opacity(self.color));
        krilla::paint::Stroke {
            paint,
            width: thick,
            opacity,
            line_cap,
            dash,
            ..krilla::paint::Stroke::default()
        }
    }
}

/// A filled rectangle.
pub(super) fn fill(surface: &mut Surface, area: Rect, radius: Radius, color: Color) {
    if let Some(path) = rounded(area, radius) {
        surface.set_stroke(None);
        surface.set_fill(Some(paint(color)));
        surface.draw_path(&path);
    }
}

/// A line within the edge of a rectangle; two of them, each a third as thick, if it is double.
pub(super) fn outline(surface: &mut Surface, area: Rect, radius: Radius, line: &Stroke) {
    let double = line.style == LineStyle::Double;
    let thick = if double { line.width / 3.0 } else { line.width };
    let mut draw = |outer: Pt| {
        let inset = outer + thick / 2.0;
        let (Point { x, y }, Size { width, height }) = (area.origin, area.size);
        let area =
            Rect::new(x + inset, y + inset, width - inset * 2.0, height - inset * 2.0);
        let radius = radius.map(|radius| (radius - inset).max(Pt::ZERO));
        if let Some(path) = rounded(area, radius) {
            stroke(surface, &path, &line.of(thick));
        }
    };
    draw(Pt::ZERO);
    if double {
        draw(thick * 2.0);
    }
}

/// A straight line along the middle between its edges.
pub(super) fn line(surface: &mut Surface, from: Point, to: Point, line: &Stroke) {
    let double = line.style == LineStyle::Double;
    let thick = if double { line.width / 3.0 } else { line.width };
    let upright = (from.x - to.x).0.abs() < (from.y - to.y).0.abs();
    let aside = if double { [-thick, thick] } else { [Pt::ZERO; 2] };
    for aside in &aside[..if double { 2 } else { 1 }] {
        let (dx, dy) = if upright { (*aside, Pt::ZERO) } else { (Pt::ZERO, *aside) };
        let mut path = PathBuilder::new();
        path.move_to((from.x + dx).to_f32(), (from.y + dy).to_f32());
        path.line_to((to.x + dx).to_f32(), (to.y + dy).to_f32());
        if let Some(path) = path.finish() {
            stroke(surface, &path, &line.of(thick));
        }
    }
}

fn stroke(surface: &mut Surface, path: &Path, stroke: &krilla::paint::Stroke) {
    surface.set_fill(None);
    surface.set_stroke(Some(stroke.clone()));
    surface.draw_path(path);
    surface.set_stroke(None);
}

/// How far the handles of a cubic curve stand from its ends, that it is nearly a quarter of a
/// circle of radius one.
const CIRCLE: f64 = 0.552_284_75;

fn rounded(area: Rect, radius: Radius) -> Option<Path> {
    let mut path = PathBuilder::new();
    if radius == SQUARE {
        path.push_rect(rect(area)?);
        return path.finish();
    }
    rect(area)?;
    let most = area.size.width.min(area.size.height) / 2.0;
    let [a, b, c, d] = radius.map(|radius| radius.min(most));
    let (left, top) = (area.origin.x, area.origin.y);
    let (right, bottom) = (left + area.size.width, area.bottom());
    let f = Pt::to_f32;
    // From corner to corner: where its curve begins, the corner itself, where it ends.
    let corners = [
        ((right - b, top), (right, top), (right, top + b)),
        ((right, bottom - c), (right, bottom), (right - c, bottom)),
        ((left + d, bottom), (left, bottom), (left, bottom - d)),
        ((left, top + a), (left, top), (left + a, top)),
    ];
    path.move_to(f(left + a), f(top));
    for ((x0, y0), (x, y), (x1, y1)) in corners {
        path.line_to(f(x0), f(y0));
        let toward = |from: Pt, to: Pt| from + (to - from) * CIRCLE;
        path.cubic_to(
            f(toward(x0, x)),
            f(toward(y0, y)),
            f(toward(x1, x)),
            f(toward(y1, y)),
            f(x1),
            f(y1),
        );
    }
    path.close();
    path.finish()
}

/// All dark modules as one path, those beside one another as one rectangle: between neighbours
/// that are drawn apart, viewers show hairlines.
pub(super) fn modules(surface: &mut Surface, code: &Modules, area: Rect) {
    let mut path = PathBuilder::new();
    let module = area.size.width / (code.width.max(1) as f64);
    for (row, modules) in code.dark.chunks(code.width.max(1)).enumerate() {
        let mut column = 0;
        for alike in modules.chunk_by(|a, b| a == b) {
            let (x, y) = (module * (column as f64), module * (row as f64));
            let width = module * (alike.len() as f64);
            let dark = Rect::new(area.origin.x + x, area.origin.y + y, width, module);
            if alike[0]
                && let Some(dark) = rect(dark)
            {
                path.push_rect(dark);
            }
            column += alike.len();
        }
    }
    if let Some(path) = path.finish() {
        surface.set_fill(Some(paint(Color::BLACK)));
        surface.draw_path(&path);
    }
}

/// What fills letters and areas.
pub(super) fn paint(of: Color) -> Fill {
    Fill { paint: color(of), opacity: opacity(of), ..Fill::default() }
}

/// Grey stays grey: a press prints it in black alone.
fn color(color: Color) -> Paint {
    let Color { red, green, blue, .. } = color;
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 255")]
    #[expect(clippy::cast_sign_loss, reason = "between 0 and 255")]
    let byte = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
    if byte(red) == byte(green) && byte(green) == byte(blue) {
        luma::Color::new(byte(red)).into()
    } else {
        rgb::Color::new(byte(red), byte(green), byte(blue)).into()
    }
}

fn opacity(color: Color) -> NormalizedF32 {
    NormalizedF32::new(color.alpha.clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE)
}
