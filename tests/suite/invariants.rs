//! What holds for books of any words.

use std::time::{Duration, Instant};

use bindery::typeset::breaks::{Aim, BreakKind, Candidate, Setting, fit};
use bindery::units::Pt;
use bindery::world::MemoryWorld;
use jiff::civil::date;
use proptest::prelude::*;

use crate::case::{Bound, Case, bind, unpack};
use crate::pages;

/// A book of posts without headers.
fn world(posts: impl IntoIterator<Item = String>) -> MemoryWorld {
    let mut world = MemoryWorld::new(date(2026, 1, 1));
    world.insert("book.yaml", "title: Any\npdf: { trim: a5 }\n".as_bytes());
    for (at, post) in posts.into_iter().enumerate() {
        world.insert(format!("manuscript/{at:04}.md"), post.into_bytes());
    }
    world
}

fn bound(posts: impl IntoIterator<Item = String>) -> Bound {
    bind(&world(posts))
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// The words of a document, its markup aside.
fn words_of_markup(markup: &str) -> String {
    let body = markup.split_once("<body").map_or(markup, |(_, body)| body);
    let mut text = String::new();
    for part in body.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap_or(("", part));
        let closes_block = ["/p", "/h1", "/div"].iter().any(|name| tag.starts_with(name));
        text += if closes_block { " " } else { "" };
        text += words;
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost(
        posts in prop::collection::vec(
            prop::collection::vec(
                prop::collection::vec("[a-z]{1,18}", 1..120), 1..8), 1..4)
    ) {
        let texts: Vec<String> = posts
            .iter()
            .map(|post| {
                let paragraphs = post.iter().map(|words| words.join(" "));
                paragraphs.collect::<Vec<_>>().join("\n\n")
            })
            .collect();
        let bound = bound(texts.iter().cloned());
        let editions = bound.editions.as_ref().expect("editions");
        let files = unpack(&editions.epub);
        let running = pages::running_text(&editions.frames);
        let running = format!(" {} ", words(&running).join(" "));
        for (at, text) in texts.iter().enumerate() {
            let expected = format!(" {} ", words(text).join(" "));
            let name = format!("EPUB/chapter-{:03}", at + 1);
            let (_, chapter) =
                files.iter().find(|(path, _)| path.starts_with(&name)).expect("chapter");
            let chapter = words_of_markup(chapter);
            let chapter = format!(" {} ", words(&chapter).join(" "));
            prop_assert!(chapter.contains(&expected), "{chapter}\nlacks\n{expected}");
            prop_assert!(running.contains(&expected), "{running}\nlacks\n{expected}");
        }
    }
}

proptest! {
    #[test]
    fn a_justified_line_fills_its_measure(
        widths in prop::collection::vec(0.4f64..6.0, 2..200),
        measure in 18f64..40.0,
    ) {
        let em = Pt(10.0);
        let measure = em * measure;
        let candidates = paragraph(&widths, em);
        let aim = Aim {
            measure,
            em,
            setting: Setting::Justified,
            hyphens_in_a_row: 2,
            narrow_lines: 0,
            narrow_by: Pt::ZERO,
        };
        let lines = fit(&candidates, &aim).best;
        prop_assert_eq!(lines.first().map(|line| line.from), Some(0));
        prop_assert_eq!(lines.last().map(|line| line.to), Some(candidates.len() - 1));
        for pair in lines.windows(2) {
            prop_assert_eq!(pair[0].to, pair[1].from, "a word is lost or doubled");
        }
        for line in &lines {
            let (from, to) = (&candidates[line.from], &candidates[line.to]);
            let natural = to.before - from.after;
            let gaps = to.gaps_before - from.gaps_after;
            let set = natural * (1.0 + line.expansion) + line.gap * f64::from(gaps);
            if to.kind == BreakKind::End || gaps == 0 || line.overfull {
                prop_assert!(line.overfull || set <= measure + Pt(1e-6));
            } else {
                prop_assert!((set - measure).0.abs() < 1e-6, "{set:?} in {measure:?}");
            }
        }
    }
}

/// Words of these widths in em, with a space between each two.
fn paragraph(widths: &[f64], em: Pt) -> Vec<Candidate> {
    let space = em * 0.25;
    let at = |before: Pt, after: Pt, gaps: u32, kind| Candidate {
        before,
        after,
        rigid: Pt::ZERO,
        gaps_before: gaps,
        gaps_after: gaps + u32::from(kind == BreakKind::Plain),
        hang_right: Pt::ZERO,
        hang_left: Pt::ZERO,
        kind,
    };
    let mut candidates = vec![at(Pt::ZERO, Pt::ZERO, 0, BreakKind::Start)];
    let (mut width, mut gaps) = (Pt::ZERO, 0);
    for (index, word) in widths.iter().enumerate() {
        width += em * *word;
        if index + 1 == widths.len() {
            candidates.push(at(width, width, gaps, BreakKind::End));
        } else {
            candidates.push(at(width, width + space, gaps, BreakKind::Plain));
            width += space;
            gaps += 1;
        }
    }
    candidates
}

#[test]
fn a_book_bound_twice_is_the_same_book() {
    let named = ["content/figures", "notes/footnotes", "pages/front-matter"];
    for case in Case::all().iter().filter(|case| named.contains(&&*case.name)) {
        let [one, two] = [case.bind(), case.bind()];
        assert_eq!(one.messages(), two.messages(), "{}", case.name);
        let files = |bound: &Bound| {
            bound.editions.as_ref().map(|e| (e.epub.clone(), e.pdf.clone()))
        };
        assert!(files(&one) == files(&two), "{}: two bindings differ", case.name);
    }
}

/// Four times the posts may not take eight times as long. Only a ratio is asked for, and the
/// better of two runs counts: the machine may be busy.
#[test]
fn the_time_grows_with_the_posts_and_no_faster() {
    let sentence =
        "The pilot boat came out at dawn, and lay alongside the old pier.[^n] ";
    let post =
        |at: usize| format!("{}\n\n[^n]: Note of post {at}.\n", sentence.repeat(24));
    let time = |posts: usize| -> Duration {
        let run = || {
            let start = Instant::now();
            assert!(bound((0..posts).map(post)).editions.is_some());
            start.elapsed()
        };
        run().min(run())
    };
    let (few, many) = (time(25), time(100));
    assert!(many < few * 8, "25 posts take {few:?}, 100 posts {many:?}");
}
