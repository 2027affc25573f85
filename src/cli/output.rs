//! Writing a file so that an interrupted run leaves the old one whole.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::diag::{Code, Diagnostic};

/// Writes `folder/name` and gives its path. The folder is made if it is not there.
pub(super) fn write(
    folder: &Path,
    name: &str,
    bytes: &[u8],
) -> Result<PathBuf, Diagnostic> {
    if folder.is_file() {
        let message = format!("{} is a file, not a folder", folder.display());
        return Err(Diagnostic::new(Code::OutputUnwritable, message)
            .hint("`--output` names the folder to write to; the title names the files"));
    }
    let target = folder.join(name);
    replace(&target, bytes)?;
    Ok(target)
}

/// Writes a file whole, or leaves the one that is there. Its folder is made if it is not there.
pub(super) fn replace(target: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let folder = target.parent().unwrap_or(Path::new(""));
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.{}", std::process::id()));
    let written = fs::create_dir_all(folder).and_then(|()| {
        let mut file = File::create(&beside)?;
        file.write_all(bytes)?;
        // Without this the rename may reach the disk before the bytes do.
        file.sync_all()?;
        fs::rename(&beside, target)
    });
    written.map_err(|error| {
        // It is there only if the write itself failed.
        let _ = fs::remove_file(&beside);
        let message = format!("{} cannot be written: {error}", target.display());
        Diagnostic::new(Code::OutputUnwritable, message)
            .hint("`--output DIR` names another folder")
    })
}

/// A file's name from a title, without extension: letters and digits of any script, and
/// hyphens. It has no dot and no slash, so it stays in its folder.
pub(super) fn file_name(title: &str) -> String {
    /// Bytes, well below the 255 that file systems allow.
    const MAX_NAME_BYTES: usize = 120;
    let mut name = String::new();
    for word in title.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
    {
        let word: String =
            word.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        if name.len() + word.len() > MAX_NAME_BYTES {
            break;
        }
        if !name.is_empty() && !word.is_empty() {
            name.push('-');
        }
        name.push_str(&word);
    }
    if name.is_empty() { "book".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_their_folder() {
        assert_eq!(file_name("China and the Peninsula"), "china-and-the-peninsula");
        assert_eq!(file_name("../../etc/passwd"), "etc-passwd");
        assert_eq!(file_name("A Blogger’s Café: 한국"), "a-bloggers-café-한국");
        assert_eq!(file_name("…"), "book");
    }
}
