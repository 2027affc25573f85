//! `tags`: the tags of all posts, with how many have them and from when to when.

use std::path::Path;

use serde::Serialize;

use super::args::{MessageFormat, TagsArgs};
use super::blog::{Blog, TagUse, tags_of_book};
use super::report::Report;
use super::{Exit, print, table};
use crate::source::Sources;

/// Lists the tags of the book's posts; without a book, those of the blog in the folder.
pub(super) fn run(args: &TagsArgs) -> Exit {
    let file =
        if args.book.is_dir() { args.book.join("book.yaml") } else { args.book.clone() };
    let folder = file.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or(Path::new("."));
    let mut sources = Sources::default();
    let found = if file.exists() {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        tags_of_book(folder, &name, &mut sources)
    } else {
        Ok(Blog::find(folder).map(|blog| blog.tags).unwrap_or_default())
    };
    match found {
        Ok(tags) => match args.message_format {
            MessageFormat::Human => print(as_table(&tags).as_bytes()),
            MessageFormat::Json => print(as_json(&tags).as_bytes()),
        },
        Err(diagnostics) => {
            let mut report = Report::of("the book", args.message_format, folder);
            report.tell(diagnostics, &sources);
            report.finish();
            Exit::Errors
        }
    }
}

fn as_table(tags: &[TagUse]) -> String {
    if tags.is_empty() {
        return "No post has a tag.\n".to_owned();
    }
    let mut rows = vec![["Posts", "First", "Last", "Tag"].map(str::to_owned).to_vec()];
    let day = |date: Option<jiff::civil::Date>| {
        date.map_or_else(|| "–".to_owned(), |date| date.to_string())
    };
    rows.extend(tags.iter().map(|tag| {
        vec![tag.posts.to_string(), day(tag.first), day(tag.last), tag.name.clone()]
    }));
    table::lay_out(&rows, &[0])
}

/// What a machine is told of a tag.
#[derive(Serialize)]
struct Line<'a> {
    tag: &'a str,
    posts: usize,
    first: Option<String>,
    last: Option<String>,
}

fn as_json(tags: &[TagUse]) -> String {
    let line = |tag: &TagUse| {
        let line = Line {
            tag: &tag.name,
            posts: tag.posts,
            first: tag.first.map(|it| it.to_string()),
            last: tag.last.map(|it| it.to_string()),
        };
        serde_json::to_string(&line).unwrap_or_default() + "\n"
    };
    tags.iter().map(line).collect()
}
