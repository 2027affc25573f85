//! Parsing stylesheets: their rules, and what is wrong in them (CSS Syntax 3).

use std::sync::Arc;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, ParseErrorKind, Parser,
    ParserState, QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser,
    StyleSheetParser,
};

use super::cascade::Origin;
use super::declaration::{Declaration, DeclarationError, Place, WrittenDeclaration};
use super::font_face::FontFace;
use super::font_face::FontFaceParser;
use super::margin_box::MarginBox;
use super::media::{self, Medium};
use super::page::{PageRule, PageSelector};
use super::rules::{Rule, RuleIndex};
use super::tokens;
use crate::diag::{Code, Diagnostic};
use crate::selector::parser::SelectorParseErrorKind as Kind;
use crate::selector::{self, SelectorList, Selectors};
use crate::source::{FileId, Span};

/// The rules of all stylesheets that were parsed.
#[derive(Debug, Default)]
pub(super) struct ParsedRules {
    pub(super) rules: RuleIndex,
    pub(super) pages: Vec<PageRule>,
    pub(super) faces: Vec<FontFace>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) order: u32,
}

/// Where a stylesheet comes from, and what it is read for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source {
    pub(super) file: FileId,
    pub(super) origin: Origin,
    pub(super) medium: Medium,
}

/// Parses one stylesheet.
pub(super) fn read(text: &str, source: Source, out: &mut ParsedRules) {
    let mut parser = Parser::new(text);
    let prefixes = Vec::new();
    let mut reader =
        RuleParser { text, source, out, prefixes, applies: true, has_rules: false };
    reader.rules(&mut parser);
}

/// The diagnostic of what is not CSS.
pub(super) fn syntax_error() -> Diagnostic {
    Diagnostic::new(Code::CssSyntax, "this is no CSS, and is left out")
        .hint("what stands before and after it holds")
}

/// The span of the first line of a part of a stylesheet.
pub(super) fn span_of(slice: &str, text: &str, file: FileId) -> Span {
    let start = (slice.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let start = start.min(text.len());
    let shown = slice.lines().next().unwrap_or_default().trim_end().len();
    Span::new(file, start..(start + shown).min(text.len()))
}

/// Parses the selectors of a rule.
pub(super) fn selectors(
    input: &mut Parser,
    prefixes: &[(String, String)],
) -> Result<SelectorList<Selectors>, RuleErrorKind> {
    selector::parse(input, prefixes).map_err(|error| match error.kind {
        ParseErrorKind::Custom(Kind::UnsupportedPseudoClassOrElement) => {
            RuleErrorKind::Selector
        }
        _ => RuleErrorKind::Syntax,
    })
}

struct RuleParser<'a> {
    text: &'a str,
    source: Source,
    out: &'a mut ParsedRules,
    prefixes: Vec<(String, String)>,
    /// Whether all media queries around match, so that rules hold.
    applies: bool,
    /// Whether rules have begun, after which no `@import` may stand.
    has_rules: bool,
}

/// Why a rule is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RuleErrorKind {
    /// It is not CSS.
    Syntax,
    /// It has a selector that this tool does not know.
    Selector,
    /// It is an at-rule that the PDF has nothing for, by its name.
    AtRule(String),
    /// It is an `@import` after other rules.
    LateImport,
}

impl RuleParser<'_> {
    fn rules(&mut self, input: &mut Parser<'_>) {
        let mut rejected = Vec::new();
        for rule in StyleSheetParser::new(input, self) {
            if let Err((error, slice, _)) = rule {
                rejected.push((error, slice));
            }
        }
        for (error, slice) in rejected {
            let kind = match error.kind {
                ParseErrorKind::Custom(kind) => kind,
                ParseErrorKind::Basic(_) => RuleErrorKind::Syntax,
            };
            self.reject_rule(slice, kind);
        }
    }

    fn reject_rule(&mut self, slice: &str, kind: RuleErrorKind) {
        if self.source.origin == Origin::UserAgent || !self.applies {
            return;
        }
        let unsupported = |what: String| {
            let is_print = self.source.medium == Medium::Print;
            is_print.then(|| super::check::unsupported(&what))
        };
        let diagnostic = match kind {
            RuleErrorKind::Syntax => Some(syntax_error()),
            RuleErrorKind::Selector => {
                let selector = tokens::before_block(slice);
                unsupported(format!("the selector `{selector}`"))
            }
            RuleErrorKind::AtRule(name) => unsupported(format!("`@{name}`")),
            RuleErrorKind::LateImport => Some(
                Diagnostic::new(Code::CssSyntax, "an `@import` stands after other rules")
                    .hint("imports hold at the beginning of a stylesheet only"),
            ),
        };
        let span = span_of(slice, self.text, self.source.file);
        self.out.diagnostics.extend(diagnostic.map(|it| it.at(span)));
    }

    fn declarations(
        &mut self,
        input: &mut Parser<'_>,
        place: Place,
    ) -> (Vec<Declaration>, MarginBoxes<Declaration>) {
        let Block { declarations, boxes, rejected } =
            block(input, self.source.file, place);
        for slice in rejected {
            self.reject_rule(slice, RuleErrorKind::Syntax);
        }
        let declarations = self.parsed(&declarations, place);
        let parsed = |(place, declarations): (_, Vec<WrittenDeclaration>)| {
            (place, self.parsed(&declarations, Place::Style))
        };
        let boxes = boxes.into_iter().map(parsed).collect();
        (declarations, boxes)
    }

    /// The declarations that take part in the cascade; of the others it is reported why not.
    fn parsed(
        &mut self,
        written: &[WrittenDeclaration],
        place: Place,
    ) -> Vec<Declaration> {
        let mut parsed = Vec::new();
        for declaration in written {
            match declaration.parse(place) {
                Ok(declaration) => parsed.push(declaration),
                Err(error) => self.reject_declaration(declaration, error),
            }
        }
        parsed
    }

    fn reject_declaration(
        &mut self,
        declaration: &WrittenDeclaration,
        error: DeclarationError,
    ) {
        let Source { origin, medium, .. } = self.source;
        if origin != Origin::UserAgent && medium != Medium::Ebook && self.applies {
            self.out.diagnostics.extend(super::check::rejected(declaration, error));
        }
    }

    /// The font that an `@font-face` rule declares.
    fn face(&mut self, input: &mut Parser<'_>) -> Option<FontFace> {
        let Block { declarations, rejected, .. } =
            block(input, self.source.file, Place::Style);
        for slice in rejected {
            self.reject_rule(slice, RuleErrorKind::Syntax);
        }
        let mut face = FontFaceParser::default();
        for descriptor in &declarations {
            let error = match face.read(descriptor) {
                Some(read) => read.err().map(DeclarationError::Value),
                None => descriptor.parse(Place::Style).err(),
            };
            if let Some(error) = error {
                self.reject_declaration(descriptor, error);
            }
        }
        face.finish()
    }
}

/// Margin boxes, and what is declared of them.
type MarginBoxes<T> = Vec<(MarginBox, Vec<T>)>;

/// The block of a rule.
pub(super) struct Block<'i> {
    pub(super) declarations: Vec<WrittenDeclaration<'i>>,
    /// The margin boxes of a page.
    boxes: MarginBoxes<WrittenDeclaration<'i>>,
    /// The text of what is neither.
    pub(super) rejected: Vec<&'i str>,
}

/// Parses the block of a rule; margin boxes may stand in that of a page.
pub(super) fn block<'i>(input: &mut Parser<'i>, file: FileId, place: Place) -> Block<'i> {
    let mut reader = BlockParser { file, place, boxes: Vec::new() };
    let (mut declarations, mut rejected) = (Vec::new(), Vec::new());
    for item in RuleBodyParser::new(input, &mut reader) {
        match item {
            Ok(declaration) => declarations.extend(declaration),
            Err((_, slice, _)) => rejected.push(slice),
        }
    }
    Block { declarations, boxes: reader.boxes, rejected }
}

/// The prelude of an at-rule: what stands before its block.
enum Prelude {
    /// A group of rules, and whether they hold.
    Group(bool),
    Page(Vec<PageSelector>),
    FontFace,
    Namespace(String, String),
    /// Nothing: it was followed before, or means something only on a screen.
    Nothing,
}

impl<'i> QualifiedRuleParser<'i> for RuleParser<'_> {
    type Prelude = SelectorList<Selectors>;
    type QualifiedRule = ();
    type Error = RuleErrorKind;

    fn parse_prelude(
        &mut self,
        input: &mut Parser<'i>,
    ) -> Result<Self::Prelude, ParseError<RuleErrorKind>> {
        self.has_rules = true;
        selectors(input, &self.prefixes).map_err(ParseError::custom)
    }

    fn parse_block(
        &mut self,
        selectors: Self::Prelude,
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<RuleErrorKind>> {
        let (declarations, _) = self.declarations(input, Place::Style);
        if !self.applies {
            return Ok(());
        }
        let declarations: Arc<[Declaration]> = declarations.into();
        for selector in selectors.slice() {
            self.out.order += 1;
            self.out.rules.add(Rule {
                pseudo: selector.pseudo_element().copied(),
                selector: selector.clone(),
                declarations: declarations.clone(),
                origin: self.source.origin,
                order: self.out.order,
                counts: super::rules::counts(selector),
            });
        }
        Ok(())
    }
}

impl<'i> AtRuleParser<'i> for RuleParser<'_> {
    type Prelude = Prelude;
    type AtRule = ();
    type Error = RuleErrorKind;

    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
    ) -> Result<Prelude, ParseError<RuleErrorKind>> {
        let name = name.to_ascii_lowercase();
        let late = self.has_rules;
        self.has_rules |= ends_imports(&name);
        Ok(match name.as_str() {
            "media" => Prelude::Group(media::applies(input, self.source.medium)),
            "supports" => Prelude::Group(super::check::supports(input)),
            "layer" => {
                while input.next().is_ok() {}
                Prelude::Group(true)
            }
            "page" => {
                let selectors = super::page::selectors(input);
                Prelude::Page(
                    selectors.map_err(|_| ParseError::custom(RuleErrorKind::Syntax))?,
                )
            }
            "font-face" => Prelude::FontFace,
            "namespace" => {
                let prefix = input.try_parse(Parser::expect_ident_cloned);
                let url = input.expect_url_or_string()?.to_string();
                let prefix = prefix.map(|it| it.to_string()).unwrap_or_default();
                Prelude::Namespace(prefix, url)
            }
            "import" if late => {
                return Err(ParseError::custom(RuleErrorKind::LateImport));
            }
            "import" | "charset" => {
                while input.next().is_ok() {}
                Prelude::Nothing
            }
            _ if name.ends_with("keyframes") || name == "property" => {
                while input.next().is_ok() {}
                Prelude::Nothing
            }
            _ => return Err(ParseError::custom(RuleErrorKind::AtRule(name))),
        })
    }

    fn rule_without_block(
        &mut self,
        prelude: Prelude,
        _: &ParserState,
    ) -> Result<(), ()> {
        match prelude {
            Prelude::Namespace(prefix, url) => {
                self.prefixes.push((prefix, url));
                Ok(())
            }
            Prelude::Nothing | Prelude::Group(true) => Ok(()),
            _ => Err(()),
        }
    }

    fn parse_block(
        &mut self,
        prelude: Prelude,
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<RuleErrorKind>> {
        match prelude {
            Prelude::Group(holds) => {
                let outer = self.applies;
                self.applies = outer && holds;
                self.rules(input);
                self.applies = outer;
            }
            Prelude::Page(selectors) => {
                let (declarations, boxes) = self.declarations(input, Place::Page);
                if self.applies {
                    self.out.order += 1;
                    let order = self.out.order;
                    let rule = PageRule { selectors, declarations, boxes, order };
                    self.out.pages.push(rule);
                }
            }
            Prelude::FontFace => {
                let face = self.face(input);
                if self.applies {
                    self.out.faces.extend(face);
                }
            }
            Prelude::Nothing => while input.next().is_ok() {},
            Prelude::Namespace(..) => {
                return Err(ParseError::custom(RuleErrorKind::Syntax));
            }
        }
        Ok(())
    }
}

/// Whether an at-rule ends the part of a stylesheet in which imports may stand.
pub(super) fn ends_imports(name: &str) -> bool {
    !matches!(name, "import" | "charset" | "layer")
}

/// A parser of declarations, and in `@page` of margin boxes.
struct BlockParser<'i> {
    file: FileId,
    place: Place,
    boxes: MarginBoxes<WrittenDeclaration<'i>>,
}

impl<'i> DeclarationParser<'i> for BlockParser<'i> {
    type Declaration = Option<WrittenDeclaration<'i>>;
    type Error = ();

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        start: &ParserState,
    ) -> Result<Option<WrittenDeclaration<'i>>, ParseError<()>> {
        input.skip_whitespace();
        let from = input.position();
        input.expect_no_error_token()?;
        let value = input.slice_from(from).trim_end();
        let end = input.position().byte_index();
        let (value, important) = tokens::without_important(value);
        let is_custom = name.starts_with("--");
        if value.is_empty() && !is_custom {
            return Err(ParseError::custom(()));
        }
        let name = if is_custom { name.to_string() } else { name.to_ascii_lowercase() };
        let span = Span::new(self.file, start.position().byte_index()..end);
        Ok(Some(WrittenDeclaration { name, value, important, span }))
    }
}

impl<'i> AtRuleParser<'i> for BlockParser<'i> {
    type Prelude = MarginBox;
    type AtRule = Option<WrittenDeclaration<'i>>;
    type Error = ();

    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        _: &mut Parser<'i>,
    ) -> Result<MarginBox, ParseError<()>> {
        let found = MarginBox::named(&name.to_ascii_lowercase());
        let found = found.filter(|_| self.place == Place::Page);
        found.ok_or_else(|| ParseError::custom(()))
    }

    fn parse_block(
        &mut self,
        place: MarginBox,
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<Option<WrittenDeclaration<'i>>, ParseError<()>> {
        let inner = block(input, self.file, Place::Style);
        self.boxes.push((place, inner.declarations));
        Ok(None)
    }
}

impl<'i> QualifiedRuleParser<'i> for BlockParser<'i> {
    type Prelude = ();
    type QualifiedRule = Option<WrittenDeclaration<'i>>;
    type Error = ();
}

impl<'i> RuleBodyItemParser<'i, Option<WrittenDeclaration<'i>>, ()> for BlockParser<'i> {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}
