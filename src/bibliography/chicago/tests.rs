//! A table: each kind of work in a full note, in a short one and in the bibliography.

use crate::bibliography::tests::{cite, html, render_with, works};
use crate::bibliography::{Position, Style};
use crate::document::{CitationAuthor, Locator, LocatorKind};

const LATER: Position = Position::Subsequent { first_note: Some(1) };

#[test]
fn every_kind_of_work_in_full_in_short_and_as_an_entry() {
    let references = works();
    let mut table = String::new();
    for (id, reference) in references.iter() {
        let citation = cite(id);
        let rendered = render_with(
            &Style::chicago(),
            &references,
            "en",
            &[(&citation, Position::First), (&citation, LATER)],
            &[id],
        );
        table += &format!("{}\n", reference.key);
        for text in
            rendered.citations.iter().chain(rendered.bibliography.iter().map(|it| &it.1))
        {
            table += &format!("    {}\n", html(text));
        }
    }
    insta::assert_snapshot!(table);
}

fn one(
    key: &str,
    tag: &str,
    position: Position,
    place: Option<(LocatorKind, &str)>,
) -> String {
    let references = works();
    let mut citation = cite(references.by_key(key).unwrap());
    citation.items[0].locator =
        place.map(|(kind, value)| Locator { kind, value: value.to_owned() });
    let cited = [(&citation, position)];
    let rendered = render_with(&Style::chicago(), &references, tag, &cited, &[]);
    html(&rendered.citations[0])
}

#[test]
fn places_stand_where_the_kind_of_work_has_them() {
    let first = |key, kind, value| one(key, "en", Position::First, Some((kind, value)));
    assert_eq!(
        first("article", LocatorKind::Page, "40"),
        "Anna van der Berg and Ji-woo Kim, “Walls of Rice,” <i>Journal of Border Studies</i> \
         12, no. 3 (May 2018): 40, [https://doi.org/10.1000/jbs.2018.12]"
    );
    assert!(
        first("article", LocatorKind::Figure, "2").contains("(May 2018): 33–57, fig. 2,")
    );
    assert!(first("book", LocatorKind::Page, "12-15").ends_with("2019), 12–15"));
    assert!(first("book", LocatorKind::Chapter, "3").ends_with("2019), chap. 3"));
    assert!(first("video", LocatorKind::Timestamp, "1:02").contains("1:02, [https"));
    let short = one("book", "en", LATER, Some((LocatorKind::Page, "99")));
    assert_eq!(short, "Park, <i>Rice Road</i>, 99");
}

#[test]
fn works_without_author_or_title_begin_with_what_they_have() {
    let short = |key| one(key, "en", LATER, None);
    // Quoted, as an article is: not in italics.
    assert_eq!(short("anonymous"), "“Border Traders Return”");
    assert_eq!(short("untitled"), "<i>Korea Times</i>");
    let full = one("untitled", "en", Position::First, None);
    assert_eq!(full, "<i>Korea Times</i>, May 3, 2018, [https://kt.example/1]");
}

#[test]
fn other_languages_have_their_own_words_and_marks() {
    let german = |key| one(key, "de", Position::First, None);
    assert_eq!(
        german("newspaper"),
        "Min Seo, „North Korea Opens the Border to Traders“, <i>Korea Times</i>, 3. Mai 2018, \
         [https://kt.example/2]"
    );
    assert!(german("chapter").contains("in <i>Walls</i>, hrsg. von"));
    let french = one("book", "fr", Position::First, Some((LocatorKind::Page, "12")));
    assert!(french.ends_with(", p. 12"), "{french}");
}

#[test]
fn authors_are_left_out_or_alone() {
    let references = works();
    let mut citation = cite(references.by_key("article").unwrap());
    let mut run = |author, position| {
        citation.items[0].author = author;
        let cited = [(&citation, position)];
        let rendered = render_with(&Style::chicago(), &references, "en", &cited, &[]);
        html(&rendered.citations[0])
    };
    assert_eq!(run(CitationAuthor::Only, Position::First), "van der Berg and Kim");
    assert!(
        run(CitationAuthor::Suppressed, Position::First).starts_with("“Walls of Rice,”")
    );
    assert_eq!(run(CitationAuthor::Suppressed, LATER), "“Walls of Rice”");
}

#[test]
fn namesakes_are_told_apart_in_short_notes() {
    let references = works();
    let citations =
        ["report", "article"].map(|key| cite(references.by_key(key).unwrap()));
    let cited = citations.each_ref().map(|citation| (citation, LATER));
    let rendered = render_with(&Style::chicago(), &references, "en", &cited, &[]);
    // There is one other Kim: `report` is by Soo-jin Kim.
    assert_eq!(html(&rendered.citations[0]), "Soo-jin Kim, <i>Grain Prices</i>");
    assert_eq!(
        html(&rendered.citations[1]),
        "van der Berg and Ji-woo Kim, “Walls of Rice”"
    );
}

#[test]
fn entries_are_sorted_by_name_then_title() {
    let references = works();
    let all: Vec<_> = references.iter().map(|(id, _)| id).collect();
    let rendered = render_with(&Style::chicago(), &references, "en", &[], &all);
    let keys: Vec<_> = rendered
        .bibliography
        .iter()
        .map(|(id, _)| references.get(*id).key.as_str())
        .collect();
    // `article` is by van der Berg: particles are set aside (17, 16.71). Without an author it
    // is the title, its article aside: `bare` is *A Leaflet*; `untitled` is under its outlet.
    let expected = [
        "article",
        "video",
        "statute",
        "anonymous",
        "thesis",
        "blog",
        "report",
        "marked",
        "untitled",
        "bare",
        "web",
        "edited",
        "interview",
        "book",
        "chapter",
        "newspaper",
        "case",
        "paper",
    ];
    assert_eq!(keys, expected);
}
