//! Candidates: the places at which a paragraph may break, as the breaker sees them.

use crate::style::Align;
use crate::typeset::inline::atoms::Atom;
use crate::typeset::inline::breaks::{BreakKind, Breakpoint};
use crate::typeset::inline::collected::Collected;
use crate::typeset::inline::protrusion::{protrusion_left, protrusion_right};
use crate::typeset::inline::shape::Shape;
use crate::units::Pt;

/// The places at which a paragraph may break, and where each is.
#[derive(Debug)]
pub(crate) struct Breakpoints {
    /// The places, as the breaker sees them.
    pub list: Vec<Breakpoint>,
    /// Where each is: the atom at which a line ends, and how many bytes into it.
    pub positions: Vec<(usize, Option<usize>)>,
    /// How much shorter a line is that goes on from each.
    pub continuation_indents: Vec<Pt>,
}

/// A line of code that goes on stands as far in as the line does, but for this part of the measure.
const MAX_INDENT_MEASURE: f64 = 0.4;

/// The places at which a paragraph may break.
pub(crate) fn breakpoints(
    atoms: &[Atom],
    collected: &Collected,
    shape: &Shape,
) -> Breakpoints {
    let hang = |character: Option<char>, side: fn(char) -> f64| {
        let hangs = shape.align == Align::Justify && shape.hangs;
        character.filter(|_| hangs).map_or(Pt::ZERO, |c| shape.size * side(c))
    };
    let (mut width, mut fixed_width, mut word_spaces) = (Pt::ZERO, Pt::ZERO, 0);
    let mut found = Breakpoints {
        list: Vec::new(),
        positions: Vec::new(),
        continuation_indents: Vec::new(),
    };
    let first = first_character(atoms, 0, collected);
    found.list.push(Breakpoint {
        before: Pt::ZERO,
        after: -shape.indent,
        fixed_width: Pt::ZERO,
        word_spaces_before: 0,
        word_spaces_after: 0,
        protrusion_right: Pt::ZERO,
        protrusion_left: hang(first, protrusion_left),
        kind: BreakKind::Start,
    });
    found.positions.push((0, Some(0)));
    found.continuation_indents.push(Pt::ZERO);
    // Where the space began that the atoms so far end with: a line that ends there leaves it out.
    let mut white: Option<(Pt, u32)> = None;
    // The space that a line of code begins with.
    let (mut inline_box, mut begins) = (Pt::ZERO, shape.marks_continuation);
    for (index, atom) in atoms.iter().enumerate() {
        match atom {
            Atom::Break(BreakKind::Forced) => {
                (inline_box, begins) = (Pt::ZERO, shape.marks_continuation);
            }
            Atom::Space { width, .. } if begins => inline_box += *width,
            _ => begins = false,
        }
        let further = inline_box.min(shape.measure * MAX_INDENT_MEASURE);
        let (white_at, word_spaces_before) = match atom {
            Atom::Space { .. } => *white.get_or_insert((width, word_spaces)),
            _ => (width, word_spaces),
        };
        if !matches!(atom, Atom::Space { .. }) {
            white = None;
        }
        let mut candidate =
            |before, after, word_spaces_after, kind, hyphen, at: Option<usize>| {
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
                let may_rotate = kind != BreakKind::Forced;
                let continuation_indent = if may_rotate {
                    shape.continuation_indent + further
                } else {
                    Pt::ZERO
                };
                found.list.push(Breakpoint {
                    before,
                    after: after - continuation_indent,
                    fixed_width,
                    word_spaces_before,
                    word_spaces_after,
                    protrusion_right: hang(last, protrusion_right),
                    protrusion_left: hang(next, protrusion_left),
                    kind,
                });
                found.positions.push((index, at));
                found.continuation_indents.push(continuation_indent);
            };
        match atom {
            Atom::Word { run, word, width: own, .. } => {
                let size = collected.runs[*run].style.size;
                for cut in &word.hyphenation_points {
                    let after = width + size * cut.width;
                    let before = after + size * cut.hyphen;
                    candidate(
                        before,
                        after,
                        word_spaces,
                        BreakKind::Hyphen,
                        true,
                        Some(cut.at),
                    );
                }
                width += *own;
            }
            Atom::Space { width: own, ends, elastic, .. } => {
                let step = u32::from(*elastic);
                if let Some(kind) = *ends {
                    candidate(
                        white_at,
                        width + *own,
                        word_spaces + step,
                        kind,
                        false,
                        None,
                    );
                }
                width += *own;
                word_spaces += step;
            }
            Atom::Picture { size, .. } => {
                width += size.width;
                fixed_width += size.width;
            }
            Atom::InlineBox { inline_box, .. } => {
                width += inline_box.width;
                fixed_width += inline_box.width;
            }
            // A dot or two, if no more.
            Atom::Leader { run, .. } => {
                width += collected.runs[*run].style.size;
            }
            Atom::Break(kind) => {
                let soft = *kind == BreakKind::Hyphen;
                let hyphen = if soft { shape.size * 0.33 } else { Pt::ZERO };
                candidate(width + hyphen, width, word_spaces, *kind, soft, None);
            }
        }
    }
    let last = last_character(atoms, atoms.len(), collected);
    found.list.push(Breakpoint {
        before: width,
        after: width,
        fixed_width,
        word_spaces_before: word_spaces,
        word_spaces_after: word_spaces,
        protrusion_right: hang(last, protrusion_right),
        protrusion_left: Pt::ZERO,
        kind: BreakKind::End,
    });
    found.positions.push((atoms.len(), None));
    found.continuation_indents.push(Pt::ZERO);
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
