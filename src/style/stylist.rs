//! Styles of elements, each distinct one computed once.

use std::collections::BTreeMap;
use std::sync::Arc;

use cssparser::Parser;

use super::cascade::{self, Computation, Matched, Origin, RootMetrics, compute, sort};
use super::computed::{BookDefaults, Content, ElementStyle, Metrics, Style};
use super::custom::CustomProperties;
use super::declaration::{Declaration, Place};
use super::property;
use super::read;
use super::sheet::Stylesheet;
use crate::language::Language;
use crate::markup::{ElementId, Tree};
use crate::selector::{
    self, ElementContext, PseudoElement, SelectorCaches, SiblingPosition,
};
use crate::source::FileId;

/// A stylist: computes styles, and shares each among the elements that no rule tells apart.
pub(crate) struct Stylist<'s> {
    pub(super) sheet: &'s Stylesheet,
    pub(super) initial: Style,
    pub(super) defaults: BookDefaults,
    language: String,
    /// What elements are alike to all selectors, those of their descendants too, and the context of
    /// each: which number it has among them is what their children are told apart by.
    kinds: BTreeMap<SharingKey, (usize, usize)>,
    /// Contexts by what matches in them: an element may differ from another in what no rule of
    /// its own asks for.
    by_rules: BTreeMap<(Option<usize>, Matching, Option<String>), usize>,
    computed: Vec<SharedStyle>,
    /// What siblings are told apart by.
    signatures: BTreeMap<Signature, u32>,
    chains: BTreeMap<(u32, u32), u32>,
    sets: BTreeMap<Vec<u32>, u32>,
}

/// The computed styles of the elements of one tree.
#[derive(Debug)]
pub(crate) struct Styles(Vec<Arc<ElementStyle>>);

/// The boxes that have a style: the element's own, and those of its pseudo-elements.
const PARTS: [Option<PseudoElement>; 6] = [
    None,
    Some(PseudoElement::Before),
    Some(PseudoElement::After),
    Some(PseudoElement::Marker),
    Some(PseudoElement::FirstLetter),
    Some(PseudoElement::FirstLine),
];

/// A computed style, and what else the styles of descendants depend on.
struct SharedStyle {
    style: Arc<ElementStyle>,
    custom_properties: Arc<CustomProperties>,
    root: RootMetrics,
    /// The rules that it comes from, by parts.
    rules: Matching,
}

/// The numbers of rules, by parts.
type Matching = [Vec<usize>; PARTS.len()];

/// The key by which elements share a style: all that decides which rules match, and what these
/// come to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct SharingKey {
    /// What kind its parent is, and the context of that, which may depend on how many siblings
    /// it has.
    parent: (Option<usize>, Option<usize>),
    own: u32,
    /// Those next to it, as far as any selector looks.
    adjacent: Vec<u32>,
    /// All before it: which there are, or each in its order.
    earlier: u32,
    position: SiblingPosition,
    empty: bool,
    language: Option<String>,
}

/// The signature of an element: what selectors see of it alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Signature {
    name: &'static str,
    id: Option<String>,
    classes: Vec<String>,
    lang: Option<String>,
    attributes: Vec<Option<String>>,
    /// Its own declarations.
    style: Option<String>,
}

impl Styles {
    /// The style of an element.
    pub(crate) fn of(&self, id: ElementId) -> &Arc<ElementStyle> {
        &self.0[id.index()]
    }
}

impl<'s> Stylist<'s> {
    /// A stylist of books in a language.
    pub(crate) fn new(
        sheet: &'s Stylesheet,
        defaults: BookDefaults,
        language: &Language,
    ) -> Self {
        let initial = property::initial(&defaults, language.is_right_to_left());
        Self::of(sheet, initial, defaults, language.tag().to_owned())
    }

    fn of(
        sheet: &'s Stylesheet,
        initial: Style,
        defaults: BookDefaults,
        language: String,
    ) -> Self {
        Self {
            sheet,
            initial,
            defaults,
            language,
            kinds: BTreeMap::new(),
            by_rules: BTreeMap::new(),
            computed: Vec::new(),
            signatures: BTreeMap::new(),
            chains: BTreeMap::new(),
            sets: BTreeMap::new(),
        }
    }

    /// A stylist of the same book for another thread, which has computed nothing yet.
    pub(crate) fn fork(&self) -> Self {
        let Self { sheet, initial, defaults, language, .. } = self;
        Self::of(sheet, initial.clone(), *defaults, language.clone())
    }

    /// Whether the book is bound on the right, and its first page on the left.
    pub(crate) fn is_right_to_left(&self) -> bool {
        self.initial.text.right_to_left
    }

    /// Whether rules set counters of their own, so that a document may depend on those before it.
    pub(crate) fn sets_counters(&self) -> bool {
        self.sheet.rules.sets_counters()
    }

    /// The number of distinct styles that have been computed.
    #[cfg(test)]
    pub(crate) fn context_count(&self) -> usize {
        self.computed.len()
    }

    /// The styles of all elements of a tree.
    pub(crate) fn styles(&mut self, tree: &Tree, metrics: &dyn Metrics) -> Styles {
        let language = self.language.clone();
        let elements = ElementContext::new(tree, &language);
        let signatures: Vec<u32> =
            tree.ids().map(|id| self.signature(tree, id)).collect();
        let earlier = self.earlier(tree, &signatures);
        // It counts siblings once for all of them.
        let mut caches = SelectorCaches::default();
        let mut contexts: Vec<usize> = Vec::with_capacity(signatures.len());
        let mut kinds: Vec<usize> = Vec::with_capacity(signatures.len());
        for id in tree.ids() {
            let above = tree.get(id).parent.map(|parent| kinds[parent.index()]);
            let parent = tree.get(id).parent.map(|parent| contexts[parent.index()]);
            let key =
                self.key(&elements, tree, id, (above, parent), &signatures, &earlier);
            let mut matched = |this: &Self, counting| {
                PARTS.map(|part| {
                    this.matched(&elements, tree, id, part, counting, &mut caches)
                })
            };
            let own = tree.get(id).value("style").map(std::borrow::Cow::into_owned);
            let (kind, context) = match self.kinds.get(&key) {
                Some(known) => *known,
                None => {
                    let rules = matched(self, false);
                    let context = self.context(parent, rules, own.clone(), metrics);
                    let kind = self.kinds.len();
                    self.kinds.insert(key, (kind, context));
                    (kind, context)
                }
            };
            kinds.push(kind);
            let counted = self.sheet.rules.counts.then(|| matched(self, true));
            contexts.push(match counted {
                Some(more) if more.iter().any(|rules| !rules.is_empty()) => {
                    let mut rules = self.computed[context].rules.clone();
                    for (rules, more) in rules.iter_mut().zip(more) {
                        rules.extend(more);
                    }
                    self.context(parent, rules, own, metrics)
                }
                _ => context,
            });
        }
        let style = |context: usize| self.computed[context].style.clone();
        Styles(contexts.into_iter().map(style).collect())
    }

    fn signature(&mut self, tree: &Tree, id: ElementId) -> u32 {
        let features = &self.sheet.rules.features;
        let element = tree.get(id);
        let own_id = element.id.as_ref();
        let own_id = own_id.filter(|own| features.ids.iter().any(|it| **it == ***own));
        let attributes = features.attributes.iter();
        let signature = Signature {
            name: element.name,
            id: own_id.cloned(),
            classes: element.classes.clone(),
            lang: element.lang.clone(),
            attributes: attributes
                .map(|name| element.value(name).map(std::borrow::Cow::into_owned))
                .collect(),
            style: element.value("style").map(std::borrow::Cow::into_owned),
        };
        let next = u32::try_from(self.signatures.len()).unwrap_or(u32::MAX);
        *self.signatures.entry(signature).or_insert(next)
    }

    /// For each element what stands before it, if any selector looks there.
    fn earlier(&mut self, tree: &Tree, signatures: &[u32]) -> Vec<u32> {
        let features = &self.sheet.rules.features;
        let (chain, any) = (features.chain, features.earlier);
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
        elements: &ElementContext<'_, Tree>,
        tree: &Tree,
        id: ElementId,
        parent: (Option<usize>, Option<usize>),
        signatures: &[u32],
        earlier: &[u32],
    ) -> SharingKey {
        let features = &self.sheet.rules.features;
        let mut adjacent = Vec::new();
        let mut before = elements.before(id.index());
        while let Some(sibling) = before
            && adjacent.len() < features.adjacent
        {
            adjacent.push(signatures[sibling]);
            before = elements.before(sibling);
        }
        let position = if features.position {
            elements.position(id.index())
        } else {
            SiblingPosition::default()
        };
        // Where no rule asks about elements of a name alone, less is told apart.
        let position = if features.of_type {
            position
        } else {
            SiblingPosition { first_of_type: false, last_of_type: false, ..position }
        };
        let empty = features.empty && tree.get(id).children.is_empty();
        SharingKey {
            parent,
            own: signatures[id.index()],
            adjacent,
            earlier: earlier[id.index()],
            position,
            empty,
            language: parent
                .0
                .is_none()
                .then(|| elements.language(id.index()).to_owned()),
        }
    }

    /// The context of an element in another that these rules match, by its parts.
    fn context(
        &mut self,
        parent: Option<usize>,
        matched: Matching,
        own: Option<String>,
        metrics: &dyn Metrics,
    ) -> usize {
        let key = (parent, matched, own);
        if let Some(context) = self.by_rules.get(&key) {
            return *context;
        }
        let own = key.2.as_deref().map(attribute).unwrap_or_default();
        let context = self.compute(parent, &key.1, &own, metrics);
        self.computed.push(context);
        self.by_rules.insert(key, self.computed.len() - 1);
        self.computed.len() - 1
    }

    fn compute(
        &self,
        parent: Option<usize>,
        matched: &Matching,
        of_attribute: &[Declaration],
        metrics: &dyn Metrics,
    ) -> SharedStyle {
        let parent = parent.map(|parent| &self.computed[parent]);
        let none = Arc::new(CustomProperties::new());
        let inherited = parent.map_or(&none, |parent| &parent.custom_properties);
        let [own, before, after, marker, first_letter, first_line] = matched;
        let mut own = self.declarations(own);
        own.extend(of_attribute.iter().map(|declaration| Matched {
            declaration,
            origin: Origin::Attribute,
            specificity: 0,
            order: 0,
        }));
        sort(&mut own);
        let custom_properties = cascade::custom_properties(&own, inherited);
        let computation = Computation {
            matched: &own,
            parent: parent.map_or(&self.initial, |parent| &parent.style.style),
            initial: &self.initial,
            custom_properties: &custom_properties,
            root: parent.map(|parent| parent.root),
            page: self.defaults.page,
        };
        let style = compute(&computation, metrics);
        let of_style =
            RootMetrics { size: style.font.size, line: style.text.line_height };
        let root = computation.root.unwrap_or(of_style);
        let pseudo = |matched: &[usize]| -> Option<Style> {
            if matched.is_empty() {
                return None;
            }
            let mut matched = self.declarations(matched);
            sort(&mut matched);
            let custom_properties =
                cascade::custom_properties(&matched, &custom_properties);
            let computation = Computation {
                matched: &matched,
                parent: &style,
                custom_properties: &custom_properties,
                root: Some(root),
                ..computation
            };
            Some(compute(&computation, metrics))
        };
        let shown = |style: &Style| matches!(style.content, Content::Items(_));
        let before = pseudo(before).filter(shown);
        let after = pseudo(after).filter(shown);
        let marker = pseudo(marker);
        let first_letter = pseudo(first_letter);
        let first_line = pseudo(first_line);
        let style = Arc::new(ElementStyle {
            style,
            before,
            after,
            marker,
            first_letter,
            first_line,
        });
        SharedStyle { style, custom_properties, root, rules: matched.clone() }
    }

    /// The rules for an element or what hangs on it: those that count siblings, which are asked of
    /// each element, or those whose answer is the same for all that share a key.
    fn matched(
        &self,
        elements: &ElementContext<'_, Tree>,
        tree: &Tree,
        id: ElementId,
        part: Option<PseudoElement>,
        counting: bool,
        caches: &mut SelectorCaches,
    ) -> Vec<usize> {
        let rules = &self.sheet.rules;
        let candidates = rules.candidates(tree.get(id)).filter(|&index| {
            let rule = rules.get(index);
            rule.pseudo == part
                && rule.counts == counting
                && selector::matches(&rule.selector, elements, id.index(), part, caches)
        });
        candidates.collect()
    }

    /// What rules declare.
    fn declarations(&self, rules: &[usize]) -> Vec<Matched<'s>> {
        let sheet: &'s Stylesheet = self.sheet;
        let matched = rules.iter().flat_map(|&index| {
            let rule = sheet.rules.get(index);
            let (origin, order) = (rule.origin, rule.order);
            let specificity = rule.selector.specificity();
            let declarations = rule.declarations.iter();
            declarations.map(move |declaration| Matched {
                declaration,
                origin,
                specificity,
                order,
            })
        });
        matched.collect()
    }
}

/// The declarations of a `style` attribute, in which the post's reader left none but plain ones.
fn attribute(style: &str) -> Vec<Declaration> {
    let mut input = Parser::new(style);
    let block = read::block(&mut input, FileId::default(), Place::Style);
    let parsed = block.declarations.iter().map(|it| it.parse(Place::Style));
    parsed.filter_map(Result::ok).collect()
}
