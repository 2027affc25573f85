//! The tree of a post as selectors see it: the elements that it was written as.

use std::borrow::Cow;

use crate::document::{
    Attributes, Block, BlockKind, Definition, Division, Document, Figure, Inline,
    InlineKind, List, Phrase, Row, Table, Target, plain_text,
};
use crate::selector::ElementTree;
use crate::source::Span;

/// The elements of a post, in the order of the text; the first is the whole of it.
pub(super) struct Elements<'d>(Vec<Element<'d>>);

/// An element.
pub(super) struct Element<'d> {
    pub(super) name: &'static str,
    attributes: Option<&'d Attributes>,
    /// What else it says.
    more: Vec<(&'static str, &'d str)>,
    pub(super) parent: Option<usize>,
    pub(super) children: Vec<usize>,
    /// The number after that of its last descendant.
    pub(super) end: usize,
    /// Its words, if it is a block of text.
    pub(super) text: Option<Vec<&'d [Inline]>>,
    /// The level of a heading.
    pub(super) level: Option<u8>,
    pub(super) span: Span,
    has_words: bool,
}

impl<'d> Elements<'d> {
    /// Those of a post.
    pub(super) fn of(document: &'d Document) -> Self {
        let mut builder = Builder { elements: Vec::new(), open: Vec::new() };
        builder.within("body", None, Span::DETACHED, |this| {
            this.blocks(&document.blocks);
            for footnote in &document.footnotes {
                this.within("footnote", None, footnote.span, |this| {
                    this.blocks(&footnote.blocks);
                });
            }
        });
        Self(builder.elements)
    }

    pub(super) fn get(&self, element: usize) -> &Element<'d> {
        &self.0[element]
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, &Element<'d>)> {
        self.0.iter().enumerate()
    }
}

impl Element<'_> {
    /// The words of a block of text.
    pub(super) fn words(&self) -> Option<String> {
        let runs = self.text.as_ref()?;
        Some(runs.iter().map(|run| plain_text(run)).collect::<Vec<_>>().join(" "))
    }
}

impl ElementTree for Elements<'_> {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn name(&self, element: usize) -> &str {
        self.0[element].name
    }

    fn id(&self, element: usize) -> Option<&str> {
        self.0[element].attributes.and_then(|it| it.id.as_deref())
    }

    fn classes(&self, element: usize) -> &[String] {
        self.0[element].attributes.map_or(&[], |it| &it.classes)
    }

    fn lang(&self, element: usize) -> Option<&str> {
        self.0[element].attributes.and_then(|it| it.lang.as_deref())
    }

    fn attribute(&self, element: usize, name: &str) -> Option<Cow<'_, str>> {
        let Element { attributes, more, .. } = &self.0[element];
        let of = |get: fn(&Attributes) -> Option<&str>| attributes.and_then(get);
        match name {
            "id" => of(|it| it.id.as_deref()).map(Cow::Borrowed),
            "lang" => of(|it| it.lang.as_deref()).map(Cow::Borrowed),
            "dir" => of(|it| it.dir.map(|dir| dir.name())).map(Cow::Borrowed),
            "style" => of(|it| it.style.as_deref()).map(Cow::Borrowed),
            "class" => {
                let classes = self.classes(element);
                (!classes.is_empty()).then(|| Cow::Owned(classes.join(" ")))
            }
            _ => {
                let found = more.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| Cow::Borrowed(*value))
            }
        }
    }

    fn parent(&self, element: usize) -> Option<usize> {
        self.0[element].parent
    }

    fn children(&self, element: usize) -> impl Iterator<Item = usize> {
        self.0[element].children.iter().copied()
    }

    fn is_empty(&self, element: usize) -> bool {
        self.0[element].children.is_empty() && !self.0[element].has_words
    }
}

/// Builds the elements, in the order in which `remove` goes over the tree.
struct Builder<'d> {
    elements: Vec<Element<'d>>,
    open: Vec<usize>,
}

impl<'d> Builder<'d> {
    /// An element, and in it what `inside` builds; gives its number.
    fn within(
        &mut self,
        name: &'static str,
        attributes: Option<&'d Attributes>,
        span: Span,
        inside: impl FnOnce(&mut Self),
    ) -> usize {
        let (number, parent) = (self.elements.len(), self.open.last().copied());
        if let Some(parent) = parent {
            self.elements[parent].children.push(number);
        }
        self.elements.push(Element {
            name,
            attributes,
            more: Vec::new(),
            parent,
            children: Vec::new(),
            end: 0,
            text: None,
            level: None,
            span,
            has_words: false,
        });
        self.open.push(number);
        inside(self);
        self.open.pop();
        self.elements[number].end = self.elements.len();
        number
    }

    fn blocks(&mut self, blocks: &'d [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'d Block) {
        let Block { kind, attributes, span } = block;
        let name = name_of(block);
        let number = self.within(name, Some(attributes), *span, |this| match kind {
            BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => {
                this.text(content);
            }
            BlockKind::Quotation { blocks, .. } | BlockKind::Division { blocks, .. } => {
                this.blocks(blocks);
            }
            BlockKind::List(list) => this.list(list),
            BlockKind::Definitions(definitions) => this.definitions(definitions, *span),
            BlockKind::Table(table) => this.table(table, *span),
            BlockKind::Figure(figure) => this.figure(figure, *span),
            BlockKind::Code { text, .. } => this.words(text),
            BlockKind::Math(math) => this.words(&math.source),
            BlockKind::ThematicBreak => {}
        });
        match kind {
            BlockKind::Heading { level, .. } => {
                self.elements[number].level = Some(*level)
            }
            BlockKind::Quotation { cite: Some(cite), .. } => {
                self.elements[number].more.push(("cite", cite));
            }
            _ => {}
        }
    }

    /// Makes the innermost element a block of text.
    fn text(&mut self, content: &'d [Inline]) {
        if let Some(open) = self.open.last() {
            self.elements[*open].text.get_or_insert_default().push(content);
        }
        self.inlines(content);
    }

    fn words(&mut self, words: &str) {
        if let Some(open) = self.open.last() {
            self.elements[*open].has_words |= !words.is_empty();
        }
    }

    fn list(&mut self, list: &'d List) {
        for item in &list.items {
            self.within("li", Some(&item.attributes), item.span, |this| {
                this.blocks(&item.blocks);
            });
        }
    }

    fn definitions(&mut self, definitions: &'d [Definition], span: Span) {
        for Definition { terms, descriptions } in definitions {
            for term in terms {
                self.within("dt", None, span, |this| this.text(term));
            }
            for description in descriptions {
                self.within("dd", None, span, |this| this.blocks(description));
            }
        }
    }

    fn table(&mut self, table: &'d Table, span: Span) {
        if !table.caption.is_empty() {
            self.within("caption", None, span, |this| this.text(&table.caption));
        }
        for (name, rows) in [("thead", &table.head), ("tbody", &table.body)] {
            if !rows.is_empty() {
                self.within(name, None, span, |this| this.rows(rows, span));
            }
        }
    }

    fn rows(&mut self, rows: &'d [Row], span: Span) {
        for row in rows {
            self.within("tr", None, span, |this| {
                for cell in &row.cells {
                    let name = if cell.head { "th" } else { "td" };
                    this.within(name, Some(&cell.attributes), span, |this| {
                        this.blocks(&cell.blocks);
                    });
                }
            });
        }
    }

    fn figure(&mut self, figure: &'d Figure, span: Span) {
        self.blocks(&figure.blocks);
        if !(figure.caption.is_empty() && figure.credit.is_empty()) {
            self.within("figcaption", None, span, |this| {
                this.text(&figure.caption);
                this.text(&figure.credit);
            });
        }
    }

    fn inlines(&mut self, inlines: &'d [Inline]) {
        for inline in inlines {
            self.inline(inline, None);
        }
    }

    /// An inline; `wrapper` has the classes of a link.
    fn inline(&mut self, inline: &'d Inline, wrapper: Option<&'d Attributes>) {
        let span = inline.span;
        match &inline.kind {
            InlineKind::Text(text) => self.words(text),
            InlineKind::Phrase(phrase) => self.phrase(phrase, span),
            InlineKind::Code(text) => {
                self.within("code", None, span, |this| this.words(text));
            }
            InlineKind::Link { target, title, content } => {
                let number =
                    self.within("a", wrapper, span, |this| this.inlines(content));
                let more = &mut self.elements[number].more;
                if let Target::Unresolved(address) | Target::Address(address) = target {
                    more.push(("href", address));
                }
                if !title.is_empty() {
                    more.push(("title", title));
                }
            }
            InlineKind::Picture(picture) => {
                let number = self.within("img", Some(&picture.attributes), span, |_| {});
                let more = &mut self.elements[number].more;
                more.push(("src", &picture.address));
                more.push(("alt", &picture.alt));
                more.push(("title", &picture.title));
            }
            InlineKind::LineBreak => {
                self.within("br", None, span, |_| {});
            }
            InlineKind::Ruby { base, reading } => {
                self.within("ruby", None, span, |this| {
                    this.inlines(base);
                    this.within("rt", None, span, |this| this.inlines(reading));
                });
            }
            InlineKind::FootnoteReference(_)
            | InlineKind::NoteReference(_)
            | InlineKind::Citation(_)
            | InlineKind::Math(_) => self.words("1"),
        }
    }

    fn phrase(&mut self, phrase: &'d Phrase, span: Span) {
        let Phrase { role, content, attributes, title } = phrase;
        if let Some(link) = link_of(phrase, span) {
            return self.inline(link, Some(attributes));
        }
        let name = role.element();
        let number =
            self.within(name, Some(attributes), span, |this| this.inlines(content));
        if !title.is_empty() {
            self.elements[number].more.push(("title", title));
        }
    }
}

/// The link that a phrase at a place has the classes of: the reader puts it around the link.
pub(super) fn link_of(phrase: &Phrase, span: Span) -> Option<&Inline> {
    match phrase.content.as_slice() {
        [link] if link.span == span && matches!(link.kind, InlineKind::Link { .. }) => {
            Some(link)
        }
        _ => None,
    }
}

fn name_of(block: &Block) -> &'static str {
    match &block.kind {
        BlockKind::Paragraph(_) => "p",
        BlockKind::Heading { level, .. } => {
            ["h2", "h3", "h4", "h5", "h6"][usize::from(level.clamp(&2, &6) - 2)]
        }
        BlockKind::Quotation { .. } => "blockquote",
        BlockKind::List(List { start: Some(_), .. }) => "ol",
        BlockKind::List(_) => "ul",
        BlockKind::Definitions(_) => "dl",
        BlockKind::Code { .. } => "pre",
        BlockKind::Table(_) => "table",
        BlockKind::Figure(_) => "figure",
        BlockKind::Math(_) => "math",
        BlockKind::ThematicBreak => "hr",
        BlockKind::Division { role, .. } => match role {
            Division::Plain | Division::Center => "div",
            Division::Section => "section",
            Division::Aside => "aside",
            Division::EditorsNote => "div",
            Division::Details => "details",
            Division::Summary => "summary",
        },
    }
}
