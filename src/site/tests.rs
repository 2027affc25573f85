use jiff::civil::date;

use super::*;
use crate::world::MemoryWorld;

fn site(folder: &str, files: &[(&str, &str)]) -> Arc<Site> {
    let mut world = MemoryWorld::new(date(2024, 1, 1));
    for (path, text) in files {
        world.insert(*path, text.as_bytes());
    }
    let mut sites = Sites::new(&Selection::default(), &world);
    sites.of_folder(folder, &mut Sources::default(), &mut Vec::new())
}

#[test]
fn the_files_around_posts_name_the_generator() {
    for (folder, file, text, expected) in [
        ("_posts", "_config.yml", "title: T", Generator::Jekyll),
        ("source/_posts", "_config.yml", "new_post_name: x", Generator::Hexo),
        ("content/posts", "hugo.toml", "", Generator::Hugo),
        ("content", "config.toml", "baseURL = \"/\"", Generator::Hugo),
        ("content", "config.toml", "base_url = \"/\"", Generator::Zola),
        ("content", "config.toml", "[tool]", Generator::Unknown),
        ("content", "pelicanconf.py", "SITEURL = ''", Generator::Pelican),
        ("posts", "eleventy.config.js", "", Generator::Eleventy),
        ("docs/blog", "mkdocs.yml", "site_name: S", Generator::MkDocs),
        ("posts", "_quarto.yml", "project: {}", Generator::Quarto),
        ("vault/notes", "vault/.obsidian/app.json", "{}", Generator::Obsidian),
        ("../blog/_posts", "../blog/_config.yml", "title: T", Generator::Jekyll),
        ("manuscript", "notes.txt", "", Generator::Unknown),
    ] {
        assert_eq!(site(folder, &[(file, text)]).generator, expected, "{file}: {text}");
    }
}

#[test]
fn a_blog_brings_its_values_data_and_templates() {
    let site = site(
        "blog/_posts",
        &[
            ("blog/_config.yml", "baseurl: /notes\n"),
            ("blog/_data/books/first.yml", "title: One\n"),
            ("blog/_includes/figure.html", "<img src=\"{{ include.src }}\">"),
        ],
    );
    assert_eq!(site.root, "blog");
    assert_eq!(site.text("baseURL"), Some("/notes"));
    let book = site.data.get("books/first").unwrap();
    assert_eq!(book.get("title").and_then(Value::text), Some("One"));
    assert!(site.templates.contains_key("figure.html"));
    assert_eq!(site.path("assets/a.png"), "blog/assets/a.png");
}

#[test]
fn data_files_of_folders_speak_for_the_posts_below_them() {
    let mut world = MemoryWorld::new(date(2024, 1, 1));
    let files = [
        ("posts/posts.json", "{\"a\": \"1\", \"b\": \"1\"}"),
        ("posts/x/x.11tydata.js", "module.exports = { \"b\": \"2\" };"),
    ];
    for (path, text) in files {
        world.insert(path, text.as_bytes());
    }
    let mut sites = Sites::new(&Selection::default(), &world);
    let site = Site::of(Generator::Eleventy);
    let values = sites.defaults("posts/x/one.md", &site, &mut Sources::default());
    let text = |key| values.get(key).and_then(Value::text);
    assert_eq!((text("a"), text("b")), (Some("1"), Some("2")));
}
