//! Shaping: from characters to glyphs, each word once.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use harfrust::{
    Buffer, BufferFlags, Feature, Script, ShapeOptions, ShapePlan, ShaperFont, Tag,
};

use super::fonts::{FontBook, FontId};
use super::frame::{Glyph, Shaped};
use crate::style::Tag as FeatureTag;

/// Names a set of OpenType features, each with its value; the default has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Features(u16);

/// Shapes words, and remembers them: in running text most words come again.
pub struct Shaper<'w> {
    /// The fonts to shape with.
    pub fonts: FontBook<'w>,
    /// By [`Features`].
    features: Vec<Arc<[(FeatureTag, u32)]>>,
    words: BTreeMap<(FontId, Features), HashMap<Box<str>, Arc<Shaped>>>,
    plans: BTreeMap<(FontId, Features, [u8; 4]), ShapePlan>,
    buffer: Buffer,
}

impl<'w> Shaper<'w> {
    /// A shaper that has seen nothing yet.
    pub fn new(fonts: FontBook<'w>) -> Self {
        Self {
            fonts,
            features: vec![[].into()],
            words: BTreeMap::new(),
            plans: BTreeMap::new(),
            buffer: Buffer::new(),
        }
    }

    /// Names features, given in the order of their tags.
    pub fn features(&mut self, wanted: &[(FeatureTag, u32)]) -> Features {
        let known = self.features.iter().position(|known| **known == *wanted);
        let at = known.unwrap_or_else(|| {
            self.features.push(wanted.into());
            self.features.len() - 1
        });
        Features(u16::try_from(at).unwrap_or(0))
    }

    /// The same features with one more, or with another value for it.
    pub fn with_feature(
        &mut self,
        features: Features,
        tag: FeatureTag,
        value: u32,
    ) -> Features {
        let mut wanted = self.features[usize::from(features.0)].to_vec();
        wanted.retain(|(known, _)| *known != tag);
        wanted.push((tag, value));
        wanted.sort_unstable();
        self.features(&wanted)
    }

    /// The glyphs of `text`, which is of one script and wholly in `font`.
    pub fn shape(&mut self, font: FontId, features: Features, text: &str) -> Arc<Shaped> {
        let words = self.words.entry((font, features)).or_default();
        if let Some(shaped) = words.get(text) {
            return shaped.clone();
        }
        let shaped = Arc::new(self.shape_anew(font, features, text));
        if let Some(words) = self.words.get_mut(&(font, features)) {
            words.insert(text.into(), shaped.clone());
        }
        shaped
    }

    fn shape_anew(&mut self, id: FontId, features: Features, text: &str) -> Shaped {
        let font = &self.fonts.get(id).font;
        let units = f64::from(font.metrics().units_per_em);
        self.buffer.reset();
        self.buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        self.buffer.push_str(text);
        self.buffer.guess_segment_properties();
        let script = self.buffer.script();
        let direction = self.buffer.direction();
        let wanted = self.features[usize::from(features.0)].iter();
        let list: Vec<Feature> =
            wanted.map(|(tag, value)| Feature::new(Tag::new(tag), *value, ..)).collect();
        let tag = script.map_or([0; 4], |script: Script| script.tag().to_be_bytes());
        let plan = self
            .plans
            .entry((id, features, tag))
            .or_insert_with(|| ShapePlan::new(font, direction, script, None, &list));
        self.buffer.set_language(None);
        let options = ShapeOptions::new().plan(Some(plan));
        if harfrust::shape(&ShaperFont::new(font), &mut self.buffer, options).is_err() {
            return Shaped { glyphs: Vec::new(), text: text.into(), width: 0.0 };
        }
        collect(&self.buffer, text, units)
    }
}

/// Reads the glyphs out of the buffer.
fn collect(buffer: &Buffer, text: &str, units: f64) -> Shaped {
    let infos = buffer.glyph_infos();
    let mut starts: Vec<u32> = infos.iter().map(|info| info.cluster).collect();
    starts.sort_unstable();
    starts.dedup();
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let end_of = |start: u32| {
        starts.get(starts.partition_point(|&s| s <= start)).copied().unwrap_or(length)
    };
    let mut width = 0.0;
    let em = |value: i32| f64::from(value) / units;
    let glyphs = infos
        .iter()
        .zip(buffer.glyph_positions())
        .map(|(info, position)| {
            width += em(position.x_advance);
            Glyph {
                id: info.glyph_id,
                advance: single(em(position.x_advance)),
                x_offset: single(em(position.x_offset)),
                y_offset: single(em(position.y_offset)),
                start: info.cluster,
                end: end_of(info.cluster),
            }
        })
        .collect();
    Shaped { glyphs, text: text.into(), width }
}

#[expect(clippy::cast_possible_truncation, reason = "a glyph's measures need no more")]
fn single(value: f64) -> f32 {
    value as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::{Caps, Family, Font as FontStyle};
    use crate::units::Pt;
    use crate::world::MemoryWorld;

    fn serif(world: &MemoryWorld) -> (Shaper<'_>, FontId) {
        let mut fonts = FontBook::open(world);
        let face = fonts.face(&FontStyle {
            families: [Family::Serif].into(),
            size: Pt(10.0),
            weight: 400,
            italic: false,
            stretch: 100,
            features: [].into(),
            caps: Caps::Normal,
        });
        let id = fonts.first(face);
        (Shaper::new(fonts), id)
    }

    #[test]
    fn ligatures_stand_for_all_their_letters() {
        let world = MemoryWorld::new(jiff::civil::date(2020, 1, 1));
        let (mut shaper, serif) = serif(&world);
        let shaped = shaper.shape(serif, Features::default(), "office");
        assert!(shaped.glyphs.len() < 6, "no ligature in {:?}", shaped.glyphs);
        let covered: u32 =
            shaped.glyphs.iter().map(|glyph| glyph.end - glyph.start).sum();
        assert_eq!(covered, 6);
    }

    #[test]
    fn features_change_glyphs() {
        let world = MemoryWorld::new(jiff::civil::date(2020, 1, 1));
        let (mut shaper, serif) = serif(&world);
        let plain = shaper.shape(serif, Features::default(), "a1");
        let tags = [b"smcp", b"onum", b"sups"];
        let features = tags.map(|tag| shaper.features(&[(*tag, 1)]));
        for features in features {
            let shaped = shaper.shape(serif, features, "a1");
            assert_ne!(shaped.glyphs, plain.glyphs, "{features:?}");
        }
    }
}
