//! Titles that no header gives.

use std::ops::Range;

/// A heading that opens a post's body. All ranges are of the body.
pub(super) struct Heading {
    /// Its text, which may hold Markdown.
    pub(super) text: Range<usize>,
    /// One past its last byte, the end of its line included.
    pub(super) end: usize,
}

/// The `#` heading (or one underlined with `=`) with which the body begins. One that comes
/// later is a section's, and stays where it is.
pub(super) fn heading(body: &str) -> Option<Heading> {
    let start = skip_comments(body);
    let line = body[start..].split_inclusive('\n').next()?;
    let indent = line.len() - line.trim_start_matches(' ').len();
    if indent > 3 {
        return None;
    }
    let end = start + line.len();
    if let Some(text) = line[indent..].strip_prefix('#') {
        // CommonMark 4.2: `#hashtag` is no heading, and closing `#`s stand after a space.
        if !text.starts_with([' ', '\t']) {
            return None;
        }
        let mut text = text.trim();
        let unclosed = text.trim_end_matches('#');
        if unclosed.is_empty() || unclosed.ends_with([' ', '\t']) {
            text = unclosed.trim_end();
        }
        return found(body, without_attributes(text), end);
    }
    let underline = body[end..].split_inclusive('\n').next()?;
    let is_underline = underline.starts_with('=')
        && underline.trim_end().trim_end_matches('=').is_empty();
    let text = line.trim();
    let is_paragraph = !text.starts_with(['>', '-', '*', '+', '<', '|']);
    if is_underline && is_paragraph {
        return found(body, without_attributes(text), end + underline.len());
    }
    None
}

/// A title from a file's name: `a-walk_in-seoul` is `A walk in seoul`.
pub(crate) fn from_name(name: &str) -> String {
    let words: Vec<&str> =
        name.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect();
    let text = words.join(" ");
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Untitled".to_owned(),
    }
}

/// Whether two titles say the same, signs, marks of notes and letter case aside.
pub(super) fn same(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> Vec<char> {
        without_marks(text)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    letters(one) == letters(other)
}

/// Whether a title has marks of footnotes: `[^1]`.
pub(super) fn has_marks(title: &str) -> bool {
    without_marks(title).len() < title.len()
}

fn without_marks(title: &str) -> String {
    let mut plain = String::with_capacity(title.len());
    let mut rest = title;
    while let Some((before, after)) = rest.split_once("[^") {
        plain.push_str(before);
        match after.split_once(']') {
            Some((label, after)) if !label.is_empty() && !label.contains(' ') => {
                rest = after
            }
            _ => {
                plain.push_str("[^");
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn found(body: &str, text: &str, end: usize) -> Option<Heading> {
    let start = text.as_ptr().addr() - body.as_ptr().addr();
    (!text.is_empty()).then(|| Heading { text: start..start + text.len(), end })
}

/// Takes `{#id .class}` off the end.
fn without_attributes(text: &str) -> &str {
    match text.rfind(" {") {
        Some(at) if text.ends_with('}') && text[at + 2..].starts_with(['#', '.']) => {
            text[..at].trim_end()
        }
        _ => text,
    }
}

/// The first byte that is neither white space nor in an HTML comment.
fn skip_comments(body: &str) -> usize {
    let mut at = 0;
    loop {
        // Only whole blank lines: the indent of the first line that is not blank matters.
        let blank = body[at..].len() - body[at..].trim_start().len();
        at += body[at..at + blank].rfind('\n').map_or(0, |newline| newline + 1);
        let Some(comment) = body[at..].strip_prefix("<!--") else { return at };
        let Some(end) = comment.find("-->") else { return at };
        at += "<!--".len() + end + "-->".len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(body: &str) -> Option<(&str, &str)> {
        let heading = heading(body)?;
        Some((&body[heading.text], &body[heading.end..]))
    }

    #[test]
    fn the_heading_that_opens_a_post_is_its_title() {
        for body in [
            "# A *walk*\nText",
            "\n\n<!-- x -->\n# A *walk* ##\nText",
            "  #\tA *walk* {#walk}\nText",
            "A *walk*\n======\nText",
            "# A *walk*\r\nText",
        ] {
            assert_eq!(title(body), Some(("A *walk*", "Text")), "{body:?}");
        }
    }

    #[test]
    fn other_things_are_not() {
        for body in [
            "#hashtag",
            "## Two",
            "Text\n\n# Later",
            "    # code",
            "#",
            "# #",
            "",
            "> q\n==",
            "<!--",
        ] {
            assert_eq!(title(body), None, "{body:?}");
        }
    }

    #[test]
    fn names_become_titles() {
        assert_eq!(from_name("a-walk_in-seoul"), "A walk in seoul");
        assert_eq!(from_name("--"), "Untitled");
    }
}
