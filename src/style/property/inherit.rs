//! Inheritance: what an element has from its parent, and what a style is before any rule.

use super::Env;
use crate::style::computed::{
    Align, Caps, CounterStyle, Decoration, Display, Family, Font, Hyphens, Initial,
    Length, Sides, Style, TabSize, TextStyle, Transform, WhiteSpace,
};
use crate::style::value::{Read, Refusal};
use crate::units::Pt;

/// The style of what no rule names and nothing surrounds.
pub(in crate::style) fn initial(of: &Initial, right_to_left: bool) -> Style {
    let zero = Some(Length::ZERO);
    Style {
        display: Display::Inline,
        font: Font {
            families: [Family::Serif].into(),
            size: of.medium,
            weight: 400,
            italic: false,
            stretch: 100,
            features: [].into(),
            caps: Caps::Normal,
        },
        text: TextStyle {
            line_height: of.medium * 1.2,
            line_factor: None,
            letter_spacing: Pt::ZERO,
            word_spacing: Pt::ZERO,
            align: Align::Start,
            align_last: None,
            indent: Length::ZERO,
            hanging_indent: false,
            transform: Transform::None,
            decoration: Decoration::default(),
            hyphens: Hyphens::Manual,
            hyphenate_limits: [None; 3],
            hyphenate_lines: None,
            hanging_punctuation: false,
            white_space: WhiteSpace::Normal,
            wrap_anywhere: false,
            tab_size: TabSize::Spaces(8.0),
            right_to_left,
        },
        color: crate::style::Color::BLACK,
        background: None,
        margin: Sides { top: zero, right: zero, bottom: zero, left: zero },
        padding: Sides::default(),
        border: Sides::default(),
        radius: [Pt::ZERO; 4],
        width: None,
        max_width: None,
        min_width: Length::ZERO,
        height: None,
        max_height: None,
        float: crate::style::Float::None,
        clear: false,
        vertical_align: crate::style::VerticalAlign::Baseline,
        break_before: crate::style::Break::Auto,
        break_after: crate::style::Break::Auto,
        keep_together: false,
        orphans: 2,
        widows: 2,
        page: None,
        list_style: CounterStyle::Disc,
        marker_inside: false,
        counter_reset: Vec::new(),
        counter_increment: Vec::new(),
        counter_set: Vec::new(),
        string_set: Vec::new(),
        content: crate::style::Content::Normal,
        quotes: None,
        initial_letter: None,
        columns: 1,
        column_gap: None,
        column_rule: crate::style::Border::default(),
        border_collapse: false,
        border_spacing: (Pt::ZERO, Pt::ZERO),
        caption_below: false,
        block_step: None,
        hidden: false,
    }
}

/// What a child has before any rule of its own: what is inherited from its parent, the rest as it
/// is at first.
pub(in crate::style) fn inherited(parent: &Style, initial: &Style) -> Style {
    let mut style = initial.clone();
    style.font = parent.font.clone();
    // Lines below and through text go on through what is in it (CSS Text Decoration 3, 2).
    style.text = parent.text.clone();
    style.color = parent.color;
    style.orphans = parent.orphans;
    style.widows = parent.widows;
    style.page.clone_from(&parent.page);
    style.list_style = parent.list_style.clone();
    style.marker_inside = parent.marker_inside;
    style.quotes.clone_from(&parent.quotes);
    style.border_collapse = parent.border_collapse;
    style.border_spacing = parent.border_spacing;
    style.caption_below = parent.caption_below;
    style.hidden = parent.hidden;
    style
}

/// `inherit`, `initial`, `unset`, `revert` for a property.
pub(super) fn apply(name: &str, keyword: &str, style: &mut Style, env: &Env) -> Read<()> {
    let unset = inherited(env.parent, env.initial);
    let from = match keyword {
        "inherit" => env.parent,
        "initial" => env.initial,
        _ => &unset,
    };
    if copy(name, from, style) { Ok(()) } else { Err(Refusal::Unsupported) }
}

/// Copies what a property sets.
fn copy(name: &str, from: &Style, to: &mut Style) -> bool {
    match name {
        "display" => to.display = from.display,
        "color" => to.color = from.color,
        "background" | "background-color" => to.background = from.background,
        "font" => to.font = from.font.clone(),
        "font-family" => to.font.families = from.font.families.clone(),
        "font-size" => to.font.size = from.font.size,
        "font-weight" => to.font.weight = from.font.weight,
        "font-style" => to.font.italic = from.font.italic,
        "font-stretch" | "font-width" => to.font.stretch = from.font.stretch,
        _ if name.starts_with("font-") => {
            to.font.features = from.font.features.clone();
            to.font.caps = from.font.caps;
        }
        "line-height" => {
            to.text.line_factor = from.text.line_factor;
            to.text.line_height = match from.text.line_factor {
                Some(factor) => to.font.size * factor,
                None => from.text.line_height,
            };
        }
        "letter-spacing" => to.text.letter_spacing = from.text.letter_spacing,
        "word-spacing" => to.text.word_spacing = from.text.word_spacing,
        "text-align" => to.text.align = from.text.align,
        "text-align-last" => to.text.align_last = from.text.align_last,
        "text-indent" => {
            to.text.indent = from.text.indent;
            to.text.hanging_indent = from.text.hanging_indent;
        }
        "text-transform" => to.text.transform = from.text.transform,
        "hyphens" => to.text.hyphens = from.text.hyphens,
        "hyphenate-limit-chars" => to.text.hyphenate_limits = from.text.hyphenate_limits,
        "hyphenate-limit-lines" => to.text.hyphenate_lines = from.text.hyphenate_lines,
        "hanging-punctuation" => {
            to.text.hanging_punctuation = from.text.hanging_punctuation
        }
        "white-space" => to.text.white_space = from.text.white_space,
        "overflow-wrap" | "word-wrap" => to.text.wrap_anywhere = from.text.wrap_anywhere,
        "tab-size" => to.text.tab_size = from.text.tab_size,
        "direction" => to.text.right_to_left = from.text.right_to_left,
        _ if name.starts_with("text-decoration") => {
            to.text.decoration = from.text.decoration
        }
        "margin" => to.margin = from.margin,
        "margin-top" => to.margin.top = from.margin.top,
        "margin-right" => to.margin.right = from.margin.right,
        "margin-bottom" => to.margin.bottom = from.margin.bottom,
        "margin-left" => to.margin.left = from.margin.left,
        "padding" => to.padding = from.padding,
        "padding-top" => to.padding.top = from.padding.top,
        "padding-right" => to.padding.right = from.padding.right,
        "padding-bottom" => to.padding.bottom = from.padding.bottom,
        "padding-left" => to.padding.left = from.padding.left,
        "border-radius" => to.radius = from.radius,
        "border" => to.border = from.border,
        "border-top" => to.border.top = from.border.top,
        "border-right" => to.border.right = from.border.right,
        "border-bottom" => to.border.bottom = from.border.bottom,
        "border-left" => to.border.left = from.border.left,
        "width" => to.width = from.width,
        "max-width" => to.max_width = from.max_width,
        "min-width" => to.min_width = from.min_width,
        "height" => to.height = from.height,
        "max-height" => to.max_height = from.max_height,
        "float" => to.float = from.float,
        "clear" => to.clear = from.clear,
        "vertical-align" => to.vertical_align = from.vertical_align,
        "break-before" | "page-break-before" => to.break_before = from.break_before,
        "break-after" | "page-break-after" => to.break_after = from.break_after,
        "break-inside" | "page-break-inside" => to.keep_together = from.keep_together,
        "orphans" => to.orphans = from.orphans,
        "widows" => to.widows = from.widows,
        "page" => to.page.clone_from(&from.page),
        "list-style" => {
            to.list_style = from.list_style.clone();
            to.marker_inside = from.marker_inside;
        }
        "list-style-type" => to.list_style = from.list_style.clone(),
        "list-style-position" => to.marker_inside = from.marker_inside,
        "counter-reset" => to.counter_reset.clone_from(&from.counter_reset),
        "counter-increment" => to.counter_increment.clone_from(&from.counter_increment),
        "counter-set" => to.counter_set.clone_from(&from.counter_set),
        "string-set" => to.string_set.clone_from(&from.string_set),
        "content" => to.content = from.content.clone(),
        "quotes" => to.quotes.clone_from(&from.quotes),
        "initial-letter" => to.initial_letter = from.initial_letter,
        "column-count" | "columns" => to.columns = from.columns,
        "column-gap" => to.column_gap = from.column_gap,
        "column-rule" => to.column_rule = from.column_rule,
        "column-rule-width" => to.column_rule.width = from.column_rule.width,
        "column-rule-style" => to.column_rule.style = from.column_rule.style,
        "column-rule-color" => to.column_rule.color = from.column_rule.color,
        "border-collapse" => to.border_collapse = from.border_collapse,
        "border-spacing" => to.border_spacing = from.border_spacing,
        "caption-side" => to.caption_below = from.caption_below,
        "visibility" => to.hidden = from.hidden,
        "block-step-size" => to.block_step = from.block_step,
        _ => return false,
    }
    true
}
