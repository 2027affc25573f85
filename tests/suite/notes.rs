//! What must be true of the notes of every book: each reference has its note, each note its
//! references, in both editions.

use std::collections::{BTreeMap, BTreeSet};

use bindery::Frames;
use bindery::frames::{Anchor, NoteId};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::case::unpack;

/// Every reference leads to a note that leads back to it.
pub(crate) fn epub(bytes: &[u8], name: &str) {
    let mut references: BTreeSet<(String, String)> = BTreeSet::new();
    let mut ways_back: BTreeSet<(String, String)> = BTreeSet::new();
    for (path, text) in unpack(bytes) {
        let Some(file) = path.strip_prefix("EPUB/") else { continue };
        if !file.ends_with(".xhtml") {
            continue;
        }
        let mut reader = Reader::from_str(&text);
        // The items that are open: a note may hold lists of its own.
        let mut items: Vec<String> = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(element) if element.name().as_ref() == "li" => {
                    items.push(attribute(&element, "id").unwrap_or_default());
                }
                Event::End(element) if element.name().as_ref() == "li" => {
                    items.pop();
                }
                Event::Start(element) => match attribute(&element, "epub:type") {
                    Some(kind) if kind == "noteref" => {
                        let id = attribute(&element, "id").unwrap();
                        let href = attribute(&element, "href").unwrap();
                        references.insert((format!("{file}#{id}"), href));
                    }
                    Some(kind) if kind == "backlink" => {
                        let href = attribute(&element, "href").unwrap();
                        let note = items.iter().rfind(|id| !id.is_empty());
                        let note = note.unwrap_or_else(|| {
                            panic!("{name}: {file}: {href} is led to from no note")
                        });
                        ways_back.insert((href, format!("{file}#{note}")));
                    }
                    _ => {}
                },
                _ => {}
            }
        }
    }
    assert_eq!(references, ways_back, "{name}: references and ways back differ");
}

fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let attributes = element.attributes().flatten();
    let mut named = attributes.filter(|it| it.key.as_ref() == name);
    named.next().map(|it| it.value.to_string())
}

/// Every note that is referred to has its place, and none has a place that nothing refers to. At
/// the feet of pages that is the page of the first reference.
pub(crate) fn frames(frames: &Frames, at_foot: bool, name: &str) {
    let mut references: BTreeMap<NoteId, usize> = BTreeMap::new();
    let mut notes: BTreeMap<NoteId, usize> = BTreeMap::new();
    for (anchor, at) in &frames.places {
        match anchor {
            Anchor::Reference(note, _) => {
                let first = references.entry(*note).or_insert(at.page);
                *first = at.page.min(*first);
            }
            Anchor::Note(note) => {
                notes.insert(*note, at.page);
            }
            _ => {}
        }
    }
    if at_foot {
        assert_eq!(references, notes, "{name}: notes stand on other pages");
    } else {
        let [references, notes] =
            [references, notes].map(|it| it.into_keys().collect::<Vec<_>>());
        assert_eq!(references, notes, "{name}: references and notes differ");
    }
}
