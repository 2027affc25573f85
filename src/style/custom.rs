//! Custom properties: `var()`.

use std::borrow::Cow;

use super::cascade::Customs;

/// How deep one may name another.
const DEEPEST: usize = 16;

/// How long a value may become, in bytes.
const LONGEST: usize = 10_000;

/// A value with every `var()` in it replaced; none if one is not there, or leads in a circle.
pub(super) fn substituted<'v>(value: &'v str, customs: &Customs) -> Option<Cow<'v, str>> {
    if !value.contains("var(") {
        return Some(Cow::Borrowed(value));
    }
    replace(value, customs, 0).map(Cow::Owned)
}

fn replace(value: &str, customs: &Customs, depth: usize) -> Option<String> {
    if depth > DEEPEST {
        return None;
    }
    let mut out = String::new();
    let mut rest = value;
    while let Some(at) = rest.find("var(") {
        out.push_str(&rest[..at]);
        let inner = &rest[at + 4..];
        let end = closing(inner)?;
        let (name, fallback) = match inner[..end].split_once(',') {
            Some((name, fallback)) => (name.trim(), Some(fallback)),
            None => (inner[..end].trim(), None),
        };
        let known =
            customs.get(name).and_then(|value| replace(value, customs, depth + 1));
        let value = match known {
            Some(value) => value,
            None => replace(fallback?.trim(), customs, depth + 1)?,
        };
        out.push_str(&value);
        if out.len() > LONGEST {
            return None;
        }
        rest = &inner[end + 1..];
    }
    out.push_str(rest);
    Some(out)
}

/// Where the bracket ends that was opened before.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_properties_are_put_in() {
        let customs: Customs = [
            ("--a", "1px"),
            ("--b", "calc(var(--a) * 2)"),
            ("--c", "var(--d)"),
            ("--d", "var(--c)"),
        ]
        .map(|(name, value)| (name.into(), value.into()))
        .into();
        let get = |value| substituted(value, &customs).map(Cow::into_owned);
        assert_eq!(get("var(--b) solid").as_deref(), Some("calc(1px * 2) solid"));
        assert_eq!(get("var(--none, var(--a))").as_deref(), Some("1px"));
        assert_eq!(get("var(--none)"), None);
        assert_eq!(get("var(--c)"), None);
    }
}
