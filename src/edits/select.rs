//! What the rules of `omit` mean in a post.

use crate::document::Document;
use crate::manuscript::Post;
use crate::selector::{ElementContext, ElementTree, SelectorCaches, matches};

use super::elements::Elements;
use super::rules::{Omission, Subject, folded, heading, plain};
use super::{Hit, Rules, WEB_ONLY};

/// The elements that are left out, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Whether each is.
    pub(super) marked: Vec<bool>,
    /// The number after that of the last descendant of each.
    pub(super) ends: Vec<usize>,
    /// What each rule found.
    pub(super) hits: Vec<Hit>,
}

/// Finds what is left out of a post: what it marks itself, and in a chapter what rules say.
pub(super) fn find(rules: &Rules, post: &Post, document: &Document) -> Found {
    let elements = Elements::of(document);
    let mut marker = Marker { elements: &elements, found: Found::default() };
    marker.found.marked.resize(elements.count(), false);
    marker.found.ends = elements.all().map(|(_, element)| element.end).collect();
    let own = |element| elements.classes(element).iter().any(|it| it == WEB_ONLY);
    marker.mark(None, true, own);
    if post.section.is_none() {
        let omissions: Vec<&Omission> = rules.omissions_in(post).collect();
        marker.rules(&omissions, post.language.tag());
    }
    marker.found
}

struct Marker<'e, 'd> {
    elements: &'e Elements<'d>,
    found: Found,
}

impl Marker<'_, '_> {
    fn rules(&mut self, omissions: &[&Omission], language: &str) {
        let elements = self.elements;
        let texts: Vec<Option<Text>> =
            elements.all().map(|(_, it)| Text::of(it)).collect();
        let has_selectors =
            omissions.iter().any(|it| matches!(it.what, Subject::Elements(_)));
        let context = has_selectors.then(|| ElementContext::new(elements, language));
        let mut caches = SelectorCaches::default();
        for Omission { rule, what } in omissions {
            let text = |element: usize| texts[element].as_ref();
            match what {
                Subject::Elements(list) => {
                    let Some(context) = &context else { continue };
                    self.mark(Some(*rule), false, |element| {
                        let mut selectors = list.slice().iter();
                        selectors
                            .any(|it| matches(it, context, element, None, &mut caches))
                    });
                }
                Subject::Place(id) => self.mark(Some(*rule), true, |element| {
                    elements.id(element) == Some(id.as_str())
                }),
                Subject::Section(words) => self.mark(Some(*rule), true, |element| {
                    let level = elements.get(element).level;
                    level.is_some()
                        && text(element).is_some_and(|it| it.heading() == *words)
                }),
                Subject::Words(words) => self.mark_text(*rule, |element| {
                    text(element).is_some_and(|it| it.folded.contains(words))
                }),
                Subject::Pattern(pattern) => self.mark_text(*rule, |element| {
                    let is_match = |text: &Text| {
                        pattern.is_match(&text.words) || pattern.is_match(&text.plain)
                    };
                    text(element).is_some_and(is_match)
                }),
            }
        }
    }

    /// Marks the outermost elements that a rule finds; a heading with its section, if that is asked.
    fn mark(
        &mut self,
        rule: Option<usize>,
        sections: bool,
        mut finds: impl FnMut(usize) -> bool,
    ) {
        let mut element = 1;
        while element < self.elements.count() {
            if !finds(element) {
                element += 1;
                continue;
            }
            let mut end = self.elements.get(element).end;
            self.found.marked[element] = true;
            if sections {
                for next in self.section(element) {
                    self.found.marked[next] = true;
                    end = self.elements.get(next).end;
                }
            }
            let span = self.elements.get(element).span;
            self.found.hits.push(Hit { rule, span });
            element = end;
        }
    }

    /// Marks blocks of text. An item of a list goes whole if it begins with the text.
    fn mark_text(&mut self, rule: usize, mut finds: impl FnMut(usize) -> bool) {
        let elements = self.elements;
        self.mark(Some(rule), false, |element| {
            let own = elements.get(element);
            let first = own.children.first().filter(|_| own.name == "li");
            finds(first.copied().unwrap_or(element))
        });
    }

    /// What follows a heading up to the next one of its level or a higher one.
    fn section(&self, element: usize) -> Vec<usize> {
        let own = self.elements.get(element);
        let (Some(level), Some(parent)) = (own.level, own.parent) else {
            return Vec::new();
        };
        let siblings = &self.elements.get(parent).children;
        let after = siblings.partition_point(|sibling| *sibling <= element);
        let belongs = |sibling: &&usize| {
            self.elements.get(**sibling).level.is_none_or(|other| other > level)
        };
        let is_footnote = |sibling: &&usize| self.elements.name(**sibling) != "footnote";
        let rest = siblings[after..].iter().take_while(is_footnote);
        rest.take_while(belongs).copied().collect()
    }
}

/// The words of a block of text, in the forms in which they are compared.
struct Text {
    /// As they are printed.
    words: String,
    /// As they are typed.
    plain: String,
    /// Small, with one space for several.
    folded: String,
}

impl Text {
    fn of(element: &super::elements::Element) -> Option<Self> {
        let words = element.words()?;
        let (plain, folded) = (plain(&words).0, folded(&words));
        Some(Self { words, plain, folded })
    }

    fn heading(&self) -> String {
        heading(&self.words)
    }
}
