//! Expressions: paths to values, filters, comparisons.

use super::filters::filtered;
use super::scope::Scope;
use super::text::{nothing, shown, text};
use crate::config::value::{Kind, Value};

/// The value of an expression with its filters; none if a part of it is not known.
pub(in crate::dialect) fn value(expression: &str, scope: &Scope<'_>) -> Option<Value> {
    let mut stages = split(expression, '|').into_iter();
    let first = stages.next()?.trim();
    let mut stages = stages.peekable();
    let start = joined(first, scope);
    let start = match (start, stages.peek()) {
        (None, Some(filter)) if filter.trim().starts_with("default") => Some(nothing()),
        (start, _) => start,
    };
    stages.try_fold(start?, |value, filter| {
        let filter = filter.trim();
        let end = filter.find([':', '(', ' ']).unwrap_or(filter.len());
        let (name, rest) = filter.split_at(end);
        let rest = rest.trim_start().trim_start_matches([':', '(']);
        let rest = rest.trim_end().trim_end_matches(')');
        let arguments: Option<Vec<Value>> = split(rest, ',')
            .into_iter()
            .map(str::trim)
            .filter(|argument| !argument.is_empty())
            .map(|argument| {
                // Tera names its arguments: `date(format="%Y")`.
                let named = argument.split_once('=').filter(|(name, _)| {
                    name.trim().bytes().all(|b| b.is_ascii_alphabetic() || b == b'_')
                });
                path(named.map_or(argument, |(_, value)| value).trim(), scope)
            })
            .collect();
        filtered(name.trim(), &value, &arguments?)
    })
}

/// Texts that stand one behind the other: `"a" ~ b`, `"a" + b`.
fn joined(expression: &str, scope: &Scope<'_>) -> Option<Value> {
    let parts = split(expression, '~');
    let parts = if parts.len() > 1 { parts } else { split(expression, '+') };
    if parts.len() < 2 {
        return path(expression, scope);
    }
    let mut all = String::new();
    for part in parts {
        all.push_str(&shown(&path(part.trim(), scope)?)?);
    }
    Some(text(all))
}

/// A literal, or what a path such as `page.tags[0]` leads to.
pub(in crate::dialect) fn path(expression: &str, scope: &Scope<'_>) -> Option<Value> {
    let expression = expression.trim();
    for quote in ['"', '\'', '`'] {
        let inside =
            expression.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        if let Some(inside) = inside.filter(|inside| !inside.contains(quote)) {
            return Some(text(inside));
        }
    }
    match expression {
        "" => return None,
        "true" | "false" => return Some(text(expression)),
        "nil" | "null" | "none" | "empty" | "blank" => return Some(nothing()),
        _ => {}
    }
    if expression.parse::<f64>().is_ok() {
        return Some(text(expression));
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '?');
    let end = expression.find(|c| !is_part(c)).unwrap_or(expression.len());
    let (root, mut rest) = expression.split_at(end);
    let root = scope.root(root)?;
    let mut value: &Value = &root;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('.') {
            let end = after.find(|c| !is_part(c)).unwrap_or(after.len());
            let (key, after) = after.split_at(end);
            value = match member(value, key)? {
                Member::Of(found) => found,
                Member::Size(size) => return after.is_empty().then(|| text(size)),
            };
            rest = after;
        } else if let Some(after) = rest.strip_prefix('[') {
            let close = after.find(']')?;
            let key = path(&after[..close], scope)?;
            value = match member(value, key.text()?)? {
                Member::Of(found) => found,
                Member::Size(_) => return None,
            };
            rest = &after[close + 1..];
        } else {
            return None;
        }
    }
    Some(value.clone())
}

/// What a value has by a name.
enum Member<'v> {
    Of(&'v Value),
    /// How many items or characters there are.
    Size(String),
}

fn member<'v>(value: &'v Value, key: &str) -> Option<Member<'v>> {
    let is_size = matches!(key, "size" | "length");
    match &value.kind {
        Kind::List(items) if is_size => Some(Member::Size(items.len().to_string())),
        Kind::List(items) => {
            let found = match key {
                "first" => items.first(),
                "last" => items.last(),
                _ => items.get(key.parse::<usize>().ok()?),
            };
            found.map(Member::Of)
        }
        Kind::Scalar(words) if is_size => {
            Some(Member::Size(words.chars().count().to_string()))
        }
        _ => value.get(key).map(Member::Of),
    }
}

/// What `{{ expression }}` prints; none if that is not known.
pub(in crate::dialect) fn output(expression: &str, scope: &Scope<'_>) -> Option<String> {
    shown(&value(expression, scope)?)
}

/// Whether a condition holds. What is not there is false.
pub(in crate::dialect) fn condition(expression: &str, scope: &Scope<'_>) -> bool {
    let any = |words: &str| words.split(" and ").all(|term| holds(term.trim(), scope));
    expression.split(" or ").any(any)
}

fn holds(term: &str, scope: &Scope<'_>) -> bool {
    if let Some(rest) = term.strip_prefix("not ") {
        return !holds(rest.trim(), scope);
    }
    if let Some(rest) = term.strip_suffix(" is defined") {
        return value(rest, scope).is_some();
    }
    if let Some(rest) = term.strip_suffix(" is not defined") {
        return value(rest, scope).is_none();
    }
    let of = |side: &str| value(side.trim(), scope).unwrap_or_else(nothing);
    for operator in [" contains ", " in ", "==", "!=", ">=", "<=", ">", "<"] {
        let Some((left, right)) = term.split_once(operator) else { continue };
        let (left, right) = (of(left), of(right));
        let (one, other) = (shown(&left), shown(&right));
        let numbers = || {
            let number = |side: &Option<String>| side.as_ref()?.parse::<f64>().ok();
            number(&one).zip(number(&other))
        };
        return match operator {
            " contains " => contains(&left, &right),
            " in " => contains(&right, &left),
            "==" => one == other,
            "!=" => one != other,
            ">=" => numbers().is_some_and(|(one, other)| one >= other),
            "<=" => numbers().is_some_and(|(one, other)| one <= other),
            ">" => numbers().is_some_and(|(one, other)| one > other),
            _ => numbers().is_some_and(|(one, other)| one < other),
        };
    }
    let value = of(term);
    match &value.kind {
        Kind::Null => false,
        Kind::Scalar(words) => words != "false",
        Kind::List(_) | Kind::Map(_) => true,
    }
}

fn contains(all: &Value, one: &Value) -> bool {
    let Some(word) = shown(one) else { return false };
    match &all.kind {
        Kind::List(items) => items.iter().any(|it| shown(it).as_deref() == Some(&word)),
        Kind::Scalar(words) => words.contains(&word),
        _ => all.get(&word).is_some(),
    }
}

/// The parts of a text between marks that stand outside of quotation marks and brackets.
fn split(text: &str, mark: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quote, mut depth) = (0, None, 0_usize);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '\'' | '`') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, c) if c == mark && depth == 0 => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}
