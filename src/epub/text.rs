//! The text of an EPUB that was written, read from its bytes.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

/// The text of each document in the order of their names, and whether it is that of a chapter.
/// Words that stand for pictures are text.
pub(crate) fn text(epub: &[u8]) -> Vec<(bool, String)> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(epub)) else { return Vec::new() };
    let mut documents = Vec::new();
    for index in 0..archive.len() {
        let Ok(mut file) = archive.by_index(index) else { continue };
        let Ok(name) = file.name().map(|name| name.into_owned()) else { continue };
        let mut markup = String::new();
        if name.ends_with(".xhtml") && file.read_to_string(&mut markup).is_ok() {
            let is_chapter = name.contains("/chapter-");
            documents.push((place(&name), name, is_chapter, words(&markup)));
        }
    }
    documents.sort();
    documents.into_iter().map(|(.., is_chapter, text)| (is_chapter, text)).collect()
}

/// What documents are sorted by: `chapter-1000-…` comes after `chapter-999-…`.
fn place(name: &str) -> (String, u32) {
    let is_digit = |c: char| c.is_ascii_digit();
    let start = name.find(is_digit).unwrap_or(name.len());
    let digits = name[start..].split(|c| !is_digit(c)).next().unwrap_or_default();
    (name[..start].to_owned(), digits.parse().unwrap_or(0))
}

/// Elements around which no word goes on; the number of a note is a link.
const BLOCKS: [&str; 21] = [
    "a",
    "p",
    "div",
    "section",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "dt",
    "dd",
    "td",
    "th",
    "pre",
    "figcaption",
    "blockquote",
    "header",
    "br",
    "rt",
];

fn words(markup: &str) -> String {
    let mut reader = Reader::from_str(markup);
    let mut text = String::new();
    let mut in_head = false;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Text(words) if !in_head => {
                text.push_str(&words);
            }
            Event::GeneralRef(name) => {
                // What is left are marks: `&amp;`, `&lt;`.
                text.push(name.resolve_char_ref().ok().flatten().unwrap_or(' '));
            }
            Event::Start(tag) if tag.name().as_ref() == "head" => in_head = true,
            Event::Start(tag) | Event::Empty(tag) => {
                if BLOCKS.contains(&tag.name().as_ref()) {
                    text.push(' ');
                }
                if let Ok(Some(alt)) = tag.try_get_attribute("alt") {
                    text.push(' ');
                    text.push_str(&alt.value);
                    text.push(' ');
                }
            }
            Event::End(tag) if tag.name().as_ref() == "head" => in_head = false,
            Event::End(tag) if BLOCKS.contains(&tag.name().as_ref()) => text.push(' '),
            Event::Eof => break,
            _ => {}
        }
    }
    text
}
