//! What a blog's configuration says of the blog itself, and where its posts are.

use super::Site;
use crate::config::Generator;
use crate::config::value::Value;
use crate::world::World;

/// A blog in its own words. Empty is what it does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct About {
    pub(crate) title: String,
    pub(crate) address: String,
    pub(crate) language: String,
    pub(crate) author: String,
}

impl Site {
    /// What the configuration says of the blog.
    pub(crate) fn about(&self, world: &dyn World) -> About {
        let program = self.settings_of_program(world);
        let first = |paths: &[&str]| {
            let at =
                |path: &&str| self.at(path).or_else(|| program_value(&program, path));
            paths.iter().find_map(at).unwrap_or_default()
        };
        let address = first(&[
            "url",
            "baseURL",
            "base_url",
            "site_url",
            "siteurl",
            "website.site-url",
            "website.url",
            "metadata.url",
            "site.url",
            "site.base_url",
        ]);
        let path = match self.generator {
            Generator::Jekyll => first(&["baseurl"]),
            _ => String::new(),
        };
        About {
            title: first(&[
                "title",
                "site_name",
                "sitename",
                "website.title",
                "book.title",
                "metadata.title",
                "site.title",
                "params.title",
                "name",
            ]),
            address: if address.contains("://") {
                format!("{}{path}", address.trim_end_matches('/'))
            } else {
                String::new()
            },
            language: first(&[
                "lang",
                "language",
                "languageCode",
                "defaultContentLanguage",
                "default_language",
                "locale",
                "default_lang",
                "theme.language",
                "metadata.language",
                "metadata.lang",
                "site.language",
                "site.lang",
            ])
            .replace('_', "-"),
            author: first(&[
                "author.name",
                "author",
                "params.author.name",
                "params.author",
                "site_author",
                "extra.author",
                "authors",
                "metadata.author.name",
                "metadata.author",
                "site.author.name",
                "site.author",
                "website.author",
            ]),
        }
    }

    /// The folders where posts may be, the likeliest first.
    pub(crate) fn folders_of_posts(&self) -> Vec<String> {
        let own = |key: &str, default: &str| self.text(key).unwrap_or(default).to_owned();
        let below = |folder: &str, names: &[&str]| {
            let folder = folder.trim_end_matches('/');
            let mut all: Vec<String> =
                names.iter().map(|name| format!("{folder}/{name}")).collect();
            all.push(folder.to_owned());
            all
        };
        const NAMES: [&str; 6] =
            ["posts", "post", "blog", "articles", "_posts", "entries"];
        let mut folders = match self.generator {
            Generator::Jekyll => {
                let collections = own("collections_dir", "");
                vec![format!("{collections}/_posts"), "_posts".to_owned()]
            }
            Generator::Hugo => below(&own("contentDir", "content"), &NAMES),
            Generator::Zola => below("content", &NAMES),
            Generator::Hexo => below(&own("source_dir", "source"), &["_posts"]),
            Generator::Pelican => below("content", &NAMES),
            Generator::MkDocs => {
                below(&own("docs_dir", "docs"), &["blog/posts", "posts", "blog"])
            }
            Generator::Quarto => vec!["posts".to_owned(), "blog".to_owned()],
            Generator::Eleventy => {
                let mut all = below("src", &NAMES);
                all.extend(below("content", &NAMES));
                all
            }
            _ => Vec::new(),
        };
        folders.extend(
            ["manuscript", "posts", "_posts", "content", "blog", "articles", ""]
                .map(str::to_owned),
        );
        folders.into_iter().map(|folder| self.path(&folder)).collect()
    }

    /// Folders below that of the posts whose files are pages and no posts.
    pub(crate) fn folders_of_pages(&self) -> &'static [&'static str] {
        match self.generator {
            Generator::Pelican => &["pages"],
            _ => &[],
        }
    }

    /// The text of a key, `author.name`; in Eleventy's data the first part names a file.
    fn at(&self, path: &str) -> Option<String> {
        let mut parts = path.split('.');
        let first = parts.next()?;
        let in_data = || self.data.get(first);
        let start = self.values.get(first).or_else(in_data)?;
        let value = parts.try_fold(start, |value, key| value.get(key))?;
        let text = value.text().or_else(|| value.items().iter().find_map(Value::text));
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// The text of a configuration that is a program, as Pelican's.
    fn settings_of_program(&self, world: &dyn World) -> String {
        let file = self.file.as_deref().filter(|file| file.ends_with(".py"));
        let Some(file) = file else { return String::new() };
        // Pelican's address is that of the published blog alone.
        let published = file.replace("pelicanconf.py", "publishconf.py");
        let files =
            [file, &published].into_iter().take(1 + usize::from(published != file));
        let texts = files.filter_map(|file| world.read(file).ok());
        let texts = texts.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        texts.collect::<Vec<_>>().join("\n")
    }
}

/// The value of `NAME = 'text'`.
fn program_value(program: &str, name: &str) -> Option<String> {
    program.lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        let value = value.trim();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let text = value[1..].split(quote).next()?;
        let is_it = key.trim().eq_ignore_ascii_case(name) && !text.is_empty();
        is_it.then(|| text.to_owned())
    })
}
