//! Selectors (Selectors 4): how they are parsed, and matched on the elements of a tree, whatever the
//! tree is of.

mod element;

use std::borrow::Borrow;
use std::fmt::{self, Write};
use std::sync::Arc;

use cssparser::{
    CowRcStr, ParseError, Parser as CssParser, ToCss, serialize_identifier,
    serialize_string,
};
use precomputed_hash::PrecomputedHash;
use selectors::parser::{
    NonTSPseudoClass, ParseRelative, SelectorImpl, SelectorParseErrorKind,
};

pub(crate) use element::{ElementContext, ElementTree, SiblingPosition, matches};
pub(crate) use selectors::SelectorList;
pub(crate) use selectors::context::SelectorCaches;
pub(crate) use selectors::parser;

/// The implementation of selectors: the types that the crate `selectors` works with.
#[derive(Debug, Clone)]
pub(crate) struct Selectors;

/// A name or a value in a selector.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Name(pub(crate) Arc<str>);

/// A value that an attribute is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct AttributeValue(Arc<str>);

/// A pseudo-element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PseudoElement {
    Before,
    After,
    Marker,
    FirstLetter,
    FirstLine,
}

/// A pseudo-class that does not depend on the structure of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PseudoClass {
    /// `:lang()`.
    Lang(Arc<[String]>),
    /// `:link`, `:any-link`.
    Link,
    /// What never matches in a book: `:hover` and its like.
    Never,
}

impl SelectorImpl for Selectors {
    type ExtraMatchingData<'a> = ();
    type AttrValue = AttributeValue;
    type Identifier = Name;
    type LocalName = Name;
    type NamespaceUrl = Name;
    type NamespacePrefix = Name;
    type BorrowedNamespaceUrl = str;
    type BorrowedLocalName = str;
    type NonTSPseudoClass = PseudoClass;
    type PseudoElement = PseudoElement;
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self(name.into())
    }
}

impl From<&str> for AttributeValue {
    fn from(value: &str) -> Self {
        Self(value.into())
    }
}

impl AsRef<str> for AttributeValue {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl ToCss for Name {
    fn to_css<W: Write>(&self, out: &mut W) -> fmt::Result {
        serialize_identifier(&self.0, out)
    }
}

impl ToCss for AttributeValue {
    fn to_css<W: Write>(&self, out: &mut W) -> fmt::Result {
        serialize_string(&self.0, out)
    }
}

impl PrecomputedHash for Name {
    fn precomputed_hash(&self) -> u32 {
        // FNV-1a: the filter that asks for it is not used.
        self.0.bytes().fold(0x811c_9dc5, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        })
    }
}

impl ToCss for PseudoElement {
    fn to_css<W: Write>(&self, out: &mut W) -> fmt::Result {
        out.write_str(match self {
            Self::Before => "::before",
            Self::After => "::after",
            Self::Marker => "::marker",
            Self::FirstLetter => "::first-letter",
            Self::FirstLine => "::first-line",
        })
    }
}

impl parser::PseudoElement for PseudoElement {
    fn valid_after_before_or_after(&self) -> bool {
        matches!(self, Self::Marker)
    }

    fn is_before_or_after(&self) -> bool {
        matches!(self, Self::Before | Self::After)
    }
}

impl ToCss for PseudoClass {
    fn to_css<W: Write>(&self, out: &mut W) -> fmt::Result {
        out.write_str(match self {
            Self::Lang(_) => ":lang()",
            Self::Link => ":link",
            Self::Never => ":hover",
        })
    }
}

impl NonTSPseudoClass for PseudoClass {
    fn is_active_or_hover(&self) -> bool {
        false
    }

    fn is_user_action_state(&self) -> bool {
        false
    }
}

/// A parser of selectors.
struct SelectorParser<'n> {
    /// The prefixes that `@namespace` declares.
    prefixes: &'n [(String, String)],
}

/// Parses a list of selectors, as it stands before the block of a rule.
///
/// # Errors
/// What is wrong with it, if it is no list of selectors, or has a pseudo-class or pseudo-element that
/// is not known.
pub(crate) fn parse<'i>(
    input: &mut CssParser<'i>,
    prefixes: &[(String, String)],
) -> Result<SelectorList<Selectors>, ParseError<SelectorParseErrorKind>> {
    SelectorList::parse(&SelectorParser { prefixes }, input, ParseRelative::No)
}

type Kind = SelectorParseErrorKind;

impl<'i> parser::Parser<'i> for SelectorParser<'_> {
    type Impl = Selectors;
    type Error = Kind;

    fn parse_nth_child_of(&self) -> bool {
        true
    }

    fn parse_is_and_where(&self) -> bool {
        true
    }

    fn parse_pseudo_element(
        &self,
        name: &str,
    ) -> Result<PseudoElement, ParseError<Kind>> {
        Ok(match name.to_ascii_lowercase().as_str() {
            "before" => PseudoElement::Before,
            "after" => PseudoElement::After,
            "marker" => PseudoElement::Marker,
            "first-letter" => PseudoElement::FirstLetter,
            "first-line" => PseudoElement::FirstLine,
            _ => return Err(ParseError::custom(Kind::UnsupportedPseudoClassOrElement)),
        })
    }

    fn parse_non_ts_pseudo_class(
        &self,
        name: &str,
    ) -> Result<PseudoClass, ParseError<Kind>> {
        Ok(match name.to_ascii_lowercase().as_str() {
            "link" | "any-link" => PseudoClass::Link,
            "hover" | "active" | "focus" | "focus-visible" | "focus-within"
            | "visited" | "target" | "checked" | "disabled" | "enabled" => {
                PseudoClass::Never
            }
            _ => return Err(ParseError::custom(Kind::UnsupportedPseudoClassOrElement)),
        })
    }

    fn parse_non_ts_functional_pseudo_class(
        &self,
        name: &str,
        input: &mut CssParser<'i>,
        _: bool,
    ) -> Result<PseudoClass, ParseError<Kind>> {
        if !name.eq_ignore_ascii_case("lang") {
            return Err(ParseError::custom(Kind::UnsupportedPseudoClassOrElement));
        }
        let ranges = input.parse_comma_separated(|input| {
            let range: &CowRcStr = input.expect_ident_or_string()?;
            Ok::<String, ParseError<Kind>>(range.to_lowercase())
        })?;
        Ok(PseudoClass::Lang(ranges.into()))
    }

    fn namespace_for_prefix(&self, prefix: &Name) -> Option<Name> {
        let found = self.prefixes.iter().find(|(known, _)| **known == *prefix.0);
        found.map(|(_, url)| Name::from(url.as_str()))
    }
}
