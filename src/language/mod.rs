//! Languages: their tags, and the words that the tool itself puts into a book.

mod boilerplate;
mod citing;
mod words;

use jiff::civil::Date;

pub(crate) use citing::Citing;
pub(crate) use words::LocaleStrings;
use words::{MORE, WORDS};

/// A BCP 47 language tag, well formed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

impl Language {
    /// Takes a tag whose subtags are letters and digits, the first a language of 2 or 3 letters
    /// (or `x` or `i` for a private one); the usual letter case is given to it.
    pub fn parse(tag: &str) -> Option<Self> {
        let mut normal = String::new();
        for (index, part) in tag.trim().split(['-', '_']).enumerate() {
            let valid = (1..=8).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_alphanumeric());
            if !valid || (index == 0 && !matches!(part.len(), 1..=3)) {
                return None;
            }
            let part = match (index, part.len()) {
                (0, _) => part.to_ascii_lowercase(),
                (_, 2) => part.to_ascii_uppercase(),
                (_, 4) if part.as_bytes()[0].is_ascii_alphabetic() => {
                    part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase()
                }
                _ => part.to_ascii_lowercase(),
            };
            if index > 0 {
                normal.push('-');
            }
            normal.push_str(&part);
        }
        Some(Self(normal))
    }

    /// The whole tag.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The first subtag, such as `en`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// Whether it is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        let mut subtags = self.tag().split('-').skip(1);
        // A script is a subtag of four letters (RFC 5646, 2.2.3), and says more than the language.
        if let Some(script) =
            subtags.find(|it| it.len() == 4 && !it.starts_with(char::is_numeric))
        {
            return matches!(
                script.to_ascii_lowercase().as_str(),
                "arab"
                    | "aran"
                    | "hebr"
                    | "syrc"
                    | "thaa"
                    | "nkoo"
                    | "adlm"
                    | "rohg"
                    | "samr"
                    | "mand"
            );
        }
        matches!(
            self.primary(),
            "ar" | "arc"
                | "azb"
                | "ckb"
                | "dv"
                | "fa"
                | "glk"
                | "he"
                | "iw"
                | "ji"
                | "ks"
                | "lrc"
                | "mzn"
                | "nqo"
                | "pnb"
                | "ps"
                | "sd"
                | "skr"
                | "syr"
                | "ug"
                | "ur"
                | "yi"
        )
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
        let mut all = WORDS.iter().chain(MORE);
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
        match self.0.as_str() {
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
            "en" if matches!(self.0.as_str(), "en-GB" | "en-AU" | "en-NZ" | "en-IE") => {
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
