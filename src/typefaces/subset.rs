//! Subsets: a font without the glyphs that a book does not need, and still a font for readers.

use std::collections::BTreeSet;

use read_fonts::FontRef;
use read_fonts::collections::IntSet;
use read_fonts::types::{GlyphId, NameId, Tag};
use skera::{DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use write_fonts::FontBuilder;

/// Outlines in PostScript, which skera passes over.
const CFF: Tag = Tag::new(b"CFF ");

/// Tables of font editors, and a signature that no longer holds.
const DROPPED: [Tag; 3] = [Tag::new(b"DSIG"), Tag::new(b"FFTM"), Tag::new(b"PfEd")];

/// Features that stylesheets ask for, beside those that are always on.
const FEATURES: [Tag; 11] = [
    Tag::new(b"c2sc"),
    Tag::new(b"case"),
    Tag::new(b"dlig"),
    Tag::new(b"lnum"),
    Tag::new(b"onum"),
    Tag::new(b"pnum"),
    Tag::new(b"smcp"),
    Tag::new(b"subs"),
    Tag::new(b"sups"),
    Tag::new(b"tnum"),
    Tag::new(b"zero"),
];

/// English, as Windows numbers languages.
const ENGLISH: u16 = 0x0409;

/// The font with the glyphs of these characters, and of all that features make of them; none if
/// the file cannot be read as a font.
pub(crate) fn subset(
    data: &[u8],
    index: u32,
    characters: &BTreeSet<char>,
) -> Option<Vec<u8>> {
    let font = FontRef::from_index(data, index).ok()?;
    let in_postscript = font.table_data(CFF).is_some();
    let mut dropped: IntSet<Tag> = DROPPED.into_iter().collect();
    if in_postscript {
        dropped.insert(CFF);
    }
    let features = DEFAULT_LAYOUT_FEATURES.iter().copied().chain(FEATURES);
    let plan = Plan::new(
        &IntSet::empty(),
        &characters.iter().map(|&it| u32::from(it)).collect(),
        &font,
        SubsetFlags::default(),
        &dropped,
        &IntSet::all(),
        &features.collect(),
        &(0..=6).map(NameId::new).collect(),
        &[ENGLISH].into_iter().collect(),
    );
    let made = subset_font(&font, &plan).ok()?;
    if !in_postscript {
        return Some(made);
    }
    let outlines = outlines(data, index, &plan)?;
    let mut builder = FontBuilder::new();
    builder.copy_missing_tables(FontRef::new(&made).ok()?);
    builder.add_raw(CFF, FontRef::new(&outlines).ok()?.table_data(CFF)?.as_bytes());
    Some(builder.build())
}

/// A font of which only the outlines are used, its glyphs in the order of the plan.
fn outlines(data: &[u8], index: u32, plan: &Plan) -> Option<Vec<u8>> {
    let mut glyphs: Vec<(GlyphId, GlyphId)> = plan.old_to_new_glyph_mapping().collect();
    glyphs.sort_by_key(|(_, new)| *new);
    let mut order = subsetter::GlyphRemapper::new();
    for (old, new) in glyphs {
        let placed = order.remap(u16::try_from(old.to_u32()).ok()?);
        if u32::from(placed) != new.to_u32() {
            return None;
        }
    }
    subsetter::subset(data, index, &order).ok()
}

#[cfg(test)]
mod tests {
    use read_fonts::TableProvider;

    use super::*;

    #[test]
    fn a_subset_maps_its_characters_and_keeps_its_features() {
        let font = crate::typefaces::bundled().next().expect("a font");
        let characters: BTreeSet<char> = "office 1989".chars().collect();
        let made = subset(font, 0, &characters).expect("a subset");
        assert!(made.len() < font.len() / 5, "{} of {}", made.len(), font.len());
        let subset = FontRef::new(&made).expect("a font");
        let cmap = subset.cmap().expect("a character map");
        let glyph = |character: char| cmap.map_codepoint(character).map(GlyphId::to_u32);
        assert!(glyph('o').is_some_and(|glyph| glyph > 0));
        assert_eq!(glyph('z'), None);
        assert!(subset.gsub().is_ok() && subset.gpos().is_ok());
        assert!(super::subset(b"no font", 0, &characters).is_none());
    }
}
