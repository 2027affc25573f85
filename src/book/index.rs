//! The index: the tags of the posts, each with the chapters that carry it.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::IndexEntry;
use crate::document::ChapterId;
use crate::manuscript::{Manuscript, fold_tag};

/// The tags in the order of their letters. One that every chapter carries leads nowhere.
pub(super) fn tags(manuscript: &Manuscript) -> Vec<IndexEntry> {
    let mut entries: BTreeMap<(String, String), IndexEntry> = BTreeMap::new();
    for (post, number) in manuscript.posts.iter().zip(0..) {
        if post.section.is_some() {
            continue;
        }
        let chapter = ChapterId(number);
        for tag in &post.header.tags {
            let folded = fold_tag(tag);
            let entry = entries.entry((letters(&folded), folded)).or_insert_with(|| {
                IndexEntry { term: tag.clone(), chapters: Vec::new() }
            });
            if entry.chapters.last() != Some(&chapter) {
                entry.chapters.push(chapter);
            }
        }
    }
    let all = manuscript.chapters().count();
    let tells = |entry: &IndexEntry| entry.chapters.len() < all || all == 1;
    entries.into_values().filter(tells).collect()
}

/// What a term is sorted by: its letters and digits without their accents.
fn letters(folded: &str) -> String {
    let plain = folded.nfd().filter(|c| !is_combining_mark(*c));
    plain.filter(|c| c.is_alphanumeric() || *c == ' ').collect()
}
