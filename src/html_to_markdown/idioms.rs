//! What the programs of blogs make of pictures, quotations and links, in plainer HTML.

use super::cards;
use super::tree::{Element, Node, plain_text};

/// The nodes without what is only for a screen, and with the figures that were meant.
pub(crate) fn plainer(nodes: Vec<Node>) -> Vec<Node> {
    let mut out = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Element(element) => out.extend(element_of(element)),
            node => out.push(node),
        }
    }
    out
}

/// Classes of what only works on the page: asking for an address, sharing, reading on.
const FOR_SCREENS: [&str; 23] = [
    "subscription-widget-wrap",
    "subscription-widget-wrap-editor",
    "subscription-widget",
    "image-link-expand",
    "header-anchor-parent",
    "sharedaddy",
    "jp-relatedposts",
    "yarpp-related",
    "addtoany_share_save_container",
    "post-ratings",
    "wp-block-jetpack-subscriptions",
    "kg-signup-card",
    "kg-product-card-rating",
    "share-buttons",
    "social-share",
    "sd-sharing",
    "feedflare",
    "blogger-post-footer",
    "install-substack-app-embed",
    "community-chat",
    "digest-post-embed",
    "wpcnt",
    "code-block-label",
];

/// Classes of what leads to another page, with its title and a picture of it.
const CARDS: [&str; 6] = [
    "kg-bookmark-card",
    "embedded-post-wrap",
    "embedded-publication-wrap",
    "graf--mixtapeEmbed",
    "embedly-card",
    "wp-embedded-content",
];

fn has_one(element: &Element, classes: &[&str]) -> bool {
    classes.iter().any(|class| element.has_class(class))
}

fn element_of(mut element: Element) -> Vec<Node> {
    if FOR_SCREENS.iter().any(|class| element.has_class(class)) || is_order(&element) {
        return Vec::new();
    }
    if has_one(&element, &CARDS) {
        return card(&element)
            .map_or_else(|| vec![Node::Element(element)], |card| vec![card]);
    }
    let is_old_caption =
        element.name == "dl" && element.classes().any(|it| it.starts_with("wp-caption"));
    if has_one(&element, &["tr-caption-container"]) || is_old_caption {
        return vec![captioned(&element)];
    }
    if let Some(card) = cards::of_ghost(&element) {
        return card;
    }
    if has_one(&element, &["kg-callout-card", "callout-block"]) {
        element.name = "aside".to_owned();
    }
    if has_one(&element, &["pullquote", "graf--pullquote", "kg-blockquote-alt"]) {
        let figure = Element::new("figure", vec![Node::Element(quotation(element))]);
        return vec![Node::Element(figure.with("class", "wp-block-pullquote"))];
    }
    let is_poem = element.name == "pre" && element.has_class("text");
    if is_poem {
        element.attributes.retain(|(key, _)| key != "class");
        element = element.with("class", "wp-block-verse");
    }
    if element.name == "span" {
        element = styled(element);
    }
    element.children = plainer(std::mem::take(&mut element.children));
    vec![Node::Element(element)]
}

/// Whether it asks the reader to do something on the page.
fn is_order(element: &Element) -> bool {
    const ORDERS: [&str; 10] = [
        "subscribe",
        "subscribe now",
        "share",
        "leave a comment",
        "share this post",
        "give a gift subscription",
        "refer a friend",
        "get the app",
        "sign up",
        "donate",
    ];
    let is_button = element.has_class("button-wrapper")
        || element.name == "button"
        || element.has_class("kg-button-card");
    let is_share = || {
        let words = plain_text(&element.children).trim().to_lowercase();
        ORDERS.contains(&words.as_str()) || words.starts_with("share ")
    };
    is_button
        && (element.name == "button" && !element.has_class("toggle") && is_share()
            || is_share())
}

/// A card that leads to a page: its title as a link, and what else it says.
fn card(element: &Element) -> Option<Node> {
    let link = element.find(&|it| it.name == "a" && it.get("href").is_some())?;
    let address = link.get("href")?.to_owned();
    let is_title = |it: &Element| {
        it.classes().any(|class| class.contains("title"))
            || matches!(it.name.as_str(), "h2" | "h3" | "h4" | "strong")
    };
    let title = element.find(&is_title);
    let words =
        title.map_or_else(|| plain_text(&link.children), |it| plain_text(&it.children));
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = if words.is_empty() { address.clone() } else { words };
    let about = element.find(&|it| {
        it.name == "em"
            || it.name != "a"
                && it.classes().any(|class| {
                    class.contains("description") || class.contains("excerpt")
                })
    });
    let link = Element::new("a", vec![Node::Text(words)]).with("href", address);
    let mut parts = vec![Node::Element(link)];
    let caption = element.elements().find(|it| it.name == "figcaption");
    for more in [about, caption].into_iter().flatten() {
        let words = plain_text(&more.children);
        parts.push(Node::Text(format!(" – {}", words.trim())));
    }
    Some(Node::Element(Element::new("p", parts)))
}

/// Blogger's table of a picture and its caption, or WordPress's list of them.
fn captioned(table: &Element) -> Node {
    let picture =
        table.find(&|it| it.name == "a" && it.find(&|it| it.name == "img").is_some());
    let picture = picture.or_else(|| table.find(&|it| it.name == "img"));
    let caption = table.find(&|it| it.has_class("tr-caption") || it.name == "dd");
    let mut parts: Vec<Node> = picture.cloned().map(Node::Element).into_iter().collect();
    let words = caption.map(|it| Element::new("figcaption", it.children.clone()));
    parts.extend(words.map(Node::Element));
    Node::Element(Element::new("figure", parts))
}

fn quotation(mut element: Element) -> Element {
    element.attributes.clear();
    element.name = "blockquote".to_owned();
    element.children = plainer(std::mem::take(&mut element.children));
    element
}

/// A `span` that its style makes bold or sloped.
fn styled(mut element: Element) -> Element {
    let style =
        element.get("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    let is_bold = ["font-weight:bold", "font-weight:700", "font-weight:600"]
        .iter()
        .any(|it| style.contains(it));
    let is_sloped = style.contains("font-style:italic");
    for (is, name) in [(is_bold, "strong"), (is_sloped, "em")] {
        if is {
            let children = std::mem::take(&mut element.children);
            element.children = vec![Node::Element(Element::new(name, children))];
        }
    }
    element
}
