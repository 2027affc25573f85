//! The fonts of an EPUB: those that the stylesheet names and the book has, each cut down to the
//! characters that are set in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{Book, Metadata};
use crate::config::BookConfig;
use crate::diag::{Code, Diagnostic};
use crate::epub::Font;
use crate::markup::{Builder, Child, Medium, Tree};
use crate::source::Span;
use crate::style::{
    self, BookDefaults, Content, ContentItem, EmbeddedFace, Sides, Style, Styles,
    Stylesheet, Stylist,
};
use crate::typefaces::{self, FontData};
use crate::typeset::text::fonts::{FontBook, OwnFace};
use crate::units::Pt;
use crate::world::World;

/// What lists and notes may show whatever the text says.
const ALWAYS: &str = "0123456789.,•◦▪ \u{a0}-–—'\"‘’“”…↩";

/// The fonts of a book's EPUB, and how its stylesheet calls them.
pub(super) fn embedded(
    book: &Book,
    config: &BookConfig,
    rules: &Stylesheet,
    world: &dyn World,
) -> (Vec<Font>, Vec<EmbeddedFace>) {
    let fonts = FontBook::open(world);
    rules.font_faces().iter().for_each(|face| fonts.declare(face));
    let mut used = Used::default();
    let builder = Builder::new(book, Medium::Ebook);
    let initial = BookDefaults {
        medium: Pt(12.0),
        page: config.pdf.trim,
        margin: Sides::default(),
    };
    let mut stylist = Stylist::new(rules, initial, &book.metadata.language);
    for kind in builder.kinds() {
        let tree = builder.document(kind).tree;
        let styles = stylist.styles(&tree, &fonts);
        used.look(&tree, &styles, &fonts);
    }
    used.cut(&fonts)
}

/// The fonts of the words on a cover that is made from them, and what is said of characters that
/// no font has.
pub(super) fn of_cover(
    book: &Book,
    rules: Option<&Stylesheet>,
    world: &dyn World,
) -> (Vec<FontData>, Vec<Diagnostic>) {
    if book.cover.is_some() {
        return (Vec::new(), Vec::new());
    }
    let Metadata { title, subtitle, authors, language, spans, .. } = &book.metadata;
    let subtitle = subtitle.iter().map(|it| ("subtitle", it, spans.subtitle));
    let authors = authors.iter().enumerate();
    let words: Vec<(&str, &String, Span)> =
        std::iter::once(("title", title, spans.title))
            .chain(subtitle)
            .chain(authors.map(|(index, author)| ("author", author, spans.author(index))))
            .filter(|(_, words, _)| !words.is_ascii())
            .collect();
    if words.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let fonts = FontBook::open(world);
    fonts.set_language(language);
    let faces = rules.into_iter().flat_map(Stylesheet::font_faces);
    faces.for_each(|face| fonts.declare(face));
    let face = fonts.serif();
    let (mut used, mut missing) = (BTreeSet::new(), BTreeMap::new());
    for (key, words, span) in words {
        for character in words.chars().filter(|c| !c.is_whitespace()) {
            match fonts.font_for(face, character) {
                Some(font) => _ = used.insert(font),
                None => _ = missing.entry(character).or_insert((key, span)),
            }
        }
    }
    let mut by_place: BTreeMap<(&str, Span), Vec<String>> = BTreeMap::new();
    for (character, place) in missing {
        let shown = format!("`{character}` (U+{:04X})", u32::from(character));
        by_place.entry(place).or_default().push(shown);
    }
    let said = by_place.into_iter().map(|((key, span), characters)| {
        let message = format!(
            "no font has {} of the book's {key}, for the cover",
            characters.join(", ")
        );
        Diagnostic::new(Code::MissingGlyph, message).at(span).hint(
            "put a font that has it into `fonts/` beside book.yaml, or name a `cover`",
        )
    });
    (used.into_iter().map(|id| fonts.get(id).data.clone()).collect(), said.collect())
}

/// Which characters are set in which face.
#[derive(Default)]
struct Used {
    characters: BTreeMap<OwnFace, BTreeSet<char>>,
    /// The face of each style that was met, most of which are the same again and again.
    faces: Vec<(style::Font, Option<OwnFace>)>,
}

impl Used {
    fn look(&mut self, tree: &Tree, styles: &Styles, fonts: &FontBook) {
        for id in tree.ids() {
            let style = styles.of(id);
            for child in &tree.get(id).children {
                if let Child::Text(text) = child {
                    self.set(&text.text, &style.style, fonts);
                    for first in [&style.first_letter, &style.first_line] {
                        first.iter().for_each(|own| self.set(&text.text, own, fonts));
                    }
                }
            }
            let hung = [&style.before, &style.after, &style.marker];
            for own in hung.into_iter().flatten() {
                let Content::Items(items) = &own.content else { continue };
                for item in items.iter() {
                    if let ContentItem::Text(text) = item {
                        self.set(text, own, fonts);
                    }
                }
            }
        }
    }

    fn set(&mut self, text: &str, style: &Style, fonts: &FontBook) {
        let known = self.faces.iter().find(|(font, _)| *font == style.font);
        let face = match known {
            Some((_, face)) => face.clone(),
            None => {
                let face = fonts.own_face(&style.font);
                self.faces.push((style.font.clone(), face.clone()));
                face
            }
        };
        let Some(face) = face else { return };
        let characters = self.characters.entry(face).or_default();
        for character in text.chars() {
            // Stylesheets and reading systems turn one case into the other.
            characters.extend(character.to_lowercase().chain(character.to_uppercase()));
            characters.insert(character);
        }
    }

    fn cut(self, fonts: &FontBook) -> (Vec<Font>, Vec<EmbeddedFace>) {
        let mut files = Vec::new();
        let mut faces = Vec::new();
        for (face, mut characters) in self.characters {
            characters.extend(ALWAYS.chars());
            let file = fonts.get(face.font);
            let data = file.data.as_ref().as_ref();
            let Some(data) = typefaces::subset(data, file.index, &characters) else {
                continue;
            };
            let kind = if data.starts_with(b"OTTO") { "otf" } else { "ttf" };
            let name = format!("fonts/font-{:02}.{kind}", files.len() + 1);
            faces.push(EmbeddedFace {
                family: face.family,
                weight: face.weight,
                italic: face.italic,
                stretch: face.stretch,
                address: name.clone(),
            });
            files.push(Font { name, data });
        }
        (files, faces)
    }
}
