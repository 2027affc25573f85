//! What is known of an export before its posts are read.

use std::collections::BTreeMap;
use std::io::Read;

use super::super::Blog;
use super::super::xml::{Next, XmlReader};
use super::item::Item;
use crate::html_to_markdown::tree::plain;

/// Who wrote, and where things stand.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Whether there was an `rss` with a `channel`.
    pub(super) is_export: bool,
    pub(super) blog: Blog,
    /// Names by login.
    authors: BTreeMap<String, String>,
    /// Ids of attachments and reused blocks, and where they stand in the file; sorted.
    places: Vec<(u64, u64)>,
    /// Ids of posts, and where the attachments stand that were uploaded for them; sorted.
    uploads: Vec<(u64, u64)>,
}

impl Index {
    pub(super) fn read<R: Read>(reader: &mut XmlReader<R>) -> Self {
        let mut index = Self::default();
        let mut depth = 0_usize;
        loop {
            let place = reader.position();
            let Some(next) = reader.next() else { break };
            match next {
                Next::Start(start) if start.name == "item" => {
                    index.is_export = true;
                    let item = Item::of(&reader.rest_of(start));
                    index.item(&item, place);
                }
                Next::Start(start) if start.name == "channel" || start.name == "rss" => {
                    index.is_export |= start.name == "channel";
                    depth += 1;
                }
                Next::Start(start) if depth > 0 => {
                    let element = reader.rest_of(start);
                    let text = || element.text().trim().to_owned();
                    let blog = &mut index.blog;
                    match element.name.as_str() {
                        "title" if blog.title.is_empty() => blog.title = plain(&text()),
                        "link" if blog.address.is_empty() => blog.address = text(),
                        "language" => blog.language = text(),
                        "wp:author" => {
                            let login = element.line_of("wp:author_login");
                            let name = plain(&element.line_of("wp:author_display_name"));
                            index.authors.insert(login, name);
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        index.places.sort_unstable();
        index.uploads.sort_unstable();
        index
    }

    fn item(&mut self, item: &Item, place: u64) {
        if matches!(item.kind.as_str(), "attachment" | "wp_block") {
            self.places.push((item.id, place));
            if item.kind == "attachment" && item.parent > 0 {
                self.uploads.push((item.parent, place));
            }
        }
        if matches!(item.kind.as_str(), "post" | "") {
            let author = self.author(&item.author);
            let authors = &mut self.blog.authors;
            authors.extend(author.filter(|it| !authors.contains(it)));
        }
    }

    /// The name of who has a login.
    pub(super) fn author(&self, login: &str) -> Option<String> {
        let name = self.authors.get(login).filter(|name| !name.is_empty());
        let name = name.map_or(login, String::as_str);
        (!name.is_empty()).then(|| name.to_owned())
    }

    /// Where an attachment or a reused block stands.
    pub(super) fn place(&self, id: u64) -> Option<u64> {
        let at = self.places.binary_search_by_key(&id, |(known, _)| *known).ok()?;
        Some(self.places[at].1)
    }

    /// Where the attachments of a post stand.
    pub(super) fn uploads(&self, post: u64) -> impl Iterator<Item = u64> {
        let start = self.uploads.partition_point(|(id, _)| *id < post);
        let of_post = self.uploads[start..].iter().take_while(move |(id, _)| *id == post);
        of_post.map(|(_, place)| *place)
    }
}
