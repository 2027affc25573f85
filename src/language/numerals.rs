//! Numbers as they are written: Roman numerals, and words.

/// Lower-case Roman numerals.
pub(crate) fn roman(mut number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut numeral = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            numeral.push_str(sign);
            number -= value;
        }
    }
    numeral
}

/// How a language makes words of the numbers below a hundred.
struct Cardinals {
    /// The language.
    language: &'static str,
    /// The words of the numbers from 1 that are words of their own.
    ones: &'static [&'static str],
    /// The words of 20, 30 and so on, up to 90; fewer where those above are made otherwise.
    tens: &'static [&'static str],
    /// The word of a number between the tens, from its tens, its ones, and the ones as a digit.
    compound: fn(&str, &str, u32) -> String,
}

/// The languages whose chapters are numbered in words.
static CARDINALS: [Cardinals; 7] = [
    Cardinals {
        language: "en",
        ones: &[
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        tens: &[
            "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
        ],
        compound: |tens, ones, _| format!("{tens}-{ones}"),
    },
    Cardinals {
        language: "de",
        ones: &[
            "eins",
            "zwei",
            "drei",
            "vier",
            "fünf",
            "sechs",
            "sieben",
            "acht",
            "neun",
            "zehn",
            "elf",
            "zwölf",
            "dreizehn",
            "vierzehn",
            "fünfzehn",
            "sechzehn",
            "siebzehn",
            "achtzehn",
            "neunzehn",
        ],
        tens: &[
            "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig",
            "neunzig",
        ],
        compound: |tens, ones, digit| {
            let ones = if digit == 1 { "ein" } else { ones };
            format!("{ones}und{tens}")
        },
    },
    Cardinals {
        language: "nl",
        ones: &[
            "een",
            "twee",
            "drie",
            "vier",
            "vijf",
            "zes",
            "zeven",
            "acht",
            "negen",
            "tien",
            "elf",
            "twaalf",
            "dertien",
            "veertien",
            "vijftien",
            "zestien",
            "zeventien",
            "achttien",
            "negentien",
        ],
        tens: &[
            "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig",
            "negentig",
        ],
        compound: |tens, ones, digit| {
            let and = if matches!(digit, 2 | 3) { "ën" } else { "en" };
            format!("{ones}{and}{tens}")
        },
    },
    Cardinals {
        language: "fr",
        ones: &[
            "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf",
            "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept",
            "dix-huit", "dix-neuf",
        ],
        tens: &["vingt", "trente", "quarante", "cinquante", "soixante"],
        compound: |tens, ones, digit| {
            let and = if digit == 1 { "-et-" } else { "-" };
            format!("{tens}{and}{ones}")
        },
    },
    Cardinals {
        language: "es",
        ones: &[
            "uno",
            "dos",
            "tres",
            "cuatro",
            "cinco",
            "seis",
            "siete",
            "ocho",
            "nueve",
            "diez",
            "once",
            "doce",
            "trece",
            "catorce",
            "quince",
            "dieciséis",
            "diecisiete",
            "dieciocho",
            "diecinueve",
            "veinte",
            "veintiuno",
            "veintidós",
            "veintitrés",
            "veinticuatro",
            "veinticinco",
            "veintiséis",
            "veintisiete",
            "veintiocho",
            "veintinueve",
        ],
        tens: &[
            "veinte",
            "treinta",
            "cuarenta",
            "cincuenta",
            "sesenta",
            "setenta",
            "ochenta",
            "noventa",
        ],
        compound: |tens, ones, _| format!("{tens} y {ones}"),
    },
    Cardinals {
        language: "it",
        ones: &[
            "uno",
            "due",
            "tre",
            "quattro",
            "cinque",
            "sei",
            "sette",
            "otto",
            "nove",
            "dieci",
            "undici",
            "dodici",
            "tredici",
            "quattordici",
            "quindici",
            "sedici",
            "diciassette",
            "diciotto",
            "diciannove",
        ],
        tens: &[
            "venti",
            "trenta",
            "quaranta",
            "cinquanta",
            "sessanta",
            "settanta",
            "ottanta",
            "novanta",
        ],
        compound: |tens, ones, digit| match digit {
            1 | 8 => format!("{}{ones}", &tens[..tens.len() - 1]),
            3 => format!("{tens}tré"),
            _ => format!("{tens}{ones}"),
        },
    },
    Cardinals {
        language: "pt",
        ones: &[
            "um",
            "dois",
            "três",
            "quatro",
            "cinco",
            "seis",
            "sete",
            "oito",
            "nove",
            "dez",
            "onze",
            "doze",
            "treze",
            "catorze",
            "quinze",
            "dezesseis",
            "dezessete",
            "dezoito",
            "dezenove",
        ],
        tens: &[
            "vinte",
            "trinta",
            "quarenta",
            "cinquenta",
            "sessenta",
            "setenta",
            "oitenta",
            "noventa",
        ],
        compound: |tens, ones, _| format!("{tens} e {ones}"),
    },
];

/// A number in words, as they stand alone: `Twenty-one`. There are such words in a few languages,
/// below a hundred.
pub(super) fn in_words(language: &str, number: u32) -> Option<String> {
    let cardinals = CARDINALS.iter().find(|it| it.language == language)?;
    let own = cardinals.ones.get(usize::try_from(number.checked_sub(1)?).ok()?);
    let words = match own {
        Some(word) => (*word).to_owned(),
        None => {
            let (tens, digit) = (number / 10, number % 10);
            let tens = cardinals.tens.get(usize::try_from(tens).ok()?.checked_sub(2)?)?;
            match digit.checked_sub(1) {
                None => (*tens).to_owned(),
                Some(at) => {
                    let ones = cardinals.ones[usize::try_from(at).ok()?];
                    (cardinals.compound)(tens, ones, digit)
                }
            }
        }
    };
    let mut letters = words.chars();
    let first = letters.next()?.to_uppercase();
    Some(first.chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals_subtract() {
        for (number, numeral) in [(1, "i"), (4, "iv"), (49, "xlix"), (1994, "mcmxciv")] {
            assert_eq!(roman(number), numeral);
        }
    }

    #[test]
    fn numbers_have_words_in_some_languages() {
        for (language, number, words) in [
            ("en", 1, "One"),
            ("en", 20, "Twenty"),
            ("en", 42, "Forty-two"),
            ("de", 21, "Einundzwanzig"),
            ("de", 30, "Dreißig"),
            ("nl", 22, "Tweeëntwintig"),
            ("fr", 21, "Vingt-et-un"),
            ("es", 29, "Veintinueve"),
            ("es", 31, "Treinta y uno"),
            ("it", 21, "Ventuno"),
            ("it", 33, "Trentatré"),
            ("pt", 99, "Noventa e nove"),
        ] {
            assert_eq!(in_words(language, number).as_deref(), Some(words));
        }
        for (language, number) in [("en", 0), ("en", 100), ("fr", 70), ("ja", 1)] {
            assert_eq!(in_words(language, number), None);
        }
    }
}
