//! One file as a post: its header, and what its path and its body say where the header is
//! silent.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::DateTime;

use super::date::DayOrder;
use super::name::FileKind;
use super::{
    Origin, Post, PostFormat, TitleSource, date, fence, header, html, inline_tags, lead,
    name, title,
};
use crate::config::value::{Kind, Value};
use crate::config::{BookConfig, Generator};
use crate::diag::Diagnostic;
use crate::language::Language;
use crate::site::{Site, completed, generator_of_post};
use crate::source::{FileId, Span};

/// A post that may or may not be in the book.
pub(super) struct Candidate {
    /// The post.
    pub(super) post: Post,
    /// When it was written, to the second if it says so.
    pub(super) written: Option<DateTime>,
    /// What the header's date says of the order of day and month, and where it is.
    pub(super) day_order: (DayOrder, Option<Span>),
    /// The language that it is written in: its own, else the blog's, else the book's.
    pub(super) language: Language,
    /// Why its author keeps it back, as half a sentence.
    pub(super) held_back: Option<&'static str>,
    /// Whether the file has a header.
    pub(super) has_header: bool,
    /// That the header could not be read: told even of posts that are not in the book, for
    /// that may be why.
    pub(super) unreadable: Option<Diagnostic>,
    /// What else was wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A file that was found.
pub(super) struct File<'a> {
    /// Its path.
    pub(super) path: &'a str,
    /// The same inside of the folder that was searched.
    pub(super) inside: &'a str,
    /// What it is.
    pub(super) kind: FileKind,
    /// The blog that the folder belongs to.
    pub(super) site: Arc<Site>,
    /// What the blog says of it where its header is silent.
    pub(super) defaults: Arc<Value>,
}

/// Reads a file.
pub(super) fn read(
    found: File<'_>,
    text: Arc<str>,
    file: FileId,
    config: &BookConfig,
) -> Candidate {
    let File { path, inside, kind, site, defaults } = found;
    let mut split = fence::split(&text, file);
    let mut diagnostics = Vec::new();
    split.header = split.header.cleaned(&mut diagnostics);
    let has_header = !matches!(split.header.kind, Kind::Null);
    if kind == FileKind::Html && !has_header {
        split.header = html::header(&text, Span::new(file, 0..0));
    }
    // Where nobody knows what made the blog, the file of a folder may be anything.
    let said = match site.generator {
        Generator::Unknown => split.header.clone(),
        generator => completed(&split.header, &defaults, generator),
    };
    // To these a text is one tag, whatever spaces it has.
    let spaced = !matches!(site.generator, Generator::Eleventy | Generator::Hexo);
    let header = header::read(&said, &config.language, spaced);
    diagnostics.extend(header.diagnostics);
    let mut known = header.known;
    for author in &mut known.authors {
        if let Some(name) = site.author(author) {
            *author = name.to_owned();
        }
    }
    known.lead_picture =
        if config.gather.lead_picture { lead::read(&split.header) } else { None };
    let (path_slug, path_language) = name::slug_and_language(path);

    if site.generator == Generator::Obsidian {
        for tag in inline_tags::find(&text[split.body..]) {
            if !known.tags.iter().any(|other| other == tag) {
                known.tags.push(tag.to_owned());
            }
        }
    }

    let is_html = kind == FileKind::Html;
    let mut body = split.body..text.len();
    if is_html {
        let page = html::find(&text, body.clone(), &known.title);
        body = page.body;
        known.title = page.title;
    } else if let Some(heading) = title::heading(&text[split.body..]) {
        let range = split.body + heading.text.start..split.body + heading.text.end;
        let written = &text[range.clone()];
        let same = title::same(&known.title, written);
        // Many blogs give the title twice; a book has it once, with the notes that it has there.
        if known.title.is_empty() || same && title::has_marks(written) {
            known.title = written.to_owned();
            known.title_span = Some(Span::new(file, range));
            known.title_source = TitleSource::Heading;
            body.start += heading.end;
        } else if same {
            body.start += heading.end;
        }
    }
    if known.title.is_empty() {
        known.title = title::from_name(path_slug);
        known.title_span = None;
        known.title_source = TitleSource::Name;
    }

    let in_header_path =
        || split.header.get("path").and_then(|path| path.text()).and_then(date::in_path);
    let dated = || in_header_path().or_else(|| date::in_path(inside));
    let dated = dated();
    // The day of the last change is better than none.
    let in_header = header.written.or(header.changed.filter(|_| dated.is_none()));
    let day_order = in_header
        .map_or((DayOrder::None, None), |(written, span)| (written.order, Some(span)));
    let written = in_header.map(|(written, _)| written.at);
    let written = written.or_else(|| dated.map(DateTime::from));
    known.date = written.map(DateTime::date);

    let own_language =
        header.language.or(path_language).or_else(|| in_folder(inside, &site));
    let blog_language = || {
        let keys = ["defaultContentLanguage", "default_language", "languageCode", "lang"];
        keys.iter().find_map(|key| site.text(key)).and_then(Language::parse)
    };
    let language = own_language.clone().or_else(blog_language);
    let language = language.unwrap_or_else(|| config.language.clone());
    let slug = header.slug.filter(|slug| !slug.is_empty());
    let generator = match site.generator {
        Generator::Unknown => generator_of_post(path, &text, &split.header),
        known => known,
    };
    let origin = Origin {
        generator,
        site,
        header: Arc::new(split.header),
        defaults,
        included: BTreeMap::new(),
    };
    let post = Post {
        file,
        path: path.to_owned(),
        body,
        slug: slug.unwrap_or_else(|| path_slug.to_owned()),
        smart_punctuation: header.smart_punctuation.unwrap_or(config.smart_punctuation),
        language: own_language.unwrap_or_else(|| config.language.clone()),
        format: if is_html { PostFormat::Html } else { PostFormat::Markdown },
        header: known,
        text,
        origin,
        section: None,
        notes: Vec::new(),
    };
    Candidate {
        post,
        written,
        day_order,
        language,
        has_header,
        held_back: header.held_back,
        unreadable: split.malformed.map(header::unreadable),
        diagnostics,
    }
}

/// The language of the outermost folder, if the blog has one of that name: `ar/a-walk.md`.
fn in_folder(inside: &str, site: &Site) -> Option<Language> {
    let (folder, _) = inside.trim_start_matches('/').split_once('/')?;
    site.values.get("languages")?.get(folder)?;
    Language::parse(folder)
}
