//! What is asked of hayagriva for one citation, and what becomes of its answer.

use hayagriva::citationberg::IndependentStyle;
use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::taxonomy::Locator as Term;
use hayagriva::{ElemChild, ElemMeta, LocatorPayload, RenderedCitation, SpecificLocator};

use super::{CslStyle, NOTE_BASE, Works, text};
use crate::bibliography::item::{Affixes, affixed};
use crate::bibliography::punctuation::append;
use crate::bibliography::{Cited, Position};
use crate::document::{CitationAuthor, CitationItem, Inline, LocatorKind};

/// Items of a citation that hayagriva may see as one: a style cannot tell their positions
/// apart.
pub(super) struct Run<'a> {
    items: Vec<(&'a CitationItem, Position)>,
    is_subsequent: bool,
    is_author: bool,
    may_collapse: bool,
}

/// Takes a citation apart.
pub(super) fn runs<'a>(
    cited: &Cited<'a>,
    style: &CslStyle,
    works: &Works,
) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    for (index, item) in cited.citation.items.iter().enumerate() {
        let position = cited.positions.get(index).copied().unwrap_or_default();
        let is_author = item.author == CitationAuthor::Only;
        // The author alone is named as briefly as the style can.
        let is_later = position != Position::First;
        let is_subsequent = is_later || is_author && !style.is_in_text();
        let is_bare = Affixes { prefix: &item.prefix, suffix: &item.suffix }.are_empty()
            && item.author == CitationAuthor::Named;
        match runs.last_mut() {
            Some(run)
                if run.is_author == is_author && run.is_subsequent == is_subsequent =>
            {
                run.items.push((item, position));
                run.may_collapse &= is_bare;
            }
            _ => runs.push(Run {
                items: vec![(item, position)],
                is_subsequent,
                is_author,
                may_collapse: is_bare,
            }),
        }
    }
    // Where the style sorts, works that it finds equal stand as in the bibliography.
    if style.first.citation.sort.is_some() {
        for run in runs.iter_mut().filter(|run| run.may_collapse) {
            run.items.sort_by_key(|(item, _)| works.index[&item.reference]);
        }
    }
    runs
}

impl Run<'_> {
    pub(super) fn style<'s>(
        &self,
        style: &'s CslStyle,
        uncollapsed: &'s [IndependentStyle; 2],
    ) -> &'s IndependentStyle {
        match (self.may_collapse, self.is_subsequent) {
            (true, false) => &style.first,
            (true, true) => &style.subsequent,
            (false, later) => &uncollapsed[usize::from(later)],
        }
    }

    /// Whether a later citation can say in which note the first was.
    pub(super) fn shows_note(&self) -> bool {
        let has_note = |(_, position): &(&CitationItem, Position)| {
            matches!(position, Position::Subsequent { first_note: Some(_) })
        };
        self.items.iter().all(has_note)
    }

    pub(super) fn items<'w>(
        &'w self,
        works: &'w Works,
    ) -> Vec<hayagriva::CitationItem<'w, Item>> {
        let items = self.items.iter().map(|(item, _)| {
            let locator = item.locator.as_ref().map(|locator| {
                SpecificLocator(term(locator.kind), LocatorPayload::Str(&locator.value))
            });
            let work = &works.items[works.index[&item.reference]];
            hayagriva::CitationItem::with_locator(work, locator)
        });
        items.collect()
    }
}

/// The words of a citation, from those of its runs.
pub(super) fn words(
    runs: &[Run<'_>],
    trees: impl Iterator<Item = RenderedCitation>,
    style: &CslStyle,
    works: &Works,
    cited: &Cited<'_>,
) -> Vec<Inline> {
    let mut all = Vec::new();
    for (run, tree) in runs.iter().zip(trees) {
        if !all.is_empty() {
            let delimiter = style.first.citation.layout.delimiter.as_deref();
            append(&mut all, delimiter.unwrap_or("; "), cited.span);
        }
        all.extend(run_words(run, tree, works, cited));
    }
    all
}

fn run_words(
    run: &Run<'_>,
    tree: RenderedCitation,
    works: &Works,
    cited: &Cited<'_>,
) -> Vec<Inline> {
    let mut words = Vec::new();
    for child in tree.citation.0 {
        match child {
            ElemChild::Elem(elem) if matches!(elem.meta, Some(ElemMeta::Entry(_))) => {
                let Some(ElemMeta::Entry(index)) = elem.meta else { continue };
                let Some((item, position)) = run.items.get(index) else { continue };
                let mut pieces = match item.author {
                    CitationAuthor::Named => text::pieces(&elem.children),
                    CitationAuthor::Suppressed => text::without_names(elem.children),
                    CitationAuthor::Only => text::names(&elem.children),
                };
                if let Position::Subsequent { first_note: Some(note) } = position {
                    let stand_in = NOTE_BASE + works.index[&item.reference];
                    text::replace(&mut pieces, &stand_in.to_string(), &note.to_string());
                }
                let affixes = Affixes { prefix: &item.prefix, suffix: &item.suffix };
                let inlines = text::inlines(pieces, cited.span);
                words.extend(affixed(affixes, inlines, cited.span));
            }
            // The brackets of a citation do not belong to an author who is part of a sentence.
            ElemChild::Text(text) if run.is_author && run.items.len() == 1 => drop(text),
            child => {
                let pieces = text::pieces(&hayagriva::ElemChildren(vec![child]));
                words.extend(text::inlines(pieces, cited.span));
            }
        }
    }
    words
}

fn term(kind: LocatorKind) -> Term {
    match kind {
        LocatorKind::Book => Term::Book,
        LocatorKind::Chapter => Term::Chapter,
        LocatorKind::Column => Term::Column,
        LocatorKind::Figure => Term::Figure,
        LocatorKind::Folio => Term::Folio,
        LocatorKind::Issue => Term::Issue,
        LocatorKind::Line => Term::Line,
        LocatorKind::Note => Term::Note,
        LocatorKind::Opus => Term::Opus,
        LocatorKind::Page => Term::Page,
        LocatorKind::Paragraph => Term::Paragraph,
        LocatorKind::Part => Term::Part,
        LocatorKind::Section => Term::Section,
        LocatorKind::SubVerbo => Term::SubVerbo,
        LocatorKind::Timestamp => Term::Timestamp,
        LocatorKind::Verse => Term::Verse,
        LocatorKind::Volume => Term::Volume,
    }
}
