//! Descriptors: what is declared in `@page` and `@font-face` rules alone.

use cssparser::Parser;

use super::declaration::WrittenDeclaration;
use super::length::{AbsoluteLength, Scale};
use super::property;
use super::sheet::FontFace;
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

/// Descriptors of `@font-face` that say nothing to the PDF.
const OTHERS_OF_FACES: &[&str] = &[
    "ascent-override",
    "descent-override",
    "font-display",
    "font-feature-settings",
    "font-language-override",
    "font-variation-settings",
    "line-gap-override",
    "size-adjust",
    "unicode-range",
];

/// A font as `@font-face` declares it, descriptor by descriptor (CSS Fonts 4, section 4).
#[derive(Debug, Default)]
pub(super) struct FontFaceParser {
    family: Option<String>,
    source: Option<(String, crate::source::Span)>,
    weight: Option<u16>,
    italic: Option<bool>,
    stretch: Option<u16>,
}

impl FontFaceParser {
    /// Reads a descriptor, if it is one; what is wrong with it, if anything is.
    pub(super) fn read(&mut self, descriptor: &WrittenDeclaration) -> Option<Parsed<()>> {
        let value = descriptor.value;
        let read = match descriptor.name.as_str() {
            "font-family" => parse_entirely(value, property::family_name)
                .map(|family| self.family = Some(family)),
            "font-weight" => parse_entirely(value, |input| range(input, weight))
                .map(|weight| self.weight = Some(weight)),
            "font-style" => parse_entirely(value, property::font_style)
                .map(|italic| self.italic = Some(italic)),
            "font-stretch" | "font-width" => {
                parse_entirely(value, |input| range(input, property::font_stretch))
                    .map(|stretch| self.stretch = Some(stretch))
            }
            "src" => {
                self.source = first_file(value).map(|path| (path, descriptor.span));
                Ok(())
            }
            name if OTHERS_OF_FACES.contains(&name) => Ok(()),
            _ => return None,
        };
        Some(read)
    }

    /// The font, if it has a name and a file.
    pub(super) fn finish(self) -> Option<FontFace> {
        let Self { family, source, weight, italic, stretch } = self;
        let (path, span) = source?;
        Some(FontFace {
            family: family?,
            weight: weight.unwrap_or(400),
            italic: italic.unwrap_or_default(),
            stretch: stretch.unwrap_or(100),
            path,
            span,
        })
    }
}

/// A value, or the first of the two that a range goes from and to.
fn range<T>(input: &mut Parser, parse: fn(&mut Parser) -> Parsed<T>) -> Parsed<T> {
    let from = parse(input)?;
    if !input.is_exhausted() {
        parse(input)?;
    }
    Ok(from)
}

fn weight(input: &mut Parser) -> Parsed<u16> {
    const KEYWORDS: &[(&str, u16)] = &[("normal", 400), ("bold", 700)];
    let keyword = input.try_parse(|input| keyword(input, KEYWORDS));
    keyword.or_else(|_| property::font_weight_number(input))
}

/// The first file that can be read, by its ending; else the first of all, which is then reported.
fn first_file(value: &str) -> Option<String> {
    let mut input = Parser::new(value);
    let mut first = None;
    while !input.is_exhausted() {
        if let Ok(url) = input.try_parse(Parser::expect_url) {
            let name = url.to_ascii_lowercase();
            let readable = [".ttf", ".otf", ".ttc", ".otc"];
            if readable.iter().any(|end| name.ends_with(end)) {
                return Some(url.to_string());
            }
            first.get_or_insert_with(|| url.to_string());
        } else if input.next().is_err() {
            break;
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

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

    fn face(descriptors: &[(&str, &str)]) -> (Option<FontFace>, usize) {
        let span = Span::new(FileId::default(), 0..0);
        let mut reader = FontFaceParser::default();
        let mut wrong = 0;
        for (name, value) in descriptors {
            let name = (*name).to_owned();
            let descriptor = WrittenDeclaration { name, value, important: false, span };
            wrong += usize::from(reader.read(&descriptor) != Some(Ok(())));
        }
        (reader.finish(), wrong)
    }

    #[test]
    fn a_face_is_what_its_descriptors_say() {
        let (made, wrong) = face(&[
            ("font-family", "Old  Harbour"),
            ("src", "local(x), url('a.woff2') format('woff2'), url(b.ttf)"),
            ("font-weight", "300 700"),
            ("font-style", "oblique 5deg 10deg"),
            ("font-stretch", "condensed"),
            ("unicode-range", "U+0-7F"),
        ]);
        let made = made.expect("a face");
        assert_eq!((made.family.as_str(), made.path.as_str()), ("Old Harbour", "b.ttf"));
        assert_eq!((made.weight, made.italic, made.stretch), (300, true, 75));
        assert_eq!(wrong, 0);
        let (made, wrong) = face(&[
            ("font-family", "'A'"),
            ("src", "url(a.otf)"),
            ("font-weight", "bolder"),
        ]);
        assert_eq!((made.expect("a face").weight, wrong), (400, 1));
        assert_eq!(face(&[("font-family", "A")]).0, None, "without a file there is none");
        assert_eq!(face(&[("color", "red")]).1, 1, "a property is no descriptor");
    }
}
