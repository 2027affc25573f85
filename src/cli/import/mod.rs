//! `import`: posts from elsewhere become files.

mod book;
mod files;

use std::fs::File;
use std::path::Path;

use super::Exit;
use super::args::{ImportArgs, ImportFrom, WantedArgs};
use super::progress::Progress;
use super::report::{Report, plural};
use crate::diag::{Code, Diagnostic};
use crate::import::{self, Selection};
use crate::source::Sources;
use files::PostFiles;

/// Imports what the arguments name.
pub(super) fn run(args: &ImportArgs) -> Exit {
    match &args.from {
        ImportFrom::Wordpress(args) => import(&args.wanted, |selection, files| {
            let name = args.file.display().to_string();
            let open = || File::open(&args.file);
            import::import_wordpress(&name, &open, selection, files)
                .map_err(|reason| unreadable(&args.file, &reason))
        }),
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
    let mut files = PostFiles::new(&args.into, args.force);
    let progress = Progress::begin("importing");
    let done = read(&selection, &mut files);
    let summary = files.finish(&args.tags);
    drop(progress);
    let failed = done.is_err();
    report.tell(done.err().into_iter().chain(summary.diagnostics).collect(), &sources);
    report.finish();
    if failed || report.failed() {
        return Exit::Errors;
    }
    eprintln!("{}", summary.words);
    Exit::Done
}

fn unreadable(file: &Path, reason: &str) -> Diagnostic {
    let message = format!("{} cannot be imported: {reason}", file.display());
    Diagnostic::new(Code::ImportUnreadable, message)
}
