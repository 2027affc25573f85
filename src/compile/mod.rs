//! The whole way from `book.yaml` to the bytes of both editions, without a disk.

mod binding;
mod documents;
mod editions;
#[cfg(feature = "epub")]
mod fonts;
mod pictures;
mod request;
mod statistics;
mod stylesheets;
mod volumes;

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
use crate::resolve::{self, Findings, Resolved, SourceForm};
use crate::source::{Sources, Span};
use crate::style::Medium;
use crate::typeset::{self, output::frame::Frames};
use crate::world::World;

use binding::Binder;
use volumes::Whole;

pub use volumes::BoundVolume;

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
    /// The volumes, where the book is bound in several; there are no other bytes then.
    pub volumes: Vec<BoundVolume>,
    /// What the volumes are made of, until they are.
    kept: Option<(Resolved, Library)>,
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
        compiled.volumes.clear();
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
        let Some((book, findings, kept)) = self.take(assembled) else { return };
        self.kept = kept;
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

    /// Makes the editions.
    fn make_editions(&mut self, world: &dyn World, formats: Formats, request: &Request) {
        let (Some(config), Some(mut book)) = (self.config.take(), self.book.take())
        else {
            return;
        };
        request.begin(if formats.pdf { Stage::Typesetting } else { Stage::Writing });
        let mut media = formats.media();
        let by_pages = config.volumes.as_ref().is_some_and(|it| it.max_pages.is_some());
        if by_pages && !media.contains(&Medium::Print) {
            media.push(Medium::Print);
        }
        let sheets = Stylesheets::read(&config, &media, world, &mut self.sources);
        let sheets = sheets.into_value(&mut self.diagnostics);
        if let Some(sheet) = &sheets.print {
            book.metadata.typefaces = typeset::typefaces(&book, &config, sheet, world);
        }
        let binder = Binder {
            sheets: &sheets,
            formats,
            keeps_pages: request.keeps_pages(),
            keeps_text: request.compares_text(),
            world,
        };
        let texts = match self.volumes_of(&config, &book, &binder) {
            Some(texts) => texts,
            None => {
                let frames = binder.set(&book, &config).into_value(&mut self.diagnostics);
                let bound = binder.write(&mut book, &config, frames);
                (self.epub, self.pdf) = (bound.epub, bound.pdf);
                (self.page_count, self.pages) = (bound.page_count, bound.pages);
                self.diagnostics.extend(bound.diagnostics);
                bound.texts
            }
        };
        (self.config, self.book) = (Some(config), Some(book));
        self.compare(texts.into_iter().flatten());
    }

    /// Binds the volumes, if there are to be several, and gives their text. Where they cannot be
    /// made, nothing is.
    fn volumes_of(
        &mut self,
        config: &BookConfig,
        book: &Book,
        binder: &Binder,
    ) -> Option<[Option<EditionText>; 2]> {
        let settings = config.volumes.as_ref()?;
        let (resolved, library) = self.kept.take()?;
        let manuscript = self.manuscript.as_ref()?;
        let (resolved, library) = (&resolved, &library);
        let whole = Whole { config, settings, manuscript, resolved, library, book };
        match whole.bind(binder)? {
            Ok(Warned { value: volumes, diagnostics }) => {
                self.diagnostics.extend(diagnostics);
                let mut texts = [None, None];
                let mut page_count = None;
                for (volume, text) in volumes {
                    page_count = add(page_count, volume.page_count);
                    self.volumes.push(volume);
                    for (all, next) in texts.iter_mut().zip(text) {
                        *all = match (all.take(), next) {
                            (Some(all), Some(next)) => {
                                Some(EditionText::followed_by(all, next))
                            }
                            (all, next) => all.or(next),
                        };
                    }
                }
                self.page_count = page_count;
                Some(texts)
            }
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                Some([None, None])
            }
        }
    }

    /// Looks for the words of the posts in editions.
    fn compare(&mut self, editions: impl Iterator<Item = EditionText>) {
        let editions: Vec<EditionText> = editions.collect();
        let Some(manuscript) = self.manuscript.as_ref().filter(|_| !editions.is_empty())
        else {
            return;
        };
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
}

/// The sum of what is known.
fn add(a: Option<usize>, b: Option<usize>) -> Option<usize> {
    a.map(|a| a + b.unwrap_or(0)).or(b)
}

/// A book, what was found in each chapter, and what volumes are made of, if there are to be some.
type Assembled = (Book, Vec<Findings>, Option<(Resolved, Library)>);

/// Makes the book of gathered posts, and says what was taken for a source in each chapter. The files
/// that it names are read through `sources`.
fn assemble(
    config: &BookConfig,
    manuscript: &Manuscript,
    rules: &Rules,
    account: &mut Account,
    world: &dyn World,
    sources: &mut Sources,
) -> Outcome<Assembled> {
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
    let kept = config.volumes.as_ref().map(|_| resolved.clone());
    let book = book::assemble(config, manuscript, resolved, &library, None);
    let book = book.into_value(&mut diagnostics);
    let kept = kept.map(|resolved| (resolved, library));
    Ok(Warned { value: (book, findings, kept), diagnostics })
}
