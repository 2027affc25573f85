//! Defaulting: initial values and inheritance (CSS Cascade 5, section 7).

use super::table::{Longhand, Stage};
use crate::style::computed::{BookDefaults, Style};
use crate::style::length::Scale;
use crate::style::value::ComputeContext;

/// `line-height: normal` of a font that nothing is known of.
const NORMAL_LINE: f64 = 1.2;

/// The initial values of all properties.
pub(in crate::style) fn initial(of: &BookDefaults, right_to_left: bool) -> Style {
    // What values are computed against here is the style that a book begins with itself.
    let mut base = Style::default();
    base.font.size = of.medium;
    let mut style = base.clone();
    let context = ComputeContext {
        scale: Scale { em: of.medium, rem: of.medium, page: of.page, ..Scale::REFERENCE },
        normal_line: of.medium * NORMAL_LINE,
        current_color: base.color,
        parent: &base,
        initial: &base,
    };
    for stage in Stage::ALL {
        for longhand in Longhand::ALL.iter().filter(|it| it.stage() == stage) {
            longhand.initial().apply(&mut style, &context);
        }
    }
    style.text.right_to_left = right_to_left;
    style
}

/// The style of an element that no rule is for: what is inherited from its parent, the rest as it
/// is initially.
pub(in crate::style) fn inherited(parent: &Style, initial: &Style) -> Style {
    let mut style = initial.clone();
    for longhand in Longhand::ALL.iter().filter(|it| it.is_inherited()) {
        longhand.copy(parent, &mut style);
    }
    style.font.features.clone_from(&parent.font.features);
    style.font.caps = parent.font.caps;
    style
}
