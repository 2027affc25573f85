//! The settings of a book of what was imported.

use std::path::Path;

use crate::import::Blog;

const FILE: &str = "book.yaml";

/// Begins a book of the posts in a folder, unless they were written into one.
pub(super) fn begin(folder: &Path, tags: &[String], blog: &Blog) -> bool {
    let parent = folder.parent().unwrap_or(Path::new(""));
    let is_in_book = [folder, parent].iter().any(|it| it.join(FILE).exists())
        || folder.is_relative() && Path::new(FILE).exists();
    !is_in_book && std::fs::write(folder.join(FILE), settings(tags, blog)).is_ok()
}

fn settings(tags: &[String], blog: &Blog) -> String {
    let Blog { title, address, language, authors } = blog;
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let list = |texts: &[String]| {
        texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ")
    };
    let mut title =
        if title.is_empty() { "A Book of Posts".to_owned() } else { title.clone() };
    if !tags.is_empty() {
        title = format!("{title}: {}", tags.join(", "));
    }
    let mut lines = vec![
        "# The settings of this book. Only `title` must be there.".to_owned(),
        format!("title: {}", quoted(&title)),
    ];
    if !authors.is_empty() {
        lines.push(format!("authors: [{}]", list(authors)));
    }
    let language = crate::language::Language::parse(language);
    lines.extend(language.map(|language| format!("language: {}", language.tag())));
    if crate::address::is_web(address) {
        lines.push("# Links to the blog become links within the book.".to_owned());
        lines.push(format!("site: {}", quoted(address)));
    }
    lines.push("\n# Which posts, and in what order.\ngather:".to_owned());
    lines.push("  from: .".to_owned());
    lines.push(
        "  dialect: plain            # an import writes no generator's own marks"
            .to_owned(),
    );
    if !tags.is_empty() {
        lines.push(format!("  tags: [{}]", list(tags)));
    }
    lines.push(
        "  order: date               # date, -date, title, weight, or a list of slugs\n"
            .to_owned(),
    );
    lines.join("\n")
}
