//! What typesetting reports beside what it sets.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::typeset::output::structure::shortened;
use crate::typeset::text::missing::MissingGlyphs;

/// Diagnostics, and the characters that no font has.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    diagnostics: Vec<Diagnostic>,
    /// Which code was reported at which place.
    reported: BTreeSet<(Code, Option<Span>)>,
    /// The characters that no font has.
    pub(crate) missing: MissingGlyphs,
}

impl Sink {
    /// Takes a diagnostic in, the first of its code at its place.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        if self.reported.insert((diagnostic.code, diagnostic.span)) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Takes in what was reported elsewhere.
    pub(crate) fn extend(&mut self, other: Self) {
        let Self { diagnostics, reported: _, missing } = other;
        diagnostics.into_iter().for_each(|diagnostic| self.report(diagnostic));
        self.missing.extend(missing);
    }

    /// Forgets what the next round will find again.
    pub(crate) fn begin_round(&mut self) {
        self.missing = MissingGlyphs::default();
    }

    /// All that was reported; `tried` names the fonts that were asked for characters.
    pub(crate) fn into_diagnostics(self, tried: &str) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics;
        diagnostics.extend(self.missing.into_diagnostics(tried));
        diagnostics
    }

    /// Reports that a line has too much space.
    pub(crate) fn loose_line(&mut self, span: Span) {
        let message = "the spaces between the words of a line are too wide, and its letters stand apart";
        let hint =
            "a soft hyphen in the word after it would help, or `text-align: start`";
        self.report(Diagnostic::new(Code::LooseLine, message).at(span).hint(hint));
    }

    /// Reports that something is wider than its measure.
    pub(crate) fn overfull_line(&mut self, span: Span) {
        let message = "a line is wider than its measure";
        let hint = "a place to break it would help: a space, or a soft hyphen";
        self.report(Diagnostic::new(Code::OverfullLine, message).at(span).hint(hint));
    }

    /// Reports that a formula is shown as its source.
    pub(crate) fn math_as_source(&mut self, span: Span) {
        let message = "the PDF shows this formula as its source";
        let diagnostic = Diagnostic::new(Code::MathAsSource, message).at(span);
        self.report(diagnostic.hint("the EPUB has it as MathML"));
    }

    /// A text as the PDF can hold it beside its pages; one that is shortened is reported.
    pub(crate) fn attribute(&mut self, text: String, span: Span) -> String {
        let Some(shortened) = shortened(&text) else { return text };
        let message = "a text is too long for the bookmarks and alternatives of a PDF";
        let diagnostic = Diagnostic::new(Code::TextTooLong, message).at(span);
        self.report(diagnostic.hint("it is shortened there; the page has all of it"));
        shortened
    }
}
