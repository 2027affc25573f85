//! Properties of boxes: their edges and sizes, where they stand, where pages may break.

use std::sync::Arc;

use cssparser::Parser;

use crate::style::color::{SpecifiedColor, color};
use crate::style::computed::{Break, Color, Display, Float, LineStyle};
use crate::style::length::{AbsoluteLength, SpecifiedLength};
use crate::style::value::{
    ComputeContext, ParseErrorKind, Parsed, ToComputed, computed_as_specified,
    custom_ident, ident, keyword, keyword_or, positive_integer,
};
use crate::units::Pt;

computed_as_specified!(Break, Display, Float, LineStyle);

/// `background-color`: nothing shows of what is transparent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::style) struct BackgroundColor(pub(super) SpecifiedColor);

/// A corner's radius: what is less than nothing is nothing.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::style) struct Radius(AbsoluteLength);

pub(super) fn display(input: &mut Parser) -> Parsed<Display> {
    Ok(match ident(input)?.as_str() {
        "none" => Display::None,
        "inline" => Display::Inline,
        "inline-block" | "inline-table" => Display::InlineBlock,
        "block" | "flow-root" => Display::Block,
        "list-item" => Display::ListItem,
        "table" => Display::Table,
        "table-caption" => Display::TableCaption,
        "table-header-group" => Display::TableHeader,
        "table-row-group" => Display::TableRows,
        "table-footer-group" => Display::TableFooter,
        "table-row" => Display::TableRow,
        "table-cell" => Display::TableCell,
        "ruby" => Display::Ruby,
        "ruby-text" => Display::RubyText,
        "contents" => Display::Contents,
        "flex" | "grid" | "inline-flex" | "inline-grid" | "table-column"
        | "table-column-group" => return Err(ParseErrorKind::Unsupported),
        _ => return Err(ParseErrorKind::Invalid),
    })
}

pub(super) fn background_color(input: &mut Parser) -> Parsed<BackgroundColor> {
    color(input).map(BackgroundColor)
}

impl ToComputed for BackgroundColor {
    type Computed = Option<Color>;

    fn to_computed(&self, context: &ComputeContext) -> Option<Color> {
        Some(self.0.to_computed(context)).filter(|color| color.alpha > 0.0)
    }
}

/// None is `auto`.
pub(super) fn margin(input: &mut Parser) -> Parsed<Option<SpecifiedLength>> {
    keyword_or(input, "auto", SpecifiedLength::parse)
}

pub(super) fn padding(input: &mut Parser) -> Parsed<SpecifiedLength> {
    let length = SpecifiedLength::parse(input)?;
    if length.is_negative() { Err(ParseErrorKind::Invalid) } else { Ok(length) }
}

/// A size; none is `auto` or `none`.
pub(super) fn size(input: &mut Parser) -> Parsed<Option<SpecifiedLength>> {
    if let Ok(ident) = input.try_parse(ident) {
        return match ident.as_str() {
            "auto" | "none" => Ok(None),
            "min-content" | "max-content" | "fit-content" => {
                Err(ParseErrorKind::Unsupported)
            }
            _ => Err(ParseErrorKind::Invalid),
        };
    }
    padding(input).map(Some)
}

/// `auto` is no length.
pub(super) fn least_size(input: &mut Parser) -> Parsed<SpecifiedLength> {
    Ok(size(input)?.unwrap_or(SpecifiedLength::ZERO))
}

pub(super) fn line_style(input: &mut Parser) -> Parsed<LineStyle> {
    const KEYWORDS: &[(&str, LineStyle)] = &[
        ("none", LineStyle::None),
        ("hidden", LineStyle::None),
        ("solid", LineStyle::Solid),
        ("dashed", LineStyle::Dashed),
        ("dotted", LineStyle::Dotted),
        ("double", LineStyle::Double),
        ("groove", LineStyle::Solid),
        ("ridge", LineStyle::Solid),
        ("inset", LineStyle::Solid),
        ("outset", LineStyle::Solid),
    ];
    keyword(input, KEYWORDS)
}

/// The width of a border or a rule (CSS Backgrounds 3, section 3.3).
pub(super) fn line_width(input: &mut Parser) -> Parsed<AbsoluteLength> {
    const KEYWORDS: &[(&str, f64)] = &[("thin", 0.5), ("medium", 1.5), ("thick", 3.0)];
    if let Ok(points) = input.try_parse(|input| keyword(input, KEYWORDS)) {
        return Ok(AbsoluteLength::points(points));
    }
    let width = AbsoluteLength::parse(input)?;
    if width.is_negative() { Err(ParseErrorKind::Invalid) } else { Ok(width) }
}

pub(super) fn radius(input: &mut Parser) -> Parsed<Radius> {
    AbsoluteLength::parse(input).map(Radius)
}

impl ToComputed for Radius {
    type Computed = Pt;

    fn to_computed(&self, context: &ComputeContext) -> Pt {
        self.0.to_computed(context).max(Pt::ZERO)
    }
}

pub(super) fn float(input: &mut Parser) -> Parsed<Float> {
    const KEYWORDS: &[(&str, Float)] = &[
        ("none", Float::None),
        ("left", Float::Left),
        ("right", Float::Right),
        ("inline-start", Float::Left),
        ("inline-end", Float::Right),
    ];
    keyword(input, KEYWORDS)
}

/// Whether floats beside must have ended.
pub(super) fn clear(input: &mut Parser) -> Parsed<bool> {
    const KEYWORDS: &[(&str, bool)] =
        &[("none", false), ("left", true), ("right", true), ("both", true)];
    keyword(input, KEYWORDS)
}

/// None is `none`.
pub(super) fn block_step_size(input: &mut Parser) -> Parsed<Option<AbsoluteLength>> {
    keyword_or(input, "none", AbsoluteLength::parse)
}

/// Whether it is hidden.
pub(super) fn visibility(input: &mut Parser) -> Parsed<bool> {
    keyword(input, &[("visible", false), ("hidden", true), ("collapse", true)])
}

/// Whether borders collapse.
pub(super) fn border_collapse(input: &mut Parser) -> Parsed<bool> {
    keyword(input, &[("collapse", true), ("separate", false)])
}

/// Across and down.
pub(super) fn border_spacing(
    input: &mut Parser,
) -> Parsed<(AbsoluteLength, AbsoluteLength)> {
    let across = AbsoluteLength::parse(input)?;
    let down = input.try_parse(AbsoluteLength::parse);
    Ok((across.clone(), down.unwrap_or(across)))
}

/// Whether a caption stands below its table.
pub(super) fn caption_side(input: &mut Parser) -> Parsed<bool> {
    keyword(input, &[("top", false), ("bottom", true)])
}

/// `auto` is one.
pub(super) fn column_count(input: &mut Parser) -> Parsed<u32> {
    Ok(keyword_or(input, "auto", positive_integer)?.unwrap_or(1))
}

/// None is `normal`.
pub(super) fn column_gap(input: &mut Parser) -> Parsed<Option<SpecifiedLength>> {
    keyword_or(input, "normal", SpecifiedLength::parse)
}

/// `all` is true.
pub(super) fn column_span(input: &mut Parser) -> Parsed<bool> {
    keyword(input, &[("none", false), ("all", true)])
}

pub(super) fn break_between(input: &mut Parser) -> Parsed<Break> {
    const KEYWORDS: &[(&str, Break)] = &[
        ("auto", Break::Auto),
        ("avoid", Break::Avoid),
        ("avoid-page", Break::Avoid),
        ("avoid-column", Break::Avoid),
        ("page", Break::Page),
        ("always", Break::Page),
        ("all", Break::Page),
        ("column", Break::Column),
        ("recto", Break::Recto),
        ("right", Break::Recto),
        ("verso", Break::Verso),
        ("left", Break::Verso),
    ];
    keyword(input, KEYWORDS)
}

/// Whether it is kept together.
pub(super) fn break_inside(input: &mut Parser) -> Parsed<bool> {
    const KEYWORDS: &[(&str, bool)] =
        &[("auto", false), ("avoid", true), ("avoid-page", true), ("avoid-column", true)];
    keyword(input, KEYWORDS)
}

/// None is `auto`.
pub(super) fn page(input: &mut Parser) -> Parsed<Option<Arc<str>>> {
    keyword_or(input, "auto", custom_ident)
}
