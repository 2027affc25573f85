//! The comments of the block editor that stand for something by themselves.

use std::io::{Read, Seek};

use super::Export;

/// How deep reused blocks may hold others.
const MAX_DEPTH: usize = 4;

impl<R: Read + Seek> Export<'_, R> {
    /// A text with the blocks that it takes from elsewhere.
    pub(super) fn with_reused_blocks(&self, text: &str, depth: usize) -> String {
        const MARK: &str = "<!-- wp:block ";
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(MARK) {
            out.push_str(before);
            let Some((settings, after)) = after.split_once("-->") else {
                out.push_str(MARK);
                rest = after;
                break;
            };
            let settings = settings.trim().trim_end_matches('/').trim();
            let settings: serde_json::Value =
                serde_json::from_str(settings).unwrap_or_default();
            let id = settings.get("ref").and_then(serde_json::Value::as_u64);
            let block = id.and_then(|id| self.index.place(id));
            if let Some(item) = block.and_then(|place| self.item_at(place))
                && depth < MAX_DEPTH
            {
                out.push_str(&self.with_reused_blocks(&item.content, depth + 1));
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }
}
