//! The index, in the terms of the EPUB Indexes vocabulary.

use super::writer::Writer;
use super::{DocumentKind, Semantics};
use crate::book::{IndexEntry, IndexPlace, IndexReference};
use crate::document::{ChapterId, Target, plain_text};
use crate::source::Span;

impl Writer<'_> {
    /// The terms of the index, under their letters.
    pub(super) fn index(&mut self) {
        let book = self.builder.book;
        for group in &book.index {
            let section = self.own("div").class("index-group");
            let section = section.attribute("epub:type", "index-group");
            self.within(section, |this| {
                if let Some(letter) = &group.heading {
                    this.leaf(this.own("h2"), letter);
                }
                this.index_entries(&group.entries);
            });
        }
    }

    fn index_entries(&mut self, entries: &[IndexEntry]) {
        let list = self.own("ul").attribute("epub:type", "index-entry-list");
        self.within(list, |this| {
            for entry in entries {
                let item = this.own("li").id(entry.id.as_str());
                let item = item.attribute("epub:type", "index-entry");
                this.within(item, |this| this.index_entry(entry));
            }
        });
    }

    /// A term, where it leads, and the terms below it.
    fn index_entry(&mut self, entry: &IndexEntry) {
        let IndexEntry { id: _, term, places, see, see_also, entries } = entry;
        let words = self.own("span").class("index-term");
        let words = words.attribute("epub:type", "index-term");
        self.within(words, |this| this.inlines(term));
        let ranges = places.iter().map(|place| (&place.target, place.end.as_ref()));
        let ranges: Vec<(&Target, Option<&Target>)> = ranges.collect();
        if self.is_print() || self.known_pages(&ranges).is_some() {
            self.page_numbers(ranges.into_iter());
        } else {
            self.locators(places);
        }
        let words = self.builder.language().reference_words();
        self.references(words.see, "index-xref-preferred", see);
        self.references(words.see_also, "index-xref-related", see_also);
        if !entries.is_empty() {
            self.index_entries(entries);
        }
    }

    /// Links to places by the titles of their chapters, and to further ones in the same chapter by
    /// numbers. A paragraph is one place.
    fn locators(&mut self, places: &[IndexPlace]) {
        let mut rest = places;
        let mut separator = ": ";
        while let Some(first) = rest.first() {
            let count = rest.iter().take_while(|it| it.chapter == first.chapter).count();
            let (here, others) = rest.split_at(count);
            rest = others;
            self.own_text(std::mem::replace(&mut separator, "; "));
            self.locator(first, first.chapter, &self.chapter_title(first.chapter));
            let mut block = first.block;
            let mut number = 1;
            for place in here {
                if place.block == block {
                    continue;
                }
                block = place.block;
                number += 1;
                self.own_text(", ");
                self.locator(place, place.chapter, &number.to_string());
            }
        }
    }

    /// A link to a place, and to where it ends if that is in another chapter.
    fn locator(&mut self, place: &IndexPlace, chapter: ChapterId, words: &str) {
        self.locator_link(&place.target, chapter, words);
        let end = place.end.as_ref().and_then(|end| match end {
            Target::Chapter { chapter, .. } if *chapter != place.chapter => {
                Some((end, *chapter))
            }
            _ => None,
        });
        if let Some((end, chapter)) = end {
            self.own_text("–");
            self.locator_link(end, chapter, &self.chapter_title(chapter));
        }
    }

    fn locator_link(&mut self, target: &Target, chapter: ChapterId, words: &str) {
        let href = self.addresses().target(target);
        let link = self.own("a").attribute("epub:type", "index-locator");
        let link = link.optional("href", href).semantics(Semantics::Link(target.clone()));
        self.borrowed(chapter, link, |this| this.text(words, Span::DETACHED));
    }

    fn chapter_title(&self, chapter: ChapterId) -> String {
        let chapter = self.builder.chapter(chapter);
        chapter.map(|it| plain_text(&it.title)).unwrap_or_default()
    }

    /// `See` and other terms.
    fn references(
        &mut self,
        words: &str,
        epub_type: &'static str,
        references: &[IndexReference],
    ) {
        if references.is_empty() {
            return;
        }
        self.own_text(". ");
        self.leaf(self.own("i").class("see"), words);
        let index = self.addresses().document(DocumentKind::Index).into_owned();
        for (number, IndexReference { term, id }) in references.iter().enumerate() {
            // What ends with a colon of full width has its space in it.
            let is_wide = number == 0 && words.ends_with('：');
            self.own_text(match number {
                0 if is_wide => "",
                0 => " ",
                _ => "; ",
            });
            let Some(id) = id else {
                self.own_text(term);
                continue;
            };
            let link = self.own("a").attribute("href", format!("{index}#{id}"));
            let link = link.attribute("epub:type", epub_type).semantics(Semantics::Place);
            self.leaf(link, term);
        }
    }
}
