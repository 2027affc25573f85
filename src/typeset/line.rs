//! Lines: the breaks that were chosen, as glyphs in their places.

mod placed;

use std::ops::Range;
use std::sync::Arc;

use super::atoms::Atom;
use super::bidi::Levels;
use super::breaks::{self, Aim, BreakKind, Broken, Fit, Setting};
use super::candidates::Candidates;
use super::collected::{Collected, Link, Run};
use super::fonts::{FontBook, FontId};
use super::frame::{self, Anchor, Color, Item, ItemKind, Mark, Piece, TextRun};
use super::inset::Inset;
use super::setter::{PendingLink, Setter};
use super::words::{FRAMED_PADDING, FRAMED_SIZE, Part, Word};
use crate::document::PictureId;
use crate::source::Span;
pub use crate::style::Align;
use crate::units::{Point, Pt, Rect, Size};
use placed::{Placed, fill_leaders, in_visual_order, parts};

/// How a paragraph is to be set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// The measure: how long its lines are.
    pub measure: Pt,
    /// How much shorter the first one is at its beginning.
    pub indent: Pt,
    /// How much shorter those are that go on with another one.
    pub turnover: Pt,
    /// Whether these show that they do.
    pub marks_turnover: bool,
    /// The size of its text: the em of its spaces.
    pub size: Pt,
    /// Which of its edges are even.
    pub align: Align,
    /// Where its last line stands, if not where the style of the others has it by nature.
    pub align_last: Option<Align>,
    /// Whether marks at its edges hang.
    pub hangs: bool,
    /// How many lines in a row may end with a hyphen.
    pub hyphens_in_a_row: u8,
    /// What the first lines stand beside.
    pub narrow: Option<Narrow>,
}

/// How much shorter the first lines of a paragraph are that stands beside something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Narrow {
    /// How many.
    pub lines: u32,
    /// At their beginning.
    pub left: Pt,
    /// At their end.
    pub right: Pt,
}

/// A paragraph that was broken.
#[derive(Debug)]
pub struct Fitted {
    /// What it is made of.
    pub atoms: Vec<Atom>,
    /// Where it could break.
    pub candidates: Candidates,
    /// Where it does.
    pub broken: Broken,
    /// Where it goes from right to left, if any of it does.
    pub levels: Option<Levels>,
}

/// A line, its baseline at zero.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// What is drawn.
    pub items: Vec<Item>,
    /// The areas of its links.
    pub links: Vec<PendingLink>,
    /// The places that links may lead to.
    pub anchors: Vec<Anchor>,
    /// How far it reaches above its baseline, where more than its letters do.
    pub above: Pt,
    /// How far it reaches below it, likewise.
    pub below: Pt,
    /// How long its text is.
    pub width: Pt,
}

impl Shape {
    /// One line from the left.
    pub fn line(measure: Pt, size: Pt) -> Self {
        Self {
            measure,
            indent: Pt::ZERO,
            turnover: Pt::ZERO,
            marks_turnover: false,
            size,
            align: Align::Left,
            align_last: None,
            hangs: false,
            hyphens_in_a_row: 2,
            narrow: None,
        }
    }

    /// What the breaker has to aim at.
    pub fn aim(&self) -> Aim {
        let setting = match self.align {
            Align::Justify => Setting::Justified,
            Align::Center => Setting::Balanced,
            _ => Setting::Ragged,
        };
        let (narrow_lines, narrow_by) =
            self.narrow.map_or((0, Pt::ZERO), |it| (it.lines, it.left + it.right));
        Aim {
            measure: self.measure,
            em: self.size,
            setting,
            hyphens_in_a_row: self.hyphens_in_a_row.min(2),
            narrow_lines,
            narrow_by,
        }
    }

    /// What a line stands beside, at its beginning and at its end.
    fn beside(&self, number: u32) -> (Pt, Pt) {
        let narrow = self.narrow.filter(|narrow| number < narrow.lines);
        narrow.map_or((Pt::ZERO, Pt::ZERO), |narrow| (narrow.left, narrow.right))
    }
}

/// Where the text of a line was written.
pub fn span_of(
    collected: &Collected,
    atoms: &[Atom],
    candidates: &Candidates,
    fit: &Fit,
) -> Option<Span> {
    let from = candidates.positions[fit.from].0;
    atoms.get(from..)?.iter().find_map(|atom| match atom {
        Atom::Word { run, .. } | Atom::Picture { run, .. } | Atom::Inset { run, .. } => {
            Some(collected.runs[*run].span)
        }
        _ => None,
    })
}

/// Sets one line.
pub fn set(
    setter: &mut Setter,
    collected: &Collected,
    fitted: &Fitted,
    fit: &Fit,
    shape: &Shape,
    number: u32,
) -> Line {
    let Fitted { atoms, candidates, .. } = fitted;
    let mut parts = parts(setter, collected, fitted, fit);
    let start = candidates.list[fit.from];
    let end = candidates.list[fit.to];
    let goes_on = !matches!(start.kind, BreakKind::Start | BreakKind::Forced);
    let indent = match start.kind {
        BreakKind::Start => shape.indent,
        _ => candidates.turnovers[fit.from],
    };
    let (left, right) = shape.beside(number);
    let measure = shape.measure - left - right;
    let last = matches!(end.kind, BreakKind::End | BreakKind::Forced);
    let align = match shape.align_last {
        Some(align) if last => align,
        _ => shape.align,
    };
    fill_leaders(&mut parts, collected, measure - indent);
    if fit.is_loose(shape.size) && fitted.levels.is_none() {
        space_letters(&mut parts, fit, shape.size);
    }
    let natural: Pt = parts.iter().map(|part| part.width(collected)).sum();
    let rigid =
        |part: &&Placed| matches!(part, Placed::Picture { .. } | Placed::Inset { .. });
    let rigid: Pt = parts.iter().filter(rigid).map(|part| part.width(collected)).sum();
    let elastic =
        parts.iter().filter(|part| matches!(part, Placed::Space { elastic: true, .. }));
    let gaps = elastic.count();
    let room = measure - indent + start.hang_left + end.hang_right;
    let stretch = 1.0 + fit.expansion;
    let spread = last && shape.align_last == Some(Align::Justify);
    let justified = fit.expansion != 0.0 || fit.gap != Pt::ZERO || spread;
    let gap = if justified && gaps > 0 {
        (room - rigid - (natural - rigid) * stretch) / (gaps as f64)
    } else {
        Pt::ZERO
    };
    let before = if collected.right_to_left { Pt::ZERO } else { indent };
    let rest = measure - indent - natural;
    let x = left
        + match align {
            Align::Justify if collected.right_to_left && !justified => rest,
            Align::Justify => before - start.hang_left,
            Align::Center => before + rest / 2.0,
            Align::Right => before + rest,
            _ => before,
        };
    if let Some(levels) = &fitted.levels {
        parts = in_visual_order(parts, levels, collected);
    }
    let mut composer = LineComposer {
        fonts: &setter.shaper.fonts,
        collected,
        size: shape.size,
        stretch,
        gap,
        x,
        line: Line::default(),
        link: None,
        open: None,
    };
    if fitted.levels.is_some() {
        composer.place_as_read(parts);
    } else {
        parts.into_iter().for_each(|part| composer.place(part));
    }
    let ends_at = atoms.get(candidates.positions[fit.to].0);
    composer.finish(matches!(ends_at, Some(Atom::Space { seam: false, .. })));
    let mut line = composer.line;
    line.width = natural;
    if goes_on && shape.marks_turnover {
        let x = (before - shape.turnover).max(Pt::ZERO);
        mark_turnover(setter, &mut line, collected, shape.size, x);
    }
    let bytes = text_range(atoms, candidates, fit, collected.text.len());
    let here = collected.anchors.iter().filter(|(at, _)| bytes.contains(at));
    line.anchors = here.map(|(_, anchor)| anchor.clone()).collect();
    line
}

/// How far letters may stand apart in a line that nothing else fills, in em.
const APART: f64 = 0.08;

/// Gives what white a line has too much to its letters, as far as they take it.
fn space_letters(parts: &mut [Placed], fit: &Fit, size: Pt) {
    let letters = |part: &Placed| match part {
        Placed::Word { word, .. } => word.letter_count(),
        _ => 0,
    };
    let count: usize = parts.iter().map(letters).sum();
    let gaps =
        parts.iter().filter(|it| matches!(it, Placed::Space { elastic: true, .. }));
    let excess = (fit.gap - size * breaks::LOOSE) * (gaps.count() as f64);
    let apart = (excess / size / (count.max(1) as f64)).min(APART);
    for part in parts {
        if let Placed::Word { word, .. } = part {
            *word = Arc::new(word.letter_spaced(apart));
        }
    }
}

/// The bytes of the text that a line takes, the white at its end included.
fn text_range(
    atoms: &[Atom],
    candidates: &Candidates,
    fit: &Fit,
    length: usize,
) -> Range<usize> {
    let byte = |candidate: usize| {
        let (atom, at) = candidates.positions[candidate];
        let next =
            atoms.get(atom..).unwrap_or_default().iter().find_map(|atom| match atom {
                Atom::Word { range, .. } => Some(range.start + at.unwrap_or(0)),
                _ => None,
            });
        next.unwrap_or(length + 1)
    };
    let start = if fit.from == 0 { 0 } else { byte(fit.from) };
    start..byte(fit.to)
}

/// What shows that a line goes on with the one before.
const TURNOVER: &str = "↪";

fn mark_turnover(
    setter: &mut Setter,
    line: &mut Line,
    collected: &Collected,
    size: Pt,
    x: Pt,
) {
    let Some(run) = collected.runs.first() else { return };
    let letters = run.style.letters;
    let word = setter.words.get(&mut setter.shaper, letters, TURNOVER);
    for part in &word.parts {
        if let Part::Glyphs { font, shaped } = part {
            line.items.insert(
                0,
                Item {
                    kind: ItemKind::Text(TextRun {
                        font: *font,
                        size,
                        origin: Point { x, y: Pt::ZERO },
                        stretch: 1.0,
                        color: Color::grey(0.6),
                        pieces: vec![Piece::Word(shaped.clone())],
                        span: None,
                    }),
                    mark: Mark::Decoration,
                },
            );
        }
    }
}

/// Puts parts side by side.
struct LineComposer<'a, 'w> {
    fonts: &'a FontBook<'w>,
    collected: &'a Collected,
    /// The size of the paragraph's text.
    size: Pt,
    stretch: f64,
    gap: Pt,
    x: Pt,
    line: Line,
    /// The link that is open, and where it began.
    link: Option<(Arc<Link>, Pt, usize)>,
    /// The text run that is open: the index of its item, and its run.
    open: Option<(usize, usize)>,
}

impl Fitted {
    /// Where in the text the first line ends, if there is a second one.
    pub fn first_line_end(&self) -> Option<usize> {
        let (at, byte) = self.candidates.positions[self.broken.best.first()?.to];
        self.broken.best.get(1)?;
        let next = self.atoms.get(at..)?.iter().find_map(|atom| match atom {
            Atom::Word { range, .. } => Some(range.start),
            _ => None,
        });
        Some(next? + byte.unwrap_or(0))
    }
}

impl Line {
    /// Moves all that it shows.
    pub fn shift(&mut self, x: Pt, y: Pt) {
        for item in &mut self.items {
            item.shift(x, y);
        }
        for link in &mut self.links {
            link.area.origin.x += x;
            link.area.origin.y += y;
        }
    }
}

impl LineComposer<'_, '_> {
    fn place(&mut self, part: Placed) {
        let run = part.run();
        self.follow_link(run);
        let from = self.x;
        match part {
            Placed::Word { word, .. } => {
                for part in &word.parts {
                    self.part(run, part);
                }
            }
            Placed::Space { width, elastic, seam, .. } => {
                let added = if elastic { self.gap / self.stretch } else { Pt::ZERO };
                let width = width + added;
                let piece = if seam { Piece::Kern(width) } else { Piece::Space(width) };
                self.push(run, piece);
            }
            Placed::Picture { picture, size, .. } => self.picture(run, picture, size),
            Placed::Inset { inset, .. } => self.inset(run, &inset),
            Placed::Leader { unit, width, .. } => self.leader(run, &unit, width),
        }
        self.decorate(run, from);
    }

    /// Places what stands in another order than it is read: what is read first is drawn first, as
    /// those want it who listen.
    fn place_as_read(&mut self, parts: Vec<Placed>) {
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
            self.line.items.push(Item { kind, mark: Mark::Decoration });
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
            mark: Mark::Leaf(*leaf),
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
        let mark = Mark::Leaf(self.collected.runs[run].leaf);
        self.line.items.push(Item { kind: ItemKind::Picture { picture, area }, mark });
        self.line.above = self.line.above.max(size.height);
        self.x += size.width;
        self.open = None;
    }

    fn inset(&mut self, run: usize, inset: &Inset) {
        let Run { leaf, style, .. } = &self.collected.runs[run];
        self.line.items.extend(inset.items(Mark::Leaf(*leaf), self.x, -style.rise));
        // A hair above and below is white that no letter has.
        let hair = style.size * 0.1;
        let (above, below) = (inset.above + style.rise, inset.below - style.rise);
        self.line.above = self.line.above.max(above - hair);
        self.line.below = self.line.below.max(below - hair);
        self.x += inset.width;
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
                self.line.items.push(Item { kind, mark: Mark::Decoration });
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
            let item = Item { kind: frame::fill(area, color), mark: Mark::Decoration };
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
        if let Some(color) = style.decoration.underline {
            rule(em * 0.12, thin, color, false);
        }
        if let Some(color) = style.decoration.overline {
            rule(-em * 0.8, thin, color, false);
        }
        if let Some(color) = style.decoration.line_through {
            rule(-em * 0.25, thin, color, false);
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
    fn finish(&mut self, at_space: bool) {
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
