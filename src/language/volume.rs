//! What one of several volumes is called.

use super::Language;

/// `Volume 2`.
pub(super) fn name(language: &Language, number: u32) -> String {
    match language.primary() {
        "zh" => format!("第{number}卷"),
        "ja" => format!("第{number}巻"),
        "ko" => format!("제{number}권"),
        "hu" => format!("{number}. kötet"),
        "tr" => format!("{number}.\u{a0}Cilt"),
        "fi" => format!("{number}.\u{a0}osa"),
        "fa" => super::persian(&format!("جلد\u{a0}{number}")),
        primary => {
            let word = match primary {
                "de" => "Band",
                "nl" => "Deel",
                "fr" => "Tome",
                "es" => "Tomo",
                "nb" | "no" | "nn" | "da" => "Bind",
                "sv" => "Band",
                "cs" => "Svazek",
                "pl" => "Tom",
                "ru" | "uk" => "Том",
                "el" => "Τόμος",
                "he" => "כרך",
                "ar" => "المجلد",
                _ => "Volume",
            };
            format!("{word}\u{a0}{number}")
        }
    }
}
