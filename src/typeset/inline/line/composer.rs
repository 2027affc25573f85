//! Composing: what a line is made of, each part at its place.

use std::sync::Arc;

use super::Line;
use super::placed::Placed;
use crate::document::PictureId;
use crate::typeset::inline::collected::{Collected, Link, Run};
use crate::typeset::inline::inline_box::InlineBox;
use crate::typeset::inline::line::PendingLink;
use crate::typeset::output::frame::{
    self, Color, Item, ItemKind, MarkedContent, Piece, TextRun,
};
use crate::typeset::text::fonts::{FontBook, FontId};
use crate::typeset::text::words::{FRAMED_PADDING, FRAMED_SIZE, Part, Word};
use crate::units::{Point, Pt, Rect, Size};

/// Puts parts side by side.
pub(super) struct LineComposer<'a, 'w> {
    pub(super) fonts: &'a FontBook<'w>,
    pub(super) collected: &'a Collected,
    /// The size of the paragraph's text.
    pub(super) size: Pt,
    pub(super) stretch: f64,
    pub(super) word_space: Pt,
    pub(super) x: Pt,
    pub(super) line: Line,
    /// The link that is open, and where it began.
    pub(super) link: Option<(Arc<Link>, Pt, usize)>,
    /// The text run that is open: the index of its item, and its run.
    pub(super) open: Option<(usize, usize)>,
}

impl LineComposer<'_, '_> {
    pub(super) fn place(&mut self, part: Placed) {
        let run = part.run();
        self.follow_link(run);
        let from = self.x;
        match part {
            Placed::Word { word, .. } => {
                for part in &word.parts {
                    self.part(run, part);
                }
            }
            Placed::Space { width, elastic, zero_width, .. } => {
                let added =
                    if elastic { self.word_space / self.stretch } else { Pt::ZERO };
                let width = width + added;
                let piece =
                    if zero_width { Piece::Kern(width) } else { Piece::Space(width) };
                self.push(run, piece);
            }
            Placed::Picture { picture, size, .. } => self.picture(run, picture, size),
            Placed::InlineBox { inline_box, .. } => self.inline_box(run, &inline_box),
            Placed::Leader { unit, width, .. } => self.leader(run, &unit, width),
        }
        self.decorate(run, from);
    }

    /// Places what stands in another order than it is read: what is read first is drawn first, as
    /// those want it who listen.
    pub(super) fn place_as_read(&mut self, parts: Vec<Placed>) {
        let mut drawn = Vec::with_capacity(parts.len());
        for part in parts {
            let (at, run) = (part.at(self.collected), part.run());
            self.open = None;
            self.place(part);
            drawn.push((at, run, std::mem::take(&mut self.line.items)));
        }
        drawn.sort_by_key(|(at, ..)| *at);
        for (_, run, items) in drawn {
            let first = self.line.items.len();
            self.line.items.extend(items);
            let mut texts = self.line.items[first..].iter();
            let last = texts.rposition(|item| matches!(item.kind, ItemKind::Text(_)));
            self.open = last.map(|at| (first + at, run)).or(self.open);
        }
    }

    fn part(&mut self, run: usize, part: &Part) {
        let style = self.collected.runs[run].style;
        match part {
            Part::Glyphs { font, shaped } => {
                let same = self.open.is_some_and(|(item, open)| {
                    open == run
                        && matches!(&self.line.items[item].kind,
                            ItemKind::Text(text) if text.font == *font)
                });
                if !same {
                    self.begin(run, *font, style.size);
                }
                self.push(run, Piece::Word(shaped.clone()));
            }
            Part::Framed { font, digits, .. } => {
                self.frame(run, part.width());
                let padding = style.size * (FRAMED_PADDING + 0.05) * self.stretch;
                self.x += padding;
                self.begin(run, *font, style.size * FRAMED_SIZE);
                self.push(run, Piece::Word(digits.clone()));
                self.open = None;
                self.x += padding;
            }
        }
    }

    /// The frame around a code point: four thin rules.
    fn frame(&mut self, run: usize, width: f64) {
        let Run { style, .. } = &self.collected.runs[run];
        let em = style.size;
        let (x, thin) = (self.x + em * 0.05, em * 0.035);
        let (width, height) = (em * (width - 0.1) * self.stretch, em * 0.86);
        let top = -em * 0.76 - style.rise;
        for area in [
            Rect::new(x, top, width, thin),
            Rect::new(x, top + height - thin, width, thin),
            Rect::new(x, top, thin, height),
            Rect::new(x + width - thin, top, thin, height),
        ] {
            let kind = frame::fill(area, style.color);
            self.line.items.push(Item { kind, mark: MarkedContent::Decoration });
        }
    }

    fn begin(&mut self, run: usize, font: FontId, size: Pt) {
        let Run { style, leaf, span, .. } = &self.collected.runs[run];
        if style.size > self.size * 1.25 {
            self.line.above = self.line.above.max(style.size * 0.78 + style.rise);
        }
        self.open = Some((self.line.items.len(), run));
        self.line.items.push(Item {
            kind: ItemKind::Text(TextRun {
                font,
                size,
                origin: Point { x: self.x, y: -style.rise },
                stretch: self.stretch,
                color: style.color,
                pieces: Vec::new(),
                span: Some(*span),
            }),
            mark: MarkedContent::Tagged(*leaf),
        });
    }

    fn push(&mut self, run: usize, piece: Piece) {
        if let (Piece::Kern(width), None) = (&piece, self.open) {
            self.x += *width * self.stretch;
            return;
        }
        if let Piece::Space(_) = piece
            && !self.open.is_some_and(|(item, _)| self.has_space(item))
        {
            let style = self.collected.runs[run].style;
            self.begin(run, self.fonts.of_space(style.letters.face), style.size);
        } else if self.open.is_none() {
            let style = self.collected.runs[run].style;
            self.begin(run, self.fonts.first(style.letters.face), style.size);
        }
        if let Some((item, _)) = self.open
            && let ItemKind::Text(text) = &mut self.line.items[item].kind
        {
            self.x += piece.width(text.size) * self.stretch;
            text.pieces.push(piece);
        }
    }

    /// Whether the font of an item has a space.
    fn has_space(&self, item: usize) -> bool {
        match &self.line.items[item].kind {
            ItemKind::Text(text) => self.fonts.has_space(text.font),
            _ => false,
        }
    }

    fn picture(&mut self, run: usize, picture: PictureId, size: Size) {
        let area = Rect::new(self.x, -size.height, size.width, size.height);
        let mark = MarkedContent::Tagged(self.collected.runs[run].leaf);
        self.line.items.push(Item { kind: ItemKind::Picture { picture, area }, mark });
        self.line.above = self.line.above.max(size.height);
        self.x += size.width;
        self.open = None;
    }

    fn inline_box(&mut self, run: usize, inline_box: &InlineBox) {
        let Run { leaf, style, .. } = &self.collected.runs[run];
        self.line.items.extend(inline_box.items(
            MarkedContent::Tagged(*leaf),
            self.x,
            -style.rise,
        ));
        // A hair above and below is space that no letter has.
        let hair = style.size * 0.1;
        let (above, below) =
            (inline_box.above + style.rise, inline_box.below - style.rise);
        self.line.above = self.line.above.max(above - hair);
        self.line.below = self.line.below.max(below - hair);
        self.x += inline_box.width;
        self.open = None;
    }

    /// Repeats a leader's pattern. Those of all lines stand below one another: on a grid counted
    /// from the end.
    fn leader(&mut self, run: usize, unit: &Word, width: Pt) {
        let style = self.collected.runs[run].style;
        let end = self.x + width;
        let step = style.size * unit.width;
        if step > Pt(0.5)
            && let Some(Part::Glyphs { font, shaped }) = unit.parts.first()
        {
            let margin = style.size * 0.4;
            let count = ((width - margin * 2.0) / step).floor().clamp(0.0, 2000.0);
            let x = end - margin - step * count;
            #[expect(clippy::cast_possible_truncation, reason = "at most 2000")]
            #[expect(clippy::cast_sign_loss, reason = "not negative")]
            let count = count as usize;
            let pieces = vec![Piece::Word(shaped.clone()); count];
            let kind = ItemKind::Text(TextRun {
                font: *font,
                size: style.size,
                origin: Point { x, y: -style.rise },
                stretch: 1.0,
                color: style.color,
                pieces,
                span: None,
            });
            if count > 0 {
                self.line.items.push(Item { kind, mark: MarkedContent::Decoration });
            }
        }
        self.x = end;
        self.open = None;
    }

    /// Draws what runs below, through or behind the part that was just placed.
    fn decorate(&mut self, run: usize, from: Pt) {
        let style = self.collected.runs[run].style;
        let (em, width) = (style.size, self.x - from);
        let thin = em * 0.05;
        let mut rule = |y: Pt, height: Pt, color: Color, behind: bool| {
            let area = Rect::new(from, y - style.rise, width, height);
            let item =
                Item { kind: frame::fill(area, color), mark: MarkedContent::Decoration };
            if behind {
                self.line.items.insert(0, item);
                if let Some((open, _)) = &mut self.open {
                    *open += 1;
                }
            } else {
                self.line.items.push(item);
            }
        };
        if let Some(color) = style.background {
            rule(-em * 0.8, em * 1.06, color, true);
        }
        let lines = style.decoration;
        if lines.underline {
            rule(em * 0.12, thin, lines.color, false);
        }
        if lines.overline {
            rule(-em * 0.8, thin, lines.color, false);
        }
        if lines.line_through {
            rule(-em * 0.25, thin, lines.color, false);
        }
    }

    /// Closes and opens links as runs come and go.
    fn follow_link(&mut self, run: usize) {
        let next = &self.collected.runs[run].link;
        let same = match (&self.link, next) {
            (Some((open, ..)), Some(next)) => Arc::ptr_eq(open, next),
            (None, None) => true,
            _ => false,
        };
        if !same {
            self.close_link();
            self.link = next.clone().map(|link| (link, self.x, run));
        }
    }

    fn close_link(&mut self) {
        let Some((link, from, run)) = self.link.take() else { return };
        let style = &self.collected.runs[run].style;
        let area =
            Rect::new(from, -style.size * 0.75 - style.rise, self.x - from, style.size);
        self.line.links.push(PendingLink { area, link });
    }

    /// Ends the line. Where the text has a space there stands one, that copied words do not run
    /// together.
    pub(super) fn finish(&mut self, at_space: bool) {
        self.close_link();
        if at_space
            && let Some((item, run)) = self.open
            && let ItemKind::Text(text) = &self.line.items[item].kind
            && matches!(text.pieces.last(), Some(Piece::Word(_)))
        {
            self.push(run, Piece::Space(text.size * 0.25));
        }
    }
}
