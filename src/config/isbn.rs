//! ISBNs: their check digits, and old ones made new.

use super::reader::{Field, Reader};
use super::value::Kind;

/// An ISBN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Isbn {
    /// Its 13 digits.
    pub digits: String,
    /// The same as they are printed: with the hyphens that they were written with.
    pub printed: String,
}

/// The ISBNs of the editions of a book, which may be one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Isbns {
    /// That of the EPUB.
    pub epub: Option<Isbn>,
    /// That of the PDF.
    pub pdf: Option<Isbn>,
}

/// Reads `identifier`: one ISBN, or one each edition.
pub(super) fn read(reader: &mut Reader, field: Field) -> Isbns {
    if !matches!(field.value.kind, Kind::Map(_)) {
        let isbn = of_edition(reader, &field);
        return Isbns { epub: isbn.clone(), pdf: isbn };
    }
    let mut fields = reader.fields(field.value, "identifier.", &["epub", "pdf"]);
    let mut of = |key| fields.take(key).and_then(|field| of_edition(reader, &field));
    Isbns { epub: of("epub"), pdf: of("pdf") }
}

/// An ISBN, with or without its name before it.
fn of_edition(reader: &mut Reader, field: &Field) -> Option<Isbn> {
    let text = field.value.text().unwrap_or_default();
    let lower = text.to_ascii_lowercase();
    let digits = lower.strip_prefix("urn:").unwrap_or(&lower);
    let digits = digits.strip_prefix("isbn").unwrap_or(digits);
    let written = digits.trim_start_matches(':').trim();
    match parse(written) {
        Ok(digits) => {
            let is_whole = written.chars().filter(char::is_ascii_digit).count() == 13;
            let printed = if is_whole { written.to_owned() } else { digits.clone() };
            Some(Isbn { digits, printed })
        }
        Err(why) => reader.misfit(
            field,
            format!("{why}; without `identifier` the book gets one of its own"),
        ),
    }
}

/// The 13 digits of an ISBN, from 13 or 10 digits with any hyphens and spaces, or why it is
/// none.
fn parse(text: &str) -> Result<String, &'static str> {
    let digits: Vec<u32> = text
        .chars()
        .filter(|c| !matches!(c, '-' | ' ' | '\u{2010}' | '\u{2011}'))
        .map(|c| if matches!(c, 'x' | 'X') { Some(10) } else { c.to_digit(10) })
        .collect::<Option<_>>()
        .ok_or("an ISBN has digits only")?;
    let only_last_is_ten = digits.iter().rev().skip(1).all(|&digit| digit < 10);
    match digits.len() {
        10 if !only_last_is_ten || !sum_10(&digits).is_multiple_of(11) => {
            Err("its last digit does not agree with the others: a digit is mistyped")
        }
        10 => {
            let mut new = vec![9, 7, 8];
            new.extend(&digits[..9]);
            new.push((10 - sum_13(&new) % 10) % 10);
            Ok(join(&new))
        }
        13 if digits[12] == 10 || !matches!(digits[..3], [9, 7, 8 | 9]) => {
            Err("an ISBN of 13 digits begins with 978 or 979")
        }
        13 if !sum_13(&digits).is_multiple_of(10) => {
            Err("its last digit does not agree with the others: a digit is mistyped")
        }
        13 => Ok(join(&digits)),
        _ => Err("an ISBN has 13 digits, or 10"),
    }
}

/// ISO 2108, weights 10 down to 1.
fn sum_10(digits: &[u32]) -> u32 {
    (1..=10).rev().zip(digits).map(|(weight, digit)| weight * digit).sum()
}

/// ISO 2108, weights 1 and 3 by turns.
fn sum_13(digits: &[u32]) -> u32 {
    [1, 3].iter().cycle().zip(digits).map(|(weight, digit)| weight * digit).sum()
}

fn join(digits: &[u32]) -> String {
    digits.iter().map(u32::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_ones_come_out_as_thirteen_digits() {
        assert_eq!(parse("978-3-16-148410-0").unwrap(), "9783161484100");
        assert_eq!(parse("3-16-148410-X").unwrap(), "9783161484100");
    }

    #[test]
    fn bad_ones_are_refused() {
        for bad in
            ["978-3-16-148410-1", "3161484101", "12", "97831614841o0", "X161484100"]
        {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
