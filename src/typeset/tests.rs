//! Frames, asserted.

use super::initial;
use crate::compile::{Formats, Goal, Request, compile};
use crate::config::BookConfig;
use crate::typeset::output::frame::{
    Anchor, Destination, Folio, Frames, Item, ItemKind, MarkedContent, Page, Piece,
    TextRun,
};
use crate::typeset::text::fonts::FontId;
use crate::units::{Pt, Rect};
use crate::world::MemoryWorld;

const PROSE: &str = "The printer sets one line after the other, and yet the lines are chosen all at \
    once: a space too wide here is paid for three lines below, where nobody would look for the \
    cause. What the eye wants is an even grey, and edges that stand as straight as a wall. ";

pub(super) struct Set {
    pub(super) frames: Frames,
    config: BookConfig,
}

/// Sets posts.
pub(super) fn set(posts: &[&str]) -> Set {
    let titles: Vec<String> =
        (0..posts.len()).map(|index| format!("Chapter {index}")).collect();
    set_titled(
        &titles.iter().map(String::as_str).zip(posts.iter().copied()).collect::<Vec<_>>(),
    )
}

/// Sets posts, each with its title.
fn set_titled(posts: &[(&str, &str)]) -> Set {
    let mut world = MemoryWorld::new(jiff::civil::date(2024, 1, 1));
    world.insert("book.yaml", &b"title: A Book\nlanguage: en\npdf: {trim: a5}\n"[..]);
    for (index, (title, post)) in posts.iter().enumerate() {
        let (month, day) = (index / 28 + 1, index % 28 + 1);
        let header =
            format!("---\ntitle: {title}\ndate: 2020-{month:02}-{day:02}\n---\n");
        let path = format!("manuscript/post-{index}.md");
        world.insert(path, (header + post).into_bytes());
    }
    let picture = b"<svg xmlns='http://www.w3.org/2000/svg' width='600' height='360'/>";
    world.insert("manuscript/wide.svg", &picture[..]);
    let goal = Goal::Editions(Formats { epub: false, pdf: true });
    let request = Request::default().up_to(goal).keeping_pages();
    let compiled = compile(&world, "book.yaml", &request);
    assert_eq!(compiled.diagnostics, []);
    let (frames, config) = (compiled.pages, compiled.config);
    Set { frames: frames.expect("pages"), config: config.expect("a config") }
}

impl Set {
    /// The pages of the text, counted from the first chapter on.
    pub(super) fn text_pages(&self) -> Vec<&Page> {
        let is_text = |page: &&Page| matches!(page.folio, Folio::Arabic(_));
        self.frames.pages.iter().filter(is_text).collect()
    }

    /// The size of running text.
    fn size(&self) -> Pt {
        initial(&self.config.pdf).medium
    }

    /// Where the text of a right-hand page stands.
    fn area(&self) -> Rect {
        let start = initial(&self.config.pdf);
        let margin = start.margin;
        let width = start.page.width - margin.left - margin.right;
        let leading = self.size() * 1.3333;
        let room = start.page.height - margin.top - margin.bottom;
        let height = leading * (room / leading).floor();
        Rect::new(margin.left, margin.top, width, height)
    }

    fn text_of(&self, page: &Page) -> String {
        let runs = page
            .items
            .iter()
            .filter(|item| matches!(item.mark, MarkedContent::Tagged(_)));
        runs.filter_map(run).map(words).collect()
    }
}

/// The words of an item, if it is such.
pub(super) fn run(item: &Item) -> Option<&TextRun> {
    match &item.kind {
        ItemKind::Text(run) => Some(run),
        _ => None,
    }
}

/// The words of a run.
pub(super) fn words(run: &TextRun) -> String {
    let text = run.pieces.iter().map(|piece| match piece {
        Piece::Word(shaped) => shaped.text.to_string(),
        Piece::Space(_) => " ".to_owned(),
        Piece::Kern(_) => String::new(),
    });
    text.collect()
}

/// Where the ink of a run ends: what follows the last word is space.
fn right_edge(run: &TextRun) -> Pt {
    let ink = run.pieces.iter().rposition(|piece| matches!(piece, Piece::Word(_)));
    let pieces = &run.pieces[..ink.map_or(0, |at| at + 1)];
    let width: Pt = pieces.iter().map(|piece| piece.width(run.size)).sum();
    run.origin.x + width * run.stretch
}

#[test]
fn justified_lines_end_where_the_measure_ends() {
    let set = set(&[&PROSE.repeat(4)]);
    let page = set.text_pages()[0];
    let area = set.area();
    let runs: Vec<&TextRun> = page
        .items
        .iter()
        .filter(|item| matches!(item.mark, MarkedContent::Tagged(_)))
        .filter_map(run)
        .filter(|run| {
            (run.size - set.size()).0.abs() < 1e-3
                && run.origin.x < area.origin.x + Pt(2.0)
        })
        .collect();
    let (last, full) = runs.split_last().expect("lines");
    assert!(full.len() > 10);
    for run in full {
        // A hanging mark may stand outside by a fifth of an em, and none stands inside.
        let over = right_edge(run) - area.right();
        assert!(over > Pt(-0.05) && over < run.size * 0.21, "{over:?} in {}", words(run));
        assert!((run.stretch - 1.0).abs() < 0.036);
    }
    assert!(right_edge(last) <= area.right());
}

#[test]
fn a_running_head_keeps_the_emphasis_of_its_title() {
    let set = set_titled(&[("On *Slow Boats* again", &PROSE.repeat(30))]);
    let heads = set.text_pages().into_iter().find_map(|page| {
        let of_head = |item: &&Item| item.mark == MarkedContent::RunningHead;
        let runs: Vec<&TextRun> =
            page.items.iter().filter(of_head).filter_map(run).collect();
        let said: String = runs.iter().map(|run| words(run)).collect();
        (said == "On Slow Boats again").then_some(runs)
    });
    let runs = heads.expect("a running head with the title");
    let fonts: Vec<(String, FontId)> =
        runs.iter().map(|run| (words(run).trim().to_owned(), run.font)).collect();
    let [(before, upright), (title, italic), (after, again)] = fonts.as_slice() else {
        panic!("three runs: {fonts:?}")
    };
    assert_eq!([before, title, after], ["On", "Slow Boats", "again"]);
    assert!(upright != italic && upright == again);
}

#[test]
fn words_are_all_there_and_hyphens_are_soft() {
    let set = set(&[&PROSE.repeat(6)]);
    let pages = set.text_pages();
    let text: String = pages.iter().map(|page| set.text_of(page)).collect();
    let text = text.replace('\u{ad}', "");
    assert!(text.contains(PROSE.repeat(6).trim()), "{text}");
}

#[test]
fn a_figure_moves_down_and_the_text_takes_its_place() {
    let before = format!("{}\n\n", PROSE.repeat(5));
    let after = format!("\n\nAFTER. {}", PROSE.repeat(6));
    let set = set(&[&format!("{before}![A wide picture.](wide.svg){after}")]);
    let pages = set.text_pages();
    let has_picture = |page: &Page| {
        page.items.iter().any(|item| matches!(item.kind, ItemKind::Picture { .. }))
    };
    assert!(!has_picture(pages[0]) && has_picture(pages[1]));
    let first = set.text_of(pages[0]);
    assert!(first.contains("AFTER."), "{first}");
}

#[test]
fn references_within_the_book_tell_the_page() {
    let long = PROSE.repeat(30);
    let set = set(&[&format!("See [there](post-1.md). {long}"), "Here."]);
    let folio = |anchor: &Anchor| {
        let place = set.frames.places[anchor];
        set.frames.pages[place.page].folio.to_string()
    };
    let opens = |anchor: &&Anchor| match anchor {
        Anchor::Place(name) => name.starts_with("chapter-002") && !name.contains('#'),
        _ => false,
    };
    let there = set.frames.places.keys().find(opens).expect("the chapter").clone();
    let expected = format!("(see p. {})", folio(&there));
    let first = set.text_of(set.text_pages()[0]).replace('\u{a0}', " ");
    assert!(first.contains(&expected), "{expected}: {first}");
    let links = &set.text_pages()[0].links;
    assert!(
        links.iter().any(|link| link.destination == Destination::Anchor(there.clone()))
    );
}

#[test]
fn nothing_leaves_the_page() {
    let table = "| a | b |\n|---|---|\n".to_owned()
        + &"| some words | more of them |\n".repeat(90);
    let address = format!("<https://example.org/{}>", "long-path/".repeat(20));
    let code = format!("```\n{}\n```", "let x = call(argument); ".repeat(12));
    let word = "a".repeat(400);
    let set =
        set(&[&format!("{address}\n\n{code}\n\n{word}\n\n{table}\n\n> > > {PROSE}")]);
    for page in &set.frames.pages {
        for item in &page.items {
            let (left, right) = match &item.kind {
                ItemKind::Text(run) => (run.origin.x, right_edge(run)),
                ItemKind::Fill { area, .. }
                | ItemKind::Picture { area, .. }
                | ItemKind::Outline { area, .. }
                | ItemKind::Qr { area, .. } => (area.origin.x, area.right()),
                ItemKind::Line { from, to, .. } => (from.x, to.x),
                ItemKind::Rotated(rotated) => (rotated.corner.x, rotated.corner.x),
            };
            assert!(left > Pt(10.0) && right < page.size.width - Pt(10.0), "{item:?}");
        }
    }
}

#[test]
fn however_deep_a_list_is_nested_it_stays_on_the_page() {
    let list: String =
        (0..40).map(|depth| format!("{}- word{depth}\n", "  ".repeat(depth))).collect();
    let quote = format!("{} deep", ">".repeat(40));
    let set = set(&[&format!("{list}\n\n{quote}")]);
    for page in set.text_pages() {
        for run in page.items.iter().filter_map(run) {
            assert!(
                run.origin.x > Pt(0.0) && right_edge(run) < page.size.width,
                "{run:?}"
            );
        }
    }
}

#[test]
fn the_head_of_a_long_table_stands_on_each_page() {
    let rows = "| some words | more of them |\n".repeat(90);
    let set = set(&[&format!("| Heading | Other |\n|---|---|\n{rows}")]);
    let heads = set.text_pages().into_iter().filter(|page| {
        let drawn: String = page.items.iter().filter_map(run).map(words).collect();
        drawn.contains("Heading") && drawn.contains("some words")
    });
    assert!(heads.count() >= 3);
}

#[test]
fn pages_hold_no_more_than_their_lines() {
    let set = set(&[&format!("{PROSE}\n\n").repeat(60)]);
    let area = set.area();
    for page in set.text_pages() {
        let leaves = page
            .items
            .iter()
            .filter(|item| matches!(item.mark, MarkedContent::Tagged(_)));
        let lines: Vec<Pt> = leaves.filter_map(run).map(|run| run.origin.y).collect();
        assert!(lines.iter().all(|y| *y > area.origin.y));
        // Facing pages may both be a line longer.
        let leading = Pt(14.0);
        assert!(lines.iter().all(|y| *y < area.bottom() + leading));
    }
}

#[test]
fn documents_set_side_by_side_are_as_one_after_the_other() {
    let post = |n: usize| {
        let prose = PROSE.repeat(3 + n % 7);
        format!(
            "## A *heading* of {n}\n\n{prose}[^a]\n\n> {prose}\n\n[^a]: See [page](http://x.example/{n}).\n"
        )
    };
    let posts: Vec<String> = (1..40).map(post).collect();
    let posts: Vec<&str> = posts.iter().map(String::as_str).collect();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads").install(|| set(&posts)).frames
    };
    let (one, many) = (on(1), on(4));
    assert!(one.pages.len() > 40);
    assert_eq!(one.pages, many.pages);
    assert_eq!(one.structure, many.structure);
    assert_eq!(one.places, many.places);
}
