//! What calls become: figures, code, links, asides.

use std::ops::Range;

use super::call::Place;
use crate::document::POST_SCHEME;
use crate::edit::Part;

/// Text that takes the place of a call, line by line, within what it stands in.
pub(super) struct Output<'t> {
    text: &'t str,
    place: Place,
    parts: Vec<Part>,
    in_html: bool,
}

/// A picture with what is said of it.
#[derive(Debug, Default, Clone)]
pub(super) struct Figure {
    /// Its address.
    pub(super) address: String,
    /// The words for those who cannot see it.
    pub(super) alt: String,
    /// The words below it, which may be Markdown.
    pub(super) caption: String,
    /// Where a click on it leads.
    pub(super) link: String,
    /// Its width, as HTML or CSS has it.
    pub(super) width: String,
    /// Its classes.
    pub(super) class: String,
    /// Its id.
    pub(super) id: String,
}

impl<'t> Output<'t> {
    /// What will stand at the place of a range of a text.
    pub(super) fn at(text: &'t str, range: &Range<usize>, in_html: bool) -> Self {
        Self { text, place: Place::of(text, range), parts: Vec::new(), in_html }
    }

    /// A link, in the language of what is around it.
    pub(super) fn link(&self, words: &str, address: &str) -> String {
        if self.in_html && !address.is_empty() {
            return format!("<a href=\"{}\">{}</a>", attribute(address), html(words));
        }
        link(words, address)
    }

    /// Whether it stands alone on its lines.
    pub(super) fn is_block(&self) -> bool {
        self.place.is_block
    }

    /// Whether it stands in HTML.
    pub(super) fn is_html(&self) -> bool {
        self.in_html
    }

    /// Adds words; each of their lines begins as those around them do.
    pub(super) fn add(&mut self, words: &str) {
        let line_end = format!("\n{}", self.place.prefix);
        self.parts.push(Part::New(words.replace('\n', &line_end)));
    }

    /// Adds a part of the text, which is edited in its turn, without white space around it.
    pub(super) fn copy(&mut self, part: &Range<usize>) {
        let words = &self.text[part.clone()];
        let start = part.end - words.trim_start_matches([' ', '\t', '\n', '\r']).len();
        let quoted = self.text[start..part.end].starts_with('>')
            && self.place.prefix.contains('>');
        let start = if quoted {
            let rest = &self.text[start..part.end];
            part.end - rest.trim_start_matches(['>', ' ']).len()
        } else {
            start
        };
        let end = part.start + without_end(words).len();
        if start < end {
            self.parts.push(Part::Copy(start..end));
        }
    }

    /// The parts of something that stands alone on its lines: empty lines around it.
    pub(super) fn block(mut self) -> Vec<Part> {
        if self.place.is_block && !self.place.begins_item {
            self.parts.insert(0, Part::New(format!("\n{}", self.place.prefix)));
        }
        if self.place.is_block {
            self.add("\n");
        }
        self.parts
    }

    /// The parts of something within a line.
    pub(super) fn inline(mut self) -> Vec<Part> {
        // An edit without parts takes away what is copied elsewhere.
        self.parts.push(Part::New(String::new()));
        self.parts
    }

    /// A formula in LaTeX, between the marks that are read where it stands.
    pub(super) fn formula(mut self, body: &Range<usize>, display: bool) -> Vec<Part> {
        let (open, close) = match (display, self.in_html) {
            (true, _) => ("$$", "$$"),
            (false, true) => ("\\(", "\\)"),
            (false, false) => ("$", "$"),
        };
        self.add(open);
        self.copy(body);
        self.add(close);
        if display { self.block() } else { self.inline() }
    }

    /// A picture, with its caption if it stands alone.
    pub(super) fn figure(mut self, figure: &Figure) -> Vec<Part> {
        let mut image = format!("<img src=\"{}\"", attribute(figure.address.trim()));
        let alt = if figure.alt.is_empty() && !figure.caption.is_empty() {
            without_marks(&figure.caption)
        } else {
            figure.alt.clone()
        };
        image.push_str(&format!(" alt=\"{}\"", attribute(alt.trim())));
        let width = figure.width.trim().trim_end_matches("px");
        if !width.is_empty() {
            image.push_str(&format!(" width=\"{}\"", attribute(width)));
        }
        let alone = self.is_block();
        if !alone && !figure.class.is_empty() {
            image.push_str(&format!(" class=\"{}\"", attribute(&figure.class)));
        }
        image.push('>');
        if !figure.link.is_empty() && figure.link != figure.address {
            image = format!("<a href=\"{}\">{image}</a>", attribute(&figure.link));
        }
        if !alone {
            self.add(&image);
            return self.inline();
        }
        let mut open = String::from("<figure");
        for (name, value) in [("class", &figure.class), ("id", &figure.id)] {
            if !value.trim().is_empty() {
                open.push_str(&format!(" {name}=\"{}\"", attribute(value.trim())));
            }
        }
        self.add(&format!("{open}>\n{image}\n"));
        if !figure.caption.trim().is_empty() {
            let caption = lines_joined(&figure.caption);
            self.add(&format!("<figcaption>\n\n{caption}\n\n</figcaption>\n"));
        }
        self.add("</figure>");
        self.block()
    }

    /// Something that moves or sounds: its title, which is a link to it.
    pub(super) fn media(
        mut self,
        class: &str,
        title: &str,
        address: &str,
        note: &str,
    ) -> Vec<Part> {
        let shown = address.trim_start_matches("https://").trim_start_matches("http://");
        let words = if title.trim().is_empty() { shown } else { title };
        let words = lines_joined(words);
        let words = if self.in_html { words } else { escaped(&words) };
        // A file is not in a book: what it is called stays.
        let link = match address.contains("://") {
            true => self.link(&words, address),
            false if title.trim().is_empty() => words,
            false => format!("{words} ({})", escaped(address)),
        };
        if !self.is_block() {
            self.add(&link);
            return self.inline();
        }
        self.add(&format!("<div class=\"{class}\">\n\n{link}\n"));
        if !note.trim().is_empty() {
            self.add(&format!("\n{}\n", lines_joined(note)));
        }
        self.add("\n</div>");
        self.block()
    }

    /// Code.
    pub(super) fn code(mut self, language: &str, body: &Range<usize>) -> Vec<Part> {
        let words = &self.text[body.clone()];
        let fence = "`".repeat(longest_run(words).max(2) + 1);
        if self.in_html {
            let language = attribute(info(language));
            self.add(&format!("<pre><code class=\"language-{language}\">"));
            self.add(&html(words.trim_matches('\n')));
            self.add("</code></pre>");
            return self.inline();
        }
        if !self.is_block() {
            let mark = "`".repeat(longest_run(words) + 1);
            let inside = body.start + (words.len() - words.trim_start().len());
            let end = (body.start + words.trim_end().len()).max(inside);
            self.parts.push(Part::New(mark.clone()));
            self.parts.push(Part::Copy(inside..end));
            self.parts.push(Part::New(mark));
            return self.inline();
        }
        self.add(&format!("{fence}{}", info(language)));
        // The first line after the tag, with its indentation.
        let opens = words.find('\n').filter(|&at| words[..at].trim().is_empty());
        let start = body.start + opens.unwrap_or_default();
        let end = (body.start + without_end(words).len()).max(start);
        if opens.is_none() {
            self.add("\n");
        }
        self.parts.push(Part::Copy(start..end));
        self.add(&format!("\n{fence}"));
        self.block()
    }

    /// Code that stands nowhere in the text.
    pub(super) fn made_code(mut self, language: &str, words: &str) -> Vec<Part> {
        let fence = "`".repeat(longest_run(words).max(2) + 1);
        let language = info(language);
        self.add(&format!("{fence}{language}\n{}\n{fence}", words.trim_matches('\n')));
        self.block()
    }

    /// An element of HTML around Markdown, with a title above it.
    pub(super) fn element(
        mut self,
        name: &str,
        class: &str,
        title: Option<&str>,
        body: Option<&Range<usize>>,
    ) -> Vec<Part> {
        if !self.is_block() {
            body.iter().for_each(|body| self.copy(body));
            return self.inline();
        }
        let class = if class.trim().is_empty() {
            String::new()
        } else {
            format!(" class=\"{}\"", attribute(class.trim()))
        };
        self.add(&format!("<{name}{class}>\n"));
        if let Some(title) = title.filter(|title| !title.trim().is_empty()) {
            let (open, close) = if name == "details" {
                ("<summary>", "</summary>")
            } else {
                ("<p class=\"title\">", "</p>")
            };
            let title = html(&lines_joined(title));
            self.add(&format!("{open}{title}{close}\n"));
        }
        self.add("\n");
        body.iter().for_each(|body| self.copy(body));
        self.add(&format!("\n\n</{name}>"));
        self.block()
    }

    /// A quotation, with who said it and where.
    pub(super) fn quotation(
        mut self,
        body: Option<&Range<usize>>,
        words: &str,
        credit: &str,
    ) -> Vec<Part> {
        if self.is_block() {
            self.add("<blockquote>\n\n");
        }
        match body {
            Some(body) => self.copy(body),
            None => self.add(words),
        }
        if !self.is_block() {
            if !credit.is_empty() {
                self.add(&format!(" ({credit})"));
            }
            return self.inline();
        }
        if !credit.is_empty() {
            self.add(&format!("\n\n— {credit}"));
        }
        self.add("\n\n</blockquote>");
        self.block()
    }

    /// What a call wraps, without the call.
    pub(super) fn only(mut self, body: Option<&Range<usize>>) -> Vec<Part> {
        body.iter().for_each(|body| self.copy(body));
        if body.is_some() && self.is_block() { self.block() } else { self.inline() }
    }

    /// Words in the place of a call.
    pub(super) fn words(mut self, words: &str) -> Vec<Part> {
        self.add(words);
        self.inline()
    }

    /// What a template made of a call, in which a mark stands for what it wraps.
    pub(super) fn expanded(
        mut self,
        text: &str,
        mark: &str,
        body: Option<&Range<usize>>,
    ) -> Vec<Part> {
        let block = self.is_block();
        let text = if block && body.is_some() { apart(text) } else { text.to_owned() };
        let text = text.trim();
        for (at, words) in text.split(mark).enumerate() {
            if at > 0 {
                let lone =
                    block && self.text[body.cloned().unwrap_or(0..0)].contains('\n');
                if lone {
                    self.add("\n\n");
                }
                body.iter().for_each(|body| self.copy(body));
                if lone {
                    self.add("\n\n");
                }
            }
            self.add(words);
        }
        if block { self.block() } else { self.inline() }
    }
}

/// A template's lines, with empty ones around each that is a tag of a block: what it wraps is then
/// read as Markdown.
fn apart(text: &str) -> String {
    const BLOCKS: [&str; 8] = [
        "div",
        "section",
        "aside",
        "figure",
        "article",
        "figcaption",
        "blockquote",
        "details",
    ];
    let mut made = String::new();
    for line in text.lines() {
        let name = line.trim_start_matches(['<', '/']);
        let alone = line.starts_with('<') && line.find('>') == Some(line.len() - 1);
        let is_block = BLOCKS.iter().any(|it| {
            name.strip_prefix(it).is_some_and(|rest| rest.starts_with(['>', ' ']))
        });
        let space = if alone && is_block { "\n" } else { "" };
        made.push_str(&format!("{space}{line}\n{space}"));
    }
    made
}

/// A tag that stays, as code.
pub(super) fn kept(tag: &str) -> String {
    let mark = "`".repeat(longest_run(tag) + 1);
    let space = if tag.starts_with('`') || tag.ends_with('`') { " " } else { "" };
    format!("{mark}{space}{}{space}{mark}", lines_joined(tag))
}

/// A link.
pub(super) fn link(words: &str, address: &str) -> String {
    let address = address.trim();
    if address.is_empty() {
        return words.to_owned();
    }
    if address.contains([' ', '(', ')', '<', '>']) {
        let plain = address.replace('<', "%3C").replace('>', "%3E");
        return format!("[{words}](<{plain}>)");
    }
    format!("[{words}]({address})")
}

/// The address of a post by a name that its blog has for it; a fragment stays.
pub(super) fn post_address(name: &str) -> String {
    let name = name.trim();
    if name.is_empty() || name.starts_with('#') {
        return name.to_owned();
    }
    if name.contains("://") {
        return name.to_owned();
    }
    format!("{POST_SCHEME}{}", name.replace(' ', "%20"))
}

/// Words in the value of an attribute.
pub(super) fn attribute(words: &str) -> String {
    lines_joined(&html(words)).replace('"', "&quot;")
}

/// Words that are not to be read as HTML.
pub(super) fn html(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Words that are not to be read as Markdown.
pub(super) fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '$' | '|' | '~') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Words on one line.
pub(super) fn lines_joined(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Markdown's words alone, for those who cannot see a picture.
fn without_marks(caption: &str) -> String {
    let mut plain = String::with_capacity(caption.len());
    let mut rest = caption;
    while let Some(at) = rest.find(['[', '*', '_', '`', '<']) {
        plain.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        rest = match rest.as_bytes()[at] {
            b'[' => match after.split_once("](").and_then(|(words, after)| {
                after.split_once(')').map(|(_, after)| (words, after))
            }) {
                Some((words, after)) => {
                    plain.push_str(words);
                    after
                }
                None => after,
            },
            b'<' => after.split_once('>').map_or(after, |(_, after)| after),
            _ => after,
        };
    }
    plain.push_str(rest);
    plain
}

/// The language of code as a fence has it.
fn info(language: &str) -> &str {
    language.split([' ', ',', '`', '{']).next().unwrap_or_default().trim()
}

/// A text without the white space at its end, and without lines there that only a quotation's marks
/// stand on.
fn without_end(words: &str) -> &str {
    let mut words = words.trim_end();
    while let Some((before, last)) = words.rsplit_once('\n') {
        if !last.chars().all(|c| matches!(c, '>' | ' ' | '\t')) {
            break;
        }
        words = before.trim_end();
    }
    words
}

fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or_default()
}
