//! Dates as references have them: often a year alone.

use jiff::civil::Date;

use crate::language::Language;

/// When something appeared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PartialDate {
    /// A day, month or year, or from one to another.
    Known {
        /// The day, or the first.
        from: Moment,
        /// The last.
        to: Option<Moment>,
        /// Whether it is uncertain.
        circa: bool,
    },
    /// What is not a date: `forthcoming`.
    Words(String),
}

/// A day, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment {
    /// The year; that before year 1 is 0.
    pub year: i16,
    /// The month, from one.
    pub month: Option<i8>,
    /// The day, from one; there is none without a month.
    pub day: Option<i8>,
}

impl Moment {
    /// Only such as the calendar has.
    pub(crate) fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        let is_valid = (-9999..=9999).contains(&year)
            && (day.is_none() || month.is_some())
            && Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_ok();
        is_valid.then_some(Self { year, month, day })
    }

    /// Reads `2018`, `2018-05`, `2018-05-03`, a time after it left out.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.split(['T', ' ']).next()?;
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let mut parts = digits.split('-');
        let year: i16 = number(parts.next()?)?;
        let month = parts.next().map(|part| number(part).ok_or(())).transpose().ok()?;
        let day = parts.next().map(|part| number(part).ok_or(())).transpose().ok()?;
        if parts.next().is_some() {
            return None;
        }
        Self::new(sign * year, month, day)
    }
}

fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    let is_number =
        (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

impl PartialDate {
    /// A year.
    #[cfg(test)]
    pub(crate) fn year(year: i16) -> Self {
        Self::from(Moment { year, month: None, day: None })
    }

    /// Reads ISO 8601 and the part of EDTF that bibliographies use: `2018`, `2018-05`,
    /// `2018-05-03`, `2017/2018`, `2018~`, `c. 1950`. `None` where it is none of these.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut text = text.trim();
        let mut circa = false;
        for prefix in ["circa ", "ca. ", "c. "] {
            if let Some(rest) = text.strip_prefix(prefix) {
                (text, circa) = (rest, true);
            }
        }
        if let Some(rest) = text.strip_suffix(['~', '?', '%']) {
            (text, circa) = (rest, true);
        }
        let (from, to) = match text.split_once(['/', '–']) {
            Some((from, to)) if matches!(to.trim(), "" | "..") => {
                (Moment::parse(from)?, None)
            }
            Some((from, to)) => {
                let (from, to) = (Moment::parse(from)?, Moment::parse(to)?);
                (from, Some(to).filter(|to| *to != from))
            }
            None => (Moment::parse(text)?, None),
        };
        Some(Self::Known { from, to, circa })
    }

    /// In the words of a language: `May 3, 2018`, `May 2018`, `2017–2018`.
    pub(crate) fn text(&self, language: &Language) -> String {
        match self {
            Self::Words(words) => words.clone(),
            Self::Known { from, to, circa } => {
                let mut text = String::new();
                if *circa {
                    text = format!("{} ", language.words().citing.circa);
                }
                text.push_str(&moment(*from, language));
                if let Some(to) = to {
                    text.push('–');
                    text.push_str(&moment(*to, language));
                }
                text
            }
        }
    }

    /// The years alone.
    pub(crate) fn years(&self, language: &Language) -> String {
        let year = |it: Moment| Moment { month: None, day: None, ..it };
        match self {
            Self::Words(words) => words.clone(),
            Self::Known { from, to, circa } => {
                let (from, to) =
                    (year(*from), to.map(year).filter(|to| to.year != from.year));
                Self::Known { from, to, circa: *circa }.text(language)
            }
        }
    }
}

impl From<Moment> for PartialDate {
    fn from(from: Moment) -> Self {
        Self::Known { from, to: None, circa: false }
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        let (month, day) = (Some(date.month()), Some(date.day()));
        Self::from(Moment { year: date.year(), month, day })
    }
}

fn moment(moment: Moment, language: &Language) -> String {
    let Moment { year, month, day } = moment;
    let Some(month) = month else { return year.to_string() };
    match day.and_then(|day| Date::new(year, month, day).ok()) {
        Some(date) => language.date(date),
        None => {
            let name = usize::from(month.unsigned_abs()).checked_sub(1);
            let name = name.and_then(|at| language.words().months.get(at));
            let of = if matches!(language.primary(), "es" | "pt") { " de" } else { "" };
            name.map_or_else(|| year.to_string(), |name| format!("{name}{of} {year}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_words(text: &str, language: &str) -> Option<String> {
        let language = Language::parse(language).unwrap();
        PartialDate::parse(text).map(|date| date.text(&language))
    }

    #[test]
    fn dates_are_read_as_far_as_they_go() {
        let cases = [
            ("2018", Some("2018")),
            ("2018-05", Some("May 2018")),
            ("2018-05-03", Some("May 3, 2018")),
            ("2018-05-03T10:00:00Z", Some("May 3, 2018")),
            ("2017/2018", Some("2017–2018")),
            ("2018~", Some("ca. 2018")),
            ("c. 1950", Some("ca. 1950")),
            ("2018-13", None),
            ("2018-02-30", None),
            ("99999", None),
            ("forthcoming", None),
            ("", None),
            ("--", None),
            ("2018-", None),
        ];
        for (text, expected) in cases {
            assert_eq!(in_words(text, "en").as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn dates_follow_the_language() {
        assert_eq!(in_words("2018-05", "de").as_deref(), Some("Mai 2018"));
        assert_eq!(in_words("2018-05", "es").as_deref(), Some("mayo de 2018"));
        assert_eq!(in_words("2018-05-03", "fr").as_deref(), Some("3 mai 2018"));
    }
}
