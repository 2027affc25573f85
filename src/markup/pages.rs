//! The pages of the PDF, as the EPUB marks them: a plain value that one edition says of itself and
//! the other prints.

use super::writer::Writer;
use crate::document::Target;
use crate::language::roman;
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

/// What is known of the pages while they are set.
pub(crate) trait PageNumbers {
    /// The page on which a place is, whose address is `href`; none before there are pages.
    fn page(&self, target: &Target, href: &str) -> Option<PrintedPage>;
}

/// The number of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PrintedPage {
    /// Whether it is one of those after the front matter, which begin anew with one.
    pub in_text: bool,
    /// Its number.
    pub number: u32,
}

impl std::fmt::Display for PrintedPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { in_text, number } = *self;
        if in_text { write!(f, "{number}") } else { f.write_str(&roman(number)) }
    }
}

/// Pages that follow one another.
struct PageRange<'t> {
    /// Each page, and a place on it.
    pages: Vec<(PrintedPage, &'t Target)>,
    /// Whether somebody said that it is one.
    said: bool,
}

impl<'t> PageRange<'t> {
    fn new((from, first): (PrintedPage, &'t Target)) -> Self {
        Self { pages: vec![(from, first)], said: false }
    }

    /// Takes a place in, if it is on the last page or on that after it.
    fn take(&mut self, page: PrintedPage, target: &'t Target) -> bool {
        let Some((last, _)) = self.pages.last() else { return false };
        let goes_on = last.in_text == page.in_text && page.number <= last.number + 1;
        if goes_on && page.number > last.number {
            self.pages.push((page, target));
        }
        goes_on
    }
}

/// Whether a character counts in [`Begin::Text`].
pub(crate) fn counts(character: char) -> bool {
    let invisible =
        matches!(character, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    !character.is_whitespace() && !invisible
}

impl Writer<'_> {
    /// The numbers of the pages on which places are, each once: three and more that follow one
    /// another, and what somebody marked from one place to another, are a range.
    pub(super) fn page_numbers<'t>(
        &mut self,
        places: impl Iterator<Item = (&'t Target, Option<&'t Target>)>,
    ) {
        let places: Vec<_> = places.collect();
        let Some(known) = self.known_pages(&places) else {
            for (target, _) in places {
                self.own_text(", ");
                self.page_number(target.clone());
            }
            return;
        };
        let mut ranges: Vec<PageRange> = Vec::new();
        for ((from, first), (to, last)) in known {
            let goes_on = ranges.last_mut().is_some_and(|it| it.take(from, first));
            if !goes_on {
                ranges.push(PageRange::new((from, first)));
            }
            if let Some(range) = ranges.last_mut().filter(|_| to > from) {
                range.said = true;
                let reached = range.pages.last().map(|(page, _)| *page);
                if reached.is_none_or(|page| to > page) {
                    range.pages.push((to, last));
                }
            }
        }
        for PageRange { pages, said } in &ranges {
            let (Some((_, first)), Some((_, last))) = (pages.first(), pages.last())
            else {
                continue;
            };
            if pages.len() > 2 || *said {
                self.own_text(", ");
                self.page_number((*first).clone());
                self.own_text("–");
                self.page_number((*last).clone());
                continue;
            }
            for (_, target) in pages {
                self.own_text(", ");
                self.page_number((*target).clone());
            }
        }
    }

    /// The pages on which places begin and end, in their order; none unless all are known.
    #[expect(clippy::type_complexity, reason = "two places with their pages")]
    pub(super) fn known_pages<'t>(
        &self,
        places: &[(&'t Target, Option<&'t Target>)],
    ) -> Option<Vec<((PrintedPage, &'t Target), (PrintedPage, &'t Target))>> {
        let pages = self.numbers?;
        let page = |target: &'t Target| {
            let href = self.addresses().target(target)?;
            Some((pages.page(target, &href)?, target))
        };
        let known = places.iter().map(|(first, last)| {
            let from = page(first)?;
            let to = last.and_then(page).unwrap_or(from);
            Some((from, to))
        });
        let mut known: Vec<_> = known.collect::<Option<_>>()?;
        known.sort_by_key(|((from, _), (to, _))| (*from, *to));
        Some(known)
    }

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
