use jiff::civil::date;

use super::*;
use crate::config::{
    Edition, NoteMarks, NotePlace, Numbering, Order, Parts, PrintedReferences,
};
use crate::units::Pt;
use crate::world::MemoryWorld;

fn run(yaml: &str) -> (Outcome<BookConfig>, Sources) {
    let mut world = MemoryWorld::new(date(2020, 1, 1));
    world.insert("book.yaml", yaml.as_bytes());
    let mut sources = Sources::default();
    (read(&world, "book.yaml", &mut sources), sources)
}

/// The errors as `code line:column message (hint)`.
fn errors(yaml: &str) -> Vec<String> {
    let (outcome, sources) = run(yaml);
    let diagnostics = outcome.expect_err(yaml);
    diagnostics
        .iter()
        .map(|d| {
            let place = sources.line_column(d.span.expect("a place"));
            let (code, message) = (d.code.name(), &d.message);
            let hints = d.hints.join("; ");
            format!("{code} {}:{} {message} ({hints})", place.line, place.column)
        })
        .collect()
}

#[test]
fn every_key_is_read() {
    let (outcome, _) = run("\
title: 1984
subtitle: A year
author: A. Blogger
language: en_gb
date: 2018-01-02
identifier: isbn:3-16-148410-X
site: https://example.org
gather:
  from: [posts, more]
  tags: { any: [China], none: draft }
  dates: { from: 2017-01-01, to: 2017-12-31 }
  order: [one, two]
  parts: month
notes: { numbering: book, links: inline, boilerplate: Read more }
smart-punctuation: no
epub: { toc-depth: 3 }
pdf:
  trim: a5
  edition: print
  margins: { top: 18mm, bottom: 2cm, inside: 0.75in, outside: 40pt }
");
    let Warned { value, diagnostics } = outcome.unwrap();
    assert_eq!(diagnostics, []);
    assert_eq!(value.title, "1984");
    assert_eq!(value.authors, ["A. Blogger"]);
    assert_eq!(value.language.tag(), "en-GB");
    assert_eq!(value.isbns.pdf.map(|it| it.digits).as_deref(), Some("9783161484100"));
    assert_eq!(value.gather.from, ["posts", "more"]);
    assert_eq!(value.gather.none[0].name, "draft");
    assert_eq!(value.gather.last, Some(date(2017, 12, 31)));
    assert!(matches!(&value.gather.order, Order::Explicit(list) if list.len() == 2));
    assert_eq!(value.gather.parts, Parts::Month);
    assert_eq!(value.notes.numbering, Numbering::Book);
    assert!(!value.smart_punctuation);
    assert_eq!(value.epub.toc_depth, 3);
    assert_eq!(value.pdf.edition, Edition::Print);
    assert_eq!(value.pdf.margins.unwrap().outside, Pt(40.0));
}

#[test]
fn a_title_is_enough() {
    let (outcome, _) = run("title: Small\n");
    let config = outcome.unwrap().value;
    assert_eq!(config.gather, Selection::default());
    assert_eq!(config.language.tag(), "en");
}

#[test]
fn slips_are_told_at_their_place_with_what_was_meant() {
    assert_eq!(
        errors("titel: X\ngather:\n  oder: date\n  parts: yaer\n"),
        [
            "missing-key 1:1 the book has no title (add a line `title: …`)",
            "unknown-key 1:1 there is no key `titel` (did you mean `title`?)",
            "unknown-key 3:3 there is no key `gather.oder` (did you mean `order`?)",
            "invalid-value 4:10 `gather.parts` cannot be `yaer` (did you mean `year`? \
             it takes `none`, `year`, `month`, `season`, `tag`, `series` or `author`)",
        ]
    );
}

#[test]
fn values_that_do_not_fit_name_what_would() {
    let all = errors(
        "title: [a]\nlanguage: !\ndate: 1.2.2017\nidentifier: isbn:123\nsite: example\n\
         epub: { toc-depth: 9 }\npdf: { trim: 6x9, margins: { top: 1mm } }\n",
    );
    let places: Vec<&str> = all.iter().map(|e| e.split(' ').nth(1).unwrap()).collect();
    assert_eq!(
        places,
        ["1:8", "3:7", "4:13", "5:7", "6:20", "7:14", "7:28", "7:28", "7:28"]
    );
}

#[test]
fn notes_sources_and_bibliography_have_short_and_long_forms() {
    let (outcome, _) = run("title: X\nnotes: { place: page, marks: '*†‡' }\n\
         bibliography: refs.bib\nsources:\n  KT: https://kt.example\n  NKN: NK News\n");
    let config = outcome.unwrap().value;
    assert_eq!(config.notes.place, NotePlace::Page);
    assert_eq!(config.notes.marks, NoteMarks::Symbols);
    assert_eq!(
        config.bibliography.map(|it| (it.file, it.print)),
        Some(("refs.bib".to_owned(), None))
    );
    assert_eq!(config.sources[0].address.as_deref(), Some("https://kt.example"));
    assert_eq!(config.sources[1].full_name.as_deref(), Some("NK News"));
    let (outcome, _) = run("title: X\nbibliography: { file: a.json, print: all }\n\
         sources: { KT: { name: Korea Times, address: 'https://kt.example' } }\n");
    let config = outcome.unwrap().value;
    assert_eq!(config.bibliography.and_then(|it| it.print), Some(PrintedReferences::All));
    assert_eq!(config.sources[0].full_name.as_deref(), Some("Korea Times"));
}

#[test]
fn no_file_points_to_the_way_to_begin() {
    let world = MemoryWorld::new(date(2020, 1, 1));
    let errors = read(&world, "book.yaml", &mut Sources::default()).unwrap_err();
    assert!(errors[0].hints[0].contains("bindery new"));
}
