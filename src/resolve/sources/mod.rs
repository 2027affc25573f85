//! Sources that a post names in brackets or after a dash, mostly at the end of a quotation.
//!
//! In a book a bracket is noise: a mark takes its place, and its note names the source. The forms
//! are the table of `docs/notes.md`; what is named together is read by [`list`].

mod attribution;
mod brackets;
mod ending;
mod leadin;
mod list;
mod names;
mod words;

use std::collections::BTreeMap;

use crate::address::is_web;
use crate::document::{
    Block, BlockKind, Inline, InlineKind, NoteId, Target, VisitMut, end_of, plain_text,
    walk_block_mut,
};
use crate::source::Span;

use super::findings::{FoundSource, SourceForm, UnresolvedBracket};
use super::marks::{is_mark, mark, settle};
use super::notes::Notes;
use super::notetext::NoteText;
use ending::Ending;
pub(super) use list::Source;
pub(super) use names::Names;
pub(super) use words::is_generic;

/// Finds the sources of a post.
pub(super) struct Sources<'a, 'n> {
    text: NoteText<'a>,
    names: Names<'a>,
    notes: &'n mut Notes,
    /// Whether what is read stands in a quotation.
    quoted: bool,
    /// What the notes that were made here name.
    named: BTreeMap<NoteId, Source>,
}

/// In which form a source was found, and where.
#[derive(Debug, Clone, Copy)]
struct Placed {
    form: SourceForm,
    span: Span,
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
        self.lead_ins(blocks);
    }

    fn block(&mut self, block: &mut Block) {
        let outside = !self.quoted;
        self.quoted |= matches!(block.kind, BlockKind::Quotation { .. });
        walk_block_mut(self, block);
        self.quoted &= !outside;
        match &mut block.kind {
            BlockKind::Quotation { blocks, .. } => {
                let found =
                    self.end_of_quotation(blocks).or_else(|| self.mark_within(blocks));
                if let Some(note) = found {
                    self.name_quotation(block, note);
                }
            }
            BlockKind::Figure(figure) => {
                for run in [&mut figure.caption, &mut figure.credit] {
                    if let Some(ending) = ending::closing_link(run, self.names, true) {
                        let span = run.last().map_or(block.span, |last| last.span);
                        self.put(run, ending, span);
                    }
                }
            }
            _ => {}
        }
    }

    fn inlines(&mut self, run: &mut Vec<Inline>) {
        if has_bracket(run) && self.replace_brackets(run) {
            settle(run);
        }
    }
}

impl<'a, 'n> Sources<'a, 'n> {
    /// Of a post whose notes go to `notes`.
    pub(super) fn new(
        text: NoteText<'a>,
        names: Names<'a>,
        notes: &'n mut Notes,
    ) -> Self {
        Self { text, names, notes, quoted: false, named: BTreeMap::new() }
    }

    /// The note for sources that are named together: the one that there is for the only one, else
    /// a new one.
    fn note(&mut self, sources: Vec<Source>, placed: Placed) -> Option<NoteId> {
        let first = sources.first()?.clone();
        let known = match sources.as_slice() {
            [Source { address: Some(address), .. }] => self.notes.source(address),
            _ => None,
        };
        let note = known.unwrap_or_else(|| {
            let blocks = self.text.sources(&sources, placed.span);
            let note = self.notes.add(blocks);
            self.notes.set_name(note, self.text.name(&first, placed.form));
            note
        });
        for source in &sources {
            if let Some(address) = &source.address {
                self.notes.name_source(address, note);
            }
            self.notes.findings.sources.push(FoundSource {
                span: placed.span,
                form: placed.form,
                name: plain_text(&source.words),
                address: source.address.clone().unwrap_or_default(),
                title: String::new(),
                note: Some(note),
            });
        }
        self.named.entry(note).or_insert(first);
        Some(note)
    }

    /// Puts a mark where a run names its sources at its end; gives the note, and whether the
    /// words stay.
    fn put(
        &mut self,
        run: &mut Vec<Inline>,
        ending: Ending,
        span: Span,
    ) -> Option<(NoteId, bool)> {
        match ending {
            Ending::Name { keep, sources, form } => {
                let note = self.note(sources, Placed { form, span })?;
                run.truncate(keep.inlines);
                if let (Some(length), Some(Inline { kind: InlineKind::Text(text), .. })) =
                    (keep.text, run.last_mut())
                {
                    text.truncate(length);
                }
                run.push(mark(note, span));
                settle(run);
                Some((note, false))
            }
            Ending::Attribution { after, source, form } => {
                let note = self.note(vec![source], Placed { form, span })?;
                run.insert(after, mark(note, span));
                settle(run);
                Some((note, true))
            }
        }
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
        let Some(ending) = ending::read(content, self.names) else {
            if let Some(name) = ending::unknown_name(content) {
                let text = name.to_owned();
                let reason = "no address is known for this name; `sources` may give it";
                let span = content.last().map_or(span, |last| last.span);
                self.notes.findings.left.push(UnresolvedBracket { span, text, reason });
            }
            return None;
        };
        let (note, stays) = self.put(content, ending, span)?;
        if stays {
            last.attributes.add_class("attribution");
        } else {
            self.join_marks(blocks);
        }
        Some(note)
    }

    /// Binds quotations to the sentences before them that say whose words follow.
    fn lead_ins(&mut self, blocks: &mut [Block]) {
        for at in 1..blocks.len() {
            let (before, from) = blocks.split_at_mut(at);
            let (Some(before), Some(quotation)) = (before.last_mut(), from.first_mut())
            else {
                continue;
            };
            self.lead_in(before, quotation);
            self.cite_attribute(quotation);
        }
        if let Some(first) = blocks.first_mut() {
            self.cite_attribute(first);
        }
    }

    fn lead_in(&mut self, before: &mut Block, quotation: &mut Block) {
        let BlockKind::Quotation { blocks, source: None, .. } = &mut quotation.kind
        else {
            return;
        };
        let BlockKind::Paragraph(run) = &mut before.kind else { return };
        let Some(found) = leadin::read(run, self.names) else { return };
        let placed = Placed { form: SourceForm::LeadIn, span: before.span };
        let Some(note) = self.note(vec![found.source], placed) else { return };
        // The link needs no mark of its own: the quotation's stands where a reader looks for it.
        if let Some(Inline { kind: InlineKind::Link { target, .. }, .. }) =
            found.link.and_then(|at| run.get_mut(at))
        {
            *target = Target::Note(note);
        }
        self.append_mark(blocks, note, quotation.span);
        self.name_quotation(quotation, note);
    }

    /// `<blockquote cite="…">` that names no other source.
    fn cite_attribute(&mut self, block: &mut Block) {
        let span = block.span;
        let BlockKind::Quotation { blocks, source: None, cite: Some(cite) } =
            &mut block.kind
        else {
            return;
        };
        if !is_web(cite) {
            return;
        }
        let source = Source {
            lead: String::new(),
            words: Vec::new(),
            is_outlet: false,
            detail: String::new(),
            address: Some(cite.clone()),
            reference: None,
        };
        let placed = Placed { form: SourceForm::CiteAttribute, span };
        if let Some(note) = self.note(vec![source], placed) {
            self.append_mark(blocks, note, span);
            self.name_quotation(block, note);
        }
    }

    /// Puts a mark at the end of a quotation that has none.
    fn append_mark(&self, blocks: &mut Vec<Block>, note: NoteId, span: Span) {
        let marks = BlockKind::Paragraph(vec![mark(note, span)]);
        blocks.push(Block::new(marks, span));
        self.join_marks(blocks);
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
                self.notes.names(reference.note).then_some(reference.note)
            }
            _ => None,
        })
    }

    fn name_quotation(&self, quotation: &mut Block, note: NoteId) {
        // What the quotation itself says of its source goes before what comes after it.
        if let BlockKind::Quotation { source: source @ None, cite, .. } =
            &mut quotation.kind
        {
            *source = Some(note);
            if cite.is_none() {
                *cite = self.notes.address(note);
            }
        }
        quotation.attributes.add_class("excerpt");
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
        if quoted
            && !content.iter().any(is_mark)
            && let Some(ending) = ending::read_after(content, self.names)
            && let Some((found, stays)) = self.put(content, ending, block.span)
        {
            note = Some(found);
            if stays {
                block.attributes.add_class("attribution");
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
        if let Some(source) = self.last_named(&marks).and_then(|it| self.named.get(&it)) {
            content.extend(source.words.iter().cloned());
            if let (true, Some(address)) = (source.words.is_empty(), &source.address) {
                content.push(super::notetext::address_link(address, span));
            }
        }
        content.extend(marks);
        let mut block = Block { kind: BlockKind::Paragraph(content), attributes, span };
        block.attributes.add_class("attribution");
        blocks.push(block);
    }
}

fn has_bracket(run: &[Inline]) -> bool {
    run.iter().any(|inline| match &inline.kind {
        InlineKind::Text(text) => text.contains(['[', '(']),
        InlineKind::Link { content, .. } => list::unbracketed(content).is_some(),
        InlineKind::Phrase(phrase) => has_bracket(&phrase.content),
        _ => false,
    })
}
