//! A tree as an XHTML document.

use std::borrow::Cow;

use super::pagebreaks::PageBreaks;
use super::xml::Xml;
use crate::html::is_void;
use crate::markup::{Child, Document, Element, ElementId, Semantics, Tree};

/// A document of the package.
#[derive(Debug)]
pub(super) struct File {
    /// Its name.
    pub(super) name: String,
    /// Its content.
    pub(super) content: String,
    /// Whether it holds MathML.
    pub(super) has_math: bool,
}

/// Writes a document, with marks where printed pages begin.
pub(super) fn write(document: Document, breaks: &mut PageBreaks) -> File {
    let Document { name, title, language: _, kind: _, tree } = document;
    let xml = Xml::document();
    let mut writer = Writer { tree: &tree, name: &name, breaks, xml, has_math: false };
    writer.document(&title);
    let (has_math, content) = (writer.has_math, writer.xml.finish());
    File { name, has_math, content }
}

struct Writer<'a, 'b> {
    tree: &'a Tree,
    name: &'a str,
    breaks: &'a mut PageBreaks<'b>,
    xml: Xml,
    /// Whether a formula was written: the package has to say so.
    has_math: bool,
}

impl Writer<'_, '_> {
    fn document(&mut self, title: &str) {
        let root = self.tree.get(ElementId::ROOT);
        let mut attributes = vec![
            ("xmlns", Some("http://www.w3.org/1999/xhtml")),
            ("xmlns:epub", Some("http://www.idpf.org/2007/ops")),
        ];
        attributes.extend(all_attributes(root, None));
        self.xml.raw("<!DOCTYPE html>\n");
        self.xml.open(root.name, &attributes);
        head(&mut self.xml, title);
        self.xml.newline();
        self.children(root);
        self.xml.close(root.name);
        self.xml.newline();
    }

    fn children(&mut self, element: &Element) {
        for child in &element.children {
            match child {
                Child::Text(text) => self.breaks.text(&mut self.xml, self.name, text),
                Child::Element(id) => {
                    let child = self.tree.get(*id);
                    self.element(child);
                    if ends_line(child, element) {
                        self.xml.newline();
                    }
                }
            }
        }
    }

    fn element(&mut self, element: &Element) {
        let classes = classes(element);
        let attributes: Vec<_> = all_attributes(element, classes.as_deref()).collect();
        if is_void(element.name) {
            return self.xml.empty(element.name, &attributes);
        }
        self.xml.open(element.name, &attributes);
        if element.name == "section" {
            self.xml.newline();
        }
        // In a `nav` nothing may stand before the heading.
        let opens = matches!(element.semantics, Semantics::Document(_));
        if opens && element.name != "nav" || element.name == "h1" {
            self.breaks.document(&mut self.xml, self.name);
        }
        match &element.semantics {
            Semantics::Math(math) => match &math.mathml {
                Some(mathml) => {
                    self.has_math = true;
                    let words = math.spoken(self.tree.language_of(element));
                    self.xml.math(mathml, &words);
                }
                None => self.xml.leaf("code", &[], &math.source),
            },
            _ => self.children(element),
        }
        self.xml.close(element.name);
    }
}

fn head(xml: &mut Xml, title: &str) {
    xml.element("head", &[], |xml| {
        xml.empty("meta", &[("charset", Some("utf-8"))]);
        xml.leaf("title", &[], title);
        let link = [
            ("rel", Some("stylesheet")),
            ("type", Some("text/css")),
            ("href", Some("style.css")),
        ];
        xml.empty("link", &link);
    });
}

/// The classes of an element as one value; only several need to be put together.
fn classes(element: &Element) -> Option<Cow<'_, str>> {
    match element.classes.as_slice() {
        [] => None,
        [one] => Some(Cow::Borrowed(one)),
        several => Some(Cow::Owned(several.join(" "))),
    }
}

fn all_attributes<'a>(
    element: &'a Element,
    classes: Option<&'a str>,
) -> impl Iterator<Item = (&'static str, Option<&'a str>)> {
    let Element { id, lang, attributes, .. } = element;
    let own = [
        ("id", id.as_deref()),
        ("class", classes),
        ("lang", lang.as_deref()),
        ("xml:lang", lang.as_deref()),
    ];
    let others = attributes.iter().map(|(name, value)| (*name, Some(value.as_str())));
    own.into_iter().chain(others)
}

/// Whether a line ends after an element, for those who read the source. Space between blocks
/// is nothing; within text it would be a space.
fn ends_line(element: &Element, parent: &Element) -> bool {
    let holds_blocks = ["body", "section", "blockquote", "div"];
    holds_blocks.contains(&parent.name) || element.name == "li"
}
