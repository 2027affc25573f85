//! Codes that a telephone reads off the page: the addresses of notes, on paper.

use std::sync::Arc;

use qrcode::{Color, EcLevel, QrCode};

use crate::book::note_label;
use crate::style::{Align, Style};
use crate::typeset::flow::galley::Fragment;
use crate::typeset::flow::{Context, Flow, baseline};
use crate::typeset::inline::collect;
use crate::typeset::inline::paragraph::lines;
use crate::typeset::inline::shape::Shape;
use crate::typeset::output::frame::{Item, ItemKind, MarkedContent, Modules};
use crate::typeset::output::structure::{NodeId, Role, TagBuilder};
use crate::typeset::text::letters;
use crate::units::{Pt, Rect};

/// The space around a code, in modules (ISO/IEC 18004, 6.3.8).
const QUIET: f64 = 4.0;
/// The side of a module, if nothing else decides it: 0.35 mm is read at arm's length.
const MODULE: Pt = Pt(1.0);
/// The least and the largest side in mm of the code beside a note, its space aside.
const BESIDE: (f64, f64) = (10.0, 26.0);
/// The same of the codes to a chapter.
const OF_CHAPTER: (f64, f64) = (14.0, 30.0);
/// Addresses up to this length in bytes are protected by the error correction of level M: their
/// codes are small all the same.
const SHORT: usize = 80;
/// How many bytes go into one of the codes to a chapter: that is version 13, of 69 modules.
const MAX_CODE_BYTES: usize = 420;

/// The code that says `text`; none if it is too long for any.
pub(crate) fn modules(text: &str) -> Option<Modules> {
    let level = if text.len() <= SHORT { EcLevel::M } else { EcLevel::L };
    let code = QrCode::with_error_correction_level(text, level).ok()?;
    let width = code.width();
    let dark = code.into_colors().into_iter().map(|color| color == Color::Dark);
    Some(Modules { width, dark: dark.collect() })
}

/// A code as it is set.
pub(crate) struct SetCode {
    code: Arc<Modules>,
    /// What it says, to someone who does not see it.
    alt: String,
    /// The side of one of its modules.
    module: Pt,
}

impl SetCode {
    /// A code of modules of the usual size, if that leaves it between two sizes in mm.
    fn new(text: &str, alt: String, (least, most): (f64, f64)) -> Option<Self> {
        let code = modules(text)?;
        let count = code.width as f64;
        let module = MODULE.max(Pt::mm(least) / count).min(Pt::mm(most) / count);
        Some(Self { code: Arc::new(code), alt, module })
    }

    /// The code beside a note that names an address.
    pub(crate) fn beside(address: &str) -> Option<Self> {
        Self::new(address, address.to_owned(), BESIDE)
    }

    fn side(&self) -> Pt {
        self.module * (self.code.width as f64)
    }

    fn quiet(&self) -> Pt {
        self.module * QUIET
    }

    /// How much of the measure it takes: the space to its right is the page's own.
    pub(crate) fn room(&self) -> Pt {
        self.side() + self.quiet()
    }

    /// Puts it at the right end of the measure beside the fragments from `first` on, which then are as
    /// tall as it is and stay on one page as far as it reaches.
    pub(crate) fn put_beside(
        self,
        flow: &mut Flow,
        first: usize,
        node: NodeId,
        right: Pt,
    ) {
        let height = self.side() + self.quiet() * 2.0;
        let at = (right - self.side(), self.quiet());
        let item = self.item(flow.tags, node, at);
        let fragments = flow.galley.fragments.get_mut(first..).unwrap_or_default();
        let Some(fragment) = fragments.first_mut() else { return };
        fragment.items.push(item);
        let mut reached = Pt::ZERO;
        for (index, fragment) in fragments.iter_mut().enumerate() {
            reached +=
                fragment.height + if index == 0 { Pt::ZERO } else { fragment.space };
            if reached >= height {
                return;
            }
            fragment.keep = true;
        }
        if let Some(last) = fragments.last_mut() {
            last.height += height - reached;
            last.keep = false;
        }
    }

    fn item(self, tags: &mut TagBuilder, node: NodeId, (x, y): (Pt, Pt)) -> Item {
        let side = self.side();
        let node = tags.add(node, Role::Figure { alt: self.alt });
        let leaf = tags.leaf(node);
        let area = Rect::new(x, y, side, side);
        Item {
            kind: ItemKind::Qr { code: self.code, area },
            mark: MarkedContent::Tagged(leaf),
        }
    }
}

impl Flow<'_, '_, '_> {
    /// The addresses of all notes in a section as codes in rows; below each stands which notes it
    /// is of. The words are those of the section's list.
    pub(crate) fn codes(
        &mut self,
        notes: &[(u32, Vec<String>)],
        style: &Style,
        cx: Context,
    ) {
        let mut row: Vec<(Pt, Fragment)> = Vec::new();
        let mut rows = Vec::new();
        let mut x = Pt::ZERO;
        for part in self.parts(notes) {
            let Some(code) = SetCode::new(&part.text, part.label.clone(), OF_CHAPTER)
            else {
                continue;
            };
            let width = code.side() + code.quiet() * 2.0;
            if x > Pt::ZERO && x + width > cx.measure {
                rows.push(level(std::mem::take(&mut row)));
                x = Pt::ZERO;
            }
            row.push((x, self.labelled(code, &part.label, style, cx.node)));
            x += width;
        }
        if !row.is_empty() {
            rows.push(level(row));
        }
        for mut row in rows {
            row.shift(cx.left, Pt::ZERO);
            row.keep = true;
            row.height += style.text.line_height / 2.0;
            self.push(row);
        }
    }

    /// A code with its quiet zone, and its label in the middle below it.
    fn labelled(
        &mut self,
        code: SetCode,
        label: &str,
        style: &Style,
        node: NodeId,
    ) -> Fragment {
        let node = self.tags.add(node, Role::Division);
        let (side, quiet) = (code.side(), code.quiet());
        let width = side + quiet * 2.0;
        let item = code.item(self.tags, node, (quiet, quiet));
        let mut fragment =
            Fragment { height: width, items: vec![item], ..Fragment::default() };
        let node = self.tags.add(node, Role::Paragraph);
        let mut text = letters::of(self.engine, style, "");
        text.letters.hyphenation = None;
        let words = collect::words(self.tags, label, text, node);
        let shape = Shape { align: Align::Center, ..Shape::line(width, text.size) };
        let leading = style.text.line_height;
        for line in lines(self.engine, self.sink, &words, &shape) {
            let below =
                Fragment::of_line(line, Pt::ZERO, leading, baseline(text.size, leading));
            let y = fragment.height;
            fragment.overlay(below, Pt::ZERO, y);
        }
        fragment
    }

    /// The addresses of notes, as many together as one code takes.
    fn parts(&self, notes: &[(u32, Vec<String>)]) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        let mut first = 0;
        for (number, addresses) in notes {
            for address in addresses {
                let fits = parts
                    .last()
                    .is_some_and(|part| part.text.len() + address.len() < MAX_CODE_BYTES);
                if !fits {
                    first = *number;
                    parts.push(Part::default());
                }
                let Some(part) = parts.last_mut() else { continue };
                if !part.text.is_empty() {
                    part.text.push('\n');
                }
                part.text.push_str(address);
                part.label = self.code_label(first, *number);
            }
        }
        parts
    }

    /// `Notes 3–7`.
    fn code_label(&self, first: u32, last: u32) -> String {
        let words = self.document.language.words();
        let [from, to] =
            [first, last].map(|note| note_label(self.engine.settings.marks, note));
        if first == last {
            format!("{} {from}", words.note)
        } else {
            format!("{} {from}–{to}", words.notes)
        }
    }
}

/// Codes side by side, their labels on one line.
fn level(codes: Vec<(Pt, Fragment)>) -> Fragment {
    let tallest = codes.iter().fold(Pt::ZERO, |most, (_, code)| most.max(code.height));
    let mut row = Fragment::default();
    for (x, code) in codes {
        let shortfall = tallest - code.height;
        row.overlay(code, x, shortfall);
    }
    row
}

/// What one of a chapter's codes says.
#[derive(Default)]
struct Part {
    /// Addresses, a line each.
    text: String,
    /// Which notes they are of.
    label: String,
}
