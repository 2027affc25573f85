//! From a gathered manuscript to the bytes of its editions.

use super::args::Formats;
use super::project::{self, Project};
use super::report::Report;
use crate::bind;
use crate::book::{Book, Census};

/// A bound book, in every form that was asked for.
pub(super) struct Bound {
    /// How many chapters it has.
    pub(super) chapters: usize,
    /// How much it holds.
    pub(super) census: Census,
    /// How many pages the PDF has, if one was made.
    pub(super) pages: Option<usize>,
    /// Its editions.
    pub(super) editions: Vec<Edition>,
}

/// One file of a book.
pub(super) struct Edition {
    /// What the file's name ends in.
    pub(super) extension: &'static str,
    /// All of it.
    pub(super) bytes: Vec<u8>,
}

/// Makes the book. The report is told what is wrong; without a result the book has errors.
pub(super) fn book(project: &Project, report: &mut Report) -> Option<Book> {
    let book = bind::book(&project.config, &project.manuscript, &project.world);
    project::told(book, report, &project.sources)
}

/// Makes the book in the forms asked for.
pub(super) fn bind(
    project: &mut Project,
    formats: Formats,
    report: &mut Report,
) -> Option<Bound> {
    let book = book(project, report)?;
    let mut bound = Bound {
        chapters: book.chapters().count(),
        census: book.census(),
        pages: None,
        editions: Vec::new(),
    };
    let Project { config, world, sources, .. } = project;
    if formats.epub {
        let epub = bind::epub(&book, config, world, sources);
        report.tell(epub.diagnostics, sources);
        bound.editions.push(Edition { extension: "epub", bytes: epub.value });
    }
    if formats.pdf {
        let pdf = bind::pdf(&book, config, world);
        report.tell(pdf.diagnostics, sources);
        bound.pages = Some(pdf.value.pages);
        bound
            .editions
            .extend(pdf.value.bytes.map(|bytes| Edition { extension: "pdf", bytes }));
    }
    Some(bound)
}
