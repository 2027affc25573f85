//! What a book may cite, and how.

use super::{Name, PartialDate, Reference, ReferenceKind, References, Style, read};
use crate::config::{BookConfig, PrintedReferences};
use crate::diag::Warned;
use crate::document::ReferenceId;
use crate::source::Sources;
use crate::source_lock::{self, Entry};
use crate::world::World;

/// The works that a book may cite, and the style in which it does.
#[derive(Debug, Default)]
pub(crate) struct Library {
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
    pub(crate) fn open(
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
        let source_lock = source_lock::read(world, sources).into_value(&mut diagnostics);
        let mut references = references;
        for entry in source_lock.entries().filter(|entry| entry.is_informative()) {
            references.add(page(entry));
        }
        Warned { value: Self { references, style, print, own }, diagnostics }
    }

    /// The works that the bibliography lists, when these are cited.
    pub(crate) fn listed(&self, cited: &[ReferenceId]) -> Vec<ReferenceId> {
        match self.print {
            PrintedReferences::None => Vec::new(),
            PrintedReferences::All => (0..self.own).map(ReferenceId).collect(),
            PrintedReferences::Cited => {
                cited.iter().copied().filter(|id| id.0 < self.own).collect()
            }
        }
    }
}

/// A page on the web, as the source lock knows it.
fn page(entry: &Entry) -> Reference {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let date = |text: &str| {
        let words = || (!text.is_empty()).then(|| PartialDate::Words(text.to_owned()));
        PartialDate::parse(text).or_else(words)
    };
    Reference {
        kind: ReferenceKind::NewspaperArticle,
        authors: entry.authors.iter().map(|name| Name::parse(name)).collect(),
        title: entry.title.clone(),
        container_title: text(&entry.outlet),
        issued: date(&entry.date),
        accessed: date(&entry.accessed),
        address: Some(entry.address.clone()),
        archive_address: text(&entry.archive),
        ..Reference::default()
    }
}
