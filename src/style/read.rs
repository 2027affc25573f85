//! Reading stylesheets: rules, and what is amiss in them.

use std::sync::Arc;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, ParseErrorKind, Parser,
    ParserState, QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser,
    StyleSheetParser,
};
use selectors::SelectorList;
use selectors::parser::{ParseRelative, SelectorParseErrorKind as Kind};

use super::media::{self, Medium};
use super::page::{PageRule, PageSelector};
use super::rules::{Declaration, Rule, RuleIndex};
use super::selector::{SelectorReader, Selectors};
use super::sheet::FontFace;
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Span};
use crate::style::computed::MarginBox;

/// What was read of all stylesheets.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) rules: RuleIndex,
    pub(super) pages: Vec<PageRule>,
    pub(super) faces: Vec<FontFace>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) order: u32,
}

/// Where a stylesheet comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    pub(super) file: FileId,
    /// 0 is this tool's own, 1 an author's.
    pub(super) rank: u8,
    pub(super) medium: Medium,
}

/// Reads one stylesheet.
pub(super) fn read(text: &str, origin: Origin, out: &mut Collected) {
    let mut parser = Parser::new(text);
    let prefixes = Vec::new();
    let mut reader = Reader { text, origin, out, prefixes, applies: true, begun: false };
    reader.rules(&mut parser);
}

/// What is said of what is no CSS.
pub(super) fn no_css() -> Diagnostic {
    Diagnostic::new(Code::CssSyntax, "this is no CSS, and is left out")
        .hint("what stands before and after it holds")
}

/// The place of the first line of a part of a stylesheet.
pub(super) fn span_of(slice: &str, text: &str, file: FileId) -> Span {
    let start = (slice.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let start = start.min(text.len());
    let shown = slice.lines().next().unwrap_or_default().trim_end().len();
    Span::new(file, start..(start + shown).min(text.len()))
}

/// Reads the selectors of a rule.
pub(super) fn selectors(
    input: &mut Parser,
    prefixes: &[(String, String)],
) -> Result<SelectorList<Selectors>, Unread> {
    let reader = SelectorReader { prefixes };
    SelectorList::parse(&reader, input, ParseRelative::No).map_err(|error| {
        match error.kind {
            ParseErrorKind::Custom(Kind::UnsupportedPseudoClassOrElement) => {
                Unread::Selector
            }
            _ => Unread::Syntax,
        }
    })
}

struct Reader<'a> {
    text: &'a str,
    origin: Origin,
    out: &'a mut Collected,
    prefixes: Vec<(String, String)>,
    /// Whether the medium that is being read for is that of the book.
    applies: bool,
    /// Whether rules have begun, and imports come too late.
    begun: bool,
}

/// Why a rule was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is no CSS.
    Syntax,
    /// It asks for elements in a way that this tool does not know.
    Selector,
    /// It is a kind of rule that paper has nothing for.
    Rule(String),
    /// It imports, after other rules.
    LateImport,
}

impl Reader<'_> {
    fn rules(&mut self, input: &mut Parser<'_>) {
        let mut refused = Vec::new();
        for rule in StyleSheetParser::new(input, self) {
            if let Err((error, slice, _)) = rule {
                refused.push((error, slice));
            }
        }
        for (error, slice) in refused {
            let why = match error.kind {
                ParseErrorKind::Custom(why) => why,
                ParseErrorKind::Basic(_) => Unread::Syntax,
            };
            self.refuse(slice, why);
        }
    }

    fn refuse(&mut self, slice: &str, why: Unread) {
        if self.origin.rank == 0 || !self.applies {
            return;
        }
        let unsupported = |what: String| {
            let paper = self.origin.medium == Medium::Print;
            paper.then(|| super::check::unsupported(&what))
        };
        let diagnostic = match why {
            Unread::Syntax => Some(no_css()),
            Unread::Selector => {
                let selector = slice.split('{').next().unwrap_or_default().trim();
                unsupported(format!("the selector `{selector}`"))
            }
            Unread::Rule(name) => unsupported(format!("`@{name}`")),
            Unread::LateImport => Some(
                Diagnostic::new(Code::CssSyntax, "an `@import` stands after other rules")
                    .hint("imports hold at the beginning of a stylesheet only"),
            ),
        };
        let span = span_of(slice, self.text, self.origin.file);
        self.out.diagnostics.extend(diagnostic.map(|it| it.at(span)));
    }

    fn declarations(
        &mut self,
        input: &mut Parser<'_>,
        page: bool,
    ) -> (Vec<Declaration>, Boxes) {
        let Body { declarations, boxes, refused } = body(input, self.origin, page);
        for slice in refused {
            self.refuse(slice, Unread::Syntax);
        }
        for declaration in &declarations {
            self.check(declaration, page);
        }
        for (_, declarations) in &boxes {
            declarations.iter().for_each(|declaration| self.check(declaration, false));
        }
        (declarations, boxes)
    }

    fn check(&mut self, declaration: &Declaration, page: bool) {
        if self.origin.rank == 0 || self.origin.medium == Medium::Ebook || !self.applies {
            return;
        }
        self.out.diagnostics.extend(super::check::declaration(declaration, page));
    }
}

/// Margin boxes, and what is declared of them.
type Boxes = Vec<(MarginBox, Vec<Declaration>)>;

/// What stands in the block of a rule.
pub(super) struct Body<'i> {
    pub(super) declarations: Vec<Declaration>,
    /// Margin boxes, of a page.
    boxes: Boxes,
    /// What is none of these.
    pub(super) refused: Vec<&'i str>,
}

/// Reads the block of a rule, in which margin boxes may stand if it is a page's.
pub(super) fn body<'i>(input: &mut Parser<'i>, origin: Origin, page: bool) -> Body<'i> {
    let mut reader = BodyReader { origin, page, boxes: Vec::new() };
    let (mut declarations, mut refused) = (Vec::new(), Vec::new());
    for item in RuleBodyParser::new(input, &mut reader) {
        match item {
            Ok(declaration) => declarations.extend(declaration),
            Err((_, slice, _)) => refused.push(slice),
        }
    }
    Body { declarations, boxes: reader.boxes, refused }
}

/// What an at-rule is before its block.
enum Prelude {
    /// A rule around others, and whether they hold.
    Group(bool),
    Page(Vec<PageSelector>),
    FontFace,
    Namespace(String, String),
    /// What has been done, or is for screens alone.
    Nothing,
}

impl<'i> QualifiedRuleParser<'i> for Reader<'_> {
    type Prelude = SelectorList<Selectors>;
    type QualifiedRule = ();
    type Error = Unread;

    fn parse_prelude(
        &mut self,
        input: &mut Parser<'i>,
    ) -> Result<Self::Prelude, ParseError<Unread>> {
        self.begun = true;
        selectors(input, &self.prefixes).map_err(ParseError::custom)
    }

    fn parse_block(
        &mut self,
        selectors: Self::Prelude,
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<Unread>> {
        let (declarations, _) = self.declarations(input, false);
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
                origin: self.origin.rank,
                order: self.out.order,
                counts: super::rules::counts(selector),
            });
        }
        Ok(())
    }
}

impl<'i> AtRuleParser<'i> for Reader<'_> {
    type Prelude = Prelude;
    type AtRule = ();
    type Error = Unread;

    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
    ) -> Result<Prelude, ParseError<Unread>> {
        let name = name.to_ascii_lowercase();
        let late = self.begun;
        self.begun |= begins(&name);
        Ok(match name.as_str() {
            "media" => Prelude::Group(media::applies(input, self.origin.medium)),
            "supports" => Prelude::Group(super::check::supports(input)),
            "layer" => {
                while input.next().is_ok() {}
                Prelude::Group(true)
            }
            "page" => {
                let selectors = super::page::selectors(input);
                Prelude::Page(selectors.map_err(|_| ParseError::custom(Unread::Syntax))?)
            }
            "font-face" => Prelude::FontFace,
            "namespace" => {
                let prefix = input.try_parse(Parser::expect_ident_cloned);
                let url = input.expect_url_or_string()?.to_string();
                let prefix = prefix.map(|it| it.to_string()).unwrap_or_default();
                Prelude::Namespace(prefix, url)
            }
            "import" if late => return Err(ParseError::custom(Unread::LateImport)),
            "import" | "charset" => {
                while input.next().is_ok() {}
                Prelude::Nothing
            }
            _ if name.ends_with("keyframes") || name == "property" => {
                while input.next().is_ok() {}
                Prelude::Nothing
            }
            _ => return Err(ParseError::custom(Unread::Rule(name))),
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
    ) -> Result<(), ParseError<Unread>> {
        match prelude {
            Prelude::Group(holds) => {
                let outer = self.applies;
                self.applies = outer && holds;
                self.rules(input);
                self.applies = outer;
            }
            Prelude::Page(selectors) => {
                let (declarations, boxes) = self.declarations(input, true);
                if self.applies {
                    self.out.order += 1;
                    let order = self.out.order;
                    let rule = PageRule { selectors, declarations, boxes, order };
                    self.out.pages.push(rule);
                }
            }
            Prelude::FontFace => {
                let (declarations, _) = self.declarations(input, true);
                if self.applies {
                    self.out.faces.extend(super::sheet::face(&declarations));
                }
            }
            Prelude::Nothing => while input.next().is_ok() {},
            Prelude::Namespace(..) => return Err(ParseError::custom(Unread::Syntax)),
        }
        Ok(())
    }
}

/// Whether an at-rule is one after which no import may stand.
pub(super) fn begins(name: &str) -> bool {
    !matches!(name, "import" | "charset" | "layer")
}

/// Reads declarations, and in `@page` margin boxes.
struct BodyReader {
    origin: Origin,
    page: bool,
    boxes: Vec<(MarginBox, Vec<Declaration>)>,
}

impl<'i> DeclarationParser<'i> for BodyReader {
    type Declaration = Option<Declaration>;
    type Error = ();

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        start: &ParserState,
    ) -> Result<Option<Declaration>, ParseError<()>> {
        input.skip_whitespace();
        let from = input.position();
        input.expect_no_error_token()?;
        let value = input.slice_from(from).trim_end();
        let end = input.position().byte_index();
        let bang = value
            .rfind('!')
            .filter(|at| value[at + 1..].trim().eq_ignore_ascii_case("important"));
        let (value, important) = match bang {
            Some(at) => (value[..at].trim_end(), true),
            None => (value, false),
        };
        if value.is_empty() && !name.starts_with("--") {
            return Err(ParseError::custom(()));
        }
        let name = if name.starts_with("--") {
            (&*name).into()
        } else {
            name.to_ascii_lowercase().into()
        };
        let span = Span::new(self.origin.file, start.position().byte_index()..end);
        Ok(Some(Declaration { name, value: value.into(), important, span }))
    }
}

impl<'i> AtRuleParser<'i> for BodyReader {
    type Prelude = MarginBox;
    type AtRule = Option<Declaration>;
    type Error = ();

    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        _: &mut Parser<'i>,
    ) -> Result<MarginBox, ParseError<()>> {
        let found = super::page::margin_box(&name.to_ascii_lowercase());
        found.filter(|_| self.page).ok_or_else(|| ParseError::custom(()))
    }

    fn parse_block(
        &mut self,
        place: MarginBox,
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<Option<Declaration>, ParseError<()>> {
        let mut inner = Self { origin: self.origin, page: false, boxes: Vec::new() };
        let items = RuleBodyParser::new(input, &mut inner);
        let declarations = items.filter_map(Result::ok).flatten().collect();
        self.boxes.push((place, declarations));
        Ok(None)
    }
}

impl<'i> QualifiedRuleParser<'i> for BodyReader {
    type Prelude = ();
    type QualifiedRule = Option<Declaration>;
    type Error = ();
}

impl RuleBodyItemParser<'_, Option<Declaration>, ()> for BodyReader {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}
