//! What the inside of an open frame is made of, and how it is put in order.
//!
//! HTML lets anything stand in anything. So a frame gathers whatever comes, and when it closes,
//! [`into_blocks`] or [`into_inlines`] gives each stray piece the parent that it lacks: words a
//! paragraph, items a list, cells a row and a table. Nothing is thrown away.

use crate::document::{
    Alignment, Attributes, Block, BlockKind, Cell, Definition, Inline, InlineKind, List,
    ListItem, Row,
};
use crate::source::Span;

use super::table::TableBuilder;

/// A part of what a frame holds.
#[derive(Debug)]
pub(super) enum Piece {
    Inline(Inline),
    Block(Block),
    /// A paragraph ends here, as an element that could not be kept would have ended it.
    Break,
    Item {
        item: ListItem,
        /// Whether it holds a paragraph that was written as one.
        loose: bool,
    },
    Column(Alignment),
    Row {
        row: Row,
        head: bool,
        alignments: Vec<Option<Alignment>>,
    },
    Cell {
        cell: Cell,
        alignment: Option<Alignment>,
    },
    Caption(Vec<Inline>),
    Term(Vec<Inline>),
    Description(Vec<Block>),
    /// What stands beside the text of a ruby annotation.
    Reading(Vec<Inline>),
}

/// Blocks, whatever the pieces are.
pub(super) fn into_blocks(pieces: Vec<Piece>, span: Span) -> Vec<Block> {
    let mut gather = Gather { span, blocks: Vec::new(), open: Open::None };
    for piece in pieces {
        gather.take(piece);
    }
    gather.end();
    gather.blocks
}

/// Inlines, whatever the pieces are: blocks lose their walls.
pub(super) fn into_inlines(pieces: Vec<Piece>, span: Span) -> Vec<Inline> {
    if pieces.iter().all(|piece| matches!(piece, Piece::Inline(_))) {
        let inline = |piece| match piece {
            Piece::Inline(inline) => Some(inline),
            _ => None,
        };
        return pieces.into_iter().filter_map(inline).collect();
    }
    flatten(into_blocks(pieces, span))
}

/// The inlines of blocks, one block after the other with a space between.
pub(super) fn flatten(blocks: Vec<Block>) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for block in blocks {
        if !inlines.is_empty() {
            inlines.push(Inline::text(" ", block.span));
        }
        flatten_block(block, &mut inlines);
    }
    inlines
}

/// A list of items; loose if one of them is.
pub(super) fn list(start: Option<i64>, pieces: Vec<Piece>, span: Span) -> List {
    let mut list = List { start, reversed: false, tight: true, items: Vec::new() };
    let mut stray = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Item { item, loose } => {
                adopt(&mut list, &mut stray, span);
                list.tight &= !loose;
                list.items.push(item);
            }
            stray_piece => stray.push(stray_piece),
        }
    }
    adopt(&mut list, &mut stray, span);
    list
}

/// What stands in a list outside its items belongs to the item before it: so browsers show it.
fn adopt(list: &mut List, stray: &mut Vec<Piece>, span: Span) {
    let blocks = into_blocks(std::mem::take(stray), span);
    if blocks.is_empty() {
        return;
    }
    match list.items.last_mut() {
        Some(item) => item.blocks.extend(blocks),
        None => {
            let attributes = Attributes::default();
            list.items.push(ListItem {
                task: None,
                value: None,
                attributes,
                blocks,
                span,
            });
        }
    }
}

/// Whether an inline is nothing but space.
pub(super) fn is_blank(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Text(text) => text.chars().all(|c| c.is_ascii_whitespace()),
        InlineKind::LineBreak => true,
        InlineKind::Phrase(phrase) => {
            !phrase.is_kept() && phrase.content.iter().all(is_blank)
        }
        _ => false,
    }
}

/// Words as a paragraph, unless there are none.
pub(super) fn paragraph(content: Vec<Inline>) -> Option<Block> {
    let first = content.iter().find(|inline| !is_blank(inline))?.span;
    let last = content.iter().rfind(|inline| !is_blank(inline))?.span;
    Some(Block::new(BlockKind::Paragraph(content), first.join(last)))
}

/// Gathers pieces into blocks.
struct Gather {
    span: Span,
    blocks: Vec<Block>,
    open: Open,
}

/// The block that is being gathered.
enum Open {
    None,
    Paragraph(Vec<Inline>),
    List(Vec<Piece>),
    Definitions(Vec<Definition>),
    Table(TableBuilder),
}

impl Gather {
    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Inline(inline) => self.inline(inline),
            Piece::Caption(inlines) => {
                self.end();
                self.open = Open::Paragraph(inlines);
                self.end();
            }
            Piece::Reading(inlines) => {
                for inline in inlines {
                    self.inline(inline);
                }
            }
            Piece::Block(block) => {
                self.end();
                self.blocks.push(block);
            }
            Piece::Break => self.end(),
            Piece::Item { .. } => {
                if !matches!(self.open, Open::List(_)) {
                    self.end();
                    self.open = Open::List(Vec::new());
                }
                if let Open::List(pieces) = &mut self.open {
                    pieces.push(piece);
                }
            }
            Piece::Column(_) | Piece::Row { .. } | Piece::Cell { .. } => {
                if !matches!(self.open, Open::Table(_)) {
                    self.end();
                    self.open = Open::Table(TableBuilder::default());
                }
                if let Open::Table(table) = &mut self.open {
                    table.take(piece);
                }
            }
            Piece::Term(term) => {
                self.definitions(|definitions| match definitions.last_mut() {
                    Some(last) if last.descriptions.is_empty() => last.terms.push(term),
                    _ => definitions
                        .push(Definition { terms: vec![term], descriptions: Vec::new() }),
                })
            }
            Piece::Description(meaning) => self.definitions(|definitions| {
                if definitions.is_empty() {
                    definitions
                        .push(Definition { terms: Vec::new(), descriptions: Vec::new() });
                }
                if let Some(last) = definitions.last_mut() {
                    last.descriptions.push(meaning);
                }
            }),
        }
    }

    fn inline(&mut self, inline: Inline) {
        match &mut self.open {
            Open::Paragraph(content) => content.push(inline),
            // The space between two items or rows is no end of the list or table.
            Open::None | Open::List(_) | Open::Table(_) | Open::Definitions(_)
                if is_blank(&inline) => {}
            _ => {
                self.end();
                self.open = Open::Paragraph(vec![inline]);
            }
        }
    }

    fn definitions(&mut self, change: impl FnOnce(&mut Vec<Definition>)) {
        if !matches!(self.open, Open::Definitions(_)) {
            self.end();
            self.open = Open::Definitions(Vec::new());
        }
        if let Open::Definitions(definitions) = &mut self.open {
            change(definitions);
        }
    }

    /// Ends the block that is being gathered.
    fn end(&mut self) {
        let span = self.span;
        match std::mem::replace(&mut self.open, Open::None) {
            Open::None => {}
            Open::Paragraph(content) => self.blocks.extend(paragraph(content)),
            Open::List(pieces) => {
                let list = list(None, pieces, span);
                self.blocks.push(Block::new(BlockKind::List(list), span));
            }
            Open::Definitions(definitions) => {
                self.blocks.push(Block::new(BlockKind::Definitions(definitions), span));
            }
            Open::Table(table) => self.blocks.extend(table.finish(span)),
        }
    }
}

fn flatten_block(block: Block, into: &mut Vec<Inline>) {
    let span = block.span;
    let blocks = |blocks: Vec<Block>, into: &mut Vec<Inline>| {
        into.extend(flatten(blocks));
        into.push(Inline::text(" ", span));
    };
    match block.kind {
        BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => {
            into.extend(content);
        }
        BlockKind::Quotation { blocks: inner, .. }
        | BlockKind::Division { blocks: inner, .. } => into.extend(flatten(inner)),
        BlockKind::List(list) => {
            for item in list.items {
                blocks(item.blocks, into);
            }
        }
        BlockKind::Definitions(definitions) => {
            for definition in definitions {
                for term in definition.terms {
                    into.extend(term);
                    into.push(Inline::text(" ", span));
                }
                for meaning in definition.descriptions {
                    blocks(meaning, into);
                }
            }
        }
        BlockKind::Code { text, .. } => {
            into.push(Inline::new(InlineKind::Code(text), span));
        }
        BlockKind::Table(table) => {
            into.extend(table.caption);
            for row in table.head.into_iter().chain(table.body) {
                for cell in row.cells {
                    blocks(cell.blocks, into);
                }
            }
        }
        BlockKind::Figure(figure) => {
            blocks(figure.blocks, into);
            into.extend(figure.caption);
            into.push(Inline::text(" ", span));
            into.extend(figure.credit);
        }
        BlockKind::Math(math) => into.push(Inline::new(InlineKind::Math(math), span)),
        BlockKind::ThematicBreak => {}
    }
}
