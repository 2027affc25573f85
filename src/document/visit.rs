//! Walking the tree, in the order in which it is read.

use super::{Block, BlockKind, Inline, InlineKind};

macro_rules! walkers {
    ($visit:ident, $block:ident, $inline:ident, $($mutability:tt)?) => {
        /// A walk over a tree: override a method to act on a node, and call its `walk_` function
        /// to go on into the node's children.
        pub(crate) trait $visit {
            /// Comes to a block.
            fn block(&mut self, block: &$($mutability)? Block) {
                $block(self, block);
            }

            /// Comes to an inline.
            fn inline(&mut self, inline: &$($mutability)? Inline) {
                $inline(self, inline);
            }

            /// Comes to several blocks.
            fn blocks(&mut self, blocks: &$($mutability)? Vec<Block>) {
                for block in blocks {
                    self.block(block);
                }
            }

            /// Comes to several inlines.
            fn inlines(&mut self, inlines: &$($mutability)? Vec<Inline>) {
                for inline in inlines {
                    self.inline(inline);
                }
            }
        }

        /// Visits all that a block holds.
        pub(crate) fn $block<V: $visit + ?Sized>(visitor: &mut V, block: &$($mutability)? Block) {
            match &$($mutability)? block.kind {
                BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => {
                    visitor.inlines(content);
                }
                BlockKind::Quotation { blocks, .. } | BlockKind::Division { blocks, .. } => {
                    visitor.blocks(blocks);
                }
                BlockKind::List(list) => {
                    for item in &$($mutability)? list.items {
                        visitor.blocks(&$($mutability)? item.blocks);
                    }
                }
                BlockKind::Definitions(definitions) => {
                    for definition in definitions {
                        for term in &$($mutability)? definition.terms {
                            visitor.inlines(term);
                        }
                        for meaning in &$($mutability)? definition.descriptions {
                            visitor.blocks(meaning);
                        }
                    }
                }
                BlockKind::Table(table) => {
                    visitor.inlines(&$($mutability)? table.caption);
                    for rows in [&$($mutability)? table.head, &$($mutability)? table.body] {
                        for row in rows {
                            for cell in &$($mutability)? row.cells {
                                visitor.blocks(&$($mutability)? cell.blocks);
                            }
                        }
                    }
                }
                BlockKind::Figure(figure) => {
                    visitor.blocks(&$($mutability)? figure.blocks);
                    visitor.inlines(&$($mutability)? figure.caption);
                    visitor.inlines(&$($mutability)? figure.credit);
                }
                BlockKind::Code { .. } | BlockKind::Math(_) | BlockKind::ThematicBreak => {}
            }
        }

        /// Visits all that an inline holds.
        pub(crate) fn $inline<V: $visit + ?Sized>(visitor: &mut V, inline: &$($mutability)? Inline) {
            match &$($mutability)? inline.kind {
                InlineKind::Phrase(phrase) => {
                    visitor.inlines(&$($mutability)? phrase.content);
                }
                InlineKind::Link { content, .. } => visitor.inlines(content),
                InlineKind::Ruby { base, reading } => {
                    visitor.inlines(base);
                    visitor.inlines(reading);
                }
                InlineKind::Citation(citation) => {
                    for item in &$($mutability)? citation.items {
                        visitor.inlines(&$($mutability)? item.prefix);
                        visitor.inlines(&$($mutability)? item.suffix);
                    }
                }
                InlineKind::Text(_)
                | InlineKind::Code(_)
                | InlineKind::Picture(_)
                | InlineKind::NoteReference(_)
                | InlineKind::FootnoteReference(_)
                | InlineKind::Math(_)
                | InlineKind::LineBreak => {}
            }
        }
    };
}

walkers!(Visit, walk_block, walk_inline,);
walkers!(VisitMut, walk_block_mut, walk_inline_mut, mut);
