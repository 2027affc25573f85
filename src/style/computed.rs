//! Computed values (CSS Cascade 5, section 4.4): lengths in points, percentages as parts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::margin_box::MarginBox;
use super::property::FontFeatures;
use crate::units::{Pt, Size};

/// The computed style of an element: a value of each property. Which are inherited, and their
/// initial values, the table of properties says.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Style {
    /// `display`.
    pub display: Display,
    /// `font-*`.
    pub font: Font,
    /// OpenType features by the property that asks for them; `font` has them all.
    pub(super) font_features: FontFeatures,
    /// The properties of text and lines.
    pub text: TextStyle,
    /// `color`.
    pub color: Color,
    /// `background-color`; none if nothing shows.
    pub background: Option<Color>,
    /// `margin-*`; none is `auto`.
    pub margin: Sides<Option<Length>>,
    /// `padding-*`.
    pub padding: Sides<Length>,
    /// `border-*`.
    pub border: Sides<Border>,
    /// `border-*-radius`, from the upper left, clockwise.
    pub radius: [Pt; 4],
    /// `width`; none is `auto`.
    pub width: Option<Length>,
    /// `max-width`; none is `none`.
    pub max_width: Option<Length>,
    /// `min-width`.
    pub min_width: Length,
    /// `height`; none is `auto`.
    pub height: Option<Length>,
    /// `max-height`; none is `none`.
    pub max_height: Option<Length>,
    /// `float`.
    pub float: Float,
    /// `clear`: whether the box stands below floats.
    pub clear: bool,
    /// `vertical-align`.
    pub vertical_align: VerticalAlign,
    /// `break-before`.
    pub break_before: Break,
    /// `break-after`.
    pub break_after: Break,
    /// `break-inside: avoid`.
    pub keep_together: bool,
    /// `orphans`.
    pub orphans: u32,
    /// `widows`.
    pub widows: u32,
    /// `page`: the named page; none is `auto`.
    pub page: Option<Arc<str>>,
    /// `list-style-type`.
    pub list_style: CounterStyle,
    /// `list-style-position: inside`.
    pub marker_inside: bool,
    /// `counter-reset`, in order.
    pub counter_reset: Vec<(Arc<str>, i32)>,
    /// `counter-increment`, in order.
    pub counter_increment: Vec<(Arc<str>, i32)>,
    /// `counter-set`, in order.
    pub counter_set: Vec<(Arc<str>, i32)>,
    /// `string-set`: names and what they are set to.
    pub string_set: Vec<(Arc<str>, Vec<ContentItem>)>,
    /// `content`.
    pub content: Content,
    /// `quotes`: opening and closing marks by level; none is `auto`, the language's.
    pub quotes: Option<Arc<[(String, String)]>>,
    /// `initial-letter`: lines that the first letter is tall, and lines that it sinks.
    pub initial_letter: Option<(f64, u32)>,
    /// `column-count`; one is `auto`.
    pub columns: u32,
    /// `column-gap`; none is `normal`.
    pub column_gap: Option<Length>,
    /// `column-span: all`.
    pub spans_columns: bool,
    /// `column-rule`.
    pub column_rule: Border,
    /// `border-collapse: collapse`.
    pub border_collapse: bool,
    /// `border-spacing`: horizontal, vertical.
    pub border_spacing: (Pt, Pt),
    /// `caption-side: bottom`.
    pub caption_below: bool,
    /// `block-step-size` (CSS Rhythmic Sizing 1): the block with its margins takes a multiple of
    /// this; none is `none`.
    pub block_step: Option<Pt>,
    /// `visibility: hidden`.
    pub hidden: bool,
}

/// `display`, as far as the PDF honours it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Display {
    None,
    #[default]
    Inline,
    InlineBlock,
    Block,
    ListItem,
    Table,
    TableCaption,
    TableHeader,
    TableRows,
    TableFooter,
    TableRow,
    TableCell,
    Ruby,
    RubyText,
    /// `contents`: only what is in it shows.
    Contents,
}

/// `font-*`: a font, as a stylesheet asks for it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Font {
    /// `font-family`, in the order of preference.
    pub families: Arc<[Family]>,
    /// `font-size`.
    pub size: Pt,
    /// `font-weight`, 1 to 1000.
    pub weight: u16,
    /// `font-style: italic` or `oblique`.
    pub italic: bool,
    /// `font-stretch`, in percent.
    pub stretch: u16,
    /// The OpenType features that `font-variant-*`, `font-kerning` and `font-feature-settings`
    /// switch, in the order of their tags.
    pub features: Arc<[(Tag, u32)]>,
    /// `font-variant-caps`: what stands for small capitals where a font has none.
    pub caps: Caps,
}

/// An OpenType feature's tag.
pub(crate) type Tag = [u8; 4];

/// `font-variant-caps`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) enum Caps {
    /// `normal`, and whatever is only a feature.
    #[default]
    Normal,
    /// `small-caps`.
    Small,
    /// `all-small-caps`.
    AllSmall,
}

/// A family of fonts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Family {
    /// By name.
    Named(Arc<str>),
    /// `serif`.
    Serif,
    /// `sans-serif`.
    Sans,
    /// `monospace`.
    Mono,
}

/// The properties of text and lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct TextStyle {
    /// `line-height`; a number or `normal` is resolved against the element's own font size.
    pub line_height: Pt,
    /// The number of `line-height`, which descendants multiply by their own font size; none for a
    /// length.
    pub line_factor: Option<f64>,
    /// `letter-spacing`.
    pub letter_spacing: Pt,
    /// `word-spacing`, added to each space.
    pub word_spacing: Pt,
    /// `text-align`.
    pub align: Align,
    /// `text-align-last`; none is `auto`.
    pub align_last: Option<Align>,
    /// `text-indent`.
    pub indent: Length,
    /// `text-indent: … hanging`.
    pub hanging_indent: bool,
    /// `text-transform`.
    pub transform: Transform,
    /// `text-decoration-line` of this element and those around it, with their colours.
    pub decoration: Decoration,
    /// `hyphens`.
    pub hyphens: Hyphens,
    /// `hyphenate-limit-chars`: letters of the word, before the hyphen, after it; none is `auto`.
    pub hyphenate_limits: [Option<u8>; 3],
    /// `hyphenate-limit-lines`: hyphens in a row at most; none is `no-limit`.
    pub hyphenate_lines: Option<u8>,
    /// `hanging-punctuation`: whether marks hang at the edges, by the tool's own measures.
    pub hanging_punctuation: bool,
    /// `white-space`.
    pub white_space: WhiteSpace,
    /// `overflow-wrap` is `anywhere` or `break-word`.
    pub wrap_anywhere: bool,
    /// `tab-size` in spaces, or as a length.
    pub tab_size: TabSize,
    /// `direction: rtl`.
    pub right_to_left: bool,
}

/// A length or percentage (CSS Values 4, section 5.5).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Length {
    /// The fixed part.
    pub pt: Pt,
    /// The percentage as a part of the containing block: 1 is 100%.
    pub fraction: f64,
}

/// A value for each of the four sides of a box.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Sides<T> {
    pub top: T,
    pub right: T,
    pub bottom: T,
    pub left: T,
}

/// A border on one side, or a rule between columns.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Border {
    /// `border-*-width`: zero if its style is `none`.
    pub width: Pt,
    /// `border-*-color`.
    pub color: Color,
    /// `border-*-style`.
    pub style: LineStyle,
}

/// `border-*-style`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LineStyle {
    #[default]
    None,
    Solid,
    Dashed,
    Dotted,
    Double,
}

/// A colour: sRGB components and opacity, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "they are what they are called")]
pub struct Color {
    pub red: f32,
    pub green: f32,
    pub blue: f32,
    pub alpha: f32,
}

/// `float`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Float {
    #[default]
    None,
    Left,
    Right,
}

/// `vertical-align`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) enum VerticalAlign {
    #[default]
    Baseline,
    Sub,
    Super,
    Top,
    Middle,
    Bottom,
    /// Raised by a length.
    Raise(Pt),
}

/// `break-before`, `break-after`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Break {
    #[default]
    Auto,
    Avoid,
    Page,
    Recto,
    Verso,
    Column,
}

/// `text-align`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Align {
    #[default]
    Start,
    End,
    Left,
    Right,
    Center,
    Justify,
}

impl Default for TabSize {
    fn default() -> Self {
        Self::Spaces(0.0)
    }
}

impl TextStyle {
    /// `text-align` with `start` and `end` as the sides that they are in this direction.
    pub(crate) fn sided(&self, align: Align) -> Align {
        match (align, self.right_to_left) {
            (Align::Start, false) | (Align::End, true) => Align::Left,
            (Align::Start, true) | (Align::End, false) => Align::Right,
            _ => align,
        }
    }
}

/// `text-transform`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Transform {
    #[default]
    None,
    Uppercase,
    Lowercase,
    Capitalize,
}

/// `text-decoration-*`: lines below, above and through text.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Decoration {
    /// A line below.
    pub underline: bool,
    /// A line above.
    pub overline: bool,
    /// A line through.
    pub line_through: bool,
    /// Their colour; black if there are none.
    pub color: Color,
}

/// `hyphens`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Hyphens {
    None,
    #[default]
    Manual,
    Auto,
}

/// `white-space`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum WhiteSpace {
    #[default]
    Normal,
    Nowrap,
    Pre,
    PreWrap,
    PreLine,
}

/// `tab-size`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum TabSize {
    /// A number of advances of the space.
    Spaces(f64),
    /// A length.
    Length(Pt),
}

/// `content`.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Content {
    /// `normal`: what the element holds; nothing for `::before` and `::after`.
    #[default]
    Normal,
    /// `none`.
    None,
    /// What is shown.
    Items(Arc<[ContentItem]>),
}

/// Part of a `content` or `string-set`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ContentItem {
    /// A string.
    Text(String),
    /// `attr()`.
    Attribute(String),
    /// `counter()`.
    Counter(Arc<str>, CounterStyle),
    /// `counters()`: the string between them.
    Counters(Arc<str>, String, CounterStyle),
    /// `string()`.
    String(Arc<str>, StringPlace),
    /// `content()` and `content(text)`: the element's own text.
    Words,
    /// `target-counter(attr(href), …)`.
    TargetCounter(Target, Arc<str>, CounterStyle),
    /// `target-text(attr(href))`.
    TargetText(Target),
    /// `leader()`: what is repeated until the line is full.
    Leader(String),
    /// `open-quote`.
    OpenQuote,
    /// `close-quote`.
    CloseQuote,
    /// `no-open-quote`.
    NoOpenQuote,
    /// `no-close-quote`.
    NoCloseQuote,
}

/// The target of a `target-…()` (CSS Generated Content 3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// `attr(…)`: the address in an attribute of the element.
    Attribute(String),
    /// An address.
    Address(String),
}

/// The value of a named string that a page shows (CSS Generated Content for Paged Media 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum StringPlace {
    /// `first`: the first that is set on the page, else what it had before.
    #[default]
    First,
    /// `start`: the value at the page's beginning.
    Start,
    /// `last`: the value at its end.
    Last,
    /// `first-except`: none on the page that sets it.
    FirstExcept,
}

/// `list-style-type`, and how a counter is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum CounterStyle {
    None,
    #[default]
    Disc,
    Circle,
    Square,
    Decimal,
    DecimalLeadingZero,
    LowerRoman,
    UpperRoman,
    LowerAlpha,
    UpperAlpha,
    LowerGreek,
    /// A string: it stands for any number.
    Text(Arc<str>),
}

/// The computed styles of an element and of its pseudo-elements.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ElementStyle {
    /// The element's own.
    pub style: Style,
    /// `::before`; none without content.
    pub before: Option<Style>,
    /// `::after`; none without content.
    pub after: Option<Style>,
    /// `::marker`, of a list item.
    pub marker: Option<Style>,
    /// `::first-letter`, if any rule names it.
    pub first_letter: Option<Style>,
    /// `::first-line`, if any rule names it.
    pub first_line: Option<Style>,
}

/// A page, as `@page` selectors see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PageQuery<'a> {
    /// Its name; empty if none.
    pub name: &'a str,
    /// Its place among the pages of this name since they last began, from zero.
    pub nth: u32,
    /// Whether it is the first of all.
    pub first: bool,
    /// Whether it is a right-hand page.
    pub right: bool,
    /// Whether it has no content.
    pub blank: bool,
}

/// The computed style of a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PageStyle {
    /// `size`: the trimmed page.
    pub size: Size,
    /// `margin`.
    pub margin: Sides<Pt>,
    /// `background-color`. (Padding and border of the page are part of its margins.)
    pub background: Option<Color>,
    /// `bleed`.
    pub bleed: Pt,
    /// `marks: crop`.
    pub crop_marks: bool,
    /// `marks: cross`.
    pub cross_marks: bool,
    /// The margin boxes with content.
    pub boxes: BTreeMap<MarginBox, Style>,
}

/// The settings of `book.yaml` that computed values begin with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct BookDefaults {
    /// `font-size: medium`.
    pub medium: Pt,
    /// `pdf.trim`: the trimmed page.
    pub page: Size,
    /// `pdf.margins`: those of a right-hand page; a left-hand one has them mirrored.
    pub margin: Sides<Pt>,
}

/// Metrics of a font, in em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FontMetrics {
    /// The height of `x`.
    pub x_height: f64,
    /// The advance of `0`.
    pub zero: f64,
    /// The line height that `normal` stands for.
    pub line: f64,
}

/// A source of font metrics: what `ex`, `ch` and `line-height: normal` are.
pub(crate) trait Metrics {
    /// The metrics of the first available font of a style.
    fn of(&self, font: &Font) -> FontMetrics;
}

impl Border {
    /// Its used width: zero where its style is none.
    pub(crate) fn shown(&self) -> Pt {
        if self.style == LineStyle::None { Pt::ZERO } else { self.width }
    }
}

impl Color {
    /// Black.
    pub const BLACK: Self = Self { red: 0.0, green: 0.0, blue: 0.0, alpha: 1.0 };

    /// A grey: 0 is white, 1 is black.
    pub const fn grey(ink: f32) -> Self {
        let light = 1.0 - ink;
        Self { red: light, green: light, blue: light, alpha: 1.0 }
    }
}

impl Default for Color {
    fn default() -> Self {
        Self::BLACK
    }
}

impl Length {
    /// No length.
    pub(crate) const ZERO: Self = Self { pt: Pt::ZERO, fraction: 0.0 };

    /// A fixed length.
    pub(crate) fn fixed(pt: Pt) -> Self {
        Self { pt, fraction: 0.0 }
    }

    /// The used length in a block of this width.
    pub(crate) fn of(self, whole: Pt) -> Pt {
        self.pt + whole * self.fraction
    }
}
