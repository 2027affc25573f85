//! Breaking paragraphs into lines, all at once.
//!
//! The total-fit algorithm of Knuth and Plass (“Breaking Paragraphs into Lines”, 1981), with glyph
//! expansion as part of what is optimised: a line is first set up to 2.5 % wider or narrower, and
//! only what is left goes into its spaces.

use crate::units::Pt;

/// A place at which a line may end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Breakpoint {
    /// The natural width of all before it, its own hyphen included.
    pub before: Pt,
    /// The natural width of all before the line that begins after it.
    pub after: Pt,
    /// How much of the width before it is not made wider or narrower: pictures and formulas.
    pub fixed_width: Pt,
    /// The spaces before it.
    pub word_spaces_before: u32,
    /// The spaces before the line that begins after it.
    pub word_spaces_after: u32,
    /// How far a line that ends here may stick out to the right.
    pub protrusion_right: Pt,
    /// How far a line that begins here may stick out to the left.
    pub protrusion_left: Pt,
    /// What kind of break it is.
    pub kind: BreakKind,
}

/// What kind of break a [`Breakpoint`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BreakKind {
    /// Where the paragraph begins.
    Start,
    /// Between words, or where the script allows it.
    Plain,
    /// Within a word, with a hyphen.
    Hyphen,
    /// In a formula, after a relation or an operator.
    Operator,
    /// Where nothing should break unless all else fails.
    Emergency,
    /// Where the author ends a line.
    Forced,
    /// Where the paragraph ends.
    End,
}

/// How lines are set against the measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Justification {
    /// Both edges even.
    Justified,
    /// One edge even: lines of about one length, the last as it comes.
    Ragged,
    /// Neither edge even: all lines of about one length.
    Balanced,
}

/// What lines are to be like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct BreakOptions {
    /// How long they are.
    pub measure: Pt,
    /// What spaces are measured in.
    pub em: Pt,
    /// Which edges are even.
    pub justification: Justification,
    /// How many in a row may end with a hyphen.
    pub hyphens_in_a_row: u8,
    /// How many, from the first on, are shorter,
    pub narrow_lines: u32,
    /// and by how much.
    pub narrow_by: Pt,
}

/// A line: which part of the paragraph, and how it is made to fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LineFit {
    /// The breakpoint after which it begins.
    pub from: usize,
    /// The breakpoint at which it ends.
    pub to: usize,
    /// How much wider its glyphs are set: 0 is as drawn.
    pub expansion: f64,
    /// By how much each of its spaces is wider than natural, before expansion.
    pub word_space: Pt,
    /// Whether it is wider than the measure whatever is done.
    pub overfull: bool,
}

/// The space that a line may have between words, more than by nature, in em.
pub(crate) const LOOSE: f64 = 1.0;

impl LineFit {
    /// Whether it has too much space between its words, in letters of a size.
    pub(crate) fn is_loose(&self, size: Pt) -> bool {
        self.word_space > size * LOOSE
    }
}

/// A paragraph that was broken: as it is best, and with a line less or more, where that can be done
/// in lines as good as any.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Breaks {
    /// The best lines.
    pub best: Vec<LineFit>,
    /// With one line less.
    pub shorter: Option<LooseVariant>,
    /// With one line more.
    pub longer: Option<LooseVariant>,
}

/// Another way to break a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LooseVariant {
    /// Its lines.
    pub lines: Vec<LineFit>,
    /// How many demerits they have more than the best ones.
    pub cost: f64,
}

/// How far lines may be changed so that they fit; lengths in em.
struct Tolerance {
    expansion: f64,
    shrink: f64,
    stretch: f64,
    emergency: bool,
}

/// Tried in this order: the first is what a good line looks like.
const PASSES: [Tolerance; 4] = [
    Tolerance { expansion: 0.025, shrink: 0.09, stretch: 0.24, emergency: false },
    Tolerance { expansion: 0.035, shrink: 0.09, stretch: 0.40, emergency: false },
    Tolerance { expansion: 0.035, shrink: 0.10, stretch: 1.50, emergency: true },
    Tolerance { expansion: 0.035, shrink: 0.10, stretch: f64::INFINITY, emergency: true },
];

/// The demerits of a hyphen, of a second one in a row, and of one before the last line.
const HYPHEN: f64 = 750.0;
const HYPHENS_IN_A_ROW: f64 = 1000.0;
const HYPHEN_BEFORE_LAST: f64 = 150.0;
/// The demerits of a line that ends within a formula.
const OPERATOR: f64 = 1500.0;
const EMERGENCY: f64 = 20_000.0;
/// What each em weighs by which a line is too long, where all that could be chosen are.
const OVERFULL: f64 = 1e6;
/// What a difference in spacing between two neighbouring lines weighs.
const CONTRAST: f64 = 8.0;
/// A last line shorter than this part of the measure is a runt.
const RUNT: f64 = 0.10;
const RUNT_DEMERITS: f64 = 20_000.0;

/// Breaks a paragraph of `breakpoints` (the first its start, the last its end) into lines of at
/// most `measure`. Spaces are measured in `em`.
pub(crate) fn fit(breakpoints: &[Breakpoint], break_options: &BreakOptions) -> Breaks {
    let BreakOptions { em, justification, .. } = *break_options;
    let start = breakpoints.first().map_or(Pt::ZERO, |start| start.after);
    let runt = (break_options.measure * RUNT).max(start * -2.0);
    let breaker = |tolerance| Breaker {
        breakpoints,
        break_options,
        em,
        justification,
        runt,
        tolerance,
        nodes: Vec::new(),
    };
    for (pass, tolerance) in PASSES.iter().enumerate() {
        if let Some(breaks) = breaker(tolerance).run(false) {
            // A paragraph that is hard to set has nothing to give.
            let (shorter, longer) = match pass {
                0 => (breaks.shorter, breaks.longer),
                _ => (None, None),
            };
            return Breaks { best: breaks.best, shorter, longer };
        }
    }
    let forced = breaker(&PASSES[PASSES.len() - 1]).run(true).unwrap_or_default();
    Breaks { best: forced.best, ..Breaks::default() }
}

struct Breaker<'a> {
    breakpoints: &'a [Breakpoint],
    break_options: &'a BreakOptions,
    em: Pt,
    justification: Justification,
    /// A last line shorter than this is a runt.
    runt: Pt,
    tolerance: &'a Tolerance,
    nodes: Vec<Node>,
}

/// The best way to a breakpoint in so many lines.
#[derive(Clone, Copy)]
struct Node {
    candidate: usize,
    previous: Option<usize>,
    demerits: f64,
    expansion: f64,
    /// In em.
    word_space: f64,
    hyphens: u8,
    /// How many lines there are up to here.
    line: u32,
    overfull: bool,
}

/// A line as it would be set.
struct Trial {
    demerits: f64,
    expansion: f64,
    word_space: f64,
    overfull: bool,
}

/// The ways to a breakpoint: at most three.
type Paths = [Option<Node>; 3];

/// Takes a way in, unless one in as many lines is as good.
fn keep_best(paths: &mut Vec<Node>, node: Node) {
    match paths.iter_mut().find(|known| known.line == node.line) {
        Some(known) if node.demerits < known.demerits => *known = node,
        Some(_) => {}
        None => paths.push(node),
    }
}

/// The best way, and those in a line less or more.
fn nearest(paths: &[Node]) -> Paths {
    let least = |one: &&Node, other: &&Node| one.demerits.total_cmp(&other.demerits);
    let Some(best) = paths.iter().min_by(least) else { return [None; 3] };
    let of = |line: u32| paths.iter().find(|path| path.line == line).copied();
    [of(best.line - 1), Some(*best), of(best.line + 1)]
}

impl Breaker<'_> {
    /// Finds the best ways to the end. Without `force` there may be none.
    fn run(mut self, force: bool) -> Option<Breaks> {
        self.nodes.push(Node {
            candidate: 0,
            previous: None,
            demerits: 0.0,
            expansion: 0.0,
            word_space: 0.0,
            hyphens: 0,
            line: 0,
            overfull: false,
        });
        let mut active = vec![0];
        for to in 1..self.breakpoints.len() {
            let kind = self.breakpoints[to].kind;
            if !self.tolerance.emergency && kind == BreakKind::Emergency {
                continue;
            }
            let paths = self.paths(to, &mut active, force);
            if matches!(kind, BreakKind::Forced | BreakKind::End) {
                active.clear();
            }
            for node in paths.into_iter().flatten() {
                active.push(self.nodes.len());
                self.nodes.push(node);
            }
            if active.is_empty() {
                return None;
            }
        }
        self.breaks(&active)
    }

    /// Of the ways to the end the best one, and those of a line less or more.
    fn breaks(&self, ends: &[usize]) -> Option<Breaks> {
        let least = |one: &&usize, other: &&usize| {
            self.nodes[**one].demerits.total_cmp(&self.nodes[**other].demerits)
        };
        let best = *ends.iter().min_by(least)?;
        let Node { line, demerits, .. } = self.nodes[best];
        let variant = |lines: u32| {
            let at = *ends.iter().find(|end| self.nodes[**end].line == lines)?;
            let cost = self.nodes[at].demerits - demerits;
            let justified = self.justification == Justification::Justified;
            justified.then(|| LooseVariant { lines: self.lines(at), cost })
        };
        Some(Breaks {
            best: self.lines(best),
            shorter: variant(line - 1),
            longer: variant(line + 1),
        })
    }

    /// The best ways to end a line at `to`: the best of all, and those in a line less or more.
    /// Takes those out of `active` from which no line reaches this far.
    fn paths(&self, to: usize, active: &mut Vec<usize>, force: bool) -> Paths {
        let mut paths: Vec<Node> = Vec::new();
        let mut overfull: Option<Node> = None;
        let kind = self.breakpoints[to].kind;
        // They stand in the order in which their lines begin: where one is too short, so are those
        // after it, unless some have another measure.
        let alike = self.break_options.narrow_lines == 0;
        let mut too_short = false;
        active.retain(|&index| {
            if too_short {
                return true;
            }
            let from = self.nodes[index];
            let Some(trial) = self.line(&from, to) else {
                too_short = alike;
                return true;
            };
            let hyphens = if kind == BreakKind::Hyphen { from.hyphens + 1 } else { 0 };
            if trial.overfull {
                let node = self.extend(index, to, &trial, hyphens);
                if overfull.is_none_or(|known| node.demerits < known.demerits) {
                    overfull = Some(node);
                }
                return false;
            }
            if hyphens <= self.break_options.hyphens_in_a_row {
                keep_best(&mut paths, self.extend(index, to, &trial, hyphens));
            }
            true
        });
        if paths.is_empty() && active.is_empty() && force {
            paths.extend(overfull);
        }
        nearest(&paths)
    }

    fn extend(&self, index: usize, to: usize, trial: &Trial, hyphens: u8) -> Node {
        let from = self.nodes[index];
        let mut demerits = from.demerits + trial.demerits;
        let kind = self.breakpoints[to].kind;
        if hyphens == 2 {
            demerits += HYPHENS_IN_A_ROW;
        }
        if kind == BreakKind::End && from.hyphens > 0 {
            demerits += HYPHEN_BEFORE_LAST;
        }
        if from.previous.is_some()
            && kind != BreakKind::End
            && self.justification == Justification::Justified
        {
            let contrast = (trial.word_space - from.word_space).abs()
                + (trial.expansion - from.expansion).abs();
            demerits += CONTRAST * (contrast / 0.05).powi(2);
        }
        Node {
            candidate: to,
            previous: Some(index),
            demerits,
            expansion: trial.expansion,
            word_space: trial.word_space,
            hyphens,
            line: from.line + 1,
            overfull: trial.overfull,
        }
    }

    /// The line from a node to a breakpoint; none if it is too short to be set.
    fn line(&self, from: &Node, to: usize) -> Option<Trial> {
        let (start, end) = (&self.breakpoints[from.candidate], &self.breakpoints[to]);
        let narrow = from.line < self.break_options.narrow_lines;
        let own = self.break_options.measure
            - if narrow { self.break_options.narrow_by } else { Pt::ZERO };
        let measure = own + start.protrusion_left + end.protrusion_right;
        let natural = end.before - start.after;
        let word_spaces = f64::from(end.word_spaces_before - start.word_spaces_after);
        let mut excess = (measure - natural) / self.em;
        let width = (natural - (end.fixed_width - start.fixed_width)) / self.em;
        let last = matches!(end.kind, BreakKind::End | BreakKind::Forced);
        let mut demerits = match end.kind {
            BreakKind::Hyphen => HYPHEN,
            BreakKind::Operator => OPERATOR,
            BreakKind::Emergency => EMERGENCY,
            _ => 0.0,
        };
        if last && excess >= 0.0 && self.justification != Justification::Balanced {
            if end.kind == BreakKind::End
                && natural < self.runt
                && from.previous.is_some()
            {
                demerits += RUNT_DEMERITS;
            }
            return Some(Trial {
                demerits,
                expansion: 0.0,
                word_space: 0.0,
                overfull: false,
            });
        }
        if self.justification != Justification::Justified {
            let slack = excess / (measure / self.em).max(1.0);
            demerits += 2000.0 * slack * slack;
            let overfull = excess < -1e-6;
            if overfull {
                demerits -= OVERFULL * excess;
            }
            return Some(Trial { demerits, expansion: 0.0, word_space: 0.0, overfull });
        }
        let most = self.tolerance.expansion;
        let expansion = (excess / width.max(0.1)).clamp(-most, most);
        excess -= expansion * width;
        // A line without a space is judged as if it had one, and set as it is.
        let word_space = excess / word_spaces.max(1.0);
        if word_space > self.tolerance.stretch {
            return None;
        }
        let overfull = word_space < -self.tolerance.shrink - 1e-9;
        demerits +=
            100.0 * (word_space / 0.05).powi(2) + 4.0 * (expansion / 0.025).powi(2);
        if overfull {
            demerits -= OVERFULL * excess;
        }
        let word_space =
            if word_spaces > 0.0 { word_space.max(-self.tolerance.shrink) } else { 0.0 };
        Some(Trial { demerits, expansion, word_space, overfull })
    }

    /// The lines on the way to a node.
    fn lines(&self, last: usize) -> Vec<LineFit> {
        let mut lines = Vec::new();
        let mut at = self.nodes[last];
        while let Some(previous) = at.previous {
            let from = self.nodes[previous];
            lines.push(LineFit {
                from: from.candidate,
                to: at.candidate,
                expansion: at.expansion,
                word_space: self.em * at.word_space,
                overfull: at.overfull,
            });
            at = from;
        }
        lines.reverse();
        lines
    }
}

#[cfg(test)]
mod tests;
