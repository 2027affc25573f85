//! Text: paragraphs, and the letters that open them.

use std::sync::Arc;

use super::{Context, Flow};
use crate::markup::{Child, ElementId};
use crate::style::{Align, ElementStyle, Float, Style};
use crate::typeset::engine::Engine;
use crate::typeset::flow::galley::Fragment;
use crate::typeset::flow::roles;
use crate::typeset::inline::collect::Part;
use crate::typeset::inline::collected::{Collected, Object};
use crate::typeset::inline::line::Line;
use crate::typeset::inline::paragraph::{
    Looseness, Paragraph, Placement, lines, with_first_line,
};
use crate::typeset::inline::shape::Shape;
use crate::typeset::text::letters;
use crate::units::Pt;

/// Letters stand a little below the middle of their line.
pub(in crate::typeset) fn baseline(size: Pt, leading: Pt) -> Pt {
    leading / 2.0 + size * 0.25
}

impl Flow<'_, '_, '_> {
    /// Sets what stands between blocks as a paragraph of `id`, if there is anything.
    pub(super) fn paragraph(
        &mut self,
        id: ElementId,
        own: &ElementStyle,
        parts: &mut Vec<Part>,
        first: &mut bool,
        cx: Context,
    ) {
        let parts = std::mem::take(parts);
        if parts.iter().all(is_blank) {
            return;
        }
        let node = roles::of_text(self.tags, self.document, id, cx.node);
        let style = &own.style;
        let mut collected = self.collect(id, &parts, style, Context { node, ..cx });
        self.strings.append(&mut collected.strings);
        if collected.text.is_empty() {
            self.anchors.extend(collected.anchors.into_iter().map(|(_, anchor)| anchor));
            return;
        }
        let cx = Context { node, ..cx };
        match only_object(&collected) {
            Some(object @ Object::Picture(..)) => {
                return self.picture_line(&collected, &object, style, cx);
            }
            Some(Object::Formula(formula)) if roles::is_formula(self.document, id) => {
                if !Self::must_break(&formula, cx) {
                    return self.formula_line(&formula, &collected, style, cx);
                }
                let shape = self.broken_formula(style, cx);
                let placement = placement(style, cx);
                let paragraph =
                    Paragraph::new(self.engine, self.sink, collected, shape, placement);
                return self.lines(paragraph);
            }
            _ => {}
        }
        let opens = std::mem::replace(first, false);
        if let Some(letter) = own.first_letter.as_ref().filter(|_| opens) {
            self.first_letter(id, &mut collected, letter, style, cx);
        }
        let indent = if opens { style.text.indent.of(cx.measure) } else { Pt::ZERO };
        let indent = indent + std::mem::take(&mut self.lead);
        let mut shape = self.shape(style, indent, cx);
        self.narrow(&mut shape, style, cx);
        let restyled = own.first_line.as_ref().filter(|_| opens).map(|line| {
            let language = self.document.language_of(id);
            let text = letters::of(self.engine, line, &language);
            with_first_line(self.engine, self.sink, &collected, &shape, text)
        });
        let collected = restyled.unwrap_or(collected);
        let placement = placement(style, cx);
        let paragraph =
            Paragraph::new(self.engine, self.sink, collected, shape, placement);
        self.lines(paragraph);
    }

    /// How a paragraph of a style is set.
    pub(super) fn shape(&self, style: &Style, indent: Pt, cx: Context) -> Shape {
        let text = &style.text;
        let preformatted = matches!(
            text.white_space,
            crate::style::WhiteSpace::Pre | crate::style::WhiteSpace::PreWrap
        );
        let hanging = if text.hanging_indent { indent } else { Pt::ZERO };
        Shape {
            measure: cx.measure,
            indent: if text.hanging_indent { Pt::ZERO } else { indent },
            continuation_indent: if preformatted {
                style.font.size * 1.2
            } else {
                hanging
            },
            marks_continuation: preformatted,
            size: style.font.size,
            align: text.sided(text.align),
            align_last: text.align_last.map(|align| text.sided(align)),
            // Marks hang where their own measures are known: at the ends of what goes to the right.
            hangs: text.hanging_punctuation && !text.right_to_left,
            hyphens_in_a_row: text.hyphenate_lines.unwrap_or(u8::MAX),
            narrow: None,
        }
    }

    /// How a displayed formula is set that takes several lines: those after the first stand further
    /// in.
    fn broken_formula(&self, style: &Style, cx: Context) -> Shape {
        Shape {
            align: Align::Left,
            align_last: None,
            continuation_indent: style.font.size * 2.0,
            ..self.shape(style, Pt::ZERO, cx)
        }
    }

    /// Puts the lines of a paragraph below one another.
    fn lines(&mut self, paragraph: Paragraph) {
        let mut fragments =
            Fragment::of_paragraph(&paragraph, self.engine, Looseness::Best);
        let first = self.galley.fragments.len();
        // Below a heading stand two lines at least: the first one there hands the tie on.
        if let [line] = fragments.as_mut_slice() {
            line.keep = self.heading_end == Some(first);
            self.tied_line = Some(first).filter(|_| line.keep);
        }
        for fragment in fragments {
            self.push(fragment);
        }
        if let Some(fragment) = self.galley.fragments.get_mut(first)
            && paragraph.is_flexible()
        {
            fragment.paragraph = Some(Arc::new(paragraph));
        }
    }

    /// The letter that opens a paragraph: sunk into its first lines, or only set otherwise.
    fn first_letter(
        &mut self,
        id: ElementId,
        collected: &mut Collected,
        letter: &Style,
        style: &Style,
        cx: Context,
    ) {
        let end = opening(&collected.text);
        let language = self.document.language_of(id);
        let mut text = letters::of(self.engine, letter, &language);
        text.letters.hyphenation = None;
        let leading = style.text.line_height;
        let cap = |engine: &Engine, text: &letters::TextStyle| {
            let font = engine.fonts.first(text.letters.face);
            engine.fonts.get(font).cap_height()
        };
        let plain = letters::of(self.engine, style, &language);
        let floats = letter.float != Float::None;
        let floated = floats.then(|| {
            let capital = text.size * cap(self.engine, &text);
            let own = style.font.size * cap(self.engine, &plain);
            dropped((capital - own) / leading)
        });
        let Some((lines, sink)) = letter.initial_letter.or(floated) else {
            return collected.restyle(0..end, |_| text);
        };
        // From the top of the capitals of the first line to the baseline of the last.
        let height =
            leading * (lines - 1.0).max(0.0) + style.font.size * cap(self.engine, &plain);
        text.size = height / cap(self.engine, &text);
        let mut initial = collected.split_to(end);
        initial.restyle(0..end, |run| letters::TextStyle { rise: run.rise, ..text });
        let line = self.one_line(&initial, text.size);
        let width = line.width + letter.font.size * 0.12;
        let baseline = baseline(style.font.size, leading);
        let sunk = leading * f64::from(sink.saturating_sub(1));
        let Line { items, links, anchors, .. } = line;
        let height = leading * f64::from(sink);
        let mut fragment =
            Fragment { height, items, links, anchors, ..Fragment::default() };
        fragment.shift(cx.left, baseline + sunk);
        self.stand_beside(fragment, cx.left, width, false);
    }

    /// One line of what was collected, from the left.
    pub(in crate::typeset) fn one_line(
        &mut self,
        collected: &Collected,
        size: Pt,
    ) -> Line {
        let shape = Shape::line(Pt(10_000.0), size);
        lines(self.engine, self.sink, collected, &shape)
            .into_iter()
            .next()
            .unwrap_or_default()
    }
}

/// A letter that floats, as stylesheets drop a capital that know no `initial-letter`: as many lines
/// tall as it nearly is.
fn dropped(leadings: f64) -> (f64, u32) {
    let lines = leadings.round().clamp(0.0, 19.0) + 1.0;
    #[expect(clippy::cast_possible_truncation, reason = "between 1 and 20")]
    #[expect(clippy::cast_sign_loss, reason = "between 1 and 20")]
    let sink = lines as u32;
    (lines, sink)
}

/// How the lines of a paragraph of a style stand.
fn placement(style: &Style, cx: Context) -> Placement {
    let leading = style.text.line_height;
    Placement {
        left: cx.left,
        leading,
        baseline: baseline(style.font.size, leading),
        orphans: usize::try_from(style.orphans).unwrap_or(1).max(1),
        widows: usize::try_from(style.widows).unwrap_or(1).max(1),
        hidden: style.hidden,
    }
}

fn is_blank(part: &Part) -> bool {
    match part {
        Part::Child(Child::Text(text)) => {
            text.text.chars().all(|c| matches!(c, ' ' | '\n' | '\t' | '\r'))
        }
        Part::Child(Child::Element(_)) | Part::Generated(_) => false,
    }
}

fn only_object(collected: &Collected) -> Option<Object> {
    match collected.runs.as_slice() {
        [run] => run.object.clone(),
        _ => None,
    }
}

/// Where the opening letter ends, the marks before and after it included (CSS Pseudo-Elements 4,
/// 2.2).
fn opening(text: &str) -> usize {
    let mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let mut end = 0;
    let mut letter = false;
    for (at, character) in text.char_indices() {
        if letter && !mark(character) || !letter && character.is_whitespace() {
            break;
        }
        letter |= !mark(character);
        end = at + character.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_opening_letter_takes_its_marks_along() {
        let opened = |text: &'static str| &text[..opening(text)];
        assert_eq!(opened("It was"), "I");
        assert_eq!(opened("“It was"), "“I");
        assert_eq!(opened("A. Name"), "A.");
        assert_eq!(opened("— no"), "—");
        assert_eq!(opened(""), "");
    }
}
