//! The picture lock: which file each picture of the network was fetched into.
//!
//! `pictures --fetch` writes it; where a post shows the address, the book shows the file.

use std::collections::BTreeMap;

use crate::config::value::Value;
use crate::config::yaml;
use crate::source::FileId;
use crate::world::{World, normalize};

/// The file, beside `book.yaml`.
pub(crate) const FILE: &str = "pictures.lock.yaml";

/// The files of pictures, by their addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PictureLock(BTreeMap<String, Entry>);

/// What is known of a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The path relative to the lock.
    pub(crate) file: String,
    /// What the SHA-256 of the file was, in base 16.
    pub(crate) sha256: String,
    /// The day on which it was fetched.
    pub(crate) fetched: String,
}

impl PictureLock {
    /// Reads the lock of a book. An entry that cannot be read is none: its picture is reported
    /// where it is shown.
    pub(crate) fn read(world: &dyn World) -> Self {
        let bytes = world.read(FILE).unwrap_or_else(|_| [].into());
        Self::parse(&String::from_utf8_lossy(&bytes))
    }

    /// Reads the text of a lock.
    pub(crate) fn parse(text: &str) -> Self {
        let mut lock = Self::default();
        let Ok(value) = yaml::parse(text, FileId::default(), 0) else { return lock };
        for entry in value.get("pictures").map(Value::items).unwrap_or_default() {
            let text = |key: &str| {
                let text = entry.get(key).and_then(Value::text);
                text.unwrap_or_default().to_owned()
            };
            let (file, sha256, fetched) = (text("file"), text("sha256"), text("fetched"));
            if !file.is_empty() {
                lock.insert(text("address"), Entry { file, sha256, fetched });
            }
        }
        lock
    }

    /// The file of an address.
    pub(crate) fn get(&self, address: &str) -> Option<&Entry> {
        self.0.get(address)
    }

    /// The address that a file was fetched from, and its entry; the first of several.
    #[cfg(feature = "fetch")]
    pub(crate) fn of_file(&self, path: &str) -> Option<(&str, &Entry)> {
        let mut entries = self.0.iter();
        let found = entries.find(|(_, entry)| normalize(&entry.file) == path)?;
        Some((found.0.as_str(), found.1))
    }

    /// Adds what was fetched.
    pub(crate) fn insert(&mut self, address: String, entry: Entry) {
        self.0.insert(address, entry);
    }

    /// The text of the file, in the order of the addresses.
    pub(crate) fn text(&self) -> String {
        let scalar = |text: &str| serde_json::to_string(text).unwrap_or_default();
        let mut text = "# The pictures that were fetched, and where from. The book shows the files.\n"
            .to_owned();
        text.push_str(if self.0.is_empty() { "pictures: []\n" } else { "pictures:\n" });
        for (address, Entry { file, sha256, fetched }) in &self.0 {
            text.push_str(&format!("- address: {}\n", scalar(address)));
            text.push_str(&format!("  file: {}\n", scalar(file)));
            text.push_str(&format!("  sha256: {sha256}\n  fetched: {fetched}\n"));
        }
        text
    }
}

/// The SHA-256 of a file, in base 16.
#[cfg(feature = "fetch")]
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let hash = ring::digest::digest(&ring::digest::SHA256, bytes);
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut lock = PictureLock::default();
        let entry = Entry {
            file: "pictures/a \"b\".png".to_owned(),
            sha256: "0a".to_owned(),
            fetched: "2026-01-02".to_owned(),
        };
        lock.insert("https://a.example/?x=1&y: 2".to_owned(), entry);
        assert_eq!(PictureLock::parse(&lock.text()), lock);
        assert_eq!(PictureLock::parse("pictures: 3\n"), PictureLock::default());
        assert_eq!(PictureLock::parse("{"), PictureLock::default());
    }
}
