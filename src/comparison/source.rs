//! The words that a post shows, found without reading it as Markdown.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// A word of a post.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Its letters and digits, small.
    pub(super) bare: String,
    /// Where it is in the post's body.
    pub(super) range: Range<usize>,
}

/// What begins and ends what nobody is to see, or what is seen as something else: comments,
/// programs, calls of templates, attributes, tags, formulas.
const HIDDEN: [(&str, &str); 25] = [
    ("<!--", "-->"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<svg", "</svg>"),
    ("<math", "</math>"),
    ("{% comment %}", "{% endcomment %}"),
    ("{::comment}", "{:/comment}"),
    ("%%", "%%"),
    ("{%", "%}"),
    ("{{", "}}"),
    ("{:", "}"),
    ("{#", "}"),
    ("{.", "}"),
    ("{ .", "}"),
    ("{ #", "}"),
    ("$$", "$$"),
    ("\\[", "\\]"),
    ("\\(", "\\)"),
    ("\\begin{", "\\end{"),
    ("](", ")"),
    ("][", "]"),
    ("[^", "]"),
    ("[@", "]"),
    ("<?", "?>"),
    ("&", ";"),
];

/// The longest name or number of a character, in bytes.
const MAX_ENTITY_BYTES: usize = 12;

/// The words that a post's body shows.
pub(super) fn words(body: &str) -> Vec<Word> {
    let masked = masked(body);
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in masked.char_indices().chain(std::iter::once((masked.len(), ' '))) {
        let is_word = c.is_alphanumeric();
        match (start, is_word) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(word(&masked, from..at));
                start = None;
            }
            _ => {}
        }
        // Ideographs are words of one.
        if let Some(from) = start.filter(|_| is_ideograph(c)) {
            words.push(word(&masked, from..at + c.len_utf8()));
            start = None;
        }
    }
    words
}

fn word(text: &str, range: Range<usize>) -> Word {
    let letters = text[range.clone()].nfkc().filter(|c| c.is_alphanumeric());
    Word { bare: letters.flat_map(char::to_lowercase).collect(), range }
}

/// Whether a character is a word by itself, for it is written without spaces.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The body with spaces for what is hidden, as long as it was.
fn masked(body: &str) -> String {
    let mut masked = body.as_bytes().to_vec();
    let mut hide = |range: Range<usize>| {
        for byte in &mut masked[range] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    };
    let mut in_code = None;
    let mut skipped_to = 0;
    let mut line_start = 0;
    for line in body.split_inclusive('\n') {
        let (start, end) = (line_start, line_start + line.len());
        line_start = end;
        let text = line.trim_start_matches([' ', '\t', '>']);
        let indent = start + line.len() - text.len();
        let fence = fence(text);
        match in_code {
            Some(open) if fence == Some(open) => {
                in_code = None;
                hide(start..end);
                continue;
            }
            Some(_) => continue,
            None if fence.is_some() && start >= skipped_to => {
                in_code = fence;
                hide(start..end);
                continue;
            }
            None => {}
        }
        if start >= skipped_to && is_definition(text) {
            hide(indent..end);
            continue;
        }
        let mut at = start.max(skipped_to);
        while at < end {
            let hidden = hidden(body, at, end);
            if let Some(to) = hidden {
                hide(at..to);
                at = to;
                continue;
            }
            at += body[at..].chars().next().map_or(1, char::len_utf8);
        }
        skipped_to = skipped_to.max(at);
    }
    String::from_utf8(masked).unwrap_or_else(|_| body.to_owned())
}

/// The character and the number of a fence of code.
fn fence(line: &str) -> Option<(u8, usize)> {
    let first = *line.as_bytes().first().filter(|byte| b"`~".contains(byte))?;
    let count = line.bytes().take_while(|&byte| byte == first).count();
    (count >= 3).then_some((first, count))
}

/// Whether a line is but a definition of a link or an abbreviation, a container, or an import.
fn is_definition(line: &str) -> bool {
    let is_label = line.starts_with('[')
        && !line.starts_with("[^")
        && line.split_once("]:").is_some_and(|(label, _)| !label[1..].contains('['));
    is_label
        || line.starts_with("*[")
        || line.starts_with(":::")
        || line.starts_with("import ") && line.contains(" from ")
        || line.starts_with("export ")
}

/// Where what is hidden ends, if it begins here.
fn hidden(body: &str, at: usize, line_end: usize) -> Option<usize> {
    let rest = &body[at..];
    for (open, close) in HIDDEN {
        let is_here =
            rest.get(..open.len()).is_some_and(|it| it.eq_ignore_ascii_case(open));
        if !is_here {
            continue;
        }
        let within = &rest[open.len()..];
        let is_short = matches!(
            open,
            "&" | "[^" | "](" | "][" | "{:" | "{#" | "{." | "{ ." | "{ #" | "[@"
        );
        let limit = if is_short {
            line_end.saturating_sub(at + open.len())
        } else {
            within.len()
        };
        let mut limit = limit.min(within.len());
        if open == "&" {
            limit = limit.min(MAX_ENTITY_BYTES);
        }
        while !within.is_char_boundary(limit) {
            limit -= 1;
        }
        let found = match open {
            "](" => closing(&within[..limit]),
            "<svg" => svg_end(within),
            _ => within[..limit].find(close).map(|end| end + close.len()),
        };
        if let Some(end) = found {
            return Some(at + open.len() + end);
        }
    }
    match rest.as_bytes().first()? {
        b'<' if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => {
            let limit = rest.find("\n\n").unwrap_or(rest.len());
            rest[..limit].find('>').map(|to| at + to + 1)
        }
        b'$' => {
            let line = &body[at + 1..line_end];
            line.find('$').filter(|to| *to > 0).map(|to| at + to + 2)
        }
        b':' => {
            let name = rest[1..]
                .find(|c: char| !(c.is_ascii_lowercase() || "_+-0123456789".contains(c)));
            name.filter(|&to| to > 1 && rest[1 + to..].starts_with(':'))
                .map(|to| at + to + 2)
        }
        b'h' | b'w' if rest.starts_with("http") || rest.starts_with("www.") => {
            let to = rest
                .char_indices()
                .find(|(_, c)| c.is_whitespace() || "<>)]\"'".contains(*c));
            let to = to.map_or(rest.len(), |(to, _)| to);
            rest[..to].contains('.').then_some(at + to)
        }
        _ => None,
    }
}

/// Where a drawing ends that has begun; drawings stand in drawings.
fn svg_end(text: &str) -> Option<usize> {
    let mut depth = 1_usize;
    let mut at = 0;
    while depth > 0 {
        let end = at + text[at..].find("</svg>")?;
        depth += text[at..end].matches("<svg").count();
        depth -= 1;
        at = end + "</svg>".len();
    }
    Some(at)
}

/// Where the address of a link ends, behind its closing bracket; addresses may have brackets.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_what_is_not_shown() {
        let found = |body: &str| {
            words(body).into_iter().map(|word| word.bare).collect::<Vec<_>>().join(" ")
        };
        for (body, expected) in [
            (
                "The [quay](https://a.example/b_(c) \"title\") at *noon*",
                "the quay at noon",
            ),
            ("a<!-- b -->c <b class=\"d\">e</b> &amp; f", "a c e f"),
            ("```rust {.x}\nlet y;\n```\n\nz {% include a %} {{ b }}", "let y z"),
            ("[1]: https://a.example 'x'\n\nword[^note] :smile: $x_1$", "word"),
            ("see https://a.example/b and 人口", "see and 人 口"),
            ("## Head {#id .class}\n\n> quote", "head quote"),
            ("5 < 6 and R&D", "5 6 and r d"),
        ] {
            assert_eq!(found(body), expected, "{body}");
        }
    }
}
