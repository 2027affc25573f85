//! The tree of one document.

use std::borrow::Cow;

use crate::book::Chapter;
use crate::config::{Matter, Section};
use crate::document::{
    Attributes, ChapterId, Math, NoteId, NoteReference, PictureId, Target,
};
use crate::selector::ElementTree;
use crate::source::Span;

/// One document: `html`, in it `body`, in that what is read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tree {
    elements: Vec<Element>,
}

/// Names an element of a [`Tree`]; in document order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ElementId(u32);

/// An element.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Element {
    /// Its local name.
    pub name: &'static str,
    /// Its id, unique within its document.
    pub id: Option<String>,
    /// Its classes, without doubles.
    pub classes: Vec<String>,
    /// Its language, as a BCP 47 tag, where that differs from its parent's.
    pub lang: Option<String>,
    /// Its other attributes, in the order in which they are written.
    pub attributes: Vec<(&'static str, String)>,
    /// What it means to the book.
    pub semantics: Semantics,
    /// Where it was written.
    pub span: Span,
    /// The element that it is in; none for the root.
    pub parent: Option<ElementId>,
    /// What it holds.
    pub children: Vec<Child>,
}

/// What an element holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Child {
    /// Another element.
    Element(ElementId),
    /// Words.
    Text(Text),
}

/// Words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    /// The words themselves.
    pub text: String,
    /// Where they were written.
    pub span: Span,
}

/// What an element means to the book, where its name does not say it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Semantics {
    /// Nothing more.
    #[default]
    Plain,
    /// A document's outer section.
    Document(DocumentKind),
    /// A link: `a`.
    Link(Target),
    /// A link to the beginning of a document, for those that no [`Target`] names: `a`.
    Opening(DocumentKind),
    /// A link to a place that its address names, in a document that is made: `a`.
    Place,
    /// The mark that refers to a note: `a`.
    NoteReference(NoteReference),
    /// The way back from a note to one of its references: `a`.
    Backlink(NoteReference),
    /// A note: `li`.
    Note {
        /// Which.
        note: NoteId,
        /// Its number.
        number: u32,
        /// The addresses on the web that it names, each once.
        addresses: Vec<String>,
    },
    /// The notes of one chapter, together: the `section` that holds their list.
    Notes(ChapterId),
    /// A line with an address, which on paper a code for the telephone stands beside: `p`.
    Coded(String),
    /// A picture: `img`.
    Picture(PictureId),
    /// A formula: a `span` or `div` without children, whose content is the MathML or, without
    /// that, the source.
    Math(Math),
    /// A link without words, of which paper shows the page that it leads to: `a`.
    PageNumber(Target),
}

/// What a document is of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DocumentKind {
    /// The cover.
    Cover,
    /// The title alone, before the title page.
    HalfTitle,
    /// The title page.
    TitlePage,
    /// The copyright page.
    Copyright,
    /// The contents.
    Contents,
    /// The list of figures.
    Figures,
    /// The list of tables.
    Tables,
    /// A part's title, parts counted from zero.
    Part(usize),
    /// A chapter.
    Chapter(ChapterId),
    /// A section before or behind the chapters that somebody wrote.
    Section(Section, ChapterId),
    /// The chronology.
    Chronology,
    /// What readers wrote.
    Comments,
    /// The endnotes.
    Notes,
    /// The bibliography.
    Bibliography,
    /// The sources of quotations.
    Quoted,
    /// The picture credits.
    Credits,
    /// The lines that rights holders ask for.
    Permissions,
    /// The index.
    Index,
    /// The colophon.
    Colophon,
}

impl DocumentKind {
    /// In which part of the book it stands.
    pub(crate) fn matter(self) -> Matter {
        match self {
            Self::Cover
            | Self::HalfTitle
            | Self::TitlePage
            | Self::Copyright
            | Self::Contents
            | Self::Figures
            | Self::Tables => Matter::Front,
            Self::Part(_) | Self::Chapter(_) => Matter::Body,
            Self::Section(section, _) => section.matter,
            Self::Chronology
            | Self::Comments
            | Self::Notes
            | Self::Bibliography
            | Self::Quoted
            | Self::Credits
            | Self::Permissions
            | Self::Index
            | Self::Colophon => Matter::Back,
        }
    }
}

impl DocumentKind {
    /// That of a chapter, or of a section before or behind the chapters.
    pub(crate) fn of(text: &Chapter) -> Self {
        match text.section {
            Some(section) => Self::Section(section, text.id),
            None => Self::Chapter(text.id),
        }
    }

    /// The chapter or section whose text it is.
    pub(crate) fn text(self) -> Option<ChapterId> {
        match self {
            Self::Chapter(id) | Self::Section(_, id) => Some(id),
            _ => None,
        }
    }
}

impl Tree {
    /// A tree of one element.
    pub(crate) fn new(root: Element) -> Self {
        Self { elements: vec![root] }
    }

    /// Puts an element last into another.
    pub(crate) fn add(&mut self, parent: ElementId, mut element: Element) -> ElementId {
        let id = ElementId(u32::try_from(self.elements.len()).unwrap_or(u32::MAX));
        element.parent = Some(parent);
        self.elements.push(element);
        self.get_mut(parent).children.push(Child::Element(id));
        id
    }

    /// Puts words last into an element.
    pub(crate) fn text(
        &mut self,
        parent: ElementId,
        text: impl Into<String>,
        span: Span,
    ) {
        let text = Text { text: text.into(), span };
        self.get_mut(parent).children.push(Child::Text(text));
    }

    /// The element that `id` names.
    pub(crate) fn get(&self, id: ElementId) -> &Element {
        &self.elements[id.0 as usize]
    }

    /// The element that `id` names.
    pub(crate) fn get_mut(&mut self, id: ElementId) -> &mut Element {
        &mut self.elements[id.0 as usize]
    }

    /// All elements, in document order: a parent before its children.
    pub(crate) fn ids(&self) -> impl Iterator<Item = ElementId> + use<> {
        let count = u32::try_from(self.elements.len()).unwrap_or(u32::MAX);
        (0..count).map(ElementId)
    }

    /// The elements directly in another.
    pub(crate) fn children(&self, id: ElementId) -> impl Iterator<Item = ElementId> + '_ {
        self.get(id).children.iter().filter_map(|child| match child {
            Child::Element(id) => Some(*id),
            Child::Text(_) => None,
        })
    }

    /// The elements below another, in the order of the text.
    pub(crate) fn descendants(&self, id: ElementId) -> Vec<ElementId> {
        let mut found = Vec::new();
        let mut rest: Vec<ElementId> = self.children(id).collect();
        rest.reverse();
        while let Some(next) = rest.pop() {
            found.push(next);
            let first = rest.len();
            rest.extend(self.children(next));
            rest[first..].reverse();
        }
        found
    }

    /// All words below an element.
    pub(crate) fn words(&self, id: ElementId) -> String {
        let mut words = String::new();
        self.visit_words(id, true, &mut |_, part| words.push_str(part));
        words
    }

    /// The language of an element; empty if nothing says.
    pub(crate) fn language_of<'t>(&'t self, element: &'t Element) -> &'t str {
        let mut next = Some(element);
        while let Some(element) = next {
            if let Some(language) = &element.lang {
                return language;
            }
            next = element.parent.map(|parent| self.get(parent));
        }
        ""
    }

    /// The words of an element as a heading shows them elsewhere: without marks of notes, pictures
    /// and formulas in words, in one line.
    pub(crate) fn words_without_marks(&self, id: ElementId) -> String {
        let mut words = String::new();
        self.visit_words_without_marks(id, &mut |_, part| words.push_str(part));
        words
    }

    /// Calls `visit` with each part of [`Self::words_without_marks`] and the element that it stands
    /// in.
    pub(crate) fn visit_words_without_marks(
        &self,
        id: ElementId,
        visit: &mut dyn FnMut(ElementId, &str),
    ) {
        self.visit_words(id, false, visit);
    }

    fn visit_words(
        &self,
        id: ElementId,
        all: bool,
        visit: &mut dyn FnMut(ElementId, &str),
    ) {
        let element = self.get(id);
        if !all && matches!(element.semantics, Semantics::NoteReference(_)) {
            return;
        }
        if !all {
            match &element.semantics {
                Semantics::Math(math) => {
                    visit(id, &math.spoken(self.language_of(element)));
                    return;
                }
                Semantics::Picture(_) => {
                    visit(id, &element.value("alt").unwrap_or_default());
                }
                _ if element.name == "br" => visit(id, " "),
                _ => {}
            }
        }
        for child in &element.children {
            match child {
                Child::Text(text) => visit(id, &text.text),
                Child::Element(id) => self.visit_words(*id, all, visit),
            }
        }
    }
}

impl ElementTree for Tree {
    fn count(&self) -> usize {
        self.elements.len()
    }

    fn name(&self, element: usize) -> &str {
        self.elements[element].name
    }

    fn id(&self, element: usize) -> Option<&str> {
        self.elements[element].id.as_deref()
    }

    fn classes(&self, element: usize) -> &[String] {
        &self.elements[element].classes
    }

    fn lang(&self, element: usize) -> Option<&str> {
        self.elements[element].lang.as_deref()
    }

    fn attribute(&self, element: usize, name: &str) -> Option<Cow<'_, str>> {
        self.elements[element].value(name)
    }

    fn parent(&self, element: usize) -> Option<usize> {
        self.elements[element].parent.map(ElementId::index)
    }

    fn children(&self, element: usize) -> impl Iterator<Item = usize> {
        self.elements[element].children.iter().filter_map(|child| match child {
            Child::Element(id) => Some(id.index()),
            Child::Text(_) => None,
        })
    }

    fn is_empty(&self, element: usize) -> bool {
        let filled = |child: &Child| match child {
            Child::Element(_) => true,
            Child::Text(text) => !text.text.is_empty(),
        };
        !self.elements[element].children.iter().any(filled)
    }
}

impl ElementId {
    /// The root of any tree.
    pub(crate) const ROOT: Self = Self(0);

    /// Its place among all elements of its tree.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

impl Element {
    /// An element without anything.
    pub(crate) fn new(name: &'static str, span: Span) -> Self {
        Self {
            name,
            id: None,
            classes: Vec::new(),
            lang: None,
            attributes: Vec::new(),
            semantics: Semantics::Plain,
            span,
            parent: None,
            children: Vec::new(),
        }
    }

    /// The same with one more class.
    #[must_use]
    pub(crate) fn class(mut self, class: &str) -> Self {
        if !class.is_empty() && !self.has_class(class) {
            self.classes.push(class.to_owned());
        }
        self
    }

    /// The same with an id.
    #[must_use]
    pub(crate) fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The same with the id, the classes and the language that the post gives it.
    #[must_use]
    pub(crate) fn marked(mut self, attributes: &Attributes) -> Self {
        let Attributes { id, classes, lang, dir, style, index: _ } = attributes;
        self.id.clone_from(id);
        self.lang.clone_from(lang);
        self.attributes.extend(dir.map(|dir| ("dir", dir.name().to_owned())));
        self.attributes.extend(style.clone().map(|style| ("style", style)));
        classes.iter().fold(self, |element, class| element.class(class))
    }

    /// The same with one more attribute, if that has a value.
    #[must_use]
    pub(crate) fn optional(
        self,
        name: &'static str,
        value: Option<impl Into<String>>,
    ) -> Self {
        match value {
            Some(value) => self.attribute(name, value),
            None => self,
        }
    }

    /// The same with one more attribute.
    #[must_use]
    pub(crate) fn attribute(
        mut self,
        name: &'static str,
        value: impl Into<String>,
    ) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// The same with a meaning.
    #[must_use]
    pub(crate) fn semantics(mut self, semantics: Semantics) -> Self {
        self.semantics = semantics;
        self
    }

    /// Whether it has a class.
    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.classes.iter().any(|known| known == class)
    }

    /// The value of an attribute, `id`, `class` and `lang` too.
    pub(crate) fn value(&self, name: &str) -> Option<Cow<'_, str>> {
        match name {
            "id" => self.id.as_deref().map(Cow::Borrowed),
            "class" if self.classes.is_empty() => None,
            "class" => Some(Cow::Owned(self.classes.join(" "))),
            "lang" | "xml:lang" => self.lang.as_deref().map(Cow::Borrowed),
            _ => {
                let found = self.attributes.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| Cow::Borrowed(value.as_str()))
            }
        }
    }
}
