//! The archive: `mimetype` first, stored; no time but that of 1980, so that the same book gives
//! the same bytes (EPUB 3.3, 4.2.2).

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// An archive in memory.
pub(super) struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    pub(super) fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    /// Adds a file as it is: one that is compressed already.
    pub(super) fn stored(&mut self, path: &str, content: &[u8]) {
        self.add(path, content, CompressionMethod::Stored);
    }

    /// Adds a file, compressed.
    pub(super) fn deflated(&mut self, path: &str, content: &[u8]) {
        self.add(path, content, CompressionMethod::Deflated);
    }

    fn add(&mut self, path: &str, content: &[u8], method: CompressionMethod) {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::DEFAULT)
            .unix_permissions(0o644);
        self.0.start_file(path, options).expect(IN_MEMORY);
        self.0.write_all(content).expect(IN_MEMORY);
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0.finish().expect(IN_MEMORY).into_inner()
    }
}

const IN_MEMORY: &str = "writing to memory does not fail, and no path is added twice";
