//! Characters that Markdown would take for markup.

/// Where text stands, for what must be escaped there.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around {
    /// The character before.
    pub(super) before: Option<char>,
    /// The character after, as it will be written.
    pub(super) after: Option<char>,
    /// Whether it is in a cell of a table.
    pub(super) in_cell: bool,
    /// Whether it is in the words of a link or picture.
    pub(super) in_link: bool,
}

/// Adds text so that it is read as text.
pub(super) fn text(text: &str, around: Around, out: &mut String) {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        let before = at.checked_sub(1).map_or(around.before, |last| Some(chars[last]));
        let after = chars.get(at + 1).copied().or(around.after);
        if let Some(end) = formula(&chars, at) {
            out.extend(&chars[at..end]);
            at = end;
            continue;
        }
        match c {
            '\\' if matches!(after, Some('(' | '[' | ')' | ']')) => {
                out.push_str("&#92;");
                at += 1;
                continue;
            }
            '\\' | '*' | '`' | '~' | '$' | '{' => out.push('\\'),
            '_' if !(is_word(before) && is_word(after)) => out.push('\\'),
            '|' if around.in_cell => out.push('\\'),
            '[' if around.in_link
                || before == Some('^')
                || matches!(after, Some('^' | '[' | ']' | '@')) =>
            {
                out.push('\\');
            }
            // Between `\[` and `\]` our reader finds a formula.
            ']' if around.in_link
                || matches!(after, Some('(' | '[' | ':' | '{' | ']')) =>
            {
                out.push_str("&#93;");
                at += 1;
                continue;
            }
            '!' if matches!(after, Some('[')) => out.push('\\'),
            '^' if before == Some('[') => out.push('\\'),
            '<' if after.is_some_and(|c| c.is_alphabetic() || "/!?".contains(c)) => {
                out.push('\\');
            }
            '&' if is_reference(&chars[at..]) => {
                out.push_str("&amp;");
                at += 1;
                continue;
            }
            _ => {}
        }
        out.push(c);
        at += 1;
    }
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// The end of a formula as MathJax has them, which begins at `at`: it stays as it is.
fn formula(chars: &[char], at: usize) -> Option<usize> {
    const MAX_CHARS: usize = 2_000;
    let close = match (chars[at], chars.get(at + 1)?) {
        ('\\', '(') => ['\\', ')'],
        ('\\', '[') => ['\\', ']'],
        ('$', '$') => ['$', '$'],
        _ => return None,
    };
    let rest = &chars[at + 2..chars.len().min(at + MAX_CHARS)];
    let length = rest.windows(2).position(|pair| pair == close)?;
    let formula = &rest[..length];
    let is_plausible = formula.iter().any(|c| !c.is_whitespace())
        && !formula.contains(&'$')
        && formula.iter().any(|c| "\\^_={}".contains(*c) || c.is_ascii_digit())
        || formula.len() == 1;
    is_plausible.then_some(at + 2 + length + 2)
}

/// Whether a reference to a character begins here.
fn is_reference(chars: &[char]) -> bool {
    const MAX_CHARS: usize = 40;
    let rest = &chars[1..chars.len().min(MAX_CHARS)];
    let end = rest.iter().position(|c| !(c.is_ascii_alphanumeric() || *c == '#'));
    end.is_some_and(|end| end > 0 && rest[end] == ';')
}

/// Text with lines that none of them is taken for the beginning of a block.
pub(super) fn lines(text: &str) -> String {
    let line = |line: &str| {
        let line = line.trim_start_matches([' ', '\t']);
        let digits =
            line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let escape = match line.chars().next() {
            Some('#' | '>' | '+' | '-' | '=' | ':' | '|' | '%' | '?' | '@') => Some(0),
            Some('!') if line.starts_with("!!!") => Some(0),
            Some('0'..='9') if line[digits..].starts_with(['.', ')']) => Some(digits),
            _ => None,
        };
        match escape {
            Some(at) => format!("{}\\{}", &line[..at], &line[at..]),
            None => line.to_owned(),
        }
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// An address between the parentheses of a link.
pub(super) fn destination(address: &str) -> String {
    let mut written = String::with_capacity(address.len());
    for c in address.trim().chars() {
        match c {
            ' ' => written.push_str("%20"),
            '<' => written.push_str("%3C"),
            '>' => written.push_str("%3E"),
            '\\' => written.push_str("%5C"),
            '|' => written.push_str("%7C"),
            '`' => written.push_str("%60"),
            '"' => written.push_str("%22"),
            '$' => written.push_str("%24"),
            c if c.is_control() => {}
            c => written.push(c),
        }
    }
    let chars: Vec<char> = written.chars().collect();
    let ambiguous =
        (0..chars.len()).any(|at| chars[at] == '&' && is_reference(&chars[at..]));
    if ambiguous {
        written = written.replace('&', "&amp;");
    }
    if written.is_empty() || written.contains(['(', ')', '*', '_', '[', ']', '~', '{']) {
        format!("<{written}>")
    } else {
        written
    }
}

/// A title behind the address of a link.
pub(super) fn title(title: &str) -> String {
    let line = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut escaped = String::new();
    for c in line.chars() {
        if matches!(c, '"' | '\\' | '`' | '$' | '|' | '<') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped.replace('&', "&amp;")
}

/// The length of the longest run of a character.
pub(super) fn longest_run(text: &str, of: char) -> usize {
    text.split(|c| c != of).map(str::len).max().unwrap_or(0)
}

/// A span of code.
pub(super) fn code(text: &str, in_cell: bool) -> String {
    let text = if in_cell { text.replace('|', "\\|") } else { text.to_owned() };
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    let edge = |c: Option<char>| matches!(c, Some('`' | ' '));
    let padded = edge(text.chars().next()) || edge(text.chars().next_back());
    let space = if padded { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}
