//! The table, its parsers and its shorthands.

use super::*;
use crate::style::computed::{BookDefaults, Sides, Style};
use crate::style::length::Scale;
use crate::style::value::{ComputeContext, ParseErrorKind};
use crate::units::{Pt, Size};

fn initial_style() -> Style {
    let page = Size { width: Pt(400.0), height: Pt(600.0) };
    let start = BookDefaults { medium: Pt(10.0), page, margin: Sides::default() };
    initial(&start, false)
}

/// The style that declarations give an element whose parent has the initial one.
fn computed(declared: &[LonghandDeclaration]) -> Style {
    let initial = initial_style();
    let mut style = initial.clone();
    let context = ComputeContext {
        scale: Scale::REFERENCE,
        normal_line: Pt(12.0),
        current_color: initial.color,
        parent: &initial,
        initial: &initial,
    };
    for declared in declared {
        match declared {
            LonghandDeclaration::Value(value) => value.apply(&mut style, &context),
            LonghandDeclaration::Wide(longhand, _) => longhand.copy(&initial, &mut style),
        }
    }
    style
}

fn parse(name: &str, value: &str) -> Parsed<Vec<LonghandDeclaration>> {
    Property::named(name).expect("a property").parse(value)
}

fn shorthand_names() -> Vec<&'static str> {
    Shorthand::ALL.iter().map(|it| it.names()[0]).collect()
}

#[test]
fn initial_values_are_those_of_the_initial_style() {
    let initial = initial_style();
    for longhand in Longhand::ALL {
        let text = longhand.initial_text();
        let declared = parse(longhand.names()[0], text).expect(text);
        assert_eq!(
            declared,
            [LonghandDeclaration::Value(longhand.initial().clone())],
            "{text}"
        );
        assert_eq!(computed(&declared), initial, "{longhand:?}: {text}");
    }
}

#[test]
fn values_stand_in_the_order_of_the_table() {
    for (index, longhand) in Longhand::ALL.iter().enumerate() {
        assert_eq!(*longhand as usize, index);
        assert_eq!(longhand.initial().longhand(), *longhand);
    }
}

#[test]
fn every_property_takes_every_wide_keyword() {
    let keywords = [
        ("inherit", WideKeyword::Inherit),
        ("INITIAL", WideKeyword::Initial),
        ("unset", WideKeyword::Unset),
        ("revert", WideKeyword::Revert),
        (" revert-layer /* x */", WideKeyword::RevertLayer),
    ];
    let longhands = Longhand::ALL.iter().flat_map(|it| it.names().iter().copied());
    for name in longhands.chain(shorthand_names()) {
        let property = Property::named(name).expect("a property");
        for (text, keyword) in keywords {
            assert_eq!(parse(name, text), Ok(property.wide(keyword)), "{name}: {text}");
            let twice = format!("{text} {text}");
            assert!(parse(name, &twice).is_err() || name == "font-family", "{name}");
        }
    }
}

#[test]
fn every_alias_is_the_property_itself() {
    let cases = [
        ("font-width", "font-stretch"),
        ("word-wrap", "overflow-wrap"),
        ("page-break-before", "break-before"),
        ("margin-block-start", "margin-top"),
        ("margin-inline-end", "margin-right"),
        ("padding-inline-start", "padding-left"),
        ("border-block-end", "border-bottom"),
    ];
    for (alias, name) in cases {
        assert_eq!(Property::named(alias), Property::named(name), "{alias}");
    }
}

#[test]
fn a_shorthand_sets_all_its_longhands() {
    let cases = [
        ("font", "italic 12pt/1.5 serif"),
        ("font-variant", "small-caps tabular-nums"),
        ("background", "red"),
        ("text-decoration", "underline red"),
        ("margin", "1pt"),
        ("margin-block", "1pt 2pt"),
        ("margin-inline", "auto"),
        ("padding", "1pt 2pt 3pt"),
        ("padding-block", "1pt"),
        ("padding-inline", "1pt 2pt"),
        ("border", "1pt solid"),
        ("border-top", "solid"),
        ("border-right", "red"),
        ("border-bottom", "thin"),
        ("border-left", "1pt dashed red"),
        ("border-block", "1pt solid"),
        ("border-inline", "1pt solid"),
        ("border-width", "1pt 2pt"),
        ("border-style", "solid none"),
        ("border-color", "red green blue"),
        ("border-radius", "1pt"),
        ("columns", "2 auto"),
        ("column-rule", "1pt dotted"),
        ("list-style", "square inside"),
    ];
    let names: Vec<&str> = cases.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, shorthand_names(), "each shorthand has a case");
    for (name, value) in cases {
        let declared = parse(name, value).expect(name);
        let set: Vec<Longhand> =
            declared.iter().map(LonghandDeclaration::longhand).collect();
        let property = Property::named(name).expect("a property");
        assert_eq!(set, property.longhands(), "{name}: {value}");
    }
}

/// A name and a value.
type Pair = (&'static str, &'static str);

/// What a shorthand comes to is what these declarations of longhands do.
#[test]
fn shorthands_are_expanded() {
    let cases: &[(&str, &str, &[Pair])] = &[
        ("margin", "1pt 2pt", &[("margin-right", "2pt"), ("margin-bottom", "1pt")]),
        ("margin", "1pt 2pt 3pt", &[("margin-left", "2pt"), ("margin-bottom", "3pt")]),
        ("margin", "1pt 2pt 3pt 4pt", &[("margin-left", "4pt")]),
        ("margin-block", "1pt 2pt", &[("margin-top", "1pt"), ("margin-bottom", "2pt")]),
        ("margin-inline", "1pt 2pt", &[("margin-left", "1pt"), ("margin-right", "2pt")]),
        ("border", "solid", &[("border-left-width", "medium")]),
        (
            "border",
            "red 2pt",
            &[("border-top-width", "2pt"), ("border-top-style", "none")],
        ),
        ("border-block", "1pt solid", &[("border-bottom-style", "solid")]),
        ("border-radius", "1pt 2pt", &[("border-bottom-left-radius", "2pt")]),
        ("font", "12pt/15pt serif", &[("line-height", "15pt"), ("font-size", "12pt")]),
        ("font", "12pt serif", &[("line-height", "normal"), ("font-style", "normal")]),
        ("font", "bold condensed 1em a b, c", &[("font-family", "'a b', c")]),
        ("font", "small-caps 1em a", &[("font-variant-caps", "small-caps")]),
        ("font", "12pt serif", &[("font-feature-settings", "normal")]),
        (
            "font-variant",
            "lining-nums small-caps tabular-nums",
            &[("font-variant-numeric", "tabular-nums lining-nums")],
        ),
        ("font-variant", "none", &[("font-variant-ligatures", "none")]),
        ("columns", "auto 3", &[("column-count", "3")]),
        ("list-style", "none", &[("list-style-type", "none")]),
        ("list-style", "none square", &[("list-style-type", "square")]),
        ("list-style", "inside", &[("list-style-type", "disc")]),
        ("background", "none", &[("background-color", "transparent")]),
        ("text-decoration", "red overline", &[("text-decoration-line", "overline")]),
    ];
    for (name, value, expected) in cases {
        let expanded = computed(&parse(name, value).expect(name));
        for (longhand, value) in *expected {
            let mut with = expanded.clone();
            let Some(Property::Longhand(longhand)) = Property::named(longhand) else {
                panic!("{longhand}")
            };
            let alone = computed(&parse(longhand.names()[0], value).expect(value));
            longhand.copy(&alone, &mut with);
            with.text.decoration = expanded.text.decoration;
            assert_eq!(with, expanded, "{name} sets {longhand:?}");
        }
    }
}

#[test]
fn what_is_no_value_is_refused() {
    use ParseErrorKind::{Invalid, Unsupported};
    let cases = [
        ("color", "nonsense", Invalid),
        ("color", "red red", Invalid),
        ("color", "inherit red", Invalid),
        ("color", "lab(50 0 0)", Unsupported),
        ("margin", "1pt 2pt 3pt 4pt 5pt", Invalid),
        ("margin-block", "1pt 2pt 3pt", Invalid),
        ("margin-top", "1", Invalid),
        ("padding-top", "-1pt", Invalid),
        ("padding-top", "auto", Invalid),
        ("width", "calc(1px + 2)", Invalid),
        ("width", "calc(1px / 0)", Invalid),
        ("width", "min(100%, 40em)", Unsupported),
        ("width", "max-content", Unsupported),
        ("display", "grid", Unsupported),
        ("border-spacing", "10%", Invalid),
        ("border", "", Invalid),
        ("font", "12pt", Invalid),
        ("font", "bold serif", Invalid),
        ("font-weight", "0", Invalid),
        ("font-variant-numeric", "small-caps", Invalid),
        ("text-decoration", "underline wavy", Unsupported),
        ("text-decoration-line", "wavy", Invalid),
        ("background", "url(a.png)", Unsupported),
        ("columns", "2 3", Invalid),
        ("content", "url(a.png)", Unsupported),
        ("quotes", "'a'", Invalid),
        ("orphans", "0", Invalid),
        ("initial-letter", "0.5", Invalid),
    ];
    for (name, value, expected) in cases {
        assert_eq!(parse(name, value), Err(expected), "{name}: {value}");
    }
}

#[test]
fn strings_are_not_searched() {
    let text = |value: &str| match parse("content", value).as_deref() {
        Ok([LonghandDeclaration::Value(Value::Content(content))]) => {
            format!("{content:?}")
        }
        other => panic!("{other:?}"),
    };
    assert!(text("\"see url(x)\"").contains("see url(x)"));
    assert!(text("'var(--a)'").contains("var(--a)"));
    assert!(text("'leader(.) !important'").contains("!important"));
}
