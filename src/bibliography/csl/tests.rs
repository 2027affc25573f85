//! Styles from the archive. Where hayagriva alone would be wrong, the comment says what it
//! makes.

use crate::bibliography::tests::{cite, html, language, render_with, works};
use crate::bibliography::{
    Cited, Name, PartialDate, Position, Reference, ReferenceKind, References, Style,
    render,
};
use crate::diag::{Code, Warned};
use crate::document::{
    Citation, CitationAuthor, Inline, Locator, LocatorKind, ReferenceId,
};
use crate::source::{FileId, Sources, Span};
use crate::world::MemoryWorld;

const LATER: Position = Position::Subsequent { first_note: Some(7) };

fn load(name: &str, file: Option<&str>) -> Warned<Style> {
    let mut sources = Sources::default();
    let mut world = MemoryWorld::new(jiff::civil::date(2020, 1, 1));
    if let Some(text) = file {
        world.insert(name, text.as_bytes());
    }
    let yaml =
        format!("title: X\nauthor: Y\ngather:\n  from: posts\nnotes:\n  style: {name}\n");
    world.insert("book.yaml", yaml.as_bytes());
    let config = crate::config::read(&world, "book.yaml", &mut sources).unwrap().value;
    Style::load(&config, &world, &mut sources)
}

pub(in crate::bibliography) fn style(name: &str) -> Style {
    let loaded = load(name, None);
    assert_eq!(loaded.diagnostics, []);
    loaded.value
}

/// One work in one citation, and its entry.
fn one(name: &str, tag: &str, key: &str, position: Position) -> (String, String) {
    let references = works();
    let id = references.by_key(key).unwrap();
    let citation = cite(id);
    let cited = [(&citation, position)];
    let rendered = render_with(&style(name), &references, tag, &cited, &[id]);
    (html(&rendered.citations[0]), html(&rendered.bibliography[0].1))
}

fn citations(
    name: &str,
    references: &References,
    cited: &[(&Citation, Position)],
) -> Vec<String> {
    let rendered = render_with(&style(name), references, "en", cited, &[]);
    rendered.citations.iter().map(|text| html(text)).collect()
}

#[test]
fn author_and_date_stand_in_the_text() {
    assert!(style("apa").is_in_text());
    assert!(!style("chicago-notes").is_in_text());
    let (citation, entry) = one("apa", "en", "article", Position::First);
    assert_eq!(citation, "(van der Berg & Kim, 2018)");
    // hayagriva alone: `Kim, J.-woo.`
    assert_eq!(
        entry,
        "van der Berg, A., & Kim, J. (2018). Walls of Rice. \
         <i>Journal of Border Studies</i>, <i>12</i>(3), 33–57. \
         [https://doi.org/10.1000/jbs.2018.12]"
    );
}

#[test]
fn later_notes_are_short_wherever_hayagriva_thinks_they_stand() {
    // hayagriva alone makes the second of two notes running `Ibid.`, and takes the first
    // citation of a new chapter for a later one.
    let references = works();
    let citation = cite(references.by_key("book").unwrap());
    let first = Position::First;
    let cited =
        [(&citation, first), (&citation, LATER), (&citation, LATER), (&citation, first)];
    let texts = citations("chicago-notes", &references, &cited);
    assert!(
        texts[0].starts_with("Min-ho Park, <i>The Rice Road: A Journey</i>"),
        "{texts:?}"
    );
    assert_eq!(texts[1], "Park, <i>The Rice Road</i>");
    assert_eq!(texts[2], texts[1]);
    assert_eq!(texts[3], texts[0]);
}

const NOTED: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><title>T</title><id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  <macro name="shared">
    <choose><if position="first"><text value="FIRST"/></if><else><text value="ELSE"/></else></choose>
  </macro>
  <citation><layout suffix="." delimiter="; ">
    <choose>
      <if position="ibid-with-locator ibid" match="any"><text value="ibid"/></if>
      <else-if position="subsequent">
        <names variable="author"><name form="short"/></names>
        <text variable="first-reference-note-number" prefix=" (n. " suffix=")"/>
      </else-if>
      <else><names variable="author"/><text variable="title" prefix=" "/></else>
    </choose>
  </layout></citation>
  <bibliography><layout suffix="."><text macro="shared"/></layout></bibliography>
</style>"#;

#[test]
fn the_number_of_the_first_note_is_ours() {
    // hayagriva alone prints the number of the first note of the book, 1, where chapters are
    // numbered anew and the caller says 7.
    let style = load("noted.csl", Some(NOTED));
    assert_eq!(style.diagnostics, []);
    let references = works();
    let citation = cite(references.by_key("article").unwrap());
    let cited = [
        (&citation, Position::First),
        (&citation, LATER),
        (&citation, Position::Subsequent { first_note: None }),
    ];
    let id = citation.items[0].reference;
    let rendered = render_with(&style.value, &references, "en", &cited, &[id]);
    let texts: Vec<_> = rendered.citations.iter().map(|text| html(text)).collect();
    let short = "van der Berg, Kim";
    // hayagriva alone sets the delimiter between the parts of `else`: `Ji-woo Kim;  Walls`.
    assert_eq!(texts[0], "Anna van der Berg, Ji-woo Kim Walls of Rice");
    assert_eq!(texts[1], format!("{short} (n. 7)"));
    assert_eq!(texts[2], short);
    // hayagriva alone takes the branch: `FIRST`.
    assert_eq!(html(&rendered.bibliography[0].1), "ELSE.");
}

#[test]
fn particles_stay_with_the_family_name() {
    // From hayagriva's own YAML: `Berg and Kim, “Walls of Rice”`.
    let (short, _) = one("chicago-notes", "en", "article", LATER);
    assert_eq!(short, "van der Berg and Kim, “Walls of Rice”");
}

#[test]
fn works_of_one_year_are_told_apart_and_numbers_count_from_the_first_citation() {
    let mut references = References::default();
    let mut add = |title: &str| {
        references.add(Reference {
            kind: ReferenceKind::Book,
            title: title.into(),
            authors: vec![Name::person("Ji-woo", "Kim")],
            issued: Some(PartialDate::year(2004)),
            ..Reference::default()
        })
    };
    let ids = [add("Beta"), add("Alpha")];
    let each = ids.map(cite);
    let both = Citation {
        items: each.iter().flat_map(|it| it.items.clone()).collect(),
        ..Citation::default()
    };
    let cited = [
        (&each[0], Position::First),
        (&each[1], Position::First),
        (&both, Position::First),
    ];
    // hayagriva alone letters them as they are cited, and sets `; ` between the years.
    let apa = citations("apa", &references, &cited);
    assert_eq!(apa, ["(Kim, 2004b)", "(Kim, 2004a)", "(Kim, 2004a, 2004b)"]);
    let ieee = citations("ieee", &references, &cited);
    assert_eq!(ieee, ["[1]", "[2]", "[1], [2]"]);
}

#[test]
fn authors_places_and_words_around() {
    let references = works();
    let span = Span::new(FileId::default(), 0..0);
    let mut citation = cite(references.by_key("article").unwrap());
    let item = &mut citation.items[0];
    item.prefix = vec![Inline::text("see", span)];
    item.suffix = vec![Inline::text("and others", span)];
    item.locator = Some(Locator { kind: LocatorKind::Page, value: "40-41".to_owned() });
    let run = |citation: &Citation| {
        citations("apa", &references, &[(citation, Position::First)]).remove(0)
    };
    assert_eq!(run(&citation), "(see van der Berg & Kim, 2018, pp. 40–41 and others)");
    let mut bare = cite(citation.items[0].reference);
    bare.items[0].author = CitationAuthor::Suppressed;
    assert_eq!(run(&bare), "(2018)");
    bare.items[0].author = CitationAuthor::Only;
    assert_eq!(run(&bare), "van der Berg & Kim");
    let cited = [(&bare, Position::First)];
    // The author alone is short in a note too.
    assert_eq!(citations("chicago-notes", &references, &cited), ["van der Berg and Kim"]);
}

#[test]
fn what_hayagriva_mistakes_is_repaired() {
    let full = |key| one("chicago-notes", "en", key, Position::First).0;
    // hayagriva alone: `K. Ono et al.`, without `eds.`
    assert_eq!(
        full("edited"),
        "Ken Ono et al., eds., <i>Four Seasons on the Yalu</i> (Harbor Press, 2015)"
    );
    // Alone: `State V. Rice Traders`, `Youtube`, `No. 14, 242`.
    assert!(full("case").contains("State v. Rice Traders, 12"), "{}", full("case"));
    assert!(full("video").contains("YouTube"), "{}", full("video"));
    assert!(full("statute").contains("14,242"), "{}", full("statute"));
}

#[test]
fn tags_of_titles_become_phrases() {
    let (_, entry) = one("apa", "en", "marked", Position::First);
    assert!(entry.contains("Reading <i>Moby-Dick</i> at 38°<sup>N</sup>"), "{entry}");
}

#[test]
fn the_language_of_the_book_is_that_of_the_terms() {
    let (_, entry) = one("apa", "de-AT", "chapter", Position::First);
    assert!(entry.contains("Hrsg."), "{entry}");
}

#[test]
fn every_kind_of_work_can_be_rendered() {
    let references = works();
    let all: Vec<_> = references.iter().map(|(id, _)| cite(id)).collect();
    let ids: Vec<_> = references.iter().map(|(id, _)| id).collect();
    let cited: Vec<_> = all.iter().map(|citation| (citation, Position::First)).collect();
    for name in ["apa", "chicago-notes", "modern-language-association", "ieee"] {
        let rendered = render_with(&style(name), &references, "en", &cited, &ids);
        assert_eq!(rendered.citations.len(), ids.len(), "{name}");
        assert!(rendered.citations.iter().all(|text| !text.is_empty()), "{name}");
        assert_eq!(rendered.bibliography.len(), ids.len(), "{name}");
    }
}

#[test]
fn hostile_works_do_not_bring_it_down() {
    let date = |text: &str| Some(PartialDate::parse(text).unwrap());
    let works = [
        Reference { issued: date("2017/2018"), ..Reference::default() },
        Reference {
            issued: date("-44"),
            title: "\u{f8e0}<i>".into(),
            ..Reference::default()
        },
        Reference { pages: Some("999999999999-1".into()), ..Reference::default() },
        Reference {
            volume: Some("99999999999".into()),
            edition: Some("-".into()),
            authors: vec![Name::person("", ""), Name::Literal(String::new())],
            ..Reference::default()
        },
        Reference {
            doi: Some("\u{0}".into()),
            address: Some(":".into()),
            ..Reference::default()
        },
    ];
    let mut references = References::default();
    let ids: Vec<ReferenceId> =
        works.into_iter().map(|work| references.add(work)).collect();
    let mut all: Vec<_> = ids.iter().map(|&id| cite(id)).collect();
    for (citation, value) in all.iter_mut().zip(["", "99999999999", "-", "x–", "a-b, c"])
    {
        citation.items[0].locator =
            Some(Locator { kind: LocatorKind::Page, value: value.to_owned() });
    }
    let cited: Vec<_> = all.iter().map(|citation| (citation, LATER)).collect();
    for name in ["apa", "chicago-notes", "ieee"] {
        let _ = render_with(&style(name), &references, "en", &cited, &ids);
    }
    let empty = Citation::default();
    let cited = Cited {
        citation: &empty,
        note_number: None,
        positions: Vec::new(),
        span: Span::new(FileId::default(), 0..0),
    };
    for style in [style("apa"), Style::chicago()] {
        let rendered = render(
            &style,
            &references,
            &language("en"),
            std::slice::from_ref(&cited),
            &[],
        );
        assert_eq!(rendered.citations, [Vec::new()]);
    }
}

#[test]
fn styles_that_cannot_be_had_are_named() {
    let said = |name: &str, file: Option<&str>| {
        let loaded = load(name, file);
        assert_eq!(loaded.value, Style::chicago());
        let [it] = loaded.diagnostics.as_slice() else {
            panic!("{:?}", loaded.diagnostics)
        };
        assert_eq!(it.code, Code::StyleUnreadable);
        format!("{} ({})", it.message, it.hints.join("; "))
    };
    assert_eq!(
        said("appa", None),
        "no citation style is called `appa` (did you mean `apa`?; the book cites in Chicago's notes)"
    );
    assert!(said("gone.csl", None).contains("there is no such file"));
    assert!(said("bad.csl", Some("<style")).contains("this is no citation style"));
}

#[test]
fn a_dependent_style_leads_to_its_parent() {
    let text = r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>D</title>
        <id>d</id><link href="http://www.zotero.org/styles/apa" rel="independent-parent"/>
        <updated>2020-01-01T00:00:00+00:00</updated></info></style>"#;
    let loaded = load("d.csl", Some(text));
    assert_eq!(loaded.diagnostics, []);
    assert!(loaded.value.is_in_text());
}
