//! Substack's export: a folder with `posts.csv` and a page for each post.

use std::collections::BTreeMap;

use super::super::selection::Candidate;
use super::super::{ImportedPost, Selection, Sink, Status, decode, finish};
use crate::html_to_markdown::tree::{LineEnds, into_paragraphs, parse, plain};
use crate::manuscript::parse_date;

/// What `posts.csv` says of each post, by its id.
#[derive(Debug, Default)]
pub(crate) struct Index(BTreeMap<String, BTreeMap<String, String>>);

impl Index {
    /// Reads the file.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut rows = rows(&decode::text(bytes)).into_iter();
        let heads = rows.next().unwrap_or_default();
        let mut index = Self::default();
        for row in rows {
            let row: BTreeMap<String, String> = heads.iter().cloned().zip(row).collect();
            if let Some(id) = row.get("post_id") {
                index.0.insert(id.clone(), row);
            }
        }
        index
    }
}

/// Reads the page of a post: `123.the-name.html`.
pub(crate) fn import(
    name: &str,
    bytes: &[u8],
    index: &Index,
    selection: &Selection,
    sink: &mut dyn Sink,
) {
    let stem = name.trim_end_matches(".html");
    let (id, slug) = stem.split_once('.').unwrap_or((stem, stem));
    // The whole name is the id in newer exports.
    let row = index.0.get(stem).or_else(|| index.0.get(id));
    let get =
        |key: &str| row.and_then(|row| row.get(key)).map_or("", String::as_str).trim();
    let is_draft = row.is_some() && get("is_published").eq_ignore_ascii_case("false");
    let post = ImportedPost {
        title: plain(get("title")),
        slug: slug.to_owned(),
        date: parse_date(get("post_date")),
        excerpt: plain(get("subtitle")),
        status: if is_draft { Status::Draft } else { Status::Published },
        ..ImportedPost::default()
    };
    let is_page = get("type") == "page";
    let candidate =
        Candidate { status: post.status, is_page, tags: &[], categories: &[] };
    if let Some(refusal) = selection.refusal(&candidate) {
        return sink.left_out(refusal);
    }
    let mut html = decode::text(bytes);
    let podcast = get("podcast_url");
    if !podcast.is_empty() {
        let address = crate::html_to_markdown::tree::escaped(podcast);
        html.push_str(&format!("<p><a href=\"{address}\">{address}</a></p>"));
    }
    let nodes = into_paragraphs(parse(&html), LineEnds::Spaces);
    finish(post, nodes, &[], sink);
}

/// Comma-separated values (RFC 4180).
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        let Some(row) = rows.last_mut() else { break };
        let Some(cell) = row.last_mut() else { break };
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            c => cell.push(c),
        }
    }
    rows.retain(|row| row.len() > 1);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_with_commas_and_lines() {
        let found = rows("a,b\r\n1,\"x, \"\"y\"\"\nz\"\n");
        assert_eq!(found, [vec!["a", "b"], vec!["1", "x, \"y\"\nz"]]);
    }
}
