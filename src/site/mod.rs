//! The blog that posts belong to: what makes its pages, its own configuration, its data files and
//! its own templates.

mod about;
mod authors;
mod defaults;
mod detect;
mod files;
mod header;
mod included;
mod script;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::address::host_and_path;
use crate::config::value::{Kind, Value};
use crate::config::{Generator, Selection};
use crate::diag::Diagnostic;
use crate::source::{Sources, Span};
use crate::world::{World, normalize};

pub(crate) use about::About;
pub(crate) use defaults::completed;
pub(crate) use header::generator as generator_of_post;
pub(crate) use included::{part, snippets};

/// A blog.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    /// What makes its pages.
    pub(crate) generator: Generator,
    /// Its folder, relative to that of `book.yaml`; empty if it is that one.
    pub(crate) root: String,
    /// The file that configures it, if there is one.
    pub(crate) file: Option<String>,
    /// What that file says; a null for a file that is a program.
    pub(crate) values: Value,
    /// Its address on the web, as its configuration says it.
    pub(crate) address: Option<String>,
    /// Its data files by their paths below the folder of data, without extension: `authors`,
    /// `books/first`.
    pub(crate) data: BTreeMap<String, Value>,
    /// The names of its authors, by the keys with which posts name them.
    pub(crate) authors: BTreeMap<String, String>,
    /// Its own shortcodes and includes by their paths below the folder of these:
    /// `figure.html`.
    pub(crate) templates: BTreeMap<String, Arc<str>>,
}

impl Site {
    /// A blog of which nothing is known but what makes its pages.
    pub(crate) fn of(generator: Generator) -> Self {
        Self {
            generator,
            root: String::new(),
            file: None,
            values: nothing(),
            address: None,
            data: BTreeMap::new(),
            authors: BTreeMap::new(),
            templates: BTreeMap::new(),
        }
    }

    /// The text of a key of the configuration, such as `baseurl`.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.values.get(key).and_then(Value::text).filter(|text| !text.is_empty())
    }

    /// The address that the configuration gives, whichever key has it.
    fn configured_address(&self) -> Option<String> {
        let keys = ["url", "baseURL", "base_url", "site_url"];
        let website = self.values.get("website").and_then(|it| it.get("site-url"));
        let texts = keys.iter().filter_map(|key| self.text(key));
        let mut texts = texts.chain(website.and_then(Value::text));
        let address = texts.find(|text| host_and_path(text).is_some())?;
        // Jekyll's has the folder of its host apart.
        let folder = self.text("baseurl").filter(|_| self.generator == Generator::Jekyll);
        let folder = folder.unwrap_or_default().trim_matches('/');
        let address = address.trim_end_matches('/');
        Some(format!("{address}/{folder}").trim_end_matches('/').to_owned())
    }

    /// Folders of the blog whose files are at the root of its addresses.
    pub(crate) fn public_folders(&self) -> &'static [&'static str] {
        match self.generator {
            Generator::Hugo => &["static", "assets", "content"],
            Generator::Zola => &["static", "content"],
            Generator::Hexo => &["source", "source/_posts"],
            Generator::Pelican => &["content", "content/extra"],
            Generator::Eleventy => &["src", "public", "static", "src/static"],
            Generator::MkDocs => &["docs"],
            Generator::Ghost => &["content"],
            _ => &[],
        }
    }

    /// The path of the blog's file `path`, relative to the folder of `book.yaml`.
    pub(crate) fn path(&self, path: &str) -> String {
        normalize(&format!("{}/{path}", self.root)).trim_start_matches('/').to_owned()
    }
}

/// The blogs that the folders of `gather.from` belong to.
pub(crate) struct Sites<'w> {
    world: &'w dyn World,
    dialect: Option<Generator>,
    by_root: BTreeMap<String, Arc<Site>>,
    by_folder: BTreeMap<String, Arc<Site>>,
    /// What each folder says of the posts in it.
    folders: BTreeMap<String, Arc<Value>>,
}

impl<'w> Sites<'w> {
    /// None is looked for yet.
    pub(crate) fn new(selection: &Selection, world: &'w dyn World) -> Self {
        Self {
            world,
            dialect: selection.dialect,
            by_root: BTreeMap::new(),
            by_folder: BTreeMap::new(),
            folders: BTreeMap::new(),
        }
    }

    /// The blog that a folder of `gather.from` belongs to.
    pub(crate) fn of_folder(
        &mut self,
        folder: &str,
        sources: &mut Sources,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Arc<Site> {
        let folder = normalize(folder);
        if let Some(site) = self.by_folder.get(&folder) {
            return site.clone();
        }
        let found = match self.dialect {
            Some(Generator::Plain) => None,
            dialect => detect::find(&folder, dialect, self.world),
        };
        let site = match found {
            None => Arc::new(Site::of(self.dialect.unwrap_or_default())),
            Some(found) => match self.by_root.get(&found.root) {
                Some(site) => site.clone(),
                None => {
                    let site = files::read(found, self.world, sources, diagnostics);
                    let site = Arc::new(site);
                    self.by_root.insert(site.root.clone(), site.clone());
                    site
                }
            },
        };
        self.by_folder.insert(folder, site.clone());
        site
    }

    /// What the blog says of a post where its own header is silent: in its configuration, or in a
    /// file of the post's folder.
    pub(crate) fn defaults(
        &mut self,
        path: &str,
        site: &Site,
        sources: &mut Sources,
    ) -> Arc<Value> {
        if site.generator == Generator::Jekyll {
            return Arc::new(defaults::of_scopes(path, site));
        }
        if site.generator == Generator::Pelican {
            return Arc::new(defaults::of_folders(path, site));
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if let Some(values) = self.folders.get(folder) {
            return values.clone();
        }
        let values = match site.generator {
            Generator::Hugo => defaults::of_cascade(folder, site, self.world, sources),
            Generator::Eleventy | Generator::MkDocs | Generator::Unknown => {
                files::of_folder(folder, site, self.world, sources)
            }
            _ => nothing(),
        };
        let values = Arc::new(values);
        self.folders.insert(folder.to_owned(), values.clone());
        values
    }
}

/// A value that is not there.
pub(crate) fn nothing() -> Value {
    Value { span: Span::DETACHED, kind: Kind::Null }
}

#[cfg(test)]
mod tests;
