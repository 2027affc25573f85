//! Where a list of posts ends what it shows of one: `<!-- more -->`. A teaser before it that is repeated
//! behind it is printed once.

use super::{Context, Edits};
use crate::edit::Edit;

/// How such a place is marked.
const MARKS: [&str; 6] =
    ["more", "excerpt", "truncate", "end excerpt", "end_excerpt", "break"];

/// Takes a repeated teaser away.
pub(super) fn pass(context: &Context<'_>, edits: &mut Edits) {
    let text = context.text;
    for (at, _) in text.match_indices("<!--") {
        let Some(end) = text[at + 4..].find("-->").map(|end| at + end + 7) else {
            return;
        };
        let words = text[at + 4..end - 3].trim().to_lowercase();
        if !MARKS.contains(&words.as_str()) {
            continue;
        }
        let plain = |text: &str| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        let teaser = plain(&text[..at]);
        // Only as much of the rest is looked at as may repeat it.
        let after = text[end..].chars().filter(|c| c.is_alphanumeric());
        let repeated =
            teaser.len() > 20 && after.take(teaser.chars().count()).eq(teaser.chars());
        if repeated {
            edits.edits.push(Edit::replace(0..end, ""));
        }
        return;
    }
}
