use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::{CompressionMethod, DateTime, ZipArchive};

use super::pagebreaks::PageBreaks;
use super::xml::Xml;
use crate::compile::{Formats, Goal, Request, compile};
use crate::markup::{Begin, PageBreakMarker, Text};
use crate::source::{Sources, Span};
use crate::world::MemoryWorld;

/// An EPUB of posts, each with its title; beside them lies a picture.
fn epub(settings: &str, posts: &[(&str, &str)]) -> Epub {
    let mut world = MemoryWorld::new(jiff::civil::date(2024, 1, 1));
    world.insert("book.yaml", format!("title: A & B\n{settings}").into_bytes());
    for (index, (title, post)) in posts.iter().enumerate() {
        let day = index + 1;
        let post = format!("---\ntitle: {title}\ndate: 2020-01-{day:02}\n---\n{post}");
        world.insert(format!("manuscript/post-{index}.md"), post.into_bytes());
    }
    let picture =
        b"<svg xmlns='http://www.w3.org/2000/svg' width='60' height='36'/>".as_slice();
    world.insert("manuscript/wide.svg", picture);
    let goal = Goal::Editions(Formats { epub: true, pdf: false });
    let compiled = compile(&world, "book.yaml", &Request::default().up_to(goal));
    let bytes = compiled.epub.expect("an EPUB");
    Epub(ZipArchive::new(Cursor::new(bytes)).expect("an archive"))
}

struct Epub(ZipArchive<Cursor<Vec<u8>>>);

impl Epub {
    fn read(&mut self, name: &str) -> String {
        let mut text = String::new();
        let mut file = self.0.by_name(name).expect(name);
        file.read_to_string(&mut text).expect("text");
        text
    }

    fn package(&mut self) -> String {
        self.read("EPUB/package.opf")
    }

    fn names(&mut self) -> Vec<String> {
        let count = self.0.len();
        let name = |index| {
            let file = self.0.by_index(index).expect("a file");
            file.name().expect("a name").into_owned()
        };
        (0..count).map(name).collect()
    }

    /// The one document whose name begins so.
    fn document(&mut self, start: &str) -> String {
        let start = format!("EPUB/{start}");
        let name = self.names().into_iter().find(|name| name.starts_with(&start));
        self.read(&name.expect("a document"))
    }
}

/// An attribute of all elements of one name, in their order.
fn values(xml: &str, element: &str, attribute: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut values = Vec::new();
    loop {
        match reader.read_event().expect("XML") {
            Event::Eof => return values,
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == element => {
                if let Some(value) = tag.try_get_attribute(attribute).expect("XML") {
                    values.push(value.value.into_owned());
                }
            }
            _ => {}
        }
    }
}

#[test]
fn the_media_type_comes_first_as_it_is_and_no_file_has_a_time() {
    let mut epub = epub("", &[("A", "Words.")]);
    assert_eq!(epub.names()[0], "mimetype");
    assert_eq!(epub.read("mimetype"), "application/epub+zip");
    for index in 0..epub.0.len() {
        let file = epub.0.by_index(index).expect("a file");
        assert_eq!(file.last_modified(), Some(DateTime::DEFAULT));
        if index == 0 {
            assert_eq!(file.compression(), CompressionMethod::Stored);
        }
    }
}

#[test]
fn the_manifest_lists_each_file_of_the_archive_once() {
    let mut epub = epub("", &[("A", "![A picture.](wide.svg)"), ("B", "Words.")]);
    let mut listed = values(&epub.package(), "item", "href");
    let mut held: Vec<String> = epub
        .names()
        .iter()
        .filter_map(|name| name.strip_prefix("EPUB/"))
        .filter(|name| *name != "package.opf")
        .map(str::to_owned)
        .collect();
    listed.sort();
    held.sort();
    assert_eq!(listed, held);
}

#[test]
fn the_spine_names_items_of_the_manifest_in_the_order_of_the_posts() {
    let mut epub = epub("", &[("A", "One."), ("B", "Two.")]);
    let package = epub.package();
    let (items, spine) =
        (values(&package, "item", "id"), values(&package, "itemref", "idref"));
    assert!(spine.iter().all(|id| items.contains(id)), "{spine:?}");
    let chapters: Vec<&String> =
        spine.iter().filter(|id| id.starts_with("chapter-")).collect();
    assert_eq!(chapters.len(), 2);
    assert!(chapters.is_sorted(), "{chapters:?}");
}

#[test]
fn the_metadata_is_that_of_the_book() {
    let settings = "subtitle: Or C\nauthors: [Ann Author, Ben Writer]\nlanguage: en\n";
    let package = epub(settings, &[("A", "Words.")]).package();
    for part in [
        "<dc:title id=\"title-main\">A &amp; B</dc:title>",
        "<meta refines=\"#title-sub\" property=\"title-type\">subtitle</meta>",
        "<dc:creator id=\"creator-1\">Ann Author</dc:creator>",
        "<dc:creator id=\"creator-2\">Ben Writer</dc:creator>",
        "<dc:language>en</dc:language>",
    ] {
        assert!(package.contains(part), "{part}: {package}");
    }
    assert_eq!(values(&package, "package", "unique-identifier"), ["pub-id"]);
}

#[test]
fn a_book_read_from_right_to_left_turns_its_pages_so() {
    let direction = |language: &str| {
        let settings = format!("language: {language}\n");
        let package = epub(&settings, &[("A", "Words.")]).package();
        values(&package, "spine", "page-progression-direction")
    };
    assert_eq!(direction("he"), ["rtl"]);
    assert!(direction("en").is_empty());
}

#[test]
fn a_document_is_well_formed_and_says_its_language() {
    let mut epub = epub("language: de\n", &[("A", "x < y & z  \nnext\n\n---\n\nend")]);
    let chapter = epub.document("chapter-001");
    assert_eq!(values(&chapter, "html", "lang"), ["de"]);
    assert_eq!(values(&chapter, "html", "xml:lang"), ["de"]);
    assert!(chapter.contains("x &lt; y &amp; z"), "{chapter}");
    assert!(chapter.contains("<br/>") && chapter.contains("<hr"), "{chapter}");
    assert!(chapter.contains("<!DOCTYPE html>\n<html"), "{chapter}");
}

#[test]
fn the_package_says_which_documents_hold_mathml() {
    let package = epub("", &[("A", "$$x^2$$"), ("B", "Words.")]).package();
    let with: Vec<_> = values(&package, "item", "properties");
    assert_eq!(with.iter().filter(|it| it.as_str() == "mathml").count(), 1, "{with:?}");
    assert!(package.contains(">MathML</meta>"), "{package}");
}

#[test]
fn the_ncx_has_two_levels_and_counts_on() {
    let mut epub = epub("", &[("A", "## Two\n\n### Three\n\n## Four\n\nWords.")]);
    let ncx = epub.read("EPUB/toc.ncx");
    let order = values(&ncx, "navPoint", "playOrder");
    let expected: Vec<String> = (1..=order.len()).map(|it| it.to_string()).collect();
    assert_eq!(order, expected);
    assert!(ncx.contains("<text>Two</text>") && ncx.contains("<text>Four</text>"));
    assert!(!ncx.contains("<text>Three</text>"), "{ncx}");
    let names = epub.names();
    for target in values(&ncx, "content", "src") {
        let document = target.split('#').next().unwrap_or_default();
        assert!(names.contains(&format!("EPUB/{document}")), "{target}");
    }
}

#[test]
fn what_is_said_of_pictures_depends_on_their_words() {
    let summary = |post: &str| epub("", &[("A", post)]).package();
    let none = summary("Words.");
    assert!(none.contains("It has no pictures.") && !none.contains(">visual<"));
    let described = summary("![A hill.](wide.svg)");
    assert!(described.contains(">alternativeText<") && described.contains(">visual<"));
    let mute = summary("![A hill.](wide.svg)\n\n![](wide.svg)");
    assert!(mute.contains(">textual,visual<") && !mute.contains(">alternativeText<"));
}

fn page(folio: &str, begins: Begin) -> PageBreakMarker {
    PageBreakMarker { folio: folio.into(), begins }
}

/// What is written of a text with these pages, and the folios that have a mark.
fn marked(pages: &[PageBreakMarker], span: Span, text: &str) -> (String, Vec<String>) {
    let mut breaks = PageBreaks::new(pages);
    let mut xml = Xml::new();
    breaks.document(&mut xml, "a.xhtml");
    breaks.text(&mut xml, "a.xhtml", &Text { text: text.into(), span });
    let links = breaks.into_links().into_iter();
    (xml.finish(), links.map(|link| format!("{} {}", link.folio, link.href)).collect())
}

#[test]
fn a_page_begins_before_the_character_that_it_counts_to() {
    let span = Span::new(Sources::default().id("a.md"), 0..9);
    let pages = [
        page("1", Begin::Document("a.xhtml".into())),
        page("2", Begin::Text(span, 3)),
        page("9", Begin::Document("b.xhtml".into())),
    ];
    let (xml, links) = marked(&pages, span, "a b\u{ad}c d");
    assert_eq!(links, ["1 a.xhtml#page.1", "2 a.xhtml#page.2"]);
    let (before, after) = xml.split_once("<span id=\"page.2\"").expect("a mark");
    assert!(before.starts_with("<span id=\"page.1\"") && before.ends_with("a b\u{ad}c "));
    assert!(after.ends_with("/>d"), "{after}");
}

#[test]
fn pages_go_forward_only() {
    let span = Span::new(Sources::default().id("a.md"), 0..9);
    let pages =
        [page("1", Begin::Text(span, 1)), page("2", Begin::Document("a.xhtml".into()))];
    let (xml, links) = marked(&pages, span, "words");
    assert_eq!(links, ["2 a.xhtml#page.2"]);
    assert!(!xml.contains("page.1") && xml.ends_with("words"), "{xml}");
}
