//! Which words in brackets are the tag of a WordPress shortcode.

/// The names that are read; others are words in brackets.
const NAMES: [&str; 28] = [
    "caption",
    "wp_caption",
    "gallery",
    "embed",
    "code",
    "sourcecode",
    "youtube",
    "vimeo",
    "video",
    "audio",
    "playlist",
    "footnote",
    "footnotes",
    "ref",
    "efn_note",
    "mfn",
    "fn",
    "note",
    "quote",
    "pullquote",
    "soundcloud",
    "tweet",
    "instagram",
    "gist",
    "latex",
    "toc",
    "more",
    "highlight",
];

/// Whether what follows a bracket is the tag of a shortcode.
pub(super) fn is_tag(after: &str) -> bool {
    let inside = after.strip_prefix('/').unwrap_or(after);
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let (name, rest) = inside.split_at(end.unwrap_or(inside.len()));
    let known = NAMES.contains(&name) && rest.starts_with([' ', ']', '=', '/']);
    known || !name.is_empty() && has_attributes(rest)
}

/// Whether an attribute follows, its value in quotation marks, which no words in brackets have.
fn has_attributes(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix(' ') else { return false };
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"_-".contains(c));
    let (name, value) = rest.split_at(end.unwrap_or(rest.len()));
    !name.is_empty() && value.starts_with("=\"")
}
