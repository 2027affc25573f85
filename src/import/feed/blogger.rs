//! What Blogger's export says beside Atom: which entries are posts, and what was said below them.

use std::collections::BTreeMap;
use std::io::Read;

use jiff::civil::DateTime;

use super::super::xml::{Next, XmlElement, XmlReader};
use super::super::{ImportedComment, Status, address, comment_text};
use crate::html_to_markdown::tree::{LineEnds, Node, into_paragraphs, parse, plain};
use crate::manuscript::parse_date;

/// What an entry is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct EntryKind {
    pub(super) is_page: bool,
    pub(super) status: Status,
}

/// What an entry is; an error names what is no post, in the plural.
pub(super) fn kind(entry: &XmlElement) -> Result<EntryKind, &'static str> {
    let scheme =
        |it: &&XmlElement| it.get("scheme").is_some_and(|it| it.ends_with("#kind"));
    let old = entry.all("category").find(scheme).and_then(|it| it.get("term"));
    let old = old.and_then(|term| term.rsplit('#').next()).unwrap_or_default();
    let new = entry.line_of("blogger:type").to_ascii_lowercase();
    let is_page = match if new.is_empty() { old } else { &new } {
        "" | "post" => false,
        "page" => true,
        "comment" => return Err("comments"),
        _ => return Err("settings of the blog"),
    };
    let control = entry.elements().find(|it| it.name == "app:control");
    let draft = control.is_some_and(|it| it.line_of("app:draft") == "yes");
    let state = entry.line_of("blogger:status");
    let status = match state.as_str() {
        "SCHEDULED" => Status::Scheduled,
        "DRAFT" | "SOFT_TRASHED" => Status::Draft,
        _ if draft => Status::Draft,
        _ => Status::Published,
    };
    Ok(EntryKind { is_page, status })
}

/// The name of a post's page, where it has no address.
pub(super) fn slug(entry: &XmlElement) -> String {
    address::slug(&format!("https://blog{}", entry.line_of("blogger:filename")))
}

/// The comments of an export, by the post that they stand below.
#[derive(Debug, Default)]
pub(super) struct Comments(BTreeMap<String, Vec<Comment>>);

/// What a reader wrote.
#[derive(Debug)]
struct Comment {
    author: String,
    date: Option<DateTime>,
    words: Vec<Node>,
}

impl Comments {
    pub(super) fn read<R: Read>(reader: &mut XmlReader<R>) -> Self {
        let mut comments = Self::default();
        while let Some(next) = reader.next() {
            let Next::Start(start) = next else { continue };
            if start.name == "entry" {
                let entry = reader.rest_of(start);
                if kind(&entry) == Err("comments") {
                    comments.add(&entry);
                }
            }
        }
        comments
    }

    fn add(&mut self, entry: &XmlElement) {
        let reply = entry.all("thr:in-reply-to").next().and_then(|it| it.get("ref"));
        let parent = entry.line_of("blogger:parent");
        let Some(post) = reply.or(Some(parent.as_str())).filter(|it| !it.is_empty())
        else {
            return;
        };
        let author = entry.all("author").next().map(|it| it.line_of("name"));
        let comment = Comment {
            author: plain(&author.unwrap_or_default()),
            date: parse_date(&entry.line_of("published")),
            words: into_paragraphs(parse(&entry.text_of("content")), LineEnds::Breaks),
        };
        self.0.entry(post.to_owned()).or_default().push(comment);
    }

    /// Those below a post.
    pub(super) fn of(&self, id: &str) -> Vec<ImportedComment> {
        let Some(comments) = self.0.get(id) else { return Vec::new() };
        let imported = |Comment { author, date, words }: &Comment| ImportedComment {
            name: author.clone(),
            date: *date,
            text: comment_text(words.clone()),
            ..ImportedComment::default()
        };
        comments.iter().map(imported).collect()
    }
}
