//! Walks through the text for what is marked in it, and for the terms of the file.

use std::collections::BTreeMap;

use super::IndexPlace;
use super::entries::{Entries, path};
use super::matcher::{Hit, Matcher};
use crate::book::{Chapter, NoteGroup};
use crate::config::IndexTerm;
use crate::diag::{Code, Diagnostic, nearest};
use crate::document::{
    Attributes, Block, BlockKind, ChapterId, IndexExtent, IndexMark, Inline, InlineKind,
    Phrase, PhraseRole, Target, VisitMut, plain_text, walk_block_mut, walk_inline_mut,
};
use crate::source::Span;

/// The keys of a mark.
const KEYS: [&str; 5] = ["term", "sort", "see", "seealso", "range"];

/// Stands for what has no words in a text that is searched.
const OBJECT: char = '\u{fffc}';

/// Collects the places of terms.
pub(super) struct Collector<'a> {
    entries: &'a mut Entries,
    matcher: &'a Matcher,
    terms: &'a [IndexTerm],
    /// The ranges that are open: where each was begun, and which of its term's places it is.
    open: BTreeMap<Vec<String>, (Span, usize)>,
    diagnostics: Vec<Diagnostic>,
    at: Position,
}

/// What is walked through.
#[derive(Debug, Clone)]
struct Position {
    chapter: ChapterId,
    /// The only place that there is to lead to, where that is not in the text of a chapter.
    whole: Option<Target>,
    /// Whether the terms of the file are looked for.
    searched: bool,
    /// How many ids were given in the chapter.
    ids: u32,
    /// How many blocks of the book were read.
    block: u32,
}

impl<'a> Collector<'a> {
    pub(super) fn new(
        entries: &'a mut Entries,
        matcher: &'a Matcher,
        terms: &'a [IndexTerm],
    ) -> Self {
        let at = Position {
            chapter: ChapterId(0),
            whole: None,
            searched: false,
            ids: 0,
            block: 0,
        };
        let (open, diagnostics) = (BTreeMap::new(), Vec::new());
        Self { entries, matcher, terms, open, diagnostics, at }
    }

    /// Walks through a chapter.
    pub(super) fn chapter(&mut self, chapter: &mut Chapter, searched: bool) {
        let id = chapter.id;
        let whole = Some(Target::Chapter { chapter: id, id: None });
        let block = self.at.block + 1;
        let searched = searched && !self.matcher.is_empty();
        self.at = Position { chapter: id, whole, searched, ids: 0, block };
        self.inlines(&mut chapter.title);
        self.at.whole = None;
        self.blocks(&mut chapter.blocks);
    }

    /// Walks through the notes of a chapter for what is marked in them.
    pub(super) fn notes(&mut self, group: &mut NoteGroup) {
        self.at.searched = false;
        for note in &mut group.notes {
            self.at.whole = Some(Target::Note(note.id));
            self.blocks(&mut note.blocks);
        }
    }

    /// What is wrong with the marks.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        for (path, (span, _)) in &self.open {
            let message = format!("the range of `{}` is not ended", path.join("!"));
            let said = Diagnostic::new(Code::IndexRange, message).at(*span);
            let hint =
                format!("mark its end: `[]{{.index-end term=\"{}\"}}`", path.join("!"));
            self.diagnostics.push(said.hint(hint));
        }
        self.diagnostics
    }

    /// An id for a place; no heading's id has a dot.
    fn id(&mut self) -> String {
        self.at.ids += 1;
        format!("index.{}", self.at.ids)
    }

    /// The place at which an element with attributes stands; it is given an id.
    fn place(&mut self, attributes: &mut Attributes) -> Target {
        if let Some(whole) = &self.at.whole {
            return whole.clone();
        }
        let id = match &attributes.id {
            Some(id) => id.clone(),
            None => attributes.id.insert(self.id()).clone(),
        };
        Target::Chapter { chapter: self.at.chapter, id: Some(id) }
    }

    /// Takes a mark, and adds its place to its term.
    fn mark(&mut self, mark: IndexMark, words: &[Inline], target: Target, span: Span) {
        let IndexMark { extent, term, sort, see, see_also, unknown } = mark;
        for key in unknown {
            let message = format!("`{key}` says nothing of the index");
            let said = Diagnostic::new(Code::IndexMark, message).at(span);
            let hint = match nearest(&key, KEYS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    "a mark takes `term`, `sort`, `see`, `seealso` and `range`".to_owned()
                }
            };
            self.diagnostics.push(said.hint(hint));
        }
        let path = match &term {
            Some(term) => path(term),
            None => {
                vec![plain_text(words).split_whitespace().collect::<Vec<_>>().join(" ")]
            }
        };
        if path.iter().all(String::is_empty) {
            let said =
                Diagnostic::new(Code::IndexMark, "a mark of the index has no term");
            let hint = "mark words, `[words]{.index}`, or say the term: `[]{.index term=\"Words\"}`";
            return self.diagnostics.push(said.at(span).hint(hint));
        }
        let only_stands_for_another = !see.is_empty();
        let entry = self.entries.at(&path);
        if term.is_none() && entry.term.is_none() {
            entry.term = Some(bare(words));
        }
        entry.sort = entry.sort.take().or(sort);
        entry.see.extend(see.into_iter().map(|see| (see, span)));
        entry.see_also.extend(see_also.into_iter().map(|see| (see, span)));
        if extent == IndexExtent::End {
            let begun = self.open.remove(&path);
            match begun.and_then(|(_, at)| entry.places.get_mut(at)) {
                Some(place) => place.end = Some(target),
                None => {
                    let message = format!("no range of `{}` is begun", path.join("!"));
                    let said = Diagnostic::new(Code::IndexRange, message).at(span);
                    self.diagnostics.push(said.hint("it begins with `.index-start`"));
                }
            }
            return;
        }
        if only_stands_for_another {
            return;
        }
        if extent == IndexExtent::Start {
            let before = self.open.insert(path.clone(), (span, entry.places.len()));
            if let Some((first, _)) = before {
                let message = format!("the range of `{}` is begun twice", path.join("!"));
                let said = Diagnostic::new(Code::IndexRange, message).at(span);
                self.diagnostics.push(said.also(vec![first]).hint("end it before"));
            }
        }
        let Position { chapter, block, .. } = self.at;
        entry.places.push(IndexPlace { chapter, block, target, end: None });
    }

    /// Takes the marks of pictures in a run: each is given a place before it.
    fn pictures(&mut self, run: &mut Vec<Inline>) {
        let mut at = 0;
        while at < run.len() {
            let span = run[at].span;
            if let InlineKind::Picture(picture) = &mut run[at].kind
                && let Some(mark) = picture.attributes.index.take()
            {
                let words = [Inline::text(picture.alt.clone(), span)];
                let mut attributes = Attributes::default();
                let target = self.place(&mut attributes);
                self.mark(*mark, &words, target, span);
                run.insert(at, anchor(attributes, span));
                at += 1;
            }
            at += 1;
        }
    }

    /// Looks for the terms of the file in a run.
    fn search(&mut self, run: &mut Vec<Inline>) {
        let mut text = String::new();
        append(run, &mut text);
        let hits = self.matcher.search(&text);
        if hits.is_empty() {
            return;
        }
        let mut anchors = Vec::new();
        for Hit { at, terms } in hits {
            let mut attributes = Attributes::default();
            let target = self.place(&mut attributes);
            for term in terms {
                let Position { chapter, block, .. } = self.at;
                let target = target.clone();
                let place = IndexPlace { chapter, block, target, end: None };
                self.entries.at(&self.terms[term].path).places.push(place);
            }
            if attributes.id.is_some() {
                anchors.push((at, attributes));
            }
        }
        let mut anchors = Anchors { anchors: anchors.into_iter().peekable(), read: 0 };
        anchors.insert(run);
    }
}

impl VisitMut for Collector<'_> {
    fn block(&mut self, block: &mut Block) {
        self.at.block += 1;
        if let Some(mark) = block.attributes.index.take() {
            let words = match &block.kind {
                BlockKind::Heading { content, .. } => content.clone(),
                BlockKind::Figure(figure) => figure.caption.clone(),
                BlockKind::Table(table) => table.caption.clone(),
                _ => Vec::new(),
            };
            let target = self.place(&mut block.attributes);
            self.mark(*mark, &words, target, block.span);
        }
        walk_block_mut(self, block);
    }

    /// A whole run.
    fn inlines(&mut self, run: &mut Vec<Inline>) {
        Marks(self).inlines(run);
        if self.at.searched {
            self.search(run);
        }
    }
}

/// Takes the marks of a run.
struct Marks<'c, 'a>(&'c mut Collector<'a>);

impl VisitMut for Marks<'_, '_> {
    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Phrase(Phrase { attributes, content, .. }) = &mut inline.kind
            && let Some(mark) = attributes.index.take()
        {
            let target = self.0.place(attributes);
            self.0.mark(*mark, content, target, inline.span);
        }
        walk_inline_mut(self, inline);
    }

    fn inlines(&mut self, run: &mut Vec<Inline>) {
        self.0.pictures(run);
        run.iter_mut().for_each(|inline| self.inline(inline));
    }
}

/// A place without words.
fn anchor(attributes: Attributes, span: Span) -> Inline {
    let (role, content, title) = (PhraseRole::Span, Vec::new(), String::new());
    Inline::new(InlineKind::Phrase(Phrase { role, content, attributes, title }), span)
}

/// The words of a run as they are searched.
fn append(run: &[Inline], text: &mut String) {
    for inline in run {
        match &inline.kind {
            InlineKind::Text(words) => text.push_str(words),
            InlineKind::Phrase(Phrase { content, .. })
            | InlineKind::Link { content, .. }
            | InlineKind::Ruby { base: content, .. } => append(content, text),
            InlineKind::LineBreak => text.push(' '),
            InlineKind::NoteReference(_) => {}
            InlineKind::Code(_)
            | InlineKind::Picture(_)
            | InlineKind::FootnoteReference(_)
            | InlineKind::Citation(_)
            | InlineKind::Math(_) => text.push(OBJECT),
        }
    }
}

/// Puts places into a run, each where so many bytes of it have been read.
struct Anchors<I: Iterator<Item = (usize, Attributes)>> {
    anchors: std::iter::Peekable<I>,
    read: usize,
}

impl<I: Iterator<Item = (usize, Attributes)>> Anchors<I> {
    fn insert(&mut self, run: &mut Vec<Inline>) {
        let mut whole = Vec::with_capacity(run.len());
        for mut inline in run.drain(..) {
            match &mut inline.kind {
                InlineKind::Text(words) => {
                    let words = std::mem::take(words);
                    self.split(&words, inline.span, &mut whole);
                    continue;
                }
                InlineKind::Phrase(Phrase { content, .. })
                | InlineKind::Link { content, .. }
                | InlineKind::Ruby { base: content, .. } => self.insert(content),
                InlineKind::LineBreak => self.read += 1,
                InlineKind::NoteReference(_) => {}
                InlineKind::Code(_)
                | InlineKind::Picture(_)
                | InlineKind::FootnoteReference(_)
                | InlineKind::Citation(_)
                | InlineKind::Math(_) => self.read += OBJECT.len_utf8(),
            }
            whole.push(inline);
        }
        *run = whole;
    }

    /// Words, with the places in them.
    fn split(&mut self, words: &str, span: Span, whole: &mut Vec<Inline>) {
        let (start, end) = (self.read, self.read + words.len());
        let mut written = 0;
        while let Some((at, attributes)) = self.anchors.next_if(|(at, _)| *at < end) {
            let at = at - start;
            if at > written {
                whole.push(Inline::text(&words[written..at], span));
            }
            whole.push(anchor(attributes, span));
            written = at;
        }
        if written < words.len() || words.is_empty() {
            whole.push(Inline::text(&words[written..], span));
        }
        self.read = end;
    }
}

/// Words as they may stand in the index: no links, no notes, no places.
fn bare(run: &[Inline]) -> Vec<Inline> {
    let mut words = Vec::new();
    for inline in run {
        match &inline.kind {
            InlineKind::Text(_) | InlineKind::Code(_) | InlineKind::Math(_) => {
                words.push(inline.clone());
            }
            InlineKind::LineBreak => words.push(Inline::text(" ", inline.span)),
            InlineKind::Link { content, .. } | InlineKind::Ruby { base: content, .. } => {
                words.extend(bare(content));
            }
            InlineKind::Phrase(phrase) => {
                let attributes = Attributes {
                    lang: phrase.attributes.lang.clone(),
                    dir: phrase.attributes.dir,
                    ..Attributes::default()
                };
                let title = phrase.title.clone();
                let (role, content) = (phrase.role, bare(&phrase.content));
                let phrase = Phrase { role, content, attributes, title };
                words.push(Inline::new(InlineKind::Phrase(phrase), inline.span));
            }
            InlineKind::Picture(_)
            | InlineKind::NoteReference(_)
            | InlineKind::FootnoteReference(_)
            | InlineKind::Citation(_) => {}
        }
    }
    words
}
