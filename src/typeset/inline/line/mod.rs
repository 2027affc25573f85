//! Lines: the breaks that were chosen, as glyphs in their places.

mod composer;
mod placed;

use std::ops::Range;
use std::sync::Arc;

use crate::source::Span;
use crate::style::Align;
use crate::typeset::engine::Engine;
use crate::typeset::inline::atoms::Atom;
use crate::typeset::inline::breakpoints::Breakpoints;
use crate::typeset::inline::breaks::{self, BreakKind, Breaks, LineFit};
use crate::typeset::inline::collected::{Collected, Link};
use crate::typeset::inline::shape::Shape;
use crate::typeset::output::frame::{
    Anchor, Color, Item, ItemKind, MarkedContent, Piece, TextRun,
};
use crate::typeset::text::bidi::Levels;
use crate::typeset::text::words::Part;
use crate::units::{Point, Pt, Rect};
use composer::LineComposer;
use placed::{Placed, fill_leaders, in_visual_order, parts};

/// A paragraph that was broken.
#[derive(Debug)]
pub(crate) struct PreparedParagraph {
    /// What it is made of.
    pub atoms: Vec<Atom>,
    /// Where it could break.
    pub breakpoints: Breakpoints,
    /// Where it does.
    pub breaks: Breaks,
    /// Where it goes from right to left, if any of it does.
    pub levels: Option<Levels>,
}

/// A line, its baseline at zero.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
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

/// Where the text of a line was written.
pub(crate) fn span_of(
    collected: &Collected,
    atoms: &[Atom],
    breakpoints: &Breakpoints,
    fit: &LineFit,
) -> Option<Span> {
    let from = breakpoints.positions[fit.from].0;
    atoms.get(from..)?.iter().find_map(|atom| match atom {
        Atom::Word { run, .. }
        | Atom::Picture { run, .. }
        | Atom::InlineBox { run, .. } => Some(collected.runs[*run].span),
        _ => None,
    })
}

/// Sets one line.
pub(crate) fn set(
    engine: &Engine,
    collected: &Collected,
    prepared: &PreparedParagraph,
    fit: &LineFit,
    shape: &Shape,
    number: u32,
) -> Line {
    let PreparedParagraph { atoms, breakpoints, .. } = prepared;
    let mut parts = parts(engine, collected, prepared, fit);
    let start = breakpoints.list[fit.from];
    let end = breakpoints.list[fit.to];
    let goes_on = !matches!(start.kind, BreakKind::Start | BreakKind::Forced);
    let indent = match start.kind {
        BreakKind::Start => shape.indent,
        _ => breakpoints.continuation_indents[fit.from],
    };
    let (left, right) = shape.beside(number);
    let measure = shape.measure - left - right;
    let last = matches!(end.kind, BreakKind::End | BreakKind::Forced);
    let align = match shape.align_last {
        Some(align) if last => align,
        _ => shape.align,
    };
    fill_leaders(&mut parts, collected, measure - indent);
    if fit.is_loose(shape.size) && prepared.levels.is_none() {
        space_letters(&mut parts, fit, shape.size);
    }
    let natural: Pt = parts.iter().map(|part| part.width(collected)).sum();
    let fixed_width = |part: &&Placed| {
        matches!(part, Placed::Picture { .. } | Placed::InlineBox { .. })
    };
    let fixed_width: Pt =
        parts.iter().filter(fixed_width).map(|part| part.width(collected)).sum();
    let elastic =
        parts.iter().filter(|part| matches!(part, Placed::Space { elastic: true, .. }));
    let word_spaces = elastic.count();
    let room = measure - indent + start.protrusion_left + end.protrusion_right;
    let stretch = 1.0 + fit.expansion;
    let spread = last && shape.align_last == Some(Align::Justify);
    let justified = fit.expansion != 0.0 || fit.word_space != Pt::ZERO || spread;
    let word_space = if justified && word_spaces > 0 {
        (room - fixed_width - (natural - fixed_width) * stretch) / (word_spaces as f64)
    } else {
        Pt::ZERO
    };
    let before = if collected.right_to_left { Pt::ZERO } else { indent };
    let rest = measure - indent - natural;
    let x = left
        + match align {
            Align::Justify if collected.right_to_left && !justified => rest,
            Align::Justify => before - start.protrusion_left,
            Align::Center => before + rest / 2.0,
            Align::Right => before + rest,
            _ => before,
        };
    if let Some(levels) = &prepared.levels {
        parts = in_visual_order(parts, levels, collected);
    }
    let mut composer = LineComposer {
        fonts: &engine.fonts,
        collected,
        size: shape.size,
        stretch,
        word_space,
        x,
        line: Line::default(),
        link: None,
        open: None,
    };
    if prepared.levels.is_some() {
        composer.place_as_read(parts);
    } else {
        parts.into_iter().for_each(|part| composer.place(part));
    }
    let ends_at = atoms.get(breakpoints.positions[fit.to].0);
    composer.finish(matches!(ends_at, Some(Atom::Space { zero_width: false, .. })));
    let mut line = composer.line;
    line.width = natural;
    if goes_on && shape.marks_continuation {
        let x = (before - shape.continuation_indent).max(Pt::ZERO);
        mark_continuation(engine, &mut line, collected, shape.size, x);
    }
    let bytes = text_range(atoms, breakpoints, fit, collected.text.len());
    let here = collected.anchors.iter().filter(|(at, _)| bytes.contains(at));
    line.anchors = here.map(|(_, anchor)| anchor.clone()).collect();
    line
}

/// How far letters may stand apart in a line that nothing else fills, in em.
const APART: f64 = 0.08;

/// Gives what space a line has too much to its letters, as far as they take it.
fn space_letters(parts: &mut [Placed], fit: &LineFit, size: Pt) {
    let letters = |part: &Placed| match part {
        Placed::Word { word, .. } => word.letter_count(),
        _ => 0,
    };
    let count: usize = parts.iter().map(letters).sum();
    let word_spaces =
        parts.iter().filter(|it| matches!(it, Placed::Space { elastic: true, .. }));
    let excess = (fit.word_space - size * breaks::LOOSE) * (word_spaces.count() as f64);
    let apart = (excess / size / (count.max(1) as f64)).min(APART);
    for part in parts {
        if let Placed::Word { word, .. } = part {
            *word = Arc::new(word.letter_spaced(apart));
        }
    }
}

/// The bytes of the text that a line takes, the space at its end included.
fn text_range(
    atoms: &[Atom],
    breakpoints: &Breakpoints,
    fit: &LineFit,
    length: usize,
) -> Range<usize> {
    let byte = |candidate: usize| {
        let (atom, at) = breakpoints.positions[candidate];
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
const CONTINUATION: &str = "↪";

fn mark_continuation(
    engine: &Engine,
    line: &mut Line,
    collected: &Collected,
    size: Pt,
    x: Pt,
) {
    let Some(run) = collected.runs.first() else { return };
    let letters = run.style.letters;
    let word = engine.word(letters, CONTINUATION);
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
                    mark: MarkedContent::Decoration,
                },
            );
        }
    }
}

/// A link's area within what is not yet on a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PendingLink {
    /// The area.
    pub area: Rect,
    /// The link.
    pub link: Arc<Link>,
}

impl PreparedParagraph {
    /// Where in the text the first line ends, if there is a second one.
    pub(crate) fn first_line_end(&self) -> Option<usize> {
        let (at, byte) = self.breakpoints.positions[self.breaks.best.first()?.to];
        self.breaks.best.get(1)?;
        let next = self.atoms.get(at..)?.iter().find_map(|atom| match atom {
            Atom::Word { range, .. } => Some(range.start),
            _ => None,
        });
        Some(next? + byte.unwrap_or(0))
    }
}

impl Line {
    /// Moves all that it shows.
    pub(crate) fn shift(&mut self, x: Pt, y: Pt) {
        shift(&mut self.items, &mut self.links, x, y);
    }
}

/// Moves what is drawn, and the areas of the links in it.
pub(crate) fn shift(items: &mut [Item], links: &mut [PendingLink], x: Pt, y: Pt) {
    for item in items {
        item.shift(x, y);
    }
    for link in links {
        link.area.origin.x += x;
        link.area.origin.y += y;
    }
}
