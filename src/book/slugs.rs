//! Names of chapters for file names and addresses.

use std::collections::BTreeMap;

use crate::document::transliterated;

/// No name is longer, so that no file name becomes longer than a file system allows.
const MAX_SLUG_BYTES: usize = 64;

/// Gives each chapter a name that no other has.
#[derive(Default)]
pub(super) struct Slugs {
    taken: BTreeMap<String, u32>,
}

impl Slugs {
    /// A name like `slug`, of ASCII letters, digits and hyphens.
    pub(super) fn unique(&mut self, slug: &str) -> String {
        let name = ascii(slug);
        let Some(next) = self.taken.get(&name).copied() else {
            self.taken.insert(name.clone(), 2);
            return name;
        };
        let (number, unique) = (next..)
            .map(|number| (number, format!("{name}-{number}")))
            .find(|(_, unique)| !self.taken.contains_key(unique))
            .unwrap_or_default();
        self.taken.insert(name, number + 1);
        self.taken.insert(unique.clone(), 2);
        unique
    }
}

/// A name that would be empty is `chapter`.
fn ascii(slug: &str) -> String {
    let mut name = transliterated(slug);
    if name.len() > MAX_SLUG_BYTES {
        let cut = name[..MAX_SLUG_BYTES].rfind('-').unwrap_or(MAX_SLUG_BYTES);
        name.truncate(cut);
    }
    if name.is_empty() { "chapter".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ascii_and_differ() {
        let mut slugs = Slugs::default();
        assert_eq!(slugs.unique("Café_at the Straße"), "cafe-at-the-strasse");
        assert_eq!(slugs.unique("cafe at the strasse"), "cafe-at-the-strasse-2");
        assert_eq!(slugs.unique("cafe-at-the-strasse-2"), "cafe-at-the-strasse-2-2");
        assert_eq!(slugs.unique("–"), "chapter");
        assert_eq!(slugs.unique("🎉"), "chapter-2");
        assert!(slugs.unique(&"long-word-".repeat(40)).len() <= MAX_SLUG_BYTES);
    }
}
