//! Candidates: the places at which a paragraph may break, as the breaker sees them.

use crate::style::Align;
use crate::typeset::inline::atoms::Atom;
use crate::typeset::inline::breaks::{BreakKind, Candidate};
use crate::typeset::inline::collected::Collected;
use crate::typeset::inline::protrusion::{hang_left, hang_right};
use crate::typeset::inline::shape::Shape;
use crate::units::Pt;

/// The places at which a paragraph may break, and where each is.
#[derive(Debug)]
pub struct Candidates {
    /// The places, as the breaker sees them.
    pub list: Vec<Candidate>,
    /// Where each is: the atom at which a line ends, and how many bytes into it.
    pub positions: Vec<(usize, Option<usize>)>,
    /// How much shorter a line is that goes on from each.
    pub turnovers: Vec<Pt>,
}

/// A line of code that goes on stands as far in as the line does, but for this part of the measure.
const MAX_INDENT_MEASURE: f64 = 0.4;

/// The places at which a paragraph may break.
pub fn candidates(atoms: &[Atom], collected: &Collected, shape: &Shape) -> Candidates {
    let hang = |character: Option<char>, side: fn(char) -> f64| {
        let hangs = shape.align == Align::Justify && shape.hangs;
        character.filter(|_| hangs).map_or(Pt::ZERO, |c| shape.size * side(c))
    };
    let (mut width, mut rigid, mut gaps) = (Pt::ZERO, Pt::ZERO, 0);
    let mut found =
        Candidates { list: Vec::new(), positions: Vec::new(), turnovers: Vec::new() };
    let first = first_character(atoms, 0, collected);
    found.list.push(Candidate {
        before: Pt::ZERO,
        after: -shape.indent,
        rigid: Pt::ZERO,
        gaps_before: 0,
        gaps_after: 0,
        hang_right: Pt::ZERO,
        hang_left: hang(first, hang_left),
        kind: BreakKind::Start,
    });
    found.positions.push((0, Some(0)));
    found.turnovers.push(Pt::ZERO);
    // Where the white began that the atoms so far end with: a line that ends there leaves it out.
    let mut white: Option<(Pt, u32)> = None;
    // The white that a line of code begins with.
    let (mut inset, mut begins) = (Pt::ZERO, shape.marks_turnover);
    for (index, atom) in atoms.iter().enumerate() {
        match atom {
            Atom::Break(BreakKind::Forced) => {
                (inset, begins) = (Pt::ZERO, shape.marks_turnover);
            }
            Atom::Space { width, .. } if begins => inset += *width,
            _ => begins = false,
        }
        let further = inset.min(shape.measure * MAX_INDENT_MEASURE);
        let (white_at, gaps_before) = match atom {
            Atom::Space { .. } => *white.get_or_insert((width, gaps)),
            _ => (width, gaps),
        };
        if !matches!(atom, Atom::Space { .. }) {
            white = None;
        }
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
                let turns = kind != BreakKind::Forced;
                let turnover = if turns { shape.turnover + further } else { Pt::ZERO };
                found.list.push(Candidate {
                    before,
                    after: after - turnover,
                    rigid,
                    gaps_before,
                    gaps_after,
                    hang_right: hang(last, hang_right),
                    hang_left: hang(next, hang_left),
                    kind,
                });
                found.positions.push((index, at));
                found.turnovers.push(turnover);
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
            Atom::Space { width: own, ends, elastic, .. } => {
                let step = u32::from(*elastic);
                if let Some(kind) = *ends {
                    candidate(white_at, width + *own, gaps + step, kind, false, None);
                }
                width += *own;
                gaps += step;
            }
            Atom::Picture { size, .. } => {
                width += size.width;
                rigid += size.width;
            }
            Atom::Inset { inset, .. } => {
                width += inset.width;
                rigid += inset.width;
            }
            // A dot or two, if no more.
            Atom::Leader { run, .. } => {
                width += collected.runs[*run].style.size;
            }
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
        rigid,
        gaps_before: gaps,
        gaps_after: gaps,
        hang_right: hang(last, hang_right),
        hang_left: Pt::ZERO,
        kind: BreakKind::End,
    });
    found.positions.push((atoms.len(), None));
    found.turnovers.push(Pt::ZERO);
    found
}

fn first_character(atoms: &[Atom], from: usize, collected: &Collected) -> Option<char> {
    match atoms.get(from)? {
        Atom::Word { range, .. } => collected.text[range.clone()].chars().next(),
        _ => None,
    }
}

fn last_character(atoms: &[Atom], before: usize, collected: &Collected) -> Option<char> {
    let shown = atoms.get(..before)?.iter().rev();
    let mut shown = shown.skip_while(|atom| matches!(atom, Atom::Space { .. }));
    match shown.next()? {
        Atom::Word { range, .. } => collected.text[range.clone()].chars().next_back(),
        _ => None,
    }
}
