//! `book.yaml`: what it may say, each key with its type and its default.

pub(crate) mod arrangement;
mod chapters;
mod chronology;
mod comments;
mod edits;
mod index;
mod isbn;
mod notes;
mod numbers;
mod pages;
mod parts;
mod pieces;
mod read;
mod reader;
mod sections;
mod selection;
pub(crate) mod toml;
pub(crate) mod value;
mod volumes;
pub(crate) mod yaml;

use jiff::civil::Date;

use crate::language::Language;
use crate::source::{FileId, Span};
use crate::units::{Pt, Size};

pub(crate) use chapters::{ChapterEdit, EditorsNote, LeadChoice};
pub(crate) use chronology::{ChronologySettings, Event, EventDate, event};
pub(crate) use comments::{CommentPlace, CommentSettings};
pub(crate) use edits::Omission;
#[cfg(test)]
pub(crate) use edits::Replacement;
pub(crate) use edits::{Edits, Omitted, Places, Search};
pub(crate) use index::{IndexSettings, IndexTerm};
pub(crate) use isbn::{Isbn, Isbns};
pub(crate) use numbers::{NumberStyle, Numbers};
pub(crate) use pieces::{ChapterPieces, ContentsAuthors, Piece, SourcePlace};
pub(crate) use read::read;
pub(crate) use sections::{Matter, Section, SectionEntry, SectionKind};
pub(crate) use volumes::{ListedVolume, VolumeCut, VolumeSettings};

/// Everything that `book.yaml` says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BookConfig {
    /// The file itself.
    pub file: FileId,
    /// `title`: the one key that must be there.
    pub title: String,
    /// `subtitle`.
    pub subtitle: Option<String>,
    /// `authors`, or `author`.
    pub authors: Vec<String>,
    /// `language`, English by default.
    pub language: Language,
    /// `publisher`.
    pub publisher: Option<String>,
    /// `rights`: a line for the copyright page.
    pub rights: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// Where those texts were written that the book shows.
    pub spans: TextSpans,
    /// `date`: the edition's; by default that of the newest post.
    pub date: Option<Date>,
    /// `identifier`: ISBNs, their digits checked.
    pub isbns: Isbns,
    /// `copyright`: whose the rights are, by default the authors'; `none` for nobody's.
    pub copyright: Option<String>,
    /// `edition`: which edition of the book it is, in words.
    pub edition: Option<String>,
    /// `site`: the address of the blog, for links that lead back into it.
    pub site: Option<String>,
    /// `gather`.
    pub gather: Selection,
    /// All that stands before the chapters, in order: what `front` says, and what is made.
    pub front: Vec<SectionEntry>,
    /// All that stands behind the chapters, in order.
    pub back: Vec<SectionEntry>,
    /// `chapter-numbers` and `chapter-label`.
    pub chapter_numbers: Numbers,
    /// `chapter-numbering`: whether the numbers of chapters begin anew with each part.
    pub chapter_numbers_begin_with_parts: bool,
    /// `part-numbers` and `part-label`.
    pub part_numbers: Numbers,
    /// `chapter-opening`, `chapter-closing` and `chapter-source`.
    pub pieces: ChapterPieces,
    /// `authors-file`: biographies, by the names of authors.
    pub authors_file: Option<StyleName>,
    /// `contents.authors`.
    pub contents_authors: ContentsAuthors,
    /// `omit`, `replace` and `chapters`.
    pub edits: Edits,
    /// `volumes`: how the chapters are bound into several books, if they are.
    pub volumes: Option<VolumeSettings>,
    /// `notes`.
    pub notes: NoteSettings,
    /// `bibliography`, if there is one.
    pub bibliography: Option<BibliographySettings>,
    /// `sources`: outlets by the names that posts have for them.
    pub sources: Vec<NamedSource>,
    /// `cover`: the path of a picture.
    pub cover: Option<String>,
    /// `styles`: themes and stylesheets on top of the default theme.
    pub styles: Vec<StyleName>,
    /// `smart-punctuation`, on by default: curly quotes, dashes and ellipses.
    pub smart_punctuation: bool,
    /// `code.highlight`, on by default: the words of code are told apart.
    pub highlight_code: bool,
    /// `list-of-figures`: whether the captions are listed after the contents.
    pub list_of_figures: bool,
    /// `list-of-tables`: the same for tables.
    pub list_of_tables: bool,
    /// `comments`.
    pub comments: CommentSettings,
    /// `chronology`.
    pub chronology: ChronologySettings,
    /// `index`.
    pub index: IndexSettings,
    /// `epub`.
    pub epub: EpubSettings,
    /// `pdf`.
    pub pdf: PdfSettings,
}

/// Where each text of `book.yaml` was written that the book shows; [`Span::DETACHED`] for what is
/// not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextSpans {
    /// `title`.
    pub title: Span,
    /// `subtitle`.
    pub subtitle: Span,
    /// Each of `authors`.
    pub authors: Vec<Span>,
    /// `language`.
    pub language: Span,
    /// `publisher`.
    pub publisher: Span,
    /// `rights`.
    pub rights: Span,
    /// `copyright`.
    pub copyright: Span,
    /// `edition`.
    pub edition: Span,
}

impl BookConfig {
    /// The parts that `gather.parts` lists, if it lists any.
    pub(crate) fn listed_parts(&self) -> &[ListedPart] {
        match &self.gather.parts {
            Parts::Listed(parts) => parts,
            _ => &[],
        }
    }

    /// The files of all sections that are no posts.
    pub(crate) fn section_files(&self) -> impl Iterator<Item = &str> {
        let entries = self.front.iter().chain(&self.back);
        let files = entries.filter_map(|entry| entry.file.as_deref());
        let parts = self.listed_parts().iter().filter_map(|part| part.intro.as_ref());
        files.chain(parts.map(|intro| intro.name.as_str()))
    }
}

impl Selection {
    /// What lists the chapters in order, as messages call it.
    pub(crate) fn list(&self) -> &str {
        self.arrangement.as_ref().map_or("gather.order", |file| &file.name)
    }
}

impl ListedPart {
    /// A part that takes nothing yet.
    pub(crate) fn new(title: String, span: Span) -> Self {
        Self {
            title,
            subtitle: None,
            intro: None,
            is_rest: false,
            tags: Vec::new(),
            first: None,
            last: None,
            slugs: Vec::new(),
            order: None,
            span,
        }
    }
}

impl TextSpans {
    /// Where the author at `index` was named.
    pub(crate) fn author(&self, index: usize) -> Span {
        self.authors.get(index).copied().unwrap_or(Span::DETACHED)
    }
}

/// A theme's name, or the path of a stylesheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StyleName {
    /// The name or path.
    pub name: String,
    /// Where it was written.
    pub span: Span,
}

/// `gather`: which posts, and in what order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Selection {
    /// `from`: folders, searched recursively.
    pub from: Vec<String>,
    /// Where `from` was written, if it was.
    pub from_span: Option<Span>,
    /// `tags.any`, or `tags` as a plain list: a post has at least one of these, if there are any.
    pub any: Vec<TagName>,
    /// `tags.all`: a post has each of these.
    pub all: Vec<TagName>,
    /// `tags.none`: a post has none of these.
    pub none: Vec<TagName>,
    /// `dates.from`: the first day.
    pub first: Option<Date>,
    /// `dates.to`: the last day.
    pub last: Option<Date>,
    /// `order`.
    pub order: Order,
    /// `parts`.
    pub parts: Parts,
    /// `arrangement`: a file that has the chapters in order, and says the parts.
    pub arrangement: Option<TagName>,
    /// The posts that this file leaves out.
    pub left_out: Vec<TagName>,
    /// `language`: a post is written in this one, if one is asked for.
    pub language: Option<Language>,
    /// `exclude`: patterns of paths, inside of a folder of `from` or from that of `book.yaml`.
    pub exclude: Vec<String>,
    /// `lead-picture`: whether the picture that a post's header names stands above its text.
    pub lead_picture: bool,
    /// `dialect`; none for `auto`, that is what the files around the posts say.
    pub dialect: Option<Generator>,
}

/// What makes a blog's pages of its posts, and so says how they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Generator {
    /// No file and no header says it: what cannot be plain text is read in every dialect.
    #[default]
    Unknown,
    /// Jekyll: Liquid and kramdown.
    Jekyll,
    /// Hugo: shortcodes and goldmark.
    Hugo,
    /// Zola: Tera and pulldown-cmark.
    Zola,
    /// Hexo: tags in the manner of Nunjucks.
    Hexo,
    /// Pelican: Python-Markdown.
    Pelican,
    /// Eleventy: Liquid or Nunjucks.
    Eleventy,
    /// `MkDocs`: Python-Markdown with the extensions of its Material theme.
    MkDocs,
    /// Quarto and R Markdown: pandoc.
    Quarto,
    /// Obsidian: links in double brackets, and callouts.
    Obsidian,
    /// Ghost: Markdown and HTML cards.
    Ghost,
    /// None: a post is `CommonMark`, and nothing in it is a call.
    Plain,
}

/// A tag as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TagName {
    /// The tag.
    pub name: String,
    /// Where it was written; none for `--tag`.
    pub span: Option<Span>,
}

/// The order of the chapters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Order {
    /// `date`: oldest first.
    #[default]
    Date,
    /// `-date`: newest first.
    DateDescending,
    /// `title`.
    Title,
    /// `weight`: lightest first, then by date.
    Weight,
    /// A list of slugs.
    Explicit(Vec<TagName>),
}

/// How the chapters are divided into parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Parts {
    /// Not at all.
    #[default]
    None,
    /// A part a year.
    Year,
    /// A part a month.
    Month,
    /// A part a season.
    Season,
    /// A part for each of the tags asked for, in that order.
    Tag,
    /// A part for each `series` that headers name.
    Series,
    /// A part for each author.
    Author,
    /// These.
    Listed(Vec<ListedPart>),
}

/// A part that `gather.parts` lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedPart {
    /// `title`.
    pub title: String,
    /// `subtitle`.
    pub subtitle: Option<String>,
    /// `intro`: a file whose text stands below the title.
    pub intro: Option<TagName>,
    /// Whether it takes what no other part does.
    pub is_rest: bool,
    /// `tags`: it takes posts with one of these,
    pub tags: Vec<TagName>,
    /// `dates.from`: that were written on this day or later,
    pub first: Option<Date>,
    /// `dates.to`: and not after this one.
    pub last: Option<Date>,
    /// `slugs`: and these, which come first, in this order.
    pub slugs: Vec<TagName>,
    /// `order`: that of the others; by default that of the book.
    pub order: Option<Order>,
    /// Where it was written.
    pub span: Span,
}

/// `notes`.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct NoteSettings {
    /// `place`.
    pub place: NotePlace,
    /// `numbering`.
    pub numbering: Numbering,
    /// `marks`.
    pub marks: NoteMarks,
    /// `links`.
    pub links: LinkPolicy,
    /// `style`.
    pub style: CitationStyle,
    /// `boilerplate`: sentences that are left out, such as `Read more here`; without the key,
    /// those that the language knows.
    pub boilerplate: Option<Vec<String>>,
    /// `qr`.
    pub qr: QrCodes,
    /// `sources-quoted`: whether a part at the back lists the sources of quotations.
    pub sources_quoted: bool,
}

/// Where notes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum NotePlace {
    /// `book`: at the end of the book.
    #[default]
    Book,
    /// `chapter`: at the end of each chapter.
    Chapter,
    /// `page`: at the foot of the page; in an EPUB, which has no pages, as with `chapter`.
    Page,
}

/// The marks that refer to notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum NoteMarks {
    /// `1`: numbers.
    #[default]
    Numbers,
    /// `*†‡`: asterisk, dagger, double dagger and so on, then doubled.
    Symbols,
}

/// How works are cited.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum CitationStyle {
    /// `chicago`: notes as the Chicago Manual of Style has them.
    #[default]
    Chicago,
    /// The path of a CSL file, or the name of a style that comes with the tool.
    Csl {
        /// As it was written.
        name: String,
        /// Where.
        span: Span,
    },
}

/// `notes.qr`: where codes stand that a telephone can read, on paper only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum QrCodes {
    /// `none`: nowhere.
    #[default]
    None,
    /// `chapter`: one over the notes to a chapter, with all of their addresses.
    Chapter,
    /// `note`: one beside each note that has an address.
    Note,
}

/// `bibliography`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BibliographySettings {
    /// `file`: the path of a `.yaml`, `.bib` or `.json` file.
    pub file: String,
    /// Where the path was written.
    pub span: Span,
    /// `print`; by default what the style asks for.
    pub print: Option<PrintedReferences>,
}

/// Which works the bibliography at the back lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum PrintedReferences {
    /// `cited`: those that the text cites.
    Cited,
    /// `all`: the whole file.
    All,
    /// `none`: there is no such part.
    #[default]
    None,
}

/// An outlet that posts name in brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedSource {
    /// The name that posts have for it.
    pub name: String,
    /// `name`: its full name, if it has another.
    pub full_name: Option<String>,
    /// `address`, if it is on the web.
    pub address: Option<String>,
}

/// Where the numbers of notes begin anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Numbering {
    /// `chapter`: with each chapter.
    #[default]
    Chapter,
    /// `book`: never.
    Book,
}

/// What becomes of an external link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum LinkPolicy {
    /// `note`: it gets a note.
    #[default]
    Note,
    /// `inline`: its address follows in parentheses.
    Inline,
    /// `drop`: on paper its words stand alone.
    Drop,
}

/// `epub`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EpubSettings {
    /// `toc-depth`: how many levels of headings the navigation lists below the parts, 1 to 6.
    pub toc_depth: u8,
    /// `embed-fonts`: whether the fonts that stylesheets bring along are in the EPUB too.
    pub embed_fonts: bool,
    /// `pictures`.
    pub pictures: PictureFormats,
    /// `max-image`: the most pixels of a picture; none where pictures stay as large as they are.
    pub max_image: Option<u64>,
}

/// In what formats pictures are in the EPUB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum PictureFormats {
    /// `compatible`: in those that every reading system shows.
    #[default]
    Compatible,
    /// `original`: WebP, which older reading systems do not show, stays as it is, too.
    Original,
}

/// `pdf`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PdfSettings {
    /// `trim`: the size of a page. Presets, or `WIDTHxHEIGHT` in mm, cm, in or pt.
    pub trim: Size,
    /// `edition`.
    pub edition: Edition,
    /// `margins`, where given: otherwise they follow from the trim.
    pub margins: Option<Margins>,
    /// `toc-depth`: how many levels of headings the contents list below the parts, 1 to 6.
    pub toc_depth: u8,
}

/// What a PDF is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Edition {
    /// `print`: paper; no annotations.
    Print,
    /// `screen`: PDF/UA-1 and PDF/A-2a.
    #[default]
    Screen,
}

/// The space around the text of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Margins {
    /// Above the text.
    pub top: Pt,
    /// Below the text.
    pub bottom: Pt,
    /// At the spine.
    pub inside: Pt,
    /// At the fore edge.
    pub outside: Pt,
}

impl Default for Selection {
    fn default() -> Self {
        Self {
            from: vec!["manuscript".to_owned()],
            from_span: None,
            any: Vec::new(),
            all: Vec::new(),
            none: Vec::new(),
            first: None,
            last: None,
            order: Order::default(),
            parts: Parts::default(),
            arrangement: None,
            left_out: Vec::new(),
            language: None,
            exclude: Vec::new(),
            lead_picture: false,
            dialect: None,
        }
    }
}

impl Default for EpubSettings {
    fn default() -> Self {
        Self {
            toc_depth: 2,
            embed_fonts: false,
            pictures: PictureFormats::default(),
            // What Apple's shop takes.
            max_image: Some(4_000_000),
        }
    }
}

impl Default for PdfSettings {
    fn default() -> Self {
        let trim = Size { width: Pt::inches(6.0), height: Pt::inches(9.0) };
        Self { trim, edition: Edition::default(), margins: None, toc_depth: 1 }
    }
}
