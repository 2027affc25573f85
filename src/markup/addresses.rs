//! The names of the documents and pictures of a book, and of the places in them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::DocumentKind;
use crate::book::{Book, NoteStyle, note_label};
use crate::config::{NoteMarks, NotePlace, SectionKind};
use crate::document::{
    Attributes, Block, ChapterId, Inline, InlineKind, NoteId, NoteReference,
    PictureFormat, PictureId, Target, Visit, walk_block, walk_inline,
};

/// Where everything in a book is.
#[derive(Debug, Clone)]
pub(crate) struct Addresses {
    chapters: BTreeMap<ChapterId, String>,
    pictures: BTreeMap<PictureId, String>,
    /// The format of the cover that the book has of its own.
    cover: Option<PictureFormat>,
    /// The numbers of the notes.
    notes: BTreeMap<NoteId, u32>,
    /// The references that stand in notes themselves.
    nested: BTreeSet<(NoteId, u32)>,
    /// Where notes stand and how they are marked.
    style: NoteStyle,
    /// The ids in each chapter.
    ids: BTreeSet<(ChapterId, String)>,
}

/// The document of a part, counted from zero.
fn part_name(index: usize) -> String {
    format!("part-{:02}.xhtml", index + 1)
}

/// The document of the endnotes.
const NOTES: &str = "notes.xhtml";

impl Addresses {
    /// The addresses of a book.
    pub(crate) fn new(book: &Book) -> Self {
        let mut chapters: BTreeMap<ChapterId, String> = BTreeMap::new();
        let mut numbers: BTreeMap<Option<SectionKind>, u32> = BTreeMap::new();
        for text in book.texts() {
            let kind = text.section.map(|section| section.kind);
            let number = numbers.entry(kind).or_insert(0);
            *number += 1;
            let name = match kind {
                Some(SectionKind::PartIntroduction) => continue,
                None => format!("chapter-{number:03}-{}.xhtml", short(&text.slug)),
                Some(kind) if *number == 1 => format!("{}.xhtml", kind.name()),
                Some(kind) => format!("{}-{number}.xhtml", kind.name()),
            };
            chapters.insert(text.id, name);
        }
        for (part, index) in book.parts.iter().zip(0..) {
            if let Some(text) = &part.introduction {
                chapters.insert(text.id, part_name(index));
            }
        }
        let pictures = book.pictures.iter().zip(1..).map(|((id, picture), number)| {
            let number: u32 = number;
            let stem = picture.path.rsplit('/').next().unwrap_or_default();
            let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
            let name = ascii(stem);
            (id, format!("images/{number:03}-{name}.{}", picture.format.extension()))
        });
        let mut addresses = Self {
            chapters,
            pictures: pictures.collect(),
            cover: book.cover.as_ref().map(|picture| picture.format),
            notes: BTreeMap::new(),
            nested: BTreeSet::new(),
            style: book.note_style,
            ids: BTreeSet::new(),
        };
        for chapter in book.texts() {
            let mut ids = Ids { chapter: chapter.id, ids: &mut addresses.ids };
            ids.blocks(&chapter.blocks);
        }
        for note in book.endnotes.iter().flat_map(|group| &group.notes) {
            addresses.notes.insert(note.id, note.number);
            Nested(&mut addresses.nested).blocks(&note.blocks);
        }
        addresses
    }

    /// The name of a document.
    pub(crate) fn document(&self, kind: DocumentKind) -> Cow<'_, str> {
        let name = match kind {
            DocumentKind::Cover => "cover.xhtml",
            DocumentKind::HalfTitle => "half-title.xhtml",
            DocumentKind::TitlePage => "title.xhtml",
            DocumentKind::Copyright => "copyright.xhtml",
            DocumentKind::Contents => "nav.xhtml",
            DocumentKind::Part(index) => {
                return Cow::Owned(part_name(index));
            }
            DocumentKind::Chapter(id) | DocumentKind::Section(_, id) => self.chapter(id),
            DocumentKind::Notes => NOTES,
            DocumentKind::Bibliography => "bibliography.xhtml",
            DocumentKind::Quoted => "sources.xhtml",
            DocumentKind::Credits => "credits.xhtml",
            DocumentKind::Figures => "figures.xhtml",
            DocumentKind::Tables => "tables.xhtml",
            DocumentKind::Chronology => "chronology.xhtml",
            DocumentKind::Comments => "comments.xhtml",
            DocumentKind::Permissions => "permissions.xhtml",
            DocumentKind::Index => "index.xhtml",
            DocumentKind::Colophon => "colophon.xhtml",
        };
        Cow::Borrowed(name)
    }

    /// The name of a chapter's document.
    pub(crate) fn chapter(&self, id: ChapterId) -> &str {
        self.chapters.get(&id).map_or("", String::as_str)
    }

    /// The name of a picture's file.
    pub(crate) fn picture(&self, id: PictureId) -> &str {
        self.pictures.get(&id).map_or("", String::as_str)
    }

    /// The name of the cover's file.
    pub(crate) fn cover(&self) -> &'static str {
        match self.cover {
            None | Some(PictureFormat::Jpeg) => "cover.jpg",
            Some(PictureFormat::Png) => "cover.png",
            Some(PictureFormat::Gif) => "cover.gif",
            Some(PictureFormat::WebP) => "cover.webp",
            Some(PictureFormat::Svg) => "cover.svg",
        }
    }

    /// The id of a note.
    pub(crate) fn note_id(&self, note: NoteId) -> String {
        let number = self.notes.get(&note).copied().unwrap_or(0);
        format!("note-{}-{number}", note.chapter.0 + 1)
    }

    /// The id of a reference to a note.
    pub(crate) fn reference_id(&self, reference: NoteReference) -> String {
        let NoteReference { note, number, occurrence } = reference;
        let id = format!("ref-{}-{number}", note.chapter.0 + 1);
        if occurrence > 1 { format!("{id}-{occurrence}") } else { id }
    }

    /// Where a reference to a note stands.
    pub(crate) fn reference(&self, reference: NoteReference) -> String {
        let NoteReference { note, occurrence, .. } = reference;
        let nested = self.nested.contains(&(note, occurrence));
        let chapter = self.chapter(note.chapter);
        let file = if nested { self.notes_file(note.chapter) } else { chapter };
        format!("{file}#{}", self.reference_id(reference))
    }

    /// Where a note stands.
    pub(crate) fn note(&self, note: NoteId) -> String {
        format!("{}#{}", self.notes_file(note.chapter), self.note_id(note))
    }

    /// The document that a chapter's notes are in. Without pages there is no foot of one, and
    /// notes that ought to stand there stand after their chapter.
    fn notes_file(&self, chapter: ChapterId) -> &str {
        match self.style.place {
            NotePlace::Book => NOTES,
            NotePlace::Chapter | NotePlace::Page => self.chapter(chapter),
        }
    }

    /// What a note is called by.
    pub(crate) fn note_label(&self, number: u32) -> String {
        note_label(self.style.marks, number)
    }

    /// Whether notes have symbols for labels: no list can number itself with those.
    pub(crate) fn has_symbols(&self) -> bool {
        self.style.marks == NoteMarks::Symbols
    }

    /// The address of what a link leads to, from any document of the book; none if it leads
    /// nowhere.
    pub(crate) fn target(&self, target: &Target) -> Option<String> {
        match target {
            Target::Unresolved(_) => None,
            Target::Address(address) => super::external::href(address),
            Target::Chapter { chapter, id } => {
                let file = self.chapters.get(chapter)?;
                let known = id
                    .as_ref()
                    .filter(|id| self.ids.contains(&(*chapter, (*id).clone())));
                Some(known.map_or_else(|| file.clone(), |id| format!("{file}#{id}")))
            }
            Target::Note(note) => {
                self.notes.get(note)?;
                Some(self.note(*note))
            }
            &Target::Reference(note, occurrence) => {
                let number = self.notes.get(&note).copied()?;
                Some(self.reference(NoteReference { note, number, occurrence }))
            }
        }
    }
}

/// A name of at most 40 bytes.
fn short(slug: &str) -> &str {
    let end =
        slug.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|&end| end <= 40);
    slug[..end.last().unwrap_or(0)].trim_end_matches('-')
}

/// ASCII letters, digits and hyphens alone.
fn ascii(name: &str) -> String {
    let mut ascii = String::new();
    for character in name.chars().take(60) {
        if character.is_ascii_alphanumeric() {
            ascii.push(character.to_ascii_lowercase());
        } else if !ascii.is_empty() && !ascii.ends_with('-') {
            ascii.push('-');
        }
    }
    let ascii = ascii.trim_end_matches('-');
    if ascii.is_empty() { "picture".to_owned() } else { ascii.to_owned() }
}

struct Ids<'a> {
    chapter: ChapterId,
    ids: &'a mut BTreeSet<(ChapterId, String)>,
}

impl Ids<'_> {
    fn note(&mut self, attributes: &Attributes) {
        if let Some(id) = &attributes.id {
            self.ids.insert((self.chapter, id.clone()));
        }
    }
}

impl Visit for Ids<'_> {
    fn block(&mut self, block: &Block) {
        self.note(&block.attributes);
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Phrase(phrase) => self.note(&phrase.attributes),
            InlineKind::Picture(picture) => self.note(&picture.attributes),
            _ => {}
        }
        walk_inline(self, inline);
    }
}

/// Finds the references within notes.
struct Nested<'a>(&'a mut BTreeSet<(NoteId, u32)>);

impl Visit for Nested<'_> {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::NoteReference(reference) = &inline.kind {
            self.0.insert((reference.note, reference.occurrence));
        }
        walk_inline(self, inline);
    }
}
