//! The volume: front matter, text and back matter, each on its pages.

use std::collections::BTreeMap;

use super::counters::Counters;
use super::document::Document;
use super::flow::{Context, Flow};
use super::frame::{Anchor, Bookmark, Folio, Frames, Page, Place};
use super::pages::{Columns, Paginator, Sequence, Sheets, Strings};
use super::setter::Setter;
use super::structure::NodeId;
use crate::book::Book;
use crate::config::Edition;
use crate::markup::{self, Builder, DocumentKind, ElementId, Matter, Meaning, Tree};
use crate::style::Styles;
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
    builder: &'a Builder<'a>,
    nodes: Nodes,
    text: Sequence,
    pub(super) folios: BTreeMap<Anchor, Folio>,
    pub(super) titles: BTreeMap<Anchor, String>,
    outline: Vec<Bookmark>,
    /// Whether chapters stand in parts, and their titles one level deeper.
    has_parts: bool,
    counters: Counters,
    /// The node of the part that is open.
    part: NodeId,
}

fn is_front(kind: DocumentKind) -> bool {
    kind.matter() == Matter::Front
}

impl<'a> Volume<'a> {
    /// Sets the text and the back matter.
    pub(super) fn set(
        setter: &mut Setter,
        sheets: &mut Sheets,
        builder: &'a Builder<'a>,
        nodes: Nodes,
    ) -> Self {
        let kinds = builder.kinds();
        let mut volume = Self {
            builder,
            nodes,
            text: Sequence::default(),
            folios: BTreeMap::new(),
            titles: BTreeMap::new(),
            outline: Vec::new(),
            has_parts: kinds.iter().any(|kind| matches!(kind, DocumentKind::Part(_))),
            counters: Counters::default(),
            part: nodes.body,
        };
        sheets.in_front = false;
        let mut text = Paginator::new(sheets, Folio::Arabic);
        for kind in kinds.into_iter().filter(|kind| !is_front(*kind)) {
            volume.document(setter, &mut text, kind);
        }
        text.flush(setter);
        volume.folios = text.folios();
        volume.text = text.finish(setter);
        volume
    }

    /// Sets one document.
    fn document(
        &mut self,
        setter: &mut Setter,
        text: &mut Paginator,
        kind: DocumentKind,
    ) {
        let document = self.builder.document(kind);
        let styles = text.styles(setter, &document.tree);
        let language = document.language.clone();
        let outer = std::mem::replace(&mut setter.language, language);
        if kind == DocumentKind::Notes {
            // Where the notes begin is known once all before them is on its pages.
            text.flush(setter);
        }
        let first = text.len();
        self.pages_of(setter, text, &document, &styles);
        self.entry(&document);
        if kind == DocumentKind::Notes {
            text.flush(setter);
            notes_pages(setter, text, first);
        }
        setter.language = outer;
    }

    /// Lays a document out and puts it on pages.
    fn pages_of(
        &mut self,
        setter: &mut Setter,
        text: &mut Paginator,
        document: &markup::Document,
        styles: &Styles,
    ) {
        let tree = &document.tree;
        let section = section(tree);
        let style = &styles.of(section).style;
        let page = style.page.clone().unwrap_or_else(|| "".into());
        let area = text.typical(setter, &page);
        let columns = Columns::of(style, area.size.width);
        let cx = Context {
            node: self.node_of(document.kind),
            left: Pt::ZERO,
            measure: columns.measure(area.size.width),
        };
        let depth = match document.kind {
            DocumentKind::Chapter(_) if self.has_parts => 1,
            _ => 0,
        };
        let mut set = Document {
            tree,
            styles,
            name: &document.name,
            language: document.language.tag(),
            depth,
            scale: 1.0,
            counters: &mut self.counters,
        };
        let mut flow = Flow::new(setter, &mut set);
        flow.turns = columns.is_one();
        flow.block(ElementId::ROOT, cx);
        let (galley, notes) = flow.finish_with_notes();
        if let DocumentKind::Part(_) = document.kind {
            self.part = setter.structure.last_child(self.nodes.body);
        }
        text.add(setter, galley, notes, columns);
    }

    /// What a document goes into.
    fn node_of(&self, kind: DocumentKind) -> NodeId {
        match kind {
            kind if is_front(kind) => self.nodes.front,
            DocumentKind::Part(_) => self.nodes.body,
            DocumentKind::Chapter(_) => self.part,
            _ => self.nodes.back,
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
            title: document.title.clone(),
            anchor: anchor(None),
            children: Vec::new(),
        };
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
            let in_chapter = matches!(document.kind, DocumentKind::Chapter(_));
            if element.name == "h2" && in_chapter {
                let anchor = anchor(Some(own));
                bookmark.children.push(Bookmark { title, anchor, children: Vec::new() });
            }
        }
        self.titles.insert(anchor(None), document.title.clone());
        let in_part = self.has_parts && matches!(document.kind, DocumentKind::Chapter(_));
        match self.outline.last_mut() {
            Some(part) if in_part => part.children.push(bookmark),
            _ => self.outline.push(bookmark),
        }
    }

    /// Sets the front matter and binds all pages together.
    pub(super) fn bind(
        mut self,
        setter: &mut Setter,
        sheets: &mut Sheets,
        book: &Book,
        edition: Edition,
    ) -> Frames {
        let text_outline = std::mem::take(&mut self.outline);
        self.counters = Counters::default();
        sheets.in_front = true;
        let mut front = Paginator::new(sheets, Folio::Roman);
        for kind in self.builder.kinds().into_iter().filter(|kind| is_front(*kind)) {
            self.document(setter, &mut front, kind);
        }
        front.flush(setter);
        if front.len() % 2 == 1 {
            front.blank(setter);
        }
        let mut front = front.finish(setter);
        let mut text = self.text;
        let before = front.pages.len();
        let odd = (before + text.pages.len()) % 2 == 1;
        let total =
            before + text.pages.len() + usize::from(odd && edition == Edition::Print);
        let mut strings = Strings::default();
        front.set_margins(setter, &mut strings, total);
        text.set_margins(setter, &mut strings, total);
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
        let wanted =
            [DocumentKind::TitlePage, DocumentKind::Contents, DocumentKind::Figures];
        let names: Vec<String> =
            wanted.iter().map(|kind| self.builder.document(*kind).name).collect();
        let in_front = std::mem::take(&mut self.outline).into_iter().filter(|mark| {
            names.iter().any(|name| mark.anchor == Anchor::Place(name.as_str().into()))
        });
        let outline = in_front.chain(text_outline).filter(shown).collect();
        let pictures = book.pictures.iter();
        Frames {
            pages,
            fonts: Vec::new(),
            pictures: pictures.map(|(id, picture)| (id, picture.clone())).collect(),
            structure: std::mem::take(&mut setter.structure),
            outline,
            places,
        }
    }

    /// How many pages there are without the front matter, which is short.
    pub(super) fn page_count(&self) -> usize {
        self.text.pages.len()
    }
}

/// The outer section of a document.
fn section(tree: &Tree) -> ElementId {
    let outer =
        tree.ids().find(|id| matches!(tree.get(*id).meaning, Meaning::Document(_)));
    outer.unwrap_or(ElementId::ROOT)
}

/// Says on each page of notes which pages they belong to.
fn notes_pages(setter: &Setter, text: &mut Paginator, first: usize) {
    let words = setter.language.words();
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
