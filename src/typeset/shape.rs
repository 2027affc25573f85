//! Shaping: from characters to glyphs, each word once.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use harfrust::{
    Buffer, BufferFlags, Feature, Script, ShapeOptions, ShapePlan, ShaperFont, Tag,
};

use super::fonts::{FontBook, FontId};
use super::frame::{Glyph, Shaped};

/// The OpenType features that a style switches on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Features {
    /// `smcp`: small capitals for lower-case letters.
    pub small_capitals: bool,
    /// `onum`: old-style figures.
    pub old_style: bool,
    /// `tnum`: figures of one width.
    pub tabular: bool,
    /// `sups`: superior figures.
    pub superior: bool,
}

/// Shapes words, and remembers them: in running text most words come again.
pub struct Shaper<'w> {
    /// The fonts to shape with.
    pub fonts: FontBook<'w>,
    words: BTreeMap<(FontId, Features), HashMap<Box<str>, Arc<Shaped>>>,
    plans: BTreeMap<(FontId, Features, [u8; 4]), ShapePlan>,
    buffer: Buffer,
}

impl<'w> Shaper<'w> {
    /// A shaper that has seen nothing yet.
    pub fn new(fonts: FontBook<'w>) -> Self {
        Self {
            fonts,
            words: BTreeMap::new(),
            plans: BTreeMap::new(),
            buffer: Buffer::new(),
        }
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
        let tag = script.map_or([0; 4], |script: Script| script.tag().to_be_bytes());
        let plan = self.plans.entry((id, features, tag)).or_insert_with(|| {
            ShapePlan::new(font, direction, script, None, &features.list())
        });
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

impl Features {
    fn list(self) -> Vec<Feature> {
        [
            (self.small_capitals, b"smcp"),
            (self.old_style, b"onum"),
            (self.tabular, b"tnum"),
            (self.superior, b"sups"),
        ]
        .into_iter()
        .filter(|(on, _)| *on)
        .map(|(_, tag)| Feature::new(Tag::new(tag), 1, ..))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::fonts::{Face, Family};
    use crate::world::MemoryWorld;

    fn serif(world: &MemoryWorld) -> (Shaper<'_>, FontId) {
        let fonts = FontBook::open(world);
        let face = Face { family: Family::Serif, bold: false, italic: false };
        let id = fonts.face(face);
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
        let features = [
            Features { small_capitals: true, ..Features::default() },
            Features { old_style: true, ..Features::default() },
            Features { superior: true, ..Features::default() },
        ];
        for features in features {
            let shaped = shaper.shape(serif, features, "a1");
            assert_ne!(shaped.glyphs, plain.glyphs, "{features:?}");
        }
    }
}
