//! Values: lengths, numbers, colours.

use cssparser::{Parser, Token};

use super::computed::{Color, Length};
use crate::units::{Pt, Size};

/// What lengths are measured by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// The size of the element's letters; while that is reckoned, of its parent's.
    pub(super) em: Pt,
    pub(super) rem: Pt,
    /// In em.
    pub(super) ex: f64,
    pub(super) ch: f64,
    pub(super) line: Pt,
    pub(super) root_line: Pt,
    pub(super) page: Size,
}

/// Why a value could not be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no value of the property.
    Invalid,
    /// It is one, but paper cannot have it.
    Unsupported,
}

impl<T> From<cssparser::ParseError<T>> for Refusal {
    fn from(_: cssparser::ParseError<T>) -> Self {
        Self::Invalid
    }
}

impl From<cssparser::BasicParseError> for Refusal {
    fn from(_: cssparser::BasicParseError) -> Self {
        Self::Invalid
    }
}

pub(super) type Read<T> = Result<T, Refusal>;

/// No length in a book is longer.
const LONGEST: f64 = 100_000.0;

/// A number or a length in the middle of a sum.
#[derive(Debug, Clone, Copy)]
enum Term {
    Number(f64),
    Length(Length),
}

impl Scale {
    fn unit(&self, value: f64, unit: &str) -> Read<Pt> {
        let pt = match unit.to_ascii_lowercase().as_str() {
            "pt" => value,
            "px" => value * 0.75,
            "pc" => value * 12.0,
            "in" => value * 72.0,
            "cm" => value * 72.0 / 2.54,
            "mm" => value * 72.0 / 25.4,
            "q" => value * 72.0 / 101.6,
            "em" => self.em.0 * value,
            "rem" => self.rem.0 * value,
            "ex" => self.em.0 * self.ex * value,
            "ch" => self.em.0 * self.ch * value,
            "ic" => self.em.0 * value,
            "lh" => self.line.0 * value,
            "rlh" => self.root_line.0 * value,
            "vw" => self.page.width.0 * value / 100.0,
            "vh" => self.page.height.0 * value / 100.0,
            "vmin" => self.page.width.min(self.page.height).0 * value / 100.0,
            "vmax" => self.page.width.max(self.page.height).0 * value / 100.0,
            _ => return Err(Refusal::Invalid),
        };
        finite(pt).map(Pt)
    }

    /// A length, in parts of what surrounds the box too.
    pub(super) fn length(&self, input: &mut Parser) -> Read<Length> {
        match self.term(input)? {
            Term::Length(length) => Ok(length),
            Term::Number(0.0) => Ok(Length::ZERO),
            Term::Number(_) => Err(Refusal::Invalid),
        }
    }

    /// A length that knows no percentages.
    pub(super) fn fixed(&self, input: &mut Parser) -> Read<Pt> {
        let length = self.length(input)?;
        if length.fraction == 0.0 { Ok(length.pt) } else { Err(Refusal::Invalid) }
    }

    /// A length or a number.
    pub(super) fn number_or_length(
        &self,
        input: &mut Parser,
    ) -> Read<Result<f64, Length>> {
        Ok(match self.term(input)? {
            Term::Number(number) => Ok(number),
            Term::Length(length) => Err(length),
        })
    }

    fn term(&self, input: &mut Parser) -> Read<Term> {
        let function = match input.next()? {
            Token::Number { value, .. } => {
                return finite(f64::from(*value)).map(Term::Number);
            }
            Token::Percentage { unit_value, .. } => {
                let fraction = finite(f64::from(*unit_value))?;
                return Ok(Term::Length(Length { pt: Pt::ZERO, fraction }));
            }
            Token::Dimension { value, unit, .. } => {
                let pt = self.unit(f64::from(*value), unit)?;
                return Ok(Term::Length(Length::fixed(pt)));
            }
            Token::Function(name) => name.to_ascii_lowercase(),
            Token::ParenthesisBlock => "calc".to_owned(),
            _ => return Err(Refusal::Invalid),
        };
        self.function(&function, input)
    }

    fn function(&self, name: &str, input: &mut Parser) -> Read<Term> {
        let terms = nested(input, |input| {
            let mut terms = vec![self.sum(input)?];
            while input.try_parse(Parser::expect_comma).is_ok() {
                terms.push(self.sum(input)?);
            }
            Ok(terms)
        })?;
        let least = |a, b| pick(a, b, f64::min);
        let most = |a, b| pick(a, b, f64::max);
        match (name, terms.as_slice()) {
            ("calc", [term]) => Ok(*term),
            ("min", [first, rest @ ..]) => {
                rest.iter().try_fold(*first, |a, b| least(a, *b))
            }
            ("max", [first, rest @ ..]) => {
                rest.iter().try_fold(*first, |a, b| most(a, *b))
            }
            ("clamp", [low, value, high]) => most(*low, least(*value, *high)?),
            _ => Err(Refusal::Invalid),
        }
    }

    fn sum(&self, input: &mut Parser) -> Read<Term> {
        let mut sum = self.product(input)?;
        loop {
            let sign = input.try_parse(|input| match input.next()? {
                Token::Delim('+') => Ok(1.0),
                Token::Delim('-') => Ok(-1.0),
                _ => Err(Refusal::Invalid),
            });
            let Ok(sign) = sign else { return Ok(sum) };
            let term = self.product(input)?;
            sum = match (sum, term) {
                (Term::Number(a), Term::Number(b)) => Term::Number(a + sign * b),
                (Term::Length(a), Term::Length(b)) => Term::Length(Length {
                    pt: a.pt + b.pt * sign,
                    fraction: a.fraction + b.fraction * sign,
                }),
                _ => return Err(Refusal::Invalid),
            };
        }
    }

    fn product(&self, input: &mut Parser) -> Read<Term> {
        let mut product = self.term(input)?;
        loop {
            let times = input.try_parse(|input| match input.next()? {
                Token::Delim('*') => Ok(true),
                Token::Delim('/') => Ok(false),
                _ => Err(Refusal::Invalid),
            });
            let Ok(times) = times else { return Ok(product) };
            let term = self.term(input)?;
            let scaled = |length: Length, by: f64| -> Read<Term> {
                Ok(Term::Length(Length {
                    pt: Pt(finite(length.pt.0 * by)?),
                    fraction: finite(length.fraction * by)?,
                }))
            };
            product = match (product, term, times) {
                (Term::Number(a), Term::Number(b), true) => Term::Number(finite(a * b)?),
                (Term::Number(a), Term::Number(b), false) => Term::Number(finite(a / b)?),
                (Term::Length(a), Term::Number(b), true)
                | (Term::Number(b), Term::Length(a), true) => scaled(a, b)?,
                (Term::Length(a), Term::Number(b), false) => scaled(a, 1.0 / b)?,
                _ => return Err(Refusal::Invalid),
            };
        }
    }
}

fn finite(value: f64) -> Read<f64> {
    if value.is_finite() {
        Ok(value.clamp(-LONGEST, LONGEST))
    } else {
        Err(Refusal::Invalid)
    }
}

fn pick(a: Term, b: Term, which: fn(f64, f64) -> f64) -> Read<Term> {
    match (a, b) {
        (Term::Number(a), Term::Number(b)) => Ok(Term::Number(which(a, b))),
        (Term::Length(a), Term::Length(b)) if a.fraction == 0.0 && b.fraction == 0.0 => {
            Ok(Term::Length(Length::fixed(Pt(which(a.pt.0, b.pt.0)))))
        }
        (Term::Length(a), Term::Length(b)) if a.pt == Pt::ZERO && b.pt == Pt::ZERO => {
            let fraction = which(a.fraction, b.fraction);
            Ok(Term::Length(Length { pt: Pt::ZERO, fraction }))
        }
        (Term::Length(_), Term::Length(_)) => Err(Refusal::Unsupported),
        _ => Err(Refusal::Invalid),
    }
}

/// Reads what is in the block or function that has just begun.
pub(super) fn nested<'i, T>(
    input: &mut Parser<'i>,
    read: impl FnOnce(&mut Parser<'i>) -> Read<T>,
) -> Read<T> {
    let mut refusal = Refusal::Invalid;
    let result = input.parse_nested_block(|input| {
        read(input).map_err(|why| {
            refusal = why;
            cssparser::ParseError::<()>::custom(())
        })
    });
    result.map_err(|_| refusal)
}

/// A colour; `current` is what `currentcolor` is.
pub(super) fn color(input: &mut Parser, current: Color) -> Read<Color> {
    let token = input.next()?.clone();
    match token {
        Token::Hash(digits) | Token::IDHash(digits) => {
            hex(&digits).ok_or(Refusal::Invalid)
        }
        Token::Ident(name) => {
            let name = name.to_ascii_lowercase();
            match name.as_str() {
                "currentcolor" => Ok(current),
                "transparent" => Ok(Color { alpha: 0.0, ..Color::BLACK }),
                _ => named(&name).ok_or(Refusal::Invalid),
            }
        }
        Token::Function(name) => {
            let name = name.to_ascii_lowercase();
            nested(input, |input| color_function(&name, input))
        }
        _ => Err(Refusal::Invalid),
    }
}

fn color_function(name: &str, input: &mut Parser) -> Read<Color> {
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
            _ => return Err(Refusal::Invalid),
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
            Err(Refusal::Invalid)
        }
        _ => Err(Refusal::Unsupported),
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
