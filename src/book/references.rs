//! The words of references that the tool makes: what a place is called, and where it is.

use std::collections::{BTreeMap, BTreeSet};

use super::credits::beginning;
use super::{Book, Chapter, Division};
use crate::document::{
    Attributes, Block, BlockKind, ChapterId, Inline, InlineKind, PhraseRole, Target,
    Visit, VisitMut, plain_text, walk_block, walk_inline, walk_inline_mut,
};
use crate::language::Language;

/// A name has so many characters at most.
const MAX_NAME_CHARS: usize = 80;

/// Gives words to the references of a book; where it is a volume, also of those to the rest of the
/// `whole`.
pub(super) fn references(book: &mut Book, whole: Option<&Book>) {
    let mut wanted = Wanted::default();
    for chapter in book.texts() {
        wanted.inlines(&chapter.title);
        wanted.blocks(&chapter.blocks);
    }
    for note in book.endnotes.iter().flat_map(|group| &group.notes) {
        wanted.blocks(&note.blocks);
    }
    if wanted.0.is_empty() {
        return;
    }
    let language = book.metadata.language.clone();
    let names = Names::of(whole.unwrap_or(book), &language, &wanted);
    for chapter in texts_mut(book) {
        let mut fill = Fill { names: &names, chapter: chapter.id };
        fill.inlines(&mut chapter.title);
        fill.blocks(&mut chapter.blocks);
    }
    for group in &mut book.endnotes {
        let mut fill = Fill { names: &names, chapter: group.chapter };
        group.notes.iter_mut().for_each(|note| fill.blocks(&mut note.blocks));
    }
}

/// The chapters, and the sections before and behind them.
fn texts_mut(book: &mut Book) -> impl Iterator<Item = &mut Chapter> {
    fn section(division: &mut Division) -> Option<&mut Chapter> {
        match division {
            Division::Written(section) => Some(section),
            Division::Made(_) => None,
        }
    }
    let parts = book.parts.iter_mut().flat_map(|part| {
        part.introduction.as_deref_mut().into_iter().chain(&mut part.chapters)
    });
    let divisions = book.front.iter_mut().chain(&mut book.back);
    divisions.filter_map(section).chain(parts)
}

/// The ids that references lead to, by chapter.
#[derive(Default)]
struct Wanted(BTreeMap<ChapterId, BTreeSet<String>>);

impl Visit for Wanted {
    fn inline(&mut self, inline: &Inline) {
        if let Some(Target::Chapter { chapter, id }) = inline.reference_target() {
            self.0.entry(*chapter).or_default().extend(id.clone());
        }
        walk_inline(self, inline);
    }
}

/// What places are called.
struct Names<'l> {
    language: &'l Language,
    chapters: BTreeMap<ChapterId, String>,
    places: BTreeMap<(ChapterId, String), String>,
}

impl<'l> Names<'l> {
    /// What the chapters are called, and the places in them that are wanted.
    fn of(book: &Book, language: &'l Language, wanted: &Wanted) -> Self {
        let (chapters, places) = (BTreeMap::new(), BTreeMap::new());
        let mut names = Self { language, chapters, places };
        for chapter in book.texts() {
            let Some(wanted) = wanted.0.get(&chapter.id) else { continue };
            let name = names.of_chapter(chapter);
            names.chapters.insert(chapter.id, name);
            let mut places =
                NamedPlaces { chapter: chapter.id, wanted, names: &mut names };
            places.blocks(&chapter.blocks);
        }
        names
    }

    /// Words in quotation marks.
    fn quoted(&self, words: &str) -> String {
        let [open, close, ..] = self.language.quotation_marks();
        format!("{open}{}{close}", beginning(words, MAX_NAME_CHARS))
    }

    /// A chapter by its number, or else by its title.
    fn of_chapter(&self, chapter: &Chapter) -> String {
        match &chapter.number {
            Some(number) => {
                let words = self.language.reference_words().chapter;
                words.replace("{}", &number.numeral)
            }
            None => self.quoted(plain_text(&chapter.title).trim()),
        }
    }

    /// The words of a reference that stands in a chapter.
    fn words(&self, target: &Target, from: ChapterId) -> String {
        let Target::Chapter { chapter, id } = target else { return String::new() };
        let of_chapter = self.chapters.get(chapter).cloned().unwrap_or_default();
        let place = id.clone().and_then(|id| self.places.get(&(*chapter, id)));
        match place {
            Some(place) if *chapter == from => place.clone(),
            Some(place) => format!("{of_chapter}, {place}"),
            None => of_chapter,
        }
    }
}

/// Finds what the places of a chapter are called.
struct NamedPlaces<'n, 'l, 'w> {
    chapter: ChapterId,
    wanted: &'w BTreeSet<String>,
    names: &'n mut Names<'l>,
}

impl NamedPlaces<'_, '_, '_> {
    fn add(&mut self, attributes: &Attributes, words: &[Inline]) {
        let words = plain_text(words);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let id = attributes.id.as_ref().filter(|id| self.wanted.contains(*id));
        if let Some(id) = id.filter(|_| !words.is_empty()) {
            let name = self.names.quoted(&words);
            self.names.places.insert((self.chapter, id.clone()), name);
        }
    }
}

impl Visit for NamedPlaces<'_, '_, '_> {
    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading { content, .. } => self.add(&block.attributes, content),
            BlockKind::Figure(figure) => self.add(&block.attributes, &figure.caption),
            BlockKind::Table(table) => self.add(&block.attributes, &table.caption),
            _ => {}
        }
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Picture(picture) = &inline.kind {
            let words = [Inline::text(picture.alt.clone(), inline.span)];
            self.add(&picture.attributes, &words);
        }
        walk_inline(self, inline);
    }
}

/// Puts words into references.
struct Fill<'n, 'l> {
    names: &'n Names<'l>,
    chapter: ChapterId,
}

impl VisitMut for Fill<'_, '_> {
    fn inline(&mut self, inline: &mut Inline) {
        let words =
            inline.reference_target().map(|to| self.names.words(to, self.chapter));
        let span = inline.span;
        match (words, &mut inline.kind) {
            (Some(words), InlineKind::Link { content, .. }) => {
                let words = vec![Inline::text(words, span)];
                *content = vec![Inline::phrase(PhraseRole::Reference, words, span)];
            }
            _ => walk_inline_mut(self, inline),
        }
    }
}
