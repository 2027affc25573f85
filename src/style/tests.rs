//! The cascade, where all browsers agree.

use jiff::civil::date;

use super::*;
use crate::language::Language;
use crate::markup::{Element, ElementId, Tree};
use crate::source::{FileId, Sources, Span};
use crate::units::{Pt, Size};
use crate::world::MemoryWorld;

/// Letters of which each is half an em.
struct Halves;

impl Metrics for Halves {
    fn of(&self, _: &Font) -> FontMetrics {
        FontMetrics { x_height: 0.5, zero: 0.5, line: 1.2 }
    }
}

fn nowhere() -> Span {
    Span::new(FileId::default(), 0..0)
}

/// `html`, in it `body`, in that a section of class `chapter` with `count` paragraphs, of which the
/// first has a class, an id and an `em`.
fn tree(count: usize) -> (Tree, Vec<ElementId>) {
    let mut tree = Tree::new(Element::new("html", nowhere()));
    let body = tree.add(ElementId::ROOT, Element::new("body", nowhere()));
    let section = Element::new("section", nowhere()).class("chapter");
    let section = tree.add(body, section);
    let mut ids = Vec::new();
    for index in 0..count {
        let p = Element::new("p", nowhere());
        let p = if index == 0 { p.class("first").id("one") } else { p };
        ids.push(tree.add(section, p));
        if index == 0 {
            ids.push(tree.add(ids[0], Element::new("em", nowhere())));
        }
    }
    (tree, ids)
}

fn start() -> Initial {
    let page = Size { width: Pt(400.0), height: Pt(600.0) };
    Initial { medium: Pt(10.0), page, margin: Sides::default() }
}

fn sheet(texts: &[&str]) -> Stylesheet {
    let world = MemoryWorld::new(date(2026, 1, 1));
    let mut sources = Sources::default();
    let sheets: Vec<Sheet> = texts
        .iter()
        .map(|text| {
            let file = sources.add("a.css", *text);
            Sheet { file, path: "a.css".into(), text: (*text).into(), own: false }
        })
        .collect();
    Stylesheet::read(&sheets, Medium::Print, &world, &mut sources).value
}

/// The styles of the first paragraph, of the `em` in it, and of the second one.
fn styles(texts: &[&str]) -> [Style; 3] {
    let sheet = sheet(texts);
    let language = Language::parse("en").expect("a language");
    let (tree, ids) = tree(2);
    let mut stylist = Stylist::new(&sheet, start(), &language);
    let styles = stylist.styles(&tree, &Halves);
    [ids[0], ids[1], ids[2]].map(|id| styles.of(id).style.clone())
}

fn named(name: &str) -> Color {
    let [style, ..] = styles(&[&format!("p {{ color: {name} }}")]);
    style.color
}

#[test]
fn of_all_declarations_the_weightiest_holds() {
    let cases: [(&[&str], &str); 14] = [
        (&["p { color: red } p { color: green }"], "green"),
        (&["p { color: red; color: green }"], "green"),
        (&["p { color: green; color: nonsense }"], "green"),
        (&[".first { color: green } p { color: red }"], "green"),
        (&["#one { color: green } p.first { color: red }"], "green"),
        (&["section p { color: green } p { color: red }"], "green"),
        (&["p { color: green !important } #one { color: red }"], "green"),
        (&["p { color: green !important } p { color: red !important }"], "red"),
        (&["p { color: red }", "p { color: green }"], "green"),
        (&["#one { color: green }", "p { color: red }"], "green"),
        (&["p { color: green !important }", "#one { color: red }"], "green"),
        (&[":is(#one, b) { color: green } p.first { color: red }"], "green"),
        (&[":where(#one) { color: red } p { color: green }"], "green"),
        (&["p:not(#two) { color: green } p.first { color: red }"], "green"),
    ];
    for (texts, expected) in cases {
        let [p, ..] = styles(texts);
        assert_eq!(p.color, named(expected), "{texts:?}");
    }
}

#[test]
fn what_is_inherited_comes_from_the_parent() {
    let [p, em, _] = styles(&["section { color: green; margin-left: 5pt }"]);
    assert_eq!((p.color, em.color), (named("green"), named("green")));
    assert_eq!(p.margin.left, Some(Length::ZERO));
    let [_, em, _] = styles(&["p { color: green } em { color: inherit }"]);
    assert_eq!(em.color, named("green"));
    let [_, em, _] = styles(&["p { margin-left: 5pt } em { margin-left: inherit }"]);
    assert_eq!(em.margin.left, Some(Length::fixed(Pt(5.0))));
    let [_, em, _] = styles(&["p { color: green } em { color: initial }"]);
    assert_eq!(em.color, Color::BLACK);
    let css = "p { color: green; margin: 5pt } em { color: red; margin: 5pt } em { color: unset; margin: unset }";
    let [_, em, _] = styles(&[css]);
    assert_eq!((em.color, em.margin.left), (named("green"), Some(Length::ZERO)));
}

#[test]
fn lengths_are_computed_where_they_are_declared() {
    let [p, em, _] =
        styles(&["p { font-size: 2em; text-indent: 1em } em { font-size: 50% }"]);
    assert_eq!((p.font.size, em.font.size), (Pt(20.0), Pt(10.0)));
    assert_eq!(em.text.indent, Length::fixed(Pt(20.0)));
    let [p, em, _] = styles(&["p { line-height: 1.5 } em { font-size: 20pt }"]);
    assert_eq!((p.text.line_height, em.text.line_height), (Pt(15.0), Pt(30.0)));
    let [_, em, _] = styles(&["p { line-height: 150% } em { font-size: 20pt }"]);
    assert_eq!(em.text.line_height, Pt(15.0));
    let [p, ..] = styles(&["p { text-indent: 2em; font-size: 20pt }"]);
    assert_eq!(p.text.indent, Length::fixed(Pt(40.0)));
    let [p, ..] = styles(&["p { border: 1pt solid; color: green }"]);
    assert_eq!(p.border.top.color, named("green"));
}

#[test]
fn custom_properties_are_inherited_and_put_in_late() {
    let [_, em, second] = styles(&[
        "p { --ink: green } p:last-child { --ink: red } p, em { color: var(--ink) }",
    ]);
    assert_eq!((em.color, second.color), (named("green"), named("red")));
    let [p, ..] =
        styles(&["section { color: green } p { color: red; color: var(--none) }"]);
    assert_eq!(p.color, named("green"), "invalid when computed is as unset");
}

#[test]
fn shorthands_set_all_that_they_stand_for() {
    let [p, ..] = styles(&["p { font-weight: bold; font: italic 12pt serif }"]);
    assert!(p.font.italic && p.font.weight == 400, "{:?}", p.font);
    let [p, ..] = styles(&["p { border-left: 1pt solid; border: 0 }"]);
    assert_eq!(p.border.left.style, LineStyle::None);
    let [p, ..] = styles(&["p { margin: 1pt 2pt; margin-left: 3pt }"]);
    assert_eq!(p.margin.left, Some(Length::fixed(Pt(3.0))));
    assert_eq!(p.margin.right, Some(Length::fixed(Pt(2.0))));
}

#[test]
fn a_broken_rule_takes_nothing_along() {
    let css = "p { color: green; @nonsense; text-indent 2em; margin-left: 3pt }
        p { } } q { color: red }
        @media print { p { text-indent: 4pt }";
    let [p, ..] = styles(&[css]);
    assert_eq!(p.color, named("green"));
    assert_eq!(p.margin.left, Some(Length::fixed(Pt(3.0))));
    assert_eq!(p.text.indent, Length::fixed(Pt(4.0)));
}

/// Styles are as many as there are kinds of elements, not as there are elements.
#[test]
fn elements_that_no_rule_tells_apart_share_a_style() {
    let language = Language::parse("en").expect("a language");
    let count = |css: &str, paragraphs: usize| {
        let sheet = sheet(&[css]);
        let mut stylist = Stylist::new(&sheet, start(), &language);
        for _ in 0..3 {
            stylist.styles(&tree(paragraphs).0, &Halves);
        }
        stylist.context_count()
    };
    let rules = "p + p { text-indent: 1em } p:nth-child(odd) { color: red } \
        h2 ~ p { color: blue } p:last-of-type { color: green } p:nth-last-of-type(2n) { margin: 0 }";
    assert_eq!(count(rules, 200), count(rules, 2000));
}

mod whatever_is_written {
    use proptest::prelude::*;

    use super::*;

    const PARTS: &[&str] = &[
        "p",
        ".first",
        "#one",
        "*",
        ":nth-child(2n)",
        "::before",
        ">",
        "+",
        "~",
        ",",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ";",
        ":",
        "@media print",
        "@page",
        "@page :left",
        "@import 'a'",
        "@font-face",
        "@top-left",
        "@supports",
        "color",
        "margin",
        "font",
        "content",
        "width",
        "border",
        "initial-letter",
        "counter-reset",
        "string-set",
        "size",
        "quotes",
        "columns",
        "red",
        "1e9pt",
        "-1em",
        "50%",
        "calc(",
        "1px +",
        "1px * 1px",
        "var(--a)",
        "--a",
        "'a",
        "url(",
        "\\",
        "\u{0}",
        "é",
        "!important",
        "inherit",
        "none",
        "auto",
        "counter(a)",
        "leader('",
        "0",
        "9999999999",
        "1/0",
        "infinity",
        "#fff",
        "#é",
        "rgb(1 2 3)",
        "/*",
        "*/",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        /// No stylesheet is too strange to be read, matched, computed and written for the EPUB.
        #[test]
        fn is_read(picks in prop::collection::vec((0..PARTS.len(), any::<bool>()), 0..60)) {
            let text: String = picks
                .iter()
                .map(|&(part, space)| PARTS[part].to_owned() + if space { " " } else { "" })
                .collect();
            let _ = styles(&[&text]);
            let _ = styles(&[&format!("p {{ {text} }}")]);
            let world = MemoryWorld::new(date(2026, 1, 1));
            let mut sources = Sources::default();
            let file = sources.add("a.css", text.as_str());
            let sheet =
                Sheet { file, path: "a.css".into(), text: text.as_str().into(), own: false };
            let ebook = EbookSheet::of(&[sheet], &world, &mut sources).value.text(&[]);
            prop_assert_eq!(ebook.matches('{').count(), ebook.matches('}').count(), "{}", ebook);
        }
    }
}
