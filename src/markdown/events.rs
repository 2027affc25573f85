//! From pulldown-cmark's events to open and closed elements.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{
    Alignment as Column, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Options,
    Parser, Tag,
};

use crate::characters::{clean, clean_references};
use crate::diag::{Code, Diagnostic};
use crate::document::{
    Alignment, Attributes, Block, BlockKind, Division, Document, Inline, InlineKind,
    PhraseRole,
};
use crate::manuscript::Post;
use crate::source::Span;

use super::attributelist;
use super::container;
use super::element::Element;
use super::html::{self, Lines};
use super::math::{Formulas, Labels};
use super::piece::Piece;
use super::source::Text;
use super::stack::{Origin, Stack};

/// Reads the events of one text.
pub(super) struct Reader<'a> {
    pub(super) post: &'a Post,
    pub(super) text: Text<'a>,
    pub(super) stack: Stack,
    formulas: Formulas,
    /// The lines of the HTML block that is being read.
    html: Option<Lines>,
    /// The alternative words of each picture that have marks in them, by its place.
    alternatives: BTreeMap<Span, Vec<Inline>>,
    /// Where code is, in which a reference to a character is none.
    literal: Vec<Range<usize>>,
    /// The names of all end tags in the post, once anybody asks.
    pub(super) end_tags: Option<BTreeSet<String>>,
    /// Unknown elements whose tags were left out, and so are their ends.
    pub(super) passed_over: BTreeSet<String>,
}

/// What pulldown-cmark is to find in a text.
pub(super) fn options(text: &str) -> Options {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    if super::math::is_wanted(text) { options | Options::ENABLE_MATH } else { options }
}

/// What was read.
pub(super) struct Read {
    pub(super) document: Document,
    /// The alternative words of those pictures where they are more than plain words.
    pub(super) alternatives: BTreeMap<Span, Vec<Inline>>,
    /// Labels of formulas that were asked for before they were there.
    pub(super) late_labels: Option<Labels>,
}

impl<'a> Reader<'a> {
    /// A reader of a post, or of a line of it, that knows labels of formulas.
    pub(super) fn new(post: &'a Post, text: Text<'a>, labels: Labels) -> Self {
        let stack = Stack::new(text.span(0..text.masked().len()));
        let formulas = Formulas::with_labels(labels);
        Self {
            post,
            text,
            stack,
            formulas,
            html: None,
            alternatives: BTreeMap::new(),
            literal: Vec::new(),
            end_tags: None,
            passed_over: BTreeSet::new(),
        }
    }

    /// Reads it all.
    pub(super) fn run(mut self, diagnostics: &mut Vec<Diagnostic>) -> Read {
        let masked = self.text.masked().clone();
        let parser = Parser::new_ext(&masked, options(&masked));
        for (event, range) in parser.into_offset_iter() {
            self.event(event, range);
        }
        self.text.report_forbidden(&self.literal, diagnostics);
        let (blocks, footnotes, said) = self.stack.finish();
        diagnostics.extend(said);
        let document = Document { blocks, footnotes, comments: Vec::new() };
        let late_labels = self.formulas.into_late_labels();
        Read { document, alternatives: self.alternatives, late_labels }
    }

    /// Reads it all as HTML.
    pub(super) fn run_html(mut self, diagnostics: &mut Vec<Diagnostic>) -> Read {
        let mut lines = Lines::default();
        let mut at = 0;
        for line in self.text.masked().clone().split_inclusive('\n') {
            lines.push(line, at);
            at += line.len();
        }
        html::read(&mut self, &lines);
        self.text.report_forbidden(&self.literal, diagnostics);
        let (blocks, footnotes, said) = self.stack.finish();
        diagnostics.extend(said);
        let document = Document { blocks, footnotes, comments: Vec::new() };
        Read { document, alternatives: self.alternatives, late_labels: None }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let span = self.text.span(range.clone());
        match event {
            Event::Start(Tag::HtmlBlock) => self.html = Some(Lines::default()),
            Event::Start(tag) => self.start(tag, range),
            Event::End(pulldown_cmark::TagEnd::HtmlBlock) => {
                if let Some(lines) = self.html.take() {
                    html::read(self, &lines);
                    // A blank line parts what the tags do not.
                    let within =
                        |frame: &super::stack::Frame| frame.element.is_within_line();
                    if !self.stack.top().is_some_and(within) {
                        self.stack.piece(Piece::Break);
                    }
                }
            }
            Event::End(_) => self.end(),
            Event::Text(text) => {
                let words = self.text.words(&text, range);
                self.stack.text(words, span);
            }
            Event::Code(code) => {
                self.literal.push(range.clone());
                let words = self.text.words(&code, range);
                self.stack.inline(Inline::new(InlineKind::Code(words), span));
            }
            Event::InlineMath(source) => self.math(&source, range, false),
            Event::DisplayMath(source) => self.math(&source, range, true),
            Event::Html(line) => match &mut self.html {
                Some(lines) => {
                    lines.push(self.text.raw(&line, range.clone()), range.start)
                }
                None => {
                    let words = self.text.words(&line, range);
                    self.stack.text(words, span);
                }
            },
            Event::InlineHtml(tag) => {
                let mut lines = Lines::default();
                lines.push(self.text.raw(&tag, range.clone()), range.start);
                html::read(self, &lines);
            }
            Event::FootnoteReference(label) => {
                let kind = InlineKind::FootnoteReference(clean(&label).into_owned());
                self.stack.inline(Inline::new(kind, span));
            }
            // Of several terms each has a line.
            Event::SoftBreak if self.stack.is_in(&Element::Term) => {
                self.stack.close_markdown();
                let (origin, attributes) = (Origin::Markdown, Attributes::default());
                self.stack.open(Element::Term, attributes, origin, span);
            }
            Event::SoftBreak => self.soft_break(range),
            Event::HardBreak => {
                self.stack.inline(Inline::new(InlineKind::LineBreak, span));
            }
            Event::Rule => {
                let written = self.text.written(range.clone()).to_owned();
                if written.trim_start().starts_with(":::") {
                    let span = self.text.span(range);
                    container::line(&mut self.stack, self.post, &written, span);
                } else {
                    self.stack
                        .piece(Piece::Block(Block::new(BlockKind::ThematicBreak, span)));
                }
            }
            Event::TaskListMarker(ticked) => {
                let item = self.stack.innermost(|it| matches!(it, Element::Item { .. }));
                if let Some(Element::Item { task, .. }) =
                    item.map(|frame| &mut frame.element)
                {
                    *task = Some(ticked);
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let mut attributes = Attributes::default();
        // `[](#place)`: the words are made of what it leads to.
        let is_reference = matches!(tag, Tag::Link { .. })
            && self.text.written(range.clone()).starts_with("[](");
        let element = match tag {
            Tag::Paragraph => Element::Paragraph,
            Tag::Heading { level, id, classes, attrs: _ } => {
                attributes.id = id.map(|id| clean(&id).into_owned());
                attributes.classes =
                    classes.iter().map(|class| clean(class).into_owned()).collect();
                self.index_mark(range.clone(), &mut attributes);
                Element::Heading(level as u8)
            }
            Tag::BlockQuote(None) => Element::Quotation { cite: None },
            Tag::BlockQuote(Some(kind)) => {
                attributes.classes.push(alert(kind).to_owned());
                Element::Division(Division::Aside)
            }
            Tag::CodeBlock(kind) => {
                self.literal.push(range.clone());
                if matches!(kind, CodeBlockKind::Fenced(_)) {
                    self.check_fence(range.clone());
                }
                Element::Code { language: code_language(&kind) }
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => Element::Transparent,
            Tag::List(start) => Element::List {
                start: start.map(|start| i64::try_from(start).unwrap_or(i64::MAX)),
                reversed: false,
            },
            Tag::Item => Element::Item { task: None, value: None },
            Tag::FootnoteDefinition(label) => {
                Element::Footnote(clean(&label).into_owned())
            }
            Tag::DefinitionList => Element::Definitions,
            Tag::DefinitionListTitle => Element::Term,
            Tag::DefinitionListDefinition => Element::Description,
            Tag::Table(columns) => {
                let columns = columns.into_iter().map(alignment).collect();
                Element::Table { columns }
            }
            Tag::TableHead => Element::Row { head: true },
            Tag::TableRow => Element::Row { head: false },
            Tag::TableCell => {
                let row = self.stack.innermost(|it| matches!(it, Element::Row { .. }));
                let head =
                    row.is_some_and(|it| it.element == Element::Row { head: true });
                Element::Cell { head, columns: 1, rows: 1, alignment: None }
            }
            Tag::Emphasis => phrase(PhraseRole::Emphasis),
            Tag::Strong => phrase(PhraseRole::Strong),
            Tag::Strikethrough => phrase(PhraseRole::Strike),
            Tag::Superscript => phrase(PhraseRole::Superscript),
            Tag::Subscript => phrase(PhraseRole::Subscript),
            Tag::Link { link_type, dest_url, title, .. } => Element::Link {
                address: address(link_type, dest_url),
                title: clean(&title).into_owned(),
            },
            Tag::Image { link_type, dest_url, title, .. } => Element::Picture {
                address: address(link_type, dest_url),
                title: clean(&title).into_owned(),
            },
        };
        let span = self.text.span(range);
        if element.is_block() {
            self.stack.end_html_paragraph();
            self.stack.end_html_heading();
        }
        self.stack.open(element, attributes, Origin::Markdown, span);
        if is_reference {
            let words = Inline::phrase(PhraseRole::Reference, Vec::new(), span);
            self.stack.inline(words);
        }
    }

    fn end(&mut self) {
        let picture = self.stack.top().and_then(|frame| {
            let marked = frame.pieces.iter().any(|piece| {
                !matches!(piece, Piece::Inline(Inline { kind: InlineKind::Text(_), .. }))
            });
            let picture = matches!(frame.element, Element::Picture { .. }) && marked;
            picture.then(|| (frame.span, frame.inlines()))
        });
        self.alternatives.extend(picture);
        self.stack.close_markdown();
    }

    fn math(&mut self, source: &CowStr<'_>, range: Range<usize>, display: bool) {
        let span = self.text.span(range.clone());
        let after = self.text.written(range.end..self.text.masked().len()).chars().next();
        let written = self.text.written(range.clone());
        let certain = display || self.text.is_made(range.start);
        if !certain && !super::math::is_plausible(source, after) {
            let words = written.to_owned();
            return self.stack.text(words, span);
        }
        let hidden = self.text.masked().get(range.clone()) != Some(written);
        let source = if hidden { written.trim_matches('$') } else { source };
        let source = clean(&clean_references(source)).into_owned();
        self.formula(&source, display, range);
    }

    /// A formula in LaTeX or MathML, which stands at a range of the text.
    pub(super) fn formula(&mut self, source: &str, display: bool, range: Range<usize>) {
        let span = self.text.span(range.clone());
        let place = (self.text.written(range), span);
        let source = super::math::without_parameters(source);
        let math =
            self.formulas.read(source, display, place, &mut self.stack.diagnostics);
        // What only defines macros prints nothing.
        let Some(math) = math else { return };
        self.stack.piece(if display {
            Piece::Block(Block::new(BlockKind::Math(math), span))
        } else {
            Piece::Inline(Inline::new(InlineKind::Math(math), span))
        });
    }

    /// Says that a fence has no end, if it has none.
    /// Takes from a heading's list what it marks for the index: its values may have spaces.
    fn index_mark(&self, range: Range<usize>, attributes: &mut Attributes) {
        let heading = self.text.written(range);
        let line = heading.trim_end().lines().next().unwrap_or_default();
        let list = line.rfind('{').map(|at| &line[at..]);
        if let Some((list, _)) = list.and_then(attributelist::parse)
            && list.index.is_some()
        {
            attributes.index = list.index;
            attributes.classes = list.classes;
        }
    }

    fn check_fence(&mut self, range: Range<usize>) {
        let block = self.text.written(range.clone());
        let fence = block.trim_start();
        let Some(mark) = fence.chars().next() else { return };
        let length = fence.len() - fence.trim_start_matches(mark).len();
        let last = block.trim_end().lines().skip(1).last().unwrap_or_default();
        let last = last.trim_start_matches([' ', '\t', '>']).trim_end();
        let closed = last.len() >= length && last.trim_matches(mark).is_empty();
        if !closed {
            let opening = block.lines().next().unwrap_or_default().trim_end().len();
            let span = self.text.span(range.start..range.start + opening);
            let rest = self.text.written(range.end..self.text.masked().len());
            let whole =
                if rest.trim().is_empty() { "the post" } else { "what it stands in" };
            let message =
                format!("this code block is never closed; the rest of {whole} is in it");
            let hint =
                format!("end it with a line of {}", mark.to_string().repeat(length));
            let diagnostic = Diagnostic::new(Code::UnclosedElement, message).at(span);
            self.stack.warn(diagnostic.hint(hint));
        }
    }

    /// A line end is a space, but for scripts that part no words with spaces.
    fn soft_break(&mut self, range: Range<usize>) {
        let span = self.text.span(range.clone());
        let end = self.text.masked().len();
        let before = self.text.written(0..range.start).trim_end().chars().next_back();
        let after = self.text.written(range.end..end);
        let after = after.trim_start_matches([' ', '\t', '>', '\n', '\r']).chars().next();
        let wide = |c: Option<char>| c.is_some_and(is_unspaced);
        if self.stack.is_verbatim() {
            self.stack.text("\n", span);
        } else if !(wide(before) && wide(after)) {
            self.stack.text(" ", span);
        }
    }
}

/// Whether a character is of a script that has no spaces between words: Han, kana and their
/// punctuation, but not Hangul.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{303f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

/// A phrase without a title.
pub(super) fn phrase(role: PhraseRole) -> Element {
    Element::Phrase { role, title: String::new() }
}

fn alignment(column: Column) -> Alignment {
    match column {
        Column::None | Column::Left => Alignment::Start,
        Column::Center => Alignment::Center,
        Column::Right => Alignment::End,
    }
}

fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

/// The first word after a fence, without what other tools add to it: `rust,ignore`, `{.js}`.
fn code_language(kind: &CodeBlockKind<'_>) -> Option<String> {
    let CodeBlockKind::Fenced(info) = kind else { return None };
    let info = info.trim();
    let mut words = info.split([',', ' ', '\t', '{', '}', ':']);
    // Of `{#id .language .class}` the first class; of `{r name}` the first word.
    let class =
        info.starts_with('{').then(|| words.clone().find(|it| it.starts_with('.')));
    let word = class.flatten().or_else(|| words.find(|word| !word.is_empty()))?;
    let word = word.trim_start_matches('.');
    (!word.is_empty() && !word.starts_with('#')).then(|| clean(word).into_owned())
}

fn address(link_type: LinkType, address: CowStr<'_>) -> String {
    match link_type {
        LinkType::Email => format!("mailto:{}", clean(&address)),
        _ => clean(address.trim()).into_owned(),
    }
}
