//! Words of the copyright page.

use super::Language;

/// What stands before the typefaces that a book is set in, by language.
static SET_IN: [(&str, &str); 23] = [
    ("en", "Set in"),
    ("de", "Gesetzt aus"),
    ("fr", "Composé en"),
    ("es", "Compuesto en"),
    ("it", "Composto in"),
    ("nl", "Gezet uit"),
    ("pt", "Composto em"),
    ("ar", "الخطوط:"),
    ("cs", "Vysázeno písmem"),
    ("da", "Sat med"),
    ("el", "Γραμματοσειρές:"),
    ("fa", "قلم:"),
    ("fi", "Ladottu kirjasimilla"),
    ("he", "גופנים:"),
    ("ja", "書体："),
    ("ko", "서체:"),
    ("nb", "Satt med"),
    ("pl", "Złożono pismem"),
    ("ru", "Набрано шрифтами"),
    ("sv", "Satt med"),
    ("tr", "Yazı tipleri:"),
    ("uk", "Набрано шрифтами"),
    ("zh", "字体："),
];

/// Names of typefaces as the line of a copyright page: `Set in Libertinus Serif and Libertinus Mono`.
pub(super) fn set_in(language: &Language, names: &[String]) -> String {
    let named = SET_IN.iter().find(|(tag, _)| *tag == language.primary());
    let (_, words) = named.unwrap_or(&SET_IN[0]);
    let between = if matches!(language.primary(), "zh" | "ja") { "、" } else { ", " };
    let space = if words.ends_with('：') { "" } else { " " };
    let names = match names.split_last() {
        Some((last, before @ [_, ..])) if between == ", " => {
            let and = language.words().and;
            // The serial comma is English custom only.
            let comma = if and == "and" && before.len() > 1 { "," } else { "" };
            format!("{}{comma} {and} {last}", before.join(between))
        }
        _ => names.join(between),
    };
    format!("{words}{space}{names}")
}
