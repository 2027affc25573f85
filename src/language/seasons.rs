//! The seasons of the year.

use jiff::civil::Date;

use super::Language;

/// Spring, summer, autumn and winter, by language.
static SEASONS: [(&str, [&str; 4]); 23] = [
    ("en", ["Spring", "Summer", "Autumn", "Winter"]),
    ("de", ["Frühling", "Sommer", "Herbst", "Winter"]),
    ("fr", ["Printemps", "Été", "Automne", "Hiver"]),
    ("es", ["Primavera", "Verano", "Otoño", "Invierno"]),
    ("it", ["Primavera", "Estate", "Autunno", "Inverno"]),
    ("nl", ["Lente", "Zomer", "Herfst", "Winter"]),
    ("pt", ["Primavera", "Verão", "Outono", "Inverno"]),
    ("ar", ["الربيع", "الصيف", "الخريف", "الشتاء"]),
    ("cs", ["Jaro", "Léto", "Podzim", "Zima"]),
    ("da", ["Forår", "Sommer", "Efterår", "Vinter"]),
    ("el", ["Άνοιξη", "Καλοκαίρι", "Φθινόπωρο", "Χειμώνας"]),
    ("fa", ["بهار", "تابستان", "پاییز", "زمستان"]),
    ("fi", ["Kevät", "Kesä", "Syksy", "Talvi"]),
    ("he", ["אביב", "קיץ", "סתיו", "חורף"]),
    ("ja", ["春", "夏", "秋", "冬"]),
    ("ko", ["봄", "여름", "가을", "겨울"]),
    ("nb", ["Vår", "Sommer", "Høst", "Vinter"]),
    ("pl", ["Wiosna", "Lato", "Jesień", "Zima"]),
    ("ru", ["Весна", "Лето", "Осень", "Зима"]),
    ("sv", ["Vår", "Sommar", "Höst", "Vinter"]),
    ("tr", ["İlkbahar", "Yaz", "Sonbahar", "Kış"]),
    ("uk", ["Весна", "Літо", "Осінь", "Зима"]),
    ("zh", ["春", "夏", "秋", "冬"]),
];

/// Where it is winter in July.
const SOUTHERN: [&str; 12] =
    ["AU", "NZ", "ZA", "AR", "CL", "UY", "PY", "BO", "PE", "BR", "ZW", "NA"];

/// The season of a day in its year, as a title: `Summer 2017`, `Winter 2016–17`. Seasons are those
/// of the weather, three whole months each; a language of the southern half of the earth has them
/// the other way round.
pub(super) fn of(language: &Language, date: Date) -> String {
    let named = SEASONS.iter().find(|(tag, _)| *tag == language.primary());
    let (_, names) = named.unwrap_or(&SEASONS[0]);
    let is_southern = language.tag().split('-').any(|part| SOUTHERN.contains(&part));
    let quarter = usize::from(date.month().unsigned_abs() % 12 / 3);
    // Quarter 0 begins with December.
    let season = if is_southern { quarter + 1 } else { quarter + 3 } % 4;
    let year = match (quarter, date.month()) {
        (0, 12) => years(date.year()),
        (0, _) => years(date.year() - 1),
        _ => date.year().to_string(),
    };
    match language.primary() {
        "zh" | "ja" => format!("{year}年{}", names[season]),
        "ko" => format!("{year}년 {}", names[season]),
        "en" if season == 2 && language.tag().ends_with("-US") => format!("Fall {year}"),
        _ => format!("{} {year}", names[season]),
    }
}

/// A year and the next one: `2016–17`.
fn years(first: i16) -> String {
    format!("{first}–{:02}", (first + 1) % 100)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_winter_lies_in_two_years() {
        for (tag, day, title) in [
            ("en-GB", date(2017, 7, 6), "Summer 2017"),
            ("en-GB", date(2016, 12, 1), "Winter 2016–17"),
            ("en-GB", date(2017, 2, 28), "Winter 2016–17"),
            ("en-GB", date(2017, 3, 1), "Spring 2017"),
            ("en-US", date(2017, 10, 1), "Fall 2017"),
            ("en-AU", date(2017, 7, 6), "Winter 2017"),
            ("en-AU", date(1999, 12, 31), "Summer 1999–00"),
            ("de", date(2017, 9, 30), "Herbst 2017"),
            ("zh", date(2017, 5, 30), "2017年春"),
        ] {
            let language = Language::parse(tag).expect("a tag");
            assert_eq!(of(&language, day), title, "{tag} {day}");
        }
    }
}
