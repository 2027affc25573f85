//! The order of words in a language, and the letters over them in an index.

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale::Locale;
use unicode_normalization::UnicodeNormalization;

use super::Language;

/// The order of words in a language (Unicode Collation Algorithm, with CLDR's tailorings).
pub(crate) struct Collation {
    all: CollatorBorrowed<'static>,
    /// That of base letters alone: `e` and `É` are one.
    letters: CollatorBorrowed<'static>,
    chinese: bool,
}

impl Collation {
    /// That of a language.
    pub(crate) fn new(language: &Language) -> Self {
        let locale: Locale = language.tag().parse().unwrap_or(Locale::UNKNOWN);
        let collator = |strength| {
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            let preferences = CollatorPreferences::from(&locale);
            let own = Collator::try_new(preferences, options);
            own.or_else(|_| Collator::try_new(CollatorPreferences::default(), options))
                .expect("the order of all languages is in the binary")
        };
        Self {
            all: collator(Strength::Tertiary),
            letters: collator(Strength::Primary),
            chinese: language.primary() == "zh",
        }
    }

    /// Which of two texts stands first; never equal if they differ.
    pub(crate) fn compare(&self, a: &str, b: &str) -> Ordering {
        self.all.compare(a, b).then_with(|| a.cmp(b))
    }

    /// The letter under which a text stands: `E` for `Élan`, and `Å` for `Åland` in Swedish, where
    /// that is a letter of its own. None if it begins with none.
    pub(crate) fn heading(&self, text: &str) -> Option<String> {
        let (at, first) = text.char_indices().find(|(_, c)| c.is_alphanumeric())?;
        if !first.is_alphabetic() {
            return None;
        }
        match first {
            '\u{ac00}'..='\u{d7a3}' => return Some(consonant(first).to_string()),
            '\u{3041}'..='\u{30fa}' => return Some(kana_row(first).to_string()),
            '\u{3400}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => {
                return self.pinyin(&text[at..]).map(|letter| letter.to_string());
            }
            _ => {}
        }
        let own = first.to_uppercase().to_string();
        let base = first.to_string().nfd().next()?.to_uppercase().to_string();
        Some(if self.letters.compare(&own, &base).is_eq() { base } else { own })
    }

    /// The letter with which a text in ideographs is read, where they are sorted by that.
    fn pinyin(&self, text: &str) -> Option<char> {
        /// The first ideograph of each letter in the order of CLDR's `pinyin`.
        const FIRST: [(char, char); 23] = [
            ('A', '吖'),
            ('B', '八'),
            ('C', '嚓'),
            ('D', '咑'),
            ('E', '妸'),
            ('F', '发'),
            ('G', '旮'),
            ('H', '哈'),
            ('J', '丌'),
            ('K', '咔'),
            ('L', '垃'),
            ('M', '妈'),
            ('N', '拿'),
            ('O', '噢'),
            ('P', '趴'),
            ('Q', '七'),
            ('R', '然'),
            ('S', '仨'),
            ('T', '他'),
            ('W', '屲'),
            ('X', '夕'),
            ('Y', '丫'),
            ('Z', '帀'),
        ];
        let begins = |(_, first): &&(char, char)| {
            self.all.compare(&first.to_string(), text).is_le()
        };
        let found = FIRST.iter().rev().find(begins).or(FIRST.first());
        found.filter(|_| self.chinese).map(|(letter, _)| *letter)
    }
}

/// The consonant with which a syllable of Hangul begins; a doubled one stands under the single one.
fn consonant(syllable: char) -> char {
    const CONSONANTS: [char; 19] = [
        'ㄱ', 'ㄱ', 'ㄴ', 'ㄷ', 'ㄷ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅂ', 'ㅅ', 'ㅅ', 'ㅇ', 'ㅈ',
        'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
    ];
    let index = u32::from(syllable).saturating_sub(0xac00) / 588;
    CONSONANTS[usize::try_from(index).unwrap_or(0).min(18)]
}

/// The row of the syllabary in which a letter of kana stands.
fn kana_row(kana: char) -> char {
    // Katakana stand 96 places after hiragana.
    let code = u32::from(kana);
    let code = if code >= 0x30a1 { code - 0x60 } else { code };
    match code {
        0x3041..=0x304a | 0x3094 => 'あ',
        0x304b..=0x3054 | 0x3095 | 0x3096 => 'か',
        0x3055..=0x305e => 'さ',
        0x305f..=0x3069 => 'た',
        0x306a..=0x306e => 'な',
        0x306f..=0x307d => 'は',
        0x307e..=0x3082 => 'ま',
        0x3083..=0x3088 => 'や',
        0x3089..=0x308d => 'ら',
        _ => 'わ',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collation(tag: &str) -> Collation {
        Collation::new(&Language::parse(tag).expect("a tag"))
    }

    #[test]
    fn words_stand_in_the_order_of_their_language() {
        let sorted = |tag, words: &[&str]| {
            let order = collation(tag);
            let mut words: Vec<String> = words.iter().map(ToString::to_string).collect();
            words.sort_by(|a, b| order.compare(a, b));
            words.join(" ")
        };
        assert_eq!(sorted("en", &["Zoë", "élan", "Eve", "zebra"]), "élan Eve zebra Zoë");
        assert_eq!(sorted("sv", &["Öland", "Zorn", "Åland"]), "Zorn Åland Öland");
        assert_eq!(sorted("de", &["Öl", "Zorn", "Ofen"]), "Ofen Öl Zorn");
        assert_eq!(sorted("zh", &["上海", "北京", "重庆"]), "北京 重庆 上海");
    }

    #[test]
    fn letters_stand_over_words() {
        for (tag, word, letter) in [
            ("en", "Élan", Some("E")),
            ("en", "“quoted”", Some("Q")),
            ("en", "1984", None),
            ("sv", "Åland", Some("Å")),
            ("de", "Öl", Some("O")),
            ("ru", "Ёлка", Some("Е")),
            ("ko", "한국", Some("ㅎ")),
            ("ko", "빵", Some("ㅂ")),
            ("ja", "ガス", Some("か")),
            ("ja", "北朝鮮", None),
            ("zh", "北京", Some("B")),
            ("zh", "朝鲜", Some("C")),
            ("zh", "重庆", Some("C")),
        ] {
            assert_eq!(collation(tag).heading(word).as_deref(), letter, "{tag} {word}");
        }
    }
}
