//! A page of HTML as a post: what its head says, and where its text is.

use std::ops::Range;

use html5gum::{StartTag, Token, Tokenizer};

use super::title;
use crate::config::value::{Entry, Kind, Value};
use crate::source::Span;

/// A page without what is not of the post.
pub(super) struct Page {
    /// Where its text is.
    pub(super) body: Range<usize>,
    /// Its title: that of the header, or else its first heading.
    pub(super) title: String,
}

/// The longest head that is read, in bytes.
const MAX_HEAD_BYTES: usize = 200_000;

/// The words with which a page's head says what a header would, and what that calls them.
const META: [(&str, &str); 13] = [
    ("og:title", "title"),
    ("dc.title", "title"),
    ("author", "author"),
    ("authors", "authors"),
    ("article:author", "author"),
    ("article:published_time", "date"),
    ("date", "date"),
    ("dc.date", "date"),
    ("tags", "tags"),
    ("keywords", "tags"),
    ("category", "category"),
    ("slug", "slug"),
    ("status", "status"),
];

/// What the head of a page says, as a header.
pub(super) fn header(text: &str, span: Span) -> Value {
    let mut entries: Vec<Entry> = Vec::new();
    let mut add = |key: &str, value: String| {
        let known = entries.iter().any(|entry| entry.key == key);
        if !known && !value.trim().is_empty() {
            let value = Value { span, kind: Kind::Scalar(value.trim().to_owned()) };
            entries.push(Entry { key: key.to_owned(), span, value });
        }
    };
    let end = text.floor_char_boundary(MAX_HEAD_BYTES);
    let mut in_title = false;
    let mut title = String::new();
    for token in Tokenizer::new(&text[..end]) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => match tag.name.as_slice() {
                b"html" => {
                    if let Some(language) = attribute(&tag, "lang") {
                        add("lang", language);
                    }
                }
                b"title" => in_title = title.is_empty(),
                b"meta" => {
                    let name = ["property", "name", "itemprop"];
                    let name = name.iter().find_map(|name| attribute(&tag, name));
                    let name = name.unwrap_or_default().to_lowercase();
                    let known = META.iter().find(|(meta, _)| *meta == name);
                    // The address of an author's page is no name.
                    let value = attribute(&tag, "content").unwrap_or_default();
                    if let Some((_, key)) = known.filter(|_| !value.contains("://")) {
                        add(key, value);
                    }
                }
                b"body" | b"article" | b"p" | b"h1" => break,
                _ => {}
            },
            Token::String(words) if in_title => {
                title.push_str(&String::from_utf8_lossy(&words.value));
            }
            Token::EndTag(tag) if tag.name.as_slice() == b"title" => in_title = false,
            Token::EndTag(tag) if tag.name.as_slice() == b"head" => break,
            _ => {}
        }
    }
    add("title", title.split_whitespace().collect::<Vec<_>>().join(" "));
    let kind = if entries.is_empty() { Kind::Null } else { Kind::Map(entries) };
    Value { span, kind }
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(value).into_owned())
}

/// Finds the text of a page, and its title.
pub(super) fn find(text: &str, whole: Range<usize>, title: &str) -> Page {
    // Tags are looked for in small letters; that changes no places.
    let lower = text[whole.clone()].to_ascii_lowercase();
    let inside = ["article", "main", "body"].iter().find_map(|name| inside(&lower, name));
    let inside = inside.unwrap_or(0..lower.len());
    let body = whole.start + inside.start..whole.start + inside.end;
    let heading = heading(&text[body.clone()]).unwrap_or_default();
    // The title of a saved page has the name of the blog behind it.
    let same = title::same(title, &heading) || title.starts_with(&heading);
    let of_heading = !heading.is_empty() && (title.is_empty() || same);
    let title = if of_heading { heading } else { title.to_owned() };
    Page { body, title }
}

/// What stands in the only element of a name, or else in the first.
fn inside(lower: &str, name: &str) -> Option<Range<usize>> {
    let open = format!("<{name}");
    let mut tags = lower.match_indices(&open).filter(|(at, _)| {
        lower[at + open.len()..].starts_with(|c: char| c == '>' || c.is_whitespace())
    });
    let (first, _) = tags.next()?;
    // Several articles are a list of posts.
    if name == "article" && tags.next().is_some() {
        return None;
    }
    let start = first + lower[first..].find('>')? + 1;
    let end = lower.rfind(&format!("</{name}")).filter(|end| *end >= start);
    Some(start..end.unwrap_or(lower.len()))
}

/// The words of the first heading of the first level.
fn heading(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let start = lower.find("<h1")?;
    let end = start + lower[start..].find("</h1>")?;
    let mut words = String::new();
    for token in Tokenizer::new(&text[start..end]) {
        let Ok(token) = token;
        if let Token::String(part) = token {
            words.push_str(&String::from_utf8_lossy(&part.value));
        }
    }
    Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
}
