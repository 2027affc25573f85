//! Space between blocks: margins that collapse (CSS 2.2, 8.3.1).

use crate::units::Pt;

/// The margins that meet at one place.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Space {
    most: Pt,
    least: Pt,
}

impl Space {
    pub(super) fn add(&mut self, margin: Pt) {
        self.most = self.most.max(margin);
        self.least = self.least.min(margin);
    }

    /// The space that they leave: the largest one, less the most negative one.
    pub(super) fn take(&mut self) -> Pt {
        let Self { most, least } = std::mem::take(self);
        most + least
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins_collapse() {
        let take = |margins: &[f64]| {
            let mut space = Space::default();
            margins.iter().for_each(|margin| space.add(Pt(*margin)));
            space.take()
        };
        assert_eq!(take(&[10.0, 6.0]), Pt(10.0));
        assert_eq!(take(&[10.0, -4.0, 6.0]), Pt(6.0));
        assert_eq!(take(&[-3.0, -4.0]), Pt(-4.0));
    }
}
