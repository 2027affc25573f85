//! Properties of text (CSS Text 4, CSS Text Decoration 4, CSS Inline Layout 3).

use cssparser::Parser;

use crate::style::color::SpecifiedColor;
use crate::style::computed::{
    self, Align, Decoration, Hyphens, Style, Transform, WhiteSpace,
};
use crate::style::length::{NumberOrLength, SpecifiedLength};
use crate::style::value::{
    ComputeContext, ParseErrorKind, Parsed, ToComputed, computed_as_specified, ident,
    integer, is_keyword, keyword, keyword_or, number,
};
use crate::units::Pt;

computed_as_specified!(Align, Hyphens, Transform, WhiteSpace);

/// `letter-spacing`, `word-spacing`: a length, or a part of the font size.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::style) struct Spacing(SpecifiedLength);

/// `text-indent`: how far, and whether it hangs.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::style) struct Indent {
    length: SpecifiedLength,
    hanging: bool,
}

/// `text-decoration-line`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::style) struct DecorationLine {
    underline: bool,
    overline: bool,
    line_through: bool,
}

/// `tab-size`: advances of a space, or a length.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::style) struct SpecifiedTabSize(NumberOrLength);

/// `vertical-align`.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::style) enum SpecifiedVerticalAlign {
    /// A keyword.
    Keyword(computed::VerticalAlign),
    /// A length, or a part of the line height.
    Length(SpecifiedLength),
}

const ALIGNS: &[(&str, Align)] = &[
    ("left", Align::Left),
    ("right", Align::Right),
    ("center", Align::Center),
    ("justify", Align::Justify),
    ("start", Align::Start),
    ("end", Align::End),
];

pub(super) fn align(input: &mut Parser) -> Parsed<Align> {
    keyword(input, ALIGNS)
}

/// None is `auto`.
pub(super) fn align_last(input: &mut Parser) -> Parsed<Option<Align>> {
    keyword_or(input, "auto", align)
}

pub(super) fn spacing(input: &mut Parser) -> Parsed<Spacing> {
    let length = keyword_or(input, "normal", SpecifiedLength::parse)?;
    Ok(Spacing(length.unwrap_or(SpecifiedLength::ZERO)))
}

impl ToComputed for Spacing {
    type Computed = Pt;

    fn to_computed(&self, context: &ComputeContext) -> Pt {
        self.0.at(&context.scale).of(context.scale.em)
    }
}

pub(super) fn indent(input: &mut Parser) -> Parsed<Indent> {
    let length = SpecifiedLength::parse(input)?;
    let mut hanging = false;
    while !input.is_exhausted() {
        hanging |= keyword(input, &[("hanging", true), ("each-line", false)])?;
    }
    Ok(Indent { length, hanging })
}

pub(super) fn set_indent(style: &mut Style, value: &Indent, context: &ComputeContext) {
    style.text.indent = value.length.to_computed(context);
    style.text.hanging_indent = value.hanging;
}

pub(super) fn transform(input: &mut Parser) -> Parsed<Transform> {
    const KEYWORDS: &[(&str, Transform)] = &[
        ("none", Transform::None),
        ("uppercase", Transform::Uppercase),
        ("lowercase", Transform::Lowercase),
        ("capitalize", Transform::Capitalize),
    ];
    keyword(input, KEYWORDS)
}

pub(super) fn decoration_line(input: &mut Parser) -> Parsed<DecorationLine> {
    let none = DecorationLine::default();
    let underline = DecorationLine { underline: true, ..none };
    let overline = DecorationLine { overline: true, ..none };
    let line_through = DecorationLine { line_through: true, ..none };
    if is_keyword(input, "none") {
        return Ok(none);
    }
    let keywords = [
        ("underline", underline),
        ("overline", overline),
        ("line-through", line_through),
    ];
    let mut lines = keyword(input, &keywords)?;
    while let Ok(line) = input.try_parse(|input| keyword(input, &keywords)) {
        lines.underline |= line.underline;
        lines.overline |= line.overline;
        lines.line_through |= line.line_through;
    }
    Ok(lines)
}

/// The lines, in the element's colour: one of their own is set later.
pub(super) fn set_decoration_line(
    style: &mut Style,
    value: &DecorationLine,
    context: &ComputeContext,
) {
    let DecorationLine { underline, overline, line_through } = *value;
    style.text.decoration =
        Decoration { underline, overline, line_through, ..Decoration::default() };
    set_decoration_color(style, &SpecifiedColor::Current, context);
}

/// The colour of lines, if there are any.
pub(super) fn set_decoration_color(
    style: &mut Style,
    value: &SpecifiedColor,
    context: &ComputeContext,
) {
    let decoration = &mut style.text.decoration;
    if decoration.underline || decoration.overline || decoration.line_through {
        decoration.color = value.to_computed(context);
    }
}

/// Lines are solid.
pub(super) fn decoration_style(input: &mut Parser) -> Parsed<()> {
    match ident(input)?.as_str() {
        "solid" => Ok(()),
        "wavy" | "dotted" | "dashed" | "double" => Err(ParseErrorKind::Unsupported),
        _ => Err(ParseErrorKind::Invalid),
    }
}

pub(super) fn hyphens(input: &mut Parser) -> Parsed<Hyphens> {
    const KEYWORDS: &[(&str, Hyphens)] =
        &[("none", Hyphens::None), ("manual", Hyphens::Manual), ("auto", Hyphens::Auto)];
    keyword(input, KEYWORDS)
}

/// The least letters of a word, before its hyphen and after it; none is `auto`.
pub(super) fn hyphenate_limit_chars(input: &mut Parser) -> Parsed<[Option<u8>; 3]> {
    let mut limits = Vec::new();
    while !input.is_exhausted() && limits.len() < 3 {
        limits.push(keyword_or(input, "auto", small_integer)?);
    }
    match limits.as_slice() {
        [word] => Ok([*word, None, None]),
        [word, before] => Ok([*word, *before, *before]),
        [word, before, after] => Ok([*word, *before, *after]),
        _ => Err(ParseErrorKind::Invalid),
    }
}

/// None is `no-limit`.
pub(super) fn hyphenate_limit_lines(input: &mut Parser) -> Parsed<Option<u8>> {
    keyword_or(input, "no-limit", small_integer)
}

fn small_integer(input: &mut Parser) -> Parsed<u8> {
    u8::try_from(integer(input)?).map_err(|_| ParseErrorKind::Invalid)
}

/// Whether marks hang at all.
pub(super) fn hanging_punctuation(input: &mut Parser) -> Parsed<bool> {
    const KEYWORDS: &[(&str, bool)] = &[
        ("none", false),
        ("first", true),
        ("last", true),
        ("force-end", true),
        ("allow-end", true),
    ];
    let mut hangs = keyword(input, KEYWORDS)?;
    while !input.is_exhausted() {
        hangs |= keyword(input, KEYWORDS)?;
    }
    Ok(hangs)
}

pub(super) fn white_space(input: &mut Parser) -> Parsed<WhiteSpace> {
    const KEYWORDS: &[(&str, WhiteSpace)] = &[
        ("normal", WhiteSpace::Normal),
        ("nowrap", WhiteSpace::Nowrap),
        ("pre", WhiteSpace::Pre),
        ("pre-wrap", WhiteSpace::PreWrap),
        ("break-spaces", WhiteSpace::PreWrap),
        ("pre-line", WhiteSpace::PreLine),
    ];
    keyword(input, KEYWORDS)
}

/// Whether lines may break anywhere if nothing else helps.
pub(super) fn overflow_wrap(input: &mut Parser) -> Parsed<bool> {
    keyword(input, &[("normal", false), ("break-word", true), ("anywhere", true)])
}

pub(super) fn tab_size(input: &mut Parser) -> Parsed<SpecifiedTabSize> {
    NumberOrLength::parse(input).map(SpecifiedTabSize)
}

impl ToComputed for SpecifiedTabSize {
    type Computed = computed::TabSize;

    fn to_computed(&self, context: &ComputeContext) -> computed::TabSize {
        match &self.0 {
            NumberOrLength::Number(spaces) => computed::TabSize::Spaces(*spaces),
            NumberOrLength::Length(length) => {
                computed::TabSize::Length(length.at(&context.scale).pt)
            }
        }
    }
}

/// Whether text runs from right to left.
pub(super) fn direction(input: &mut Parser) -> Parsed<bool> {
    keyword(input, &[("ltr", false), ("rtl", true)])
}

pub(super) fn vertical_align(input: &mut Parser) -> Parsed<SpecifiedVerticalAlign> {
    use computed::VerticalAlign as Computed;
    const KEYWORDS: &[(&str, Computed)] = &[
        ("baseline", Computed::Baseline),
        ("sub", Computed::Sub),
        ("super", Computed::Super),
        ("top", Computed::Top),
        ("text-top", Computed::Top),
        ("middle", Computed::Middle),
        ("bottom", Computed::Bottom),
        ("text-bottom", Computed::Bottom),
    ];
    if let Ok(length) = input.try_parse(SpecifiedLength::parse) {
        return Ok(SpecifiedVerticalAlign::Length(length));
    }
    keyword(input, KEYWORDS).map(SpecifiedVerticalAlign::Keyword)
}

impl ToComputed for SpecifiedVerticalAlign {
    type Computed = computed::VerticalAlign;

    fn to_computed(&self, context: &ComputeContext) -> computed::VerticalAlign {
        match self {
            Self::Keyword(align) => *align,
            Self::Length(length) => {
                let scale = &context.scale;
                computed::VerticalAlign::Raise(length.at(scale).of(scale.line))
            }
        }
    }
}

/// The most lines that an initial letter may be tall.
const MAX_INITIAL_LINES: u32 = 20;

/// Lines that the letter is tall, and lines that it sinks; none is `normal`.
pub(super) fn initial_letter(input: &mut Parser) -> Parsed<Option<(f64, u32)>> {
    keyword_or(input, "normal", |input| {
        let size = number(input)?;
        if !(1.0..=f64::from(MAX_INITIAL_LINES)).contains(&size) {
            return Err(ParseErrorKind::Invalid);
        }
        #[expect(clippy::cast_possible_truncation, reason = "checked")]
        #[expect(clippy::cast_sign_loss, reason = "checked")]
        let whole = size.floor() as u32;
        let sink = input.try_parse(|input| match input.try_parse(integer) {
            Ok(sink) => u32::try_from(sink).map_err(|_| ParseErrorKind::Invalid),
            Err(_) => keyword(input, &[("drop", whole), ("raise", 1)]),
        });
        Ok((size, sink.unwrap_or(whole).clamp(1, MAX_INITIAL_LINES)))
    })
}
