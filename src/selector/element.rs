//! Elements as selectors see them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags,
    QuirksMode, SelectorCaches,
};
use selectors::matching::{ElementSelectorFlags, matches_selector};
use selectors::parser::Selector;
use selectors::{Element, OpaqueElement};

use super::{AttributeValue, Name, PseudoClass, PseudoElement, Selectors};

/// A tree of elements, each named by its place in document order: a parent before its children.
pub(crate) trait ElementTree {
    /// How many elements there are.
    fn count(&self) -> usize;

    /// The local name of an element.
    fn name(&self, element: usize) -> &str;

    /// Its id.
    fn id(&self, element: usize) -> Option<&str>;

    /// Its classes.
    fn classes(&self, element: usize) -> &[String];

    /// Its language, if it says one itself.
    fn lang(&self, element: usize) -> Option<&str>;

    /// The value of an attribute.
    fn attribute(&self, element: usize, name: &str) -> Option<Cow<'_, str>>;

    /// The element that it is in.
    fn parent(&self, element: usize) -> Option<usize>;

    /// The elements directly in it.
    fn children(&self, element: usize) -> impl Iterator<Item = usize>;

    /// Whether it holds neither elements nor words.
    fn is_empty(&self, element: usize) -> bool;
}

/// The context that selectors match elements in: a tree, and the siblings of each element.
pub(crate) struct ElementContext<'t, T> {
    tree: &'t T,
    before: Vec<Option<usize>>,
    after: Vec<Option<usize>>,
    positions: Vec<SiblingPosition>,
    language: &'t str,
}

/// The position of an element among its siblings: whether it is the first or the last, of all and
/// of those of its type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SiblingPosition {
    pub(crate) first: bool,
    pub(crate) last: bool,
    pub(crate) first_of_type: bool,
    pub(crate) last_of_type: bool,
}

impl<'t, T: ElementTree> ElementContext<'t, T> {
    /// The context of a tree in a language.
    pub(crate) fn new(tree: &'t T, language: &'t str) -> Self {
        let count = tree.count();
        let (mut before, mut after) = (vec![None; count], vec![None; count]);
        let mut positions = vec![SiblingPosition::default(); count];
        for element in 0..count {
            let mut last: Option<usize> = None;
            let mut last_of_type: BTreeMap<&str, usize> = BTreeMap::new();
            for child in tree.children(element) {
                before[child] = last;
                match last {
                    Some(last) => after[last] = Some(child),
                    None => positions[child].first = true,
                }
                last = Some(child);
                let alike = last_of_type.insert(tree.name(child), child);
                positions[child].first_of_type = alike.is_none();
            }
            last.into_iter().for_each(|last| positions[last].last = true);
            last_of_type.values().for_each(|last| positions[*last].last_of_type = true);
        }
        Self { tree, before, after, positions, language }
    }

    /// Its position among its siblings.
    pub(crate) fn position(&self, element: usize) -> SiblingPosition {
        self.positions[element]
    }

    /// The sibling before it.
    pub(crate) fn before(&self, element: usize) -> Option<usize> {
        self.before[element]
    }

    /// The language of an element: its own, its nearest ancestor's, or the book's.
    pub(crate) fn language(&self, element: usize) -> &str {
        let mut next = Some(element);
        while let Some(element) = next {
            if let Some(lang) = self.tree.lang(element) {
                return lang;
            }
            next = self.tree.parent(element);
        }
        self.language
    }
}

/// Whether a selector matches an element, or the part of it that a pseudo-element is.
pub(crate) fn matches<T: ElementTree>(
    selector: &Selector<Selectors>,
    elements: &ElementContext<'_, T>,
    element: usize,
    part: Option<PseudoElement>,
    caches: &mut SelectorCaches,
) -> bool {
    let mode = match part {
        Some(_) => MatchingMode::ForStatelessPseudoElement,
        None => MatchingMode::Normal,
    };
    let mut context = MatchingContext::new(
        mode,
        None,
        caches,
        QuirksMode::NoQuirks,
        NeedsSelectorFlags::No,
        MatchingForInvalidation::No,
    );
    let node = Node { elements, element };
    matches_selector(selector, 0, None, node, &mut context)
}

/// An element, as selectors see it.
struct Node<'k, T> {
    elements: &'k ElementContext<'k, T>,
    element: usize,
}

impl<T> Clone for Node<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Node<'_, T> {}

impl<T: ElementTree> fmt::Debug for Node<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.tree().name(self.element))
    }
}

impl<'k, T: ElementTree> Node<'k, T> {
    fn tree(&self) -> &'k T {
        self.elements.tree
    }

    fn at(&self, element: Option<usize>) -> Option<Self> {
        element.map(|element| Self { element, ..*self })
    }
}

impl<T: ElementTree> Element for Node<'_, T> {
    type Impl = Selectors;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(&self.elements.positions[self.element])
    }

    fn parent_element(&self) -> Option<Self> {
        self.at(self.tree().parent(self.element))
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
        self.at(self.elements.before[self.element])
    }

    fn next_sibling_element(&self) -> Option<Self> {
        self.at(self.elements.after[self.element])
    }

    fn first_element_child(&self) -> Option<Self> {
        self.at(self.tree().children(self.element).next())
    }

    fn is_html_element_in_html_document(&self) -> bool {
        false
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.tree().name(self.element).eq_ignore_ascii_case(name)
    }

    fn has_namespace(&self, namespace: &str) -> bool {
        namespace.is_empty() || namespace == "http://www.w3.org/1999/xhtml"
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.tree().name(self.element) == other.tree().name(other.element)
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
        let value = self.tree().attribute(self.element, &prefixed);
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
                let language = self.elements.language(self.element).to_lowercase();
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
        self.tree().name(self.element) == "a"
            && self.tree().attribute(self.element, "href").is_some()
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_id(&self, id: &Name, case: CaseSensitivity) -> bool {
        let own = self.tree().id(self.element);
        own.is_some_and(|own| case.eq(own.as_bytes(), id.0.as_bytes()))
    }

    fn has_class(&self, name: &Name, case: CaseSensitivity) -> bool {
        let classes = self.tree().classes(self.element);
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
        self.tree().is_empty(self.element)
    }

    fn is_root(&self) -> bool {
        self.tree().parent(self.element).is_none()
    }

    fn add_element_unique_hashes(&self, _: &mut BloomFilter) -> bool {
        false
    }
}
