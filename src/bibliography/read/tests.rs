use super::{Reading, start};
use crate::bibliography::{Name, References};
use crate::diag::{Code, Warned};
use crate::source::Sources;

pub(in crate::bibliography) fn read_text(path: &str, text: &str) -> Warned<References> {
    let mut sources = Sources::default();
    let mut reading = Reading::default();
    let span = start(sources.id(path));
    reading.file(path, text.as_bytes(), span, &mut sources);
    Warned { value: reading.references, diagnostics: reading.diagnostics }
}

/// What is said, each with the text that it is said of.
fn said(path: &str, text: &str) -> (Vec<String>, Vec<String>) {
    let read = read_text(path, text);
    let messages = read.diagnostics.iter().map(|it| {
        let place = it.span.map_or("?", |span| &text[span.range()]);
        let hints = it.hints.join(" ");
        format!("{place} — {} — {hints}", it.message)
    });
    (read.value.keys().map(str::to_owned).collect(), messages.collect())
}

const YAML: &str = "
vdb2018:
  type: article
  title: 'Walls: A Study'
  author: ['van der Berg, Anna', {name: Seoul Metropolitan Government}]
  date: 2018-05
  page-range: 33-57
  serial-number: {doi: 10.1/x}
  url: {value: 'https://x.example/', date: 2019-01-02}
  parent: {type: periodical, title: Border Studies, volume: 12, issue: 3}
";
const BIB: &str = "
@article{vdb2018, title = {Walls}, subtitle = {A Study},
  author = {van der Berg, Anna and {Seoul Metropolitan Government}},
  date = {2018-05}, pages = {33-57}, doi = {10.1/x}, url = {https://x.example/},
  urldate = {2019-01-02}, journaltitle = {Border Studies}, volume = 12, number = {3}}
";
const JSON: &str = r#"[{"id": "vdb2018", "type": "article-journal", "title": "Walls: A Study",
  "author": [{"family": "Berg", "given": "Anna", "non-dropping-particle": "van der"},
             {"literal": "Seoul Metropolitan Government"}],
  "issued": {"date-parts": [[2018, 5]]}, "page": "33-57", "DOI": "10.1/x",
  "URL": "https://x.example/", "accessed": {"date-parts": [["2019", "1", "2"]]},
  "container-title": "Border Studies", "volume": 12, "issue": 3}]"#;

#[test]
fn three_formats_are_one_work() {
    let works =
        [("a.yaml", YAML), ("a.bib", BIB), ("a.json", JSON)].map(|(path, text)| {
            let read = read_text(path, text);
            assert_eq!(read.diagnostics, [], "{path}");
            let id = read.value.by_key("vdb2018").unwrap();
            let mut work = read.value.get(id).clone();
            assert!(work.span.is_some(), "{path}");
            work.span = None;
            work
        });
    assert_eq!(works[0], works[1]);
    assert_eq!(works[0], works[2]);
    assert_eq!(
        works[0].authors[1],
        Name::Literal("Seoul Metropolitan Government".into())
    );
}

#[test]
fn slips_in_yaml_are_named_at_their_place() {
    let text = "a: {type: artcle, titel: X, date: soon}\nb: 3\n";
    let (keys, said) = said("a.yaml", text);
    assert_eq!(keys, ["a"]);
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn one_broken_work_does_not_take_the_others_along() {
    let yaml =
        "a: {type: web, title: A}\nb: {type: web, title: B\nc: {type: web, title: C}\n";
    let (keys, messages) = said("a.yaml", yaml);
    assert_eq!(keys, ["a", "c"]);
    assert_eq!(messages.len(), 1, "{messages:?}");

    let bib = "@string{p = {Press}}\n@book{a, title = {A}, publisher = p, year = 2001}\n\
               @book{b, title = {B, year = 2002}\n@book{a, title = {A again}}\n\
               @book{c, title = {C}, publisher = q}\n@book{d, title = {D}, year = 2004}\n";
    let (keys, messages) = said("a.bib", bib);
    assert_eq!(keys, ["a", "d"], "{messages:?}");
    insta::assert_snapshot!(messages.join("\n"));
}

#[test]
fn a_key_that_is_there_is_not_taken_twice() {
    let json =
        r#"[{"id": "a", "title": "1"}, {"id": "a", "title": "2"}, {"title": "3"}, 4]"#;
    let (keys, messages) = said("a.json", json);
    assert_eq!(keys, ["a"]);
    assert_eq!(messages.len(), 3, "{messages:?}");
}

#[test]
fn types_of_biblatex_are_kinds() {
    let text = "@online{a, title={A}, organization={Site}}\n@phdthesis{b, title={B}}\n\
                @techreport{c, title={C}, number={4}}\n@incollection{d, title={D}, booktitle={X}}\n\
                @article{e, title={E}, entrysubtype={newspaper}, journaltitle={Times}}\n\
                @video{f, title={F}}\n@legislation{g, title={G}}\n@jurisdiction{h, title={H}}\n\
                @misc{i, title={I}, howpublished={\\url{https://i.example/a_b}}}\n\
                @inproceedings{j, title={J}, crossref={k}}\n@proceedings{k, title={K}, year=2001}\n";
    let read = read_text("a.bib", text);
    assert_eq!(read.diagnostics, []);
    let kinds: Vec<_> =
        read.value.iter().map(|(_, it)| format!("{} {:?}", it.key, it.kind)).collect();
    let expected = [
        "a WebPage",
        "b Thesis",
        "c Report",
        "d Chapter",
        "e NewspaperArticle",
        "f Video",
        "g Statute",
        "h Case",
        "i Other",
        "j Paper",
        "k Book",
    ];
    assert_eq!(kinds, expected);
    let get = |key: &str| read.value.get(read.value.by_key(key).unwrap());
    assert_eq!(get("i").address.as_deref(), Some("https://i.example/a_b"));
    assert_eq!(get("j").container_title.as_deref(), Some("K"));
    assert_eq!(get("b").genre.as_deref(), Some("PhD diss."));
    assert_eq!(get("a").container_title.as_deref(), Some("Site"));
}

#[test]
fn names_and_dates_of_csl_json() {
    let text = r#"[{"id": "a", "title": "T", "author": [
        {"family": "van der Berg", "given": "Anna"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
        {"given": "Madonna"}],
        "issued": {"raw": "2018-05-03"}, "accessed": {"literal": "last summer"}}]"#;
    let read = read_text("a.json", text);
    let work = read.value.get(read.value.by_key("a").unwrap());
    let expected = [
        Name::parse("van der Berg, Anna"),
        Name::parse("King, Jr., Martin"),
        Name::Literal("Madonna".into()),
    ];
    assert_eq!(work.authors, expected);
    assert_eq!(read.diagnostics.len(), 1);
    assert_eq!(read.diagnostics[0].code, Code::ReferenceValue);
}

#[test]
fn what_stands_in_a_parent_is_the_container_of_yaml() {
    let text = "a:\n  type: chapter\n  title: T\n  parent:\n    type: book\n    \
                title: The Whole\n    publisher: Press\n";
    let read = read_text("a.yaml", text);
    assert_eq!(read.diagnostics, []);
    let work = read.value.get(read.value.by_key("a").unwrap());
    assert_eq!(work.container_title.as_deref(), Some("The Whole"));
    assert_eq!(work.publisher.as_deref(), Some("Press"));
}

#[test]
fn a_control_character_is_left_out_and_named() {
    let (keys, messages) = said("a.bib", "@misc{a, title = {A\u{1}B}}");
    assert_eq!(keys, ["a"]);
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].contains("U+0001"), "{messages:?}");
}

#[test]
fn a_file_in_no_known_format_holds_no_works() {
    let (keys, messages) = said("a.ris", "TY  - BOOK");
    assert!(keys.is_empty());
    assert_eq!(messages.len(), 1, "{messages:?}");
}

#[test]
fn nothing_brings_the_readers_down() {
    let nasty = [
        "",
        "\u{feff}",
        "@",
        "@@@@",
        "@article",
        "@article{",
        "@article{,}",
        "@a{b",
        "@a{b,c=",
        "@a{b, author={and and and}}",
        "@a{b, author={,,,,}, date={/}}",
        "@a{b,title={\\}}",
        "@a{b,title={$\\frac{1}}",
        "[",
        "{",
        "[{}]",
        "[[[[]]]]",
        "a:",
        "a: [",
        "a: {parent: 1}",
        "a: {type: article, parent: {parent: {parent: {parent: {parent: {}}}}}}",
        "a: &a {type: web, parent: *a}",
        "@string{a = a}@a{b, title = a}",
        "@a{b, crossref={b}, title={x}}",
        "@a{b, author={=}}",
        "@a{b, date={2018-99-99}}",
        "[{\"id\": 1, \"issued\": {\"date-parts\": [[99999999999]]}}]",
        "[{\"id\": 1, \"issued\": {\"date-parts\": []}}]",
        "@a{é, title={é\u{301}}}",
        "@a{b, year={-32769}, month={foo}}",
        "---\n---\n",
        "\0",
        "@a{b, pages={--}}",
    ];
    for text in nasty {
        for path in ["a.yaml", "a.bib", "a.json", "a.txt"] {
            let _ = said(path, text);
        }
    }
}

#[test]
fn circles_and_doublings_are_cut() {
    // Each of these overflowed the stack, or filled the memory, of biblatex 0.12.
    let (keys, messages) =
        said("a.bib", "@book{a, title={A}, crossref={a}}\n@misc{b, title={B}}");
    assert_eq!((keys.len(), messages.len()), (2, 1), "{messages:?}");
    let mut text =
        "@string{s0 = \"xxxxxxxxxx\"}\n@string{c = c}\n@misc{y, title = c}\n".to_owned();
    for n in 1..60 {
        let before = n - 1;
        text += &format!("@string{{s{n} = s{before} # s{before}}}\n");
    }
    text += "@misc{z, title = s59}\n@misc{good, title = {Good}}\n";
    let (keys, messages) = said("a.bib", &text);
    assert_eq!(keys, ["good"], "{messages:?}");
    for open in ["@a{b, title={", "a: ", "[", "@a{b, title={\\emph"] {
        for brace in ["{", "["] {
            let _ = said("a.bib", &format!("{open}{}", brace.repeat(20_000)));
            let closed =
                format!("{open}{}x{}}}}}", "{".repeat(20_000), "}".repeat(20_000));
            let _ = said("a.bib", &closed);
            let _ = said("a.json", &format!("{open}{}", brace.repeat(20_000)));
        }
    }
}

proptest::proptest! {
    #[test]
    fn no_text_brings_the_readers_down(text in "[@a-c{}\\[\\],:=\"\\\\\n #$%&é0-9-]{0,60}") {
        for path in ["a.yaml", "a.bib", "a.json"] {
            let _ = said(path, &text);
        }
    }

    #[test]
    fn no_entry_brings_biblatex_down(
        field in "title|author|date|pages|edition|volume|url|editor|crossref|year|month",
        value in "[a-zA-Z{}\\\\,\"~$ 0-9/=?.-]{0,30}",
    ) {
        let _ = said("a.bib", &format!("@book{{a, {field} = {{{value}}}}}\n@misc{{b, title = x}}"));
    }
}
