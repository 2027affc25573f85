//! The chronology: posts and events by their dates.

use super::Chapter;
use crate::config::{ChronologySettings, EventDate};
use crate::document::{ChapterId, plain_text};
use crate::manuscript::Manuscript;

/// Something that happened, or was posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChronologyEntry {
    /// When.
    pub date: EventDate,
    /// What: an event, or the title of a post.
    pub text: String,
    /// The chapter that tells it.
    pub chapter: Option<ChapterId>,
}

/// The posts and the events, the oldest first.
pub(super) fn chronology(
    settings: &ChronologySettings,
    manuscript: &Manuscript,
    chapters: &[Chapter],
) -> Vec<ChronologyEntry> {
    if !settings.wanted {
        return Vec::new();
    }
    let mut entries = Vec::new();
    for (post, chapter) in manuscript.posts.iter().zip(chapters) {
        let chapter_id = Some(chapter.id);
        let date =
            post.header.date.filter(|_| settings.posts && chapter.section.is_none());
        entries.extend(date.map(|date| ChronologyEntry {
            date: date.into(),
            text: plain_text(&chapter.title),
            chapter: chapter_id,
        }));
        entries.extend(post.header.events.iter().map(|event| ChronologyEntry {
            date: event.date,
            text: event.text.clone(),
            chapter: chapter_id,
        }));
    }
    entries.extend(settings.events.iter().map(|event| ChronologyEntry {
        date: event.date,
        text: event.text.clone(),
        chapter: None,
    }));
    entries.sort_by_key(|entry| entry.date);
    entries
}
