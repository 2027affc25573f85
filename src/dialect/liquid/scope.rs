//! What names mean in a template.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::config::value::{Entry, Kind, Value};
use crate::manuscript::Post;
use crate::source::Span;

/// The values that a post may name.
#[derive(Clone)]
pub(in crate::dialect) struct Scope<'a> {
    post: &'a Post,
    /// What was assigned, and the arguments of an include.
    locals: BTreeMap<String, Rc<Value>>,
    page: OnceCell<Rc<Value>>,
    site: OnceCell<Rc<Value>>,
    data: OnceCell<Rc<Value>>,
    /// How many templates stand around this one.
    pub(in crate::dialect) depth: usize,
    /// How much may still be made of templates, in bytes.
    pub(in crate::dialect) budget: usize,
}

/// How much all templates of a post may make, in bytes.
const MAX_MADE_BYTES: usize = 4 << 20;

impl<'a> Scope<'a> {
    /// What a post may name.
    pub(in crate::dialect) fn of(post: &'a Post) -> Self {
        Self {
            post,
            locals: BTreeMap::new(),
            page: OnceCell::new(),
            site: OnceCell::new(),
            data: OnceCell::new(),
            depth: 0,
            budget: MAX_MADE_BYTES,
        }
    }

    /// The same within a template that is given names of its own.
    pub(in crate::dialect) fn within(
        &self,
        locals: impl IntoIterator<Item = (String, Value)>,
    ) -> Self {
        let mut inner = self.clone();
        inner.depth += 1;
        inner
            .locals
            .extend(locals.into_iter().map(|(name, value)| (name, Rc::new(value))));
        inner
    }

    /// Gives a name a value.
    pub(in crate::dialect) fn set(&mut self, name: &str, value: Value) {
        self.locals.insert(name.to_owned(), Rc::new(value));
    }

    /// What the first name of a path means.
    pub(super) fn root(&self, name: &str) -> Option<Rc<Value>> {
        if let Some(value) = self.locals.get(name) {
            return Some(value.clone());
        }
        let origin = &self.post.origin;
        match name {
            "page" | "post" => {
                return Some(self.page.get_or_init(|| Rc::new(self.page())).clone());
            }
            "site" | "config" | "meta" | "metadata" => {
                return Some(self.site.get_or_init(|| Rc::new(self.site(name))).clone());
            }
            "forloop" | "loop" => return None,
            _ => {}
        }
        let own = origin.header.get(name).or_else(|| origin.defaults.get(name));
        let data = || self.data.get_or_init(|| Rc::new(self.data())).get(name);
        own.or_else(data).cloned().map(Rc::new)
    }

    /// What the page of the post says of itself.
    fn page(&self) -> Value {
        let origin = &self.post.origin;
        let mut entries: Vec<Entry> = Vec::new();
        for values in [&origin.header, &origin.defaults] {
            if let Kind::Map(known) = &values.kind {
                entries.extend(known.iter().cloned());
            }
        }
        let header = &self.post.header;
        let date = header.date.map(|date| date.to_string()).unwrap_or_default();
        for (key, text) in [
            ("title", header.title.as_str()),
            ("slug", self.post.slug.as_str()),
            ("date", date.as_str()),
            ("path", self.post.path.as_str()),
        ] {
            let known = entries.iter().any(|entry| entry.key.eq_ignore_ascii_case(key));
            if !known && !text.is_empty() {
                entries.push(entry(key, super::text::text(text)));
            }
        }
        map(entries)
    }

    /// What the blog says of itself. Its address is taken off, for what follows it is a path of
    /// the blog.
    fn site(&self, name: &str) -> Value {
        let site = &self.post.origin.site;
        let mut entries = match &site.values.kind {
            Kind::Map(entries) => entries.clone(),
            _ => Vec::new(),
        };
        entries.retain(|it| !it.key.eq_ignore_ascii_case("baseurl"));
        if site.file.is_some() {
            entries.push(entry("baseurl", super::text::text("")));
        }
        // Eleventy has no configuration of its own: `_data/site.json` or the like says it.
        if let Some(Value { kind: Kind::Map(known), .. }) = site.data.get(name) {
            entries.extend(known.iter().cloned());
        }
        entries.push(entry("data", self.data()));
        map(entries)
    }

    /// The data files, those of a folder in a map of its own.
    fn data(&self) -> Value {
        let mut root = map(Vec::new());
        for (path, value) in &self.post.origin.site.data {
            insert(&mut root, path, value);
        }
        root
    }
}

/// Puts a value where a path such as `books/first` leads.
fn insert(into: &mut Value, path: &str, value: &Value) {
    let Kind::Map(entries) = &mut into.kind else { return };
    let (name, rest) = path.split_once('/').unwrap_or((path, ""));
    let known = entries.iter().position(|it| it.key == name);
    let index = known.unwrap_or_else(|| {
        entries.push(entry(name, map(Vec::new())));
        entries.len() - 1
    });
    let found = &mut entries[index].value;
    if rest.is_empty() { *found = value.clone() } else { insert(found, rest, value) }
}

fn map(entries: Vec<Entry>) -> Value {
    Value { span: Span::DETACHED, kind: Kind::Map(entries) }
}

fn entry(key: &str, value: Value) -> Entry {
    Entry { key: key.to_owned(), span: Span::DETACHED, value }
}
