//! What the parts of a text are to pulldown-cmark.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The parts of a text, each list in order.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Code, formulas, HTML and addresses: what is read as it stands.
    pub(super) literal: Vec<Range<usize>>,
    /// Blocks of running text: paragraphs, headings, and what stands in items without paragraphs.
    pub(super) runs: Vec<Range<usize>>,
    pub(super) tables: Vec<Table>,
    /// Marks of footnotes that are defined.
    pub(super) marks: Vec<Range<usize>>,
    /// Links and pictures.
    pub(super) links: Vec<Range<usize>>,
    /// Blocks of HTML.
    pub(super) html: Vec<Range<usize>>,
    /// The labels of footnotes that are defined, in small letters.
    pub(super) labels: BTreeSet<String>,
}

/// A table of GFM.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) range: Range<usize>,
    pub(super) columns: usize,
}

impl Survey {
    /// Surveys a text.
    pub(super) fn of(text: &str) -> Self {
        let mut survey = Self::default();
        // The items of a tight list hold their words without a paragraph.
        let mut bare: Option<Range<usize>> = None;
        let mut in_paragraph = false;
        for (event, range) in
            Parser::new_ext(text, super::super::events::options(text)).into_offset_iter()
        {
            let is_inline = matches!(
                event,
                Event::Text(_)
                    | Event::Code(_)
                    | Event::InlineHtml(_)
                    | Event::SoftBreak
                    | Event::HardBreak
                    | Event::FootnoteReference(_)
                    | Event::InlineMath(_)
                    | Event::DisplayMath(_)
                    | Event::Start(
                        Tag::Emphasis
                            | Tag::Strong
                            | Tag::Strikethrough
                            | Tag::Link { .. }
                            | Tag::Image { .. }
                    )
                    | Event::End(
                        TagEnd::Emphasis
                            | TagEnd::Strong
                            | TagEnd::Strikethrough
                            | TagEnd::Link
                            | TagEnd::Image
                    )
            );
            if !is_inline {
                survey.runs.extend(bare.take());
            } else if !in_paragraph {
                let start = bare.as_ref().map_or(range.start, |bare| bare.start);
                let end = bare.as_ref().map_or(range.end, |bare| bare.end.max(range.end));
                bare = Some(start..end);
            }
            survey.take(&event, range, &mut in_paragraph);
        }
        survey.runs.extend(bare);
        survey
    }

    fn take(&mut self, event: &Event<'_>, range: Range<usize>, in_paragraph: &mut bool) {
        match event {
            Event::Start(Tag::Paragraph) => {
                *in_paragraph = true;
                self.runs.push(range);
            }
            Event::Start(Tag::Heading { .. }) => {
                *in_paragraph = true;
                self.runs.push(range);
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => *in_paragraph = false,
            Event::Start(Tag::CodeBlock(_)) => {
                *in_paragraph = true;
                self.literal.push(range);
            }
            Event::End(TagEnd::CodeBlock) => *in_paragraph = false,
            Event::Start(Tag::HtmlBlock) => {
                self.literal.push(range.clone());
                self.html.push(range);
            }
            Event::Start(Tag::Table(columns)) => {
                *in_paragraph = true;
                self.tables.push(Table { range, columns: columns.len() });
            }
            Event::Start(Tag::TableCell) => self.runs.push(range),
            Event::End(TagEnd::Table) => *in_paragraph = false,
            Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::InlineHtml(_) => self.literal.push(range),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => self.links.push(range),
            Event::FootnoteReference(_) => self.marks.push(range),
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.labels.insert(label.to_lowercase());
            }
            _ => {}
        }
    }

    /// Whether a link or a picture begins with the bracket at a place.
    pub(super) fn is_link(&self, bracket: usize) -> bool {
        let next = self.links.partition_point(|link| link.start < bracket);
        let at = |index: usize| self.links.get(index).map(|link| link.start);
        at(next) == Some(bracket)
            || next > 0 && bracket > 0 && at(next - 1) == Some(bracket - 1)
    }

    /// Whether a place is in code, a formula or HTML.
    pub(super) fn is_literal(&self, at: usize) -> bool {
        self.literal_at(at).is_some()
    }

    /// The code, formula or HTML that a place is in.
    pub(super) fn literal_at(&self, at: usize) -> Option<&Range<usize>> {
        let part = self.literal.partition_point(|part| part.end <= at);
        self.literal.get(part).filter(|part| part.start <= at)
    }
}
