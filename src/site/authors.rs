//! Authors whom the headers of posts name by a key of a file of the blog.

use std::collections::BTreeMap;

use super::Site;
use super::files::value;
use crate::config::Generator;
use crate::config::value::{Kind, Value};
use crate::diag::Diagnostic;
use crate::source::Sources;
use crate::world::{World, normalize};

impl Site {
    /// The name of an author whom a header may name by a key.
    pub(crate) fn author(&self, key: &str) -> Option<&str> {
        if let Some(name) = self.authors.get(key) {
            return Some(name);
        }
        let data = ["authors", "people", "author"];
        let listed = data.iter().filter_map(|file| self.data.get(*file)?.get(key));
        let mut found = listed.chain(self.data.get(&format!("authors/{key}")));
        found.find_map(name)
    }

    /// Reads the authors that MkDocs' plugin for blogs has in a file of their own.
    pub(super) fn add_authors(
        &mut self,
        world: &dyn World,
        sources: &mut Sources,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if self.generator != Generator::MkDocs {
            return;
        }
        let docs = self.text("docs_dir").unwrap_or("docs").to_owned();
        let plugin = self.plugin("blog");
        let setting = |key: &str| plugin.and_then(|it| it.get(key)).and_then(Value::text);
        let blog = setting("blog_dir").unwrap_or("blog").to_owned();
        let pattern = setting("authors_file").unwrap_or("{blog}/.authors.yml").to_owned();
        let mut paths = vec![pattern.replace("{blog}", &blog)];
        paths.extend(["blog/.authors.yml", ".authors.yml"].map(str::to_owned));
        let paths = paths.iter().map(|path| self.path(&format!("{docs}/{path}")));
        let Some(path) = paths.map(|path| normalize(&path)).find(|it| world.exists(it))
        else {
            return;
        };
        let Some(file) = value(&path, world, sources, diagnostics) else { return };
        let Kind::Map(entries) = &file.get("authors").unwrap_or(&file).kind else {
            return;
        };
        let named = |(key, value)| Some((key, name(value)?.to_owned()));
        let entries = entries.iter().map(|entry| (entry.key.clone(), &entry.value));
        self.authors = entries.filter_map(named).collect::<BTreeMap<_, _>>();
    }

    /// What the configuration says of one of MkDocs' plugins.
    fn plugin(&self, name: &str) -> Option<&Value> {
        let plugins = self.values.get("plugins")?;
        plugins.get(name).or_else(|| plugins.items().iter().find_map(|it| it.get(name)))
    }
}

/// The name in what a file says of an author.
fn name(author: &Value) -> Option<&str> {
    let keys = ["name", "display_name", "title"];
    let named = keys.iter().find_map(|key| author.get(key).and_then(Value::text));
    author.text().or(named).filter(|name| !name.is_empty())
}
