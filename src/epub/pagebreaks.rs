//! Page breaks: marks where the pages of the printed book begin.

use std::collections::BTreeMap;

use super::xml::Xml;
use crate::markup::{Begin, PageBreakMarker, PageLink, Text, counts};
use crate::source::Span;

/// Writes the marks of pages into documents, which come in the order in which they are read.
pub(super) struct PageBreaks<'a> {
    marks: &'a [PageBreakMarker],
    /// Those that begin with a document.
    documents: BTreeMap<&'a str, usize>,
    /// Those that begin in what was written at a place.
    places: BTreeMap<Span, Place>,
    /// The page of the last mark, and those that have one.
    last: Option<usize>,
    links: Vec<PageLink>,
}

/// What was written at a place, in which pages begin.
#[derive(Default)]
struct Place {
    /// How many of its characters have been read.
    read: usize,
    /// After how many of them which page begins.
    breaks: Vec<(usize, usize)>,
}

impl<'a> PageBreaks<'a> {
    pub(super) fn new(marks: &'a [PageBreakMarker]) -> Self {
        let mut documents = BTreeMap::new();
        let mut places: BTreeMap<Span, Place> = BTreeMap::new();
        for (index, mark) in marks.iter().enumerate() {
            match &mark.begins {
                Begin::Document(name) => {
                    documents.entry(name.as_str()).or_insert(index);
                }
                Begin::Text(span, characters) => {
                    let place = places.entry(*span).or_default();
                    place.breaks.push((*characters, index));
                }
            }
        }
        Self { marks, documents, places, last: None, links: Vec::new() }
    }

    /// The pages that have a mark, in the order of the marks.
    pub(super) fn into_links(self) -> Vec<PageLink> {
        self.links
    }

    /// A document begins.
    pub(super) fn document(&mut self, xml: &mut Xml, name: &str) {
        if let Some(page) = self.documents.remove(name) {
            self.mark(xml, name, page);
        }
    }

    /// The page that a document opens which is written later, by others.
    pub(super) fn opening(&mut self, name: &str) -> Option<PageBreakMarker> {
        let page = self.documents.remove(name)?;
        self.link(name, page);
        Some(self.marks[page].clone())
    }

    /// Writes words of a document, and marks within them.
    pub(super) fn text(&mut self, xml: &mut Xml, name: &str, text: &Text) {
        let Some(Place { read, breaks }) = self.places.get_mut(&text.span) else {
            return xml.text(&text.text);
        };
        let mut here = Vec::new();
        let already = *read;
        let mut next = breaks.iter().filter(|(at, _)| *at >= already).peekable();
        for (offset, _) in text.text.char_indices().filter(|(_, c)| counts(*c)) {
            while let Some((_, page)) = next.next_if(|(at, _)| at == read) {
                here.push((offset, *page));
            }
            *read += 1;
        }
        let mut written = 0;
        for (offset, page) in here {
            xml.text(&text.text[written..offset]);
            self.mark(xml, name, page);
            written = offset;
        }
        xml.text(&text.text[written..]);
    }

    fn mark(&mut self, xml: &mut Xml, name: &str, page: usize) {
        // Words that stand twice in the book may name an earlier page: the list goes forward.
        if self.last.is_some_and(|last| page <= last) {
            return;
        }
        self.link(name, page);
        let folio = &self.marks[page].folio;
        let id = id(folio);
        let attributes = [
            ("id", Some(id.as_str())),
            ("epub:type", Some("pagebreak")),
            ("role", Some("doc-pagebreak")),
            ("aria-label", Some(folio.as_str())),
        ];
        xml.empty("span", &attributes);
    }

    fn link(&mut self, name: &str, page: usize) {
        self.last = Some(page);
        let folio = self.marks[page].folio.clone();
        let href = format!("{name}#{}", id(&folio));
        self.links.push(PageLink { folio, href });
    }
}

/// The id of a page's mark: no slug has a dot.
fn id(folio: &str) -> String {
    format!("page.{folio}")
}
