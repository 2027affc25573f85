//! Names of places.

use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The beginnings of names that the book gives out itself.
const RESERVED: [&str; 3] = ["ref-", "note-", "page-"];

/// The name of a heading's words, as GitHub makes it: small letters, digits, hyphens for spaces.
pub(crate) fn slug(words: &str) -> String {
    let letter = |c: char| match c {
        c if c.is_whitespace() => Some('-'),
        c if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c),
        _ => None,
    };
    words.trim().to_lowercase().chars().filter_map(letter).collect()
}

/// Words as a name of small ASCII letters, digits and single hyphens: letters lose their accents,
/// and those of other scripts are transliterated.
pub(crate) fn transliterated(words: &str) -> String {
    let mut name = String::new();
    // Composed, for a syllable of Hangul is transliterated whole.
    for c in words.nfkc() {
        match c {
            c if c.is_ascii_alphanumeric() => name.push(c.to_ascii_lowercase()),
            c if c.is_alphanumeric() => transliterate(c, &mut name),
            c if is_combining_mark(c) || matches!(c, '\'' | '’') => {}
            _ => separate(&mut name),
        }
    }
    name.truncate(name.trim_end_matches('-').len());
    name
}

/// The name under which a place is known that the post calls `id`: without the characters that
/// XML has no place for in a name, and none of those that the book gives out itself.
pub(crate) fn valid_id(id: &str) -> String {
    let letter = |c: char| match c {
        c if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') => Some(c),
        c if c.is_whitespace() || c == ':' => Some('-'),
        _ => None,
    };
    let name: String = id.trim().chars().filter_map(letter).collect();
    let begins = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let reserved = RESERVED.iter().any(|prefix| name.to_lowercase().starts_with(prefix));
    if begins && !reserved { name } else { format!("id-{name}") }
}

/// Adds a letter of another script: an ideograph is a word by itself.
fn transliterate(c: char, name: &mut String) {
    let letters = deunicode_char(c).unwrap_or_default();
    if letters.ends_with(' ') {
        separate(name);
    }
    for ascii in letters.chars() {
        match ascii {
            ' ' => separate(name),
            // What a transliteration adds, such as the sign for a soft consonant.
            ascii if !ascii.is_ascii_alphanumeric() => {}
            ascii => name.push(ascii.to_ascii_lowercase()),
        }
    }
}

fn separate(name: &mut String) {
    if !name.is_empty() && !name.ends_with('-') {
        name.push('-');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_scripts_are_transliterated() {
        for (slug, expected) in [
            ("北京的春天", "bei-jing-de-chun-tian"),
            ("日本2020年", "ri-ben-2020-nian"),
            ("東京タワーとカメラ", "dong-jing-tawatokamera"),
            ("한국 뉴스", "hangug-nyuseu"),
            ("Привет, мир", "privet-mir"),
            ("Съешь ещё", "sesh-eshchio"),
            ("Καλημέρα κόσμε", "kalemera-kosme"),
            ("مرحبا بالعالم", "mrhb-bllm"),
            ("שלום עולם", "shlvm-vlm"),
            ("हिन्दी", "hindii"),
            ("สวัสดี", "swasdii"),
            ("Smørrebrød på Łódź", "smorrebrod-pa-lodz"),
        ] {
            assert_eq!(transliterated(slug), expected);
        }
    }

    #[test]
    fn letters_with_accents_keep_their_letters() {
        let accents = ('\u{c0}'..='\u{24f}').chain('\u{1e00}'..='\u{1eff}');
        for c in accents {
            let letters: String =
                c.nfkd().filter(char::is_ascii).collect::<String>().to_lowercase();
            if !letters.is_empty() && letters.chars().all(|c| c.is_ascii_alphabetic()) {
                assert_eq!(transliterated(&c.to_string()), letters, "{c}");
            }
        }
    }
}
