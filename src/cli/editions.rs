//! From a gathered manuscript to the bytes of its editions.

use super::args::Formats;
use super::progress::Progress;
use super::project::{Project, told};
use super::report::Report;
use crate::bind::{self, BoundBook, Census, Stylesheets};
use crate::book::Book;
use crate::resolve::Findings;
use crate::style::Medium;
use crate::typeset::page_marks;

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
    let BoundBook { mut book, findings } = told(bound, report, sources)?;
    let progress = Progress::begin(if formats.pdf { "typesetting" } else { "binding" });
    bind::highlight(&mut book, config);
    let media = [(formats.pdf, Medium::Print), (formats.epub, Medium::Ebook)];
    let media: Vec<Medium> = media
        .into_iter()
        .filter_map(|(wanted, medium)| wanted.then_some(medium))
        .collect();
    let sheets = Stylesheets::read(config, &media, world, sources);
    report.tell(sheets.diagnostics, sources);
    let Stylesheets { print, ebook, ebook_rules } = sheets.value;
    let frames = print.map(|sheet| bind::pages(&book, config, &sheet, world));
    let frames = frames.map(|frames| {
        report.tell(frames.diagnostics, sources);
        frames.value
    });
    // All that the EPUB needs of the pages is where they begin; it is written beside the PDF.
    let pages = frames.as_ref().map(|frames| frames.pages.len());
    let marks = frames.as_ref().filter(|_| ebook.is_some()).map(page_marks);
    let (pdf, epub) = std::thread::scope(|scope| {
        let epub = scope.spawn(|| {
            let sheet = ebook.as_ref()?;
            let rules = ebook_rules.as_ref();
            let marks = marks.unwrap_or_default();
            Some(bind::epub(&book, config, sheet, rules, &marks, world))
        });
        let pdf = frames.map(|frames| bind::pdf(&book, config, frames));
        let epub = epub.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (pdf, epub)
    });
    drop(progress);
    let mut editions = Vec::new();
    editions.extend(epub.map(|bytes| Edition { extension: "epub", bytes }));
    if let Some(pdf) = pdf {
        report.tell(pdf.diagnostics, sources);
        editions.extend(pdf.value.map(|bytes| Edition { extension: "pdf", bytes }));
    }
    let size =
        Size { chapters: book.chapters().count(), census: Census::of(&book), pages };
    (!report.failed()).then_some(Bound { size, editions, book, findings })
}
