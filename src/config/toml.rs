//! TOML into values.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::value::{Entry, Kind, Malformed, Value};
use crate::source::{FileId, Span};

/// Reads one document, and goes on behind an error: what could be had, and the first error.
/// `text` begins at byte `offset` of `file`.
pub(crate) fn parse(
    text: &str,
    file: FileId,
    offset: usize,
) -> (Value, Option<Malformed>) {
    let place =
        |range: Range<usize>| Span::new(file, offset + range.start..offset + range.end);
    let (table, errors) = DeTable::parse_recoverable(text);
    let value =
        Value { span: place(table.span()), kind: map(table.into_inner(), &place) };
    let malformed = errors.into_iter().next().map(|error| Malformed {
        span: place(error.span().unwrap_or(0..0)),
        message: error.message().lines().collect::<Vec<_>>().join(", "),
        hint: None,
    });
    (value, malformed)
}

fn map(table: DeTable<'_>, place: &impl Fn(Range<usize>) -> Span) -> Kind {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(key, item)| Entry {
            span: place(key.span()),
            key: key.into_inner().into_owned(),
            value: value(item, place),
        })
        .collect();
    entries.sort_by_key(|entry| entry.span);
    Kind::Map(entries)
}

fn value(item: Spanned<DeValue<'_>>, place: &impl Fn(Range<usize>) -> Span) -> Value {
    let span = place(item.span());
    let kind = match item.into_inner() {
        DeValue::String(text) => Kind::Scalar(text.into_owned()),
        DeValue::Integer(number) => Kind::Scalar(number.as_str().to_owned()),
        DeValue::Float(number) => Kind::Scalar(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Kind::Scalar(flag.to_string()),
        DeValue::Datetime(date) => Kind::Scalar(date.to_string()),
        DeValue::Array(items) => {
            Kind::List(items.into_iter().map(|item| value(item, place)).collect())
        }
        DeValue::Table(table) => map(table, place),
    };
    Value { span, kind }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn read(text: &str) -> (Value, Option<Malformed>) {
        parse(text, Sources::default().add("x.toml", text), 0)
    }

    #[test]
    fn dates_and_sections_are_read() {
        let text = "date = 2017-08-01T10:00:00Z\n[taxonomies]\ntags = [\"China\"]\n";
        let (value, malformed) = read(text);
        assert_eq!(malformed, None);
        assert_eq!(value.get("date").unwrap().text(), Some("2017-08-01T10:00:00Z"));
        let tags = value.get("taxonomies").unwrap().get("tags").unwrap();
        assert_eq!(&text[tags.items()[0].span.range()], "\"China\"");
    }

    #[test]
    fn an_error_has_its_place_and_spares_the_rest() {
        let (value, error) = read("title = \"a\"\ntitle = \"b\"\ndraft = true\n");
        assert_eq!(error.unwrap().span.range(), 12..17);
        assert_eq!(value.get("draft").unwrap().flag(), Some(true));
    }
}
