//! The paginated book: front matter, text and back matter, each on its pages.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::Book;
use crate::config::Edition;
use crate::config::Matter;
use crate::language::Language;
use crate::markup::{self, Builder, DocumentKind};
use crate::typeset::engine::{Engine, Introspection};
use crate::typeset::output::frame::{Anchor, Bookmark, Folio, Frames, Page, Place};
use crate::typeset::output::structure::{self, NodeId, Role, Structure};
use crate::typeset::pages::{PageTemplates, Paginator, Sequence, Strings};
use crate::typeset::sink::Sink;
use crate::typeset::workers::{Composed, Task, WorkerPool};

/// The structure's nodes of the three parts of a book.
#[derive(Debug, Clone, Copy)]
struct Nodes {
    front: NodeId,
    body: NodeId,
    back: NodeId,
}

/// A book on its pages, running heads and front matter still to come.
pub(crate) struct PaginatedBook<'a> {
    builder: &'a Builder<'a>,
    structure: Structure,
    nodes: Nodes,
    text: Sequence,
    folios: BTreeMap<Anchor, Folio>,
    titles: BTreeMap<Anchor, String>,
    outline: Vec<Bookmark>,
    /// The node of the part that is open.
    part: NodeId,
}

impl<'a> PaginatedBook<'a> {
    /// Sets the text and the back matter.
    pub(crate) fn set(
        engine: &Engine,
        sink: &mut Sink,
        templates: &mut PageTemplates<'a>,
        workers: &WorkerPool<'a>,
        builder: &'a Builder<'a>,
    ) -> Self {
        let mut volume = Self::new(builder);
        templates.in_front = false;
        let mut text = Paginator::new(templates, Folio::Arabic);
        let tasks = volume.tasks(|matter| matter != Matter::Front);
        workers.compose(builder, &tasks, |composed| {
            volume.document(engine, sink, &mut text, composed);
        });
        text.flush(engine, sink);
        volume.folios = text.folios();
        volume.text = text.finish(engine, sink);
        volume
    }

    /// What may be known of the places in the front matter, before that is bound: nothing else
    /// depends on its pages.
    pub(crate) fn front_matter(
        engine: &Engine,
        templates: &mut PageTemplates<'a>,
        workers: &WorkerPool<'a>,
        builder: &'a Builder<'a>,
    ) -> Introspection {
        let mut volume = Self::new(builder);
        let mut sink = Sink::default();
        let front = volume.set_front(engine, &mut sink, templates, workers);
        volume.folios = front.folios();
        volume.introspection()
    }

    fn new(builder: &'a Builder<'a>) -> Self {
        let mut structure = Structure::new();
        structure.set_language(builder.book_language().tag());
        let mut part = || structure.add(Structure::ROOT, Role::Part);
        let nodes = Nodes { front: part(), body: part(), back: part() };
        Self {
            builder,
            structure,
            nodes,
            text: Sequence::default(),
            folios: BTreeMap::new(),
            titles: BTreeMap::new(),
            outline: Vec::new(),
            part: nodes.body,
        }
    }

    fn set_front<'t>(
        &mut self,
        engine: &Engine,
        sink: &mut Sink,
        templates: &'t mut PageTemplates<'a>,
        workers: &WorkerPool<'a>,
    ) -> Paginator<'t, 'a> {
        templates.in_front = true;
        let mut front = Paginator::new(templates, Folio::Roman);
        let tasks = self.tasks(|matter| matter == Matter::Front);
        workers.compose(self.builder, &tasks, |composed| {
            self.document(engine, sink, &mut front, composed);
        });
        front.flush(engine, sink);
        front
    }

    /// The documents of some matter; each has its number among all.
    fn tasks(&self, wanted: impl Fn(Matter) -> bool) -> Vec<Task> {
        let kinds = self.builder.kinds().into_iter().zip(1..);
        let tasks = kinds.filter(|(kind, _)| wanted(kind.matter()));
        tasks.map(|(kind, number)| Task { kind, number }).collect()
    }

    /// Puts a document on pages.
    fn document(
        &mut self,
        engine: &Engine,
        sink: &mut Sink,
        text: &mut Paginator,
        composed: Composed,
    ) {
        let Composed { document, galley, notes, columns, tags, sink: reported } =
            composed;
        sink.extend(reported);
        let kind = document.kind;
        if kind == DocumentKind::Notes {
            // Where the notes begin is known once all before them is on its pages.
            text.flush(engine, sink);
        }
        let first = text.len();
        let last = self.structure.append(self.node_of(kind), tags);
        if let (DocumentKind::Part(_), Some(part)) = (kind, last) {
            self.part = part;
        }
        text.add(engine, sink, galley, notes, columns);
        self.entry(&document);
        if kind == DocumentKind::Notes {
            text.flush(engine, sink);
            notes_pages(&document.language, text, first);
        }
    }

    /// What a document goes into.
    fn node_of(&self, kind: DocumentKind) -> NodeId {
        match kind.matter() {
            Matter::Front => self.nodes.front,
            Matter::Back => self.nodes.back,
            Matter::Body => match kind {
                DocumentKind::Part(_) | DocumentKind::Section(..) => self.nodes.body,
                _ => self.part,
            },
        }
    }

    /// Takes a document into the bookmarks: parts, chapters, and the headings in them.
    fn entry(&mut self, document: &markup::Document) {
        let anchor = |id: Option<&str>| {
            let address = match id {
                Some(id) => format!("{}#{id}", document.name),
                None => document.name.clone(),
            };
            Anchor::Place(address.into())
        };
        let mut bookmark = Bookmark {
            title: in_outline(&self.builder.listed_title(document.kind)),
            anchor: anchor(None),
            children: Vec::new(),
        };
        let is_chapter = matches!(document.kind, DocumentKind::Chapter(_));
        let tree = &document.tree;
        for id in tree.ids() {
            let element = tree.get(id);
            let Some(own) = element.id.as_deref() else { continue };
            let heading = matches!(element.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
            if !heading && element.name != "figcaption" {
                continue;
            }
            let title = tree.words_without_marks(id);
            self.titles.insert(anchor(Some(own)), title.clone());
            if element.name == "h2" && is_chapter {
                let anchor = anchor(Some(own));
                let title = in_outline(&title);
                bookmark.children.push(Bookmark { title, anchor, children: Vec::new() });
            }
        }
        self.titles.insert(anchor(None), document.title.clone());
        let in_part = self.builder.has_parts() && is_chapter;
        match self.outline.last_mut() {
            Some(part) if in_part => part.children.push(bookmark),
            _ => self.outline.push(bookmark),
        }
    }

    /// Sets the front matter and binds all pages together.
    pub(crate) fn bind(
        mut self,
        engine: &Engine,
        sink: &mut Sink,
        templates: &mut PageTemplates<'a>,
        workers: &WorkerPool<'a>,
        book: &Book,
        edition: Edition,
    ) -> Frames {
        let text_outline = std::mem::take(&mut self.outline);
        let mut front = self.set_front(engine, sink, templates, workers);
        if front.len() % 2 == 1 {
            front.blank(engine);
        }
        let mut front = front.finish(engine, sink);
        let mut text = self.text;
        let before = front.pages.len();
        let odd = (before + text.pages.len()) % 2 == 1;
        let total =
            before + text.pages.len() + usize::from(odd && edition == Edition::Print);
        let mut strings = Strings::default();
        front.set_margins(engine, sink, &mut strings, total);
        text.set_margins(engine, sink, &mut strings, total);
        let mut pages = front.pages;
        pages.append(&mut text.pages);
        if pages.len() < total
            && let Some(last) = pages.last()
        {
            let folio = match last.folio {
                Folio::Arabic(number) => Folio::Arabic(number.saturating_add(1)),
                Folio::Roman(number) => Folio::Roman(number.saturating_add(1)),
            };
            let (items, links) = (Vec::new(), Vec::new());
            pages.push(Page { folio, items, links, ..*last });
        }
        let mut places = front.places;
        places.extend(text.places.into_iter().map(|(anchor, place)| {
            (anchor, Place { page: place.page + before, ..place })
        }));
        let shown = |mark: &Bookmark| places.contains_key(&mark.anchor);
        let kinds = self.builder.kinds().into_iter();
        let wanted = kinds.filter(|kind| match kind {
            DocumentKind::Section(section, _) => section.kind.has_title(),
            kind => matches!(
                kind,
                DocumentKind::TitlePage
                    | DocumentKind::Contents
                    | DocumentKind::Figures
                    | DocumentKind::Tables
            ),
        });
        let addresses = self.builder.addresses();
        let wanted: Vec<Anchor> =
            wanted.map(|kind| Anchor::Place(addresses.document(kind).into())).collect();
        let in_front = std::mem::take(&mut self.outline)
            .into_iter()
            .filter(|mark| wanted.contains(&mark.anchor));
        let outline = in_front.chain(text_outline).filter(shown).collect();
        let pictures = book.pictures.iter();
        Frames {
            picture_fonts: Vec::new(),
            unprintable: BTreeSet::new(),
            pages,
            fonts: Vec::new(),
            pictures: pictures.map(|(id, picture)| (id, picture.clone())).collect(),
            structure: self.structure,
            outline,
            places,
        }
    }

    /// What the next round may know of the places in it.
    pub(crate) fn introspection(&mut self) -> Introspection {
        let (folios, titles) = (&mut self.folios, &mut self.titles);
        Introspection::new(std::mem::take(folios), std::mem::take(titles))
    }

    /// How many pages there are without the front matter, which is short.
    pub(crate) fn page_count(&self) -> usize {
        self.text.pages.len()
    }
}

/// Says on each page of notes which pages they belong to.
fn notes_pages(language: &Language, text: &mut Paginator, first: usize) {
    let words = language.words();
    let ranges = text.note_ranges(first);
    let mut last = None;
    for page in first..text.len() {
        // A page on which no note begins goes on with the one before.
        last = ranges.get(&page).copied().or(last);
        let Some((from, to)) = last else { continue };
        let head = if from == to {
            format!("{} {from}", words.notes_to_page)
        } else {
            format!("{} {from}–{to}", words.notes_to_pages)
        };
        text.set_string(page, "notes-pages", &head);
    }
}

/// A title as bookmarks can hold it.
fn in_outline(title: &str) -> String {
    structure::shortened(title).unwrap_or_else(|| title.to_owned())
}
