//! `list`: the chapters in order, and why the other posts are none.

use super::args::ListArgs;
use super::project::{self, Project};
use super::{Exit, editions, print, table};
use crate::book::{Book, Census};
use crate::manuscript::Post;

/// Lists the chapters.
pub(super) fn run(args: &ListArgs) -> Exit {
    let (project, mut report) = project::open(&args.book);
    let Some(project) = project else {
        report.finish();
        return Exit::Errors;
    };
    let Some(book) = editions::book(&project, &mut report) else {
        report.finish();
        return Exit::Errors;
    };
    let mut text = chapters(&project, &book);
    if args.why {
        text.push_str(&left_out(&project));
    }
    print(text.as_bytes());
    report.finish();
    if report.failed() { Exit::Errors } else { Exit::Done }
}

fn chapters(project: &Project, book: &Book) -> String {
    const HEADS: [&str; 6] = ["No.", "Date", "Words", "Notes", "Pictures", "Title"];
    const NUMBERS: &[usize] = &[0, 2, 3, 4];
    let mut rows = vec![HEADS.map(str::to_owned).to_vec()];
    let posts = project.manuscript.posts.iter();
    rows.extend(
        posts
            .zip(book.chapters())
            .enumerate()
            .map(|(at, (post, chapter))| row(at, post, book.census_of(chapter))),
    );
    let lines = table::lay_out(&rows, NUMBERS);
    let mut lines = lines.split_inclusive('\n');
    let mut text: String = lines.next().unwrap_or_default().to_owned();
    for part in &project.manuscript.parts {
        if let Some(title) = &part.title {
            text.push_str(&format!("\n{title}\n"));
        }
        text.extend(lines.by_ref().take(part.posts.len()));
    }
    text
}

fn row(at: usize, post: &Post, census: Census) -> Vec<String> {
    vec![
        (at + 1).to_string(),
        post.header.date.map_or_else(|| "–".to_owned(), |date| date.to_string()),
        census.words.to_string(),
        census.notes.to_string(),
        census.pictures.to_string(),
        post.header.title.clone(),
    ]
}

fn left_out(project: &Project) -> String {
    let left_out = &project.manuscript.left_out;
    if left_out.is_empty() {
        return "\nNo post is left out.\n".to_owned();
    }
    let rows: Vec<Vec<String>> = left_out
        .iter()
        .map(|post| vec![post.path.clone(), post.reason.clone()])
        .collect();
    format!("\nLeft out:\n{}", table::lay_out(&rows, &[]))
}
