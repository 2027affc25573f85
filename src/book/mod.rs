//! The book: front matter, parts, chapters, back matter, and every number in them.

mod assemble;
mod chronology;
mod cite;
mod credits;
mod division_number;
mod figures;
mod index;
mod marks;
mod matter;
mod number;
mod quotations;
mod references;
mod slugs;
#[cfg(test)]
mod tests;
mod volume;

use jiff::civil::Date;

use crate::config::{
    ChapterPieces, ContentsAuthors, Isbns, NoteMarks, NotePlace, QrCodes, Section,
    SectionKind, TextSpans,
};
use crate::document::{
    Block, BlockKind, ChapterId, Comment, Inline, InlineKind, LoadedPicture, Note,
    Pictures, Visit, plain_text, walk_block, walk_inline,
};
use crate::language::Language;

pub(crate) use assemble::assemble;
pub(crate) use chronology::ChronologyEntry;
pub(crate) use division_number::DivisionNumber;
pub(crate) use index::{IndexEntry, IndexGroup, IndexPlace, IndexReference};
pub(crate) use marks::note_label;
pub(crate) use matter::{colophon, copyright_page, separators};
pub(crate) use quotations::{Quotations, QuotedSource, quotations};
pub(crate) use volume::{OtherVolumes, Volume, VolumeOf, even_runs};

/// A whole book, in the order in which it is bound.
#[derive(Debug, Clone)]
pub struct Book {
    /// What is said of it as a whole.
    pub(crate) metadata: Metadata,
    /// Every picture that it shows.
    pub(crate) pictures: Pictures,
    /// The cover that book.yaml names; without one a cover is made from the title.
    pub(crate) cover: Option<LoadedPicture>,
    /// What stands before the chapters, in order.
    pub(crate) front: Vec<Division>,
    /// Its parts. A book without parts is one part without a title.
    pub(crate) parts: Vec<Part>,
    /// What stands behind the chapters, in order.
    pub(crate) back: Vec<Division>,
    /// The notes of each chapter that has any, in the order of the chapters.
    pub(crate) endnotes: Vec<NoteGroup>,
    /// Whether comments stand together at the back.
    pub(crate) comments_at_the_back: bool,
    /// How these are marked and where they stand.
    pub(crate) note_style: NoteStyle,
    /// What stands at the head and at the end of each chapter.
    pub(crate) pieces: ChapterPieces,
    /// Whether the contents name the authors of chapters; `auto` if chapters are by several.
    pub(crate) contents_authors: ContentsAuthors,
    /// The pictures whose makers are named, in the order in which they appear.
    pub(crate) credits: Vec<Credit>,
    /// The entries of the bibliography, in its order; empty if the book has none.
    pub(crate) bibliography: Vec<Vec<Inline>>,
    /// The sources of quotations, if the book is to list them at the back.
    pub(crate) quoted: Vec<QuotedSource>,
    /// The figures, if the book is to list them in front.
    pub(crate) figures: Vec<CaptionEntry>,
    /// The tables, if the book is to list them in front.
    pub(crate) tables: Vec<CaptionEntry>,
    /// What happened when, if the book is to list it at the back.
    pub(crate) chronology: Vec<ChronologyEntry>,
    /// The lines that those ask for who gave permission to quote them.
    pub(crate) permissions: Vec<String>,
    /// The index, if the book is to have one.
    pub(crate) index: Vec<IndexGroup>,
    /// What stands in the other volumes, if there are any.
    pub(crate) other_volumes: OtherVolumes,
}

/// A figure or a table in the list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CaptionEntry {
    /// The chapter that shows it.
    pub chapter: ChapterId,
    /// Its id there.
    pub id: String,
    /// The beginning of its caption.
    pub caption: String,
}

/// What is said of a book as a whole.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Metadata {
    /// The title.
    pub title: String,
    /// The subtitle.
    pub subtitle: Option<String>,
    /// The authors, in the order in which they are named.
    pub authors: Vec<String>,
    /// The language.
    pub language: Language,
    /// `urn:uuid:…`, the same for the same title, authors and language.
    pub identifier: String,
    /// The ISBNs of its editions.
    pub isbns: Isbns,
    /// Who holds the rights, where that is not the authors; `none` if nobody does.
    pub copyright: Option<String>,
    /// Which edition it is, in words.
    pub edition: Option<String>,
    /// The address of the blog.
    pub site: Option<String>,
    /// The typefaces that its pages are set in; filled in once there is a stylesheet.
    pub typefaces: Vec<String>,
    /// The publisher.
    pub publisher: Option<String>,
    /// Who may do what with it.
    pub rights: Option<String>,
    /// A sentence or two about it.
    pub description: Option<String>,
    /// Where those of these texts were written that the book shows.
    pub spans: TextSpans,
    /// The dates of the oldest and the newest post, if any is dated.
    pub posted: Option<(Date, Date)>,
    /// Which of several volumes it is, if it is one.
    pub volume: Option<Volume>,
    /// The day on which this edition was made: given, or that of the newest post.
    pub modified: Date,
}

/// What stands before or behind the chapters.
#[derive(Debug, Clone)]
pub(crate) enum Division {
    /// What is made of the rest of the book, if there is anything in it.
    Made(SectionKind),
    /// What somebody wrote.
    Written(Box<Chapter>),
}

impl Division {
    /// The section, if somebody wrote it.
    pub(crate) fn section(&self) -> Option<&Chapter> {
        match self {
            Self::Written(section) => Some(section),
            Self::Made(_) => None,
        }
    }
}

/// A part of a book.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Its number, if parts are numbered.
    pub number: Option<DivisionNumber>,
    /// Its title; none if the book is not divided.
    pub title: Option<String>,
    /// Its subtitle.
    pub subtitle: Option<String>,
    /// What stands below its title.
    pub introduction: Option<Box<Chapter>>,
    /// Its chapters.
    pub chapters: Vec<Chapter>,
}

/// One post, as a chapter, or a section before or behind the chapters.
#[derive(Debug, Clone)]
pub(crate) struct Chapter {
    /// Its place in the whole.
    pub id: ChapterId,
    /// Its name in file names and addresses: ASCII letters, digits and hyphens, unique.
    pub slug: String,
    /// Its number, if chapters are numbered.
    pub number: Option<DivisionNumber>,
    /// Its title.
    pub title: Vec<Inline>,
    /// The title as running heads have it, if that is another.
    pub short_title: Option<String>,
    /// The day on which it was posted.
    pub date: Option<Date>,
    /// What it is about, if the book shows that; else empty.
    pub summary: Vec<Inline>,
    /// The picture above it, if that does not stand with the text.
    pub lead_picture: Option<Box<Block>>,
    /// Where it stood on the web, if the book shows that.
    pub source: Option<String>,
    /// Its tags, if the book shows them.
    pub tags: Vec<String>,
    /// The day on which it was changed last, if the book shows that.
    pub updated: Option<Date>,
    /// Its authors, where they are not those of the book; else empty.
    pub byline: Vec<Vec<Inline>>,
    /// Its language, where it differs from the book's.
    pub language: Option<Language>,
    /// What it is of the book, if it is no chapter.
    pub section: Option<Section>,
    /// Its text.
    pub blocks: Vec<Block>,
    /// What readers wrote below it.
    pub comments: Vec<Comment>,
}

/// The notes of one chapter.
#[derive(Debug, Clone)]
pub(crate) struct NoteGroup {
    /// The chapter that refers to them.
    pub chapter: ChapterId,
    /// The notes in the order of their numbers, which rise by one.
    pub notes: Vec<Note>,
}

/// How notes are marked, where they stand, and what stands with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct NoteStyle {
    /// The marks that refer to them.
    pub marks: NoteMarks,
    /// Where they stand.
    pub place: NotePlace,
    /// Where, on paper, codes stand that a telephone can read.
    pub qr: QrCodes,
}

/// The credit of one picture.
#[derive(Debug, Clone)]
pub(crate) struct Credit {
    /// The chapter that shows the picture.
    pub chapter: ChapterId,
    /// The beginning of its caption.
    pub caption: String,
    /// Who made it.
    pub credit: Vec<Inline>,
}

impl Metadata {
    /// The title, with the volume's.
    pub(crate) fn full_title(&self) -> String {
        match &self.volume {
            Some(volume) => format!("{}, {}", self.title, volume.name()),
            None => self.title.clone(),
        }
    }
}

impl Book {
    /// The title.
    pub fn title(&self) -> &str {
        &self.metadata.title
    }

    /// The title of each chapter in plain words, in their order.
    pub fn chapter_titles(&self) -> impl Iterator<Item = String> {
        self.chapters().map(|chapter| plain_text(&chapter.title))
    }

    /// The notes of a chapter, if it has any.
    pub(crate) fn notes_of(&self, chapter: ChapterId) -> Option<&NoteGroup> {
        let at = self.endnotes.binary_search_by_key(&chapter, |group| group.chapter);
        at.ok().map(|at| &self.endnotes[at])
    }

    /// Whether the notes are a part of their own at the back of the book.
    pub(crate) fn has_notes_part(&self) -> bool {
        self.note_style.place == NotePlace::Book && !self.endnotes.is_empty()
    }

    /// Whether there is code in its chapters.
    pub(crate) fn has_code(&self) -> bool {
        let mut code = Code(false);
        self.texts().for_each(|text| code.blocks(&text.blocks));
        code.0
    }

    /// All chapters in order.
    pub(crate) fn chapters(&self) -> impl Iterator<Item = &Chapter> {
        self.parts.iter().flat_map(|part| &part.chapters)
    }

    /// The chapters, and the sections before and behind them, in order: that of their ids.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Chapter> {
        let front = self.front.iter().filter_map(Division::section);
        let back = self.back.iter().filter_map(Division::section);
        let parts = self.parts.iter().flat_map(|part| {
            part.introduction.as_deref().into_iter().chain(&part.chapters)
        });
        front.chain(parts).chain(back)
    }
}

/// Whether there is code in a text.
struct Code(bool);

impl Visit for Code {
    fn block(&mut self, block: &Block) {
        self.0 |= matches!(block.kind, BlockKind::Code { .. });
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        self.0 |= matches!(inline.kind, InlineKind::Code(_));
        walk_inline(self, inline);
    }
}
