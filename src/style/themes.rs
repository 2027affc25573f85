//! Themes: the stylesheets in the binary, which `styles` in `book.yaml` names.

/// The names of the themes; the first is that of books that name none, and beneath all others.
pub(crate) const THEMES: [&str; 4] = ["book", "modern", "large-print", "digest"];

/// The text of a theme, if there is one of this name.
pub(crate) fn theme(name: &str) -> Option<&'static str> {
    Some(match name {
        "book" => include_str!("../../styles/book.css"),
        "modern" => include_str!("../../styles/modern.css"),
        "large-print" => include_str!("../../styles/large-print.css"),
        "digest" => include_str!("../../styles/digest.css"),
        _ => return None,
    })
}
