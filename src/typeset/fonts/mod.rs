//! The fonts of a book: those in the binary, those in `fonts/`, those of the machine.

mod family;
mod file;
mod machine;

use std::collections::BTreeMap;

use crate::language::Language;
use crate::style::{Family, Font as FontStyle, FontFace, FontMetrics, Metrics};
use crate::typefaces;
use crate::world::World;
use family::{Families, Wanted};
use machine::Machine;

pub use file::{FontData, FontFile};

/// Names a font of a [`FontBook`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(u16);

/// Names the letters that a style asks for: families in their order, weight, slope, width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(u16);

/// All fonts, and which of them has which character.
pub struct FontBook<'w> {
    world: &'w dyn World,
    files: Vec<FontFile>,
    families: Families,
    faces: Vec<Face>,
    /// Tried in this order for a character that a face's own families lack.
    fallbacks: Vec<FontId>,
    machine: Machine,
    /// What was found among them.
    found: BTreeMap<char, Option<FontId>>,
    /// How the families of a collection end that draw ideographs as the book's language wants.
    region: Option<&'static str>,
}

/// What a style asks for, and the font of each of its families that is at hand.
struct Face {
    families: Vec<Family>,
    wanted: Wanted,
    fonts: Vec<FontId>,
}

/// A font of the book's own, as a stylesheet calls it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwnFace {
    /// Its family.
    pub family: String,
    /// From 1 to 1000.
    pub weight: u16,
    /// Whether it is italic.
    pub italic: bool,
    /// In per cent.
    pub stretch: u16,
    /// The font.
    pub font: FontId,
}

impl<'w> FontBook<'w> {
    /// Opens the fonts in the binary and those in the book's `fonts` folder.
    pub fn open(world: &'w dyn World) -> Self {
        let mut book = Self {
            world,
            files: Vec::new(),
            families: Families::default(),
            faces: Vec::new(),
            fallbacks: Vec::new(),
            machine: Machine::new(world),
            found: BTreeMap::new(),
            region: None,
        };
        book.open_bundled();
        for path in world.files("fonts").unwrap_or_default() {
            if file::is_font(&path) {
                let opened = book.open_file(&path);
                book.fallbacks.extend(opened);
            }
        }
        book
    }

    /// Prefers the forms of ideographs that a language has.
    pub fn set_language(&mut self, language: &Language) {
        let tag = language.tag().to_lowercase();
        let begins = |prefixes: &[&str]| prefixes.iter().any(|it| tag.starts_with(it));
        self.region = [
            (&["ja"][..], " JP"),
            (&["ko"], " KR"),
            (&["zh-hk", "zh-mo", "yue"], " HK"),
            (&["zh-hant", "zh-tw"], " TC"),
            (&["zh"], " SC"),
        ]
        .into_iter()
        .find_map(|(prefixes, region)| begins(prefixes).then_some(region));
    }

    /// The font of the same collection that draws ideographs as the book's language wants.
    fn of_region(&self, found: FontId, character: char) -> FontId {
        let Some(region) = self.region else { return found };
        let name = &self.get(found).name;
        let wanted = |id: &&FontId| {
            let font = self.get(**id);
            font.name == *name
                && font.has(character)
                && font.families().any(|family| family.ends_with(region))
        };
        self.fallbacks.iter().find(wanted).copied().unwrap_or(found)
    }

    fn open_bundled(&mut self) {
        for data in typefaces::bundled() {
            if let Some(file) = FontFile::bundled(data) {
                let fallback =
                    file.name.contains("Regular") || file.name.contains("Math");
                let id = self.add(file);
                if fallback {
                    self.fallbacks.push(id);
                }
            }
        }
        // What the text is set in comes first where another face lacks a character.
        let plain = Wanted { weight: 400, italic: false, stretch: 100 };
        let first = [typefaces::SERIF, typefaces::MONO];
        let first: Vec<FontId> =
            first.iter().filter_map(|name| self.families.best(name, plain)).collect();
        self.fallbacks.retain(|id| !first.contains(id));
        self.fallbacks.splice(0..0, first);
    }

    fn add(&mut self, file: FontFile) -> FontId {
        let id = FontId(u16::try_from(self.files.len()).unwrap_or(u16::MAX));
        self.families.add(&file, id);
        self.files.push(file);
        id
    }

    /// Opens every font of a file.
    fn open_file(&mut self, path: &str) -> Vec<FontId> {
        let Ok(bytes) = self.world.read(path) else { return Vec::new() };
        FontFile::all(bytes, path).into_iter().map(|file| self.add(file)).collect()
    }

    /// Takes a file in under a name of the stylesheet's own, as `@font-face` says.
    pub fn declare(&mut self, face: &FontFace) {
        let FontFace { weight, italic, stretch, path, .. } = face;
        let wanted = Wanted { weight: *weight, italic: *italic, stretch: *stretch };
        let Ok(bytes) = self.world.read(path) else { return };
        if let Some(file) = FontFile::all(bytes, path).into_iter().next() {
            let id = FontId(u16::try_from(self.files.len()).unwrap_or(u16::MAX));
            self.families.declare(&face.family, wanted, id);
            self.files.push(file);
        }
    }

    /// The font of the book's own, not of the machine's, that a style is set in by name.
    pub fn own_face(&self, style: &FontStyle) -> Option<OwnFace> {
        let wanted =
            Wanted { weight: style.weight, italic: style.italic, stretch: style.stretch };
        style.families.iter().find_map(|family| {
            let Family::Named(name) = family else { return None };
            let (design, font) = self.families.best_member(name, wanted)?;
            let Wanted { weight, italic, stretch } = design;
            Some(OwnFace { family: name.to_string(), weight, italic, stretch, font })
        })
    }

    /// The upright font of text weight of a family in the binary.
    pub fn bundled(&self, family: &str) -> Option<FontId> {
        self.families.best(family, Wanted { weight: 400, italic: false, stretch: 100 })
    }

    /// The font that `id` names.
    pub fn get(&self, id: FontId) -> &FontFile {
        &self.files[id.index()]
    }

    /// The face that a style asks for.
    pub fn face(&mut self, style: &FontStyle) -> FaceId {
        let wanted =
            Wanted { weight: style.weight, italic: style.italic, stretch: style.stretch };
        let known = self
            .faces
            .iter()
            .position(|face| face.wanted == wanted && *face.families == *style.families);
        let at = known.unwrap_or_else(|| {
            let fonts = self.fonts_of(&style.families, wanted);
            let families = style.families.to_vec();
            self.faces.push(Face { families, wanted, fonts });
            self.faces.len() - 1
        });
        FaceId(u16::try_from(at).unwrap_or(u16::MAX))
    }

    /// The best font of each family that is at hand; the machine is asked only as long as there is
    /// none. The serif always is.
    fn fonts_of(&mut self, families: &[Family], wanted: Wanted) -> Vec<FontId> {
        let mut fonts = Vec::new();
        for family in families.iter().chain([&Family::Serif]) {
            let name = match family {
                Family::Named(name) => name,
                Family::Serif => typefaces::SERIF,
                Family::Sans => typefaces::SANS,
                Family::Mono => typefaces::MONO,
            };
            if fonts.is_empty() && !self.families.has(name) {
                for path in self.machine.files_of(name) {
                    self.open_file(&path);
                }
            }
            let best = self.families.best(name, wanted);
            fonts.extend(best.filter(|id| !fonts.contains(id)));
        }
        fonts
    }

    /// The first font of a face.
    pub fn first(&self, face: FaceId) -> FontId {
        self.faces[usize::from(face.0)].fonts[0]
    }

    /// The font to set a character in: the first of the face that has it, else the first of all,
    /// else none.
    pub fn font_for(&mut self, face: FaceId, character: char) -> Option<FontId> {
        let fonts = &self.faces[usize::from(face.0)].fonts;
        if let Some(&id) = fonts.iter().find(|&&id| self.files[id.index()].has(character))
        {
            return Some(id);
        }
        if let Some(found) = self.found.get(&character) {
            return *found;
        }
        let found = self.search(character).map(|id| self.of_region(id, character));
        self.found.insert(character, found);
        found
    }

    fn search(&mut self, character: char) -> Option<FontId> {
        if !joins(character) {
            return self.first_with(character, |_| true);
        }
        // Letters that join want their own widths.
        let own_widths = |font: &FontFile| !font.name.contains("Mono");
        let found = self.first_with(character, own_widths);
        found.or_else(|| self.first_with(character, |_| true))
    }

    /// The first of the fallbacks that has a character, those of the machine last.
    fn first_with(
        &mut self,
        character: char,
        may: impl Fn(&FontFile) -> bool,
    ) -> Option<FontId> {
        let mut tried = 0;
        loop {
            let untried = self.fallbacks.get(tried..).unwrap_or_default();
            let has = |id: &&FontId| {
                let font = self.get(**id);
                may(font) && font.has(character)
            };
            if let Some(&id) = untried.iter().find(has) {
                return Some(id);
            }
            tried = self.fallbacks.len();
            let path = self.machine.next_fallback()?;
            let opened = self.open_file(&path);
            self.fallbacks.extend(opened);
        }
    }

    /// How wide the space of a face is, in em.
    pub fn space(&self, face: FaceId) -> f64 {
        self.get(self.first(face)).advance(' ').unwrap_or(0.25)
    }

    /// The mono of text weight, for what this tool itself has to say.
    pub fn mono(&mut self) -> FaceId {
        self.face(&FontStyle {
            families: [Family::Mono].into(),
            size: crate::units::Pt(1.0),
            weight: 400,
            italic: false,
            stretch: 100,
            features: [].into(),
            caps: crate::style::Caps::Normal,
        })
    }

    /// All fonts, by [`FontId`].
    pub fn into_files(self) -> Vec<FontFile> {
        self.files
    }
}

/// Whether a letter joins its neighbours: those of Arabic and Syriac.
fn joins(character: char) -> bool {
    matches!(
        u32::from(character),
        0x600..=0x74f | 0x750..=0x77f | 0x8a0..=0x8ff | 0xfb50..=0xfdff | 0xfe70..=0xfeff
    )
}

impl Metrics for FontBook<'_> {
    fn of(&mut self, font: &FontStyle) -> FontMetrics {
        let face = self.face(font);
        self.get(self.first(face)).metrics()
    }
}

impl FontId {
    /// Its place among all fonts.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}
