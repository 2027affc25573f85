//! The feet of pages: the notes that stand below the text that refers to them.
//!
//! A line goes on a page if the notes that it refers to can begin there: all but the last of them
//! whole, of the last as much as may stand alone. What is left over of that one stands first at the
//! foot of the next page, and until it has ended no line there may bring another.

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, VecDeque};

use crate::document::NoteId;
use crate::typeset::flow::galley::{FootNotes, Fragment, Galley, height};
use crate::typeset::output::frame::{
    self, Anchor, Color, Destination, Item, MarkedContent,
};
use crate::units::{Pt, Rect};

/// How much of a page the rest of a note may take that does not end there, as long as there is text
/// to go on with.
const MAX_CARRIED_PART: f64 = 0.7;

/// The notes of a galley, as its pages are filled.
#[derive(Debug)]
pub(crate) struct FootnoteArea {
    /// The space above the notes, with the rule in it.
    gap: Pt,
    /// How long the lines are above them.
    measure: Pt,
    /// Those that no page has referred to yet.
    notes: FootNotes,
    /// What has been referred to and is on no page yet.
    waiting: VecDeque<Fragment>,
    /// How many of the fragments that wait are sure to go on the page that is being filled.
    carried: usize,
}

impl FootnoteArea {
    pub(crate) fn new(notes: FootNotes, gap: Pt, measure: Pt) -> Self {
        Self { gap, measure, notes, waiting: VecDeque::new(), carried: 0 }
    }

    /// Whether there is something to be put on a page.
    pub(crate) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Begins a page that has `room`: what earlier ones left over is given its part of that.
    pub(crate) fn begin_page(&mut self, room: Pt, has_text: bool) {
        let mut fitting = self.fitting(room - self.gap());
        if has_text && fitting < self.waiting.len() {
            fitting = self.fitting(room * MAX_CARRIED_PART - self.gap());
        }
        self.carried = if self.is_waiting() { fitting.max(1) } else { 0 };
    }

    /// Whether the page that is being filled goes on with earlier notes.
    pub(crate) fn is_carrying(&self) -> bool {
        self.carried > 0
    }

    /// Reckons how much room the notes of lines need that go on the page being filled.
    pub(crate) fn reserve(&self) -> FootnoteReservation<'_> {
        let carried: Pt =
            self.waiting.iter().take(self.carried).map(|it| it.space + it.height).sum();
        FootnoteReservation {
            footnotes: self,
            seen: BTreeSet::new(),
            whole: carried,
            last: (Pt::ZERO, Pt::ZERO),
            any: self.carried > 0,
            blocked: false,
        }
    }

    /// The foot of a page with these lines, at most `room` tall; nothing if there are no notes.
    pub(crate) fn end_page(&mut self, fragments: &[Fragment], room: Pt) -> Vec<Fragment> {
        self.refer(fragments.iter().flat_map(referred).collect());
        let count = self.fitting(room - self.gap()).max(self.carried);
        if count == 0 {
            return Vec::new();
        }
        let mut footnotes = vec![self.separator()];
        footnotes.extend(self.waiting.drain(..count));
        if let Some(first) = footnotes.get_mut(1) {
            first.space = Pt::ZERO;
        }
        footnotes
    }

    /// Lets notes wait that nothing refers to: none is lost.
    pub(crate) fn end(&mut self) {
        self.refer(self.notes.keys().copied().collect());
    }

    /// Lets notes wait in the order given, after each those that it refers to itself.
    fn refer(&mut self, mut ids: Vec<NoteId>) {
        ids.reverse();
        while let Some(id) = ids.pop() {
            let Some(note) = self.notes.remove(&id) else { continue };
            let inner: Vec<NoteId> = note.fragments.iter().flat_map(referred).collect();
            ids.extend(inner.into_iter().rev());
            self.waiting.extend(note.fragments);
        }
    }

    /// How many of the fragments that wait fit into `room`, then back to where a page may end.
    fn fitting(&self, room: Pt) -> usize {
        let (mut height, mut fit) = (Pt::ZERO, 0);
        for (index, fragment) in self.waiting.iter().enumerate() {
            height +=
                fragment.height + if index == 0 { Pt::ZERO } else { fragment.space };
            if height > room {
                break;
            }
            if !fragment.keep || index + 1 == self.waiting.len() {
                fit = index + 1;
            }
        }
        fit
    }

    /// Whether a fragment refers to a note that is on no page yet.
    pub(crate) fn refers(&self, fragment: &Fragment) -> bool {
        !self.notes.is_empty()
            && referred(fragment).any(|id| self.notes.contains_key(&id))
    }

    /// How tall the notes are that a fragment is the first to refer to, and how much of that must
    /// stand on its page. Notes that were `seen` count for nothing.
    pub(crate) fn heights(
        &self,
        fragment: &Fragment,
        seen: &mut BTreeSet<NoteId>,
    ) -> (Pt, Pt) {
        let (mut whole, mut least) = (Pt::ZERO, Pt::ZERO);
        if self.notes.is_empty() {
            return (whole, least);
        }
        let mut ids: Vec<NoteId> = referred(fragment).collect();
        ids.reverse();
        while let Some(id) = ids.pop() {
            let Some(note) = self.notes.get(&id).filter(|_| seen.insert(id)) else {
                continue;
            };
            let (all, alone) = extent(note);
            least = whole + alone;
            whole += all;
            let inner: Vec<NoteId> = note.fragments.iter().flat_map(referred).collect();
            ids.extend(inner.into_iter().rev());
        }
        (whole, least)
    }

    /// How tall the space with the rule is.
    pub(crate) fn gap(&self) -> Pt {
        self.gap
    }

    /// Space between text and notes, with a short rule in it.
    fn separator(&self) -> Fragment {
        let (width, thin) = (self.measure * 0.2, Pt(0.4));
        let area = Rect::new(Pt::ZERO, self.gap() * 0.6, width, thin);
        let rule = frame::fill(area, Color::BLACK);
        Fragment {
            height: self.gap(),
            items: vec![Item { kind: rule, mark: MarkedContent::Decoration }],
            ..Fragment::default()
        }
    }
}

/// How much room the notes need that lines refer to.
pub(crate) struct FootnoteReservation<'a> {
    footnotes: &'a FootnoteArea,
    seen: BTreeSet<NoteId>,
    /// The heights of the notes that must be there whole.
    whole: Pt,
    /// The height of the last one: all of it, and as much as may stand alone.
    last: (Pt, Pt),
    any: bool,
    /// Whether a note is asked for that cannot begin here.
    blocked: bool,
}

impl FootnoteReservation<'_> {
    /// Adds a line, and says how much room all notes by now need.
    pub(crate) fn add(&mut self, fragment: &Fragment) -> Pt {
        if !self.footnotes.notes.is_empty() {
            let mut ids: Vec<NoteId> = referred(fragment).collect();
            ids.reverse();
            while let Some(id) = ids.pop() {
                let Some(note) = self.footnotes.notes.get(&id) else { continue };
                if self.seen.insert(id) {
                    self.note(note);
                    let inner: Vec<NoteId> =
                        note.fragments.iter().flat_map(referred).collect();
                    ids.extend(inner.into_iter().rev());
                }
            }
        }
        self.need()
    }

    /// Adds several lines.
    pub(crate) fn with(mut self, fragments: &[Fragment]) -> Self {
        for fragment in fragments {
            self.add(fragment);
        }
        self
    }

    /// How much room the notes need.
    pub(crate) fn need(&self) -> Pt {
        match (self.any, self.blocked) {
            (false, _) => Pt::ZERO,
            (_, true) => Pt(f64::INFINITY),
            (true, false) => self.footnotes.gap() + self.whole + self.last.1,
        }
    }

    fn note(&mut self, note: &Galley) {
        // Nothing begins before what was left over has ended.
        self.blocked |= self.footnotes.carried < self.footnotes.waiting.len();
        self.any = true;
        self.whole += self.last.0;
        self.last = extent(note);
    }
}

/// How tall a note is with the space above it, and as much of it as may stand alone.
fn extent(note: &Galley) -> (Pt, Pt) {
    let alone = note.fragments.iter().position(|fragment| !fragment.keep);
    let alone = alone.map_or(note.fragments.len(), |at| at + 1);
    let above = note.fragments.first().map_or(Pt::ZERO, |fragment| fragment.space);
    (above + note.height(), above + height(&note.fragments[..alone]))
}

/// The notes that a fragment leads to, in order.
fn referred(fragment: &Fragment) -> impl Iterator<Item = NoteId> + '_ {
    fragment.links.iter().filter_map(|pending| match pending.link.destination {
        Destination::Anchor(Anchor::Note(note)) => Some(note),
        _ => None,
    })
}
