//! The stylesheets of a book: the default theme, and what `styles` in `book.yaml` puts on top.

use std::sync::Arc;

use crate::config::{BookConfig, StyleName};
use crate::diag::{Code, Diagnostic, Warned, nearest};
use crate::source::Sources;
use crate::style::{EbookSheet, Medium, Sheet, Stylesheet, THEMES, theme};
use crate::world::{World, normalize};

/// First in `styles`, it leaves out the default theme.
const WITHOUT_THEME: &str = "none";

/// The stylesheets of a book, read for each edition that is made.
#[derive(Debug, Default)]
pub(crate) struct Stylesheets {
    /// For the PDF.
    pub print: Option<Stylesheet>,
    /// For the EPUB.
    pub ebook: Option<EbookSheet>,
    /// For the fonts that are to be in the EPUB.
    pub ebook_rules: Option<Stylesheet>,
}

impl Stylesheets {
    /// Reads the stylesheets of a book for some media. Files are read through `sources`.
    pub(crate) fn read(
        config: &BookConfig,
        media: &[Medium],
        world: &dyn World,
        sources: &mut Sources,
    ) -> Warned<Self> {
        let mut diagnostics = Vec::new();
        let sheets = sheets(config, world, sources, &mut diagnostics);
        let mut made = Self::default();
        let mut said = Vec::new();
        for medium in media {
            match medium {
                Medium::Print => {
                    let sheet = Stylesheet::read(&sheets, *medium, world, sources);
                    made.print = Some(sheet.into_value(&mut said));
                }
                Medium::Ebook => {
                    let sheet = EbookSheet::of(&sheets, world, sources);
                    made.ebook = Some(sheet.into_value(&mut said));
                    made.ebook_rules = config.epub.embed_fonts.then(|| {
                        let rules = Stylesheet::read(&sheets, *medium, world, sources);
                        rules.into_value(&mut said)
                    });
                }
            }
        }
        // What is wrong for both media is said once.
        for diagnostic in said {
            if !diagnostics.contains(&diagnostic) {
                diagnostics.push(diagnostic);
            }
        }
        Warned { value: made, diagnostics }
    }
}

/// All stylesheets in the order of the cascade.
fn sheets(
    config: &BookConfig,
    world: &dyn World,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Sheet> {
    let [first, ..] = THEMES;
    let mut sheets = Vec::new();
    let named = match config.styles.as_slice() {
        [none, rest @ ..] if none.name == WITHOUT_THEME => rest,
        all => {
            sheets.extend(own(first, sources));
            all
        }
    };
    for named in named.iter().filter(|it| it.name != first) {
        if let Some(theme) = own(&named.name, sources) {
            sheets.push(theme);
            continue;
        }
        match file(&named.name, world, sources) {
            Ok(sheet) => sheets.push(sheet),
            Err(reason) => diagnostics.push(unreadable(named, reason)),
        }
    }
    sheets
}

fn own(name: &str, sources: &mut Sources) -> Option<Sheet> {
    // The user may have a `book.css` too.
    let path = format!("bindery:{name}.css");
    let text: Arc<str> = theme(name)?.into();
    Some(Sheet { file: sources.add(&path, text.clone()), path, text, own: true })
}

fn file(path: &str, world: &dyn World, sources: &mut Sources) -> Result<Sheet, String> {
    let bytes = world.read(&normalize(path)).map_err(|error| error.to_string())?;
    let text = std::str::from_utf8(&bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    let text: Arc<str> = text.trim_start_matches('\u{feff}').into();
    let file = sources.add(path, text.clone());
    Ok(Sheet { file, path: path.to_owned(), text, own: false })
}

fn unreadable(named: &StyleName, reason: String) -> Diagnostic {
    let StyleName { name, span } = named;
    let say = Diagnostic::new(
        Code::InvalidValue,
        format!("the stylesheet `{name}` cannot be read: {reason}"),
    )
    .at(*span);
    match nearest(name, THEMES).filter(|_| !name.contains('.')) {
        Some(theme) => say.hint(format!("did you mean the theme `{theme}`?")),
        None => say.hint(format!(
            "it takes a file beside book.yaml, or a theme: {}",
            THEMES.map(|name| format!("`{name}`")).join(", ")
        )),
    }
}
