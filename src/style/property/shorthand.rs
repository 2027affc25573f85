//! Shorthands: from one value to those of the longhands that it stands for. What a value does not
//! name is left out here, and gets its initial value from the table.

use cssparser::Parser;

use super::boxes::{self, BackgroundColor};
use super::table::Value;
use super::{content, fonts, text};
use crate::style::color::{SpecifiedColor, color};
use crate::style::computed::{CounterStyle, LineStyle};
use crate::style::length::AbsoluteLength;
use crate::style::value::{
    ParseErrorKind, Parsed, is_keyword, keyword, positive_integer,
};

/// Makes the value of a longhand of its type.
type Make<T> = fn(T) -> Value;

/// One to four values, for the sides in this order: top, right, bottom, left.
fn sides<T: Clone>(
    input: &mut Parser,
    parse: fn(&mut Parser) -> Parsed<T>,
    make: [Make<T>; 4],
) -> Parsed<Vec<Value>> {
    let mut values = vec![parse(input)?];
    while !input.is_exhausted() && values.len() < 4 {
        values.push(parse(input)?);
    }
    let of_side: [usize; 4] = match values.len() {
        1 => [0; 4],
        2 => [0, 1, 0, 1],
        3 => [0, 1, 2, 1],
        _ => [0, 1, 2, 3],
    };
    let value = |(make, at): (Make<T>, usize)| make(values[at].clone());
    Ok(make.into_iter().zip(of_side).map(value).collect())
}

/// One or two values, for the start and the end.
fn pair<T: Clone>(
    input: &mut Parser,
    parse: fn(&mut Parser) -> Parsed<T>,
    [start, end]: [Make<T>; 2],
) -> Parsed<Vec<Value>> {
    let first = parse(input)?;
    let second = if input.is_exhausted() { first.clone() } else { parse(input)? };
    Ok(vec![start(first), end(second)])
}

pub(super) fn margin(input: &mut Parser) -> Parsed<Vec<Value>> {
    use Value::{MarginBottom, MarginLeft, MarginRight, MarginTop};
    sides(input, boxes::margin, [MarginTop, MarginRight, MarginBottom, MarginLeft])
}

pub(super) fn margin_block(input: &mut Parser) -> Parsed<Vec<Value>> {
    pair(input, boxes::margin, [Value::MarginTop, Value::MarginBottom])
}

pub(super) fn margin_inline(input: &mut Parser) -> Parsed<Vec<Value>> {
    pair(input, boxes::margin, [Value::MarginLeft, Value::MarginRight])
}

pub(super) fn padding(input: &mut Parser) -> Parsed<Vec<Value>> {
    use Value::{PaddingBottom, PaddingLeft, PaddingRight, PaddingTop};
    sides(input, boxes::padding, [PaddingTop, PaddingRight, PaddingBottom, PaddingLeft])
}

pub(super) fn padding_block(input: &mut Parser) -> Parsed<Vec<Value>> {
    pair(input, boxes::padding, [Value::PaddingTop, Value::PaddingBottom])
}

pub(super) fn padding_inline(input: &mut Parser) -> Parsed<Vec<Value>> {
    pair(input, boxes::padding, [Value::PaddingLeft, Value::PaddingRight])
}

const WIDTHS: [Make<AbsoluteLength>; 4] = [
    Value::BorderTopWidth,
    Value::BorderRightWidth,
    Value::BorderBottomWidth,
    Value::BorderLeftWidth,
];

const STYLES: [Make<LineStyle>; 4] = [
    Value::BorderTopStyle,
    Value::BorderRightStyle,
    Value::BorderBottomStyle,
    Value::BorderLeftStyle,
];

const COLORS: [Make<SpecifiedColor>; 4] = [
    Value::BorderTopColor,
    Value::BorderRightColor,
    Value::BorderBottomColor,
    Value::BorderLeftColor,
];

const TOP: usize = 0;
const RIGHT: usize = 1;
const BOTTOM: usize = 2;
const LEFT: usize = 3;

pub(super) fn border_width(input: &mut Parser) -> Parsed<Vec<Value>> {
    sides(input, boxes::line_width, WIDTHS)
}

pub(super) fn border_style(input: &mut Parser) -> Parsed<Vec<Value>> {
    sides(input, boxes::line_style, STYLES)
}

pub(super) fn border_color(input: &mut Parser) -> Parsed<Vec<Value>> {
    sides(input, color, COLORS)
}

/// A line: its width, style and colour in any order.
#[derive(Default)]
struct Line {
    width: Option<AbsoluteLength>,
    style: Option<LineStyle>,
    color: Option<SpecifiedColor>,
}

impl Line {
    fn parse(input: &mut Parser) -> Parsed<Self> {
        let mut line = Self::default();
        if input.is_exhausted() {
            return Err(ParseErrorKind::Invalid);
        }
        while !input.is_exhausted() {
            if let Ok(width) = input.try_parse(boxes::line_width) {
                line.width = Some(width);
            } else if let Ok(style) = input.try_parse(boxes::line_style) {
                line.style = Some(style);
            } else {
                line.color = Some(color(input)?);
            }
        }
        Ok(line)
    }

    fn values(
        &self,
        width: Make<AbsoluteLength>,
        style: Make<LineStyle>,
        color: Make<SpecifiedColor>,
    ) -> impl Iterator<Item = Value> {
        let values =
            [self.width.clone().map(width), self.style.map(style), self.color.map(color)];
        values.into_iter().flatten()
    }
}

fn borders(input: &mut Parser, sides: &[usize]) -> Parsed<Vec<Value>> {
    let line = Line::parse(input)?;
    let of = |&side: &usize| line.values(WIDTHS[side], STYLES[side], COLORS[side]);
    Ok(sides.iter().flat_map(of).collect())
}

pub(super) fn border(input: &mut Parser) -> Parsed<Vec<Value>> {
    borders(input, &[TOP, RIGHT, BOTTOM, LEFT])
}

pub(super) fn border_top(input: &mut Parser) -> Parsed<Vec<Value>> {
    borders(input, &[TOP])
}

pub(super) fn border_right(input: &mut Parser) -> Parsed<Vec<Value>> {
    borders(input, &[RIGHT])
}

pub(super) fn border_bottom(input: &mut Parser) -> Parsed<Vec<Value>> {
    borders(input, &[BOTTOM])
}

pub(super) fn border_left(input: &mut Parser) -> Parsed<Vec<Value>> {
    borders(input, &[LEFT])
}

pub(super) fn border_block(input: &mut Parser) -> Parsed<Vec<Value>> {
    borders(input, &[TOP, BOTTOM])
}

pub(super) fn border_inline(input: &mut Parser) -> Parsed<Vec<Value>> {
    borders(input, &[LEFT, RIGHT])
}

pub(super) fn border_radius(input: &mut Parser) -> Parsed<Vec<Value>> {
    let corners = [
        Value::BorderTopLeftRadius,
        Value::BorderTopRightRadius,
        Value::BorderBottomRightRadius,
        Value::BorderBottomLeftRadius,
    ];
    sides(input, boxes::radius, corners)
}

pub(super) fn column_rule(input: &mut Parser) -> Parsed<Vec<Value>> {
    let line = Line::parse(input)?;
    use Value::{ColumnRuleColor, ColumnRuleStyle, ColumnRuleWidth};
    Ok(line.values(ColumnRuleWidth, ColumnRuleStyle, ColumnRuleColor).collect())
}

/// A number of columns; of their width there is only `auto`.
pub(super) fn columns(input: &mut Parser) -> Parsed<Vec<Value>> {
    let mut values = Vec::new();
    let mut autos = 0;
    while !input.is_exhausted() {
        if is_keyword(input, "auto") {
            autos += 1;
        } else {
            values.push(Value::ColumnCount(positive_integer(input)?));
        }
    }
    let count = autos + values.len();
    let well_formed = values.len() <= 1 && (1..=2).contains(&count);
    if well_formed { Ok(values) } else { Err(ParseErrorKind::Invalid) }
}

/// A colour; the PDF has nothing for images.
pub(super) fn background(input: &mut Parser) -> Parsed<Vec<Value>> {
    if is_keyword(input, "none") {
        return Ok(Vec::new());
    }
    let color = color(input).map_err(|_| ParseErrorKind::Unsupported)?;
    if input.is_exhausted() {
        Ok(vec![Value::BackgroundColor(BackgroundColor(color))])
    } else {
        Err(ParseErrorKind::Unsupported)
    }
}

pub(super) fn text_decoration(input: &mut Parser) -> Parsed<Vec<Value>> {
    let mut values = Vec::new();
    if input.is_exhausted() {
        return Err(ParseErrorKind::Invalid);
    }
    while !input.is_exhausted() {
        if let Ok(line) = input.try_parse(text::decoration_line) {
            values.push(Value::TextDecorationLine(line));
        } else if let Ok(color) = input.try_parse(color) {
            values.push(Value::TextDecorationColor(color));
        } else if !is_thickness(input) {
            text::decoration_style(input)?;
        }
    }
    Ok(values)
}

/// `text-decoration-thickness`: it is the tool's own.
fn is_thickness(input: &mut Parser) -> bool {
    input.try_parse(|input| keyword(input, &[("auto", ()), ("from-font", ())])).is_ok()
}

/// A marker's style and position; `none` is for the style, and for an image too.
pub(super) fn list_style(input: &mut Parser) -> Parsed<Vec<Value>> {
    let mut values = Vec::new();
    if input.is_exhausted() {
        return Err(ParseErrorKind::Invalid);
    }
    while !input.is_exhausted() {
        if is_keyword(input, "none") {
            if !values.iter().any(|it| matches!(it, Value::ListStyleType(_))) {
                values.push(Value::ListStyleType(CounterStyle::None));
            }
        } else if let Ok(inside) = input.try_parse(content::list_style_position) {
            values.push(Value::ListStylePosition(inside));
        } else {
            let style = content::counter_style(input)?;
            values.retain(|it| !matches!(it, Value::ListStyleType(_)));
            values.push(Value::ListStyleType(style));
        }
    }
    Ok(values)
}

/// Style, variant, weight and width in any order; then the size, the line height after a slash,
/// and the families (CSS Fonts 4, section 2.7).
pub(super) fn font(input: &mut Parser) -> Parsed<Vec<Value>> {
    let mut values = Vec::new();
    loop {
        if is_keyword(input, "normal") {
            continue;
        }
        if let Ok(italic) = input.try_parse(fonts::style) {
            values.push(Value::FontStyle(italic));
        } else if let Ok(weight) = input.try_parse(fonts::weight) {
            values.push(Value::FontWeight(weight));
        } else if let Ok(caps) = input.try_parse(fonts::small_caps) {
            values.push(Value::FontVariantCaps(caps));
        } else if let Ok(stretch) = input.try_parse(fonts::stretch_keyword) {
            values.push(Value::FontStretch(stretch));
        } else {
            break;
        }
    }
    values.push(Value::FontSize(fonts::size(input)?));
    if input.try_parse(|input| input.expect_delim('/')).is_ok() {
        values.push(Value::LineHeight(fonts::line_height(input)?));
    }
    values.push(Value::FontFamily(fonts::families(input)?));
    Ok(values)
}

/// `normal`, `none`, or keywords of the longhands in any order.
pub(super) fn font_variant(input: &mut Parser) -> Parsed<Vec<Value>> {
    let features = fonts::variant(input)?;
    let fonts::FontFeatures { caps, numeric, ligatures, position, .. } = features;
    Ok(vec![
        Value::FontVariantCaps(caps),
        Value::FontVariantNumeric(numeric),
        Value::FontVariantLigatures(ligatures),
        Value::FontVariantPosition(position),
    ])
}
