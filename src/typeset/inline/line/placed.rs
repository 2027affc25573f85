//! What lines are made of, in the order in which it stands.

use std::sync::Arc;

use super::PreparedParagraph;
use crate::document::PictureId;
use crate::typeset::engine::Engine;
use crate::typeset::inline::atoms::Atom;
use crate::typeset::inline::breaks::{BreakKind, LineFit};
use crate::typeset::inline::collected::Collected;
use crate::typeset::inline::inline_box::InlineBox;
use crate::typeset::text::bidi::{self, Levels};
use crate::typeset::text::words::Word;
use crate::units::{Pt, Size};

/// What a line is made of.
pub(super) enum Placed {
    Word { run: usize, at: usize, word: Arc<Word> },
    Space { run: usize, at: usize, width: Pt, elastic: bool, zero_width: bool },
    Picture { run: usize, picture: PictureId, size: Size },
    InlineBox { run: usize, inline_box: Arc<InlineBox> },
    Leader { run: usize, unit: Arc<Word>, width: Pt },
}

impl Placed {
    pub(super) fn width(&self, collected: &Collected) -> Pt {
        match self {
            Self::Word { run, word, .. } => collected.runs[*run].style.size * word.width,
            Self::Space { width, .. } => *width,
            Self::Picture { size, .. } => size.width,
            Self::InlineBox { inline_box, .. } => inline_box.width,
            Self::Leader { width, .. } => *width,
        }
    }

    /// Where in the text it is.
    pub(super) fn at(&self, collected: &Collected) -> usize {
        match self {
            Self::Word { at, .. } | Self::Space { at, .. } => *at,
            other => collected.runs[other.run()].range.start,
        }
    }

    pub(super) fn run(&self) -> usize {
        match self {
            Self::Word { run, .. }
            | Self::Space { run, .. }
            | Self::Picture { run, .. }
            | Self::InlineBox { run, .. }
            | Self::Leader { run, .. } => *run,
        }
    }
}

/// The parts of a line, words cut where it breaks them.
pub(super) fn parts(
    engine: &Engine,
    collected: &Collected,
    prepared: &PreparedParagraph,
    fit: &LineFit,
) -> Vec<Placed> {
    let PreparedParagraph { atoms, breakpoints, .. } = prepared;
    let (from, from_byte) = breakpoints.positions[fit.from];
    let (to, to_byte) = breakpoints.positions[fit.to];
    // A break within a word begins the next line in that word, any other after its atom.
    let begin = if from_byte.is_some() { from } else { from + 1 };
    let end = if to_byte.is_some() { to + 1 } else { to };
    let soft = matches!(atoms.get(to), Some(Atom::Break(BreakKind::Hyphen)));
    // Space at which a line ends is not set.
    let at_white = matches!(atoms.get(to), Some(Atom::Space { .. }));
    let shown = atoms.get(begin..end).unwrap_or_default();
    let is_white = |atom: &&Atom| at_white && matches!(atom, Atom::Space { .. });
    let end = end - shown.iter().rev().take_while(is_white).count();
    let mut parts = Vec::with_capacity(end.saturating_sub(begin));
    for (index, atom) in atoms.iter().enumerate().take(end).skip(begin) {
        match atom {
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
                    (_, true) => engine.hyphenated_word(letters, text),
                    _ => engine.word(letters, text),
                };
                parts.push(Placed::Word { run, at: range.start + start, word });
            }
            Atom::Space { run, at, width, elastic, zero_width, .. } => {
                let (run, at, width) = (*run, *at, *width);
                let (elastic, zero_width) = (*elastic, *zero_width);
                parts.push(Placed::Space { run, at, width, elastic, zero_width });
            }
            Atom::Picture { run, picture, size } => {
                parts.push(Placed::Picture { run: *run, picture: *picture, size: *size });
            }
            Atom::InlineBox { run, inline_box } => {
                let inline_box = inline_box.clone();
                parts.push(Placed::InlineBox { run: *run, inline_box });
            }
            Atom::Leader { run, unit } => {
                let unit = unit.clone();
                parts.push(Placed::Leader { run: *run, unit, width: Pt::ZERO });
            }
            Atom::Break(_) => {}
        }
    }
    parts
}

/// Parts as they stand from left to right.
pub(super) fn in_visual_order(
    parts: Vec<Placed>,
    levels: &Levels,
    collected: &Collected,
) -> Vec<Placed> {
    let level = |part: &Placed| levels.at(part.at(collected));
    let of_parts: Vec<_> = parts.iter().map(level).collect();
    let mut parts: Vec<Option<Placed>> = parts.into_iter().map(Some).collect();
    let order = bidi::visual_order(&of_parts);
    order.into_iter().filter_map(|index| parts[index].take()).collect()
}

/// Shares out what a line has left among its leaders.
pub(super) fn fill_leaders(parts: &mut [Placed], collected: &Collected, room: Pt) {
    let natural: Pt = parts.iter().map(|part| part.width(collected)).sum();
    let leaders =
        parts.iter().filter(|part| matches!(part, Placed::Leader { .. })).count();
    for part in parts {
        if let Placed::Leader { width, .. } = part {
            *width = ((room - natural) / (leaders as f64)).max(Pt::ZERO);
        }
    }
}
