//! The full form of a work, in a note and in the bibliography.
//!
//! The two say the same: a note is one sentence whose parts commas divide, with the facts of
//! publication in parentheses, an entry is several (17, 14.18–21).

use super::writer::Writer;
use super::{locator, names};
use crate::bibliography::{Reference, ReferenceKind as Kind};
use crate::document::{Inline, Locator, LocatorKind};
use crate::language::Language;
use crate::source::Span;

/// Writes a note on a work that was not cited before.
pub(super) fn note(
    writer: &mut Writer<'_>,
    reference: &Reference,
    is_named: bool,
    place: Option<&Locator>,
) {
    Form { writer, reference, place, is_note: true }.write(is_named);
}

/// Writes the entry of a work.
pub(super) fn entry(
    reference: &Reference,
    language: &Language,
    span: Span,
) -> Vec<Inline> {
    let mut writer = Writer::new(language, span);
    Form { writer: &mut writer, reference, place: None, is_note: false }.write(true);
    writer.finish_sentence()
}

/// Writes a title as the kind of work has it set.
pub(super) fn styled(writer: &mut Writer<'_>, reference: &Reference, title: &str) {
    match reference.kind {
        Kind::Statute => writer.roman(title),
        kind if kind.stands_alone() || is_film(reference) || is_loose(reference) => {
            writer.italic(title);
        }
        _ => writer.quoted(title),
    }
}

/// Writes the name of what a work is in.
pub(super) fn outlet(writer: &mut Writer<'_>, reference: &Reference) {
    let Some(container) = &reference.container_title else { return };
    match reference.kind {
        // The names of sites that are no publications are roman (17, 14.206).
        Kind::WebPage | Kind::Post | Kind::Video | Kind::Statute | Kind::Case => {
            writer.roman(container);
        }
        _ => writer.italic(container),
    }
}

/// A film in its own right, not a video on a site.
fn is_film(reference: &Reference) -> bool {
    reference.kind == Kind::Video
        && reference.container_title.is_none()
        && reference.publisher.is_some()
}

/// Something of no known kind that somebody published, on its own.
fn is_loose(reference: &Reference) -> bool {
    reference.kind == Kind::Other
        && reference.container_title.is_none()
        && reference.publisher.is_some()
}

pub(super) struct Form<'w, 'a> {
    pub(super) writer: &'w mut Writer<'a>,
    pub(super) reference: &'w Reference,
    place: Option<&'w Locator>,
    pub(super) is_note: bool,
}

impl Form<'_, '_> {
    fn write(mut self, is_named: bool) {
        if is_named {
            self.people();
        }
        self.next();
        styled(self.writer, self.reference, &self.reference.title);
        self.next();
        match self.reference.kind {
            Kind::Article => self.journal(),
            Kind::Chapter | Kind::Entry | Kind::Paper => self.collection(),
            Kind::Thesis => self.thesis(),
            Kind::Statute | Kind::Case => self.law(),
            Kind::Book | Kind::Report | Kind::Manuscript | Kind::Dataset => self.book(),
            Kind::Software | Kind::Recording | Kind::Patent => self.book(),
            Kind::Video | Kind::Other
                if is_film(self.reference) || is_loose(self.reference) =>
            {
                self.book();
            }
            _ => self.periodical(),
        }
        self.tail();
    }

    /// What divides the parts: commas in a note, periods in an entry.
    pub(super) fn next(&mut self) {
        if self.is_note { self.writer.comma() } else { self.writer.period() }
    }

    /// A part of the reference, if it is there.
    pub(super) fn part(&mut self, part: Option<&str>) {
        self.writer.text(part.unwrap_or_default());
    }

    fn people(&mut self) {
        let (people, are_editors) = names::leading(self.reference);
        let language = self.writer.language;
        let text = match self.is_note {
            true => names::in_note(people, language),
            false => names::in_entry(people, language),
        };
        self.writer.text(&text);
        if are_editors && !people.is_empty() {
            self.writer.comma();
            let words = self.writer.words;
            let is_one = people.len() == 1;
            self.writer.text(if is_one { words.editor } else { words.editors });
        }
    }

    /// `ed. A. B.` in a note, `Edited by A. B.` in an entry, within a sentence `edited by`.
    fn helpers(&mut self, within: bool) {
        let words = self.writer.words;
        let editors: &[_] = match names::leading(self.reference) {
            (_, true) => &[],
            _ => &self.reference.editors,
        };
        let translators = &self.reference.translators;
        let helpers = [
            (editors, words.edited_by, words.edited_by_long),
            (translators, words.translated_by, words.translated_by_long),
        ];
        for (people, in_note, in_entry) in helpers {
            if people.is_empty() {
                continue;
            }
            let by = match (self.is_note, within) {
                (true, _) => in_note.to_owned(),
                (false, true) => lower_first(in_entry),
                (false, false) => in_entry.to_owned(),
            };
            let names = names::all(people, self.writer.language);
            if within {
                self.writer.comma()
            } else {
                self.next()
            }
            self.writer.text(&format!("{by} {names}"));
        }
    }

    /// `*Journal* 12, no. 3 (May 2018): 33–35`.
    fn journal(&mut self) {
        let Reference { volume, issue, pages, .. } = self.reference;
        outlet(self.writer, self.reference);
        self.writer.space();
        self.part(volume.as_deref());
        if let Some(issue) = issue {
            self.writer.comma();
            self.writer.text(&format!("{} {issue}", self.writer.words.issue));
        }
        let date = self.date();
        if volume.is_none() && issue.is_none() {
            self.writer.comma();
            self.writer.text(&date);
        } else if !date.is_empty() {
            self.writer.space();
            self.writer.text(&format!("({date})"));
        }
        let is_page = self.place.is_some_and(|place| place.kind == LocatorKind::Page);
        if volume.is_some() || issue.is_some() {
            self.writer.colon();
        } else {
            self.writer.comma();
        }
        if let Some(pages) = pages.as_ref().filter(|_| !is_page) {
            self.writer.text(&locator::dashes(pages));
            self.writer.comma();
        }
        locator::write(self.writer, self.place);
    }

    /// `*Newspaper*, May 3, 2018`, and all that is like it.
    fn periodical(&mut self) {
        let Reference { kind, genre, medium, .. } = self.reference;
        self.interviewers();
        self.next();
        outlet(self.writer, self.reference);
        let container = self.reference.container_title.as_deref().unwrap_or_default();
        let blog = self.writer.words.blog;
        let says_blog = container.to_lowercase().contains(blog);
        if *kind == Kind::BlogPost && !container.is_empty() && !says_blog {
            self.writer.space();
            self.writer.text(&format!("({blog})"));
        }
        self.next_of(*kind);
        self.part(self.reference.event_title.as_deref());
        self.writer.comma();
        self.part(self.reference.publisher.as_deref());
        self.next_of(*kind);
        let date = self.date();
        let begins = !self.is_note && self.reference.container_title.is_none();
        self.writer.text(&if begins { upper_first(&date) } else { date });
        self.next_of(*kind);
        let what = if *kind == Kind::BlogPost { None } else { genre.as_deref() };
        self.part(what);
        self.writer.comma();
        self.part(medium.as_deref());
        self.writer.comma();
        locator::write(self.writer, self.place);
    }

    /// A site's name ends its sentence, a periodical's does not (17, 14.207); nor can one that
    /// is not there.
    fn next_of(&mut self, kind: Kind) {
        match kind {
            Kind::WebPage | Kind::Video => self.next(),
            _ if self.reference.container_title.is_none() => self.next(),
            _ => self.writer.comma(),
        }
    }

    fn interviewers(&mut self) {
        let people = &self.reference.interviewers;
        if people.is_empty() {
            return;
        }
        let words = self.writer.words;
        let by = if self.is_note { words.interview_by } else { words.interview_by_long };
        let names = names::all(people, self.writer.language);
        self.writer.text(&format!("{by} {names}"));
    }

    fn book(&mut self) {
        self.helpers(false);
        self.edition();
        self.volume();
        self.series();
        self.number();
        self.facts();
        self.writer.comma();
        locator::write(self.writer, self.place);
    }

    /// `in *Book*, ed. A. B. (Place: Publisher, 2018), 12`.
    fn collection(&mut self) {
        let Reference { container_title, event_title, pages, .. } = self.reference;
        let words = self.writer.words;
        if container_title.is_some() {
            let in_ =
                if self.is_note { words.in_.to_owned() } else { upper_first(words.in_) };
            self.writer.text(&in_);
            self.writer.space();
            outlet(self.writer, self.reference);
        } else if let Some(event) = event_title {
            self.writer.text(&format!("{} {event}", words.read_at));
        }
        self.helpers(true);
        let pages = pages.as_deref().map(locator::dashes);
        if !self.is_note {
            self.writer.comma();
            self.part(pages.as_deref());
        }
        self.edition();
        self.volume();
        self.series();
        self.facts();
        self.writer.comma();
        match self.place {
            Some(_) => locator::write(self.writer, self.place),
            None if self.is_note => self.part(pages.as_deref()),
            None => {}
        }
    }

    /// `“Title” (PhD diss., University, 2018)`.
    fn thesis(&mut self) {
        let Reference { genre, publisher, .. } = self.reference;
        let genre = genre.as_deref().unwrap_or(self.writer.words.thesis);
        let date = self.year();
        let parts = [genre, publisher.as_deref().unwrap_or_default(), &date];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let facts = parts.join(", ");
        if self.is_note {
            self.writer.space();
            self.writer.text(&format!("({facts})"));
        } else {
            self.writer.text(&upper_first(&facts));
        }
        self.writer.comma();
        locator::write(self.writer, self.place);
    }

    /// `*Case*, 347 U.S. 483 (1954)`; `Act, No. 12 (2016)`: commas even in an entry, after the
    /// custom of lawyers (17, 14.269).
    fn law(&mut self) {
        let Reference { container_title, volume, pages, number, publisher, .. } =
            self.reference;
        self.writer.comma();
        let report = [volume, container_title, pages].map(|part| part.as_deref());
        let report: Vec<_> = report.into_iter().flatten().collect();
        self.part(number.as_deref());
        self.writer.comma();
        self.writer.roman(&report.join(" "));
        let date = self.date();
        let parts = [publisher.as_deref().unwrap_or_default(), &date];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if !parts.is_empty() {
            self.writer.space();
            // A court and its year are one term: `(9th Cir. 2010)`.
            let court = self.reference.kind == Kind::Case;
            let parts = parts.join(if court { " " } else { ", " });
            self.writer.text(&format!("({parts})"));
        }
        self.writer.comma();
        locator::write(self.writer, self.place);
    }

    /// Where it can be found: a DOI rather than an address (17, 14.8), and when it was read
    /// only where it has no date (17, 14.12).
    fn tail(&mut self) {
        let Reference { doi, address, accessed, issued, archive_address, .. } =
            self.reference;
        if let (None, Some(accessed), Some(_)) = (issued, accessed, address) {
            let day = accessed.text(self.writer.language);
            let words = self.writer.language.words().accessed;
            self.next();
            let words = if self.is_note { words.to_owned() } else { upper_first(words) };
            self.writer.text(&format!("{words} {day}"));
        }
        self.next();
        match (doi, address) {
            (Some(doi), _) => self.writer.link(&format!("https://doi.org/{doi}")),
            (None, Some(address)) => self.writer.link(address),
            (None, None) => {}
        }
        if let Some(archived) = archive_address {
            self.writer.comma();
            self.writer.text(self.writer.words.archived);
            self.writer.space();
            self.writer.link(archived);
        }
    }
}

pub(super) fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_lowercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
