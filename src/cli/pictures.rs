//! `pictures`: which of the book's pictures are on the network, and those fetched.

use std::collections::BTreeSet;

use super::args::PicturesArgs;
use super::project::{self, Project};
use super::{Exit, print};
use crate::address::is_web;
use crate::compile::Goal;
use crate::document::{Inline, InlineKind, Visit, walk_inline};
#[cfg(feature = "fetch")]
use {
    super::disk::utc_date,
    super::fetch::PictureFetcher,
    super::import::pictures::{Pictures, fetch_into},
    super::output,
    super::progress::Progress,
    super::report::{Report, plural},
    crate::picture_lock::{self, PictureLock},
    crate::world::World,
};

/// Lists the pictures on the network, or fetches them.
pub(super) fn run(args: &PicturesArgs) -> Exit {
    let (mut project, mut report) = project::open(&args.book, Goal::Book);
    #[cfg(feature = "fetch")]
    let again = args.again;
    #[cfg(not(feature = "fetch"))]
    let again = false;
    let addresses = addresses(&project, again);
    // What is wrong with the posts is for `check` to report.
    project.compiled.diagnostics.truncate(project.compiled.gathering_diagnostics);
    project.report(&mut report);
    #[cfg(feature = "fetch")]
    if args.fetch {
        let done = fetch(&project, &addresses, args, &mut report);
        report.finish();
        return if done && !report.failed() { Exit::Done } else { Exit::Errors };
    }
    report.finish();
    let lines: String = addresses.iter().map(|address| format!("{address}\n")).collect();
    print(lines.as_bytes());
    if report.failed() { Exit::Errors } else { Exit::Done }
}

/// The addresses of pictures that the book cannot show from where they are; `all` for those, too,
/// that were fetched.
fn addresses(project: &Project, all: bool) -> BTreeSet<String> {
    let mut remote = Remote { addresses: BTreeSet::new(), all };
    for chapter in project.compiled.book.iter().flat_map(|book| book.texts()) {
        remote.blocks(&chapter.blocks);
    }
    remote.addresses
}

struct Remote {
    addresses: BTreeSet<String>,
    all: bool,
}

impl Visit for Remote {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Picture(picture) = &inline.kind
            && (self.all || picture.id.is_none() && !picture.unreadable)
            && (is_web(&picture.address) || picture.address.starts_with("//"))
        {
            self.addresses.insert(picture.address.clone());
        }
        walk_inline(self, inline);
    }
}

/// Fetches pictures into the folder `pictures` beside `book.yaml`, and adds them to the lock.
#[cfg(feature = "fetch")]
fn fetch(
    project: &Project,
    addresses: &BTreeSet<String>,
    args: &PicturesArgs,
    report: &mut Report,
) -> bool {
    let mut lock = PictureLock::read(&project.world);
    let mut fetcher = PictureFetcher::new(args.network.allow_private);
    let store = Pictures::new(&project.root, None);
    let day = project.world.build_date().unwrap_or_else(utc_date).to_string();
    let progress = Progress::begin("fetching the pictures");
    let mut count = 0;
    let mut said = Vec::new();
    for address in addresses {
        match fetch_into(&mut fetcher, &store, address, &day, &mut lock) {
            Ok(_) => count += 1,
            Err(diagnostic) => said.push(diagnostic),
        }
    }
    drop(progress);
    report.tell(said, &project.compiled.sources);
    let text = lock.text();
    let written = output::write(&project.root, picture_lock::FILE, text.as_bytes());
    match written {
        Ok(path) => eprintln!("{}: {} fetched", path.display(), plural(count, "picture")),
        Err(diagnostic) => {
            report.tell(vec![diagnostic], &project.compiled.sources);
            return false;
        }
    }
    true
}
