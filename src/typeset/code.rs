//! Code: preformatted lines on grey, wrapped with a mark where they are too long.

use super::collect;
use super::compose::{Composer, Context, baseline};
use super::fonts::Family;
use super::frame::{self, Color, Item, Mark};
use super::galley::Strip;
use super::line::{Align, Shape};
use super::shape::Features;
use super::structure::Role;
use crate::source::Span;
use crate::units::{Pt, Rect};

/// Stands at the beginning of what a long line goes on with.
const WRAPPED: &str = "↪ ";

/// How wide a character of the mono is, in em.
const ADVANCE: f64 = 0.602;

impl Composer<'_, '_> {
    pub(super) fn code(&mut self, text: &str, span: Span, context: Context) {
        let node = self.setter.structure.add(context.node, Role::Code);
        let mut inner = Context { align: Align::Left, ..context };
        inner.style.letters.face.family = Family::Mono;
        inner.style.letters.features = Features::default();
        inner.style.letters.hyphenation = None;
        inner.style.size = self.theme.size * 0.76;
        inner.leading = context.leading * 0.82;
        let padding = self.theme.size * 0.6;
        inner.left += padding;
        inner.measure -= padding * 2.0;
        let columns = columns(inner.measure, inner.style.size);
        self.part(context.leading / 2.0);
        let lines: Vec<&str> = text.lines().collect();
        let count = lines.len();
        for (index, line) in lines.into_iter().enumerate() {
            let line = expand_tabs(line);
            let parts = wrap(&line, columns);
            let last = parts.len() - 1;
            for (nth, part) in parts.into_iter().enumerate() {
                let mut strip = self.code_line(part, nth > 0, span, node, inner);
                strip.keep = index == 0 && count > 1 || index + 2 == count;
                let ends = index + 1 == count && nth == last;
                grey(&mut strip, context, index == 0 && nth == 0, ends);
                self.push(strip);
            }
        }
        self.part(context.leading / 2.0);
    }

    fn code_line(
        &mut self,
        text: &str,
        wrapped: bool,
        span: Span,
        node: super::structure::NodeId,
        context: Context,
    ) -> Strip {
        let baseline = baseline(context.style.size, context.leading);
        let mut strip = Strip { height: context.leading, ..Strip::default() };
        if wrapped {
            let mark = collect::words(self.setter, WRAPPED, context.style, node);
            let mut line = self.hanging_line(&mark, context, Pt::ZERO);
            for item in &mut line.items {
                item.mark = Mark::Decoration;
            }
            let x = context.left + context.style.size * (ADVANCE * 2.0);
            strip.overlay(
                Strip::of_line(line, x, context.leading, baseline),
                Pt::ZERO,
                Pt::ZERO,
            );
        }
        // Runs of spaces mean something here: none may become a place to break or be dropped.
        let text = text.replace(' ', "\u{a0}");
        let mut collected = collect::words(self.setter, &text, context.style, node);
        for run in &mut collected.runs {
            run.span = span;
        }
        let indent =
            if wrapped { context.style.size * (ADVANCE * 2.0) } else { Pt::ZERO };
        let (size, measure) = (context.style.size, context.measure * 2.0);
        let shape = Shape { measure, indent, size, align: Align::Left };
        for line in self.setter.lines(&collected, &shape) {
            let set = Strip::of_line(line, context.left, context.leading, baseline);
            strip.overlay(set, Pt::ZERO, Pt::ZERO);
        }
        strip.height = context.leading;
        strip
    }
}

/// Lays grey behind a strip of code.
fn grey(strip: &mut Strip, context: Context, first: bool, last: bool) {
    let padding = context.leading * 0.25;
    let above = if first { padding } else { Pt::ZERO };
    let below = if last { padding } else { Pt::ZERO };
    strip.shift(Pt::ZERO, above);
    strip.height += above + below;
    // A hair more, that no white shows between two strips on a screen.
    let area = Rect::new(context.left, Pt::ZERO, context.measure, strip.height + Pt(0.2));
    let fill = frame::fill(area, Color::grey(0.06));
    strip.items.insert(0, Item { kind: fill, mark: Mark::Decoration });
}

fn columns(measure: Pt, size: Pt) -> usize {
    #[expect(clippy::cast_possible_truncation, reason = "a few hundred at most")]
    #[expect(clippy::cast_sign_loss, reason = "clamped")]
    let columns = (measure / (size * ADVANCE) + 0.01).floor().clamp(8.0, 1000.0) as usize;
    columns
}

/// Cuts a line so that no part has more than `columns` characters, at a space or after a mark
/// where there is one in the second half; all parts but the first leave room for the mark.
fn wrap(line: &str, columns: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = line;
    let mut room = columns;
    loop {
        let Some((end, _)) = rest.char_indices().nth(room) else {
            parts.push(rest);
            return parts;
        };
        let good = rest[..end]
            .char_indices()
            .rev()
            .take(room / 2)
            .find(|&(_, c)| c == ' ' || ",;(/.&|=".contains(c))
            .map(|(at, c)| at + c.len_utf8());
        let cut = good.unwrap_or(end);
        parts.push(&rest[..cut]);
        rest = &rest[cut..];
        room = columns - WRAPPED.chars().count();
    }
}

/// Tabs go to every fourth column.
fn expand_tabs(line: &str) -> String {
    let mut expanded = String::with_capacity(line.len());
    let mut column = 0;
    for character in line.chars() {
        let wide = if character == '\t' { 4 - column % 4 } else { 1 };
        if character == '\t' {
            expanded.extend(std::iter::repeat_n(' ', wide));
        } else {
            expanded.push(character);
        }
        column += wide;
    }
    expanded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_wrap_at_a_good_place_and_lose_nothing() {
        let line = "let result = first_function(argument, another_argument);";
        let parts = wrap(line, 40);
        assert_eq!(
            parts,
            ["let result = first_function(argument, ", "another_argument);"]
        );
        assert_eq!(wrap(&"x".repeat(100), 40).concat(), "x".repeat(100));
    }

    #[test]
    fn tabs_go_to_the_next_stop() {
        assert_eq!(expand_tabs("a\tb\t\tc"), "a   b       c");
    }
}
