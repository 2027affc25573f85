use crate::typeset::output::frame::{Item, MarkedContent, Page, TextRun};
use crate::typeset::tests::{Set, run, set, words};
use crate::units::Pt;

/// The runs on a page whose words begin so.
fn runs<'a>(page: &'a Page, start: &str) -> Vec<(&'a Item, &'a TextRun)> {
    let runs = page.items.iter().filter_map(|item| Some((item, run(item)?)));
    runs.filter(|(_, run)| words(run).trim_start().starts_with(start)).collect()
}

/// Where words stand that are there once.
fn place(set: &Set, start: &str) -> (Pt, Pt) {
    let all: Vec<_> =
        set.frames.pages.iter().flat_map(|page| runs(page, start)).collect();
    let [(_, run)] = all.as_slice() else { panic!("{start}: {} runs", all.len()) };
    (run.origin.x, run.origin.y)
}

/// On which pages of the text words stand.
fn pages(set: &Set, start: &str) -> Vec<usize> {
    let pages = set.text_pages().into_iter().enumerate();
    pages.filter(|(_, page)| !runs(page, start).is_empty()).map(|(at, _)| at).collect()
}

#[test]
fn a_row_begins_below_the_tallest_cell_of_the_one_before() {
    let set = set(&["| Alpha | Beta |\n|---|---|\n\
         | Gamma | Delta<br>Epsilon<br>Zeta |\n| Eta | Theta |\n"]);
    let (left, gamma) = place(&set, "Gamma");
    assert_eq!(place(&set, "Delta").1, gamma);
    let (zeta, (below, eta)) = (place(&set, "Zeta").1, place(&set, "Eta"));
    assert!(gamma < zeta && zeta < eta, "{gamma:?} {zeta:?} {eta:?}");
    assert_eq!(below, left);
    assert_eq!(place(&set, "Theta").1, eta);
}

#[test]
fn a_cell_that_takes_two_rows_leaves_its_column_free_in_the_second() {
    let set = set(&["<table><tr><td rowspan=\"2\">Alpha</td><td>Beta</td></tr>\
         <tr><td>Gamma</td></tr><tr><td colspan=\"2\">Delta</td></tr></table>\n"]);
    let [alpha, beta, gamma, delta] =
        ["Alpha", "Beta", "Gamma", "Delta"].map(|it| place(&set, it));
    assert_eq!((gamma.0, alpha.1), (beta.0, beta.1));
    assert_eq!(delta.0, alpha.0);
    assert!(beta.1 < gamma.1 && gamma.1 < delta.1);
}

#[test]
fn a_short_table_stands_on_one_page_wherever_it_comes() {
    let rows: String = (10..14).map(|row| format!("| row {row} | x |\n")).collect();
    for before in [20, 25, 27, 29, 31, 33] {
        let lines = "Line.\n\n".repeat(before);
        let post = format!("{lines}\n\n| Head | x |\n|---|---|\n{rows}");
        let set = set(&[&post]);
        let on = pages(&set, "Head");
        assert_eq!(on.len(), 1, "{before}");
        for row in 10..14 {
            assert_eq!(pages(&set, &format!("row {row}")), on, "{before}");
        }
    }
}

#[test]
fn the_repeated_head_is_decoration_as_it_was_read_before() {
    let rows = "| some words | more of them |\n".repeat(90);
    let set = set(&[&format!("| Heading | Other |\n|---|---|\n{rows}")]);
    let marks: Vec<bool> = set
        .text_pages()
        .into_iter()
        .flat_map(|page| runs(page, "Heading"))
        .map(|(item, _)| item.mark == MarkedContent::Decoration)
        .collect();
    let (first, again) = marks.split_first().expect("a head");
    assert!(!first && again.len() >= 2 && again.iter().all(|it| *it), "{marks:?}");
}
