//! `gather.parts`: how the chapters are divided.

use super::reader::{Field, Reader};
use super::selection::{self, names};
use super::value::{Kind, Value};
use super::{ListedPart, Parts};
use crate::diag::Code;

/// What `gather.parts` takes but for a list.
const WORDS: [&str; 7] = ["none", "year", "month", "season", "tag", "series", "author"];

/// Reads `gather.parts`.
pub(super) fn read(reader: &mut Reader, field: Field) -> Parts {
    if let Kind::List(values) = field.value.kind {
        let parts = values.into_iter().filter_map(|value| part(reader, value));
        let parts: Vec<ListedPart> = parts.collect();
        return if parts.is_empty() { Parts::None } else { Parts::Listed(parts) };
    }
    let choices = WORDS.map(|word| (word, word));
    match reader.choice(&field, &choices) {
        Some("year") => Parts::Year,
        Some("month") => Parts::Month,
        Some("season") => Parts::Season,
        Some("tag") => Parts::Tag,
        Some("series") => Parts::Series,
        Some("author") => Parts::Author,
        _ => Parts::None,
    }
}

/// One of a list. `rest: {title: …}` is what no other takes.
fn part(reader: &mut Reader, value: Value) -> Option<ListedPart> {
    const KEYS: [&str; 8] =
        ["title", "subtitle", "intro", "tags", "dates", "slugs", "order", "rest"];
    let span = value.span;
    let mut fields = reader.fields(value, "gather.parts.", &KEYS);
    let rest = fields.take("rest");
    let is_rest = rest.is_some();
    if let Some(rest) = rest {
        let known = ["title", "subtitle", "intro", "order"];
        fields = reader.fields(rest.value, "gather.parts.rest.", &known);
    }
    let title = fields.take("title").and_then(|field| reader.text(field));
    let subtitle = fields.take("subtitle").and_then(|field| reader.text(field));
    let intro = fields.take("intro").and_then(|field| reader.name(field));
    let order =
        fields.take("order").and_then(|field| reader.choice(&field, &selection::ORDERS));
    let mut listed =
        |key| fields.take(key).map(|field| names(reader, &field)).unwrap_or_default();
    let (tags, slugs) = (listed("tags"), listed("slugs"));
    let (mut first, mut last) = (None, None);
    if let Some(field) = fields.take("dates") {
        let known = ["from", "to"];
        let mut dates = reader.fields(field.value, "gather.parts.dates.", &known);
        first = dates.take("from").and_then(|field| reader.date(&field));
        last = dates.take("to").and_then(|field| reader.date(&field));
    }
    let Some(title) = title else {
        let hint = "write `- {title: The launch, tags: [Launch]}`";
        reader.error(Code::MissingKey, span, "a part has no title", hint);
        return None;
    };
    Some(ListedPart {
        title,
        subtitle,
        intro,
        is_rest,
        tags,
        first,
        last,
        slugs,
        order,
        span,
    })
}
