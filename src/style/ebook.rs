//! The EPUB's stylesheet: the author's stylesheets as they are written, without what is for print,
//! and safe for reading systems.

use std::fmt::Write;

use cssparser::{
    AtRuleParser, CowRcStr, ParseError, Parser, ParserState, QualifiedRuleParser,
    StyleSheetParser, Token,
};

use super::declaration::{Place, WrittenDeclaration};
use super::imports::{self, Sheet};
use super::media::{self, MediaResult};
use super::property::stays_out_of_epub;
use super::read::{self, RuleErrorKind};
use super::tokens;
use crate::diag::{Code, Diagnostic, Warned};
use crate::source::{Sources, Span};
use crate::style::Medium;
use crate::world::World;

/// The EPUB's stylesheet.
#[derive(Debug, Clone, Default)]
pub(crate) struct EbookSheet {
    /// The stylesheet, without `@font-face` rules.
    css: String,
    /// `@namespace` rules, which stand before all others.
    namespaces: String,
}

/// A font in the EPUB, as its stylesheet declares it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EmbeddedFace {
    /// Its family.
    pub family: String,
    /// From 1 to 1000.
    pub weight: u16,
    /// Whether it is italic.
    pub italic: bool,
    /// In per cent.
    pub stretch: u16,
    /// Its address from the stylesheet.
    pub address: String,
}

impl EbookSheet {
    /// The EPUB's stylesheet, made of all stylesheets. Files that they import are read through
    /// `sources`.
    pub(crate) fn of(
        sheets: &[Sheet],
        world: &dyn World,
        sources: &mut Sources,
    ) -> Warned<Self> {
        let sheets = imports::with_imports(sheets, Medium::Ebook, world, sources);
        let mut diagnostics = Vec::new();
        let mut made = Self::default();
        for sheet in sheets.into_value(&mut diagnostics) {
            made.add(&sheet, &mut diagnostics);
        }
        Warned { value: made, diagnostics }
    }

    fn add(&mut self, sheet: &Sheet, diagnostics: &mut Vec<Diagnostic>) {
        let mut writer = Writer { sheet, made: self, diagnostics, depth: 0 };
        let mut input = Parser::new(&sheet.text);
        writer.rules(&mut input);
    }

    /// The whole text, with the fonts that are embedded.
    pub(crate) fn text(&self, embedded: &[EmbeddedFace]) -> String {
        let mut text = self.namespaces.clone();
        for face in embedded {
            let EmbeddedFace { family, weight, italic, stretch, address } = face;
            let family = family.replace(['"', '\\', '\n'], "");
            let style = if *italic { "italic" } else { "normal" };
            let _ = writeln!(text, "@font-face {{\n  font-family: \"{family}\";");
            let _ = writeln!(text, "  font-style: {style};\n  font-weight: {weight};");
            if *stretch != 100 {
                let _ = writeln!(text, "  font-stretch: {stretch}%;");
            }
            let _ = writeln!(text, "  src: url(\"{address}\");\n}}");
        }
        text + &self.css
    }
}

/// Functions of the PDF: reading systems make nothing of them.
const PDF_FUNCTIONS: [&str; 6] =
    ["leader", "target-counter", "target-counters", "target-text", "string", "content"];

/// What a property is called too, for reading systems that know it by no other name.
fn older_name(name: &str) -> Option<&'static str> {
    Some(match name {
        "hyphens" => "-webkit-hyphens",
        "break-after" => "page-break-after",
        "break-before" => "page-break-before",
        "break-inside" => "page-break-inside",
        _ => return None,
    })
}

/// What a value is of an older property; none if that does not know it.
fn older_value<'v>(older: &str, value: &'v str) -> Option<&'v str> {
    let keyword = tokens::only_ident(value).unwrap_or_default();
    match (older, keyword.as_str()) {
        // They know no sides but left and right, and not each value.
        ("page-break-after" | "page-break-before", "page") => Some("always"),
        ("page-break-after" | "page-break-before", keyword) => {
            matches!(keyword, "auto" | "avoid" | "left" | "right").then_some(value)
        }
        ("page-break-inside", "avoid-page" | "avoid-column") => None,
        _ => Some(value),
    }
}

struct Writer<'a> {
    sheet: &'a Sheet,
    made: &'a mut EbookSheet,
    diagnostics: &'a mut Vec<Diagnostic>,
    depth: usize,
}

impl Writer<'_> {
    fn rules(&mut self, input: &mut Parser<'_>) {
        let mut rejected = Vec::new();
        for rule in StyleSheetParser::new(input, self) {
            if let Err((_, slice, _)) = rule {
                rejected.push(slice);
            }
        }
        for slice in rejected {
            self.report(slice, read::syntax_error());
        }
    }

    fn report(&mut self, slice: &str, diagnostic: Diagnostic) {
        if !self.sheet.own {
            let span = read::span_of(slice, &self.sheet.text, self.sheet.file);
            self.diagnostics.push(diagnostic.at(span));
        }
    }

    fn line(&mut self, text: &str) {
        let indent = "  ".repeat(self.depth);
        let _ = writeln!(self.made.css, "{indent}{text}");
    }

    fn block(&mut self, head: &str, body: impl FnOnce(&mut Self)) {
        let before = self.made.css.len();
        self.line(&format!("{head} {{"));
        let begun = self.made.css.len();
        self.depth += 1;
        body(self);
        self.depth -= 1;
        if self.made.css.len() == begun {
            self.made.css.truncate(before);
        } else {
            self.line("}");
        }
    }

    fn declarations<'i>(
        &mut self,
        input: &mut Parser<'i>,
    ) -> Vec<WrittenDeclaration<'i>> {
        let block = read::block(input, self.sheet.file, Place::Style);
        for slice in block.rejected {
            self.report(slice, read::syntax_error());
        }
        block.declarations
    }

    fn declaration(&mut self, declaration: &WrittenDeclaration) {
        let WrittenDeclaration { name, value, important, span } = declaration;
        if stays_out_of_epub(name) || tokens::calls(value, &PDF_FUNCTIONS) {
            return;
        }
        if tokens::has_url(value) {
            return self.report_file(name, *span);
        }
        let value = match name.as_str() {
            "font-size" | "line-height" | "font" => relative(value),
            _ => (*value).to_owned(),
        };
        let important = if *important { " !important" } else { "" };
        self.line(&format!("{name}: {value}{important};"));
        if let Some(older) = older_name(name)
            && let Some(value) = older_value(older, &value)
        {
            self.line(&format!("{older}: {value}{important};"));
        }
    }

    fn report_file(&mut self, name: &str, span: Span) {
        if self.sheet.own {
            return;
        }
        self.diagnostics.push(
            Diagnostic::new(
                Code::CssUnsupported,
                format!("the EPUB leaves out `{name}`, which names a file"),
            )
            .at(span)
            .hint("of the files that a stylesheet names a book takes fonts, by `@font-face`"),
        );
    }
}

/// A value with its absolute lengths in `rem`: parts of the font size that the reader has chosen,
/// which is 16 pixels where nobody chooses.
fn relative(value: &str) -> String {
    let mut input = Parser::new(value);
    let mut made = String::new();
    let mut from = input.position();
    while let Some((start, token)) = tokens::next_whole(&mut input) {
        let Token::Dimension { value, unit, .. } = token else { continue };
        let pixels = match unit.to_ascii_lowercase().as_str() {
            "px" => 1.0,
            "pt" => 4.0 / 3.0,
            "pc" => 16.0,
            "in" => 96.0,
            "cm" => 96.0 / 2.54,
            "mm" => 96.0 / 25.4,
            "q" => 96.0 / 101.6,
            _ => continue,
        };
        made += input.slice(from..start);
        let rem = (f64::from(value) * pixels / 16.0 * 1000.0).round() / 1000.0;
        let _ = write!(made, "{rem}rem");
        from = input.position();
    }
    made + input.slice_from(from)
}

enum Prelude {
    Media(MediaResult),
    /// A group of rules that is kept as it is written.
    Group(String),
    /// A group whose rules stand as well without it.
    Transparent,
    Namespace(String),
    /// What is left out: it is for print, or done elsewhere.
    Nothing,
}

impl<'i> QualifiedRuleParser<'i> for Writer<'_> {
    type Prelude = String;
    type QualifiedRule = ();
    type Error = ();

    fn parse_prelude(
        &mut self,
        input: &mut Parser<'i>,
    ) -> Result<String, ParseError<()>> {
        let start = input.position();
        match read::selectors(input, &[]) {
            // What this tool does not know a reading system may.
            Err(RuleErrorKind::Selector) => while input.next().is_ok() {},
            Err(_) => return Err(ParseError::custom(())),
            Ok(_) => {}
        }
        let words: Vec<&str> = input.slice_from(start).split_whitespace().collect();
        Ok(words.join(" "))
    }

    fn parse_block(
        &mut self,
        selectors: String,
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<()>> {
        let declarations = self.declarations(input);
        self.block(&selectors, |this| {
            declarations.iter().for_each(|declaration| this.declaration(declaration));
        });
        Ok(())
    }
}

impl<'i> AtRuleParser<'i> for Writer<'_> {
    type Prelude = Prelude;
    type AtRule = ();
    type Error = ();

    fn parse_prelude(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
    ) -> Result<Prelude, ParseError<()>> {
        let name = name.to_ascii_lowercase();
        if name == "media" {
            return Ok(Prelude::Media(media::result_in_epub(input)));
        }
        input.skip_whitespace();
        let start = input.position();
        while input.next().is_ok() {}
        let rest = input.slice_from(start).trim().to_owned();
        Ok(match name.as_str() {
            "supports" => Prelude::Group(format!("@supports {rest}")),
            "layer" => Prelude::Transparent,
            "namespace" => Prelude::Namespace(rest),
            _ => Prelude::Nothing,
        })
    }

    fn rule_without_block(
        &mut self,
        prelude: Prelude,
        _: &ParserState,
    ) -> Result<(), ()> {
        if let Prelude::Namespace(rest) = prelude {
            let rule = format!("@namespace {rest};\n");
            if !self.made.namespaces.contains(&rule) {
                self.made.namespaces += &rule;
            }
        }
        Ok(())
    }

    fn parse_block(
        &mut self,
        prelude: Prelude,
        _: &ParserState,
        input: &mut Parser<'i>,
    ) -> Result<(), ParseError<()>> {
        match prelude {
            Prelude::Media(MediaResult::Undecided(query)) => {
                self.block(&format!("@media {query}"), |this| this.rules(input));
            }
            Prelude::Group(head) => self.block(&head, |this| this.rules(input)),
            Prelude::Media(MediaResult::Always) | Prelude::Transparent => {
                self.rules(input)
            }
            Prelude::Media(MediaResult::Never)
            | Prelude::Nothing
            | Prelude::Namespace(_) => while input.next().is_ok() {},
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::world::MemoryWorld;

    fn ebook(text: &str) -> String {
        let mut world = MemoryWorld::new(date(2026, 1, 1));
        world.insert("inner.css", "i { color: red }".as_bytes());
        let mut sources = Sources::default();
        let file = sources.add("a.css", text);
        let sheet = Sheet { file, path: "a.css".into(), text: text.into(), own: false };
        let made = EbookSheet::of(&[sheet], &world, &mut sources);
        made.value.text(&[])
    }

    #[test]
    fn what_is_for_paper_is_left_out() {
        let text = "@page { margin: 1in } @media print { p { color: red } } \
            p { string-set: a content(); page: b }";
        assert_eq!(ebook(text), "");
    }

    #[test]
    fn what_is_for_ebooks_stands_without_its_query() {
        let text = "@media ebook { p > b:not(.x) { color : red !important } } \
            @media screen and (min-width: 30em) { p { color: blue } }";
        assert_eq!(
            ebook(text),
            "p > b:not(.x) {\n  color: red !important;\n}\n\
             @media screen and (min-width: 30em) {\n  p {\n    color: blue;\n  }\n}\n"
        );
    }

    #[test]
    fn imports_stand_in_their_place() {
        let text =
            "@import 'inner.css' ebook; @import 'inner.css' print; b { margin: 0 }";
        assert_eq!(ebook(text), "i {\n  color: red;\n}\nb {\n  margin: 0;\n}\n");
    }

    #[test]
    fn text_is_as_large_as_its_reader_wants() {
        assert_eq!(relative("14px"), "0.875rem");
        assert_eq!(relative("italic 12pt/1.5 serif"), "italic 1rem/1.5 serif");
        assert_eq!(relative("1.2em"), "1.2em");
        assert_eq!(relative("calc(1em + 2px) / 8px a"), "calc(1em + 2px) / 0.5rem a");
    }

    #[test]
    fn values_are_not_searched_as_text() {
        let text = "p { content: \"see url(x), leader(y)\"; width: fit-content(2em) } \
            q { content: attr(title) /* url(x) */; quotes: '!important' '' } \
            b { break-after: page !important }";
        assert_eq!(
            ebook(text),
            "p {\n  content: \"see url(x), leader(y)\";\n  width: fit-content(2em);\n}\n\
             q {\n  content: attr(title) /* url(x) */;\n  quotes: '!important' '';\n}\n\
             b {\n  break-after: page !important;\n  page-break-after: always !important;\n}\n"
        );
    }

    #[test]
    fn what_a_reading_system_must_not_get_is_left_out() {
        let text = "p { direction: rtl; background: url(http://a.example/x.png); \
            content: leader('.'); hyphens: auto; break-after: avoid }";
        assert_eq!(
            ebook(text),
            "p {\n  hyphens: auto;\n  -webkit-hyphens: auto;\n  break-after: avoid;\n  \
             page-break-after: avoid;\n}\n"
        );
    }
}
