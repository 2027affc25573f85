//! Atom 1.0, and 0.3, which has other names for dates.

use super::super::xml::XmlElement;
use super::super::{ImportedPost, address};
use super::{Channel, Entry, blogger, html};
use crate::html_to_markdown::tree::{LineEnds, Node, into_paragraphs, plain};
use crate::manuscript::parse_date;

/// The post that an `entry` is, or what else it is, in the plural.
pub(super) fn entry(
    entry: &XmlElement,
    channel: &Channel,
) -> Result<Entry, &'static str> {
    let kind = blogger::kind(entry)?;
    let base = entry.get("xml:base").map(|own| address::resolved(&channel.base, own));
    let base = base.unwrap_or_else(|| channel.base.clone());
    let first = |names: &[&str]| {
        let found = names.iter().map(|name| entry.line_of(name));
        found.into_iter().find(|it| !it.is_empty()).unwrap_or_default()
    };
    let link = address::resolved(&base, &link(entry));
    let base = if base.is_empty() { link.clone() } else { base };
    let summary = entry.all("summary").next();
    let content = entry.all("content").next();
    let mut nodes = content.map(|it| text(it, &base)).unwrap_or_default();
    let source = content.and_then(|it| it.get("src"));
    let mut excerpt = summary.map(plain_text).unwrap_or_default();
    if nodes.iter().all(Node::is_blank) {
        let media =
            || entry.all("media:group").flat_map(|it| it.all("media:description")).next();
        nodes = summary.or_else(media).map(|it| text(it, &base)).unwrap_or_default();
        excerpt.clear();
        if let Some(source) = source {
            let source =
                crate::html_to_markdown::tree::escaped(&address::resolved(&base, source));
            let link = format!("<p><a href=\"{source}\">{source}</a></p>");
            nodes.extend(crate::html_to_markdown::tree::parse(&link));
        }
    }
    let mut authors: Vec<String> = entry.all("author").filter_map(person).collect();
    if authors.is_empty() {
        let of_source = entry.all("source").flat_map(|it| it.all("author"));
        authors = of_source.filter_map(person).collect();
    }
    if authors.is_empty() {
        authors.clone_from(&channel.authors);
    }
    let id = first(&["id"]);
    let post = ImportedPost {
        title: entry.all("title").next().map(plain_text).unwrap_or_default(),
        slug: blogger::slug(entry),
        date: parse_date(&first(&[
            "published",
            "issued",
            "created",
            "updated",
            "modified",
        ])),
        updated: parse_date(&first(&["updated", "modified"])),
        authors,
        tags: tags(entry),
        language: entry.get("xml:lang").unwrap_or(&channel.language).to_owned(),
        address: link,
        excerpt,
        status: kind.status,
        ..ImportedPost::default()
    };
    let comments = channel.comments.of(&id);
    Ok(Entry { post, id, is_page: kind.is_page, nodes, comments })
}

fn link(entry: &XmlElement) -> String {
    let of = |rel: &str| {
        let mut links = entry.all("link");
        links
            .find(|it| it.get("rel").unwrap_or("alternate") == rel)
            .and_then(|it| it.get("href"))
    };
    of("alternate").unwrap_or_default().to_owned()
}

/// A text construct as paragraphs.
fn text(element: &XmlElement, base: &str) -> Vec<Node> {
    let own = element.get("xml:base").map(|own| address::resolved(base, own));
    let base = own.as_deref().unwrap_or(base);
    let kind = element.get("type").unwrap_or("text");
    let is_xml =
        kind == "xhtml" || element.get("mode") == Some("xml") || kind.ends_with("+xml");
    if is_xml && element.elements().next().is_some() {
        let mut nodes = element.xhtml();
        address::absolute(&mut nodes, base);
        return into_paragraphs(nodes, LineEnds::Spaces);
    }
    let words = element.text();
    if kind == "text" || kind == "text/plain" {
        return into_paragraphs(vec![Node::Text(words)], LineEnds::Breaks);
    }
    html(&words, base)
}

/// A text construct as a line.
fn plain_text(element: &XmlElement) -> String {
    let kind = element.get("type").unwrap_or("text");
    let words = element.text();
    if kind.contains("html") {
        return plain(&words);
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name of a person.
pub(super) fn person(element: &XmlElement) -> Option<String> {
    let name = element.line_of("name");
    (!name.is_empty() && name != "Unknown").then_some(name)
}

fn tags(entry: &XmlElement) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for category in entry.all("category") {
        if category.get("scheme").is_some_and(|it| it.ends_with("#kind")) {
            continue;
        }
        let name =
            category.get("label").or_else(|| category.get("term")).unwrap_or_default();
        let name = plain(name);
        if !name.is_empty() && !tags.contains(&name) {
            tags.push(name);
        }
    }
    tags
}
