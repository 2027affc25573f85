//! The fonts of a book: those in the binary, those in `fonts/`, those of the machine.

use std::collections::BTreeMap;
use std::sync::Arc;

use harfrust::Font;
use harfrust::font::name::NameId;

use crate::typefaces;
use crate::world::World;

/// Names a font of a [`FontBook`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(u16);

impl FontId {
    /// Its place among all fonts.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The bytes of a font file, shared by all that read them.
pub type FontData = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// One font.
#[derive(Clone)]
pub struct FontFile {
    /// The file's content.
    pub data: FontData,
    /// Which font of a collection.
    pub index: u32,
    /// The file's name, for messages.
    pub name: String,
    /// What shapes with it.
    pub font: Font,
}

impl std::fmt::Debug for FontFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FontFile({})", self.name)
    }
}

/// A kind of letter that the design asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Face {
    /// Serif or mono.
    pub family: Family,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is italic.
    pub italic: bool,
}

/// The families that the design asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// For text.
    Serif,
    /// For code.
    Mono,
}

/// All fonts, and which of them has which character.
pub struct FontBook<'w> {
    world: &'w dyn World,
    files: Vec<FontFile>,
    faces: BTreeMap<Face, FontId>,
    /// Tried in this order for a character that a face lacks.
    fallbacks: Vec<FontId>,
    /// Font files of the machine that were not opened yet, the likelier ones last.
    unopened: Vec<String>,
    /// What was found for characters that a face lacks.
    found: BTreeMap<char, Option<FontId>>,
}

impl<'w> FontBook<'w> {
    /// Opens the fonts in the binary and those in the book's `fonts` folder.
    pub fn open(world: &'w dyn World) -> Self {
        let mut book = Self {
            world,
            files: Vec::new(),
            faces: BTreeMap::new(),
            fallbacks: Vec::new(),
            unopened: unopened(world),
            found: BTreeMap::new(),
        };
        book.open_bundled();
        for path in world.files("fonts").unwrap_or_default() {
            if is_font(&path) {
                book.open_file(&path);
            }
        }
        book
    }

    fn open_bundled(&mut self) {
        for (index, data) in typefaces::bundled().enumerate() {
            let Some(font) = Font::new(data, 0) else { continue };
            let name = font_name(&font).unwrap_or_else(|| format!("bundled {index}"));
            let id = self.add(FontFile {
                data: Arc::new(data),
                index: 0,
                name: name.clone(),
                font,
            });
            let family = match () {
                () if name.starts_with("Libertinus Serif") => Family::Serif,
                () if name.starts_with("DejaVu Sans Mono") => Family::Mono,
                () => {
                    if name.contains("Regular") || name.contains("Math") {
                        self.fallbacks.push(id);
                    }
                    continue;
                }
            };
            let italic = name.contains("Italic") || name.contains("Oblique");
            let face = Face { family, bold: name.contains("Bold"), italic };
            if !name.contains("Semibold") {
                self.faces.insert(face, id);
            }
        }
        let plain = |family| Face { family, bold: false, italic: false };
        let first =
            [Family::Serif, Family::Mono].map(|family| self.faces[&plain(family)]);
        self.fallbacks.splice(0..0, first);
    }

    fn add(&mut self, file: FontFile) -> FontId {
        let id = FontId(u16::try_from(self.files.len()).unwrap_or(u16::MAX));
        self.files.push(file);
        id
    }

    /// Opens every font of a file as a fallback.
    fn open_file(&mut self, path: &str) {
        let Ok(bytes) = self.world.read(path) else { return };
        let data: FontData = Arc::new(bytes);
        for index in 0.. {
            let Some(font) = Font::new(data.clone(), index) else { break };
            let name = path.rsplit('/').next().unwrap_or(path).to_owned();
            let id = self.add(FontFile { data: data.clone(), index, name, font });
            self.fallbacks.push(id);
        }
    }

    /// The font that `id` names.
    pub fn get(&self, id: FontId) -> &FontFile {
        &self.files[id.index()]
    }

    /// The font of a face.
    pub fn face(&self, face: Face) -> FontId {
        self.faces[&face]
    }

    /// The font to set a character in, where `face` is asked for: that one if it has the
    /// character, else the first that does, else none.
    pub fn font_for(&mut self, face: Face, character: char) -> Option<FontId> {
        let id = self.face(face);
        if self.has(id, character) {
            return Some(id);
        }
        if let Some(found) = self.found.get(&character) {
            return *found;
        }
        let found = self.search(character);
        self.found.insert(character, found);
        found
    }

    fn search(&mut self, character: char) -> Option<FontId> {
        let mut tried = 0;
        loop {
            let untried = self.fallbacks.get(tried..).unwrap_or_default();
            if let Some(&id) = untried.iter().find(|&&id| self.has(id, character)) {
                return Some(id);
            }
            tried = self.fallbacks.len();
            let path = self.unopened.pop()?;
            self.open_file(&path);
        }
    }

    fn has(&self, id: FontId, character: char) -> bool {
        self.get(id)
            .font
            .charmap()
            .map_unicode(character)
            .is_some_and(|glyph| glyph.to_u32() != 0)
    }

    /// All fonts, by [`FontId`].
    pub fn into_files(self) -> Vec<FontFile> {
        self.files
    }
}

/// The machine's upright fonts of text weight, those that cover much of a script last: they are
/// opened from the end, and only once a character is missing everywhere else.
fn unopened(world: &dyn World) -> Vec<String> {
    let mut paths = world.system_fonts();
    paths.retain(|path| {
        let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
        is_font(path)
            && !["bold", "italic", "oblique", "light", "thin", "black", "condensed"]
                .iter()
                .any(|style| name.contains(style))
    });
    paths.sort_by_key(|path| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let likely = ["NotoSerif", "NotoSans", "Noto"]
            .iter()
            .position(|prefix| name.starts_with(prefix))
            .map_or(0, |rank| 3 - rank);
        (likely, std::cmp::Reverse(path.clone()))
    });
    paths
}

fn is_font(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [".ttf", ".otf", ".ttc", ".otc"].iter().any(|end| path.ends_with(end))
}

fn font_name(font: &Font) -> Option<String> {
    let name = font.names().get(NameId::FULL_NAME)?.english_or_first()?;
    Some(name.name().chars().collect())
}
