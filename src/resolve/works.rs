//! The works that a book may cite, by key and by address.

use std::collections::BTreeMap;

use crate::address;
use crate::bibliography::References;
use crate::document::{CitationItem, ReferenceId, SourceName};

/// The works of the bibliography and of the source lock.
pub(super) struct Works<'a> {
    pub(super) references: &'a References,
    /// Whether the style cites in the text and not in notes.
    pub(super) in_text: bool,
    addresses: BTreeMap<String, ReferenceId>,
}

impl<'a> Works<'a> {
    /// Those of a table.
    pub(super) fn new(references: &'a References, in_text: bool) -> Self {
        let mut addresses = BTreeMap::new();
        for (id, work) in references.iter() {
            let doi = work.doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
            for at in work.address.iter().chain(&doi) {
                addresses.entry(address::key(at)).or_insert(id);
            }
        }
        Self { references, in_text, addresses }
    }

    /// Where the work of a citation can be read, if it is cited as a whole.
    pub(super) fn address(&self, item: &CitationItem) -> Option<&str> {
        let CitationItem { reference, prefix, locator, suffix, author: _ } = item;
        let whole = prefix.is_empty() && locator.is_none() && suffix.is_empty();
        let work = self.references.get(*reference);
        work.address.as_deref().filter(|_| whole)
    }

    /// By what name a work goes in lists: where it appeared, or who made it.
    pub(super) fn name(&self, work: ReferenceId) -> SourceName {
        let work = self.references.get(work);
        let made = [&work.container_title, &work.publisher];
        let name = made.into_iter().flatten().next().unwrap_or(&work.title);
        SourceName { name: name.clone(), address: work.address.clone() }
    }

    /// The work that can be read at an address.
    pub(super) fn at(&self, address: &str) -> Option<ReferenceId> {
        self.addresses.get(&address::key(address)).copied()
    }
}
