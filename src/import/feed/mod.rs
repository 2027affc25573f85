//! Feeds: RSS 0.9 to 2.0, Atom, JSON Feed; and Blogger's export, which is Atom.

mod atom;
mod blogger;
mod json;
mod rss;

use std::collections::BTreeSet;
use std::io::Read;

use super::selection::Candidate;
use super::xml::{Next, XmlElement, XmlReader, local};
use super::{
    Blog, ImportedComment, ImportedPost, Selection, Sink, address, decode, finish, hash,
};
use crate::html_to_markdown::tree::{LineEnds, Node, into_paragraphs, parse};

/// Reads feeds one after the other, and takes each post once.
#[derive(Default)]
pub(crate) struct Feeds {
    /// Hashes of the addresses or ids of the posts that were there.
    seen: BTreeSet<u64>,
    blog: Blog,
}

/// What is known of a feed while its posts are read.
#[derive(Debug, Default)]
struct Channel {
    /// What relative addresses are relative to.
    base: String,
    language: String,
    authors: Vec<String>,
    /// Comments by the id of their post, where an export has them apart.
    comments: blogger::Comments,
}

/// A post of a feed.
struct Entry {
    post: ImportedPost,
    /// What names it.
    id: String,
    is_page: bool,
    nodes: Vec<Node>,
    comments: Vec<ImportedComment>,
}

impl Feeds {
    /// Reads a feed. `open` gives it anew each time.
    ///
    /// # Errors
    /// In words, why it cannot be read at all.
    pub(crate) fn import<R: Read + 'static>(
        &mut self,
        name: &str,
        open: &dyn Fn() -> std::io::Result<R>,
        selection: &Selection,
        sink: &mut dyn Sink,
    ) -> Result<(), String> {
        let opened = || open().and_then(decode::utf8).map_err(|error| error.to_string());
        let mut first = [b' '];
        let mut start = opened()?;
        while first[0].is_ascii_whitespace() || matches!(first[0], 0xef | 0xbb | 0xbf) {
            start.read_exact(&mut first).map_err(|_| "it is empty".to_owned())?;
        }
        if first[0] == b'{' {
            return json::import(self, name, &opened, selection, sink);
        }
        let mut channel = Channel::default();
        if selection.comments {
            channel.comments = blogger::Comments::read(&mut XmlReader::new(opened()?));
        }
        let mut reader = XmlReader::new(opened()?);
        if !self.xml(&mut reader, channel, selection, sink) {
            return Err("it is no feed: neither RSS, Atom nor JSON Feed".to_owned());
        }
        for fault in reader.faults(name) {
            sink.report(fault);
        }
        Ok(())
    }

    /// Reads a feed of XML; says whether it is one.
    fn xml<R: Read>(
        &mut self,
        reader: &mut XmlReader<R>,
        mut channel: Channel,
        selection: &Selection,
        sink: &mut dyn Sink,
    ) -> bool {
        let mut is_feed = false;
        let mut is_atom = false;
        while let Some(next) = reader.next() {
            let Next::Start(start) = next else { continue };
            match local(&start.name) {
                "rss" | "RDF" | "channel" => {
                    is_feed = true;
                    channel.outer(&start);
                }
                "feed" => {
                    (is_feed, is_atom) = (true, true);
                    channel.outer(&start);
                }
                // An entry may stand alone.
                "item" | "entry" if is_feed || start.name == "entry" => {
                    is_atom |= !is_feed;
                    is_feed = true;
                    sink.at_line(reader.line());
                    let element = reader.rest_of(start);
                    let entry = if is_atom {
                        atom::entry(&element, &channel)
                    } else {
                        Ok(rss::entry(&element, &channel))
                    };
                    match entry {
                        Ok(entry) => self.entry(entry, selection, sink),
                        Err(kind) => sink.left_out(kind),
                    }
                }
                _ if is_feed => {
                    let element = reader.rest_of(start);
                    self.about(&element, &mut channel, is_atom);
                    sink.blog(self.blog.clone());
                }
                _ => return false,
            }
        }
        is_feed
    }

    /// What a feed says of itself.
    fn about(&mut self, element: &XmlElement, channel: &mut Channel, is_atom: bool) {
        let text = element.text().trim().to_owned();
        let blog = &mut self.blog;
        match element.name.as_str() {
            "title" if blog.title.is_empty() => {
                blog.title = crate::html_to_markdown::tree::plain(&text)
            }
            "link" if is_atom => {
                let rel = element.get("rel").unwrap_or("alternate");
                let href = element.get("href").unwrap_or_default();
                let href = address::resolved(&channel.base, href);
                if rel == "alternate" {
                    if blog.address.is_empty() {
                        blog.address.clone_from(&href);
                    }
                    channel.base = href;
                } else if rel == "self" && channel.base.is_empty() {
                    channel.base = href;
                }
            }
            "link" if !text.is_empty() => {
                if blog.address.is_empty() {
                    blog.address.clone_from(&text);
                }
                if channel.base.is_empty() {
                    channel.base = text;
                }
            }
            "language" | "dc:language" => {
                blog.language.clone_from(&text);
                channel.language = text;
            }
            "author" if is_atom => channel.authors.extend(atom::person(element)),
            _ => {}
        }
    }

    fn entry(&mut self, entry: Entry, selection: &Selection, sink: &mut dyn Sink) {
        let Entry { mut post, id, is_page, nodes, comments } = entry;
        let candidate = Candidate {
            status: post.status,
            is_page,
            tags: &post.tags,
            categories: &post.categories,
        };
        if let Some(refusal) = selection.refusal(&candidate) {
            return sink.left_out(refusal);
        }
        let name = if id.is_empty() { &post.address } else { &id };
        if !name.is_empty() && !self.seen.insert(hash(name)) {
            return sink.left_out("posts that came before");
        }
        if nodes.iter().all(Node::is_blank)
            && post.excerpt.is_empty()
            && post.title.is_empty()
        {
            return sink.left_out("items without words");
        }
        if post.title.is_empty() {
            post.title = first_words(&nodes);
        }
        if post.slug.is_empty() {
            post.slug = address::slug(&post.address);
        }
        post.comments = comments;
        finish(post, nodes, &[], sink);
    }
}

impl Channel {
    /// What the elements around the posts say.
    fn outer(&mut self, element: &XmlElement) {
        if let Some(base) = element.get("xml:base") {
            self.base = address::resolved(&self.base, base);
        }
        if let Some(language) = element.get("xml:lang") {
            language.clone_into(&mut self.language);
        }
    }
}

/// HTML of a feed as paragraphs, its addresses those on the web. Text without tags has its lines.
fn html(text: &str, base: &str) -> Vec<Node> {
    let mut nodes = parse(text);
    let is_plain = !nodes.iter().any(|node| matches!(node, Node::Element(_)));
    address::absolute(&mut nodes, base);
    let ends = if is_plain { LineEnds::Breaks } else { LineEnds::Spaces };
    into_paragraphs(nodes, ends)
}

/// A title for a post that has none: its beginning.
fn first_words(nodes: &[Node]) -> String {
    const MAX_CHARS: usize = 60;
    let text = crate::html_to_markdown::tree::plain_text(nodes);
    let mut words = String::new();
    for word in text.split_whitespace() {
        if words.chars().count() + word.chars().count() > MAX_CHARS {
            return words + "…";
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}
