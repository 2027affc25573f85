//! Pictures, and what else stands in figures.

use super::super::tree::{Element, Node, plain_text};
use super::media::{is_picture_file, lone_picture, picture_address};
use super::{Writer, raw};

impl Writer {
    /// A paragraph that is one picture. Its words for those who cannot see it are no caption.
    pub(super) fn lone_picture(&self, nodes: &[&Node]) -> Option<String> {
        let mut shown = nodes.iter().filter(|node| !node.is_blank() && !node.is("br"));
        let only = shown.next()?.element()?;
        if shown.next().is_some() {
            return None;
        }
        let holder = Element::new("p", vec![Node::Element(only.clone())]);
        let picture = lone_picture(&holder)?;
        if picture.has_class("emoji") || picture.has_class("wp-smiley") {
            return None;
        }
        picture_address(picture)?;
        let link = Some(only).filter(|only| only.name == "a");
        Some(picture_figure(self, link, picture, None))
    }

    pub(super) fn figure(&self, element: &Element, out: &mut Vec<String>) {
        let (captions, shown): (Vec<&Node>, Vec<&Node>) = element
            .children
            .iter()
            .filter(|node| !node.is_blank())
            .partition(|node| node.is("figcaption"));
        let caption = captions.first().and_then(|node| node.element());
        let caption =
            caption.filter(|caption| !plain_text(&caption.children).trim().is_empty());
        if element.has_class("wp-block-pullquote") {
            let shown: Vec<Node> = shown.into_iter().cloned().collect();
            let open = "<aside class=\"pull-quote\">";
            return self.wrapped(open, "</aside>", &shown, out);
        }
        let holder =
            Element::new("div", shown.iter().map(|node| (*node).clone()).collect());
        if let Some(picture) = lone_picture(&holder) {
            if picture_address(picture).is_some() {
                let link = holder.find(&|it| it.name == "a");
                out.push(picture_figure(self, link, picture, caption));
            }
            return;
        }
        if is_gallery(&holder) {
            return self.gallery(&holder, caption, out);
        }
        if let (Some(table), Some(caption)) = (lone_table(&shown), caption) {
            let mut table = table.clone();
            let words = Element::new("caption", caption.children.clone());
            table.children.insert(0, Node::Element(words));
            return out.push(raw::block(self, &table));
        }
        let Some(caption) = caption else {
            let alone = lone_table(&shown).is_some()
                || holder.elements().all(|it| it.name == "pre");
            if alone {
                return out.extend(self.blocks(&holder.children));
            }
            return self.wrapped("<figure>", "</figure>", &holder.children, out);
        };
        let words = raw::inlines(self, &caption.children);
        let close = format!("<figcaption>{}</figcaption>\n</figure>", words.trim());
        self.wrapped("<figure>", &close, &holder.children, out);
    }

    /// Pictures with one caption; those that have their own are figures by themselves.
    fn gallery(
        &self,
        holder: &Element,
        caption: Option<&Element>,
        out: &mut Vec<String>,
    ) {
        let mut pictures = Vec::new();
        collect_pictures(holder, &mut pictures);
        let mut together: Vec<String> = Vec::new();
        for (picture, own) in pictures {
            if own.is_some() {
                out.push(picture_figure(self, None, picture, own));
            } else if picture_address(picture).is_some() {
                together.push(raw::inline(self, picture));
            }
        }
        let caption = caption.map(|caption| raw::inlines(self, &caption.children));
        match (together.is_empty(), caption) {
            (true, Some(caption)) => out.push(format!("<p>{}</p>", caption.trim())),
            (true, None) => {}
            (false, caption) => {
                let caption = caption.map_or_else(String::new, |caption| {
                    format!("<figcaption>{}</figcaption>\n", caption.trim())
                });
                let pictures = together.join("\n");
                out.push(format!("<figure>\n{pictures}\n{caption}</figure>"));
            }
        }
    }
}

fn picture_figure(
    writer: &Writer,
    link: Option<&Element>,
    picture: &Element,
    caption: Option<&Element>,
) -> String {
    let mut shown = raw::inline(writer, picture);
    let href = link.and_then(|link| link.get("href")).unwrap_or_default();
    if !href.is_empty() && !is_picture_file(href) && !href.contains("attachment_id=") {
        shown = format!("<a href=\"{}\">{shown}</a>", raw::attribute(href));
    }
    let caption = caption.map(|caption| raw::inlines(writer, &caption.children));
    let caption = caption.map_or_else(String::new, |caption| {
        format!("<figcaption>{}</figcaption>\n", caption.trim())
    });
    format!("<figure>\n{shown}\n{caption}</figure>")
}

fn is_gallery(holder: &Element) -> bool {
    let is_picture = |element: &Element| element.name == "img";
    fn only(element: &Element) -> bool {
        const HOLDERS: [&str; 10] =
            ["div", "figure", "ul", "ol", "li", "a", "p", "span", "picture", "dl"];
        element.children.iter().all(|node| match node {
            Node::Element(inner) => {
                matches!(inner.name.as_str(), "img" | "figcaption" | "br" | "source")
                    || HOLDERS.contains(&inner.name.as_str()) && only(inner)
            }
            other => other.is_blank(),
        })
    }
    holder.find(&is_picture).is_some() && only(holder)
}

fn collect_pictures<'a>(
    element: &'a Element,
    out: &mut Vec<(&'a Element, Option<&'a Element>)>,
) {
    for child in element.elements() {
        if child.name == "img" {
            out.push((child, None));
            continue;
        }
        let first = out.len();
        collect_pictures(child, out);
        let caption = child.elements().find(|it| it.name == "figcaption");
        if let (Some(caption), [(_, own)]) = (caption, &mut out[first..]) {
            *own = own.or(Some(caption));
        }
    }
}

fn lone_table<'a>(shown: &[&'a Node]) -> Option<&'a Element> {
    let [only] = shown else { return None };
    let only = only.element()?;
    match only.name.as_str() {
        "table" => Some(only),
        "div" => {
            let inner: Vec<&Node> =
                only.children.iter().filter(|it| !it.is_blank()).collect();
            lone_table(&inner)
        }
        _ => None,
    }
}
