//! `compile` and `check`.

use std::path::Path;
use std::time::{Duration, Instant};

use super::args::{CheckArgs, CompileArgs};
use super::project;
use super::report::{Report, plural};
use super::{Exit, edits, findings, output, print, quotes};
use crate::comparison::Comparison;
use crate::compile::{BoundVolume, Compiled, Goal, Request, Statistics};
use crate::source::Sources;

/// Compiles the book and writes it.
pub(super) fn run(args: &CompileArgs) -> Exit {
    let start = Instant::now();
    let goal = Goal::Editions(args.formats.formats());
    let (mut project, mut report) = project::open(&args.book, goal);
    project.report(&mut report);
    let compiled = &mut project.compiled;
    let folder = args.output.clone().unwrap_or_else(|| project.root.join("build"));
    let title = compiled.config.as_ref().map_or("", |config| &config.title);
    let name = output::file_name(title);
    let mut written = Vec::new();
    let mut files = vec![
        (format!("{name}.epub"), compiled.epub.take()),
        (format!("{name}.pdf"), compiled.pdf.take()),
    ];
    for volume in &mut compiled.volumes {
        let name = format!("{name}-volume-{}", volume.number);
        files.push((format!("{name}.epub"), volume.epub.take()));
        files.push((format!("{name}.pdf"), volume.pdf.take()));
    }
    for (file, bytes) in files {
        let Some(bytes) = bytes else { continue };
        match output::write(&folder, &file, &bytes) {
            Ok(path) => written.push(path),
            Err(diagnostic) => report.tell(vec![diagnostic], &compiled.sources),
        }
    }
    let exit = finished(&mut report, args.report.as_deref(), &compiled.sources);
    if !written.is_empty() {
        compiled.volumes.iter().for_each(|volume| eprintln!("{}", of_volume(volume)));
        eprintln!("{}", summary("Bound", &Size::of(compiled), start.elapsed()));
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

/// Does all that `run` does, and writes nothing but, with `--quotes`, the numbers of
/// `permissions.yaml`.
pub(super) fn check(args: &CheckArgs) -> Exit {
    let start = Instant::now();
    let goal = Goal::Editions(args.formats.formats());
    let request = Request::default().up_to(goal).comparing_text(args.text);
    let (mut project, mut report) = project::open_with(&args.book, request);
    let forbidden = project.compiled.forbids_the_book();
    project.report(&mut report);
    report.finish();
    let exit = if report.failed() { Exit::Errors } else { Exit::Done };
    let compiled = &project.compiled;
    let Some(book) = compiled.book.as_ref().filter(|_| !forbidden) else {
        return exit;
    };
    let mut lists = Vec::new();
    if args.sources {
        lists.extend(findings::list(compiled, book, args.csv));
    }
    if args.quotes {
        lists.extend(quotes::list(book, args.csv));
    }
    if args.edits {
        lists.push(edits::list(compiled, args.csv));
    }
    if !args.csv {
        lists.extend(findings::dropped(compiled));
        lists.extend(compiled.comparisons.iter().map(compared));
    }
    print(lists.join("\n").as_bytes());
    let kept = args
        .quotes
        .then(|| quotes::keep_permissions(book, &project.world, &project.root));
    match kept.unwrap_or(Ok(None)) {
        Ok(path) => {
            path.iter()
                .for_each(|path| eprintln!("{} was brought up to date", path.display()));
        }
        Err(diagnostic) => {
            report.tell(vec![diagnostic], &compiled.sources);
            return Exit::Errors;
        }
    }
    eprintln!("{}", summary("Checked", &Size::of(compiled), start.elapsed()));
    exit
}

/// What came of looking for the posts' words in an edition.
fn compared(comparison: &Comparison) -> String {
    let Comparison { edition, words, missing, .. } = comparison;
    let words = plural(*words, "word");
    match missing {
        0 => format!("{edition}: all {words} of the posts are in it.\n"),
        missing => {
            format!("{edition}: {missing} of {words} of the posts are not in it.\n")
        }
    }
}

/// `Volume 2: 107 chapters, 592 pages`.
fn of_volume(volume: &BoundVolume) -> String {
    let BoundVolume { name, chapters, page_count, .. } = volume;
    let pages = page_count.map(|pages| format!(", {}", plural(pages, "page")));
    format!("{name}: {}{}", plural(*chapters, "chapter"), pages.unwrap_or_default())
}

/// How much there is of a book.
struct Size {
    chapters: usize,
    statistics: Statistics,
    /// Of the PDF, if one was made.
    pages: Option<usize>,
}

impl Size {
    fn of(compiled: &Compiled) -> Self {
        let book = compiled.book.as_ref();
        Self {
            chapters: book.map_or(0, |book| book.chapters().count()),
            statistics: book.map(Statistics::of).unwrap_or_default(),
            pages: compiled.page_count,
        }
    }
}

/// `Bound 8 chapters, 2,345 words, 9 notes, 3 pictures, 31 pages in 0.12 s`.
fn summary(verb: &str, size: &Size, time: Duration) -> String {
    let Size { chapters, statistics, pages } = size;
    let Statistics { words, notes, pictures } = *statistics;
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
        let statistics = Statistics { words: 2345, notes: 9, pictures: 1 };
        let size = Size { chapters: 8, statistics, pages: Some(31) };
        assert_eq!(
            summary("Bound", &size, Duration::from_millis(120)),
            "Bound 8 chapters, 2,345 words, 9 notes, 1 picture, 31 pages in 0.12 s"
        );
    }
}
