//! Languages: their tags, and the words that the tool itself puts into a book.

mod boilerplate;
mod citing;
mod collation;
mod imprint;
mod numerals;
mod references;
mod seasons;
mod tag;
mod volume;
mod words;

use std::sync::Arc;

use jiff::civil::Date;

pub(crate) use citing::Citing;
pub(crate) use collation::Collation;
pub(crate) use numerals::roman;
pub(crate) use words::LocaleStrings;
use words::{EAST_ASIA, EUROPE, MIDDLE_EAST, WORDS};

/// A BCP 47 language tag, well formed and in its canonical form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(Arc<str>);

impl Language {
    /// Takes a well-formed tag, in its canonical form: the letter case, the order of extensions
    /// and the subtags that are preferred to others, such as `he` to `iw`.
    ///
    /// An underscore counts as a hyphen, for programs write `en_GB`.
    pub fn parse(tag: &str) -> Option<Self> {
        tag::canonical(tag).map(|tag| Self(tag.into()))
    }

    /// The whole tag.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The first subtag, such as `en`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// A number in words, as they stand alone, `Twenty-one`, where the language has some.
    pub fn in_words(&self, number: u32) -> Option<String> {
        numerals::in_words(self.primary(), number)
    }

    /// Whether it is written from right to left: as its script is, or without a script subtag
    /// the script that the language is usually written in.
    pub fn is_right_to_left(&self) -> bool {
        tag::is_right_to_left(&self.0)
    }

    /// The words of this language, or of English where we have none.
    pub fn words(&self) -> &'static LocaleStrings {
        self.own_words().unwrap_or(&WORDS[0].1)
    }

    /// The words of this language, if we have them.
    fn own_words(&self) -> Option<&'static LocaleStrings> {
        let primary = match self.primary() {
            "no" | "nn" => "nb",
            primary => primary,
        };
        let mut all = WORDS.iter().chain(EUROPE).chain(MIDDLE_EAST).chain(EAST_ASIA);
        all.find(|(known, _)| *known == primary).map(|(_, words)| words)
    }

    /// Whether the tool's own words are in this language.
    pub fn has_words(&self) -> bool {
        self.own_words().is_some()
    }

    /// Sentences of this language that only point at a page: `Read more here`.
    pub fn dead_ends(&self) -> &'static [&'static str] {
        let own = boilerplate::BOILERPLATE.iter().find(|(tag, _)| *tag == self.primary());
        own.map_or(&[], |(_, sentences)| sentences)
    }

    /// The quotation marks of this language: outer pair, inner pair.
    pub fn quotation_marks(&self) -> [&'static str; 4] {
        match &*self.0 {
            "de-CH" | "fr-CH" | "it-CH" => return ["«", "»", "‹", "›"],
            "pt-BR" => return ["“", "”", "‘", "’"],
            _ => {}
        }
        match self.primary() {
            "de" | "cs" | "sk" | "sl" | "lt" | "et" | "is" | "bg" => ["„", "“", "‚", "‘"],
            "fr" => ["«\u{202f}", "\u{202f}»", "“", "”"],
            "es" | "it" | "pt" | "ca" | "el" => ["«", "»", "“", "”"],
            "ru" | "uk" | "be" => ["«", "»", "„", "“"],
            "pl" | "ro" | "hu" | "hr" | "sr" => ["„", "”", "‚", "’"],
            "sv" | "fi" => ["”", "”", "’", "’"],
            "da" => ["»", "«", "›", "‹"],
            "no" | "nb" | "nn" => ["«", "»", "‘", "’"],
            _ => ["“", "”", "‘", "’"],
        }
    }

    /// Whether the day stands before the month in a date of numbers that ends with the year; none
    /// if readers of the language would not agree (CLDR 45, short dates).
    pub fn day_is_first(&self) -> Option<bool> {
        match (&*self.0, self.primary()) {
            ("en-US" | "en-PH" | "es-US" | "es-PA", _) => Some(false),
            ("en", _) | (_, "zh" | "ja" | "ko" | "hu" | "fil" | "sw") => None,
            _ => Some(true),
        }
    }

    /// A date as this language writes it, month in letters: `July 6, 2017`.
    pub fn date(&self, date: Date) -> String {
        let (year, day) = (date.year(), date.day());
        let words = self.words();
        let month = words.months[usize::from(date.month().unsigned_abs()) - 1];
        match self.primary() {
            "de" => format!("{day}. {month} {year}"),
            "fr" if day == 1 => format!("1er {month} {year}"),
            "fr" | "it" | "nl" => format!("{day} {month} {year}"),
            "es" | "pt" => format!("{day} de {month} de {year}"),
            "en" if matches!(&*self.0, "en-GB" | "en-AU" | "en-NZ" | "en-IE") => {
                format!("{day} {month} {year}")
            }
            "en" => format!("{month} {day}, {year}"),
            // The patterns of CLDR 45 for long dates.
            "zh" | "ja" => format!("{year}年{month}{day}日"),
            "ko" => format!("{year}년 {month} {day}일"),
            "cs" | "da" | "fi" | "nb" | "no" | "nn" => format!("{day}. {month} {year}"),
            "ru" => format!("{day} {month} {year} г."),
            "uk" => format!("{day} {month} {year} р."),
            "he" => format!("{day} ב{month} {year}"),
            "fa" => persian(&format!("{day} {month} {year}")),
            "ar" | "el" | "pl" | "sv" | "tr" => format!("{day} {month} {year}"),
            _ => date.to_string(),
        }
    }

    /// The line of a copyright page that names typefaces: `Set in Libertinus Serif`.
    pub fn set_in(&self, typefaces: &[String]) -> String {
        imprint::set_in(self, typefaces)
    }

    /// What one of several volumes is called: `Volume 2`.
    pub fn volume(&self, number: u32) -> String {
        volume::name(self, number)
    }

    /// The season of a day and its year, as a title: `Winter 2016–17`.
    pub fn season(&self, date: Date) -> String {
        seasons::of(self, date)
    }

    /// A month as this language writes it: `July 2017`; in numbers where its name would have another
    /// form than in a date.
    pub(crate) fn month(&self, year: i16, month: i8) -> String {
        let words = self.words();
        let index = usize::from(month.unsigned_abs()).saturating_sub(1).min(11);
        let name = words.months[index];
        match self.primary() {
            "zh" | "ja" => format!("{year}年{name}"),
            "ko" => format!("{year}년 {name}"),
            "es" | "pt" => format!("{name} de {year}"),
            "cs" | "ru" | "uk" | "pl" | "fi" => format!("{month:02}.{year}"),
            "el" => format!("{month:02}/{year}"),
            "fa" => persian(&format!("{name} {year}")),
            _ if self.has_words() => format!("{name} {year}"),
            _ => format!("{year:04}-{month:02}"),
        }
    }

    /// A year as this language writes it.
    pub(crate) fn year(&self, year: i16) -> String {
        match self.primary() {
            "zh" | "ja" => format!("{year}年"),
            "ko" => format!("{year}년"),
            "fa" => persian(&year.to_string()),
            _ => year.to_string(),
        }
    }

    /// An ordinal number as this language abbreviates it: `2nd`.
    pub fn ordinal(&self, number: u32) -> String {
        let ending = match (self.primary(), number % 100, number % 10) {
            ("de", ..) => ".",
            ("fr", ..) if number == 1 => "re",
            ("fr" | "nl", ..) => "e",
            ("es", ..) => ".ª",
            ("it" | "pt", ..) => "ª",
            (_, 11..=13, _) => "th",
            (_, _, 1) => "st",
            (_, _, 2) => "nd",
            (_, _, 3) => "rd",
            _ => "th",
        };
        format!("{number}{ending}")
    }
}
/// With the digits of Persian.
fn persian(text: &str) -> String {
    let digit = |c: char| {
        let value = c.to_digit(10)?;
        char::from_u32(0x6f0 + value)
    };
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}
