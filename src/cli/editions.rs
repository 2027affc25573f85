//! From a gathered manuscript to the bytes of its editions.

use super::args::Formats;
use super::progress::Progress;
use super::project::{Project, told};
use super::report::Report;
use crate::bind::{self, BoundBook, Census, Stylesheets};
use crate::book::Book;
use crate::diag::{self, Diagnostic, Warned};
use crate::resolve::Findings;
use crate::source::Sources;
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

/// Binds the book. The report is told what is wrong; without a result the book has errors. An edition
/// that cannot be made is absent, and the other one is there all the same.
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
    let frames = print.map(|sheet| {
        diag::catch("typesetting the book", None, || {
            bind::pages(&book, config, &sheet, world)
        })
    });
    let frames = frames.and_then(|frames| told_of(frames, report, sources));
    // All that the EPUB needs of the pages is where they begin; it is written beside the PDF.
    let pages = frames.as_ref().map(|frames| frames.pages.len());
    let marks = frames.as_ref().filter(|_| ebook.is_some()).map(page_marks);
    let (pdf, epub) = std::thread::scope(|scope| {
        let epub = scope.spawn(|| {
            let sheet = ebook.as_ref()?;
            let rules = ebook_rules.as_ref();
            let marks = marks.unwrap_or_default();
            Some(diag::catch("writing the EPUB", None, || {
                bind::epub(&book, config, sheet, rules, &marks, world)
            }))
        });
        let pdf = frames.map(|frames| {
            diag::catch("writing the PDF", None, || bind::pdf(&book, config, frames))
        });
        let epub = epub.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (pdf, epub)
    });
    drop(progress);
    let mut editions = Vec::new();
    let epub = epub.and_then(|epub| told_of(epub, report, sources));
    editions.extend(epub.map(|bytes| Edition { extension: "epub", bytes }));
    let pdf = pdf.and_then(|pdf| told_of(pdf, report, sources)).flatten();
    editions.extend(pdf.map(|bytes| Edition { extension: "pdf", bytes }));
    let size =
        Size { chapters: book.chapters().count(), census: Census::of(&book), pages };
    (!report.forbids_the_book()).then_some(Bound { size, editions, book, findings })
}

/// What was made, once its diagnostics are told; nothing if the program failed at it.
fn told_of<T>(
    made: Result<Warned<T>, Diagnostic>,
    report: &mut Report,
    sources: &Sources,
) -> Option<T> {
    match made {
        Ok(Warned { value, diagnostics }) => {
            report.tell(diagnostics, sources);
            Some(value)
        }
        Err(fault) => {
            report.tell(vec![fault], sources);
            None
        }
    }
}
