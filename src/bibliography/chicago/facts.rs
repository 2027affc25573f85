//! The facts of a publication: edition, volume, series, publisher and date.

use super::work::{Form, upper_first};
use crate::bibliography::{Reference, ReferenceKind as Kind};

impl Form<'_, '_> {
    pub(super) fn edition(&mut self) {
        let Some(edition) = &self.reference.edition else { return };
        let text = match edition.parse::<u32>() {
            Ok(1) => return,
            Ok(number) => {
                let ordinal = self.writer.language.ordinal(number);
                self.writer.words.edition.replace("{}", &ordinal)
            }
            Err(_) => edition.clone(),
        };
        self.next();
        self.writer.text(&text);
    }

    pub(super) fn volume(&mut self) {
        let Some(volume) = &self.reference.volume else { return };
        self.next();
        let words = self.writer.words;
        let word = if self.is_note {
            words.volume.to_owned()
        } else {
            upper_first(words.volume)
        };
        self.writer.text(&format!("{word} {volume}"));
    }

    pub(super) fn series(&mut self) {
        let Reference { collection_title, collection_number, .. } = self.reference;
        let Some(series) = collection_title else { return };
        self.next();
        self.writer.roman(series);
        self.writer.space();
        self.part(collection_number.as_deref());
    }

    /// What a report is, and its number.
    pub(super) fn number(&mut self) {
        let Reference { genre, number, medium, .. } = self.reference;
        self.next();
        self.part(genre.as_deref());
        if let Some(number) = number {
            if genre.is_some() {
                self.writer.space()
            } else {
                self.next()
            }
            let is_plain = number.starts_with(|c: char| c.is_ascii_digit());
            let issue = if is_plain { self.writer.words.issue } else { "" };
            self.writer.text(format!("{issue} {number}").trim_start());
        }
        self.next();
        self.part(medium.as_deref());
    }

    /// Place, publisher and year: in parentheses, in a note.
    pub(super) fn facts(&mut self) {
        let Reference { place, publisher, .. } = self.reference;
        let is_dated = matches!(self.reference.kind, Kind::Report | Kind::Dataset);
        let date = if is_dated { self.date() } else { self.year() };
        let mut facts = place.clone().unwrap_or_default();
        for (mark, part) in [(": ", publisher.as_deref()), (", ", Some(date.as_str()))] {
            let Some(part) = part.filter(|part| !part.is_empty()) else { continue };
            if !facts.is_empty() {
                facts.push_str(mark);
            }
            facts.push_str(part);
        }
        if facts.is_empty() {
            return;
        }
        if self.is_note {
            self.writer.space();
            self.writer.text(&format!("({facts})"));
        } else {
            self.writer.period();
            self.writer.text(&facts);
        }
    }

    pub(super) fn date(&self) -> String {
        let issued = self.reference.issued.as_ref();
        issued.map(|date| date.text(self.writer.language)).unwrap_or_default()
    }

    /// The year of what is printed; where it is unknown and no other date will follow, so the
    /// reader is told.
    pub(super) fn year(&self) -> String {
        let Reference { issued, accessed, publisher, .. } = self.reference;
        match issued {
            Some(date) => date.years(self.writer.language),
            None if publisher.is_some() && accessed.is_none() => {
                self.writer.words.no_date.to_owned()
            }
            None => String::new(),
        }
    }
}
