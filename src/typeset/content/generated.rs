//! Generated content: what a stylesheet puts into the text, or into the margins of pages.

use std::sync::Arc;

use crate::language::Language;
use crate::markup::ElementId;
use crate::style::{Content, ContentItem, Style, TabSize, Target};
use crate::typeset::content::counters;
use crate::typeset::content::document::Document;
use crate::typeset::content::named_string::{NamedString, StringSet};
use crate::typeset::engine::Engine;
use crate::typeset::output::frame::Destination;
use crate::units::Pt;

/// A piece of generated content.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Generated {
    /// Words.
    Words(String),
    /// The number of the page on which a place is, and the place.
    Folio(String, Destination),
    /// Something that is repeated until the line is full.
    Leader(Arc<str>),
}

/// What a pseudo-element of `element` shows. Words that follow one another are one piece.
pub(crate) fn content(
    engine: &Engine,
    document: &mut Document,
    element: ElementId,
    style: &Style,
) -> Vec<Generated> {
    let Content::Items(items) = &style.content else { return Vec::new() };
    let mut pieces: Vec<Generated> = Vec::new();
    for item in items.iter() {
        let piece = match item {
            ContentItem::Leader(pattern) => {
                Some(Generated::Leader(pattern.as_str().into()))
            }
            ContentItem::TargetCounter(target, name, _) if &**name == "page" => {
                folio(engine, document, element, target)
            }
            _ => words(engine, document, element, style, item).map(Generated::Words),
        };
        match (pieces.last_mut(), piece) {
            (Some(Generated::Words(before)), Some(Generated::Words(more))) => {
                before.push_str(&more);
            }
            (_, Some(piece)) => pieces.push(piece),
            (_, None) => {}
        }
    }
    pieces
}

/// The named strings that an element sets.
pub(crate) fn strings(
    engine: &Engine,
    document: &mut Document,
    element: ElementId,
    style: &Style,
) -> StringSet {
    let mut set = Vec::new();
    for (name, items) in &style.string_set {
        let mut value = NamedString::default();
        for item in items {
            if *item == ContentItem::Words {
                value.append(&styled_words(document, element, style));
            } else if let Some(words) = words(engine, document, element, style, item) {
                value.push(&words, false);
            }
        }
        set.push((name.clone(), Arc::new(value.collapsed())));
    }
    set
}

/// The words of an element; those that stand more or less upright than it does are emphasized.
fn styled_words(document: &Document, element: ElementId, style: &Style) -> NamedString {
    let mut words = NamedString::default();
    document.tree.visit_words_without_marks(element, &mut |within, part| {
        let font = &document.styles.of(within).style.font;
        words.push(part, font.italic != style.font.italic);
    });
    words
}

/// How many spaces wide a tab is at most.
pub(crate) fn tab_width(tab: &TabSize, size: Pt) -> usize {
    let spaces = match tab {
        TabSize::Spaces(count) => *count,
        TabSize::Length(length) => *length / (size * 0.6),
    };
    #[expect(clippy::cast_possible_truncation, reason = "between 1 and 32")]
    #[expect(clippy::cast_sign_loss, reason = "between 1 and 32")]
    let spaces = spaces.round().clamp(1.0, 32.0) as usize;
    spaces
}

fn words(
    engine: &Engine,
    document: &mut Document,
    element: ElementId,
    style: &Style,
    item: &ContentItem,
) -> Option<String> {
    Some(match item {
        ContentItem::Text(text) => text.clone(),
        ContentItem::Attribute(name) => {
            document.tree.get(element).value(name)?.into_owned()
        }
        ContentItem::Counter(name, counter_style) => {
            counters::written(document.counters.value(name).unwrap_or(0), counter_style)
        }
        ContentItem::Counters(name, between, counter_style) => {
            let values = document.counters.values(name);
            let written: Vec<String> =
                values.map(|value| counters::written(value, counter_style)).collect();
            written.join(between)
        }
        ContentItem::Words => document.tree.words_without_marks(element),
        ContentItem::OpenQuote | ContentItem::NoOpenQuote => {
            let level = document.counters.quotes;
            document.counters.quotes += 1;
            let shown = *item == ContentItem::OpenQuote;
            quote(document.language, style, level, 0).filter(|_| shown)?
        }
        ContentItem::CloseQuote | ContentItem::NoCloseQuote => {
            document.counters.quotes = document.counters.quotes.saturating_sub(1);
            let shown = *item == ContentItem::CloseQuote;
            quote(document.language, style, document.counters.quotes, 1)
                .filter(|_| shown)?
        }
        ContentItem::TargetText(target) => {
            let destination = target_of(document, element, target)?;
            engine.introspection.text_of(&destination)?
        }
        // Those of pages mean something only in their margins.
        ContentItem::String(..)
        | ContentItem::TargetCounter(..)
        | ContentItem::Leader(_) => return None,
    })
}

/// The mark that opens (0) or closes (1) a quotation of a level, the outermost zero.
fn quote(language: &Language, style: &Style, level: usize, end: usize) -> Option<String> {
    if let Some(quotes) = &style.quotes {
        let (open, close) = quotes.get(level.min(quotes.len().checked_sub(1)?))?;
        return Some(if end == 0 { open.clone() } else { close.clone() });
    }
    let marks = language.quotation_marks();
    Some(marks[level % 2 * 2 + end].to_owned())
}

fn folio(
    engine: &Engine,
    document: &Document,
    element: ElementId,
    target: &Target,
) -> Option<Generated> {
    let destination = target_of(document, element, target)?;
    let page = engine.introspection.page_of(&destination)?;
    Some(Generated::Folio(page, destination))
}

fn target_of(
    document: &Document,
    element: ElementId,
    target: &Target,
) -> Option<Destination> {
    match target {
        Target::Attribute(name) if name == "href" => document.leads_to(element),
        Target::Attribute(name) => {
            document.place(&document.tree.get(element).value(name)?)
        }
        Target::Address(address) => document.place(address),
    }
}
