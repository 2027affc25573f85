//! Properties of boxes: edges, sizes, where they stand, where pages may break.

use cssparser::Parser;

use super::{Env, choice, count, word};
use crate::style::computed::{Border, Break, Display, Float, Length, LineStyle, Style};
use crate::style::value::{Read, Refusal, color};
use crate::units::Pt;

pub(super) fn apply(
    name: &str,
    input: &mut Parser,
    style: &mut Style,
    env: &Env,
) -> Read<bool> {
    if let Some(side) = name.strip_prefix("margin") {
        return margin(side, input, style, env);
    }
    if let Some(side) = name.strip_prefix("padding") {
        return padding(side, input, style, env);
    }
    let of_tables = matches!(name, "border-collapse" | "border-spacing");
    if name.starts_with("border") && !of_tables {
        return border(name, input, style, env);
    }
    match name {
        "display" => style.display = display(input)?,
        "background-color" => style.background = Some(color(input, style.color)?),
        "background" => background(input, style)?,
        "width" => style.width = size(input, env)?,
        "max-width" => style.max_width = size(input, env)?,
        "min-width" => style.min_width = size(input, env)?.unwrap_or_default(),
        "height" => style.height = size(input, env)?,
        "max-height" => style.max_height = size(input, env)?,
        "float" => {
            style.float = choice(
                input,
                &[
                    ("none", Float::None),
                    ("left", Float::Left),
                    ("right", Float::Right),
                    ("inline-start", Float::Left),
                    ("inline-end", Float::Right),
                ],
            )?;
        }
        "clear" => {
            style.clear = choice(
                input,
                &[("none", false), ("left", true), ("right", true), ("both", true)],
            )?;
        }
        "break-before" | "page-break-before" => style.break_before = breaks(input)?,
        "break-after" | "page-break-after" => style.break_after = breaks(input)?,
        "break-inside" | "page-break-inside" => {
            style.keep_together = choice(
                input,
                &[
                    ("auto", false),
                    ("avoid", true),
                    ("avoid-page", true),
                    ("avoid-column", true),
                ],
            )?;
        }
        "page" => {
            let name = input.expect_ident_cloned()?;
            let auto = name.eq_ignore_ascii_case("auto");
            style.page = if auto { None } else { Some((&*name).into()) };
        }
        "column-count" => style.columns = columns(input)?,
        "columns" => {
            while !input.is_exhausted() {
                style.columns = columns(input)?;
            }
        }
        "column-gap" => {
            style.column_gap =
                match input.try_parse(|input| input.expect_ident_matching("normal")) {
                    Ok(()) => None,
                    Err(_) => Some(env.scale.length(input)?),
                };
        }
        "column-rule" => style.column_rule = edge(input, style, env)?,
        "column-rule-width" => style.column_rule.width = line_width(input, env)?,
        "column-rule-style" => style.column_rule.style = line_style(input)?,
        "column-rule-color" => style.column_rule.color = color(input, style.color)?,
        "border-collapse" => {
            style.border_collapse =
                choice(input, &[("collapse", true), ("separate", false)])?;
        }
        "border-spacing" => {
            let across = env.scale.fixed(input)?;
            let down = input.try_parse(|input| env.scale.fixed(input)).unwrap_or(across);
            style.border_spacing = (across, down);
        }
        "caption-side" => {
            style.caption_below = choice(input, &[("top", false), ("bottom", true)])?;
        }
        "visibility" => {
            style.hidden = choice(
                input,
                &[("visible", false), ("hidden", true), ("collapse", true)],
            )?;
        }
        "block-step-size" => {
            style.block_step =
                match input.try_parse(|input| input.expect_ident_matching("none")) {
                    Ok(()) => None,
                    Err(_) => Some(env.scale.fixed(input)?),
                };
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn columns(input: &mut Parser) -> Read<u32> {
    match input.try_parse(|input| input.expect_ident_matching("auto")) {
        Ok(()) => Ok(1),
        Err(_) => count(input),
    }
}

fn display(input: &mut Parser) -> Read<Display> {
    let word = word(input)?;
    Ok(match word.as_str() {
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
        | "table-column-group" => return Err(Refusal::Unsupported),
        _ => return Err(Refusal::Invalid),
    })
}

fn breaks(input: &mut Parser) -> Read<Break> {
    choice(
        input,
        &[
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
        ],
    )
}

/// A size; none is `auto` or `none`.
fn size(input: &mut Parser, env: &Env) -> Read<Option<Length>> {
    if let Ok(word) = input.try_parse(word) {
        return match word.as_str() {
            "auto" | "none" => Ok(None),
            "min-content" | "max-content" | "fit-content" => Err(Refusal::Unsupported),
            _ => Err(Refusal::Invalid),
        };
    }
    let length = env.scale.length(input)?;
    if length.pt < Pt::ZERO && length.fraction <= 0.0 {
        return Err(Refusal::Invalid);
    }
    Ok(Some(length))
}

/// One to four values, for the sides in their order: top, right, bottom, left.
fn four<T: Copy>(
    input: &mut Parser,
    mut read: impl FnMut(&mut Parser) -> Read<T>,
) -> Read<[T; 4]> {
    let first = read(input)?;
    let mut values = vec![first];
    while !input.is_exhausted() && values.len() < 4 {
        values.push(read(input)?);
    }
    Ok(match values.as_slice() {
        [all] => [*all; 4],
        [block, inline] => [*block, *inline, *block, *inline],
        [top, inline, bottom] => [*top, *inline, *bottom, *inline],
        _ => [values[0], values[1], values[2], values[3]],
    })
}

fn margin(side: &str, input: &mut Parser, style: &mut Style, env: &Env) -> Read<bool> {
    let read = |input: &mut Parser| -> Read<Option<Length>> {
        if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
            return Ok(None);
        }
        env.scale.length(input).map(Some)
    };
    let margin = &mut style.margin;
    match side {
        "" => {
            let [top, right, bottom, left] = four(input, read)?;
            (margin.top, margin.right) = (top, right);
            (margin.bottom, margin.left) = (bottom, left);
        }
        "-top" | "-block-start" => margin.top = read(input)?,
        "-right" | "-inline-end" => margin.right = read(input)?,
        "-bottom" | "-block-end" => margin.bottom = read(input)?,
        "-left" | "-inline-start" => margin.left = read(input)?,
        "-block" => {
            let [top, _, bottom, _] = four(input, read)?;
            (margin.top, margin.bottom) = (top, bottom);
        }
        "-inline" => {
            let [left, right, ..] = four(input, read)?;
            (margin.left, margin.right) = (left, right);
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn padding(side: &str, input: &mut Parser, style: &mut Style, env: &Env) -> Read<bool> {
    let read = |input: &mut Parser| -> Read<Length> {
        let length = env.scale.length(input)?;
        let negative = length.pt < Pt::ZERO || length.fraction < 0.0;
        if negative { Err(Refusal::Invalid) } else { Ok(length) }
    };
    let padding = &mut style.padding;
    match side {
        "" => {
            let [top, right, bottom, left] = four(input, read)?;
            (padding.top, padding.right) = (top, right);
            (padding.bottom, padding.left) = (bottom, left);
        }
        "-top" | "-block-start" => padding.top = read(input)?,
        "-right" | "-inline-end" => padding.right = read(input)?,
        "-bottom" | "-block-end" => padding.bottom = read(input)?,
        "-left" | "-inline-start" => padding.left = read(input)?,
        "-block" => {
            let [top, _, bottom, _] = four(input, read)?;
            (padding.top, padding.bottom) = (top, bottom);
        }
        "-inline" => {
            let [left, right, ..] = four(input, read)?;
            (padding.left, padding.right) = (left, right);
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn background(input: &mut Parser, style: &mut Style) -> Read<()> {
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        style.background = None;
        return Ok(());
    }
    let shown = color(input, style.color).map_err(|_| Refusal::Unsupported)?;
    if !input.is_exhausted() {
        return Err(Refusal::Unsupported);
    }
    style.background = Some(shown);
    Ok(())
}

fn line_style(input: &mut Parser) -> Read<LineStyle> {
    choice(
        input,
        &[
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
        ],
    )
}

fn line_width(input: &mut Parser, env: &Env) -> Read<Pt> {
    let named = [("thin", Pt(0.5)), ("medium", Pt(1.5)), ("thick", Pt(3.0))];
    if let Ok(width) = input.try_parse(|input| choice(input, &named)) {
        return Ok(width);
    }
    let width = env.scale.fixed(input)?;
    if width < Pt::ZERO { Err(Refusal::Invalid) } else { Ok(width) }
}

/// A whole edge, its parts in any order.
fn edge(input: &mut Parser, style: &Style, env: &Env) -> Read<Border> {
    let mut edge = Border { width: Pt(1.5), color: style.color, style: LineStyle::None };
    let mut any = false;
    while !input.is_exhausted() {
        if let Ok(width) = input.try_parse(|input| line_width(input, env)) {
            edge.width = width;
        } else if let Ok(line) = input.try_parse(line_style) {
            edge.style = line;
        } else {
            edge.color = color(input, style.color)?;
        }
        any = true;
    }
    if any { Ok(edge) } else { Err(Refusal::Invalid) }
}

fn border(name: &str, input: &mut Parser, style: &mut Style, env: &Env) -> Read<bool> {
    if name.contains("radius") {
        return radius(name, input, style, env);
    }
    let rest = name.trim_start_matches("border").trim_start_matches('-');
    if rest.starts_with("image") {
        return Err(Refusal::Unsupported);
    }
    let (side, part) = match rest.split_once('-') {
        Some(("block" | "inline", end)) => {
            let (end, part) = end.split_once('-').unwrap_or((end, ""));
            let side = match (rest.starts_with("block"), end) {
                (true, "start") => "top",
                (true, "end") => "bottom",
                (false, "start") => "left",
                (false, "end") => "right",
                _ => return Ok(false),
            };
            (side, part)
        }
        Some((side, part)) => (side, part),
        None if matches!(rest, "width" | "style" | "color") => ("", rest),
        None => (rest, ""),
    };
    let own = style.clone();
    let all = &mut style.border;
    let mut sides: Vec<&mut Border> = match side {
        "" => vec![&mut all.top, &mut all.right, &mut all.bottom, &mut all.left],
        "top" => vec![&mut all.top],
        "right" => vec![&mut all.right],
        "bottom" => vec![&mut all.bottom],
        "left" => vec![&mut all.left],
        "block" => vec![&mut all.top, &mut all.bottom],
        "inline" => vec![&mut all.left, &mut all.right],
        _ => return Ok(false),
    };
    let at = |index: usize, count: usize| if count == 1 { 0 } else { index };
    let count = sides.len();
    match part {
        "" => {
            let edge = edge(input, &own, env)?;
            sides.iter_mut().for_each(|side| **side = edge);
        }
        "width" => {
            let widths = four(input, |input| line_width(input, env))?;
            (0..).zip(sides).for_each(|(i, side)| side.width = widths[at(i, count)]);
        }
        "style" => {
            let styles = four(input, line_style)?;
            (0..).zip(sides).for_each(|(i, side)| side.style = styles[at(i, count)]);
        }
        "color" => {
            let colors = four(input, |input| color(input, own.color))?;
            (0..).zip(sides).for_each(|(i, side)| side.color = colors[at(i, count)]);
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn radius(name: &str, input: &mut Parser, style: &mut Style, env: &Env) -> Read<bool> {
    let read =
        |input: &mut Parser| env.scale.fixed(input).map(|radius| radius.max(Pt::ZERO));
    let corner = match name {
        "border-radius" => {
            style.radius = four(input, read)?;
            return Ok(true);
        }
        "border-top-left-radius" => 0,
        "border-top-right-radius" => 1,
        "border-bottom-right-radius" => 2,
        "border-bottom-left-radius" => 3,
        _ => return Ok(false),
    };
    style.radius[corner] = read(input)?;
    Ok(true)
}
