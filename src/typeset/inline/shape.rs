//! How the lines of a paragraph are to be set: their measure, and which of their edges are even.

use crate::style::Align;
use crate::typeset::inline::breaks::{BreakOptions, Justification};
use crate::units::Pt;

/// How a paragraph is to be set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shape {
    /// The measure: how long its lines are.
    pub measure: Pt,
    /// How much shorter the first one is at its beginning.
    pub indent: Pt,
    /// How much shorter those are that go on with another one.
    pub continuation_indent: Pt,
    /// Whether these show that they do.
    pub marks_continuation: bool,
    /// The size of its text: the em of its spaces.
    pub size: Pt,
    /// Which of its edges are even.
    pub align: Align,
    /// Where its last line stands, if not where the style of the others has it by nature.
    pub align_last: Option<Align>,
    /// Whether marks at its edges hang.
    pub hangs: bool,
    /// How many lines in a row may end with a hyphen.
    pub hyphens_in_a_row: u8,
    /// What the first lines stand beside.
    pub narrow: Option<Narrow>,
}

/// How much shorter the first lines of a paragraph are that stands beside something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Narrow {
    /// How many.
    pub lines: u32,
    /// At their beginning.
    pub left: Pt,
    /// At their end.
    pub right: Pt,
}

impl Shape {
    /// One line from the left.
    pub(crate) fn line(measure: Pt, size: Pt) -> Self {
        Self {
            measure,
            indent: Pt::ZERO,
            continuation_indent: Pt::ZERO,
            marks_continuation: false,
            size,
            align: Align::Left,
            align_last: None,
            hangs: false,
            hyphens_in_a_row: 2,
            narrow: None,
        }
    }

    /// What the breaker has to aim at.
    pub(crate) fn break_options(&self) -> BreakOptions {
        let justification = match self.align {
            Align::Justify => Justification::Justified,
            Align::Center => Justification::Balanced,
            _ => Justification::Ragged,
        };
        let (narrow_lines, narrow_by) =
            self.narrow.map_or((0, Pt::ZERO), |it| (it.lines, it.left + it.right));
        BreakOptions {
            measure: self.measure,
            em: self.size,
            justification,
            hyphens_in_a_row: self.hyphens_in_a_row.min(2),
            narrow_lines,
            narrow_by,
        }
    }

    /// What a line stands beside, at its beginning and at its end.
    pub(crate) fn beside(&self, number: u32) -> (Pt, Pt) {
        let narrow = self.narrow.filter(|narrow| number < narrow.lines);
        narrow.map_or((Pt::ZERO, Pt::ZERO), |narrow| (narrow.left, narrow.right))
    }
}
