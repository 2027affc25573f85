//! Takes out of the tree of a post what was found.

use crate::document::{
    Block, BlockKind, Definition, Figure, Inline, InlineKind, List, ListItem, Phrase,
    Row, Table, Visit, plain_text, walk_block, walk_inline,
};
use crate::source::Span;

use super::Edited;
use super::elements::link_of;
use super::select::Found;

/// Takes it out. `edited` learns what rules hit, and which places are no longer in the book.
pub(super) fn remove(found: Found, edited: &mut Edited) {
    if !found.marked.contains(&true) {
        return;
    }
    let Found { marked, ends, hits } = found;
    edited.hits.extend(hits);
    let removed = Removed::default();
    // The whole post is the first element.
    let mut remover = Remover { marked: &marked, ends: &ends, next: 1, removed };
    remover.blocks(&mut edited.document.blocks);
    edited.document.footnotes.retain_mut(|footnote| {
        let whole = remover.takes();
        if !whole {
            remover.blocks(&mut footnote.blocks);
        }
        let goes = whole || footnote.blocks.is_empty() && remover.removed.any;
        if goes {
            let mut spans = Removed::default();
            spans.spans.push(footnote.span);
            footnote.blocks.iter().for_each(|block| spans.block(block));
            remover.removed.merge(spans);
            remover.removed.footnotes.push(footnote.label.to_lowercase());
        }
        !goes
    });
    debug_assert_eq!(remover.next, ends[0], "both walks go the same way");
    let Removed { spans, wholes, references, footnotes, .. } = remover.removed;
    edited.changed.extend(spans);
    edited.omitted.extend(wholes);
    edited.references.extend(references);
    edited.footnotes.extend(footnotes);
}

/// What was taken out.
#[derive(Default)]
struct Removed {
    /// Where each part of it was written.
    spans: Vec<Span>,
    /// From where to where each whole was.
    wholes: Vec<Span>,
    /// The labels of the footnotes that it refers to.
    references: Vec<String>,
    /// The labels of the footnotes that were taken out.
    footnotes: Vec<String>,
    any: bool,
}

impl Visit for Removed {
    fn block(&mut self, block: &Block) {
        self.spans.extend(block.span.attached());
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        self.spans.extend(inline.span.attached());
        if let InlineKind::FootnoteReference(label) = &inline.kind {
            self.references.push(label.to_lowercase());
        }
        walk_inline(self, inline);
    }
}

impl Removed {
    /// Takes in what was taken out at once.
    fn merge(&mut self, other: Self) {
        let first = other.spans.first().copied();
        let whole = first.map(|first| {
            let same = other.spans.iter().filter(|span| span.file == first.file);
            same.fold(first, |whole, span| whole.join(*span))
        });
        self.wholes.extend(whole);
        self.spans.extend(other.spans);
        self.references.extend(other.references);
        self.any = true;
    }
}

/// Goes over the tree in the order in which `elements` numbers it.
struct Remover<'f> {
    marked: &'f [bool],
    ends: &'f [usize],
    next: usize,
    removed: Removed,
}

impl Remover<'_> {
    /// Comes to an element: whether it goes, with all that it holds.
    fn takes(&mut self) -> bool {
        let element = self.next;
        let takes = self.marked[element];
        self.next = if takes { self.ends[element] } else { element + 1 };
        takes
    }

    fn take_blocks(&mut self, blocks: &[Block]) {
        let mut removed = Removed::default();
        blocks.iter().for_each(|block| removed.block(block));
        self.removed.merge(removed);
    }

    fn take_inlines(&mut self, inlines: &[Inline]) {
        let mut removed = Removed::default();
        inlines.iter().for_each(|inline| removed.inline(inline));
        self.removed.merge(removed);
    }

    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        blocks.retain_mut(|block| {
            if self.takes() {
                self.take_blocks(std::slice::from_ref(block));
                return false;
            }
            self.within(block)
        });
    }

    /// Goes into a block; whether it stays: what held something and no longer does goes, too.
    fn within(&mut self, block: &mut Block) -> bool {
        match &mut block.kind {
            BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => {
                let was_blank = is_blank(content);
                self.inlines(content);
                was_blank || !is_blank(content)
            }
            BlockKind::Quotation { blocks, .. } | BlockKind::Division { blocks, .. } => {
                let was_empty = blocks.is_empty();
                self.blocks(blocks);
                was_empty || !blocks.is_empty()
            }
            BlockKind::List(list) => self.list(list),
            BlockKind::Definitions(definitions) => self.definitions(definitions),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Figure(figure) => self.figure(figure),
            BlockKind::Code { .. } | BlockKind::Math(_) | BlockKind::ThematicBreak => {
                true
            }
        }
    }

    fn list(&mut self, list: &mut List) -> bool {
        list.items.retain_mut(|item| {
            let ListItem { blocks, .. } = item;
            if self.takes() {
                self.take_blocks(blocks);
                return false;
            }
            let was_empty = blocks.is_empty();
            self.blocks(blocks);
            was_empty || !blocks.is_empty()
        });
        !list.items.is_empty()
    }

    fn definitions(&mut self, definitions: &mut Vec<Definition>) -> bool {
        definitions.retain_mut(|Definition { terms, descriptions }| {
            terms.retain_mut(|term| {
                let takes = self.takes();
                if takes {
                    self.take_inlines(term);
                } else {
                    self.inlines(term);
                }
                !takes
            });
            descriptions.retain_mut(|description| {
                if self.takes() {
                    self.take_blocks(description);
                    return false;
                }
                let was_empty = description.is_empty();
                self.blocks(description);
                was_empty || !description.is_empty()
            });
            !(terms.is_empty() && descriptions.is_empty())
        });
        !definitions.is_empty()
    }

    fn table(&mut self, table: &mut Table) -> bool {
        let Table { caption, head, body, .. } = table;
        if !caption.is_empty() {
            if self.takes() {
                self.take_inlines(&std::mem::take(caption));
            } else {
                self.inlines(caption);
            }
        }
        for rows in [&mut *head, &mut *body] {
            if !rows.is_empty() {
                if self.takes() {
                    rows.drain(..).for_each(|row| self.take_row(row));
                } else {
                    self.rows(rows);
                }
            }
        }
        !(head.is_empty() && body.is_empty())
    }

    /// A cell that goes leaves its place empty: those after it stay in their columns.
    fn rows(&mut self, rows: &mut Vec<Row>) {
        rows.retain_mut(|row| {
            if self.takes() {
                self.take_row(std::mem::take(row));
                return false;
            }
            for cell in &mut row.cells {
                if self.takes() {
                    self.take_blocks(&std::mem::take(&mut cell.blocks));
                } else {
                    self.blocks(&mut cell.blocks);
                }
            }
            true
        });
    }

    fn take_row(&mut self, row: Row) {
        row.cells.iter().for_each(|cell| self.take_blocks(&cell.blocks));
    }

    /// A caption goes with what it is of.
    fn figure(&mut self, figure: &mut Figure) -> bool {
        let Figure { blocks, caption, credit } = figure;
        let was_empty = blocks.is_empty();
        self.blocks(blocks);
        let goes = blocks.is_empty() && !was_empty;
        if !(caption.is_empty() && credit.is_empty()) {
            let takes = self.takes();
            for run in [caption, credit] {
                if takes || goes {
                    self.take_inlines(&std::mem::take(run));
                }
                if !takes {
                    self.inlines(run);
                }
            }
        }
        !goes
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
        let mut gap = false;
        for mut inline in inlines.drain(..) {
            if !self.inline(&mut inline) {
                gap = true;
                continue;
            }
            if std::mem::take(&mut gap) {
                close_gap(out.last_mut(), &mut inline);
            }
            out.push(inline);
        }
        if gap && let Some(Inline { kind: InlineKind::Text(text), .. }) = out.last_mut() {
            text.truncate(text.trim_end_matches(' ').len());
        }
        *inlines = out;
    }

    /// Comes to an inline; whether it stays.
    fn inline(&mut self, inline: &mut Inline) -> bool {
        let is_element = match &inline.kind {
            InlineKind::Phrase(phrase) => link_of(phrase, inline.span).is_none(),
            InlineKind::Text(_)
            | InlineKind::FootnoteReference(_)
            | InlineKind::NoteReference(_)
            | InlineKind::Citation(_)
            | InlineKind::Math(_) => false,
            _ => true,
        };
        if is_element && self.takes() {
            self.take_inlines(std::slice::from_ref(inline));
            return false;
        }
        match &mut inline.kind {
            InlineKind::Phrase(Phrase { content, .. })
            | InlineKind::Link { content, .. } => {
                let was_empty = content.is_empty();
                self.inlines(content);
                was_empty || !content.is_empty()
            }
            InlineKind::Ruby { base, reading } => {
                self.inlines(base);
                if self.takes() {
                    self.take_inlines(&std::mem::take(reading));
                } else {
                    self.inlines(reading);
                }
                true
            }
            _ => true,
        }
    }
}

/// Leaves one space of those around a gap, and none before a mark that ends something.
fn close_gap(before: Option<&mut Inline>, after: &mut Inline) {
    let InlineKind::Text(after) = &mut after.kind else { return };
    let Some(Inline { kind: InlineKind::Text(before), .. }) = before else {
        if before.is_none() {
            after.drain(..after.len() - after.trim_start_matches(' ').len());
        }
        return;
    };
    if before.ends_with(' ')
        && after.starts_with([' ', ',', '.', ';', ':', '!', '?', ')'])
    {
        before.pop();
    }
}

fn is_blank(inlines: &[Inline]) -> bool {
    let shows = |inline: &Inline| match &inline.kind {
        InlineKind::Text(text) => !text.trim().is_empty(),
        InlineKind::Phrase(phrase) => !is_blank(&phrase.content),
        InlineKind::Link { content, .. } => !is_blank(content),
        InlineKind::LineBreak => false,
        InlineKind::Picture(_)
        | InlineKind::FootnoteReference(_)
        | InlineKind::NoteReference(_)
        | InlineKind::Citation(_) => true,
        _ => !plain_text(std::slice::from_ref(inline)).is_empty(),
    };
    !inlines.iter().any(shows)
}
