//! The widths of columns: as wide as they need to be, and the letters smaller if that is not to
//! be had.

use super::grid::{Cell, Grid};
use crate::markup::{Child, ElementId};
use crate::style::{Display, ElementStyle, Style};
use crate::typeset::flow::Flow;
use crate::typeset::inline::atoms::{self, Atom};
use crate::typeset::inline::breaks::BreakKind;
use crate::typeset::inline::collect::{self, BlockContainer, Part};
use crate::typeset::output::structure::TagBuilder;
use crate::units::Pt;

/// Sizes of the letters, in parts of what the style says, tried until the columns fit.
const SIZES: [f64; 3] = [1.0, 0.9, 0.8];

/// A picture in a cell becomes no narrower than this for its column's sake, in em.
const MIN_PICTURE_EM: f64 = 5.0;

/// Where the columns are, and the size of the letters in parts of what the style says.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub(super) widths: Vec<Pt>,
    pub(super) scale: f64,
    /// Whether they are narrower than their longest words.
    pub(super) crowded: bool,
    /// The space around each cell, across: none where borders collapse.
    gap: Pt,
}

impl Columns {
    pub(super) fn left(&self, column: usize) -> Pt {
        let before: Pt = self.widths.iter().take(column).copied().sum();
        before + self.gap * (column as f64 + 1.0)
    }

    /// How wide a cell is that takes `span` columns.
    pub(super) fn width(&self, column: usize, span: usize) -> Pt {
        let columns: Pt = self.widths.iter().skip(column).take(span).copied().sum();
        columns + self.gap * (span.max(1) as f64 - 1.0)
    }

    pub(super) fn total(&self) -> Pt {
        self.left(self.widths.len())
    }
}

/// The space between cells, across and down.
pub(super) fn spacing(style: &Style) -> (Pt, Pt) {
    if style.border_collapse { (Pt::ZERO, Pt::ZERO) } else { style.border_spacing }
}

/// How wide something is: where it breaks wherever it may, and where it does nowhere.
#[derive(Debug, Clone, Copy, Default)]
struct Extent {
    least: Pt,
    most: Pt,
}

impl Extent {
    fn or(self, other: Self) -> Self {
        Self { least: self.least.max(other.least), most: self.most.max(other.most) }
    }
}

impl Flow<'_, '_, '_> {
    /// The widths of the columns of a table in a measure.
    pub(super) fn columns(&mut self, grid: &Grid, style: &Style, measure: Pt) -> Columns {
        let cells: Vec<(Cell, Extent)> = grid
            .cells
            .iter()
            .filter(|cell| cell.columns == 1)
            .filter_map(|cell| Some((*cell, self.cell_extent(cell.element?))))
            .collect();
        let head = grid.head();
        let nothing = vec![Extent::default(); grid.columns];
        let (mut plain, mut folded) = (nothing.clone(), nothing);
        for (cell, extent) in cells {
            plain[cell.column] = plain[cell.column].or(extent);
            // A heading may go on two lines before anything else has to.
            let half = extent.least.max(extent.most / 2.0);
            let most = if cell.row < head { half } else { extent.most };
            folded[cell.column] = folded[cell.column].or(Extent { most, ..extent });
        }
        let (gap, _) = spacing(style);
        let gaps = gap * (grid.columns as f64 + 1.0);
        let set = style.width.map(|width| width.of(measure).min(measure) - gaps);
        let room = set.unwrap_or(measure - gaps);
        let least: Pt = plain.iter().map(|it| it.least).sum();
        let fits = |scale: &&f64| least * **scale <= room + Pt(0.01);
        let fitting = SIZES.iter().find(fits);
        let (scale, crowded) = (*fitting.unwrap_or(&SIZES[2]), fitting.is_none());
        let most: Pt = plain.iter().map(|it| it.most).sum();
        let extents = if most * scale <= room { plain } else { folded };
        let mut widths = shared(&extents, scale, room);
        let total: Pt = widths.iter().copied().sum();
        if let Some(set) = set.filter(|set| *set > total && total > Pt::ZERO) {
            widths.iter_mut().for_each(|width| *width = *width * (set / total));
        }
        Columns { widths, scale, crowded, gap }
    }

    /// How wide an element is that breaks wherever it may.
    pub(super) fn least_width(&mut self, id: ElementId, own: &ElementStyle) -> Pt {
        self.extent(id, own).least
    }

    fn cell_extent(&mut self, id: ElementId) -> Extent {
        let own = self.document.style(id);
        let inner = self.extent(id, &own);
        let style = &own.style;
        let around = around(style);
        let set = style.width.filter(|width| width.fraction == 0.0).map(|width| width.pt);
        let most = set.map_or(inner.most, |set| set.max(inner.least));
        Extent { least: inner.least + around, most: most + around }
    }

    fn extent(&mut self, id: ElementId, own: &ElementStyle) -> Extent {
        let tree = self.document.tree;
        let mut extent = Extent::default();
        let mut parts: Vec<Part> = Vec::new();
        for child in &tree.get(id).children {
            match child {
                Child::Element(child) if self.is_block(*child) => {
                    extent = extent.or(self.inline_extent(id, own, &mut parts));
                    let inner = self.document.style(*child);
                    if inner.style.display != Display::None {
                        let held = self.extent(*child, &inner);
                        let around = around(&inner.style);
                        extent = extent.or(Extent {
                            least: held.least + around,
                            most: held.most + around,
                        });
                    }
                }
                child => parts.push(Part::Child(child)),
            }
        }
        extent.or(self.inline_extent(id, own, &mut parts))
    }

    fn inline_extent(
        &mut self,
        id: ElementId,
        own: &ElementStyle,
        parts: &mut Vec<Part>,
    ) -> Extent {
        let parts = std::mem::take(parts);
        if parts.is_empty() {
            return Extent::default();
        }
        // What is only measured is no part of the book.
        let mut tags = TagBuilder::scratch();
        let Self { engine, sink, document, .. } = self;
        let container =
            BlockContainer { element: id, style: &own.style, node: tags.root() };
        let collected =
            collect::collect(engine, sink, &mut tags, document, container, &parts);
        let atoms = atoms::atoms(engine, sink, &collected, None, Pt(1e6));
        let (mut word, mut line) = (Pt::ZERO, Pt::ZERO);
        let mut extent = Extent::default();
        let mut space = Pt::ZERO;
        for atom in &atoms {
            let (width, ends, forced) = match atom {
                Atom::Word { run, width, .. } => {
                    // What may break anywhere needs no more room than a letter.
                    let style = &collected.runs[*run].style;
                    if style.anywhere && *width > style.size {
                        word = word.max(style.size) - *width;
                    }
                    (*width, false, false)
                }
                Atom::Picture { run, size, .. } => {
                    // A picture shrinks to its column, but for one that is a sign in the text.
                    let least = collected.runs[*run].style.size * MIN_PICTURE_EM;
                    if size.width > least {
                        word = word.max(least) - size.width;
                    }
                    (size.width, false, false)
                }
                Atom::InlineBox { inline_box, .. } => (inline_box.width, false, false),
                Atom::Space { width, ends, .. } => (*width, ends.is_some(), false),
                Atom::Leader { .. } | Atom::Break(BreakKind::Hyphen) => continue,
                Atom::Break(kind) => (Pt::ZERO, true, *kind == BreakKind::Forced),
            };
            if ends {
                space = width;
                word = Pt::ZERO;
            } else {
                line += std::mem::take(&mut space) + width;
                word += width;
            }
            if forced {
                line = Pt::ZERO;
            }
            extent = extent.or(Extent { least: word, most: line });
        }
        // A hair more: what is measured and what is set may differ in the last digit.
        Extent { least: extent.least + Pt(0.05), most: extent.most + Pt(0.05) }
    }
}

/// The widths at the sides of a box that are not its content.
fn around(style: &Style) -> Pt {
    let margin = |side: Option<crate::style::Length>| side.map_or(Pt::ZERO, |it| it.pt);
    style.padding.left.pt
        + style.padding.right.pt
        + style.border.left.shown()
        + style.border.right.shown()
        + margin(style.margin.left)
        + margin(style.margin.right)
}

/// What each column gets of the room: all that it wants, or its least and a share of the rest.
fn shared(extents: &[Extent], scale: f64, room: Pt) -> Vec<Pt> {
    let least: Pt = extents.iter().map(|it| it.least * scale).sum();
    let most: Pt = extents.iter().map(|it| it.most * scale).sum();
    let share = |extent: &Extent| {
        let (low, high) = (extent.least * scale, extent.most * scale);
        if most <= room {
            high
        } else if least <= room {
            low + (high - low) * ((room - least) / (most - least).max(Pt(0.1)))
        } else {
            low * (room / least)
        }
    };
    extents.iter().map(share).collect()
}
