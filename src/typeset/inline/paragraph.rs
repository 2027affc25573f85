//! A paragraph that was broken, and its lines as strips: as it is best, or in a line less or more
//! where its page wants that.

use crate::source::Span;
use crate::typeset::engine::Engine;
use crate::typeset::inline::breaks::{self, BreakKind, Fit, Variant};
use crate::typeset::inline::collected::Collected;
use crate::typeset::inline::line::{self, Fitted, Line};
use crate::typeset::inline::shape::Shape;
use crate::typeset::inline::{atoms, candidates};
use crate::typeset::sink::Sink;
use crate::typeset::text::bidi::Levels;
use crate::typeset::text::letters::TextStyle;
use crate::units::Pt;

/// How many lines a paragraph takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    /// As many as look best.
    Best,
    /// One less.
    Shorter,
    /// One more.
    Longer,
}

/// How the lines of a paragraph stand on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// The white to their left.
    pub left: Pt,
    /// From baseline to baseline.
    pub leading: Pt,
    /// From the top of a line to its baseline.
    pub baseline: Pt,
    /// How many lines stay together at a page's foot.
    pub orphans: usize,
    /// How many lines stay together at a page's head.
    pub widows: usize,
    /// Whether they take room and do not show.
    pub hidden: bool,
}

/// A paragraph that was broken.
#[derive(Debug)]
pub struct Paragraph {
    collected: Collected,
    fitted: Fitted,
    shape: Shape,
    placement: Placement,
}

impl Paragraph {
    /// Breaks what was collected.
    pub fn new(
        engine: &Engine,
        sink: &mut Sink,
        collected: Collected,
        shape: Shape,
        placement: Placement,
    ) -> Self {
        let fitted = prepare(engine, sink, &collected, &shape);
        Self { collected, fitted, shape, placement }
    }

    /// Whether it can be set otherwise.
    pub fn is_flexible(&self) -> bool {
        self.variant(Choice::Shorter).or(self.variant(Choice::Longer)).is_some()
    }

    /// In how many lines it can be set so.
    pub fn count(&self, choice: Choice) -> Option<usize> {
        Some(self.fits(choice)?.len())
    }

    /// How many demerits its lines then have more than the best ones.
    pub fn cost(&self, choice: Choice) -> f64 {
        self.variant(choice).map_or(0.0, |variant| variant.cost)
    }

    /// Whether a page may not end after a line, of so many.
    pub fn keeps(&self, line: usize, count: usize) -> bool {
        let Placement { orphans, widows, .. } = self.placement;
        let after = count - line - 1;
        after > 0 && (line + 1 < orphans || after < widows)
    }

    /// Whether a line ends with a hyphen.
    pub fn is_hyphenated(&self, choice: Choice, line: usize) -> bool {
        let fit = self.fits(choice).and_then(|fits| fits.get(line));
        let end = fit.map(|fit| self.fitted.candidates.list[fit.to].kind);
        end == Some(BreakKind::Hyphen)
    }

    /// Whether its first lines stand beside something.
    pub fn stands_beside(&self) -> bool {
        self.shape.narrow.is_some()
    }

    fn variant(&self, choice: Choice) -> Option<&Variant> {
        match choice {
            Choice::Best => None,
            Choice::Shorter => self.fitted.broken.shorter.as_ref(),
            Choice::Longer => self.fitted.broken.longer.as_ref(),
        }
    }

    /// Its lines, their baselines at zero.
    pub(crate) fn lines(&self, engine: &Engine, choice: Choice) -> Vec<Line> {
        let Self { collected, fitted, shape, .. } = self;
        let fits = self.fits(choice).unwrap_or_default();
        let set =
            |(number, fit)| line::set(engine, collected, fitted, fit, shape, number);
        (0..).zip(fits).map(set).collect()
    }

    /// How its lines stand on the page.
    pub(crate) fn placement(&self) -> Placement {
        self.placement
    }

    fn fits(&self, choice: Choice) -> Option<&[Fit]> {
        match choice {
            Choice::Best => Some(&self.fitted.broken.best),
            _ => self.variant(choice).map(|variant| variant.lines.as_slice()),
        }
    }
}

/// Breaks a paragraph, and reports where that cannot be done well.
pub(crate) fn prepare(
    engine: &Engine,
    sink: &mut Sink,
    collected: &Collected,
    shape: &Shape,
) -> Fitted {
    // A picture may come first, beside the indent.
    let room = shape.measure - shape.indent.max(Pt::ZERO);
    let levels = Levels::of(&collected.text, collected.right_to_left);
    let atoms = atoms::atoms(engine, sink, collected, levels.as_ref(), room);
    let candidates = candidates::candidates(&atoms, collected, shape);
    let broken = breaks::fit(&candidates.list, &shape.aim());
    let place = |fit| line::span_of(collected, &atoms, &candidates, fit);
    let loose = |fit: &&Fit| fit.is_loose(shape.size);
    let overfull: Vec<Span> =
        broken.best.iter().filter(|fit| fit.overfull).filter_map(place).collect();
    if overfull.is_empty()
        && let Some(span) = broken.best.iter().find(loose).and_then(place)
    {
        sink.loose_line(span);
    }
    overfull.into_iter().for_each(|span| sink.overfull_line(span));
    Fitted { atoms, candidates, broken, levels }
}

/// Breaks a paragraph and sets its lines.
pub(crate) fn lines(
    engine: &Engine,
    sink: &mut Sink,
    collected: &Collected,
    shape: &Shape,
) -> Vec<Line> {
    let fitted = prepare(engine, sink, collected, shape);
    let fits = (0..).zip(&fitted.broken.best);
    fits.map(|(number, fit)| line::set(engine, collected, &fitted, fit, shape, number))
        .collect()
}

/// What was collected, with as much of it in `style` as then stands on the first line.
pub(crate) fn with_first_line(
    engine: &Engine,
    sink: &mut Sink,
    collected: &Collected,
    shape: &Shape,
    style: TextStyle,
) -> Collected {
    let restyled = |end: usize| {
        let mut all = collected.clone();
        all.restyle(0..end, |run| TextStyle { rise: run.rise, ..style });
        all
    };
    let mut end = collected.text.len();
    // With the rest as it was, the paragraph may break elsewhere: twice is enough to agree.
    for _ in 0..3 {
        let fitted = prepare(engine, sink, &restyled(end), shape).first_line_end();
        match fitted {
            Some(first) if first < end => end = first,
            _ => break,
        }
    }
    restyled(end)
}
