//! Selectors (Selectors 4), matched on the elements of the EPUB.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::sync::Arc;

use cssparser::{
    CowRcStr, ParseError, Parser as CssParser, ToCss, serialize_identifier,
    serialize_string,
};
use precomputed_hash::PrecomputedHash;
use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::context::MatchingContext;
use selectors::matching::ElementSelectorFlags;
use selectors::parser::{NonTSPseudoClass, SelectorImpl, SelectorParseErrorKind};
use selectors::{Element, OpaqueElement};

use crate::markup::{Child, ElementId, Tree};

/// The implementation of selectors: the types that the crate `selectors` works with.
#[derive(Debug, Clone)]
pub(super) struct Selectors;

/// A name or a value in a selector.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Name(pub(super) Arc<str>);

/// A value that an attribute is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct AttributeValue(Arc<str>);

/// A pseudo-element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PseudoElement {
    Before,
    After,
    Marker,
    FirstLetter,
    FirstLine,
}

/// A pseudo-class that does not depend on the structure of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PseudoClass {
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

impl selectors::parser::PseudoElement for PseudoElement {
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
pub(super) struct SelectorParser<'n> {
    /// The prefixes that `@namespace` declares.
    pub(super) prefixes: &'n [(String, String)],
}

type Kind = SelectorParseErrorKind;

impl<'i> selectors::Parser<'i> for SelectorParser<'_> {
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

/// The context that selectors match elements in: a tree, and the siblings of each element.
pub(super) struct ElementContext<'t> {
    tree: &'t Tree,
    before: Vec<Option<ElementId>>,
    after: Vec<Option<ElementId>>,
    positions: Vec<SiblingPosition>,
    language: &'t str,
}

/// The position of an element among its siblings: whether it is the first or the last, of all and
/// of those of its type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SiblingPosition {
    pub(super) first: bool,
    pub(super) last: bool,
    pub(super) first_of_type: bool,
    pub(super) last_of_type: bool,
}

impl<'t> ElementContext<'t> {
    pub(super) fn new(tree: &'t Tree, language: &'t str) -> Self {
        let count = tree.ids().count();
        let (mut before, mut after) = (vec![None; count], vec![None; count]);
        let mut positions = vec![SiblingPosition::default(); count];
        for id in tree.ids() {
            let mut last: Option<ElementId> = None;
            let mut last_of_type: BTreeMap<&str, ElementId> = BTreeMap::new();
            for child in tree.children(id) {
                before[child.index()] = last;
                match last {
                    Some(last) => after[last.index()] = Some(child),
                    None => positions[child.index()].first = true,
                }
                last = Some(child);
                let alike = last_of_type.insert(tree.get(child).name, child);
                positions[child.index()].first_of_type = alike.is_none();
            }
            last.into_iter().for_each(|last| positions[last.index()].last = true);
            last_of_type
                .values()
                .for_each(|last| positions[last.index()].last_of_type = true);
        }
        Self { tree, before, after, positions, language }
    }

    pub(super) fn position(&self, id: ElementId) -> SiblingPosition {
        self.positions[id.index()]
    }

    pub(super) fn element(&self, id: ElementId) -> Node<'_> {
        Node { elements: self, id }
    }

    pub(super) fn before(&self, id: ElementId) -> Option<ElementId> {
        self.before[id.index()]
    }

    pub(super) fn after(&self, id: ElementId) -> Option<ElementId> {
        self.after[id.index()]
    }

    /// The language of an element: its own, its nearest ancestor's, or the book's.
    pub(super) fn language(&self, id: ElementId) -> &str {
        let mut next = Some(id);
        while let Some(id) = next {
            let element = self.tree.get(id);
            if let Some(lang) = &element.lang {
                return lang;
            }
            next = element.parent;
        }
        self.language
    }
}

/// An element, as selectors see it.
#[derive(Clone, Copy)]
pub(super) struct Node<'k> {
    elements: &'k ElementContext<'k>,
    id: ElementId,
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.get().name)
    }
}

impl<'k> Node<'k> {
    fn get(&self) -> &'k crate::markup::Element {
        self.elements.tree.get(self.id)
    }

    fn at(&self, id: Option<ElementId>) -> Option<Self> {
        id.map(|id| Self { id, ..*self })
    }
}

impl Element for Node<'_> {
    type Impl = Selectors;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(self.get())
    }

    fn parent_element(&self) -> Option<Self> {
        self.at(self.get().parent)
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.at(self.elements.before(self.id))
    }

    fn next_sibling_element(&self) -> Option<Self> {
        self.at(self.elements.after(self.id))
    }

    fn first_element_child(&self) -> Option<Self> {
        self.at(self.elements.tree.children(self.id).next())
    }

    fn is_html_element_in_html_document(&self) -> bool {
        false
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.get().name.eq_ignore_ascii_case(name)
    }

    fn has_namespace(&self, namespace: &str) -> bool {
        namespace.is_empty() || namespace == "http://www.w3.org/1999/xhtml"
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.get().name == other.get().name
    }

    fn attr_matches(
        &self,
        namespace: &NamespaceConstraint<&Name>,
        name: &Name,
        operation: &AttrSelectorOperation<&AttributeValue>,
    ) -> bool {
        let prefixed = match namespace {
            NamespaceConstraint::Specific(url) if !url.0.is_empty() => {
                format!("epub:{}", name.0)
            }
            _ => name.0.to_string(),
        };
        let value = self.get().value(&prefixed);
        value.is_some_and(|value| operation.eval_str(&value))
    }

    fn match_non_ts_pseudo_class(
        &self,
        class: &PseudoClass,
        _: &mut MatchingContext<Selectors>,
    ) -> bool {
        match class {
            PseudoClass::Link => self.is_link(),
            PseudoClass::Never => false,
            PseudoClass::Lang(ranges) => {
                let language = self.elements.language(self.id).to_lowercase();
                ranges.iter().any(|range| {
                    let rest = language.strip_prefix(range.as_str());
                    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
                })
            }
        }
    }

    fn match_pseudo_element(
        &self,
        _: &PseudoElement,
        _: &mut MatchingContext<Selectors>,
    ) -> bool {
        false
    }

    fn apply_selector_flags(&self, _: ElementSelectorFlags) {}

    fn is_link(&self) -> bool {
        self.get().name == "a" && self.get().value("href").is_some()
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_id(&self, id: &Name, case: CaseSensitivity) -> bool {
        let own = self.get().id.as_deref();
        own.is_some_and(|own| case.eq(own.as_bytes(), id.0.as_bytes()))
    }

    fn has_class(&self, name: &Name, case: CaseSensitivity) -> bool {
        let classes = &self.get().classes;
        classes.iter().any(|class| case.eq(class.as_bytes(), name.0.as_bytes()))
    }

    fn has_custom_state(&self, _: &Name) -> bool {
        false
    }

    fn imported_part(&self, _: &Name) -> Option<Name> {
        None
    }

    fn is_part(&self, _: &Name) -> bool {
        false
    }

    fn is_empty(&self) -> bool {
        let filled = |child: &Child| match child {
            Child::Element(_) => true,
            Child::Text(text) => !text.text.is_empty(),
        };
        !self.get().children.iter().any(filled)
    }

    fn is_root(&self) -> bool {
        self.get().parent.is_none()
    }

    fn add_element_unique_hashes(&self, _: &mut BloomFilter) -> bool {
        false
    }
}
