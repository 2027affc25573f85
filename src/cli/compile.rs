//! `compile` and `check`.

use std::path::Path;
use std::time::{Duration, Instant};

use super::args::{BookArgs, CheckArgs, CompileArgs, Formats};
use super::editions::{self, Bound, Size};
use super::project::{self, Project};
use super::report::{Report, plural};
use super::{Exit, findings, output, print, quotes};
use crate::bind::Census;
use crate::source::Sources;

/// Binds the book and writes it.
pub(super) fn run(args: &CompileArgs) -> Exit {
    let start = Instant::now();
    let (bound, mut report) = bind(&args.book, args.formats.formats());
    let Some((project, bound)) = bound else {
        return finished(&mut report, args.report.as_deref(), &Sources::default());
    };
    let folder = args.output.clone().unwrap_or_else(|| project.root.join("build"));
    let name = output::file_name(&project.config.title);
    let mut written = Vec::new();
    for edition in &bound.editions {
        let name = format!("{name}.{}", edition.extension);
        match output::write(&folder, &name, &edition.bytes) {
            Ok(path) => written.push(path),
            Err(diagnostic) => report.tell(vec![diagnostic], &project.sources),
        }
    }
    let exit = finished(&mut report, args.report.as_deref(), &project.sources);
    if !written.is_empty() {
        eprintln!("{}", summary("Bound", &bound.size, start.elapsed()));
    }
    if report.is_human() {
        for path in written {
            println!("{}", path.display());
        }
    }
    exit
}

/// Ends the report, and writes it to `file` if there is to be one.
fn finished(report: &mut Report, file: Option<&Path>, sources: &Sources) -> Exit {
    if let Some(file) = file
        && let Err(diagnostic) = output::replace(file, report.lines().as_bytes())
    {
        report.tell(vec![diagnostic], sources);
    }
    report.finish();
    if report.failed() { Exit::Errors } else { Exit::Done }
}

/// Does all that `run` does, and writes nothing.
pub(super) fn check(args: &CheckArgs) -> Exit {
    let start = Instant::now();
    let (bound, report) = bind(&args.book, args.formats.formats());
    let Some((project, bound)) = bound else { return failed(&report) };
    report.finish();
    let exit = if report.failed() { Exit::Errors } else { Exit::Done };
    let mut lists = Vec::new();
    if args.sources {
        lists.extend(findings::list(&project, &bound, args.csv));
    }
    if args.quotes {
        lists.extend(quotes::list(&bound.book, args.csv));
    }
    if !args.csv {
        lists.extend(findings::dropped(&project, &bound));
    }
    print(lists.join("\n").as_bytes());
    eprintln!("{}", summary("Checked", &bound.size, start.elapsed()));
    exit
}

/// The book in all its editions, if it has no errors.
fn bind(args: &BookArgs, formats: Formats) -> (Option<(Project, Bound)>, Report) {
    let (project, mut report) = project::open(args);
    let Some(mut project) = project else { return (None, report) };
    let bound = editions::bind(&mut project, formats, &mut report);
    (bound.map(|bound| (project, bound)), report)
}

fn failed(report: &Report) -> Exit {
    report.finish();
    Exit::Errors
}

/// `Bound 8 chapters, 2,345 words, 9 notes, 3 pictures, 31 pages in 0.12 s`.
fn summary(verb: &str, size: &Size, time: Duration) -> String {
    let Size { chapters, census, pages } = size;
    let Census { words, notes, pictures } = *census;
    let mut parts = vec![plural(*chapters, "chapter"), plural(words, "word")];
    for (count, noun) in
        [(notes, "note"), (pictures, "picture"), (pages.unwrap_or(0), "page")]
    {
        if count > 0 {
            parts.push(plural(count, noun));
        }
    }
    format!("{verb} {} in {:.2} s", parts.join(", "), time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_names_what_there_is() {
        let census = Census { words: 2345, notes: 9, pictures: 1 };
        let size = Size { chapters: 8, census, pages: Some(31) };
        assert_eq!(
            summary("Bound", &size, Duration::from_millis(120)),
            "Bound 8 chapters, 2,345 words, 9 notes, 1 picture, 31 pages in 0.12 s"
        );
    }
}
