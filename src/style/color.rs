//! Colours (CSS Color 4).

use cssparser::{Parser, Token};

use super::computed::Color;
use super::value::{ComputeContext, ParseErrorKind, Parsed, ToComputed, nested};

/// A colour as it is specified.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum SpecifiedColor {
    /// `currentcolor`.
    Current,
    /// A colour of its own.
    Color(Color),
}

impl ToComputed for SpecifiedColor {
    type Computed = Color;

    fn to_computed(&self, context: &ComputeContext) -> Color {
        match self {
            Self::Current => context.current_color,
            Self::Color(color) => *color,
        }
    }
}

/// Parses a colour.
pub(super) fn color(input: &mut Parser) -> Parsed<SpecifiedColor> {
    let token = input.next()?.clone();
    match token {
        Token::Hash(digits) | Token::IDHash(digits) => {
            let color = hex(&digits).ok_or(ParseErrorKind::Invalid)?;
            Ok(SpecifiedColor::Color(color))
        }
        Token::Ident(name) => {
            let name = name.to_ascii_lowercase();
            match name.as_str() {
                "currentcolor" => Ok(SpecifiedColor::Current),
                "transparent" => {
                    Ok(SpecifiedColor::Color(Color { alpha: 0.0, ..Color::BLACK }))
                }
                _ => {
                    let color = named(&name).ok_or(ParseErrorKind::Invalid)?;
                    Ok(SpecifiedColor::Color(color))
                }
            }
        }
        Token::Function(name) => {
            let name = name.to_ascii_lowercase();
            let color = nested(input, |input| color_function(&name, input))?;
            Ok(SpecifiedColor::Color(color))
        }
        _ => Err(ParseErrorKind::Invalid),
    }
}

fn color_function(name: &str, input: &mut Parser) -> Parsed<Color> {
    let mut parts: Vec<(f64, bool)> = Vec::new();
    while !input.is_exhausted() {
        let part = match input.next()? {
            Token::Number { value, .. } => Some((f64::from(*value), false)),
            Token::Percentage { unit_value, .. } => Some((f64::from(*unit_value), true)),
            Token::Dimension { value, unit, .. } if unit.eq_ignore_ascii_case("deg") => {
                Some((f64::from(*value), false))
            }
            Token::Dimension { value, unit, .. } if unit.eq_ignore_ascii_case("turn") => {
                Some((f64::from(*value) * 360.0, false))
            }
            Token::Ident(word) if word.eq_ignore_ascii_case("none") => Some((0.0, false)),
            Token::Comma | Token::Delim('/') => None,
            _ => return Err(ParseErrorKind::Invalid),
        };
        parts.extend(part);
    }
    let share = |(value, percent): (f64, bool), whole: f64| {
        single(if percent { value } else { value / whole })
    };
    let alpha = |at: usize| parts.get(at).map_or(1.0, |&part| share(part, 1.0));
    match (name, parts.as_slice()) {
        ("rgb" | "rgba", [r, g, b, ..]) => Ok(Color {
            red: share(*r, 255.0),
            green: share(*g, 255.0),
            blue: share(*b, 255.0),
            alpha: alpha(3),
        }),
        ("hsl" | "hsla", [h, s, l, ..]) => {
            let part = |(value, percent): (f64, bool)| {
                if percent { value } else { value / 100.0 }
            };
            Ok(hsl(h.0, part(*s), part(*l), alpha(3)))
        }
        ("cmyk" | "device-cmyk", [c, m, y, k, ..]) => {
            let ink = |part: (f64, bool)| 1.0 - share(part, 1.0);
            let light = ink(*k);
            Ok(Color {
                red: ink(*c) * light,
                green: ink(*m) * light,
                blue: ink(*y) * light,
                alpha: alpha(4),
            })
        }
        ("rgb" | "rgba" | "hsl" | "hsla" | "cmyk" | "device-cmyk", _) => {
            Err(ParseErrorKind::Invalid)
        }
        _ => Err(ParseErrorKind::Unsupported),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a part of a colour needs no more")]
fn single(value: f64) -> f32 {
    value.clamp(0.0, 1.0) as f32
}

/// CSS Color 4, 7.1.
fn hsl(hue: f64, saturation: f64, lightness: f64, alpha: f32) -> Color {
    let hue = hue.rem_euclid(360.0);
    let reach = saturation * lightness.min(1.0 - lightness);
    let part = |n: f64| {
        let k = (n + hue / 30.0) % 12.0;
        single(lightness - reach * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0))
    };
    Color { red: part(0.0), green: part(8.0), blue: part(4.0), alpha }
}

fn hex(digits: &str) -> Option<Color> {
    let value =
        |text: &str| u8::from_str_radix(text, 16).ok().map(|it| f32::from(it) / 255.0);
    let double = |at: usize| value(&digits.get(at..=at)?.repeat(2));
    let pair = |at: usize| value(digits.get(at * 2..at * 2 + 2)?);
    let (red, green, blue, alpha) = match digits.len() {
        3 => (double(0)?, double(1)?, double(2)?, 1.0),
        4 => (double(0)?, double(1)?, double(2)?, double(3)?),
        6 => (pair(0)?, pair(1)?, pair(2)?, 1.0),
        8 => (pair(0)?, pair(1)?, pair(2)?, pair(3)?),
        _ => return None,
    };
    Some(Color { red, green, blue, alpha })
}

/// A colour by its name in CSS Color 4, 6.1.
fn named(name: &str) -> Option<Color> {
    let (red, green, blue) = cssparser::color::parse_named_color(name).ok()?;
    let part = |value: u8| f32::from(value) / 255.0;
    Some(Color { red: part(red), green: part(green), blue: part(blue), alpha: 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::value::parse_entirely;

    #[test]
    fn colours_are_read_in_every_notation() {
        let cases = [
            ("red", [255, 0, 0, 255]),
            ("RebeccaPurple", [102, 51, 153, 255]),
            ("#f80", [255, 136, 0, 255]),
            ("#FF880080", [255, 136, 0, 128]),
            ("rgb(255 136 0)", [255, 136, 0, 255]),
            ("rgba(255, 136, 0, 0.5)", [255, 136, 0, 128]),
            ("rgb(100% 0% none / 50%)", [255, 0, 0, 128]),
            ("hsl(120 100% 50%)", [0, 255, 0, 255]),
            ("hsl(0.5turn 100% 50%)", [0, 255, 255, 255]),
            ("device-cmyk(0 1 1 0)", [255, 0, 0, 255]),
            ("transparent", [0, 0, 0, 0]),
        ];
        for (text, expected) in cases {
            let parsed = parse_entirely(text, color);
            let Ok(SpecifiedColor::Color(Color { red, green, blue, alpha })) = parsed
            else {
                panic!("{text}: {parsed:?}")
            };
            let bytes = [red, green, blue, alpha].map(|part| (part * 255.0).round());
            assert_eq!(bytes, expected.map(|part: u8| f32::from(part)), "{text}");
        }
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        use ParseErrorKind::{Invalid, Unsupported};
        let cases = [
            ("reddish", Invalid),
            ("#12345", Invalid),
            ("#ggg", Invalid),
            ("rgb(1 2)", Invalid),
            ("rgb(1 2 3pt)", Invalid),
            ("oklch(40% 0.2 30)", Unsupported),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_entirely(text, color), Err(expected), "{text}");
        }
        let current = parse_entirely("currentColor", color);
        assert_eq!(current, Ok(SpecifiedColor::Current));
    }
}
