//! Margin boxes: running heads, folios, and whatever else a stylesheet puts around the text.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::template::{is_plain, shows};
use crate::style::{
    Content, ContentItem, MarginBox, PageStyle, StringPlace, Style, VerticalAlign,
};
use crate::typeset::content::counters::written;
use crate::typeset::content::named_string::{NamedString, StringSet};
use crate::typeset::engine::Engine;
use crate::typeset::flow::decoration;
use crate::typeset::inline::collected::{Collected, Run};
use crate::typeset::inline::line::Line;
use crate::typeset::inline::shape::Shape;
use crate::typeset::inline::{collect, paragraph};
use crate::typeset::output::frame::{self, Item, MarkedContent, Page, SQUARE};
use crate::typeset::output::structure::TagBuilder;
use crate::typeset::sink::Sink;
use crate::typeset::text::letters::{self, SMALL_CAPITAL, TextStyle};
use crate::units::{Pt, Rect, Size};

/// The values of named strings, from page to page.
#[derive(Debug, Default)]
pub(in crate::typeset) struct Strings(BTreeMap<Arc<str>, Arc<NamedString>>);

/// The values of named strings on one page.
pub(super) struct PageStrings {
    start: BTreeMap<Arc<str>, Arc<NamedString>>,
    set: StringSet,
}

impl Strings {
    /// Goes on to the next page, which sets `set`.
    pub(super) fn begin_page(
        &mut self,
        set: &[(Arc<str>, Arc<NamedString>)],
    ) -> PageStrings {
        let start = self.0.clone();
        self.0.extend(set.iter().cloned());
        PageStrings { start, set: set.to_vec() }
    }
}

impl PageStrings {
    /// A string as `string()` asks for it (CSS GCPM 3, 1.1.2).
    fn get(&self, name: &str, place: StringPlace) -> Option<&NamedString> {
        let start = self.start.get(name);
        let mut set = self.set.iter().filter(|(known, _)| &**known == name);
        let value = match place {
            StringPlace::Start => None,
            StringPlace::First => set.next(),
            StringPlace::Last => set.next_back(),
            StringPlace::FirstExcept if set.next().is_some() => return None,
            StringPlace::FirstExcept => None,
        };
        value.map(|(_, value)| value).or(start).map(|value| &**value)
    }
}

/// Sets what stands in the margins of a page with this number in a book of so many pages.
pub(super) fn set(
    engine: &Engine,
    sink: &mut Sink,
    page: &mut Page,
    style: &PageStyle,
    strings: &PageStrings,
    numbers: (u32, usize),
) {
    if let Some(color) = shows(style.background) {
        let (Size { width, height }, out) = (style.size, style.bleed);
        let whole = Rect::new(-out, -out, width + out * 2.0, height + out * 2.0);
        let kind = frame::fill(whole, color);
        page.items.insert(0, Item { kind, mark: MarkedContent::Decoration });
    }
    let mut boxes = Vec::new();
    for (place, own) in &style.boxes {
        let Some((words, mark)) = words(own, strings, numbers) else { continue };
        boxes.push((*place, own, words, mark));
    }
    let widths: BTreeMap<MarginBox, Pt> = boxes
        .iter()
        .map(|(place, own, words, _)| (*place, natural_width(engine, sink, own, words)))
        .collect();
    for (place, own, words, mark) in boxes {
        let area = area(place, style, &widths);
        put(engine, sink, page, own, &words, area, mark);
    }
}

/// The words of a box, and what they are: a page number alone is one.
fn words(
    style: &Style,
    strings: &PageStrings,
    (number, total): (u32, usize),
) -> Option<(NamedString, MarkedContent)> {
    let Content::Items(items) = &style.content else { return None };
    let mut words = NamedString::default();
    let mut mark = MarkedContent::Folio;
    for item in items.iter() {
        match item {
            ContentItem::Text(text) => words.push(text, false),
            ContentItem::Counter(name, counter_style) => {
                let value = match &**name {
                    "page" => number,
                    "pages" => u32::try_from(total).unwrap_or(u32::MAX),
                    _ => 0,
                };
                let value = i32::try_from(value).unwrap_or(i32::MAX);
                words.push(&written(value, counter_style), false);
            }
            ContentItem::String(name, place) => {
                mark = MarkedContent::RunningHead;
                if let Some(value) = strings.get(name, *place) {
                    words.append(value);
                }
            }
            _ => {}
        }
        let counts = matches!(item, ContentItem::Counter(..));
        if !counts && words.text().chars().any(char::is_alphabetic) {
            mark = MarkedContent::RunningHead;
        }
    }
    Some((words, mark))
}

fn letters_of(engine: &Engine, style: &Style) -> TextStyle {
    let mut text = letters::of(engine, style, "");
    text.letters.hyphenation = None;
    text
}

/// The style of words that are emphasized among others.
fn emphasized(style: &Style) -> Style {
    let mut style = style.clone();
    style.font.italic = !style.font.italic;
    style
}

fn natural_width(
    engine: &Engine,
    sink: &mut Sink,
    style: &Style,
    words: &NamedString,
) -> Pt {
    let lines = lines(engine, sink, style, words, Pt(10_000.0));
    let widest = lines.iter().map(|line| line.width).fold(Pt::ZERO, Pt::max);
    let sides = style.padding.left.pt + style.padding.right.pt;
    style.width.map_or(widest + sides, |width| width.of(Pt::ZERO).max(widest + sides))
}

fn lines(
    engine: &Engine,
    sink: &mut Sink,
    style: &Style,
    words: &NamedString,
    measure: Pt,
) -> Vec<Line> {
    // No part of the text: what is collected here leaves no trace in the structure.
    let mut tags = TagBuilder::scratch();
    let text = letters_of(engine, style);
    let emphasis = letters_of(engine, &emphasized(style));
    let words = cased(engine, &mut tags, words, style, [text, emphasis], measure);
    let shape = Shape {
        align: style.text.sided(style.text.align),
        ..Shape::line(measure, text.size)
    };
    paragraph::lines(engine, sink, &words, &shape)
}

/// The least space between two boxes of one edge.
const BETWEEN: Pt = Pt(9.0);

/// Where a box stands (CSS Paged Media 3, 5.3): those of one edge share it, the middle one in the
/// middle.
fn area(place: MarginBox, style: &PageStyle, widths: &BTreeMap<MarginBox, Pt>) -> Rect {
    use MarginBox as M;
    let (size, margin) = (style.size, style.margin);
    let (left, right) = (margin.left, size.width - margin.right);
    let (top, bottom) = (margin.top, size.height - margin.bottom);
    let inner = right - left;
    let third = (bottom - top) / 3.0;
    let row = |three: [M; 3], y: Pt, height: Pt| {
        let width = |at: usize| widths.get(&three[at]).copied();
        let at = three.iter().position(|it| *it == place).unwrap_or(0);
        let (x, width) = match (width(0), width(1), width(2)) {
            (first, Some(middle), last) if first.is_some() || last.is_some() => {
                // A folio beside a long running head stays whole.
                let widest = first.unwrap_or_default().max(last.unwrap_or_default());
                let room = inner - (widest + BETWEEN) * 2.0;
                let middle = middle.min(room.max(inner / 3.0));
                let side = (inner - middle) / 2.0;
                [(left, side), (left + side, middle), (right - side, side)][at]
            }
            (Some(first), None, Some(last)) => {
                let rest = inner - first - last;
                let first = match rest {
                    rest if rest >= Pt::ZERO => first + rest / 2.0,
                    // The shorter one stays whole.
                    _ if first <= last => (first + BETWEEN).min(inner / 2.0),
                    _ => (inner - last - BETWEEN).max(inner / 2.0),
                };
                [(left, first), (left, inner), (left + first, inner - first)][at]
            }
            _ => (left, inner),
        };
        Rect::new(x, y, width, height)
    };
    match place {
        M::TopLeft | M::TopCenter | M::TopRight => {
            row([M::TopLeft, M::TopCenter, M::TopRight], Pt::ZERO, margin.top)
        }
        M::BottomLeft | M::BottomCenter | M::BottomRight => {
            row([M::BottomLeft, M::BottomCenter, M::BottomRight], bottom, margin.bottom)
        }
        M::TopLeftCorner => Rect::new(Pt::ZERO, Pt::ZERO, margin.left, margin.top),
        M::TopRightCorner => Rect::new(right, Pt::ZERO, margin.right, margin.top),
        M::BottomLeftCorner => Rect::new(Pt::ZERO, bottom, margin.left, margin.bottom),
        M::BottomRightCorner => Rect::new(right, bottom, margin.right, margin.bottom),
        M::LeftTop => Rect::new(Pt::ZERO, top, margin.left, third),
        M::LeftMiddle => Rect::new(Pt::ZERO, top + third, margin.left, third),
        M::LeftBottom => Rect::new(Pt::ZERO, top + third * 2.0, margin.left, third),
        M::RightTop => Rect::new(right, top, margin.right, third),
        M::RightMiddle => Rect::new(right, top + third, margin.right, third),
        M::RightBottom => Rect::new(right, top + third * 2.0, margin.right, third),
    }
}

fn put(
    engine: &Engine,
    sink: &mut Sink,
    page: &mut Page,
    style: &Style,
    words: &NamedString,
    area: Rect,
    mark: MarkedContent,
) {
    let padding = style.padding;
    let left = area.origin.x + padding.left.pt;
    let measure = (area.size.width - padding.left.pt - padding.right.pt).max(Pt(1.0));
    let lines = lines(engine, sink, style, words, measure);
    let leading = style.text.line_height;
    let height = leading * (lines.len() as f64);
    let room = area.size.height - padding.top.pt - padding.bottom.pt;
    let drop = match style.vertical_align {
        VerticalAlign::Top => Pt::ZERO,
        VerticalAlign::Bottom => room - height,
        _ => (room - height) / 2.0,
    };
    let top = area.origin.y + padding.top.pt + drop;
    let framed = !is_plain(&style.border.top)
        || !is_plain(&style.border.bottom)
        || !is_plain(&style.border.left)
        || !is_plain(&style.border.right);
    if framed || shows(style.background).is_some() {
        // The box is as tall as its words: an edge stands close to them.
        let around = Rect::new(
            area.origin.x,
            top - padding.top.pt,
            area.size.width,
            height + padding.top.pt + padding.bottom.pt,
        );
        let fill = shows(style.background).map(|color| frame::fill(around, color));
        let edges = decoration::edges(around, &style.border, SQUARE, true, true);
        let item = |kind| Item { kind, mark: MarkedContent::Decoration };
        page.items.extend(fill.into_iter().chain(edges).map(item));
    }
    let baseline = crate::typeset::flow::baseline(style.font.size, leading);
    let mut y = top + baseline;
    for mut line in lines {
        line.shift(left, y);
        page.items.extend(line.items.into_iter().map(|item| Item { mark, ..item }));
        y += leading;
    }
}

/// Collects words for a page's margin, in their style: what does not fit into one line is cut off,
/// unless the words have line ends of their own. The second of the letters' styles is for what is
/// emphasized.
fn cased(
    engine: &Engine,
    tags: &mut TagBuilder,
    words: &NamedString,
    style: &Style,
    styles: [TextStyle; 2],
    measure: Pt,
) -> Collected {
    let mut text = NamedString::default();
    for (part, emphasized) in words.parts() {
        text.push(&collect::transformed(part, style.text.transform), emphasized);
    }
    if !text.text().contains('\n') {
        text = shortened(engine, &text, styles, measure);
    }
    let root = tags.root();
    let made = letters::lacks_small_capitals(engine, style);
    let mut collected = collect::words(tags, "", styles[0], root);
    let run = collected.runs.remove(0);
    for (part, emphasized) in text.parts() {
        let letters = styles[usize::from(emphasized)];
        let characters: Vec<char> = part.chars().collect();
        let is_small = |c: char| made && c.is_lowercase();
        for alike in characters.chunk_by(|a, b| is_small(*a) == is_small(*b)) {
            let part: String = alike.iter().collect();
            let (part, style) = if is_small(alike[0]) {
                let size = letters.size * SMALL_CAPITAL;
                (part.to_uppercase(), TextStyle { size, ..letters })
            } else {
                (part, letters)
            };
            let start = collected.text.len();
            collected.text.push_str(&part);
            let range = start..collected.text.len();
            collected.runs.push(Run { range, style, ..run.clone() });
        }
    }
    collected
}

/// The words, or as many of them as fit with an ellipsis; the second of the styles is for what
/// is emphasized.
fn shortened(
    engine: &Engine,
    words: &NamedString,
    styles: [TextStyle; 2],
    room: Pt,
) -> NamedString {
    let mut kept = 0;
    let mut width = Pt::ZERO;
    let parts = words.parts().flat_map(|(part, emphasized)| {
        let style = styles[usize::from(emphasized)];
        part.split_inclusive(' ').map(move |word| (word, style))
    });
    for (word, style) in parts {
        let shaped = engine.word(style.letters, word.trim_end());
        width += style.size * shaped.width;
        // Sums of floats differ in their last digits.
        if width > room + Pt(0.001) {
            let kept = &words.text()[..kept];
            let kept = kept.trim_end_matches([' ', ',', ':', ';', '–', '—']).len();
            return words.truncated(kept, "…");
        }
        if word.ends_with(' ') {
            width += style.size * style.space.0 + style.space.1;
        }
        kept += word.len();
    }
    words.clone()
}
