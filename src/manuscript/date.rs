//! Dates as bloggers write them.

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::rfc2822::DateTimeParser;

/// Reads a date in ISO 8601 (with `-` or `/`, with or without a time), `MM/DD/YYYY` or
/// RFC 2822. It is the day that the author's clock showed, whatever the zone.
pub(super) fn parse(text: &str) -> Option<DateTime> {
    let text = text.trim();
    year_first(text).or_else(|| month_first(text)).or_else(|| rfc_2822(text))
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
    let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (day, rest) = text.split_at(end);
    let date = date_in(day, '-').or_else(|| date_in(day, '/'))?;
    let clock = rest.trim_start_matches(['T', 't', ' ']);
    if !clock.is_empty() && !clock.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(date.to_datetime(time(clock)))
}

fn month_first(text: &str) -> Option<DateTime> {
    let (day, clock) = text.split_once(' ').unwrap_or((text, ""));
    let mut parts = day.split('/');
    let month = number(parts.next()?, 1, 2)?;
    let day = number(parts.next()?, 1, 2)?;
    let year = number(parts.next()?, 4, 4)?;
    parts.next().is_none().then_some(())?;
    Some(date(year, month, day)?.to_datetime(time(clock)))
}

fn rfc_2822(text: &str) -> Option<DateTime> {
    const PARSER: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    PARSER.parse_zoned_datetime(text).ok().map(|zoned| zoned.datetime())
}

/// `YYYY-M-D`.
fn date_in(text: &str, separator: char) -> Option<Date> {
    let mut parts = text.split(separator);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    parts.next().is_none().then_some(())?;
    date(number(year, 4, 4)?, number(month, 1, 2)?, number(day, 1, 2)?)
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
            assert_eq!(parse(text), Some(noonish), "{text}");
        }
        for text in ["2017-8-1", "2017/08/01", "8/1/2017", "2017-08-01"] {
            assert_eq!(parse(text).map(|d| d.date()), Some(day(2017, 8, 1)), "{text}");
        }
        for text in ["", "soon", "2017-13-01", "31/12/2017", "2017-08-01 or so", "true"] {
            assert_eq!(parse(text), None, "{text}");
        }
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
