use proptest::prelude::*;

use super::*;
use crate::typeset::flow::galley::FootNotes;

const LEADING: Pt = Pt(10.0);
const ROOM: Pt = Pt(300.0);

fn line() -> Strip {
    Strip { height: LEADING, ..Strip::default() }
}

fn lines(count: usize) -> Vec<Strip> {
    (0..count).map(|_| line()).collect()
}

/// A heading: white above it, and never without what comes after it.
fn heading() -> Strip {
    Strip { space: LEADING, height: LEADING, keep: true, ..Strip::default() }
}

fn figure(height: f64) -> Strip {
    Strip { height: Pt(height), float: 1, ..Strip::default() }
}

/// Does something with the task of putting strips on pages.
fn with_task<T>(strips: &[Strip], act: impl FnOnce(Task) -> T) -> T {
    let foot = Foot::new(FootNotes::new(), LEADING, Pt(200.0));
    act(Task {
        strips,
        rooms: &mut |_| ROOM,
        leading: LEADING,
        foot: &foot,
        right: true,
        above: Pt::ZERO,
        opens: true,
    })
}

fn planned(strips: &[Strip]) -> Plan {
    with_task(strips, plan)
}

/// Before which strips pages end, and how much longer they are.
fn turns(strips: &[Strip]) -> Vec<(usize, i8)> {
    let turn = |step: &Step| match step {
        Step::Turn(spot, delta) => Some((spot.strip, *delta)),
        _ => None,
    };
    planned(strips).steps.iter().filter_map(turn).collect()
}

#[test]
fn text_alone_fills_its_pages() {
    assert_eq!(turns(&lines(75)), [(30, 0), (60, 0)]);
}

#[test]
fn no_heading_stands_at_the_foot() {
    let mut strips = lines(80);
    strips[29] = heading();
    // Not even with a line less on the page beside it: this one has none.
    assert_eq!(turns(&strips)[0].0, 29);
}

#[test]
fn white_above_headings_takes_up_what_lacks() {
    let mut strips = lines(100);
    strips[40] = heading();
    // The page with the heading has room for a line less, as that has white above it.
    assert_eq!(turns(&strips)[..2], [(30, 0), (59, 0)]);
    strips[58] = heading();
    // A second one may not end the page: the white above the first one grows instead.
    assert_eq!(turns(&strips)[..2], [(30, 0), (58, 0)]);
}

#[test]
fn the_last_page_is_not_nearly_empty() {
    let strips = lines(92);
    // Two facing pages give a line each, the opening page one: five lines stand on the last.
    assert_eq!(turns(&strips), [(29, -1), (58, -1), (87, -1)]);
}

#[test]
fn a_figure_that_does_not_fit_lets_the_text_go_on() {
    let mut strips = lines(45);
    strips.insert(25, figure(100.0));
    let plan = planned(&strips);
    let spot = Spot { strip: 31, line: 0 };
    assert_eq!(plan.steps, [Step::Defer(25), Step::Turn(spot, 0)]);
}

#[test]
fn a_figure_as_tall_as_a_page_has_one_to_itself() {
    let mut strips = lines(60);
    strips.insert(25, figure(300.0));
    let spot = Spot { strip: 31, line: 0 };
    let steps = [Step::Defer(25), Step::Turn(spot, 0), Step::Plates(spot)];
    assert_eq!(planned(&strips).steps, steps);
}

#[test]
fn what_no_page_can_hold_ends_the_plan() {
    let mut strips = lines(90);
    for strip in &mut strips[40..80] {
        strip.keep = true;
    }
    let plan = planned(&strips);
    assert!(!plan.whole);
    assert_eq!(plan.steps, [Step::Turn(Spot { strip: 30, line: 0 }, 0)]);
}

#[test]
fn the_ways_that_are_kept_grow_with_the_text_alone() {
    let ways = |count: usize| {
        let mut strips = lines(count);
        for strip in strips.iter_mut().step_by(13) {
            *strip = heading();
        }
        with_task(&strips, |task| {
            let mut planner = Planner::new(task);
            assert!(planner.run(Pt::ZERO).whole);
            planner.ways.len()
        })
    };
    let (few, many) = (ways(5000), ways(20_000));
    assert!(many * 10 < few * 44, "{few} ways, then {many}");
}

#[test]
fn the_ways_through_one_paragraph_grow_with_its_lines_alone() {
    let ways = |count: usize| {
        let strips = lines(count);
        with_task(&strips, |task| {
            let mut planner = Planner::new(task);
            let group = |line| Group {
                begins: Spot { strip: 0, line },
                strips: 1,
                height: LEADING,
                ..Group::default()
            };
            let groups: Vec<Group> = (0..count).map(group).collect();
            let mut ends = Vec::new();
            planner.groups_from(vec![State::first(Pt::ZERO)], &groups, &mut ends);
            assert!(!ends.is_empty() && ends.len() <= CROWD);
            planner.ways.len()
        })
    };
    let (few, many) = (ways(5000), ways(20_000));
    assert!(many * 10 < few * 44, "{few} ways, then {many}");
}

proptest! {
    #[test]
    fn no_page_is_overfull_and_none_ends_where_it_may_not(
        kinds in proptest::collection::vec(0..12_u8, 1..400)
    ) {
        let strips: Vec<Strip> = kinds
            .iter()
            .map(|kind| match kind {
                0 => heading(),
                1 => Strip { space: LEADING / 2.0, ..line() },
                2 => Strip { keep: true, ..line() },
                3 => Strip { height: LEADING * 0.86, ..line() },
                4 => Strip { height: LEADING * 7.0, ..line() },
                _ => line(),
            })
            .collect();
        let plan = planned(&strips);
        prop_assert!(plan.whole);
        let mut from = 0;
        for (to, delta) in turns(&strips) {
            prop_assert!(to > from && !strips[to - 1].keep);
            let height = crate::typeset::flow::galley::height(&strips[from..to]);
            let room = ROOM + LEADING * f64::from(delta);
            prop_assert!(height <= room + Pt(0.02), "{height:?} in {room:?}");
            from = to;
        }
        let last = crate::typeset::flow::galley::height(&strips[from..]);
        prop_assert!(last <= ROOM + LEADING + Pt(0.02));
    }
}
