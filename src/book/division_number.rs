//! The numbers of chapters and parts.

use std::collections::BTreeMap;
use std::fmt;

use super::{Book, Chapter, Part};
use crate::config::{BookConfig, NumberStyle, Numbers};
use crate::document::ChapterId;
use crate::language::{Language, roman};

/// What a label takes its number at.
const PLACEHOLDER: [&str; 2] = ["{{", "}}"];

/// The number of a chapter or a part as it is printed, with its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DivisionNumber {
    /// What stands before the number, such as `Chapter `.
    pub before: String,
    /// The number alone: `4`, `IV`, `Four`.
    pub numeral: String,
    /// What stands behind it.
    pub after: String,
}

impl fmt::Display for DivisionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { before, numeral, after } = self;
        write!(f, "{before}{numeral}{after}")
    }
}

impl DivisionNumber {
    /// What stands before a title in a list: `Chapter 4: `, or `4. `.
    pub(crate) fn before_title(&self) -> String {
        let has_label = !self.before.is_empty() || !self.after.is_empty();
        format!("{self}{} ", if has_label { ':' } else { '.' })
    }

    fn new(number: u32, numbers: &Numbers, language: &Language) -> Option<Self> {
        let numeral = match numbers.style? {
            NumberStyle::Arabic => number.to_string(),
            NumberStyle::Roman => roman(number).to_uppercase(),
            NumberStyle::Words => {
                language.in_words(number).unwrap_or_else(|| number.to_string())
            }
        };
        let label = numbers.label.as_deref().unwrap_or_default();
        let (before, after) = match around(label) {
            Some((before, after)) => (before.to_owned(), after.to_owned()),
            None if label.is_empty() => (String::new(), String::new()),
            // The number stays with its label.
            None => (format!("{label}\u{a0}"), String::new()),
        };
        Some(Self { before, numeral, after })
    }
}

/// What stands before and behind `{{ number }}` in a label, if it has that.
fn around(label: &str) -> Option<(&str, &str)> {
    let [open, close] = PLACEHOLDER;
    let (before, rest) = label.split_once(open)?;
    let (name, after) = rest.split_once(close)?;
    (name.trim() == "number").then_some((before, after))
}

/// Numbers the parts that have titles, and the chapters.
pub(super) fn number(parts: &mut [Part], config: &BookConfig) {
    let language = &config.language;
    let (mut part_number, mut chapter_number) = (0, 0);
    for part in parts {
        if part.title.is_some() {
            part_number += 1;
            part.number =
                DivisionNumber::new(part_number, &config.part_numbers, language);
        }
        if config.chapter_numbers_begin_with_parts {
            chapter_number = 0;
        }
        for chapter in &mut part.chapters {
            chapter_number += 1;
            chapter.number =
                DivisionNumber::new(chapter_number, &config.chapter_numbers, language);
        }
    }
}

/// Numbers the parts and chapters of a volume as they are numbered in the whole.
pub(super) fn number_as_in(parts: &mut [Part], whole: &Book) {
    let mut known: BTreeMap<ChapterId, (&Part, &Chapter)> = BTreeMap::new();
    for part in &whole.parts {
        known.extend(part.chapters.iter().map(|chapter| (chapter.id, (part, chapter))));
    }
    for part in parts {
        for chapter in &mut part.chapters {
            if let Some((of_part, of_chapter)) = known.get(&chapter.id) {
                part.number.clone_from(&of_part.number);
                chapter.number.clone_from(&of_chapter.number);
            }
        }
    }
}
