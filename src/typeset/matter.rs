//! Front and back matter: half-title, title page, copyright page, contents; picture credits,
//! colophon.

use std::collections::BTreeMap;

use super::collect::{self, Collected, Run, TextStyle};
use super::compose::{Composer, Context};
use super::frame::{
    Anchor, Color, Destination, Folio, Item, ItemKind, Mark, Matter, Piece,
};
use super::galley::{Galley, Strip};
use super::line::{Align, Shape};
use super::setter::Setter;
use super::structure::{NodeId, Role};
use super::theme::Theme;
use super::words::HyphenationLanguage;
use crate::book::{BibliographyEntry, Book, Credit, QuotedSource};
use crate::document::{Block, ChapterId, Inline, InlineKind, Target, plain_text};
use crate::units::Pt;

/// What is set here, and with what.
pub(super) struct MatterSetter<'a, 'w> {
    pub(super) setter: &'a mut Setter<'w>,
    pub(super) theme: Theme,
    pub(super) book: &'a Book,
}

/// An entry of the contents.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) title: Vec<Inline>,
    pub(super) anchor: Anchor,
    pub(super) folio: Option<Folio>,
    /// Whether it stands over others: a part.
    pub(super) part: bool,
}

impl MatterSetter<'_, '_> {
    pub(super) fn context(&self, node: NodeId, align: Align) -> Context {
        Context {
            node,
            left: Pt::ZERO,
            measure: self.theme.measure(),
            style: self.theme.text(HyphenationLanguage::of(self.setter.language.tag())),
            leading: self.theme.leading,
            align,
            spaced: false,
        }
    }

    /// Sets words in lines of their own.
    pub(super) fn words(
        &mut self,
        galley: &mut Galley,
        text: &str,
        role: Role,
        mut context: Context,
        above: Pt,
    ) {
        context.node = self.setter.structure.add(context.node, role);
        let collected = collect::words(self.setter, text, context.style, context.node);
        self.lines(galley, &collected, context, above);
    }

    fn lines(
        &mut self,
        galley: &mut Galley,
        collected: &Collected,
        context: Context,
        above: Pt,
    ) {
        let mut composer = Composer::new(self.setter, &self.theme, None);
        composer.part(above);
        composer.text(collected, context, Pt::ZERO);
        galley.strips.append(&mut composer.galley.strips);
    }

    /// White that stays even at the head of a page.
    fn white(&self, galley: &mut Galley, lines: f64) {
        let height = self.theme.leading * lines;
        galley.strips.push(Strip { height, keep: true, ..Strip::default() });
    }

    fn display(&self, context: Context, scale: f64) -> Context {
        let mut context = context;
        context.style.size = self.theme.size * scale;
        context.style.letters.features.old_style = false;
        context.style.letters.hyphenation = None;
        context.leading = (context.style.size * 1.25).max(self.theme.leading);
        context
    }

    pub(super) fn half_title(&mut self, node: NodeId) -> Galley {
        let mut galley = Galley::default();
        self.white(&mut galley, 7.0);
        let context = self.display(self.context(node, Align::Center), 1.2);
        let title = self.book.metadata.title.clone();
        self.words(&mut galley, &title, Role::Paragraph, context, Pt::ZERO);
        galley
    }

    pub(super) fn title_page(&mut self, node: NodeId) -> Galley {
        let mut galley = Galley::default();
        let metadata = &self.book.metadata;
        self.white(&mut galley, 6.0);
        let plain = self.context(node, Align::Center);
        let title = self.display(plain, 2.4);
        let words = metadata.title.clone();
        self.words(&mut galley, &words, Role::Paragraph, title, Pt::ZERO);
        let leading = self.theme.leading;
        if let Some(subtitle) = metadata.subtitle.clone() {
            let mut context = self.display(plain, 1.2);
            context.style.letters.face.italic = true;
            self.words(&mut galley, &subtitle, Role::Paragraph, context, leading);
        }
        for (index, author) in metadata.authors.iter().enumerate() {
            let context = self.display(plain, 1.2);
            let above = if index == 0 { leading * 4.0 } else { Pt::ZERO };
            self.words(&mut galley, author, Role::Paragraph, context, above);
        }
        if let Some(publisher) = &metadata.publisher {
            let mut context = plain;
            context.style.letters.features.small_capitals = true;
            self.words(&mut galley, publisher, Role::Paragraph, context, leading * 10.0);
        }
        if let Some(first) = galley.strips.first_mut() {
            first.anchors.push(Anchor::Matter(Matter::Title));
        }
        galley
    }

    /// Small text at the foot of its page.
    pub(super) fn copyright_page(&mut self, node: NodeId) -> Galley {
        let blocks = crate::book::copyright_page(self.book, self.setter.nowhere);
        let mut text = self.small_print(&blocks, node, Align::Left);
        let lack = self.theme.text_height() - text.height();
        let mut galley = Galley::default();
        self.white(&mut galley, (lack / self.theme.leading - 0.5).max(0.0));
        galley.strips.append(&mut text.strips);
        if let Some(first) = galley.strips.first_mut() {
            first.anchors.push(Anchor::Matter(Matter::Copyright));
        }
        galley
    }

    fn small_print(&mut self, blocks: &[Block], node: NodeId, align: Align) -> Galley {
        let mut context = self.context(node, align);
        context.style.size = self.theme.note_size;
        context.leading = self.theme.note_leading;
        context.style.letters.hyphenation = None;
        context.spaced = true;
        super::compose::compose(self.setter, &self.theme, None, blocks, context)
    }

    pub(super) fn colophon(&mut self, node: NodeId) -> Galley {
        let words = self.setter.language.words().colophon;
        let mut galley = self.opening(words, Matter::Colophon, node);
        let blocks = crate::book::colophon(&self.setter.language, self.setter.nowhere);
        let mut text = self.small_print(&blocks, node, Align::Center);
        galley.strips.append(&mut text.strips);
        galley
    }

    /// The heading that opens a part of the front or back matter.
    pub(super) fn opening(
        &mut self,
        words: &str,
        matter: Matter,
        node: NodeId,
    ) -> Galley {
        let mut galley = Galley::default();
        self.white(&mut galley, 3.0);
        let context = self.display(self.context(node, Align::Center), 1.6);
        let role = Role::Heading { level: 1, title: words.to_owned() };
        self.words(&mut galley, words, role, context, Pt::ZERO);
        self.white(&mut galley, 2.0);
        if let Some(first) = galley.strips.first_mut() {
            first.anchors.push(Anchor::Matter(matter));
        }
        galley
    }

    pub(super) fn contents(&mut self, entries: &[Entry], node: NodeId) -> Galley {
        let words = self.setter.language.words().contents;
        let mut galley = self.opening(words, Matter::Contents, node);
        let list = self.setter.structure.add(node, Role::Contents);
        for entry in entries {
            self.entry(&mut galley, entry, list);
        }
        galley
    }

    /// A title, dots, and a number.
    fn entry(&mut self, galley: &mut Galley, entry: &Entry, list: NodeId) {
        let item = self.setter.structure.add(list, Role::ContentsItem);
        let mut context = self.context(item, Align::Left);
        context.style.letters.hyphenation = None;
        let hanging = self.theme.size * 1.5;
        let number_room = self.theme.size * 3.0;
        context.measure = context.measure - number_room - hanging;
        context.left = hanging;
        if entry.part {
            context.style.letters.features.small_capitals = true;
        }
        let reference = self.setter.structure.add(item, Role::Reference);
        let mut collected =
            self.linked(&entry.title, entry.anchor.clone(), reference, context.style);
        let link = collected.links.remove(0);
        let shape = Shape {
            measure: context.measure,
            indent: -hanging,
            size: context.style.size,
            align: Align::Left,
        };
        let lines = self.setter.lines(&collected, &shape);
        let last = lines.len().saturating_sub(1);
        let baseline = super::compose::baseline(context.style.size, context.leading);
        for (index, mut line) in lines.into_iter().enumerate() {
            if index == last {
                let from = line.width + if index == 0 { -hanging } else { Pt::ZERO };
                let end = context.measure + number_room;
                self.leader(&mut line, from, end, entry.folio, &link, context.style);
            }
            let mut strip = Strip::of_line(line, context.left, context.leading, baseline);
            strip.keep = index != last || entry.part;
            if index == 0 && !galley.strips.is_empty() {
                strip.space = self.theme.leading * if entry.part { 0.75 } else { 0.25 };
            }
            galley.strips.push(strip);
        }
    }

    /// Words that lead to a place in the book.
    pub(super) fn linked(
        &mut self,
        title: &[Inline],
        anchor: Anchor,
        node: NodeId,
        style: TextStyle,
    ) -> Collected {
        let node = self.setter.structure.add(node, Role::Link);
        let link = std::sync::Arc::new(collect::Link {
            destination: Destination::Anchor(anchor),
            node,
            words: plain_text(title).into(),
        });
        let bare = without_links(title);
        let mut collected = collect::collect(self.setter, None, &bare, style, node);
        for run in &mut collected.runs {
            run.link = Some(link.clone());
        }
        collected.links = vec![link];
        collected
    }

    /// Dots from where a line ends to a number at the end of the measure.
    fn leader(
        &mut self,
        line: &mut super::line::Line,
        from: Pt,
        end: Pt,
        folio: Option<Folio>,
        link: &std::sync::Arc<collect::Link>,
        style: TextStyle,
    ) {
        let Some(folio) = folio else { return };
        let mut style = style;
        style.letters.features = super::shape::Features::default();
        let leaf = self.setter.structure.leaf(link.node);
        let text = folio.to_string();
        let run = Run {
            range: 0..text.len(),
            style,
            leaf,
            link: Some(link.clone()),
            picture: None,
            address: false,
            span: self.setter.nowhere,
        };
        let collected = Collected { text, runs: vec![run], ..Collected::default() };
        let shape = Shape {
            measure: end,
            indent: Pt::ZERO,
            size: style.size,
            align: Align::Right,
        };
        let Some(number) = self.setter.lines(&collected, &shape).into_iter().next()
        else {
            return;
        };
        let stop = end - number.width - style.size * 0.5;
        line.items.extend(number.items);
        line.links.extend(number.links);
        let font = self.setter.shaper.fonts.face(style.letters.face);
        let dot = self.setter.shaper.shape(font, style.letters.features, ".");
        let step = style.size * 0.55;
        // Dots of all lines stand below one another: on a grid counted from the end.
        let mut x = stop;
        let mut pieces = Vec::new();
        while x - step > from + style.size * 0.5 {
            x -= step;
            pieces.push(Piece::Word(dot.clone()));
            pieces.push(Piece::Kern(step - style.size * dot.width));
        }
        if pieces.is_empty() {
            return;
        }
        line.items.push(Item {
            kind: ItemKind::Text(super::frame::TextRun {
                font,
                size: style.size,
                origin: crate::units::Point { x, y: Pt::ZERO },
                stretch: 1.0,
                color: Color::grey(0.6),
                pieces,
                span: None,
            }),
            mark: Mark::Decoration,
        });
    }

    /// Who made which picture.
    pub(super) fn credits(
        &mut self,
        credits: &[Credit],
        folio_of: &dyn Fn(ChapterId) -> Option<Folio>,
        node: NodeId,
    ) -> Galley {
        let nowhere = self.setter.nowhere;
        let item = |credit: &Credit| {
            let mut content = Vec::new();
            if let Some(folio) = folio_of(credit.chapter) {
                content.push(Inline::text(format!("{folio}  "), nowhere));
            }
            if !credit.caption.is_empty() {
                content.push(Inline::text(format!("{} ", credit.caption), nowhere));
            }
            content.extend(credit.credit.iter().cloned());
            content
        };
        let items = credits.iter().map(item).collect();
        let words = self.setter.language.words().picture_credits;
        self.list(words, Matter::Credits, items, node)
    }

    /// The works of the bibliography.
    pub(super) fn bibliography(
        &mut self,
        entries: &[BibliographyEntry],
        node: NodeId,
    ) -> Galley {
        let items = entries.iter().map(|entry| entry.text.clone()).collect();
        let words = self.setter.language.words().citing.bibliography;
        self.list(words, Matter::Bibliography, items, node)
    }

    /// Whose words the book quotes, and on which pages.
    pub(super) fn quoted(
        &mut self,
        sources: &[QuotedSource],
        folios: &BTreeMap<Anchor, Folio>,
        node: NodeId,
    ) -> Galley {
        let nowhere = self.setter.nowhere;
        let item = |source: &QuotedSource| {
            let mut content = vec![Inline::text(source.name.as_str(), nowhere)];
            let mut last = None;
            for (note, occurrence) in source.excerpts.iter().filter_map(|it| it.note) {
                let folio = folios.get(&Anchor::Reference(note, occurrence)).copied();
                let Some(folio) = folio.filter(|folio| last != Some(*folio)) else {
                    continue;
                };
                last = Some(folio);
                content.push(Inline::text(", ", nowhere));
                let kind = InlineKind::Link {
                    target: Target::Reference(note, occurrence),
                    title: String::new(),
                    content: vec![Inline::text(folio.to_string(), nowhere)],
                };
                content.push(Inline::new(kind, nowhere));
            }
            content
        };
        let items = sources.iter().map(item).collect();
        let words = self.setter.language.words().sources_quoted;
        self.list(words, Matter::Quoted, items, node)
    }

    /// Paragraphs in small letters, all but their first lines set in.
    fn list(
        &mut self,
        heading: &str,
        matter: Matter,
        items: Vec<Vec<Inline>>,
        node: NodeId,
    ) -> Galley {
        let mut galley = self.opening(heading, matter, node);
        for content in items {
            let item = self.setter.structure.add(node, Role::Paragraph);
            let mut context = self.context(item, Align::Left);
            context.style.size = self.theme.note_size;
            context.leading = self.theme.note_leading;
            let inset = self.theme.note_size * 1.5;
            context.left = inset;
            context.measure -= inset;
            let style = context.style;
            let collected = collect::collect(self.setter, None, &content, style, item);
            let above = self.theme.note_leading * 0.25;
            let mut composer = Composer::new(self.setter, &self.theme, None);
            composer.part(above);
            composer.text(&collected, context, -inset);
            galley.strips.append(&mut composer.galley.strips);
        }
        galley
    }
}

/// Inlines whose links are their words, and whose notes are left where they are.
pub(super) fn without_links(inlines: &[Inline]) -> Vec<Inline> {
    use crate::document::Phrase;
    let mut bare = Vec::new();
    for inline in inlines {
        match &inline.kind {
            InlineKind::Link { content, .. } => bare.extend(without_links(content)),
            InlineKind::NoteReference(_)
            | InlineKind::FootnoteReference(_)
            | InlineKind::Citation(_) => {}
            InlineKind::LineBreak => bare.push(Inline::text(" ", inline.span)),
            InlineKind::Phrase(phrase) => {
                let content = without_links(&phrase.content);
                let phrase = Phrase { content, ..phrase.clone() };
                bare.push(Inline::new(InlineKind::Phrase(phrase), inline.span));
            }
            _ => bare.push(inline.clone()),
        }
    }
    bare
}
