//! Front and back matter, all but contents and notes.

use super::writer::Writer;
use super::{DocumentKind, Semantics};
use crate::book::{
    CaptionEntry, ChronologyEntry, Credit, Metadata, QuotedSource, colophon,
    copyright_page,
};
use crate::config::NotePlace;
use crate::document::{Target, plain_text};
use crate::source::Span;

impl Writer<'_> {
    /// A document of the front or back matter, or the title of a part.
    pub(super) fn section(&mut self, kind: DocumentKind, title: &str) {
        let section = self.outer("section", kind);
        // What has no role is not announced, and what is not announced needs no name.
        let label = section.value("role").is_some().then_some(title);
        self.within(section.optional("aria-label", label), |this| match kind {
            DocumentKind::Cover => this.cover(),
            DocumentKind::HalfTitle => {
                let name = this.own("p").class("book-title");
                this.written(name, title, this.builder.book.metadata.spans.title);
                this.volume();
            }
            DocumentKind::TitlePage => this.title_page(),
            DocumentKind::Copyright => {
                this.blocks(&copyright_page(this.builder.book, this.is_print()));
            }
            DocumentKind::Part(index) => this.part(index, title),
            _ => {
                this.leaf(this.own("h1"), title);
                this.listed(kind);
            }
        });
    }

    /// The title of a part, and what stands below it.
    fn part(&mut self, index: usize, title: &str) {
        let book = self.builder.book;
        let part = book.parts.get(index);
        if let Some(number) = part.and_then(|part| part.number.as_ref()) {
            self.division_number("part-number", number);
        }
        self.leaf(self.own("h1").class("part-title"), title);
        let Some(part) = part else { return };
        if let Some(subtitle) = &part.subtitle {
            self.leaf(self.own("p").class("subtitle"), subtitle);
        }
        let Some(text) = &part.introduction else { return };
        self.blocks(&text.blocks);
        if book.note_style.place != NotePlace::Book
            && let Some(group) = book.notes_of(text.id)
        {
            self.notes_after_chapter(group);
        }
    }

    /// What stands under the heading of front and back matter.
    fn listed(&mut self, kind: DocumentKind) {
        let book = self.builder.book;
        match kind {
            DocumentKind::Notes => {
                for group in &book.endnotes {
                    self.notes_to_chapter(group);
                }
            }
            DocumentKind::Bibliography => {
                self.items(&book.bibliography, |this, entry| this.inlines(entry));
            }
            DocumentKind::Quoted => self.items(&book.quoted, Self::quoted_source),
            DocumentKind::Credits => self.items(&book.credits, Self::credit),
            DocumentKind::Figures => self.items(&book.figures, Self::caption_entry),
            DocumentKind::Tables => self.items(&book.tables, Self::caption_entry),
            DocumentKind::Chronology => {
                self.items(&book.chronology, Self::chronology_entry);
            }
            DocumentKind::Comments => self.all_comments(),
            DocumentKind::Permissions => {
                for line in &book.permissions {
                    self.leaf(self.own("p"), line);
                }
            }
            DocumentKind::Index => self.index(),
            DocumentKind::Colophon => {
                self.blocks(&colophon(self.builder.language()));
            }
            _ => {}
        }
    }

    fn cover(&mut self) {
        let title = &self.builder.book.metadata.title;
        let picture = self
            .own("img")
            .attribute("src", self.addresses().cover())
            .attribute("alt", format!("{}: {title}", self.words.cover));
        self.empty(picture);
    }

    fn title_page(&mut self) {
        let Metadata { title, subtitle, authors, publisher, spans, .. } =
            &self.builder.book.metadata;
        let volume = self.builder.book.metadata.volume.as_ref();
        let short = volume.and_then(|volume| volume.short_title.as_deref());
        let short = short.filter(|_| self.is_print());
        let heading = self.own("h1").class("book-title");
        let heading = heading.optional("data-short-title", short);
        self.written(heading, title, spans.title);
        if let Some(subtitle) = subtitle {
            self.written(self.own("p").class("subtitle"), subtitle, spans.subtitle);
        }
        self.volume();
        for (index, author) in authors.iter().enumerate() {
            self.written(self.own("p").class("author"), author, spans.author(index));
        }
        if let Some(publisher) = publisher {
            self.written(self.own("p").class("publisher"), publisher, spans.publisher);
        }
    }

    /// Which of several volumes it is.
    fn volume(&mut self) {
        let Some(volume) = &self.builder.book.metadata.volume else { return };
        self.leaf(self.own("p").class("volume"), &volume.name());
    }

    fn items<T>(&mut self, items: &[T], write: impl Fn(&mut Self, &T)) {
        self.within(self.own("ul"), |this| {
            for item in items {
                this.within(this.own("li"), |this| write(this, item));
            }
        });
    }

    /// A source, and where it is quoted: on paper by the pages, else by the chapters, each with a
    /// link to the place.
    fn quoted_source(&mut self, source: &QuotedSource) {
        self.own_text(&source.name);
        let notes = source.excerpts.iter().filter_map(|excerpt| excerpt.note);
        if self.is_print() {
            let targets: Vec<Target> = notes
                .map(|(note, occurrence)| Target::Reference(note, occurrence))
                .collect();
            return self.page_numbers(targets.iter().map(|target| (target, None)));
        }
        let mut last = None;
        for excerpt in &source.excerpts {
            let Some((note, occurrence)) = excerpt.note else { continue };
            let target = Target::Reference(note, occurrence);
            let separator = if last.is_none() { ": " } else { "; " };
            if last.replace(excerpt.chapter) == Some(excerpt.chapter) {
                continue;
            }
            self.own_text(separator);
            let chapter = self.builder.chapter(excerpt.chapter);
            let title = chapter.map(|it| plain_text(&it.title)).unwrap_or_default();
            let href = self.addresses().target(&target);
            let link = self.own("a").optional("href", href);
            let link = link.semantics(Semantics::Link(target));
            self.borrowed(excerpt.chapter, link, |this| {
                this.text(&title, Span::DETACHED)
            });
        }
    }

    /// When, what, and the chapter that tells it.
    fn chronology_entry(&mut self, entry: &ChronologyEntry) {
        let ChronologyEntry { date, text, chapter } = entry;
        let written = self.own("time").class("date").attribute("datetime", date.iso());
        self.leaf(written, &date.words(self.language()));
        self.own_text(" ");
        let Some(chapter) = *chapter else {
            return self.leaf(self.own("span").class("event"), text);
        };
        let target = Target::Chapter { chapter, id: None };
        let href = self.addresses().target(&target);
        let link = self.own("a").class("event").optional("href", href);
        let link = link.semantics(Semantics::Link(target));
        self.borrowed(chapter, link, |this| this.text(text, Span::DETACHED));
    }

    /// The caption of a figure or a table, and on paper its page.
    fn caption_entry(&mut self, entry: &CaptionEntry) {
        let CaptionEntry { chapter, id, caption } = entry;
        let target = Target::Chapter { chapter: *chapter, id: Some(id.clone()) };
        let href = self.addresses().target(&target);
        let link = self.own("a").optional("href", href);
        let link = link.semantics(Semantics::Link(target));
        self.borrowed(*chapter, link, |this| this.text(caption, Span::DETACHED));
    }

    /// Who made a picture, and where that is.
    fn credit(&mut self, credit: &Credit) {
        let Credit { chapter, caption, credit } = credit;
        let target = Target::Chapter { chapter: *chapter, id: None };
        if self.is_print() {
            self.page_number(target);
            if !caption.is_empty() {
                let words = self.own("span");
                self.borrowed(*chapter, words, |this| this.text(caption, Span::DETACHED));
            }
        } else if !caption.is_empty() {
            let href = self.addresses().chapter(*chapter);
            let link = self.own("a").attribute("href", href);
            let link = link.semantics(Semantics::Link(target));
            self.borrowed(*chapter, link, |this| this.text(caption, Span::DETACHED));
        }
        if !caption.is_empty() {
            self.own_text(" ");
        }
        let maker = self.own("span").class("credit");
        self.borrowed(*chapter, maker, |this| this.inlines(credit));
    }

    /// A link that has a page's number for its words: on paper, once there are pages.
    pub(super) fn page_number(&mut self, target: Target) {
        let href = self.addresses().target(&target);
        let link = self.own("a").class("page-number").optional("href", href.clone());
        if self.is_print() {
            return self.empty(link.semantics(Semantics::PageNumber(target)));
        }
        let link = link.attribute("epub:type", "index-locator");
        let page = self.numbers.zip(href).and_then(|(it, href)| it.page(&target, &href));
        let words = page.map(|page| page.to_string()).unwrap_or_default();
        self.leaf(link.semantics(Semantics::Link(target)), &words);
    }
}
