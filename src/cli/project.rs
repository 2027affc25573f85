//! A book on disk, and what was compiled of it.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use super::args::BookArgs;
use super::disk::DiskWorld;
use super::exports;
use super::progress::Progress;
use super::report::Report;
use crate::compile::{Compiled, Goal, Request, Stage, compile};
use crate::diag::{Code, Diagnostic};

/// A book on disk, and what was compiled of it.
pub(super) struct Project {
    /// The folder of `book.yaml`.
    pub(super) root: PathBuf,
    pub(super) world: DiskWorld,
    pub(super) compiled: Compiled,
}

/// Compiles the book that the arguments name, up to a goal. The report has yet to be told of its
/// diagnostics.
pub(super) fn open(args: &BookArgs, goal: Goal) -> (Project, Report) {
    open_with(args, Request::default().up_to(goal))
}

/// The same with what else is asked for.
pub(super) fn open_with<'r>(args: &BookArgs, request: Request<'r>) -> (Project, Report) {
    let file =
        if args.book.is_dir() { args.book.join("book.yaml") } else { args.book.clone() };
    let root = file.parent().unwrap_or(Path::new("")).to_owned();
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let report = Report::new(args, &root);
    let world = DiskWorld::new(&root);
    if !file.exists() {
        let message = format!("there is no {}", file.display());
        let hint = "`bindery new DIR` begins a book; `--book FILE` names one elsewhere";
        let absent = Diagnostic::new(Code::ConfigUnreadable, message);
        let exports = exports::hints(&root);
        let absent = exports.into_iter().fold(absent, Diagnostic::hint).hint(hint);
        let mut compiled = Compiled::default();
        compiled.diagnostics.push(absent);
        return (Project { root, world, compiled }, report);
    }
    let progress: Cell<Option<Progress>> = Cell::default();
    let begin = |stage| progress.set(Some(Progress::begin(words(stage))));
    let request = request.with_tags(args.tags.clone()).strict(args.strict);
    let mut compiled = compile(&world, &name, &request.with_progress(&begin));
    drop(progress);
    for diagnostic in &mut compiled.diagnostics {
        if matches!(diagnostic.code, Code::NoPosts | Code::FolderUnreadable) {
            diagnostic.hints.splice(0..0, exports::hints(&root));
        }
    }
    (Project { root, world, compiled }, report)
}

/// What a stage is called on a terminal.
fn words(stage: Stage) -> &'static str {
    match stage {
        Stage::Reading => "reading the posts",
        Stage::Typesetting => "typesetting",
        Stage::Writing => "writing",
    }
}

impl Project {
    /// Reports what was found so far.
    pub(super) fn report(&mut self, report: &mut Report) {
        let diagnostics = std::mem::take(&mut self.compiled.diagnostics);
        report.tell(diagnostics, &self.compiled.sources);
    }
}
