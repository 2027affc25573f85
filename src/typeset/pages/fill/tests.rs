use proptest::prelude::*;

use super::*;
use crate::document::{ChapterId, NoteId};
use crate::language::Language;
use crate::typeset::engine::Settings;
use crate::typeset::flow::galley::{FootNotes, Galley};
use crate::typeset::inline::collected::Link;
use crate::typeset::inline::line::PendingLink;
use crate::typeset::output::frame::{Anchor, Destination};
use crate::typeset::output::structure::Structure;
use crate::world::MemoryWorld;

const LEADING: Pt = Pt(10.0);
const ROOM: Pt = Pt(300.0);

/// A page may end so many lines early, for the sake of those around it.
const EARLY: f64 = 8.0;

fn line() -> Fragment {
    Fragment { height: LEADING, ..Fragment::default() }
}

/// Lines, or something else that stands together, of one of twelve kinds.
fn element(kind: u8, notes: &mut FootNotes) -> Vec<Fragment> {
    let lines = |count: usize, keep: bool| -> Vec<Fragment> {
        let mut lines: Vec<Fragment> = (0..count).map(|_| line()).collect();
        let last = count - 1;
        for fragment in &mut lines[..last] {
            fragment.keep = keep;
        }
        lines
    };
    let figure = |fragments: Vec<Fragment>| {
        let mut fragments = fragments;
        fragments[0].float = fragments.len();
        fragments
    };
    match kind {
        0 => vec![Fragment { space: LEADING, keep: true, ..line() }],
        1 => figure(lines(2, true)),
        2 => figure(vec![Fragment { height: Pt(120.0), keep: true, ..line() }, line()]),
        3 => figure(vec![Fragment { height: Pt(210.0), space: LEADING, ..line() }]),
        4 => figure(lines(9, true)),
        5 => {
            let index = u32::try_from(notes.len()).unwrap_or(0);
            let id = NoteId { chapter: ChapterId(0), index };
            notes.insert(id, Galley { fragments: lines(2, false) });
            let mut fragment = line();
            fragment.links.push(reference(id));
            vec![line(), fragment, line()]
        }
        6 => lines(1, false),
        7 => lines(12, true),
        8 => lines(40, false),
        _ => {
            // A paragraph with its first and its last two lines together.
            let mut fragments = lines(5, false);
            fragments[0].keep = true;
            fragments[3].keep = true;
            fragments
        }
    }
}

fn reference(note: NoteId) -> PendingLink {
    let link = Link {
        destination: Destination::Anchor(Anchor::Note(note)),
        node: Structure::ROOT,
        words: "1".into(),
    };
    PendingLink {
        area: Rect::new(Pt::ZERO, Pt::ZERO, Pt(4.0), Pt(4.0)),
        link: link.into(),
    }
}

#[test]
fn space_grows_by_half_lines_until_the_page_is_full() {
    let mut fragments: Vec<Fragment> = (0..10).map(|_| line()).collect();
    fragments[0].space = LEADING;
    fragments[3].space = LEADING;
    fragments[6].space = LEADING;
    stretch(&mut fragments, Pt(10.0), LEADING);
    let spaces = [0, 3, 6].map(|at: usize| fragments[at].space);
    // The space at the head of a page is none that could be seen.
    assert_eq!(spaces, [LEADING, LEADING * 1.5, LEADING * 1.5]);
}

#[test]
fn space_grows_by_no_more_than_it_is_and_none_comes_from_nothing() {
    let mut fragments: Vec<Fragment> = (0..10).map(|_| line()).collect();
    fragments[5].space = LEADING / 2.0;
    fragments[7].space = LEADING / 4.0;
    stretch(&mut fragments, Pt(40.0), LEADING);
    assert_eq!(fragments[5].space, LEADING);
    assert_eq!(fragments[7].space, LEADING / 4.0);
    assert!(fragments[..5].iter().all(|fragment| fragment.space == Pt::ZERO));
}

#[test]
fn a_figure_that_moves_stands_where_the_page_ends() {
    let mut fragments = element(6, &mut FootNotes::new());
    fragments.extend(element(1, &mut FootNotes::new()));
    fragments.extend((0..3).map(|_| line()));
    let mut deferred = vec![1];
    assert_eq!(defer(&mut fragments, 6, &mut deferred), 4);
    assert!(deferred.is_empty());
    let floats: Vec<usize> = fragments.iter().map(|fragment| fragment.float).collect();
    assert_eq!(floats, [0, 0, 0, 0, 2, 0]);
}

#[test]
fn pages_of_figures_hold_as_many_as_fit() {
    let figure = |height| Fragment { height: Pt(height), float: 1, ..line() };
    let fragments = [100.0, 100.0, 100.0, 100.0, 400.0].map(figure);
    let start = End { to: 0, longer: Pt::ZERO, last: false };
    let mut ends = VecDeque::from([start]);
    float_pages(&mut ends, &fragments, fragments.len(), ROOM);
    let ends: Vec<usize> = ends.iter().map(|end| end.to).collect();
    assert_eq!(ends, [0, 3, 4, 5]);
}

proptest! {
    #[test]
    fn no_page_is_emptier_than_what_comes_next_needs(
        kinds in proptest::collection::vec(0..14_u8, 1..60)
    ) {
        let mut notes = FootNotes::new();
        let fragments: Vec<Fragment> =
            kinds.iter().flat_map(|kind| element(*kind, &mut notes)).collect();
        let count = fragments.len();
        let heights = notes.clone();
        let footnotes = FootnoteArea::new(notes, LEADING, Pt(200.0));
        let plan = plan::plan(Task {
            fragments: &fragments,
            rooms: &mut |_| ROOM,
            leading: LEADING,
            footnotes: &footnotes,
            right: true,
            above: Pt::ZERO,
            opens: true,
        });
        let world = MemoryWorld::new(jiff::civil::date(2024, 1, 1));
        let language = Language::parse("en").expect("a tag");
        let engine = Engine::new(&world, Settings::new(language));
        let mut placed = Vec::new();
        let ends = follow(&engine, plan, fragments, &mut placed, LEADING, ROOM);
        prop_assert_eq!(placed.len(), count);
        let (mut from, mut carried) = (0, Pt::ZERO);
        for end in ends {
            let page = &placed[from..end.to];
            prop_assert!(!page.is_empty());
            let referred = page.iter().flat_map(|fragment| &fragment.links);
            let noted: Pt = referred
                .filter_map(|link| match &link.link.destination {
                    Destination::Anchor(Anchor::Note(note)) => heights.get(note),
                    _ => None,
                })
                .map(Galley::height)
                .sum::<Pt>() + carried;
            let gap = if noted > Pt::ZERO { LEADING } else { Pt::ZERO };
            let room = ROOM + end.longer - galley::height(page);
            // The last page of text may be a line longer, as the one beside it is.
            let mut after = end.to;
            while let Some(figure) = placed.get(after).filter(|fragment| fragment.float > 0) {
                after += figure.float;
            }
            let least = if after == placed.len() { -LEADING } else { Pt::ZERO };
            prop_assert!(room > least - Pt(0.02), "{room:?} is left");
            carried = (noted + gap - room).max(Pt::ZERO);
            let slack = room - noted - gap;
            from = end.to;
            let next = &placed[from..];
            if end.last || next.is_empty() {
                continue;
            }
            let stands = next.iter().position(|fragment| !fragment.keep).map_or(next.len(), |at| at + 1);
            // Figures that have moved to a page are reckoned with a line of space each.
            let figures = page.iter().filter(|fragment| fragment.float > 0).count() as f64;
            let needed = next[0].space
                + galley::height(&next[..stands])
                + LEADING * (EARLY + figures);
            prop_assert!(slack <= needed + noted, "{slack:?} is left, {needed:?} is needed");
        }
    }
}
