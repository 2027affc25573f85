//! Style rules, indexed by what an element must have for them to match.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cascade::Origin;
use super::declaration::{Declaration, DeclaredValue};
use super::property::{Longhand, LonghandDeclaration, Value};
use crate::selector::parser::{Combinator, Component, Selector};
use crate::selector::{Name, PseudoElement, Selectors};

/// One selector with its declarations.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) selector: Selector<Selectors>,
    pub(super) pseudo: Option<PseudoElement>,
    pub(super) declarations: Arc<[Declaration]>,
    pub(super) origin: Origin,
    pub(super) order: u32,
    /// Whether it asks which of its siblings an element is, beyond the first and the last.
    pub(super) counts: bool,
}

/// An index of style rules: by id, class or name of the elements that their selectors can match.
#[derive(Debug, Default)]
pub(super) struct RuleIndex {
    rules: Vec<Rule>,
    by_id: BTreeMap<Arc<str>, Vec<usize>>,
    by_class: BTreeMap<Arc<str>, Vec<usize>>,
    by_name: BTreeMap<Arc<str>, Vec<usize>>,
    others: Vec<usize>,
    /// Whether any of them counts siblings.
    pub(super) counts: bool,
    /// What decides a match beside ancestors, name and classes.
    pub(super) features: SelectorFeatures,
}

/// The features of an element that selectors depend on, beside its ancestors, name and classes.
#[derive(Debug, Default, Clone)]
pub(super) struct SelectorFeatures {
    pub(super) ids: Vec<Arc<str>>,
    pub(super) attributes: Vec<Arc<str>>,
    /// How many siblings before it `+` combinators reach.
    pub(super) adjacent: usize,
    /// Whether a `~` combinator asks for any sibling before it.
    pub(super) earlier: bool,
    /// Whether the order of all siblings before it counts.
    pub(super) chain: bool,
    /// Whether it is the first or the last of its siblings, of all or of its type.
    pub(super) position: bool,
    /// Whether any of them looks at those of its type.
    pub(super) of_type: bool,
    /// Whether it is `:empty`.
    pub(super) empty: bool,
}

/// What the subject of a selector must have, by which its rule is found.
enum IndexKey<'s> {
    Id(&'s Name),
    Class(&'s Name),
    Name(&'s Name),
}

impl RuleIndex {
    pub(super) fn add(&mut self, rule: Rule) {
        self.features.look(&rule.selector);
        self.counts |= rule.counts;
        let index = self.rules.len();
        match key(&rule.selector) {
            Some(IndexKey::Id(id)) => {
                self.by_id.entry(id.0.clone()).or_default().push(index)
            }
            Some(IndexKey::Class(class)) => {
                self.by_class.entry(class.0.clone()).or_default().push(index);
            }
            Some(IndexKey::Name(name)) => {
                let name = name.0.to_ascii_lowercase().into();
                self.by_name.entry(name).or_default().push(index);
            }
            None => self.others.push(index),
        }
        self.rules.push(rule);
    }

    /// The rules that may match an element, by their numbers.
    pub(super) fn candidates<'r>(
        &'r self,
        element: &crate::markup::Element,
    ) -> impl Iterator<Item = usize> + 'r {
        let id = element.id.as_deref().and_then(|id| self.by_id.get(id));
        let classes =
            element.classes.iter().filter_map(|it| self.by_class.get(it.as_str()));
        let name = self.by_name.get(element.name);
        let found: Vec<&Vec<usize>> =
            id.into_iter().chain(classes).chain(name).chain([&self.others]).collect();
        found.into_iter().flatten().copied()
    }

    /// Whether any of them sets a counter of an author's own.
    pub(super) fn sets_counters(&self) -> bool {
        self.rules.iter().flat_map(|rule| rule.declarations.iter()).any(sets_counter)
    }

    pub(super) fn get(&self, index: usize) -> &Rule {
        &self.rules[index]
    }
}

/// Whether a declaration sets a counter of an author's own; what variables come to is not known.
fn sets_counter(declaration: &Declaration) -> bool {
    let is_own = |name: &str| !matches!(name, "page" | "list-item");
    match &declaration.value {
        DeclaredValue::Longhands(values) => {
            values.iter().any(|declared| match declared {
                LonghandDeclaration::Value(
                    Value::CounterReset(counters)
                    | Value::CounterIncrement(counters)
                    | Value::CounterSet(counters),
                ) => counters.iter().any(|(name, _)| is_own(name)),
                _ => false,
            })
        }
        DeclaredValue::WithVariables(property, _) => {
            property.longhands().iter().any(|longhand| {
                matches!(
                    longhand,
                    Longhand::CounterReset
                        | Longhand::CounterIncrement
                        | Longhand::CounterSet
                )
            })
        }
        DeclaredValue::Custom(..) | DeclaredValue::Page(_) => false,
    }
}

/// The most telling of what the subject of a selector must have.
fn key(selector: &Selector<Selectors>) -> Option<IndexKey<'_>> {
    let mut best = None;
    for component in selector.iter_raw_match_order() {
        let rank = |key: &Option<IndexKey>| match key {
            Some(IndexKey::Id(_)) => 3,
            Some(IndexKey::Class(_)) => 2,
            Some(IndexKey::Name(_)) => 1,
            None => 0,
        };
        let found = match component {
            Component::Combinator(Combinator::PseudoElement) => continue,
            Component::Combinator(_) => break,
            Component::ID(id) => Some(IndexKey::Id(id)),
            Component::Class(class) => Some(IndexKey::Class(class)),
            Component::LocalName(name) => Some(IndexKey::Name(&name.name)),
            _ => None,
        };
        if rank(&found) > rank(&best) {
            best = found;
        }
    }
    best
}

impl SelectorFeatures {
    fn look(&mut self, selector: &Selector<Selectors>) {
        let (mut adjacent, mut earlier) = (0, false);
        for component in selector.iter_raw_match_order() {
            match component {
                Component::Combinator(Combinator::NextSibling) => adjacent += 1,
                Component::Combinator(Combinator::LaterSibling) => {
                    self.chain |= earlier;
                    earlier = true;
                }
                Component::ID(id) => remember(&mut self.ids, &id.0),
                Component::AttributeInNoNamespaceExists { local_name, .. }
                | Component::AttributeInNoNamespace { local_name, .. } => {
                    remember(&mut self.attributes, &local_name.0);
                }
                Component::AttributeOther(other) => {
                    remember(&mut self.attributes, &other.local_name.0);
                    let prefixed = format!("epub:{}", other.local_name.0).into();
                    remember(&mut self.attributes, &prefixed);
                }
                Component::Empty => self.empty = true,
                Component::Nth(nth) => {
                    self.position = true;
                    self.of_type |= nth.ty.is_of_type();
                }
                Component::NthOf(of) => {
                    self.chain = true;
                    of.selectors().iter().for_each(|inner| self.look(inner));
                }
                Component::Negation(list)
                | Component::Is(list)
                | Component::Where(list) => {
                    list.slice().iter().for_each(|inner| self.look(inner));
                }
                _ => {}
            }
        }
        self.adjacent = self.adjacent.max(adjacent);
        self.chain |= earlier && adjacent > 0;
        self.earlier |= earlier;
    }
}

/// Whether a selector asks for a place among siblings other than the first and the last
/// (`:nth-child()` and its like).
pub(super) fn counts(selector: &Selector<Selectors>) -> bool {
    selector.iter_raw_match_order().any(|component| match component {
        Component::Nth(nth) => (nth.an_plus_b.0, nth.an_plus_b.1) != (0, 1),
        Component::NthOf(_) => true,
        Component::Negation(list) | Component::Is(list) | Component::Where(list) => {
            list.slice().iter().any(counts)
        }
        _ => false,
    })
}

fn remember(names: &mut Vec<Arc<str>>, name: &Arc<str>) {
    if !names.contains(name) {
        names.push(name.clone());
    }
}
