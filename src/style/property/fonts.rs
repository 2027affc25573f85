//! Properties of fonts (CSS Fonts 4), and the line height.

use std::sync::Arc;

use cssparser::{Parser, Token};

use crate::style::computed::{Caps, Family, Style, Tag};
use crate::style::length::{NumberOrLength, SpecifiedLength};
use crate::style::value::{
    ComputeContext, ParseErrorKind, Parsed, ToComputed, computed_as_specified, ident,
    is_keyword, keyword, number,
};
use crate::units::Pt;

/// `font-size`.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::style) enum FontSize {
    /// A keyword, in parts of `medium`.
    Absolute(f64),
    /// `smaller` than the parent's.
    Smaller,
    /// `larger` than the parent's.
    Larger,
    /// A length, or a part of the parent's font size.
    Length(SpecifiedLength),
}

/// `font-weight`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::style) enum FontWeight {
    /// From 1 to 1000.
    Number(u16),
    /// `lighter` than the parent's.
    Lighter,
    /// `bolder` than the parent's.
    Bolder,
}

/// `line-height`.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::style) enum LineHeight {
    /// What the font asks for.
    Normal,
    /// So many times the font size; descendants inherit the number.
    Number(f64),
    /// A length, or a part of the font size.
    Length(SpecifiedLength),
}

/// OpenType features, in the order of their tags, and what each is set to.
pub(in crate::style) type Features = Arc<[(Tag, u32)]>;

/// `font-variant-caps`: its features, and what stands for them where a font has none.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::style) struct CapsFeatures {
    caps: Caps,
    features: Features,
}

/// The OpenType features that an element asks for, by the property that asks.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::style) struct FontFeatures {
    pub(super) caps: CapsFeatures,
    pub(super) numeric: Features,
    pub(super) ligatures: Features,
    pub(super) position: Features,
    pub(super) kerning: Features,
    pub(super) settings: Features,
}

computed_as_specified!(CapsFeatures);

impl FontFeatures {
    /// What stands for small capitals where a font has none.
    pub(in crate::style) fn caps(&self) -> Caps {
        self.caps.caps
    }

    /// All of them in the order of their tags; `font-feature-settings` weighs most (CSS Fonts 4,
    /// section 7.2).
    pub(in crate::style) fn all(&self) -> Features {
        let Self { caps, numeric, ligatures, position, kerning, settings } = self;
        let mut all = Vec::new();
        for features in [&caps.features, numeric, ligatures, position, kerning, settings]
        {
            for (tag, value) in features.iter() {
                set(&mut all, *tag, *value);
            }
        }
        all.into()
    }
}

fn set(features: &mut Vec<(Tag, u32)>, tag: Tag, value: u32) {
    match features.binary_search_by_key(&tag, |(tag, _)| *tag) {
        Ok(at) => features[at].1 = value,
        Err(at) => features.insert(at, (tag, value)),
    }
}

/// The keywords of absolute sizes (CSS Fonts 4, section 2.5.1), in parts of `medium`, and those
/// that are relative to the parent.
const SIZES: &[(&str, FontSize)] = &[
    ("xx-small", FontSize::Absolute(0.6)),
    ("x-small", FontSize::Absolute(0.75)),
    ("small", FontSize::Absolute(0.89)),
    ("medium", FontSize::Absolute(1.0)),
    ("large", FontSize::Absolute(1.2)),
    ("x-large", FontSize::Absolute(1.5)),
    ("xx-large", FontSize::Absolute(2.0)),
    ("xxx-large", FontSize::Absolute(3.0)),
    ("smaller", FontSize::Smaller),
    ("larger", FontSize::Larger),
];

/// The smallest and the largest font in a book.
const MIN_FONT_SIZE: Pt = Pt(0.1);
const MAX_FONT_SIZE: Pt = Pt(2000.0);

pub(super) fn size(input: &mut Parser) -> Parsed<FontSize> {
    if let Ok(size) = input.try_parse(|input| keyword(input, SIZES)) {
        return Ok(size);
    }
    let length = SpecifiedLength::parse(input)?;
    if length.is_negative() {
        Err(ParseErrorKind::Invalid)
    } else {
        Ok(FontSize::Length(length))
    }
}

impl ToComputed for FontSize {
    type Computed = Pt;

    fn to_computed(&self, context: &ComputeContext) -> Pt {
        let parent = context.parent.font.size;
        match self {
            Self::Absolute(part) => context.initial.font.size * *part,
            Self::Smaller => parent / 1.2,
            Self::Larger => parent * 1.2,
            Self::Length(length) => {
                let size = length.at(&context.scale).of(parent);
                size.max(MIN_FONT_SIZE).min(MAX_FONT_SIZE)
            }
        }
    }
}

pub(super) fn weight(input: &mut Parser) -> Parsed<FontWeight> {
    const KEYWORDS: &[(&str, FontWeight)] = &[
        ("normal", FontWeight::Number(400)),
        ("bold", FontWeight::Number(700)),
        ("lighter", FontWeight::Lighter),
        ("bolder", FontWeight::Bolder),
    ];
    if let Ok(weight) = input.try_parse(|input| keyword(input, KEYWORDS)) {
        return Ok(weight);
    }
    weight_number(input).map(FontWeight::Number)
}

/// A weight from 1 to 1000.
pub(in crate::style) fn weight_number(input: &mut Parser) -> Parsed<u16> {
    let weight = number(input)?;
    if !(1.0..=1000.0).contains(&weight) {
        return Err(ParseErrorKind::Invalid);
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked")]
    #[expect(clippy::cast_sign_loss, reason = "checked")]
    let weight = weight as u16;
    Ok(weight)
}

/// CSS Fonts 4, section 2.2.1.
impl ToComputed for FontWeight {
    type Computed = u16;

    fn to_computed(&self, context: &ComputeContext) -> u16 {
        let parent = context.parent.font.weight;
        match (self, parent) {
            (Self::Number(weight), _) => *weight,
            (Self::Lighter, 0..=549) => 100,
            (Self::Lighter, 550..=749) => 400,
            (Self::Lighter, _) => 700,
            (Self::Bolder, 0..=349) => 400,
            (Self::Bolder, 350..=549) => 700,
            (Self::Bolder, _) => 900,
        }
    }
}

/// Whether it is italic: how far oblique is not asked, for there is one italic.
pub(in crate::style) fn style(input: &mut Parser) -> Parsed<bool> {
    let italic =
        keyword(input, &[("normal", false), ("italic", true), ("oblique", true)])?;
    let angle = |input: &mut Parser| match input.next() {
        Ok(Token::Dimension { unit, .. }) if is_angle(unit) => Ok(()),
        _ => Err(()),
    };
    // `@font-face` takes a range of them.
    if italic && input.try_parse(angle).is_ok() {
        let _ = input.try_parse(angle);
    }
    Ok(italic)
}

fn is_angle(unit: &str) -> bool {
    ["deg", "grad", "rad", "turn"].iter().any(|angle| unit.eq_ignore_ascii_case(angle))
}

/// In per cent.
pub(in crate::style) fn stretch(input: &mut Parser) -> Parsed<u16> {
    if let Ok(part) = input.try_parse(Parser::expect_percentage) {
        #[expect(clippy::cast_possible_truncation, reason = "clamped")]
        #[expect(clippy::cast_sign_loss, reason = "clamped")]
        let part = (part * 100.0).clamp(1.0, 1000.0) as u16;
        return Ok(part);
    }
    stretch_keyword(input)
}

/// In per cent (CSS Fonts 4, section 2.3.1).
pub(super) fn stretch_keyword(input: &mut Parser) -> Parsed<u16> {
    const KEYWORDS: &[(&str, u16)] = &[
        ("ultra-condensed", 50),
        ("extra-condensed", 62),
        ("condensed", 75),
        ("semi-condensed", 87),
        ("normal", 100),
        ("semi-expanded", 112),
        ("expanded", 125),
        ("extra-expanded", 150),
        ("ultra-expanded", 200),
    ];
    keyword(input, KEYWORDS)
}

pub(super) fn families(input: &mut Parser) -> Parsed<Arc<[Family]>> {
    let mut families = Vec::new();
    loop {
        families.push(family(input)?);
        if input.try_parse(Parser::expect_comma).is_err() {
            return Ok(families.into());
        }
    }
}

/// A family: in quotes a name, without them a name or a generic family.
fn family(input: &mut Parser) -> Parsed<Family> {
    if let Ok(name) = input.try_parse(Parser::expect_string_cloned) {
        return Ok(Family::Named((&*name).into()));
    }
    let name = family_idents(input)?;
    Ok(match name.to_ascii_lowercase().as_str() {
        "serif" | "ui-serif" | "cursive" | "fantasy" | "math" => Family::Serif,
        "sans-serif" | "ui-sans-serif" | "system-ui" | "ui-rounded" => Family::Sans,
        "monospace" | "ui-monospace" => Family::Mono,
        _ => Family::Named(name.as_str().into()),
    })
}

/// A family's name, which `@font-face` gives it.
pub(in crate::style) fn family_name(input: &mut Parser) -> Parsed<String> {
    match input.try_parse(Parser::expect_string_cloned) {
        Ok(name) => Ok(name.to_string()),
        Err(_) => family_idents(input),
    }
}

fn family_idents(input: &mut Parser) -> Parsed<String> {
    let mut name = input.expect_ident()?.to_string();
    while let Ok(more) = input.try_parse(Parser::expect_ident_cloned) {
        name.push(' ');
        name.push_str(&more);
    }
    Ok(name)
}

pub(super) fn line_height(input: &mut Parser) -> Parsed<LineHeight> {
    if is_keyword(input, "normal") {
        return Ok(LineHeight::Normal);
    }
    match NumberOrLength::parse(input)? {
        NumberOrLength::Number(factor) if factor >= 0.0 => Ok(LineHeight::Number(factor)),
        NumberOrLength::Number(_) => Err(ParseErrorKind::Invalid),
        NumberOrLength::Length(length) => Ok(LineHeight::Length(length)),
    }
}

pub(super) fn set_line_height(
    style: &mut Style,
    value: &LineHeight,
    context: &ComputeContext,
) {
    let size = style.font.size;
    let (height, factor) = match value {
        LineHeight::Normal => (context.normal_line, None),
        LineHeight::Number(factor) => (size * *factor, Some(*factor)),
        LineHeight::Length(length) => {
            (length.at(&context.scale).of(size).max(Pt::ZERO), None)
        }
    };
    style.text.line_height = height;
    style.text.line_factor = factor;
}

pub(super) fn kerning(input: &mut Parser) -> Parsed<Features> {
    let kerns = keyword(input, &[("auto", true), ("normal", true), ("none", false)])?;
    Ok(if kerns { [].into() } else { [(*b"kern", 0)].into() })
}

pub(super) fn feature_settings(input: &mut Parser) -> Parsed<Features> {
    let mut features = Vec::new();
    if is_keyword(input, "normal") {
        return Ok(features.into());
    }
    loop {
        let name = input.expect_string_cloned()?;
        let tag = name.as_bytes().try_into().map_err(|_| ParseErrorKind::Invalid)?;
        let value = input.try_parse(|input| match input.next()? {
            Token::Number { int_value: Some(value), .. } => {
                u32::try_from(*value).map_err(|_| ParseErrorKind::Invalid)
            }
            Token::Ident(word) if word.eq_ignore_ascii_case("on") => Ok(1),
            Token::Ident(word) if word.eq_ignore_ascii_case("off") => Ok(0),
            _ => Err(ParseErrorKind::Invalid),
        });
        set(&mut features, tag, value.unwrap_or(1));
        if input.try_parse(Parser::expect_comma).is_err() {
            return Ok(features.into());
        }
    }
}

/// A keyword of `font-variant-…` with the features that it sets.
type Variant = (&'static str, &'static [(Tag, u32)]);

const CAPS: &[Variant] = &[
    ("small-caps", &[(*b"smcp", 1)]),
    ("all-small-caps", &[(*b"c2sc", 1), (*b"smcp", 1)]),
    ("petite-caps", &[(*b"pcap", 1)]),
    ("all-petite-caps", &[(*b"c2pc", 1), (*b"pcap", 1)]),
    ("unicase", &[(*b"unic", 1)]),
    ("titling-caps", &[(*b"titl", 1)]),
];

const NUMERIC: &[Variant] = &[
    ("lining-nums", &[(*b"lnum", 1)]),
    ("oldstyle-nums", &[(*b"onum", 1)]),
    ("proportional-nums", &[(*b"pnum", 1)]),
    ("tabular-nums", &[(*b"tnum", 1)]),
    ("diagonal-fractions", &[(*b"frac", 1)]),
    ("stacked-fractions", &[(*b"afrc", 1)]),
    ("ordinal", &[(*b"ordn", 1)]),
    ("slashed-zero", &[(*b"zero", 1)]),
];

/// What fonts do by themselves is not asked of them.
const LIGATURES: &[Variant] = &[
    ("common-ligatures", &[]),
    ("no-common-ligatures", &[(*b"clig", 0), (*b"liga", 0)]),
    ("discretionary-ligatures", &[(*b"dlig", 1)]),
    ("no-discretionary-ligatures", &[]),
    ("historical-ligatures", &[(*b"hlig", 1)]),
    ("no-historical-ligatures", &[]),
    ("contextual", &[]),
    ("no-contextual", &[(*b"calt", 0)]),
    (
        "none",
        &[(*b"calt", 0), (*b"clig", 0), (*b"dlig", 0), (*b"hlig", 0), (*b"liga", 0)],
    ),
];

const POSITION: &[Variant] = &[("super", &[(*b"sups", 1)]), ("sub", &[(*b"subs", 1)])];

pub(super) fn variant_caps(input: &mut Parser) -> Parsed<CapsFeatures> {
    if is_keyword(input, "normal") { Ok(CapsFeatures::default()) } else { caps(input) }
}

/// What `font` takes of the keywords of `font-variant`.
pub(super) fn small_caps(input: &mut Parser) -> Parsed<CapsFeatures> {
    let features = caps(input)?;
    let is_small = features.caps == Caps::Small;
    if is_small { Ok(features) } else { Err(ParseErrorKind::Invalid) }
}

fn caps(input: &mut Parser) -> Parsed<CapsFeatures> {
    let name = ident(input)?;
    let caps = match name.as_str() {
        "small-caps" => Caps::Small,
        "all-small-caps" => Caps::AllSmall,
        _ => Caps::Normal,
    };
    let found = CAPS.iter().find(|(known, _)| *known == name);
    let (_, features) = found.ok_or(ParseErrorKind::Invalid)?;
    Ok(CapsFeatures { caps, features: (*features).into() })
}

pub(super) fn variant_numeric(input: &mut Parser) -> Parsed<Features> {
    variants(input, NUMERIC)
}

pub(super) fn variant_ligatures(input: &mut Parser) -> Parsed<Features> {
    variants(input, LIGATURES)
}

pub(super) fn variant_position(input: &mut Parser) -> Parsed<Features> {
    variants(input, POSITION)
}

/// `normal`, or keywords as long as they are among those known.
fn variants(input: &mut Parser, known: &[Variant]) -> Parsed<Features> {
    let mut features = Vec::new();
    if is_keyword(input, "normal") {
        return Ok(features.into());
    }
    add(&mut features, input, known)?;
    while input.try_parse(|input| add(&mut features, input, known)).is_ok() {}
    Ok(features.into())
}

/// Adds the features of the keyword that comes next.
fn add(
    features: &mut Vec<(Tag, u32)>,
    input: &mut Parser,
    known: &[Variant],
) -> Parsed<()> {
    let more = keyword(input, known)?;
    more.iter().for_each(|(tag, value)| set(features, *tag, *value));
    Ok(())
}

/// `font-variant`: `normal`, or keywords of all its longhands.
pub(super) fn variant(input: &mut Parser) -> Parsed<FontFeatures> {
    if is_keyword(input, "normal") {
        return Ok(FontFeatures::default());
    }
    let mut caps_features = None;
    let known = [NUMERIC, LIGATURES, POSITION];
    let mut others = [Vec::new(), Vec::new(), Vec::new()];
    loop {
        if let Ok(caps) = input.try_parse(caps) {
            caps_features = Some(caps);
        } else {
            let mut all = others.iter_mut().zip(known);
            let added = all.any(|(features, known)| {
                input.try_parse(|input| add(features, input, known)).is_ok()
            });
            if !added {
                return Err(ParseErrorKind::Invalid);
            }
        }
        if input.is_exhausted() {
            break;
        }
    }
    let [numeric, ligatures, position] = others.map(Into::into);
    let caps = caps_features.unwrap_or_default();
    Ok(FontFeatures { caps, numeric, ligatures, position, ..FontFeatures::default() })
}
