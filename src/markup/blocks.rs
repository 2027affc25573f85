//! Blocks as elements.

use super::writer::Writer;
use super::{Element, Semantics, external, verse};
use crate::document::{
    Attributes, Block, BlockKind, CodeClass, CodeRun, Definition, Division, Figure,
    Inline, InlineKind, List, ListItem, Target, Visit, plain_text, walk_inline,
};
use crate::source::Span;

impl Writer<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        let Block { kind, attributes, span } = block;
        let element = |name| Element::new(name, *span);
        match kind {
            BlockKind::Paragraph(content) => {
                if let Some(lines) = verse::lines(block, content) {
                    return self.verse(block, &lines);
                }
                let paragraph = element("p").marked(attributes);
                // The line that `resolve` found to name a source.
                let class =
                    if paragraph.has_class("attribution") { "source" } else { "" };
                self.within(paragraph.class(class), |this| this.inlines(content));
            }
            BlockKind::Heading { level, content } => {
                let name =
                    ["h2", "h3", "h4", "h5", "h6"][usize::from(level.clamp(&2, &6) - 2)];
                let heading = element(name).marked(attributes);
                self.within(heading, |this| this.inlines(content));
            }
            BlockKind::Quotation { blocks, source, cite } => {
                // EPUBCheck takes it for a resource, and wants those to be secure (RSC-031).
                let cite = cite.as_deref().and_then(external::href);
                let cite = cite.filter(|cite| cite.starts_with("https:"));
                let quotation = element("blockquote")
                    .marked(attributes)
                    .class(if source.is_some() { "excerpt" } else { "" })
                    .optional("cite", cite);
                self.within(quotation, |this| this.blocks(blocks));
            }
            BlockKind::List(list) => self.list(list, block),
            BlockKind::Definitions(definitions) => {
                let list = element("dl").marked(attributes);
                self.within(list, |this| this.definitions(definitions, block));
            }
            BlockKind::Code { language, text, runs } => {
                let class =
                    language.as_ref().map(|language| format!("language-{language}"));
                let code = element("code").class(&class.unwrap_or_default());
                let pre = element("pre").marked(attributes);
                self.within(pre.optional("dir", self.direction_of_code()), |this| {
                    this.within(code, |this| this.code(text, runs, *span));
                });
            }
            BlockKind::Table(table) => self.table(table, block),
            BlockKind::Figure(figure) => self.figure(figure, block),
            BlockKind::Math(math) => {
                let formula = element("div").class("math").marked(attributes);
                self.empty(formula.semantics(Semantics::Math(math.clone())));
            }
            BlockKind::ThematicBreak => self.empty(element("hr").marked(attributes)),
            BlockKind::Division { role, blocks } => {
                let class = match role {
                    Division::Plain | Division::Section => "",
                    Division::Center => "center",
                    Division::Aside => "aside",
                    Division::Details => "details",
                    Division::Summary => "summary",
                    Division::EditorsNote => "editors-note",
                };
                let is_note = *role == Division::EditorsNote;
                let division = element("div")
                    .class(class)
                    .marked(attributes)
                    .optional("role", is_note.then_some("note"));
                self.within(division, |this| this.blocks(blocks));
            }
        }
    }

    /// Code, each word that is known in an element of its class.
    fn code(&mut self, text: &str, runs: &[CodeRun], span: Span) {
        let mut written = 0;
        for CodeRun { range, class, address } in runs {
            if written < range.start {
                self.text(&text[written..range.start], span);
            }
            let words = text.get(range.clone()).unwrap_or_default();
            let class = match class {
                CodeClass::Strong => "strong",
                CodeClass::Emphasis => "emphasis",
                CodeClass::Link => "external",
                CodeClass::Comment => "hl-comment",
                CodeClass::String => "hl-string",
                CodeClass::Constant => "hl-constant",
                CodeClass::Keyword => "hl-keyword",
                CodeClass::Function => "hl-function",
                CodeClass::Type => "hl-type",
                CodeClass::Inserted => "hl-inserted",
                CodeClass::Deleted => "hl-deleted",
            };
            let target = address.as_ref().map(|it| Target::Address(it.clone()));
            let href = target.as_ref().and_then(|it| self.addresses().target(it));
            let word = match (class, target, href) {
                (_, Some(target), Some(href)) => Element::new("a", span)
                    .class(class)
                    .attribute("href", href)
                    .semantics(Semantics::Link(target)),
                ("strong", ..) => Element::new("strong", span),
                ("emphasis", ..) => Element::new("em", span),
                _ => Element::new("span", span).class(class),
            };
            self.leaf(word, words);
            written = range.end;
        }
        self.text(&text[written..], span);
    }

    fn list(&mut self, list: &List, block: &Block) {
        let List { start, reversed, tight, items } = list;
        let name = if start.is_some() { "ol" } else { "ul" };
        let has_tasks = items.iter().any(|item| item.task.is_some());
        let numbers = numbers(list);
        let usual = if *reversed { numbers.first().copied() } else { Some(1) };
        let first = start.filter(|&start| start != 1 && Some(start) != usual);
        let first = first.map(|start| start.to_string());
        let style = block.attributes.style.as_deref().unwrap_or_default();
        let kinds = [
            ("lower-alpha", "a"),
            ("upper-alpha", "A"),
            ("lower-roman", "i"),
            ("upper-roman", "I"),
        ];
        let kind = kinds.iter().find(|(name, _)| start.is_some() && style.contains(name));
        let element = Element::new(name, block.span)
            .class(if has_tasks { "tasks" } else { "" })
            .marked(&block.attributes)
            .optional("type", kind.map(|(_, kind)| *kind))
            .optional("start", first)
            .optional("reversed", reversed.then_some("reversed"));
        // On paper numbers only go up, unless each is said.
        let each = self.is_print() && start.is_some() && *reversed;
        self.within(element, |this| {
            for (item, number) in items.iter().zip(numbers) {
                let value = item.value.or(each.then_some(number));
                this.list_item(item, value, *tight);
            }
        });
    }

    fn list_item(&mut self, item: &ListItem, value: Option<i64>, tight: bool) {
        let ListItem { task, value: _, attributes, blocks, span } = item;
        let (task, done) = (task.is_some(), *task == Some(true));
        let element = Element::new("li", *span)
            .marked(attributes)
            .class(if task { "task" } else { "" })
            .class(if done { "done" } else { "" })
            .optional("value", value.map(|value| value.to_string()));
        self.within(element, |this| {
            if task {
                this.text(if done { "☑ " } else { "☐ " }, *span);
            }
            this.flow(blocks, tight);
        });
    }

    /// Blocks; a paragraph that stands alone or in a tight list needs no element of its own,
    /// unless another one without stands before it.
    pub(super) fn flow(&mut self, blocks: &[Block], tight: bool) {
        let mut bare = false;
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(content)
                    if tight && !bare && block.attributes == Attributes::default() =>
                {
                    self.inlines(content);
                    bare = true;
                }
                _ => {
                    self.block(block);
                    bare = false;
                }
            }
        }
    }

    fn definitions(&mut self, definitions: &[Definition], block: &Block) {
        for Definition { terms, descriptions } in definitions {
            for term in terms {
                let element = Element::new("dt", block.span);
                self.within(element, |this| this.inlines(term));
            }
            for semantics in descriptions {
                let element = Element::new("dd", block.span);
                self.within(element, |this| this.flow(semantics, semantics.len() == 1));
            }
            // A group of terms has a description (HTML, section 4.4.9).
            if descriptions.is_empty() {
                self.empty(Element::new("dd", block.span));
            }
        }
    }

    fn figure(&mut self, figure: &Figure, block: &Block) {
        let Figure { blocks, caption, credit } = figure;
        let element = |name| Element::new(name, block.span);
        let whole = element("figure").class("figure").marked(&block.attributes);
        self.within(whole, |this| {
            for block in blocks {
                match &block.kind {
                    BlockKind::Paragraph(content) => this.inlines(content),
                    _ => this.block(block),
                }
            }
            if caption.is_empty() && credit.is_empty() {
                return;
            }
            // Words that stand for the picture already are not to be heard twice.
            let hidden = repeats(blocks, caption).then_some("true");
            let (whole, words) =
                if credit.is_empty() { (hidden, None) } else { (None, hidden) };
            let figcaption = element("figcaption").optional("aria-hidden", whole);
            this.within(figcaption, |this| {
                match words {
                    Some(_) => {
                        let words = element("span").optional("aria-hidden", words);
                        this.within(words, |this| this.inlines(caption));
                    }
                    None => this.inlines(caption),
                }
                if !credit.is_empty() {
                    this.text(" ", block.span);
                    let credit_of = element("span").class("credit");
                    this.within(credit_of, |this| this.inlines(credit));
                }
            });
        });
    }
}

/// Whether a caption is the alternative of a figure's picture over again, and nothing in it that
/// could be followed.
fn repeats(blocks: &[Block], caption: &[Inline]) -> bool {
    let plain = |inline: &Inline| {
        matches!(
            inline.kind,
            InlineKind::Text(_) | InlineKind::Code(_) | InlineKind::Phrase(_)
        )
    };
    let mut alternatives = Alternatives(Vec::new());
    blocks.iter().for_each(|block| alternatives.block(block));
    let words = plain_text(caption);
    matches!(alternatives.0.as_slice(), [only] if only.trim() == words.trim())
        && caption.iter().all(plain)
        && !words.trim().is_empty()
}

/// The alternatives of pictures.
struct Alternatives(Vec<String>);

impl Visit for Alternatives {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Picture(picture) = &inline.kind {
            self.0.push(picture.alt.clone());
        }
        walk_inline(self, inline);
    }
}

/// The numbers of a list's items (HTML, section 4.4.5).
fn numbers(list: &List) -> Vec<i64> {
    let count = i64::try_from(list.items.len()).unwrap_or(i64::MAX);
    let step = if list.reversed { -1 } else { 1 };
    let first = if list.reversed { count } else { 1 };
    let mut next = match list.start {
        Some(start) if !list.reversed || start != 1 => start,
        _ => first,
    };
    let number = |item: &ListItem| {
        let number = item.value.unwrap_or(next);
        next = number.saturating_add(step);
        number
    };
    list.items.iter().map(number).collect()
}
