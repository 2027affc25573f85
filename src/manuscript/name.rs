//! The name of a post, from its path.

use super::date;
use crate::language::Language;

/// Files that stand for their folder.
const INDEXES: &[&str] = &["index", "_index", "readme"];

/// The slug: the file's name, or the folder's for `index.md`, without extension, language and date.
pub(super) fn slug(path: &str) -> &str {
    slug_and_language(path).0
}

/// The slug, and the language that the file's name ends with (Hugo, Zola): `a-walk.ar.md`.
pub(super) fn slug_and_language(path: &str) -> (&str, Option<Language>) {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let (stem, language) = match stem.rsplit_once('.') {
        Some((stem, tag)) if !stem.is_empty() => match language_of(tag) {
            Some(language) => (stem, Some(language)),
            None => (file.rsplit_once('.').map_or(file, |(stem, _)| stem), None),
        },
        _ => (stem, None),
    };
    let is_index = INDEXES.iter().any(|index| stem.eq_ignore_ascii_case(index));
    let name = match parts.next() {
        Some(folder) if is_index && !folder.is_empty() => folder,
        _ => stem,
    };
    match date::prefix(name) {
        Some((_, rest)) if !rest.is_empty() => (rest, language),
        _ => (name, language),
    }
}

/// The language of a tag of two letters, alone or with a region: only those whose words we know,
/// for a file may be called `notes.go.md`.
fn language_of(tag: &str) -> Option<Language> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    let is_tag =
        primary.len() == 2 && primary.bytes().all(|byte| byte.is_ascii_lowercase());
    let language = Language::parse(tag).filter(|_| is_tag && tag.len() <= 7)?;
    language.has_words().then_some(language)
}

/// Whether the file is a section's page, as Hugo and Zola have them: a list of posts, not one.
pub(super) fn is_section(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    // `_index.de.md` is one in another language.
    stem == "_index" || stem.starts_with("_index.")
}

/// What a file in a folder of posts is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    /// Markdown.
    Markdown,
    /// A page of HTML, or a part of one.
    Html,
    /// Text: a post if it has a header.
    Text,
    /// A text that is not read, by the name of its format.
    Foreign(&'static str),
}

/// The extensions of Markdown.
const MARKDOWN: [&str; 8] =
    ["md", "markdown", "mdown", "mkd", "mkdn", "qmd", "rmd", "mdx"];

/// Formats of text that are not read.
const FOREIGN: [(&str, &str); 14] = [
    ("adoc", "AsciiDoc"),
    ("asciidoc", "AsciiDoc"),
    ("doc", "a Word document"),
    ("docx", "a Word document"),
    ("ipynb", "a Jupyter notebook"),
    ("mediawiki", "MediaWiki's markup"),
    ("odt", "an OpenDocument text"),
    ("org", "Org"),
    ("pages", "a Pages document"),
    ("rst", "reStructuredText"),
    ("rtf", "Rich Text"),
    ("tex", "LaTeX"),
    ("textile", "Textile"),
    ("wiki", "a wiki's markup"),
];

/// Folders in which HTML is a template, or a page that a generator made.
const GENERATED: [&str; 11] = [
    "_includes",
    "_layouts",
    "_site",
    "archetypes",
    "layouts",
    "node_modules",
    "partials",
    "public",
    "shortcodes",
    "templates",
    "themes",
];

/// What a file is, by its path inside the folder that is searched; none for what is no text of an
/// author, such as the shadow of a post (`._post.md`, `.post.md.swp`).
pub(super) fn kind(inside: &str) -> Option<FileKind> {
    let file = inside.rsplit('/').next().unwrap_or_default();
    if file.starts_with('.') {
        return None;
    }
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is = |known: &str| extension.eq_ignore_ascii_case(known);
    if MARKDOWN.iter().any(|known| is(known)) {
        Some(FileKind::Markdown)
    } else if is("html") || is("htm") {
        let generated = |folder: &str| GENERATED.contains(&folder);
        (!inside.split('/').any(generated)).then_some(FileKind::Html)
    } else if is("txt") {
        Some(FileKind::Text)
    } else {
        let (_, name) = FOREIGN.iter().find(|(known, _)| is(known))?;
        Some(FileKind::Foreign(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_leave_dates_and_index_behind() {
        for (path, expected) in [
            ("posts/2017-08-01-a-walk.md", "a-walk"),
            ("2017/08/01/a-walk/index.md", "a-walk"),
            ("2017-08-01_a-walk/README.md", "a-walk"),
            ("a.b.markdown", "a.b"),
            ("index.md", "index"),
            ("2017-08-01.md", "2017-08-01"),
            ("notes.go.md", "notes.go"),
            ("2017-08-01-a-walk.fr.md", "a-walk"),
            ("a-walk/index.zh-CN.md", "a-walk"),
        ] {
            assert_eq!(slug(path), expected, "{path}");
        }
        let language = |path| slug_and_language(path).1.map(|it| it.tag().to_owned());
        assert_eq!(language("a-walk/index.ar.md").as_deref(), Some("ar"));
        assert_eq!(language("a-walk.zh-CN.md").as_deref(), Some("zh-CN"));
        assert_eq!(language("notes.go.md"), None);
    }
}
