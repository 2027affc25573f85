//! Drawings and formulas in XML within HTML, each read as a whole.

use html5gum::StartTag;

use crate::diag::{Code, Diagnostic};
use crate::document::{Attributes, Inline, InlineKind, Picture};

use super::super::math;
use super::super::prepare::drawing::drawing;
use super::super::prepare::embedded::{ends, is_displayed};
use super::Html;
use super::attributes::{attribute, name};

impl Html<'_, '_, '_> {
    /// Reads the drawing or the formula that a tag begins, and says where it ends; none if it is
    /// another tag, or what it begins cannot be understood.
    pub(super) fn embedded(&mut self, tag: &StartTag<usize>) -> Option<usize> {
        let name = name(&tag.name);
        if !matches!(name.as_str(), "svg" | "math")
            || self.reader.stack.is_vanishing()
            || self.reader.stack.is_code()
        {
            return None;
        }
        let joined = self.lines.joined.as_str();
        let ends = self.ends.get_or_insert_with(|| {
            ["svg", "math"].iter().flat_map(|name| ends(joined, name)).collect()
        });
        let start = tag.span.start;
        let end = *ends.get(&start)?;
        let whole = joined.get(start..end)?.to_owned();
        let span = self.span(start, end);
        if name == "math" {
            if !math::is_mathml(&whole) {
                let message = "a formula in MathML could not be understood";
                let diagnostic = Diagnostic::new(Code::MathUnreadable, message).at(span);
                let hint = "the words in it are shown in its place";
                self.reader.stack.warn(diagnostic.hint(hint));
                return None;
            }
            let range = self.lines.place(start)..self.lines.place(end);
            self.reader.formula(&whole, is_displayed(&whole), range);
            return Some(end);
        }
        // An icon that nobody is to be told of is no picture of the post.
        if attribute(tag, "aria-hidden").as_deref() == Some("true") {
            return None;
        }
        let drawing = drawing(&whole)?;
        let picture = Picture {
            address: drawing.address,
            alt: drawing.alternative,
            title: String::new(),
            attributes: Attributes::default(),
            id: None,
            unreadable: false,
        };
        self.reader.stack.inline(Inline::new(InlineKind::Picture(picture), span));
        Some(end)
    }
}
