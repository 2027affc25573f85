//! The letters that a formula's glyphs stand for, so that what is copied can be read.

use std::collections::BTreeMap;

use read_fonts::tables::gsub::{AlternateSubst, SingleSubst, SubstitutionSubtables};
use read_fonts::tables::math::StretchAxis;
use read_fonts::types::{GlyphId, GlyphId16, Tag};
use read_fonts::{FontRef, ReadError, TableProvider};

/// By glyph, what it stands for.
#[derive(Debug)]
pub(super) struct Letters(BTreeMap<u16, char>);

/// Stands for what only draws: the middle of a tall brace.
const NOTHING: char = ' ';

impl Letters {
    /// What the glyphs of a font stand for: its characters, these in another size or made of
    /// parts, and as they are in scripts.
    pub(super) fn of(data: &[u8]) -> Self {
        let mut letters = Self(BTreeMap::new());
        let Ok(font) = FontRef::new(data) else { return letters };
        let subtable = font.cmap().ok().and_then(|cmap| cmap.best_subtable());
        let mapped = subtable.into_iter().flat_map(|(_, _, subtable)| subtable.iter());
        let mapped: Vec<(char, GlyphId)> = mapped
            .filter_map(|(code, glyph)| Some((char::from_u32(code)?, glyph)))
            .collect();
        for (character, glyph) in &mapped {
            letters.add(glyph.to_u32(), *character);
        }
        for (character, glyph) in &mapped {
            for glyph in stretched(&font, *glyph) {
                letters.add(glyph, *character);
            }
        }
        for (glyph, smaller) in in_scripts(&font).unwrap_or_default() {
            let known = u16::try_from(glyph.to_u32()).ok();
            if let Some(character) = known.and_then(|it| letters.0.get(&it).copied()) {
                letters.add(smaller.to_u32(), character);
            }
        }
        letters
    }

    fn add(&mut self, glyph: u32, character: char) {
        if let Ok(glyph) = u16::try_from(glyph) {
            self.0.entry(glyph).or_insert(character);
        }
    }

    /// What a glyph stands for: a letter of mathematics is a letter.
    pub(super) fn of_glyph(&self, glyph: u16) -> String {
        use unicode_normalization::UnicodeNormalization;
        let character = self.0.get(&glyph).copied().unwrap_or(NOTHING);
        if matches!(u32::from(character), 0x1d400..=0x1d7ff | 0x2100..=0x214f) {
            return std::iter::once(character).nfkc().collect();
        }
        character.to_string()
    }
}

/// Glyphs, and those that stand for them in scripts: the feature `ssty`.
fn in_scripts(font: &FontRef) -> Result<Vec<(GlyphId, GlyphId16)>, ReadError> {
    let mut found = Vec::new();
    let gsub = font.gsub()?;
    let (features, lookups) = (gsub.feature_list()?, gsub.lookup_list()?);
    for record in features.feature_records() {
        if record.feature_tag() != Tag::new(b"ssty") {
            continue;
        }
        for index in record.feature(features.offset_data())?.lookup_list_indices() {
            match lookups.lookups().get(usize::from(index.get()))?.subtables()? {
                SubstitutionSubtables::Single(tables) => {
                    for table in tables.iter() {
                        if let SingleSubst::Format2(table) = table? {
                            let coverage = table.coverage()?;
                            let others = table.substitute_glyph_ids();
                            let others = others.iter().map(|it| it.get());
                            found.extend(coverage.iter().zip(others));
                        }
                    }
                }
                SubstitutionSubtables::Alternate(tables) => {
                    for table in tables.iter() {
                        let AlternateSubst::Format1(table) = table? else { continue };
                        let glyphs = table.coverage()?;
                        for (glyph, set) in
                            glyphs.iter().zip(table.alternate_sets().iter())
                        {
                            let set = set?;
                            let others = set.alternate_glyph_ids().iter();
                            found.extend(others.map(|other| (glyph, other.get())));
                        }
                    }
                }
                _ => {}
            }
        }
    }
    Ok(found)
}

/// The glyphs that stand for another one where it is taller or wider.
fn stretched(font: &FontRef, glyph: GlyphId) -> Vec<u32> {
    let mut found = Vec::new();
    let Some(variants) = font.math().ok().and_then(|math| math.math_variants().ok())
    else {
        return found;
    };
    for axis in [StretchAxis::Vertical, StretchAxis::Horizontal] {
        let Some(construction) = variants.glyph_construction(glyph, axis) else {
            continue;
        };
        let sizes = construction.math_glyph_variant_records().iter();
        found.extend(sizes.map(|record| record.variant_glyph().to_u32()));
        if let Some(Ok(assembly)) = construction.glyph_assembly() {
            let parts = assembly.part_records().iter();
            found.extend(parts.map(|part| part.glyph_id().to_u32()));
        }
    }
    found
}
