//! The whole way from `book.yaml` to the bytes of both editions, without a disk.

mod documents;
mod editions;
#[cfg(feature = "epub")]
mod fonts;
mod pictures;
mod request;
mod statistics;
mod stylesheets;

use crate::bibliography::Library;
use crate::book::{self, Book};
use crate::comments;
use crate::comparison::{self, Comparison, EditionText};
use crate::config::arrangement;
use crate::config::{self, BookConfig, NumberStyle};
use crate::diag::{self, Code, Diagnostic, Outcome, Severity, Warned};
use crate::dialect;
use crate::edits::{self, Account, Rules};
#[cfg(feature = "highlight")]
use crate::highlight;
use crate::manuscript::{self, Manuscript};
use crate::permissions;
use crate::resolve::{self, Findings, SourceForm};
use crate::source::{Sources, Span};
use crate::typeset;
use crate::typeset::output::frame::Frames;
use crate::world::World;

pub use request::{Formats, Goal, Request, Stage};
pub(crate) use statistics::Statistics;
pub(crate) use stylesheets::Stylesheets;

/// What became of a book: what could be made of it, and everything that is to be said about it.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Compiled {
    /// The settings of the book; none where they cannot be read.
    pub(crate) config: Option<BookConfig>,
    /// The posts, gathered; none where that failed.
    pub manuscript: Option<Manuscript>,
    /// The book; none where its sources do not allow any.
    pub book: Option<Book>,
    /// What was taken for a source, and what was not, in each chapter.
    pub(crate) findings: Vec<Findings>,
    /// What the rules of `book.yaml` changed of the posts.
    pub(crate) edits: Account,
    /// Errors and warnings, in the order of the stages.
    pub diagnostics: Vec<Diagnostic>,
    /// How many of these are about the settings and the choice of posts; those after them are about
    /// what the posts say.
    pub(crate) gathering_diagnostics: usize,
    /// The files that were read: the spans of the diagnostics are places in them.
    pub sources: Sources,
    /// The bytes of the EPUB, where one was asked for and could be made.
    pub epub: Option<Vec<u8>>,
    /// The bytes of the PDF, where one was asked for and could be made.
    pub pdf: Option<Vec<u8>>,
    /// How many pages the PDF has.
    pub page_count: Option<usize>,
    /// What came of looking for the posts' words in each edition, where the request asks for it.
    pub(crate) comparisons: Vec<Comparison>,
    /// The pages of the PDF, where the request asks to keep them.
    pub pages: Option<Frames>,
}

/// Compiles the book whose settings are in the file `book` of `world`.
///
/// It never fails as a whole: where one edition cannot be made, the other one is, and
/// `diagnostics` says why. No bytes are made of a book whose errors forbid that.
pub fn compile(world: &dyn World, book: &str, request: &Request) -> Compiled {
    let mut compiled = Compiled::default();
    request.begin(Stage::Reading);
    let rules = compiled.read(world, book, request);
    compiled.gathering_diagnostics = compiled.diagnostics.len();
    if request.goal() > Goal::Manuscript {
        compiled.assemble(&rules, world, request.is_strict());
    }
    if let Goal::Editions(formats) = request.goal() {
        compiled.make_editions(world, formats, request);
    }
    if request.is_strict() {
        compiled.diagnostics.iter_mut().for_each(|it| it.severity = Severity::Error);
    }
    if compiled.forbids_the_book() {
        (compiled.epub, compiled.pdf) = (None, None);
    }
    compiled
}

impl Compiled {
    /// Whether there is an error, be it one that spares the book.
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(|it| it.severity == Severity::Error)
    }

    /// Whether there is an error with which no book is made.
    pub(crate) fn forbids_the_book(&self) -> bool {
        let mut errors =
            self.diagnostics.iter().filter(|it| it.severity == Severity::Error);
        errors.any(|it| !it.code.spares_the_book())
    }

    /// Reads the settings, and gathers the posts; gives what is to be changed of these.
    fn read(&mut self, world: &dyn World, book: &str, request: &Request) -> Rules {
        let config = config::read(world, book, &mut self.sources);
        let Some(mut config) = self.take(config) else { return Rules::default() };
        request.choose_tags(&mut config);
        if !request.ignores_arrangement() {
            let arranged = arrangement::arrange(config, world, &mut self.sources);
            let Some(arranged) = self.take(arranged) else { return Rules::default() };
            config = arranged;
        }
        let rules = Rules::new(&config.edits).into_value(&mut self.diagnostics);
        let manuscript = manuscript::gather(&config, world, &mut self.sources);
        self.manuscript = self.take(manuscript);
        self.edits = Account::new(&rules);
        if let Some(manuscript) = &mut self.manuscript {
            let hits = edits::replace_in_titles(&rules, manuscript);
            self.edits.add(hits, Vec::new());
        }
        self.config = Some(config);
        rules
    }

    /// Makes the book of the gathered posts.
    fn assemble(&mut self, rules: &Rules, world: &dyn World, strict: bool) {
        let (Some(config), Some(manuscript)) = (&self.config, &self.manuscript) else {
            return;
        };
        let (edits, sources) = (&mut self.edits, &mut self.sources);
        let assembled = assemble(config, manuscript, rules, edits, world, sources);
        let Some((book, findings)) = self.take(assembled) else { return };
        let mut book = book;
        self.permissions(&mut book, world, strict);
        #[cfg(feature = "highlight")]
        if self.config.as_ref().is_some_and(|config| config.highlight_code) {
            highlight::highlight(&mut book);
        }
        self.book = Some(book);
        self.findings = findings;
    }

    /// Takes in what `permissions.yaml` says of the sources that the book quotes.
    fn permissions(&mut self, book: &mut Book, world: &dyn World, strict: bool) {
        let read = permissions::read(world, &mut self.sources);
        let Some(known) = read.into_value(&mut self.diagnostics) else { return };
        if strict {
            let quotations = book::quotations(book);
            let names = quotations.sources.iter().map(|source| source.name.as_str());
            self.diagnostics.extend(known.to_do(names));
        }
        book.permissions = known.lines();
    }

    /// Makes the editions. All that the EPUB needs of the pages is where they begin; it is written
    /// beside the PDF.
    fn make_editions(&mut self, world: &dyn World, formats: Formats, request: &Request) {
        let (Some(config), Some(mut book)) = (self.config.take(), self.book.take())
        else {
            return;
        };
        request.begin(if formats.pdf { Stage::Typesetting } else { Stage::Writing });
        let sheets =
            Stylesheets::read(&config, &formats.media(), world, &mut self.sources);
        let Stylesheets { print, ebook, ebook_rules } =
            sheets.into_value(&mut self.diagnostics);
        let frames = print.map(|sheet| {
            diag::catch("typesetting the book", None, || {
                typeset::typeset(&book, &config, &sheet, world)
            })
        });
        let mut frames = frames.and_then(|frames| self.take_caught(frames));
        let epub = ebook.is_some().then_some(&config.epub);
        self.diagnostics.extend(pictures::fit(&mut book, epub, frames.as_mut()));
        self.page_count = frames.as_ref().map(|frames| frames.pages.len());
        let marks =
            frames.as_ref().filter(|_| ebook.is_some()).map(typeset::page_break_markers);
        self.pages = frames.as_ref().filter(|_| request.keeps_pages()).cloned();
        let printed = frames.as_ref().filter(|_| request.compares_text());
        let printed = printed.map(EditionText::of_pages);
        let (epub, pdf) = rayon::join(
            || {
                let sheet = ebook.as_ref()?;
                let rules = ebook_rules.as_ref();
                let marks = marks.unwrap_or_default();
                Some(diag::catch("writing the EPUB", None, || {
                    editions::epub(&book, &config, sheet, rules, &marks, world)
                }))
            },
            || {
                let frames = frames?;
                let write = || editions::pdf(&book, &config, frames);
                Some(diag::catch("writing the PDF", None, write))
            },
        );
        self.epub = epub.and_then(|epub| self.take_caught(epub)).flatten();
        self.pdf = pdf.and_then(|pdf| self.take_caught(pdf)).flatten();
        (self.config, self.book) = (Some(config), Some(book));
        if request.compares_text() {
            let printed = printed.filter(|_| self.pdf.is_some());
            #[cfg(feature = "epub")]
            let ebook = self.epub.as_deref();
            #[cfg(feature = "epub")]
            let ebook = ebook.map(|it| EditionText::of_epub(&crate::epub::text(it)));
            #[cfg(not(feature = "epub"))]
            let ebook = None;
            self.compare(ebook.into_iter().chain(printed));
        }
    }

    /// Looks for the words of the posts in editions.
    fn compare(&mut self, editions: impl Iterator<Item = EditionText>) {
        let Some(manuscript) = &self.manuscript else { return };
        let told = self.diagnostics.iter().filter(|it| it.code.is_loss());
        let told = told.flat_map(|it| it.span.into_iter().chain(it.also.iter().copied()));
        let dropped = self.findings.iter().flat_map(|it| &it.dropped).map(|it| it.span);
        // A source that is known by name is printed as the book has it.
        let sources = self.findings.iter().flat_map(|it| &it.sources);
        let named = sources.filter(|it| it.form == SourceForm::Name).map(|it| it.span);
        let posts = manuscript.posts.iter();
        let hidden = posts.flat_map(|post| dialect::rewrite(post).value.hidden);
        let known = told.chain(dropped).chain(named).chain(hidden);
        let edited = self.edits.changed.iter().copied();
        let known: Vec<Span> = known.chain(edited).collect();
        for edition in editions {
            let mut comparison = comparison::compare(manuscript, &known, &edition);
            self.diagnostics.append(&mut comparison.diagnostics);
            self.comparisons.push(comparison);
        }
    }

    /// The value of a stage, once its diagnostics are taken in.
    fn take<T>(&mut self, outcome: Outcome<T>) -> Option<T> {
        match outcome {
            Ok(warned) => Some(warned.into_value(&mut self.diagnostics)),
            Err(diagnostics) => {
                self.diagnostics.extend(diagnostics);
                None
            }
        }
    }

    /// The same for a stage that may have panicked.
    fn take_caught<T>(&mut self, made: Result<Warned<T>, Diagnostic>) -> Option<T> {
        self.take(made.map_err(|fault| vec![fault]))
    }
}

/// Makes the book of gathered posts, and says what was taken for a source in each chapter. The files
/// that it names are read through `sources`.
fn assemble(
    config: &BookConfig,
    manuscript: &Manuscript,
    rules: &Rules,
    account: &mut Account,
    world: &dyn World,
    sources: &mut Sources,
) -> Outcome<(Book, Vec<Findings>)> {
    let mut diagnostics = Vec::new();
    let library = Library::open(config, world, sources).into_value(&mut diagnostics);
    if diagnostics.iter().any(|it| it.severity == Severity::Error) {
        return Err(diagnostics);
    }
    let language = &config.language;
    if !language.has_words() {
        let message = format!(
            "there are no words of `{}` for what this tool writes",
            language.tag()
        );
        let said = Diagnostic::new(Code::LanguageWords, message);
        let said = said.at(config.spans.language);
        diagnostics.push(said.hint("contents, notes and dates are named in English"));
    }
    let in_words = [&config.chapter_numbers, &config.part_numbers];
    let in_words = in_words.iter().any(|it| it.style == Some(NumberStyle::Words));
    if in_words && language.in_words(1).is_none() {
        let message = format!("there are no numbers in words of `{}`", language.tag());
        let said = Diagnostic::new(Code::LanguageWords, message);
        let said = said.at(config.spans.language);
        diagnostics.push(said.hint("chapters and parts are numbered in digits"));
    }
    let documents = documents::read(manuscript, rules, account);
    let mut documents = documents.into_value(&mut diagnostics);
    diagnostics.extend(account.unused());
    let comments = comments::read(config, manuscript, world, sources);
    let comments = comments.into_value(&mut diagnostics);
    for (document, comments) in documents.iter_mut().zip(comments) {
        document.comments = comments;
    }
    diag::join(Code::MathUnreadable, &mut diagnostics);
    diag::join(Code::TemplateSyntax, &mut diagnostics);
    let resolved = resolve::resolve(manuscript, documents, &library, config, world);
    let mut resolved = resolved.into_value(&mut diagnostics);
    let findings =
        resolved.chapters.iter_mut().map(|it| std::mem::take(&mut it.findings));
    let findings = findings.collect();
    let book = book::assemble(config, manuscript, resolved, &library);
    let book = book.into_value(&mut diagnostics);
    Ok(Warned { value: (book, findings), diagnostics })
}
