//! The source lock, `sources.lock.yaml`: what is known of each address that the posts cite.
//!
//! `bindery sources` writes it, its user fixes it and keeps it with the posts; binding a book
//! only reads it. Links die; what was known of a page while it was there is kept here.

mod page;
mod read;
mod write;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::address;

pub(crate) use page::{Page, read as read_page};
pub(crate) use read::read;
pub(crate) use write::write;

/// The name of the file, beside `book.yaml`.
pub(crate) const FILE: &str = "sources.lock.yaml";

/// What is known of the addresses that a book cites.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct SourceLock {
    /// By what makes two addresses one.
    entries: BTreeMap<String, Entry>,
}

/// What is known of one address. Empty is what is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Entry {
    /// The address, without tracking queries.
    pub address: String,
    /// `title`.
    pub title: String,
    /// `author`, one or several.
    pub authors: Vec<String>,
    /// `outlet`: the site, newspaper or journal.
    pub outlet: String,
    /// `date`: when the page appeared, as `2017-07-05`, `2017-07` or `2017`.
    pub date: String,
    /// `accessed`: when it was last known to be there; else the day of the oldest post that cites
    /// it.
    pub accessed: String,
    /// `archive`: where a copy is kept.
    pub archive: String,
    /// `text`: the words of the first link to it. They are the post's and no title.
    pub text: String,
    /// `fetched`: the day on which the page itself was asked, and what it answered if not with
    /// itself: `2026-11-24`, `2026-11-24 404`.
    pub fetched: String,
    /// `cited-by`: the posts, by their paths.
    pub cited_by: Vec<String>,
}

/// An address as a post cites it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Occurrence {
    /// The address.
    pub address: String,
    /// The title that the link has.
    pub title: String,
    /// The outlet that a bracket names.
    pub outlet: String,
    /// The words of the link.
    pub text: String,
    /// The path of the post.
    pub post: String,
    /// The day of the post.
    pub date: Option<Date>,
}

impl SourceLock {
    /// The entries, by address.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// The entries, to be completed.
    pub(crate) fn entries_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.entries.values_mut()
    }

    /// Takes an entry in, unless its address is there already; says whether it did.
    fn insert(&mut self, entry: &Entry) -> bool {
        let key = address::key(&entry.address);
        let is_new = !self.entries.contains_key(&key);
        self.entries.entry(key).or_insert_with(|| entry.clone());
        is_new
    }

    /// Forgets which posts cite what, before they are read anew.
    pub(crate) fn forget_posts(&mut self) {
        self.entries.values_mut().for_each(|entry| entry.cited_by.clear());
    }

    /// Notes that a post cites an address. What the source lock says already stays as it is: it may
    /// have been fixed by hand.
    pub(crate) fn see(&mut self, sighting: &Occurrence) {
        let Occurrence { address, title, outlet, text, post, date } = sighting;
        let entry = self.entries.entry(address::key(address)).or_insert_with(|| Entry {
            address: address::printed(address),
            ..Entry::default()
        });
        let fill = |known: &mut String, seen: &str| {
            if known.is_empty() {
                known.push_str(seen.trim());
            }
        };
        fill(&mut entry.title, title);
        fill(&mut entry.outlet, outlet);
        fill(&mut entry.text, text);
        if let Some(date) = date {
            fill(&mut entry.accessed, &date.to_string());
        }
        if !entry.cited_by.contains(post) {
            entry.cited_by.push(post.clone());
        }
    }
}

impl Entry {
    /// Whether it says more of its page than a post would without it.
    pub(crate) fn is_informative(&self) -> bool {
        let Self { title, authors, outlet, date, archive, .. } = self;
        let said = [title, outlet, date, archive];
        !authors.is_empty() || said.iter().any(|text| !text.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::source::Sources;
    use crate::world::MemoryWorld;

    fn sighting(address: &str, outlet: &str, post: &str) -> Occurrence {
        Occurrence {
            address: address.to_owned(),
            outlet: outlet.to_owned(),
            post: post.to_owned(),
            date: Some(date(2017, 7, 6)),
            ..Occurrence::default()
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut source_lock = SourceLock::default();
        source_lock.see(&sighting(
            "https://b.example/?utm_source=x",
            "B: \"News\"",
            "b.md",
        ));
        source_lock.see(&sighting("http://B.example", "Other", "a.md"));
        source_lock.see(&sighting("https://a.example/x#y", "", "a.md"));
        for entry in source_lock.entries_mut() {
            entry.authors = vec!["Ann Lee".to_owned(), "- Bo, Jr. #1".to_owned()];
            entry.title = "Why? ‘So’ \\ \n yes".to_owned();
            entry.date = "2017".to_owned();
        }
        let text = write(&source_lock);
        let mut world = MemoryWorld::new(date(2026, 1, 1));
        world.insert(FILE, text.as_bytes());
        let again = read(&world, &mut Sources::default());
        assert_eq!(again.diagnostics, []);
        assert_eq!(again.value, source_lock);
        let [a, b] = source_lock.entries().collect::<Vec<_>>()[..] else {
            panic!("{text}")
        };
        assert_eq!((a.address.as_str(), a.cited_by.len()), ("https://a.example/x#y", 1));
        assert_eq!((b.outlet.as_str(), b.cited_by.len()), ("B: \"News\"", 2));
        insta::assert_snapshot!(text);
    }

    #[test]
    fn hands_work_stays() {
        let mut world = MemoryWorld::new(date(2026, 1, 1));
        let text = "sources:\n- address: https://a.example\n  title: Mended\n  outlet: ~\n\
                    - address: https://gone.example\n  cited-by: [old.md]\n";
        world.insert(FILE, text.as_bytes());
        let mut source_lock = read(&world, &mut Sources::default()).value;
        source_lock.forget_posts();
        let mut seen = sighting("https://a.example/", "A", "a.md");
        seen.title = "Other".to_owned();
        source_lock.see(&seen);
        let entries: Vec<&Entry> = source_lock.entries().collect();
        assert_eq!(entries[0].title, "Mended");
        assert_eq!(entries[0].outlet, "A");
        assert_eq!(entries[1].cited_by, [""; 0]);
    }

    #[test]
    fn what_is_wrong_is_told_and_the_rest_is_read() {
        let mut world = MemoryWorld::new(date(2026, 1, 1));
        let text = "sources:\n- address: https://a.example\n  titel: X\n  date: soon\n\
                    - title: No address\n- address: https://A.example/\n- 3\n";
        world.insert(FILE, text.as_bytes());
        let mut sources = Sources::default();
        let read = read(&world, &mut sources);
        assert_eq!(read.value.entries().count(), 1);
        let said: Vec<String> = read
            .diagnostics
            .iter()
            .map(|said| {
                let place = said.span.map(|span| sources.line_column(span).line);
                format!("{:?} {}", place, said.message)
            })
            .collect();
        insta::assert_snapshot!(said.join("\n"));
    }
}
