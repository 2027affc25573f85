//! Words that become others.

use std::ops::Range;

use crate::document::{
    Block, BlockKind, CodeRun, Inline, InlineKind, PhraseRole, Target, VisitMut,
    walk_block_mut, walk_inline_mut,
};
use crate::manuscript::{Manuscript, Post};
use crate::source::Span;

use super::rules::{Finder, Replacement, plain};
use super::{Edited, Hit, Rules};

/// Replaces words in a post.
pub(super) fn replace(rules: &Rules, post: &Post, edited: &mut Edited) {
    let mut replacer = Replacer { rules, post, hits: Vec::new(), changed: Vec::new() };
    replacer.blocks(&mut edited.document.blocks);
    for footnote in &mut edited.document.footnotes {
        replacer.blocks(&mut footnote.blocks);
    }
    let Replacer { mut hits, changed, .. } = replacer;
    hits.sort_by_key(|hit| (hit.rule, hit.span));
    edited.hits.extend(hits);
    edited.changed.extend(changed);
}

/// Replaces words in the titles of chapters.
pub(crate) fn replace_in_titles(rules: &Rules, manuscript: &mut Manuscript) -> Vec<Hit> {
    let mut hits = Vec::new();
    for post in &mut manuscript.posts {
        if post.section.is_some() {
            continue;
        }
        let start = post.body.start;
        let own = Span::new(post.file, start..start);
        let span = post.header.title_span.unwrap_or(own);
        for replacement in rules.replacements.iter().filter(|it| it.places.text) {
            let Some((title, found)) = replacement.apply(&post.header.title) else {
                continue;
            };
            if !title.trim().is_empty() {
                post.header.title = title;
                let hit = Hit { rule: Some(replacement.rule), span };
                hits.extend(found.iter().map(|_| hit));
            }
        }
    }
    hits
}

struct Replacer<'r> {
    rules: &'r Rules,
    post: &'r Post,
    hits: Vec<Hit>,
    changed: Vec<Span>,
}

/// What kind of words it is in which something is replaced.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Link,
    Code,
}

impl VisitMut for Replacer<'_> {
    fn block(&mut self, block: &mut Block) {
        match &mut block.kind {
            BlockKind::Code { text, runs, .. } => self.code(text, runs, block.span),
            BlockKind::Quotation { cite: Some(cite), .. } => {
                self.words(cite, Place::Link, block.span);
            }
            _ => {}
        }
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        let span = inline.span;
        match &mut inline.kind {
            InlineKind::Text(text) => self.words(text, Place::Text, span),
            InlineKind::Code(text) => self.words(text, Place::Code, span),
            InlineKind::Phrase(phrase) if phrase.role == PhraseRole::Abbreviation => {
                self.words(&mut phrase.title, Place::Text, span);
            }
            InlineKind::Link { target: Target::Unresolved(address), title, .. } => {
                self.words(address, Place::Link, span);
                self.words(title, Place::Text, span);
            }
            InlineKind::Picture(picture) => {
                self.words(&mut picture.address, Place::Link, span);
                self.words(&mut picture.alt, Place::Text, span);
                self.words(&mut picture.title, Place::Text, span);
            }
            _ => {}
        }
        walk_inline_mut(self, inline);
    }
}

impl Replacer<'_> {
    fn words(&mut self, text: &mut String, place: Place, span: Span) {
        let rules = self.rules;
        for replacement in rules.replacements.iter().filter(|it| it.looks_in(place)) {
            if let Some((replaced, found)) = replacement.apply(text) {
                *text = replaced;
                self.count(replacement, found.len(), span);
            }
        }
    }

    /// Code; what is known of its words moves with them.
    fn code(&mut self, text: &mut String, runs: &mut [CodeRun], span: Span) {
        let rules = self.rules;
        for replacement in &rules.replacements {
            if replacement.looks_in(Place::Link) {
                for address in runs.iter_mut().filter_map(|run| run.address.as_mut()) {
                    if let Some((replaced, found)) = replacement.apply(address) {
                        *address = replaced;
                        self.count(replacement, found.len(), span);
                    }
                }
            }
            if !replacement.looks_in(Place::Code) {
                continue;
            }
            let Some((replaced, found)) = replacement.apply(text) else { continue };
            for run in &mut *runs {
                let (start, end) = (run.range.start, run.range.end);
                run.range = moved(start, &found)..moved(end, &found);
            }
            *text = replaced;
            self.count(replacement, found.len(), span);
        }
    }

    /// Counts what was replaced between two places of the post, each where it was written if that
    /// can be told.
    fn count(&mut self, replacement: &Replacement, count: usize, span: Span) {
        let Some(span) = span.attached() else { return };
        let own = span.file == self.post.file;
        let written =
            self.post.text.get(span.range()).filter(|_| own).unwrap_or_default();
        let found =
            replacement.apply(written).map(|(_, found)| found).unwrap_or_default();
        let start = span.range().start;
        let places: Vec<Span> = if found.len() == count {
            let found = found.into_iter().map(|change| change.range);
            let place = |it: Range<usize>| start + it.start..start + it.end;
            found.map(|range| Span::new(span.file, place(range))).collect()
        } else {
            vec![span; count]
        };
        let rule = Some(replacement.rule);
        self.hits.extend(places.iter().map(|span| Hit { rule, span: *span }));
        self.changed.extend(places);
    }
}

/// A part of a text that was replaced.
pub(super) struct Change {
    range: Range<usize>,
    /// How long it is now.
    length: usize,
}

/// Where a place of a text is after changes.
fn moved(at: usize, changes: &[Change]) -> usize {
    let (mut grown, mut shrunk) = (0, 0);
    for Change { range, length } in changes {
        if range.start >= at {
            break;
        }
        if range.end > at {
            return range.start + grown - shrunk;
        }
        grown += length;
        shrunk += range.len();
    }
    at + grown - shrunk
}

impl Replacement {
    fn looks_in(&self, place: Place) -> bool {
        match place {
            Place::Text => self.places.text,
            Place::Link => self.places.links,
            Place::Code => self.places.code,
        }
    }

    /// A text with what is looked for replaced, and where it was; none if it is not there.
    fn apply(&self, text: &str) -> Option<(String, Vec<Change>)> {
        let found = match &self.search {
            Finder::Words { words, whole_word } => {
                let ranges = ranges(text, words, *whole_word);
                ranges.into_iter().map(|range| (range, self.to.clone())).collect()
            }
            Finder::Pattern(pattern) => {
                let mut found = Vec::new();
                for captures in pattern.captures_iter(text) {
                    let Some(whole) = captures.get(0) else { continue };
                    if !whole.range().is_empty() {
                        let mut to = String::new();
                        captures.expand(&self.to, &mut to);
                        found.push((whole.range(), to));
                    }
                }
                found
            }
        };
        if found.is_empty() {
            return None;
        }
        let mut replaced = String::with_capacity(text.len());
        let mut changes = Vec::with_capacity(found.len());
        let mut end = 0;
        for (range, to) in found {
            replaced.push_str(&text[end..range.start]);
            replaced.push_str(&to);
            end = range.end;
            // Where nothing takes the place, one of two spaces goes, too.
            if to.is_empty() && replaced.ends_with(' ') && text[end..].starts_with(' ') {
                end += 1;
            }
            changes.push(Change { length: to.len(), range: range.start..end });
        }
        replaced.push_str(&text[end..]);
        Some((replaced, changes))
    }
}

/// Where words are in a text, of which quotation marks and spaces are told apart no more than in
/// [`plain`].
fn ranges(text: &str, words: &str, whole_word: bool) -> Vec<Range<usize>> {
    let (plain, from) = plain(text);
    let is_whole = |at: usize| {
        let before = plain[..at].chars().next_back();
        let after = plain[at + words.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    };
    let found = plain.match_indices(words).map(|(at, _)| at);
    let found = found.filter(|at| !whole_word || is_whole(*at));
    let place = |at: usize| from.as_ref().map_or(at, |from| from[at]);
    // What begins or ends within a character that is written otherwise is none.
    let range = |at: usize| place(at)..place(at + words.len());
    found.map(range).filter(|range| !range.is_empty()).collect()
}
