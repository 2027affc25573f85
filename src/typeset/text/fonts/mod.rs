//! The fonts of a book: those in the binary, those in `fonts/`, those of the machine.

mod family;
mod file;
mod store;
mod system;

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::language::Language;
use crate::style::{Family, Font as FontStyle, FontFace, FontMetrics, Metrics};
use crate::world::World;
use store::FontStore;

pub use file::FontFile;

/// Names a font of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(u16);

/// Names the letters that a style asks for: families in their order, weight, slope, width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FaceId(u16);

/// All fonts, and which of them has which character.
///
/// A clone is another hand on the same fonts: threads that set text share them. Which font is
/// found never depends on what was looked for before.
#[derive(Clone)]
pub(crate) struct FontBook<'w>(Arc<RwLock<FontStore<'w>>>);

/// A font of the book's own, as a stylesheet calls it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OwnFace {
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
    pub(crate) fn open(world: &'w dyn World) -> Self {
        Self(Arc::new(RwLock::new(FontStore::open(world))))
    }

    fn read(&self) -> RwLockReadGuard<'_, FontStore<'w>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, FontStore<'w>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Prefers the forms of ideographs that a language has.
    pub(crate) fn set_language(&self, language: &Language) {
        self.write().set_language(language);
    }

    /// Takes a file in under a name of the stylesheet's own, as `@font-face` says.
    pub(crate) fn declare(&self, face: &FontFace) {
        self.write().declare(face);
    }

    /// The font of the book's own, not of the machine's, that a style is set in by name.
    pub(crate) fn own_face(&self, style: &FontStyle) -> Option<OwnFace> {
        self.read().own_face(style)
    }

    /// The upright font of text weight of a family in the binary.
    pub(crate) fn bundled(&self, family: &str) -> Option<FontId> {
        self.read().bundled(family)
    }

    /// The font that `id` names.
    pub(crate) fn get(&self, id: FontId) -> Arc<FontFile> {
        self.read().get(id).clone()
    }

    /// The face that a style asks for.
    pub(crate) fn face(&self, style: &FontStyle) -> FaceId {
        let known = self.read().known_face(style);
        known.unwrap_or_else(|| self.write().face(style))
    }

    /// The first font of a face.
    pub(crate) fn first(&self, face: FaceId) -> FontId {
        self.read().first(face)
    }

    /// The font to set a character in: the first of the face that has it, else the first of all,
    /// else none.
    pub(crate) fn font_for(&self, face: FaceId, character: char) -> Option<FontId> {
        let known = self.read().known_font(face, character);
        known.unwrap_or_else(|| self.write().font_for(face, character))
    }

    /// How wide the space of a face is, in em.
    pub(crate) fn space(&self, face: FaceId) -> f64 {
        self.get(self.of_space(face)).advance(' ').unwrap_or(0.25)
    }

    /// The font of the spaces of a face: the first that has one.
    pub(crate) fn of_space(&self, face: FaceId) -> FontId {
        self.read().of_space(face)
    }

    /// Whether a font has a space.
    pub(crate) fn has_space(&self, id: FontId) -> bool {
        self.read().get(id).space.is_some()
    }

    /// The serif of text weight.
    pub(crate) fn serif(&self) -> FaceId {
        self.plain(Family::Serif)
    }

    /// The mono of text weight, for what this tool itself has to say.
    pub(crate) fn mono(&self) -> FaceId {
        self.plain(Family::Mono)
    }

    fn plain(&self, family: Family) -> FaceId {
        self.face(&FontStyle {
            families: [family].into(),
            size: crate::units::Pt(1.0),
            weight: 400,
            italic: false,
            stretch: 100,
            features: [].into(),
            caps: crate::style::Caps::Normal,
        })
    }

    /// The fonts that were searched for characters.
    pub(crate) fn tried(&self) -> String {
        self.read().tried()
    }

    /// The files in `fonts/` in which there is no font.
    pub(crate) fn unreadable(&self) -> Vec<String> {
        self.read().unreadable().to_vec()
    }

    /// All fonts by now, by [`FontId`].
    pub(crate) fn files(&self) -> Vec<Arc<FontFile>> {
        self.read().files()
    }
}

impl Metrics for FontBook<'_> {
    fn of(&self, font: &FontStyle) -> FontMetrics {
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
