//! An item of the export.

use jiff::civil::DateTime;

use super::super::xml::XmlElement;
use super::super::{ImportedComment, comment_text};
use crate::html_to_markdown::tree::{LineEnds, into_paragraphs, parse, plain};
use crate::manuscript::parse_date;

/// A post, page, attachment or other item.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) id: u64,
    pub(super) parent: u64,
    /// `post`, `page`, `attachment` and others.
    pub(super) kind: String,
    pub(super) status: String,
    pub(super) password: String,
    pub(super) title: String,
    pub(super) slug: String,
    pub(super) link: String,
    /// The login of who wrote it.
    pub(super) author: String,
    pub(super) date: Option<DateTime>,
    pub(super) updated: Option<DateTime>,
    pub(super) content: String,
    pub(super) excerpt: String,
    pub(super) tags: Vec<String>,
    pub(super) categories: Vec<String>,
    /// The attachment that is its picture.
    pub(super) thumbnail: Option<u64>,
    /// The texts of the footnotes block, by id.
    pub(super) footnotes: Vec<(String, String)>,
    /// The words for those who cannot see the attachment.
    pub(super) alternative: String,
    pub(super) attachment_address: String,
    pub(super) comments: Vec<Comment>,
}

/// What a reader wrote below a post.
#[derive(Debug, Default)]
pub(super) struct Comment {
    id: String,
    /// The comment that it answers; empty if none.
    reply_to: String,
    author: String,
    date: Option<DateTime>,
    content: String,
}

impl Item {
    /// The item that an element is.
    pub(super) fn of(element: &XmlElement) -> Self {
        let line = |name: &str| element.line_of(name);
        let number = |name: &str| line(name).parse().unwrap_or(0);
        let mut item = Self {
            id: number("wp:post_id"),
            parent: number("wp:post_parent"),
            kind: line("wp:post_type"),
            status: line("wp:status"),
            password: line("wp:post_password"),
            title: line("title"),
            slug: line("wp:post_name"),
            link: line("link"),
            author: line("dc:creator"),
            date: moment(&line("wp:post_date")).or_else(|| moment(&line("pubDate"))),
            updated: moment(&line("wp:post_modified")),
            content: element.text_of("content:encoded"),
            excerpt: line("excerpt:encoded"),
            attachment_address: line("wp:attachment_url"),
            ..Self::default()
        };
        item.terms(element);
        for meta in element.all("wp:postmeta") {
            item.meta(&meta.line_of("wp:meta_key"), &meta.text_of("wp:meta_value"));
        }
        item.comments = element.all("wp:comment").filter_map(comment).collect();
        item
    }

    fn terms(&mut self, element: &XmlElement) {
        for category in element.all("category") {
            let name = plain(&category.text());
            let terms = match category.get("domain") {
                Some("post_tag" | "tag") => &mut self.tags,
                Some("category") | None => &mut self.categories,
                _ => continue,
            };
            let is_none =
                name.is_empty() || category.get("nicename") == Some("uncategorized");
            if !is_none && !terms.contains(&name) {
                terms.push(name);
            }
        }
    }

    fn meta(&mut self, key: &str, value: &str) {
        match key {
            "_thumbnail_id" => self.thumbnail = value.trim().parse().ok(),
            "_wp_attachment_image_alt" => self.alternative = plain(value),
            "footnotes" => {
                let read: Result<Vec<serde_json::Value>, _> = serde_json::from_str(value);
                let texts = read.unwrap_or_default();
                self.footnotes = texts
                    .iter()
                    .filter_map(|note| {
                        let text = |key: &str| note.get(key)?.as_str().map(str::to_owned);
                        Some((text("id")?, text("content")?))
                    })
                    .collect();
            }
            _ => {}
        }
    }
}

fn comment(element: &XmlElement) -> Option<Comment> {
    let kind = element.line_of("wp:comment_type");
    let approved = element.line_of("wp:comment_approved");
    let is_shown =
        matches!(kind.as_str(), "" | "comment") && matches!(approved.as_str(), "1" | "");
    is_shown.then(|| Comment {
        id: element.line_of("wp:comment_id"),
        reply_to: Some(element.line_of("wp:comment_parent"))
            .filter(|parent| parent != "0")
            .unwrap_or_default(),
        author: plain(&element.line_of("wp:comment_author")),
        date: moment(&element.line_of("wp:comment_date")),
        content: element.text_of("wp:comment_content"),
    })
}

/// The comments below a post, as its file of them has them.
pub(super) fn comments(comments: Vec<Comment>) -> Vec<ImportedComment> {
    let imported = |comment: Comment| {
        let Comment { id, reply_to, author, date, content } = comment;
        let words = into_paragraphs(parse(&content), LineEnds::Breaks);
        ImportedComment { id, reply_to, name: author, date, text: comment_text(words) }
    };
    comments.into_iter().map(imported).collect()
}

/// A date; `0000-00-00 00:00:00` is none.
fn moment(text: &str) -> Option<DateTime> {
    parse_date(text).filter(|date| date.year() > 1)
}
