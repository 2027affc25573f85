//! How a book cites: Chicago's notes, or a style in the Citation Style Language.

use super::csl::{self, CslStyle};
use crate::config::{BookConfig, CitationStyle};
use crate::diag::{Diagnostic, Severity, Warned};
use crate::source::Sources;
use crate::world::World;

/// How a book cites.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Style(Option<Box<CslStyle>>);

impl Style {
    /// Chicago's notes.
    pub(crate) fn chicago() -> Self {
        Self(None)
    }

    /// The style that `notes.style` asks for. One that cannot be had is a diagnostic, and
    /// Chicago's notes stand in.
    pub(crate) fn load(
        config: &BookConfig,
        world: &dyn World,
        sources: &mut Sources,
    ) -> Warned<Self> {
        let mut diagnostics = Vec::new();
        let style = match &config.notes.style {
            CitationStyle::Chicago => None,
            CitationStyle::Csl { name, span } => {
                let found = csl::load(name, *span, world, sources);
                let fails = |found: Diagnostic| match found.severity {
                    Severity::Error => diagnostics.push(found),
                    _ => {
                        diagnostics.push(found.hint("the book cites in Chicago's notes"))
                    }
                };
                found.map_err(fails).ok()
            }
        };
        Warned { value: Self(style.map(Box::new)), diagnostics }
    }

    /// Whether citations stand in the text, as numbers or by author and date, and make no
    /// notes.
    pub(crate) fn is_in_text(&self) -> bool {
        self.0.as_ref().is_some_and(|style| style.is_in_text())
    }

    pub(super) fn csl(&self) -> Option<&CslStyle> {
        self.0.as_deref()
    }
}
