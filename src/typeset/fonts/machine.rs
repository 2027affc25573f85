//! The fonts of the machine: opened only when nothing nearer will do.

use super::file::is_font;
use crate::world::World;

/// The machine's font files that were not opened yet.
pub(super) struct Machine {
    all: Vec<String>,
    /// Upright ones of text weight, the likelier ones to have much of a script last.
    fallbacks: Vec<String>,
}

impl Machine {
    pub(super) fn new(world: &dyn World) -> Self {
        let mut all = world.system_fonts();
        all.retain(|path| is_font(path));
        let mut fallbacks = all.clone();
        fallbacks.retain(|path| {
            let name = file_name(path).to_lowercase();
            !["bold", "italic", "oblique", "light", "thin", "black", "condensed"]
                .iter()
                .any(|style| name.contains(style))
        });
        fallbacks.sort_by_key(|path| {
            let name = file_name(path);
            let likely = ["NotoSerif", "NotoNaskh", "NotoSans", "Noto"]
                .iter()
                .position(|prefix| name.starts_with(prefix))
                .map_or(0, |rank| 4 - rank);
            (likely, std::cmp::Reverse(path.clone()))
        });
        Self { all, fallbacks }
    }

    /// The next font to look for a character in.
    pub(super) fn next_fallback(&mut self) -> Option<String> {
        self.fallbacks.pop()
    }

    /// The files whose names begin with that of a family, as nearly all do; no file is listed
    /// twice.
    pub(super) fn files_of(&mut self, family: &str) -> Vec<String> {
        let bare = |name: &str| -> String {
            let kept = name.chars().filter(|c| c.is_alphanumeric());
            kept.flat_map(char::to_lowercase).collect()
        };
        let family = bare(family);
        if family.is_empty() {
            return Vec::new();
        }
        let begins = |path: &String| bare(file_name(path)).starts_with(&family);
        let (found, rest): (Vec<String>, Vec<String>) =
            std::mem::take(&mut self.all).into_iter().partition(begins);
        self.all = rest;
        self.fallbacks.retain(|path| !found.contains(path));
        found
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
