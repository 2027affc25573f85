//! Binds the chapters into a book.

use jiff::civil::{Date, date};
use uuid::Uuid;

use crate::bibliography::Library;
use crate::config::{
    BookConfig, CommentPlace, ContentsAuthors, NoteSettings, Piece, SectionEntry,
};
use crate::diag::Warned;
use crate::document::{Block, BlockKind, Note};
use crate::manuscript::{Manuscript, Post, PostPart};
use crate::resolve::{Resolved, ResolvedChapter};

use super::chronology::chronology;
use super::cite;
use super::credits::credits;
use super::division_number;
use super::figures::{Captioned, captions};
use super::index;
use super::number::Numberer;
use super::quotations::quotations;
use super::references::references;
use super::slugs::Slugs;
use super::{
    Book, CaptionEntry, Chapter, Division, Metadata, NoteGroup, NoteStyle, OtherVolumes,
    Part, Volume, VolumeOf,
};

/// The day of a book that has no dates at all.
const DATELESS: Date = date(2000, 1, 1);

/// Makes a book of what the posts were resolved to.
pub(crate) fn assemble(
    config: &BookConfig,
    manuscript: &Manuscript,
    resolved: Resolved,
    library: &Library,
    volume: Option<VolumeOf>,
) -> Warned<Book> {
    let Resolved { chapters: texts, pictures, cover } = resolved;
    let mut numberer = Numberer::new(&config.notes);
    let mut slugs = Slugs::default();
    let mut chapters = Vec::with_capacity(texts.len());
    let mut endnotes = Vec::new();
    for (post, text) in manuscript.posts.iter().zip(texts) {
        let id = text.id;
        let (chapter, notes) = chapter(config, post, text, &mut slugs, &mut numberer);
        if !notes.is_empty() {
            endnotes.push(NoteGroup { chapter: id, notes });
        }
        chapters.push(chapter);
    }
    let bibliography =
        cite::cite(&mut chapters, &mut endnotes, library, &config.language);
    let credits = chapters.iter().flat_map(credits).collect();
    let mut listed = |what, wanted: bool| -> Vec<CaptionEntry> {
        let chapters = chapters.iter_mut().filter(|_| wanted);
        chapters.flat_map(|chapter| captions(chapter, what)).collect()
    };
    let figures = listed(Captioned::Figures, config.list_of_figures);
    let tables = listed(Captioned::Tables, config.list_of_tables);
    let chronology = chronology(&config.chronology, manuscript, &chapters);
    let Warned { value: index, diagnostics } =
        index::index(config, manuscript, &mut chapters, &mut endnotes);
    let mut chapters = chapters.into_iter();
    let front = divisions(&config.front, &mut chapters);
    let mut parts = parts(manuscript, &mut chapters);
    match &volume {
        Some(volume) => division_number::number_as_in(&mut parts, volume.whole),
        None => division_number::number(&mut parts, config),
    }
    let back = divisions(&config.back, &mut chapters);
    let contents_authors = match config.contents_authors {
        ContentsAuthors::Auto if !is_by_several(manuscript) => ContentsAuthors::Never,
        said => said,
    };
    let metadata = metadata(config, manuscript, volume.as_ref());
    let NoteSettings { marks, place, qr, sources_quoted, .. } = config.notes;
    let mut book = Book {
        metadata,
        pictures,
        cover,
        front,
        parts,
        back,
        endnotes,
        comments_at_the_back: config.comments.place == Some(CommentPlace::Book),
        note_style: NoteStyle { marks, place, qr },
        pieces: config.pieces.clone(),
        contents_authors,
        credits,
        bibliography,
        quoted: Vec::new(),
        figures,
        tables,
        chronology,
        permissions: Vec::new(),
        index,
        other_volumes: OtherVolumes::default(),
    };
    references(&mut book, volume.map(|volume| volume.whole));
    if sources_quoted {
        book.quoted = quotations(&book).sources;
    }
    Warned { value: book, diagnostics }
}

/// Whether the chapters are not all by the same authors.
fn is_by_several(manuscript: &Manuscript) -> bool {
    let mut authors = manuscript.chapters().map(|post| &post.header.authors);
    let first = authors.next();
    authors.any(|other| Some(other) != first)
}

fn chapter(
    config: &BookConfig,
    post: &Post,
    text: ResolvedChapter,
    slugs: &mut Slugs,
    numberer: &mut Numberer,
) -> (Chapter, Vec<Note>) {
    let ResolvedChapter {
        id,
        mut title,
        authors,
        summary,
        mut blocks,
        notes,
        comments,
        ..
    } = text;
    let notes = numberer.chapter(&mut title, &mut blocks, notes);
    let is_by_the_book_s_authors = post.header.authors == config.authors;
    let pieces = &config.pieces;
    let shows = |piece| post.section.is_none() && pieces.has(piece);
    let lead_picture = (shows(Piece::LeadPicture) && !pieces.text_begins_with_picture())
        .then(|| lead_picture(post, &mut blocks))
        .flatten();
    let other_language = post.language != config.language;
    let chapter = Chapter {
        id,
        section: post.section,
        slug: slugs.unique(&post.slug),
        number: None,
        title,
        short_title: post.header.short_title.clone(),
        date: post.header.date,
        summary,
        lead_picture,
        source: shows(Piece::Source).then(|| post.address(config)).flatten(),
        tags: if shows(Piece::Tags) { post.header.tags.clone() } else { Vec::new() },
        updated: shows(Piece::Updated).then(|| post.updated()).flatten(),
        byline: if is_by_the_book_s_authors { Vec::new() } else { authors },
        language: other_language.then(|| post.language.clone()),
        blocks,
        comments,
    };
    (chapter, notes)
}

/// Takes the picture that stands above the text out of it.
fn lead_picture(post: &Post, blocks: &mut Vec<Block>) -> Option<Box<Block>> {
    let lead = post.header.lead_picture.as_ref()?;
    let is_lead = |block: &Block| {
        block.span == lead.span && matches!(block.kind, BlockKind::Figure(_))
    };
    // An editor's note may stand before it.
    let at = blocks.iter().take(2).position(is_lead)?;
    Some(Box::new(blocks.remove(at)))
}

/// The divisions before or behind the chapters; each that was written is the next of `texts`.
fn divisions(
    entries: &[SectionEntry],
    texts: &mut impl Iterator<Item = Chapter>,
) -> Vec<Division> {
    let division = |entry: &SectionEntry| match entry.file {
        Some(_) => texts.next().map(|text| Division::Written(Box::new(text))),
        None => Some(Division::Made(entry.kind)),
    };
    entries.iter().filter_map(division).collect()
}

fn parts(
    manuscript: &Manuscript,
    chapters: &mut impl Iterator<Item = Chapter>,
) -> Vec<Part> {
    let part = |part: &PostPart| Part {
        number: None,
        title: part.title.clone(),
        subtitle: part.subtitle.clone(),
        introduction: part
            .has_introduction
            .then(|| chapters.next())
            .flatten()
            .map(Box::new),
        chapters: chapters.by_ref().take(part.posts.len()).collect(),
    };
    manuscript.parts.iter().map(part).collect()
}

fn metadata(
    config: &BookConfig,
    manuscript: &Manuscript,
    volume: Option<&VolumeOf>,
) -> Metadata {
    let dates = || manuscript.chapters().filter_map(|post| post.header.date);
    let posted = dates().min().zip(dates().max());
    let volume = volume.map(|volume| volume.volume.clone());
    Metadata {
        title: config.title.clone(),
        subtitle: config.subtitle.clone(),
        authors: config.authors.clone(),
        language: config.language.clone(),
        identifier: identifier(config, volume.as_ref()),
        isbns: config.isbns.clone(),
        copyright: config.copyright.clone(),
        edition: config.edition.clone(),
        site: config.site.clone(),
        typefaces: Vec::new(),
        publisher: config.publisher.clone(),
        rights: config.rights.clone(),
        description: config.description.clone(),
        spans: config.spans.clone(),
        posted,
        volume,
        modified: config.date.or(posted.map(|(_, newest)| newest)).unwrap_or(DATELESS),
    }
}

/// The same for the same title, authors and language, and for no others: the parts are kept
/// apart by a character that none of them has.
fn identifier(config: &BookConfig, volume: Option<&Volume>) -> String {
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_DNS, b"bindery");
    let authors = config.authors.join("\u{1e}");
    let number = volume.map(|volume| volume.number.to_string());
    let name = [config.title.as_str(), &authors, config.language.tag()];
    let name: Vec<&str> = name.into_iter().chain(number.as_deref()).collect();
    let name = name.join("\u{1f}");
    Uuid::new_v5(&namespace, name.as_bytes()).urn().to_string()
}
