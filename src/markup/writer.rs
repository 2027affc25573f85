//! Writing a tree from the outside in: an element stays open as long as its content is written.

use super::{
    Addresses, Builder, DocumentKind, Element, ElementId, Medium, PageNumbers, Tree,
};
use crate::document::ChapterId;
use crate::language::{Language, LocaleStrings};
use crate::source::Span;

/// Writes the text of one document.
pub(super) struct Writer<'a> {
    pub(super) builder: &'a Builder<'a>,
    pub(super) words: &'static LocaleStrings,
    /// What is known of the pages, if there are any.
    pub(super) numbers: Option<&'a dyn PageNumbers>,
    /// The language of what is open.
    language: Language,
    /// The chapter whose text or notes are written: links to it lead not far.
    pub(super) chapter: Option<ChapterId>,
    tree: Tree,
    /// The element that is open.
    at: ElementId,
    /// Whether a reference to a note was written last: the next one then follows a comma.
    pub(super) after_mark: bool,
}

impl<'a> Writer<'a> {
    /// Begins a document: `html`, in it `body`, which is open.
    pub(super) fn new(
        builder: &'a Builder<'a>,
        kind: DocumentKind,
        language: &Language,
    ) -> Self {
        let mut html = Element::new("html", Span::DETACHED);
        html.lang = Some(language.tag().to_owned());
        let book = builder.book_language();
        let dir = match (language.is_right_to_left(), book.is_right_to_left()) {
            (true, _) => Some("rtl"),
            // The pages of the book go from right to left; this document does not.
            (false, true) => Some("ltr"),
            (false, false) => None,
        };
        let html = html.optional("dir", dir);
        let mut tree = Tree::new(html);
        let matter = kind.matter().epub_type();
        let body = Element::new("body", Span::DETACHED).attribute("epub:type", matter);
        let at = tree.add(ElementId::ROOT, body);
        let chapter = builder.text_of(kind).map(|text| text.id);
        let words = language.words();
        let language = language.clone();
        let (numbers, after_mark) = (None, false);
        Self { builder, words, numbers, language, chapter, tree, at, after_mark }
    }

    /// The whole tree.
    pub(super) fn finish(self) -> Tree {
        self.tree
    }

    pub(super) fn addresses(&self) -> &'a Addresses {
        &self.builder.addresses
    }

    /// The direction that an element of code says: no language of programs goes from right to left.
    pub(super) fn direction_of_code(&self) -> Option<&'static str> {
        self.is_right_to_left().then_some("ltr")
    }

    /// The language of what is open.
    pub(super) fn language(&self) -> &Language {
        &self.language
    }

    /// Whether what is open is read from right to left.
    pub(super) fn is_right_to_left(&self) -> bool {
        self.language.is_right_to_left()
    }

    /// An element whose words were taken from a chapter: it says the language of that, and its
    /// direction, where they are not those of what is open (WCAG 2.2, 3.1.2).
    pub(super) fn borrowed(
        &mut self,
        chapter: ChapterId,
        mut element: Element,
        content: impl FnOnce(&mut Self),
    ) {
        let builder = self.builder;
        let own = builder.chapter(chapter).and_then(|it| it.language.as_ref());
        let language = own.unwrap_or(&builder.book.metadata.language).clone();
        if language != self.language {
            element.lang = Some(language.tag().to_owned());
            let right_to_left = language.is_right_to_left();
            let turns = right_to_left != self.is_right_to_left();
            let direction = if right_to_left { "rtl" } else { "ltr" };
            element = element.optional("dir", turns.then_some(direction));
        }
        let words = if language.has_words() { language.words() } else { self.words };
        let outer = std::mem::replace(&mut self.language, language);
        let outer_words = std::mem::replace(&mut self.words, words);
        self.within(element, content);
        (self.language, self.words) = (outer, outer_words);
    }

    pub(super) fn is_print(&self) -> bool {
        self.builder.medium == Medium::Print
    }

    /// An element that nobody wrote in a post.
    pub(super) fn own(&self, name: &'static str) -> Element {
        Element::new(name, Span::DETACHED)
    }

    /// An element with what `content` writes into it.
    pub(super) fn within(
        &mut self,
        mut element: Element,
        content: impl FnOnce(&mut Self),
    ) {
        if !self.is_print() {
            relative(&mut element);
        }
        self.after_mark = false;
        let outer = self.at;
        self.at = self.tree.add(outer, element);
        content(self);
        self.at = outer;
    }

    /// An element with words alone.
    pub(super) fn leaf(&mut self, element: Element, words: &str) {
        let span = element.span;
        self.within(element, |this| this.text(words, span));
    }

    /// An element with words that were written at a place of `book.yaml`.
    pub(super) fn written(&mut self, element: Element, words: &str, span: Span) {
        self.within(element, |this| this.text(words, span));
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, element: Element) {
        self.within(element, |_| {});
    }

    /// Words.
    pub(super) fn text(&mut self, words: &str, span: Span) {
        if !words.is_empty() {
            self.tree.text(self.at, words, span);
        }
    }

    /// Words that nobody wrote in a post.
    pub(super) fn own_text(&mut self, words: &str) {
        self.text(words, Span::DETACHED);
    }
}

/// Pixels that an author gave an element as parts of its text's size: on a screen the reader says
/// how large all is.
fn relative(element: &mut Element) {
    let style = element.attributes.iter_mut().find(|(name, _)| *name == "style");
    let Some((_, style)) = style.filter(|(_, style)| style.contains("px")) else {
        return;
    };
    let word = |word: &str| -> String {
        let (number, end) = match word.split_once("px") {
            Some((number, end @ ("" | ";"))) => (number.parse::<f64>(), end),
            _ => return word.to_owned(),
        };
        number.map_or(word.to_owned(), |number| format!("{}em{end}", number / 16.0))
    };
    *style = style.split(' ').map(word).collect::<Vec<_>>().join(" ");
}
