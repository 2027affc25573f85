//! Font files.

use std::sync::Arc;

use harfrust::font::attribute::Style;
use harfrust::font::name::NameId;
use harfrust::{Font, GlyphId, Tag};
use read_fonts::{FontRef, TableProvider};

use super::family::Wanted;
use crate::style::FontMetrics;

pub(crate) use crate::typefaces::FontData;

/// One font.
#[derive(Clone)]
pub struct FontFile {
    /// The file's content.
    pub data: FontData,
    /// Which font of a collection.
    pub index: u32,
    /// The font's name, for messages.
    pub name: String,
    /// What shapes with it.
    pub font: Font,
    /// The glyph of its space, if it has one.
    pub space: Option<u32>,
    /// Where on its axes it is, if it has any and is not as drawn.
    pub variations: Vec<([u8; 4], f32)>,
}

impl std::fmt::Debug for FontFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FontFile({})", self.name)
    }
}

impl FontFile {
    /// A font of the binary.
    pub(super) fn bundled(data: &'static [u8]) -> Option<Self> {
        let font = Font::new(data, 0)?;
        let name = name(&font, NameId::FULL_NAME).unwrap_or_default();
        Some(Self::new(Arc::new(data), 0, name, font))
    }

    fn new(data: FontData, index: u32, name: String, font: Font) -> Self {
        let space = font.charmap().map_unicode(' ').map(|glyph| glyph.to_u32());
        let space = space.filter(|glyph| *glyph != 0);
        Self { data, index, name, font, space, variations: Vec::new() }
    }

    /// Every font of a file.
    pub(super) fn all(bytes: Arc<[u8]>, path: &str) -> Vec<Self> {
        let data: FontData = Arc::new(bytes);
        let mut files = Vec::new();
        for index in 0.. {
            let Some(font) = Font::new(data.clone(), index) else { break };
            if !is_whole(data.as_ref().as_ref(), index) {
                continue;
            }
            let name = path.rsplit('/').next().unwrap_or(path).to_owned();
            files.push(Self::new(data.clone(), index, name, font));
        }
        files
    }

    /// The names of its family, the typographic one first.
    pub(in crate::typeset) fn families(&self) -> impl Iterator<Item = String> {
        [NameId::TYPOGRAPHIC_FAMILY_NAME, NameId::FAMILY_NAME]
            .into_iter()
            .filter_map(|id| name(&self.font, id))
    }

    /// How heavy, sloped and wide it is.
    #[expect(clippy::cast_possible_truncation, reason = "clamped before")]
    #[expect(clippy::cast_sign_loss, reason = "clamped before")]
    pub(super) fn design(&self) -> Wanted {
        let attributes = self.font.default_attributes();
        Wanted {
            weight: attributes.weight.value().clamp(1.0, 1000.0) as u16,
            italic: attributes.style != Style::Normal,
            stretch: attributes.width.percentage().clamp(1.0, 1000.0) as u16,
        }
    }

    /// Whether it is upright and of text weight, or can be made so: what a letter is set in that
    /// nobody asked to be bold or sloped.
    pub(super) fn is_plain(&self) -> bool {
        let Wanted { weight, italic, .. } = self.design();
        let weighs = |it: u16| (350..=550).contains(&it);
        !italic && (weighs(weight) || self.reaches(400.0))
    }

    /// Whether it has an axis of weight that goes up or down to a value.
    fn reaches(&self, weight: f32) -> bool {
        let axis = self.font.axes().get_by_tag(Tag::new(b"wght"));
        axis.is_some_and(|axis| (axis.min_value()..=axis.max_value()).contains(&weight))
    }

    /// The same as its axes of weight and width make it for a style, if it has them.
    pub(super) fn instance(&self, wanted: Wanted) -> Option<Self> {
        let axes = self.font.axes();
        let place = |(tag, value): ([u8; 4], u16)| {
            let axis = axes.get_by_tag(Tag::new(&tag))?;
            let value = f32::from(value).clamp(axis.min_value(), axis.max_value());
            Some((tag, value))
        };
        let asked = [(*b"wght", wanted.weight), (*b"wdth", wanted.stretch)];
        let variations: Vec<([u8; 4], f32)> =
            asked.into_iter().filter_map(place).collect();
        if variations.is_empty() {
            return None;
        }
        let places = variations.iter().map(|(tag, value)| (Tag::new(tag), *value));
        let font = self.font.instance_builder().variations(places).build();
        Some(Self { font, variations, ..self.clone() })
    }

    /// Whether it has a character.
    pub fn has(&self, character: char) -> bool {
        let glyph = self.font.charmap().map_unicode(character);
        glyph.is_some_and(|glyph| glyph.to_u32() != 0)
    }

    /// How wide a character is, in em.
    pub(super) fn advance(&self, character: char) -> Option<f64> {
        let glyph = self.font.charmap().map_unicode(character)?;
        let advance = f64::from(self.font.glyph_metrics().h_advance(glyph));
        Some(advance / f64::from(self.font.units_per_em()))
    }

    /// Where the ink of a glyph begins and ends, in em from its place.
    pub(in crate::typeset) fn ink(&self, glyph: u32) -> Option<(f32, f32)> {
        let metrics = self.font.glyph_metrics();
        let extents = metrics.extents(GlyphId::new(glyph))?;
        let em = f32::from(self.font.units_per_em());
        let left = extents.x_bearing / em;
        Some((left, left + extents.width / em))
    }

    /// What it measures.
    pub fn metrics(&self) -> FontMetrics {
        let metrics = self.font.metrics();
        let units = f64::from(metrics.units_per_em);
        let em = |value: f32| f64::from(value) / units;
        let line = metrics.h_line().map(|line| {
            em(line.ascender.to_f32() - line.descender.to_f32() + line.line_gap.to_f32())
        });
        FontMetrics {
            x_height: metrics.x_height.map_or(0.5, |height| em(height.to_f32())),
            zero: self.advance('0').unwrap_or(0.5),
            line: line.filter(|line| *line > 0.5).unwrap_or(1.2),
        }
    }

    /// How high its capitals are, in em.
    pub fn cap_height(&self) -> f64 {
        let metrics = self.font.metrics();
        let height = metrics.cap_height.map_or(0.0, |height| f64::from(height.to_f32()));
        let height = height / f64::from(metrics.units_per_em);
        if height > 0.2 { height } else { 0.66 }
    }
}

/// Whether a font has the tables without which nothing can be drawn (OpenType 1.9, "Required
/// tables"), and all of them can be read.
fn is_whole(data: &[u8], index: u32) -> bool {
    let Ok(font) = FontRef::from_index(data, index) else { return false };
    let outlines = (font.glyf().is_ok() && font.loca(None).is_ok())
        || font.cff().is_ok()
        || font.cff2().is_ok();
    let has = |tag: &[u8; 4]| font.table_data(read_fonts::types::Tag::new(tag)).is_some();
    let pictures = has(b"CBDT") || has(b"sbix") || has(b"COLR") || has(b"SVG ");
    font.head().is_ok_and(|head| head.units_per_em() > 0)
        && font.maxp().is_ok_and(|maxp| maxp.num_glyphs() > 0)
        && font.hhea().is_ok()
        && font.hmtx().is_ok()
        && font.cmap().is_ok()
        && (outlines || pictures)
}

/// Whether a path is that of a font, by its ending.
pub(super) fn is_font(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [".ttf", ".otf", ".ttc", ".otc"].iter().any(|end| path.ends_with(end))
}

fn name(font: &Font, id: NameId) -> Option<String> {
    let name = font.names().get(id)?.english_or_first()?;
    Some(name.name().chars().collect())
}
