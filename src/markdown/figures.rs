//! A paragraph that is one picture is a figure.

use std::collections::BTreeMap;

use crate::document::{
    Attributes, Block, BlockKind, Document, Figure, Inline, InlineKind, PhraseRole,
    Picture, Visit, VisitMut, plain_text, walk_block_mut, walk_inline,
};
use crate::manuscript::{LeadPicture, Post};
use crate::source::Span;

use super::piece::is_blank;

/// Makes figures of lone pictures, and gives them the lines of small or sloped words that follow.
pub(super) fn find(
    document: &mut Document,
    alternatives: &BTreeMap<Span, Vec<Inline>>,
    post: &Post,
) {
    let mut figures = Figures { alternatives, post };
    figures.blocks(&mut document.blocks);
}

/// Puts the picture that a post's header names above its text, unless the text shows it.
pub(super) fn add_lead(document: &mut Document, post: &Post) {
    let Some(lead) = &post.header.lead_picture else { return };
    let mut shown = Shown { name: file_name(&lead.address), found: false };
    document.blocks.iter().for_each(|block| shown.block(block));
    if shown.found {
        return;
    }
    let LeadPicture { address, alt, caption, span } = lead.clone();
    let (title, attributes) = (String::new(), Attributes::default());
    let picture =
        Picture { address, alt, title, attributes, id: None, unreadable: false };
    let shown = vec![Inline { kind: InlineKind::Picture(picture), span }];
    let caption = match caption.is_empty() {
        true => Vec::new(),
        false => vec![Inline::text(caption, span)],
    };
    let blocks = vec![Block::new(BlockKind::Paragraph(shown), span)];
    let figure = Figure { blocks, caption, credit: Vec::new() };
    document.blocks.insert(0, Block::new(BlockKind::Figure(figure), span));
}

fn file_name(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

/// Whether a picture of a name is shown.
struct Shown<'a> {
    name: &'a str,
    found: bool,
}

impl Visit for Shown<'_> {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Picture(picture) = &inline.kind {
            self.found |= file_name(&picture.address) == self.name;
        }
        walk_inline(self, inline);
    }
}

/// The longest line below a picture that belongs to it, in characters.
const MAX_LINE_CHARS: usize = 240;

struct Figures<'a> {
    alternatives: &'a BTreeMap<Span, Vec<Inline>>,
    post: &'a Post,
}

impl VisitMut for Figures<'_> {
    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
        for block in blocks.drain(..) {
            for mut block in self.apart(block) {
                if !takes(out.last_mut(), &mut block) {
                    self.block(&mut block);
                    out.push(block);
                }
            }
        }
        *blocks = out;
    }

    fn block(&mut self, block: &mut Block) {
        match &block.kind {
            BlockKind::Paragraph(content) => {
                if let Some(mut figure) = self.figure(content, block.span) {
                    let of_picture = match figure.blocks.as_mut_slice() {
                        [Block { kind: BlockKind::Paragraph(shown), .. }] => outer(shown),
                        _ => Attributes::default(),
                    };
                    for class in &of_picture.classes {
                        block.attributes.add_class(class);
                    }
                    let id = &mut block.attributes.id;
                    *id = id.take().or(of_picture.id);
                    if let Some(style) = &of_picture.style {
                        block.attributes.add_style(style);
                    }
                    block.kind = BlockKind::Figure(figure);
                } else if are_pictures(content) {
                    block.attributes.add_class("pictures");
                }
            }
            // What stands in these has its caption, or is no figure of its own.
            BlockKind::Figure(_) | BlockKind::Table(_) | BlockKind::Definitions(_) => {}
            _ => walk_block_mut(self, block),
        }
    }
}

impl Figures<'_> {
    /// The figure that a paragraph is, if it is one picture.
    fn figure(&self, content: &[Inline], span: Span) -> Option<Figure> {
        let (picture, place) = lone_picture(content)?;
        let mut caption = self.caption(picture, place);
        // A note beside a picture belongs to its caption.
        let (marks, shown): (Vec<Inline>, Vec<Inline>) =
            content.iter().cloned().partition(is_mark);
        caption.extend(marks);
        let blocks = vec![Block::new(BlockKind::Paragraph(shown), span)];
        Some(Figure { blocks, caption, credit: Vec::new() })
    }

    /// A paragraph of pictures, each on a line of its own, in a paragraph for each.
    fn apart(&self, block: Block) -> Vec<Block> {
        let BlockKind::Paragraph(content) = &block.kind else { return vec![block] };
        if !are_pictures(content) {
            return vec![block];
        }
        let mut lines: Vec<Vec<Inline>> = vec![Vec::new()];
        for inline in content {
            let written = self.post.text.get(inline.span.range()).unwrap_or_default();
            let ends = matches!(inline.kind, InlineKind::LineBreak)
                || (is_blank(inline) && written.contains('\n'));
            match lines.last_mut() {
                Some(_) if ends => lines.push(Vec::new()),
                Some(line) => line.push(inline.clone()),
                None => {}
            }
        }
        lines.retain(|line| !line.iter().all(is_blank));
        if lines.len() < 2 || !lines.iter().all(|line| lone_picture(line).is_some()) {
            return vec![block];
        }
        let paragraph = |line: Vec<Inline>| {
            let span = line.first().map_or(block.span, |first| first.span);
            let attributes = block.attributes.clone();
            Block { attributes, ..Block::new(BlockKind::Paragraph(line), span) }
        };
        lines.into_iter().map(paragraph).collect()
    }

    /// The title, else the words that stand for the picture.
    fn caption(&self, picture: &Picture, span: Span) -> Vec<Inline> {
        let words = if picture.title.is_empty() { &picture.alt } else { &picture.title };
        let marked = self.alternatives.get(&span).filter(|_| picture.title.is_empty());
        match marked {
            Some(marked) => marked.clone(),
            None if words.is_empty() => Vec::new(),
            None => vec![Inline::text(words.clone(), span)],
        }
    }
}

/// Whether a block is a line that belongs to the figure before it, which then takes it: small
/// words are its credit, sloped ones its caption where it has no better than its alternative.
fn takes(before: Option<&mut Block>, block: &mut Block) -> bool {
    let Some(Block { kind: BlockKind::Figure(figure), .. }) = before else {
        return false;
    };
    let BlockKind::Paragraph(content) = &mut block.kind else { return false };
    let mut shown = content.iter_mut().filter(|inline| !is_blank(inline));
    let (Some(Inline { kind: InlineKind::Phrase(phrase), .. }), None) =
        (shown.next(), shown.next())
    else {
        return false;
    };
    let words = plain_text(&phrase.content);
    let is_line = !words.trim().is_empty() && words.chars().count() <= MAX_LINE_CHARS;
    let is_small = phrase.role == PhraseRole::Small;
    let is_sloped = matches!(phrase.role, PhraseRole::Emphasis | PhraseRole::Italic);
    if !is_line || !figure.credit.is_empty() || !(is_small || is_sloped) {
        return false;
    }
    let said = match figure.blocks.as_slice() {
        [Block { kind: BlockKind::Paragraph(shown), .. }] => {
            lone_picture(shown).map(|(picture, _)| picture.alt.trim().to_owned())
        }
        _ => return false,
    };
    let caption = plain_text(&figure.caption);
    let is_alternative = said.is_some_and(|alternative| alternative == caption.trim());
    let line = std::mem::take(&mut phrase.content);
    match is_sloped && (caption.is_empty() || is_alternative) {
        true => figure.caption = line,
        false => figure.credit = line,
    }
    true
}

/// Whether a paragraph is pictures and nothing else, more than one.
fn are_pictures(content: &[Inline]) -> bool {
    let is_break = |inline: &&Inline| matches!(inline.kind, InlineKind::LineBreak);
    let shown = || content.iter().filter(|it| !is_blank(it) && !is_break(it));
    let is_picture = |inline: &Inline| {
        is_mark(inline) || lone_picture(std::slice::from_ref(inline)).is_some()
    };
    shown().filter(|it| !is_mark(it)).count() > 1 && shown().all(is_picture)
}

fn is_mark(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::FootnoteReference(_))
}

/// Takes from a picture what is its figure's: classes, and a size beside which text flows.
fn outer(shown: &mut [Inline]) -> Attributes {
    for inline in shown {
        match &mut inline.kind {
            InlineKind::Picture(picture) => {
                let attributes = &mut picture.attributes;
                let classes = std::mem::take(&mut attributes.classes);
                let floats =
                    attributes.style.as_ref().is_some_and(|it| it.contains("float"));
                let style = if floats { attributes.style.take() } else { None };
                let id = attributes.id.take();
                return Attributes { id, classes, style, ..Attributes::default() };
            }
            InlineKind::Link { content, .. } => return outer(content),
            _ => {}
        }
    }
    Attributes::default()
}

/// The picture that is all of a paragraph, by itself or in a link.
fn lone_picture(content: &[Inline]) -> Option<(&Picture, Span)> {
    let mut content = content.iter().filter(|inline| !is_blank(inline));
    let only = content.next()?;
    if !content.all(is_mark) {
        return None;
    }
    match &only.kind {
        InlineKind::Picture(picture) => Some((picture, only.span)),
        InlineKind::Link { content, .. } => lone_picture(content),
        _ => None,
    }
}
