//! Pictures that are taken into the folder of the posts.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::address::{host_and_path, percent_decode};
use crate::diag::Diagnostic;
#[cfg(feature = "fetch")]
use {
    super::super::disk::utc_date,
    super::super::fetch::PictureFetcher,
    super::super::output,
    crate::address::is_web,
    crate::diag::Code,
    crate::picture_lock::{self, Entry, PictureLock},
};

/// The folder beside the posts that they go to.
const FOLDER: &str = "pictures";

/// Where pictures may be found.
#[derive(Default)]
pub(in crate::cli) struct Pictures {
    /// The folder of the posts.
    into: PathBuf,
    /// The files below the folder of uploads, by their names in small letters.
    uploads: BTreeMap<String, Vec<PathBuf>>,
    has_uploads: bool,
    /// The folder of the page that is read.
    page: Option<PathBuf>,
    /// What asks the network, if it may be asked, and what it found.
    #[cfg(feature = "fetch")]
    fetcher: Option<(PictureFetcher, PictureLock)>,
    diagnostics: Vec<Diagnostic>,
    /// What became of each address.
    taken: BTreeMap<String, Option<String>>,
    /// How many were taken, and the addresses of some that were not there.
    pub(super) count: usize,
    pub(super) missing: Vec<String>,
}

impl Pictures {
    pub(in crate::cli) fn new(into: &Path, media: Option<&Path>) -> Self {
        let mut pictures = Self { into: into.to_owned(), ..Self::default() };
        if let Some(media) = media {
            pictures.has_uploads = true;
            pictures.index(media, 0);
        }
        pictures
    }

    /// Pictures may stand beside a page, too.
    pub(super) fn beside(&mut self, folder: Option<&Path>) {
        self.page = folder.map(Path::to_owned);
        // Another page may have another picture of that name.
        self.taken.clear();
    }

    fn index(&mut self, folder: &Path, depth: usize) {
        const MAX_DEPTH: usize = 32;
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            if path.is_dir() {
                if depth < MAX_DEPTH && !path.is_symlink() {
                    self.index(&path, depth + 1);
                }
            } else if let Some(name) = path.file_name() {
                let name = name.to_string_lossy().to_lowercase();
                self.uploads.entry(name).or_default().push(path);
            }
        }
    }

    /// The name, relative to the posts, of the file that an address has become.
    pub(super) fn take(&mut self, address: &str) -> Option<String> {
        if address.starts_with("data:") {
            return None;
        }
        if let Some(known) = self.taken.get(address) {
            return known.clone();
        }
        let file = self.beside_page(address).or_else(|| self.upload(address));
        let taken = file.and_then(|file| self.copy(&file, address));
        #[cfg(feature = "fetch")]
        let taken = taken.or_else(|| self.fetched(address));
        if taken.is_some() {
            self.count += 1;
        } else if self.has_uploads {
            self.missing.push(address.to_owned());
        }
        self.taken.insert(address.to_owned(), taken.clone());
        taken
    }

    /// Lets pictures be fetched.
    #[cfg(feature = "fetch")]
    pub(super) fn fetch(&mut self, allow_private: bool) {
        let text = fs::read_to_string(self.into.join(picture_lock::FILE));
        let lock = PictureLock::parse(&text.unwrap_or_default());
        self.fetcher = Some((PictureFetcher::new(allow_private), lock));
    }

    #[cfg(feature = "fetch")]
    fn fetched(&mut self, address: &str) -> Option<String> {
        if !is_web(address) {
            return None;
        }
        let (mut fetcher, mut lock) = self.fetcher.take()?;
        let day = utc_date().to_string();
        let known = lock.get(address).map(|entry| entry.file.clone());
        let known = known.filter(|file| self.into.join(file).is_file());
        let fetched = match known {
            Some(file) => Ok(file),
            None => fetch_into(&mut fetcher, self, address, &day, &mut lock),
        };
        self.fetcher = Some((fetcher, lock));
        match fetched {
            Ok(file) => Some(file),
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                None
            }
        }
    }

    /// Writes down what was fetched, and says what could not be.
    pub(super) fn finish(&mut self) -> Vec<Diagnostic> {
        #[cfg(feature = "fetch")]
        if let Some((_, lock)) = &self.fetcher {
            let text = lock.text();
            let written = output::write(&self.into, picture_lock::FILE, text.as_bytes());
            self.diagnostics.extend(written.err());
        }
        std::mem::take(&mut self.diagnostics)
    }

    fn beside_page(&self, address: &str) -> Option<PathBuf> {
        let path = percent_decode(address.split(['?', '#']).next().unwrap_or_default());
        let outside =
            path.contains("..") || path.starts_with('/') || path.contains("://");
        let file = self.page.as_ref().filter(|_| !outside)?.join(path);
        file.is_file().then_some(file)
    }

    /// The upload whose path has most in common with an address, from its end; rather the picture
    /// as it was uploaded than one that WordPress made smaller.
    fn upload(&self, address: &str) -> Option<PathBuf> {
        let path = percent_decode(address.split(['?', '#']).next().unwrap_or_default());
        let path = path.to_lowercase();
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let whole = original(name);
        let names = [whole.as_deref(), Some(name)];
        let (name, found) = names
            .into_iter()
            .flatten()
            .find_map(|name| Some((name, self.uploads.get(name)?)))?;
        let wanted = format!("{folder}/{name}");
        let common = |file: &&PathBuf| {
            let file = file.to_string_lossy().to_lowercase().replace('\\', "/");
            let parts = file.rsplit('/').zip(wanted.rsplit('/'));
            parts.take_while(|(a, b)| a == b).count()
        };
        found.iter().max_by_key(common).cloned()
    }

    /// Copies a picture, and gives its name relative to the posts.
    fn copy(&self, file: &Path, address: &str) -> Option<String> {
        let bytes = fs::read(file).ok()?;
        self.store(&bytes, &stored_name(address, file))
    }

    /// Writes a picture that was fetched before in the place of its file, unless it is of another
    /// format now.
    #[cfg(feature = "fetch")]
    fn replace(&self, bytes: &[u8], file: &str, name: &str) -> Option<String> {
        let extension = |name: &str| Path::new(name).extension().map(ToOwned::to_owned);
        // The lock is a file that anybody may have written: nothing outside the folder is replaced.
        let inside = file.starts_with(&format!("{FOLDER}/")) && !file.contains("..");
        if !inside || extension(file) != extension(name) {
            return self.store(bytes, name);
        }
        let target = self.into.join(file);
        fs::create_dir_all(target.parent()?).ok()?;
        fs::write(&target, bytes).ok()?;
        Some(file.to_owned())
    }

    /// Writes a picture under a name, or under one like it where another picture has that.
    pub(super) fn store(&self, bytes: &[u8], name: &str) -> Option<String> {
        const MAX_NAMES: usize = 100;
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        for number in 1..MAX_NAMES {
            let name = match number {
                1 => name.to_owned(),
                number => format!("{stem}-{number}.{extension}"),
            };
            let relative = format!("{FOLDER}/{name}");
            let target = self.into.join(&relative);
            match fs::read(&target) {
                Ok(there) if there == bytes => return Some(relative),
                Ok(_) => {}
                Err(_) => {
                    fs::create_dir_all(target.parent()?).ok()?;
                    fs::write(&target, bytes).ok()?;
                    return Some(relative);
                }
            }
        }
        None
    }
}

/// Fetches a picture into its folder and the lock, and gives the name of its file.
#[cfg(feature = "fetch")]
pub(in crate::cli) fn fetch_into(
    fetcher: &mut PictureFetcher,
    store: &Pictures,
    address: &str,
    day: &str,
    lock: &mut PictureLock,
) -> Result<String, Diagnostic> {
    let asked = match address.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => address.to_owned(),
    };
    let failed = |reason: &str| {
        let message = format!("the picture {address} was not fetched: {reason}");
        Diagnostic::new(Code::RemotePicture, message).hint("save it, and name the file")
    };
    let fetched = fetcher.fetch(&asked).map_err(|reason| failed(&reason))?;
    let name = plain_name(&fetched.name);
    let stored = match lock.get(address) {
        Some(known) => store.replace(&fetched.bytes, &known.file, &name),
        None => store.store(&fetched.bytes, &name),
    };
    let file = stored.ok_or_else(|| failed("its file cannot be written"))?;
    let (sha256, fetched) = (fetched.sha256, day.to_owned());
    lock.insert(address.to_owned(), Entry { file: file.clone(), sha256, fetched });
    Ok(file)
}

/// `quay-300x200.jpg` was made of `quay.jpg`.
fn original(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    let (whole, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let is_number =
        |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(width) && is_number(height)).then(|| format!("{whole}.{extension}"))
}

/// The name under which a picture is kept: below `uploads` as it is there, else by its host.
fn stored_name(address: &str, file: &Path) -> String {
    let path = host_and_path(address).map_or(address, |(_, path)| path);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = folder.split_once("uploads/").map_or("", |(_, folder)| folder);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    plain_name(&format!("{folder}/{name}"))
}

/// A path of letters, digits and a few signs, which stays in its folder.
pub(super) fn plain_name(path: &str) -> String {
    let parts = path.split('/').filter(|part| !part.trim_matches('.').is_empty());
    let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let parts = parts.map(|part| part.chars().map(plain).collect::<String>());
    parts.collect::<Vec<_>>().join("/")
}
