//! Titles in headers. Most blogs print them as they stand, some read them as Markdown.
//!
//! So what looks like markup is text, unless it is a closed pair of inline elements or clean
//! emphasis: a title about `<script>`, `__init__` or `2*3*4` says just that.

/// Elements that may stand in a title, if they are closed.
const ELEMENTS: [&str; 27] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "mark", "q", "ruby", "s", "samp", "small", "span", "strong",
    "sub", "sup", "u", "var",
];

/// How far an end tag may be from its start tag, in bytes.
const FARTHEST: usize = 500;

/// The Markdown of a title: what is no markup is escaped.
pub(super) fn escaped(title: &str) -> String {
    let mut escaped = String::with_capacity(title.len());
    // Where the end tags stand that belong to a start tag.
    let mut ends: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(c) = title[at..].chars().next() {
        let rest = &title[at..];
        let length = match c {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '`' => code(rest),
            '$' => formula(rest),
            '<' if is_address(rest) || ends.contains(&at) => 1,
            '<' => match pair(rest) {
                Some(end) => {
                    ends.push(at + end);
                    1
                }
                None => {
                    escaped.push('\\');
                    1
                }
            },
            '*' | '_' => {
                let run = rest.len() - rest.trim_start_matches(c).len();
                if is_text(title, at, run) {
                    escaped.extend(std::iter::repeat_n(['\\', c], run).flatten());
                    at += run;
                    continue;
                }
                run
            }
            _ => c.len_utf8(),
        };
        escaped.push_str(&rest[..length]);
        at += length;
    }
    escaped
}

/// How long the code is that a text begins with; its backquotes alone, if it is none.
fn code(text: &str) -> usize {
    let inside = text.trim_start_matches('`');
    let ticks = &text[..text.len() - inside.len()];
    let mut from = 0;
    while let Some(found) = inside[from..].find(ticks) {
        let end = from + found + ticks.len();
        if !inside[end..].starts_with('`') {
            return ticks.len() + end;
        }
        from = end + inside[end..].len() - inside[end..].trim_start_matches('`').len();
    }
    ticks.len()
}

/// How long the formula is that a text begins with; its dollar alone, if it is none.
fn formula(text: &str) -> usize {
    let inside = &text[1..];
    let Some(length) = inside.find('$') else { return 1 };
    let source = &inside[..length];
    let tight = !source.starts_with(' ') && !source.ends_with(' ') && !source.is_empty();
    let after = inside[length + 1..].chars().next();
    if tight && super::math::is_plausible(source, after) { length + 2 } else { 1 }
}

/// Whether a text begins with an address between angle brackets.
fn is_address(text: &str) -> bool {
    ["<http://", "<https://", "<mailto:"].iter().any(|scheme| text.starts_with(scheme))
}

/// Where the end tag stands of the element whose start tag a text begins with.
fn pair(text: &str) -> Option<usize> {
    let close = text.find('>')?;
    let tag = &text[1..close];
    let name = tag.split(char::is_whitespace).next()?.to_ascii_lowercase();
    let links = name != "a" || tag.contains("href");
    if !ELEMENTS.contains(&name.as_str()) || !links || tag.contains('<') {
        return None;
    }
    let within =
        text.get(..text.len().min(FARTHEST)).unwrap_or(text).to_ascii_lowercase();
    let end = within.find(&format!("</{name}>"))?;
    (!within[close + 1..end].trim().is_empty()).then_some(end)
}

/// Whether a run of stars or lines is text: within a word, for stars too (CommonMark 6.2 has it so
/// of lines alone), or around a name of a program, `__init__`.
fn is_text(title: &str, at: usize, run: usize) -> bool {
    let before = title[..at].chars().next_back();
    let after = title[at + run..].chars().next();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    letter(before) && letter(after) || run == 2 && is_name(title, at)
}

/// Whether the two lines at a place stand around a name in small letters.
fn is_name(title: &str, at: usize) -> bool {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let start = title[..at].trim_end_matches(is_part).len();
    let end = title.len() - title[at..].trim_start_matches(is_part).len();
    let name = &title[start..end];
    let inside = name.strip_prefix("__").and_then(|name| name.strip_suffix("__"));
    inside.is_some_and(|inside| !inside.is_empty() && !inside.starts_with('_'))
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_is_no_markup_is_escaped() {
        for title in [
            "_Two_ and *one*",
            "<em>Closed</em> and `<b>`",
            "An <a href=\"/x\">address</a>",
            "$a_1 * b*c$ or $5",
            "**Strong** and __Strong words__",
            "\\<b\\>",
            "<https://a.example/>",
        ] {
            assert_eq!(escaped(title), title);
        }
        for (title, text) in [
            ("A <!-- b -->", "A \\<!-- b -->"),
            ("<a> and </a>", "\\<a> and \\</a>"),
            ("The <b> tag, <br>", "The \\<b> tag, \\<br>"),
            ("<b></b>", "\\<b>\\</b>"),
            ("__init__", "\\_\\_init\\_\\_"),
            ("2*3*4", "2\\*3\\*4"),
        ] {
            assert_eq!(escaped(title), text);
        }
    }
}
