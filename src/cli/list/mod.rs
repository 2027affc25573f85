//! `list`: the chapters in order, and why the other posts are none.

mod tree;

use crate::book::{Book, Chapter};
use crate::cli::args::ListArgs;
use crate::cli::{Exit, print, project, table};
use crate::compile::{Goal, Statistics};
use crate::document::plain_text;
use crate::manuscript::Manuscript;

/// Lists the chapters.
pub(super) fn run(args: &ListArgs) -> Exit {
    let (mut project, mut report) = project::open(&args.book, Goal::Book);
    // What is wrong inside the posts is for `check` to report.
    project.compiled.diagnostics.truncate(project.compiled.gathering_diagnostics);
    project.report(&mut report);
    report.finish();
    let (Some(book), Some(manuscript)) =
        (&project.compiled.book, &project.compiled.manuscript)
    else {
        return Exit::Errors;
    };
    let left_out = if args.why { left_out(manuscript) } else { String::new() };
    let list = if args.tree { tree::tree(book, manuscript) } else { chapters(book) };
    print((list + &left_out).as_bytes());
    if report.failed() { Exit::Errors } else { Exit::Done }
}

fn chapters(book: &Book) -> String {
    const HEADS: [&str; 6] = ["No.", "Date", "Words", "Notes", "Pictures", "Title"];
    const NUMBERS: &[usize] = &[0, 2, 3, 4];
    let mut rows = vec![HEADS.map(str::to_owned).to_vec()];
    rows.extend(book.chapters().enumerate().map(|(at, chapter)| row(at, chapter, book)));
    let lines = table::lay_out(&rows, NUMBERS);
    let mut lines = lines.split_inclusive('\n');
    let mut text: String = lines.next().unwrap_or_default().to_owned();
    for part in &book.parts {
        if let Some(title) = &part.title {
            text.push_str(&format!("\n{title}\n"));
        }
        text.extend(lines.by_ref().take(part.chapters.len()));
    }
    text
}

fn row(at: usize, chapter: &Chapter, book: &Book) -> Vec<String> {
    let Statistics { words, notes, pictures } = Statistics::of_chapter(book, chapter);
    vec![
        (at + 1).to_string(),
        chapter.date.map_or_else(|| "–".to_owned(), |date| date.to_string()),
        words.to_string(),
        notes.to_string(),
        pictures.to_string(),
        plain_text(&chapter.title),
    ]
}

fn left_out(manuscript: &Manuscript) -> String {
    let left_out = &manuscript.left_out;
    if left_out.is_empty() {
        return "\nNo post is left out.\n".to_owned();
    }
    let rows: Vec<Vec<String>> = left_out
        .iter()
        .map(|post| vec![post.path.clone(), post.reason.clone()])
        .collect();
    format!("\nLeft out:\n{}", table::lay_out(&rows, &[]))
}
