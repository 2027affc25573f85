//! HTML as a tree: what exports and pages hold, read as a browser would, but for what only matters
//! to a screen.

mod paragraphs;
mod text;
mod tokens;

pub(crate) use paragraphs::{LineEnds, into_paragraphs};
pub(crate) use text::{decoded, escaped, plain, plain_text};
pub(crate) use tokens::parse;

/// A part of the tree.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
    Comment(String),
    /// The mark of a note, by its place among the notes of the post.
    NoteMark(usize),
}

/// An element with its parts.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Element {
    /// Its name in small letters.
    pub(crate) name: String,
    /// Its attributes in the order of their names.
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
}

impl Element {
    /// An element without attributes.
    pub(crate) fn new(name: &str, children: Vec<Node>) -> Self {
        Self { name: name.to_owned(), attributes: Vec::new(), children }
    }

    /// The same with an attribute.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push((name.to_owned(), value.into()));
        self
    }

    /// An attribute's value.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether `class` names it.
    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.classes().any(|known| known == class)
    }

    /// The names in its `class`.
    pub(crate) fn classes(&self) -> impl Iterator<Item = &str> {
        self.get("class").unwrap_or_default().split_whitespace()
    }

    /// The elements directly within it.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(Node::element)
    }

    /// The first element below it, itself included, that a test holds for.
    pub(crate) fn find<'a>(
        &'a self,
        test: &impl Fn(&Element) -> bool,
    ) -> Option<&'a Element> {
        if test(self) {
            return Some(self);
        }
        self.elements().find_map(|child| child.find(test))
    }
}

impl Node {
    /// The element that it is.
    pub(crate) fn element(&self) -> Option<&Element> {
        match self {
            Self::Element(element) => Some(element),
            _ => None,
        }
    }

    /// Whether it is an element of this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.element().is_some_and(|element| element.name == name)
    }

    /// Whether it is nothing but spaces, or a comment.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.trim_matches(is_space).is_empty(),
            Self::Comment(_) => true,
            Self::Element(_) | Self::NoteMark(_) => false,
        }
    }
}

/// White space that HTML collapses; a no-break space is none.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Whether an element stands on lines of its own.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}
