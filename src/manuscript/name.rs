//! The name of a post, from its path.

use super::date;

/// Files that stand for their folder.
const INDEXES: &[&str] = &["index", "_index", "readme"];

/// The slug: the file's name, or the folder's for `index.md`, without extension and date.
pub(super) fn slug(path: &str) -> &str {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let is_index = INDEXES.iter().any(|index| stem.eq_ignore_ascii_case(index));
    let name = match parts.next() {
        Some(folder) if is_index && !folder.is_empty() => folder,
        _ => stem,
    };
    match date::prefix(name) {
        Some((_, rest)) if !rest.is_empty() => rest,
        _ => name,
    }
}

/// Whether the file is a section's page, as Hugo and Zola have them: a list of posts, not one.
pub(super) fn is_section(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    // `_index.de.md` is one in another language.
    stem == "_index" || stem.starts_with("_index.")
}

/// Whether the file is Markdown, and not the shadow of one (`._post.md`, `.post.md.swp`).
pub(super) fn is_post(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    if file.starts_with('.') {
        return false;
    }
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["md", "markdown"].iter().any(|known| extension.eq_ignore_ascii_case(known))
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
        ] {
            assert_eq!(slug(path), expected, "{path}");
        }
    }
}
