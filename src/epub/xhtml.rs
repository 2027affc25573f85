//! The text as XHTML.

use super::files::Files;
use super::xml::{Attributes as XmlAttributes, Xml};
use crate::document::{
    Alignment, Attributes, Block, BlockKind, Cell, Definition, Division, Figure, Inline,
    InlineKind, List, ListItem, Math, NoteReference, Phrase, PhraseRole, Picture, Row,
    Table, Target, plain_text,
};
use crate::language::Words;

/// Writes the text of one document.
pub(super) struct Xhtml<'a> {
    pub(super) xml: Xml,
    files: &'a Files,
    words: &'a Words,
    /// Whether a formula was written: the package has to say so.
    pub(super) has_math: bool,
    /// Whether a reference to a note was written last: the next one then follows a comma.
    after_mark: bool,
}

impl<'a> Xhtml<'a> {
    pub(super) fn new(xml: Xml, files: &'a Files, words: &'a Words) -> Self {
        Self { xml, files, words, has_math: false, after_mark: false }
    }

    /// An element with what `content` writes into it.
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: XmlAttributes,
        content: impl FnOnce(&mut Self),
    ) {
        self.after_mark = false;
        self.xml.open(name, attributes);
        content(self);
        self.xml.close(name);
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
            self.xml.newline();
        }
    }

    fn block(&mut self, block: &Block) {
        let Block { kind, attributes, .. } = block;
        match kind {
            BlockKind::Paragraph(content) => {
                self.within("p", attributes, &[], |this| this.inlines(content));
            }
            BlockKind::Heading { level, content } => {
                let name =
                    ["h2", "h3", "h4", "h5", "h6"][usize::from(level.clamp(&2, &6) - 2)];
                self.within(name, attributes, &[], |this| this.inlines(content));
            }
            BlockKind::Quotation { blocks, cite, .. } => {
                // EPUBCheck takes it for a resource, and wants those to be secure (RSC-031).
                let cite = cite.as_deref().and_then(super::address::valid);
                let cite = cite.filter(|cite| cite.starts_with("https:"));
                let cite = [("cite", cite.as_deref())];
                self.within("blockquote", attributes, &cite, |this| this.blocks(blocks));
            }
            BlockKind::List(list) => self.list(list, attributes),
            BlockKind::Definitions(definitions) => {
                self.within("dl", attributes, &[], |this| this.definitions(definitions));
            }
            BlockKind::Code { language, text } => {
                let class =
                    language.as_ref().map(|language| format!("language-{language}"));
                self.within("pre", attributes, &[], |this| {
                    this.xml.leaf("code", &[("class", class.as_deref())], text);
                });
            }
            BlockKind::Table(table) => self.table(table, attributes),
            BlockKind::Figure(figure) => self.figure(figure, attributes),
            BlockKind::Math(math) => {
                self.within("div", &with_class(attributes, "math"), &[], |this| {
                    this.math(math)
                });
            }
            BlockKind::Rule => self.xml.empty("hr", &[("id", attributes.id.as_deref())]),
            BlockKind::Division { role, blocks } => {
                self.division(*role, blocks, attributes)
            }
        }
    }

    /// An element with its id, classes and language.
    fn within(
        &mut self,
        name: &str,
        attributes: &Attributes,
        more: XmlAttributes,
        content: impl FnOnce(&mut Self),
    ) {
        let class =
            (!attributes.classes.is_empty()).then(|| attributes.classes.join(" "));
        let lang = attributes.lang.as_deref();
        let mut all = vec![
            ("id", attributes.id.as_deref()),
            ("class", class.as_deref()),
            ("lang", lang),
            ("xml:lang", lang),
        ];
        all.extend_from_slice(more);
        self.element(name, &all, content);
    }

    fn list(&mut self, list: &List, attributes: &Attributes) {
        let start = list.start.filter(|&start| start != 1).map(|start| start.to_string());
        let name = if list.start.is_some() { "ol" } else { "ul" };
        let class =
            if list.items.iter().any(|item| item.task.is_some()) { "tasks" } else { "" };
        let attributes = with_class(attributes, class);
        self.within(name, &attributes, &[("start", start.as_deref())], |this| {
            for item in &list.items {
                this.element("li", &[], |this| this.list_item(item, list.tight));
            }
        });
    }

    fn list_item(&mut self, item: &ListItem, tight: bool) {
        if let Some(done) = item.task {
            self.xml.text(if done { "☑ " } else { "☐ " });
        }
        self.flow(&item.blocks, tight);
    }

    /// Blocks; a paragraph that stands alone or in a tight list needs no element of its own.
    fn flow(&mut self, blocks: &[Block], tight: bool) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(content)
                    if tight && block.attributes == Attributes::default() =>
                {
                    self.inlines(content);
                }
                _ => self.block(block),
            }
        }
    }

    fn definitions(&mut self, definitions: &[Definition]) {
        for definition in definitions {
            for term in &definition.terms {
                self.element("dt", &[], |this| this.inlines(term));
            }
            for meaning in &definition.meanings {
                self.element("dd", &[], |this| this.flow(meaning, meaning.len() == 1));
            }
        }
    }

    fn table(&mut self, table: &Table, attributes: &Attributes) {
        self.within("table", attributes, &[], |this| {
            if !table.caption.is_empty() {
                this.element("caption", &[], |this| this.inlines(&table.caption));
            }
            for (name, rows) in [("thead", &table.head), ("tbody", &table.body)] {
                if !rows.is_empty() {
                    this.element(name, &[], |this| {
                        this.rows(rows, table, name == "thead")
                    });
                }
            }
        });
    }

    fn rows(&mut self, rows: &[Row], table: &Table, head: bool) {
        for row in rows {
            self.element("tr", &[], |this| {
                for (index, cell) in row.cells.iter().enumerate() {
                    let alignment = table.columns.get(index).copied().unwrap_or_default();
                    this.cell(cell, alignment, head);
                }
            });
        }
    }

    fn cell(&mut self, cell: &Cell, alignment: Alignment, head: bool) {
        // A head without words is none to somebody who listens.
        let is_head = (cell.head || head) && !cell.blocks.is_empty();
        let (name, scope) = match (is_head, head) {
            (true, true) => ("th", Some("col")),
            (true, false) => ("th", Some("row")),
            (false, _) => ("td", None),
        };
        let class = match alignment {
            Alignment::Start => None,
            Alignment::Center => Some("align-center"),
            Alignment::End => Some("align-end"),
        };
        let span = |count: u16| (count > 1).then(|| count.to_string());
        let (columns, rows) = (span(cell.columns), span(cell.rows));
        let attributes = [
            ("scope", scope),
            ("class", class),
            ("colspan", columns.as_deref()),
            ("rowspan", rows.as_deref()),
        ];
        self.element(name, &attributes, |this| {
            this.flow(&cell.blocks, cell.blocks.len() == 1)
        });
    }

    fn figure(&mut self, figure: &Figure, attributes: &Attributes) {
        self.within("figure", attributes, &[], |this| {
            for block in &figure.blocks {
                match &block.kind {
                    BlockKind::Paragraph(content) => this.inlines(content),
                    _ => this.block(block),
                }
            }
            if figure.caption.is_empty() && figure.credit.is_empty() {
                return;
            }
            this.element("figcaption", &[], |this| {
                this.inlines(&figure.caption);
                if !figure.credit.is_empty() {
                    this.xml.text(" ");
                    this.element("span", &[("class", Some("credit"))], |this| {
                        this.inlines(&figure.credit);
                    });
                }
            });
        });
    }

    fn math(&mut self, math: &Math) {
        match &math.mathml {
            Some(mathml) => {
                self.has_math = true;
                self.xml.raw(mathml);
            }
            None => self.xml.leaf("code", &[("class", Some("math"))], &math.source),
        }
    }

    fn division(&mut self, role: Division, blocks: &[Block], attributes: &Attributes) {
        let class = match role {
            Division::Plain | Division::Section => "",
            Division::Center => "center",
            Division::Aside => "aside",
            Division::Details => "details",
            Division::Summary => "summary",
        };
        let attributes = with_class(attributes, class);
        self.within("div", &attributes, &[], |this| this.blocks(blocks));
    }

    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        // Phrases and links are but what is in them.
        self.after_mark &= matches!(
            inline.kind,
            InlineKind::NoteReference(_)
                | InlineKind::Phrase(_)
                | InlineKind::Link { .. }
        );
        match &inline.kind {
            InlineKind::Text(text) => self.xml.text(text),
            InlineKind::Code(code) => self.xml.leaf("code", &[], code),
            InlineKind::Phrase(phrase) => self.phrase(phrase),
            InlineKind::Link { target, title, content } => {
                self.link(target, title, content)
            }
            InlineKind::Picture(picture) => self.picture(picture),
            InlineKind::NoteReference(reference) => self.note_reference(*reference),
            InlineKind::FootnoteReference(label) => self.xml.text(&format!("[^{label}]")),
            // `book` has put all of them into words.
            InlineKind::Citation(_) => {}
            InlineKind::Math(math) => self.math(math),
            InlineKind::LineBreak => self.xml.empty("br", &[]),
            InlineKind::Ruby { base, reading } => self.element("ruby", &[], |this| {
                this.inlines(base);
                this.element("rt", &[], |this| this.inlines(reading));
            }),
        }
    }

    fn phrase(&mut self, phrase: &Phrase) {
        let name = match phrase.role {
            PhraseRole::Emphasis => "em",
            PhraseRole::Strong => "strong",
            PhraseRole::Italic => "i",
            PhraseRole::Bold => "b",
            PhraseRole::Underline => "u",
            PhraseRole::Strike => "s",
            PhraseRole::Subscript => "sub",
            PhraseRole::Superscript => "sup",
            PhraseRole::Small => "small",
            PhraseRole::Mark => "mark",
            PhraseRole::Keyboard => "kbd",
            PhraseRole::Abbreviation => "abbr",
            PhraseRole::Cite => "cite",
            PhraseRole::Quote => "q",
            // The moment of a time may be anything in a post, and not all of it is valid.
            PhraseRole::Time | PhraseRole::Span => "span",
            PhraseRole::Deleted => "del",
            PhraseRole::Inserted => "ins",
        };
        let long =
            matches!(phrase.role, PhraseRole::Abbreviation) && !phrase.title.is_empty();
        let title = long.then_some(phrase.title.as_str());
        let after_mark = self.after_mark;
        self.within(name, &phrase.attributes, &[("title", title)], |this| {
            this.after_mark = after_mark;
            this.inlines(&phrase.content);
        });
    }

    fn link(&mut self, target: &Target, title: &str, content: &[Inline]) {
        let Some(href) = self.files.target(target) else { return self.inlines(content) };
        let title = (!title.is_empty()).then_some(title);
        // Whoever listens has to hear of a link around a picture without words.
        let silent = plain_text(content).trim().is_empty();
        let label = silent.then(|| title.unwrap_or(&href));
        let attributes =
            [("href", Some(&*href)), ("title", title), ("aria-label", label)];
        let after_mark = self.after_mark;
        self.element("a", &attributes, |this| {
            this.after_mark = after_mark;
            this.inlines(content);
        });
    }

    fn picture(&mut self, picture: &Picture) {
        match picture.id {
            Some(id) => {
                let source = self.files.picture(id);
                self.xml
                    .empty("img", &[("src", Some(source)), ("alt", Some(&picture.alt))]);
            }
            None => {
                let named =
                    if picture.alt.is_empty() { &picture.address } else { &picture.alt };
                let text = format!("[{}: {named}]", self.words.missing_picture);
                self.xml.leaf("span", &[("class", Some("missing"))], &text);
            }
        }
    }

    /// A reference to a note. Its number is raised by the stylesheet: a `sup` within it keeps
    /// Apple's reader from showing the note in a window.
    fn note_reference(&mut self, reference: NoteReference) {
        let id = self.files.reference_id(reference);
        let href = self.files.note(reference.note);
        if std::mem::replace(&mut self.after_mark, true) {
            self.xml.leaf("span", &[("class", Some("noteref-comma"))], ",");
        }
        let label = self.files.note_label(reference.number);
        // An asterisk stands high by nature.
        let high = label.starts_with('*');
        let attributes = [
            ("id", Some(id.as_str())),
            ("href", Some(href.as_str())),
            ("class", Some(if high { "noteref high" } else { "noteref" })),
            ("epub:type", Some("noteref")),
            ("role", Some("doc-noteref")),
        ];
        self.xml.leaf("a", &attributes, &label);
    }
}

fn with_class(attributes: &Attributes, class: &str) -> Attributes {
    let mut attributes = attributes.clone();
    if !class.is_empty() && !attributes.classes.iter().any(|known| known == class) {
        attributes.classes.insert(0, class.to_owned());
    }
    attributes
}
