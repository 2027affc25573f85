//! Descriptors: what is declared in `@page` rules alone.

use cssparser::Parser;

use super::length::{AbsoluteLength, Scale};
use super::value::{ParseErrorKind, Parsed, ident, is_keyword, keyword, parse_entirely};
use crate::units::{Pt, Size};

macro_rules! page_descriptors {
    ($(
        $descriptor:ident $name:literal, initially $initial:literal, since $since:literal:
        $kind:ty = $parser:path;
    )*) => {
        /// A property of pages alone (CSS Paged Media 3).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum PageDescriptor {
            $(#[doc = concat!("`", $name, "`, since ", $since, ".")] $descriptor,)*
        }

        /// A value of a property of pages alone.
        #[derive(Debug, Clone, PartialEq)]
        pub(super) enum PageValue {
            $(#[doc = concat!("A value of `", $name, "`.")] $descriptor($kind),)*
        }

        impl PageDescriptor {
            /// The descriptor of a name in lower case.
            pub(super) fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$descriptor),)*
                    _ => None,
                }
            }

            /// The names of all of them.
            pub(super) fn names() -> impl Iterator<Item = &'static str> {
                [$($name),*].into_iter()
            }

            /// Parses a value.
            pub(super) fn parse(self, value: &str) -> Parsed<PageValue> {
                match self {
                    $(Self::$descriptor => {
                        parse_entirely(value, |input| $parser(input)).map(PageValue::$descriptor)
                    })*
                }
            }

            /// Its initial value.
            pub(super) fn initial(self) -> PageValue {
                let text = match self { $(Self::$descriptor => $initial,)* };
                self.parse(text).expect("an initial value is a value")
            }
        }
    };
}

page_descriptors! {
    Size "size", initially "auto", since "0.1": PageSize = page_size;
    Bleed "bleed", initially "auto", since "0.1": Option<AbsoluteLength> = bleed;
    Marks "marks", initially "none", since "0.1": Marks = marks;
}

/// `size`.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PageSize {
    /// `auto`: that of `book.yaml`.
    Auto,
    /// Width and height, and whether the page lies on its longer side; none is as it was.
    Given { size: Option<[AbsoluteLength; 2]>, landscape: Option<bool> },
}

/// `marks`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Marks {
    pub(super) crop: bool,
    pub(super) cross: bool,
}

/// What `@page` alone says of its pages.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct PageGeometry {
    pub(super) size: Option<Size>,
    pub(super) landscape: Option<bool>,
    pub(super) bleed: Pt,
    pub(super) marks: Marks,
}

impl PageGeometry {
    /// Sets what a value says.
    pub(super) fn set(&mut self, value: &PageValue, scale: &Scale) {
        match value {
            PageValue::Size(PageSize::Auto) => (self.size, self.landscape) = (None, None),
            PageValue::Size(PageSize::Given { size, landscape }) => {
                let side = |length: &AbsoluteLength| {
                    length.at(scale).max(MIN_SIDE).min(MAX_SIDE)
                };
                if let Some([width, height]) = size {
                    self.size = Some(Size { width: side(width), height: side(height) });
                }
                self.landscape = landscape.or(self.landscape);
            }
            PageValue::Bleed(bleed) => {
                let bleed = bleed.as_ref().map(|bleed| bleed.at(scale));
                self.bleed = bleed.unwrap_or_default().max(Pt::ZERO);
            }
            PageValue::Marks(marks) => self.marks = *marks,
        }
    }

    /// The size of a page, given that of `book.yaml`.
    pub(super) fn page_size(&self, usual: Size) -> Size {
        let size = self.size.unwrap_or(usual);
        let is_landscape = size.width > size.height;
        let turned = self.landscape.is_some_and(|landscape| landscape != is_landscape);
        if turned { Size { width: size.height, height: size.width } } else { size }
    }
}

/// The sides of a page that can be printed.
const MIN_SIDE: Pt = Pt(72.0);
const MAX_SIDE: Pt = Pt(3000.0);

/// The sizes with a name (CSS Paged Media 3, section 5.1), in millimetres.
const SIZES: &[(&str, [f64; 2])] = &[
    ("a3", [297.0, 420.0]),
    ("a4", [210.0, 297.0]),
    ("a5", [148.0, 210.0]),
    ("a6", [105.0, 148.0]),
    ("b4", [250.0, 353.0]),
    ("b5", [176.0, 250.0]),
    ("jis-b4", [257.0, 364.0]),
    ("jis-b5", [182.0, 257.0]),
    ("letter", [215.9, 279.4]),
    ("legal", [215.9, 355.6]),
    ("ledger", [279.4, 431.8]),
];

fn page_size(input: &mut Parser) -> Parsed<PageSize> {
    if is_keyword(input, "auto") {
        return Ok(PageSize::Auto);
    }
    let (mut size, mut landscape) = (None, None);
    if input.is_exhausted() {
        return Err(ParseErrorKind::Invalid);
    }
    while !input.is_exhausted() {
        let orientations = &[("portrait", false), ("landscape", true)];
        if let Ok(lies) = input.try_parse(|input| keyword(input, orientations)) {
            landscape = Some(lies);
        } else if let Ok(named) = input.try_parse(|input| keyword(input, SIZES)) {
            size = Some(named.map(|side| AbsoluteLength::points(Pt::mm(side).0)));
        } else if size.is_some() {
            return Err(ParseErrorKind::Invalid);
        } else {
            let width = side(input)?;
            let height = input.try_parse(side).unwrap_or_else(|_| width.clone());
            size = Some([width, height]);
        }
    }
    Ok(PageSize::Given { size, landscape })
}

fn side(input: &mut Parser) -> Parsed<AbsoluteLength> {
    let length = AbsoluteLength::parse(input)?;
    let points = length.at(&Scale::REFERENCE);
    let printable = (MIN_SIDE..=MAX_SIDE).contains(&points);
    if printable { Ok(length) } else { Err(ParseErrorKind::Invalid) }
}

/// None is `auto`.
fn bleed(input: &mut Parser) -> Parsed<Option<AbsoluteLength>> {
    super::value::keyword_or(input, "auto", AbsoluteLength::parse)
}

fn marks(input: &mut Parser) -> Parsed<Marks> {
    if is_keyword(input, "none") {
        return Ok(Marks::default());
    }
    let mut marks = Marks::default();
    loop {
        match ident(input)?.as_str() {
            "crop" => marks.crop = true,
            "cross" => marks.cross = true,
            _ => return Err(ParseErrorKind::Invalid),
        }
        if input.is_exhausted() {
            return Ok(marks);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: Size = Size { width: Pt(400.0), height: Pt(600.0) };

    fn geometry(values: &[(&str, &str)]) -> PageGeometry {
        let mut geometry = PageGeometry::default();
        for (name, value) in values {
            let descriptor = PageDescriptor::named(name).expect("a descriptor");
            geometry.set(&descriptor.parse(value).expect(value), &Scale::REFERENCE);
        }
        geometry
    }

    #[test]
    fn pages_have_their_size() {
        let a5 = Size { width: Pt::mm(148.0), height: Pt::mm(210.0) };
        let turned = |size: Size| Size { width: size.height, height: size.width };
        let cases: &[(&[&str], Size)] = &[
            (&["auto"], USUAL),
            (&["a5"], a5),
            (&["landscape A5"], turned(a5)),
            (&["landscape"], turned(USUAL)),
            (&["a5", "landscape"], turned(a5)),
            (&["a5", "auto"], USUAL),
            (&["100pt 200pt"], Size { width: Pt(100.0), height: Pt(200.0) }),
            (&["100pt"], Size { width: Pt(100.0), height: Pt(100.0) }),
        ];
        for (values, expected) in cases {
            let values: Vec<_> = values.iter().map(|value| ("size", *value)).collect();
            assert_eq!(geometry(&values).page_size(USUAL), *expected, "{values:?}");
        }
        for value in ["", "a5 quux", "10pt", "9999pt 100pt", "50%", "100pt 200pt 300pt"] {
            let size = PageDescriptor::Size.parse(value);
            assert_eq!(size, Err(ParseErrorKind::Invalid), "{value}");
        }
    }

    #[test]
    fn marks_and_bleed_are_set_anew() {
        let both = Marks { crop: true, cross: true };
        assert_eq!(geometry(&[("marks", "crop cross")]).marks, both);
        let none = geometry(&[("marks", "crop"), ("marks", "none")]).marks;
        assert_eq!(none, Marks::default());
        assert_eq!(geometry(&[("bleed", "9pt")]).bleed, Pt(9.0));
        assert_eq!(geometry(&[("bleed", "9pt"), ("bleed", "auto")]).bleed, Pt::ZERO);
    }

    #[test]
    fn initial_values_are_none() {
        let initial: Vec<PageValue> = PageDescriptor::names()
            .filter_map(PageDescriptor::named)
            .map(|it| it.initial())
            .collect();
        let mut geometry =
            geometry(&[("size", "a5"), ("marks", "crop"), ("bleed", "1pt")]);
        initial.iter().for_each(|value| geometry.set(value, &Scale::REFERENCE));
        assert_eq!(geometry, PageGeometry::default());
    }
}
