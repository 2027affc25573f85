//! Shortcodes: `[name key="value"]…[/name]` in a post's text.

use std::collections::BTreeSet;

use super::super::Sink;
use super::galleries::Pictures;
use crate::html_to_markdown::tree::escaped;

/// A shortcode as it is written.
struct Shortcode<'t> {
    name: &'t str,
    /// Keys in small letters with their values; what stands alone has no key.
    arguments: Vec<(String, String)>,
    /// What stands between its tags, if it has two.
    content: Option<&'t str>,
    /// Where what follows begins.
    end: usize,
}

impl Shortcode<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        let found = self.arguments.iter().find(|(known, _)| known == key);
        found.map(|(_, value)| value.as_str())
    }

    fn content(&self) -> &str {
        self.content.unwrap_or_default().trim()
    }

    /// The numbers in a list.
    fn ids(&self, key: &str) -> Vec<u64> {
        let list = self.get(key).unwrap_or_default();
        list.split([',', ' ']).filter_map(|id| id.trim().parse().ok()).collect()
    }

    /// The first address among its arguments, or what it holds.
    fn address(&self) -> &str {
        const KEYS: [&str; 14] = [
            "", "src", "url", "id", "href", "mp4", "mp3", "m4v", "webm", "ogv", "ogg",
            "m4a", "wav", "link",
        ];
        let argument = KEYS.iter().find_map(|key| self.get(key));
        argument.filter(|it| !it.is_empty()).unwrap_or(self.content())
    }
}

/// Replaces the shortcodes that are known by what they stand for.
pub(super) fn expand(
    text: &str,
    pictures: &dyn Pictures,
    post: &str,
    sink: &mut dyn Sink,
) -> String {
    let mut unknown: Vec<String> = Vec::new();
    let expanded = Expander { pictures, unknown: &mut unknown }.text(text, 0);
    for name in unknown {
        let what = format!("the shortcode `[{name}]` is not known, and stands as it was");
        sink.loss(what, post);
    }
    expanded
}

struct Expander<'a> {
    pictures: &'a dyn Pictures,
    unknown: &'a mut Vec<String>,
}

/// The longest note in double brackets.
const MAX_NOTE_BYTES: usize = 8_000;

/// What was looked for in a text and is not in the rest of it: without this, many tags that have no
/// end would each be looked for to the end of the text.
#[derive(Default)]
struct Absent(BTreeSet<String>);

impl Absent {
    /// Where something stands next.
    fn find(&mut self, text: &str, from: usize, what: &str) -> Option<usize> {
        if self.0.contains(what) {
            return None;
        }
        let found = text[from..].find(what);
        if found.is_none() {
            self.0.insert(what.to_owned());
        }
        found.map(|at| from + at)
    }
}

/// How deep shortcodes may be nested.
const MAX_DEPTH: usize = 8;

impl Expander<'_> {
    fn text(&mut self, text: &str, depth: usize) -> String {
        let mut out = String::with_capacity(text.len());
        let mut absent = Absent::default();
        let mut at = 0;
        while let Some(next) = text[at..].find(['[', '(', '<', '$']) {
            let start = at + next;
            out.push_str(&text[at..start]);
            at = match self.replaced(text, start, depth, &mut absent) {
                Some((replacement, end)) => {
                    out.push_str(&replacement);
                    end
                }
                None => {
                    let length = text[start..].chars().next().map_or(1, char::len_utf8);
                    out.push_str(&text[start..start + length]);
                    start + length
                }
            };
        }
        out.push_str(&text[at..]);
        out
    }

    /// What stands for what begins at `start`, and where that ends.
    fn replaced(
        &mut self,
        text: &str,
        start: usize,
        depth: usize,
        absent: &mut Absent,
    ) -> Option<(String, usize)> {
        let rest = &text[start..];
        if depth > MAX_DEPTH {
            return None;
        }
        if rest.starts_with('<') {
            // In code nothing is meant, and in a tag there is no text.
            let end = literal_end(text, start, absent)?;
            return Some((text[start..end].to_owned(), end));
        }
        if let Some(after) = rest.strip_prefix("$latex ") {
            let line = after.lines().next().unwrap_or_default();
            let length = line.find('$')?;
            let end = start + "$latex ".len() + length + 1;
            return Some((format!("\\({}\\)", after[..length].trim()), end));
        }
        if rest.starts_with("((") && !rest.starts_with("(((") {
            let near = &rest[..rest.floor_char_boundary(MAX_NOTE_BYTES)];
            let length = near.find("))").filter(|end| !near[..*end].contains("\n\n"))?;
            let note = rest[2..length].trim();
            let is_note = note.contains(' ') || note.contains("://");
            let whole = (note.to_owned(), start + length + 2);
            return is_note.then(|| (self.note(&whole.0, depth), whole.1));
        }
        if !rest.starts_with('[') {
            return None;
        }
        if let Some((inner, end)) = escaped_shortcode(text, start) {
            return Some((inner, end));
        }
        if let Some((note, end)) = numbered_note(text, start) {
            return Some((self.note(&note, depth), end));
        }
        let shortcode = read(text, start, absent)?;
        let replacement = self.meaning(&shortcode, depth)?;
        Some((replacement, shortcode.end))
    }

    fn note(&mut self, note: &str, depth: usize) -> String {
        let inner = self.text(note, depth + 1);
        format!("<bindery-note>{}</bindery-note>", inner.replace("\n\n", "<br>"))
    }

    /// What a shortcode stands for; none if it is not known.
    fn meaning(&mut self, code: &Shortcode<'_>, depth: usize) -> Option<String> {
        let content = code.content();
        Some(match code.name {
            "caption" | "wp_caption" => self.caption(code, depth),
            "gallery" => self.pictures.gallery(&code.ids("ids"), &code.ids("exclude")),
            "embed" | "youtube" | "vimeo" | "video" | "audio" | "soundcloud"
            | "dailymotion" | "ted" | "wpvideo" | "tweet" | "instagram" | "facebook"
            | "spotify" | "vine" | "slideshare" | "scribd" | "gist" | "flickr"
            | "playlist" | "googlemaps" | "kickstarter" | "wistia" | "tiktok"
            | "twitter" | "bandcamp" | "codepen" => media(code)?,
            "footnote" | "footnotes" | "efn_note" | "ref" | "mfn" | "fn" | "note"
            | "sidenote" | "endnote" | "bg_fn" | "footnote_text" | "nt"
            | "simple_tooltip"
                if code.content.is_some() =>
            {
                self.note(content, depth)
            }
            // Where plugins print what they collected.
            "footnotes" | "references" | "efn_reference" | "mfn_reference"
            | "footnotes_print" | "footnote_list" | "easy_footnotes" | "toc"
            | "ez-toc" | "lwptoc" | "clear" | "divider" | "spacer" | "sharing"
            | "more" => String::new(),
            "code" | "sourcecode" | "source" | "cc" | "php" | "css" | "html" | "js"
            | "javascript" | "python" | "java" | "bash" | "sql" | "xml" | "ruby"
            | "perl" | "plain" | "text"
                if code.content.is_some() =>
            {
                source_code(code)
            }
            "latex" | "math" | "tex" if code.content.is_some() => {
                format!("\\({content}\\)")
            }
            "quote" | "blockquote" | "pullquote" | "su_quote"
                if code.content.is_some() =>
            {
                let inner = self.text(content, depth + 1);
                let cite =
                    ["author", "cite", "source"].iter().find_map(|key| code.get(key));
                let cite = cite.map_or_else(String::new, |cite| {
                    format!("<cite>{}</cite>", escaped(cite))
                });
                format!("\n\n<blockquote>{inner}{cite}</blockquote>\n\n")
            }
            "button" | "su_button" if code.content.is_some() => {
                let address =
                    ["url", "link", "href", ""].iter().find_map(|key| code.get(key));
                let inner = self.text(content, depth + 1);
                match address {
                    Some(address) => {
                        format!("<a href=\"{}\">{inner}</a>", escaped(address))
                    }
                    None => inner,
                }
            }
            // Layout: what is in it stays.
            "row"
            | "column"
            | "columns"
            | "col"
            | "one_half"
            | "one_third"
            | "two_third"
            | "one_half_last"
            | "one_third_last"
            | "two_third_last"
            | "one_fourth"
            | "one_fourth_last"
            | "three_fourth"
            | "three_fourth_last"
            | "vc_row"
            | "vc_column"
            | "vc_column_text"
            | "vc_row_inner"
            | "vc_column_inner"
            | "et_pb_section"
            | "et_pb_row"
            | "et_pb_column"
            | "et_pb_text"
            | "fusion_text"
            | "fusion_builder_container"
            | "fusion_builder_row"
            | "fusion_builder_column"
            | "box"
            | "dropcap"
            | "highlight"
            | "tab"
            | "tabs"
            | "toggle"
            | "accordion"
            | "su_box"
            | "su_note"
            | "su_row"
            | "su_column"
            | "su_dropcap"
            | "su_highlight"
            | "su_spoiler"
            | "su_list"
            | "center"
            | "section"
            | "av_textblock"
            | "av_one_full"
            | "av_one_half" => {
                let title = code.get("title").filter(|title| !title.is_empty());
                let title = title.map_or_else(String::new, |title| {
                    format!("<p><strong>{}</strong></p>", escaped(title))
                });
                format!(
                    "{title}{}",
                    self.text(code.content.unwrap_or_default(), depth + 1)
                )
            }
            name => {
                let is_meant = code.content.is_some()
                    || code.arguments.iter().any(|(key, _)| !key.is_empty());
                if is_meant && !self.unknown.iter().any(|known| known == name) {
                    self.unknown.push(name.to_owned());
                }
                return None;
            }
        })
    }

    /// A picture with the words below it, which are an argument in old posts.
    fn caption(&mut self, code: &Shortcode<'_>, depth: usize) -> String {
        let content = self.text(code.content(), depth + 1);
        let end = picture_end(&content);
        let (picture, words) = content.split_at(end);
        let words = match code.get("caption") {
            Some(caption) if words.trim().is_empty() => caption.to_owned(),
            _ => words.trim().to_owned(),
        };
        format!("\n\n<figure>{picture}<figcaption>{words}</figcaption></figure>\n\n")
    }
}

/// Where the picture of a caption ends, with the link around it.
fn picture_end(content: &str) -> usize {
    let Some(start) = content.find("<img") else { return 0 };
    let end = content[start..].find('>').map_or(content.len(), |at| start + at + 1);
    let rest = &content[end..];
    let space = rest.len() - rest.trim_start().len();
    match rest[space..].strip_prefix("</a>") {
        Some(_) => end + space + "</a>".len(),
        None => end,
    }
}

/// A video, sound or other page: a link to it.
fn media(code: &Shortcode<'_>) -> Option<String> {
    let mut address = code.address().to_owned();
    // An address in the text may have been made a link already.
    if let Some((_, href)) = address.split_once("href=\"") {
        address = href.split('"').next().unwrap_or_default().to_owned();
    }
    if code.name == "playlist" || address.is_empty() {
        return Some(String::new());
    }
    let is_id = !address.contains("://") && !address.starts_with('/');
    if is_id {
        address = match code.name {
            "youtube" => format!("https://www.youtube.com/watch?v={address}"),
            "vimeo" => format!("https://vimeo.com/{address}"),
            "gist" => format!("https://gist.github.com/{address}"),
            "wpvideo" => format!("https://videopress.com/v/{address}"),
            "ted" => format!("https://www.ted.com/talks/{address}"),
            "instagram" => format!("https://www.instagram.com/p/{address}/"),
            "dailymotion" => format!("https://www.dailymotion.com/video/{address}"),
            "tweet" | "twitter" => format!("https://twitter.com/i/status/{address}"),
            _ => return None,
        };
    }
    let shown = escaped(&crate::html_to_markdown::markdown::watched(&address));
    Some(format!("\n\n<p><a href=\"{shown}\">{shown}</a></p>\n\n"))
}

fn source_code(code: &Shortcode<'_>) -> String {
    let language = ["language", "lang", ""].iter().find_map(|key| code.get(key));
    let own =
        matches!(code.name, "code" | "sourcecode" | "source" | "cc" | "plain" | "text");
    let language = language.or((!own).then_some(code.name)).unwrap_or_default();
    let text = code.content.unwrap_or_default().trim_matches(['\n', '\r']);
    // The editor writes `<` either way.
    let text = if text.contains("&lt;") || text.contains("&gt;") {
        text.to_owned()
    } else {
        escaped(text)
    };
    let class = match language {
        "" => String::new(),
        language => format!(" class=\"language-{}\"", escaped(language)),
    };
    format!("\n\n<pre><code{class}>{text}</code></pre>\n\n")
}

/// `[[name]]`, which shows `[name]`.
fn escaped_shortcode(text: &str, start: usize) -> Option<(String, usize)> {
    const MAX_BYTES: usize = 200;
    let inner = text[start..].strip_prefix("[[")?;
    let length = inner[..inner.floor_char_boundary(MAX_BYTES)].find("]]")?;
    let shown = &inner[..length];
    let named =
        shown.trim_start_matches('/').starts_with(|c: char| c.is_ascii_lowercase());
    let is_name = named && !shown.contains(['[', ']', '<', '\n']);
    is_name.then(|| (format!("[{shown}]"), start + length + 4))
}

/// `[1. A note]`.
fn numbered_note(text: &str, start: usize) -> Option<(String, usize)> {
    let inner = &text[start + 1..];
    let digits =
        inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let note = inner[digits..].strip_prefix(". ")?;
    if digits == 0 || digits > 3 {
        return None;
    }
    let note = &note[..note.floor_char_boundary(MAX_NOTE_BYTES)];
    let mut depth = 0_usize;
    for (at, c) in note.char_indices() {
        match c {
            '[' => depth += 1,
            ']' if depth == 0 => {
                let end = start + 1 + digits + 2 + at + 1;
                return Some((note[..at].to_owned(), end));
            }
            ']' => depth -= 1,
            '\n' if note[at..].starts_with("\n\n") => return None,
            _ => {}
        }
    }
    None
}

/// The end of a tag, or of the whole of a `pre`, `script`, `style` or `code`.
fn literal_end(text: &str, start: usize, absent: &mut Absent) -> Option<usize> {
    let rest = &text[start..];
    if rest.starts_with("<!--") {
        return absent.find(text, start, "-->").map(|at| at + 3);
    }
    let begins = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    if !begins {
        return None;
    }
    for name in ["pre", "code", "script", "style", "textarea"] {
        let is_name = rest[1..].strip_prefix(name).is_some_and(|after| {
            after.starts_with(|c: char| c == '>' || c.is_whitespace())
        });
        if is_name {
            let close = format!("</{name}>");
            return absent.find(text, start, &close).map(|at| at + close.len());
        }
    }
    // A shortcode may stand in an attribute, and end with `>` there; it stays what it is.
    absent.find(text, start, ">").map(|at| at + 1)
}

/// The shortcode that begins at `start`.
fn read<'t>(text: &'t str, start: usize, absent: &mut Absent) -> Option<Shortcode<'t>> {
    const MAX_ARGUMENT_BYTES: usize = 4_000;
    let inner = &text[start + 1..];
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    let length = inner.find(|c: char| !is_name(c))?;
    let name = &inner[..length];
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let rest = &inner[length..];
    if !rest.starts_with([' ', ']', '/', '\n', '\t', '=', '\u{a0}']) {
        return None;
    }
    let end = arguments_end(&rest[..rest.floor_char_boundary(MAX_ARGUMENT_BYTES)])?;
    let written = rest[..end].trim_end_matches('/');
    let closed = rest[..end].ends_with('/');
    let after = start + 1 + length + end + 1;
    let mut shortcode =
        Shortcode { name, arguments: arguments(written), content: None, end: after };
    let close = format!("[/{name}]");
    if !closed && let Some(inside) = content_end(text, after, name, &close, absent) {
        shortcode.content = Some(&text[after..inside]);
        shortcode.end = inside + close.len();
    }
    Some(shortcode)
}

/// Where the content of a shortcode ends: at its end tag. Some begin anew before that, and then
/// have none; layout may stand within layout of its name, and then the last end counts.
fn content_end(
    text: &str,
    from: usize,
    name: &str,
    close: &str,
    absent: &mut Absent,
) -> Option<usize> {
    let again = format!("[{name}");
    let lone = ["gallery", "audio", "video", "embed", "caption", "footnotes", "playlist"];
    if lone.contains(&name) {
        let next = absent.find(text, from, &again).unwrap_or(text.len());
        return text[from..next].find(close).map(|at| from + at);
    }
    let end = absent.find(text, from, close)?;
    if !text[from..end].contains(&again) {
        return Some(end);
    }
    balanced(text, from, &again, close).or(Some(end))
}

fn balanced(text: &str, from: usize, again: &str, close: &str) -> Option<usize> {
    let mut depth = 1_usize;
    let mut at = from;
    loop {
        let end = at + text[at..].find(close)?;
        depth += text[at..end].matches(again).count();
        depth -= 1;
        if depth == 0 {
            return Some(end);
        }
        at = end + close.len();
    }
}

/// Where `]` ends the arguments; quotation marks may hold one.
fn arguments_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, ']') => return Some(at),
            (None, '[') => return None,
            (None, '"' | '\'') if text[..at].ends_with('=') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

fn arguments(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start_matches('=').trim();
    while !rest.is_empty() {
        let end =
            rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let is_key = rest[end..].starts_with('=')
            && rest[..end].chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
        let key = if is_key { rest[..end].to_ascii_lowercase() } else { String::new() };
        let value = if is_key { &rest[end + 1..] } else { rest };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => {
                value.split_at(value.find(char::is_whitespace).unwrap_or(value.len()))
            }
        };
        found.push((key, crate::html_to_markdown::tree::plain(value)));
        rest = after.trim_start();
    }
    found
}
