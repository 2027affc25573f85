//! Where code is in a text that is not yet Markdown: fences, indented blocks, spans, and HTML that is
//! read as it stands.

use std::collections::BTreeMap;
use std::ops::Range;

/// Ranges of code, in order.
#[derive(Debug, Default)]
pub(super) struct Code(Vec<Range<usize>>);

impl Code {
    /// Surveys a text.
    pub(super) fn of(text: &str) -> Self {
        let blocks = blocks(text);
        let mut ranges = Vec::new();
        let mut at = 0;
        for block in &blocks {
            within(text, at..block.start, true, &mut ranges);
            ranges.push(block.clone());
            at = block.end;
        }
        within(text, at..text.len(), true, &mut ranges);
        Self(ranges)
    }

    /// Surveys a page of HTML.
    pub(super) fn of_html(text: &str) -> Self {
        let mut ranges = Vec::new();
        within(text, 0..text.len(), false, &mut ranges);
        Self(ranges)
    }

    /// All of it, in order.
    pub(super) fn ranges(&self) -> &[Range<usize>] {
        &self.0
    }

    /// The code that a place is in.
    pub(super) fn at(&self, place: usize) -> Option<&Range<usize>> {
        let next = self.0.partition_point(|range| range.end <= place);
        self.0.get(next).filter(|range| range.start <= place)
    }

    /// Whether a place is in code.
    pub(super) fn holds(&self, place: usize) -> bool {
        self.at(place).is_some()
    }
}

/// The lines of a text, each with its end of line.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some(start..*at)
    })
}

/// How much of a line is looked at, in bytes: no call that anybody writes stands on a longer one.
const MAX_LINE_BYTES: usize = 4_000;

/// What follows a place on its line.
pub(super) fn rest_of_line(text: &str, place: usize) -> &str {
    let rest = &text[place..text.floor_char_boundary(place + MAX_LINE_BYTES)];
    rest.split('\n').next().unwrap_or_default()
}

/// What stands before a place on its line; none if that is too long.
pub(super) fn start_of_line(text: &str, place: usize) -> Option<&str> {
    let start = text.ceil_char_boundary(place.saturating_sub(MAX_LINE_BYTES)).min(place);
    match text[start..place].rfind('\n') {
        Some(at) => Some(&text[start + at + 1..place]),
        None => (start == 0).then(|| &text[..place]),
    }
}

/// What stands before the words of a line: indentation, and the marks of quotations.
pub(super) fn prefix(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t', '>']).len()]
}

/// The mark of a list's item that a text begins with, and the spaces after it.
pub(super) fn list_marker(text: &str) -> Option<&str> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let length = match text.as_bytes().get(digits)? {
        b'-' | b'*' | b'+' if digits == 0 => 1,
        b'.' | b')' if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    let spaces = text[length..].len() - text[length..].trim_start_matches(' ').len();
    let ends = spaces > 0 || text[length..].trim().is_empty();
    ends.then(|| &text[..length + spaces])
}

/// Blocks of code: between fences, or indented.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut fence: Option<Fence> = None;
    let (mut after_blank, mut nested, mut indented) = (true, false, false);
    for range in lines(text) {
        let line = &text[range.clone()];
        if let Some(open) = &fence {
            let ends = open.is_closed_by(line);
            let left = open.quoted && !line.trim_start().starts_with('>');
            if left || ends {
                let end = if left { range.start } else { range.end };
                blocks.push(open.start..end);
                fence = None;
                after_blank = false;
            }
            if !left {
                continue;
            }
        }
        if line.trim().is_empty() {
            after_blank = true;
            continue;
        }
        if let Some(open) = Fence::of(line, range.start) {
            fence = Some(open);
            indented = false;
            continue;
        }
        let is_indented = line.starts_with("    ") || line.starts_with('\t');
        if is_indented && !nested && (after_blank || indented) {
            match blocks.last_mut().filter(|_| indented) {
                Some(block) => block.end = range.end,
                None => blocks.push(range),
            }
            indented = true;
            after_blank = false;
            continue;
        }
        indented = false;
        if !is_indented {
            let opens = list_marker(line.trim_start()).is_some()
                || ["!!!", "???", "===", ":", "[^"].iter().any(|it| line.starts_with(it));
            nested = opens || nested && (!after_blank || line.starts_with(' '));
        }
        after_blank = false;
    }
    blocks.extend(fence.map(|open| open.start..text.len()));
    blocks
}

/// The opening of a fenced block.
struct Fence {
    start: usize,
    mark: char,
    length: usize,
    quoted: bool,
}

impl Fence {
    fn of(line: &str, start: usize) -> Option<Self> {
        let before = prefix(line);
        let mut rest = &line[before.len()..];
        while let Some(marker) = list_marker(rest) {
            rest = &rest[marker.len()..];
        }
        let mark = rest.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let info = rest.trim_start_matches(mark);
        let length = rest.len() - info.len();
        let is_fence = length >= 3 && !(mark == '`' && info.contains('`'));
        let start = start + line.len() - rest.len();
        is_fence.then(|| Self { start, mark, length, quoted: before.contains('>') })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let rest = line[prefix(line).len()..].trim_end();
        rest.len() >= self.length && rest.trim_start_matches(self.mark).is_empty()
    }
}

/// Elements of HTML whose text is no Markdown, and comments.
const VERBATIM: [(&str, &str); 6] = [
    ("<!--", "-->"),
    ("<pre", "</pre>"),
    ("<code", "</code>"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
];

/// Finds spans of code and verbatim HTML in a part of a text that is not a block of code.
fn within(
    text: &str,
    part: Range<usize>,
    is_markdown: bool,
    ranges: &mut Vec<Range<usize>>,
) {
    let bytes = text.as_bytes();
    let mut ends: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    let mut runs = Runs::default();
    let mut at = part.start;
    while at < part.end {
        match bytes[at] {
            b'\\' if is_markdown => at += 2,
            b'`' if is_markdown => {
                let length =
                    bytes[at..part.end].iter().take_while(|b| **b == b'`').count();
                match runs.close(text, at + length, length, part.end) {
                    Some(end) => {
                        ranges.push(at..end);
                        at = end;
                    }
                    None => at += length,
                }
            }
            b'<' => {
                let rest = &text[at..part.end];
                let verbatim = VERBATIM.iter().find(|(open, _)| {
                    let begins = rest
                        .get(..open.len())
                        .is_some_and(|it| it.eq_ignore_ascii_case(open));
                    let after = rest.as_bytes().get(open.len());
                    begins
                        && (*open == "<!--"
                            || !after.is_some_and(u8::is_ascii_alphanumeric))
                });
                let end = verbatim.and_then(|(open, close)| {
                    // A close that is not there behind one place is not there behind another.
                    let known = ends.entry(open).or_insert(Some(at));
                    if (*known)? < at + open.len() {
                        *known = text[at + open.len()..]
                            .find(close)
                            .map(|end| at + open.len() + end + close.len());
                    }
                    *known
                });
                match end {
                    Some(end) => {
                        ranges.push(at..end.min(part.end));
                        at = end;
                    }
                    None => at += 1,
                }
            }
            _ => at += 1,
        }
    }
}

/// The runs of backticks in one paragraph.
#[derive(Default)]
struct Runs {
    paragraph: Range<usize>,
    by_length: BTreeMap<usize, Vec<usize>>,
}

impl Runs {
    /// One past the run that closes a span: the next of the same length in its paragraph.
    fn close(
        &mut self,
        text: &str,
        from: usize,
        length: usize,
        limit: usize,
    ) -> Option<usize> {
        if !self.paragraph.contains(&from) {
            let rest = &text[from..limit];
            let end = rest.find("\n\n").or_else(|| rest.find("\n\r\n"));
            self.paragraph = from..from + end.unwrap_or(rest.len());
            self.by_length.clear();
            let bytes = &text.as_bytes()[self.paragraph.clone()];
            let mut at = 0;
            while at < bytes.len() {
                let run = bytes[at..].iter().take_while(|b| **b == b'`').count();
                if run > 0 {
                    self.by_length.entry(run).or_default().push(from + at);
                }
                at += run.max(1);
            }
        }
        let runs = self.by_length.get(&length)?;
        let next = runs.partition_point(|run| *run < from);
        runs.get(next).map(|run| run + length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        Code::of(text).0.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn code_is_found_in_each_of_its_forms() {
        assert_eq!(found("a `b` ``c ` d`` e `f"), ["`b`", "``c ` d``"]);
        assert_eq!(found("a\n\n```js\nb\n```\nc\n"), ["```js\nb\n```\n"]);
        assert_eq!(found("- ~~~\n  b\n  ~~~\n"), ["~~~\n  b\n  ~~~\n"]);
        assert_eq!(found("> ```\n> b\n\nc `d`"), ["```\n> b\n", "`d`"]);
        assert_eq!(found("a\n\n    b\n\n    c\n\nd"), ["    b\n\n    c\n"]);
        assert_eq!(found("- a\n\n    b\n"), [""; 0]);
        assert_eq!(
            found("a <!-- `b` --> <pre>c</pre>"),
            ["<!-- `b` -->", "<pre>c</pre>"]
        );
        assert_eq!(found("\\`a` b"), [""; 0]);
        assert_eq!(found("é\\"), [""; 0]);
    }
}
