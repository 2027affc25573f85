//! The files of a blog beside its posts: configuration, data, templates.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::defaults::merged;
use super::detect::Found;
use super::{Site, nothing, script};
use crate::config::value::{Entry, Kind, Malformed, Value};
use crate::config::{Generator, toml, yaml};
use crate::diag::{Code, Diagnostic};
use crate::source::Sources;
use crate::world::{World, normalize};

/// The longest data file and template that is read, in bytes.
const MAX_FILE_BYTES: usize = 1 << 20;

/// How many data files and how many templates a blog may have.
const MAX_FILES: usize = 500;

/// Reads what stands around the posts of a blog.
pub(super) fn read(
    found: Found,
    world: &dyn World,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Site {
    let Found { generator, root, file } = found;
    let values = value(&file, world, sources, diagnostics).unwrap_or_else(nothing);
    let mut site = Site {
        generator,
        root,
        file: Some(file),
        values,
        address: None,
        data: BTreeMap::new(),
        authors: BTreeMap::new(),
        templates: BTreeMap::new(),
    };
    site.add_parameters(world, sources, diagnostics);
    site.address = site.configured_address();
    site.add_data(world, sources, diagnostics);
    site.add_authors(world, sources, diagnostics);
    site.add_templates(world);
    site
}

/// What the files of a folder and of those above it say of the posts below: Eleventy's
/// `posts/posts.json`, and `.meta.yml` of MkDocs.
pub(super) fn of_folder(
    folder: &str,
    site: &Site,
    world: &dyn World,
    sources: &mut Sources,
) -> Value {
    let mut found: Vec<Value> = Vec::new();
    let mut next = Some(folder);
    // What stands nearer to the post holds.
    while let Some(folder) = next.filter(|folder| !folder.is_empty()) {
        let name = folder.rsplit('/').next().unwrap_or_default();
        let paths: Vec<String> = if site.generator == Generator::MkDocs {
            vec![format!("{folder}/.meta.yml")]
        } else {
            let endings = ["json", "11tydata.json", "11tydata.js", "yaml", "yml"];
            endings.map(|ending| format!("{folder}/{name}.{ending}")).to_vec()
        };
        for path in paths.iter().filter(|path| world.exists(path)) {
            found.extend(value(path, world, sources, &mut Vec::new()));
        }
        if folder == site.root {
            break;
        }
        next = folder.rsplit_once('/').map(|(above, _)| above);
    }
    merged(found)
}

impl Site {
    /// Hugo keeps the values for its templates in a file of their own, if it has a folder.
    fn add_parameters(
        &mut self,
        world: &dyn World,
        sources: &mut Sources,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let Some((folder, _)) = self
            .file
            .as_deref()
            .and_then(|file| file.rsplit_once('/'))
            .filter(|(folder, _)| folder.ends_with("_default"))
        else {
            return;
        };
        let paths = ["params.toml", "params.yaml"].map(|name| format!("{folder}/{name}"));
        let Some(path) = paths.iter().find(|path| world.exists(path)) else { return };
        let Some(value) = value(path, world, sources, diagnostics) else { return };
        if let Kind::Map(entries) = &mut self.values.kind {
            let (key, span) = ("params".to_owned(), value.span);
            entries.push(Entry { key, span, value });
        }
    }

    fn add_data(
        &mut self,
        world: &dyn World,
        sources: &mut Sources,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let folders: &[&str] = match self.generator {
            Generator::Jekyll => &["_data"],
            Generator::Eleventy => &["_data", "src/_data"],
            Generator::Hugo => &["data"],
            Generator::Hexo => &["source/_data"],
            _ => return,
        };
        for (name, path) in self.below(folders, world) {
            let Some((stem, _)) = name.rsplit_once('.') else { continue };
            if let Some(value) = value(&path, world, sources, diagnostics) {
                self.data.entry(stem.to_owned()).or_insert(value);
            }
        }
    }

    fn add_templates(&mut self, world: &dyn World) {
        let theme = self.text("theme").unwrap_or_default().to_owned();
        let own =
            |folder: &str| vec![folder.to_owned(), format!("themes/{theme}/{folder}")];
        let folders: Vec<String> = match self.generator {
            Generator::Jekyll | Generator::Eleventy => {
                ["_includes", "src/_includes"].map(str::to_owned).to_vec()
            }
            Generator::Hugo => ["layouts/shortcodes", "layouts/_shortcodes"]
                .iter()
                .flat_map(|folder| own(folder))
                .collect(),
            Generator::Zola => own("templates/shortcodes"),
            _ => return,
        };
        self.add_templates_below(&folders, "", world);
        if self.generator == Generator::Hugo {
            let partials = ["layouts/partials", "layouts/_partials"];
            let partials: Vec<String> =
                partials.iter().flat_map(|folder| own(folder)).collect();
            self.add_templates_below(&partials, "partials/", world);
        }
    }

    fn add_templates_below(
        &mut self,
        folders: &[String],
        prefix: &str,
        world: &dyn World,
    ) {
        let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
        for (name, path) in self.below(&folders, world) {
            let Ok(bytes) = world.read(&path) else { continue };
            if let Some(text) = text(&bytes) {
                let name = format!("{prefix}{name}");
                self.templates.entry(name).or_insert_with(|| text.into());
            }
        }
    }

    /// The files below folders of the blog, each with its path below them.
    fn below(&self, folders: &[&str], world: &dyn World) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for folder in folders {
            let folder = normalize(&self.path(folder));
            for path in world.files(&folder).unwrap_or_default() {
                let path = normalize(&path);
                let name = path.strip_prefix(&format!("{folder}/")).map(str::to_owned);
                found.extend(name.map(|name| (name, path)));
            }
        }
        found.truncate(MAX_FILES);
        found
    }
}

/// The text of a file that is not too long and has one.
pub(super) fn text(bytes: &Arc<[u8]>) -> Option<String> {
    let short = bytes.len() <= MAX_FILE_BYTES;
    short.then(|| std::str::from_utf8(bytes).ok().map(str::to_owned)).flatten()
}

/// What a file says, if it is YAML, TOML or JSON, or a script that exports an object.
pub(super) fn value(
    path: &str,
    world: &dyn World,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_script = matches!(extension, "js" | "cjs" | "mjs");
    if !is_script && !matches!(extension, "yml" | "yaml" | "toml" | "json") {
        return None;
    }
    let text = text(&world.read(path).ok()?)?;
    if is_script {
        let (start, object) = script::exported(&text)?;
        let file = sources.add(path, text.as_str());
        return yaml::parse(&object, file, start).ok();
    }
    let file = sources.add(path, text.as_str());
    let read = match extension {
        "toml" => match toml::parse(&text, file, 0) {
            (value, None) => Ok(value),
            (_, Some(malformed)) => Err(malformed),
        },
        _ => yaml::parse(&text, file, 0),
    };
    match read {
        Ok(value) => Some(value),
        Err(Malformed { span, message, .. }) => {
            let message = format!("the blog's `{path}` cannot be read: {message}");
            let diagnostic = Diagnostic::new(Code::SiteUnreadable, message).at(span);
            let hint = "what it says is not known; the posts are read all the same";
            diagnostics.push(diagnostic.hint(hint));
            None
        }
    }
}
