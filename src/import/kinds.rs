//! What kind of export a file is.

/// A kind of export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Wordpress,
    Feed,
    Ghost,
    Blogger,
    Substack,
    Medium,
}

impl Kind {
    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Wordpress => "an export of WordPress",
            Self::Feed => "a feed",
            Self::Ghost => "an export of Ghost",
            Self::Blogger => "an export of Blogger",
            Self::Substack => "an export of Substack",
            Self::Medium => "an export of Medium",
        }
    }

    /// The command that imports it.
    pub(crate) fn command(self) -> &'static str {
        match self {
            Self::Wordpress => "wordpress",
            Self::Feed => "feed",
            Self::Ghost => "ghost",
            Self::Blogger => "blogger",
            Self::Substack => "substack",
            Self::Medium => "medium",
        }
    }
}

/// What a file is, by its name and its beginning.
pub(crate) fn kind_of(name: &str, head: &[u8]) -> Option<Kind> {
    let text = String::from_utf8_lossy(head);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "xml" | "rss" | "atom" | "rdf" => {
            if text.contains("wordpress.org/export/") {
                Some(Kind::Wordpress)
            } else if text.contains("<feed") && text.contains("blogger") {
                Some(Kind::Blogger)
            } else {
                let is_feed =
                    ["<rss", "<feed", "<rdf:RDF"].iter().any(|it| text.contains(it));
                is_feed.then_some(Kind::Feed)
            }
        }
        "json" if text.contains("jsonfeed.org/version") => Some(Kind::Feed),
        "json" => {
            let keys = ["\"db\"", "\"exported_on\"", "\"posts\""];
            let is_ghost = text.contains(keys[0]) && text.contains(keys[1])
                || text.contains(keys[1]) && text.contains(keys[2]);
            is_ghost.then_some(Kind::Ghost)
        }
        "csv" if text.starts_with("post_id,") => Some(Kind::Substack),
        "html" if text.contains("h-entry") && text.contains("p-name") => {
            Some(Kind::Medium)
        }
        _ => None,
    }
}
