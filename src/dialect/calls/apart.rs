//! Calls that set a text apart: asides and quotations.

use super::super::asides::class_of;
use super::super::call::Call;
use super::super::output::{Output, attribute, escaped, html, link};
use crate::edit::Part;

/// A text with a title beside the others.
pub(super) fn aside(
    name: &str,
    call: &Call<'_>,
    mut output: Output<'_>,
) -> Option<Vec<Part>> {
    let arguments = &call.arguments;
    let generic = [
        "notice",
        "alert",
        "admonition",
        "callout",
        "box",
        "hint",
        "message",
        "panel",
        "banner",
        "note",
        "infobox",
    ];
    let kind =
        arguments.named(&["type", "class", "kind", "level", "style", "color", "status"]);
    let first = arguments.at(0).filter(|it| !it.contains(' ') && it.len() < 24);
    let kind = kind.or(first.filter(|_| generic.contains(&name)));
    let kind = kind.unwrap_or(name).trim_start_matches("alert-").trim_start_matches('#');
    let class = class_of(kind).unwrap_or(if name == "note" { "note" } else { kind });
    let named = arguments.named(&["title", "heading", "header", "summary", "label"]);
    let content = arguments.named(&["content", "text", "body", "message"]);
    let mut words = arguments.texts();
    if words.first() == Some(&kind) {
        words.remove(0);
    }
    let words = words.join(" ");
    match (call.body.as_ref(), content) {
        (Some(body), _) => {
            let title = named.map_or(words, str::to_owned);
            Some(output.element("aside", class, Some(&title), Some(body)))
        }
        (None, content) => {
            let content = content.map_or(words, str::to_owned);
            if content.trim().is_empty() {
                return None;
            }
            if !output.is_block() {
                return Some(output.words(&content));
            }
            let class = attribute(class);
            output.add(&format!("<aside class=\"{class}\">\n\n"));
            if let Some(title) = named {
                output.add(&format!("<p class=\"title\">{}</p>\n\n", html(title)));
            }
            output.add(&format!("{}\n\n</aside>", content.trim()));
            Some(output.block())
        }
    }
}

/// A quotation with its author and its source.
pub(super) fn quotation(call: &Call<'_>, output: Output<'_>) -> Option<Vec<Part>> {
    let arguments = &call.arguments;
    let author =
        arguments.named(&["author", "by", "name", "cite", "attribution", "person"]);
    let source = arguments.named(&["source", "title", "work", "from", "book"]);
    let address =
        arguments.named(&["link", "url", "href", "cite_url"]).unwrap_or_default();
    let mut credit = author.map(escaped).unwrap_or_default();
    if let Some(source) = source {
        let source = link(&escaped(source), address);
        credit = if credit.is_empty() { source } else { format!("{credit}, {source}") };
    } else if !address.is_empty() {
        credit = link(if credit.is_empty() { address } else { &credit }, address);
    }
    // Octopress and Hexo: `Author, a source https://… its title`.
    if credit.is_empty() && !call.written.trim().is_empty() && call.name != "pullquote" {
        let words = call.written.trim().trim_matches('"');
        let address = words.split_whitespace().find(|it| it.contains("://"));
        credit = match address {
            Some(address) => {
                let (before, after) = words.split_once(address).unwrap_or((words, ""));
                let after = if after.trim().is_empty() { address } else { after.trim() };
                let before = escaped(before.trim().trim_end_matches(','));
                let after = link(&escaped(after), address);
                if before.is_empty() { after } else { format!("{before}, {after}") }
            }
            None if call.body.is_some() && !words.contains('=') => escaped(words),
            None => String::new(),
        };
    }
    let words = arguments.named(&["text", "quote", "content"]).unwrap_or_default();
    if call.body.is_none() && words.is_empty() {
        return None;
    }
    Some(output.quotation(call.body.as_ref(), words, &credit))
}
