//! Comments: what readers wrote below the posts, in a file beside each, `post.comments.yaml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::value::{Kind, Value};
use crate::config::{BookConfig, CommentSettings, yaml};
use crate::diag::{Code, Diagnostic, Warned, nearest};
use crate::document::{
    Block, BlockKind, Comment, Inline, InlineKind, PhraseRole, VisitMut, walk_block_mut,
    walk_inline_mut,
};
use crate::manuscript::{Manuscript, Post, PostFormat};
use crate::markdown;
use crate::source::{Sources, Span};
use crate::world::{ReadError, World};

const KEYS: [&str; 6] = ["id", "name", "date", "text", "reply-to", "replies"];

/// A comment as it was written.
struct Written {
    id: String,
    name: String,
    date: Option<Date>,
    text: String,
    reply_to: Option<String>,
}

/// The comments that are wanted, for each post; those that a file does not have which `book.yaml`
/// names are reported.
pub(crate) fn read(
    config: &BookConfig,
    manuscript: &Manuscript,
    world: &dyn World,
    sources: &mut Sources,
) -> Warned<Vec<Vec<Comment>>> {
    let mut diagnostics = Vec::new();
    let settings = &config.comments;
    if settings.place.is_none() {
        let none = manuscript.posts.iter().map(|_| Vec::new()).collect();
        return Warned { value: none, diagnostics };
    }
    let mut known = Known::default();
    let of_post = |post: &Post| {
        if post.section.is_some() {
            return Vec::new();
        }
        let written = file(post, world, sources, &mut diagnostics);
        written.iter().for_each(|comment| known.add(comment));
        let chosen = written.into_iter().filter(|it| is_wanted(settings, it)).collect();
        let comment = |(depth, written): (u8, Written)| {
            let Written { id, name, date, text, .. } = written;
            let name = if settings.initials { initials(&name) } else { name };
            let blocks = blocks(post, &id, &text, sources, &mut diagnostics);
            Comment { name, date, depth, blocks }
        };
        conversation(chosen).into_iter().map(comment).collect()
    };
    let comments: Vec<Vec<Comment>> = manuscript.posts.iter().map(of_post).collect();
    known.report(settings, &mut diagnostics);
    Warned { value: comments, diagnostics }
}

fn is_wanted(settings: &CommentSettings, comment: &Written) -> bool {
    let CommentSettings { only, by, .. } = settings;
    let named = |names: &[(String, Span)], name: &str| {
        names.iter().any(|(wanted, _)| wanted.eq_ignore_ascii_case(name))
    };
    only.is_empty() && by.is_empty()
        || named(only, &comment.id)
        || named(by, &comment.name)
}

/// No answer stands further in than this.
const MAX_DEPTH: u8 = 4;

/// Comments in the order of the conversation: after each one those that answer it. What answers one
/// that is left out stands for itself, as does one of a circle.
fn conversation(comments: Vec<Written>) -> Vec<(u8, Written)> {
    let ids: BTreeMap<&str, usize> =
        comments.iter().enumerate().rev().map(|(at, it)| (it.id.as_str(), at)).collect();
    let mut answers: Vec<Vec<usize>> = vec![Vec::new(); comments.len()];
    let mut begins = Vec::new();
    for (at, comment) in comments.iter().enumerate() {
        let above = comment.reply_to.as_deref().and_then(|id| ids.get(id));
        match above.filter(|above| **above != at) {
            Some(&above) => answers[above].push(at),
            None => begins.push(at),
        }
    }
    let mut depths: Vec<Option<u8>> = vec![None; comments.len()];
    let mut order = Vec::with_capacity(comments.len());
    for first in begins.into_iter().chain(0..comments.len()) {
        let mut waiting = vec![(first, 0)];
        while let Some((at, depth)) = waiting.pop() {
            if depths[at].is_none() {
                depths[at] = Some(depth);
                order.push(at);
                let below = answers[at].iter().rev();
                waiting.extend(below.map(|&answer| (answer, (depth + 1).min(MAX_DEPTH))));
            }
        }
    }
    let mut comments: Vec<Option<Written>> = comments.into_iter().map(Some).collect();
    let take = |at: usize| Some((depths[at].unwrap_or(0), comments[at].take()?));
    order.into_iter().filter_map(take).collect()
}

/// A name by its first letters: `A. B.`
fn initials(name: &str) -> String {
    let first = |word: &str| word.chars().find(|c| c.is_alphabetic());
    let letters: Vec<String> = name
        .split_whitespace()
        .filter_map(first)
        .map(|letter| match letter {
            // Hangul, kana and ideographs take no full stop.
            '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' => letter.to_string(),
            letter => format!("{}.", letter.to_uppercase()),
        })
        .collect();
    letters.join(" ")
}

/// The text of a comment, as blocks without ids and headings.
fn blocks(
    post: &Post,
    id: &str,
    text: &str,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Block> {
    let path = format!("{}#{id}", path_of(post));
    let file = sources.add(&path, text);
    let text: Arc<str> = text.into();
    let format = PostFormat::Markdown;
    let comment = Post { file, body: 0..text.len(), text, format, ..post.clone() };
    let comment = Post {
        header: crate::manuscript::PostHeader { lead_picture: None, ..comment.header },
        ..comment
    };
    let read = markdown::read(&comment).into_value(diagnostics);
    let mut blocks = read.blocks;
    // A comment has no notes: they stand below it.
    for footnote in read.footnotes {
        let label = Inline::text(format!("[^{}]", footnote.label), footnote.span);
        blocks.push(Block::new(BlockKind::Paragraph(vec![label]), footnote.span));
        blocks.extend(footnote.blocks);
    }
    Plain.blocks(&mut blocks);
    blocks
}

/// Takes away what only a post may have: ids would be there twice, and headings would be listed.
struct Plain;

impl VisitMut for Plain {
    fn block(&mut self, block: &mut Block) {
        block.attributes.id = None;
        if let BlockKind::Heading { content, .. } = &mut block.kind {
            let content = std::mem::take(content);
            let words = Inline::phrase(PhraseRole::Strong, content, block.span);
            block.kind = BlockKind::Paragraph(vec![words]);
        }
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Phrase(phrase) = &mut inline.kind {
            phrase.attributes.id = None;
        }
        walk_inline_mut(self, inline);
    }
}

/// The file beside a post.
fn path_of(post: &Post) -> String {
    let stem = post.path.rsplit_once('.').map_or(post.path.as_str(), |(stem, _)| stem);
    format!("{stem}.comments.yaml")
}

/// Reads the file beside a post, if there is one.
fn file(
    post: &Post,
    world: &dyn World,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Written> {
    let path = path_of(post);
    let unreadable = |message: String| Diagnostic::new(Code::CommentsUnreadable, message);
    let bytes = match world.read(&path) {
        Ok(bytes) => bytes,
        Err(ReadError::NotFound) => return Vec::new(),
        Err(ReadError::Failed(reason)) => {
            diagnostics.push(unreadable(format!("`{path}` cannot be read: {reason}")));
            return Vec::new();
        }
    };
    let Ok(text) = std::str::from_utf8(&bytes) else {
        diagnostics.push(unreadable(format!("`{path}` is not UTF-8 text")));
        return Vec::new();
    };
    let file = sources.add(&path, text);
    let value = match yaml::parse(text, file, 0) {
        Ok(value) => value.cleaned(diagnostics),
        Err(malformed) => {
            let message = format!("`{path}` is not YAML: {}", malformed.message);
            diagnostics.push(unreadable(message).at(malformed.span));
            return Vec::new();
        }
    };
    let mut written = Vec::new();
    for value in value.items() {
        comment(value, None, &mut written, diagnostics);
    }
    written
}

/// Reads a comment, and those that answer it.
fn comment(
    value: &Value,
    above: Option<&str>,
    written: &mut Vec<Written>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut misread = |span: Span, message: String| {
        let said = Diagnostic::new(Code::CommentValue, message).at(span);
        diagnostics
            .push(said.hint("write `- {id: 12, name: Ann, date: 2017-07-06, text: …}`"));
    };
    let Kind::Map(entries) = &value.kind else {
        return misread(value.span, format!("a comment cannot be {}", value.what()));
    };
    for entry in entries.iter().filter(|entry| !KEYS.contains(&entry.key.as_str())) {
        let near = nearest(&entry.key, KEYS);
        let near = near.map_or(String::new(), |near| format!(": did you mean `{near}`?"));
        misread(entry.span, format!("a comment has no key `{}`{near}", entry.key));
    }
    let text = |key| value.get(key).and_then(Value::text).unwrap_or_default().to_owned();
    let date = value.get("date").filter(|date| date.kind != Kind::Null);
    let day = date.and_then(|date| date.text()?.get(..10)?.parse::<Date>().ok());
    if let (Some(date), None) = (date, day) {
        misread(date.span, format!("the date of a comment cannot be {}", date.what()));
    }
    let number = written.len() + 1;
    let id = Some(text("id")).filter(|id| !id.is_empty());
    let id = id.unwrap_or_else(|| number.to_string());
    let reply_to = Some(text("reply-to")).filter(|id| !id.is_empty());
    let reply_to = reply_to.or_else(|| above.map(str::to_owned));
    let words = text("text");
    if words.is_empty() {
        misread(value.span, "a comment has no `text`".to_owned());
    } else {
        let (id, name) = (id.clone(), text("name"));
        written.push(Written { id, name, date: day, text: words, reply_to });
    }
    for reply in value.get("replies").map_or(&[][..], Value::items) {
        comment(reply, Some(&id), written, diagnostics);
    }
}

/// The ids and names of all comments.
#[derive(Default)]
struct Known {
    ids: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Known {
    fn add(&mut self, comment: &Written) {
        self.ids.insert(comment.id.to_lowercase());
        self.names.insert(comment.name.to_lowercase());
    }

    /// Reports what `book.yaml` names and no file has.
    fn report(&self, settings: &CommentSettings, diagnostics: &mut Vec<Diagnostic>) {
        let CommentSettings { only, by, .. } = settings;
        let ids = only.iter().map(|it| (it, &self.ids, "has the id"));
        let names = by.iter().map(|it| (it, &self.names, "is by"));
        for ((wanted, span), known, what) in ids.chain(names) {
            if known.contains(&wanted.to_lowercase()) {
                continue;
            }
            let message = format!("no comment {what} `{wanted}`");
            let said = Diagnostic::new(Code::UnknownComment, message).at(*span);
            diagnostics.push(match nearest(wanted, known.iter().map(String::as_str)) {
                Some(near) => said.hint(format!("did you mean `{near}`?")),
                None => said
                    .hint("comments stand beside their posts, in `post.comments.yaml`"),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(id: &str, reply_to: Option<&str>) -> Written {
        Written {
            id: id.to_owned(),
            name: String::new(),
            date: None,
            text: String::new(),
            reply_to: reply_to.map(str::to_owned),
        }
    }

    #[test]
    fn answers_follow_what_they_answer() {
        let comments = vec![
            written("1", None),
            written("2", None),
            written("3", Some("1")),
            written("4", Some("3")),
            written("5", Some("gone")),
            written("6", Some("7")),
            written("7", Some("6")),
            written("8", Some("8")),
        ];
        let order = conversation(comments);
        let order: Vec<String> = order
            .iter()
            .map(|(depth, it)| format!("{}{}", "-".repeat((*depth).into()), it.id))
            .collect();
        assert_eq!(order.join(" "), "1 -3 --4 2 5 8 6 -7");
    }

    #[test]
    fn names_may_be_their_first_letters() {
        assert_eq!(initials("ann van Berg"), "A. V. B.");
        assert_eq!(initials("김 철수"), "김 철");
        assert_eq!(initials("(42)"), "");
    }
}
