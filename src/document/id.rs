//! Names of places.

/// The beginnings of names that the book gives out itself.
const RESERVED: [&str; 3] = ["ref-", "note-", "page-"];

/// The name of a heading's words, as GitHub makes it: small letters, digits, hyphens for spaces.
pub(crate) fn slug(words: &str) -> String {
    let letter = |c: char| match c {
        c if c.is_whitespace() => Some('-'),
        c if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c),
        _ => None,
    };
    words.trim().to_lowercase().chars().filter_map(letter).collect()
}

/// The name under which a place is known that the post calls `id`: without the characters that
/// XML has no place for in a name, and none of those that the book gives out itself.
pub(crate) fn valid_id(id: &str) -> String {
    let letter = |c: char| match c {
        c if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') => Some(c),
        c if c.is_whitespace() || c == ':' => Some('-'),
        _ => None,
    };
    let name: String = id.trim().chars().filter_map(letter).collect();
    let begins = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let reserved = RESERVED.iter().any(|prefix| name.to_lowercase().starts_with(prefix));
    if begins && !reserved { name } else { format!("id-{name}") }
}
