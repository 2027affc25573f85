//! The words that stand before a source, and those that name none.

/// What a word before a source says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Credit {
    /// That it is the source: the word says no more than the note's mark.
    Source,
    /// The same, but the word is also used in running text: `see`, `from`.
    Weak,
    /// Who led the author there: `via`, `h/t`. The note keeps the word.
    Lead,
}

/// By the first word or words, without what [`plain`] takes off.
const CREDITS: [(&str, Credit); 45] = [
    ("source", Credit::Source),
    ("sources", Credit::Source),
    ("cited from", Credit::Source),
    ("quoted from", Credit::Source),
    ("quoted in", Credit::Source),
    ("full story", Credit::Source),
    ("full article", Credit::Source),
    ("full text", Credit::Source),
    ("original", Credit::Source),
    ("original article", Credit::Source),
    ("read more", Credit::Source),
    ("read the rest", Credit::Source),
    ("quelle", Credit::Source),
    ("quellen", Credit::Source),
    ("fuente", Credit::Source),
    ("fuentes", Credit::Source),
    ("fonte", Credit::Source),
    ("fonti", Credit::Source),
    ("bron", Credit::Source),
    ("källa", Credit::Source),
    ("kilde", Credit::Source),
    ("źródło", Credit::Source),
    ("источник", Credit::Source),
    ("출처", Credit::Source),
    ("出典", Credit::Source),
    ("来源", Credit::Source),
    ("來源", Credit::Source),
    ("origin", Credit::Weak),
    ("link", Credit::Weak),
    ("links", Credit::Weak),
    ("from", Credit::Weak),
    ("see", Credit::Weak),
    ("read at", Credit::Weak),
    ("aus", Credit::Weak),
    ("via", Credit::Lead),
    ("found via", Credit::Lead),
    ("seen at", Credit::Lead),
    ("h/t", Credit::Lead),
    ("h/t to", Credit::Lead),
    ("ht", Credit::Lead),
    ("ht to", Credit::Lead),
    ("hat tip", Credit::Lead),
    ("hat tip to", Credit::Lead),
    ("hattip", Credit::Lead),
    ("tip of the hat to", Credit::Lead),
];

/// Words of a link that name nothing, so that only the address can name the source.
const GENERIC: [&str; 50] = [
    "link",
    "links",
    "the link",
    "this link",
    "that link",
    "here",
    "right here",
    "over here",
    "read more",
    "read more here",
    "read more at the link",
    "more",
    "more here",
    "read",
    "read it",
    "read on",
    "read it here",
    "read it all",
    "read the rest",
    "the rest",
    "continue reading",
    "source",
    "the source",
    "sources",
    "article",
    "this article",
    "the article",
    "the whole article",
    "the full article",
    "full article",
    "full story",
    "the full story",
    "full text",
    "the story",
    "this story",
    "story",
    "whole thing",
    "the whole thing",
    "via",
    "website",
    "click here",
    "this",
    "original",
    "hier",
    "ici",
    "aquí",
    "qui",
    "mehr",
    "weiterlesen",
    "lire la suite",
];

/// What words before a source say of it, if they say only that.
pub(super) fn credit(text: &str) -> Option<Credit> {
    let words = plain(text);
    let found = CREDITS.iter().find(|(credit, _)| *credit == words);
    found.map(|&(_, credit)| credit)
}

/// Whether the words of a link say nothing of where it leads.
pub(in super::super) fn is_generic(words: &str) -> bool {
    let words = words.trim().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    words.is_empty() || is_locator(&words) || GENERIC.contains(&words.as_str())
}

/// What stands before the number of a place in a work.
const LOCATORS: [&str; 34] = [
    "§",
    "§§",
    "p.",
    "pp.",
    "p",
    "pp",
    "page",
    "pages",
    "ch.",
    "chap.",
    "chapter",
    "sec.",
    "section",
    "sect.",
    "par.",
    "paragraph",
    "line",
    "lines",
    "l.",
    "ll.",
    "vol.",
    "volume",
    "no.",
    "nr.",
    "n.",
    "note",
    "fig.",
    "figure",
    "s.",
    "seite",
    "kap.",
    "kapitel",
    "at",
    "min.",
];

/// Whether words only say at what place of a work something is: `235B`, `2:27`, `xii`, `p. 12`,
/// `§ 4`. A number names no source.
fn is_locator(words: &str) -> bool {
    let words = words.trim();
    let spaced = words.replace('§', "§ ");
    let parts: Vec<&str> = spaced.split_whitespace().collect();
    let numbers: Vec<&&str> =
        parts.iter().filter(|part| !LOCATORS.contains(&&***part)).collect();
    let led = numbers.len() < parts.len();
    let is_hour = |part: &str| {
        matches!(part, "am" | "pm" | "a.m." | "p.m." | "h" | "f" | "ff" | "f." | "ff.")
    };
    !numbers.is_empty()
        && numbers.iter().any(|part| is_number(part, led))
        && numbers.iter().all(|part| is_number(part, led) || is_hour(part))
}

/// Whether a word is a number, a range or a time, a letter after it perhaps, or a Roman number.
fn is_number(word: &str, led: bool) -> bool {
    let word = word.trim_end_matches([',', '.', ';', ')']).trim_start_matches('(');
    let is_joint =
        |c: char| matches!(c, ':' | '.' | '-' | '–' | '/' | ',' | '\'' | '’' | '″' | '′');
    let digits = |part: &str| {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < part.len()
            && (rest.is_empty()
                || matches!(rest, "s" | "m" | "h" | "min" | "sec")
                || (rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_alphabetic())))
    };
    let roman = |part: &str| {
        (part.len() > 1 || led)
            && part.len() <= 6
            && part.bytes().all(|b| b"ivxlc".contains(&b))
            && !["iiii", "vv", "xxxx", "ll", "vx", "il", "ic"]
                .iter()
                .any(|wrong| part.contains(wrong))
    };
    !word.is_empty()
        && word.split(is_joint).all(|part| part.is_empty() || digits(part) || roman(part))
        && word.contains(|c: char| c.is_alphanumeric())
}

/// Whether the words of a link are a name and not part of the sentence: every longer word begins
/// with a capital, or the script has none.
pub(super) fn is_name(words: &str) -> bool {
    const SHORT: usize = 3;
    let lower = |word: &str| {
        word.chars().count() > SHORT
            && word.chars().next().is_some_and(char::is_lowercase)
            && !word.contains('.')
    };
    !is_generic(words) && !words.split_whitespace().any(lower)
}

fn plain(text: &str) -> String {
    let text = text.trim().trim_end_matches([':', '：', '.']).trim_end();
    text.trim_start_matches(['-', '–', '—']).trim_start().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_names_no_source() {
        for place in [
            "235B",
            "2:27",
            "1:02:33",
            "12",
            "xii",
            "IV",
            "p. 12",
            "pp. 12–14",
            "§ 4",
            "§4",
            "ch. 3",
            "chapter iv",
            "3.4",
            "12:30 pm",
            "here",
            "147s",
            "12 ff.",
        ] {
            assert!(is_generic(place), "{place}");
        }
        for name in
            ["X", "Civil", "Mix", "Area 51", "3 Quarks Daily", "b2b", "Plato 235B"]
        {
            assert!(!is_generic(name), "{name}");
        }
    }
}
