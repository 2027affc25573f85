//! Pages of the web that were saved: the article in them, and what they say of it.

mod article;
mod medium;
mod substack;

use super::selection::Candidate;
use super::{Blog, ImportedPost, Selection, Sink, address, decode, finish};
use crate::html_to_markdown::tree::{
    Element, LineEnds, Node, into_paragraphs, parse, plain, plain_text,
};
use crate::manuscript::{fold_tag, parse_date};
use crate::source_lock::read_page;

pub(crate) use medium::import as import_medium;
pub(crate) use substack::{Index as SubstackIndex, import as import_substack};

/// Reads a saved page. Says whether an article was found.
pub(crate) fn import(
    name: &str,
    bytes: &[u8],
    selection: &Selection,
    sink: &mut dyn Sink,
) -> bool {
    let text = decode::text(bytes);
    let (page, _) = read_page(&text).cleaned();
    let root = Element::new("html", parse(&text));
    let address = canonical(&root);
    let Some(article) = article::find(&root) else { return false };
    let mut post = ImportedPost {
        title: without_site(&page.title, &page.outlet),
        date: parse_date(&page.date).or_else(|| parse_date(&date_of(&root))),
        authors: page.authors,
        tags: tags(&root),
        language: language(&root),
        slug: address::slug(&address),
        excerpt: meta(&root, &["og:description", "description"]),
        address,
        ..ImportedPost::default()
    };
    if post.slug.is_empty() {
        post.slug = address::slug(&format!("https://page/{name}"));
    }
    if !page.outlet.is_empty() {
        let title = page.outlet.clone();
        sink.blog(Blog { title, language: post.language.clone(), ..Blog::default() });
    }
    let mut nodes = article::cleaned(article, &post.title);
    if post.title.is_empty() {
        post.title = first_heading(&nodes).unwrap_or_else(|| name.to_owned());
    }
    let candidate = Candidate {
        status: post.status,
        is_page: false,
        tags: &post.tags,
        categories: &[],
    };
    if let Some(refusal) = selection.refusal(&candidate) {
        sink.left_out(refusal);
        return true;
    }
    let base = base(&root).unwrap_or_else(|| post.address.clone());
    if is_relative_kept(&base, &nodes) {
        // Pictures that were saved beside the page are found by their own addresses.
        absolute_links(&mut nodes, &base);
    } else {
        address::absolute(&mut nodes, &base);
    }
    let nodes = into_paragraphs(nodes, LineEnds::Spaces);
    finish(post, nodes, &[], sink);
    true
}

/// Whether a page's pictures were saved in a folder beside it, as browsers do.
fn is_relative_kept(base: &str, nodes: &[Node]) -> bool {
    let saved = |element: &Element| {
        let src = element.get("src").unwrap_or_default();
        element.name == "img" && (src.contains("_files/") || src.starts_with("./"))
    };
    base.is_empty()
        || nodes
            .iter()
            .filter_map(Node::element)
            .any(|element| element.find(&saved).is_some())
}

fn absolute_links(nodes: &mut [Node], base: &str) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        for (key, value) in &mut element.attributes {
            if key == "href" && !value.starts_with('#') {
                *value = address::resolved(base, value);
            }
        }
        absolute_links(&mut element.children, base);
    }
}

fn first_heading(nodes: &[Node]) -> Option<String> {
    let is_heading = |it: &Element| matches!(it.name.as_str(), "h1" | "h2");
    let found =
        nodes.iter().filter_map(Node::element).find_map(|it| it.find(&is_heading));
    let words = found.map(|it| plain_text(&it.children)).unwrap_or_default();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

/// A title without the name of the site behind it.
fn without_site(title: &str, site: &str) -> String {
    let title = plain(title);
    for separator in [" | ", " – ", " — ", " - ", " » ", " · "] {
        if let Some((before, after)) = title.rsplit_once(separator)
            && !site.is_empty()
            && after.trim().eq_ignore_ascii_case(site.trim())
        {
            return before.trim().to_owned();
        }
    }
    title
}

fn canonical(root: &Element) -> String {
    let is_canonical = |it: &Element| {
        it.name == "link"
            && it.get("rel") == Some("canonical")
            && it.get("href").is_some()
    };
    let link = root.find(&is_canonical).and_then(|it| it.get("href")).unwrap_or_default();
    let address = if link.is_empty() { meta(root, &["og:url"]) } else { link.to_owned() };
    if address.contains("://") { address } else { String::new() }
}

fn base(root: &Element) -> Option<String> {
    let is_base = |it: &Element| it.name == "base" && it.get("href").is_some();
    let href = root.find(&is_base)?.get("href")?;
    href.contains("://").then(|| href.to_owned())
}

fn meta(root: &Element, names: &[&str]) -> String {
    let of = |name: &str| {
        let is_it = |it: &Element| {
            it.name == "meta"
                && (it.get("name") == Some(name) || it.get("property") == Some(name))
        };
        root.find(&is_it).and_then(|it| it.get("content")).map(plain)
    };
    names.iter().find_map(|name| of(name).filter(|it| !it.is_empty())).unwrap_or_default()
}

fn date_of(root: &Element) -> String {
    let is_time = |it: &Element| it.name == "time" && it.get("datetime").is_some();
    let found = root.find(&is_time).and_then(|it| it.get("datetime"));
    found.unwrap_or_default().to_owned()
}

fn language(root: &Element) -> String {
    let has_language = |it: &Element| it.name == "html" && it.get("lang").is_some();
    let found = root.find(&has_language).and_then(|it| it.get("lang"));
    found.unwrap_or_default().trim().to_owned()
}

/// The tags that a page names: in its head, or as links.
fn tags(root: &Element) -> Vec<String> {
    let mut tags = Vec::new();
    collect_tags(root, &mut tags);
    let mut kept: Vec<String> = Vec::new();
    for tag in tags {
        let folded = fold_tag(&tag);
        if !tag.is_empty() && !kept.iter().any(|known| fold_tag(known) == folded) {
            kept.push(tag);
        }
    }
    kept
}

fn collect_tags(element: &Element, tags: &mut Vec<String>) {
    for child in element.elements() {
        let rel = child.get("rel").unwrap_or_default();
        if child.name == "meta"
            && matches!(child.get("property"), Some("article:tag" | "article:section"))
        {
            tags.push(plain(child.get("content").unwrap_or_default()));
        } else if child.name == "a" && rel.split_whitespace().any(|it| it == "tag") {
            let words = plain_text(&child.children);
            tags.push(words.trim().trim_start_matches('#').to_owned());
        }
        collect_tags(child, tags);
    }
}
