//! `@import`: the stylesheets of a book in order, each after those that it imports (CSS Cascade 5,
//! section 2).

use std::sync::Arc;

use cssparser::{
    AtRuleParser, CowRcStr, ParseError, Parser, ParserState, QualifiedRuleParser,
    StyleSheetParser,
};

use super::media::Medium;
use crate::diag::{Code, Diagnostic, Warned};
use crate::source::{FileId, Sources, Span};
use crate::world::{World, normalize};

/// A stylesheet before it is parsed.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    /// The file, as diagnostics name it.
    pub file: FileId,
    /// Its path, which what it names is relative to.
    pub path: String,
    /// Its text.
    pub text: Arc<str>,
    /// Whether it is one of this tool's own themes, of which nothing is reported.
    pub own: bool,
}

/// The maximum depth to which stylesheets may import one another.
const MAX_IMPORT_DEPTH: usize = 8;

/// Stylesheets in the order of the cascade, before each what it imports for a medium.
pub(super) fn with_imports(
    sheets: &[Sheet],
    medium: Medium,
    world: &dyn World,
    sources: &mut Sources,
) -> Warned<Vec<Sheet>> {
    let mut resolver = ImportResolver {
        medium,
        world,
        sources,
        open: Vec::new(),
        all: Vec::new(),
        diagnostics: Vec::new(),
    };
    sheets.iter().for_each(|sheet| resolver.add(sheet.clone()));
    Warned { value: resolver.all, diagnostics: resolver.diagnostics }
}

struct ImportResolver<'a> {
    medium: Medium,
    world: &'a dyn World,
    sources: &'a mut Sources,
    /// The paths of the stylesheets that import one another down to here.
    open: Vec<String>,
    all: Vec<Sheet>,
    diagnostics: Vec<Diagnostic>,
}

impl ImportResolver<'_> {
    fn add(&mut self, sheet: Sheet) {
        self.open.push(normalize(&sheet.path));
        for Import { address, applies, span } in imports(&sheet, self.medium) {
            if !applies {
                continue;
            }
            match self.imported(&sheet, &address) {
                Some(imported) => self.add(imported),
                None => self.diagnostics.push(missing(&address).at(span)),
            }
        }
        self.open.pop();
        self.all.push(sheet);
    }

    fn imported(&mut self, sheet: &Sheet, address: &str) -> Option<Sheet> {
        let path = file_path(&sheet.path, address, self.world)?;
        if self.open.contains(&path) || self.open.len() >= MAX_IMPORT_DEPTH {
            return None;
        }
        let bytes = self.world.read(&path).ok()?;
        let text: Arc<str> = std::str::from_utf8(&bytes).ok()?.into();
        let file = self.sources.add(&path, text.clone());
        Some(Sheet { file, path, text, own: sheet.own })
    }
}

/// The path from the book's folder of a file that a stylesheet names: beside the stylesheet, or
/// beside `book.yaml`.
pub(super) fn file_path(sheet: &str, address: &str, world: &dyn World) -> Option<String> {
    if is_remote(address) {
        return None;
    }
    let folder = sheet.rsplit_once('/').map_or("", |(folder, _)| folder);
    let places = [format!("{folder}/{address}"), address.to_owned()];
    let mut places = places.iter().map(|path| normalize(path.trim_start_matches('/')));
    places.find(|path| world.exists(path))
}

/// The diagnostic of a file that is not there.
pub(super) fn missing(address: &str) -> Diagnostic {
    let say = Diagnostic::new(
        Code::CssMissingFile,
        format!("the stylesheet names `{address}`, which is not there"),
    );
    if is_remote(address) {
        say.hint("nothing is read from the network: lay the file beside the book")
    } else {
        say.hint("paths are looked for beside the stylesheet, and beside book.yaml")
    }
}

fn is_remote(address: &str) -> bool {
    address.contains("://") || address.starts_with("//")
}

struct Import {
    address: String,
    applies: bool,
    span: Span,
}

fn imports(sheet: &Sheet, medium: Medium) -> Vec<Import> {
    let mut input = Parser::new(&sheet.text);
    let (file, text) = (sheet.file, &*sheet.text);
    let mut reader =
        ImportParser { file, text, medium, has_rules: false, imports: Vec::new() };
    StyleSheetParser::new(&mut input, &mut reader).for_each(drop);
    reader.imports
}

/// A parser of the imports that stand before all rules.
struct ImportParser<'t> {
    file: FileId,
    text: &'t str,
    medium: Medium,
    has_rules: bool,
    imports: Vec<Import>,
}

impl<'i> AtRuleParser<'i> for ImportParser<'_> {
    type Prelude = Import;
    type AtRule = ();
    type Error = ();

    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
    ) -> Result<Import, ParseError<()>> {
        let name = name.to_ascii_lowercase();
        self.has_rules |= super::read::ends_imports(&name);
        if name != "import" || self.has_rules {
            return Err(ParseError::custom(()));
        }
        input.skip_whitespace();
        let start = input.position();
        let address = input.expect_url_or_string()?.to_string();
        let end = input.position();
        let applies = super::media::applies(input, self.medium);
        let range = start.byte_index()..end.byte_index().min(self.text.len());
        Ok(Import { address, applies, span: Span::new(self.file, range) })
    }

    fn rule_without_block(&mut self, import: Import, _: &ParserState) -> Result<(), ()> {
        self.imports.push(import);
        Ok(())
    }
}

impl QualifiedRuleParser<'_> for ImportParser<'_> {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = ();

    fn parse_prelude(&mut self, _: &mut Parser<'_>) -> Result<(), ParseError<()>> {
        self.has_rules = true;
        Err(ParseError::custom(()))
    }
}
