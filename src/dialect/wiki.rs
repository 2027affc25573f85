//! Links in double brackets and comments in percent signs, as Obsidian has them.

use std::ops::Range;

use super::output::{Output, escaped, link, post_address};
use super::{Context, Edits};
use crate::config::Generator;
use crate::edit::Edit;

/// No name that anybody writes is longer, in bytes.
const MAX_NAME_BYTES: usize = 400;

/// Rewrites them.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    if matches!(context.generator(), Generator::Obsidian) {
        comments(context, edits);
        block_names(context, edits);
    }
    let text = context.text;
    let mut at = 0;
    while let Some(next) = text[at..].find("[[") {
        let open = at + next;
        at = open + 2;
        let line = super::code::rest_of_line(text, at);
        let line = &line[..line.floor_char_boundary(MAX_NAME_BYTES)];
        let Some(end) = line.find("]]") else { continue };
        let inside = &line[..end];
        let close = at + end + 2;
        let embeds = text[..open].ends_with('!');
        let start = open - usize::from(embeds);
        let escaped = text[..start].ends_with('\\');
        if escaped
            || context.code.holds(open)
            || !is_name(context, inside, &text[close..])
        {
            continue;
        }
        let range = start..close;
        let edit = if embeds {
            embedded(context, inside, range)
        } else {
            Edit::replace(range, linked(inside))
        };
        edits.edits.push(edit);
        at = close;
    }
}

/// Whether words in double brackets are the name of something.
fn is_name(context: &Context<'_>, inside: &str, after: &str) -> bool {
    let name = inside.split('|').next().unwrap_or_default();
    let order = ["TOC", "toc", "_TOC_"].contains(&name);
    let plain = !inside.is_empty()
        && !inside.starts_with(['[', '^', '@', ' ', '"', '\''])
        && !inside.ends_with(' ')
        && !inside.contains('[')
        && !order;
    match context.generator() {
        Generator::Obsidian => plain,
        // Elsewhere `[[1]](…)` is a link with brackets in its words.
        Generator::Unknown
        | Generator::Hugo
        | Generator::Eleventy
        | Generator::Jekyll => {
            let letter = name.starts_with(|c: char| c.is_alphabetic() || c == '#')
                || is_file(name);
            plain
                && letter
                && name.chars().count() > 2
                && !after.starts_with(['(', '['])
                && !name.contains(['=', '$', '<', '{', '`', ';'])
        }
        _ => false,
    }
}

fn linked(inside: &str) -> String {
    let (name, words) = match inside.split_once('|') {
        Some((name, words)) => (name.trim().trim_end_matches('\\'), Some(words.trim())),
        None => (inside.trim(), None),
    };
    let (file, place) = name.split_once('#').unwrap_or((name, ""));
    let place = place.rsplit('#').next().unwrap_or(place).trim_start_matches('^');
    let shown = match (words, file, place) {
        (Some(words), ..) if !words.is_empty() => words.to_owned(),
        (_, "", place) => escaped(place),
        (_, file, "") => escaped(file.rsplit('/').next().unwrap_or(file)),
        (_, file, place) => escaped(&format!("{file}, {place}")),
    };
    let mut address = if file.is_empty() {
        String::new()
    } else {
        post_address(file.trim_end_matches(".md"))
    };
    if !place.is_empty() {
        address.push('#');
        address.push_str(&place.replace(' ', "-"));
    }
    link(&shown, &address)
}

/// A picture, a file that moves or sounds, or a part of another post.
fn embedded(context: &Context<'_>, inside: &str, range: Range<usize>) -> Edit {
    let mut parts = inside.split('|').map(|it| it.trim().trim_end_matches('\\'));
    let file = parts.next().unwrap_or_default();
    let path = file.split('#').next().unwrap_or(file);
    if !is_file(path) {
        let words = linked(inside);
        return Edit::replace(range, words);
    }
    if ["mp4", "webm", "mov", "mkv", "mp3", "wav", "m4a", "ogg", "flac", "pdf", "3gp"]
        .iter()
        .any(|extension| path.to_lowercase().ends_with(extension))
    {
        let output = Output::at(context.text, &range, false);
        return Edit { parts: output.media("embed", "", path, ""), range };
    }
    let mut alt = String::new();
    let mut width = String::new();
    for part in parts {
        let size = part.split('x').next().unwrap_or(part);
        if !size.is_empty() && size.bytes().all(|b| b.is_ascii_digit()) {
            width = format!("{{width={size}}}");
        } else {
            alt = escaped(part);
        }
    }
    let address = path.replace(' ', "%20");
    Edit::replace(range, format!("![{alt}](<{address}>){width}"))
}

fn is_file(name: &str) -> bool {
    const EXTENSIONS: [&str; 22] = [
        "png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp", "tif", "tiff", "heic",
        "mp4", "webm", "mov", "mkv", "mp3", "wav", "m4a", "ogg", "flac", "pdf", "3gp",
    ];
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

/// `%%…%%`, in a line or over many.
fn comments(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    let mut at = 0;
    while let Some(next) = text[at..].find("%%") {
        let start = at + next;
        at = start + 2;
        if context.code.holds(start) {
            continue;
        }
        let Some(end) = text[at..].find("%%").map(|end| at + end + 2) else { return };
        edits.edits.push(Edit::replace(start..end, ""));
        at = end;
    }
}

/// `^name` at the end of a line: what a link leads to.
fn block_names(context: &Context<'_>, edits: &mut Edits) {
    for range in super::code::lines(context.text) {
        let line = context.text[range.clone()].trim_end();
        let Some(at) = line.rfind('^') else { continue };
        let name = &line[at + 1..];
        let before = &line[..at];
        let is_name = !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && (before.ends_with(' ') || before.is_empty());
        if is_name && !context.code.holds(range.start + at) {
            let place = range.start + at;
            let anchor = format!("<span id=\"{name}\"></span>");
            edits.edits.push(Edit::replace(place..place + 1 + name.len(), anchor));
        }
    }
}
