//! What a book may cite, and how.

use super::{References, Style, read};
use crate::config::{BookConfig, PrintedReferences};
use crate::diag::Warned;
use crate::document::ReferenceId;
use crate::source::Sources;
use crate::world::World;

/// The works that a book may cite, and the style in which it does.
#[derive(Debug, Default)]
pub struct Library {
    /// The works: those of the bibliography first.
    pub references: References,
    /// The style.
    pub style: Style,
    /// Which works the bibliography at the back lists.
    pub print: PrintedReferences,
    /// How many of the works are the bibliography's own.
    own: u32,
}

impl Library {
    /// Reads the bibliography and the style that `book.yaml` names.
    pub fn open(
        config: &BookConfig,
        world: &dyn World,
        sources: &mut Sources,
    ) -> Warned<Self> {
        let mut diagnostics = Vec::new();
        let references = read(config, world, sources).into_value(&mut diagnostics);
        let style = Style::load(config, world, sources).into_value(&mut diagnostics);
        let asked = config.bibliography.as_ref().and_then(|it| it.print);
        // A citation in the text says too little without the list.
        let print = asked.unwrap_or(if style.is_in_text() {
            PrintedReferences::Cited
        } else {
            PrintedReferences::None
        });
        let own = u32::try_from(references.len()).unwrap_or(u32::MAX);
        Warned { value: Self { references, style, print, own }, diagnostics }
    }

    /// The works that the bibliography lists, when these are cited.
    pub fn listed(&self, cited: &[ReferenceId]) -> Vec<ReferenceId> {
        match self.print {
            PrintedReferences::None => Vec::new(),
            PrintedReferences::All => (0..self.own).map(ReferenceId).collect(),
            PrintedReferences::Cited => {
                cited.iter().copied().filter(|id| id.0 < self.own).collect()
            }
        }
    }
}
