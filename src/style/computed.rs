//! Computed values: what the cascade leaves for an element.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::margin_box::MarginBox;
use super::property::FontFeatures;
use crate::units::{Pt, Size};

/// The computed style of an element.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Style {
    /// `display`.
    pub display: Display,
    /// The letters.
    pub font: Font,
    /// The features that it asks for, by the property that asks; `font` has them all.
    pub(super) font_features: FontFeatures,
    /// How lines of text are set.
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
    /// `clear`: whether a float beside must have ended.
    pub clear: bool,
    /// `vertical-align`.
    pub vertical_align: VerticalAlign,
    /// `break-before`.
    pub break_before: Break,
    /// `break-after`.
    pub break_after: Break,
    /// `break-inside: avoid`.
    pub keep_together: bool,
    /// `orphans`: inherited.
    pub orphans: u32,
    /// `widows`: inherited.
    pub widows: u32,
    /// `page`: the named page; inherited; none is `auto`.
    pub page: Option<Arc<str>>,
    /// `list-style-type`: inherited.
    pub list_style: CounterStyle,
    /// `list-style-position: inside`: inherited.
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
    /// `quotes`: opening and closing marks by level; none is `auto`, the language's. Inherited.
    pub quotes: Option<Arc<[(String, String)]>>,
    /// `initial-letter`: lines that the first letter is tall, and lines that it sinks.
    pub initial_letter: Option<(f64, u32)>,
    /// `column-count`; one is `auto`.
    pub columns: u32,
    /// `column-gap`; none is `normal`.
    pub column_gap: Option<Length>,
    /// `column-rule`.
    pub column_rule: Border,
    /// `border-collapse: collapse`: inherited.
    pub border_collapse: bool,
    /// `border-spacing`: inherited; horizontal, vertical.
    pub border_spacing: (Pt, Pt),
    /// `caption-side: bottom`: inherited.
    pub caption_below: bool,
    /// `block-step-size` (CSS Rhythmic Sizing 1): the block with its margins takes a multiple of
    /// this; none is `none`.
    pub block_step: Option<Pt>,
    /// `visibility: hidden`: inherited.
    pub hidden: bool,
}

/// `display`, as far as paper knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Display {
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

/// The letters: all of it inherited.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Font {
    /// `font-family`, the first best.
    pub families: Arc<[Family]>,
    /// `font-size`.
    pub size: Pt,
    /// `font-weight`, 1 to 1000.
    pub weight: u16,
    /// `font-style: italic` or `oblique`.
    pub italic: bool,
    /// `font-stretch`, in per cent.
    pub stretch: u16,
    /// The OpenType features that `font-variant-*`, `font-kerning` and `font-feature-settings`
    /// switch, in the order of their tags.
    pub features: Arc<[(Tag, u32)]>,
    /// `font-variant-caps`: what stands for small capitals where a font has none.
    pub caps: Caps,
}

/// An OpenType feature's tag.
pub type Tag = [u8; 4];

/// `font-variant-caps`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Caps {
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
pub enum Family {
    /// By name.
    Named(Arc<str>),
    /// `serif`.
    Serif,
    /// `sans-serif`.
    Sans,
    /// `monospace`.
    Mono,
}

/// How lines are set: all of it inherited but the decoration.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TextStyle {
    /// `line-height`; a number or `normal` is resolved against the element's own size.
    pub line_height: Pt,
    /// The number of `line-height`, by which descendants reckon their own; none for a length.
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

/// A length, part of it in parts of what surrounds the box.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Length {
    /// The fixed part.
    pub pt: Pt,
    /// Parts of the containing block: 1 is all of it.
    pub fraction: f64,
}

/// Four sides.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sides<T> {
    pub top: T,
    pub right: T,
    pub bottom: T,
    pub left: T,
}

/// A border on one side; without width none shows.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Border {
    /// `border-*-width`: zero if its style is `none`.
    pub width: Pt,
    /// Its colour.
    pub color: Color,
    /// How it is drawn.
    pub style: LineStyle,
}

/// How a border is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names are those of CSS")]
pub enum LineStyle {
    #[default]
    None,
    Solid,
    Dashed,
    Dotted,
    Double,
}

/// A colour: sRGB, each from 0 to 1, and how much it covers.
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
pub enum Float {
    #[default]
    None,
    Left,
    Right,
}

/// `vertical-align`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum VerticalAlign {
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
pub enum Break {
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
pub enum Align {
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
    /// `text-align` with its sides by their names.
    pub fn sided(&self, align: Align) -> Align {
        match (align, self.right_to_left) {
            (Align::Start, false) | (Align::End, true) => Align::Left,
            (Align::Start, true) | (Align::End, false) => Align::Right,
            _ => align,
        }
    }
}

/// `text-transform`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transform {
    #[default]
    None,
    Uppercase,
    Lowercase,
    Capitalize,
}

/// Lines below, above and through text.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Decoration {
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
pub enum Hyphens {
    None,
    #[default]
    Manual,
    Auto,
}

/// `white-space`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WhiteSpace {
    #[default]
    Normal,
    Nowrap,
    Pre,
    PreWrap,
    PreLine,
}

/// `tab-size`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TabSize {
    /// In advances of a space.
    Spaces(f64),
    /// As a length.
    Length(Pt),
}

/// `content`.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Content {
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
pub enum ContentItem {
    /// Words.
    Text(String),
    /// `attr()`.
    Attribute(String),
    /// `counter()`.
    Counter(Arc<str>, CounterStyle),
    /// `counters()`: what stands between them.
    Counters(Arc<str>, String, CounterStyle),
    /// `string()`.
    String(Arc<str>, StringPlace),
    /// `content()` and `content(text)`: the element's own words.
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

/// What a `target-…()` looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `attr(…)`: the address in an attribute of the element.
    Attribute(String),
    /// An address.
    Address(String),
}

/// Which value of a named string a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StringPlace {
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
pub enum CounterStyle {
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

/// The styles of an element and of what hangs on it.
#[derive(Debug, Clone, PartialEq)]
pub struct ElementStyle {
    /// Its own.
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

/// A page that a style is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageQuery<'a> {
    /// Its name; empty if none.
    pub name: &'a str,
    /// Which it is since pages of this name began anew, from zero.
    pub nth: u32,
    /// Whether it is the first of all.
    pub first: bool,
    /// Whether it is a right-hand page.
    pub right: bool,
    /// Whether nothing stands on it.
    pub blank: bool,
}

/// The style of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageStyle {
    /// `size`: the trimmed page.
    pub size: Size,
    /// `margin`.
    pub margin: Sides<Pt>,
    /// `padding` and `border` of the page area are added to its margins; this is its background.
    pub background: Option<Color>,
    /// `bleed`.
    pub bleed: Pt,
    /// `marks: crop`.
    pub crop_marks: bool,
    /// `marks: cross`.
    pub cross_marks: bool,
    /// The margin boxes that show something.
    pub boxes: BTreeMap<MarginBox, Style>,
}

/// What is so of a book before any stylesheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Initial {
    /// `font-size: medium`.
    pub medium: Pt,
    /// The trimmed page.
    pub page: Size,
    /// Its margins on a right-hand page; a left-hand one has them mirrored.
    pub margin: Sides<Pt>,
}

/// What a font measures, in em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FontMetrics {
    /// The height of `x`.
    pub x_height: f64,
    /// The advance of `0`.
    pub zero: f64,
    /// What `line-height: normal` is.
    pub line: f64,
}

/// Where `ex`, `ch` and `line-height: normal` come from.
pub trait Metrics {
    /// What the first font of a style measures.
    fn of(&self, font: &Font) -> FontMetrics;
}

impl Border {
    /// How wide it is where it shows.
    pub fn shown(&self) -> Pt {
        if self.style == LineStyle::None { Pt::ZERO } else { self.width }
    }
}

impl Color {
    /// Black.
    pub const BLACK: Self = Self { red: 0.0, green: 0.0, blue: 0.0, alpha: 1.0 };

    /// A grey: 0 is white, 1 black.
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
    pub const ZERO: Self = Self { pt: Pt::ZERO, fraction: 0.0 };

    /// A fixed length.
    pub fn fixed(pt: Pt) -> Self {
        Self { pt, fraction: 0.0 }
    }

    /// How long it is in a block of this width.
    pub fn of(self, whole: Pt) -> Pt {
        self.pt + whole * self.fraction
    }
}
