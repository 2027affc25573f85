//! The format of Ghost's newer editor, for posts whose HTML is not in the export.

use serde_json::Value;

use crate::html_to_markdown::tree::escaped;

/// How deep nodes may be nested.
const MAX_DEPTH: usize = 64;

/// The HTML that a document of the editor stands for.
pub(super) fn html(document: &str) -> String {
    let document: Value = serde_json::from_str(document).unwrap_or_default();
    let mut out = String::new();
    children(&document["root"], 0, &mut out);
    out
}

fn children(node: &Value, depth: usize, out: &mut String) {
    if depth < MAX_DEPTH {
        for child in node["children"].as_array().into_iter().flatten() {
            one(child, depth + 1, out);
        }
    }
}

fn one(node: &Value, depth: usize, out: &mut String) {
    let text = |key: &str| node[key].as_str().unwrap_or_default();
    let mut within = |tag: &str, end: &str| {
        out.push_str(tag);
        children(node, depth, out);
        out.push_str(end);
    };
    match text("type") {
        "paragraph" => within("<p>", "</p>"),
        "heading" | "extended-heading" => {
            let tag = match text("tag") {
                tag @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => tag,
                _ => "h2",
            };
            within(&format!("<{tag}>"), &format!("</{tag}>"));
        }
        "quote" | "extended-quote" | "aside" => within("<blockquote>", "</blockquote>"),
        "list" if text("listType") == "number" => within("<ol>", "</ol>"),
        "list" => within("<ul>", "</ul>"),
        "listitem" => within("<li>", "</li>"),
        "link" | "autolink" => {
            within(&format!("<a href=\"{}\">", escaped(text("url"))), "</a>");
        }
        "linebreak" => out.push_str("<br>"),
        "horizontalrule" => out.push_str("<hr>"),
        "text" | "extended-text" => words(node, out),
        "html" => out.push_str(text("html")),
        "markdown" => out.push_str(&format!("<pre>{}</pre>", escaped(text("markdown")))),
        "codeblock" => {
            let (language, code) = (escaped(text("language")), escaped(text("code")));
            out.push_str(&format!(
                "<pre><code class=\"language-{language}\">{code}</code></pre>"
            ));
        }
        "image" => {
            let (src, alt) = (escaped(text("src")), escaped(text("alt")));
            let caption = text("caption");
            out.push_str(&format!(
                "<figure><img src=\"{src}\" alt=\"{alt}\"><figcaption>{caption}</figcaption></figure>"
            ));
        }
        "gallery" => {
            out.push_str("<figure>");
            for image in node["images"].as_array().into_iter().flatten() {
                let src = escaped(image["src"].as_str().unwrap_or_default());
                let alt = escaped(image["alt"].as_str().unwrap_or_default());
                out.push_str(&format!("<img src=\"{src}\" alt=\"{alt}\">"));
            }
            out.push_str(&format!(
                "<figcaption>{}</figcaption></figure>",
                text("caption")
            ));
        }
        "bookmark" | "embed" | "video" | "audio" | "file" => {
            let address =
                ["url", "src"].iter().map(|key| text(key)).find(|it| !it.is_empty());
            let title = node["metadata"]["title"].as_str().unwrap_or_default();
            let address = escaped(address.unwrap_or_default());
            let words = if title.is_empty() { address.clone() } else { escaped(title) };
            out.push_str(&format!("<p><a href=\"{address}\">{words}</a></p>"));
        }
        "callout" => {
            out.push_str(&format!("<aside>{}</aside>", text("calloutText")));
        }
        "toggle" => out.push_str(&format!(
            "<details><summary>{}</summary>{}</details>",
            text("heading"),
            text("content")
        )),
        "button" => {
            let (address, words) =
                (escaped(text("buttonUrl")), escaped(text("buttonText")));
            out.push_str(&format!("<p><a href=\"{address}\">{words}</a></p>"));
        }
        _ => children(node, depth, out),
    }
}

/// Words, with marks as bits.
fn words(node: &Value, out: &mut String) {
    const MARKS: [(u64, &str); 7] = [
        (1, "strong"),
        (2, "em"),
        (4, "s"),
        (8, "u"),
        (16, "code"),
        (32, "sub"),
        (64, "sup"),
    ];
    let format = node["format"].as_u64().unwrap_or(0);
    let marks: Vec<&str> =
        MARKS.iter().filter(|(bit, _)| format & bit != 0).map(|(_, tag)| *tag).collect();
    for tag in &marks {
        out.push_str(&format!("<{tag}>"));
    }
    out.push_str(&escaped(node["text"].as_str().unwrap_or_default()));
    for tag in marks.iter().rev() {
        out.push_str(&format!("</{tag}>"));
    }
}
