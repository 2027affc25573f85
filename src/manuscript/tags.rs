//! Tags: what makes two of them the same, and how often each occurs.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::config::value::{Kind, Value};
use crate::diag::nearest;

/// The form in which tags are compared: letter case, kinds of spaces and ways of writing an
/// accent aside. Accents themselves count, for `café` is not `cafe`.
pub(crate) fn fold(tag: &str) -> String {
    let words: Vec<&str> = tag.split_whitespace().collect();
    words.join(" ").to_lowercase().nfc().collect()
}

/// Reads the tags under one key: a list, or text with commas between them. Text without a comma
/// is divided at spaces if `spaced`, as Jekyll does with `tags` and not with `tag`.
pub(super) fn read(value: &Value, spaced: bool, tags: &mut Vec<String>) {
    let mut add = |tag: &str| {
        let tag = tag.trim().trim_start_matches('#').trim();
        if !tag.is_empty() && !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    };
    match &value.kind {
        Kind::Null | Kind::Map(_) => {}
        Kind::Scalar(text) if text.contains(',') => text.split(',').for_each(add),
        Kind::Scalar(text) if spaced => text.split_whitespace().for_each(add),
        Kind::Scalar(text) => add(text),
        Kind::List(items) => items.iter().filter_map(Value::text).for_each(add),
    }
}

/// Every tag of the posts that were looked at.
#[derive(Default)]
pub(super) struct TagCounts {
    /// By folded name: the name as first written, and how many posts have it.
    counts: BTreeMap<String, (String, usize)>,
}

impl TagCounts {
    /// Counts the tags of a post.
    pub(super) fn add(&mut self, tags: &[String]) {
        let mut folded: Vec<(String, &String)> =
            tags.iter().map(|tag| (fold(tag), tag)).collect();
        folded.sort();
        folded.dedup_by(|a, b| a.0 == b.0);
        for (key, tag) in folded {
            self.counts.entry(key).or_insert_with(|| (tag.clone(), 0)).1 += 1;
        }
    }

    /// Whether a post has the tag.
    pub(super) fn contains(&self, tag: &str) -> bool {
        self.counts.contains_key(&fold(tag))
    }

    /// What may have been meant by a tag that no post has.
    pub(super) fn hints(&self, tag: &str) -> Vec<String> {
        let tag = fold(tag);
        let near = nearest(&tag, self.counts.keys().map(String::as_str));
        let near = near.and_then(|near| self.counts.get(near));
        let did_you_mean = near
            .map(|(name, count)| format!("did you mean `{name}` ({})?", posts(*count)));
        let mut by_use: Vec<_> = self.counts.values().collect();
        by_use.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let most_used: Vec<String> = by_use
            .iter()
            .take(5)
            .map(|(name, count)| format!("`{name}` ({count})"))
            .collect();
        let most_used = if most_used.is_empty() {
            "no post has any tag".to_owned()
        } else {
            format!("the most used tags are {}", most_used.join(", "))
        };
        did_you_mean.into_iter().chain([most_used]).collect()
    }
}

/// `1 post`, `2 posts`.
pub(super) fn posts(count: usize) -> String {
    if count == 1 { "1 post".to_owned() } else { format!("{count} posts") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_spaces_are_nothing_and_accents_are_not() {
        assert_eq!(fold(" North  KOREA "), fold("north korea"));
        assert_eq!(fold("cafe\u{301}"), fold("CAFÉ"));
        assert_ne!(fold("café"), fold("cafe"));
    }

    #[test]
    fn an_unknown_tag_gets_its_neighbour_and_the_most_used() {
        let mut counts = TagCounts::default();
        counts.add(&["China".to_owned(), "china".to_owned()]);
        counts.add(&["China".to_owned(), "Japan".to_owned()]);
        assert_eq!(
            counts.hints("Chna"),
            [
                "did you mean `China` (2 posts)?",
                "the most used tags are `China` (2), `Japan` (1)"
            ]
        );
    }
}
