//! A book on disk: its settings read, its posts gathered.

use std::path::{Path, PathBuf};

use super::args::BookArgs;
use super::disk::DiskWorld;
use super::report::Report;
use crate::config::{self, BookConfig, TagName};
use crate::diag::{Code, Diagnostic};
use crate::manuscript::{self, Manuscript};
use crate::source::Sources;

/// A book whose posts are gathered.
pub(super) struct Project {
    /// The folder of `book.yaml`.
    pub(super) root: PathBuf,
    pub(super) world: DiskWorld,
    pub(super) sources: Sources,
    pub(super) config: BookConfig,
    pub(super) manuscript: Manuscript,
}

/// Opens the book that the arguments name, and its report.
///
/// Without a project the book has errors, and the report has told them.
pub(super) fn open(args: &BookArgs) -> (Option<Project>, Report) {
    let file =
        if args.book.is_dir() { args.book.join("book.yaml") } else { args.book.clone() };
    let root = file.parent().unwrap_or(Path::new("")).to_owned();
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut report = Report::new(args, &root);
    let world = DiskWorld::new(&root);
    let mut sources = Sources::default();

    if !file.exists() {
        let message = format!("there is no {}", file.display());
        let hint = "`bindery new DIR` begins a book; `--book FILE` names one elsewhere";
        let absent = Diagnostic::new(Code::ConfigUnreadable, message).hint(hint);
        report.tell(vec![absent], &sources);
        return (None, report);
    }
    let read = config::read(&world, &name, &mut sources);
    let Some(mut config) = told(read, &mut report, &sources) else {
        return (None, report);
    };
    if !args.tags.is_empty() {
        let name = |tag: &String| TagName { name: tag.clone(), span: None };
        config.gather.any = args.tags.iter().map(name).collect();
    }
    let gathered = manuscript::gather(&config, &world, &mut sources);
    let Some(manuscript) = told(gathered, &mut report, &sources) else {
        return (None, report);
    };
    (Some(Project { root, world, sources, config, manuscript }), report)
}

/// The value, once its diagnostics are told.
pub(super) fn told<T>(
    outcome: crate::diag::Outcome<T>,
    report: &mut Report,
    sources: &Sources,
) -> Option<T> {
    match outcome {
        Ok(warned) => {
            report.tell(warned.diagnostics, sources);
            Some(warned.value)
        }
        Err(diagnostics) => {
            report.tell(diagnostics, sources);
            None
        }
    }
}
