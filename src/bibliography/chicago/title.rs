//! Titles without the article at their beginning.

const ARTICLES: &[&str] = &[
    "the ", "a ", "an ", "der ", "das ", "le ", "la ", "les ", "el ", "los ", "las ",
    "il ", "lo ", "gli ", "het ", "een ", "l’", "l'",
];

/// A title without the article at its beginning.
pub(super) fn without_article(title: &str) -> &str {
    let start: String = title.chars().take(4).flat_map(char::to_lowercase).collect();
    let article = ARTICLES.iter().find(|article| start.starts_with(**article));
    let Some(article) = article else { return title };
    let rest = title.get(article.len()..).unwrap_or(title);
    if rest.trim().is_empty() { title } else { rest }
}
