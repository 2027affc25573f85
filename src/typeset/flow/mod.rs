//! Flow: elements one below the other, by the box model of CSS, into a galley.

pub(crate) mod decoration;
mod edges;
mod float;
pub(crate) mod galley;
mod item;
mod picture;
pub(crate) mod qr;
pub(crate) mod roles;
mod space;
mod text;

use std::sync::Arc;

use crate::document::PictureId;
use crate::markup::{Child, ElementId, Semantics};
use crate::style::{Break, Display, ElementStyle, Float, Style};
use crate::typeset::content::document::Document;
use crate::typeset::content::generated;
use crate::typeset::content::named_string::StringSet;
use crate::typeset::engine::Engine;
use crate::typeset::flow::decoration::BoxDecoration;
use crate::typeset::flow::galley::{FootNotes, Fragment, Galley};
use crate::typeset::inline::collect::{self, BlockContainer, Part};
use crate::typeset::inline::collected::{Collected, PictureSize};
use crate::typeset::output::frame::Anchor;
use crate::typeset::output::structure::{NodeId, TagBuilder};
use crate::typeset::sink::Sink;
use crate::units::{Pt, Size};

use edges::Edges;
use float::FloatArea;
use space::Space;
pub(super) use text::baseline;

/// What surrounds a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// The structure's node that it goes into.
    pub(super) node: NodeId,
    /// The space to its left.
    pub(super) left: Pt,
    /// The length of its lines.
    pub(super) measure: Pt,
    /// How tall a picture in it may become; none is as tall as in running text.
    pub(super) tallest_picture: Option<Pt>,
}

/// Sets elements, one below the other.
pub(super) struct Flow<'a, 'd, 'w> {
    pub(super) engine: &'a Engine<'w>,
    pub(super) sink: &'a mut Sink,
    pub(super) tags: &'a mut TagBuilder,
    pub(super) document: &'a mut Document<'d>,
    pub(super) galley: Galley,
    /// The space that the next fragment has above it.
    space: Space,
    /// What the next fragment brings with it.
    pub(super) anchors: Vec<Anchor>,
    strings: StringSet,
    /// Where it must begin, on which page.
    break_before: Break,
    page: Option<Arc<str>>,
    next_page: Option<Arc<str>>,
    number: Option<u32>,
    /// The box that it stands in, and how many boxes begin with it.
    decoration: Option<Arc<BoxDecoration>>,
    opens: usize,
    /// How much the next line leaves free at its beginning.
    lead: Pt,
    /// What it stands beside.
    beside: Option<FloatArea>,
    /// The notes that are to stand at the feet of pages.
    foot_notes: FootNotes,
    /// Whether a table may stand on its side, on a page of its own.
    pub(super) may_rotate: bool,
    /// The measure of all columns together, if there are several.
    pub(super) all_columns: Option<Pt>,
    /// How many fragments there were when a heading ended.
    heading_end: Option<usize>,
    /// The line below a heading that is tied to what comes next.
    tied_line: Option<usize>,
}

impl<'a, 'd, 'w> Flow<'a, 'd, 'w> {
    pub(super) fn new(
        engine: &'a Engine<'w>,
        sink: &'a mut Sink,
        tags: &'a mut TagBuilder,
        document: &'a mut Document<'d>,
    ) -> Self {
        Self {
            engine,
            sink,
            tags,
            document,
            galley: Galley::default(),
            space: Space::default(),
            anchors: Vec::new(),
            strings: Vec::new(),
            break_before: Break::Auto,
            page: None,
            next_page: None,
            number: None,
            decoration: None,
            opens: 0,
            lead: Pt::ZERO,
            beside: None,
            foot_notes: FootNotes::new(),
            may_rotate: false,
            all_columns: None,
            heading_end: None,
            tied_line: None,
        }
    }

    /// Sets an element that stands on lines of its own.
    pub(super) fn block(&mut self, id: ElementId, cx: Context) {
        let own = self.document.style(id);
        if own.style.display == Display::None {
            return;
        }
        self.document.enter(id);
        self.announce(id, &own);
        let is_table = own.style.display == Display::Table;
        if own.style.float != Float::None {
            self.floating(id, &own, cx);
        } else if is_table && self.must_rotate(id, &own, cx) {
            self.rotated(id, &own, cx);
        } else if let Some(measure) = self.spans_columns(&own.style) {
            let first = self.galley.fragments.len();
            self.in_flow(id, &own, Context { measure, ..cx });
            for fragment in &mut self.galley.fragments[first..] {
                fragment.spans_columns = true;
            }
        } else {
            self.in_flow(id, &own, cx);
        }
        self.document.leave(id);
    }

    /// The measure of what stands above all columns: only what comes first can.
    fn spans_columns(&self, style: &Style) -> Option<Pt> {
        let comes_first = self.galley.fragments.iter().all(|it| it.spans_columns);
        self.all_columns.filter(|_| style.spans_columns && comes_first)
    }

    /// Collects parts of an element as what a paragraph sets.
    pub(super) fn collect(
        &mut self,
        id: ElementId,
        parts: &[Part],
        style: &Style,
        cx: Context,
    ) -> Collected {
        let Self { engine, sink, tags, document, .. } = self;
        let container = BlockContainer { element: id, style, node: cx.node };
        let mut collected =
            collect::collect(engine, sink, tags, document, container, parts);
        collected.tallest_picture = cx.tallest_picture;
        collected
    }

    /// How large a picture is set: as its style says, and no taller than may be.
    fn picture_size(
        &self,
        picture: PictureId,
        wanted: &PictureSize,
        cx: Context,
    ) -> Size {
        let settings = &self.engine.settings;
        let tallest = cx.tallest_picture.unwrap_or_else(|| settings.tallest_picture());
        wanted.fit_within(settings.picture_size(picture), cx.measure, tallest)
    }

    /// What an element says before it is set.
    fn announce(&mut self, id: ElementId, own: &ElementStyle) {
        let style = &own.style;
        self.break_before = stronger(self.break_before, style.break_before);
        self.next_page.clone_from(&style.page);
        self.anchors.extend(self.document.anchor(id));
        let strings = generated::strings(self.engine, self.document, id, style);
        self.strings.extend(strings);
        let page = style.counter_reset.iter().chain(&style.counter_set);
        if let Some((_, number)) = page.rev().find(|(name, _)| &**name == "page") {
            self.number = u32::try_from(*number).ok();
        }
    }

    pub(super) fn in_flow(&mut self, id: ElementId, own: &ElementStyle, cx: Context) {
        let style = &own.style;
        if style.clear {
            self.clear();
        }
        let edges = Edges::new(style, self.natural_width(id, cx), cx);
        let node = roles::open(self.sink, self.tags, self.document, id, cx.node);
        let inner = Context { node, left: edges.left(cx), measure: edges.width, ..cx };
        self.space.add(edges.margin.top);
        let first = self.galley.fragments.len();
        if is_heading(self.document.tree.get(id).name) {
            self.untie_line();
        }
        if style.display == Display::Table {
            self.captions(id, false, inner);
        }
        let outer = self.open_decoration(style, &edges, cx);
        let tallest_picture = self.tallest_in(id).or(inner.tallest_picture);
        self.content(id, own, Context { tallest_picture, ..inner });
        self.close_decoration(outer, style, &edges);
        if style.display == Display::Table {
            self.captions(id, true, inner);
        }
        if style.keep_together && self.fits_a_page(first) {
            self.galley.keep_from(first);
            self.let_move(id, first);
        }
        if let Some(step) = style.block_step.filter(|step| *step > Pt::ZERO) {
            self.step(first, step, edges.margin.bottom);
        }
        self.space.add(edges.margin.bottom);
        match style.break_after {
            Break::Auto => {}
            Break::Avoid => {
                self.keep_with_next();
                let name = self.document.tree.get(id).name;
                if is_heading(name) || name == "header" {
                    self.heading_end = Some(self.galley.fragments.len());
                }
            }
            other => self.break_before = stronger(self.break_before, other),
        }
    }

    /// How tall each picture of a figure may become that has several: so tall that they stand on one
    /// page together with their caption, or two on a page where there are many.
    fn tallest_in(&self, id: ElementId) -> Option<Pt> {
        let tree = self.document.tree;
        if tree.get(id).name != "figure" {
            return None;
        }
        let count =
            tree.descendants(id).into_iter().filter(|it| self.is_picture(*it)).count();
        let share = match count {
            0 | 1 => return None,
            2 | 3 => 0.8 / (count as f64),
            _ => 0.4,
        };
        Some(self.engine.settings.page_height * share)
    }

    /// Whether the fragments from `first` on can stand together on a page: where they cannot, they
    /// are broken rather than lost (CSS Fragmentation 3, 4.4).
    fn fits_a_page(&self, first: usize) -> bool {
        let fragments = self.galley.fragments.get(first..).unwrap_or_default();
        crate::typeset::flow::galley::height(fragments)
            <= self.engine.settings.page_height
    }

    /// A figure or a table in one piece may move down while the text goes on.
    fn let_move(&mut self, id: ElementId, first: usize) {
        let moves = matches!(self.document.tree.get(id).name, "figure" | "table");
        let count = self.galley.fragments.len().saturating_sub(first);
        if let Some(fragment) = self.galley.fragments.get_mut(first).filter(|_| moves) {
            fragment.float = count;
        }
    }

    /// What is in an element, by how it is displayed.
    fn content(&mut self, id: ElementId, own: &ElementStyle, cx: Context) {
        match own.style.display {
            Display::Table => self.table(id, own, cx),
            Display::ListItem => self.item(id, own, cx),
            _ if matches!(self.document.tree.get(id).semantics, Semantics::Notes(_)) => {
                self.notes(id, own, cx);
            }
            _ if self.is_coded(id) => self.coded(id, own, cx),
            _ if self.is_picture(id) => self.shown(id, own, cx),
            _ if roles::is_formula(self.document, id) => self.formula(id, own, cx),
            _ => self.children(id, own, cx),
        }
    }

    /// Blocks as blocks, what stands between them as paragraphs.
    pub(super) fn children(&mut self, id: ElementId, own: &ElementStyle, cx: Context) {
        let tree = self.document.tree;
        let mut paragraph: Vec<Part> = Vec::new();
        let mut first = true;
        paragraph.extend(own.before.as_ref().map(Part::Generated));
        for child in &tree.get(id).children {
            match child {
                Child::Element(child) if self.is_block(*child) => {
                    self.paragraph(id, own, &mut paragraph, &mut first, cx);
                    self.block(*child, cx);
                }
                child => paragraph.push(Part::Child(child)),
            }
        }
        paragraph.extend(own.after.as_ref().map(Part::Generated));
        self.paragraph(id, own, &mut paragraph, &mut first, cx);
    }

    pub(super) fn is_block(&self, id: ElementId) -> bool {
        let style = &self.document.style(id).style;
        let display = style.display;
        style.float != Float::None && display != Display::None
            || !matches!(
                display,
                Display::Inline
                    | Display::InlineBlock
                    | Display::Ruby
                    | Display::RubyText
                    | Display::Contents
                    | Display::None
            )
    }

    /// Puts a fragment below the others.
    pub(super) fn push(&mut self, mut fragment: Fragment) {
        fragment.space += self.space.take();
        fragment.anchors.splice(0..0, std::mem::take(&mut self.anchors));
        fragment.decoration.clone_from(&self.decoration);
        fragment.opens = std::mem::take(&mut self.opens);
        let page = std::mem::take(&mut self.next_page);
        let new_page = page != self.page || self.galley.fragments.is_empty();
        let breaks = std::mem::take(&mut self.break_before);
        let strings = std::mem::take(&mut self.strings);
        let number = self.number.take();
        let said = fragment.page_break.is_some();
        let says = said || new_page || number.is_some() || !strings.is_empty();
        if says || !matches!(breaks, Break::Auto | Break::Avoid) {
            let page_break = fragment.page_break();
            page_break.break_before = breaks;
            page_break.strings.splice(0..0, strings);
            page_break.number = number;
            page_break.page.clone_from(&page);
            page_break.opens = new_page;
        }
        if breaks == Break::Avoid {
            self.keep_with_next();
        }
        self.page = page.clone();
        // What comes next stands on the same kind of page, unless it says otherwise.
        self.next_page = page;
        self.carry(&mut fragment);
        self.galley.fragments.push(fragment);
    }

    /// Lets a page end after a single line below a heading, for another heading follows.
    fn untie_line(&mut self) {
        let count = self.galley.fragments.len();
        if let Some(line) = self.tied_line.take()
            && line + 1 == count
        {
            self.galley.fragments[line].keep = false;
        }
    }

    pub(super) fn keep_with_next(&mut self) {
        if let Some(last) = self.galley.fragments.last_mut() {
            last.keep = true;
        }
    }

    /// Everything that was set, the rest of what floats and the space at its end included.
    pub(super) fn finish(self) -> Galley {
        self.finish_with_notes().0
    }

    /// The same, and the notes that are to stand at the feet of its pages.
    pub(super) fn finish_with_notes(mut self) -> (Galley, FootNotes) {
        self.clear();
        (self.galley, self.foot_notes)
    }
}

fn is_heading(element: &str) -> bool {
    matches!(element, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Of two breaks at one place the one that asks for more.
fn stronger(one: Break, other: Break) -> Break {
    let rank = |it| match it {
        Break::Auto => 0,
        Break::Avoid => 1,
        Break::Column => 2,
        Break::Page => 3,
        Break::Recto | Break::Verso => 4,
    };
    if rank(other) >= rank(one) { other } else { one }
}
