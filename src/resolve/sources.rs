//! Sources that a post names in brackets or after a dash, mostly at the end of a quotation.
//!
//! In a book a bracket is noise: a mark takes its place, and its note names the source. What
//! counts as the name of a source is in [`citation`](super::citation) and [`ending`](super::ending).

use std::collections::BTreeMap;

use crate::document::{
    Block, BlockKind, Inline, InlineKind, NoteId, VisitMut, walk_block_mut,
};
use crate::source::Span;

use super::citation;
use super::ending::{self, Ending};
use super::marks::{is_mark, mark, settle};
use super::notes::Notes;
use super::notetext::{NoteText, Source};

/// Finds the sources of a post.
pub(super) struct Sources<'a, 'n> {
    pub(super) text: NoteText<'a>,
    pub(super) notes: &'n mut Notes,
    /// What the notes that were made here name, with their addresses.
    pub(super) named: BTreeMap<NoteId, (Vec<Inline>, String)>,
}

impl VisitMut for Sources<'_, '_> {
    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
        for mut block in blocks.drain(..) {
            self.block(&mut block);
            match self.join_to_quotation(&mut kept, block) {
                Some(block) => kept.push(block),
                None => continue,
            }
        }
        *blocks = kept;
    }

    fn block(&mut self, block: &mut Block) {
        walk_block_mut(self, block);
        if let BlockKind::Quotation { blocks, .. } = &mut block.kind {
            let found =
                self.end_of_quotation(blocks).or_else(|| self.mark_within(blocks));
            if let Some(note) = found {
                self.name_quotation(block, note);
            }
        }
    }

    fn inlines(&mut self, run: &mut Vec<Inline>) {
        if has_bracket(run) && self.replace_brackets(run) {
            settle(run);
        }
    }
}

impl Sources<'_, '_> {
    /// The note for sources that are named together: the one that there is for the first, else
    /// a new one.
    fn note(&mut self, sources: Vec<Source>, span: Span) -> Option<NoteId> {
        let first = sources.first()?;
        if let ([only], Some(known)) =
            (sources.as_slice(), self.notes.source(&first.address))
        {
            let (words, address) = (only.words.clone(), only.address.clone());
            self.named.entry(known).or_insert((words, address));
            return Some(known);
        }
        let id = self.notes.add(self.text.sources(&sources, span));
        self.named.insert(id, (first.words.clone(), first.address.clone()));
        for source in &sources {
            self.notes.name_source(&source.address, id);
        }
        Some(id)
    }

    /// Puts marks in place of the brackets of a run that name sources; says whether it did.
    fn replace_brackets(&mut self, run: &mut Vec<Inline>) -> bool {
        let mut replaced = false;
        let mut out: Vec<Inline> = Vec::with_capacity(run.len());
        // Where what stands between brackets begins in `out`, if a bracket is open.
        let mut open: Option<usize> = None;
        for mut inline in run.drain(..) {
            let InlineKind::Text(text) = &inline.kind else {
                if let InlineKind::Phrase(phrase) = &mut inline.kind {
                    replaced |= self.replace_brackets(&mut phrase.content);
                }
                out.push(inline);
                continue;
            };
            let mut rest = text.as_str();
            while let Some(at) = rest.find(['[', ']']) {
                let (before, bracket) = rest.split_at(at);
                rest = &bracket[1..];
                if bracket.starts_with('[') {
                    out.push(Inline::text(format!("{before}["), inline.span));
                    open = Some(out.len());
                    continue;
                }
                if !before.is_empty() {
                    out.push(Inline::text(before, inline.span));
                }
                let found = open.take().and_then(|start| {
                    let sources = citation::read(&out[start..])?;
                    Some((start, self.note(sources, inline.span)?))
                });
                match found {
                    Some((start, note)) => {
                        out.truncate(start);
                        if let Some(Inline { kind: InlineKind::Text(text), .. }) =
                            out.last_mut()
                        {
                            text.pop();
                        }
                        out.push(mark(note, inline.span));
                        replaced = true;
                    }
                    None => out.push(Inline::text("]", inline.span)),
                }
            }
            if !rest.is_empty() {
                out.push(Inline::text(rest, inline.span));
            }
        }
        *run = join(out);
        replaced
    }

    /// The source that a quotation ends with.
    fn end_of_quotation(&mut self, blocks: &mut Vec<Block>) -> Option<NoteId> {
        let last = blocks.last_mut()?;
        let span = last.span;
        let BlockKind::Paragraph(content) = &mut last.kind else {
            return match &mut last.kind {
                BlockKind::Division { blocks, .. } => self.end_of_quotation(blocks),
                _ => None,
            };
        };
        if content.last().is_some_and(is_mark) {
            let note = self.last_named(content);
            self.join_marks(blocks);
            return note;
        }
        match ending::read(content, &self.text.post.header.sources)? {
            Ending::Name { keep, sources } => {
                let note = self.note(sources, span)?;
                content.truncate(keep.inlines);
                if let (Some(length), Some(Inline { kind: InlineKind::Text(text), .. })) =
                    (keep.text, content.last_mut())
                {
                    text.truncate(length);
                }
                content.push(mark(note, span));
                settle(content);
                self.join_marks(blocks);
                Some(note)
            }
            Ending::Attribution { after, source } => {
                let note = self.note(vec![source], span)?;
                content.insert(after, mark(note, span));
                settle(content);
                add_class(last, "attribution");
                Some(note)
            }
        }
    }

    /// A mark that was put into a quotation, but not at its end.
    fn mark_within(&self, blocks: &[Block]) -> Option<NoteId> {
        blocks.iter().rev().find_map(|block| match &block.kind {
            BlockKind::Paragraph(content) => self.last_named(content),
            _ => None,
        })
    }

    fn last_named(&self, content: &[Inline]) -> Option<NoteId> {
        content.iter().rev().find_map(|inline| match &inline.kind {
            InlineKind::NoteReference(reference) => {
                self.named.contains_key(&reference.note).then_some(reference.note)
            }
            _ => None,
        })
    }

    fn name_quotation(&self, quotation: &mut Block, note: NoteId) {
        if let BlockKind::Quotation { source, cite, .. } = &mut quotation.kind {
            *source = Some(note);
            if let (None, Some((_, address))) = (&cite, self.named.get(&note)) {
                *cite = Some(address.clone());
            }
        }
        add_class(quotation, "excerpt");
    }

    /// Takes a paragraph that only names the source of what stands before it to its end; gives
    /// back any other block.
    fn join_to_quotation(
        &mut self,
        before: &mut Vec<Block>,
        mut block: Block,
    ) -> Option<Block> {
        let BlockKind::Paragraph(content) = &mut block.kind else { return Some(block) };
        let quoted = before
            .last()
            .is_some_and(|it| matches!(it.kind, BlockKind::Quotation { .. }));
        let mut note = None;
        if quoted && !content.iter().any(is_mark) {
            match ending::read_after(content) {
                Some(Ending::Name { sources, .. }) => {
                    note = self.note(sources, block.span);
                    if let Some(note) = note {
                        *content = vec![mark(note, block.span)];
                    }
                }
                Some(Ending::Attribution { after, source }) => {
                    note = self.note(vec![source], block.span);
                    if let Some(note) = note {
                        content.insert(after, mark(note, block.span));
                        settle(content);
                        add_class(&mut block, "attribution");
                    }
                }
                None => {}
            }
        }
        let BlockKind::Paragraph(content) = &block.kind else { return Some(block) };
        let only_marks = !content.is_empty() && content.iter().all(is_mark);
        if only_marks {
            note = self.last_named(content);
        }
        if let (Some(note), true, Some(quotation)) = (note, quoted, before.last_mut()) {
            self.name_quotation(quotation, note);
        }
        if !only_marks {
            return Some(block);
        }
        before.push(block);
        self.join_marks(before);
        None
    }

    /// A last paragraph of nothing but marks: they go to the end of what stands before it, or
    /// else the source is named in words.
    fn join_marks(&self, blocks: &mut Vec<Block>) {
        let Some(last) = blocks.pop() else { return };
        let Block { kind: BlockKind::Paragraph(marks), attributes, span } = last else {
            return blocks.push(last);
        };
        if !marks.iter().all(is_mark) {
            return blocks.push(Block {
                kind: BlockKind::Paragraph(marks),
                attributes,
                span,
            });
        }
        if let Some(end) = end_of(blocks) {
            end.extend(marks);
            return settle(end);
        }
        let mut content: Vec<Inline> = Vec::new();
        if let Some((words, address)) =
            self.last_named(&marks).and_then(|it| self.named.get(&it))
        {
            content.extend(words.iter().cloned());
            if words.is_empty() {
                content.push(super::notetext::address_link(address, span));
            }
        }
        content.extend(marks);
        let mut block = Block { kind: BlockKind::Paragraph(content), attributes, span };
        add_class(&mut block, "attribution");
        blocks.push(block);
    }
}

fn has_bracket(run: &[Inline]) -> bool {
    run.iter().any(|inline| match &inline.kind {
        InlineKind::Text(text) => text.contains('['),
        InlineKind::Phrase(phrase) => has_bracket(&phrase.content),
        _ => false,
    })
}

/// The run in which blocks end, if they end in words.
fn end_of(blocks: &mut [Block]) -> Option<&mut Vec<Inline>> {
    match &mut blocks.last_mut()?.kind {
        BlockKind::Paragraph(content) => Some(content),
        BlockKind::Quotation { blocks, .. } | BlockKind::Division { blocks, .. } => {
            end_of(blocks)
        }
        BlockKind::List(list) => end_of(&mut list.items.last_mut()?.blocks),
        _ => None,
    }
}

fn add_class(block: &mut Block, class: &str) {
    let classes = &mut block.attributes.classes;
    if !classes.iter().any(|known| known == class) {
        classes.push(class.to_owned());
    }
}

/// Joins words that stand side by side.
fn join(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut joined: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        if let InlineKind::Text(text) = &inline.kind
            && let Some(Inline { kind: InlineKind::Text(before), span }) =
                joined.last_mut()
        {
            before.push_str(text);
            *span = span.join(inline.span);
            continue;
        }
        joined.push(inline);
    }
    joined.retain(
        |inline| !matches!(&inline.kind, InlineKind::Text(text) if text.is_empty()),
    );
    joined
}
