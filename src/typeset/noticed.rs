//! What comes up while text is set.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::typeset::text::missing::MissingGlyphs;

/// What came up while text was set.
#[derive(Debug, Default)]
pub struct Noticed {
    diagnostics: Vec<Diagnostic>,
    /// Where each kind of thing was told of.
    told: BTreeSet<(Code, Option<Span>)>,
    /// The characters that no font has.
    pub missing: MissingGlyphs,
    /// Whether anything asked for a folio of the round before.
    pub asked_for_folio: bool,
}

impl Noticed {
    /// Takes a diagnostic in, the first of its kind at its place.
    pub fn tell(&mut self, diagnostic: Diagnostic) {
        if self.told.insert((diagnostic.code, diagnostic.span)) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Takes in what came up elsewhere.
    pub fn extend(&mut self, other: Self) {
        let Self { diagnostics, told: _, missing, asked_for_folio } = other;
        diagnostics.into_iter().for_each(|diagnostic| self.tell(diagnostic));
        self.missing.extend(missing);
        self.asked_for_folio |= asked_for_folio;
    }

    /// Forgets what the next round will find again.
    pub fn begin_round(&mut self) {
        self.missing = MissingGlyphs::default();
        self.asked_for_folio = false;
    }

    /// All that is to be told; `tried` names the fonts that were asked for characters.
    pub fn into_diagnostics(self, tried: &str) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics;
        diagnostics.extend(self.missing.into_diagnostics(tried));
        diagnostics
    }
}
