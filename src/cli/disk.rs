//! The world as it is on this machine.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::world::{ReadError, World, normalize};

/// The disk, seen from the folder of `book.yaml`.
#[derive(Debug, Clone)]
pub(crate) struct DiskWorld {
    root: PathBuf,
    today: Date,
    build_date: Option<Date>,
}

impl DiskWorld {
    /// The disk, seen from `root`.
    pub(crate) fn new(root: impl Into<PathBuf>) -> Self {
        let build_date = build_date();
        let today = build_date.unwrap_or_else(latest_date_on_earth);
        Self { root: root.into(), today, build_date }
    }
}

impl World for DiskWorld {
    fn read(&self, path: &str) -> Result<Arc<[u8]>, ReadError> {
        fs::read(self.root.join(path)).map(Arc::from).map_err(|error| {
            match read_error(&error) {
                ReadError::NotFound if path.contains(REPLACEMENT) => {
                    ReadError::Failed("its name is not UTF-8".to_owned())
                }
                error => error,
            }
        })
    }

    fn files(&self, folder: &str) -> Result<Vec<String>, ReadError> {
        let mut files = Vec::new();
        let folder = normalize(folder);
        walk(&self.root.join(&folder), &folder, &mut files)
            .map_err(|error| read_error(&error))?;
        files.sort_unstable();
        Ok(files)
    }

    fn exists(&self, path: &str) -> bool {
        self.root.join(path).is_file()
    }

    fn system_fonts(&self) -> Vec<String> {
        let mut fonts = Vec::new();
        for folder in font_folders() {
            // A folder that is not there has no fonts.
            let _ = walk(&folder, &folder.to_string_lossy(), &mut fonts);
        }
        fonts.retain(|path| {
            let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
            let known = ["ttf", "otf", "ttc", "otc"];
            // What cannot be read is no font that could be chosen.
            known.iter().any(|e| extension.eq_ignore_ascii_case(e))
                && !path.contains(REPLACEMENT)
        });
        fonts.sort_unstable();
        fonts.dedup();
        fonts
    }

    fn today(&self) -> Date {
        self.today
    }

    fn build_date(&self) -> Option<Date> {
        self.build_date
    }
}

/// What stands in a path for bytes that are not UTF-8.
const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

/// The date in Greenwich.
pub(super) fn utc_date() -> Date {
    date_after(now())
}

/// Appends the files below `folder`, which the world calls `name`.
///
/// Links to folders are not followed: they may lead round in a circle.
fn walk(folder: &Path, name: &str, files: &mut Vec<String>) -> std::io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // A name in other than UTF-8 is shown as far as it can be; whoever needs the file finds that
        // it cannot be read under that name, and says so.
        let own = entry.file_name().to_string_lossy().into_owned();
        let path = match name {
            "" => own.clone(),
            _ => format!("{}/{own}", name.trim_end_matches('/')),
        };
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if !own.starts_with('.') {
                walk(&entry.path(), &path, files)?;
            }
        } else if kind.is_file() || entry.path().is_file() {
            files.push(path);
        }
    }
    Ok(())
}

fn font_folders() -> Vec<PathBuf> {
    const EVERYWHERE: &[&str] = &[
        "/usr/local/share/fonts",
        "/usr/share/fonts",
        "/Library/Fonts",
        "/System/Library/Fonts",
        "C:/Windows/Fonts",
    ];
    const AT_HOME: &[&str] = &[
        ".local/share/fonts",
        ".fonts",
        "Library/Fonts",
        "AppData/Local/Microsoft/Windows/Fonts",
    ];
    let home = std::env::home_dir();
    let at_home = home.iter().flat_map(|home| AT_HOME.iter().map(|path| home.join(path)));
    at_home.chain(EVERYWHERE.iter().map(PathBuf::from)).collect()
}

fn read_error(error: &std::io::Error) -> ReadError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => ReadError::NotFound,
        _ => ReadError::Failed(error.to_string()),
    }
}

/// See <https://reproducible-builds.org/specs/source-date-epoch/>.
fn build_date() -> Option<Date> {
    let seconds: u64 = std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()?;
    Some(date_after(Duration::from_secs(seconds)))
}

/// The day that it already is in the zone furthest ahead, UTC+14. A post is dated by its
/// author's clock, and whoever posts this morning in Seoul is not in the future.
fn latest_date_on_earth() -> Date {
    date_after(now() + Duration::from_hours(14))
}

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

fn date_after(epoch: Duration) -> Date {
    let seconds = i64::try_from(epoch.as_secs()).unwrap_or(i64::MAX);
    let timestamp = Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX);
    timestamp.to_zoned_datetime(TimeZone::UTC).date()
}
