//! Properties of letters.

use std::sync::Arc;

use cssparser::{Parser, Token};

use super::{Env, choice, number, word};
use crate::style::computed::{Caps, Family, Style, Tag};
use crate::style::value::{Read, Refusal};
use crate::units::Pt;

/// `medium` and its like (CSS Fonts 4, 2.5), in parts of `medium`.
const SIZES: &[(&str, f64)] = &[
    ("xx-small", 0.6),
    ("x-small", 0.75),
    ("small", 0.89),
    ("medium", 1.0),
    ("large", 1.2),
    ("x-large", 1.5),
    ("xx-large", 2.0),
    ("xxx-large", 3.0),
];

pub(super) fn apply(
    name: &str,
    input: &mut Parser,
    style: &mut Style,
    env: &Env,
) -> Read<bool> {
    let font = &mut style.font;
    match name {
        "font" => shorthand(input, style, env)?,
        "font-family" => font.families = families(input)?,
        "font-size" => font.size = size(input, env)?,
        "font-weight" => font.weight = weight(input, env)?,
        "font-style" => font.italic = slope(input)?,
        "font-stretch" | "font-width" => font.stretch = stretch(input)?,
        "font-kerning" => {
            let on = choice(input, &[("auto", 1), ("normal", 1), ("none", 0)])?;
            set(font, *b"kern", u32::from(on == 1), on == 1);
        }
        "font-variant" => {
            reset_variants(font);
            variants(input, font)?;
        }
        "font-variant-caps" => {
            reset(font, CAPS);
            variants(input, font)?;
        }
        "font-variant-numeric" => {
            reset(font, NUMERIC);
            variants(input, font)?;
        }
        "font-variant-ligatures" => {
            reset(font, LIGATURES);
            variants(input, font)?;
        }
        "font-variant-position" => {
            reset(font, POSITION);
            variants(input, font)?;
        }
        "font-feature-settings" => feature_settings(input, font)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// `line-height`, by itself and in `font`.
pub(super) fn leading(
    name: &str,
    input: &mut Parser,
    style: &mut Style,
    env: &Env,
) -> Read<bool> {
    match name {
        "line-height" => line_height(input, style, env)?,
        "font" => {
            line_height(&mut Parser::new("normal"), style, env)?;
            while !input.is_exhausted() {
                if matches!(input.next()?, Token::Delim('/')) {
                    line_height(input, style, env)?;
                }
            }
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn line_height(input: &mut Parser, style: &mut Style, env: &Env) -> Read<()> {
    let size = style.font.size;
    if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
        style.text.line_factor = None;
        style.text.line_height = env.scale.line;
        return Ok(());
    }
    match env.scale.number_or_length(input)? {
        Ok(factor) if factor >= 0.0 => {
            style.text.line_factor = Some(factor);
            style.text.line_height = size * factor;
        }
        Err(length) => {
            style.text.line_factor = None;
            style.text.line_height = length.of(size).max(Pt::ZERO);
        }
        Ok(_) => return Err(Refusal::Invalid),
    }
    Ok(())
}

fn shorthand(input: &mut Parser, style: &mut Style, env: &Env) -> Read<()> {
    let font = &mut style.font;
    (font.weight, font.italic, font.stretch) = (400, false, 100);
    reset_variants(font);
    loop {
        if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
            continue;
        }
        if let Ok(italic) = input.try_parse(slope) {
            font.italic = italic;
        } else if let Ok(weight) = input.try_parse(|input| weight(input, env)) {
            font.weight = weight;
        } else if input
            .try_parse(|input| input.expect_ident_matching("small-caps"))
            .is_ok()
        {
            caps(font, Caps::Small);
        } else if let Ok(wide) = input.try_parse(stretch) {
            font.stretch = wide;
        } else {
            break;
        }
    }
    font.size = size(input, env)?;
    if input.try_parse(|input| input.expect_delim('/')).is_ok() {
        // Read when the leading is.
        input.next()?;
    }
    font.families = families(input)?;
    Ok(())
}

fn families(input: &mut Parser) -> Read<Arc<[Family]>> {
    let mut families = Vec::new();
    loop {
        if let Ok(name) = input.try_parse(Parser::expect_string_cloned) {
            families.push(Family::Named((&*name).into()));
        } else {
            let mut name = input.expect_ident()?.to_string();
            while let Ok(more) = input.try_parse(Parser::expect_ident_cloned) {
                name.push(' ');
                name.push_str(&more);
            }
            families.push(match name.to_ascii_lowercase().as_str() {
                "serif" | "ui-serif" | "cursive" | "fantasy" | "math" => Family::Serif,
                "sans-serif" | "ui-sans-serif" | "system-ui" | "ui-rounded" => {
                    Family::Sans
                }
                "monospace" | "ui-monospace" => Family::Mono,
                _ => Family::Named(name.as_str().into()),
            });
        }
        if input.try_parse(Parser::expect_comma).is_err() {
            return Ok(families.into());
        }
    }
}

fn size(input: &mut Parser, env: &Env) -> Read<Pt> {
    let parent = env.parent.font.size;
    let medium = env.initial.font.size;
    if let Ok(word) = input.try_parse(word) {
        let known = SIZES.iter().find(|(name, _)| *name == word);
        return match word.as_str() {
            "smaller" => Ok(parent / 1.2),
            "larger" => Ok(parent * 1.2),
            _ => known.map(|(_, part)| medium * *part).ok_or(Refusal::Invalid),
        };
    }
    let size = env.scale.length(input)?.of(parent);
    if size < Pt::ZERO {
        Err(Refusal::Invalid)
    } else {
        Ok(size.max(Pt(0.1)).min(Pt(2000.0)))
    }
}

fn weight(input: &mut Parser, env: &Env) -> Read<u16> {
    let parent = env.parent.font.weight;
    let lighter = |weight: u16| match weight {
        0..=549 => 100,
        550..=749 => 400,
        _ => 700,
    };
    let bolder = |weight: u16| match weight {
        0..=349 => 400,
        350..=549 => 700,
        _ => 900,
    };
    if let Ok(word) = input.try_parse(word) {
        return match word.as_str() {
            "normal" => Ok(400),
            "bold" => Ok(700),
            "lighter" => Ok(lighter(parent)),
            "bolder" => Ok(bolder(parent)),
            _ => Err(Refusal::Invalid),
        };
    }
    let weight = number(input)?;
    if !(1.0..=1000.0).contains(&weight) {
        return Err(Refusal::Invalid);
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked")]
    #[expect(clippy::cast_sign_loss, reason = "checked")]
    let weight = weight as u16;
    Ok(weight)
}

fn slope(input: &mut Parser) -> Read<bool> {
    let italic =
        choice(input, &[("normal", false), ("italic", true), ("oblique", true)])?;
    if italic {
        // How oblique is not asked: there is one italic.
        let _ = input.try_parse(|input| match input.next()? {
            Token::Dimension { unit, .. } if is_angle(unit) => Ok(()),
            _ => Err(Refusal::Invalid),
        });
    }
    Ok(italic)
}

fn is_angle(unit: &str) -> bool {
    ["deg", "grad", "rad", "turn"].iter().any(|angle| unit.eq_ignore_ascii_case(angle))
}

fn stretch(input: &mut Parser) -> Read<u16> {
    if let Ok(part) = input.try_parse(Parser::expect_percentage) {
        #[expect(clippy::cast_possible_truncation, reason = "clamped")]
        #[expect(clippy::cast_sign_loss, reason = "clamped")]
        let part = (part * 100.0).clamp(1.0, 1000.0) as u16;
        return Ok(part);
    }
    choice(
        input,
        &[
            ("ultra-condensed", 50),
            ("extra-condensed", 62),
            ("condensed", 75),
            ("semi-condensed", 87),
            ("normal", 100),
            ("semi-expanded", 112),
            ("expanded", 125),
            ("extra-expanded", 150),
            ("ultra-expanded", 200),
        ],
    )
}

const CAPS: &[Tag] = &[*b"smcp", *b"c2sc", *b"pcap", *b"c2pc", *b"unic", *b"titl"];
const NUMERIC: &[Tag] =
    &[*b"lnum", *b"onum", *b"pnum", *b"tnum", *b"frac", *b"afrc", *b"ordn", *b"zero"];
const LIGATURES: &[Tag] = &[*b"liga", *b"clig", *b"dlig", *b"hlig", *b"calt"];
const POSITION: &[Tag] = &[*b"sups", *b"subs"];

fn reset(font: &mut crate::style::Font, tags: &[Tag]) {
    let kept = font.features.iter().filter(|(tag, _)| !tags.contains(tag)).copied();
    font.features = kept.collect();
    if tags == CAPS {
        font.caps = Caps::Normal;
    }
}

fn reset_variants(font: &mut crate::style::Font) {
    for tags in [CAPS, NUMERIC, LIGATURES, POSITION] {
        reset(font, tags);
    }
}

/// Switches a feature; what a font does by itself is not named.
fn set(font: &mut crate::style::Font, tag: Tag, value: u32, by_nature: bool) {
    let mut features = font.features.to_vec();
    features.retain(|(known, _)| *known != tag);
    if !by_nature {
        features.push((tag, value));
        features.sort_unstable();
    }
    font.features = features.into();
}

fn caps(font: &mut crate::style::Font, caps: Caps) {
    font.caps = caps;
    set(font, *b"smcp", 1, caps == Caps::Normal);
    if caps == Caps::AllSmall {
        set(font, *b"c2sc", 1, false);
    }
}

/// The words of `font-variant` and what it is short for.
fn variants(input: &mut Parser, font: &mut crate::style::Font) -> Read<()> {
    while !input.is_exhausted() {
        let mut on = |tags: &[Tag]| tags.iter().for_each(|tag| set(font, *tag, 1, false));
        match word(input)?.as_str() {
            "normal" => {}
            "small-caps" => caps(font, Caps::Small),
            "all-small-caps" => caps(font, Caps::AllSmall),
            "petite-caps" => on(&[*b"pcap"]),
            "all-petite-caps" => on(&[*b"pcap", *b"c2pc"]),
            "unicase" => on(&[*b"unic"]),
            "titling-caps" => on(&[*b"titl"]),
            "lining-nums" => on(&[*b"lnum"]),
            "oldstyle-nums" => on(&[*b"onum"]),
            "proportional-nums" => on(&[*b"pnum"]),
            "tabular-nums" => on(&[*b"tnum"]),
            "diagonal-fractions" => on(&[*b"frac"]),
            "stacked-fractions" => on(&[*b"afrc"]),
            "ordinal" => on(&[*b"ordn"]),
            "slashed-zero" => on(&[*b"zero"]),
            "super" => on(&[*b"sups"]),
            "sub" => on(&[*b"subs"]),
            "discretionary-ligatures" => on(&[*b"dlig"]),
            "historical-ligatures" => on(&[*b"hlig"]),
            "common-ligatures" | "contextual" => {}
            "no-discretionary-ligatures" | "no-historical-ligatures" => {}
            "no-common-ligatures" => {
                set(font, *b"liga", 0, false);
                set(font, *b"clig", 0, false);
            }
            "no-contextual" => set(font, *b"calt", 0, false),
            "none" => LIGATURES.iter().for_each(|tag| set(font, *tag, 0, false)),
            _ => return Err(Refusal::Invalid),
        }
    }
    Ok(())
}

fn feature_settings(input: &mut Parser, font: &mut crate::style::Font) -> Read<()> {
    if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
        return Ok(());
    }
    loop {
        let name = input.expect_string_cloned()?;
        let tag: Tag = name.as_bytes().try_into().map_err(|_| Refusal::Invalid)?;
        let value = input.try_parse(|input| match input.next()? {
            Token::Number { int_value: Some(value), .. } => {
                u32::try_from(*value).map_err(|_| Refusal::Invalid)
            }
            Token::Ident(word) if word.eq_ignore_ascii_case("on") => Ok(1),
            Token::Ident(word) if word.eq_ignore_ascii_case("off") => Ok(0),
            _ => Err(Refusal::Invalid),
        });
        set(font, tag, value.unwrap_or(1), false);
        if input.try_parse(Parser::expect_comma).is_err() {
            return Ok(());
        }
    }
}
