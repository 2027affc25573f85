//! Families, and which of their fonts is nearest to what a style asks for.

use std::collections::BTreeMap;

use super::FontId;
use super::file::FontFile;

/// What a style asks of a family's fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wanted {
    /// From 1 to 1000; 400 is that of text.
    pub(super) weight: u16,
    pub(super) italic: bool,
    /// In per cent.
    pub(super) stretch: u16,
}

/// All families, by their names in small letters.
#[derive(Default)]
pub(super) struct Families {
    /// Those that the stylesheet declares: they hide others of the same name.
    declared: BTreeMap<String, Vec<(Wanted, FontId)>>,
    known: BTreeMap<String, Vec<(Wanted, FontId)>>,
}

impl Families {
    pub(super) fn add(&mut self, file: &FontFile, id: FontId) {
        let design = file.design();
        for name in file.families() {
            let members = self.known.entry(name.to_lowercase()).or_default();
            if !members.contains(&(design, id)) {
                members.push((design, id));
            }
        }
    }

    pub(super) fn declare(&mut self, name: &str, design: Wanted, id: FontId) {
        self.declared.entry(name.to_lowercase()).or_default().push((design, id));
    }

    /// The nearest font of a family (CSS Fonts 4, 5.2): by width, then by slope, then by weight.
    pub(super) fn best(&self, name: &str, wanted: Wanted) -> Option<FontId> {
        self.best_member(name, wanted).map(|(_, id)| id)
    }

    /// The same, and what it is by design.
    pub(super) fn best_member(
        &self,
        name: &str,
        wanted: Wanted,
    ) -> Option<(Wanted, FontId)> {
        let name = name.to_lowercase();
        let members = self.declared.get(&name).or_else(|| self.known.get(&name))?;
        let distance = |design: &Wanted| {
            let stretch = (design.stretch.abs_diff(wanted.stretch), design.stretch);
            let italic = design.italic != wanted.italic;
            (stretch, italic, weight_distance(design.weight, wanted.weight))
        };
        members.iter().min_by_key(|(design, _)| distance(design)).copied()
    }
}

/// Text weights look for heavier ones up to 500 first, then lighter, then heavier; light ones
/// for lighter and heavy ones for heavier ones first.
fn weight_distance(weight: u16, wanted: u16) -> (u8, u16) {
    let apart = weight.abs_diff(wanted);
    let rank = match wanted {
        400..=500 if weight >= wanted && weight <= 500 => 0,
        400..=500 if weight < wanted => 1,
        400..=500 => 2,
        0..=399 if weight <= wanted => 0,
        501.. if weight >= wanted => 0,
        _ => 1,
    };
    (rank, apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_weight_is_that_of_css() {
        let nearest = |wanted: u16, weights: &[u16]| {
            weights.iter().copied().min_by_key(|&weight| weight_distance(weight, wanted))
        };
        assert_eq!(nearest(400, &[300, 500, 700]), Some(500));
        assert_eq!(nearest(400, &[300, 700]), Some(300));
        assert_eq!(nearest(600, &[400, 700, 900]), Some(700));
        assert_eq!(nearest(300, &[200, 400]), Some(200));
        assert_eq!(nearest(900, &[400, 700]), Some(700));
    }
}
