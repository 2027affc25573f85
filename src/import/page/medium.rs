//! Medium's export: a folder with a page for each post.

use super::super::selection::Candidate;
use super::super::{ImportedPost, Selection, Sink, Status, address, decode, finish};
use crate::html_to_markdown::tree::{
    Element, LineEnds, Node, into_paragraphs, parse, plain_text,
};
use crate::manuscript::parse_date;

/// Reads the page of a post. Says whether it is one.
pub(crate) fn import(
    name: &str,
    bytes: &[u8],
    selection: &Selection,
    sink: &mut dyn Sink,
) -> bool {
    let root = Element::new("html", parse(&decode::text(bytes)));
    let field =
        |name: &str| root.find(&|it: &Element| it.get("data-field") == Some(name));
    let class = |name: &str| root.find(&|it: &Element| it.has_class(name));
    let Some(body) = field("body").or_else(|| class("e-content")) else { return false };
    let line = |element: Option<&Element>| {
        let words = element.map(|it| plain_text(&it.children)).unwrap_or_default();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let address = class("p-canonical").and_then(|it| it.get("href")).unwrap_or_default();
    let date =
        class("dt-published").and_then(|it| it.get("datetime")).unwrap_or_default();
    let title = line(class("p-name"));
    let is_draft = name.starts_with("draft") || date.is_empty();
    let mut post = ImportedPost {
        slug: without_hash(&address::slug(address)),
        date: parse_date(date),
        authors: Some(line(class("p-author")))
            .filter(|it| !it.is_empty())
            .into_iter()
            .collect(),
        excerpt: line(field("subtitle")),
        address: address.to_owned(),
        status: if is_draft { Status::Draft } else { Status::Published },
        title,
        ..ImportedPost::default()
    };
    if post.slug.is_empty() {
        let stem = name.split_once('_').map_or(name, |(_, stem)| stem);
        post.slug = without_hash(stem.trim_end_matches(".html"));
    }
    let candidate =
        Candidate { status: post.status, is_page: false, tags: &[], categories: &[] };
    if let Some(refusal) = selection.refusal(&candidate) {
        sink.left_out(refusal);
        return true;
    }
    let mut nodes = body.children.clone();
    strip(&mut nodes, &post.title);
    let nodes = into_paragraphs(nodes, LineEnds::Spaces);
    finish(post, nodes, &[], sink);
    true
}

/// A name without the number in base 16 that Medium puts behind it.
fn without_hash(name: &str) -> String {
    let (stem, hash) = name.rsplit_once('-').unwrap_or((name, ""));
    let is_hash = hash.len() >= 8 && hash.chars().all(|c| c.is_ascii_hexdigit());
    let stem = if is_hash { stem } else { name };
    stem.trim_matches('-').to_owned()
}

/// Takes away the title and the rules between sections: the first of these stands above all.
fn strip(nodes: &mut Vec<Node>, title: &str) {
    let mut first = true;
    strip_within(nodes, title, &mut first);
}

fn strip_within(nodes: &mut Vec<Node>, title: &str, first: &mut bool) {
    let words = |element: &Element| {
        plain_text(&element.children).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    nodes.retain_mut(|node| {
        let Node::Element(element) = node else { return true };
        if element.has_class("section-divider") && *first {
            return false;
        }
        let is_title = element.has_class("graf--title")
            || matches!(element.name.as_str(), "h1" | "h3") && words(element) == title;
        if is_title && *first {
            *first = false;
            return false;
        }
        strip_within(&mut element.children, title, first);
        if element.name == "p" {
            *first = false;
        }
        true
    });
}
