//! Cutting: how much of a galley goes on a page.

use crate::typeset::flow::galley::{Fragment, fitting, height, last_turn, while_fit};
use crate::typeset::pages::footnotes::{FootnoteArea, FootnoteReservation};
use crate::units::Pt;

/// What goes on a page, or into a column of one.
pub(super) struct Filled {
    /// How many fragments of the galley.
    pub(super) taken: usize,
    /// What stands at its foot.
    pub(super) footnotes: Vec<Fragment>,
}

/// How many fragments go on the next page, and what at its foot. A figure that does not quite fit
/// is made smaller; one that would become too small moves down, and what comes after it takes
/// its place, while the order in which it is read stays.
pub(super) fn fill(
    fragments: &mut [Fragment],
    room: Pt,
    footnotes: &mut FootnoteArea,
) -> Filled {
    footnotes.begin_page(room, !fragments.is_empty());
    let taken = text(fragments, room, footnotes);
    let (fragments, _) = fragments.split_at(taken);
    let footnotes = footnotes.end_page(fragments, room - height(fragments));
    Filled { taken, footnotes }
}

/// Whether fragments fit into so many columns.
pub(super) fn fits(fragments: &[Fragment], room: Pt, columns: usize) -> bool {
    let mut from = 0;
    for _ in 0..columns {
        from += fitting(&fragments[from..], room);
        if from == fragments.len() {
            return true;
        }
    }
    false
}

/// The least height at which fragments fit into so many columns, at most `room`.
pub(super) fn balanced(fragments: &[Fragment], room: Pt, columns: usize) -> Pt {
    let (mut low, mut high) = (height(fragments) / (columns as f64), room);
    if fits(fragments, low, columns) {
        return low;
    }
    while high - low > Pt(0.5) {
        let middle = (low + high) / 2.0;
        if fits(fragments, middle, columns) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// Makes the figure that begins after the first of `fragments` smaller, if it then fits into `room`
/// and keeps two thirds of its size. Says whether it did.
fn shrink_figure(fragments: &mut [Fragment], room: Pt) -> bool {
    let Some(float) =
        fragments.get(1).map(|fragment| fragment.float).filter(|&float| float > 0)
    else {
        return false;
    };
    let figure = &mut fragments[1..=float];
    let excess = height(figure) + figure[0].space - room + Pt(0.01);
    let fits = excess <= figure[0].max_shrink();
    if fits {
        figure[0].shrink(excess);
    }
    fits
}

/// How many fragments go on a page that has `room` for them and for the notes at its foot.
fn text(fragments: &mut [Fragment], room: Pt, footnotes: &FootnoteArea) -> usize {
    let mut taken = cut(fragments, room, true, footnotes.reserve());
    if taken == 0 && !fragments.is_empty() && !footnotes.is_carrying() {
        taken = forced(fragments, room);
    }
    let float = fragments.get(taken).map_or(0, |fragment| fragment.float);
    let with_figure = (taken + float).min(fragments.len());
    let notes = footnotes.reserve().with(&fragments[..with_figure]).need();
    let left = room - notes - height(&fragments[..taken]);
    if taken > 0 && shrink_figure(&mut fragments[taken - 1..], left) {
        taken = cut(fragments, room, true, footnotes.reserve());
    }
    let float = fragments.get(taken).map_or(0, |fragment| fragment.float);
    let after = taken + float;
    if taken == 0 || float == 0 || after >= fragments.len() {
        return taken;
    }
    let left = room - height(&fragments[..taken]) - fragments[after].space;
    let reserve = footnotes.reserve().with(&fragments[..taken]);
    let more = cut(&fragments[after..], left, false, reserve);
    fragments[taken..after + more].rotate_left(float);
    taken + more
}

/// How many fragments fit into `room` with the notes they need, then back to where a page may end.
/// Unless they may, `figures` are not counted: they would begin another one's way.
fn cut(
    fragments: &[Fragment],
    room: Pt,
    figures: bool,
    mut notes: FootnoteReservation,
) -> usize {
    let fit = while_fit(fragments, |fragment, height| {
        height + notes.add(fragment) <= room && (figures || fragment.float == 0)
    });
    last_turn(fragments, fit).unwrap_or(0)
}

/// How many fragments go on a page at least, where nothing fits as it should: up to the first place at
/// which the page may end, if only notes keep those away; else what fits, be it torn.
fn forced(fragments: &[Fragment], room: Pt) -> usize {
    let fit = while_fit(fragments, |_, height| height <= room);
    let turn = fragments[..fit].iter().position(|fragment| !fragment.keep);
    turn.map_or(fit, |last| last + 1).max(1)
}
