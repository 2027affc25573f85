use crate::compile::{Formats, Goal, Request, compile};
use crate::world::MemoryWorld;

const POST: &str = "---\ntitle: A Walk\ndate: 2020-01-01\n---\nSome words.\n\n\
    ## The Way There\n\nWords [out](https://one.example/).\n\n\
    | Head | Other |\n|---|---|\n| one | two |\n\n- an item\n";

/// The bytes of a PDF, as far as they are text.
fn pdf(settings: &str) -> String {
    let mut world = MemoryWorld::new(jiff::civil::date(2024, 1, 1));
    let book = format!("title: A Book\nauthor: A. Writer\n{settings}");
    world.insert("book.yaml", book.into_bytes());
    world.insert("manuscript/a.md", POST.as_bytes());
    let goal = Goal::Editions(Formats { epub: false, pdf: true });
    let compiled = compile(&world, "book.yaml", &Request::default().up_to(goal));
    assert_eq!(compiled.diagnostics, []);
    String::from_utf8_lossy(&compiled.pdf.expect("a PDF")).into_owned()
}

fn screen() -> String {
    pdf("language: en-GB\npdf: {trim: a5}\n")
}

fn print() -> String {
    pdf("language: en-GB\npdf: {trim: a5, edition: print}\n")
}

/// The dictionaries that hold a word.
fn dictionaries<'a>(pdf: &'a str, word: &str) -> Vec<&'a str> {
    pdf.lines().filter(|line| line.starts_with("<<") && line.contains(word)).collect()
}

#[test]
fn page_labels_are_roman_before_the_text_and_begin_anew_with_it() {
    let pdf = screen();
    let labels = dictionaries(&pdf, "/Type/PageLabel/");
    assert_eq!(labels.len(), dictionaries(&pdf, "/Type/Page/").len());
    let roman = labels.iter().take_while(|label| label.contains("/S/r/")).count();
    assert!(roman > 0 && roman < labels.len(), "{labels:?}");
    let number = |label: &str, style: &str, at: usize| {
        label == format!("<</Type/PageLabel/S/{style}/St {at}>>")
    };
    let (front, text) = labels.split_at(roman);
    assert!(front.iter().zip(1..).all(|(label, at)| number(label, "r", at)));
    assert!(text.iter().zip(1..).all(|(label, at)| number(label, "D", at)), "{text:?}");
}

#[test]
fn bookmarks_name_chapters_and_their_headings_on_screens_alone() {
    let pdf = screen();
    let chapter = dictionaries(&pdf, "/Title(A Walk)/Dest");
    let heading = dictionaries(&pdf, "/Title(The Way There)/Dest");
    assert_eq!((chapter.len(), heading.len()), (1, 1));
    assert!(chapter[0].contains("/Count -1") && !heading[0].contains("/Count"));
    assert!(dictionaries(&print(), "/Type/Outlines").is_empty());
}

#[test]
fn links_are_there_on_screens_alone() {
    let pdf = screen();
    assert!(!dictionaries(&pdf, "/URI(https://one.example/)").is_empty());
    assert!(pdf.contains("/S/Link/"));
    let pdf = print();
    assert!(dictionaries(&pdf, "/Type/Annot").is_empty());
    assert!(!pdf.contains("/S/Link/"));
}

#[test]
fn the_language_is_that_of_the_book_in_the_catalog_and_in_the_tree() {
    let pdf = screen();
    for of in ["/Type/Catalog", "/S/Document/"] {
        let dictionaries = dictionaries(&pdf, of);
        assert_eq!(dictionaries.len(), 1, "{of}");
        assert!(dictionaries[0].contains("/Lang(en-GB)"), "{dictionaries:?}");
    }
}

#[test]
fn a_printed_page_says_where_it_is_trimmed() {
    let pdf = print();
    let pages = dictionaries(&pdf, "/Type/Page/");
    assert!(pages.iter().all(|page| page.contains("/TrimBox[0 0 419.52")), "{pages:?}");
    assert!(!screen().contains("/TrimBox"));
}

#[test]
fn blocks_have_their_tags() {
    let pdf = screen();
    let count = |tag: &str| {
        let written = format!("/Type/StructElem/S/{tag}/");
        dictionaries(&pdf, &written).len()
    };
    assert_eq!([count("Table"), count("TH"), count("TD")], [1, 2, 2]);
    let heading = dictionaries(&pdf, "/S/H2/");
    assert!(heading.iter().any(|it| it.contains("/T(The Way There)")), "{heading:?}");
    let head = dictionaries(&pdf, "/S/TH/");
    assert!(head.iter().all(|it| it.contains("/Scope/Column")), "{head:?}");
}
