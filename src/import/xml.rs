//! XML as it comes: one element after the other, each as a tree, whatever is wrong with the rest.
//!
//! Nothing is expanded but references to characters, so that no document type makes much of little.

use std::io::{BufRead, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::diag::{Code, Diagnostic};
use crate::html_to_markdown::tree::Node;

/// How deep elements may be nested; those below are left out, with their text.
const MAX_DEPTH: usize = 120;

/// An element with its parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct XmlElement {
    /// Its name as it is written, with its prefix.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<XmlNode>,
}

/// A part of an element.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum XmlNode {
    Element(XmlElement),
    Text(String),
}

impl XmlElement {
    /// The elements of a name that are directly in it.
    pub(super) fn all<'a>(
        &'a self,
        name: &'a str,
    ) -> impl Iterator<Item = &'a XmlElement> {
        self.elements().filter(move |child| child.name == name)
    }

    /// The elements directly in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &XmlElement> {
        self.children.iter().filter_map(|node| match node {
            XmlNode::Element(element) => Some(element),
            XmlNode::Text(_) => None,
        })
    }

    /// The text of the first element of a name.
    pub(super) fn text_of(&self, name: &str) -> String {
        self.all(name).next().map(Self::text).unwrap_or_default()
    }

    /// The same without white space at its ends.
    pub(super) fn line_of(&self, name: &str) -> String {
        self.text_of(name).trim().to_owned()
    }

    /// All its text.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.collect(&mut text);
        text
    }

    fn collect(&self, text: &mut String) {
        for node in &self.children {
            match node {
                XmlNode::Text(words) => text.push_str(words),
                XmlNode::Element(element) => element.collect(text),
            }
        }
    }

    /// An attribute's value.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Its parts as those of HTML, where it holds XHTML.
    pub(super) fn xhtml(&self) -> Vec<Node> {
        let node = |node: &XmlNode| match node {
            XmlNode::Text(text) => Node::Text(text.clone()),
            XmlNode::Element(element) => {
                Node::Element(crate::html_to_markdown::tree::Element {
                    name: local(&element.name).to_ascii_lowercase(),
                    attributes: element.attributes.clone(),
                    children: element.xhtml(),
                })
            }
        };
        self.children.iter().map(node).collect()
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault {
    /// The line, from one.
    line: u64,
    message: String,
}

/// What comes next.
#[derive(Debug, PartialEq)]
pub(super) enum Next {
    /// An element begins.
    Start(XmlElement),
    /// One that was begun ends.
    End(String),
    Text(String),
}

/// Reads XML.
pub(super) struct XmlReader<R: Read> {
    reader: Reader<Utf8<R>>,
    buffer: Vec<u8>,
    /// What was found and is yet to be given, the last first.
    pending: Vec<Next>,
    /// How many elements are open.
    depth: usize,
    /// The names of those that were given as they began, and whose rest was not asked for.
    outer: Vec<String>,
    /// Why the reading stopped before the end.
    fault: Option<Fault>,
    /// What is malformed first, where the reading could go on.
    slip: Option<Fault>,
}

impl<R: Read> XmlReader<R> {
    pub(super) fn new(inner: R) -> Self {
        let mut reader = Reader::from_reader(Utf8::new(inner));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            buffer: Vec::new(),
            pending: Vec::new(),
            depth: 0,
            outer: Vec::new(),
            fault: None,
            slip: None,
        }
    }

    /// How many bytes were read.
    pub(super) fn position(&self) -> u64 {
        self.reader.buffer_position()
    }

    /// The line that was reached, from one.
    pub(super) fn line(&mut self) -> u64 {
        self.reader.get_mut().line
    }

    /// Where the first bytes stand that are not of UTF-8, if there were any.
    fn invalid_line(&mut self) -> Option<u64> {
        self.reader.get_mut().invalid
    }

    /// The next part; none at the end, or where nothing more can be read.
    pub(super) fn next(&mut self) -> Option<Next> {
        let next = self.counted();
        match &next {
            Some(Next::Start(element)) => self.outer.push(element.name.clone()),
            Some(Next::End(name)) => match self.outer.iter().rposition(|it| it == name) {
                Some(at) => {
                    if at + 1 < self.outer.len() {
                        let inner = self.outer.last().map_or("", String::as_str);
                        self.slipped(&unclosed(inner, name));
                    }
                    self.outer.truncate(at);
                }
                None => self.slipped(&unopened(name)),
            },
            _ => {}
        }
        next
    }

    /// The next part, whether it is within an element that is read whole or not.
    fn counted(&mut self) -> Option<Next> {
        let next = self.part();
        match &next {
            Some(Next::Start(_)) => self.depth += 1,
            Some(Next::End(_)) => self.depth = self.depth.saturating_sub(1),
            None if self.depth > 0 && self.fault.is_none() => {
                self.slipped("it ends before all its elements are closed");
            }
            _ => {}
        }
        next
    }

    fn part(&mut self) -> Option<Next> {
        if let Some(next) = self.pending.pop() {
            return Some(next);
        }
        loop {
            if self.fault.is_some() {
                return None;
            }
            self.buffer.clear();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(error) => {
                    let message = error.to_string();
                    return self.failed(message);
                }
            };
            return Some(match event {
                Event::Start(tag) | Event::Empty(tag)
                    if !is_name(tag.name().as_ref()) =>
                {
                    let text = format!("<{}>", &*tag);
                    self.pending = parts_of(&text);
                    self.slipped("a `<` that begins no tag");
                    self.pending.pop().unwrap_or(Next::Text(text))
                }
                Event::Start(tag) => Next::Start(element(&tag)),
                Event::Empty(tag) => {
                    let element = element(&tag);
                    self.pending.push(Next::End(element.name.clone()));
                    Next::Start(element)
                }
                Event::End(tag) => Next::End(tag.name().as_ref().to_owned()),
                Event::Text(text) => Next::Text(text.into_inner().into_owned()),
                Event::CData(text) => Next::Text(text.into_inner().into_owned()),
                Event::GeneralRef(name) => Next::Text(referred(&name)),
                Event::Eof => return None,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {
                    continue;
                }
            });
        }
    }

    /// What of a broken part can be had.
    fn failed(&mut self, message: String) -> Option<Next> {
        let line = self.line();
        self.fault = Some(Fault { line, message });
        let rest = String::from_utf8_lossy(&self.buffer);
        let cdata = rest.split_once("[CDATA[").map(|(_, text)| text.to_owned());
        cdata.filter(|text| !text.is_empty()).map(Next::Text)
    }

    /// Notes what is malformed, and can be read on.
    fn slipped(&mut self, message: &str) {
        if self.slip.is_none() {
            let line = self.line();
            self.slip = Some(Fault { line, message: message.to_owned() });
        }
    }

    /// What is wrong with the text of a file, if anything is.
    pub(super) fn faults(&mut self, file: &str) -> Vec<Diagnostic> {
        let report = |line, message: &str| {
            Diagnostic::new(Code::ImportMalformed, message).in_file(file, Some(line))
        };
        let mut found = Vec::new();
        if let Some(line) = self.invalid_line() {
            let hint = "each of them became a question mark";
            found.push(report(line, "it has bytes that are not UTF-8").hint(hint));
        }
        if let Some(Fault { line, message }) = self.slip.take() {
            let message = format!("the XML is malformed here: {message}");
            found.push(
                report(line, &message)
                    .hint("it was read as it was meant, as far as that is clear"),
            );
        }
        if let Some(Fault { line, message }) = self.fault.take() {
            let message =
                format!("the XML is malformed here, and cannot be read on: {message}");
            let hint = "all posts before it were read, and of the last one what there is";
            found.push(report(line, &message).hint(hint));
        }
        found
    }

    /// The rest of an element that begins. Where the text breaks off, as much as there is.
    pub(super) fn rest_of(&mut self, start: XmlElement) -> XmlElement {
        self.outer.pop();
        let mut open = vec![start];
        let mut beyond = 0_usize;
        while let Some(next) = self.counted() {
            match next {
                Next::Start(_) if open.len() >= MAX_DEPTH => beyond += 1,
                Next::Start(element) => open.push(element),
                Next::Text(_) if beyond > 0 => {}
                Next::Text(text) => {
                    let Some(top) = open.last_mut() else { break };
                    match top.children.last_mut() {
                        Some(XmlNode::Text(before)) => before.push_str(&text),
                        _ => top.children.push(XmlNode::Text(text)),
                    }
                }
                Next::End(_) if beyond > 0 => beyond -= 1,
                Next::End(name) => {
                    // An end that nothing began is passed over; one further out closes all within.
                    let Some(at) = open.iter().rposition(|it| it.name == name) else {
                        self.slipped(&unopened(&name));
                        continue;
                    };
                    if at + 1 < open.len() {
                        let inner = open.last().map_or("", |it| it.name.as_str());
                        self.slipped(&unclosed(inner, &name));
                    }
                    while open.len() > at.max(1) {
                        close(&mut open);
                    }
                    if at == 0 {
                        break;
                    }
                }
            }
        }
        while open.len() > 1 {
            close(&mut open);
        }
        open.pop().unwrap_or_default()
    }
}

fn unopened(name: &str) -> String {
    format!("`</{name}>` ends nothing that is open")
}

fn unclosed(inner: &str, outer: &str) -> String {
    format!("`<{inner}>` is not closed before `</{outer}>`")
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == ':')
}

/// What stands in what was taken for a tag and is none: text, and what begins after it. The last
/// part comes first.
fn parts_of(text: &str) -> Vec<Next> {
    let Some(at) = text[1..].find('<') else {
        return vec![Next::Text(text.to_owned())];
    };
    let (words, tag) = text.split_at(at + 1);
    let inner = tag[1..].trim_end_matches('>').trim();
    let part = match inner.strip_prefix('/') {
        Some(name) => Next::End(name.trim().to_owned()),
        None => {
            let name = inner.split_whitespace().next().unwrap_or_default().to_owned();
            Next::Start(XmlElement { name, ..XmlElement::default() })
        }
    };
    vec![part, Next::Text(crate::html_to_markdown::tree::decoded(words))]
}

fn close(open: &mut Vec<XmlElement>) {
    if let Some(inner) = open.pop()
        && let Some(outer) = open.last_mut()
    {
        outer.children.push(XmlNode::Element(inner));
    }
}

fn element(tag: &BytesStart<'_>) -> XmlElement {
    let attributes = tag.html_attributes().flatten().map(|attribute| {
        let value = String::from_utf8_lossy(attribute.value.as_bytes()).into_owned();
        (attribute.key.as_ref().to_owned(), unescaped(&value))
    });
    XmlElement {
        name: tag.name().as_ref().to_owned(),
        attributes: attributes.collect(),
        children: Vec::new(),
    }
}

/// An attribute's value with its references resolved, as far as they are known.
fn unescaped(value: &str) -> String {
    if value.contains('&') {
        crate::html_to_markdown::tree::decoded(value)
    } else {
        value.to_owned()
    }
}

/// What a reference stands for; one to no known character stays as it is written, for HTML may
/// know it.
fn referred(name: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c.to_string();
    }
    let name: &str = name;
    quick_xml::escape::resolve_predefined_entity(name)
        .map_or_else(|| format!("&{name};"), str::to_owned)
}

/// Bytes as UTF-8: what is none becomes a question mark for each byte, so that places stay.
struct Utf8<R> {
    inner: R,
    buffer: Vec<u8>,
    start: usize,
    /// What before is valid; behind it stands the beginning of a character.
    end: usize,
    filled: usize,
    /// The line of `start`, from one.
    line: u64,
    invalid: Option<u64>,
}

impl<R: Read> Utf8<R> {
    const SIZE: usize = 64 * 1024;

    fn new(inner: R) -> Self {
        let buffer = vec![0; Self::SIZE];
        Self { inner, buffer, start: 0, end: 0, filled: 0, line: 1, invalid: None }
    }

    fn refill(&mut self) -> std::io::Result<()> {
        self.buffer.copy_within(self.end..self.filled, 0);
        self.filled -= self.end;
        (self.start, self.end) = (0, 0);
        loop {
            let read = self.inner.read(&mut self.buffer[self.filled..])?;
            self.filled += read;
            let at_end = read == 0;
            while self.end < self.filled {
                match std::str::from_utf8(&self.buffer[self.end..self.filled]) {
                    Ok(_) => self.end = self.filled,
                    Err(error) => {
                        self.end += error.valid_up_to();
                        if error.error_len().is_none() && !at_end {
                            break;
                        }
                        let wrong = error.error_len().unwrap_or(self.filled - self.end);
                        self.buffer[self.end..self.end + wrong].fill(b'?');
                        self.invalid.get_or_insert(self.line);
                    }
                }
            }
            if self.end > 0 || at_end {
                return Ok(());
            }
        }
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(out.len());
        out[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Utf8<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.start == self.end {
            self.refill()?;
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, amount: usize) {
        let read = &self.buffer[self.start..(self.start + amount).min(self.end)];
        let ends = read.iter().filter(|byte| **byte == b'\n').count();
        self.line += ends as u64;
        self.start = (self.start + amount).min(self.end);
    }
}
