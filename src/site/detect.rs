//! Which generator a blog is written for, by the files that stand around its posts.

use crate::config::Generator;
use crate::world::World;

/// A blog that was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) generator: Generator,
    pub(super) root: String,
    pub(super) file: String,
}

/// The files that configure a blog, by generator.
const FILES: &[(&str, Generator)] = &[
    ("hugo.toml", Generator::Hugo),
    ("hugo.yaml", Generator::Hugo),
    ("hugo.yml", Generator::Hugo),
    ("hugo.json", Generator::Hugo),
    ("config/_default/hugo.toml", Generator::Hugo),
    ("config/_default/hugo.yaml", Generator::Hugo),
    ("config/_default/config.toml", Generator::Hugo),
    ("config/_default/config.yaml", Generator::Hugo),
    ("zola.toml", Generator::Zola),
    ("config.toml", Generator::Zola),
    ("config.yaml", Generator::Hugo),
    ("config.yml", Generator::Hugo),
    ("config.json", Generator::Hugo),
    ("_quarto.yml", Generator::Quarto),
    ("_quarto.yaml", Generator::Quarto),
    ("_bookdown.yml", Generator::Quarto),
    ("_site.yml", Generator::Quarto),
    ("_config.yml", Generator::Jekyll),
    ("_config.yaml", Generator::Jekyll),
    ("_config.toml", Generator::Jekyll),
    ("pelicanconf.py", Generator::Pelican),
    (".eleventy.js", Generator::Eleventy),
    ("eleventy.config.js", Generator::Eleventy),
    ("eleventy.config.mjs", Generator::Eleventy),
    ("eleventy.config.cjs", Generator::Eleventy),
    ("eleventy.config.ts", Generator::Eleventy),
    ("mkdocs.yml", Generator::MkDocs),
    ("mkdocs.yaml", Generator::MkDocs),
    (".obsidian/app.json", Generator::Obsidian),
    (".obsidian/appearance.json", Generator::Obsidian),
    (".obsidian/core-plugins.json", Generator::Obsidian),
    (".obsidian/workspace.json", Generator::Obsidian),
];

/// The blog that a folder of posts belongs to: the nearest above it, of the generator that is
/// asked for, if one is.
pub(super) fn find(
    folder: &str,
    dialect: Option<Generator>,
    world: &dyn World,
) -> Option<Found> {
    around(folder).find_map(|root| {
        FILES.iter().find_map(|&(name, generator)| {
            let file =
                if root.is_empty() { name.to_owned() } else { format!("{root}/{name}") };
            if !world.exists(&file) {
                return None;
            }
            let generator = settled(generator, name, root, &file, world)?;
            let asked = dialect.is_none_or(|dialect| dialect == generator);
            asked.then(|| Found { generator, root: root.to_owned(), file })
        })
    })
}

/// A folder and those above it, up to that of `book.yaml`; of one outside of that, up to where
/// its path began to go down.
fn around(folder: &str) -> impl Iterator<Item = &str> {
    let begins = move |folder: &str| folder.split('/').all(|part| part == "..");
    std::iter::successors(Some(folder), move |&folder| {
        if folder.is_empty() || begins(folder) {
            return None;
        }
        match folder.rsplit_once('/') {
            // The root of the machine is nobody's blog.
            Some(("", _)) => None,
            Some((above, _)) => Some(above),
            None => Some(""),
        }
    })
}

/// The generator, where several have a file of one name; none if the file is of something else.
fn settled(
    generator: Generator,
    name: &str,
    root: &str,
    file: &str,
    world: &dyn World,
) -> Option<Generator> {
    let read = |file: &str| {
        let bytes = world.read(file).unwrap_or_else(|_| [].into());
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let has_key = |text: &str, key: &str| {
        text.lines().any(|line| {
            let rest = line.trim_start().trim_start_matches('"').get(..key.len());
            rest.is_some_and(|rest| rest.eq_ignore_ascii_case(key))
        })
    };
    match name {
        "config.toml" | "config.yaml" | "config.yml" | "config.json" => {
            let text = read(file);
            if name == "config.toml" && has_key(&text, "base_url") {
                Some(Generator::Zola)
            } else {
                let hugo = ["baseURL", "languageCode", "theme", "params", "[params"];
                hugo.iter().any(|key| has_key(&text, key)).then_some(Generator::Hugo)
            }
        }
        "_config.yml" => {
            let text = read(file);
            let keys = ["new_post_name", "source_dir", "post_asset_folder", "public_dir"];
            let package = if root.is_empty() {
                "package.json".to_owned()
            } else {
                format!("{root}/package.json")
            };
            let hexo = keys.iter().any(|key| has_key(&text, key))
                || read(&package).contains("\"hexo\"");
            Some(if hexo { Generator::Hexo } else { Generator::Jekyll })
        }
        _ => Some(generator),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_ends_at_the_folder_of_the_book() {
        let folders = |folder| around(folder).collect::<Vec<_>>();
        assert_eq!(folders("content/posts"), ["content/posts", "content", ""]);
        assert_eq!(folders(""), [""]);
        assert_eq!(folders("../blog/posts"), ["../blog/posts", "../blog", ".."]);
        assert_eq!(folders("/home/blog"), ["/home/blog", "/home"]);
    }
}
