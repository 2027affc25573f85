//! What must be true of every book, whatever it holds.

use std::collections::{BTreeMap, BTreeSet};

use bindery::Frames;
use bindery::frames::{Item, ItemKind, Pt, Rect, Rotated};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::case::unpack;

/// The validator finds nothing against the standards that the edition promises; a print PDF
/// promises none, but the validator can read it.
pub(crate) fn pdf(bytes: &[u8], is_for_print: bool, name: &str) {
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let options = ValidationOptions::default().profile(profile);
        let report = validate_pdf_bytes(bytes, &options);
        let report = report.unwrap_or_else(|error| panic!("{name}: {error}"));
        let failures = report.failures.iter();
        let failures: Vec<String> = failures
            .filter(|it| !is_misjudged(&it.rule_id, &it.to_string(), bytes))
            .map(ToString::to_string)
            .collect();
        let passes = failures.is_empty() || is_for_print;
        assert!(passes, "{name}: {profile}: {failures:#?}");
    }
}

/// page_validation 0.12 takes a last byte that happens to be a carriage return for part of the
/// line end before `endstream`, and the stream for too short. veraPDF does not. Whether every
/// length is right is looked at here instead.
///
/// Of glyphs that are pictures (Type 3), and of those whose width is the default of another part of
/// a font (CFF with several), it takes the width for zero. veraPDF reads both.
fn is_misjudged(rule: &str, failure: &str, bytes: &[u8]) -> bool {
    match rule {
        "ISO 19005-2:2011:6.1.7.1:1" => lengths_are_right(bytes),
        "ISO 14289-1:2014:7.21.5:1" | "ISO 19005-2:2011:6.2.11.5:1" => {
            let of_picture = failure.contains("Type3") && failure.contains("width 0.000");
            of_picture || failure.contains("width 0.000 in its embedded CIDFontType0C")
        }
        _ => false,
    }
}

fn lengths_are_right(bytes: &[u8]) -> bool {
    const BEGIN: &[u8] = b"\nstream\n";
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(BEGIN.len()).position(|it| it == BEGIN) {
        let (dictionary, start) = (&bytes[at..at + found], at + found + BEGIN.len());
        let dictionary = String::from_utf8_lossy(dictionary);
        let length = dictionary.rsplit("/Length ").next().unwrap_or_default();
        let digits: String = length.chars().take_while(char::is_ascii_digit).collect();
        let Ok(length) = digits.parse::<usize>() else { return false };
        at = start + length;
        if !bytes[at..].starts_with(b"\nendstream") {
            return false;
        }
    }
    at > 0
}

/// Every document is well-formed and has no id twice; every link within the book leads to a
/// place that is there; every file of the package is listed.
pub(crate) fn epub(bytes: &[u8], name: &str) {
    let files = unpack(bytes);
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut links: Vec<(&str, String)> = Vec::new();
    for (path, text) in &files {
        let markup = ["xhtml", "opf", "ncx", "svg", "xml"];
        if markup.iter().any(|extension| path.ends_with(&format!(".{extension}"))) {
            read_markup(path, text, name, &mut ids, &mut links);
        }
    }
    for (path, link) in links {
        if link.contains("://")
            || link.starts_with("mailto:")
            || link.starts_with("data:")
        {
            continue;
        }
        let (file, fragment) = link.split_once('#').unwrap_or((&link, ""));
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let target = match file {
            "" => path.to_owned(),
            _ => without_dots(&format!("{folder}/{file}")),
        };
        assert!(files.contains_key(&target), "{name}: {path} links to no file: {link}");
        let found = fragment.is_empty()
            || ids.get(target.as_str()).is_some_and(|ids| ids.contains(fragment));
        assert!(found, "{name}: {path} links to no place: {link}");
    }
    let package = &files["EPUB/package.opf"];
    for path in files.keys().filter_map(|path| path.strip_prefix("EPUB/")) {
        let listed = path == "package.opf" || package.contains(&format!("\"{path}\""));
        assert!(listed, "{name}: {path} is not in the package document");
    }
}

/// A path without `..`.
fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            ".." => _ = parts.pop(),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

fn read_markup<'a>(
    path: &'a str,
    text: &str,
    name: &str,
    ids: &mut BTreeMap<&'a str, BTreeSet<String>>,
    links: &mut Vec<(&'a str, String)>,
) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut depth = 0;
    loop {
        let event = reader.read_event();
        let event = event.unwrap_or_else(|error| panic!("{name}: {path}: {error}"));
        let element = match &event {
            Event::Eof => break,
            Event::End(_) => {
                depth -= 1;
                continue;
            }
            Event::Start(element) => {
                depth += 1;
                element
            }
            Event::Empty(element) => element,
            _ => continue,
        };
        for attribute in element.attributes() {
            let attribute = attribute.unwrap_or_else(|e| panic!("{name}: {path}: {e}"));
            let value = attribute.value.replace("&amp;", "&");
            match attribute.key.as_ref() {
                "id" => assert!(
                    ids.entry(path).or_default().insert(value.clone()),
                    "{name}: {path} has the id {value} twice"
                ),
                "href" | "src" => links.push((path, value)),
                _ => {}
            }
        }
    }
    assert_eq!(depth, 0, "{name}: {path} ends too early");
}

/// Nothing stands outside its page.
pub(crate) fn frames(frames: &Frames, name: &str) {
    for page in &frames.pages {
        for item in &page.items {
            let (left, right, top, bottom) = extent(item);
            let within = left >= -page.slug
                && right <= page.size.width + page.slug
                && top >= -page.slug
                && bottom <= page.size.height + page.slug;
            assert!(within, "{name}: page {}: {item:?} sticks out", page.folio);
        }
    }
}

fn extent(item: &Item) -> (Pt, Pt, Pt, Pt) {
    area(&item.kind)
}

/// From the left to the right, and from the top to the bottom.
fn area(kind: &ItemKind) -> (Pt, Pt, Pt, Pt) {
    match kind {
        ItemKind::Rotated(rotated) => {
            let (left, right, top, bottom) = area(&rotated.kind);
            let area = Rect::new(left, top, right - left, bottom - top);
            let Rect { origin, size } = Rotated::place(rotated.corner, area);
            (origin.x, origin.x + size.width, origin.y, origin.y + size.height)
        }
        ItemKind::Text(run) => {
            let width = run
                .pieces
                .iter()
                .fold(Pt::ZERO, |sum, piece| sum + piece.width(run.size) * run.stretch);
            (run.origin.x, run.origin.x + width, run.origin.y, run.origin.y)
        }
        ItemKind::Line { from, to, .. } => (from.x, to.x, from.y, to.y),
        ItemKind::Fill { area, .. }
        | ItemKind::Outline { area, .. }
        | ItemKind::Picture { area, .. }
        | ItemKind::Qr { area, .. } => (
            area.origin.x,
            area.origin.x + area.size.width,
            area.origin.y,
            area.origin.y + area.size.height,
        ),
    }
}
