//! The cascade, where all browsers agree.

use jiff::civil::date;

use super::property::{Longhand, Property};
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

fn detached() -> Span {
    Span::new(FileId::default(), 0..0)
}

/// `html`, in it `body`, in that a section of class `chapter` with `count` paragraphs, of which the
/// first has a class, an id and an `em`.
fn tree(count: usize) -> (Tree, Vec<ElementId>) {
    let mut tree = Tree::new(Element::new("html", detached()));
    let body = tree.add(ElementId::ROOT, Element::new("body", detached()));
    let section = Element::new("section", detached()).class("chapter");
    let section = tree.add(body, section);
    let mut ids = Vec::new();
    for index in 0..count {
        let p = Element::new("p", detached());
        let p = if index == 0 { p.class("first").id("one") } else { p };
        ids.push(tree.add(section, p));
        if index == 0 {
            ids.push(tree.add(ids[0], Element::new("em", detached())));
        }
    }
    (tree, ids)
}

fn start() -> BookDefaults {
    let page = Size { width: Pt(400.0), height: Pt(600.0) };
    BookDefaults { medium: Pt(10.0), page, margin: Sides::default() }
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

/// No rule tells the two sections apart, but rules for what stands in them do.
#[test]
fn elements_alike_may_hold_what_differs() {
    let mut tree = Tree::new(Element::new("html", detached()));
    let mut paragraph = |class: &str| {
        let section = Element::new("section", detached()).class(class);
        let section = tree.add(ElementId::ROOT, section);
        tree.add(section, Element::new("p", detached()))
    };
    let ids = ["colophon", "permissions"].map(&mut paragraph);
    let sheet = sheet(&[
        "section { margin: 0 } .colophon p { color: red } .permissions p { color: green }",
    ]);
    let language = Language::parse("en").expect("a language");
    let styles = Stylist::new(&sheet, start(), &language).styles(&tree, &Halves);
    let colors = ids.map(|id| styles.of(id).style.color);
    assert_eq!(colors, [named("red"), named("green")]);
}

/// A value of each longhand that is not its initial one.
const OTHER_VALUES: &[(&str, &str)] = &[
    ("font-family", "monospace"),
    ("font-size", "17pt"),
    ("font-style", "italic"),
    ("font-weight", "bold"),
    ("font-stretch", "condensed"),
    ("font-variant-caps", "small-caps"),
    ("font-variant-numeric", "oldstyle-nums"),
    ("font-variant-ligatures", "none"),
    ("font-variant-position", "super"),
    ("font-kerning", "none"),
    ("font-feature-settings", "'ss01'"),
    ("line-height", "30pt"),
    ("color", "green"),
    ("background-color", "yellow"),
    ("letter-spacing", "1pt"),
    ("word-spacing", "1pt"),
    ("text-align", "center"),
    ("text-align-last", "right"),
    ("text-indent", "1pt hanging"),
    ("text-transform", "uppercase"),
    ("text-decoration-line", "underline"),
    ("text-decoration-color", "green"),
    ("text-decoration-style", "solid"),
    ("hyphens", "auto"),
    ("hyphenate-limit-chars", "9"),
    ("hyphenate-limit-lines", "2"),
    ("hanging-punctuation", "first"),
    ("white-space", "pre"),
    ("overflow-wrap", "anywhere"),
    ("tab-size", "4"),
    ("direction", "rtl"),
    ("vertical-align", "top"),
    ("orphans", "5"),
    ("widows", "5"),
    ("initial-letter", "3"),
    ("display", "table"),
    ("margin-top", "1pt"),
    ("margin-right", "1pt"),
    ("margin-bottom", "1pt"),
    ("margin-left", "1pt"),
    ("padding-top", "1pt"),
    ("padding-right", "1pt"),
    ("padding-bottom", "1pt"),
    ("padding-left", "1pt"),
    ("border-top-width", "4pt"),
    ("border-right-width", "4pt"),
    ("border-bottom-width", "4pt"),
    ("border-left-width", "4pt"),
    ("border-top-style", "dotted"),
    ("border-right-style", "dotted"),
    ("border-bottom-style", "dotted"),
    ("border-left-style", "dotted"),
    ("border-top-color", "green"),
    ("border-right-color", "green"),
    ("border-bottom-color", "green"),
    ("border-left-color", "green"),
    ("border-top-left-radius", "1pt"),
    ("border-top-right-radius", "1pt"),
    ("border-bottom-right-radius", "1pt"),
    ("border-bottom-left-radius", "1pt"),
    ("width", "50%"),
    ("max-width", "50%"),
    ("min-width", "50%"),
    ("height", "5pt"),
    ("max-height", "5pt"),
    ("float", "left"),
    ("clear", "both"),
    ("block-step-size", "5pt"),
    ("visibility", "hidden"),
    ("border-collapse", "collapse"),
    ("border-spacing", "1pt 2pt"),
    ("caption-side", "bottom"),
    ("column-count", "2"),
    ("column-gap", "1pt"),
    ("column-span", "all"),
    ("column-rule-width", "4pt"),
    ("column-rule-style", "dotted"),
    ("column-rule-color", "green"),
    ("break-before", "page"),
    ("break-after", "page"),
    ("break-inside", "avoid"),
    ("page", "wide"),
    ("list-style-type", "square"),
    ("list-style-position", "inside"),
    ("list-style-image", "none"),
    ("content", "'a'"),
    ("quotes", "'a' 'b'"),
    ("counter-reset", "a"),
    ("counter-increment", "a"),
    ("counter-set", "a"),
    ("string-set", "a 'b'"),
];

/// Of what there is but one value.
const SINGLE_VALUED: [Longhand; 2] =
    [Longhand::TextDecorationStyle, Longhand::ListStyleImage];

#[test]
fn wide_keywords_are_those_of_css_on_every_property() {
    assert_eq!(OTHER_VALUES.len(), Longhand::ALL.len(), "each longhand has a value");
    for ((name, value), longhand) in OTHER_VALUES.iter().zip(Longhand::ALL) {
        assert_eq!(Property::named(name), Some(Property::Longhand(*longhand)));
        // Lines have a colour, and borders a width, only where there are lines.
        let line = "text-decoration-line: underline; border-style: solid; \
            column-rule-style: solid";
        let parent = format!("section {{ {line}; {name}: {value} }} p {{ {line} }} ");
        let of = |rules: &str| {
            let [p, ..] = styles(&[&format!("{parent} {rules}")]);
            // What is compared is this property alone.
            let mut alone = Style::default();
            longhand.copy(&p, &mut alone);
            alone
        };
        let initial = of(&format!("p {{ {name}: {} }}", longhand.initial_text()));
        let parents = of(&format!("p {{ {name}: {value} }}"));
        let single = SINGLE_VALUED.contains(longhand);
        assert_eq!(initial == parents, single, "{name}: {value} is another value");
        let unset = if longhand.is_inherited() { &parents } else { &initial };
        for (keyword, expected) in [
            ("inherit", &parents),
            ("initial", &initial),
            ("unset", unset),
            ("revert", unset),
            ("revert-layer", unset),
        ] {
            // `p` is a block by the rules that `revert` goes back to, with margins.
            let reverts = keyword.starts_with("revert");
            if reverts && ["display", "margin-top", "margin-bottom"].contains(name) {
                continue;
            }
            let other = longhand.initial_text();
            let rules = format!("p {{ {name}: {other} }} p {{ {name}: {keyword} }}");
            assert_eq!(&of(&rules), expected, "{name}: {keyword}");
        }
    }
}

#[test]
fn revert_goes_back_to_the_rules_of_the_origin_before() {
    let display = |rules: &str| styles(&[rules])[0].display;
    assert_eq!(display("p { display: none } p { display: revert }"), Display::Block);
    assert_eq!(display("p { display: none } p { display: initial }"), Display::Inline);
    let rules = "p { display: none } #one { display: revert !important }";
    assert_eq!(display(rules), Display::Block);
    assert_eq!(display("p { display: revert } p { display: none }"), Display::None);
    let rules = "p { display: none } p.first { display: var(--none, revert) }";
    assert_eq!(display(rules), Display::Block);
    let [p, em, _] =
        styles(&["p { margin: 5pt } p { margin: revert } em { font: revert }"]);
    assert_eq!(
        p.margin.top,
        Some(Length::fixed(Pt(10.0))),
        "1em of this tool's own sheet"
    );
    assert_eq!(p.margin.left, Some(Length::ZERO));
    assert!(em.font.italic, "an em is italic by this tool's own sheet");
}

#[test]
fn custom_properties_take_wide_keywords_too() {
    let color = |own: &str| {
        let rules = format!("section {{ --a: green }} p {{ --a: blue; --a: {own} }}");
        let [p, ..] = styles(&[&rules, "p { color: var(--a, red) }"]);
        p.color
    };
    for (own, expected) in [
        ("inherit", "green"),
        ("UNSET", "green"),
        ("revert", "green"),
        ("initial", "red"),
        ("'initial'", "black"),
    ] {
        assert_eq!(color(own), named(expected), "{own}");
    }
}

#[test]
fn colours_that_nobody_names_are_the_text_s() {
    let [p, ..] = styles(&["p { border-top-style: solid; color: green }"]);
    assert_eq!((p.border.top.color, p.border.top.width), (named("green"), Pt(1.5)));
    let [p, ..] =
        styles(&["p { border: 1pt solid red; border-color: initial; color: green }"]);
    assert_eq!(p.border.left.color, named("green"));
    let [_, em, _] =
        styles(&["p { color: green; text-decoration: underline } em { color: red }"]);
    assert!(em.text.decoration.underline);
    assert_eq!(em.text.decoration.color, named("green"), "the line is its element's");
}

#[test]
fn features_are_told_apart_by_the_property_that_asks() {
    let features = |rules: &str| {
        let [p, ..] = styles(&[rules]);
        let tags: Vec<String> = p
            .font
            .features
            .iter()
            .map(|(tag, value)| format!("{}={value}", String::from_utf8_lossy(tag)))
            .collect();
        tags.join(" ")
    };
    let parent = "section { font-variant: small-caps oldstyle-nums; font-kerning: none }";
    let cases = [
        ("", "kern=0 onum=1 smcp=1"),
        ("p { font-variant-numeric: initial }", "kern=0 smcp=1"),
        ("p { font-variant-caps: normal }", "kern=0 onum=1"),
        ("p { font-variant: normal }", "kern=0"),
        ("p { font-variant: normal; font-variant-numeric: inherit }", "kern=0 onum=1"),
        ("p { font: 10pt serif }", ""),
        (
            "p { font-feature-settings: 'smcp' off, 'ss02' }",
            "kern=0 onum=1 smcp=0 ss02=1",
        ),
    ];
    for (rules, expected) in cases {
        assert_eq!(features(&format!("{parent} {rules}")), expected, "{rules}");
    }
}

#[test]
fn what_shorthands_with_variables_come_to_is_expanded_late() {
    let [p, ..] = styles(&["p { --gap: 1pt 2pt; margin: var(--gap); margin-top: 9pt }"]);
    assert_eq!(p.margin.right, Some(Length::fixed(Pt(2.0))));
    assert_eq!(p.margin.top, Some(Length::fixed(Pt(9.0))));
    let [p, ..] = styles(&["p { margin: 5pt } p { margin: var(--none) }"]);
    assert_eq!(p.margin.left, Some(Length::ZERO), "as `unset`");
    let [p, ..] = styles(&["p { quotes: 'var(--a)' 'b'; --a: x }"]);
    assert_eq!(p.quotes.as_deref(), Some(&[("var(--a)".to_owned(), "b".to_owned())][..]));
}

#[test]
fn the_documentation_lists_what_pages_have() {
    let text = include_str!("../../docs/styling.md");
    let row = text.lines().find(|line| line.starts_with("| `@page` |")).expect("a row");
    for name in descriptor::PageDescriptor::names() {
        assert!(row.contains(&format!("`{name}`")), "{name} is not in {row}");
    }
    for place in MarginBox::ALL {
        let name = format!("`@{}`", place.name());
        assert!(text.contains(&name), "{name} is not listed");
    }
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
