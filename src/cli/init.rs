//! `init`: a book of the blog that is there.

use std::fs;
use std::io::{IsTerminal, Write};
use std::path::Path;

use super::Exit;
use super::args::InitArgs;
use super::blog::{Blog, TagUse};
use super::exports;
use super::report::plural;
use crate::config::Generator;
use crate::language::Language;

const FILE: &str = "book.yaml";

/// Writes the settings of a book of the blog in a folder.
pub(super) fn run(args: &InitArgs) -> Exit {
    let dir = &args.dir;
    let file = dir.join(FILE);
    if file.exists() {
        eprintln!("error: there is a {} already", file.display());
        eprintln!("  = help: `bindery compile` binds it; `bindery tags` lists the tags");
        return Exit::Usage;
    }
    let Some(blog) = Blog::find(dir) else {
        eprintln!("error: {} has no posts", dir.display());
        for hint in exports::hints(dir) {
            eprintln!("  = help: {hint}");
        }
        eprintln!(
            "  = help: posts are Markdown files with a header; `bindery new DIR` makes one"
        );
        return Exit::Usage;
    };
    let tags = if args.tags.is_empty() { asked(&blog) } else { args.tags.clone() };
    if let Err(error) = fs::write(&file, settings(&blog, &tags, dir)) {
        eprintln!("error: {} cannot be written: {error}", file.display());
        return Exit::Errors;
    }
    let kind = match generator_name(blog.site.generator) {
        Some(name) => format!("a blog of {name}"),
        None => "no generator that is known".to_owned(),
    };
    let folder = if blog.posts.is_empty() { "this folder" } else { &blog.posts };
    eprintln!("Found {kind}: {} in {folder}.", plural(blog.count, "post"));
    if tags.is_empty() && !blog.tags.is_empty() {
        eprintln!("Tags: {}", counted(&blog.tags));
    }
    eprintln!(
        "{} has the settings. To bind the book:\n\n    bindery compile",
        file.display()
    );
    Exit::Done
}

/// The tags that somebody at a terminal names.
fn asked(blog: &Blog) -> Vec<String> {
    if blog.tags.is_empty()
        || !std::io::stdin().is_terminal()
        || !std::io::stderr().is_terminal()
    {
        return Vec::new();
    }
    eprintln!("Tags: {}", counted(&blog.tags));
    eprint!("Posts with which tags? (with commas between them; none for all posts) ");
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    let _ = std::io::stdin().read_line(&mut line);
    line.split(',')
        .map(str::trim)
        .filter(|tag| !tag.is_empty())
        .map(str::to_owned)
        .collect()
}

/// `China (12), Korea (7)`, the most frequent first.
fn counted(tags: &[TagUse]) -> String {
    const MAX_NAMED: usize = 24;
    let named =
        tags.iter().take(MAX_NAMED).map(|it| format!("{} ({})", it.name, it.posts));
    let mut text = named.collect::<Vec<_>>().join(", ");
    if tags.len() > MAX_NAMED {
        text.push_str(&format!(" and {} more", tags.len() - MAX_NAMED));
    }
    text
}

fn settings(blog: &Blog, tags: &[String], dir: &Path) -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let about = &blog.about;
    let title = if about.title.is_empty() { name_of(dir) } else { about.title.clone() };
    let or_comment = |key: &str, value: &str, example: &str| match value {
        "" => format!("# {key}: {example}\n"),
        value => format!("{key}: {value}\n"),
    };
    let mut text =
        "# The settings of this book. Only `title` must be there.\n".to_owned();
    text.push_str(&format!("title: {}\n# subtitle: A year of posts\n", quoted(&title)));
    let author = match about.author.as_str() {
        "" => String::new(),
        author => format!("[{}]", quoted(author)),
    };
    text.push_str(&or_comment("authors", &author, "[Your Name]"));
    let language = Language::parse(&about.language);
    let language = language.map(|it| it.tag().to_owned()).unwrap_or_default();
    text.push_str(&or_comment("language", &language, "en"));
    text.push_str("\n# The address of the blog: links between its posts become links within the book.\n");
    let address =
        if about.address.is_empty() { String::new() } else { quoted(&about.address) };
    text.push_str(&or_comment("site", &address, "https://example.org"));
    let folder = if blog.posts.is_empty() { "." } else { &blog.posts };
    text.push_str("\n# Which posts, and in what order.\ngather:\n");
    text.push_str(&format!("  from: {}\n", quoted(folder)));
    if let Some(name) = generator_name(blog.site.generator) {
        text.push_str(&format!(
            "  # dialect: auto          # {name}, by {}\n",
            blog.site.file.as_deref().unwrap_or("its headers")
        ));
    }
    if !blog.tags.is_empty() {
        text.push_str(&format!("  # The tags: {}\n", counted(&blog.tags)));
    }
    let named = |tags: &[String]| {
        tags.iter().map(|tag| quoted(tag)).collect::<Vec<_>>().join(", ")
    };
    if !blog.pages.is_empty() {
        text.push_str(&format!("  exclude: [{}]\n", named(&blog.pages)));
    }
    match (tags, blog.tags.first()) {
        ([], Some(first)) => {
            text.push_str(&format!("  # tags: [{}]\n", quoted(&first.name)))
        }
        ([], None) => {}
        (tags, _) => text.push_str(&format!("  tags: [{}]\n", named(tags))),
    }
    text.push_str(REST);
    text
}

const REST: &str = "  # dates: { from: 2025-01-01, to: 2025-12-31 }
  order: date               # date, -date, title, weight, or a list of slugs
  parts: none               # none, year, month, season, tag, series, author, or a list

# What becomes of links and sources, which are dead on paper.
notes:
  links: note               # note, inline, drop

# How it looks: a theme (modern, large-print, digest; without one, the literary one), and
# stylesheets of your own on top of it.
# styles: [style.css]

pdf:
  trim: 6x9in               # a4, a5, b5, letter, or a width and height such as 140x216mm
  edition: screen           # screen, print
";

fn generator_name(generator: Generator) -> Option<&'static str> {
    Some(match generator {
        Generator::Jekyll => "Jekyll",
        Generator::Hugo => "Hugo",
        Generator::Zola => "Zola",
        Generator::Hexo => "Hexo",
        Generator::Pelican => "Pelican",
        Generator::Eleventy => "Eleventy",
        Generator::MkDocs => "MkDocs",
        Generator::Quarto => "Quarto",
        Generator::Obsidian => "Obsidian",
        Generator::Ghost => "Ghost",
        Generator::Unknown | Generator::Plain => return None,
    })
}

fn name_of(dir: &Path) -> String {
    let absolute = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let name = absolute.file_name().unwrap_or_default().to_string_lossy().into_owned();
    crate::manuscript::title_from_name(&name)
}
