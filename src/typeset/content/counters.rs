//! Counters, as CSS counts them (CSS Lists 3, 4).

use std::sync::Arc;

use crate::style::{CounterStyle, Style};

/// The counters that are in scope.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    counters: Vec<Counter>,
    /// How many elements are open.
    depth: usize,
    /// How many quotations are open.
    pub(crate) quotes: usize,
}

#[derive(Debug)]
struct Counter {
    name: Arc<str>,
    value: i32,
    /// How deep the element stands whose end is its own.
    owner: usize,
}

/// Elements no deeper than this stand for the whole book, not for one document: `html`, `body`.
const WHOLE_BOOK: usize = 2;

impl Counters {
    /// An element begins; `list` is the number before its first item if it is a list, `item` the
    /// number that an item is given.
    pub(crate) fn enter(
        &mut self,
        style: &Style,
        list: Option<i32>,
        item: Option<Option<i32>>,
    ) {
        self.depth += 1;
        if let Some(start) = list {
            self.reset(&"list-item".into(), start);
        }
        // What the whole book resets it resets once, although it has many documents.
        for (name, value) in &style.counter_reset {
            let whole = self.depth <= WHOLE_BOOK && self.value(name).is_some();
            if !whole {
                self.reset(name, *value);
            }
        }
        let names_item =
            style.counter_increment.iter().any(|(name, _)| &**name == "list-item");
        if let Some(value) = item {
            if let Some(value) = value {
                self.set(&"list-item".into(), value);
            } else if !names_item {
                self.increment(&"list-item".into(), 1);
            }
        }
        self.apply(style);
    }

    /// What `::before` or `::after` counts.
    pub(crate) fn enter_pseudo(&mut self, style: &Style) {
        for (name, value) in &style.counter_reset {
            self.reset(name, *value);
        }
        self.apply(style);
    }

    fn apply(&mut self, style: &Style) {
        for (name, by) in &style.counter_increment {
            self.increment(name, *by);
        }
        for (name, value) in &style.counter_set {
            self.set(name, *value);
        }
    }

    /// The element that was entered last ends.
    pub(crate) fn leave(&mut self) {
        let depth = self.depth;
        if depth > WHOLE_BOOK {
            self.counters.retain(|counter| counter.owner < depth);
        }
        self.depth = depth.saturating_sub(1);
    }

    fn reset(&mut self, name: &Arc<str>, value: i32) {
        let owner = self.depth.saturating_sub(1);
        let same =
            |counter: &&mut Counter| counter.name == *name && counter.owner == owner;
        match self.counters.iter_mut().find(same) {
            Some(counter) => counter.value = value,
            None => self.counters.push(Counter { name: name.clone(), value, owner }),
        }
    }

    fn innermost(&mut self, name: &Arc<str>) -> &mut i32 {
        if !self.counters.iter().any(|counter| counter.name == *name) {
            self.reset(name, 0);
        }
        let at = self.counters.iter().rposition(|counter| counter.name == *name);
        &mut self.counters[at.unwrap_or(0)].value
    }

    fn increment(&mut self, name: &Arc<str>, by: i32) {
        let value = self.innermost(name);
        *value = value.saturating_add(by);
    }

    fn set(&mut self, name: &Arc<str>, to: i32) {
        *self.innermost(name) = to;
    }

    /// The value of a counter, if it is in scope.
    pub(crate) fn value(&self, name: &str) -> Option<i32> {
        self.counters
            .iter()
            .rev()
            .find(|counter| &*counter.name == name)
            .map(|it| it.value)
    }

    /// The values of all counters of a name, the outermost first.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = i32> {
        self.counters
            .iter()
            .filter(move |counter| &*counter.name == name)
            .map(|it| it.value)
    }
}

/// A number as a counter style writes it; what a style cannot write is decimal (CSS Counter
/// Styles 3).
pub(crate) fn written(value: i32, style: &CounterStyle) -> String {
    let alphabetic = |letters: &[char]| (value > 0).then(|| alphabetic(value, letters));
    let latin: Vec<char> = ('a'..='z').collect();
    let greek: Vec<char> = "αβγδεζηθικλμνξοπρστυφχψω".chars().collect();
    let text = match style {
        CounterStyle::None => Some(String::new()),
        CounterStyle::Disc => Some("•".to_owned()),
        CounterStyle::Circle => Some("◦".to_owned()),
        CounterStyle::Square => Some("▪".to_owned()),
        CounterStyle::Text(text) => Some(text.to_string()),
        CounterStyle::Decimal => None,
        CounterStyle::DecimalLeadingZero => (value >= 0).then(|| format!("{value:02}")),
        CounterStyle::LowerRoman => roman(value),
        CounterStyle::UpperRoman => roman(value).map(|numeral| numeral.to_uppercase()),
        CounterStyle::LowerAlpha => alphabetic(&latin),
        CounterStyle::UpperAlpha => alphabetic(&latin).map(|text| text.to_uppercase()),
        CounterStyle::LowerGreek => alphabetic(&greek),
    };
    text.unwrap_or_else(|| value.to_string())
}

/// Whether a counter style is a mark, the same for each item.
pub(crate) fn is_mark(style: &CounterStyle) -> bool {
    matches!(
        style,
        CounterStyle::Disc
            | CounterStyle::Circle
            | CounterStyle::Square
            | CounterStyle::Text(_)
    )
}

fn alphabetic(value: i32, letters: &[char]) -> String {
    let base = i32::try_from(letters.len()).unwrap_or(26);
    let mut rest = value;
    let mut text = Vec::new();
    while rest > 0 {
        rest -= 1;
        text.push(letters[usize::try_from(rest % base).unwrap_or(0)]);
        rest /= base;
    }
    text.iter().rev().collect()
}

fn roman(value: i32) -> Option<String> {
    let number = u32::try_from(value).ok().filter(|number| (1..4000).contains(number))?;
    Some(crate::language::roman(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_their_style() {
        let cases = [
            (4, CounterStyle::LowerRoman, "iv"),
            (4, CounterStyle::UpperRoman, "IV"),
            (27, CounterStyle::LowerAlpha, "aa"),
            (26, CounterStyle::UpperAlpha, "Z"),
            (0, CounterStyle::LowerAlpha, "0"),
            (3, CounterStyle::LowerGreek, "γ"),
            (7, CounterStyle::DecimalLeadingZero, "07"),
            (-7, CounterStyle::Decimal, "-7"),
            (5000, CounterStyle::LowerRoman, "5000"),
        ];
        for (value, style, text) in cases {
            assert_eq!(written(value, &style), text, "{value} {style:?}");
        }
    }
}
