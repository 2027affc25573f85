//! Cards of Ghost's editor that have more on a screen than in a book.

use super::idioms::plainer;
use super::tree::{Element, Node, plain_text};

/// What a card says: a toggle, a file, a recording, a product; none if it is another element.
pub(super) fn of_ghost(element: &Element) -> Option<Vec<Node>> {
    if element.has_class("kg-toggle-card") {
        Some(vec![toggle(element)])
    } else if element.has_class("kg-file-card") {
        file(element)
    } else if element.has_class("kg-audio-card") || element.has_class("kg-video-card") {
        recording(element)
    } else if element.has_class("kg-product-card") {
        Some(product(element))
    } else {
        None
    }
}

/// A heading that shows what is below it.
fn toggle(element: &Element) -> Node {
    let heading = of(element, "kg-toggle-heading-text");
    let content = of(element, "kg-toggle-content");
    let words = heading.map(|it| it.children.clone()).unwrap_or_default();
    let mut parts = vec![Node::Element(Element::new("summary", words))];
    parts.extend(plainer(content.map(|it| it.children.clone()).unwrap_or_default()));
    Node::Element(Element::new("details", parts))
}

/// A link to a file, with what is said of that.
fn file(element: &Element) -> Option<Vec<Node>> {
    let link = element.find(&|it| it.name == "a")?;
    let parts = ["title", "caption", "filename", "filesize"];
    let parts = parts.map(|part| words(element, &format!("kg-file-card-{part}")));
    let mut said = parts.into_iter().filter(|words| !words.is_empty());
    let mut nodes = vec![linked(link, said.next().unwrap_or_default())];
    nodes.extend(said.map(|words| Node::Text(format!(" – {words}"))));
    Some(vec![paragraph(nodes)])
}

/// A recording with its title and its caption, without the buttons that play it.
fn recording(element: &Element) -> Option<Vec<Node>> {
    let media = element.find(&|it| matches!(it.name.as_str(), "audio" | "video"))?;
    let mut media = media.clone();
    let title = words(element, "kg-audio-title");
    if !title.is_empty() {
        media = media.with("title", title);
    }
    let caption = element.elements().find(|it| it.name == "figcaption").cloned();
    let parts = [Some(media), caption].into_iter().flatten().map(Node::Element);
    Some(vec![Node::Element(Element::new("figure", parts.collect()))])
}

/// What is sold: its picture, its name, what is said of it, and where it is.
fn product(element: &Element) -> Vec<Node> {
    let children = |class: &str| {
        let children = of(element, class).map(|it| it.children.clone());
        plainer(children.unwrap_or_default())
    };
    let picture = of(element, "kg-product-card-image").cloned().map(Node::Element);
    let title = Element::new("strong", children("kg-product-card-title"));
    let mut parts: Vec<Node> =
        picture.map(|it| paragraph(vec![it])).into_iter().collect();
    parts.push(paragraph(vec![Node::Element(title)]));
    parts.extend(children("kg-product-card-description"));
    let button = of(element, "kg-product-card-button").filter(|it| it.name == "a");
    let words = words(element, "kg-product-card-button");
    parts.extend(button.map(|it| paragraph(vec![linked(it, words)])));
    parts
}

fn of<'e>(element: &'e Element, class: &str) -> Option<&'e Element> {
    element.find(&|it| it.has_class(class))
}

/// The words of a part, on one line.
fn words(element: &Element, class: &str) -> String {
    let words = of(element, class).map(|it| plain_text(&it.children));
    words.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn linked(link: &Element, words: String) -> Node {
    let address = link.get("href").unwrap_or_default();
    Node::Element(Element::new("a", vec![Node::Text(words)]).with("href", address))
}

fn paragraph(nodes: Vec<Node>) -> Node {
    Node::Element(Element::new("p", nodes))
}
