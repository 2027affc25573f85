//! WordPress's export (WXR): an RSS feed with all that the blog holds.
//!
//! The file is read twice: first for who wrote, and where attachments and reused blocks stand,
//! then for the posts. What a post refers to is read from its place, so that no more is held than
//! one post and some bytes for each attachment.

mod blocks;
mod galleries;
mod index;
mod item;
mod shortcodes;
#[cfg(test)]
mod tests;

use std::io::{Read, Seek};

use super::selection::Candidate;
use super::xml::{Next, XmlReader};
use super::{ImportedPost, Selection, Sink, Status, finish};
use crate::html_to_markdown::tree;
use index::Index;
use item::Item;

/// Reads an export.
///
/// # Errors
/// In words, why it cannot be read at all.
pub(crate) fn import<R: Read + Seek>(
    name: &str,
    open: &dyn Fn() -> std::io::Result<R>,
    selection: &Selection,
    sink: &mut dyn Sink,
) -> Result<(), String> {
    let opened = || open().map_err(|error| error.to_string());
    let index = Index::read(&mut XmlReader::new(opened()?));
    if !index.is_export {
        return Err("it is no export of WordPress: no `rss` with items in it".to_owned());
    }
    sink.blog(index.blog.clone());
    let mut reader = XmlReader::new(opened()?);
    let export = Export { index: &index, open, selection };
    while let Some(next) = reader.next() {
        if let Next::Start(start) = next
            && start.name == "item"
        {
            sink.at_line(reader.line());
            let item = Item::of(&reader.rest_of(start));
            export.item(item, sink);
        }
    }
    for fault in reader.faults(name) {
        sink.report(fault);
    }
    Ok(())
}

struct Export<'a, R> {
    index: &'a Index,
    open: &'a dyn Fn() -> std::io::Result<R>,
    selection: &'a Selection,
}

impl<R: Read + Seek> Export<'_, R> {
    fn item(&self, item: Item, sink: &mut dyn Sink) {
        match item.kind.as_str() {
            "post" | "page" | "" => {}
            "attachment" => return sink.left_out("attachments"),
            "nav_menu_item" | "wp_navigation" => return sink.left_out("menu entries"),
            "revision" => return sink.left_out("revisions"),
            "wp_block"
            | "wp_template"
            | "wp_template_part"
            | "wp_global_styles"
            | "wp_font_family"
            | "wp_font_face"
            | "custom_css"
            | "customize_changeset" => {
                return sink.left_out("parts of the theme");
            }
            _ => return sink.left_out("items of other kinds"),
        }
        let status = match item.status.as_str() {
            "trash" | "auto-draft" | "inherit" => {
                return sink.left_out("posts in the bin");
            }
            "draft" | "pending" => Status::Draft,
            "future" => Status::Scheduled,
            "private" => Status::Private,
            _ if !item.password.is_empty() => Status::Protected,
            _ => Status::Published,
        };
        let candidate = Candidate {
            status,
            is_page: item.kind == "page",
            tags: &item.tags,
            categories: &item.categories,
        };
        if let Some(refusal) = self.selection.refusal(&candidate) {
            return sink.left_out(refusal);
        }
        self.post(item, status, sink);
    }

    fn post(&self, item: Item, status: Status, sink: &mut dyn Sink) {
        let mut text = self.with_reused_blocks(&item.content, 0);
        let has_blocks = text.contains("<!-- wp:");
        let galleries = galleries::Galleries { export: self, post: item.id };
        text = shortcodes::expand(&text, &galleries, &tree::plain(&item.title), sink);
        let ends =
            if has_blocks { tree::LineEnds::Spaces } else { tree::LineEnds::Breaks };
        let nodes = tree::into_paragraphs(tree::parse(&text), ends);
        let mut comments = Vec::new();
        if self.selection.comments {
            comments = item::comments(item.comments);
        } else {
            for _ in &item.comments {
                sink.left_out("comments");
            }
        }
        let picture = item.thumbnail.and_then(|id| self.attachment(id));
        let post = ImportedPost {
            title: tree::plain(&item.title),
            slug: crate::address::percent_decode(&item.slug),
            date: item.date,
            updated: item.updated,
            authors: self.index.author(&item.author).into_iter().collect(),
            tags: item.tags,
            categories: item.categories,
            language: String::new(),
            address: item.link,
            excerpt: tree::plain(&item.excerpt),
            picture: picture.map(|it| it.address).unwrap_or_default(),
            status,
            body: String::new(),
            comments,
        };
        finish(post, nodes, &item.footnotes, sink);
    }
}
