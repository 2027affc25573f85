//! What an editor says before and after a post, in the tree of the post.

use std::collections::BTreeSet;

use crate::address::scheme;
use crate::document::{
    Attributes, Block, BlockKind, Division, Document, Inline, InlineKind, Target, Visit,
    VisitMut, slug, walk_block, walk_block_mut, walk_inline, walk_inline_mut,
};
use crate::manuscript::{NotePosition, Post, PostNote};
use crate::source::Span;

/// Puts a note, which was read as a tree of its own, into that of its post. Its ids and the labels of
/// its footnotes are told apart from those of the post, and its links lead where they did.
pub(crate) fn attach(post: &Post, note: &PostNote, read: Document, into: &mut Document) {
    let prefix = match &note.position {
        NotePosition::Before => "intro".to_owned(),
        NotePosition::After => "outro".to_owned(),
        NotePosition::Biography(name) => format!("about-{}", slug(name)),
    };
    let Document { mut blocks, mut footnotes, .. } = read;
    let mut ids = Ids(BTreeSet::new());
    ids.blocks(&blocks);
    let (folder, _) = note.post.path.rsplit_once('/').unwrap_or_default();
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let base = "../".repeat(post.path.matches('/').count()) + &folder;
    let mut mover = Mover { prefix: &prefix, ids: ids.0, base, span: note.span };
    mover.blocks(&mut blocks);
    for footnote in &mut footnotes {
        footnote.label = mover.name(&footnote.label);
        footnote.span = note.span.unwrap_or(footnote.span);
        mover.blocks(&mut footnote.blocks);
    }
    let own = Span::new(note.post.file, note.post.body.clone());
    let span = note.span.unwrap_or(own);
    let mut attributes = Attributes::default();
    if note.post.language != post.language {
        attributes.lang = Some(note.post.language.tag().to_owned());
    }
    let role = match &note.position {
        NotePosition::Before | NotePosition::After => {
            attributes.add_class(&prefix);
            Division::EditorsNote
        }
        NotePosition::Biography(name) => {
            attributes.add_class("biography");
            blocks.insert(0, named(name, &prefix, post, span));
            Division::Plain
        }
    };
    let kind = BlockKind::Division { role, blocks };
    let at = if note.position == NotePosition::Before { 0 } else { into.blocks.len() };
    into.blocks.insert(at, Block { kind, attributes, span });
    into.footnotes.append(&mut footnotes);
}

/// The name over a biography: a heading in a section of them, a line after a chapter.
fn named(name: &str, id: &str, post: &Post, span: Span) -> Block {
    let content = vec![Inline::text(name, span)];
    match post.section {
        Some(_) => {
            let mut heading = Block::new(BlockKind::Heading { level: 2, content }, span);
            heading.attributes.id = Some(id.to_owned());
            heading
        }
        None => {
            let mut line = Block::new(BlockKind::Paragraph(content), span);
            line.attributes.add_class("author-name");
            line
        }
    }
}

/// The ids of a tree.
struct Ids(BTreeSet<String>);

impl Visit for Ids {
    fn block(&mut self, block: &Block) {
        self.0.extend(block.attributes.id.clone());
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Phrase(phrase) = &inline.kind {
            self.0.extend(phrase.attributes.id.clone());
        }
        walk_inline(self, inline);
    }
}

/// Moves a tree into that of another file.
struct Mover<'p> {
    prefix: &'p str,
    ids: BTreeSet<String>,
    /// The way from the folder of the post to that of the note.
    base: String,
    /// Where all of it was written, if its own places are none of a file.
    span: Option<Span>,
}

impl VisitMut for Mover<'_> {
    fn block(&mut self, block: &mut Block) {
        block.span = self.span.unwrap_or(block.span);
        self.attributes(&mut block.attributes);
        if let BlockKind::List(list) = &mut block.kind {
            for item in &mut list.items {
                item.span = self.span.unwrap_or(item.span);
            }
        }
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        inline.span = self.span.unwrap_or(inline.span);
        match &mut inline.kind {
            InlineKind::Phrase(phrase) => self.attributes(&mut phrase.attributes),
            InlineKind::FootnoteReference(label) => *label = self.name(label),
            InlineKind::Link { target: Target::Unresolved(address), .. } => {
                self.address(address);
            }
            InlineKind::Picture(picture) => {
                self.attributes(&mut picture.attributes);
                self.address(&mut picture.address);
            }
            _ => {}
        }
        walk_inline_mut(self, inline);
    }
}

impl Mover<'_> {
    fn name(&self, name: &str) -> String {
        format!("{}-{name}", self.prefix)
    }

    fn attributes(&self, attributes: &mut Attributes) {
        if let Some(id) = &mut attributes.id {
            *id = self.name(id);
        }
    }

    fn address(&self, address: &mut String) {
        match address.strip_prefix('#') {
            Some(id) if self.ids.contains(id) => *address = format!("#{}", self.name(id)),
            Some(_) => {}
            None if address.starts_with('/') || scheme(address).is_some() => {}
            None => address.insert_str(0, &self.base),
        }
    }
}
