//! Items of lists, notes among them, and what marks them.

use std::sync::Arc;

use super::edges::Edges;
use super::text::baseline;
use super::{Context, Flow};
use crate::config::QrCodes;
use crate::document::NoteId;
use crate::markup::{ElementId, Semantics};
use crate::style::{Content, CounterStyle, ElementStyle, Style};
use crate::typeset::content::counters::{is_mark, written};
use crate::typeset::flow::galley::Fragment;
use crate::typeset::flow::qr::SetCode;
use crate::typeset::flow::roles;
use crate::typeset::inline::collect::{self, Part};
use crate::typeset::inline::collected::{Collected, Link};
use crate::typeset::inline::line::Line;
use crate::typeset::output::frame::{Anchor, Destination};
use crate::typeset::output::structure::{NodeId, Role};
use crate::typeset::text::letters;
use crate::units::Pt;

/// The space between a mark and its item, in em.
const GAP: f64 = 0.5;

impl Flow<'_, '_, '_> {
    /// Sets an item with its mark beside its first line.
    pub(super) fn item(&mut self, id: ElementId, own: &ElementStyle, cx: Context) {
        let marker = own.marker.as_ref().unwrap_or(&own.style);
        let label = self.label(id, marker, &own.style, cx);
        let body = roles::body_of_item(self.tags, self.document, id, cx.node);
        let first = self.galley.fragments.len();
        let label = label.map(|label| self.one_line(&label, marker.font.size));
        let inside = own.style.marker_inside;
        if let Some(label) = label.as_ref().filter(|_| inside) {
            self.lead = label.width + own.style.font.size * GAP;
        }
        let code = self.code_beside(id);
        let measure = cx.measure - code.as_ref().map_or(Pt::ZERO, SetCode::room);
        self.children(id, own, Context { node: body, measure, ..cx });
        if let Some(code) = code {
            code.put_beside(self, first, cx.node, cx.left + cx.measure);
        }
        if let Some(line) = label {
            let gap = own.style.font.size * GAP;
            let left = match (inside, own.style.text.right_to_left) {
                (true, false) => cx.left,
                (true, true) => cx.left + cx.measure - line.width,
                (false, false) => (cx.left - gap - line.width).max(Pt::ZERO),
                (false, true) => cx.left + cx.measure + gap,
            };
            self.hang(first, line, left, &own.style);
        }
    }

    /// Whether an element is a line with an address that a code stands beside.
    pub(super) fn is_coded(&self, id: ElementId) -> bool {
        matches!(self.document.tree.get(id).semantics, Semantics::Coded(_))
    }

    /// Sets such a line, with the code.
    pub(super) fn coded(&mut self, id: ElementId, own: &ElementStyle, cx: Context) {
        let Semantics::Coded(address) = &self.document.tree.get(id).semantics else {
            return;
        };
        let code = SetCode::beside(address);
        let first = self.galley.fragments.len();
        let measure = cx.measure - code.as_ref().map_or(Pt::ZERO, SetCode::room);
        self.children(id, own, Context { measure, ..cx });
        if let Some(code) = code {
            code.put_beside(self, first, cx.node, cx.left + cx.measure);
        }
    }

    /// The code with the first address of a note, if notes have codes beside them.
    fn code_beside(&self, id: ElementId) -> Option<SetCode> {
        let Semantics::Note { addresses, .. } = &self.document.tree.get(id).semantics
        else {
            return None;
        };
        let address =
            addresses.first().filter(|_| self.engine.settings.qr == QrCodes::Note)?;
        SetCode::beside(address)
    }

    /// The notes of a section: each by itself for the foot of the page that refers to it, or below
    /// one another, codes with their addresses before them.
    pub(super) fn notes(&mut self, id: ElementId, own: &ElementStyle, cx: Context) {
        let tree = self.document.tree;
        let notes: Vec<(ElementId, NoteId, u32, &[String])> = tree
            .children(id)
            .flat_map(|list| tree.children(list))
            .filter_map(|item| match &tree.get(item).semantics {
                Semantics::Note { note, number, addresses } => {
                    Some((item, *note, *number, addresses.as_slice()))
                }
                _ => None,
            })
            .collect();
        let list = notes.first().and_then(|(item, ..)| tree.get(*item).parent);
        let Some(list) =
            list.filter(|_| self.engine.settings.notes_at_foot || self.has_codes())
        else {
            return self.children(id, own, cx);
        };
        if self.has_codes() {
            let codes: Vec<(u32, Vec<String>)> =
                notes.iter().map(|(_, _, number, it)| (*number, it.to_vec())).collect();
            let style = self.document.style(list).style.clone();
            self.before_codes(id, list, cx);
            self.codes(&codes, &style, cx);
        }
        if !self.engine.settings.notes_at_foot {
            return self.block(list, cx);
        }
        for (item, note, ..) in notes {
            self.document.enter(list);
            let mut sub = Flow::new(self.engine, self.sink, self.tags, self.document);
            let edges = Edges::new(&sub.document.style(list).style, None, cx);
            let inner = Context { left: edges.left(cx), measure: edges.width, ..cx };
            sub.block(item, inner);
            let galley = sub.finish();
            self.document.leave(list);
            self.foot_notes.insert(note, galley);
        }
    }

    fn has_codes(&self) -> bool {
        self.engine.settings.qr == QrCodes::Chapter
    }

    /// What stands in a section of notes before their list.
    fn before_codes(&mut self, id: ElementId, list: ElementId, cx: Context) {
        if self.engine.settings.notes_at_foot {
            return;
        }
        let tree = self.document.tree;
        for child in tree.children(id).take_while(|child| *child != list) {
            self.block(child, cx);
        }
    }

    /// What marks an item; nothing if it has no mark.
    fn label(
        &mut self,
        id: ElementId,
        marker: &Style,
        own: &Style,
        cx: Context,
    ) -> Option<Collected> {
        let text = match (&marker.content, &own.list_style) {
            (Content::None, _) | (Content::Normal, CounterStyle::None) => return None,
            (Content::Items(_), _) => None,
            (Content::Normal, style) => {
                let number = self.document.counters.value("list-item").unwrap_or(0);
                let dot = if is_mark(style) { "" } else { "." };
                Some(format!("{}{dot}", written(number, style)))
            }
        };
        let node = self.tags.add(cx.node, Role::Label);
        let link = self.way_back(id, node);
        let node = link.as_ref().map_or(node, |link| link.node);
        let mut label = match text {
            Some(text) => {
                let language = self.document.language_of(id);
                let style = letters::of(self.engine, marker, &language);
                collect::words(self.tags, &text, style, node)
            }
            None => {
                let parts = [Part::Generated(marker)];
                self.collect(id, &parts, marker, Context { node, ..cx })
            }
        };
        for run in &mut label.runs {
            run.link.clone_from(&link);
        }
        Some(label)
    }

    /// The number of a note leads back to its first reference.
    fn way_back(&mut self, id: ElementId, node: NodeId) -> Option<Arc<Link>> {
        let Semantics::Note { note, number, .. } = self.document.tree.get(id).semantics
        else {
            return None;
        };
        let node = self.tags.add(node, Role::Link);
        let destination = Destination::Anchor(Anchor::Reference(note, 1));
        let words = number.to_string().into();
        Some(Arc::new(Link { destination, node, words }))
    }

    /// Hangs a mark that begins at `left` beside the first fragment from `first` on, or puts it on a
    /// line of its own.
    fn hang(&mut self, first: usize, mut line: Line, left: Pt, style: &Style) {
        line.shift(left, Pt::ZERO);
        let leading = style.text.line_height;
        let baseline = baseline(style.font.size, leading);
        let fragment = Fragment::of_line(line, Pt::ZERO, leading, baseline);
        match self.galley.fragments.get_mut(first) {
            Some(body) => {
                // What is read first is drawn first.
                body.items.splice(0..0, fragment.items);
                body.links.splice(0..0, fragment.links);
                body.anchors.splice(0..0, fragment.anchors);
            }
            None => self.push(fragment),
        }
    }
}
