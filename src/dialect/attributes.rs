//! Lists of attributes: `#id .class key="a value"`.

/// The first item of a list, a quoted value and all, and the others.
pub(crate) fn first_item(text: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, c) if c.is_whitespace() => return (&text[..at], &text[at..]),
            _ => {}
        }
    }
    (text, "")
}
