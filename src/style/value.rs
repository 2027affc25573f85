//! Values: read from tokens once, when their declaration is (specified values), and computed for
//! each element that the declaration holds for (CSS Cascade 5, section 4).

use std::sync::Arc;

use cssparser::{Parser, Token};

use super::computed::{Color, Style};
use super::length::Scale;
use crate::units::Pt;

/// Why a value could not be parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParseErrorKind {
    /// It is not a value of the property.
    Invalid,
    /// It is a value of the property, but one that the PDF has nothing for.
    Unsupported,
}

impl<T> From<cssparser::ParseError<T>> for ParseErrorKind {
    fn from(_: cssparser::ParseError<T>) -> Self {
        Self::Invalid
    }
}

impl From<cssparser::BasicParseError> for ParseErrorKind {
    fn from(_: cssparser::BasicParseError) -> Self {
        Self::Invalid
    }
}

/// What parsing a value gives.
pub(super) type Parsed<T> = Result<T, ParseErrorKind>;

/// What a specified value is computed against.
#[derive(Clone, Copy)]
pub(super) struct ComputeContext<'a> {
    /// What relative lengths are measured by.
    pub(super) scale: Scale,
    /// `line-height: normal` in the element's own font.
    pub(super) normal_line: Pt,
    /// `currentcolor`; for `color` itself the parent's colour.
    pub(super) current_color: Color,
    /// The style of the parent element.
    pub(super) parent: &'a Style,
    /// The initial values of all properties.
    pub(super) initial: &'a Style,
}

/// A specified value, which can be computed.
pub(super) trait ToComputed {
    /// The computed value.
    type Computed;

    /// The computed value in a context.
    fn to_computed(&self, context: &ComputeContext) -> Self::Computed;
}

/// Types whose specified values are computed ones already.
macro_rules! computed_as_specified {
    ($($kind:ty),* $(,)?) => {$(
        impl $crate::style::value::ToComputed for $kind {
            type Computed = Self;

            fn to_computed(&self, _: &$crate::style::value::ComputeContext) -> Self {
                self.clone()
            }
        }
    )*};
}
pub(super) use computed_as_specified;

computed_as_specified!(bool, u8, u16, u32, f64, ());

impl<T: ToComputed> ToComputed for Option<T> {
    type Computed = Option<T::Computed>;

    fn to_computed(&self, context: &ComputeContext) -> Self::Computed {
        self.as_ref().map(|value| value.to_computed(context))
    }
}

impl<T: ToComputed, U: ToComputed> ToComputed for (T, U) {
    type Computed = (T::Computed, U::Computed);

    fn to_computed(&self, context: &ComputeContext) -> Self::Computed {
        (self.0.to_computed(context), self.1.to_computed(context))
    }
}

impl<T: ToComputed + Copy, const COUNT: usize> ToComputed for [T; COUNT] {
    type Computed = [T::Computed; COUNT];

    fn to_computed(&self, context: &ComputeContext) -> Self::Computed {
        self.map(|value| value.to_computed(context))
    }
}

impl<T: Clone> ToComputed for Arc<[T]> {
    type Computed = Self;

    fn to_computed(&self, _: &ComputeContext) -> Self {
        self.clone()
    }
}

impl ToComputed for Arc<str> {
    type Computed = Self;

    fn to_computed(&self, _: &ComputeContext) -> Self {
        self.clone()
    }
}

/// Parses all of a text; what is left over makes it invalid.
pub(super) fn parse_entirely<'i, T>(
    text: &'i str,
    parse: impl FnOnce(&mut Parser<'i>) -> Parsed<T>,
) -> Parsed<T> {
    let mut input = Parser::new(text);
    let value = parse(&mut input)?;
    if input.is_exhausted() { Ok(value) } else { Err(ParseErrorKind::Invalid) }
}

/// Parses what is in the block or function that has just begun.
pub(super) fn nested<'i, T>(
    input: &mut Parser<'i>,
    parse: impl FnOnce(&mut Parser<'i>) -> Parsed<T>,
) -> Parsed<T> {
    let mut kind = ParseErrorKind::Invalid;
    let result = input.parse_nested_block(|input| {
        parse(input).map_err(|why| {
            kind = why;
            cssparser::ParseError::<()>::custom(())
        })
    });
    result.map_err(|_| kind)
}

/// An identifier, in lower case.
pub(super) fn ident(input: &mut Parser) -> Parsed<String> {
    Ok(input.expect_ident()?.to_ascii_lowercase())
}

/// A name that an author gives, which no keyword of every property can be (CSS Values 4, section
/// 4.2).
pub(super) fn custom_ident(input: &mut Parser) -> Parsed<Arc<str>> {
    const RESERVED: [&str; 6] =
        ["inherit", "initial", "unset", "revert", "revert-layer", "default"];
    let ident = input.expect_ident()?;
    if RESERVED.iter().any(|reserved| ident.eq_ignore_ascii_case(reserved)) {
        return Err(ParseErrorKind::Invalid);
    }
    Ok((&**ident).into())
}

/// Whether a keyword comes next; it is taken if so.
pub(super) fn is_keyword(input: &mut Parser, keyword: &str) -> bool {
    input.try_parse(|input| input.expect_ident_matching(keyword)).is_ok()
}

/// One of several keywords, by what it stands for.
pub(super) fn keyword<T: Clone>(input: &mut Parser, keywords: &[(&str, T)]) -> Parsed<T> {
    let ident = input.expect_ident()?;
    let found = keywords.iter().find(|(name, _)| ident.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.clone()).ok_or(ParseErrorKind::Invalid)
}

/// A keyword that stands for none, or else a value.
pub(super) fn keyword_or<'i, T>(
    input: &mut Parser<'i>,
    none: &str,
    parse: impl FnOnce(&mut Parser<'i>) -> Parsed<T>,
) -> Parsed<Option<T>> {
    if is_keyword(input, none) { Ok(None) } else { parse(input).map(Some) }
}

/// A number.
pub(super) fn number(input: &mut Parser) -> Parsed<f64> {
    match input.next()? {
        Token::Number { value, .. } if value.is_finite() => Ok(f64::from(*value)),
        _ => Err(ParseErrorKind::Invalid),
    }
}

/// An integer.
pub(super) fn integer(input: &mut Parser) -> Parsed<i32> {
    Ok(input.expect_integer()?)
}

/// A positive integer.
pub(super) fn positive_integer(input: &mut Parser) -> Parsed<u32> {
    let count = u32::try_from(integer(input)?).ok();
    count.filter(|count| *count > 0).ok_or(ParseErrorKind::Invalid)
}
