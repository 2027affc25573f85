//! RSS, in all its versions.

use super::super::xml::{XmlElement, local};
use super::super::{ImportedPost, address};
use super::{Channel, Entry, html};
use crate::html_to_markdown::tree::{LineEnds, Node, escaped, into_paragraphs, plain};
use crate::manuscript::parse_date;

/// The post that an `item` is.
pub(super) fn entry(item: &XmlElement, channel: &Channel) -> Entry {
    let text = |name: &str| {
        let found = item.elements().find(|it| it.name == name);
        found.map(|it| it.text().trim().to_owned()).unwrap_or_default()
    };
    let first = |names: &[&str]| {
        names.iter().map(|name| text(name)).find(|it| !it.is_empty()).unwrap_or_default()
    };
    let base = item.get("xml:base").map(|own| address::resolved(&channel.base, own));
    let base = base.unwrap_or_else(|| channel.base.clone());
    let guid = item.all("guid").next();
    let permalink = guid.filter(|guid| guid.get("isPermaLink") != Some("false"));
    let permalink = permalink.map(|guid| guid.text().trim().to_owned());
    let link =
        [text("link"), permalink.filter(|it| it.contains("://")).unwrap_or_default()];
    let link = link.into_iter().find(|it| !it.is_empty()).unwrap_or_default();
    let link = address::resolved(&base, &link);
    let about = item.get("rdf:about").unwrap_or_default().to_owned();
    let (nodes, excerpt) = body(item, if link.is_empty() { &base } else { &link }, &base);
    let authors: Vec<String> = item
        .elements()
        .filter(|it| matches!(local(&it.name), "creator" | "author"))
        .map(|it| person(&it.text()))
        .filter(|it| !it.is_empty())
        .collect();
    let mut post = ImportedPost {
        title: plain(&first(&["title", "dc:title", "media:title"])),
        date: parse_date(&first(&["pubDate", "dc:date", "dcterms:created", "date"])),
        updated: parse_date(&first(&["dcterms:modified", "atom:updated"])),
        authors: if authors.is_empty() {
            channel.authors.clone()
        } else {
            deduped(authors)
        },
        tags: tags(item),
        language: first(&["dc:language", "language"]),
        address: link,
        excerpt,
        ..ImportedPost::default()
    };
    if post.language.is_empty() {
        post.language.clone_from(&channel.language);
    }
    let guid = guid.map(|guid| guid.text().trim().to_owned()).unwrap_or_default();
    let id = [guid, about].into_iter().find(|it| !it.is_empty()).unwrap_or_default();
    Entry { post, id, is_page: false, nodes, comments: Vec::new() }
}

/// The whole text, or what of it there is; and the summary beside it.
fn body(item: &XmlElement, link: &str, base: &str) -> (Vec<Node>, String) {
    let base = if base.is_empty() { link } else { base };
    let of = |names: &[&str]| {
        let found =
            names.iter().find_map(|name| item.elements().find(|it| it.name == *name));
        found.map(XmlElement::text).filter(|text| !text.trim().is_empty())
    };
    let own_base = |name: &str| {
        let element = item.elements().find(|it| it.name == name)?;
        element.get("xml:base").map(|own| address::resolved(base, own))
    };
    let description =
        of(&["description", "media:description", "itunes:summary", "dc:description"]);
    let excerpt = description.as_deref().map(plain).unwrap_or_default();
    let xhtml =
        item.elements().find(|it| local(&it.name) == "body" && it.name != "media:body");
    let mut nodes = if let Some(xhtml) = xhtml {
        let mut nodes = xhtml.xhtml();
        address::absolute(&mut nodes, base);
        into_paragraphs(nodes, LineEnds::Spaces)
    } else if let Some(content) = of(&["content:encoded", "content"]) {
        let own = own_base("content:encoded");
        html(&content, own.as_deref().unwrap_or(base))
    } else {
        let own = own_base("description");
        let mut nodes =
            html(&description.unwrap_or_default(), own.as_deref().unwrap_or(base));
        nodes.extend(enclosures(item));
        return (nodes, String::new());
    };
    nodes.extend(enclosures(item));
    (nodes, excerpt)
}

/// Sounds and videos that are the post, as in a podcast: links to them.
fn enclosures(item: &XmlElement) -> Vec<Node> {
    let links = item.all("enclosure").filter_map(|it| {
        let (address, kind) = (it.get("url")?, it.get("type").unwrap_or_default());
        let is_media = kind.starts_with("audio/") || kind.starts_with("video/");
        let address = escaped(address);
        is_media.then(|| format!("<p><a href=\"{address}\">{address}</a></p>"))
    });
    crate::html_to_markdown::tree::parse(&links.collect::<String>())
}

fn tags(item: &XmlElement) -> Vec<String> {
    let names =
        item.elements().filter(|it| matches!(local(&it.name), "category" | "subject"));
    deduped(names.map(|it| plain(&it.text())).filter(|it| !it.is_empty()).collect())
}

/// `name@host (Name)`, `Name <name@host>` or a name.
fn person(text: &str) -> String {
    let text = plain(text);
    if let Some((before, after)) = text.split_once('(') {
        let name = after.trim_end_matches(')').trim();
        if before.contains('@') && !name.is_empty() {
            return name.to_owned();
        }
        if name.contains('@') {
            return before.trim().to_owned();
        }
    }
    let name = text.split('<').next().unwrap_or_default().trim();
    let name = name.strip_prefix("mailto:").unwrap_or(name);
    if name.contains('@') && !name.contains(' ') {
        String::new()
    } else {
        name.to_owned()
    }
}

fn deduped(names: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        if !kept.contains(&name) {
            kept.push(name);
        }
    }
    kept
}
