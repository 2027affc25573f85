//! Which generator a post is written for, by its header and its name, where no file says it.

use crate::config::Generator;
use crate::config::value::{Kind, Value};

/// The generator that a post's own header speaks of.
pub(crate) fn generator(path: &str, text: &str, header: &Value) -> Generator {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    if ["qmd", "rmd"].iter().any(|known| extension.eq_ignore_ascii_case(known)) {
        return Generator::Quarto;
    }
    let has = |key: &str| header.get(key).is_some();
    let text = text.trim_start_matches(['\u{feff}', '\n', '\r']);
    if text.starts_with("+++") {
        let zola = has("taxonomies") || has("extra") || has("template");
        return if zola { Generator::Zola } else { Generator::Hugo };
    }
    let folders = || path.split('/');
    if header.kind != Kind::Null && !text.starts_with(['-', '{', '<']) {
        // Pelican's keys have a capital, and no fence; Hexo's may have the closing one alone.
        let capital = text.starts_with(|c: char| c.is_ascii_uppercase());
        return if capital { Generator::Pelican } else { Generator::Unknown };
    }
    if folders().any(|folder| matches!(folder, "_posts" | "_drafts")) {
        let hexo = folders().any(|folder| folder == "source");
        return if hexo { Generator::Hexo } else { Generator::Jekyll };
    }
    if ["custom_excerpt", "feature_image", "featured", "ghost"].iter().any(|key| has(key))
    {
        return Generator::Ghost;
    }
    Generator::Unknown
}
