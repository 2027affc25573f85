//! Lines: from a paragraph's text to atoms, from atoms to places where it may break, and from the
//! breaks that were chosen to glyphs in their places.

use std::ops::Range;
use std::sync::Arc;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::breaks::{BreakKind, Candidate, Fit, Setting};
use super::collect::{Collected, Link, Run};
use super::fonts::FontBook;
use super::frame::{Anchor, Ink, Item, ItemKind, Mark, Piece, TextRun};
use super::protrusion::{hang_left, hang_right};
use super::setter::{PendingLink, Setter};
use super::words::{FRAMED_PADDING, FRAMED_SIZE, Part, Word};
use crate::document::PictureId;
use crate::source::Span;
use crate::units::{Point, Pt, Rect, Size};

/// How a paragraph is to be set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// The measure: how long its lines are.
    pub measure: Pt,
    /// How much shorter the first one is at its beginning.
    pub indent: Pt,
    /// The size of its text: the em of its spaces.
    pub size: Pt,
    /// Which of its edges are even.
    pub align: Align,
}

/// Which edges of a paragraph are even.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Both.
    Justify,
    /// The left one.
    Left,
    /// None: each line in the middle.
    Center,
    /// The right one.
    Right,
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
    /// How long its text is.
    pub width: Pt,
}

/// What a paragraph is made of.
#[derive(Debug, Clone)]
pub enum Atom {
    /// A word.
    Word {
        /// Its run.
        run: usize,
        /// Which part of the text.
        range: Range<usize>,
        /// Its glyphs.
        word: Arc<Word>,
        /// How wide it is.
        width: Pt,
    },
    /// White between words.
    Space {
        /// Its run.
        run: usize,
        /// How wide it is by nature.
        width: Pt,
        /// Whether a line may end at it.
        breakable: bool,
        /// Whether justification may change its width.
        elastic: bool,
    },
    /// A picture.
    Picture {
        /// Its run.
        run: usize,
        /// Which.
        picture: PictureId,
        /// How large.
        size: Size,
    },
    /// A line may end here.
    Break(BreakKind),
}

/// The places at which a paragraph may break, and where each is.
#[derive(Debug)]
pub struct Candidates {
    /// The places, as the breaker sees them.
    pub list: Vec<Candidate>,
    /// Where each is: the atom at which a line ends, and how many bytes into it.
    positions: Vec<(usize, Option<usize>)>,
}

impl Shape {
    /// What the breaker has to aim at.
    pub fn setting(&self) -> Setting {
        match self.align {
            Align::Justify => Setting::Justified,
            Align::Left | Align::Right => Setting::Ragged,
            Align::Center => Setting::Balanced,
        }
    }
}

/// Cuts a paragraph into atoms.
pub fn atoms(setter: &mut Setter, collected: &Collected, measure: Pt) -> Vec<Atom> {
    let mut atomizer = Atomizer { setter, collected, measure, run: 0, atoms: Vec::new() };
    let text = collected.text.as_str();
    let mut start = 0;
    for (end, opportunity) in linebreaks(text) {
        atomizer.segment(start..end, opportunity, end == text.len());
        start = end;
    }
    atomizer.atoms
}

struct Atomizer<'a, 'w> {
    setter: &'a mut Setter<'w>,
    collected: &'a Collected,
    measure: Pt,
    /// The run that the last atom was in.
    run: usize,
    atoms: Vec<Atom>,
}

impl Atomizer<'_, '_> {
    /// A part of the text after which a line may end.
    fn segment(
        &mut self,
        range: Range<usize>,
        opportunity: BreakOpportunity,
        last: bool,
    ) {
        let text = &self.collected.text[range.clone()];
        let forced = text.ends_with('\n');
        let content = text.trim_end_matches([' ', '\n', '\t', '\r']);
        let spaces = &text[content.len()..];
        let soft = content.ends_with('\u{ad}');
        self.content(range.start..range.start + content.len());
        if forced {
            self.atoms.push(Atom::Break(BreakKind::Forced));
        } else if !spaces.is_empty() {
            self.space(range.start + content.len(), ' ', !last);
        } else if !last && opportunity == BreakOpportunity::Allowed {
            let ideographic = content.chars().next_back().is_some_and(is_ideographic);
            if soft {
                self.atoms.push(Atom::Break(BreakKind::Hyphen));
            } else if ideographic {
                let run = self.run;
                let width = Pt::ZERO;
                self.atoms.push(Atom::Space {
                    run,
                    width,
                    breakable: true,
                    elastic: true,
                });
            } else {
                self.atoms.push(Atom::Break(BreakKind::Plain));
            }
        }
    }

    /// Text without a space at which it may break: cut where runs change.
    fn content(&mut self, range: Range<usize>) {
        let mut start = range.start;
        while start < range.end {
            let run = self.find_run(start);
            let Run { range: whole, picture, address, .. } = &self.collected.runs[run];
            let end = whole.end.min(range.end);
            match picture {
                Some(picture) => self.picture(run, *picture),
                None => self.run_text(run, start..end, *address),
            }
            start = end;
        }
    }

    /// The run that a byte of the text is in; bytes are asked for in order.
    fn find_run(&mut self, at: usize) -> usize {
        while self.collected.runs[self.run].range.end <= at {
            self.run += 1;
        }
        self.run
    }

    fn run_text(&mut self, run: usize, range: Range<usize>, address: bool) {
        let mut start = range.start;
        let text = &self.collected.text;
        let mut characters = text[range.clone()].char_indices().peekable();
        while let Some((offset, character)) = characters.next() {
            let at = range.start + offset;
            let next = at + character.len_utf8();
            if is_space(character) {
                self.word(run, start..at);
                self.space(at, character, false);
                start = next;
            } else if address
                && ends_address_part(character, characters.peek().map(|n| n.1))
            {
                self.word(run, start..next);
                self.atoms.push(Atom::Break(BreakKind::Plain));
                start = next;
            }
        }
        self.word(run, start..range.end);
    }

    fn word(&mut self, run: usize, range: Range<usize>) {
        let text = &self.collected.text[range.clone()];
        if text.is_empty() {
            return;
        }
        let style = &self.collected.runs[run].style;
        let span = self.collected.runs[run].span;
        let word = self.setter.words.get(&mut self.setter.shaper, style.letters, text);
        for part in &word.parts {
            if let Part::Framed { character, .. } = part {
                self.setter.missing.add(*character, span);
            }
        }
        let width = style.size * word.width;
        if width > self.measure * 0.6 && text.chars().nth(1).is_some() {
            return self.long_word(run, range);
        }
        self.atoms.push(Atom::Word { run, range, word, width });
    }

    /// A word so long that it may have to break anywhere.
    fn long_word(&mut self, run: usize, range: Range<usize>) {
        let text = &self.collected.text;
        let mut ends =
            text[range.clone()].char_indices().map(|(at, _)| range.start + at).skip(1);
        let mut start = range.start;
        loop {
            let end = ends.next().unwrap_or(range.end);
            let style = &self.collected.runs[run].style;
            let part = &text[start..end];
            let word =
                self.setter.words.get(&mut self.setter.shaper, style.letters, part);
            let width = style.size * word.width;
            self.atoms.push(Atom::Word { run, range: start..end, word, width });
            if end == range.end {
                return;
            }
            self.atoms.push(Atom::Break(BreakKind::Emergency));
            start = end;
        }
    }

    fn space(&mut self, at: usize, character: char, breakable: bool) {
        let run = self.find_run(at);
        let style = &self.collected.runs[run].style;
        let em = match character {
            '\u{2003}' | '\u{3000}' => 1.0,
            '\u{2002}' => 0.5,
            '\u{2004}' => 0.33,
            '\u{2009}' | '\u{202f}' | '\u{2006}' => 0.17,
            '\u{200a}' => 0.08,
            '\u{2007}' => 0.5,
            _ if style.letters.face.family == super::fonts::Family::Mono => 0.602,
            _ => SPACE,
        };
        let elastic = matches!(character, ' ' | '\u{a0}' | '\t');
        let breakable = breakable && elastic;
        self.atoms.push(Atom::Space { run, width: style.size * em, breakable, elastic });
    }

    fn picture(&mut self, run: usize, picture: PictureId) {
        let natural = self.setter.picture_size(picture);
        let most = Size { width: self.measure, height: self.setter.tallest_picture };
        let size = super::figure::fit(natural, most);
        self.atoms.push(Atom::Picture { run, picture, size });
    }
}

/// The natural width of a word space, in em.
const SPACE: f64 = 0.25;

fn is_space(character: char) -> bool {
    matches!(
        character,
        ' ' | '\u{a0}' | '\t' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{3000}'
    )
}

/// Whether an address may break between two characters (Chicago Manual of Style, 7.46, but never
/// with a hyphen of our own).
fn ends_address_part(character: char, next: Option<char>) -> bool {
    matches!(
        character,
        '/' | '.' | '-' | '_' | '?' | '&' | '=' | '#' | ':' | '%' | '+' | ','
    ) && next.is_some_and(|next| !matches!(next, '/' | '.'))
}

fn is_ideographic(character: char) -> bool {
    matches!(u32::from(character), 0x2e80..=0xa4cf | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0xff00..=0xffef | 0x20000..=0x3ffff)
}

/// The places at which a paragraph may break.
pub fn candidates(atoms: &[Atom], collected: &Collected, shape: &Shape) -> Candidates {
    let hang = |character: Option<char>, side: fn(char) -> f64| {
        let hangs = shape.align == Align::Justify;
        character.filter(|_| hangs).map_or(Pt::ZERO, |c| shape.size * side(c))
    };
    let (mut width, mut gaps) = (Pt::ZERO, 0);
    let mut found = Candidates { list: Vec::new(), positions: Vec::new() };
    let first = first_character(atoms, 0, collected);
    found.list.push(Candidate {
        before: Pt::ZERO,
        after: -shape.indent,
        gaps_before: 0,
        gaps_after: 0,
        hang_right: Pt::ZERO,
        hang_left: hang(first, hang_left),
        kind: BreakKind::Start,
    });
    found.positions.push((0, Some(0)));
    for (index, atom) in atoms.iter().enumerate() {
        let mut candidate =
            |before, after, gaps_after, kind, hyphen, at: Option<usize>| {
                let last = if hyphen {
                    Some('‐')
                } else {
                    last_character(atoms, index, collected)
                };
                let next = match (atom, at) {
                    (Atom::Word { range, .. }, Some(at)) => {
                        collected.text[range.start + at..].chars().next()
                    }
                    _ => first_character(atoms, index + 1, collected),
                };
                found.list.push(Candidate {
                    before,
                    after,
                    gaps_before: gaps,
                    gaps_after,
                    hang_right: hang(last, hang_right),
                    hang_left: hang(next, hang_left),
                    kind,
                });
                found.positions.push((index, at));
            };
        match atom {
            Atom::Word { run, word, width: own, .. } => {
                let size = collected.runs[*run].style.size;
                for cut in &word.cuts {
                    let after = width + size * cut.width;
                    let before = after + size * cut.hyphen;
                    candidate(before, after, gaps, BreakKind::Hyphen, true, Some(cut.at));
                }
                width += *own;
            }
            Atom::Space { width: own, breakable, elastic, .. } => {
                let step = u32::from(*elastic);
                if *breakable {
                    let kind = BreakKind::Plain;
                    candidate(width, width + *own, gaps + step, kind, false, None);
                }
                width += *own;
                gaps += step;
            }
            Atom::Picture { size, .. } => width += size.width,
            Atom::Break(kind) => {
                let soft = *kind == BreakKind::Hyphen;
                let hyphen = if soft { shape.size * 0.33 } else { Pt::ZERO };
                candidate(width + hyphen, width, gaps, *kind, soft, None);
            }
        }
    }
    let last = last_character(atoms, atoms.len(), collected);
    found.list.push(Candidate {
        before: width,
        after: width,
        gaps_before: gaps,
        gaps_after: gaps,
        hang_right: hang(last, hang_right),
        hang_left: Pt::ZERO,
        kind: BreakKind::End,
    });
    found.positions.push((atoms.len(), None));
    found
}

fn first_character(atoms: &[Atom], from: usize, collected: &Collected) -> Option<char> {
    match atoms.get(from)? {
        Atom::Word { range, .. } => collected.text[range.clone()].chars().next(),
        _ => None,
    }
}

fn last_character(atoms: &[Atom], before: usize, collected: &Collected) -> Option<char> {
    match atoms.get(before.checked_sub(1)?)? {
        Atom::Word { range, .. } => collected.text[range.clone()].chars().next_back(),
        _ => None,
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
        Atom::Word { run, .. } | Atom::Picture { run, .. } => {
            Some(collected.runs[*run].span)
        }
        _ => None,
    })
}

/// Sets one line.
pub fn set(
    setter: &mut Setter,
    collected: &Collected,
    atoms: &[Atom],
    candidates: &Candidates,
    fit: &Fit,
    shape: &Shape,
) -> Line {
    let parts = parts(setter, collected, atoms, candidates, fit);
    let start = candidates.list[fit.from];
    let end = candidates.list[fit.to];
    let first = start.kind == BreakKind::Start;
    let indent = if first { shape.indent } else { Pt::ZERO };
    let natural: Pt = parts.iter().map(|part| part.width(collected)).sum();
    let elastic =
        parts.iter().filter(|part| matches!(part, Placed::Space { elastic: true, .. }));
    let gaps = elastic.count();
    let room = shape.measure - indent + start.hang_left + end.hang_right;
    let stretch = 1.0 + fit.expansion;
    let justified = fit.expansion != 0.0 || fit.gap != Pt::ZERO;
    let gap = if justified && gaps > 0 {
        (room - natural * stretch) / (gaps as f64)
    } else {
        Pt::ZERO
    };
    let x = match shape.align {
        Align::Justify => indent - start.hang_left,
        Align::Left => indent,
        Align::Center => (shape.measure - natural) / 2.0,
        Align::Right => shape.measure - natural,
    };
    let mut composer = LineComposer {
        fonts: &setter.shaper.fonts,
        collected,
        stretch,
        gap,
        x,
        line: Line::default(),
        link: None,
        open: None,
    };
    for part in parts {
        composer.place(part);
    }
    composer.finish(end.kind);
    let mut line = composer.line;
    line.width = natural;
    let bytes = text_range(atoms, candidates, fit, collected.text.len());
    let here = collected.anchors.iter().filter(|(at, _)| bytes.contains(at));
    line.anchors = here.map(|(_, anchor)| anchor.clone()).collect();
    line
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

/// What a line is made of.
enum Placed {
    Word { run: usize, word: Arc<Word> },
    Space { run: usize, width: Pt, elastic: bool },
    Picture { run: usize, picture: PictureId, size: Size },
}

impl Placed {
    fn width(&self, collected: &Collected) -> Pt {
        match self {
            Self::Word { run, word } => collected.runs[*run].style.size * word.width,
            Self::Space { width, .. } => *width,
            Self::Picture { size, .. } => size.width,
        }
    }

    fn run(&self) -> usize {
        match self {
            Self::Word { run, .. }
            | Self::Space { run, .. }
            | Self::Picture { run, .. } => *run,
        }
    }
}

/// The parts of a line, words cut where it breaks them.
fn parts(
    setter: &mut Setter,
    collected: &Collected,
    atoms: &[Atom],
    candidates: &Candidates,
    fit: &Fit,
) -> Vec<Placed> {
    let (from, from_byte) = candidates.positions[fit.from];
    let (to, to_byte) = candidates.positions[fit.to];
    // A break within a word begins the next line in that word, any other after its atom.
    let begin = if from_byte.is_some() { from } else { from + 1 };
    let end = if to_byte.is_some() { to + 1 } else { to };
    let soft = matches!(atoms.get(to), Some(Atom::Break(BreakKind::Hyphen)));
    let mut parts = Vec::with_capacity(end.saturating_sub(begin));
    for index in begin..end.min(atoms.len()) {
        match &atoms[index] {
            Atom::Word { run, range, word, .. } => {
                let run = *run;
                let start = if index == from { from_byte.unwrap_or(0) } else { 0 };
                let stop = if index == to { to_byte } else { None };
                let hyphen = stop.is_some() || soft && index + 1 == to;
                let whole = start == 0 && !hyphen;
                let text =
                    &collected.text[range.clone()][start..stop.unwrap_or(range.len())];
                let letters = collected.runs[run].style.letters;
                let word = match (whole, hyphen) {
                    (true, _) => word.clone(),
                    (_, true) => {
                        setter.words.hyphenated(&mut setter.shaper, letters, text)
                    }
                    _ => setter.words.get(&mut setter.shaper, letters, text),
                };
                parts.push(Placed::Word { run, word });
            }
            Atom::Space { run, width, elastic, .. } => {
                parts.push(Placed::Space { run: *run, width: *width, elastic: *elastic });
            }
            Atom::Picture { run, picture, size } => {
                parts.push(Placed::Picture { run: *run, picture: *picture, size: *size });
            }
            Atom::Break(_) => {}
        }
    }
    parts
}

/// Puts parts side by side.
struct LineComposer<'a> {
    fonts: &'a FontBook<'a>,
    collected: &'a Collected,
    stretch: f64,
    gap: Pt,
    x: Pt,
    line: Line,
    /// The link that is open, and where it began.
    link: Option<(Arc<Link>, Pt, usize)>,
    /// The text run that is open: the index of its item, and its run.
    open: Option<(usize, usize)>,
}

impl LineComposer<'_> {
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
            Placed::Space { width, elastic, .. } => {
                let added = if elastic { self.gap / self.stretch } else { Pt::ZERO };
                let piece = if width == Pt::ZERO {
                    Piece::Kern(added)
                } else {
                    Piece::Space(width + added)
                };
                self.push(run, piece);
            }
            Placed::Picture { picture, size, .. } => self.picture(run, picture, size),
        }
        self.decorate(run, from);
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
            let kind = ItemKind::Fill { area, ink: style.ink };
            self.line.items.push(Item { kind, mark: Mark::Decoration });
        }
    }

    fn begin(&mut self, run: usize, font: super::fonts::FontId, size: Pt) {
        let Run { style, leaf, span, .. } = &self.collected.runs[run];
        self.open = Some((self.line.items.len(), run));
        self.line.items.push(Item {
            kind: ItemKind::Text(TextRun {
                font,
                size,
                origin: Point { x: self.x, y: -style.rise },
                stretch: self.stretch,
                ink: style.ink,
                pieces: Vec::new(),
                span: Some(*span),
            }),
            mark: Mark::Leaf(*leaf),
        });
    }

    fn push(&mut self, run: usize, piece: Piece) {
        if self.open.is_none() {
            let style = self.collected.runs[run].style;
            self.begin(run, self.fonts.face(style.letters.face), style.size);
        }
        if let Some((item, _)) = self.open
            && let ItemKind::Text(text) = &mut self.line.items[item].kind
        {
            self.x += piece.width(text.size) * self.stretch;
            text.pieces.push(piece);
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

    /// Draws what runs below, through or behind the part that was just placed.
    fn decorate(&mut self, run: usize, from: Pt) {
        let style = self.collected.runs[run].style;
        let (em, width) = (style.size, self.x - from);
        let thin = em * 0.05;
        let mut rule = |y: Pt, height: Pt, ink: Ink, behind: bool| {
            let area = Rect::new(from, y - style.rise, width, height);
            let item =
                Item { kind: ItemKind::Fill { area, ink }, mark: Mark::Decoration };
            if behind {
                self.line.items.insert(0, item);
                if let Some((open, _)) = &mut self.open {
                    *open += 1;
                }
            } else {
                self.line.items.push(item);
            }
        };
        if style.mark {
            rule(-em * 0.75, em, Ink(0.12), true);
        }
        if style.underline {
            rule(em * 0.12, thin, style.ink, false);
        }
        if style.strike {
            rule(-em * 0.25, thin, style.ink, false);
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

    /// Ends the line. Between lines stands a space, that copied words do not run together.
    fn finish(&mut self, kind: BreakKind) {
        self.close_link();
        if kind == BreakKind::Plain
            && let Some((item, _)) = self.open
            && let ItemKind::Text(text) = &mut self.line.items[item].kind
            && matches!(text.pieces.last(), Some(Piece::Word(_)))
        {
            text.pieces.push(Piece::Space(text.size * SPACE));
        }
    }
}
