//! Lengths: units, percentages and the mathematical functions (CSS Values 4, sections 5, 6, 10).

use cssparser::{Parser, Token};

use super::computed::Length;
use super::value::{ComputeContext, ParseErrorKind, Parsed, ToComputed, nested};
use crate::units::{Pt, Size};

/// What relative lengths are measured by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// The font size of the element; while that is computed, of its parent.
    pub(super) em: Pt,
    /// The font size of the root element.
    pub(super) rem: Pt,
    /// The x-height, in em.
    pub(super) ex: f64,
    /// The advance of `0`, in em.
    pub(super) ch: f64,
    /// The line height of the element.
    pub(super) line: Pt,
    /// The line height of the root element.
    pub(super) root_line: Pt,
    /// The trimmed page.
    pub(super) page: Size,
}

/// A length or percentage as it is specified.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SpecifiedLength(Calculation);

/// A length without percentages, as it is specified.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AbsoluteLength(SpecifiedLength);

/// A number, or a length or percentage.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum NumberOrLength {
    /// A number.
    Number(f64),
    /// A length or percentage.
    Length(SpecifiedLength),
}

/// A calculation tree (CSS Values 4, section 10.9).
#[derive(Debug, Clone, PartialEq)]
enum Calculation {
    Number(f64),
    /// A part: 1 is 100%.
    Percentage(f64),
    Absolute(Pt),
    Relative(f64, Unit),
    /// Terms with the signs that stand before them, 1 or -1.
    Sum(Vec<(f64, Calculation)>),
    /// Factors, and whether each multiplies rather than divides.
    Product(Vec<(bool, Calculation)>),
    Minimum(Vec<Calculation>),
    Maximum(Vec<Calculation>),
    /// The least, the value itself, and the most.
    Clamp(Box<[Calculation; 3]>),
}

/// A unit that depends on the element, its root or the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Em,
    Rem,
    Ex,
    Ch,
    Lh,
    Rlh,
    Vw,
    Vh,
    Vmin,
    Vmax,
}

/// What a calculation comes to.
#[derive(Debug, Clone, Copy)]
enum Term {
    Number(f64),
    Length(Length),
}

/// The longest length in a book, in points.
const MAX_LENGTH_PT: f64 = 100_000.0;

impl SpecifiedLength {
    /// No length.
    pub(super) const ZERO: Self = Self(Calculation::Absolute(Pt::ZERO));

    /// Parses a length or percentage, or the number zero.
    pub(super) fn parse(input: &mut Parser) -> Parsed<Self> {
        match NumberOrLength::parse(input)? {
            NumberOrLength::Length(length) => Ok(length),
            NumberOrLength::Number(0.0) => Ok(Self::ZERO),
            NumberOrLength::Number(_) => Err(ParseErrorKind::Invalid),
        }
    }

    /// Its length by a scale.
    pub(super) fn at(&self, scale: &Scale) -> Length {
        match self.0.evaluate(scale) {
            Ok(Term::Length(length)) => length,
            Ok(Term::Number(_)) | Err(_) => Length::ZERO,
        }
    }

    /// Whether it is negative for an element of usual size.
    pub(super) fn is_negative(&self) -> bool {
        let length = self.at(&Scale::REFERENCE);
        length.pt < Pt::ZERO || length.fraction < 0.0
    }
}

impl AbsoluteLength {
    /// Parses a length that is no percentage.
    pub(super) fn parse(input: &mut Parser) -> Parsed<Self> {
        let length = SpecifiedLength::parse(input)?;
        if length.at(&Scale::REFERENCE).fraction == 0.0 {
            Ok(Self(length))
        } else {
            Err(ParseErrorKind::Invalid)
        }
    }

    /// A length in points.
    pub(super) fn points(points: f64) -> Self {
        Self(SpecifiedLength(Calculation::Absolute(Pt(points))))
    }

    /// Its length by a scale.
    pub(super) fn at(&self, scale: &Scale) -> Pt {
        self.0.at(scale).pt
    }

    /// Whether it is negative for an element of usual size.
    pub(super) fn is_negative(&self) -> bool {
        self.0.is_negative()
    }
}

impl NumberOrLength {
    /// Parses a number, or a length or percentage.
    pub(super) fn parse(input: &mut Parser) -> Parsed<Self> {
        let calculation = Calculation::parse(input)?;
        // Whether the types in it agree, and can be calculated, does not depend on the scale.
        Ok(match calculation.evaluate(&Scale::REFERENCE)? {
            Term::Number(number) => Self::Number(number),
            Term::Length(_) => Self::Length(SpecifiedLength(calculation)),
        })
    }
}

impl ToComputed for SpecifiedLength {
    type Computed = Length;

    fn to_computed(&self, context: &ComputeContext) -> Length {
        self.at(&context.scale)
    }
}

impl ToComputed for AbsoluteLength {
    type Computed = Pt;

    fn to_computed(&self, context: &ComputeContext) -> Pt {
        self.at(&context.scale)
    }
}

impl Scale {
    /// A scale for asking what kind of value a calculation is, before any element is known.
    pub(super) const REFERENCE: Self = Self {
        em: Pt(10.0),
        rem: Pt(10.0),
        ex: 0.5,
        ch: 0.5,
        line: Pt(12.0),
        root_line: Pt(12.0),
        page: Size { width: Pt(400.0), height: Pt(600.0) },
    };

    fn unit(&self, value: f64, unit: Unit) -> f64 {
        let page = self.page;
        match unit {
            Unit::Em => self.em.0 * value,
            Unit::Rem => self.rem.0 * value,
            Unit::Ex => self.em.0 * self.ex * value,
            Unit::Ch => self.em.0 * self.ch * value,
            Unit::Lh => self.line.0 * value,
            Unit::Rlh => self.root_line.0 * value,
            Unit::Vw => page.width.0 * value / 100.0,
            Unit::Vh => page.height.0 * value / 100.0,
            Unit::Vmin => page.width.min(page.height).0 * value / 100.0,
            Unit::Vmax => page.width.max(page.height).0 * value / 100.0,
        }
    }
}

impl Calculation {
    /// Parses a number, a dimension, a percentage or a mathematical function.
    fn parse(input: &mut Parser) -> Parsed<Self> {
        let function = match input.next()? {
            Token::Number { value, .. } => {
                return finite(f64::from(*value)).map(Self::Number);
            }
            Token::Percentage { unit_value, .. } => {
                return finite(f64::from(*unit_value)).map(Self::Percentage);
            }
            Token::Dimension { value, unit, .. } => {
                return dimension(f64::from(*value), unit);
            }
            Token::Function(name) => name.to_ascii_lowercase(),
            Token::ParenthesisBlock => "calc".to_owned(),
            _ => return Err(ParseErrorKind::Invalid),
        };
        let mut arguments = nested(input, |input| {
            let mut arguments = vec![Self::sum(input)?];
            while input.try_parse(Parser::expect_comma).is_ok() {
                arguments.push(Self::sum(input)?);
            }
            Ok(arguments)
        })?;
        match (function.as_str(), arguments.len()) {
            ("calc", 1) => arguments.pop().ok_or(ParseErrorKind::Invalid),
            ("min", _) => Ok(Self::Minimum(arguments)),
            ("max", _) => Ok(Self::Maximum(arguments)),
            ("clamp", _) => {
                let three = Box::<[Self; 3]>::try_from(arguments);
                three.map(Self::Clamp).map_err(|_| ParseErrorKind::Invalid)
            }
            _ => Err(ParseErrorKind::Invalid),
        }
    }

    fn sum(input: &mut Parser) -> Parsed<Self> {
        let mut terms = vec![(1.0, Self::product(input)?)];
        loop {
            let sign = input.try_parse(|input| match input.next()? {
                Token::Delim('+') => Ok(1.0),
                Token::Delim('-') => Ok(-1.0),
                _ => Err(ParseErrorKind::Invalid),
            });
            match sign {
                Ok(sign) => terms.push((sign, Self::product(input)?)),
                Err(_) => return Ok(Self::only(terms, Self::Sum)),
            }
        }
    }

    fn product(input: &mut Parser) -> Parsed<Self> {
        let mut factors = vec![(true, Self::parse(input)?)];
        loop {
            let multiplies = input.try_parse(|input| match input.next()? {
                Token::Delim('*') => Ok(true),
                Token::Delim('/') => Ok(false),
                _ => Err(ParseErrorKind::Invalid),
            });
            match multiplies {
                Ok(multiplies) => factors.push((multiplies, Self::parse(input)?)),
                Err(_) => return Ok(Self::only(factors, Self::Product)),
            }
        }
    }

    /// A single operand stands for itself.
    fn only<T>(mut operands: Vec<(T, Self)>, all: fn(Vec<(T, Self)>) -> Self) -> Self {
        match operands.pop() {
            Some((_, only)) if operands.is_empty() => only,
            last => {
                operands.extend(last);
                all(operands)
            }
        }
    }

    fn evaluate(&self, scale: &Scale) -> Parsed<Term> {
        let length = |pt: f64| finite(pt).map(|pt| Term::Length(Length::fixed(Pt(pt))));
        match self {
            Self::Number(number) => Ok(Term::Number(*number)),
            Self::Percentage(fraction) => {
                Ok(Term::Length(Length { pt: Pt::ZERO, fraction: *fraction }))
            }
            Self::Absolute(pt) => length(pt.0),
            Self::Relative(value, unit) => length(scale.unit(*value, *unit)),
            Self::Sum(terms) => fold(terms, scale, add),
            Self::Product(factors) => fold(factors, scale, multiply),
            Self::Minimum(all) => extreme(all, scale, f64::min),
            Self::Maximum(all) => extreme(all, scale, f64::max),
            Self::Clamp(three) => {
                let [low, value, high] = &**three;
                let least = pick(value.evaluate(scale)?, high.evaluate(scale)?, f64::min);
                pick(low.evaluate(scale)?, least?, f64::max)
            }
        }
    }
}

fn dimension(value: f64, unit: &str) -> Parsed<Calculation> {
    let relative = |unit| Ok(Calculation::Relative(finite(value)?, unit));
    let points = match unit.to_ascii_lowercase().as_str() {
        "pt" => value,
        "px" => value * 0.75,
        "pc" => value * 12.0,
        "in" => value * 72.0,
        "cm" => value * 72.0 / 2.54,
        "mm" => value * 72.0 / 25.4,
        "q" => value * 72.0 / 101.6,
        "em" | "ic" => return relative(Unit::Em),
        "rem" => return relative(Unit::Rem),
        "ex" => return relative(Unit::Ex),
        "ch" => return relative(Unit::Ch),
        "lh" => return relative(Unit::Lh),
        "rlh" => return relative(Unit::Rlh),
        "vw" => return relative(Unit::Vw),
        "vh" => return relative(Unit::Vh),
        "vmin" => return relative(Unit::Vmin),
        "vmax" => return relative(Unit::Vmax),
        _ => return Err(ParseErrorKind::Invalid),
    };
    finite(points).map(|points| Calculation::Absolute(Pt(points)))
}

fn fold<T: Copy>(
    operands: &[(T, Calculation)],
    scale: &Scale,
    combine: impl Fn(Term, T, Term) -> Parsed<Term>,
) -> Parsed<Term> {
    let (first, rest) = operands.split_first().ok_or(ParseErrorKind::Invalid)?;
    rest.iter().try_fold(first.1.evaluate(scale)?, |so_far, (how, operand)| {
        combine(so_far, *how, operand.evaluate(scale)?)
    })
}

fn add(sum: Term, sign: f64, term: Term) -> Parsed<Term> {
    match (sum, term) {
        (Term::Number(a), Term::Number(b)) => Ok(Term::Number(a + sign * b)),
        (Term::Length(a), Term::Length(b)) => Ok(Term::Length(Length {
            pt: a.pt + b.pt * sign,
            fraction: a.fraction + b.fraction * sign,
        })),
        _ => Err(ParseErrorKind::Invalid),
    }
}

fn multiply(product: Term, multiplies: bool, factor: Term) -> Parsed<Term> {
    let scaled = |length: Length, by: f64| -> Parsed<Term> {
        Ok(Term::Length(Length {
            pt: Pt(finite(length.pt.0 * by)?),
            fraction: finite(length.fraction * by)?,
        }))
    };
    match (product, factor, multiplies) {
        (Term::Number(a), Term::Number(b), true) => finite(a * b).map(Term::Number),
        (Term::Number(a), Term::Number(b), false) => finite(a / b).map(Term::Number),
        (Term::Length(a), Term::Number(b), true)
        | (Term::Number(b), Term::Length(a), true) => scaled(a, b),
        (Term::Length(a), Term::Number(b), false) => scaled(a, 1.0 / b),
        _ => Err(ParseErrorKind::Invalid),
    }
}

fn extreme(all: &[Calculation], scale: &Scale, of: fn(f64, f64) -> f64) -> Parsed<Term> {
    let (first, rest) = all.split_first().ok_or(ParseErrorKind::Invalid)?;
    rest.iter().try_fold(first.evaluate(scale)?, |a, b| pick(a, b.evaluate(scale)?, of))
}

fn pick(a: Term, b: Term, which: fn(f64, f64) -> f64) -> Parsed<Term> {
    match (a, b) {
        (Term::Number(a), Term::Number(b)) => Ok(Term::Number(which(a, b))),
        (Term::Length(a), Term::Length(b)) if a.fraction == 0.0 && b.fraction == 0.0 => {
            Ok(Term::Length(Length::fixed(Pt(which(a.pt.0, b.pt.0)))))
        }
        (Term::Length(a), Term::Length(b)) if a.pt == Pt::ZERO && b.pt == Pt::ZERO => {
            let fraction = which(a.fraction, b.fraction);
            Ok(Term::Length(Length { pt: Pt::ZERO, fraction }))
        }
        // Which is less is known only once the block is.
        (Term::Length(_), Term::Length(_)) => Err(ParseErrorKind::Unsupported),
        _ => Err(ParseErrorKind::Invalid),
    }
}

fn finite(value: f64) -> Parsed<f64> {
    if value.is_finite() {
        Ok(value.clamp(-MAX_LENGTH_PT, MAX_LENGTH_PT))
    } else {
        Err(ParseErrorKind::Invalid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::value::parse_entirely;

    #[test]
    fn lengths_are_computed_by_their_scale() {
        let cases = [
            ("12pt", 12.0, 0.0),
            ("16PX", 12.0, 0.0),
            ("1in", 72.0, 0.0),
            ("25.4mm", 72.0, 0.0),
            ("2em", 20.0, 0.0),
            ("2rem", 20.0, 0.0),
            ("2ex", 10.0, 0.0),
            ("1lh", 12.0, 0.0),
            ("50vw", 200.0, 0.0),
            ("1vmax", 6.0, 0.0),
            ("50%", 0.0, 0.5),
            ("0", 0.0, 0.0),
            ("calc(1em + 50% - 2pt)", 8.0, 0.5),
            ("calc((1pt + 2pt) * 3 / 2)", 4.5, 0.0),
            ("calc(2 * 3 * 1pt)", 6.0, 0.0),
            ("calc(1pt - 2pt - 3pt)", -4.0, 0.0),
            ("min(1em, 12pt, 11pt)", 10.0, 0.0),
            ("max(10%, 20%)", 0.0, 0.2),
            ("clamp(1pt, 5em, 20pt)", 20.0, 0.0),
            ("calc(min(1pt, 2pt) + max(3pt, 4pt))", 5.0, 0.0),
        ];
        for (text, pt, fraction) in cases {
            let length = parse_entirely(text, SpecifiedLength::parse).expect(text);
            let length = length.at(&Scale::REFERENCE);
            assert!((length.pt.0 - pt).abs() < 1e-4, "{text} is {length:?}");
            assert!((length.fraction - fraction).abs() < 1e-4, "{text} is {length:?}");
        }
    }

    #[test]
    fn what_is_no_length_is_refused() {
        use ParseErrorKind::{Invalid, Unsupported};
        let cases = [
            ("1", Invalid),
            ("1quux", Invalid),
            ("calc(1pt + 1)", Invalid),
            ("calc(1pt * 1pt)", Invalid),
            ("calc(1 / 1pt)", Invalid),
            ("calc(1pt / 0)", Invalid),
            ("calc()", Invalid),
            ("clamp(1pt, 2pt)", Invalid),
            ("sin(1pt)", Invalid),
            ("max(1pt, 50%)", Unsupported),
        ];
        for (text, expected) in cases {
            let length = parse_entirely(text, SpecifiedLength::parse);
            assert_eq!(length, Err(expected), "{text}");
        }
    }

    /// Neither parsing nor evaluating a sum takes a stack as deep as it is long.
    #[test]
    fn a_sum_may_be_long() {
        let text = format!("calc(1pt{})", " + 1pt".repeat(50_000));
        let length = parse_entirely(&text, SpecifiedLength::parse).expect("a length");
        assert_eq!(length.at(&Scale::REFERENCE).pt, Pt(50_001.0));
    }
}
