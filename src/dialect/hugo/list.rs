//! Lists in a template: the arguments of the call, a text divided, what is counted up.

use super::expression::{MAX_EXPRESSION_BYTES, terms};
use super::template::Template;

/// The most items of a list that are looked at.
const MAX_ITEMS: usize = 1_000;

/// An item of a list, and by what it is found there: its place, or its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) key: String,
    pub(super) value: String,
}

impl Template<'_> {
    /// The items of a list; none if the expression is another, or is not understood.
    pub(super) fn list(&self, expression: &str) -> Option<Vec<Item>> {
        if expression.len() > MAX_EXPRESSION_BYTES {
            return None;
        }
        let terms = terms(expression);
        let (name, rest) = terms.split_first()?;
        if rest.is_empty() {
            let inner = name.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
            return match (*name, inner) {
                (_, Some(inner)) => self.list(inner),
                (".Params" | "$.Params", _) => Some(self.all_arguments()),
                (name, _) => self.lists.get(name).cloned(),
            };
        }
        let value = |at: usize| rest.get(at).and_then(|term| self.value(term));
        let number = |at: usize| value(at)?.parse::<usize>().ok();
        let words: Vec<String> = match *name {
            "split" | "strings.Split" => {
                let (words, between) = (value(0)?, value(1)?);
                let parts = words.split(between.as_str());
                parts.take(MAX_ITEMS).map(str::to_owned).collect()
            }
            "slice" => (0..rest.len()).map(value).collect::<Option<_>>()?,
            "seq" => {
                let (first, last) = match rest.len() {
                    1 => (1, number(0)?),
                    2 => (number(0)?, number(1)?),
                    _ => return None,
                };
                (first..=last).take(MAX_ITEMS).map(|it| it.to_string()).collect()
            }
            "first" | "after" => {
                let (count, items) = (number(0)?, self.list(rest.get(1)?)?);
                let count = count.min(items.len());
                let part =
                    if *name == "first" { &items[..count] } else { &items[count..] };
                part.iter().map(|item| item.value.clone()).collect()
            }
            _ => return None,
        };
        let item = |(at, value): (usize, String)| Item { key: at.to_string(), value };
        Some(words.into_iter().enumerate().map(item).collect())
    }

    fn all_arguments(&self) -> Vec<Item> {
        let arguments = self.arguments.iter().enumerate();
        let item = arguments.map(|(at, argument)| Item {
            key: argument.name.clone().unwrap_or_else(|| at.to_string()),
            value: argument.value.clone(),
        });
        item.take(MAX_ITEMS).collect()
    }
}
