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

/// A heading: space above it, and never without what comes after it.
fn heading() -> Fragment {
    Fragment { space: LEADING, height: LEADING, keep: true, ..Fragment::default() }
}

fn figure(height: f64) -> Fragment {
    Fragment { height: Pt(height), float: 1, ..Fragment::default() }
}

/// Does something with the task of putting fragments on pages.
fn with_task<T>(fragments: &[Fragment], act: impl FnOnce(Task) -> T) -> T {
    let footnotes = FootnoteArea::new(FootNotes::new(), LEADING, Pt(200.0));
    act(Task {
        fragments,
        rooms: &mut |_| ROOM,
        leading: LEADING,
        footnotes: &footnotes,
        right: true,
        above: Pt::ZERO,
        opens: true,
    })
}

fn planned(fragments: &[Fragment]) -> Plan {
    with_task(fragments, plan)
}

/// Before which fragments pages end, and how much longer they are.
fn may_rotate(fragments: &[Fragment]) -> Vec<(usize, i8)> {
    let page_break = |step: &Step| match step {
        Step::PageBreak(spot, delta) => Some((spot.fragment, *delta)),
        _ => None,
    };
    planned(fragments).steps.iter().filter_map(page_break).collect()
}

#[test]
fn text_alone_fills_its_pages() {
    assert_eq!(may_rotate(&lines(75)), [(30, 0), (60, 0)]);
}

#[test]
fn no_heading_stands_at_the_foot() {
    let mut fragments = lines(80);
    fragments[29] = heading();
    // Not even with a line less on the page beside it: this one has none.
    assert_eq!(may_rotate(&fragments)[0].0, 29);
}

#[test]
fn white_above_headings_takes_up_what_lacks() {
    let mut fragments = lines(100);
    fragments[40] = heading();
    // The page with the heading has room for a line less, as that has space above it.
    assert_eq!(may_rotate(&fragments)[..2], [(30, 0), (59, 0)]);
    fragments[58] = heading();
    // A second one may not end the page: the space above the first one grows instead.
    assert_eq!(may_rotate(&fragments)[..2], [(30, 0), (58, 0)]);
}

#[test]
fn the_last_page_is_not_nearly_empty() {
    let fragments = lines(92);
    // Two facing pages give a line each, the opening page one: five lines stand on the last.
    assert_eq!(may_rotate(&fragments), [(29, -1), (58, -1), (87, -1)]);
}

#[test]
fn a_figure_that_does_not_fit_lets_the_text_go_on() {
    let mut fragments = lines(45);
    fragments.insert(25, figure(100.0));
    let plan = planned(&fragments);
    let spot = Spot { fragment: 31, line: 0 };
    assert_eq!(plan.steps, [Step::Defer(25), Step::PageBreak(spot, 0)]);
}

#[test]
fn a_figure_as_tall_as_a_page_has_one_to_itself() {
    let mut fragments = lines(60);
    fragments.insert(25, figure(300.0));
    let spot = Spot { fragment: 31, line: 0 };
    let steps = [Step::Defer(25), Step::PageBreak(spot, 0), Step::FloatPages(spot)];
    assert_eq!(planned(&fragments).steps, steps);
}

#[test]
fn what_no_page_can_hold_ends_the_plan() {
    let mut fragments = lines(90);
    for fragment in &mut fragments[40..80] {
        fragment.keep = true;
    }
    let plan = planned(&fragments);
    assert!(!plan.whole);
    assert_eq!(plan.steps, [Step::PageBreak(Spot { fragment: 30, line: 0 }, 0)]);
}

#[test]
fn the_ways_that_are_kept_grow_with_the_text_alone() {
    let paths = |count: usize| {
        let mut fragments = lines(count);
        for fragment in fragments.iter_mut().step_by(13) {
            *fragment = heading();
        }
        with_task(&fragments, |task| {
            let mut planner = Planner::new(task);
            assert!(planner.run(Pt::ZERO).whole);
            planner.paths.len()
        })
    };
    let (few, many) = (paths(5000), paths(20_000));
    assert!(many * 10 < few * 44, "{few} ways, then {many}");
}

#[test]
fn the_ways_through_one_paragraph_grow_with_its_lines_alone() {
    let paths = |count: usize| {
        let fragments = lines(count);
        with_task(&fragments, |task| {
            let mut planner = Planner::new(task);
            let group = |line| Group {
                begins: Spot { fragment: 0, line },
                fragments: 1,
                height: LEADING,
                ..Group::default()
            };
            let groups: Vec<Group> = (0..count).map(group).collect();
            let mut ends = Vec::new();
            planner.groups_from(vec![State::first(Pt::ZERO)], &groups, &mut ends);
            assert!(!ends.is_empty() && ends.len() <= CROWD);
            planner.paths.len()
        })
    };
    let (few, many) = (paths(5000), paths(20_000));
    assert!(many * 10 < few * 44, "{few} ways, then {many}");
}

proptest! {
    #[test]
    fn no_page_is_overfull_and_none_ends_where_it_may_not(
        kinds in proptest::collection::vec(0..12_u8, 1..400)
    ) {
        let fragments: Vec<Fragment> = kinds
            .iter()
            .map(|kind| match kind {
                0 => heading(),
                1 => Fragment { space: LEADING / 2.0, ..line() },
                2 => Fragment { keep: true, ..line() },
                3 => Fragment { height: LEADING * 0.86, ..line() },
                4 => Fragment { height: LEADING * 7.0, ..line() },
                _ => line(),
            })
            .collect();
        let plan = planned(&fragments);
        prop_assert!(plan.whole);
        let mut from = 0;
        for (to, delta) in may_rotate(&fragments) {
            prop_assert!(to > from && !fragments[to - 1].keep);
            let height = crate::typeset::flow::galley::height(&fragments[from..to]);
            let room = ROOM + LEADING * f64::from(delta);
            prop_assert!(height <= room + Pt(0.02), "{height:?} in {room:?}");
            from = to;
        }
        let last = crate::typeset::flow::galley::height(&fragments[from..]);
        prop_assert!(last <= ROOM + LEADING + Pt(0.02));
    }
}
