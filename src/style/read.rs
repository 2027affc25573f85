//! Reading stylesheets: rules, and what is amiss in them.

use std::sync::Arc;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser, ParserState,
    QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser, StyleSheetParser,
};
use selectors::SelectorList;
use selectors::parser::ParseRelative;

use super::media::Medium;
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
    /// Files that `@import` names, with the place that names them.
    pub(super) imports: Vec<(String, Span)>,
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
    let mut reader = Reader { text, origin, out, prefixes: Vec::new(), applies: true };
    let mut refused = Vec::new();
    {
        let rules = StyleSheetParser::new(&mut parser, &mut reader);
        for rule in rules {
            if let Err((_, slice, _)) = rule {
                refused.push(slice);
            }
        }
    }
    for slice in refused {
        reader.refuse(slice);
    }
}

struct Reader<'a> {
    text: &'a str,
    origin: Origin,
    out: &'a mut Collected,
    prefixes: Vec<(String, String)>,
    /// Whether the medium that is being read for is that of the book.
    applies: bool,
}

impl Reader<'_> {
    fn span(&self, slice: &str) -> Span {
        let start = (slice.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let start = start.min(self.text.len());
        let shown = slice.lines().next().unwrap_or_default().trim_end().len();
        Span::new(self.origin.file, start..(start + shown).min(self.text.len()))
    }

    fn refuse(&mut self, slice: &str) {
        if self.origin.rank == 0 || !self.applies {
            return;
        }
        let span = self.span(slice);
        self.out.diagnostics.push(
            Diagnostic::new(Code::CssSyntax, "this is no CSS, and is left out")
                .at(span)
                .hint("what stands before and after it holds"),
        );
    }

    fn declarations(&mut self, input: &mut Parser<'_>, page: bool) -> Body {
        let mut body = BodyReader { origin: self.origin, page, boxes: Vec::new() };
        let mut declarations = Vec::new();
        let mut refused = Vec::new();
        for item in RuleBodyParser::new(input, &mut body) {
            match item {
                Ok(Some(declaration)) => declarations.push(declaration),
                Ok(None) => {}
                Err((_, slice, _)) => refused.push(slice),
            }
        }
        for slice in refused {
            self.refuse(slice);
        }
        for declaration in &declarations {
            self.check(declaration, page);
        }
        let boxes = body.boxes;
        for (_, declarations) in &boxes {
            declarations.iter().for_each(|declaration| self.check(declaration, false));
        }
        Body { declarations, boxes }
    }

    fn check(&mut self, declaration: &Declaration, page: bool) {
        if self.origin.rank == 0 || self.origin.medium == Medium::Ebook || !self.applies {
            return;
        }
        self.out.diagnostics.extend(super::check::declaration(declaration, page));
    }
}

struct Body {
    declarations: Vec<Declaration>,
    boxes: Vec<(MarginBox, Vec<Declaration>)>,
}

/// What an at-rule is before its block.
enum Prelude {
    Media(bool),
    Page(Vec<PageSelector>),
    FontFace,
    Import(String, bool, Span),
    Namespace(String, String),
    Supports,
    Nothing,
}

impl<'i> QualifiedRuleParser<'i> for Reader<'_> {
    type Prelude = SelectorList<Selectors>;
    type QualifiedRule = ();
    type Error = ();

    fn parse_prelude(
        &mut self,
        input: &mut Parser<'i>,
    ) -> Result<Self::Prelude, ParseError<()>> {
        let reader = SelectorReader { prefixes: &self.prefixes };
        SelectorList::parse(&reader, input, ParseRelative::No)
            .map_err(|_| ParseError::custom(()))
    }

    fn parse_block(
        &mut self,
        selectors: Self::Prelude,
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<()>> {
        let body = self.declarations(input, false);
        if !self.applies {
            return Ok(());
        }
        let declarations: Arc<[Declaration]> = body.declarations.into();
        for selector in selectors.slice() {
            self.out.order += 1;
            self.out.rules.add(Rule {
                pseudo: selector.pseudo_element().copied(),
                selector: selector.clone(),
                declarations: declarations.clone(),
                origin: self.origin.rank,
                order: self.out.order,
            });
        }
        Ok(())
    }
}

impl<'i> AtRuleParser<'i> for Reader<'_> {
    type Prelude = Prelude;
    type AtRule = ();
    type Error = ();

    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
    ) -> Result<Prelude, ParseError<()>> {
        let start = input.position();
        let refused = || ParseError::custom(());
        match name.to_ascii_lowercase().as_str() {
            "media" => {
                Ok(Prelude::Media(super::media::applies(input, self.origin.medium)))
            }
            "page" => {
                let selectors = super::page::selectors(input).map_err(|_| refused())?;
                Ok(Prelude::Page(selectors))
            }
            "font-face" => Ok(Prelude::FontFace),
            "import" => {
                let address = input.expect_url_or_string()?.to_string();
                let applies = super::media::applies(input, self.origin.medium);
                let span = self.span(input.slice_from(start));
                Ok(Prelude::Import(address, applies, span))
            }
            "namespace" => {
                let prefix = input.try_parse(Parser::expect_ident_cloned);
                let url = input.expect_url_or_string()?.to_string();
                let prefix = prefix.map(|it| it.to_string()).unwrap_or_default();
                Ok(Prelude::Namespace(prefix, url))
            }
            "supports" | "layer" => {
                while input.next().is_ok() {}
                Ok(Prelude::Supports)
            }
            "charset" => {
                while input.next().is_ok() {}
                Ok(Prelude::Nothing)
            }
            _ => Err(refused()),
        }
    }

    fn rule_without_block(
        &mut self,
        prelude: Prelude,
        _: &ParserState,
    ) -> Result<(), ()> {
        match prelude {
            Prelude::Import(address, applies, span) => {
                if applies && self.applies {
                    self.out.imports.push((address, span));
                }
                Ok(())
            }
            Prelude::Namespace(prefix, url) => {
                self.prefixes.push((prefix, url));
                Ok(())
            }
            Prelude::Nothing | Prelude::Supports => Ok(()),
            _ => Err(()),
        }
    }

    fn parse_block(
        &mut self,
        prelude: Prelude,
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<()>> {
        match prelude {
            Prelude::Media(_) | Prelude::Supports => {
                let inner = !matches!(prelude, Prelude::Media(false));
                let outer = self.applies;
                self.applies = outer && inner;
                let mut refused = Vec::new();
                for rule in StyleSheetParser::new(input, self) {
                    if let Err((_, slice, _)) = rule {
                        refused.push(slice);
                    }
                }
                for slice in refused {
                    self.refuse(slice);
                }
                self.applies = outer;
                Ok(())
            }
            Prelude::Page(selectors) => {
                let body = self.declarations(input, true);
                if self.applies {
                    self.out.order += 1;
                    let order = self.out.order;
                    let Body { declarations, boxes } = body;
                    self.out.pages.push(PageRule {
                        selectors,
                        declarations,
                        boxes,
                        order,
                    });
                }
                Ok(())
            }
            Prelude::FontFace => {
                let body = self.declarations(input, true);
                if self.applies {
                    self.out.faces.extend(super::sheet::face(&body.declarations));
                }
                Ok(())
            }
            _ => Err(ParseError::custom(())),
        }
    }
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
