//! Filters: what `{{ value | filter: argument }}` makes of a value.

use super::text::{shown, text};
use crate::config::value::{Kind, Value};
use crate::document::slug;
use crate::source::Span;

/// What a filter makes of a value; none if it is not known.
pub(super) fn filtered(name: &str, value: &Value, arguments: &[Value]) -> Option<Value> {
    let argument = |at: usize| arguments.get(at).and_then(shown);
    let list = || match &value.kind {
        Kind::List(items) => items.clone(),
        Kind::Null => Vec::new(),
        _ => vec![value.clone()],
    };
    let of_list = match name {
        "default" => {
            let empty = match &value.kind {
                Kind::Null => true,
                Kind::Scalar(words) => words.is_empty() || words == "false",
                _ => false,
            };
            return if empty { arguments.first().cloned() } else { Some(value.clone()) };
        }
        "first" => list().into_iter().next(),
        "last" => list().into_iter().next_back(),
        "size" | "length" => {
            let count = match &value.kind {
                Kind::Scalar(words) => words.chars().count(),
                _ => list().len(),
            };
            Some(text(count.to_string()))
        }
        "join" => {
            let between = argument(0).unwrap_or_else(|| " ".to_owned());
            let items: Option<Vec<String>> = list().iter().map(shown).collect();
            items.map(|items| text(items.join(&between)))
        }
        "sort" | "uniq" | "compact" | "unique" => {
            let mut items = list();
            if name == "sort" {
                items.sort_by_key(shown);
            } else if name != "compact" {
                items.dedup();
            }
            Some(of_items(items))
        }
        "reverse" => Some(of_items(list().into_iter().rev().collect())),
        _ => None,
    };
    if of_list.is_some() {
        return of_list;
    }
    let words = shown(value)?;
    of_words(name, &words, &argument)
}

fn of_items(items: Vec<Value>) -> Value {
    Value { span: Span::DETACHED, kind: Kind::List(items) }
}

fn of_words(
    name: &str,
    words: &str,
    argument: &impl Fn(usize) -> Option<String>,
) -> Option<Value> {
    let number = |at: usize| argument(at)?.parse::<f64>().ok();
    let result = match name {
        // A path of the blog: what it leads to is found in the book.
        "relative_url" | "absolute_url" | "url" | "url_for" | "relURL" | "absURL"
        | "prepend_baseurl" => {
            if words.contains("://") || words.starts_with(['/', '#']) {
                words.to_owned()
            } else {
                format!("/{words}")
            }
        }
        "escape" | "xml_escape" | "escape_once" | "safe" | "markdownify" | "markdown"
        | "raw" | "trim" | "strip" | "lstrip" | "rstrip" | "smartify" | "dump"
        | "string" => words.trim().to_owned(),
        "upcase" | "upper" => words.to_uppercase(),
        "downcase" | "lower" => words.to_lowercase(),
        "capitalize" => {
            let mut letters = words.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(letters).collect()
        }
        "title" | "titlecase" => words
            .split(' ')
            .map(|word| {
                let mut letters = word.chars();
                let first = letters.next().into_iter().flat_map(char::to_uppercase);
                first.chain(letters).collect::<String>()
            })
            .collect::<Vec<_>>()
            .join(" "),
        "append" => format!("{words}{}", argument(0)?),
        "prepend" => format!("{}{words}", argument(0)?),
        "remove" => words.replace(&argument(0)?, ""),
        "remove_first" => words.replacen(&argument(0)?, "", 1),
        "replace" => words.replace(&argument(0)?, &argument(1).unwrap_or_default()),
        "replace_first" => {
            words.replacen(&argument(0)?, &argument(1).unwrap_or_default(), 1)
        }
        "slugify" | "slug" => slug(words),
        "strip_newlines" => words.replace(['\n', '\r'], ""),
        "newline_to_br" => words.replace('\n', "<br>\n"),
        "strip_html" | "striptags" => without_tags(words),
        "url_encode" | "cgi_escape" | "uri_escape" | "urlencode" => {
            words.replace(' ', "%20")
        }
        "number_of_words" | "wordcount" => words.split_whitespace().count().to_string(),
        "truncate" => words.chars().take(argument(0)?.parse().ok()?).collect(),
        "truncatewords" => {
            let count = argument(0)?.parse().ok()?;
            words.split_whitespace().take(count).collect::<Vec<_>>().join(" ")
        }
        "split" => {
            let items = words.split(&argument(0)?).map(text).collect();
            return Some(of_items(items));
        }
        "plus" => shortest(words.parse::<f64>().ok()? + number(0)?),
        "minus" => shortest(words.parse::<f64>().ok()? - number(0)?),
        "times" => shortest(words.parse::<f64>().ok()? * number(0)?),
        "date" | "date_to_string" | "date_to_long_string" | "date_to_xmlschema" => {
            let format = match name {
                "date_to_string" => "%d %b %Y".to_owned(),
                "date_to_long_string" => "%d %B %Y".to_owned(),
                "date_to_xmlschema" => "%Y-%m-%d".to_owned(),
                _ => argument(0).unwrap_or_else(|| "%Y-%m-%d".to_owned()),
            };
            let date: jiff::civil::Date = words.get(..10)?.parse().ok()?;
            jiff::fmt::strtime::format(&format, date).ok()?
        }
        _ => return None,
    };
    Some(text(result))
}

fn shortest(number: f64) -> String {
    number.to_string()
}

fn without_tags(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(open) = rest.find('<') {
        plain.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('>') else {
            rest = &rest[open..];
            break;
        };
        rest = &rest[open + close + 1..];
    }
    plain.push_str(rest);
    plain
}
