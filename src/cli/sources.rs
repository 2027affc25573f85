//! `sources`: the source lock, filled from the posts.

use super::args::SourcesArgs;
use super::disk::DiskWorld;
use super::project::{self, Project};
use super::report::{Report, plural};
use super::{Exit, output};
use crate::address;
use crate::compile::{Compiled, Goal};
use crate::diag::Diagnostic;
use crate::manuscript::Post;
use crate::resolve::{FoundSource, SourceForm};
use crate::source_lock::{self, Occurrence, SourceLock};
#[cfg(feature = "fetch")]
use {
    super::disk::utc_date,
    super::fetch::{self, Request},
    super::progress::Progress,
    crate::world::World,
};

/// Adds what the posts say of their sources to the source lock, and writes it.
pub(super) fn run(args: &SourcesArgs) -> Exit {
    let (mut project, mut report) = project::open(&args.book, Goal::Book);
    project.report(&mut report);
    let done = fill(&mut project, args, &mut report);
    report.finish();
    if done.is_none() || report.failed() { Exit::Errors } else { Exit::Done }
}

fn fill(project: &mut Project, args: &SourcesArgs, report: &mut Report) -> Option<()> {
    let Project { compiled, world, root } = project;
    let Compiled { manuscript, findings, sources, .. } = compiled;
    let manuscript = manuscript.as_ref()?;
    // What is wrong with it was found when the book was made.
    let read = source_lock::read(world, sources);
    let mut source_lock = read.value;
    // A source lock with entries that could not be read would lose them when it is written.
    if !read.diagnostics.is_empty() {
        eprintln!("{} was not written: correct it first", source_lock::FILE);
        return None;
    }
    compiled.book.as_ref()?;
    let known = source_lock.entries().count();
    source_lock.forget_posts();
    for (post, findings) in manuscript.posts.iter().zip(findings) {
        for found in &findings.sources {
            source_lock.see_found(found, post);
        }
    }
    fetch(&mut source_lock, args, world, |told| report.tell(told, sources));
    let written = output::write(
        root,
        source_lock::FILE,
        source_lock::write(&source_lock).as_bytes(),
    );
    match written {
        Ok(path) => {
            let all = source_lock.entries().count();
            let new = all - known;
            eprintln!("{}: {}, {new} of them new", path.display(), plural(all, "source"));
            Some(())
        }
        Err(diagnostic) => {
            report.tell(vec![diagnostic], sources);
            None
        }
    }
}

/// Asks the pages themselves, if the arguments want that, and hands on what was amiss.
#[cfg(feature = "fetch")]
fn fetch(
    source_lock: &mut SourceLock,
    args: &SourcesArgs,
    world: &DiskWorld,
    report: impl FnOnce(Vec<Diagnostic>),
) {
    if !args.fetch {
        return;
    }
    let request = Request {
        allow_private: args.network.allow_private,
        again: args.again,
        archive: &args.archive,
        today: world.build_date().unwrap_or_else(utc_date),
    };
    let _progress = Progress::begin("asking the pages that are cited");
    report(fetch::complete(source_lock, &request));
}

/// This build knows no network.
#[cfg(not(feature = "fetch"))]
fn fetch(
    _: &mut SourceLock,
    _: &SourcesArgs,
    _: &DiskWorld,
    _: impl FnOnce(Vec<Diagnostic>),
) {
}

impl SourceLock {
    /// Takes in a source as a post has it.
    fn see_found(&mut self, found: &FoundSource, post: &Post) {
        let FoundSource { form, name, address, title, .. } = found;
        if !address::is_web(address) {
            return;
        }
        let (outlet, text) = match form {
            // The words of a link, and of a line with author and title, are no outlet's name.
            SourceForm::Link | SourceForm::Attribution | SourceForm::Footnote => {
                ("", name)
            }
            _ => (name.as_str(), &String::new()),
        };
        self.see(&Occurrence {
            address: address.clone(),
            title: title.clone(),
            outlet: outlet.to_owned(),
            text: text.clone(),
            post: post.path.clone(),
            date: post.header.date,
        });
    }
}
