//! The only way out of the library: files, fonts and the date come through here.

use std::sync::Arc;

use jiff::civil::Date;

/// What the pipeline may ask of the machine that it runs on.
///
/// Paths are relative to the folder of `book.yaml`, with `/` between their parts, whatever the
/// machine's own custom; `..` and absolute paths are passed on as they are.
pub trait World: Sync {
    /// The whole content of a file.
    ///
    /// # Errors
    /// [`ReadError`] when there is none, or it cannot be read.
    fn read(&self, path: &str) -> Result<Arc<[u8]>, ReadError>;

    /// Every file below a folder, in the order of their paths; folders whose name begins with
    /// a dot are passed over.
    ///
    /// # Errors
    /// [`ReadError`] when there is no such folder, or it cannot be read.
    fn files(&self, folder: &str) -> Result<Vec<String>, ReadError>;

    /// Whether a file is there.
    fn exists(&self, path: &str) -> bool;

    /// The font files of the machine, in an order that is the same at each run.
    fn system_fonts(&self) -> Vec<String>;

    /// Today's date, or the one that `SOURCE_DATE_EPOCH` gives.
    fn today(&self) -> Date;

    /// The date of the build, if `SOURCE_DATE_EPOCH` gives one.
    fn build_date(&self) -> Option<Date>;
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// There is no such file or folder.
    NotFound,
    /// It is there, and the machine says why it cannot be had.
    Failed(String),
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is no such file"),
            Self::Failed(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for ReadError {}

/// A world in memory, for tests and for embedding.
#[derive(Debug, Clone)]
pub struct MemoryWorld {
    files: std::collections::BTreeMap<String, Arc<[u8]>>,
    today: Date,
}

impl MemoryWorld {
    /// An empty world at a date.
    pub fn new(today: Date) -> Self {
        Self { files: std::collections::BTreeMap::new(), today }
    }

    /// Lays a file in.
    pub fn insert(&mut self, path: impl Into<String>, content: impl Into<Arc<[u8]>>) {
        self.files.insert(path.into(), content.into());
    }
}

impl World for MemoryWorld {
    fn read(&self, path: &str) -> Result<Arc<[u8]>, ReadError> {
        self.files.get(&normalize(path)).cloned().ok_or(ReadError::NotFound)
    }

    fn files(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        let folder = normalize(folder);
        let prefix = if folder.is_empty() { folder } else { folder + "/" };
        let below: Vec<String> =
            self.files.keys().filter(|path| path.starts_with(&prefix)).cloned().collect();
        if below.is_empty() { Err(ReadError::NotFound) } else { Ok(below) }
    }

    fn exists(&self, path: &str) -> bool {
        self.files.contains_key(&normalize(path))
    }

    fn system_fonts(&self) -> Vec<String> {
        Vec::new()
    }

    fn today(&self) -> Date {
        self.today
    }

    fn build_date(&self) -> Option<Date> {
        None
    }
}

/// A path without `.` and, as far as it goes, without `..`.
pub(crate) fn normalize(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" if parts.is_empty() && path.starts_with('/') => parts.push(""),
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, ".." | "")) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalize_takes_dots_away() {
        assert_eq!(normalize("posts/../images/./a.png"), "images/a.png");
        assert_eq!(normalize("../x/y/.."), "../x");
        assert_eq!(normalize("/a//b"), "/a/b");
    }
}
