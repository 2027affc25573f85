//! Rules: what a stylesheet holds once it is read.

use std::collections::BTreeMap;
use std::sync::Arc;

use selectors::parser::{Combinator, Component, Selector};

use super::cascade::Origin;
use super::declaration::{Declaration, DeclaredValue};
use super::property::{Declared, Longhand, Value};
use super::selector::{Name, Pseudo, Selectors};

/// One selector with its declarations.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) selector: Selector<Selectors>,
    pub(super) pseudo: Option<Pseudo>,
    pub(super) declarations: Arc<[Declaration]>,
    pub(super) origin: Origin,
    pub(super) order: u32,
    /// Whether it asks which of its siblings an element is, beyond the first and the last.
    pub(super) counts: bool,
}

/// The rules, by what an element must have for them to match.
#[derive(Debug, Default)]
pub(super) struct RuleIndex {
    rules: Vec<Rule>,
    by_id: BTreeMap<Arc<str>, Vec<usize>>,
    by_class: BTreeMap<Arc<str>, Vec<usize>>,
    by_name: BTreeMap<Arc<str>, Vec<usize>>,
    others: Vec<usize>,
    /// Whether any of them counts siblings.
    pub(super) counts: bool,
    /// What else than ancestors, name and classes decides a match.
    pub(super) sensitivity: Sensitivity,
}

/// What selectors look at beside an element's ancestors, name and classes.
#[derive(Debug, Default, Clone)]
pub(super) struct Sensitivity {
    pub(super) ids: Vec<Arc<str>>,
    pub(super) attributes: Vec<Arc<str>>,
    /// How many siblings before it, next to one another.
    pub(super) adjacent: usize,
    /// Any sibling before it.
    pub(super) earlier: bool,
    /// All siblings before it in their order.
    pub(super) chain: bool,
    /// Whether it is the first or the last, of all or of its type.
    pub(super) ends: bool,
    /// Whether any of them looks at those of its type.
    pub(super) of_type: bool,
    pub(super) emptiness: bool,
}

enum Key<'s> {
    Id(&'s Name),
    Class(&'s Name),
    Name(&'s Name),
}

impl RuleIndex {
    pub(super) fn add(&mut self, rule: Rule) {
        self.sensitivity.look(&rule.selector);
        self.counts |= rule.counts;
        let index = self.rules.len();
        match key(&rule.selector) {
            Some(Key::Id(id)) => self.by_id.entry(id.0.clone()).or_default().push(index),
            Some(Key::Class(class)) => {
                self.by_class.entry(class.0.clone()).or_default().push(index);
            }
            Some(Key::Name(name)) => {
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
                Declared::Value(
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

/// What the subject of a selector must have.
fn key(selector: &Selector<Selectors>) -> Option<Key<'_>> {
    let mut best = None;
    for component in selector.iter_raw_match_order() {
        let rank = |key: &Option<Key>| match key {
            Some(Key::Id(_)) => 3,
            Some(Key::Class(_)) => 2,
            Some(Key::Name(_)) => 1,
            None => 0,
        };
        let found = match component {
            Component::Combinator(Combinator::PseudoElement) => continue,
            Component::Combinator(_) => break,
            Component::ID(id) => Some(Key::Id(id)),
            Component::Class(class) => Some(Key::Class(class)),
            Component::LocalName(name) => Some(Key::Name(&name.name)),
            _ => None,
        };
        if rank(&found) > rank(&best) {
            best = found;
        }
    }
    best
}

impl Sensitivity {
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
                Component::Empty => self.emptiness = true,
                Component::Nth(nth) => {
                    self.ends = true;
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

/// Whether a selector asks for a place among siblings that is neither the first nor the last.
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
