//! One attribute list: `{.class #id width=50%}`.

use crate::dialect::first_item;
use crate::document::{Attributes, Direction};

use super::indexmarks::IndexKeys;

/// The attribute of HTML in which a span of Markdown keeps a list that marks it for the index.
pub(super) const INDEX_MARK: &str = "data-bindery-index";

/// No list that anybody writes is longer, in bytes.
pub(super) const MAX_LIST_BYTES: usize = 400;

/// The list that a text begins with, and what follows it; its language is as it was written.
pub(super) fn parse(text: &str) -> Option<(Attributes, &str)> {
    let (inside, rest) = text.strip_prefix('{')?.split_once('}')?;
    let colon = inside.starts_with(':');
    let inside = inside.strip_prefix(':').unwrap_or(inside).trim();
    if inside.is_empty() || inside.contains('{') || inside.len() > MAX_LIST_BYTES {
        return None;
    }
    let mut list = Attributes::default();
    let mut keys = IndexKeys::default();
    let mut left = inside;
    while !left.is_empty() {
        let (item, after) = first_item(left);
        left = after.trim_start();
        one(item, colon, &mut list, &mut keys)?;
    }
    list.index = keys.mark(&mut list.classes).map(Box::new);
    Some((list, rest))
}

/// Adds an item to a list; none if it is no item.
fn one(
    item: &str,
    colon: bool,
    list: &mut Attributes,
    keys: &mut IndexKeys,
) -> Option<()> {
    let is_name = |name: &str| {
        let letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '/');
        !name.is_empty() && name.chars().all(letter)
    };
    if let Some(classes) = item.strip_prefix('.') {
        for class in classes.split('.') {
            is_name(class).then(|| list.add_class(class))?;
        }
        return Some(());
    }
    if let Some(id) = item.strip_prefix('#') {
        let id = id.split('.').next().unwrap_or(id);
        return is_name(id).then(|| list.id = Some(id.to_owned()));
    }
    let Some((key, value)) = item.split_once('=') else {
        // `{:toc}`, and pandoc's `{-}`: words without a meaning for a book.
        return (colon && is_name(item) || item == "-").then_some(());
    };
    let value = value.trim_matches(['"', '\'']);
    let key = key.to_ascii_lowercase();
    if !is_name(&key) {
        return None;
    }
    match key.as_str() {
        "width" | "height" => {
            if let Some(length) =
                length(value).filter(|it| key == "width" || !it.ends_with('%'))
            {
                // Of both one is enough, lest the picture be squeezed.
                match &list.style {
                    Some(_) if key == "height" => {}
                    _ => list.style = Some(format!("{key}: {length}")),
                }
            }
        }
        "class" => value.split_whitespace().for_each(|class| list.add_class(class)),
        "id" => list.id = Some(value.to_owned()),
        "lang" => list.lang = Some(value.to_owned()),
        "dir" if value == "rtl" => list.dir = Some(Direction::RightToLeft),
        "dir" if value == "ltr" => list.dir = Some(Direction::LeftToRight),
        "dir" => {}
        _ => keys.add(&key, value),
    }
    Some(())
}

/// A length as CSS writes it; a number alone is one of pixels. None for what says nothing.
pub(super) fn length(value: &str) -> Option<String> {
    let end =
        value.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(value.len());
    let (number, unit) = value.split_at(end);
    let size: f64 = number.parse().ok().filter(|&size| size > 0.0)?;
    match unit.trim() {
        "" | "px" => Some(format!("{size}px")),
        // Parts of a screen are parts of the page.
        "%" | "vw" => Some(format!("{}%", size.min(100.0))),
        unit @ ("em" | "rem" | "ex" | "ch" | "cm" | "mm" | "in" | "pt" | "pc") => {
            Some(format!("{size}{unit}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_told_from_text() {
        let list =
            |text| parse(text).map(|(list, rest)| (list.classes, list.style, rest));
        let classes =
            |classes: &[&str]| classes.iter().map(|it| (*it).to_owned()).collect();
        assert_eq!(list("{.a .b} c"), Some((classes(&["a", "b"]), None, " c")));
        let width = Some("width: 25%".to_owned());
        assert_eq!(
            list("{: .a width=\"25%\" target='_blank'}"),
            Some((classes(&["a"]), width, ""))
        );
        assert_eq!(list("{:toc}"), Some((Vec::new(), None, "")));
        for text in
            ["{}", "{a}", "{a, b}", "{{x}}", "{% x %}", "{.a b}", "{x", "{\"a\": 1}"]
        {
            assert_eq!(list(text), None, "{text}");
        }
    }
}
