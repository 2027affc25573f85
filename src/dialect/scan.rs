//! The tags of calls in a text, and which of them belong together.

use std::collections::BTreeMap;
use std::ops::Range;

use super::code::Code;
use crate::config::Generator;

/// Between which marks a tag stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// `{% … %}`: Liquid, Nunjucks, Zola.
    Tag,
    /// `{{ … }}`: a value, or in Zola a call.
    Output,
    /// `{{< … >}}`: Hugo, Quarto.
    Angle,
    /// `{{% … %}}`: Hugo.
    Percent,
    /// `[…]`: WordPress.
    Bracket,
    /// `<…>` with a capital: a component of MDX.
    Component,
}

impl Mark {
    /// What stands around the words of a tag.
    pub(super) fn around(self) -> (&'static str, &'static str) {
        match self {
            Self::Tag => ("{%", "%}"),
            Self::Output => ("{{", "}}"),
            Self::Angle => ("{{<", ">}}"),
            Self::Percent => ("{{%", "%}}"),
            Self::Bracket => ("[", "]"),
            Self::Component => ("<", ">"),
        }
    }

    /// Whether a generator reads such tags in a post.
    fn is_read_by(self, generator: Generator) -> bool {
        use Generator::{Eleventy, Hexo, Hugo, Jekyll, Quarto, Unknown, Zola};
        match self {
            Self::Tag | Self::Output => {
                matches!(generator, Jekyll | Eleventy | Hexo | Zola | Unknown)
            }
            Self::Angle => matches!(generator, Hugo | Quarto | Unknown),
            Self::Percent => matches!(generator, Hugo | Unknown),
            Self::Component => true,
            Self::Bracket => !matches!(generator, Zola | Generator::Plain),
        }
    }
}

/// One tag.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    pub(super) mark: Mark,
    /// All of it.
    pub(super) range: Range<usize>,
    /// Its first word, without `/` and `end`.
    pub(super) name: &'t str,
    /// What follows that.
    pub(super) rest: &'t str,
    /// Whether it ends what another began.
    pub(super) is_end: bool,
    /// Whether it says of itself that it wraps nothing: `/>`.
    pub(super) is_closed: bool,
    pub(super) in_code: bool,
}

/// A part of the text that is no call.
#[derive(Debug)]
pub(super) enum Escape {
    /// Tags that are taken away, and what stands between them stays as it is.
    Raw { open: Range<usize>, close: Range<usize> },
    /// All of it is taken away.
    Comment(Range<usize>),
    /// A call that is shown and not made: the marks of a comment in it are taken away.
    Shown { open: Range<usize>, close: Range<usize> },
}

/// What was found in a text.
#[derive(Debug, Default)]
pub(super) struct Scan<'t> {
    pub(super) tokens: Vec<Token<'t>>,
    pub(super) escapes: Vec<Escape>,
}

/// The names of tags whose words are no Markdown, and hold no tags.
pub(super) const VERBATIM: [&str; 12] = [
    "highlight",
    "codeblock",
    "code",
    "prism",
    "math",
    "katex",
    "mermaid",
    "sourcecode",
    "syntax",
    "console",
    "shell",
    "diagram",
];

/// No tag that anybody writes is longer, in bytes.
const MAX_TAG_BYTES: usize = 4_000;

/// Finds the tags of a text.
pub(super) fn scan<'t>(
    text: &'t str,
    code: &Code,
    generator: Generator,
    has_components: bool,
) -> Scan<'t> {
    let mut scan = Scan::default();
    let bytes = text.as_bytes();
    let mut ends = Ends::default();
    let mut at = 0;
    while let Some(next) = text[at..].find(['{', '[', '<']) {
        at += next;
        let rest = &text[at..];
        let mark = match bytes.get(at + 1) {
            Some(b'{') if bytes[at] == b'{' => match bytes.get(at + 2) {
                Some(b'<') => Mark::Angle,
                Some(b'%') => Mark::Percent,
                Some(b'{') => {
                    at += 1;
                    continue;
                }
                _ => Mark::Output,
            },
            Some(b'%') if bytes[at] == b'{' => Mark::Tag,
            Some(b'#') if rest.starts_with("{# ") && nunjucks(generator) => {
                let end = ends.find(text, at, "#}");
                if let Some(end) = end.filter(|_| !code.holds(at)) {
                    scan.escapes.push(Escape::Comment(at..end));
                    at = end;
                } else {
                    at += 1;
                }
                continue;
            }
            _ if bytes[at] == b'[' && super::brackets::is_tag(&rest[1..]) => {
                Mark::Bracket
            }
            _ if has_components && is_component(rest) => Mark::Component,
            _ => {
                at += 1;
                continue;
            }
        };
        let escaped = at > 0 && bytes[at - 1] == b'\\';
        let token = (mark.is_read_by(generator) && !escaped)
            .then(|| token(text, at, mark, code.holds(at)))
            .flatten();
        let Some(token) = token else {
            at += 1;
            continue;
        };
        at = scan.take(text, token, &mut ends);
    }
    scan
}

/// Whether a tag begins here whose name has a capital.
fn is_component(rest: &str) -> bool {
    let name = rest.strip_prefix('<').map(|rest| rest.strip_prefix('/').unwrap_or(rest));
    name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
}

fn nunjucks(generator: Generator) -> bool {
    use Generator::{Eleventy, Hexo, Unknown, Zola};
    matches!(generator, Eleventy | Hexo | Zola | Unknown)
}

impl<'t> Scan<'t> {
    /// Takes a tag in, and says where to go on.
    fn take(&mut self, text: &'t str, token: Token<'t>, ends: &mut Ends) -> usize {
        let Range { start, end } = token.range;
        let inner = inner(&text[start..end], token.mark);
        if let Some(shown) = inner.strip_prefix("/*").and_then(|it| it.strip_suffix("*/"))
        {
            let from = start + token.mark.around().0.len();
            let from = from + text[from..end].find("/*").unwrap_or_default();
            let to = from + "/*".len() + shown.len();
            let (open, close) = (from..from + "/*".len(), to..to + "*/".len());
            self.escapes.push(Escape::Shown { open, close });
            return end;
        }
        if token.is_end || token.is_closed {
            self.tokens.push(token);
            return end;
        }
        let name = token.name;
        let closing = |name: &str| match token.mark {
            Mark::Tag => format!("end{name}"),
            _ => format!("/{name}"),
        };
        match (token.mark, name) {
            (Mark::Tag, "raw" | "comment" | "verbatim") => {
                let Some(close) = ends.tag(text, end, Mark::Tag, &closing(name)) else {
                    self.tokens.push(token);
                    return end;
                };
                let after = close.end;
                self.escapes.push(if name == "comment" {
                    Escape::Comment(start..after)
                } else {
                    Escape::Raw { open: start..end, close }
                });
                after
            }
            _ if VERBATIM.contains(&name) && token.mark != Mark::Output => {
                let close = ends.tag(text, end, token.mark, &closing(name));
                let mark = token.mark;
                self.tokens.push(token);
                let Some(close) = close else { return end };
                self.raw_within(text, end..close.start, ends);
                let is_end = self::token(text, close.start, mark, false);
                self.tokens.extend(is_end);
                close.end
            }
            _ => {
                self.tokens.push(token);
                end
            }
        }
    }

    /// Liquid takes `raw` away even where the rest is code.
    fn raw_within(&mut self, text: &str, part: Range<usize>, ends: &mut Ends) {
        let mut at = part.start;
        while let Some(next) = text[at..part.end].find("{%") {
            at += next;
            let Some(open) = self::token(text, at, Mark::Tag, true) else {
                at += 2;
                continue;
            };
            at = open.range.end;
            if open.name != "raw" || open.is_end {
                continue;
            }
            let close = ends.tag(text, at, Mark::Tag, "endraw");
            let Some(close) = close.filter(|close| close.end <= part.end) else { return };
            at = close.end;
            self.escapes.push(Escape::Raw { open: open.range, close });
        }
    }
}

/// The words of a tag between its marks.
fn inner(tag: &str, mark: Mark) -> &str {
    let (open, close) = mark.around();
    let inside = tag.strip_prefix(open).unwrap_or(tag);
    let inside = inside.strip_suffix(close).unwrap_or(inside);
    let trimmed = |c: char| matches!(c, '-' | '~');
    match mark {
        Mark::Tag | Mark::Output => inside
            .strip_prefix(trimmed)
            .unwrap_or(inside)
            .trim_end_matches(trimmed)
            .trim(),
        _ => inside.trim(),
    }
}

/// The tag that begins at a place.
pub(super) fn token(
    text: &str,
    at: usize,
    mark: Mark,
    in_code: bool,
) -> Option<Token<'_>> {
    let end = end(text, at, mark)?;
    let inside = inner(&text[at..end], mark);
    let (inside, is_closed) = match inside.strip_suffix('/') {
        Some(inside) if !matches!(mark, Mark::Tag | Mark::Output) => {
            (inside.trim_end(), true)
        }
        _ => (inside, false),
    };
    let (inside, slash) = match inside.strip_prefix('/') {
        Some(inside) if !inside.starts_with('*') => (inside.trim_start(), true),
        _ => (inside, false),
    };
    let is_name = |c: char| {
        c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '!' | '$' | '@')
    };
    let length = inside.find(|c| !is_name(c)).unwrap_or(inside.len());
    let (name, rest) = inside.split_at(length);
    if name.is_empty() && mark != Mark::Output && !inside.starts_with("/*") {
        return None;
    }
    let (name, is_end) = match name.strip_prefix("end") {
        Some(of) if mark == Mark::Tag => (of, true),
        _ => (name, slash),
    };
    let range = at..end;
    Some(Token { mark, range, name, rest: rest.trim(), is_end, is_closed, in_code })
}

/// One past the tag that begins at a place; quoted words may hold its marks.
fn end(text: &str, at: usize, mark: Mark) -> Option<usize> {
    let (open, close) = mark.around();
    let from = at + open.len();
    let bytes = text.as_bytes();
    let limit = bytes.len().min(from + MAX_TAG_BYTES);
    let mut quote = None;
    let mut first = None;
    let mut place = from;
    while place < limit {
        let byte = bytes[place];
        if bytes[place..].starts_with(close.as_bytes()) {
            if quote.is_none() {
                return Some(place + close.len());
            }
            first = first.or(Some(place + close.len()));
        }
        match (byte, quote) {
            (b'\\', Some(_)) => place += 1,
            (b'"' | b'`', None) => quote = Some(byte),
            // An apostrophe opens only what begins a word.
            (b'\'', None)
                if matches!(bytes[place - 1], b' ' | b'=' | b'(' | b':' | b',') =>
            {
                quote = Some(byte);
            }
            (_, Some(open)) if open == byte => quote = None,
            (b'\n', _) if bytes[place..].starts_with(b"\n\n") => break,
            _ => {}
        }
        place += 1;
    }
    first
}

/// Where things end that are looked for more than once: what is not found behind one place is not
/// there behind a later one.
#[derive(Default)]
struct Ends {
    absent: BTreeMap<String, usize>,
}

impl Ends {
    fn find(&mut self, text: &str, from: usize, needle: &str) -> Option<usize> {
        if self.absent.get(needle).is_some_and(|absent| *absent <= from) {
            return None;
        }
        let found = text[from..].find(needle).map(|end| from + end + needle.len());
        if found.is_none() {
            self.absent.insert(needle.to_owned(), from);
        }
        found
    }

    /// The next tag with a name, as it is written.
    fn tag(
        &mut self,
        text: &str,
        from: usize,
        mark: Mark,
        name: &str,
    ) -> Option<Range<usize>> {
        let key = format!("{mark:?} {name}");
        if self.absent.get(&key).is_some_and(|absent| *absent <= from) {
            return None;
        }
        let (open, close) = mark.around();
        let found = text[from..].match_indices(open).find_map(|(at, _)| {
            let start = from + at;
            let inside = &text[start + open.len()..];
            let words = inside.trim_start_matches([' ', '-', '~']);
            let after = words.strip_prefix(name)?;
            let ends = after.trim_start_matches([' ', '-', '~']).starts_with(close);
            let end = start + open.len() + inside.find(close)? + close.len();
            ends.then_some(start..end)
        });
        if found.is_none() {
            self.absent.insert(key, from);
        }
        found
    }
}

/// Which tag ends which: for each tag that begins something, the tag that ends it.
pub(super) fn pairs(tokens: &[Token<'_>], generator: Generator) -> Vec<Option<usize>> {
    let mut ends = vec![None; tokens.len()];
    let mut open: BTreeMap<(Mark, &str), Vec<usize>> = BTreeMap::new();
    // Zola's `{% end %}` ends whatever is open.
    let mut any: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let key = (token.mark, token.name);
        if !token.is_end {
            if !token.is_closed {
                open.entry(key).or_default().push(at);
                if token.mark == Mark::Tag && generator != Generator::Jekyll {
                    any.push(at);
                }
            }
            continue;
        }
        if token.mark == Mark::Tag && token.name.is_empty() {
            if let Some(begin) = any.pop() {
                ends[begin] = Some(at);
            }
            continue;
        }
        if let Some(begin) = open.get_mut(&key).and_then(Vec::pop) {
            ends[begin] = Some(at);
            // What began behind it and has no end wraps nothing.
            while any.last().is_some_and(|&other| other >= begin) {
                any.pop();
            }
        }
    }
    without_crossings(ends)
}

/// Of two that cross each other, the first keeps its end.
fn without_crossings(mut ends: Vec<Option<usize>>) -> Vec<Option<usize>> {
    let mut around: Vec<usize> = Vec::new();
    for (at, own) in ends.iter_mut().enumerate() {
        while around.last().is_some_and(|&end| end <= at) {
            around.pop();
        }
        match *own {
            Some(end) if around.last().is_some_and(|&outer| end > outer) => *own = None,
            Some(end) => around.push(end),
            None => {}
        }
    }
    ends
}
