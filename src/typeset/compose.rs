//! Composing: a chapter's blocks, one below the other, into a galley.

use super::collect::{self, Collected, TextStyle};
use super::fonts::Family;
use super::frame::{self, Anchor, Color, Item, Mark};
use super::galley::{Galley, Strip};
use super::line::{Align, Line, Shape};
use super::setter::Setter;
use super::shape::Features;
use super::structure::{NodeId, Role};
use super::theme::Theme;
use super::words::HyphenationLanguage;
use crate::document::{
    Block, BlockKind, ChapterId, Definition, Division, Inline, List, ListItem, Math,
    plain_text,
};
use crate::source::Span;
use crate::units::{Pt, Rect};

/// Sets blocks below `node` into a galley.
pub fn compose(
    setter: &mut Setter,
    theme: &Theme,
    chapter: Option<ChapterId>,
    blocks: &[Block],
    context: Context,
) -> Galley {
    let mut composer = Composer::new(setter, theme, chapter);
    composer.blocks(blocks, context);
    composer.galley
}

/// What surrounds a block.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The structure's node that it goes into.
    pub node: NodeId,
    /// The white to its left.
    pub left: Pt,
    /// The length of its lines.
    pub measure: Pt,
    /// How its words are set.
    pub style: TextStyle,
    /// From baseline to baseline.
    pub leading: Pt,
    /// Which edges are even.
    pub align: Align,
    /// Whether paragraphs stand apart by white, not by an indent.
    pub spaced: bool,
}

impl Context {
    /// Set in from the left and the right, as far as lines of a few words still fit: what is
    /// nested deeper stays where it is.
    pub(super) fn inset(self, left: Pt, right: Pt) -> Self {
        let room = (self.measure - self.style.size * 11.0).max(Pt::ZERO);
        let part = (room / (left + right)).min(1.0);
        Self {
            left: self.left + left * part,
            measure: self.measure - (left + right) * part,
            ..self
        }
    }
}

/// Sets blocks, one below the other.
pub(super) struct Composer<'a, 'w> {
    pub(super) setter: &'a mut Setter<'w>,
    pub(super) theme: &'a Theme,
    pub(super) chapter: Option<ChapterId>,
    pub(super) galley: Galley,
    /// The white that the next strip has above it, at least.
    pub(super) space: Pt,
    /// Whether the block before was a paragraph: then the next one is indented.
    after_paragraph: bool,
    /// Places that the next strip will be.
    pub(super) anchors: Vec<Anchor>,
}

/// Letters stand a little below the middle of their line.
pub fn baseline(size: Pt, leading: Pt) -> Pt {
    leading / 2.0 + size * 0.25
}

impl<'a, 'w> Composer<'a, 'w> {
    pub(super) fn new(
        setter: &'a mut Setter<'w>,
        theme: &'a Theme,
        chapter: Option<ChapterId>,
    ) -> Self {
        Self {
            setter,
            theme,
            chapter,
            galley: Galley::default(),
            space: Pt::ZERO,
            after_paragraph: false,
            anchors: Vec::new(),
        }
    }

    pub(super) fn blocks(&mut self, blocks: &[Block], context: Context) {
        for block in blocks {
            self.block(block, context);
        }
    }

    fn block(&mut self, block: &Block, mut context: Context) {
        if let (Some(id), Some(chapter)) = (&block.attributes.id, self.chapter) {
            self.anchors.push(Anchor::Id(chapter, id.as_str().into()));
        }
        if let Some(language) = &block.attributes.lang {
            context.style.letters.hyphenation = HyphenationLanguage::of(language);
            context.node = self.setter.structure.add(context.node, Role::Division);
            self.setter.structure.set_language(context.node, language);
        }
        match &block.kind {
            BlockKind::Paragraph(content) => self.paragraph(content, context),
            BlockKind::Heading { level, content } => {
                self.heading(*level, content, context)
            }
            BlockKind::Quotation { blocks, .. } => self.quotation(blocks, context),
            BlockKind::List(list) => self.list(list, context),
            BlockKind::Definitions(definitions) => self.definitions(definitions, context),
            BlockKind::Code { text, .. } => self.code(text, block.span, context),
            BlockKind::Table(table) => self.table(table, context),
            BlockKind::Figure(figure) => self.figure(figure, context),
            BlockKind::Math(math) => self.math(math, block.span, context),
            BlockKind::Rule => self.rule(context),
            BlockKind::Division { role, blocks } => self.division(*role, blocks, context),
        }
    }

    /// Asks for white below what was set last, and above what comes next.
    pub(super) fn part(&mut self, space: Pt) {
        self.space = self.space.max(space);
        self.after_paragraph = false;
    }

    fn paragraph(&mut self, content: &[Inline], context: Context) {
        let node = self.setter.structure.add(context.node, Role::Paragraph);
        if context.spaced {
            self.part(context.leading / 2.0);
        }
        let indented = self.after_paragraph && context.align == Align::Justify;
        let indent = if indented { self.theme.indent } else { Pt::ZERO };
        let collected =
            collect::collect(self.setter, self.chapter, content, context.style, node);
        self.text(&collected, context, indent);
        self.after_paragraph = true;
    }

    /// Sets collected text as lines.
    pub(super) fn text(&mut self, collected: &Collected, context: Context, indent: Pt) {
        let shape = Shape {
            measure: context.measure,
            indent,
            size: context.style.size,
            align: context.align,
        };
        let lines = self.setter.lines(collected, &shape);
        self.lines(lines, context);
    }

    /// Puts lines below one another. Neither the first nor the last two stand alone on a page.
    pub(super) fn lines(&mut self, lines: Vec<Line>, context: Context) {
        let count = lines.len();
        let baseline = baseline(context.style.size, context.leading);
        for (index, line) in lines.into_iter().enumerate() {
            let mut strip = Strip::of_line(line, context.left, context.leading, baseline);
            strip.keep = index + 1 < count && (index == 0 || index + 2 == count);
            self.push(strip);
        }
    }

    /// Puts a strip below the others.
    pub(super) fn push(&mut self, mut strip: Strip) {
        strip.space = strip.space.max(std::mem::take(&mut self.space));
        strip.anchors.append(&mut self.anchors);
        self.galley.strips.push(strip);
    }

    fn heading(&mut self, level: u8, content: &[Inline], mut context: Context) {
        let heading = self.theme.heading(level);
        let role = Role::Heading { level, title: plain_text(content) };
        let node = self.setter.structure.add(context.node, role);
        context.style.size = heading.size;
        context.style.letters.hyphenation = None;
        context.style.letters.features.old_style = false;
        context.style.letters.face.italic = heading.italic;
        context.style.letters.face.bold = !heading.italic;
        context.leading = heading.leading.max(heading.size * 1.15);
        context.align = Align::Left;
        self.part(heading.above);
        let collected =
            collect::collect(self.setter, self.chapter, content, context.style, node);
        let first = self.galley.strips.len();
        self.text(&collected, context, Pt::ZERO);
        self.galley.keep_from(first);
        if let Some(last) = self.galley.strips.last_mut() {
            last.keep = true;
        }
        self.part(heading.below);
    }

    fn quotation(&mut self, blocks: &[Block], mut context: Context) {
        context.node = self.setter.structure.add(context.node, Role::Quotation);
        let inset = self.theme.size * 1.6;
        context = context.inset(inset, inset);
        context.style.size = (context.style.size * 0.94).max(self.theme.note_size);
        self.part(context.leading / 2.0);
        self.blocks(blocks, context);
        self.part(context.leading / 2.0);
    }

    fn list(&mut self, list: &List, context: Context) {
        let role = Role::List { numbered: list.start.is_some() };
        let node = self.setter.structure.add(context.node, role);
        self.part(context.leading / 2.0);
        for (number, item) in (list.start.unwrap_or(0)..).zip(&list.items) {
            let label = match (item.task, list.start) {
                (Some(true), _) => "☑".to_owned(),
                (Some(false), _) => "☐".to_owned(),
                (None, Some(_)) => format!("{number}."),
                (None, None) => "•".to_owned(),
            };
            self.list_item(&label, item, Context { node, ..context }, list.tight);
        }
        self.part(context.leading / 2.0);
    }

    fn list_item(&mut self, label: &str, item: &ListItem, context: Context, tight: bool) {
        let mut inner = context.inset(self.theme.size * 1.8, Pt::ZERO);
        inner.spaced = false;
        let node = self.setter.structure.add(context.node, Role::ListItem);
        let end = inner.left - context.left - self.theme.size * 0.5;
        let label = self.label(label, node, context, end);
        inner.node = self.setter.structure.add(node, Role::ListBody);
        if !tight {
            self.part(context.leading / 2.0);
        }
        self.after_paragraph = false;
        let first = self.galley.strips.len();
        self.blocks(&item.blocks, inner);
        self.hang(first, label, context);
        self.after_paragraph = false;
    }

    /// A label that ends `end` from the left of its context.
    pub(super) fn label(
        &mut self,
        text: &str,
        node: NodeId,
        context: Context,
        end: Pt,
    ) -> Line {
        let node = self.setter.structure.add(node, Role::Label);
        let mut style = context.style;
        style.letters.features.old_style = false;
        let collected = collect::words(self.setter, text, style, node);
        self.hanging_line(&collected, context, end)
    }

    /// One line whose text ends `end` from the left of its context.
    pub(super) fn hanging_line(
        &mut self,
        collected: &Collected,
        context: Context,
        end: Pt,
    ) -> Line {
        let size = context.style.size;
        let shape =
            Shape { measure: Pt(1000.0), indent: Pt::ZERO, size, align: Align::Left };
        let mut line =
            self.setter.lines(collected, &shape).into_iter().next().unwrap_or_default();
        let shift = (end - line.width).max(-context.left);
        for item in &mut line.items {
            item.shift(shift, Pt::ZERO);
        }
        for link in &mut line.links {
            link.area.origin.x += shift;
        }
        line
    }

    /// Hangs a label beside the first strip from `first` on, or on a line of its own.
    pub(super) fn hang(&mut self, first: usize, label: Line, context: Context) {
        let baseline = baseline(context.style.size, context.leading);
        let strip = Strip::of_line(label, context.left, context.leading, baseline);
        match self.galley.strips.get_mut(first) {
            Some(body) => {
                let height = body.height;
                let mut items = strip.items;
                items.append(&mut body.items);
                body.items = items;
                body.links.extend(strip.links);
                body.anchors.extend(strip.anchors);
                body.height = height;
            }
            None => self.push(strip),
        }
    }

    fn definitions(&mut self, definitions: &[Definition], context: Context) {
        let node =
            self.setter.structure.add(context.node, Role::List { numbered: false });
        self.part(context.leading / 2.0);
        for definition in definitions {
            let item = self.setter.structure.add(node, Role::ListItem);
            self.after_paragraph = false;
            for term in &definition.terms {
                let label = self.setter.structure.add(item, Role::Label);
                let mut term_context = Context { align: Align::Left, ..context };
                term_context.style.letters.face.bold = true;
                let collected = collect::collect(
                    self.setter,
                    self.chapter,
                    term,
                    term_context.style,
                    label,
                );
                self.text(&collected, term_context, Pt::ZERO);
                if let Some(last) = self.galley.strips.last_mut() {
                    last.keep = true;
                }
            }
            let node = self.setter.structure.add(item, Role::ListBody);
            let inner =
                Context { node, ..context.inset(self.theme.size * 1.8, Pt::ZERO) };
            for meaning in &definition.meanings {
                self.after_paragraph = false;
                self.blocks(meaning, inner);
            }
        }
        self.part(context.leading / 2.0);
    }

    fn math(&mut self, math: &Math, span: Span, context: Context) {
        self.setter.math_as_source(span);
        let role = Role::Formula { alt: math.source.clone() };
        let node = self.setter.structure.add(context.node, role);
        let mut inner = Context { align: Align::Center, ..context };
        inner.style.letters.face.family = Family::Mono;
        inner.style.letters.features = Features::default();
        inner.style.letters.hyphenation = None;
        inner.style.size = context.style.size * 0.8;
        self.part(context.leading / 2.0);
        let collected = collect::words(self.setter, &math.source, inner.style, node);
        self.text(&collected, inner, Pt::ZERO);
        self.part(context.leading / 2.0);
    }

    /// A break between scenes: three asterisks, spread.
    fn rule(&mut self, context: Context) {
        self.part(context.leading / 2.0);
        let width = self.theme.size * 5.0;
        let x = context.left + (context.measure - width) / 2.0;
        let area = Rect::new(x, context.leading / 2.0, width, Pt(0.5));
        let fill = frame::fill(area, Color::grey(0.6));
        self.push(Strip {
            height: context.leading,
            items: vec![Item { kind: fill, mark: Mark::Decoration }],
            ..Strip::default()
        });
        self.part(context.leading / 2.0);
    }

    fn division(&mut self, role: Division, blocks: &[Block], mut context: Context) {
        match role {
            Division::Plain | Division::Section => {}
            Division::Center => context.align = Align::Center,
            Division::Summary => {
                context.align = Align::Left;
                context.style.letters.face.bold = true;
                self.part(context.leading / 2.0);
                let first = self.galley.strips.len();
                self.blocks(blocks, context);
                self.galley.keep_from(first);
                if let Some(last) = self.galley.strips.last_mut() {
                    last.keep = true;
                }
                return self.part(Pt::ZERO);
            }
            Division::Aside | Division::Details => {
                let beside = context.left + self.theme.size * 0.3;
                context = context.inset(self.theme.size * 1.2, Pt::ZERO);
                context.node = self.setter.structure.add(context.node, Role::Division);
                context.style.size =
                    (context.style.size * 0.94).max(self.theme.note_size);
                self.part(context.leading / 2.0);
                let first = self.galley.strips.len();
                self.blocks(blocks, context);
                self.rule_beside(first, beside);
                return self.part(context.leading / 2.0);
            }
        }
        self.blocks(blocks, context);
    }

    /// Draws a thin upright rule beside all strips from `first` on.
    fn rule_beside(&mut self, first: usize, x: Pt) {
        for (index, strip) in self.galley.strips.iter_mut().enumerate().skip(first) {
            let above = if index == first { Pt::ZERO } else { strip.space };
            let area = Rect::new(x, -above, Pt(0.75), strip.height + above);
            let fill = frame::fill(area, Color::grey(0.35));
            strip.items.insert(0, Item { kind: fill, mark: Mark::Decoration });
        }
    }
}
