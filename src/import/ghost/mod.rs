//! Ghost's export: one file of JSON, with a table for each kind of thing.

mod lexical;

use std::collections::BTreeMap;
use std::io::Read;

use serde_json::Value;

use super::json::{self, Pick, Wanted};
use super::selection::Candidate;
use super::{Blog, ImportedPost, Selection, Sink, Status, finish};
use crate::html_to_markdown::tree::{LineEnds, into_paragraphs, parse, plain};
use crate::manuscript::parse_date;

/// Reads an export. `open` gives it anew each time: posts stand before the tables that say whose
/// they are.
///
/// # Errors
/// In words, why it cannot be read at all.
pub(crate) fn import<R: Read>(
    name: &str,
    open: &dyn Fn() -> std::io::Result<R>,
    selection: &Selection,
    sink: &mut dyn Sink,
) -> Result<(), String> {
    let opened = || open().map_err(|error| error.to_string());
    let mut rows = Rows::default();
    let malformed = json::read(opened()?, &mut rows).err();
    if !rows.has_posts {
        return Err(match malformed {
            Some(malformed) => format!("its JSON is malformed: {}", malformed.message),
            None => "it is no export of Ghost: it has no table `posts`".to_owned(),
        });
    }
    let tables = Tables::of(&rows.tables);
    sink.blog(tables.blog.clone());
    // What is malformed was found before.
    let _ = json::read(opened()?, &mut Posts { tables, selection, sink });
    if let Some(malformed) = malformed {
        sink.report(malformed.diagnostic(name));
    }
    Ok(())
}

/// The table that a path leads to, in an export of one blog or of a whole database.
fn table(path: &[String]) -> Option<&str> {
    match path {
        [data, table] if data == "data" => Some(table),
        [db, data, table] if db == "db" && data == "data" => Some(table),
        _ => None,
    }
}

/// Whether tables stand below a path.
fn has_tables(path: &[String]) -> bool {
    match path {
        [outer] => outer == "db" || outer == "data",
        [db, data] => db == "db" && data == "data",
        _ => false,
    }
}

/// What beside the posts is read, and nothing else: tables of revisions are larger than all posts.
#[derive(Default)]
struct Rows {
    tables: Value,
    has_posts: bool,
}

impl Pick for Rows {
    fn wanted(&mut self, path: &[String]) -> Wanted {
        if has_tables(path) {
            return Wanted::Inside;
        }
        match table(path) {
            Some("posts") => {
                self.has_posts = true;
                Wanted::Nothing
            }
            Some("settings" | "tags" | "users" | "posts_tags" | "posts_authors") => {
                Wanted::Whole
            }
            _ => Wanted::Nothing,
        }
    }

    fn take(&mut self, path: &[String], value: Value) {
        if let Some(table) = table(path) {
            self.tables[table] = value;
        }
    }
}

/// The posts.
struct Posts<'a> {
    tables: Tables,
    selection: &'a Selection,
    sink: &'a mut dyn Sink,
}

impl Pick for Posts<'_> {
    fn wanted(&mut self, path: &[String]) -> Wanted {
        match table(path) {
            Some("posts") => Wanted::Items,
            _ if has_tables(path) => Wanted::Inside,
            _ => Wanted::Nothing,
        }
    }

    fn take(&mut self, _: &[String], post: Value) {
        self.tables.post(&post, self.selection, self.sink);
    }
}

/// The tables beside the posts.
struct Tables {
    blog: Blog,
    /// Names by id.
    tags: BTreeMap<String, String>,
    users: BTreeMap<String, String>,
    /// Ids by that of their post, in order.
    tags_of: BTreeMap<String, Vec<String>>,
    authors_of: BTreeMap<String, Vec<String>>,
}

impl Tables {
    fn of(data: &Value) -> Self {
        let rows = |table: &str| data[table].as_array().into_iter().flatten();
        let names = |table: &str| {
            rows(table).map(|row| (id(row, "id"), text(row, "name"))).collect()
        };
        let joined = |table: &str, key: &str| {
            let mut of: BTreeMap<String, Vec<(i64, String)>> = BTreeMap::new();
            for row in rows(table) {
                let order = row["sort_order"].as_i64().unwrap_or(0);
                of.entry(id(row, "post_id")).or_default().push((order, id(row, key)));
            }
            let sorted = of.into_iter().map(|(post, mut ids)| {
                ids.sort();
                (post, ids.into_iter().map(|(_, id)| id).collect())
            });
            sorted.collect()
        };
        let setting = |key: &str| {
            let row = rows("settings").find(|row| row["key"] == key);
            row.map(|row| text(row, "value")).unwrap_or_default()
        };
        let language = [setting("locale"), setting("lang"), setting("default_locale")];
        let users: BTreeMap<String, String> = names("users");
        Self {
            blog: Blog {
                title: setting("title"),
                address: setting("url"),
                language: language
                    .into_iter()
                    .find(|it| !it.is_empty())
                    .unwrap_or_default(),
                authors: users.values().filter(|it| !it.is_empty()).cloned().collect(),
            },
            tags: names("tags"),
            users,
            tags_of: joined("posts_tags", "tag_id"),
            authors_of: joined("posts_authors", "author_id"),
        }
    }

    fn post(&self, row: &Value, selection: &Selection, sink: &mut dyn Sink) {
        let own = id(row, "id");
        let named = |ids: Option<&Vec<String>>, names: &BTreeMap<String, String>| {
            let ids = ids.into_iter().flatten();
            let found =
                ids.filter_map(|id| names.get(id)).filter(|name| !name.is_empty());
            found.cloned().collect::<Vec<String>>()
        };
        // A tag that begins with `#` is for the theme.
        let mut tags = named(self.tags_of.get(&own), &self.tags);
        tags.retain(|tag| !tag.starts_with('#'));
        let mut authors = named(self.authors_of.get(&own), &self.users);
        if authors.is_empty() {
            authors.extend(self.users.get(&id(row, "author_id")).cloned());
        }
        let status = match text(row, "status").as_str() {
            "draft" => Status::Draft,
            "scheduled" => Status::Scheduled,
            _ => Status::Published,
        };
        let is_page =
            text(row, "type") == "page" || row["page"] == 1 || row["page"] == true;
        let candidate = Candidate { status, is_page, tags: &tags, categories: &[] };
        if let Some(refusal) = selection.refusal(&candidate) {
            return sink.left_out(refusal);
        }
        let date =
            |keys: &[&str]| keys.iter().find_map(|key| parse_date(&text(row, key)));
        let address = &self.blog.address;
        let located =
            |text: String| text.replace("__GHOST_URL__", address.trim_end_matches('/'));
        let post = ImportedPost {
            title: plain(&text(row, "title")),
            slug: text(row, "slug"),
            date: date(&["published_at", "created_at"]),
            updated: date(&["updated_at"]),
            authors,
            tags,
            address: located(text(row, "canonical_url")),
            excerpt: plain(&text(row, "custom_excerpt")),
            picture: located(text(row, "feature_image")),
            status,
            ..ImportedPost::default()
        };
        let html = match text(row, "html") {
            html if !html.is_empty() => html,
            _ => match markdown_card(row) {
                Some(markdown) => {
                    let body = located(markdown) + "\n";
                    return sink.post(ImportedPost { body, ..post });
                }
                None => lexical::html(&text(row, "lexical")),
            },
        };
        let nodes = into_paragraphs(parse(&located(html)), LineEnds::Spaces);
        finish(post, nodes, &[], sink);
    }
}

/// The text of a post that is one card of Markdown.
fn markdown_card(row: &Value) -> Option<String> {
    let mobiledoc: Value = serde_json::from_str(&text(row, "mobiledoc")).ok()?;
    let cards = mobiledoc["cards"].as_array()?;
    let texts = cards.iter().filter_map(|card| card[1]["markdown"].as_str());
    let text = texts.collect::<Vec<_>>().join("\n\n");
    (!text.trim().is_empty()).then_some(text)
}

fn text(row: &Value, key: &str) -> String {
    row[key].as_str().unwrap_or_default().trim().to_owned()
}

/// An id, which old exports have as a number.
fn id(row: &Value, key: &str) -> String {
    match &row[key] {
        Value::String(id) => id.clone(),
        Value::Number(id) => id.to_string(),
        _ => String::new(),
    }
}
