//! Compositors: each sets documents in one column, and several work side by side.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::diag;
use crate::markup::{self, Builder, DocumentKind, ElementId, Meaning, Tree};
use crate::typeset::content::counters::Counters;
use crate::typeset::content::document::Document;
use crate::typeset::flow::galley::Galley;
use crate::typeset::flow::{Context, Flow};
use crate::typeset::noticed::Noticed;
use crate::typeset::output::structure::Branch;
use crate::typeset::pages::foot::FootNotes;
use crate::typeset::pages::{Columns, Sheets};
use crate::typeset::setter::Setter;
use crate::units::Pt;

/// A document that was set, not yet on pages.
pub(super) struct Composed {
    pub(super) document: markup::Document,
    pub(super) galley: Galley,
    pub(super) notes: FootNotes,
    pub(super) columns: Columns,
    pub(super) structure: Branch,
    pub(super) noticed: Noticed,
}

/// What is to be set: a document, and its number among all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Task {
    pub(super) kind: DocumentKind,
    pub(super) number: u32,
}

/// Sets documents.
pub(super) struct Compositor<'a> {
    setter: Setter<'a>,
    sheets: Sheets<'a>,
}

/// Compositors, as many as work at once; each keeps the words that it has met.
pub(super) struct Crew<'a> {
    idle: Mutex<Vec<Compositor<'a>>>,
    /// What a new one begins with.
    first: Compositor<'a>,
}

impl<'a> Crew<'a> {
    /// A crew that sets what `setter` would set.
    pub(super) fn new(setter: &Setter<'a>, sheets: &Sheets<'a>) -> Self {
        let first = Compositor { setter: setter.beside(), sheets: sheets.beside() };
        Self { idle: Mutex::default(), first }
    }

    /// All know what `setter` knows.
    pub(super) fn inform(&mut self, setter: &Setter) {
        let idle = self.idle.get_mut().unwrap_or_else(PoisonError::into_inner);
        for compositor in idle.iter_mut().chain([&mut self.first]) {
            compositor.setter.known = setter.known.clone();
            compositor.setter.page_height = setter.page_height;
            compositor.setter.tallest_picture = setter.tallest_picture;
        }
    }

    /// Sets documents, and hands them on in their order.
    pub(super) fn compose(
        &self,
        builder: &Builder,
        tasks: &[Task],
        mut put: impl FnMut(Composed) + Send,
    ) {
        if self.first.sheets.stylist.counts() {
            return self.one_after_another(builder, tasks, put);
        }
        // As many are set as come to their pages meanwhile: more would only wait, and take room.
        let count = rayon::current_num_threads() * 2;
        let mut ready = Vec::new();
        for window in tasks.chunks(count) {
            let (next, ()) = rayon::join(
                || self.side_by_side(builder, window),
                || ready.into_iter().for_each(&mut put),
            );
            ready = next;
        }
        ready.into_iter().for_each(put);
    }

    fn side_by_side(&self, builder: &Builder, tasks: &[Task]) -> Vec<Composed> {
        let set = |task: &Task| self.set(builder, *task, &mut Counters::default());
        tasks.par_iter().with_max_len(1).map(set).collect()
    }

    /// Documents whose elements count depend on those before them.
    fn one_after_another(
        &self,
        builder: &Builder,
        tasks: &[Task],
        mut put: impl FnMut(Composed),
    ) {
        let mut counters = Counters::default();
        for task in tasks {
            put(self.set(builder, *task, &mut counters));
        }
    }

    /// Sets a document; one at which that fails is named in its stead.
    fn set(&self, builder: &Builder, task: Task, counters: &mut Counters) -> Composed {
        let mut compositor = self.take();
        let document = || builder.document(task.kind);
        let span = builder.span(task.kind);
        let set = || compositor.set(builder, task, document(), counters);
        let composed = match diag::catch("typesetting a chapter", span, set) {
            Ok(composed) => composed,
            Err(fault) => {
                // What the other one has begun is dropped with it.
                compositor = self.another();
                let document = builder.placeholder(task.kind);
                let mut composed = compositor.set(builder, task, document, counters);
                composed.noticed.tell(fault);
                composed
            }
        };
        self.give_back(compositor);
        composed
    }

    fn take(&self) -> Compositor<'a> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.unwrap_or_else(|| self.another())
    }

    fn another(&self) -> Compositor<'a> {
        let Compositor { setter, sheets } = &self.first;
        Compositor { setter: setter.beside(), sheets: sheets.beside() }
    }

    fn give_back(&self, compositor: Compositor<'a>) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(compositor);
    }
}

impl Compositor<'_> {
    /// Sets a document.
    fn set(
        &mut self,
        builder: &Builder,
        task: Task,
        document: markup::Document,
        counters: &mut Counters,
    ) -> Composed {
        let Self { setter, sheets } = self;
        let tree = &document.tree;
        let styles = sheets.stylist.styles(tree, &setter.shaper.fonts);
        setter.language = document.language.clone();
        setter.structure = Branch::new(task.number);
        let style = &styles.of(section(tree)).style;
        let page = style.page.clone().unwrap_or_else(|| "".into());
        let area = sheets.typical(setter, &page);
        let columns = Columns::of(style, area.size.width);
        let cx = Context {
            node: setter.structure.root(),
            left: Pt::ZERO,
            measure: columns.measure(area.size.width),
        };
        let in_part =
            matches!(task.kind, DocumentKind::Chapter(_)) && builder.has_parts();
        let mut set = Document {
            tree,
            styles: &styles,
            name: &document.name,
            language: document.language.tag(),
            depth: u8::from(in_part),
            scale: 1.0,
            counters,
        };
        let mut flow = Flow::new(setter, &mut set);
        flow.turns = columns.is_one();
        flow.block(ElementId::ROOT, cx);
        let (galley, notes) = flow.finish_with_notes();
        let structure = std::mem::take(&mut setter.structure);
        let noticed = std::mem::take(&mut setter.noticed);
        Composed { document, galley, notes, columns, structure, noticed }
    }
}

/// The outer section of a document.
fn section(tree: &Tree) -> ElementId {
    let outer =
        tree.ids().find(|id| matches!(tree.get(*id).meaning, Meaning::Document(_)));
    outer.unwrap_or(ElementId::ROOT)
}
