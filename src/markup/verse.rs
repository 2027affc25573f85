//! Verse: paragraphs in which the author ended every line.

use super::Element;
use super::writer::Writer;
use crate::document::{Block, Inline, InlineKind, plain_text};

/// From so many lines on a paragraph with ends of its own is verse.
const LEAST: usize = 3;

/// A longer line, in characters, is prose.
const MAX_LINE_CHARS: usize = 80;

/// The lines of a paragraph that is verse: each with an end that the author gave it, or so many
/// that nobody would end those of prose so.
pub(super) fn lines(block: &Block, content: &[Inline]) -> Option<Vec<Vec<Inline>>> {
    let is_break = |inline: &Inline| matches!(inline.kind, InlineKind::LineBreak);
    let lines: Vec<&[Inline]> = content.split(is_break).collect();
    let declared = block.attributes.classes.iter().any(|class| class == "verse");
    let is_line = |line: &&[Inline]| {
        let picture = |it: &Inline| matches!(it.kind, InlineKind::Picture(_));
        !line.iter().any(picture)
            && (1..=MAX_LINE_CHARS).contains(&plain_text(line).trim().chars().count())
    };
    let is_verse = declared || lines.len() >= LEAST && lines.iter().all(is_line);
    is_verse.then(|| lines.into_iter().map(<[Inline]>::to_vec).collect())
}

impl Writer<'_> {
    /// A stanza. A screen is reported each line, for only so its readers hang what does not fit on
    /// it; on paper lines have ends.
    pub(super) fn verse(&mut self, block: &Block, lines: &[Vec<Inline>]) {
        let stanza =
            Element::new("p", block.span).marked(&block.attributes).class("verse");
        self.within(stanza, |this| {
            for (index, line) in lines.iter().enumerate() {
                if this.is_print() {
                    if index > 0 {
                        this.empty(Element::new("br", block.span));
                    }
                    this.inlines(line);
                } else {
                    let span = line.first().map_or(block.span, |first| first.span);
                    let element = Element::new("span", span).class("verse-line");
                    this.within(element, |this| this.inlines(line));
                }
            }
        });
    }
}
