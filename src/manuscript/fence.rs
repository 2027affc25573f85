//! Where a post's header ends and its body begins.

use std::ops::Range;

use crate::config::value::{Entry, Kind, Malformed, Value};
use crate::config::{toml, yaml};
use crate::source::{FileId, Span};

/// A post in two.
pub(super) struct Split {
    /// What the header says; empty if there is none.
    pub(super) header: Value,
    /// The first byte of the body.
    pub(super) body: usize,
    /// What is wrong with the header. `header` then holds what could be had all the same.
    pub(super) malformed: Option<Malformed>,
}

/// Keys with which a header without fences may begin. Any word before a colon will not do:
/// `Note: …` is how a post may well begin.
const FIRST_KEYS: &[&str] = &[
    "author",
    "authors",
    "categories",
    "category",
    "date",
    "draft",
    "lang",
    "language",
    "layout",
    "modified",
    "permalink",
    "published",
    "slug",
    "status",
    "subtitle",
    "summary",
    "tag",
    "tags",
    "title",
];

/// Splits a post's text.
pub(super) fn split(text: &str, file: FileId) -> Split {
    // A byte order mark and blank lines before the fence are an editor's doing.
    let start = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r']).len();
    let start = behind_comments(text, start);
    let first = lines(text, start).next().unwrap_or(start..start);
    match text[first.clone()].trim_end() {
        line if is_yaml(line) => fenced(text, first, &["---", "..."], |inner, offset| {
            read_yaml(inner, file, offset)
        })
        .filter(|split| {
            split.malformed.is_none() || !is_swallowed(&text[start..split.body])
        }),
        "---toml" | "--- toml" => {
            fenced(text, first, &["---", "+++"], |inner, offset| {
                toml::parse(inner, file, offset)
            })
        }
        "+++" | "+++toml" => fenced(text, first, &["+++"], |inner, offset| {
            toml::parse(inner, file, offset)
        }),
        line if line.starts_with('{') => json(text, start, file),
        line if line.starts_with("% ") => title_block(text, start, file),
        _ => half_fenced(text, start, file).or_else(|| plain(text, start, file)),
    }
    .unwrap_or_else(|| unfenced(text, start, file))
}

/// Whether a line opens a header in YAML: `---`, or with the language or a remark after it.
fn is_yaml(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| {
        let rest = rest.trim();
        matches!(rest, "" | "yaml" | "yml" | "json") || rest.starts_with('#')
    })
}

fn read_yaml(text: &str, file: FileId, offset: usize) -> (Value, Option<Malformed>) {
    match yaml::parse(text, file, offset) {
        Ok(value) => (value, None),
        Err(malformed) => (salvage(text, file, offset), Some(malformed)),
    }
}

/// The fence that stands behind comments of HTML, if one does; else the place itself.
fn behind_comments(text: &str, start: usize) -> usize {
    let mut at = start;
    while let Some(comment) = text[at..].strip_prefix("<!--") {
        let Some(end) = comment.find("-->") else { return start };
        let after = &comment[end + "-->".len()..];
        at = text.len() - after.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }
    let first = text[at..].lines().next().unwrap_or_default().trim_end();
    if is_yaml(first) || first == "+++" { at } else { start }
}

/// Whether what passes for a header has taken text into itself, up to a rule across the page:
/// behind a blank line stands one that no header has.
fn is_swallowed(header: &str) -> bool {
    let behind = header.lines().skip(1).skip_while(|line| !line.trim().is_empty());
    let mut lines = behind.filter(|line| !line.trim().is_empty());
    lines.any(|line| {
        let key = line.split_once(':').is_some_and(|(key, _)| !key.contains(' '));
        !key && !line.starts_with([' ', '\t', '-', '#', '.', ']', '}'])
    })
}

/// A post without a header, or with one that is opened and never closed.
fn unfenced(text: &str, start: usize, file: FileId) -> Split {
    let mut ahead = lines(text, start);
    let fence = ahead.next().unwrap_or(start..start);
    let first = text[fence.clone()].trim_end();
    let header = Value { span: Span::new(file, start..start), kind: Kind::Null };
    // `---` alone may be a rule across the page: only keys below it make it a fence.
    let next = ahead.next().map_or("", |line| &text[line]);
    let is_fence = (is_yaml(first) || first == "+++") && next.contains([':', '=']);
    if !is_fence {
        return Split { header, body: start, malformed: None };
    }
    let malformed = Malformed {
        span: Span::new(file, fence.start..fence.start + 3),
        message: "it is never closed".to_owned(),
        hint: Some("close it with a line that is the same as its first"),
    };
    // It ends with the first blank line; what stands before that has to be lines of a header.
    let blank = lines(text, fence.end).find(|line| text[line.clone()].trim().is_empty());
    let (end, body) =
        blank.map_or((text.len(), text.len()), |line| (line.start, line.end));
    let inner = &text[fence.end..end];
    let (value, _) = match first {
        "+++" => toml::parse(inner, file, fence.end),
        _ => read_yaml(inner, file, fence.end),
    };
    let is_header = FIRST_KEYS.iter().any(|key| value.get(key).is_some());
    if is_header {
        Split { header: value, body, malformed: Some(malformed) }
    } else {
        Split { header, body: start, malformed: Some(malformed) }
    }
}

/// A header between two fences, if there are two.
fn fenced(
    text: &str,
    fence: Range<usize>,
    closings: &[&str],
    parse: impl FnOnce(&str, usize) -> (Value, Option<Malformed>),
) -> Option<Split> {
    let inner = fence.end;
    let close = lines(text, inner)
        .find(|line| closings.contains(&text[line.clone()].trim_end()))?;
    let (header, mut malformed) = parse(&text[inner..close.start], inner);
    if malformed.is_none() && matches!(header.kind, Kind::Scalar(_) | Kind::List(_)) {
        malformed = Some(Malformed {
            span: header.span,
            message: "there are no keys in it".to_owned(),
            hint: Some("a header is lines such as `title: …`"),
        });
    }
    Some(Split { header, body: close.end, malformed })
}

/// A header in braces, if the text begins with one.
fn json(text: &str, start: usize, file: FileId) -> Option<Split> {
    let end = start + object_end(&text[start..])?;
    let rest = lines(text, end).next().unwrap_or(end..end);
    // `{{< shortcode >}}` and `{% include %}` are no headers either.
    let inside = text[start + 1..].trim_start();
    if !inside.starts_with(['"', '}']) || !text[rest.clone()].trim().is_empty() {
        return None;
    }
    let (header, malformed) = match yaml::parse(&text[start..end], file, start) {
        Ok(header) => (header, None),
        Err(malformed) => {
            let span = Span::new(file, start..end);
            (Value { span, kind: Kind::Null }, Some(malformed))
        }
    };
    Some(Split { header, body: rest.end, malformed })
}

/// One past the brace that closes the first.
fn object_end(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// A header in YAML with the closing fence alone, as Hexo has it.
fn half_fenced(text: &str, start: usize, file: FileId) -> Option<Split> {
    let first = &text[lines(text, start).next()?];
    let key = key_line(first.trim_end(), start, file)?.key;
    if !FIRST_KEYS.contains(&key.as_str()) {
        return None;
    }
    let mut ahead = lines(text, start);
    let close = ahead.find(|line| {
        let line = text[line.clone()].trim_end();
        line.is_empty() || line == "---" || line == ";;;"
    })?;
    if text[close.clone()].trim().is_empty() {
        return None;
    }
    let header = yaml::parse(&text[start..close.start], file, start).ok()?;
    let has_keys = matches!(header.kind, Kind::Map(_));
    has_keys.then_some(Split { header, body: close.end, malformed: None })
}

/// Pandoc's title block: `% title`, `% authors`, `% date`.
fn title_block(text: &str, start: usize, file: FileId) -> Option<Split> {
    const KEYS: [&str; 3] = ["title", "author", "date"];
    let mut entries: Vec<Entry> = Vec::new();
    let mut body = start;
    for line in lines(text, start) {
        let content = text[line.clone()].trim_end();
        let Some(words) = content.strip_prefix('%') else { break };
        let Some(key) = KEYS.get(entries.len()) else { break };
        let kind = match words.trim() {
            "" => Kind::Null,
            words => Kind::Scalar(words.to_owned()),
        };
        let span = Span::new(file, line.start..line.start + content.len());
        let value = Value { span, kind };
        entries.push(Entry { key: (*key).to_owned(), span, value });
        body = line.end;
    }
    let span = Span::new(file, start..body);
    let header = Value { span, kind: Kind::Map(entries) };
    Some(Split { header, body, malformed: None })
}

/// A header of `Key: value` lines up to a blank one, in the manner of `MultiMarkdown`.
fn plain(text: &str, start: usize, file: FileId) -> Option<Split> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut body = text.len();
    for line in lines(text, start) {
        let content = text[line.clone()].trim_end();
        if content.is_empty() {
            body = line.end;
            break;
        }
        if content.starts_with([' ', '\t']) {
            if let Kind::Scalar(value) = &mut entries.last_mut()?.value.kind {
                value.push(' ');
                value.push_str(content.trim());
            }
            continue;
        }
        let entry = key_line(content, line.start, file)?;
        if entries.is_empty() && !FIRST_KEYS.contains(&entry.key.as_str()) {
            return None;
        }
        entries.push(entry);
    }
    if entries.is_empty() {
        return None;
    }
    let span = Span::new(file, start..body);
    let header = Value { span, kind: Kind::Map(entries) };
    Some(Split { header, body, malformed: None })
}

/// What can be had from YAML that is broken somewhere: each entry read for itself, and a value
/// that cannot be read taken as it stands.
fn salvage(text: &str, file: FileId, offset: usize) -> Value {
    let begins_entry = |line: &Range<usize>| {
        let line = &text[line.clone()];
        line.starts_with(|c: char| c.is_alphanumeric() || c == '"') && line.contains(':')
    };
    let starts: Vec<usize> =
        lines(text, 0).filter(begins_entry).map(|line| line.start).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut entries: Vec<Entry> = Vec::new();
    for (start, end) in starts.iter().copied().zip(ends) {
        match yaml::parse(&text[start..end], file, offset + start) {
            Ok(Value { kind: Kind::Map(found), .. }) => entries.extend(found),
            _ => {
                let line = text[start..end].lines().next().unwrap_or_default();
                let mut entry = key_line(line, offset + start, file);
                if let Some(Kind::Scalar(text)) =
                    entry.as_mut().map(|e| &mut e.value.kind)
                {
                    // A bracket or a quotation mark that has lost its partner.
                    *text = text.trim_matches(['[', ']', '"', '\'', ' ']).to_owned();
                }
                entries.extend(entry);
            }
        }
    }
    let span = Span::new(file, offset..offset + text.len());
    Value { span, kind: Kind::Map(entries) }
}

/// A line `Key: value` that begins at byte `start`.
fn key_line(line: &str, start: usize, file: FileId) -> Option<Entry> {
    let (key, value) = line.split_once(':')?;
    let is_key = key.starts_with(char::is_alphabetic)
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    if !is_key {
        return None;
    }
    let at = start + key.len() + 1 + (value.len() - value.trim_start().len());
    let value = value.trim();
    let kind = if value.is_empty() { Kind::Null } else { Kind::Scalar(value.to_owned()) };
    Some(Entry {
        key: key.trim().to_lowercase(),
        span: Span::new(file, start..start + key.len()),
        value: Value { span: Span::new(file, at..at + value.len()), kind },
    })
}

/// The lines of a text from byte `start`, each with its end of line.
fn lines(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    text[start..].split_inclusive('\n').scan(start, |at, line| {
        let start = *at;
        *at += line.len();
        Some(start..*at)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::Sources;

    fn parts(text: &str) -> (Split, &str) {
        let split = split(text, Sources::default().add("x.md", text));
        let body = &text[split.body..];
        (split, body)
    }

    fn title(text: &str) -> Option<String> {
        let (split, _) = parts(text);
        split.header.get("title").and_then(|title| title.text().map(str::to_owned))
    }

    #[test]
    fn every_form_of_header_is_read() {
        for text in [
            "---\ntitle: T\n---\nBody\n",
            "\u{feff}---\r\ntitle: T\r\n---\r\nBody\n",
            "\n---\nTitle: T\n...\nBody\n",
            "+++\ntitle = \"T\"\n+++\nBody\n",
            "{\n  \"title\": \"T\",\n  \"x\": \"}\"\n}\nBody\n",
            "Title: T\nTags: a,\n  b\n\nBody\n",
        ] {
            assert_eq!(title(text).as_deref(), Some("T"), "{text:?}");
            assert_eq!(parts(text).1, "Body\n", "{text:?}");
        }
    }

    #[test]
    fn prose_is_no_header() {
        for text in [
            "Note: this is prose.\n\nMore.\n",
            "---\n\nAfter a rule.\n",
            "{{< figure >}}\nText\n",
            "Title: T\nand so it goes\n\nMore.\n",
            "",
            "{",
        ] {
            let (split, body) = parts(text);
            assert_eq!(split.header.kind, Kind::Null, "{text:?}");
            assert_eq!(body, text);
            assert!(split.malformed.is_none(), "{text:?}");
        }
    }

    #[test]
    fn a_broken_header_gives_what_it_can() {
        let text = "---\ntitle: Seoul: a walk\ntags: [Korea\ndraft: no\n---\nBody\n";
        let (split, body) = parts(text);
        assert!(split.malformed.is_some());
        assert_eq!(split.header.get("title").unwrap().text(), Some("Seoul: a walk"));
        assert_eq!(split.header.get("tags").unwrap().text(), Some("Korea"));
        assert_eq!(split.header.get("draft").unwrap().flag(), Some(false));
        assert_eq!(body, "Body\n");
    }

    #[test]
    fn a_header_that_is_never_closed_is_told() {
        let (split, _) = parts("---\ntitle: T\n\nBody\n");
        assert!(split.malformed.unwrap().message.contains("never closed"));
        for text in [
            "---\ntitle: T\n\nBody\n",
            "---\ntitle: T\ntags: [a\n\nBody\n",
            "---\ntitle: T\n\nBody\n\nof a post\n\n---\n\nand more.\n",
            "+++\ntitle = \"T\"\n\nBody\n",
        ] {
            assert_eq!(title(text).as_deref(), Some("T"), "{text:?}");
            assert!(parts(text).1.starts_with("Body\n"), "{text:?}");
        }
    }

    #[test]
    fn a_header_may_say_what_it_is_and_stand_behind_a_comment() {
        for text in [
            "---yaml\ntitle: T\n---\nBody\n",
            "--- # A remark\ntitle: T\n---\nBody\n",
            "---toml\ntitle = \"T\"\n---\nBody\n",
            "<!-- A remark -->\n\n---\ntitle: T\n\ndate: 2024-03-01\n---\nBody\n",
        ] {
            let (split, body) = parts(text);
            assert!(split.malformed.is_none(), "{text:?}");
            assert_eq!(title(text).as_deref(), Some("T"), "{text:?}");
            assert_eq!(body, "Body\n", "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn splitting_never_panics(
            text in r#"(---|\+\+\+|\{|title:|&a|\*a|[-:="\[\]{}|>!~ö \r\n\t]|[a-z0-9]){0,60}"#,
        ) {
            let (split, _) = parts(&text);
            prop_assert!(split.body <= text.len());
        }
    }
}
