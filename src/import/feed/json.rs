//! JSON Feed.

use std::io::Read;

use serde_json::Value;

use super::super::html::{LineEnds, Node, escaped, into_paragraphs, parse};
use super::super::{Blog, ImportedPost, Selection, Sink};
use super::{Entry, Feeds, html};
use crate::manuscript::parse_date;

/// Reads a feed.
pub(super) fn import(
    feeds: &mut Feeds,
    reader: impl Read,
    selection: &Selection,
    sink: &mut dyn Sink,
) -> Result<(), String> {
    let feed: Value = serde_json::from_reader(reader)
        .map_err(|error| format!("its JSON is malformed: {error}"))?;
    let Some(items) = feed["items"].as_array() else {
        return Err("it is no JSON Feed: it has no `items`".to_owned());
    };
    let blog = Blog {
        title: text(&feed, "title"),
        address: text(&feed, "home_page_url"),
        language: text(&feed, "language"),
        authors: authors(&feed),
    };
    if feeds.blog.title.is_empty() {
        feeds.blog = blog.clone();
        sink.blog(blog.clone());
    }
    for item in items {
        let entry = entry(item, &blog);
        feeds.entry(entry, selection, sink);
    }
    Ok(())
}

fn entry(item: &Value, blog: &Blog) -> Entry {
    let own = |key: &str, of_blog: &str| {
        let own = text(item, key);
        if own.is_empty() { of_blog.to_owned() } else { own }
    };
    let address = own("url", &text(item, "external_url"));
    let base = if address.is_empty() { &blog.address } else { &address };
    let content = text(item, "content_html");
    let mut nodes = if content.is_empty() {
        let words = own("content_text", &text(item, "summary"));
        into_paragraphs(vec![Node::Text(words)], LineEnds::Breaks)
    } else {
        html(&content, base)
    };
    let attachments = item["attachments"].as_array().into_iter().flatten();
    for attachment in attachments {
        let url = escaped(&text(attachment, "url"));
        nodes.extend(parse(&format!("<p><a href=\"{url}\">{url}</a></p>")));
    }
    let own_authors = authors(item);
    let tags = item["tags"].as_array().into_iter().flatten();
    let post = ImportedPost {
        title: super::super::html::plain(&text(item, "title")),
        date: parse_date(&text(item, "date_published")),
        updated: parse_date(&text(item, "date_modified")),
        authors: if own_authors.is_empty() { blog.authors.clone() } else { own_authors },
        tags: tags.filter_map(Value::as_str).map(str::to_owned).collect(),
        language: own("language", &blog.language),
        excerpt: super::super::html::plain(&text(item, "summary")),
        picture: own("image", &text(item, "banner_image")),
        address,
        ..ImportedPost::default()
    };
    let id = match &item["id"] {
        Value::String(id) => id.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    Entry { post, id, is_page: false, nodes, comments: Vec::new() }
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().trim().to_owned()
}

fn authors(value: &Value) -> Vec<String> {
    let many = value["authors"].as_array().into_iter().flatten();
    let names = many.chain(std::iter::once(&value["author"])).map(|it| text(it, "name"));
    let mut kept: Vec<String> = Vec::new();
    for name in names.filter(|name| !name.is_empty()) {
        if !kept.contains(&name) {
            kept.push(name);
        }
    }
    kept
}
