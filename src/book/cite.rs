//! Puts citations into words, once every note has its number.

use std::collections::{BTreeMap, BTreeSet};

use super::{Chapter, NoteGroup};
use crate::bibliography::{self, Cited, Library, Position, Rendered, Style};
use crate::document::{
    ChapterId, Citation, CitationAuthor, Inline, InlineKind, ReferenceId, Visit,
    VisitMut, walk_inline, walk_inline_mut,
};
use crate::language::Language;
use crate::source::Span;

/// Words each citation, and gives the bibliography.
///
/// A work is cited in full in the first note of a chapter that names it, in short after that, and
/// never with *ibid.*: a reader of endnotes cannot see what stands before.
pub(super) fn cite(
    chapters: &mut [Chapter],
    endnotes: &mut [NoteGroup],
    library: &Library,
    language: &Language,
) -> Vec<Vec<Inline>> {
    if library.references.is_empty() {
        return Vec::new();
    }
    let placed = collect(chapters, endnotes);
    let listed = library.listed(&in_order(&placed));
    if placed.is_empty() && listed.is_empty() {
        return Vec::new();
    }
    let positions = positions(&placed);
    let cited = placed.iter().zip(positions).map(|(placed, positions)| Cited {
        citation: &placed.citation,
        note_number: placed.note,
        positions,
        span: placed.span,
    });
    let Library { references, style, .. } = library;
    // A style that cites in the text has nothing to say in the note of a link.
    let is_note = |cited: &Cited<'_>| style.is_in_text() && cited.citation.as_note;
    let (in_notes, cited): (Vec<_>, Vec<_>) = cited.partition(is_note);
    let Rendered { citations, bibliography } =
        bibliography::render(style, references, language, &cited, &listed);
    let chicago = Style::chicago();
    let notes = bibliography::render(&chicago, references, language, &in_notes, &[]);
    let (mut citations, mut notes) = (citations.into_iter(), notes.citations.into_iter());
    let in_order = placed.iter().map(|placed| {
        let of_note = style.is_in_text() && placed.citation.as_note;
        if of_note { notes.next() } else { citations.next() }.unwrap_or_default()
    });
    let in_order: Vec<Vec<Inline>> = in_order.collect();
    let mut words =
        CitationWriter { citations: in_order.into_iter(), language, in_note: false };
    walk(chapters, endnotes, &mut words);
    bibliography.into_iter().map(|(_, text)| text).collect()
}

/// A citation and its place.
struct PlacedCitation {
    citation: Citation,
    chapter: ChapterId,
    note: Option<u32>,
    span: Span,
}

/// Every citation: chapter by chapter, those of the text before those of its notes.
fn collect(chapters: &[Chapter], endnotes: &[NoteGroup]) -> Vec<PlacedCitation> {
    let mut found = Found { chapter: ChapterId(0), note: None, placed: Vec::new() };
    let mut groups = endnotes.iter().peekable();
    for chapter in chapters {
        (found.chapter, found.note) = (chapter.id, None);
        found.inlines(&chapter.title);
        found.blocks(&chapter.blocks);
        if let Some(group) = groups.next_if(|group| group.chapter == chapter.id) {
            for note in &group.notes {
                found.note = Some(note.number);
                found.blocks(&note.blocks);
            }
        }
    }
    found.placed
}

/// Goes the way of [`collect`] with a mutable visitor.
fn walk(
    chapters: &mut [Chapter],
    endnotes: &mut [NoteGroup],
    visitor: &mut CitationWriter<'_>,
) {
    let mut groups = endnotes.iter_mut().peekable();
    for chapter in chapters {
        visitor.inlines(&mut chapter.title);
        visitor.blocks(&mut chapter.blocks);
        if let Some(group) = groups.next_if(|group| group.chapter == chapter.id) {
            visitor.in_note = true;
            for note in &mut group.notes {
                visitor.blocks(&mut note.blocks);
            }
            visitor.in_note = false;
        }
    }
}

struct Found {
    chapter: ChapterId,
    note: Option<u32>,
    placed: Vec<PlacedCitation>,
}

impl Visit for Found {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Citation(citation) = &inline.kind {
            self.placed.push(PlacedCitation {
                citation: citation.clone(),
                chapter: self.chapter,
                note: self.note,
                span: inline.span,
            });
            return;
        }
        walk_inline(self, inline);
    }
}

/// The works in the order in which they are first cited.
fn in_order(placed: &[PlacedCitation]) -> Vec<ReferenceId> {
    let mut seen = BTreeSet::new();
    let items = placed.iter().flat_map(|placed| &placed.citation.items);
    items.map(|item| item.reference).filter(|id| seen.insert(*id)).collect()
}

/// Whether each work was cited before in its chapter, and in which note first.
fn positions(placed: &[PlacedCitation]) -> Vec<Vec<Position>> {
    let mut first: BTreeMap<(ChapterId, ReferenceId), Option<u32>> = BTreeMap::new();
    let position = |placed: &PlacedCitation, id, author| {
        let key = (placed.chapter, id);
        match first.get(&key) {
            Some(first_note) => Position::Subsequent { first_note: *first_note },
            None => {
                // An author's name in the sentence is no citation of the work yet.
                if author != CitationAuthor::Only {
                    first.insert(key, placed.note);
                }
                Position::First
            }
        }
    };
    let mut position = position;
    placed
        .iter()
        .map(|placed| {
            let items = placed.citation.items.iter();
            items.map(|item| position(placed, item.reference, item.author)).collect()
        })
        .collect()
}

/// Puts the words in the place of citations, one after the other.
struct CitationWriter<'a> {
    citations: std::vec::IntoIter<Vec<Inline>>,
    language: &'a Language,
    /// Whether what is read stands in a note: there a citation may begin a sentence.
    in_note: bool,
}

impl VisitMut for CitationWriter<'_> {
    fn inlines(&mut self, run: &mut Vec<Inline>) {
        if !run.iter().any(|inline| matches!(inline.kind, InlineKind::Citation(_))) {
            for inline in run {
                walk_inline_mut(self, inline);
            }
            return;
        }
        let mut out: Vec<Inline> = Vec::with_capacity(run.len());
        let mut after = false;
        for mut inline in run.drain(..) {
            if let InlineKind::Citation(_) = &inline.kind {
                let mut words = self.citations.next().unwrap_or_default();
                if self.in_note && out.is_empty() {
                    bibliography::begin_sentence(&mut words);
                }
                out.extend(words);
                after = true;
                continue;
            }
            walk_inline_mut(self, &mut inline);
            // A title may end its sentence itself: `“Why?”`.
            if let (true, InlineKind::Text(text)) = (after, &mut inline.kind)
                && text.starts_with('.')
            {
                text.remove(0);
                bibliography::end_sentence(&mut out, self.language, inline.span);
                if text.is_empty() {
                    continue;
                }
            }
            after = false;
            out.push(inline);
        }
        *run = out;
    }
}
