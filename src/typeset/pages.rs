//! Pages: cutting galleys where a page may end, and setting running heads and folios.

use std::collections::BTreeMap;

use super::collect::{self, TextStyle};
use super::foot::{Foot, FootNotes, Reserve};
use super::frame::{Anchor, Folio, Item, ItemKind, LinkArea, Mark, Page, Place};
use super::galley::{Galley, Strip, height};
use super::line::{Align, Shape};
use super::setter::Setter;
use super::structure::Structure;
use super::theme::Theme;
use crate::units::{Point, Pt};

/// A run of pages under one way of numbering them: the front matter, or all the rest.
#[derive(Debug, Default)]
pub struct Sequence {
    /// The pages.
    pub pages: Vec<Page>,
    /// What each page has at its head; none where it opens something.
    pub heads: Vec<Option<RunningHead>>,
    /// Where every place has come to stand, by page of this sequence.
    pub places: BTreeMap<Anchor, Place>,
}

/// What stands at the head of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct RunningHead {
    /// On the left: the book's title.
    pub verso: String,
    /// On the right: the chapter's.
    pub recto: String,
}

/// How a galley is put on pages.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Whether it must begin on the right.
    pub recto: bool,
    /// What stands at the head of its pages but the first; none for pages that stand alone.
    pub head: Option<RunningHead>,
    /// Whether its first page shows a number at its foot.
    pub folio: bool,
}

/// What goes on a page.
struct Filled {
    /// How many strips of the galley.
    taken: usize,
    /// What stands at its foot.
    foot: Vec<Strip>,
}

/// Puts galleys on pages.
#[derive(Debug)]
pub struct Paginator {
    theme: Theme,
    numbering: fn(u32) -> Folio,
    sequence: Sequence,
    /// Whether each page shows a number at its foot.
    drop_folios: Vec<bool>,
}

impl Paginator {
    /// An empty sequence that begins on the right with number one.
    pub fn new(theme: Theme, numbering: fn(u32) -> Folio) -> Self {
        Self { theme, numbering, sequence: Sequence::default(), drop_folios: Vec::new() }
    }

    /// How many pages there are by now.
    pub fn len(&self) -> usize {
        self.sequence.pages.len()
    }

    /// Whether there is no page yet.
    pub fn is_empty(&self) -> bool {
        self.sequence.pages.is_empty()
    }

    /// Where a place has come to stand.
    pub fn folio_of(&self, anchor: &Anchor) -> Option<Folio> {
        let place = self.sequence.places.get(anchor)?;
        Some(self.sequence.pages[place.page].folio)
    }

    /// The folio of every place.
    pub fn folios(&self) -> BTreeMap<Anchor, Folio> {
        let folio = |place: &Place| self.sequence.pages[place.page].folio;
        self.sequence
            .places
            .iter()
            .map(|(anchor, place)| (anchor.clone(), folio(place)))
            .collect()
    }

    /// The first and the last folio of the references to the notes that begin on each page.
    /// References in the notes themselves, which begin on page `notes`, count for none.
    pub fn note_ranges(&self, notes: usize) -> BTreeMap<usize, (Folio, Folio)> {
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

    /// Puts other words at the head of a page, if it has a head.
    pub fn set_head(&mut self, page: usize, words: String) {
        if let Some(head) = &mut self.sequence.heads[page] {
            head.recto = words.clone();
            head.verso = words;
        }
    }

    /// Puts a galley on pages of its own.
    pub fn add(&mut self, galley: Galley, opening: &Opening) {
        self.add_with_notes(galley, FootNotes::new(), opening);
    }

    /// Puts a galley on pages of its own, at their feet the notes that it refers to.
    pub fn add_with_notes(
        &mut self,
        galley: Galley,
        notes: FootNotes,
        opening: &Opening,
    ) {
        if opening.recto {
            self.to_recto();
        }
        let mut foot = Foot::new(notes, self.theme);
        let mut strips = galley.strips;
        let mut from = 0;
        let mut first = true;
        while first || from < strips.len() || foot.is_waiting() {
            let repeat = strips.get(from).and_then(|next| next.repeat.as_deref());
            let repeat = repeat.filter(|_| !first).cloned();
            let filled = self.fill(&mut strips[from..], repeat.as_ref(), &mut foot);
            let page = strips[from..from + filled.taken].iter_mut().map(std::mem::take);
            self.page(page, repeat, opening, first);
            self.set_foot(filled.foot);
            from += filled.taken;
            first = false;
            if from == strips.len() {
                foot.end();
            }
        }
    }

    /// Adds a blank page if the next one would be on the left.
    pub fn to_recto(&mut self) {
        if self.len() % 2 == 1 {
            self.blank();
        }
    }

    /// Adds a page with nothing on it.
    pub fn blank(&mut self) {
        let opening = Opening { recto: false, head: None, folio: false };
        self.page(std::iter::empty(), None, &opening, true);
    }

    /// How many strips go on the next page, and what at its foot. A figure that does not quite fit
    /// is made smaller; one that would become too small moves down, and what comes after it takes
    /// its place, while the order in which it is read stays.
    fn fill(
        &self,
        strips: &mut [Strip],
        repeat: Option<&Strip>,
        foot: &mut Foot,
    ) -> Filled {
        let mut room = self.theme.text_height() + Pt(0.01);
        room -= repeat.map_or(Pt::ZERO, |head| head.height);
        foot.begin_page(room, !strips.is_empty());
        let taken = text(strips, room, foot);
        let (strips, _) = strips.split_at(taken);
        let foot = foot.end_page(strips, room - height(strips));
        Filled { taken, foot }
    }

    fn page(
        &mut self,
        strips: impl Iterator<Item = Strip>,
        repeat: Option<Strip>,
        opening: &Opening,
        first: bool,
    ) {
        let index = self.len();
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let page = Page {
            size: self.theme.trim,
            folio: (self.numbering)(number),
            items: Vec::new(),
            links: Vec::new(),
        };
        self.sequence.pages.push(page);
        self.sequence.heads.push(opening.head.clone().filter(|_| !first));
        self.drop_folios.push(first && opening.folio);
        let area = self.theme.text_area(index.is_multiple_of(2));
        self.put(repeat.into_iter().chain(strips), index, area.origin);
    }

    /// Puts notes at the foot of the last page.
    fn set_foot(&mut self, foot: Vec<Strip>) {
        let Some(index) = self.len().checked_sub(1) else { return };
        let area = self.theme.text_area(index.is_multiple_of(2));
        let top = area.bottom() - height(&foot);
        self.put(foot.into_iter(), index, Point { x: area.origin.x, y: top });
    }

    /// Puts strips below one another on a page.
    fn put(&mut self, strips: impl Iterator<Item = Strip>, index: usize, at: Point) {
        let page = &mut self.sequence.pages[index];
        let Point { x, mut y } = at;
        let mut top = true;
        for mut strip in strips {
            if !std::mem::take(&mut top) {
                y += strip.space;
            }
            strip.shift(x, y);
            page.items.append(&mut strip.items);
            page.links.extend(strip.links.into_iter().map(|pending| LinkArea {
                area: pending.area,
                destination: pending.link.destination.clone(),
                node: pending.link.node,
                words: pending.link.words.clone(),
            }));
            for anchor in strip.anchors {
                let place = Place { page: index, point: Point { x, y } };
                self.sequence.places.entry(anchor).or_insert(place);
            }
            y += strip.height;
        }
    }

    /// Sets the running heads and the folios.
    pub fn finish(mut self, setter: &mut Setter) -> Sequence {
        // Heads are no part of the structure: what they are collected into is thrown away.
        let structure = std::mem::take(&mut setter.structure);
        for index in 0..self.len() {
            setter.structure = Structure::new();
            let folio = self.sequence.pages[index].folio.to_string();
            if let Some(head) = self.sequence.heads[index].take() {
                self.head(setter, index, &head, &folio);
                self.sequence.heads[index] = Some(head);
            } else if self.drop_folios[index] {
                let y = self.theme.margins.top + self.theme.text_height();
                let y = y + self.theme.leading * 1.75;
                self.set(setter, index, &folio, y, Align::Center, false, Mark::Folio);
            }
        }
        setter.structure = structure;
        self.sequence
    }

    /// Book on the left, chapter on the right, folios outside.
    fn head(
        &mut self,
        setter: &mut Setter,
        index: usize,
        head: &RunningHead,
        folio: &str,
    ) {
        let y = self.theme.margins.top - self.theme.leading * 1.2;
        let recto = index.is_multiple_of(2);
        let (words, outside) =
            if recto { (&head.recto, Align::Right) } else { (&head.verso, Align::Left) };
        self.set(setter, index, folio, y, outside, false, Mark::Folio);
        self.set(setter, index, words, y, Align::Center, true, Mark::RunningHead);
    }

    /// Sets one line outside the text.
    #[expect(
        clippy::too_many_arguments,
        reason = "a line needs a place, a look and a meaning"
    )]
    fn set(
        &mut self,
        setter: &mut Setter,
        index: usize,
        words: &str,
        y: Pt,
        align: Align,
        small_capitals: bool,
        mark: Mark,
    ) {
        let area = self.theme.text_area(index.is_multiple_of(2));
        let mut style: TextStyle = self.theme.text(None);
        style.size = self.theme.size * 0.9;
        style.letters.features.small_capitals = small_capitals;
        let measure = area.size.width;
        let room = measure - style.size * 5.0;
        let words = shorten(setter, words, style, room);
        let collected = collect::words(setter, &words, style, Structure::ROOT);
        let shape = Shape { measure, indent: Pt::ZERO, size: style.size, align };
        let lines = setter.lines(&collected, &shape);
        let page = &mut self.sequence.pages[index];
        for line in lines.into_iter().take(1) {
            page.items.extend(line.items.into_iter().map(|mut item| {
                item.shift(area.origin.x, y);
                Item { mark, ..item }
            }));
        }
    }
}

/// Makes the figure that begins after the first of `strips` smaller, if it then fits into `room`
/// and keeps two thirds of its size. Says whether it did.
fn shrink_figure(strips: &mut [Strip], room: Pt) -> bool {
    let Some(float) = strips.get(1).map(|strip| strip.float).filter(|&float| float > 0)
    else {
        return false;
    };
    let figure = &mut strips[1..=float];
    let excess = height(figure) + figure[0].space - room + Pt(0.01);
    let strip = &mut figure[0];
    let Some(Item { kind: ItemKind::Picture { area, .. }, .. }) = strip.items.first_mut()
    else {
        return false;
    };
    let scale = 1.0 - excess / area.size.height;
    if scale < 2.0 / 3.0 {
        return false;
    }
    area.origin.x += area.size.width * ((1.0 - scale) / 2.0);
    area.size.width = area.size.width * scale;
    area.size.height = area.size.height * scale;
    strip.height -= excess;
    true
}

/// How many strips go on a page that has `room` for them and for the notes at its foot.
fn text(strips: &mut [Strip], room: Pt, foot: &Foot) -> usize {
    let mut taken = cut(strips, room, true, foot.reserve());
    if taken == 0 && !strips.is_empty() && !foot.is_carrying() {
        taken = forced(strips, room);
    }
    let float = strips.get(taken).map_or(0, |strip| strip.float);
    let with_figure = (taken + float).min(strips.len());
    let notes = foot.reserve().with(&strips[..with_figure]).need();
    let left = room - notes - height(&strips[..taken]);
    if taken > 0 && shrink_figure(&mut strips[taken - 1..], left) {
        taken = cut(strips, room, true, foot.reserve());
    }
    let float = strips.get(taken).map_or(0, |strip| strip.float);
    let after = taken + float;
    if taken == 0 || float == 0 || after >= strips.len() {
        return taken;
    }
    let left = room - height(&strips[..taken]) - strips[after].space;
    let reserve = foot.reserve().with(&strips[..taken]);
    let more = cut(&strips[after..], left, false, reserve);
    strips[taken..after + more].rotate_left(float);
    taken + more
}

/// How many strips fit into `room` with the notes they need, then back to where a page may end.
/// Unless they may, `figures` are not counted: they would begin another one's way.
fn cut(strips: &[Strip], room: Pt, figures: bool, mut notes: Reserve) -> usize {
    let mut height = Pt::ZERO;
    let mut fit = 0;
    for (index, strip) in strips.iter().enumerate() {
        height += strip.height + if index == 0 { Pt::ZERO } else { strip.space };
        if height + notes.add(strip) > room || (!figures && strip.float > 0) {
            break;
        }
        fit = index + 1;
    }
    if fit == strips.len() {
        return fit;
    }
    (1..=fit).rev().find(|&end| !strips[end - 1].keep).unwrap_or(0)
}

/// How many strips go on a page at least, where nothing fits as it should: up to the first place at
/// which the page may end, if only notes keep those away; else what fits, be it torn.
fn forced(strips: &[Strip], room: Pt) -> usize {
    let (mut height, mut fit) = (Pt::ZERO, 0);
    for (index, strip) in strips.iter().enumerate() {
        height += strip.height + if index == 0 { Pt::ZERO } else { strip.space };
        if height > room {
            break;
        }
        fit = index + 1;
        if !strip.keep {
            break;
        }
    }
    fit.max(1)
}

/// A page with nothing on it.
pub fn blank(theme: &Theme, folio: Folio) -> Page {
    Page { size: theme.trim, folio, items: Vec::new(), links: Vec::new() }
}

/// The words, or as many of them as fit with an ellipsis.
fn shorten(setter: &mut Setter, words: &str, style: TextStyle, room: Pt) -> String {
    let mut kept = String::new();
    let mut width = Pt::ZERO;
    for word in words.split_inclusive(' ') {
        let shaped = setter.words.get(&mut setter.shaper, style.letters, word.trim_end());
        width += style.size * (shaped.width + 0.26);
        if width > room {
            return format!("{}…", kept.trim_end_matches([' ', ',', ':', ';', '–', '—']));
        }
        kept.push_str(word);
    }
    kept
}
