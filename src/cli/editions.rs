//! From a gathered manuscript to the bytes of its editions.

use super::args::Formats;
use super::progress::Progress;
use super::project::{Project, told};
use super::report::Report;
use crate::bind::{self, BoundBook, Census, Stylesheets};
use crate::book::Book;
use crate::resolve::Findings;
use crate::style::Medium;

/// A bound book, in every form that was asked for.
pub(super) struct Bound {
    pub(super) size: Size,
    pub(super) editions: Vec<Edition>,
    pub(super) book: Book,
    /// What was taken for a source, and what was not, in each chapter.
    pub(super) findings: Vec<Findings>,
}

/// How much there is of a book.
pub(super) struct Size {
    pub(super) chapters: usize,
    pub(super) census: Census,
    /// Of the PDF, if one was made.
    pub(super) pages: Option<usize>,
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
    let bound = bind::book(config, manuscript, world, sources);
    drop(progress);
    let BoundBook { book, findings } = told(bound, report, sources)?;
    let progress = Progress::begin(if formats.pdf { "typesetting" } else { "binding" });
    let media = [(formats.pdf, Medium::Print), (formats.epub, Medium::Ebook)];
    let media: Vec<Medium> = media
        .into_iter()
        .filter_map(|(wanted, medium)| wanted.then_some(medium))
        .collect();
    let sheets = Stylesheets::read(config, &media, world, sources);
    report.tell(sheets.diagnostics, sources);
    let Stylesheets { print, ebook, ebook_rules } = sheets.value;
    // The editions know nothing of each other, and the PDF takes much the longer.
    let (pdf, epub) = std::thread::scope(|scope| {
        let pdf = scope
            .spawn(|| print.as_ref().map(|sheet| bind::pdf(&book, config, sheet, world)));
        let epub = ebook
            .as_ref()
            .map(|sheet| bind::epub(&book, config, sheet, ebook_rules.as_ref(), world));
        let pdf = pdf.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (pdf, epub)
    });
    drop(progress);
    let mut editions = Vec::new();
    editions.extend(epub.map(|bytes| Edition { extension: "epub", bytes }));
    let mut pages = None;
    if let Some(pdf) = pdf {
        report.tell(pdf.diagnostics, sources);
        pages = Some(pdf.value.pages);
        let bytes = pdf.value.bytes;
        editions.extend(bytes.map(|bytes| Edition { extension: "pdf", bytes }));
    }
    let size =
        Size { chapters: book.chapters().count(), census: Census::of(&book), pages };
    (!report.failed()).then_some(Bound { size, editions, book, findings })
}
