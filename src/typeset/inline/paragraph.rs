//! A paragraph that was broken, and its lines as fragments: as it is best, or in a line less or more
//! where its page wants that.

use crate::source::Span;
use crate::typeset::engine::Engine;
use crate::typeset::inline::breaks::{self, BreakKind, LineFit, LooseVariant};
use crate::typeset::inline::collected::Collected;
use crate::typeset::inline::line::{self, Line, PreparedParagraph};
use crate::typeset::inline::shape::Shape;
use crate::typeset::inline::{atoms, breakpoints};
use crate::typeset::sink::Sink;
use crate::typeset::text::bidi::Levels;
use crate::typeset::text::letters::TextStyle;
use crate::units::Pt;

/// How many lines a paragraph takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Looseness {
    /// As many as look best.
    Best,
    /// One less.
    Shorter,
    /// One more.
    Longer,
}

/// How the lines of a paragraph stand on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Placement {
    /// The space to their left.
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
pub(crate) struct Paragraph {
    collected: Collected,
    prepared: PreparedParagraph,
    shape: Shape,
    placement: Placement,
}

impl Paragraph {
    /// Breaks what was collected.
    pub(crate) fn new(
        engine: &Engine,
        sink: &mut Sink,
        collected: Collected,
        shape: Shape,
        placement: Placement,
    ) -> Self {
        let prepared = prepare(engine, sink, &collected, &shape);
        Self { collected, prepared, shape, placement }
    }

    /// Whether it can be set otherwise.
    pub(crate) fn is_flexible(&self) -> bool {
        self.variant(Looseness::Shorter).or(self.variant(Looseness::Longer)).is_some()
    }

    /// In how many lines it can be set so.
    pub(crate) fn count(&self, looseness: Looseness) -> Option<usize> {
        Some(self.fits(looseness)?.len())
    }

    /// How many demerits its lines then have more than the best ones.
    pub(crate) fn cost(&self, looseness: Looseness) -> f64 {
        self.variant(looseness).map_or(0.0, |variant| variant.cost)
    }

    /// Whether a page may not end after a line, of so many.
    pub(crate) fn keeps(&self, line: usize, count: usize) -> bool {
        let Placement { orphans, widows, .. } = self.placement;
        let after = count - line - 1;
        after > 0 && (line + 1 < orphans || after < widows)
    }

    /// Whether a line ends with a hyphen.
    pub(crate) fn is_hyphenated(&self, looseness: Looseness, line: usize) -> bool {
        let fit = self.fits(looseness).and_then(|fits| fits.get(line));
        let end = fit.map(|fit| self.prepared.breakpoints.list[fit.to].kind);
        end == Some(BreakKind::Hyphen)
    }

    /// Whether its first lines stand beside something.
    pub(crate) fn stands_beside(&self) -> bool {
        self.shape.narrow.is_some()
    }

    fn variant(&self, looseness: Looseness) -> Option<&LooseVariant> {
        match looseness {
            Looseness::Best => None,
            Looseness::Shorter => self.prepared.breaks.shorter.as_ref(),
            Looseness::Longer => self.prepared.breaks.longer.as_ref(),
        }
    }

    /// Its lines, their baselines at zero.
    pub(crate) fn lines(&self, engine: &Engine, looseness: Looseness) -> Vec<Line> {
        let Self { collected, prepared, shape, .. } = self;
        let fits = self.fits(looseness).unwrap_or_default();
        let set =
            |(number, fit)| line::set(engine, collected, prepared, fit, shape, number);
        (0..).zip(fits).map(set).collect()
    }

    /// How its lines stand on the page.
    pub(crate) fn placement(&self) -> Placement {
        self.placement
    }

    fn fits(&self, looseness: Looseness) -> Option<&[LineFit]> {
        match looseness {
            Looseness::Best => Some(&self.prepared.breaks.best),
            _ => self.variant(looseness).map(|variant| variant.lines.as_slice()),
        }
    }
}

/// Breaks a paragraph, and reports where that cannot be done well.
pub(crate) fn prepare(
    engine: &Engine,
    sink: &mut Sink,
    collected: &Collected,
    shape: &Shape,
) -> PreparedParagraph {
    // A picture may come first, beside the indent.
    let room = shape.measure - shape.indent.max(Pt::ZERO);
    let levels = Levels::of(&collected.text, collected.right_to_left);
    let atoms = atoms::atoms(engine, sink, collected, levels.as_ref(), room);
    let breakpoints = breakpoints::breakpoints(&atoms, collected, shape);
    let breaks = breaks::fit(&breakpoints.list, &shape.break_options());
    let place = |fit| line::span_of(collected, &atoms, &breakpoints, fit);
    let loose = |fit: &&LineFit| fit.is_loose(shape.size);
    let overfull: Vec<Span> =
        breaks.best.iter().filter(|fit| fit.overfull).filter_map(place).collect();
    if overfull.is_empty()
        && let Some(span) = breaks.best.iter().find(loose).and_then(place)
    {
        sink.loose_line(span);
    }
    overfull.into_iter().for_each(|span| sink.overfull_line(span));
    PreparedParagraph { atoms, breakpoints, breaks, levels }
}

/// Breaks a paragraph and sets its lines.
pub(crate) fn lines(
    engine: &Engine,
    sink: &mut Sink,
    collected: &Collected,
    shape: &Shape,
) -> Vec<Line> {
    let prepared = prepare(engine, sink, collected, shape);
    let fits = (0..).zip(&prepared.breaks.best);
    fits.map(|(number, fit)| line::set(engine, collected, &prepared, fit, shape, number))
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
        let prepared = prepare(engine, sink, &restyled(end), shape).first_line_end();
        match prepared {
            Some(first) if first < end => end = first,
            _ => break,
        }
    }
    restyled(end)
}
