//! The fonts of the machine: opened only when nothing nearer will do.

use super::file::is_font;
use crate::world::World;

/// The machine's font files.
pub(super) struct SystemFonts {
    all: Vec<String>,
    /// Upright ones of text weight, the likelier ones to have much of a script first.
    fallbacks: Vec<String>,
}

impl SystemFonts {
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
                .position(|prefix| name.starts_with(prefix));
            (likely.unwrap_or(usize::MAX), path.clone())
        });
        Self { all, fallbacks }
    }

    /// The n-th font to look for a character in.
    pub(super) fn fallback(&self, nth: usize) -> Option<&str> {
        self.fallbacks.get(nth).map(String::as_str)
    }

    /// The files whose names begin with that of a family, as nearly all do.
    pub(super) fn files_of(&self, family: &str) -> Vec<String> {
        let bare = |name: &str| -> String {
            let kept = name.chars().filter(|c| c.is_alphanumeric());
            kept.flat_map(char::to_lowercase).collect()
        };
        let family = bare(family);
        let begins = |path: &&String| bare(file_name(path)).starts_with(&family);
        let found = self.all.iter().filter(begins).filter(|_| !family.is_empty());
        found.cloned().collect()
    }

    /// The file that has a font of text weight in bold.
    pub(super) fn bold_of(&self, path: &str) -> Option<String> {
        let bold = path.replace("Regular", "Bold");
        self.all.iter().find(|known| **known == bold && bold != path).cloned()
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
