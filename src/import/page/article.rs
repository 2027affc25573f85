//! The article in a page: what is text, and not what stands around it on every page.

use crate::html_to_markdown::tree::{Element, Node, plain_text};

/// What pages call the text of their article, the surest first.
const CLASSES: [&str; 14] = [
    "e-content",
    "entry-content",
    "post-content",
    "article-content",
    "post-body",
    "article-body",
    "entry-body",
    "post__content",
    "article__body",
    "gh-content",
    "available-content",
    "blog-post-content",
    "post-entry",
    "single-content",
];

/// Words in the names of what is no part of an article.
const AROUND: [&str; 42] = [
    "comment",
    "comments",
    "respond",
    "disqus",
    "sidebar",
    "widget",
    "share",
    "sharing",
    "social",
    "related",
    "breadcrumb",
    "breadcrumbs",
    "pagination",
    "pager",
    "nav",
    "navigation",
    "navbar",
    "menu",
    "footer",
    "masthead",
    "cookie",
    "cookies",
    "newsletter",
    "subscribe",
    "promo",
    "advert",
    "ads",
    "byline",
    "meta",
    "author-box",
    "postmeta",
    "posted",
    "tags",
    "tagcloud",
    "skip",
    "screen-reader-text",
    "sr-only",
    "jp-relatedposts",
    "sharedaddy",
    "print-only",
    "popup",
    "modal",
];

/// The element that holds the article.
pub(super) fn find(root: &Element) -> Option<&Element> {
    let body = root.find(&|it| it.get("itemprop") == Some("articleBody"));
    let by_class = || {
        CLASSES.iter().find_map(|class| {
            root.find(&|it: &Element| it.has_class(class) && has_words(it))
        })
    };
    let named = |name: &str| root.find(&|it: &Element| it.name == name && has_words(it));
    let main = || root.find(&|it| it.get("role") == Some("main") && has_words(it));
    body.filter(|it| has_words(it))
        .or_else(by_class)
        .or_else(|| only_article(root))
        .or_else(|| densest(root))
        .or_else(|| named("main"))
        .or_else(main)
        .or_else(|| named("body"))
        .or_else(|| has_words(root).then_some(root))
}

fn has_words(element: &Element) -> bool {
    const LEAST_CHARS: usize = 40;
    let text = plain_text(&element.children);
    text.split_whitespace().map(str::len).sum::<usize>() >= LEAST_CHARS
}

/// The `article` of a page, if it has one; on a page with several they are of a list.
fn only_article(root: &Element) -> Option<&Element> {
    let mut found = Vec::new();
    collect(root, "article", &mut found);
    found.into_iter().filter(|it| has_words(it)).max_by_key(|it| length_of_paragraphs(it))
}

fn collect<'a>(element: &'a Element, name: &str, found: &mut Vec<&'a Element>) {
    for child in element.elements() {
        if child.name == name {
            found.push(child);
        } else {
            collect(child, name, found);
        }
    }
}

/// The element whose own paragraphs hold the most text.
fn densest(root: &Element) -> Option<&Element> {
    const LEAST_CHARS: usize = 200;
    let mut best: Option<(usize, &Element)> = None;
    visit(root, &mut best);
    best.filter(|(length, _)| *length >= LEAST_CHARS).map(|(_, element)| element)
}

fn visit<'a>(element: &'a Element, best: &mut Option<(usize, &'a Element)>) {
    if is_around(element) || matches!(element.name.as_str(), "script" | "style" | "head")
    {
        return;
    }
    let own: usize = element
        .elements()
        .filter(|it| matches!(it.name.as_str(), "p" | "blockquote" | "ul" | "ol" | "pre"))
        .map(|it| plain_text(&it.children).len())
        .sum();
    if best.is_none_or(|(length, _)| own > length) {
        *best = Some((own, element));
    }
    for child in element.elements() {
        visit(child, best);
    }
}

fn length_of_paragraphs(element: &Element) -> usize {
    let own = if element.name == "p" { plain_text(&element.children).len() } else { 0 };
    own + element.elements().map(length_of_paragraphs).sum::<usize>()
}

/// The parts of an article without what pages put among them, and without its title, which is the
/// post's.
pub(super) fn cleaned(article: &Element, title: &str) -> Vec<Node> {
    let mut nodes = without_around(&article.children);
    remove_title(&mut nodes, title);
    nodes
}

fn without_around(nodes: &[Node]) -> Vec<Node> {
    let kept = nodes.iter().filter_map(|node| match node {
        Node::Element(element) if is_around(element) => None,
        Node::Element(element) => Some(Node::Element(Element {
            name: element.name.clone(),
            attributes: element.attributes.clone(),
            children: without_around(&element.children),
        })),
        other => Some(other.clone()),
    });
    kept.collect()
}

fn is_around(element: &Element) -> bool {
    match element.name.as_str() {
        "nav" | "form" | "button" | "input" | "select" | "dialog" | "footer" => {
            return true;
        }
        "figure" | "img" | "blockquote" | "pre" | "table" | "code" | "p" | "body"
        | "html" | "main" | "article" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        | "em" | "strong" => {
            return false;
        }
        _ => {}
    }
    if matches!(
        element.get("role"),
        Some("navigation" | "banner" | "contentinfo" | "search")
    ) || element.get("aria-hidden") == Some("true") && element.name != "span"
        || element.get("hidden").is_some()
    {
        return true;
    }
    let words = [element.get("class"), element.get("id")];
    words.into_iter().flatten().flat_map(str::split_whitespace).any(|name| {
        let name = name.to_ascii_lowercase();
        AROUND.contains(&name.as_str())
            || name.split(['-', '_']).filter(|part| !part.is_empty()).any(|part| {
                // `tags` and `meta` are parts of too many names.
                AROUND[..26].contains(&part)
            })
            || matches!(
                name.as_str(),
                "entry-meta" | "post-meta" | "entry-footer" | "entry-tags"
            )
    })
}

/// Takes away the first heading that is the title, and what introduces it.
fn remove_title(nodes: &mut Vec<Node>, title: &str) -> bool {
    let line = |nodes: &[Node]| {
        plain_text(nodes).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for at in 0..nodes.len() {
        let Some(Node::Element(element)) = nodes.get_mut(at) else { continue };
        let is_heading = matches!(element.name.as_str(), "h1" | "h2" | "h3");
        if is_heading {
            let is_title = line(&element.children) == title;
            if is_title {
                nodes.remove(at);
            }
            return is_title;
        }
        if remove_title(&mut element.children, title) {
            return true;
        }
    }
    false
}
