//! Cutting: how much of a galley goes on a page.

use crate::typeset::flow::galley::{Strip, fitting, height, last_turn, while_fit};
use crate::typeset::pages::foot::{Foot, Reserve};
use crate::units::Pt;

/// What goes on a page, or into a column of one.
pub(super) struct Filled {
    /// How many strips of the galley.
    pub(super) taken: usize,
    /// What stands at its foot.
    pub(super) foot: Vec<Strip>,
}

/// How many strips go on the next page, and what at its foot. A figure that does not quite fit
/// is made smaller; one that would become too small moves down, and what comes after it takes
/// its place, while the order in which it is read stays.
pub(super) fn fill(strips: &mut [Strip], room: Pt, foot: &mut Foot) -> Filled {
    foot.begin_page(room, !strips.is_empty());
    let taken = text(strips, room, foot);
    let (strips, _) = strips.split_at(taken);
    let foot = foot.end_page(strips, room - height(strips));
    Filled { taken, foot }
}

/// Whether strips fit into so many columns.
pub(super) fn fits(strips: &[Strip], room: Pt, columns: usize) -> bool {
    let mut from = 0;
    for _ in 0..columns {
        from += fitting(&strips[from..], room);
        if from == strips.len() {
            return true;
        }
    }
    false
}

/// The least height at which strips fit into so many columns, at most `room`.
pub(super) fn balanced(strips: &[Strip], room: Pt, columns: usize) -> Pt {
    let (mut low, mut high) = (height(strips) / (columns as f64), room);
    if fits(strips, low, columns) {
        return low;
    }
    while high - low > Pt(0.5) {
        let middle = (low + high) / 2.0;
        if fits(strips, middle, columns) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// Makes the figure that begins after the first of `strips` smaller, if it then fits into `room`
/// and keeps two thirds of its size. Says whether it did.
fn shrink_figure(strips: &mut [Strip], room: Pt) -> bool {
    let Some(float) = strips.get(1).map(|strip| strip.float).filter(|&float| float > 0)
    else {
        return false;
    };
    let figure = &mut strips[1..=float];
    let excess = height(figure) + figure[0].space - room + Pt(0.01);
    let fits = excess <= figure[0].gives();
    if fits {
        figure[0].shrink(excess);
    }
    fits
}

/// How many strips go on a page that has `room` for them and for the notes at its foot.
fn text(strips: &mut [Strip], room: Pt, foot: &Foot) -> usize {
    let mut taken = cut(strips, room, true, foot.reserve());
    if taken == 0 && !strips.is_empty() && !foot.is_carrying() {
        taken = forced(strips, room);
    }
    let float = strips.get(taken).map_or(0, |strip| strip.float);
    let with_figure = (taken + float).min(strips.len());
    let notes = foot.reserve().with(&strips[..with_figure]).need();
    let left = room - notes - height(&strips[..taken]);
    if taken > 0 && shrink_figure(&mut strips[taken - 1..], left) {
        taken = cut(strips, room, true, foot.reserve());
    }
    let float = strips.get(taken).map_or(0, |strip| strip.float);
    let after = taken + float;
    if taken == 0 || float == 0 || after >= strips.len() {
        return taken;
    }
    let left = room - height(&strips[..taken]) - strips[after].space;
    let reserve = foot.reserve().with(&strips[..taken]);
    let more = cut(&strips[after..], left, false, reserve);
    strips[taken..after + more].rotate_left(float);
    taken + more
}

/// How many strips fit into `room` with the notes they need, then back to where a page may end.
/// Unless they may, `figures` are not counted: they would begin another one's way.
fn cut(strips: &[Strip], room: Pt, figures: bool, mut notes: Reserve) -> usize {
    let fit = while_fit(strips, |strip, height| {
        height + notes.add(strip) <= room && (figures || strip.float == 0)
    });
    last_turn(strips, fit).unwrap_or(0)
}

/// How many strips go on a page at least, where nothing fits as it should: up to the first place at
/// which the page may end, if only notes keep those away; else what fits, be it torn.
fn forced(strips: &[Strip], room: Pt) -> usize {
    let fit = while_fit(strips, |_, height| height <= room);
    let turn = strips[..fit].iter().position(|strip| !strip.keep);
    turn.map_or(fit, |last| last + 1).max(1)
}
