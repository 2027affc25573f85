//! A document while it is set: its elements, their styles, what counts in it, and where its links
//! lead.

use std::sync::Arc;

use crate::document::{NoteReference, Target};
use crate::language::Language;
use crate::markup::{ElementId, Semantics, Tree};
use crate::style::{ElementStyle, Style, Styles};
use crate::typeset::content::counters::Counters;
use crate::typeset::output::frame::{Anchor, Destination};

/// A document while it is set.
pub(crate) struct Document<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) styles: &'a Styles,
    /// Its name among those of the book.
    pub(crate) name: &'a str,
    /// The language of what says nothing else.
    pub(crate) language: &'a Language,
    /// How much deeper its headings stand in the book than in the document.
    pub(crate) depth: u8,
    /// The size of the letters, in parts of what the styles say: less in a crowded table.
    pub(crate) scale: f64,
    pub(crate) counters: &'a mut Counters,
}

impl Document<'_> {
    /// The style of an element.
    pub(crate) fn style(&self, id: ElementId) -> Arc<ElementStyle> {
        let style = self.styles.of(id);
        if (self.scale - 1.0).abs() < 1e-9 {
            return style.clone();
        }
        let mut scaled = ElementStyle::clone(style);
        scale(&mut scaled.style, self.scale);
        let rest = [
            &mut scaled.before,
            &mut scaled.after,
            &mut scaled.marker,
            &mut scaled.first_letter,
            &mut scaled.first_line,
        ];
        rest.into_iter().flatten().for_each(|style| scale(style, self.scale));
        Arc::new(scaled)
    }

    /// The same with letters of another size, in parts of what the styles say.
    pub(crate) fn scaled(&mut self, scale: f64) -> Document<'_> {
        Document { scale, counters: self.counters, ..*self }
    }

    /// The style of running text.
    pub(crate) fn body_style(&self) -> Arc<ElementStyle> {
        let body = self.tree.children(ElementId::ROOT).last();
        self.style(body.unwrap_or(ElementId::ROOT))
    }

    /// An element begins: it counts.
    pub(crate) fn enter(&mut self, id: ElementId) {
        let style = self.styles.of(id).clone();
        let element = self.tree.get(id);
        let number =
            |name| element.value(name).and_then(|value| value.parse::<i32>().ok());
        let list = matches!(element.name, "ol" | "ul" | "menu")
            .then(|| number("start").map_or(0, |start| start.saturating_sub(1)));
        let item = match &element.semantics {
            Semantics::Note { number, .. } => Some(i32::try_from(*number).ok()),
            _ => (element.name == "li").then(|| number("value")),
        };
        self.counters.enter(&style.style, list, item);
    }

    /// A pseudo-element counts.
    pub(crate) fn enter_pseudo(&mut self, style: &Style) {
        self.counters.enter_pseudo(style);
    }

    /// The element that began last ends.
    pub(crate) fn leave(&mut self, _: ElementId) {
        self.counters.leave();
    }

    /// What the language of an element is.
    pub(crate) fn language_of(&self, id: ElementId) -> String {
        let said = self.tree.language_of(self.tree.get(id));
        if said.is_empty() { self.language.tag().to_owned() } else { said.to_owned() }
    }

    /// The place that an element is to links.
    pub(crate) fn anchor(&self, id: ElementId) -> Option<Anchor> {
        let element = self.tree.get(id);
        match (&element.semantics, &element.id) {
            (Semantics::Document(_), _) => Some(Anchor::Place(self.name.into())),
            (Semantics::Note { note, .. }, _) => Some(Anchor::Note(*note)),
            // The mark itself says which reference it is.
            (Semantics::NoteReference(_), _) | (_, None) => None,
            (_, Some(id)) => Some(Anchor::Place(format!("{}#{id}", self.name).into())),
        }
    }

    /// Where a link leads.
    pub(crate) fn leads_to(&self, id: ElementId) -> Option<Destination> {
        let element = self.tree.get(id);
        let anchor = match &element.semantics {
            Semantics::Link(Target::Address(address)) => {
                return Some(Destination::Address(address.as_str().into()));
            }
            Semantics::Link(Target::Note(note))
            | Semantics::PageNumber(Target::Note(note)) => Anchor::Note(*note),
            Semantics::Link(Target::Reference(note, occurrence))
            | Semantics::PageNumber(Target::Reference(note, occurrence))
            | Semantics::Backlink(NoteReference { note, occurrence, .. }) => {
                Anchor::Reference(*note, *occurrence)
            }
            Semantics::NoteReference(reference) => Anchor::Note(reference.note),
            _ => return self.place(&element.value("href")?),
        };
        Some(Destination::Anchor(anchor))
    }

    /// The place that an address names, in this document or another, or outside the book.
    pub(crate) fn place(&self, address: &str) -> Option<Destination> {
        if address.is_empty() {
            return None;
        }
        Some(match address.strip_prefix('#') {
            Some(_) => Destination::Anchor(Anchor::Place(
                format!("{}{address}", self.name).into(),
            )),
            None if address.contains(':') => Destination::Address(address.into()),
            None => Destination::Anchor(Anchor::Place(address.into())),
        })
    }
}

/// Makes letters and what is measured by them smaller.
fn scale(style: &mut Style, by: f64) {
    style.font.size = style.font.size * by;
    style.text.line_height = style.text.line_height * by;
    style.text.indent.pt = style.text.indent.pt * by;
    let padding = &mut style.padding;
    for side in
        [&mut padding.top, &mut padding.right, &mut padding.bottom, &mut padding.left]
    {
        side.pt = side.pt * by;
    }
}
