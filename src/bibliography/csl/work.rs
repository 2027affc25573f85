//! Our references as items of CSL.

use std::collections::BTreeMap;

use hayagriva::citationberg::json::{
    DateValue, Item, LiteralName, NameItem, NameValue, Value, VecDate, VecDateRange,
};

use crate::bibliography::markup::{self, Style, Token};
use crate::bibliography::{Moment, Name, PartialDate, Reference, ReferenceKind};
use crate::document::ReferenceId;

/// Characters of private use that stand for the tags of titles while hayagriva has them: it
/// would print the tags of an item of CSL.
pub(super) const MARKS: [(char, Style); 5] = [
    ('\u{f8e0}', Style::Italic),
    ('\u{f8e1}', Style::Bold),
    ('\u{f8e2}', Style::Superscript),
    ('\u{f8e3}', Style::Subscript),
    ('\u{f8e4}', Style::SmallCaps),
];

/// A work as hayagriva takes it, called by its number.
pub(super) fn item(id: ReferenceId, reference: &Reference) -> Item {
    let mut fields = BTreeMap::new();
    fields.insert("id".to_owned(), Value::String(id.0.to_string()));
    let kind = reference.kind.csl().to_owned();
    fields.insert("type".to_owned(), Value::String(kind));
    for (name, text) in texts(reference) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            let text = if name == "number" { number(text) } else { marked(text) };
            fields.insert(name.to_owned(), Value::String(text));
        }
    }
    let people = [
        ("author", &reference.authors),
        ("editor", &reference.editors),
        ("translator", &reference.translators),
        ("interviewer", &reference.interviewers),
    ];
    for (role, people) in people {
        if !people.is_empty() {
            let names = people.iter().map(name).collect();
            fields.insert(role.to_owned(), Value::Names(names));
        }
    }
    for (role, date) in [("issued", &reference.issued), ("accessed", &reference.accessed)]
    {
        if let Some(date) = date.as_ref().and_then(self::date) {
            fields.insert(role.to_owned(), Value::Date(date));
        }
    }
    Item(fields)
}

fn texts(reference: &Reference) -> [(&'static str, Option<&str>); 21] {
    let is_case = reference.kind == ReferenceKind::Case;
    let publisher = reference.publisher.as_deref();
    [
        ("title", Some(reference.title.as_str())),
        ("title-short", short_title(reference)),
        ("container-title", reference.container_title.as_deref()),
        ("collection-title", reference.collection_title.as_deref()),
        ("collection-number", reference.collection_number.as_deref()),
        ("volume", reference.volume.as_deref()),
        ("issue", reference.issue.as_deref()),
        ("number", reference.number.as_deref()),
        ("edition", reference.edition.as_deref()),
        ("page", reference.pages.as_deref()),
        ("publisher", publisher),
        ("authority", publisher.filter(|_| is_case)),
        ("publisher-place", reference.place.as_deref()),
        ("genre", reference.genre.as_deref()),
        ("medium", reference.medium.as_deref()),
        ("event-title", reference.event_title.as_deref()),
        ("URL", reference.address.as_deref()),
        ("DOI", reference.doi.as_deref()),
        ("ISBN", reference.isbn.as_deref()),
        ("language", reference.language.as_deref()),
        ("archive_location", reference.archive_address.as_deref()),
    ]
}

/// A hyphen that does not part two capitals. hayagriva makes `J.-woo` of `Ji-woo`, where a
/// hyphen that it does not know gives `J.`, as citeproc has it.
pub(super) const SOFT_HYPHEN: char = '\u{2011}';

fn given(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        let is_soft = c == '-' && rest.peek().is_some_and(|next| next.is_lowercase());
        text.push(if is_soft { SOFT_HYPHEN } else { c });
    }
    text
}

/// A comma within a number, of which hayagriva makes two: `14, 242` of `14,242`.
pub(super) const NUMBER_COMMA: char = '\u{f8e5}';

fn number(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let within = |at: usize| {
        at > 0
            && is_digit(at - 1)
            && (1..=3).all(|next| is_digit(at + next))
            && !is_digit(at + 4)
    };
    let comma = |(at, c): (usize, &char)| match c {
        ',' if within(at) => NUMBER_COMMA,
        c => *c,
    };
    chars.iter().enumerate().map(comma).collect()
}

/// The title up to its subtitle, which styles expect where they ask for the short form.
fn short_title(reference: &Reference) -> Option<&str> {
    let main = reference.title.split_once(": ").map(|(main, _)| main);
    reference.short_title.as_deref().or(main.filter(|main| !main.contains('<')))
}

/// A title with marks for its tags.
fn marked(text: &str) -> String {
    let mark =
        |style: Style| MARKS.iter().find(|(_, it)| *it == style).map(|(mark, _)| *mark);
    let mut open = Vec::new();
    let mut marked = String::new();
    for token in markup::tokens(text) {
        match token {
            Token::Text(text) => marked.extend(text.chars().filter(|c| !is_mark(*c))),
            Token::Open(style) => {
                let mark = style.and_then(mark);
                open.push(mark);
                marked.extend(mark);
            }
            Token::Close => marked.extend(open.pop().flatten()),
        }
    }
    marked.extend(open.into_iter().flatten());
    marked
}

fn is_mark(c: char) -> bool {
    MARKS.iter().any(|(mark, _)| *mark == c)
}

fn name(name: &Name) -> NameValue {
    match name {
        Name::Literal(literal) => {
            NameValue::Literal(LiteralName { literal: literal.clone() })
        }
        Name::Person { family, given, particle, suffix } => {
            let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
            NameValue::Item(NameItem {
                family: family.clone(),
                given: some(given).map(|name| self::given(&name)),
                non_dropping_particle: some(particle),
                dropping_particle: None,
                suffix: some(suffix),
                comma_suffix: None,
            })
        }
    }
}

/// The first day alone: hayagriva 0.10 panics at a range.
fn date(date: &PartialDate) -> Option<DateValue> {
    let PartialDate::Known { from: Moment { year, month, day }, circa, .. } = date else {
        return None;
    };
    let mut parts = vec![*year];
    parts.extend(month.iter().chain(day).map(|&part| i16::from(part)));
    Some(DateValue::DateParts {
        date_parts: VecDateRange(vec![VecDate(parts)]),
        literal: None,
        season: None,
        circa: *circa,
    })
}
