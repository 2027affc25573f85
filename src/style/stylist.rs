//! Styles of elements, each distinct one computed once.

use std::collections::BTreeMap;
use std::sync::Arc;

use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags,
    QuirksMode, SelectorCaches,
};
use selectors::matching::matches_selector;

use super::cascade::{self, Customs, Matched, Root, compute, sorted};
use super::computed::{Content, ElementStyle, Initial, Metrics, Style};
use super::property;
use super::selector::{Kinship, Pseudo};
use super::sheet::Stylesheet;
use crate::language::Language;
use crate::markup::{ElementId, Tree};
use crate::units::Size;

/// Computes styles, and remembers them: elements that no rule can tell apart share one.
pub struct Stylist<'s> {
    pub(super) sheet: &'s Stylesheet,
    pub(super) initial: Style,
    pub(super) start: Initial,
    language: String,
    contexts: BTreeMap<Key, usize>,
    computed: Vec<Context>,
    /// What siblings are told apart by.
    signatures: BTreeMap<Signature, u32>,
    chains: BTreeMap<(u32, u32), u32>,
    sets: BTreeMap<Vec<u32>, u32>,
}

/// The styles of the elements of one tree.
#[derive(Debug)]
pub struct Styles(Vec<Arc<ElementStyle>>);

/// A style in its place: what its descendants' styles depend on.
struct Context {
    style: Arc<ElementStyle>,
    customs: Arc<Customs>,
    root: Root,
}

/// What decides which rules match an element and what they come to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    parent: Option<usize>,
    own: u32,
    /// Those next to it, as far as any selector looks.
    adjacent: Vec<u32>,
    /// All before it: which there are, or each in its order.
    earlier: u32,
    ends: (bool, bool, bool, bool),
    position: (usize, usize),
    empty: bool,
    language: Option<String>,
}

/// An element by itself, as far as selectors look.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Signature {
    name: &'static str,
    id: Option<String>,
    classes: Vec<String>,
    lang: Option<String>,
    attributes: Vec<Option<String>>,
}

impl Styles {
    /// The style of an element.
    pub fn of(&self, id: ElementId) -> &Arc<ElementStyle> {
        &self.0[id.index()]
    }
}

impl<'s> Stylist<'s> {
    /// A stylist of books in a language.
    pub fn new(sheet: &'s Stylesheet, start: Initial, language: &Language) -> Self {
        let initial = property::initial(&start, language.is_right_to_left());
        Self {
            sheet,
            initial,
            start,
            language: language.tag().to_owned(),
            contexts: BTreeMap::new(),
            computed: Vec::new(),
            signatures: BTreeMap::new(),
            chains: BTreeMap::new(),
            sets: BTreeMap::new(),
        }
    }

    /// How many distinct styles there are by now.
    pub fn context_count(&self) -> usize {
        self.computed.len()
    }

    /// The styles of all elements of a tree.
    pub fn styles(&mut self, tree: &Tree, metrics: &mut dyn Metrics) -> Styles {
        let language = self.language.clone();
        let kinship = Kinship::new(tree, &language);
        let signatures: Vec<u32> =
            tree.ids().map(|id| self.signature(tree, id)).collect();
        let earlier = self.earlier(tree, &signatures);
        let mut contexts = Vec::with_capacity(signatures.len());
        for id in tree.ids() {
            let parent = tree.get(id).parent.map(|parent| contexts[parent.index()]);
            let key = self.key(&kinship, tree, id, parent, &signatures, &earlier);
            let context = match self.contexts.get(&key) {
                Some(context) => *context,
                None => {
                    let context = self.context(&kinship, tree, id, parent, metrics);
                    self.computed.push(context);
                    self.contexts.insert(key, self.computed.len() - 1);
                    self.computed.len() - 1
                }
            };
            contexts.push(context);
        }
        let style = |context: usize| self.computed[context].style.clone();
        Styles(contexts.into_iter().map(style).collect())
    }

    fn signature(&mut self, tree: &Tree, id: ElementId) -> u32 {
        let sensitivity = &self.sheet.rules.sensitivity;
        let element = tree.get(id);
        let own_id = element.id.as_ref();
        let own_id = own_id.filter(|own| sensitivity.ids.iter().any(|it| **it == ***own));
        let attributes = sensitivity.attributes.iter();
        let signature = Signature {
            name: element.name,
            id: own_id.cloned(),
            classes: element.classes.clone(),
            lang: element.lang.clone(),
            attributes: attributes
                .map(|name| element.value(name).map(std::borrow::Cow::into_owned))
                .collect(),
        };
        let next = u32::try_from(self.signatures.len()).unwrap_or(u32::MAX);
        *self.signatures.entry(signature).or_insert(next)
    }

    /// For each element what stands before it, if any selector looks there.
    fn earlier(&mut self, tree: &Tree, signatures: &[u32]) -> Vec<u32> {
        let sensitivity = &self.sheet.rules.sensitivity;
        let (chain, any) = (sensitivity.chain, sensitivity.earlier);
        let mut earlier = vec![0; signatures.len()];
        if !chain && !any {
            return earlier;
        }
        for id in tree.ids() {
            let mut so_far = 0;
            let mut set: Vec<u32> = Vec::new();
            for child in tree.children(id) {
                earlier[child.index()] = so_far;
                let own = signatures[child.index()];
                if chain {
                    let next = u32::try_from(self.chains.len() + 1).unwrap_or(u32::MAX);
                    so_far = *self.chains.entry((so_far, own)).or_insert(next);
                } else if let Err(at) = set.binary_search(&own) {
                    set.insert(at, own);
                    let next = u32::try_from(self.sets.len() + 1).unwrap_or(u32::MAX);
                    so_far = *self.sets.entry(set.clone()).or_insert(next);
                }
            }
        }
        earlier
    }

    fn key(
        &self,
        kinship: &Kinship,
        tree: &Tree,
        id: ElementId,
        parent: Option<usize>,
        signatures: &[u32],
        earlier: &[u32],
    ) -> Key {
        let sensitivity = &self.sheet.rules.sensitivity;
        let mut adjacent = Vec::new();
        let mut before = kinship.before(id);
        while let Some(sibling) = before
            && adjacent.len() < sensitivity.adjacent
        {
            adjacent.push(signatures[sibling.index()]);
            before = kinship.before(sibling);
        }
        let name = tree.get(id).name;
        let step_to = |next: &dyn Fn(ElementId) -> Option<ElementId>, same: bool| {
            let mut at = next(id);
            let mut count = 0;
            while let Some(sibling) = at {
                count += usize::from(!same || tree.get(sibling).name == name);
                at = next(sibling);
            }
            count
        };
        let back = |id: ElementId| kinship.before(id);
        let on = |id: ElementId| kinship.after(id);
        let ends = if sensitivity.ends {
            let first = kinship.before(id).is_none();
            let last = kinship.after(id).is_none();
            let typed = self.sheet.of_type;
            let first_of_type = typed && step_to(&back, true) == 0;
            let last_of_type = typed && step_to(&on, true) == 0;
            (first, last, first_of_type, last_of_type)
        } else {
            (false, false, false, false)
        };
        let position = if sensitivity.position {
            (step_to(&back, false), step_to(&on, false))
        } else {
            (0, 0)
        };
        let empty = sensitivity.emptiness && tree.get(id).children.is_empty();
        Key {
            parent,
            own: signatures[id.index()],
            adjacent,
            earlier: earlier[id.index()],
            ends,
            position,
            empty,
            language: parent.is_none().then(|| kinship.language(id).to_owned()),
        }
    }

    /// Matches and computes.
    fn context(
        &self,
        kinship: &Kinship,
        tree: &Tree,
        id: ElementId,
        parent: Option<usize>,
        metrics: &mut dyn Metrics,
    ) -> Context {
        let parent = parent.map(|parent| &self.computed[parent]);
        let around = parent.map_or(&self.initial, |parent| &parent.style.style);
        let none = Arc::new(Customs::new());
        let inherited = parent.map_or(&none, |parent| &parent.customs);
        let root = parent.map(|parent| parent.root);
        let page = self.start.page;
        let declarations = self.matched(kinship, tree, id, None);
        let customs = cascade::customs(&declarations, inherited);
        let style =
            compute(&declarations, around, &self.initial, &customs, root, page, metrics);
        let root = root.unwrap_or(Root {
            size: style.font.size,
            line: style.text.line_height,
        });
        let mut pseudo = |which: Pseudo| -> Option<Style> {
            let declarations = self.matched(kinship, tree, id, Some(which));
            if declarations.is_empty() {
                return None;
            }
            let customs = cascade::customs(&declarations, &customs);
            let root = Some(root);
            Some(compute(
                &declarations,
                &style,
                &self.initial,
                &customs,
                root,
                page,
                metrics,
            ))
        };
        let shown = |style: &Style| matches!(style.content, Content::Items(_));
        let before = pseudo(Pseudo::Before).filter(shown);
        let after = pseudo(Pseudo::After).filter(shown);
        let marker = pseudo(Pseudo::Marker);
        let first_letter = pseudo(Pseudo::FirstLetter);
        let first_line = pseudo(Pseudo::FirstLine);
        let style = Arc::new(ElementStyle {
            style,
            before,
            after,
            marker,
            first_letter,
            first_line,
        });
        Context { style, customs, root }
    }

    /// The declarations for an element or what hangs on it, in the order of their effect.
    fn matched(
        &self,
        kinship: &Kinship,
        tree: &Tree,
        id: ElementId,
        pseudo: Option<Pseudo>,
    ) -> Vec<&'s crate::style::rules::Declaration> {
        let sheet: &'s Stylesheet = self.sheet;
        let mut caches = SelectorCaches::default();
        let mode = match pseudo {
            Some(_) => MatchingMode::ForStatelessPseudoElement,
            None => MatchingMode::Normal,
        };
        let mut context = MatchingContext::new(
            mode,
            None,
            &mut caches,
            QuirksMode::NoQuirks,
            NeedsSelectorFlags::No,
            MatchingForInvalidation::No,
        );
        let node = kinship.element(id);
        let mut matched = Vec::new();
        for rule in sheet.rules.candidates(tree.get(id)) {
            if rule.pseudo == pseudo
                && matches_selector(&rule.selector, 0, None, node, &mut context)
            {
                let weight = (rule.origin, rule.selector.specificity(), rule.order);
                let declarations = rule.declarations.iter();
                matched.extend(
                    declarations.map(|declaration| Matched { declaration, weight }),
                );
            }
        }
        sorted(matched)
    }

    /// The trimmed page before any stylesheet.
    pub fn page_size(&self) -> Size {
        self.start.page
    }
}
