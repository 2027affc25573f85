//! `gather`: which posts, and in what order.

use super::reader::{Field, Reader};
use super::value::Kind;
use super::{Generator, Order, Selection, TagName, parts};
use crate::diag::Code;
use crate::language::Language;

/// What `gather.dialect` takes.
const DIALECTS: [(&str, Option<Generator>); 12] = [
    ("auto", None),
    ("jekyll", Some(Generator::Jekyll)),
    ("hugo", Some(Generator::Hugo)),
    ("zola", Some(Generator::Zola)),
    ("hexo", Some(Generator::Hexo)),
    ("pelican", Some(Generator::Pelican)),
    ("eleventy", Some(Generator::Eleventy)),
    ("mkdocs", Some(Generator::MkDocs)),
    ("quarto", Some(Generator::Quarto)),
    ("obsidian", Some(Generator::Obsidian)),
    ("ghost", Some(Generator::Ghost)),
    ("plain", Some(Generator::Plain)),
];

/// Reads `gather`.
pub(super) fn read(reader: &mut Reader, field: Field) -> Selection {
    const KEYS: [&str; 10] = [
        "from",
        "tags",
        "dates",
        "order",
        "parts",
        "arrangement",
        "dialect",
        "language",
        "exclude",
        "lead-picture",
    ];
    let mut selection = Selection::default();
    let mut fields = reader.fields(field.value, "gather.", &KEYS);
    if let Some(field) = fields.take("from") {
        selection.from_span = Some(field.value.span);
        selection.from = reader.texts(&field).into_iter().map(|(path, _)| path).collect();
        if selection.from.is_empty() {
            let hint = "it takes a folder, or a list of folders";
            reader.misfit::<()>(&field, hint);
        }
    }
    if let Some(field) = fields.take("tags") {
        tags(reader, field, &mut selection);
    }
    if let Some(field) = fields.take("dates") {
        dates(reader, field, &mut selection);
    }
    if let Some(field) = fields.take("order") {
        selection.order = order(reader, &field).unwrap_or_default();
    }
    if let Some(field) = fields.take("parts") {
        selection.parts = parts::read(reader, field);
    }
    selection.arrangement = fields.take("arrangement").and_then(|it| reader.name(it));
    if let Some(field) = fields.take("language") {
        let language = field.value.text().and_then(Language::parse);
        let hint = "it takes a BCP 47 tag, such as `en` or `ko`";
        selection.language = language.or_else(|| reader.misfit(&field, hint));
    }
    if let Some(field) = fields.take("exclude") {
        let patterns = reader.texts(&field).into_iter();
        selection.exclude = patterns.map(|(pattern, _)| pattern).collect();
    }
    if let Some(field) = fields.take("lead-picture") {
        let choices = [("none", false), ("header", true)];
        selection.lead_picture = reader.choice(&field, &choices).unwrap_or_default();
    }
    if let Some(field) = fields.take("dialect") {
        selection.dialect = reader.choice(&field, &DIALECTS).flatten();
    }
    selection
}

fn tags(reader: &mut Reader, field: Field, selection: &mut Selection) {
    if !matches!(field.value.kind, Kind::Map(_)) {
        selection.any = names(reader, &field);
        return;
    }
    let mut fields = reader.fields(field.value, "gather.tags.", &["any", "all", "none"]);
    let mut read = |key| {
        let field = fields.take(key);
        field.map(|field| names(reader, &field)).unwrap_or_default()
    };
    selection.any = read("any");
    selection.all = read("all");
    selection.none = read("none");
}

pub(super) fn names(reader: &mut Reader, field: &Field) -> Vec<TagName> {
    let texts = reader.texts(field).into_iter();
    texts.map(|(name, span)| TagName { name, span: Some(span) }).collect()
}

fn dates(reader: &mut Reader, field: Field, selection: &mut Selection) {
    let span = field.value.span;
    let mut fields = reader.fields(field.value, "gather.dates.", &["from", "to"]);
    selection.first = fields.take("from").and_then(|field| reader.date(&field));
    selection.last = fields.take("to").and_then(|field| reader.date(&field));
    if let (Some(first), Some(last)) = (selection.first, selection.last)
        && first > last
    {
        let message = format!("no day lies between {first} and {last}");
        let hint = "`from` is the first day, `to` the last";
        reader.error(Code::InvalidValue, span, message, hint);
    }
}

/// The orders that have a name.
pub(super) const ORDERS: [(&str, Order); 4] = [
    ("date", Order::Date),
    ("-date", Order::DateDescending),
    ("title", Order::Title),
    ("weight", Order::Weight),
];

fn order(reader: &mut Reader, field: &Field) -> Option<Order> {
    if matches!(field.value.kind, Kind::List(_)) {
        return Some(Order::Explicit(names(reader, field)));
    }
    let word = field.value.text().unwrap_or_default();
    let named = ORDERS.into_iter().find(|(name, _)| *name == word);
    named.map(|(_, order)| order).or_else(|| {
        let hint = "it takes `date`, `-date`, `title`, `weight`, or a list of slugs";
        reader.misfit(field, hint)
    })
}
