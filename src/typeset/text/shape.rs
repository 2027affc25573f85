//! Shaping: from characters to glyphs.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use harfrust::{
    Buffer, BufferFlags, Feature, Script, ShapeOptions, ShapePlan, ShaperFont, Tag,
};
use rustc_hash::FxHashMap;

use crate::style::Tag as FeatureTag;
use crate::typeset::text::fonts::{FontBook, FontId};
use crate::typeset::text::glyphs::{Glyph, Shaped};

/// Names a set of OpenType features, each with its value; the default has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Features(u16);

/// Features and their values, in the order of their tags.
type FeatureList = Arc<[(FeatureTag, u32)]>;

/// Shapes words.
pub(crate) struct Shaper<'w> {
    /// The fonts to shape with.
    pub fonts: FontBook<'w>,
    /// By [`Features`], the same for all threads.
    features: Arc<RwLock<Vec<FeatureList>>>,
    short: BTreeMap<(FontId, Features), FxHashMap<Box<str>, Arc<Shaped>>>,
    plans: BTreeMap<(FontId, Features, [u8; 4]), ShapePlan>,
    buffer: Buffer,
}

impl<'w> Shaper<'w> {
    /// A shaper that has seen nothing yet.
    pub(crate) fn new(fonts: FontBook<'w>) -> Self {
        Self {
            fonts,
            features: Arc::new(RwLock::new(vec![[].into()])),
            short: BTreeMap::new(),
            plans: BTreeMap::new(),
            buffer: Buffer::new(),
        }
    }

    /// Another one for another thread, with the same fonts and features.
    pub(crate) fn fork(&self) -> Self {
        let features = self.features.clone();
        Self { features, ..Self::new(self.fonts.clone()) }
    }

    /// Names features, given in the order of their tags.
    pub(crate) fn features(&self, wanted: &[(FeatureTag, u32)]) -> Features {
        let find = |all: &[FeatureList]| all.iter().position(|known| **known == *wanted);
        let known = find(&self.features.read().unwrap_or_else(PoisonError::into_inner));
        let at = known.unwrap_or_else(|| {
            let mut all = self.features.write().unwrap_or_else(PoisonError::into_inner);
            find(&all).unwrap_or_else(|| {
                all.push(wanted.into());
                all.len() - 1
            })
        });
        Features(u16::try_from(at).unwrap_or(0))
    }

    /// The same features with one more, or with another value for it.
    pub(crate) fn with_feature(
        &self,
        features: Features,
        tag: FeatureTag,
        value: u32,
    ) -> Features {
        let mut wanted = listed(&self.features, features).to_vec();
        wanted.retain(|(known, _)| *known != tag);
        wanted.push((tag, value));
        wanted.sort_unstable();
        self.features(&wanted)
    }

    /// The glyphs of a mark or the like, as [`Self::shape`] makes them, each kind once.
    pub(crate) fn shape_once(
        &mut self,
        font: FontId,
        features: Features,
        text: &str,
    ) -> Arc<Shaped> {
        let known = self.short.get(&(font, features)).and_then(|it| it.get(text));
        if let Some(shaped) = known {
            return shaped.clone();
        }
        let shaped = Arc::new(self.shape(font, features, text));
        let short = self.short.entry((font, features)).or_default();
        short.insert(text.into(), shaped.clone());
        shaped
    }

    /// The glyphs of `text`, which is of one script and wholly in `font`.
    pub(crate) fn shape(
        &mut self,
        font: FontId,
        features: Features,
        text: &str,
    ) -> Shaped {
        let file = self.fonts.get(font);
        let face = &file.font;
        let units = f64::from(face.metrics().units_per_em);
        self.buffer.reset();
        self.buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        self.buffer.push_str(text);
        self.buffer.guess_segment_properties();
        let script = self.buffer.script();
        let direction = self.buffer.direction();
        let tag = script.map_or([0; 4], |script: Script| script.tag().to_be_bytes());
        let plan = self.plans.entry((font, features, tag)).or_insert_with(|| {
            let feature = |(tag, value): &(FeatureTag, u32)| {
                Feature::new(Tag::new(tag), *value, ..)
            };
            let list: Vec<Feature> =
                listed(&self.features, features).iter().map(feature).collect();
            ShapePlan::new(face, direction, script, None, &list)
        });
        self.buffer.set_language(None);
        let options = ShapeOptions::new().plan(Some(plan));
        if harfrust::shape(&ShaperFont::new(face), &mut self.buffer, options).is_err() {
            return Shaped { glyphs: Vec::new(), text: text.into(), width: 0.0 };
        }
        collect(&self.buffer, text, units)
    }
}

fn listed(all: &RwLock<Vec<FeatureList>>, features: Features) -> FeatureList {
    let all = all.read().unwrap_or_else(PoisonError::into_inner);
    all[usize::from(features.0)].clone()
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
    use crate::world::MemoryWorld;

    fn serif(world: &MemoryWorld) -> (Shaper<'_>, FontId) {
        let fonts = FontBook::open(world);
        let face = fonts.serif();
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
