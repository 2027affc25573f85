//! From a gathered manuscript to the bytes of its editions.

use super::args::Formats;
use super::progress::Progress;
use super::project::{Project, told};
use super::report::Report;
use crate::bind::{self, Census};

/// A bound book, in every form that was asked for.
pub(super) struct Bound {
    pub(super) chapters: usize,
    pub(super) census: Census,
    /// Of the PDF, if one was made.
    pub(super) pages: Option<usize>,
    pub(super) editions: Vec<Edition>,
}

/// One file of a book.
pub(super) struct Edition {
    /// What the file's name ends in.
    pub(super) extension: &'static str,
    /// All of it.
    pub(super) bytes: Vec<u8>,
}

/// Binds the book. The report is told what is wrong; without a result the book has errors.
pub(super) fn bind(
    project: &mut Project,
    formats: Formats,
    report: &mut Report,
) -> Option<Bound> {
    let Project { config, manuscript, world, sources, .. } = project;
    let progress = Progress::begin("reading the posts");
    let book = bind::book(config, manuscript, world);
    drop(progress);
    let book = told(book, report, sources)?;
    let progress = Progress::begin(if formats.pdf { "typesetting" } else { "binding" });
    // The editions know nothing of each other, and the PDF takes much the longer.
    let (pdf, epub) = std::thread::scope(|scope| {
        let pdf = scope.spawn(|| formats.pdf.then(|| bind::pdf(&book, config, world)));
        let epub = formats.epub.then(|| bind::epub(&book, config, world, sources));
        let pdf = pdf.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (pdf, epub)
    });
    drop(progress);
    let mut editions = Vec::new();
    if let Some(epub) = epub {
        report.tell(epub.diagnostics, sources);
        editions.push(Edition { extension: "epub", bytes: epub.value });
    }
    let mut pages = None;
    if let Some(pdf) = pdf {
        report.tell(pdf.diagnostics, sources);
        pages = Some(pdf.value.pages);
        let bytes = pdf.value.bytes;
        editions.extend(bytes.map(|bytes| Edition { extension: "pdf", bytes }));
    }
    let (chapters, census) = (book.chapters().count(), Census::of(&book));
    (!report.failed()).then_some(Bound { chapters, census, pages, editions })
}
