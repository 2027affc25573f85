//! JSON Feed.
//!
//! The text is read twice: what it says of itself may stand behind its items.

use std::io::Read;

use serde_json::Value;

use super::super::json::{self, Pick, Wanted};
use super::super::{Blog, ImportedPost, Selection, Sink};
use super::{Entry, Feeds, html};
use crate::html_to_markdown::tree::{LineEnds, Node, escaped, into_paragraphs, parse};
use crate::manuscript::parse_date;

/// Reads a feed. `open` gives it anew each time.
pub(super) fn import<R: Read>(
    feeds: &mut Feeds,
    name: &str,
    open: &dyn Fn() -> Result<R, String>,
    selection: &Selection,
    sink: &mut dyn Sink,
) -> Result<(), String> {
    let mut head = Head::default();
    let malformed = json::read(open()?, &mut head).err();
    if !head.has_items {
        return Err(match malformed {
            Some(malformed) => format!("its JSON is malformed: {}", malformed.message),
            None => "it is no JSON Feed: it has no `items`".to_owned(),
        });
    }
    let blog = Blog {
        title: text(&head.values, "title"),
        address: text(&head.values, "home_page_url"),
        language: text(&head.values, "language"),
        authors: authors(&head.values),
    };
    if feeds.blog.title.is_empty() {
        feeds.blog = blog.clone();
        sink.blog(blog.clone());
    }
    let mut items = Items { feeds, blog, selection, sink };
    // What is malformed was found before.
    let _ = json::read(open()?, &mut items);
    if let Some(malformed) = malformed {
        sink.report(malformed.diagnostic(name));
    }
    Ok(())
}

/// What a feed says of itself.
#[derive(Default)]
struct Head {
    values: Value,
    has_items: bool,
}

impl Pick for Head {
    fn wanted(&mut self, path: &[String]) -> Wanted {
        if path == ["items"] {
            self.has_items = true;
            return Wanted::Nothing;
        }
        let known = ["title", "home_page_url", "language", "authors", "author"];
        match path {
            [key] if known.contains(&key.as_str()) => Wanted::Whole,
            _ => Wanted::Nothing,
        }
    }

    fn take(&mut self, path: &[String], value: Value) {
        if let [key] = path {
            self.values[key] = value;
        }
    }
}

/// Its items.
struct Items<'a> {
    feeds: &'a mut Feeds,
    blog: Blog,
    selection: &'a Selection,
    sink: &'a mut dyn Sink,
}

impl Pick for Items<'_> {
    fn wanted(&mut self, path: &[String]) -> Wanted {
        if path == ["items"] { Wanted::Items } else { Wanted::Nothing }
    }

    fn take(&mut self, _: &[String], item: Value) {
        let entry = entry(&item, &self.blog);
        self.feeds.entry(entry, self.selection, self.sink);
    }
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
        title: crate::html_to_markdown::tree::plain(&text(item, "title")),
        date: parse_date(&text(item, "date_published")),
        updated: parse_date(&text(item, "date_modified")),
        authors: if own_authors.is_empty() { blog.authors.clone() } else { own_authors },
        tags: tags.filter_map(Value::as_str).map(str::to_owned).collect(),
        language: own("language", &blog.language),
        excerpt: crate::html_to_markdown::tree::plain(&text(item, "summary")),
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
