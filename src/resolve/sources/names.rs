//! Outlets that are known by name: from the post's header, from `book.yaml`, and from the
//! bibliography.

use crate::bibliography::References;
use crate::config::NamedSource;
use crate::document::ReferenceId;

/// The longest name, in characters.
const MAX_NAME_CHARS: usize = 80;

/// The names that a post may give in brackets alone.
#[derive(Clone, Copy)]
pub(in super::super) struct Names<'a> {
    /// `sources` of the post's header.
    pub(in super::super) header: &'a [(String, String)],
    /// `sources` of `book.yaml`.
    pub(in super::super) book: &'a [NamedSource],
    /// The works that the book may cite.
    pub(in super::super) references: &'a References,
}

/// What is known of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// The name to be printed.
    pub(super) name: String,
    /// Its address, if it has one.
    pub(super) address: Option<String>,
    /// The work, if the name is one of the bibliography's.
    pub(super) reference: Option<ReferenceId>,
}

impl Names<'_> {
    /// What is known of a name, letter case and `The` aside: the header's word goes before the
    /// book's, and that before the bibliography's.
    pub(super) fn find(&self, name: &str) -> Option<Known> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > MAX_NAME_CHARS {
            return None;
        }
        let same = |other: &str| plain(other) == plain(name);
        let own = self.header.iter().find(|(known, _)| same(known));
        let book = self.book.iter().find(|source| {
            same(&source.name) || source.full_name.as_deref().is_some_and(same)
        });
        let printed = book.and_then(|source| source.full_name.clone());
        let printed = printed.unwrap_or_else(|| name.to_owned());
        if let Some((_, address)) = own {
            let address = Some(address.clone());
            return Some(Known { name: printed, address, reference: None });
        }
        if let Some(source) = book {
            let address = source.address.clone();
            return Some(Known { name: printed, address, reference: None });
        }
        let reference = self.work(name)?;
        let address = self.references.get(reference).address.clone();
        Some(Known { name: printed, address, reference: Some(reference) })
    }

    /// The one work whose key or title this is, or else the one that appeared there.
    fn work(&self, name: &str) -> Option<ReferenceId> {
        let same = |other: &str| plain(other) == plain(name);
        let only = |found: Vec<ReferenceId>| match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        // What the source lock adds has no key, and is a page rather than an outlet.
        let works = || self.references.iter().filter(|(_, work)| !work.key.is_empty());
        only(
            works()
                .filter(|(_, work)| work.key == name || same(&work.title))
                .map(|(id, _)| id)
                .collect(),
        )
        .or_else(|| {
            let there = works()
                .filter(|(_, work)| work.container_title.as_deref().is_some_and(same));
            only(there.map(|(id, _)| id).collect())
        })
    }

    /// The name of an outlet that stands in a sentence, as whole words: what is known of it, and
    /// where the name begins and ends. The longest wins.
    pub(super) fn within(&self, sentence: &str) -> Option<(usize, usize, Known)> {
        let header = self.header.iter().map(|(name, _)| name.as_str());
        let book = self
            .book
            .iter()
            .flat_map(|source| [Some(source.name.as_str()), source.full_name.as_deref()]);
        let names = header.chain(book.flatten());
        let found = names.filter_map(|name| {
            let at = sentence.find(name)?;
            let end = at + name.len();
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let whole = !letter(sentence[..at].chars().next_back())
                && !letter(sentence[end..].chars().next());
            (whole && !name.is_empty()).then_some((at, end))
        });
        let (at, end) = found.max_by_key(|(at, end)| (end - at, usize::MAX - at))?;
        Some((at, end, self.find(&sentence[at..end])?))
    }
}

fn plain(name: &str) -> String {
    let name = name.trim().to_lowercase();
    name.strip_prefix("the ").map_or(name.clone(), str::to_owned)
}
