//! The tags of the posts as terms of the index.

use std::collections::BTreeMap;

use crate::book::Chapter;
use crate::document::ChapterId;
use crate::manuscript::{Manuscript, fold_tag};

/// The tags, each with the chapters that carry it. One that every chapter carries leads nowhere.
pub(super) fn tags(
    manuscript: &Manuscript,
    chapters: &[Chapter],
) -> Vec<(String, Vec<ChapterId>)> {
    let mut tags: BTreeMap<String, (String, Vec<ChapterId>)> = BTreeMap::new();
    for (post, &Chapter { id: chapter, .. }) in manuscript.posts.iter().zip(chapters) {
        if post.section.is_some() {
            continue;
        }
        for tag in &post.header.tags {
            let known = tags.entry(fold_tag(tag));
            let (_, chapters) = known.or_insert_with(|| (tag.clone(), Vec::new()));
            if chapters.last() != Some(&chapter) {
                chapters.push(chapter);
            }
        }
    }
    let all = manuscript.chapters().count();
    tags.into_values().filter(|(_, it)| it.len() < all || all == 1).collect()
}
