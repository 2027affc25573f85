//! Labels in a drawing that are HTML: `foreignObject`, as draw.io and others write it, becomes
//! `text`, which every reading system and the PDF can show.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use super::svg::attribute;

/// Text where the object was.
pub(super) struct Label {
    /// What is written in its place; nothing where the object has no words.
    pub(super) events: Vec<Event<'static>>,
    /// Whether something in it is no text.
    pub(super) lost: bool,
}

/// Elements that begin a line.
const BLOCKS: [&str; 13] = [
    "div",
    "p",
    "br",
    "li",
    "tr",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "table",
    "blockquote",
];

/// Elements of HTML that are seen and are no text.
const NO_TEXT: [&str; 10] =
    ["img", "svg", "canvas", "video", "audio", "iframe", "object", "input", "math", "hr"];

/// How wide a letter is on average, in em.
const LETTER: f64 = 0.52;

/// From one line to the next, in em.
const LEADING: f64 = 1.2;

/// Reads the object that has just begun, up to its end; none if it is not well formed.
pub(super) fn read(reader: &mut Reader<&[u8]>, object: &BytesStart<'_>) -> Option<Label> {
    let mut html = Html::default();
    let mut depth = 1_usize;
    let mut bold = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                depth += 1;
                html.begin(&tag);
                let name = tag.local_name().as_ref().to_owned();
                let style = attribute(&tag, "style").unwrap_or_default();
                let is_bold = matches!(name.as_str(), "b" | "strong" | "th")
                    || style.contains("font-weight: bold")
                    || style.contains("font-weight:bold");
                bold.push(is_bold || bold.last() == Some(&true));
            }
            Event::Empty(tag) => html.begin(&tag),
            Event::End(tag) => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
                bold.pop();
                html.end(tag.local_name().as_ref());
            }
            Event::Text(text) => html.words(&text, bold.last() == Some(&true)),
            Event::CData(text) => html.words(&text, bold.last() == Some(&true)),
            Event::GeneralRef(name) => {
                let character = match name.resolve_char_ref().ok()? {
                    Some(character) => character.to_string(),
                    None => match &*name {
                        "nbsp" => "\u{a0}".to_owned(),
                        name => {
                            quick_xml::escape::resolve_predefined_entity(name)?.to_owned()
                        }
                    },
                };
                html.words(&character, bold.last() == Some(&true));
            }
            Event::Eof => return None,
            _ => {}
        }
    }
    Some(Label { lost: html.lost, events: html.into_text(object) })
}

/// What was read of the HTML in an object.
#[derive(Default)]
struct Html {
    lines: Vec<Vec<Run>>,
    /// The declarations that were met; the innermost of each property counts.
    style: BTreeMap<String, String>,
    lost: bool,
    /// Whether what follows goes into a line of its own.
    ended: bool,
}

/// Words of one look.
#[derive(Clone)]
struct Run {
    text: String,
    bold: bool,
}

impl Html {
    fn begin(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        let name = name.as_ref();
        self.ended |= BLOCKS.contains(&name);
        self.lost |= NO_TEXT.contains(&name);
        for declaration in attribute(tag, "style").unwrap_or_default().split(';') {
            if let Some((property, value)) = declaration.split_once(':') {
                let (property, value) = (property.trim(), value.trim());
                self.style.insert(property.to_owned(), value.to_owned());
            }
        }
        for (old, property) in [("color", "color"), ("align", "text-align")] {
            if let Some(value) = attribute(tag, old) {
                self.style.insert(property.to_owned(), value);
            }
        }
    }

    fn end(&mut self, name: &str) {
        self.ended |= BLOCKS.contains(&name);
        if matches!(name, "td" | "th") {
            self.words("\u{2003}", false);
        }
    }

    fn words(&mut self, text: &str, bold: bool) {
        let blank = |c: char| c.is_ascii_whitespace();
        if text.trim_matches(blank).is_empty() && (self.ended || self.lines.is_empty()) {
            return;
        }
        if std::mem::take(&mut self.ended) || self.lines.is_empty() {
            self.lines.push(Vec::new());
        }
        let mut words = String::new();
        for character in text.chars() {
            match blank(character) {
                true if words.ends_with(' ') => {}
                true => words.push(' '),
                false => words.push(character),
            }
        }
        if let Some(line) = self.lines.last_mut() {
            line.push(Run { text: words, bold });
        }
    }

    /// A number of pixels that a property has.
    fn pixels(&self, property: &str) -> Option<f64> {
        self.style.get(property)?.trim_end_matches("px").trim().parse().ok()
    }

    fn has(&self, property: &str, part: &str) -> bool {
        self.style.get(property).is_some_and(|value| value.contains(part))
    }

    /// The text at the place of the object.
    fn into_text(self, object: &BytesStart<'_>) -> Vec<Event<'static>> {
        let number = |name| attribute(object, name).and_then(|it| pixels(&it));
        let size = self.pixels("font-size").unwrap_or(12.0).clamp(1.0, 200.0);
        let width = number("width").or(self.pixels("width")).unwrap_or(0.0);
        let inner = self.pixels("width").filter(|width| *width > 2.0).unwrap_or(width);
        let x = number("x").unwrap_or(0.0) + self.pixels("margin-left").unwrap_or(0.0);
        let y = number("y").unwrap_or(0.0) + self.pixels("padding-top").unwrap_or(0.0);
        let lines = wrapped(&self.lines, inner, size);
        if lines.is_empty() {
            return Vec::new();
        }
        let centred = self.has("text-align", "center")
            || (self.has("justify-content", "center") && !self.has("text-align", "left"));
        let at_end = self.has("text-align", "right") || self.has("text-align", "end");
        let (anchor, x) = match (centred, at_end) {
            (true, _) => ("middle", x + inner / 2.0),
            (_, true) => ("end", x + inner),
            _ => ("start", x),
        };
        let all = lines.len() as f64 * size * LEADING;
        let top = match self.style.get("align-items").map(String::as_str) {
            Some(place) if place.contains("center") => {
                y + (self.pixels("height").unwrap_or(0.0) - all) / 2.0
            }
            Some(place) if place.contains("end") => y - all,
            _ => y,
        };
        let color = self.style.get("color").filter(|color| !color.contains('('));
        let mut text = BytesStart::new("text");
        text.push_attribute(("x", rounded(x).as_str()));
        text.push_attribute(("y", rounded(top + size * 0.95).as_str()));
        text.push_attribute(("font-size", rounded(size).as_str()));
        text.push_attribute(("text-anchor", anchor));
        text.push_attribute(("font-family", "sans-serif"));
        text.push_attribute(("fill", color.map_or("#000000", String::as_str)));
        let mut events = vec![Event::Start(text)];
        for (at, line) in lines.into_iter().enumerate() {
            let mut row = BytesStart::new("tspan");
            row.push_attribute(("x", rounded(x).as_str()));
            if at > 0 {
                row.push_attribute(("dy", rounded(size * LEADING).as_str()));
            }
            events.push(Event::Start(row));
            for Run { text, bold } in line {
                if bold {
                    let mut tag = BytesStart::new("tspan");
                    tag.push_attribute(("font-weight", "bold"));
                    events.push(Event::Start(tag));
                }
                events.push(Event::Text(BytesText::new(&text).into_owned()));
                if bold {
                    events.push(Event::End(BytesEnd::new("tspan")));
                }
            }
            events.push(Event::End(BytesEnd::new("tspan")));
        }
        events.push(Event::End(BytesEnd::new("text")));
        events
    }
}

/// The lines, each no wider than a width as far as that can be told without a font.
fn wrapped(lines: &[Vec<Run>], width: f64, size: f64) -> Vec<Vec<Run>> {
    let mut wrapped: Vec<Vec<Run>> = Vec::new();
    for line in lines {
        let mut row: Vec<Run> = Vec::new();
        let mut length = 0.0;
        for run in line {
            for word in run.text.split_inclusive(' ') {
                let letters = word.trim_end().chars().count() as f64 * size * LETTER;
                if width > size && length > 0.0 && length + letters > width {
                    wrapped.push(std::mem::take(&mut row));
                    length = 0.0;
                }
                length += word.chars().count() as f64 * size * LETTER;
                match row.last_mut() {
                    Some(last) if last.bold == run.bold => last.text.push_str(word),
                    _ => row.push(Run { text: word.to_owned(), bold: run.bold }),
                }
            }
        }
        wrapped.push(row);
    }
    for row in &mut wrapped {
        if let Some(first) = row.first_mut() {
            first.text = first.text.trim_start_matches(' ').to_owned();
        }
        if let Some(last) = row.last_mut() {
            last.text = last.text.trim_end_matches([' ', '\u{2003}']).to_owned();
        }
        row.retain(|run| !run.text.is_empty());
    }
    wrapped.retain(|row| !row.is_empty());
    wrapped
}

fn pixels(length: &str) -> Option<f64> {
    length.trim().trim_end_matches("px").parse().ok()
}

fn rounded(length: f64) -> String {
    format!("{}", (length * 100.0).round() / 100.0)
}
