//! Binding: the whole way from `book.yaml` to the bytes of both editions, without a disk.

mod census;

use crate::bibliography::Library;
use crate::book::{self, Book};
use crate::config::{BookConfig, Edition};
use crate::diag::{Code, Diagnostic, Outcome, Warned};
use crate::document::Document;
use crate::manuscript::Manuscript;
use crate::pdf::{self, Information, Purpose};
use crate::resolve::Findings;
use crate::source::{FileId, Sources, Span};
use crate::style::{Medium, SheetSource, Stylesheet};
use crate::world::{World, normalize};
use crate::{epub, markdown, resolve, typeset};

pub use census::Census;

/// A book, and what was found on the way to it.
#[derive(Debug)]
pub struct BoundBook {
    /// The book.
    pub book: Book,
    /// What was taken for a source, and what was not, in each chapter.
    pub findings: Vec<Findings>,
}

/// Makes the book of gathered posts. The files that it names are read through `sources`.
///
/// # Errors
/// What must be mended before any book can be made.
pub fn book(
    config: &BookConfig,
    manuscript: &Manuscript,
    world: &dyn World,
    sources: &mut Sources,
) -> Outcome<BoundBook> {
    let mut diagnostics = Vec::new();
    let library = Library::open(config, world, sources).into_value(&mut diagnostics);
    let documents: Vec<Document> = manuscript
        .posts
        .iter()
        .map(|post| markdown::read(post).into_value(&mut diagnostics))
        .collect();
    let resolved = resolve::resolve(manuscript, documents, &library, config, world);
    let mut resolved = resolved.into_value(&mut diagnostics);
    let findings =
        resolved.chapters.iter_mut().map(|it| std::mem::take(&mut it.findings));
    let findings = findings.collect();
    let book = book::assemble(config, manuscript, resolved, &library);
    let book = book.into_value(&mut diagnostics);
    Ok(Warned { value: BoundBook { book, findings }, diagnostics })
}

/// Makes the EPUB. The stylesheets that `book.yaml` names are read through `sources`.
pub fn epub(
    book: &Book,
    config: &BookConfig,
    world: &dyn World,
    sources: &mut Sources,
) -> Warned<Vec<u8>> {
    let mut diagnostics = Vec::new();
    let stylesheets: Vec<String> = config
        .styles
        .iter()
        .filter(|path| !THEMES.iter().any(|(name, _)| name == path))
        .filter_map(|path| stylesheet(path, config, world, sources, &mut diagnostics))
        .map(|(_, text)| text)
        .collect();
    let nowhere = Span::new(config.file, 0..0);
    let edition =
        epub::Edition { settings: &config.epub, stylesheets: &stylesheets, nowhere };
    Warned { value: epub::write(book, &edition), diagnostics }
}

/// The stylesheets of a book, read for one medium: the default theme, the themes and files that
/// `book.yaml` names.
pub fn stylesheet_of(
    config: &BookConfig,
    medium: Medium,
    world: &dyn World,
    sources: &mut Sources,
) -> Warned<Stylesheet> {
    let mut diagnostics = Vec::new();
    let mut texts: Vec<(FileId, String, String, bool)> = Vec::new();
    let own = |name: &str| format!("{name}.css");
    let file = sources.add(own("book"), THEME);
    texts.push((file, own("book"), THEME.to_owned(), true));
    for path in &config.styles {
        if let Some((name, text)) = THEMES.iter().find(|(name, _)| name == path) {
            texts.push((
                sources.add(own(name), *text),
                own(name),
                (*text).to_owned(),
                true,
            ));
        } else if let Some((file, text)) =
            stylesheet(path, config, world, sources, &mut diagnostics)
        {
            texts.push((file, path.clone(), text, false));
        }
    }
    let sheets: Vec<SheetSource> = texts
        .iter()
        .map(|(file, path, text, own)| SheetSource { file: *file, path, text, own: *own })
        .collect();
    let sheet = Stylesheet::read(&sheets, medium, world, sources);
    Warned { value: sheet.into_value(&mut diagnostics), diagnostics }
}

/// The default theme.
const THEME: &str = include_str!("../styles/book.css");

/// The other themes in the binary, by the names that `styles` may give them.
const THEMES: [(&str, &str); 3] = [
    ("modern", include_str!("../styles/modern.css")),
    ("large-print", include_str!("../styles/large-print.css")),
    ("digest", include_str!("../styles/digest.css")),
];

fn stylesheet(
    path: &str,
    config: &BookConfig,
    world: &dyn World,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(FileId, String)> {
    let unreadable = |reason: String| {
        Diagnostic::new(
            Code::InvalidValue,
            format!("the stylesheet `{path}` cannot be read"),
        )
        .at(Span::new(config.file, 0..0))
        .hint(reason)
    };
    let text = world.read(&normalize(path)).map_err(|error| error.to_string()).and_then(
        |bytes| {
            String::from_utf8(bytes.to_vec()).map_err(|_| "it is not UTF-8".to_owned())
        },
    );
    match text {
        Ok(text) => {
            let file = sources.add(path, text.as_str());
            Some((file, text))
        }
        Err(reason) => {
            diagnostics.push(unreadable(reason));
            None
        }
    }
}

/// A PDF, and how many pages it has.
#[derive(Debug)]
pub struct Pdf {
    /// The file; none if it would not be what its edition promises.
    pub bytes: Option<Vec<u8>>,
    /// Its pages.
    pub pages: usize,
}

/// Makes the PDF.
pub fn pdf(
    book: &Book,
    config: &BookConfig,
    sheet: &Stylesheet,
    world: &dyn World,
) -> Warned<Pdf> {
    let mut diagnostics = Vec::new();
    let frames =
        typeset::typeset(book, config, sheet, world).into_value(&mut diagnostics);
    let bytes =
        pdf::write(&frames, &information(book, config)).into_value(&mut diagnostics);
    Warned { value: Pdf { bytes, pages: frames.pages.len() }, diagnostics }
}

fn information(book: &Book, config: &BookConfig) -> Information {
    let metadata = &book.metadata;
    let date = metadata.modified;
    Information {
        title: metadata.title.clone(),
        authors: metadata.authors.clone(),
        description: metadata.description.clone(),
        language: metadata.language.tag().to_owned(),
        identifier: metadata.identifier.clone(),
        date: (
            date.year().unsigned_abs(),
            date.month().unsigned_abs(),
            date.day().unsigned_abs(),
        ),
        purpose: match config.pdf.edition {
            Edition::Print => Purpose::Print,
            Edition::Screen => Purpose::Screen,
        },
    }
}
