//! Planning: where the pages of a run of fragments end, all of them at once.
//!
//! As a paragraph is broken into lines by what is best for the whole of it (see `breaks`), so a
//! chapter is broken into pages. A page may end one line early or late if the page beside it does
//! so too; space around headings, figures and quotations may grow; a paragraph may be set in a
//! line less or more; a figure may stand on the next page while the text goes on. Each has its
//! price, and the plan is the cheapest way to the end. In the manner of Plass (“Optimal Pagination
//! Techniques”, 1981), with the spreads and the paragraphs' variants as part of what is searched.

mod state;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::document::NoteId;
use crate::typeset::flow::galley::Fragment;
use crate::typeset::inline::paragraph::{Looseness, Paragraph};
use crate::typeset::pages::footnotes::FootnoteArea;
use crate::units::Pt;
pub(super) use state::give;
use state::{CROWD, Group, MAX_EXCESS_DEMERITS, State, pruned};

/// What is done to put fragments on pages, in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    /// The paragraph that begins with a fragment is set otherwise.
    Set(usize, Looseness),
    /// The picture in a fragment is made less tall by so much.
    Shrink(usize, Pt),
    /// The figure that begins with a fragment goes to the head of the next page.
    Defer(usize),
    /// The page ends before a place, so many lines longer than others.
    PageBreak(Spot, i8),
    /// Pages that hold nothing but figures end before a place.
    FloatPages(Spot),
}

/// A line of the paragraph, or of anything else, that begins with a fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Spot {
    pub(super) fragment: usize,
    pub(super) line: usize,
}

/// A plan: its steps, and whether it leads to the end. If not, the fragments after the last turn are
/// still to be put on pages.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    pub(super) whole: bool,
}

impl Plan {
    /// Whether a page comes of it.
    pub(super) fn leads_on(&self) -> bool {
        self.whole || self.steps.iter().any(|step| matches!(step, Step::PageBreak(..)))
    }
}

/// What is planned for.
pub(super) struct Task<'a> {
    pub(super) fragments: &'a [Fragment],
    /// The height of each page's text, counted from the first.
    pub(super) rooms: &'a mut dyn FnMut(usize) -> Pt,
    pub(super) leading: Pt,
    pub(super) footnotes: &'a FootnoteArea,
    /// Whether the first page is on the right.
    pub(super) right: bool,
    /// What of the first page is taken.
    pub(super) above: Pt,
    /// Whether the first page opens something, and may end a line early.
    pub(super) opens: bool,
}

/// A page's end that is a line off, with the one beside it.
const SPREAD: f64 = 8000.0;
/// A page's end that is a line off, beside one that is not.
const MISMATCH: f64 = 15_000.0;
/// A hyphen before a page turns: over the marked content, and to the page beside.
const HYPHEN_OVER: f64 = 15_000.0;
const HYPHEN_ACROSS: f64 = 5_000.0;
/// Space that grows by all that it may.
const STRETCH: f64 = 1500.0;
/// A line that lacks at a page's foot.
const SHORTFALL: f64 = 20_000.0;
/// A figure that stands on another page than its text, and one at two thirds of its size.
const DEFER: f64 = 1200.0;
const SHRINK: f64 = 6000.0;
/// A page that has nothing but figures.
const PLATE: f64 = 1000.0;
/// A note that goes on overleaf.
const SPLIT_NOTE: f64 = 4000.0;
/// A paragraph that is not set at its best, beside what that costs its lines.
const CHANGE: f64 = 300.0;
/// A last page with fewer lines than [`FEWEST`]: for the page, and for each that lacks.
const LAST: f64 = 20_000.0;
const LAST_LINE: f64 = 4000.0;
const FEWEST: f64 = 5.0;
/// A last page that lacks no more than three lines, and looks as if it ought not to.
const ALMOST: f64 = 4000.0;
/// A page that still has more lines left than this does not end, if it need not.
const NEAR: f64 = 5.0;

/// Plans the pages of a run of fragments.
pub(super) fn plan(task: Task) -> Plan {
    let above = task.above;
    Planner::new(task).run(above)
}

struct Planner<'a> {
    task: Task<'a>,
    /// The last step of each way, and the way before it.
    paths: Vec<(Option<usize>, Step)>,
    rooms: Vec<Pt>,
    /// The notes that text so far refers to.
    seen: BTreeSet<NoteId>,
}

impl<'a> Planner<'a> {
    fn new(task: Task<'a>) -> Self {
        Self { task, paths: Vec::new(), rooms: Vec::new(), seen: BTreeSet::new() }
    }

    fn run(&mut self, above: Pt) -> Plan {
        let mut states = vec![State::first(above)];
        let mut group = Group::default();
        let mut at = 0;
        while let Some(fragment) = self.task.fragments.get(at) {
            let next = match self.variable(at) {
                Some((paragraph, count)) => {
                    let before = std::mem::take(&mut group);
                    let next = self.paragraph(&states, &before, at, paragraph);
                    at += count;
                    next
                }
                None => {
                    self.add(&mut group, at);
                    at += 1;
                    if fragment.keep && at < self.task.fragments.len() {
                        continue;
                    }
                    let next = self.set(&states, &group);
                    group = Group { hyphen: fragment.hyphenated, ..Group::default() };
                    next
                }
            };
            if next.is_empty() {
                return Plan { steps: self.steps(best(&states)), whole: false };
            }
            states = next;
        }
        let end = |state: &State| (self.last(state), state.path);
        let ends = states.iter().map(end).collect::<Vec<_>>();
        let cheapest = ends.into_iter().min_by(|one, other| one.0.total_cmp(&other.0));
        Plan { steps: self.steps(cheapest.and_then(|(_, path)| path)), whole: true }
    }

    /// The paragraph that begins with a fragment and its lines, if it may be set otherwise: they are
    /// as they were set, and nothing hangs on them.
    fn variable(&self, at: usize) -> Option<(&'a Paragraph, usize)> {
        let fragments: &'a [Fragment] = self.task.fragments;
        let paragraph = fragments[at].paragraph.as_deref()?;
        let count = paragraph.count(Looseness::Best)?;
        let lines = fragments.get(at..at + count)?;
        let height = lines.first()?.height;
        let plain = |fragment: &Fragment| {
            (fragment.height - height).0.abs() < 0.01
                && !self.task.footnotes.refers(fragment)
        };
        let free = lines.iter().all(plain) && !lines.last()?.keep;
        free.then_some((paragraph, count))
    }

    /// All ways to set a paragraph.
    fn paragraph(
        &mut self,
        states: &[State],
        before: &Group,
        at: usize,
        paragraph: &Paragraph,
    ) -> Vec<State> {
        let mut all = Vec::new();
        let best = paragraph.count(Looseness::Best).unwrap_or(1);
        let held = (0..best.saturating_sub(1)).any(|line| {
            self.task.fragments[at + line].keep && !paragraph.keeps(line, best)
        });
        for looseness in [Looseness::Best, Looseness::Shorter, Looseness::Longer] {
            let Some(count) = paragraph.count(looseness) else { continue };
            let groups = self.groups(before, at, paragraph, looseness, held);
            let price = match looseness {
                Looseness::Best => 0.0,
                _ => CHANGE + paragraph.cost(looseness),
            };
            if count == 0 || price > MAX_EXCESS_DEMERITS {
                continue;
            }
            let mut chosen = Vec::with_capacity(states.len());
            for state in states {
                let mut state = *state;
                if looseness != Looseness::Best {
                    state.cost += price;
                    state.path = Some(self.path(state.path, Step::Set(at, looseness)));
                }
                chosen.push(state);
            }
            self.groups_from(chosen, &groups, &mut all);
        }
        pruned(all, self.task.leading)
    }

    /// The groups of a paragraph's lines, what is held to it from before in the first.
    fn groups(
        &self,
        before: &Group,
        at: usize,
        paragraph: &Paragraph,
        looseness: Looseness,
        held: bool,
    ) -> Vec<Group> {
        let count = paragraph.count(looseness).unwrap_or(0);
        let first = &self.task.fragments[at];
        let mut groups = Vec::with_capacity(count);
        let mut group = *before;
        for line in 0..count {
            let spot = Spot { fragment: at, line };
            let (space, repeat) = match line {
                0 => (first.space, first.repeat.as_deref()),
                _ => (Pt::ZERO, None),
            };
            group.join(spot, space, first.height, repeat, self.task.leading);
            let stays = held && line + 1 < count || paragraph.keeps(line, count);
            if !stays {
                groups.push(group);
                let hyphen = paragraph.is_hyphenated(looseness, line);
                group = Group { hyphen, ..Group::default() };
            }
        }
        groups
    }

    /// Sets groups one after the other.
    fn groups_from(
        &mut self,
        states: Vec<State>,
        groups: &[Group],
        all: &mut Vec<State>,
    ) {
        let leading = self.task.leading;
        let total: Pt = groups.iter().map(|group| group.space + group.height).sum();
        let give: Pt = groups.iter().map(|group| self.above(group) + group.give).sum();
        let mut near = Vec::with_capacity(states.len());
        for state in states {
            let room = self.room(state.page);
            if !state.empty && state.used + total < room - leading * (NEAR + 1.0) {
                let (used, give) = (state.used + total, state.give + give);
                all.push(State { used, give, ..state });
            } else {
                near.push(state);
            }
        }
        for group in groups {
            let mut next = Vec::with_capacity(near.len() + 2);
            for state in &near {
                self.place(state, group, &mut next);
            }
            // A paragraph may go on over many pages, and each offers several ways to end.
            near = if next.len() > CROWD { pruned(next, leading) } else { next };
        }
        all.append(&mut near);
    }

    /// Takes a fragment into a group.
    fn add(&mut self, group: &mut Group, at: usize) {
        let fragment = &self.task.fragments[at];
        let spot = Spot { fragment: at, line: 0 };
        let begins = group.fragments == 0;
        let repeat = fragment.repeat.as_deref();
        group.join(spot, fragment.space, fragment.height, repeat, self.task.leading);
        let (whole, least) = self.task.footnotes.heights(fragment, &mut self.seen);
        if whole > Pt::ZERO {
            group.notes_least = group.notes + least;
            group.notes += whole;
        }
        if begins && fragment.float > 0 {
            group.figure = true;
            group.shrinks = fragment.max_shrink();
        }
        group.figure &= at < group.begins.fragment + self.float(group);
    }

    fn float(&self, group: &Group) -> usize {
        self.task.fragments[group.begins.fragment].float
    }

    /// All ways to set a group.
    fn set(&mut self, states: &[State], group: &Group) -> Vec<State> {
        let mut next = Vec::with_capacity(states.len() + 8);
        for state in states {
            self.place(state, group, &mut next);
        }
        pruned(next, self.task.leading)
    }

    /// All ways to set a group after what a state has.
    fn place(&mut self, state: &State, group: &Group, next: &mut Vec<State>) {
        let leading = self.task.leading;
        let room = self.room(state.page);
        let noted = State { notes: state.notes || group.notes > Pt::ZERO, ..*state };
        let longest = room + leading * f64::from(self.longest(&noted));
        let above = if state.empty { Pt::ZERO } else { group.space };
        let gap = if state.notes { Pt::ZERO } else { self.task.footnotes.gap() };
        // No note begins before the one above it has ended.
        let with_gap =
            |notes: Pt| if notes > Pt::ZERO { notes + gap + state.carry } else { notes };
        let text = state.used + above + group.height;
        let used = text + with_gap(group.notes);
        // Figures keep their order.
        let in_turn = !(group.figure && state.waiting > Pt::ZERO);
        let fits = used <= longest + Pt(0.01) && in_turn;
        let give = if state.empty { Pt::ZERO } else { self.above(group) };
        let give = state.give + give + group.give;
        if fits {
            let carry = if group.notes > Pt::ZERO { Pt::ZERO } else { state.carry };
            next.push(State { used, empty: false, give, carry, ..noted });
        }
        let least = text + with_gap(group.notes_least);
        if !fits && in_turn && group.notes > Pt::ZERO && least <= room {
            let carry = group.notes - group.notes_least;
            let cost = state.cost + SPLIT_NOTE;
            next.push(State { used: least, empty: false, give, carry, cost, ..noted });
        }
        let excess = used - room;
        if !fits && in_turn && excess <= group.shrinks {
            let part = excess / group.shrinks.max(Pt(0.1));
            let step = Step::Shrink(group.begins.fragment, excess);
            next.push(State {
                used: room,
                empty: false,
                cost: state.cost + SHRINK * (0.3 + 0.7 * part),
                path: Some(self.path(state.path, step)),
                ..*state
            });
        }
        if state.empty && in_turn {
            return;
        }
        if !fits || state.used > room - leading * NEAR {
            self.page_break(state, group, next);
        }
        let waits = state.waiting + group.height + leading;
        // A figure as tall as a page waits alone.
        let may_wait = waits < room * 0.8 || state.waiting == Pt::ZERO;
        if group.figure && may_wait && (!fits || state.waiting > Pt::ZERO) {
            next.push(State {
                waiting: waits,
                cost: state.cost + DEFER,
                path: Some(self.path(state.path, Step::Defer(group.begins.fragment))),
                ..*state
            });
        }
    }

    /// The page ends before a group.
    fn page_break(&mut self, state: &State, group: &Group, next: &mut Vec<State>) {
        for delta in self.deltas(state) {
            let Some(cost) = self.end(state, delta, group.hyphen) else { continue };
            let carried = state.carry - (self.room(state.page) - state.used);
            let room = self.room(state.page + 1);
            let figures = state.waiting > Pt::ZERO;
            let above = if figures { group.space } else { Pt::ZERO };
            let mut notes = group.notes;
            if carried > Pt::ZERO {
                // Lines of a note stay together at its parts' ends too.
                notes += carried + self.task.leading * 1.5;
            }
            if notes > Pt::ZERO {
                notes += self.task.footnotes.gap();
            }
            let used = state.waiting + group.repeat + above + group.height + notes;
            let more = if self.is_right(state.page + 1) { delta } else { 0 };
            let step = Step::PageBreak(group.begins, delta);
            if used > room + self.task.leading * f64::from(more.max(0)) + Pt(0.01) {
                if figures && notes == Pt::ZERO {
                    let path = self.path(state.path, step);
                    let ended =
                        State { cost: state.cost + cost, path: Some(path), ..*state };
                    self.plate(ended, group, next);
                }
                continue;
            }
            next.push(State {
                page: state.page + 1,
                used,
                empty: false,
                give: group.give + if figures { self.above(group) } else { Pt::ZERO },
                delta: (!self.is_right(state.page)).then_some(delta),
                waiting: Pt::ZERO,
                notes: notes > Pt::ZERO,
                carry: Pt::ZERO,
                cost: state.cost + cost,
                path: Some(self.path(state.path, step)),
            });
        }
    }

    /// Pages of figures alone, between one that has ended and one that begins with a group.
    fn plate(&mut self, state: State, group: &Group, next: &mut Vec<State>) {
        let mut left = state.waiting - self.task.leading;
        let mut page = state.page + 1;
        while left > Pt(0.01) {
            left -= self.room(page);
            page += 1;
        }
        let used = group.repeat + group.height;
        if used > self.room(page) {
            return;
        }
        let path = self.path(state.path, Step::FloatPages(group.begins));
        next.push(State {
            page,
            used,
            empty: false,
            give: group.give,
            delta: self.is_right(page).then_some(0),
            waiting: Pt::ZERO,
            notes: false,
            carry: Pt::ZERO,
            cost: state.cost + PLATE,
            path: Some(path),
        });
    }

    /// What it costs that a page ends, so many lines longer than others; nothing if it cannot.
    fn end(&mut self, state: &State, delta: i8, hyphen: bool) -> Option<f64> {
        let leading = self.task.leading;
        let room = self.room(state.page) + leading * f64::from(delta);
        let slack = room - state.used;
        if slack < Pt(-0.01) {
            return None;
        }
        let slack = (slack - state.carry).max(Pt::ZERO);
        let right = self.is_right(state.page);
        let mut cost = match (delta, state.delta) {
            (0, None | Some(0)) => 0.0,
            (_, Some(beside)) if right && beside != delta => MISMATCH,
            (_, Some(_)) => 0.0,
            (_, None) if self.flexes(state) => SPREAD / 4.0,
            (_, None) => SPREAD,
        };
        if hyphen {
            cost += if right { HYPHEN_OVER } else { HYPHEN_ACROSS };
        }
        let lines = slack / leading;
        cost += match state.notes {
            // The space between text and notes takes it up.
            true if lines <= 1.5 => 500.0 * lines * lines,
            _ if slack <= state.give => {
                STRETCH * (slack / state.give.max(Pt(0.01))).powi(2)
            }
            _ => lacking((slack - state.give) / leading),
        };
        Some(cost)
    }

    /// What the last page costs.
    fn last(&self, state: &State) -> f64 {
        let room = self.rooms.get(state.page).copied().unwrap_or(Pt::ZERO);
        let lines = state.used / self.task.leading;
        let shortfall = (room - state.used) / self.task.leading;
        let mut cost = state.cost;
        if (0.9..3.5).contains(&shortfall) {
            cost += ALMOST;
        }
        if shortfall < -0.01 {
            cost += if state.delta == Some(1) { 0.0 } else { MISMATCH };
        }
        if state.page > 0 && lines < FEWEST {
            cost += LAST + LAST_LINE * (FEWEST - lines);
        }
        if state.waiting > Pt::ZERO {
            cost += DEFER * 2.0;
        }
        if state.carry > room - state.used {
            cost += LAST;
        }
        cost
    }

    /// By how many lines a page may be longer.
    fn deltas(&self, state: &State) -> impl Iterator<Item = i8> + use<> {
        let (longest, notes) = (self.longest(state), state.notes);
        let may = move |delta: &i8| *delta <= longest && (*delta == 0 || !notes);
        [0, -1, 1].into_iter().filter(may)
    }

    /// By how many lines a page may be longer at most: not where a folio or notes stand below.
    fn longest(&self, state: &State) -> i8 {
        match (state.page, state.delta) {
            (0, _) => 0,
            _ if state.notes => 0,
            (_, Some(delta)) if self.is_right(state.page) => delta.max(0),
            _ => 1,
        }
    }

    /// Whether nothing that is planned here stands beside a page.
    fn flexes(&self, state: &State) -> bool {
        state.page == 0 && self.task.opens && self.task.right
    }

    fn is_right(&self, page: usize) -> bool {
        page.is_multiple_of(2) == self.task.right
    }

    /// How far the space above a group may grow.
    fn above(&self, group: &Group) -> Pt {
        give(group.space, self.task.leading)
    }

    fn room(&mut self, page: usize) -> Pt {
        while self.rooms.len() <= page {
            let room = (self.task.rooms)(self.rooms.len());
            self.rooms.push(room);
        }
        self.rooms[page]
    }

    fn path(&mut self, before: Option<usize>, step: Step) -> usize {
        self.paths.push((before, step));
        self.paths.len() - 1
    }

    fn steps(&self, mut path: Option<usize>) -> Vec<Step> {
        let mut steps = Vec::new();
        while let Some(at) = path {
            let (before, step) = self.paths[at];
            steps.push(step);
            path = before;
        }
        steps.reverse();
        steps
    }
}

/// What it costs that so many lines lack at a page's foot.
fn lacking(lines: f64) -> f64 {
    if lines < 1.0 { 3000.0 * lines * lines } else { SHORTFALL * lines }
}

fn best(states: &[State]) -> Option<usize> {
    let cheapest = states.iter().min_by(|one, other| one.cost.total_cmp(&other.cost));
    cheapest.and_then(|state| state.path)
}
