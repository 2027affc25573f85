//! Workers: each sets documents in one column, and several work side by side.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::diag;
use crate::markup::{self, Builder, DocumentKind, ElementId, Semantics, Tree};
use crate::typeset::content::counters::Counters;
use crate::typeset::content::document::Document;
use crate::typeset::engine::Engine;
use crate::typeset::flow::galley::{FootNotes, Galley};
use crate::typeset::flow::{Context, Flow};
use crate::typeset::output::structure::{Subtree, TagBuilder};
use crate::typeset::pages::{Columns, PageTemplates};
use crate::typeset::sink::Sink;
use crate::units::Pt;

/// A document that was set, not yet on pages.
pub(super) struct Composed {
    pub(super) document: markup::Document,
    pub(super) galley: Galley,
    pub(super) notes: FootNotes,
    pub(super) columns: Columns,
    pub(super) tags: Subtree,
    pub(super) sink: Sink,
}

/// What is to be set: a document, and its number among all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Task {
    pub(super) kind: DocumentKind,
    pub(super) number: u32,
}

/// Sets documents.
pub(super) struct Worker<'a> {
    engine: Engine<'a>,
    templates: PageTemplates<'a>,
}

/// Workers, as many as work at once; each keeps the words that it has met.
pub(super) struct WorkerPool<'a> {
    idle: Mutex<Vec<Worker<'a>>>,
    /// What a new one begins with.
    first: Mutex<Worker<'a>>,
    /// Whether elements count: documents then depend on those before them.
    counts: bool,
}

impl<'a> WorkerPool<'a> {
    /// Workers that set what `engine` would set.
    pub(super) fn new(engine: &Engine<'a>, templates: &PageTemplates<'a>) -> Self {
        let first = Worker { engine: engine.fork(), templates: templates.fork() };
        let counts = templates.stylist.sets_counters();
        Self { idle: Mutex::default(), first: Mutex::new(first), counts }
    }

    /// Gives all of them the settings and the introspection of `engine`.
    pub(super) fn update(&mut self, engine: &Engine) {
        let idle = self.idle.get_mut().unwrap_or_else(PoisonError::into_inner);
        let first = self.first.get_mut().unwrap_or_else(PoisonError::into_inner);
        for worker in idle.iter_mut().chain([first]) {
            worker.engine.introspection = engine.introspection.clone();
            worker.engine.settings = engine.settings.clone();
        }
    }

    /// Sets documents, and hands them on in their order.
    pub(super) fn compose(
        &self,
        builder: &Builder,
        tasks: &[Task],
        mut put: impl FnMut(Composed) + Send,
    ) {
        if self.counts {
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
        let mut worker = self.take();
        let span = builder.span(task.kind);
        let set = || {
            let numbers = worker.engine.introspection.clone();
            let document = builder.document_on_pages(task.kind, &*numbers);
            worker.set(builder, task, document, counters)
        };
        let composed = match diag::catch("typesetting a chapter", span, set) {
            Ok(composed) => composed,
            Err(fault) => {
                // What the other one has begun is dropped with it.
                worker = self.another();
                let document = builder.placeholder(task.kind);
                let mut composed = worker.set(builder, task, document, counters);
                composed.sink.report(fault);
                composed
            }
        };
        self.give_back(worker);
        composed
    }

    fn take(&self) -> Worker<'a> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.unwrap_or_else(|| self.another())
    }

    fn another(&self) -> Worker<'a> {
        let first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        Worker { engine: first.engine.fork(), templates: first.templates.fork() }
    }

    fn give_back(&self, worker: Worker<'a>) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
    }
}

impl Worker<'_> {
    /// Sets a document.
    fn set(
        &mut self,
        builder: &Builder,
        task: Task,
        document: markup::Document,
        counters: &mut Counters,
    ) -> Composed {
        let Self { engine, templates } = self;
        let tree = &document.tree;
        let styles = templates.stylist.styles(tree, &engine.fonts);
        let mut sink = Sink::default();
        let mut tags = TagBuilder::new(task.number);
        let style = &styles.of(section(tree)).style;
        let page = style.page.clone().unwrap_or_else(|| "".into());
        let area = templates.typical(engine, &page);
        let columns = Columns::of(style, area.size.width);
        let cx = Context {
            node: tags.root(),
            left: Pt::ZERO,
            measure: columns.measure(area.size.width),
            tallest_picture: None,
        };
        let in_part =
            matches!(task.kind, DocumentKind::Chapter(_)) && builder.has_parts();
        let mut set = Document {
            tree,
            styles: &styles,
            name: &document.name,
            language: &document.language,
            depth: u8::from(in_part),
            scale: 1.0,
            counters,
        };
        let mut flow = Flow::new(engine, &mut sink, &mut tags, &mut set);
        flow.may_rotate = columns.is_one();
        flow.all_columns = (!columns.is_one()).then_some(area.size.width);
        flow.block(ElementId::ROOT, cx);
        let (galley, notes) = flow.finish_with_notes();
        Composed { document, galley, notes, columns, tags: tags.finish(), sink }
    }
}

/// The outer section of a document.
fn section(tree: &Tree) -> ElementId {
    let outer =
        tree.ids().find(|id| matches!(tree.get(*id).semantics, Semantics::Document(_)));
    outer.unwrap_or(ElementId::ROOT)
}
