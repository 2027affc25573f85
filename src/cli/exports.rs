//! Exports that lie in a folder where posts were looked for.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::import::{Kind, kind_of};

/// What to say of the exports in a folder: how the first of each kind is imported.
pub(super) fn hints(folder: &Path) -> Vec<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut found: Vec<(Kind, PathBuf)> = Vec::new();
    look(folder, 0, &mut found);
    let hint = |(kind, path): &(Kind, PathBuf)| {
        let path = path.strip_prefix("./").unwrap_or(path).display();
        let (name, command) = (kind.name(), kind.command());
        format!("{path} is {name}: `bindery import {command} {path} --into posts`")
    };
    found.iter().map(hint).collect()
}

fn look(folder: &Path, depth: usize, found: &mut Vec<(Kind, PathBuf)>) {
    const MAX_DEPTH: usize = 2;
    const MAX_FILES: usize = 200;
    const HEAD_BYTES: u64 = 4096;
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths.iter().take(MAX_FILES) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if depth < MAX_DEPTH && !name.starts_with('.') && !path.is_symlink() {
                look(path, depth + 1, found);
            }
            continue;
        }
        let mut head = Vec::new();
        let read =
            File::open(path).map(|file| file.take(HEAD_BYTES).read_to_end(&mut head));
        let Some(kind) = read.ok().and_then(|_| kind_of(&name, &head)) else { continue };
        // The export of these two is the folder.
        let whole = match kind {
            Kind::Substack => path.parent(),
            Kind::Medium => path.parent().and_then(Path::parent),
            _ => None,
        };
        if !found.iter().any(|(known, _)| *known == kind) {
            found.push((kind, whole.unwrap_or(path).to_owned()));
        }
    }
}
