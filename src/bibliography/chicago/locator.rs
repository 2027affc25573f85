//! Places in a work: pages by their bare number, others with their term.

use super::writer::Writer;
use crate::document::{Locator, LocatorKind};

/// Writes a place.
pub(super) fn write(writer: &mut Writer<'_>, locator: Option<&Locator>) {
    if let Some(locator) = locator {
        writer.text(&text(locator, writer.words.places[index(locator.kind)]));
    }
}

fn text(Locator { kind, value }: &Locator, terms: [&str; 2]) -> String {
    let value = dashes(value.trim());
    // `p. passim` is said in words.
    let has_term = is_numeric(&value) || *kind == LocatorKind::SubVerbo;
    let term = terms[usize::from(is_several(&value))];
    if has_term && !term.is_empty() { format!("{term} {value}") } else { value }
}

/// Ranges take an en dash.
pub(super) fn dashes(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for part in value.split_inclusive('-') {
        let is_range = part.len() > 1 && part.trim_end_matches('-').ends_with(is_figure);
        match part.strip_suffix('-') {
            Some(head) if is_range => {
                text.push_str(head);
                text.push('–');
            }
            Some("") if text.ends_with('–') => {}
            _ => text.push_str(part),
        }
    }
    text
}

/// Whether a character can end a number, Roman ones included.
fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || "ivxlcdm".contains(c)
}

fn is_numeric(value: &str) -> bool {
    let is_number = |part: &str| {
        part.contains(|c: char| c.is_ascii_digit())
            || !part.is_empty() && part.to_lowercase().chars().all(is_figure)
    };
    let mut parts = value.split([' ', ',', '–', '&']).filter(|part| !part.is_empty());
    parts.next().is_some_and(is_number)
}

/// Whether a place is several of its kind: `33–35, 38`, and not `2, app. B`.
fn is_several(value: &str) -> bool {
    let joined = value.contains(['–', ',', '&']) || value.contains(" and ");
    let is_number = |part: &str| {
        part == "and"
            || part.contains(|c: char| c.is_ascii_digit())
            || part.to_lowercase().chars().all(is_figure)
    };
    joined && value.split([' ', ',', '–', '&']).all(is_number)
}

fn index(kind: LocatorKind) -> usize {
    match kind {
        LocatorKind::Book => 0,
        LocatorKind::Chapter => 1,
        LocatorKind::Column => 2,
        LocatorKind::Figure => 3,
        LocatorKind::Folio => 4,
        LocatorKind::Issue => 5,
        LocatorKind::Line => 6,
        LocatorKind::Note => 7,
        LocatorKind::Opus => 8,
        LocatorKind::Page => 9,
        LocatorKind::Paragraph => 10,
        LocatorKind::Part => 11,
        LocatorKind::Section => 12,
        LocatorKind::SubVerbo => 13,
        LocatorKind::Timestamp => 14,
        LocatorKind::Verse => 15,
        LocatorKind::Volume => 16,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn places_have_their_terms() {
        let language = Language::parse("en").unwrap();
        let places = language.words().citing.places;
        let cases = [
            (LocatorKind::Page, "12", "12"),
            (LocatorKind::Page, "12-15", "12–15"),
            (LocatorKind::Page, "xii--xv", "xii–xv"),
            (LocatorKind::Chapter, "3", "chap. 3"),
            (LocatorKind::Section, "2-4", "secs. 2–4"),
            (LocatorKind::Figure, "4a", "fig. 4a"),
            (LocatorKind::Paragraph, "6, 9", "paras. 6, 9"),
            (LocatorKind::Section, "Introduction", "Introduction"),
            (LocatorKind::Timestamp, "1:02:33", "1:02:33"),
            (LocatorKind::SubVerbo, "rice", "s.v. rice"),
            (LocatorKind::Page, "A-12", "A-12"),
        ];
        for (kind, value, expected) in cases {
            let locator = Locator { kind, value: value.to_owned() };
            assert_eq!(text(&locator, places[index(kind)]), expected);
        }
    }
}
