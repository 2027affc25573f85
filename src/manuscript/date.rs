//! Dates as bloggers write them.

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::rfc2822::DateTimeParser;

use crate::language::Language;

/// A date as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    /// The date; where both of two numbers may be the month, as if the first one were.
    pub(super) at: DateTime,
    /// Which of two numbers is the month, if two numbers say it.
    pub(super) order: DayOrder,
}

/// What a date such as `01/02/2024` says of the order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayOrder {
    /// Nothing: it is written in another way.
    None,
    /// The month is first: the second number is over 12.
    MonthFirst,
    /// The day is first: the first number is over 12.
    DayFirst,
    /// Either may be; this is the date with the day first.
    Either(DateTime),
}

/// Reads a date in ISO 8601 (with `-`, `/`, `.` or without, with or without a day and a time), of
/// three numbers that end with the year, in words, or as RFC 2822 has it. It is the day that the
/// author's clock showed, whatever the zone.
///
/// Months may have the names of the language that the post is in, or English ones.
pub(super) fn parse(text: &str, language: &Language) -> Option<Written> {
    let text = text.trim();
    let certain = |at| Written { at, order: DayOrder::None };
    year_first(text)
        .map(certain)
        .or_else(|| year_last(text))
        .or_else(|| rfc_2822(text).map(certain))
        .or_else(|| in_words(text, language).map(certain))
}

/// Reads a date as programs write it, whatever the language of the text.
pub(crate) fn of_program(text: &str) -> Option<DateTime> {
    let text = text.trim();
    year_first(text).or_else(|| rfc_2822(text))
}

/// The date in a path such as `2017-08-01-slug.md`, `2017/08/01/slug/index.md`, or
/// `2017/08/slug.md`, which is the first of that month; the last one that there is.
pub(super) fn in_path(path: &str) -> Option<Date> {
    let parts: Vec<&str> = path.split('/').collect();
    let mut found = None;
    for (at, part) in parts.iter().enumerate() {
        if let Some((date, _)) = prefix(part) {
            found = Some(date);
            continue;
        }
        let (Some(year), Some(month)) =
            (number(part, 4, 4), parts.get(at + 1).and_then(|part| number(part, 1, 2)))
        else {
            continue;
        };
        let day = parts.get(at + 2).and_then(|part| {
            let digits =
                part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let ends =
                part[digits..].is_empty() || part[digits..].starts_with(['-', '_', '.']);
            number(&part[..digits], 1, 2).filter(|_| ends)
        });
        found = date(year, month, day.unwrap_or(1))
            .or_else(|| date(year, month, 1))
            .or(found);
    }
    found
}

/// The date at the beginning of a file's or folder's name, and the rest of the name.
pub(super) fn prefix(name: &str) -> Option<(Date, &str)> {
    let (head, rest) = name.split_at_checked(10)?;
    let date = date_in(head, '-').or_else(|| date_in(head, '_'))?;
    let rest_is_apart = rest.is_empty() || rest.starts_with(['-', '_', '.', ' ']);
    rest_is_apart.then(|| (date, rest.trim_start_matches(['-', '_', ' '])))
}

fn year_first(text: &str) -> Option<DateTime> {
    let east_asian = text.starts_with(|c: char| c.is_ascii_digit())
        && text.contains(['年', '년', '.']);
    let plain = if east_asian { numbers_joined(text) } else { text.to_owned() };
    let end = plain.find(['T', 't', ' ']).unwrap_or(plain.len());
    let (day, rest) = plain.split_at(end);
    let date =
        date_in(day, '-').or_else(|| date_in(day, '/')).or_else(|| compact(day))?;
    let clock = rest.trim_start_matches(['T', 't', ' ']);
    if !clock.is_empty() && !clock.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(date.to_datetime(time(clock)))
}

/// `2024年1月5日`, `2024년 1월 5일` and `2024. 1. 5.` as `2024-1-5`.
fn numbers_joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '年' | '년' | '月' | '월' | '.' if joined.len() < 8 => joined.push('-'),
            '日' | '일' | '.' => joined.push(' '),
            ' ' if joined.ends_with('-') => {}
            c => joined.push(c),
        }
    }
    joined.trim_end().trim_end_matches('-').to_owned()
}

/// `20240105`.
fn compact(text: &str) -> Option<Date> {
    let parts = (text.get(..4)?, text.get(4..6)?, text.get(6..)?);
    date(number(parts.0, 4, 4)?, number(parts.1, 2, 2)?, number(parts.2, 2, 2)?)
}

/// `01/02/2024`, `5-1-2024`; `05.01.2024`, which has the day first wherever it is written.
fn year_last(text: &str) -> Option<Written> {
    let (day, clock) = text.split_once(' ').unwrap_or((text, ""));
    let separator = day.chars().find(|c| !c.is_ascii_digit())?;
    let mut parts = day.split(separator);
    let (first, second) = (number(parts.next()?, 1, 2)?, number(parts.next()?, 1, 2)?);
    let year = number(parts.next()?, 4, 4)?;
    parts.next().is_none().then_some(())?;
    let clock = time(clock);
    let at = |month, day| Some(date(year, month, day)?.to_datetime(clock));
    let (month_first, day_first) = (at(first, second), at(second, first));
    let (at, order) = match separator {
        '.' => (day_first?, DayOrder::None),
        '/' | '-' => match (month_first, day_first) {
            (Some(at), None) => (at, DayOrder::MonthFirst),
            (None, Some(at)) => (at, DayOrder::DayFirst),
            (Some(at), Some(other)) if at == other => (at, DayOrder::None),
            (Some(at), Some(other)) => (at, DayOrder::Either(other)),
            (None, None) => return None,
        },
        _ => return None,
    };
    Some(Written { at, order })
}

/// `August 1, 2019`, `5 janvier 2024`, `Aug. 2019`: a month's name, or how it begins, and a year.
fn in_words(text: &str, language: &Language) -> Option<DateTime> {
    let english = Language::parse("en")?;
    let tables = [&language.words().months, &english.words().months];
    let (mut month, mut day, mut year) = (None, None, None);
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != ':');
    for part in parts.filter(|part| !part.is_empty() && !part.contains(':')) {
        let digits =
            part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        match digits {
            // What follows a day is the end of an ordinal number: `1st`, `1er`.
            1 | 2 => day = day.or_else(|| number(&part[..digits], 1, 2)),
            4 => year = year.or_else(|| number(part, 4, 4)),
            _ => month = month.or_else(|| month_of(part, &tables)),
        }
    }
    let date = date(year?, month?, day.unwrap_or(1))?;
    let clock = text.split(' ').find(|part| part.contains(':')).unwrap_or_default();
    Some(date.to_datetime(time(clock)))
}

/// The number of the month that a word names, or begins to: at least three letters of it.
fn month_of(word: &str, tables: &[&[&str; 12]]) -> Option<i16> {
    let word = word.to_lowercase();
    let long = word.chars().count() >= 3;
    let is = |name: &str| {
        let name = name.to_lowercase();
        name == word || long && name.starts_with(&word)
    };
    let found =
        tables.iter().find_map(|months| months.iter().position(|name| is(name)))?;
    i16::try_from(found + 1).ok()
}

fn rfc_2822(text: &str) -> Option<DateTime> {
    const PARSER: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    PARSER.parse_zoned_datetime(text).ok().map(|zoned| zoned.datetime())
}

/// `YYYY-M-D`, or `YYYY-M`, which is the first of that month.
fn date_in(text: &str, separator: char) -> Option<Date> {
    let mut parts = text.split(separator);
    let (year, month) = (parts.next()?, parts.next()?);
    let day = parts.next().map_or(Some(1), |day| number(day, 1, 2))?;
    parts.next().is_none().then_some(())?;
    date(number(year, 4, 4)?, number(month, 1, 2)?, day)
}

/// The time of day, which only orders the posts of one day: midnight if it is not clear.
fn time(text: &str) -> Time {
    let clock =
        text.trim().split(['+', 'Z', 'z', ' ', '-', '.']).next().unwrap_or_default();
    let mut parts = clock.split(':').map(|part| part.parse::<i8>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    Time::new(next(), next(), next(), 0).unwrap_or(Time::midnight())
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn number(text: &str, least: usize, most: usize) -> Option<i16> {
    let fits = (least..=most).contains(&text.len());
    let digits = fits && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date as day, datetime};

    use super::*;

    #[test]
    fn every_way_of_writing_a_date() {
        let noonish = datetime(2017, 8, 1, 13, 33, 37, 0);
        for text in [
            "2017-08-01T13:33:37Z",
            "2017-08-01T13:33:37.5+09:00",
            "2017-08-01 13:33:37",
            "2017-08-01 13:33:37 -0700",
            "2017/08/01 13:33:37",
            "08/01/2017 13:33:37",
            "Tue, 01 Aug 2017 13:33:37 +0900",
        ] {
            assert_eq!(read(text, "en"), Some(noonish), "{text}");
        }
        for (text, language) in [
            ("2017-8-1", "en"),
            ("2017/08/01", "en"),
            ("8/1/2017", "en"),
            ("2017-08-01", "en"),
            ("20170801", "en"),
            ("2017-08", "en"),
            ("2017.08.01", "en"),
            ("01.08.2017", "en"),
            ("August 1, 2017", "en"),
            ("Aug. 1st, 2017", "ko"),
            ("Tuesday, 1 August 2017 at 09:00", "en"),
            ("August 2017", "en"),
            ("1er août 2017", "fr"),
            ("1 de agosto de 2017", "es"),
            ("1. August 2017", "de"),
            ("1 августа 2017 г.", "ru"),
            ("2017年8月1日", "ja"),
            ("2017년 8월 1일", "ko"),
            ("2017. 8. 1.", "ko"),
        ] {
            let read = read(text, language).map(|d| d.date());
            assert_eq!(read, Some(day(2017, 8, 1)), "{text}");
        }
        for text in [
            "",
            "soon",
            "2017-13-01",
            "31/13/2017",
            "2017-08-01 or so",
            "true",
            "2017",
            "June",
            "Ju 1, 2017",
            "1;2;2017",
            "۱۲۳",
            "é.é.2017",
            "20171301",
        ] {
            assert_eq!(read(text, "en"), None, "{text}");
        }
    }

    fn read(text: &str, language: &str) -> Option<DateTime> {
        parse(text, &Language::parse(language).expect("a language")).map(|it| it.at)
    }

    #[test]
    fn numbers_say_which_of_them_is_the_month_if_one_is_over_twelve() {
        let english = Language::parse("en").expect("a language");
        let order = |text| parse(text, &english).map(|written| written.order);
        assert_eq!(order("13/04/2024"), Some(DayOrder::DayFirst));
        assert_eq!(order("04/13/2024"), Some(DayOrder::MonthFirst));
        assert_eq!(order("04/04/2024"), Some(DayOrder::None));
        let other = day(2024, 2, 1).to_datetime(Time::midnight());
        assert_eq!(order("01/02/2024"), Some(DayOrder::Either(other)));
    }

    #[test]
    fn dates_in_paths() {
        for (path, date) in [
            ("2017-08-01-slug.md", Some(day(2017, 8, 1))),
            ("2017/08/01/slug/index.md", Some(day(2017, 8, 1))),
            ("2017/08/slug.md", Some(day(2017, 8, 1))),
            ("2017/08/14-slug.md", Some(day(2017, 8, 14))),
            ("2016/09/29/Rust-1.12", Some(day(2016, 9, 29))),
            ("2017/08/30th-birthday.md", Some(day(2017, 8, 1))),
            ("archive-2016/2017-08-01_x/index.md", Some(day(2017, 8, 1))),
            ("slug.md", None),
            ("2017/slug.md", None),
            ("1984.md", None),
            ("éééééééééé.md", None),
        ] {
            assert_eq!(in_path(path), date, "{path}");
        }
    }
}
