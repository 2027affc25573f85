//! What of a post nobody is to see, or sees as something else: found by the marks around it, without
//! reading the post as Markdown.

use std::ops::Range;

/// What begins and ends what is not seen as it is written: comments, programs, calls of templates,
/// formulas, addresses, the names of notes and works.
const MARKS: [Mark; 31] = [
    Mark::long("<!--", "-->"),
    Mark::long("<script", "</script>"),
    Mark::long("<style", "</style>"),
    Mark::long("<button", "</button>"),
    Mark::long("<select", "</select>"),
    Mark::long("<svg", "</svg>"),
    Mark::long("<math", "</math>"),
    Mark::long("{% comment %}", "{% endcomment %}"),
    Mark::long("{::comment}", "{:/comment}"),
    Mark::long("{/*", "*/}"),
    Mark::long("{>>", "<<}"),
    Mark::long("%%", "%%"),
    Mark::long("{%", "%}"),
    Mark::long("{{", "}}"),
    Mark::long("$$", "$$"),
    Mark::long("\\begin{", "\\end{"),
    Mark::long("\\\\[", "\\\\]"),
    Mark::long("\\\\(", "\\\\)"),
    Mark::long("\\[", "\\]"),
    Mark::long("\\(", "\\)"),
    Mark::long("<?", "?>"),
    Mark::long("import {", "} from "),
    Mark::long("--8<--\n", "--8<--\n"),
    Mark::short("{# ", "#}"),
    Mark::short("{:", "}"),
    Mark::short("![[", "]]"),
    Mark::short("](", ")"),
    Mark::short("][", "]"),
    Mark::short("[^", "]"),
    Mark::short("[@", "]"),
    Mark::short("&", ";"),
];

/// What of templates is not seen in code either: values, and what says that it is code.
const MARKS_IN_CODE: [(&str, &str); 3] =
    [("{{", "}}"), ("{% raw", "%}"), ("{% endraw", "%}")];

/// Calls in square brackets, of which many blogs have some whether WordPress makes them or not.
const BRACKETS: [&str; 29] = [
    "audio",
    "bash",
    "caption",
    "code",
    "css",
    "efn_note",
    "embed",
    "footnote",
    "gallery",
    "gist",
    "highlight",
    "html",
    "instagram",
    "javascript",
    "latex",
    "mfn",
    "php",
    "playlist",
    "pullquote",
    "python",
    "quote",
    "ref",
    "soundcloud",
    "sourcecode",
    "spotify",
    "tweet",
    "video",
    "vimeo",
    "youtube",
];

/// What Quarto's references to figures, tables, sections and so on begin with.
const REFERENCES: [&str; 13] = [
    "@fig-", "@tbl-", "@sec-", "@eq-", "@lst-", "@thm-", "@lem-", "@def-", "@fig:",
    "@tbl:", "@sec:", "@eq:", "@lst:",
];

/// What another file stands for.
const SNIPPET: &str = "--8<--";

/// The longest name or number of a character, in bytes.
const MAX_ENTITY_BYTES: usize = 12;

/// What is between two marks.
struct Mark {
    open: &'static str,
    close: &'static str,
    /// Whether it ends on the line on which it begins.
    is_short: bool,
}

impl Mark {
    const fn long(open: &'static str, close: &'static str) -> Self {
        Self { open, close, is_short: false }
    }

    const fn short(open: &'static str, close: &'static str) -> Self {
        Self { open, close, is_short: true }
    }

    /// Whether a text begins with it.
    fn begins(&self, text: &str) -> bool {
        text.get(..self.open.len()).is_some_and(|it| it.eq_ignore_ascii_case(self.open))
    }

    /// Where it ends in a text that begins with it, whose first line has `line_bytes`.
    fn end(&self, text: &str, line_bytes: usize) -> Option<usize> {
        let Self { open, close, is_short } = *self;
        let within = &text[open.len()..];
        let limit = if open == "&" {
            MAX_ENTITY_BYTES.min(within.len())
        } else if is_short {
            line_bytes.saturating_sub(open.len())
        } else {
            within.len()
        };
        let limited = &within[..within.floor_char_boundary(limit)];
        let end = match open {
            "](" => closing(limited),
            "<svg" => svg_end(within),
            // What follows the closing mark ends the line, or its braces.
            "import {" => end_after(within, close, '\n'),
            "\\begin{" => end_after(within, close, '}'),
            _ => limited.find(close).map(|end| end + close.len()),
        };
        end.map(|end| open.len() + end)
    }
}

/// The body with spaces for what is hidden, as long as it was.
pub(super) fn masked(body: &str) -> String {
    let mut masked = body.as_bytes().to_vec();
    let mut hide = |range: Range<usize>| {
        for byte in &mut masked[range] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    };
    let mut finder = Finder::default();
    let mut code: Option<Fence> = None;
    let mut skipped_to = 0;
    let mut line_start = 0;
    for line in body.split_inclusive('\n') {
        let (start, end) = (line_start, line_start + line.len());
        line_start = end;
        let text = line.trim_start_matches([' ', '\t', '>']);
        let indent = start + line.len() - text.len();
        match &mut code {
            Some(open) if open.is_closed_by(text) => {
                let hidden = if open.is_hidden { open.start..end } else { start..end };
                hide(hidden);
                code = None;
                continue;
            }
            Some(open) => {
                // An option of a program that runs the code, and code of another file.
                let is_option = text.starts_with("#|");
                open.is_hidden |= is_option && hides_code(text);
                if is_option || text.starts_with(SNIPPET) {
                    hide(start..end);
                }
                for (open, close) in MARKS_IN_CODE {
                    for (at, _) in line.match_indices(open) {
                        if let Some(to) = line[at..].find(close) {
                            hide(start + at..start + at + to + close.len());
                        }
                    }
                }
                continue;
            }
            None if start >= skipped_to => {
                code = Fence::of(text, start);
                if code.is_some() {
                    hide(start..end);
                    continue;
                }
            }
            None => {}
        }
        if start >= skipped_to && is_hidden_line(text, &body[end..]) {
            hide(indent..end);
            continue;
        }
        let mut at = start.max(skipped_to);
        if at == start {
            let marked = indent + mark_of_block(text);
            hide(indent..marked);
            at = marked;
        }
        while at < end {
            if let Some(to) = finder.hidden(body, at, end) {
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

/// A fence of code that is open.
struct Fence {
    start: usize,
    mark: u8,
    length: usize,
    is_hidden: bool,
}

impl Fence {
    fn of(line: &str, start: usize) -> Option<Self> {
        let mark = *line.as_bytes().first().filter(|byte| b"`~".contains(byte))?;
        let length = line.bytes().take_while(|&byte| byte == mark).count();
        let is_fence = length >= 3 && !(mark == b'`' && line[length..].contains('`'));
        is_fence.then(|| Self { start, mark, length, is_hidden: hides_code(line) })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let length = line.bytes().take_while(|&byte| byte == self.mark).count();
        length >= self.length && line[length..].trim().is_empty()
    }
}

/// Whether the options of code keep it out of what is printed.
fn hides_code(options: &str) -> bool {
    let options = options.replace(' ', "").to_ascii_lowercase();
    ["include:false", "echo:false", "include=false", "echo=false", "{=latex}", "{=tex}"]
        .iter()
        .any(|it| options.contains(it))
}

/// Whether nothing of a line is seen where it stands: the definition of a link or an abbreviation, a
/// container, an import, a table of contents, the end of a page.
fn is_hidden_line(line: &str, after: &str) -> bool {
    let is_label = line.starts_with('[')
        && !line.starts_with("[^")
        && line.split_once("]:").is_some_and(|(label, _)| !label[1..].contains('['));
    let whole = line.trim_end();
    is_label
        || line.starts_with("*[")
        || line.starts_with(SNIPPET) && whole != SNIPPET
        || line.starts_with(":::")
        || line.starts_with("import ") && line.contains(" from ")
        || line.starts_with("export ")
        || matches!(whole, "[TOC]" | "[toc]" | "[[_TOC_]]" | "\\newpage" | "\\pagebreak")
        || after.lines().take(2).any(|next| next.trim_start().starts_with("{:toc"))
        || whole.strip_prefix('^').is_some_and(is_name)
}

/// How long the mark is that says what kind of block begins: `[!note]-`, `!!! note inline`.
fn mark_of_block(line: &str) -> usize {
    let callout = line.strip_prefix("[!").and_then(|kind| kind.split_once(']'));
    if let Some((kind, _)) = callout.filter(|(kind, _)| is_name(kind)) {
        return kind.len() + "[!]".len();
    }
    let is_admonition = ["!!!", "???", "==="].iter().any(|it| line.starts_with(it));
    if is_admonition { line.find('"').unwrap_or(line.len()) } else { 0 }
}

/// Finds what is hidden. Each end is looked for once behind its last place, not from each beginning.
#[derive(Default)]
struct Finder {
    /// Whether a mark's end was looked for and is nowhere below.
    ended: [bool; MARKS.len()],
    /// Up to where no tag ends.
    without_tags_to: usize,
}

impl Finder {
    /// Where what is hidden ends, if it begins at a place of a text whose line ends at `line_end`.
    fn hidden(&mut self, body: &str, at: usize, line_end: usize) -> Option<usize> {
        let (text, line) = (&body[at..], &body[at..line_end]);
        for (mark, ended) in MARKS.iter().zip(&mut self.ended) {
            if *ended || !mark.begins(text) {
                continue;
            }
            if let Some(end) = mark.end(text, line.len()) {
                return Some(at + end);
            }
            *ended = !mark.is_short;
        }
        if !text.starts_with('<') {
            return within_line(line).map(|end| at + end);
        }
        let is_tag = text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        if !is_tag || at < self.without_tags_to {
            return None;
        }
        let paragraph = &text[..text.find("\n\n").unwrap_or(text.len())];
        let end = tag(paragraph);
        if end.is_none() {
            self.without_tags_to = at + paragraph.len();
        }
        end.map(|end| at + end)
    }
}

/// Where what is hidden ends, if a line begins with it.
fn within_line(line: &str) -> Option<usize> {
    match line.as_bytes().first()? {
        b'$' => line[1..].find('$').filter(|to| *to > 0).map(|to| to + 2),
        b'{' => attribute_list(line),
        b'[' => bracket(line).or_else(|| unnamed_source(line)),
        b'@' if REFERENCES.iter().any(|it| line.starts_with(it)) => {
            let end = line.find(|c: char| !(c.is_alphanumeric() || "@-_".contains(c)));
            Some(end.unwrap_or(line.len()))
        }
        b':' => {
            let name = line[1..]
                .find(|c: char| !(c.is_ascii_lowercase() || "_+-0123456789".contains(c)));
            name.filter(|&to| to > 1 && line[1 + to..].starts_with(':')).map(|to| to + 2)
        }
        b'h' | b'w' if line.starts_with("http") || line.starts_with("www.") => {
            let end = line.find(|c: char| c.is_whitespace() || "<>)]\"'".contains(c));
            let end = end.unwrap_or(line.len());
            line[..end].contains('.').then_some(end)
        }
        _ => None,
    }
}

/// Where a tag ends; a component's attributes may hold programs in braces.
fn tag(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let end = text.char_indices().find(|(_, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        *c == '>' && depth == 0
    });
    end.map(|(at, _)| at + 1).or_else(|| text.find('>').map(|at| at + 1))
}

/// Where `{#id .class key="value"}` ends, or `{=html}`.
fn attribute_list(line: &str) -> Option<usize> {
    let end = line.find('}')?;
    let mut rest = line[1..end].trim();
    while !rest.is_empty() {
        let named = rest.strip_prefix(['.', '#', '=']);
        let name = named.unwrap_or(rest);
        let length = name
            .find(|c: char| !(c.is_alphanumeric() || "-_:".contains(c)))
            .unwrap_or(name.len());
        rest = &name[length..];
        match rest.strip_prefix('=') {
            Some(value) if named.is_none() && length > 0 && !value.is_empty() => {
                let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
                let ends = match quote {
                    Some(quote) => value[1..].find(quote).map(|end| end + 2)?,
                    None => value.find(char::is_whitespace).unwrap_or(value.len()),
                };
                rest = &value[ends..];
            }
            // A hyphen alone takes the number of a heading away.
            _ if named.is_some() && length > 0 || name[..length] == *"-" => {}
            _ => return None,
        }
        rest = rest.trim_start();
    }
    Some(end + 1)
}

/// Where a call in square brackets ends.
fn bracket(line: &str) -> Option<usize> {
    let inside = line[1..].strip_prefix('/').unwrap_or(&line[1..]);
    let length = inside.find(|c: char| !(c.is_ascii_lowercase() || c == '_'))?;
    let is_call = BRACKETS.contains(&&inside[..length]);
    // `[ref](…)` is a link.
    let end = line.find(']').filter(|&end| is_call && !line[end..].starts_with("]("))?;
    Some(end + 1)
}

/// Where a source in brackets ends that is called nothing but a link: its note has the address.
fn unnamed_source(line: &str) -> Option<usize> {
    let inside = line.strip_prefix("[[").or_else(|| line.strip_prefix("[\\["))?;
    let rest = inside.strip_prefix("link")?;
    let ends = ["](", "\\]](", "&#93;]("].iter().any(|end| rest.starts_with(end));
    ends.then(|| line.len() - rest.len())
}

/// Whether a text is a name, as ids are.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '-')
}

/// Where the first `last` is behind a mark.
fn end_after(text: &str, mark: &str, last: char) -> Option<usize> {
    let end = text.find(mark)? + mark.len();
    Some(text[end..].find(last).map_or(text.len(), |at| end + at + last.len_utf8()))
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
