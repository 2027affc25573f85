//! Imports: the stylesheets of a book one after the other, each after those that it imports.

use std::sync::Arc;

use cssparser::{
    AtRuleParser, CowRcStr, ParseError, Parser, ParserState, QualifiedRuleParser,
    StyleSheetParser,
};

use super::media::Medium;
use crate::diag::{Code, Diagnostic, Warned};
use crate::source::{FileId, Sources, Span};
use crate::world::{World, normalize};

/// A stylesheet before it is read.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The file, as diagnostics name it.
    pub file: FileId,
    /// Its path, which what it names is relative to.
    pub path: String,
    /// Its text.
    pub text: Arc<str>,
    /// Whether it is one of this tool's own themes, of which nothing is said.
    pub own: bool,
}

/// How deep stylesheets may import one another.
const DEEPEST: usize = 8;

/// Stylesheets in the order of the cascade, what they import for a medium before them.
pub(super) fn unfolded(
    sheets: &[Sheet],
    medium: Medium,
    world: &dyn World,
    sources: &mut Sources,
) -> Warned<Vec<Sheet>> {
    let mut unfolder = Unfolder {
        medium,
        world,
        sources,
        open: Vec::new(),
        all: Vec::new(),
        diagnostics: Vec::new(),
    };
    sheets.iter().for_each(|sheet| unfolder.add(sheet.clone()));
    Warned { value: unfolder.all, diagnostics: unfolder.diagnostics }
}

struct Unfolder<'a> {
    medium: Medium,
    world: &'a dyn World,
    sources: &'a mut Sources,
    /// The paths of the stylesheets that import one another down to here.
    open: Vec<String>,
    all: Vec<Sheet>,
    diagnostics: Vec<Diagnostic>,
}

impl Unfolder<'_> {
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
        let path = found(&sheet.path, address, self.world)?;
        if self.open.contains(&path) || self.open.len() >= DEEPEST {
            return None;
        }
        let bytes = self.world.read(&path).ok()?;
        let text: Arc<str> = std::str::from_utf8(&bytes).ok()?.into();
        let file = self.sources.add(&path, text.clone());
        Some(Sheet { file, path, text, own: sheet.own })
    }
}

/// A file that a stylesheet names, by its path from the book's folder: beside the stylesheet, or
/// beside `book.yaml`.
pub(super) fn found(sheet: &str, address: &str, world: &dyn World) -> Option<String> {
    if is_remote(address) {
        return None;
    }
    let folder = sheet.rsplit_once('/').map_or("", |(folder, _)| folder);
    let places = [format!("{folder}/{address}"), address.to_owned()];
    let mut places = places.iter().map(|path| normalize(path.trim_start_matches('/')));
    places.find(|path| world.exists(path))
}

/// What is said of a file that is not there.
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
    let mut reader = Reader { file, text, medium, begun: false, imports: Vec::new() };
    StyleSheetParser::new(&mut input, &mut reader).for_each(drop);
    reader.imports
}

/// Reads what stands before all rules, where alone imports hold (CSS Cascade 4, 2).
struct Reader<'t> {
    file: FileId,
    text: &'t str,
    medium: Medium,
    begun: bool,
    imports: Vec<Import>,
}

impl<'i> AtRuleParser<'i> for Reader<'_> {
    type Prelude = Import;
    type AtRule = ();
    type Error = ();

    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
    ) -> Result<Import, ParseError<()>> {
        let name = name.to_ascii_lowercase();
        self.begun |= super::read::begins(&name);
        if name != "import" || self.begun {
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

impl QualifiedRuleParser<'_> for Reader<'_> {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = ();

    fn parse_prelude(&mut self, _: &mut Parser<'_>) -> Result<(), ParseError<()>> {
        self.begun = true;
        Err(ParseError::custom(()))
    }
}
