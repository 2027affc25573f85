//! Pages: cutting galleys where a page may end, and setting what stands in their margins.

mod cut;
mod fill;
pub(crate) mod footnotes;
mod margins;
mod marks;
pub(crate) mod paginated_book;
mod plan;
mod template;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::style::{Break, PageStyle};
use crate::typeset::content::named_string::{NamedString, StringSet};
use crate::typeset::engine::Engine;
use crate::typeset::flow::decoration::DecorationPieces;
use crate::typeset::flow::galley::{FootNotes, Fragment, Galley};
use crate::typeset::output::frame::{Anchor, Folio, LinkArea, Page, Place};
use crate::typeset::sink::Sink;
use crate::units::{Point, Pt, Rect};

pub(super) use margins::Strings;
pub(super) use template::{Columns, PageTemplates};

/// A run of pages under one way of numbering them: the front matter, or all the rest.
#[derive(Debug, Default)]
pub(super) struct Sequence {
    /// The pages.
    pub(super) pages: Vec<Page>,
    /// What else is known of each.
    pub(super) metas: Vec<PageMeta>,
    /// Where every place has come to stand, by page of this sequence.
    pub(super) places: BTreeMap<Anchor, Place>,
}

/// What is known of a page beside what stands on it.
#[derive(Debug)]
pub(super) struct PageMeta {
    style: Arc<PageStyle>,
    /// Its number, which a counter may write in another style than its folio.
    number: u32,
    /// The named strings that it sets, in order.
    strings: StringSet,
}

/// Fragments that go on pages together, and how.
#[derive(Debug, Default)]
struct Pending {
    fragments: Vec<Fragment>,
    notes: FootNotes,
    columns: Columns,
    page: Arc<str>,
    /// Whether pages of this name begin anew.
    opens: bool,
    begins: Break,
    number: Option<u32>,
}

/// Puts galleys on pages.
pub(super) struct Paginator<'s, 'a> {
    templates: &'s mut PageTemplates<'a>,
    numbering: fn(u32) -> Folio,
    sequence: Sequence,
    pending: Pending,
    /// The number of the next page.
    number: u32,
    /// The name of the last page, and how many there are since pages of that name began anew.
    name: Arc<str>,
    nth: u32,
}

impl<'s, 'a> Paginator<'s, 'a> {
    /// An empty sequence that begins on the right with number one.
    pub(super) fn new(
        templates: &'s mut PageTemplates<'a>,
        numbering: fn(u32) -> Folio,
    ) -> Self {
        Self {
            templates,
            numbering,
            sequence: Sequence::default(),
            pending: Pending::default(),
            number: 1,
            name: "".into(),
            nth: 0,
        }
    }

    /// The area that the text of pages of a name is set for.
    pub(super) fn typical(&mut self, engine: &Engine, page: &Arc<str>) -> Rect {
        self.templates.typical(engine, page)
    }

    /// How many pages there are by now.
    pub(super) fn len(&self) -> usize {
        self.sequence.pages.len()
    }

    /// The folio of every place.
    pub(super) fn folios(&self) -> BTreeMap<Anchor, Folio> {
        let folio = |place: &Place| self.sequence.pages[place.page].folio;
        let places = self.sequence.places.iter();
        places.map(|(anchor, place)| (anchor.clone(), folio(place))).collect()
    }

    /// Adds a galley: on pages of its own where its style wants that, else below what is there.
    pub(super) fn add(
        &mut self,
        engine: &Engine,
        sink: &mut Sink,
        galley: Galley,
        notes: FootNotes,
        columns: Columns,
    ) {
        let spans = galley.fragments.first().is_some_and(|first| first.spans_columns);
        if columns != self.pending.columns || spans {
            self.flush(engine, sink);
            self.pending.columns = columns;
        }
        for mut fragment in galley.fragments {
            if let Some(page_break) = &mut fragment.page_break {
                let page = page_break.page.take().unwrap_or_else(|| "".into());
                let begins = match page_break.break_before {
                    Break::Auto | Break::Avoid | Break::Column => None,
                    other => Some(other),
                };
                if begins.is_some() || page != self.pending.page {
                    self.flush(engine, sink);
                    self.pending.begins = begins.unwrap_or(Break::Page);
                    self.pending.page = page;
                    self.pending.opens = page_break.opens;
                    self.pending.number = page_break.number;
                }
            }
            self.pending.fragments.push(fragment);
        }
        self.pending.notes.extend(notes);
    }

    /// Puts what has been added on pages.
    pub(super) fn flush(&mut self, engine: &Engine, sink: &mut Sink) {
        let rest = Pending {
            columns: self.pending.columns,
            page: self.pending.page.clone(),
            ..Pending::default()
        };
        let pending = std::mem::replace(&mut self.pending, rest);
        if pending.fragments.is_empty() && pending.notes.is_empty() {
            return;
        }
        let right = self.len().is_multiple_of(2);
        match pending.begins {
            Break::Recto if !right => self.blank(engine),
            Break::Verso if right => self.blank(engine),
            _ => {}
        }
        if let Some(number) = pending.number {
            self.number = number;
        }
        self.name.clone_from(&pending.page);
        if pending.opens {
            self.nth = 0;
        }
        self.fill(engine, sink, pending);
    }

    /// Adds a page with nothing on it.
    pub(super) fn blank(&mut self, engine: &Engine) {
        self.begin_page(engine, true);
    }

    fn begin_page(&mut self, engine: &Engine, blank: bool) -> template::PageTemplate {
        let index = self.len();
        let nth = if blank { 0 } else { self.nth };
        let template = self.templates.get(engine, &self.name, nth, index, blank);
        let number = self.number;
        self.number = number.saturating_add(1);
        if !blank {
            self.nth += 1;
        }
        self.sequence.pages.push(Page {
            size: template.style.size,
            bleed: template.style.bleed,
            slug: marks::slug(&template.style),
            folio: (self.numbering)(number),
            items: Vec::new(),
            links: Vec::new(),
        });
        let style = template.style.clone();
        self.sequence.metas.push(PageMeta { style, number, strings: Vec::new() });
        template
    }

    /// Puts fragments below one another on a page.
    fn put(
        &mut self,
        fragments: impl Iterator<Item = Fragment>,
        index: usize,
        at: Point,
    ) {
        let page = &mut self.sequence.pages[index];
        let meta = &mut self.sequence.metas[index];
        let Point { x, mut y } = at;
        let mut top = true;
        let mut decorations = DecorationPieces::default();
        let begins = page.items.len();
        for mut fragment in fragments {
            if !std::mem::take(&mut top) {
                y += fragment.space;
            }
            decorations.add(&fragment, y, y + fragment.height);
            fragment.shift(x, y);
            page.items.append(&mut fragment.items);
            page.links.extend(fragment.links.into_iter().map(|pending| LinkArea {
                area: pending.area,
                destination: pending.link.destination.clone(),
                node: pending.link.node,
                words: pending.link.words.clone(),
            }));
            for anchor in fragment.anchors {
                let place = Place { page: index, point: Point { x, y } };
                self.sequence.places.entry(anchor).or_insert(place);
            }
            if let Some(page_break) = fragment.page_break {
                meta.strings.extend(page_break.strings);
            }
            y += fragment.height;
        }
        let mut shown = decorations.finish();
        for item in &mut shown {
            item.shift(x, Pt::ZERO);
        }
        page.items.splice(begins..begins, shown);
    }

    /// Sets a named string on a page.
    pub(super) fn set_string(&mut self, page: usize, name: &str, value: &str) {
        let value = Arc::new(NamedString::from(value));
        self.sequence.metas[page].strings.push((name.into(), value));
    }

    /// The first and the last folio of the references to the notes that begin on each page.
    /// References in the notes themselves, which begin on page `notes`, count for none.
    pub(super) fn note_ranges(&self, notes: usize) -> BTreeMap<usize, (Folio, Folio)> {
        let places = &self.sequence.places;
        let mut ranges = BTreeMap::new();
        for (anchor, place) in places {
            let Anchor::Note(note) = *anchor else { continue };
            let (first, last) =
                (Anchor::Reference(note, 0), Anchor::Reference(note, u32::MAX));
            let in_text = places.range(first..=last).filter(|(_, it)| it.page < notes);
            for (_, reference) in in_text {
                let folio = self.sequence.pages[reference.page].folio;
                let (from, to) = ranges.entry(place.page).or_insert((folio, folio));
                *from = folio.min(*from);
                *to = folio.max(*to);
            }
        }
        ranges
    }

    /// The pages, all that was added on them, their margins still empty.
    pub(super) fn finish(mut self, engine: &Engine, sink: &mut Sink) -> Sequence {
        self.flush(engine, sink);
        self.sequence
    }
}

impl Sequence {
    /// Sets the margin boxes of all pages; `strings` are the values that named strings have
    /// before the first, `total` the pages of the whole book.
    pub(super) fn set_margins(
        &mut self,
        engine: &Engine,
        sink: &mut Sink,
        strings: &mut Strings,
        total: usize,
    ) {
        for (page, meta) in self.pages.iter_mut().zip(&self.metas) {
            let strings = strings.begin_page(&meta.strings);
            margins::set(engine, sink, page, &meta.style, &strings, (meta.number, total));
            page.items.extend(marks::marks(&meta.style));
        }
    }
}
