//! The pages of the PDF, as the EPUB marks them: a plain value that one edition says of itself and
//! the other prints.

use super::writer::Writer;
use crate::source::Span;

/// A page of the PDF, and where it begins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PageBreakMarker {
    /// What is printed on it: `xii`, `87`.
    pub folio: String,
    /// Where it begins.
    pub begins: Begin,
}

/// Where a page begins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Begin {
    /// With the document of that name.
    Document(String),
    /// After so many characters of what was written at a place: space does not count, nor what
    /// only says where a line may end.
    Text(Span, usize),
}

/// A page that the EPUB has a mark for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PageLink {
    /// What is printed on it.
    pub folio: String,
    /// The address of its mark.
    pub href: String,
}

/// Whether a character counts in [`Begin::Text`].
pub(crate) fn counts(character: char) -> bool {
    let invisible =
        matches!(character, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    !character.is_whitespace() && !invisible
}

impl Writer<'_> {
    /// The list of pages, as the navigation of EPUB 3 has it.
    pub(super) fn page_list(&mut self) {
        let pages = &self.builder.pages;
        if pages.is_empty() {
            return;
        }
        let nav = self
            .own("nav")
            .attribute("epub:type", "page-list")
            .attribute("role", "doc-pagelist")
            .attribute("hidden", "hidden")
            .attribute("aria-label", self.words.pages);
        self.within(nav, |this| {
            this.within(this.own("ol"), |this| {
                for PageLink { folio, href } in pages {
                    let link = this.own("a").attribute("href", href.clone());
                    this.within(this.own("li"), |this| this.leaf(link, folio));
                }
            });
        });
    }
}
