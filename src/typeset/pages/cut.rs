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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::typeset::flow::galley::FootNotes;

    const LEADING: Pt = Pt(10.0);
    const ROOM: Pt = Pt(300.0);

    fn line() -> Fragment {
        Fragment { height: LEADING, ..Fragment::default() }
    }

    fn lines(count: usize) -> Vec<Fragment> {
        (0..count).map(|_| line()).collect()
    }

    fn kept(count: usize) -> Vec<Fragment> {
        (0..count).map(|_| Fragment { keep: true, ..line() }).collect()
    }

    /// How many fragments go on a page without notes.
    fn taken(fragments: &mut [Fragment]) -> usize {
        let mut footnotes = FootnoteArea::new(FootNotes::new(), LEADING, Pt(200.0));
        let filled = fill(fragments, ROOM, &mut footnotes);
        assert!(filled.footnotes.is_empty());
        filled.taken
    }

    #[test]
    fn as_many_lines_as_fit_go_on_a_page() {
        assert_eq!(taken(&mut lines(40)), 30);
        assert_eq!(taken(&mut lines(12)), 12);
    }

    #[test]
    fn space_counts_but_not_at_the_head_of_a_page() {
        let mut fragments = lines(40);
        fragments[0].space = LEADING;
        assert_eq!(taken(&mut fragments), 30);
        fragments[10].space = LEADING;
        assert_eq!(taken(&mut fragments), 29);
    }

    #[test]
    fn a_page_ends_before_what_must_stand_with_the_next_line() {
        let mut fragments = lines(40);
        fragments[28].keep = true;
        fragments[29].keep = true;
        assert_eq!(taken(&mut fragments), 28);
    }

    #[test]
    fn what_may_end_nowhere_is_torn_where_the_page_is_full() {
        assert_eq!(taken(&mut kept(40)), 30);
    }

    #[test]
    fn what_is_taller_than_a_page_stands_on_one_alone() {
        let mut fragments = lines(3);
        fragments[0].height = ROOM * 2.0;
        assert_eq!(taken(&mut fragments), 1);
    }

    #[test]
    fn text_takes_the_place_of_a_figure_that_moves_down() {
        let mut fragments = lines(60);
        fragments[20] = Fragment { height: Pt(150.0), float: 1, ..Fragment::default() };
        assert_eq!(taken(&mut fragments), 30);
        assert_eq!(fragments[30].float, 1);
        assert!(fragments[..30].iter().all(|fragment| fragment.float == 0));
    }

    #[test]
    fn balanced_columns_are_as_low_as_they_can_be() {
        let height = balanced(&lines(21), ROOM, 2);
        assert!(height >= Pt(110.0) && height < Pt(110.6), "{height:?}");
        assert!(fits(&lines(60), ROOM, 2) && !fits(&lines(61), ROOM, 2));
    }

    proptest! {
        #[test]
        fn no_page_is_overfull_and_none_is_empty(
            kinds in proptest::collection::vec((1..9_u8, 0..3_u8, any::<bool>()), 1..80)
        ) {
            let fragment = |&(height, space, keep): &(u8, u8, bool)| Fragment {
                height: LEADING * f64::from(height),
                space: LEADING * f64::from(space),
                keep,
                ..Fragment::default()
            };
            let mut fragments: Vec<Fragment> = kinds.iter().map(fragment).collect();
            let mut rest = fragments.as_mut_slice();
            while !rest.is_empty() {
                let taken = taken(rest);
                prop_assert!(taken > 0);
                prop_assert!(height(&rest[..taken]) <= ROOM + Pt(0.01));
                rest = &mut rest[taken..];
            }
        }
    }
}
