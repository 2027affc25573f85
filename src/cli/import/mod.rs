//! `import`: posts from elsewhere become files.

mod book;
mod files;
pub(super) mod pictures;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::Exit;
use super::args::{ImportArgs, ImportFrom, WantedArgs};
use super::progress::Progress;
use super::report::{Report, plural};
use crate::diag::{Code, Diagnostic};
use crate::import::{self, Feeds, Selection, SubstackIndex};
use crate::source::Sources;
use files::PostFiles;

/// Imports what the arguments name.
pub(super) fn run(args: &ImportArgs) -> Exit {
    match &args.from {
        ImportFrom::Wordpress(args) => import(&args.wanted, |selection, files| {
            let name = args.file.display().to_string();
            let open = || File::open(&args.file);
            files.reading(&args.file);
            import::import_wordpress(&name, &open, selection, files)
                .map_err(|reason| unreadable(&args.file, &reason))
        }),
        ImportFrom::Feed(args) => {
            import(&args.wanted, |selection, files| feeds(&args.files, selection, files))
        }
        ImportFrom::Blogger(args) => import(&args.wanted, |selection, files| {
            feeds(std::slice::from_ref(&args.file), selection, files)
        }),
        ImportFrom::Ghost(args) => import(&args.wanted, |selection, files| {
            let name = args.file.display().to_string();
            let open = || File::open(&args.file);
            files.reading(&args.file);
            import::import_ghost(&name, &open, selection, files)
                .map_err(|reason| unreadable(&args.file, &reason))
        }),
        ImportFrom::Html(args) => {
            import(&args.wanted, |selection, files| pages(&args.files, selection, files))
        }
        ImportFrom::Substack(args) => import(&args.wanted, |selection, files| {
            substack(&args.file, selection, files)
        }),
        ImportFrom::Medium(args) => {
            import(&args.wanted, |selection, files| medium(&args.file, selection, files))
        }
    }
}

/// Imports into the folder that the arguments name, and reports on it.
fn import(
    args: &WantedArgs,
    read: impl FnOnce(&Selection, &mut PostFiles) -> Result<(), Diagnostic>,
) -> Exit {
    let selection = Selection {
        tags: args.tags.clone(),
        drafts: args.drafts,
        private: args.private,
        protected: args.protected,
        pages: args.pages,
        comments: args.comments,
    };
    let mut report = Report::of("the import", args.message_format, Path::new(""));
    let sources = Sources::default();
    let mut files = PostFiles::new(&args.into, args.force, args.media.as_deref());
    #[cfg(feature = "fetch")]
    if args.fetch {
        files.fetch(args.network.allow_private);
    }
    let progress = Progress::begin("importing");
    let done = read(&selection, &mut files);
    let summary = files.finish(&args.tags);
    drop(progress);
    let failed = done.is_err();
    report.tell(done.err().into_iter().chain(summary.diagnostics).collect(), &sources);
    report.finish();
    if !failed {
        eprintln!("{}", summary.words);
    }
    if failed || report.failed() { Exit::Errors } else { Exit::Done }
}

/// Feeds, of which one that is none does not keep out the others.
fn feeds(
    paths: &[PathBuf],
    selection: &Selection,
    files: &mut PostFiles,
) -> Result<(), Diagnostic> {
    let mut feeds = Feeds::default();
    for path in paths {
        let name = path.display().to_string();
        let open = || File::open(path);
        files.reading(path);
        if let Err(reason) = feeds.import(&name, &open, selection, files) {
            import::Sink::report(files, unreadable(path, &reason));
        }
    }
    Ok(())
}

fn pages(
    paths: &[PathBuf],
    selection: &Selection,
    files: &mut PostFiles,
) -> Result<(), Diagnostic> {
    for path in html_files(paths)? {
        let bytes =
            fs::read(&path).map_err(|error| unreadable(&path, &error.to_string()))?;
        files.reading(&path);
        files.beside(path.parent());
        if !import::import_page(&name_of(&path), &bytes, selection, files) {
            let diagnostic =
                Diagnostic::new(Code::ImportLoss, "no article was found in this page")
                    .in_file(&path.display().to_string(), None);
            import::Sink::report(files, diagnostic);
        }
    }
    Ok(())
}

fn substack(
    folder: &Path,
    selection: &Selection,
    files: &mut PostFiles,
) -> Result<(), Diagnostic> {
    let table = folder.join("posts.csv");
    let bytes =
        fs::read(&table).map_err(|error| unreadable(&table, &error.to_string()))?;
    let index = SubstackIndex::read(&bytes);
    for path in html_files(&[folder.join("posts")])? {
        let bytes =
            fs::read(&path).map_err(|error| unreadable(&path, &error.to_string()))?;
        files.reading(&path);
        import::import_substack(&name_of(&path), &bytes, &index, selection, files);
    }
    Ok(())
}

fn medium(
    folder: &Path,
    selection: &Selection,
    files: &mut PostFiles,
) -> Result<(), Diagnostic> {
    let inner = folder.join("posts");
    let folder = if inner.is_dir() { inner } else { folder.to_owned() };
    for path in html_files(&[folder])? {
        let bytes =
            fs::read(&path).map_err(|error| unreadable(&path, &error.to_string()))?;
        files.reading(&path);
        if !import::import_medium(&name_of(&path), &bytes, selection, files) {
            import::Sink::left_out(files, "pages that are no posts");
        }
    }
    Ok(())
}

/// The pages among some files and folders, in the order of their names.
fn html_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Diagnostic> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, &mut found)
                .map_err(|error| unreadable(path, &error.to_string()))?;
        } else if path.exists() {
            found.push(path.clone());
        } else {
            return Err(unreadable(path, "there is no such file or folder"));
        }
    }
    Ok(found)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut entries = entries.collect::<Result<Vec<PathBuf>, _>>()?;
    entries.sort();
    for path in entries {
        // What a browser saved beside a page is no page.
        let is_beside = path.to_string_lossy().ends_with("_files");
        let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
        if path.is_dir() && !path.is_symlink() && !is_beside {
            walk(&path, found)?;
        } else if matches!(
            extension.to_ascii_lowercase().as_str(),
            "html" | "htm" | "xhtml"
        ) {
            found.push(path);
        }
    }
    Ok(())
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn unreadable(file: &Path, reason: &str) -> Diagnostic {
    let name = file.display().to_string();
    let message = format!("{name} cannot be imported: {reason}");
    Diagnostic::new(Code::ImportUnreadable, message).in_file(&name, None)
}
