//! The volume: front matter, text and back matter, each on its pages.

use std::collections::BTreeMap;

use super::collect;
use super::compose::{Composer, Context};
use super::foot::FootNotes;
use super::frame::{Anchor, Bookmark, Folio, Frames, Matter, Place};
use super::galley::{Galley, Strip};
use super::line::Align;
use super::matter::{Entry, MatterSetter, without_links};
use super::pages::{Opening, Paginator, RunningHead};
use super::setter::Setter;
use super::structure::{NodeId, Role};
use super::theme::Theme;
use crate::book::{Book, Chapter, Part};
use crate::config::{Edition, NotePlace, QrCodes};
use crate::document::{BlockKind, Inline, plain_text};
use crate::units::Pt;

/// The structure's nodes of the three parts of a book.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nodes {
    pub(super) front: NodeId,
    pub(super) body: NodeId,
    pub(super) back: NodeId,
}

/// A book on its pages, running heads and front matter still to come.
pub(super) struct Volume<'a> {
    theme: Theme,
    book: &'a Book,
    nodes: Nodes,
    text: Paginator,
    entries: Vec<Entry>,
}

impl<'a> Volume<'a> {
    /// Sets the text and the back matter.
    pub(super) fn set(
        setter: &mut Setter,
        theme: &Theme,
        book: &'a Book,
        nodes: Nodes,
    ) -> Self {
        let text = Paginator::new(*theme, Folio::Arabic);
        let mut volume = Self { theme: *theme, book, nodes, text, entries: Vec::new() };
        for (index, part) in book.parts.iter().enumerate() {
            let node = volume.part(setter, index, part);
            for chapter in &part.chapters {
                volume.chapter(setter, chapter, node);
            }
        }
        volume.back(setter);
        volume.complete_entries();
        volume
    }

    /// How many pages there are without the front matter, which is short.
    pub(super) fn page_count(&self) -> usize {
        self.text.len()
    }

    /// The folio of every place in the text.
    pub(super) fn folios(&self) -> BTreeMap<Anchor, Folio> {
        self.text.folios()
    }

    /// A part's title on a page of its own. Returns the node that its chapters go into.
    fn part(&mut self, setter: &mut Setter, index: usize, part: &Part) -> NodeId {
        let Some(title) = &part.title else { return self.nodes.body };
        let node = setter.structure.add(self.nodes.body, Role::Part);
        let words = [Inline::text(title.as_str(), setter.nowhere)];
        let anchor = Anchor::Part(index);
        let mut galley = Galley::default();
        let height = self.theme.leading * 7.0;
        galley.strips.push(Strip { height, keep: true, ..Strip::default() });
        let context = self.display(node, 2.0);
        let role = Role::Heading { level: 1, title: title.clone() };
        self.heading(setter, &mut galley, &words, role, context, Pt::ZERO);
        galley.strips[0].anchors.push(anchor.clone());
        self.text.add(galley, &Opening { recto: true, head: None, folio: false });
        let title = words.to_vec();
        self.entries.push(Entry { title, anchor, folio: None, part: true });
        node
    }

    fn chapter(&mut self, setter: &mut Setter, chapter: &Chapter, node: NodeId) {
        let language = chapter.language.as_ref();
        let outer =
            language.map(|own| std::mem::replace(&mut setter.language, own.clone()));
        let node = setter.structure.add(node, Role::Section);
        if let Some(own) = language {
            setter.structure.set_language(node, own.tag());
        }
        let mut galley = self.chapter_opening(setter, chapter, node);
        let mut composer = Composer::new(setter, &self.theme, Some(chapter.id));
        composer.part(self.theme.leading * 1.5);
        composer.blocks(&chapter.blocks, self.context_of(chapter, node));
        galley.strips.append(&mut composer.galley.strips);
        let notes = self.notes_with(setter, &mut galley, chapter, node);
        if let Some(outer) = outer {
            setter.language = outer;
        }
        let head = RunningHead {
            verso: self.book.metadata.title.clone(),
            recto: plain_text(&chapter.title),
        };
        let opening = Opening { recto: false, head: Some(head), folio: true };
        self.text.add_with_notes(galley, notes, &opening);
        let anchor = Anchor::Chapter(chapter.id);
        let title = without_links(&chapter.title);
        self.entries.push(Entry { title, anchor, folio: None, part: false });
    }

    /// The notes of a chapter, as far as they do not stand at the back of the book: at its end, or
    /// each by itself for the foot of the page that refers to it.
    fn notes_with(
        &self,
        setter: &mut Setter,
        galley: &mut Galley,
        chapter: &Chapter,
        node: NodeId,
    ) -> FootNotes {
        let Some(group) = self.book.notes_of(chapter.id) else { return FootNotes::new() };
        match self.book.note_style.place {
            NotePlace::Book => FootNotes::new(),
            NotePlace::Chapter => {
                let mut notes = self.matter(setter).chapter_notes(group, node);
                galley.strips.append(&mut notes.strips);
                FootNotes::new()
            }
            NotePlace::Page => {
                // They have no heading that codes could stand under.
                if self.book.note_style.qr == QrCodes::Chapter {
                    let codes = self.matter(setter).chapter_codes(group, node);
                    galley.strips.extend(codes.strips.into_iter().map(|mut row| {
                        row.space = self.theme.leading;
                        row.keep = false;
                        row
                    }));
                }
                self.matter(setter).foot_notes(group, node)
            }
        }
    }

    fn context_of(&self, chapter: &Chapter, node: NodeId) -> Context {
        let language = chapter.language.as_ref().unwrap_or(&self.book.metadata.language);
        let hyphenation = super::words::HyphenationLanguage::of(language.tag());
        Context {
            node,
            left: Pt::ZERO,
            measure: self.theme.measure(),
            style: self.theme.text(hyphenation),
            leading: self.theme.leading,
            align: Align::Justify,
            spaced: false,
        }
    }

    /// Title, author and date of a chapter, some way down its first page.
    fn chapter_opening(
        &self,
        setter: &mut Setter,
        chapter: &Chapter,
        node: NodeId,
    ) -> Galley {
        let mut galley = Galley::default();
        let height = self.theme.leading * 3.0;
        galley.strips.push(Strip { height, keep: true, ..Strip::default() });
        galley.strips[0].anchors.push(Anchor::Chapter(chapter.id));
        let title = plain_text(&chapter.title);
        // A long title is set smaller, that it stays one look.
        let scale = if title.chars().count() > 60 { 1.5 } else { 1.75 };
        let context = self.display(node, scale);
        let level =
            if self.book.parts.iter().any(|part| part.title.is_some()) { 2 } else { 1 };
        let role = Role::Heading { level, title };
        self.heading(setter, &mut galley, &chapter.title, role, context, Pt::ZERO);
        let words = setter.language.words();
        let mut lines = Vec::new();
        if !chapter.byline.is_empty() {
            lines.push((crate::book::names(&chapter.byline, words), true));
        }
        if let Some(date) = chapter.date {
            lines.push((setter.language.date(date), false));
        }
        for (index, (text, byline)) in lines.into_iter().enumerate() {
            let mut context = self.display(node, 1.0);
            context.style.letters.face.italic = byline;
            context.style.letters.features.small_capitals = !byline;
            context.style.letters.features.old_style = true;
            let above = if index == 0 { self.theme.leading * 0.5 } else { Pt::ZERO };
            let line = [Inline::text(text, setter.nowhere)];
            self.heading(setter, &mut galley, &line, Role::Paragraph, context, above);
        }
        if let Some(last) = galley.strips.last_mut() {
            last.keep = true;
        }
        galley
    }

    fn display(&self, node: NodeId, scale: f64) -> Context {
        let mut style = self.theme.text(None);
        style.size = self.theme.size * scale;
        style.letters.features.old_style = false;
        let half = self.theme.leading / 2.0;
        let leading = half * (style.size * 1.2 / half).ceil().max(2.0);
        Context {
            node,
            left: Pt::ZERO,
            measure: self.theme.measure(),
            style,
            leading,
            align: Align::Center,
            spaced: false,
        }
    }

    fn heading(
        &self,
        setter: &mut Setter,
        galley: &mut Galley,
        words: &[Inline],
        role: Role,
        mut context: Context,
        above: Pt,
    ) {
        context.node = setter.structure.add(context.node, role);
        let collected =
            collect::collect(setter, None, words, context.style, context.node);
        let mut composer = Composer::new(setter, &self.theme, None);
        composer.part(above);
        composer.text(&collected, context, Pt::ZERO);
        composer.galley.keep_from(0);
        if let Some(last) = composer.galley.strips.last_mut() {
            last.keep = true;
        }
        galley.strips.append(&mut composer.galley.strips);
    }

    fn matter<'s, 'w>(&self, setter: &'s mut Setter<'w>) -> MatterSetter<'s, 'w>
    where
        'a: 's,
    {
        MatterSetter { setter, theme: self.theme, book: self.book }
    }

    fn back(&mut self, setter: &mut Setter) {
        let book = self.book;
        if book.has_notes_part() {
            let title = setter.language.words().notes;
            let node = setter.structure.add(self.nodes.back, Role::Section);
            let galley = self.matter(setter).notes(&book.endnotes, node);
            let first = self.text.len();
            self.back_part(galley, title, Matter::Notes, setter);
            self.notes_heads(setter, first);
        }
        if !book.bibliography.is_empty() {
            let title = setter.language.words().citing.bibliography;
            let node = setter.structure.add(self.nodes.back, Role::Section);
            let galley = self.matter(setter).bibliography(&book.bibliography, node);
            self.back_part(galley, title, Matter::Bibliography, setter);
        }
        if !book.quoted.is_empty() {
            let title = setter.language.words().sources_quoted;
            let node = setter.structure.add(self.nodes.back, Role::Section);
            let folios = self.text.folios();
            let galley = self.matter(setter).quoted(&book.quoted, &folios, node);
            self.back_part(galley, title, Matter::Quoted, setter);
        }
        if !book.credits.is_empty() {
            let title = setter.language.words().picture_credits;
            let node = setter.structure.add(self.nodes.back, Role::Section);
            let folios = self.text.folios();
            let folio_of = |chapter| folios.get(&Anchor::Chapter(chapter)).copied();
            let galley = self.matter(setter).credits(&book.credits, &folio_of, node);
            self.back_part(galley, title, Matter::Credits, setter);
        }
        let title = setter.language.words().colophon;
        let node = setter.structure.add(self.nodes.back, Role::Section);
        let galley = self.matter(setter).colophon(node);
        self.back_part(galley, title, Matter::Colophon, setter);
    }

    fn back_part(
        &mut self,
        galley: Galley,
        title: &str,
        matter: Matter,
        setter: &Setter,
    ) {
        let head = RunningHead {
            verso: self.book.metadata.title.clone(),
            recto: title.to_owned(),
        };
        self.text.add(galley, &Opening { recto: false, head: Some(head), folio: true });
        let title = vec![Inline::text(title, setter.nowhere)];
        let anchor = Anchor::Matter(matter);
        self.entries.push(Entry { title, anchor, folio: None, part: false });
    }

    /// Over notes stands which pages they belong to.
    fn notes_heads(&mut self, setter: &Setter, first: usize) {
        let words = setter.language.words();
        let ranges = self.text.note_ranges(first);
        let mut last = None;
        for page in first..self.text.len() {
            // A page on which no note begins goes on with the one before.
            last = ranges.get(&page).copied().or(last);
            let Some((from, to)) = last else { continue };
            let head = if from == to {
                format!("{} {from}", words.notes_to_page)
            } else {
                format!("{} {from}–{to}", words.notes_to_pages)
            };
            self.text.set_head(page, head);
        }
    }

    fn complete_entries(&mut self) {
        for entry in &mut self.entries {
            entry.folio = self.text.folio_of(&entry.anchor);
        }
    }

    /// Sets the front matter and binds all pages together.
    pub(super) fn bind(self, setter: &mut Setter, edition: Edition) -> Frames {
        let front = self.front(setter);
        let outline = self.outline(setter);
        let front = front.finish(setter);
        let mut text = self.text.finish(setter);
        let mut pages = front.pages;
        if pages.len() % 2 == 1 {
            let number = u32::try_from(pages.len() + 1).unwrap_or(u32::MAX);
            pages.push(super::pages::blank(&self.theme, Folio::Roman(number)));
        }
        let before = pages.len();
        pages.append(&mut text.pages);
        if edition == Edition::Print && pages.len() % 2 == 1 {
            let number = u32::try_from(pages.len() - before + 1).unwrap_or(u32::MAX);
            pages.push(super::pages::blank(&self.theme, Folio::Arabic(number)));
        }
        let mut places = front.places;
        places.extend(text.places.into_iter().map(|(anchor, place)| {
            (anchor, Place { page: place.page + before, ..place })
        }));
        let pictures = self.book.pictures.iter();
        Frames {
            pages,
            fonts: Vec::new(),
            pictures: pictures.map(|(id, picture)| (id, picture.clone())).collect(),
            structure: std::mem::take(&mut setter.structure),
            outline,
            places,
        }
    }

    fn front(&self, setter: &mut Setter) -> Paginator {
        let mut front = Paginator::new(self.theme, Folio::Roman);
        let node = self.nodes.front;
        let alone = |recto| Opening { recto, head: None, folio: false };
        front.add(self.matter(setter).half_title(node), &alone(true));
        front.blank();
        front.add(self.matter(setter).title_page(node), &alone(true));
        front.add(self.matter(setter).copyright_page(node), &alone(false));
        let words = setter.language.words().contents;
        let head = RunningHead { verso: words.to_owned(), recto: words.to_owned() };
        let contents = self.matter(setter).contents(&self.entries, node);
        front.add(contents, &Opening { recto: true, head: Some(head), folio: true });
        front
    }

    /// The bookmarks: parts, chapters, and the headings in them.
    fn outline(&self, setter: &Setter) -> Vec<Bookmark> {
        let words = setter.language.words();
        let mark = |title: &str, anchor| Bookmark {
            title: title.to_owned(),
            anchor,
            children: Vec::new(),
        };
        let mut outline = vec![
            mark(words.title_page, Anchor::Matter(Matter::Title)),
            mark(words.contents, Anchor::Matter(Matter::Contents)),
        ];
        for (index, part) in self.book.parts.iter().enumerate() {
            let chapters = part.chapters.iter().map(chapter_bookmark);
            match &part.title {
                Some(title) => outline.push(Bookmark {
                    children: chapters.collect(),
                    ..mark(title, Anchor::Part(index))
                }),
                None => outline.extend(chapters),
            }
        }
        for entry in &self.entries {
            if let Anchor::Matter(_) = entry.anchor {
                outline.push(mark(&plain_text(&entry.title), entry.anchor.clone()));
            }
        }
        outline
    }
}

/// A chapter with the headings of its second level.
fn chapter_bookmark(chapter: &Chapter) -> Bookmark {
    let headings = chapter.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading { level: 2, content } => Some(Bookmark {
            title: plain_text(content),
            anchor: Anchor::Id(chapter.id, block.attributes.id.as_deref()?.into()),
            children: Vec::new(),
        }),
        _ => None,
    });
    Bookmark {
        title: plain_text(&chapter.title),
        anchor: Anchor::Chapter(chapter.id),
        children: headings.collect(),
    }
}
