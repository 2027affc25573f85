//! The words that stand before a source, and those that name none.

/// What a word before a source says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Credit {
    /// That it is the source: the word says no more than the note's mark.
    Source,
    /// The same, but the word is also used in running text: `see`, `from`.
    Weak,
    /// Who led the author there: `via`, `h/t`. The note keeps the word.
    Lead,
}

/// By the first word or words, without what [`plain`] takes off.
const CREDITS: [(&str, Credit); 45] = [
    ("source", Credit::Source),
    ("sources", Credit::Source),
    ("cited from", Credit::Source),
    ("quoted from", Credit::Source),
    ("quoted in", Credit::Source),
    ("full story", Credit::Source),
    ("full article", Credit::Source),
    ("full text", Credit::Source),
    ("original", Credit::Source),
    ("original article", Credit::Source),
    ("read more", Credit::Source),
    ("read the rest", Credit::Source),
    ("quelle", Credit::Source),
    ("quellen", Credit::Source),
    ("fuente", Credit::Source),
    ("fuentes", Credit::Source),
    ("fonte", Credit::Source),
    ("fonti", Credit::Source),
    ("bron", Credit::Source),
    ("källa", Credit::Source),
    ("kilde", Credit::Source),
    ("źródło", Credit::Source),
    ("источник", Credit::Source),
    ("출처", Credit::Source),
    ("出典", Credit::Source),
    ("来源", Credit::Source),
    ("來源", Credit::Source),
    ("origin", Credit::Weak),
    ("link", Credit::Weak),
    ("links", Credit::Weak),
    ("from", Credit::Weak),
    ("see", Credit::Weak),
    ("read at", Credit::Weak),
    ("aus", Credit::Weak),
    ("via", Credit::Lead),
    ("found via", Credit::Lead),
    ("seen at", Credit::Lead),
    ("h/t", Credit::Lead),
    ("h/t to", Credit::Lead),
    ("ht", Credit::Lead),
    ("ht to", Credit::Lead),
    ("hat tip", Credit::Lead),
    ("hat tip to", Credit::Lead),
    ("hattip", Credit::Lead),
    ("tip of the hat to", Credit::Lead),
];

/// Words of a link that name nothing, so that only the address can name the source.
const GENERIC: [&str; 50] = [
    "link",
    "links",
    "the link",
    "this link",
    "that link",
    "here",
    "right here",
    "over here",
    "read more",
    "read more here",
    "read more at the link",
    "more",
    "more here",
    "read",
    "read it",
    "read on",
    "read it here",
    "read it all",
    "read the rest",
    "the rest",
    "continue reading",
    "source",
    "the source",
    "sources",
    "article",
    "this article",
    "the article",
    "the whole article",
    "the full article",
    "full article",
    "full story",
    "the full story",
    "full text",
    "the story",
    "this story",
    "story",
    "whole thing",
    "the whole thing",
    "via",
    "website",
    "click here",
    "this",
    "original",
    "hier",
    "ici",
    "aquí",
    "qui",
    "mehr",
    "weiterlesen",
    "lire la suite",
];

/// What words before a source say of it, if they say only that.
pub(super) fn credit(text: &str) -> Option<Credit> {
    let words = plain(text);
    let found = CREDITS.iter().find(|(credit, _)| *credit == words);
    found.map(|&(_, credit)| credit)
}

/// Whether the words of a link say nothing of where it leads.
pub(in super::super) fn is_generic(words: &str) -> bool {
    let words = words.trim().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    words.is_empty()
        || words.chars().all(|c| c.is_ascii_digit())
        || GENERIC.contains(&words.as_str())
}

/// Whether the words of a link are a name and not part of the sentence: every longer word begins
/// with a capital, or the script has none.
pub(super) fn is_name(words: &str) -> bool {
    const SHORT: usize = 3;
    let lower = |word: &str| {
        word.chars().count() > SHORT
            && word.chars().next().is_some_and(char::is_lowercase)
            && !word.contains('.')
    };
    !is_generic(words) && !words.split_whitespace().any(lower)
}

fn plain(text: &str) -> String {
    let text = text.trim().trim_end_matches([':', '：', '.']).trim_end();
    text.trim_start_matches(['-', '–', '—']).trim_start().to_lowercase()
}
