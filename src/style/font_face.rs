//! `@font-face` rules: fonts of the book's own (CSS Fonts 4, section 4).

use cssparser::Parser;

use super::declaration::WrittenDeclaration;
use super::property;
use super::value::{Parsed, keyword, parse_entirely};
use crate::source::Span;

/// A font that an `@font-face` rule declares (CSS Fonts 4, section 4).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FontFace {
    /// The name by which the stylesheet calls it.
    pub family: String,
    /// From 1 to 1000.
    pub weight: u16,
    /// Whether it is italic.
    pub italic: bool,
    /// In per cent.
    pub stretch: u16,
    /// The file.
    pub path: String,
    /// The place that names it.
    pub span: Span,
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
    source: Option<(String, Span)>,
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
    use crate::source::FileId;

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
