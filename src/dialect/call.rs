//! A call: its name, its arguments, what it wraps.

use std::ops::Range;

use super::code::{list_marker, prefix, rest_of_line, start_of_line};
use super::scan::Mark;

/// A call of a template's language.
#[derive(Debug)]
pub(super) struct Call<'t> {
    /// Between which marks it stands.
    pub(super) mark: Mark,
    /// Its name.
    pub(super) name: &'t str,
    /// Its arguments as they are written.
    pub(super) written: &'t str,
    /// The same, taken apart.
    pub(super) arguments: Arguments,
    /// All of it, what it wraps included.
    pub(super) range: Range<usize>,
    /// Its first tag.
    pub(super) open: Range<usize>,
    /// What it wraps, if it has an end.
    pub(super) body: Option<Range<usize>>,
    /// Whether it is in code.
    pub(super) in_code: bool,
    /// Whether what it becomes stands in HTML, and not in Markdown.
    pub(super) in_html: bool,
}

/// The arguments of a call.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Arguments(pub(super) Vec<Argument>);

/// One argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Argument {
    /// Its name, if it is given by name.
    pub(super) name: Option<String>,
    /// Its value, without quotation marks.
    pub(super) value: String,
    /// Whether it had such marks.
    pub(super) quoted: bool,
}

impl Arguments {
    /// The first value that is there by one of several names.
    pub(super) fn named(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let has_name = |it: &&Argument| {
                it.name.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(name))
            };
            self.0.iter().find(has_name).map(|it| it.value.as_str())
        })
    }

    /// A value by its place among those without a name.
    pub(super) fn at(&self, place: usize) -> Option<&str> {
        let mut nameless = self.0.iter().filter(|it| it.name.is_none());
        nameless.nth(place).map(|it| it.value.as_str())
    }

    /// A value by name, or else by place.
    pub(super) fn get(&self, names: &[&str], place: usize) -> Option<&str> {
        self.named(names).or_else(|| self.at(place)).filter(|value| !value.is_empty())
    }

    /// The values without a name, one space between them.
    pub(super) fn joined(&self, from: usize) -> String {
        let nameless = self.0.iter().filter(|it| it.name.is_none()).skip(from);
        nameless.map(|it| it.value.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// The nameless arguments that are words: no addresses and no numbers.
    pub(super) fn texts(&self) -> Vec<&str> {
        let words = |value: &&str| {
            let number = value.trim_end_matches(['%', 'p', 'x']).parse::<f64>().is_ok();
            !value.is_empty() && !number && !is_path(value)
        };
        let nameless = self.0.iter().filter(|it| it.name.is_none());
        nameless.map(|it| it.value.as_str()).filter(words).collect()
    }

    /// Takes arguments apart: `a "b c" d=e f = 'g', h: i`.
    pub(super) fn read(text: &str) -> Self {
        let mut arguments = Vec::new();
        let mut rest = text.trim_start_matches(is_between);
        while !rest.is_empty() {
            let (value, quoted, after) = value(rest);
            rest = after;
            let assigned = after.trim_start();
            let assigned = match assigned.as_bytes() {
                [b'=', b'=', ..] => None,
                [b'=' | b':', ..] if !quoted && is_name(value) => Some(&assigned[1..]),
                _ => None,
            };
            if let Some((name, given)) = value.split_once(':')
                && !quoted
                && PREFIXES.contains(&name)
                && !given.is_empty()
            {
                let (name, value) = (Some(name.to_owned()), given.to_owned());
                arguments.push(Argument { name, value, quoted: false });
                rest = rest.trim_start_matches(is_between);
                continue;
            }
            let key = value.strip_suffix(':').filter(|key| !quoted && is_name(key));
            let (name, value, quoted) = match (assigned, key) {
                (Some(after), _) => {
                    let (given, quoted, after) = self::value(after.trim_start());
                    rest = after;
                    (Some(value), given, quoted)
                }
                (None, Some(key)) if !after.trim().is_empty() => {
                    let (given, quoted, after) = self::value(after.trim_start());
                    rest = after;
                    (Some(key), given, quoted)
                }
                _ => (None, value, quoted),
            };
            let name = name.map(str::to_owned);
            arguments.push(Argument { name, value: unescaped(value, quoted), quoted });
            rest = rest.trim_start_matches(is_between);
        }
        Self(arguments)
    }
}

/// Whether an argument is the address of something.
pub(super) fn is_path(value: &str) -> bool {
    value.contains('/')
        || value.rsplit_once('.').is_some_and(|(stem, extension)| {
            let letters = |c: char| c.is_ascii_alphanumeric();
            !stem.is_empty()
                && (2..=5).contains(&extension.len())
                && extension.chars().all(letters)
                && !value.contains(' ')
        })
}

/// What Hexo and Octopress name without a space: `lang:js`.
const PREFIXES: [&str; 8] =
    ["lang", "title", "caption", "from", "to", "start", "mark", "first_line"];

fn is_between(c: char) -> bool {
    c.is_whitespace() || c == ','
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// The first value of a text, whether it is quoted, and what follows it.
fn value(text: &str) -> (&str, bool, &str) {
    let Some(first) = text.chars().next() else { return ("", false, "") };
    let quote = match first {
        '"' | '\'' | '`' => Some(first),
        '\u{201c}' => Some('\u{201d}'),
        _ => None,
    };
    if let Some(quote) = quote {
        let inside = &text[first.len_utf8()..];
        let mut escaped = false;
        for (at, c) in inside.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' if quote != '`' => escaped = true,
                c if c == quote => {
                    return (&inside[..at], true, &inside[at + c.len_utf8()..]);
                }
                _ => {}
            }
        }
        return (inside, true, "");
    }
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '[' | '{' | '(' => depth += 1,
            ']' | '}' | ')' => depth = depth.saturating_sub(1),
            '=' if depth == 0 && is_name(&text[..at]) => {
                return (&text[..at], false, &text[at..]);
            }
            c if depth == 0 && is_between(c) => return (&text[..at], false, &text[at..]),
            _ => {}
        }
    }
    (text, false, "")
}

fn unescaped(value: &str, quoted: bool) -> String {
    if quoted && value.contains('\\') {
        value.replace("\\\"", "\"").replace("\\'", "'").replace("\\n", "\n")
    } else {
        value.to_owned()
    }
}

/// Where a call stands on its lines.
pub(super) struct Place {
    /// What begins each line of what stands there.
    pub(super) prefix: String,
    /// Whether nothing else stands on its lines.
    pub(super) is_block: bool,
    /// Whether it is what a list's item begins with.
    pub(super) begins_item: bool,
}

impl Place {
    /// Of a range of a text.
    pub(super) fn of(text: &str, range: &Range<usize>) -> Self {
        let Some(before) = start_of_line(text, range.start) else {
            return Self { prefix: String::new(), is_block: false, begins_item: false };
        };
        let mut line = prefix(before).to_owned();
        let mut rest = &before[line.len()..];
        let mut begins_item = false;
        while let Some(marker) = list_marker(rest) {
            line.extend(std::iter::repeat_n(' ', marker.len()));
            rest = &rest[marker.len()..];
            begins_item = true;
        }
        let after = rest_of_line(text, range.end);
        let is_block = rest.is_empty() && after.trim().is_empty();
        Self { prefix: line, is_block, begins_item }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Option<String>, String)> {
        Arguments::read(text).0.into_iter().map(|it| (it.name, it.value)).collect()
    }

    #[test]
    fn arguments_come_by_name_and_by_place() {
        let some = |name: &str, value: &str| (Some(name.to_owned()), value.to_owned());
        let bare = |value: &str| (None, value.to_owned());
        assert_eq!(read("a \"b c\" d=e"), [bare("a"), bare("b c"), some("d", "e")]);
        assert_eq!(read("a = 'b', c: \"d\""), [some("a", "b"), some("c", "d")]);
        let address = "https://a.example/b?c=1";
        assert_eq!(read(address), [bare(address)]);
        assert_eq!(read("a=[1, 2] b=`c\"d`"), [some("a", "[1, 2]"), some("b", "c\"d")]);
        assert_eq!(read("\"a \\\" b"), [bare("a \" b")]);
        assert_eq!(read(""), []);
    }
}
