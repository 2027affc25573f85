//! What remains of WordPress in Markdown: its shortcodes in brackets.

use std::ops::Range;

use super::call::Call;
use super::output::{Figure, Output};
use crate::edit::Part;

/// What a shortcode becomes; none if it is rather words in brackets.
pub(super) fn rewritten(text: &str, call: &Call<'_>) -> Option<Vec<Part>> {
    let output = Output::at(text, &call.range, call.in_html);
    let after = &text[call.range.end..];
    let body = call.body.as_ref();
    let given = !call.written.trim().is_empty();
    if body.is_none() && (!given || after.starts_with(['(', '[', ':'])) {
        return None;
    }
    let arguments = &call.arguments;
    match call.name {
        "caption" | "wp_caption" => caption(text, call, body?, output),
        "code" | "sourcecode" | "highlight" => {
            let language = arguments.get(&["lang", "language"], 0).unwrap_or_default();
            Some(output.code(language, body?))
        }
        "footnote" | "ref" | "efn_note" | "mfn" | "fn" => note(text, body?, output),
        "embed" => {
            let address = text[body?.clone()].trim().to_owned();
            Some(output.media("embed", "", &address, ""))
        }
        "youtube" | "vimeo" | "soundcloud" | "tweet" | "instagram" | "gist" | "video"
        | "audio" => media(text, call, output),
        "quote" | "pullquote" => {
            let author = arguments.named(&["author", "cite", "name"]).unwrap_or_default();
            Some(output.quotation(Some(body?), "", author))
        }
        "note" => Some(output.element("aside", "note", None, Some(body?))),
        "latex" => Some(output.formula(body?, false)),
        _ => None,
    }
}

fn media(text: &str, call: &Call<'_>, output: Output<'_>) -> Option<Vec<Part>> {
    let arguments = &call.arguments;
    let inside = call.body.as_ref().map(|body| text[body.clone()].trim());
    let inside = inside.filter(|inside| !inside.is_empty());
    let value = arguments
        .named(&["url", "src", "mp4", "mp3", "id", "ogg", "m4a", "webm"])
        .or_else(|| arguments.at(0))
        .or(inside)?
        .trim_start_matches('=');
    let address = if value.contains("://") || value.contains('.') {
        value.to_owned()
    } else {
        match call.name {
            "youtube" => format!("https://www.youtube.com/watch?v={value}"),
            "vimeo" => format!("https://vimeo.com/{value}"),
            "tweet" => format!("https://twitter.com/i/status/{value}"),
            "instagram" => format!("https://www.instagram.com/p/{value}/"),
            "gist" => format!("https://gist.github.com/{value}"),
            _ => return None,
        }
    };
    let class = match call.name {
        "youtube" | "vimeo" | "video" => "video",
        "soundcloud" | "audio" => "audio",
        _ => "embed",
    };
    let title = arguments.named(&["title", "caption"]).unwrap_or_default();
    Some(output.media(class, title, &address, ""))
}

/// A picture and the words behind it, in one.
fn caption(
    text: &str,
    call: &Call<'_>,
    body: &Range<usize>,
    mut output: Output<'_>,
) -> Option<Vec<Part>> {
    let inside = &text[body.clone()];
    let arguments = &call.arguments;
    let picture_end = picture_end(inside)?;
    let given = arguments.named(&["caption"]).map(str::to_owned);
    let words = body.start + picture_end..body.end;
    let class = arguments.named(&["align"]).unwrap_or_default();
    if !output.is_block() {
        output.copy(&(body.start..words.start));
        if !text[words.clone()].trim().is_empty() {
            output.add(" ");
            output.copy(&words);
        }
        return Some(output.inline());
    }
    let figure = Figure { class: class.to_owned(), ..Figure::default() };
    output.add(&match figure.class.as_str() {
        "" => "<figure>\n\n".to_owned(),
        class => format!("<figure class=\"{}\">\n\n", super::output::attribute(class)),
    });
    output.copy(&(body.start..words.start));
    output.add("\n\n<figcaption>\n\n");
    match given {
        Some(given) => output.add(&given),
        None => output.copy(&words),
    }
    output.add("\n\n</figcaption>\n</figure>");
    Some(output.block())
}

/// Where the picture ends that a caption begins with, the link around it included.
fn picture_end(inside: &str) -> Option<usize> {
    let start = inside.len() - inside.trim_start().len();
    let rest = &inside[start..];
    let end = if rest.starts_with("<a") {
        rest.find("</a>")? + "</a>".len()
    } else if rest.starts_with("<img") {
        rest.find('>')? + 1
    } else if rest.starts_with("[![") {
        let inner = rest.find(")](")? + ")](".len();
        inner + rest[inner..].find(')')? + 1
    } else if rest.starts_with("![") {
        let inner = rest.find("](")?;
        inner + rest[inner..].find(')')? + 1
    } else {
        return None;
    };
    Some(start + end)
}

/// A note, of which the mark stands here.
fn note(text: &str, body: &Range<usize>, mut output: Output<'_>) -> Option<Vec<Part>> {
    let words = &text[body.clone()];
    if words.trim().is_empty() || words.contains("\n\n") {
        return None;
    }
    // HTML has no notes within a line.
    let (open, close) = if output.is_html() { (" (", ")") } else { ("^[", "]") };
    output.add(open);
    output.copy(body);
    output.add(close);
    Some(output.inline())
}
