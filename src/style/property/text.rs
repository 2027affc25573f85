//! Properties of text.

use cssparser::Parser;

use super::{Env, choice, count, integer, number, word};
use crate::style::computed::{
    Align, Hyphens, Style, TabSize, Transform, VerticalAlign, WhiteSpace,
};
use crate::style::value::{Read, Refusal, color};
use crate::units::Pt;

pub(super) fn apply(
    name: &str,
    input: &mut Parser,
    style: &mut Style,
    env: &Env,
) -> Read<bool> {
    let text = &mut style.text;
    match name {
        "color" => style.color = color(input, env.parent.color)?,
        "letter-spacing" => text.letter_spacing = spacing(input, env)?,
        "word-spacing" => text.word_spacing = spacing(input, env)?,
        "text-align" => text.align = choice(input, &ALIGNS)?,
        "text-align-last" => {
            text.align_last =
                match input.try_parse(|input| input.expect_ident_matching("auto")) {
                    Ok(()) => None,
                    Err(_) => Some(choice(input, &ALIGNS)?),
                };
        }
        "text-indent" => {
            text.indent = env.scale.length(input)?;
            text.hanging_indent = false;
            while !input.is_exhausted() {
                text.hanging_indent |=
                    choice(input, &[("hanging", true), ("each-line", false)])?;
            }
        }
        "text-transform" => {
            text.transform = choice(
                input,
                &[
                    ("none", Transform::None),
                    ("uppercase", Transform::Uppercase),
                    ("lowercase", Transform::Lowercase),
                    ("capitalize", Transform::Capitalize),
                ],
            )?;
        }
        "text-decoration" | "text-decoration-line" => decoration(input, style)?,
        "text-decoration-color" => {
            let line = color(input, style.color)?;
            let own = &mut style.text.decoration;
            for part in [&mut own.underline, &mut own.overline, &mut own.line_through] {
                *part = part.map(|_| line);
            }
        }
        "text-decoration-style" => {
            if word(input)? != "solid" {
                return Err(Refusal::Unsupported);
            }
        }
        "hyphens" => {
            text.hyphens = choice(
                input,
                &[
                    ("none", Hyphens::None),
                    ("manual", Hyphens::Manual),
                    ("auto", Hyphens::Auto),
                ],
            )?;
        }
        "hyphenate-limit-chars" => text.hyphenate_limits = limits(input)?,
        "hyphenate-limit-lines" => {
            text.hyphenate_lines =
                match input.try_parse(|input| input.expect_ident_matching("no-limit")) {
                    Ok(()) => None,
                    Err(_) => Some(letters(integer(input)?)?),
                };
        }
        "hanging-punctuation" => {
            let mut hangs = false;
            while !input.is_exhausted() {
                hangs |= choice(
                    input,
                    &[
                        ("none", false),
                        ("first", true),
                        ("last", true),
                        ("force-end", true),
                        ("allow-end", true),
                    ],
                )?;
            }
            text.hanging_punctuation = hangs;
        }
        "white-space" => {
            text.white_space = choice(
                input,
                &[
                    ("normal", WhiteSpace::Normal),
                    ("nowrap", WhiteSpace::Nowrap),
                    ("pre", WhiteSpace::Pre),
                    ("pre-wrap", WhiteSpace::PreWrap),
                    ("break-spaces", WhiteSpace::PreWrap),
                    ("pre-line", WhiteSpace::PreLine),
                ],
            )?;
        }
        "overflow-wrap" | "word-wrap" => {
            text.wrap_anywhere = choice(
                input,
                &[("normal", false), ("break-word", true), ("anywhere", true)],
            )?;
        }
        "tab-size" => {
            text.tab_size = match env.scale.number_or_length(input)? {
                Ok(spaces) => TabSize::Spaces(spaces),
                Err(length) => TabSize::Length(length.pt),
            };
        }
        "direction" => {
            text.right_to_left = choice(input, &[("ltr", false), ("rtl", true)])?;
        }
        "vertical-align" => style.vertical_align = vertical(input, env)?,
        "orphans" => style.orphans = count(input)?,
        "widows" => style.widows = count(input)?,
        "initial-letter" => {
            style.initial_letter =
                match input.try_parse(|input| input.expect_ident_matching("normal")) {
                    Ok(()) => None,
                    Err(_) => Some(initial_letter(input)?),
                };
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn initial_letter(input: &mut Parser) -> Read<(f64, u32)> {
    let size = number(input)?;
    if !(1.0..=20.0).contains(&size) {
        return Err(Refusal::Invalid);
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked")]
    #[expect(clippy::cast_sign_loss, reason = "checked")]
    let whole = size.floor() as u32;
    let sink = input.try_parse(|input| match integer(input) {
        Ok(sink) => u32::try_from(sink).map_err(|_| Refusal::Invalid),
        Err(_) => choice(input, &[("drop", whole), ("raise", 1)]),
    });
    Ok((size, sink.unwrap_or(whole).clamp(1, 20)))
}

const ALIGNS: [(&str, Align); 6] = [
    ("left", Align::Left),
    ("right", Align::Right),
    ("center", Align::Center),
    ("justify", Align::Justify),
    ("start", Align::Start),
    ("end", Align::End),
];

fn spacing(input: &mut Parser, env: &Env) -> Read<Pt> {
    if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
        return Ok(Pt::ZERO);
    }
    let length = env.scale.length(input)?;
    Ok(length.of(env.scale.em))
}

fn decoration(input: &mut Parser, style: &mut Style) -> Read<()> {
    let mut lines = [false; 3];
    let mut line_color = style.color;
    while !input.is_exhausted() {
        if let Ok(given) = input.try_parse(|input| color(input, style.color)) {
            line_color = given;
            continue;
        }
        match word(input)?.as_str() {
            "none" => lines = [false; 3],
            "underline" => lines[0] = true,
            "overline" => lines[1] = true,
            "line-through" => lines[2] = true,
            "solid" | "auto" | "from-font" => {}
            "wavy" | "dotted" | "dashed" | "double" => return Err(Refusal::Unsupported),
            _ => return Err(Refusal::Invalid),
        }
    }
    let own = &mut style.text.decoration;
    let color = |on: bool| on.then_some(line_color);
    own.underline = color(lines[0]);
    own.overline = color(lines[1]);
    own.line_through = color(lines[2]);
    Ok(())
}

fn letters(count: i32) -> Read<u8> {
    u8::try_from(count).map_err(|_| Refusal::Invalid)
}

fn limits(input: &mut Parser) -> Read<[Option<u8>; 3]> {
    let mut limits = Vec::new();
    while !input.is_exhausted() && limits.len() < 3 {
        let auto = input.try_parse(|input| input.expect_ident_matching("auto")).is_ok();
        limits.push(if auto { None } else { Some(letters(integer(input)?)?) });
    }
    match limits.as_slice() {
        [word] => Ok([*word, None, None]),
        [word, before] => Ok([*word, *before, *before]),
        [word, before, after] => Ok([*word, *before, *after]),
        _ => Err(Refusal::Invalid),
    }
}

fn vertical(input: &mut Parser, env: &Env) -> Read<VerticalAlign> {
    if let Ok(length) = input.try_parse(|input| env.scale.length(input)) {
        return Ok(VerticalAlign::Raise(length.of(env.scale.line)));
    }
    choice(
        input,
        &[
            ("baseline", VerticalAlign::Baseline),
            ("sub", VerticalAlign::Sub),
            ("super", VerticalAlign::Super),
            ("top", VerticalAlign::Top),
            ("text-top", VerticalAlign::Top),
            ("middle", VerticalAlign::Middle),
            ("bottom", VerticalAlign::Bottom),
            ("text-bottom", VerticalAlign::Bottom),
        ],
    )
}
