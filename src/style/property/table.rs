//! The table of CSS properties: each is a row here, and its use.
//!
//! A row of a longhand says, in this order: its variant, its name, its other names, when it is
//! computed, whether it is inherited, its initial value, the editions that honour it, and the
//! release that it came with; then the type of its specified value, its parser, and the fields of
//! [`Style`] that hold its computed value. `by` names a function that sets them; without it the
//! only field is set to the computed value.
//!
//! A row of a shorthand says its variant, its name, its other names and the release; then its
//! parser, and the longhands that it sets. Those that its parser does not name get their initial
//! value.

use std::sync::{Arc, LazyLock};

use cssparser::Parser;

use super::{boxes, content, fonts, shorthand, text};
use crate::style::color::{SpecifiedColor, color};
use crate::style::computed::{
    Align, Break, Content, ContentItem, CounterStyle, Display, Family, Float, Hyphens,
    LineStyle, Style, Transform, WhiteSpace,
};
use crate::style::length::{AbsoluteLength, SpecifiedLength};
use crate::style::value::{
    ComputeContext, Parsed, ToComputed, parse_entirely, positive_integer,
};

/// Which editions a property means something to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::style) enum Editions {
    /// The PDF and the EPUB.
    Both,
    /// The PDF: the EPUB's own stylesheet leaves it out.
    Pdf,
}

/// When a property is computed: what others are measured by comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::style) enum Stage {
    /// The font: `em`, `ex`, `ch`.
    Font,
    /// The line height: `lh`.
    LineHeight,
    /// The colour: `currentcolor`.
    Color,
    /// All else.
    Rest,
}

impl Stage {
    /// All stages in their order.
    pub(in crate::style) const ALL: [Self; 4] =
        [Self::Font, Self::LineHeight, Self::Color, Self::Rest];
}

/// Sets the fields of a longhand to the computed value.
macro_rules! set {
    ($style:ident, $value:ident, $context:ident;) => {{
        let _ = ($style, $value, $context);
    }};
    ($style:ident, $value:ident, $context:ident; ($($field:tt)+)) => {
        $style.$($field)+ = $value.to_computed($context)
    };
    ($style:ident, $value:ident, $context:ident; $(($($field:tt)+))+ by $setter:path) => {
        $setter($style, $value, $context)
    };
}

macro_rules! is_inherited {
    (inherited) => {
        true
    };
    (reset) => {
        false
    };
}

macro_rules! longhands {
    ($(
        $longhand:ident $name:literal $(or $alias:literal)*,
        $stage:ident $inheritance:ident $initial:literal, $editions:ident since $since:literal:
        $kind:ty = $parser:path => $(($($field:tt)+))* $(by $setter:path)?;
    )*) => {
        /// A property that is no shorthand.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(in crate::style) enum Longhand {
            $(#[doc = concat!("`", $name, "`, since ", $since, ".")] $longhand,)*
        }

        /// The specified value of a longhand.
        #[derive(Debug, Clone, PartialEq)]
        pub(in crate::style) enum Value {
            $(#[doc = concat!("A value of `", $name, "`.")] $longhand($kind),)*
        }

        impl Longhand {
            /// All longhands, in the order of the table.
            pub(in crate::style) const ALL: &[Self] = &[$(Self::$longhand,)*];

            /// The longhand of a name or an alias, in lower case.
            pub(super) fn named(name: &str) -> Option<Self> {
                match name {
                    $($name $(| $alias)* => Some(Self::$longhand),)*
                    _ => None,
                }
            }

            /// Its name, and after that its aliases.
            pub(super) fn names(self) -> &'static [&'static str] {
                match self { $(Self::$longhand => &[$name $(, $alias)*],)* }
            }

            /// When it is computed.
            pub(in crate::style) fn stage(self) -> Stage {
                match self { $(Self::$longhand => Stage::$stage,)* }
            }

            /// Whether an element without a declaration of it takes it from its parent.
            pub(in crate::style) fn is_inherited(self) -> bool {
                match self { $(Self::$longhand => is_inherited!($inheritance),)* }
            }

            /// The editions that honour it.
            pub(super) fn editions(self) -> Editions {
                match self { $(Self::$longhand => Editions::$editions,)* }
            }

            /// Its initial value, as a stylesheet would write it.
            pub(in crate::style) fn initial_text(self) -> &'static str {
                match self { $(Self::$longhand => $initial,)* }
            }

            /// Parses a value.
            pub(super) fn parse(self, input: &mut Parser) -> Parsed<Value> {
                match self { $(Self::$longhand => $parser(input).map(Value::$longhand),)* }
            }

            /// Copies its computed value from one style to another.
            pub(in crate::style) fn copy(self, from: &Style, to: &mut Style) {
                match self {
                    $(Self::$longhand => { $(to.$($field)+.clone_from(&from.$($field)+);)* })*
                }
            }
        }

        impl Value {
            /// The longhand that it is a value of.
            pub(in crate::style) fn longhand(&self) -> Longhand {
                match self { $(Self::$longhand(_) => Longhand::$longhand,)* }
            }

            /// Sets the computed value in a style.
            pub(in crate::style) fn apply(&self, style: &mut Style, context: &ComputeContext) {
                match self {
                    $(Self::$longhand(value) => {
                        set!(style, value, context; $(($($field)+))* $(by $setter)?);
                    })*
                }
            }
        }
    };
}

longhands! {
    // The font. What has features comes before `font-feature-settings`, which weighs more.
    FontFamily "font-family", Font inherited "serif", Both since "0.1":
        Arc<[Family]> = fonts::families => (font.families);
    FontSize "font-size", Font inherited "medium", Both since "0.1":
        fonts::FontSize = fonts::size => (font.size);
    FontStyle "font-style", Font inherited "normal", Both since "0.1":
        bool = fonts::style => (font.italic);
    FontWeight "font-weight", Font inherited "normal", Both since "0.1":
        fonts::FontWeight = fonts::weight => (font.weight);
    FontStretch "font-stretch" or "font-width", Font inherited "normal", Both since "0.1":
        u16 = fonts::stretch => (font.stretch);
    FontVariantCaps "font-variant-caps", Font inherited "normal", Both since "0.1":
        fonts::CapsFeatures = fonts::variant_caps => (font_features.caps);
    FontVariantNumeric "font-variant-numeric", Font inherited "normal", Both since "0.1":
        fonts::Features = fonts::variant_numeric => (font_features.numeric);
    FontVariantLigatures "font-variant-ligatures", Font inherited "normal", Both since "0.1":
        fonts::Features = fonts::variant_ligatures => (font_features.ligatures);
    FontVariantPosition "font-variant-position", Font inherited "normal", Both since "0.1":
        fonts::Features = fonts::variant_position => (font_features.position);
    FontKerning "font-kerning", Font inherited "auto", Both since "0.1":
        fonts::Features = fonts::kerning => (font_features.kerning);
    FontFeatureSettings "font-feature-settings", Font inherited "normal", Both since "0.1":
        fonts::Features = fonts::feature_settings => (font_features.settings);
    LineHeight "line-height", LineHeight inherited "normal", Both since "0.1":
        fonts::LineHeight = fonts::line_height
        => (text.line_height)(text.line_factor) by fonts::set_line_height;

    // Colours.
    Color "color", Color inherited "black", Both since "0.1":
        SpecifiedColor = color => (color);
    BackgroundColor "background-color", Rest reset "transparent", Both since "0.1":
        boxes::BackgroundColor = boxes::background_color => (background);

    // Text.
    LetterSpacing "letter-spacing", Rest inherited "normal", Both since "0.1":
        text::Spacing = text::spacing => (text.letter_spacing);
    WordSpacing "word-spacing", Rest inherited "normal", Both since "0.1":
        text::Spacing = text::spacing => (text.word_spacing);
    TextAlign "text-align", Rest inherited "start", Both since "0.1":
        Align = text::align => (text.align);
    TextAlignLast "text-align-last", Rest inherited "auto", Both since "0.1":
        Option<Align> = text::align_last => (text.align_last);
    TextIndent "text-indent", Rest inherited "0", Both since "0.1":
        text::Indent = text::indent
        => (text.indent)(text.hanging_indent) by text::set_indent;
    TextTransform "text-transform", Rest inherited "none", Both since "0.1":
        Transform = text::transform => (text.transform);
    // A line goes on through what is in its element (CSS Text Decoration 3, section 2), which
    // inheritance does here, its colour with it. A colour is set after its lines.
    TextDecorationLine "text-decoration-line", Rest inherited "none", Both since "0.1":
        text::DecorationLine = text::decoration_line
        => (text.decoration) by text::set_decoration_line;
    TextDecorationColor "text-decoration-color", Rest reset "currentcolor", Both since "0.1":
        SpecifiedColor = color => (text.decoration.color) by text::set_decoration_color;
    TextDecorationStyle "text-decoration-style", Rest inherited "solid", Both since "0.1":
        () = text::decoration_style =>;
    Hyphens "hyphens", Rest inherited "manual", Both since "0.1":
        Hyphens = text::hyphens => (text.hyphens);
    HyphenateLimitChars "hyphenate-limit-chars", Rest inherited "auto", Both since "0.1":
        [Option<u8>; 3] = text::hyphenate_limit_chars => (text.hyphenate_limits);
    HyphenateLimitLines "hyphenate-limit-lines", Rest inherited "no-limit", Pdf since "0.1":
        Option<u8> = text::hyphenate_limit_lines => (text.hyphenate_lines);
    HangingPunctuation "hanging-punctuation", Rest inherited "none", Both since "0.1":
        bool = text::hanging_punctuation => (text.hanging_punctuation);
    WhiteSpace "white-space", Rest inherited "normal", Both since "0.1":
        WhiteSpace = text::white_space => (text.white_space);
    OverflowWrap "overflow-wrap" or "word-wrap", Rest inherited "normal", Both since "0.1":
        bool = text::overflow_wrap => (text.wrap_anywhere);
    TabSize "tab-size", Rest inherited "8", Both since "0.1":
        text::SpecifiedTabSize = text::tab_size => (text.tab_size);
    // EPUB wants it in the document (EPUB 3.3, section 6.3).
    Direction "direction", Rest inherited "ltr", Pdf since "0.1":
        bool = text::direction => (text.right_to_left);
    VerticalAlign "vertical-align", Rest reset "baseline", Both since "0.1":
        text::SpecifiedVerticalAlign = text::vertical_align => (vertical_align);
    Orphans "orphans", Rest inherited "2", Both since "0.1":
        u32 = positive_integer => (orphans);
    Widows "widows", Rest inherited "2", Both since "0.1":
        u32 = positive_integer => (widows);
    InitialLetter "initial-letter", Rest reset "normal", Both since "0.1":
        Option<(f64, u32)> = text::initial_letter => (initial_letter);

    // Boxes.
    Display "display", Rest reset "inline", Both since "0.1":
        Display = boxes::display => (display);
    MarginTop "margin-top" or "margin-block-start", Rest reset "0", Both since "0.1":
        Option<SpecifiedLength> = boxes::margin => (margin.top);
    MarginRight "margin-right" or "margin-inline-end", Rest reset "0", Both since "0.1":
        Option<SpecifiedLength> = boxes::margin => (margin.right);
    MarginBottom "margin-bottom" or "margin-block-end", Rest reset "0", Both since "0.1":
        Option<SpecifiedLength> = boxes::margin => (margin.bottom);
    MarginLeft "margin-left" or "margin-inline-start", Rest reset "0", Both since "0.1":
        Option<SpecifiedLength> = boxes::margin => (margin.left);
    PaddingTop "padding-top" or "padding-block-start", Rest reset "0", Both since "0.1":
        SpecifiedLength = boxes::padding => (padding.top);
    PaddingRight "padding-right" or "padding-inline-end", Rest reset "0", Both since "0.1":
        SpecifiedLength = boxes::padding => (padding.right);
    PaddingBottom "padding-bottom" or "padding-block-end", Rest reset "0", Both since "0.1":
        SpecifiedLength = boxes::padding => (padding.bottom);
    PaddingLeft "padding-left" or "padding-inline-start", Rest reset "0", Both since "0.1":
        SpecifiedLength = boxes::padding => (padding.left);
    BorderTopWidth "border-top-width", Rest reset "medium", Both since "0.1":
        AbsoluteLength = boxes::line_width => (border.top.width);
    BorderRightWidth "border-right-width", Rest reset "medium", Both since "0.1":
        AbsoluteLength = boxes::line_width => (border.right.width);
    BorderBottomWidth "border-bottom-width", Rest reset "medium", Both since "0.1":
        AbsoluteLength = boxes::line_width => (border.bottom.width);
    BorderLeftWidth "border-left-width", Rest reset "medium", Both since "0.1":
        AbsoluteLength = boxes::line_width => (border.left.width);
    BorderTopStyle "border-top-style", Rest reset "none", Both since "0.1":
        LineStyle = boxes::line_style => (border.top.style);
    BorderRightStyle "border-right-style", Rest reset "none", Both since "0.1":
        LineStyle = boxes::line_style => (border.right.style);
    BorderBottomStyle "border-bottom-style", Rest reset "none", Both since "0.1":
        LineStyle = boxes::line_style => (border.bottom.style);
    BorderLeftStyle "border-left-style", Rest reset "none", Both since "0.1":
        LineStyle = boxes::line_style => (border.left.style);
    BorderTopColor "border-top-color", Rest reset "currentcolor", Both since "0.1":
        SpecifiedColor = color => (border.top.color);
    BorderRightColor "border-right-color", Rest reset "currentcolor", Both since "0.1":
        SpecifiedColor = color => (border.right.color);
    BorderBottomColor "border-bottom-color", Rest reset "currentcolor", Both since "0.1":
        SpecifiedColor = color => (border.bottom.color);
    BorderLeftColor "border-left-color", Rest reset "currentcolor", Both since "0.1":
        SpecifiedColor = color => (border.left.color);
    BorderTopLeftRadius "border-top-left-radius", Rest reset "0", Both since "0.1":
        boxes::Radius = boxes::radius => (radius[0]);
    BorderTopRightRadius "border-top-right-radius", Rest reset "0", Both since "0.1":
        boxes::Radius = boxes::radius => (radius[1]);
    BorderBottomRightRadius "border-bottom-right-radius", Rest reset "0", Both since "0.1":
        boxes::Radius = boxes::radius => (radius[2]);
    BorderBottomLeftRadius "border-bottom-left-radius", Rest reset "0", Both since "0.1":
        boxes::Radius = boxes::radius => (radius[3]);
    Width "width", Rest reset "auto", Both since "0.1":
        Option<SpecifiedLength> = boxes::size => (width);
    MaxWidth "max-width", Rest reset "none", Both since "0.1":
        Option<SpecifiedLength> = boxes::size => (max_width);
    MinWidth "min-width", Rest reset "auto", Both since "0.1":
        SpecifiedLength = boxes::least_size => (min_width);
    Height "height", Rest reset "auto", Both since "0.1":
        Option<SpecifiedLength> = boxes::size => (height);
    MaxHeight "max-height", Rest reset "none", Both since "0.1":
        Option<SpecifiedLength> = boxes::size => (max_height);
    Float "float", Rest reset "none", Both since "0.1":
        Float = boxes::float => (float);
    Clear "clear", Rest reset "none", Both since "0.1":
        bool = boxes::clear => (clear);
    BlockStepSize "block-step-size", Rest reset "none", Pdf since "0.1":
        Option<AbsoluteLength> = boxes::block_step_size => (block_step);
    Visibility "visibility", Rest inherited "visible", Both since "0.1":
        bool = boxes::visibility => (hidden);

    // Tables.
    BorderCollapse "border-collapse", Rest inherited "separate", Both since "0.1":
        bool = boxes::border_collapse => (border_collapse);
    BorderSpacing "border-spacing", Rest inherited "0", Both since "0.1":
        (AbsoluteLength, AbsoluteLength) = boxes::border_spacing => (border_spacing);
    CaptionSide "caption-side", Rest inherited "top", Both since "0.1":
        bool = boxes::caption_side => (caption_below);

    // Columns and pages.
    ColumnCount "column-count", Rest reset "auto", Both since "0.1":
        u32 = boxes::column_count => (columns);
    ColumnGap "column-gap", Rest reset "normal", Both since "0.1":
        Option<SpecifiedLength> = boxes::column_gap => (column_gap);
    ColumnSpan "column-span", Rest reset "none", Both since "0.1":
        bool = boxes::column_span => (spans_columns);
    ColumnRuleWidth "column-rule-width", Rest reset "medium", Both since "0.1":
        AbsoluteLength = boxes::line_width => (column_rule.width);
    ColumnRuleStyle "column-rule-style", Rest reset "none", Both since "0.1":
        LineStyle = boxes::line_style => (column_rule.style);
    ColumnRuleColor "column-rule-color", Rest reset "currentcolor", Both since "0.1":
        SpecifiedColor = color => (column_rule.color);
    BreakBefore "break-before" or "page-break-before", Rest reset "auto", Both since "0.1":
        Break = boxes::break_between => (break_before);
    BreakAfter "break-after" or "page-break-after", Rest reset "auto", Both since "0.1":
        Break = boxes::break_between => (break_after);
    BreakInside "break-inside" or "page-break-inside", Rest reset "auto", Both since "0.1":
        bool = boxes::break_inside => (keep_together);
    Page "page", Rest inherited "auto", Pdf since "0.1":
        Option<Arc<str>> = boxes::page => (page);

    // Lists and generated content.
    ListStyleType "list-style-type", Rest inherited "disc", Both since "0.1":
        CounterStyle = content::counter_style => (list_style);
    ListStylePosition "list-style-position", Rest inherited "outside", Both since "0.1":
        bool = content::list_style_position => (marker_inside);
    ListStyleImage "list-style-image", Rest inherited "none", Both since "0.1":
        () = content::list_style_image =>;
    Content "content", Rest reset "normal", Both since "0.1":
        Content = content::content => (content);
    Quotes "quotes", Rest inherited "auto", Both since "0.1":
        content::Quotes = content::quotes => (quotes);
    CounterReset "counter-reset", Rest reset "none", Both since "0.1":
        Vec<(Arc<str>, i32)> = content::counter_reset => (counter_reset);
    CounterIncrement "counter-increment", Rest reset "none", Both since "0.1":
        Vec<(Arc<str>, i32)> = content::counter_increment => (counter_increment);
    CounterSet "counter-set", Rest reset "none", Both since "0.1":
        Vec<(Arc<str>, i32)> = content::counter_set => (counter_set);
    StringSet "string-set", Rest reset "none", Pdf since "0.1":
        Vec<(Arc<str>, Vec<ContentItem>)> = content::string_set => (string_set);
}

macro_rules! shorthands {
    ($(
        $shorthand:ident $name:literal $(or $alias:literal)*, since $since:literal:
        $parser:path => $($longhand:ident)+;
    )*) => {
        /// A property that sets several others.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(in crate::style) enum Shorthand {
            $(#[doc = concat!("`", $name, "`, since ", $since, ".")] $shorthand,)*
        }

        impl Shorthand {
            /// All shorthands, in the order of the table.
            pub(in crate::style) const ALL: &[Self] = &[$(Self::$shorthand,)*];

            /// The shorthand of a name or an alias, in lower case.
            pub(super) fn named(name: &str) -> Option<Self> {
                match name {
                    $($name $(| $alias)* => Some(Self::$shorthand),)*
                    _ => None,
                }
            }

            /// Its name, and after that its aliases.
            pub(super) fn names(self) -> &'static [&'static str] {
                match self { $(Self::$shorthand => &[$name $(, $alias)*],)* }
            }

            /// The longhands that it sets.
            pub(in crate::style) fn longhands(self) -> &'static [Longhand] {
                match self { $(Self::$shorthand => &[$(Longhand::$longhand,)+],)* }
            }

            /// Parses a value into those of longhands.
            pub(super) fn parse(self, input: &mut Parser) -> Parsed<Vec<Value>> {
                match self { $(Self::$shorthand => $parser(input),)* }
            }
        }
    };
}

shorthands! {
    Font "font", since "0.1": shorthand::font
        => FontStyle FontVariantCaps FontVariantNumeric FontVariantLigatures FontVariantPosition
           FontWeight FontStretch FontSize LineHeight FontFamily FontKerning FontFeatureSettings;
    FontVariant "font-variant", since "0.1": shorthand::font_variant
        => FontVariantCaps FontVariantNumeric FontVariantLigatures FontVariantPosition;
    Background "background", since "0.1": shorthand::background => BackgroundColor;
    TextDecoration "text-decoration", since "0.1": shorthand::text_decoration
        => TextDecorationLine TextDecorationStyle TextDecorationColor;
    Margin "margin", since "0.1": shorthand::margin
        => MarginTop MarginRight MarginBottom MarginLeft;
    MarginBlock "margin-block", since "0.1": shorthand::margin_block => MarginTop MarginBottom;
    MarginInline "margin-inline", since "0.1": shorthand::margin_inline
        => MarginLeft MarginRight;
    Padding "padding", since "0.1": shorthand::padding
        => PaddingTop PaddingRight PaddingBottom PaddingLeft;
    PaddingBlock "padding-block", since "0.1": shorthand::padding_block
        => PaddingTop PaddingBottom;
    PaddingInline "padding-inline", since "0.1": shorthand::padding_inline
        => PaddingLeft PaddingRight;
    Border "border", since "0.1": shorthand::border
        => BorderTopWidth BorderRightWidth BorderBottomWidth BorderLeftWidth
           BorderTopStyle BorderRightStyle BorderBottomStyle BorderLeftStyle
           BorderTopColor BorderRightColor BorderBottomColor BorderLeftColor;
    BorderTop "border-top" or "border-block-start", since "0.1": shorthand::border_top
        => BorderTopWidth BorderTopStyle BorderTopColor;
    BorderRight "border-right" or "border-inline-end", since "0.1": shorthand::border_right
        => BorderRightWidth BorderRightStyle BorderRightColor;
    BorderBottom "border-bottom" or "border-block-end", since "0.1": shorthand::border_bottom
        => BorderBottomWidth BorderBottomStyle BorderBottomColor;
    BorderLeft "border-left" or "border-inline-start", since "0.1": shorthand::border_left
        => BorderLeftWidth BorderLeftStyle BorderLeftColor;
    BorderBlock "border-block", since "0.1": shorthand::border_block
        => BorderTopWidth BorderTopStyle BorderTopColor
           BorderBottomWidth BorderBottomStyle BorderBottomColor;
    BorderInline "border-inline", since "0.1": shorthand::border_inline
        => BorderLeftWidth BorderLeftStyle BorderLeftColor
           BorderRightWidth BorderRightStyle BorderRightColor;
    BorderWidth "border-width", since "0.1": shorthand::border_width
        => BorderTopWidth BorderRightWidth BorderBottomWidth BorderLeftWidth;
    BorderStyle "border-style", since "0.1": shorthand::border_style
        => BorderTopStyle BorderRightStyle BorderBottomStyle BorderLeftStyle;
    BorderColor "border-color", since "0.1": shorthand::border_color
        => BorderTopColor BorderRightColor BorderBottomColor BorderLeftColor;
    BorderRadius "border-radius", since "0.1": shorthand::border_radius
        => BorderTopLeftRadius BorderTopRightRadius
           BorderBottomRightRadius BorderBottomLeftRadius;
    Columns "columns", since "0.1": shorthand::columns => ColumnCount;
    ColumnRule "column-rule", since "0.1": shorthand::column_rule
        => ColumnRuleWidth ColumnRuleStyle ColumnRuleColor;
    ListStyle "list-style", since "0.1": shorthand::list_style
        => ListStyleType ListStylePosition ListStyleImage;
}

/// The initial values of longhands, in the order of the table.
static INITIAL: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let value = |longhand: &Longhand| {
        parse_entirely(longhand.initial_text(), |input| longhand.parse(input))
    };
    let values: Parsed<Vec<Value>> = Longhand::ALL.iter().map(value).collect();
    values.expect("each initial value in the table is a value of its property")
});

impl Longhand {
    /// Its initial value.
    pub(in crate::style) fn initial(self) -> &'static Value {
        &INITIAL[self as usize]
    }

    /// Whether its initial value is computed to something else for each element.
    pub(in crate::style) fn has_relative_initial(self) -> bool {
        self == Self::LineHeight || self.initial_text() == "currentcolor"
    }

    /// Whether it has its initial value, computed for the element, where nothing is declared.
    pub(in crate::style) fn is_reset_for_each_element(self) -> bool {
        // The colour of lines comes with them.
        let comes_with_another = self == Self::TextDecorationColor;
        !self.is_inherited() && self.has_relative_initial() && !comes_with_another
    }
}
