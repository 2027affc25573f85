//! States and groups: how far a way through the plan has come, and what it takes next.

use super::Spot;
use crate::typeset::flow::galley::Fragment;
use crate::units::Pt;

/// Of so many ways each is followed that costs no more than so much above the best.
const MAX_PATHS: usize = 48;
pub(super) const MAX_EXCESS_DEMERITS: f64 = 60_000.0;
/// Within a paragraph states are pruned only once there are more than so many of them.
pub(super) const CROWD: usize = 4 * MAX_PATHS;

/// How far a way has come.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub(super) page: usize,
    /// How much of the page is taken.
    pub(super) used: Pt,
    /// Whether anything of the text is on it.
    pub(super) empty: bool,
    /// How far its space may grow.
    pub(super) give: Pt,
    /// By how many lines the page beside it, to its left, is longer.
    pub(super) delta: Option<i8>,
    /// How tall the figures are that wait for the next page.
    pub(super) waiting: Pt,
    /// Whether notes stand at its foot.
    pub(super) notes: bool,
    /// How much of the last of them may go on overleaf.
    pub(super) carry: Pt,
    pub(super) cost: f64,
    pub(super) path: Option<usize>,
}

/// Fragments between which no page ends.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Group {
    pub(super) begins: Spot,
    pub(super) fragments: usize,
    /// The space above it, which falls away at a page's head.
    pub(super) space: Pt,
    pub(super) height: Pt,
    /// How far the space in it may grow.
    pub(super) give: Pt,
    /// What stands above it at a page's head.
    pub(super) repeat: Pt,
    /// Its notes, and as much of them as must stand on its page.
    pub(super) notes: Pt,
    pub(super) notes_least: Pt,
    /// Whether the line before it ends with a hyphen.
    pub(super) hyphen: bool,
    /// Whether it is a figure that may move down.
    pub(super) figure: bool,
    /// By how much its picture may be made less tall.
    pub(super) shrinks: Pt,
}

impl Group {
    /// Takes a line in.
    pub(super) fn join(
        &mut self,
        spot: Spot,
        space: Pt,
        height: Pt,
        repeat: Option<&Fragment>,
        leading: Pt,
    ) {
        if self.fragments == 0 {
            self.begins = spot;
            self.space = space;
            self.repeat = repeat.map_or(Pt::ZERO, |head| head.height);
        } else {
            self.height += space;
            self.give += give(space, leading);
        }
        self.height += height;
        self.fragments += 1;
    }
}

/// How far space may grow: what is less than part of a line is not seen as space.
pub(in crate::typeset::pages) fn give(space: Pt, leading: Pt) -> Pt {
    if space < leading * 0.4 { Pt::ZERO } else { space.min(leading) }
}

/// Of states that are alike the cheapest, and of all the cheaper ones.
pub(super) fn pruned(states: Vec<State>, leading: Pt) -> Vec<State> {
    let mut known: Vec<(u128, State)> =
        states.into_iter().map(|state| (state.likeness(leading), state)).collect();
    known.sort_unstable_by(|(one, a), (other, b)| {
        one.cmp(other).then(a.cost.total_cmp(&b.cost)).then(a.path.cmp(&b.path))
    });
    known.dedup_by_key(|(likeness, _)| *likeness);
    let mut states: Vec<State> = known.into_iter().map(|(_, state)| state).collect();
    states.sort_by(|one, other| one.cost.total_cmp(&other.cost));
    states.truncate(MAX_PATHS);
    if let Some(least) = states.first().map(|state| state.cost) {
        states.retain(|state| state.cost <= least + MAX_EXCESS_DEMERITS);
    }
    states
}

impl State {
    /// The way to the first page, of which so much is taken.
    pub(super) fn first(used: Pt) -> Self {
        Self {
            page: 0,
            used,
            empty: true,
            give: Pt::ZERO,
            delta: None,
            waiting: Pt::ZERO,
            notes: false,
            carry: Pt::ZERO,
            cost: 0.0,
            path: None,
        }
    }

    /// The same number for states from which all goes on alike, nearly enough.
    fn likeness(&self, leading: Pt) -> u128 {
        #[expect(clippy::cast_possible_truncation, reason = "clamped")]
        #[expect(clippy::cast_sign_loss, reason = "clamped")]
        let whole = |number: f64| number.round().clamp(0.0, 65_535.0) as u128;
        let delta = self.delta.map_or(3, |delta| whole(f64::from(delta) + 1.0));
        let parts = [
            whole(self.used.0 * 4.0),
            whole((self.give / leading * 2.0).min(6.0)),
            whole(self.waiting.0 * 4.0),
            whole(self.carry.0),
            delta * 4 + u128::from(self.notes) * 2 + u128::from(self.empty),
        ];
        let start = self.page as u128;
        parts.iter().fold(start, |likeness, part| (likeness << 16) | part)
    }
}
