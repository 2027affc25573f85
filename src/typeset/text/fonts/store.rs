//! The shelf: fonts as they are found, and what was found.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::family::{Families, Wanted};
use super::file::{self, FontFile};
use super::system::SystemFonts;
use super::{FaceId, FontId, OwnFace};
use crate::language::Language;
use crate::style::{Family, Font as FontStyle, FontFace};
use crate::typefaces;
use crate::world::World;

/// All fonts that were opened, and which of them has which character.
pub(super) struct FontStore<'w> {
    world: &'w dyn World,
    files: Vec<Arc<FontFile>>,
    /// The families of the binary, of `fonts/` and of the stylesheet.
    families: Families,
    faces: Vec<Face>,
    /// Tried in this order for a character that a face's own families lack.
    fallbacks: Vec<FontId>,
    /// How many of the machine's are among them.
    tried: usize,
    system: SystemFonts,
    /// The fonts in the machine's files that were opened, by path.
    opened: BTreeMap<String, Vec<FontId>>,
    /// Fonts with axes as styles want them.
    instances: BTreeMap<(FontId, Wanted), FontId>,
    /// The machine's families that were asked for.
    asked: BTreeMap<String, Families>,
    /// What was found among the fallbacks, for the weight and slope that was asked for.
    found: BTreeMap<(char, Wanted), Option<FontId>>,
    /// The book's own files in which there is no font.
    unreadable: Vec<String>,
    /// How the families of a collection end that draw ideographs as the book's language wants.
    region: Option<&'static str>,
}

/// What a style asks for, and the font of each of its families that is at hand.
struct Face {
    families: Vec<Family>,
    wanted: Wanted,
    fonts: Vec<FontId>,
}

/// Upright, of text weight.
const PLAIN: Wanted = Wanted { weight: 400, italic: false, stretch: 100 };

/// From this weight on letters are bold.
const BOLD: u16 = 600;

impl<'w> FontStore<'w> {
    /// Opens the fonts in the binary and those in the book's `fonts` folder.
    pub(super) fn open(world: &'w dyn World) -> Self {
        let mut store = Self {
            world,
            files: Vec::new(),
            families: Families::default(),
            faces: Vec::new(),
            fallbacks: Vec::new(),
            tried: 0,
            system: SystemFonts::new(world),
            opened: BTreeMap::new(),
            instances: BTreeMap::new(),
            asked: BTreeMap::new(),
            found: BTreeMap::new(),
            unreadable: Vec::new(),
            region: None,
        };
        store.open_bundled();
        for path in world.files("fonts").unwrap_or_default() {
            if file::is_font(&path) {
                store.open_own(&path);
            }
        }
        store
    }

    fn open_bundled(&mut self) {
        for data in typefaces::bundled() {
            if let Some(file) = FontFile::bundled(data) {
                let fallback =
                    file.name.contains("Regular") || file.name.contains("Math");
                let id = self.add(file);
                self.families.add(&self.files[id.index()], id);
                if fallback {
                    self.fallbacks.push(id);
                }
            }
        }
        // What the text is set in comes first where another face lacks a character.
        let first = [typefaces::SERIF, typefaces::MONO];
        let first: Vec<FontId> =
            first.iter().filter_map(|name| self.families.best(name, PLAIN)).collect();
        self.fallbacks.retain(|id| !first.contains(id));
        self.fallbacks.splice(0..0, first);
    }

    /// Opens a file of the book's own.
    fn open_own(&mut self, path: &str) {
        let opened = self.open_file(path);
        if opened.is_empty() {
            self.unreadable.push(path.to_owned());
        }
        for id in opened {
            self.families.add(&self.files[id.index()], id);
            self.fallbacks.push(id);
        }
    }

    /// Opens every font of a file.
    fn open_file(&mut self, path: &str) -> Vec<FontId> {
        let Ok(bytes) = self.world.read(path) else { return Vec::new() };
        FontFile::all(bytes, path).into_iter().map(|file| self.add(file)).collect()
    }

    /// Opens a file of the machine, once.
    fn open_of_machine(&mut self, path: &str) -> Vec<FontId> {
        if let Some(known) = self.opened.get(path) {
            return known.clone();
        }
        let opened = self.open_file(path);
        self.opened.insert(path.to_owned(), opened.clone());
        opened
    }

    fn add(&mut self, file: FontFile) -> FontId {
        let id = FontId(u16::try_from(self.files.len()).unwrap_or(u16::MAX));
        self.files.push(Arc::new(file));
        id
    }

    pub(super) fn set_language(&mut self, language: &Language) {
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

    pub(super) fn declare(&mut self, face: &FontFace) {
        let FontFace { weight, italic, stretch, path, .. } = face;
        let wanted = Wanted { weight: *weight, italic: *italic, stretch: *stretch };
        let Ok(bytes) = self.world.read(path) else { return };
        if let Some(file) = FontFile::all(bytes, path).into_iter().next() {
            let id = self.add(file);
            self.families.declare(&face.family, wanted, id);
        }
    }

    pub(super) fn own_face(&self, style: &FontStyle) -> Option<OwnFace> {
        style.families.iter().find_map(|family| {
            let Family::Named(name) = family else { return None };
            let (design, font) = self.families.best_member(name, wanted(style))?;
            let Wanted { weight, italic, stretch } = design;
            Some(OwnFace { family: name.to_string(), weight, italic, stretch, font })
        })
    }

    /// The book's own files in which there is no font.
    pub(super) fn unreadable(&self) -> &[String] {
        &self.unreadable
    }

    pub(super) fn bundled(&self, family: &str) -> Option<FontId> {
        self.families.best(family, PLAIN)
    }

    pub(super) fn get(&self, id: FontId) -> &Arc<FontFile> {
        &self.files[id.index()]
    }

    pub(super) fn files(&self) -> Vec<Arc<FontFile>> {
        self.files.clone()
    }

    /// The fonts that were searched for characters: by family, those of the machine by number.
    pub(super) fn tried(&self) -> String {
        let of_machine =
            |id: &&FontId| self.opened.values().flatten().any(|it| it == *id);
        let own = self.fallbacks.iter().filter(|id| !of_machine(id));
        let mut names: Vec<String> =
            own.filter_map(|id| self.get(*id).families().last()).collect();
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        let system = match self.tried {
            1 => "one font file of this machine".to_owned(),
            count => format!("{count} font files of this machine"),
        };
        format!("{} and {system}", names.join(", "))
    }

    pub(super) fn known_face(&self, style: &FontStyle) -> Option<FaceId> {
        let wanted = wanted(style);
        let same =
            |face: &Face| face.wanted == wanted && *face.families == *style.families;
        let at = self.faces.iter().position(same)?;
        Some(FaceId(u16::try_from(at).unwrap_or(u16::MAX)))
    }

    pub(super) fn face(&mut self, style: &FontStyle) -> FaceId {
        if let Some(known) = self.known_face(style) {
            return known;
        }
        let wanted = wanted(style);
        let fonts = self.fonts_of(&style.families, wanted);
        let families = style.families.to_vec();
        self.faces.push(Face { families, wanted, fonts });
        FaceId(u16::try_from(self.faces.len() - 1).unwrap_or(u16::MAX))
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
            let mut best = self.families.best(name, wanted);
            if best.is_none() && fonts.is_empty() {
                best = self.of_machine(name).best(name, wanted);
            }
            let best = best.map(|id| self.instance(id, wanted));
            fonts.extend(best.filter(|id| !fonts.contains(id)));
        }
        fonts
    }

    /// A font with axes as a style wants it; any other as it is.
    fn instance(&mut self, id: FontId, wanted: Wanted) -> FontId {
        if let Some(known) = self.instances.get(&(id, wanted)) {
            return *known;
        }
        let instance = self.get(id).instance(wanted).map(|file| self.add(file));
        let instance = instance.unwrap_or(id);
        self.instances.insert((id, wanted), instance);
        instance
    }

    /// The machine's fonts of a family.
    fn of_machine(&mut self, name: &str) -> &Families {
        if !self.asked.contains_key(name) {
            let mut families = Families::default();
            for path in self.system.files_of(name) {
                for id in self.open_of_machine(&path) {
                    families.add(&self.files[id.index()], id);
                }
            }
            self.asked.insert(name.to_owned(), families);
        }
        &self.asked[name]
    }

    pub(super) fn first(&self, face: FaceId) -> FontId {
        self.faces[usize::from(face.0)].fonts[0]
    }

    /// The first font of a face that has a space; the serif, which comes last, does.
    pub(super) fn of_space(&self, face: FaceId) -> FontId {
        let fonts = &self.faces[usize::from(face.0)].fonts;
        let found = fonts.iter().find(|id| self.get(**id).space.is_some());
        found.copied().unwrap_or(fonts[0])
    }

    /// The font to set a character in, or that there is none, if that is known without a search.
    pub(super) fn known_font(
        &self,
        face: FaceId,
        character: char,
    ) -> Option<Option<FontId>> {
        let Face { fonts, wanted, .. } = &self.faces[usize::from(face.0)];
        let own = fonts.iter().find(|id| self.get(**id).has(character));
        match own {
            Some(own) => Some(Some(*own)),
            None => self.found.get(&(character, plainly(*wanted))).copied(),
        }
    }

    pub(super) fn font_for(&mut self, face: FaceId, character: char) -> Option<FontId> {
        if let Some(known) = self.known_font(face, character) {
            return known;
        }
        let wanted = plainly(self.faces[usize::from(face.0)].wanted);
        let found = self.search(character).map(|id| self.of_region(id, character));
        let found = found.map(|plain| self.styled(plain, wanted, character));
        self.found.insert((character, wanted), found);
        found
    }

    /// The upright font of text weight that has a character; only where there is none another.
    fn search(&mut self, character: char) -> Option<FontId> {
        // Letters that join want their own widths.
        let own_widths = |font: &FontFile| !font.name.contains("Mono");
        let suits = |font: &FontFile| !joins(character) || own_widths(font);
        self.first_with(character, |font| font.is_plain() && suits(font))
            .or_else(|| self.first_with(character, FontFile::is_plain))
            .or_else(|| self.first_with(character, |_| true))
    }

    /// The font of the same family that is bold or sloped as a style wants it; the plain one,
    /// where there is none with the character.
    fn styled(&mut self, plain: FontId, wanted: Wanted, character: char) -> FontId {
        if wanted == PLAIN {
            return match self.get(plain).design().weight {
                350..=550 => plain,
                _ => self.instance(plain, PLAIN),
            };
        }
        let beside = if wanted.weight >= BOLD { self.bold_of(plain) } else { None };
        let beside = beside.or_else(|| self.beside(plain, wanted));
        let beside = beside.filter(|id| self.get(*id).has(character));
        self.instance(beside.unwrap_or(plain), wanted)
    }

    /// The font of the same family, of the binary or the book's own, that is as a style wants it.
    fn beside(&self, plain: FontId, wanted: Wanted) -> Option<FontId> {
        let name = self.get(plain).families().next()?;
        let (design, id) = self.families.best_member(&name, wanted)?;
        let suits = (design.weight >= BOLD) == (wanted.weight >= BOLD);
        (suits && design.italic == wanted.italic).then_some(id)
    }

    /// The first of the fallbacks that has a character, those of the machine last.
    fn first_with(
        &mut self,
        character: char,
        may: impl Fn(&FontFile) -> bool,
    ) -> Option<FontId> {
        let mut from = 0;
        loop {
            let has = |id: &&FontId| {
                let font = self.get(**id);
                may(font) && font.has(character)
            };
            if let Some(&id) = self.fallbacks[from..].iter().find(has) {
                return Some(id);
            }
            from = self.fallbacks.len();
            let path = self.system.fallback(self.tried)?.to_owned();
            self.tried += 1;
            let opened = self.open_of_machine(&path);
            self.fallbacks.extend(opened);
        }
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

    /// The bold of a font of the machine, if it is there.
    fn bold_of(&mut self, plain: FontId) -> Option<FontId> {
        let holds = |(_, fonts): &(&String, &Vec<FontId>)| fonts.contains(&plain);
        let (path, _) = self.opened.iter().find(holds)?;
        let bold = self.system.bold_of(path)?;
        let opened = self.open_of_machine(&bold);
        let family = self.get(plain).families().last();
        opened.into_iter().find(|id| self.get(*id).families().last() == family)
    }
}

/// What a style asks of a family's fonts.
fn wanted(style: &FontStyle) -> Wanted {
    Wanted { weight: style.weight, italic: style.italic, stretch: style.stretch }
}

/// What a style asks for, as far as it counts where a font is looked for everywhere.
fn plainly(wanted: Wanted) -> Wanted {
    let weight = if wanted.weight >= BOLD { 700 } else { PLAIN.weight };
    Wanted { weight, italic: wanted.italic, ..PLAIN }
}

/// Whether a letter joins its neighbours: those of Arabic and Syriac.
fn joins(character: char) -> bool {
    matches!(
        u32::from(character),
        0x600..=0x74f | 0x750..=0x77f | 0x8a0..=0x8ff | 0xfb50..=0xfdff | 0xfe70..=0xfeff
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::Date;

    use super::*;
    use crate::style::Caps;
    use crate::units::Pt;
    use crate::world::{MemoryWorld, ReadError};

    /// A machine with these font files.
    struct Equipped(MemoryWorld, Vec<String>);

    impl World for Equipped {
        fn read(&self, path: &str) -> Result<Arc<[u8]>, ReadError> {
            self.0.read(path)
        }
        fn files(&self, folder: &str) -> Result<Vec<String>, ReadError> {
            self.0.files(folder)
        }
        fn exists(&self, path: &str) -> bool {
            self.0.exists(path)
        }
        fn system_fonts(&self) -> Vec<String> {
            self.1.clone()
        }
        fn today(&self) -> Date {
            self.0.today()
        }
        fn build_date(&self) -> Option<Date> {
            None
        }
    }

    /// A machine that has fonts of the binary under names of its own, so that both are told apart.
    fn system() -> Equipped {
        let mut world = MemoryWorld::new(jiff::civil::date(2024, 1, 1));
        let mut paths = Vec::new();
        for data in typefaces::bundled() {
            let Some(file) = FontFile::bundled(data) else { continue };
            for style in ["Regular", "Bold"] {
                let family = typefaces::SERIF.replace(' ', "");
                if file.name == format!("{} {style}", typefaces::SERIF) {
                    let path = format!("/machine/{family}-{style}.otf");
                    world.insert(path.clone(), data);
                    paths.push(path);
                }
            }
        }
        assert_eq!(paths.len(), 2);
        Equipped(world, paths)
    }

    fn style(family: Family, weight: u16) -> FontStyle {
        FontStyle {
            families: [family].into(),
            size: Pt(10.0),
            weight,
            italic: false,
            stretch: 100,
            features: [].into(),
            caps: Caps::Normal,
        }
    }

    /// The shelf of a machine, as if the binary had no fonts.
    fn bare(world: &Equipped) -> FontStore<'_> {
        let mut store = FontStore::open(world);
        store.fallbacks.clear();
        store.families = Families::default();
        store
    }

    #[test]
    fn what_is_found_does_not_depend_on_what_was_asked_before() {
        let world = system();
        let (mut one, mut other) = (bare(&world), bare(&world));
        let found = one.search('ß');
        let face = one.face(&style(Family::Serif, 700));
        assert_eq!(one.search('ß'), found);
        let late = other.face(&style(Family::Serif, 700));
        let late = (other.first(late), other.search('ß').expect("a font"));
        let name = |store: &FontStore, id: FontId| store.get(id).name.clone();
        assert_eq!(name(&one, one.first(face)), name(&other, late.0));
        assert_eq!(name(&one, found.expect("a font")), name(&other, late.1));
        assert_eq!(one.files.len(), other.files.len(), "each is opened once");
    }

    #[test]
    fn a_bold_letter_comes_from_the_bold_beside_the_font_that_has_it() {
        let world = system();
        let mut store = bare(&world);
        let plain = store.search('ß').expect("a font");
        let bold = store.bold_of(plain).expect("its bold");
        assert!(store.get(bold).name.contains("Bold"), "{}", store.get(bold).name);
    }
}
