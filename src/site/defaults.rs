//! What a blog says of many posts at once, and what holds for a post whose own header is silent.

use super::{Site, nothing};
use crate::config::value::{Entry, Kind, Value};
use crate::config::{Generator, toml, yaml};
use crate::source::{Sources, Span};
use crate::world::World;

/// The keys that say where one post is, which cannot be said of many.
const OF_ONE_POST: [&str; 5] = ["permalink", "url", "path", "slug", "aliases"];

/// A header with what the blog says of the post where the header itself is silent. Lists of tags
/// are joined where the generator joins them.
pub(crate) fn completed(header: &Value, defaults: &Value, generator: Generator) -> Value {
    use Generator::{Eleventy, Jekyll, MkDocs};
    let Kind::Map(said) = &defaults.kind else { return header.clone() };
    let mut entries = match &header.kind {
        Kind::Map(entries) => entries.clone(),
        _ => Vec::new(),
    };
    for entry in said {
        let joins = match entry.key.to_lowercase().as_str() {
            "categories" => matches!(generator, Jekyll | Eleventy | MkDocs),
            "tags" => matches!(generator, Eleventy | MkDocs),
            key if OF_ONE_POST.contains(&key) => continue,
            _ => false,
        };
        let known = entries.iter_mut().find(|it| it.key.eq_ignore_ascii_case(&entry.key));
        match known {
            None => entries.push(entry.clone()),
            Some(own) if joins => {
                own.value = joined(&own.value, &entry.value, generator != Eleventy);
            }
            Some(_) => {}
        }
    }
    Value { span: header.span, kind: Kind::Map(entries) }
}

/// Two lists as one. Text without a comma is a word for each item if it is `spaced`, as Jekyll has
/// it.
fn joined(own: &Value, other: &Value, spaced: bool) -> Value {
    let items = |value: &Value| -> Vec<Value> {
        let words: Vec<&str> = match &value.kind {
            Kind::Scalar(text) if text.contains(',') => text.split(',').collect(),
            Kind::Scalar(text) if spaced => text.split_whitespace().collect(),
            Kind::Scalar(text) => vec![text.as_str()],
            _ => return value.items().to_vec(),
        };
        let item = |words: &str| Value {
            span: value.span,
            kind: Kind::Scalar(words.trim().to_owned()),
        };
        words.into_iter().map(item).collect()
    };
    let mut all = items(own);
    for item in items(other) {
        if !all.iter().any(|known| known.text() == item.text()) {
            all.push(item);
        }
    }
    Value { span: own.span, kind: Kind::List(all) }
}

/// What Jekyll's `defaults:` say of a post.
pub(super) fn of_scopes(path: &str, site: &Site) -> Value {
    let by_folder = of_folders(path, site);
    let Some(defaults) = site.values.get("defaults") else { return by_folder };
    let inside = path.strip_prefix(&format!("{}/", site.root)).unwrap_or(path);
    let collections = site.text("collections_dir").unwrap_or_default().trim_matches('/');
    let plain =
        inside.strip_prefix(collections).unwrap_or(inside).trim_start_matches('/');
    let mut matching: Vec<(usize, bool, &Value)> = Vec::new();
    for default in defaults.items() {
        let Some(values) = default.get("values") else { continue };
        let text = |key: &str| {
            let scope = default.get("scope");
            scope.and_then(|scope| scope.get(key)?.text()).unwrap_or_default()
        };
        let (scope, kind) = (text("path").trim_matches('/'), text("type"));
        let of_path = is_below(inside, scope) || is_below(plain, scope);
        if of_path && (kind.is_empty() || is_of_kind(plain, kind)) {
            matching.push((scope.len(), !kind.is_empty(), values));
        }
    }
    // The narrower scope holds, and of two the later (Jekyll's `FrontmatterDefaults`).
    matching.sort_by_key(|(length, has_kind, _)| (*length, *has_kind));
    let narrowest_first = matching.into_iter().rev().map(|(.., values)| values.clone());
    completed(&merged(narrowest_first), &by_folder, site.generator)
}

/// What the folder of a post says of it: Jekyll's posts have those above `_posts` for categories,
/// Pelican's that in which they are.
pub(super) fn of_folders(path: &str, site: &Site) -> Value {
    let inside = path.strip_prefix(&format!("{}/", site.root)).unwrap_or(path);
    let mut folders: Vec<&str> = inside.split('/').collect();
    folders.pop();
    let names: Vec<&str> = match site.generator {
        Generator::Jekyll => {
            let end = folders.iter().position(|it| matches!(*it, "_posts" | "_drafts"));
            let collections = site.text("collections_dir").unwrap_or_default();
            let above = folders[..end.unwrap_or(0)].iter();
            above.copied().filter(|it| *it != collections.trim_matches('/')).collect()
        }
        _ => folders.get(1..).and_then(<[&str]>::last).copied().into_iter().collect(),
    };
    if names.is_empty() {
        return nothing();
    }
    let scalar =
        |name: &str| Value { span: Span::DETACHED, kind: Kind::Scalar(name.to_owned()) };
    let value = Value {
        span: Span::DETACHED,
        kind: Kind::List(names.into_iter().map(scalar).collect()),
    };
    let key = if site.generator == Generator::Jekyll { "categories" } else { "category" };
    let entry = Entry { key: key.to_owned(), span: Span::DETACHED, value };
    Value { span: Span::DETACHED, kind: Kind::Map(vec![entry]) }
}

/// Whether a file is in a folder, or is the file; `*` stands for a part of a name.
fn is_below(path: &str, scope: &str) -> bool {
    let mut parts = path.split('/');
    scope.is_empty()
        || scope.split('/').all(|wanted| {
            parts.next().is_some_and(|part| match wanted.split_once('*') {
                Some((start, end)) => {
                    part.len() >= start.len() + end.trim_start_matches('*').len()
                        && part.starts_with(start)
                        && part.ends_with(end.trim_start_matches('*'))
                }
                None => part == wanted,
            })
        })
}

/// Whether a file is of a kind: `posts`, `drafts`, `pages`, or the name of a collection.
fn is_of_kind(path: &str, kind: &str) -> bool {
    let mut folders: Vec<&str> = path.split('/').collect();
    folders.pop();
    match kind {
        "posts" => folders.iter().any(|it| matches!(*it, "_posts" | "_drafts")),
        "drafts" => folders.contains(&"_drafts"),
        "pages" => !folders.iter().any(|it| it.starts_with('_')),
        name => folders.first().and_then(|it| it.strip_prefix('_')) == Some(name),
    }
}

/// What Hugo's `cascade` says of the posts below a folder: that of its `_index.md`, then those of the
/// folders above, then that of the configuration.
pub(super) fn of_cascade(
    folder: &str,
    site: &Site,
    world: &dyn World,
    sources: &mut Sources,
) -> Value {
    let mut all: Vec<Value> = Vec::new();
    let mut next = Some(folder);
    while let Some(folder) = next {
        let path = format!("{folder}/_index.md");
        let path = path.trim_start_matches('/');
        let header = world.exists(path).then(|| header(path, world, sources)).flatten();
        all.extend(header.as_ref().map(cascade).unwrap_or_default());
        if folder == site.root || folder.is_empty() {
            break;
        }
        next = Some(folder.rsplit_once('/').map_or("", |(above, _)| above));
    }
    all.extend(cascade(&site.values));
    merged(all)
}

/// The maps of `cascade` that are said of all pages.
fn cascade(values: &Value) -> Vec<Value> {
    let items = values.get("cascade").map(Value::items).unwrap_or_default();
    let of_all = |item: &&Value| {
        let target = item.get("target").or_else(|| item.get("_target"));
        target.is_none_or(|target| match &target.kind {
            Kind::Map(entries) => entries
                .iter()
                .all(|entry| entry.key == "kind" && entry.value.text() == Some("page")),
            _ => false,
        })
    };
    items.iter().filter(of_all).cloned().collect()
}

/// The header of a page that is no post.
fn header(path: &str, world: &dyn World, sources: &mut Sources) -> Option<Value> {
    let bytes = world.read(path).ok()?;
    let text = std::str::from_utf8(&bytes).ok()?;
    let mark = ["---", "+++"].into_iter().find(|mark| text.starts_with(mark))?;
    let start = text.find('\n')? + 1;
    let end = start + text[start..].find(&format!("\n{mark}"))?;
    let inner = &text[start..end];
    let file = sources.add(path, text);
    match mark {
        "+++" => Some(toml::parse(inner, file, start).0),
        _ => yaml::parse(inner, file, start).ok(),
    }
}

/// Maps as one: what the first has holds.
pub(super) fn merged(values: impl IntoIterator<Item = Value>) -> Value {
    let mut merged: Vec<Entry> = Vec::new();
    for value in values {
        let Kind::Map(entries) = value.kind else { continue };
        for entry in entries {
            let is_target = matches!(entry.key.as_str(), "target" | "_target");
            let known = merged.iter().any(|it| it.key.eq_ignore_ascii_case(&entry.key));
            if !known && !is_target {
                merged.push(entry);
            }
        }
    }
    match merged.is_empty() {
        true => nothing(),
        false => Value { span: Span::DETACHED, kind: Kind::Map(merged) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(root: &str, configuration: &str) -> Site {
        let file = Sources::default().add("_config.yml", configuration);
        let values = yaml::parse(configuration, file, 0).expect("YAML");
        Site { root: root.to_owned(), values, ..Site::of(Generator::Jekyll) }
    }

    #[test]
    fn the_narrower_scope_holds() {
        let site = site(
            "blog",
            "defaults:\n\
             - scope: { path: '', type: posts }\n  values: { author: Ada, layout: post }\n\
             - scope: { path: _posts/sea }\n  values: { author: Ben }\n\
             - scope: { path: '', type: pages }\n  values: { author: Cy }\n\
             - scope: { path: '_posts/*/old' }\n  values: { published: false }\n",
        );
        for (path, key, expected) in [
            ("blog/_posts/a.md", "author", Some("Ada")),
            ("blog/_posts/sea/a.md", "author", Some("Ben")),
            ("blog/_posts/sea/a.md", "layout", Some("post")),
            ("blog/_posts/seaside/a.md", "author", Some("Ada")),
            ("blog/about.md", "author", Some("Cy")),
            ("blog/_posts/sea/old/a.md", "published", Some("false")),
            ("blog/_posts/old/a.md", "published", None),
            ("blog/sea/_posts/a.md", "author", Some("Ada")),
        ] {
            let values = of_scopes(path, &site);
            assert_eq!(values.get(key).and_then(Value::text), expected, "{path} {key}");
        }
    }

    #[test]
    fn folders_are_categories() {
        let category = |generator, path: &str| {
            let site = Site { root: "blog".to_owned(), ..Site::of(generator) };
            let value = of_folders(path, &site);
            let items = ["category", "categories"].iter().find_map(|key| value.get(key));
            let items = items.map(Value::items).unwrap_or_default();
            items.iter().filter_map(Value::text).collect::<Vec<_>>().join(" ")
        };
        let jekyll = Generator::Jekyll;
        assert_eq!(category(jekyll, "blog/sea/log/_posts/a.md"), "sea log");
        assert_eq!(category(jekyll, "blog/_posts/2024/a.md"), "");
        let pelican = Generator::Pelican;
        assert_eq!(category(pelican, "blog/content/sea/a.md"), "sea");
        assert_eq!(category(pelican, "blog/content/a.md"), "");
    }

    #[test]
    fn categories_are_joined_and_tags_are_the_posts_own() {
        let read = |text: &str| {
            let file = Sources::default().add("a", text);
            yaml::parse(text, file, 0).expect("YAML")
        };
        let header = read("tags: one\ncategories: two three\n");
        let defaults = read("tags: four\ncategories: [five]\npermalink: /:title/\n");
        let completed = completed(&header, &defaults, Generator::Jekyll);
        let items = |key: &str| -> Vec<&str> {
            let items = completed.get(key).map(Value::items).unwrap_or_default();
            items.iter().filter_map(Value::text).collect()
        };
        assert_eq!(items("tags"), ["one"]);
        assert_eq!(items("categories"), ["two", "three", "five"]);
        assert_eq!(completed.get("permalink"), None);
    }
}
