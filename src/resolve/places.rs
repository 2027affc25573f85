//! The posts and the places in them, by every name that a link may call them.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::address::{host_and_path, parts, percent_decode, scheme};
use crate::config::BookConfig;
use crate::document::{
    Block, BlockKind, ChapterId, Document, Inline, InlineKind, POST_SCHEME, Visit,
    plain_text, slug, valid_id, walk_block, walk_inline,
};
use crate::manuscript::{LeftOut, Manuscript, Post};
use crate::world::normalize;

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// To a chapter; the fragment is still to be found in it.
    Chapter(ChapterId, Option<String>),
    /// Out of the book, to this address.
    Outside(String),
    /// To several posts that go by one name.
    Ambiguous,
    /// To a post of the blog that is not in the book: its path, and why it is not.
    LeftOut(String, String),
    /// Nowhere that is known.
    Nowhere,
}

/// The place that an id names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NamedPlace {
    /// One in a chapter.
    One(ChapterId, String),
    /// Places in several chapters.
    Several,
    /// None.
    None,
}

/// The posts by their names, those that were left out among them: a link to one of these leads to
/// no other.
pub(super) struct Places<'a> {
    config: &'a BookConfig,
    manuscript: &'a Manuscript,
    /// By path, with and without its extension, and by address on the blog.
    paths: BTreeMap<String, Vec<Named>>,
    /// By slug, and by the last parts of the path: `a-post`, `notes/a-post`.
    endings: BTreeMap<String, Vec<Named>>,
    /// The ids of each chapter, each by the forms in which a link may have it.
    ids: Vec<BTreeMap<String, String>>,
    /// The chapters that have each id.
    chapters: BTreeMap<String, Vec<ChapterId>>,
}

/// A post that goes by a name, and when it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Named {
    post: NamedPost,
    date: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NamedPost {
    Chapter(ChapterId),
    /// Which of [`Manuscript::left_out`].
    LeftOut(usize),
}

/// The folders of a blog's pages that list posts: what they are named after is no post.
const LISTS: [&str; 10] = [
    "tag",
    "tags",
    "category",
    "categories",
    "author",
    "authors",
    "page",
    "topic",
    "topics",
    "archive",
];

impl<'a> Places<'a> {
    /// The places of a book.
    pub(super) fn new(
        config: &'a BookConfig,
        manuscript: &'a Manuscript,
        documents: &[Document],
    ) -> Self {
        let (paths, endings) = (BTreeMap::new(), BTreeMap::new());
        let ids: Vec<BTreeMap<String, String>> = documents.iter().map(ids).collect();
        let mut chapters: BTreeMap<String, Vec<ChapterId>> = BTreeMap::new();
        for (ids, chapter) in ids.iter().zip(0..) {
            for id in ids.iter().filter(|(form, id)| form == id).map(|(_, id)| id) {
                chapters.entry(id.clone()).or_default().push(ChapterId(chapter));
            }
        }
        let mut places = Self { config, manuscript, paths, endings, ids, chapters };
        for (post, index) in manuscript.posts.iter().zip(0..) {
            let named = Named {
                post: NamedPost::Chapter(ChapterId(index)),
                date: post.header.date,
            };
            places.add(&post.path, &post.slug, named);
            for address in &post.header.addresses {
                let path =
                    host_and_path(address).map_or(address.as_str(), |(_, path)| path);
                add(&mut places.paths, &plain_path(&format!("/{path}")), named);
            }
        }
        for (index, left_out) in manuscript.left_out.iter().enumerate() {
            let LeftOut { path, slug, date, .. } = left_out;
            let named = Named { post: NamedPost::LeftOut(index), date: *date };
            places.add(path, slug, named);
        }
        places
    }

    fn add(&mut self, path: &str, slug: &str, named: Named) {
        let path = normalize(path);
        let whole = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
        let mut stem = whole;
        add(&mut self.paths, whole, named);
        // Their folder stands for `index.md` and for Hugo's and Zola's `_index.md`.
        for index in ["/index", "/_index"] {
            if let Some(folder) = whole.strip_suffix(index) {
                stem = folder;
                add(&mut self.paths, folder, named);
            }
        }
        add(&mut self.paths, &path, named);
        add(&mut self.endings, &slug.to_lowercase(), named);
        for ending in endings(&stem.to_lowercase()) {
            add(&mut self.endings, ending, named);
        }
    }

    /// Where an address in a post leads.
    pub(super) fn find(&self, address: &str, post: &Post) -> Found {
        if let Some(rest) = address.strip_prefix("//") {
            return self.find_outside(&format!("https://{rest}"), post);
        }
        if let Some(name) = address.strip_prefix(POST_SCHEME) {
            return self.find_named(name, post);
        }
        // Zola's paths from the root of the content.
        if let Some(name) = address.strip_prefix("@/")
            && let found @ Found::Chapter(..) = self.find_named(name, post)
        {
            return found;
        }
        if scheme(address).is_some() {
            return self.find_outside(address, post);
        }
        let (path, _, fragment) = parts(address);
        let path = percent_decode(path);
        let fragment =
            fragment.map(percent_decode).filter(|fragment| !fragment.is_empty());
        if path.is_empty() {
            return Found::Nowhere;
        }
        match self.find_path(&path, post) {
            Some(Known::One(NamedPost::Chapter(chapter))) => {
                Found::Chapter(chapter, fragment)
            }
            Some(Known::One(NamedPost::LeftOut(index))) => {
                match self.on_site(address, post) {
                    Found::Nowhere => self.left_out(index),
                    outside => outside,
                }
            }
            Some(Known::Several) => Found::Ambiguous,
            None => self.on_site(address, post),
        }
    }

    /// The post that a generator would find by a name: the path of its file or the end of that,
    /// with its extension or without, or its slug. A part of the name never does for it.
    fn find_named(&self, name: &str, post: &Post) -> Found {
        let (name, _, fragment) = parts(name);
        let name = percent_decode(name);
        let fragment =
            fragment.map(percent_decode).filter(|fragment| !fragment.is_empty());
        let folder = post.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = normalize(&format!("{folder}/{name}"));
        let whole = plain_path(&name);
        let whole = whole.trim_start_matches('/').trim_end_matches("/_index");
        let whole = whole.trim_end_matches("/index").to_lowercase();
        let ending = || self.endings.get(&whole).and_then(|named| one(named.iter()));
        let known = self.by_path(plain(&beside)).or_else(ending);
        match known.or_else(|| self.by_path(&plain_path(&name))) {
            Some(Known::One(NamedPost::Chapter(chapter))) => {
                Found::Chapter(chapter, fragment)
            }
            Some(Known::One(NamedPost::LeftOut(index))) => self.left_out(index),
            Some(Known::Several) => Found::Ambiguous,
            None => Found::Nowhere,
        }
    }

    fn left_out(&self, index: usize) -> Found {
        let LeftOut { path, reason, .. } = &self.manuscript.left_out[index];
        Found::LeftOut(path.clone(), reason.clone())
    }

    /// The id in a chapter that a fragment means.
    pub(super) fn id(&self, chapter: ChapterId, fragment: &str) -> Option<&str> {
        let ids = self.ids.get(chapter.0 as usize)?;
        let letters = letters(fragment);
        let forms = [
            valid_id(fragment),
            valid_id(fragment).to_lowercase(),
            letters.clone(),
            unaccented(&letters),
            from_first_letter(&unaccented(&letters)).to_owned(),
        ];
        forms.iter().find_map(|form| ids.get(form)).map(String::as_str)
    }

    /// The place that a reference means which stands in a chapter: one of its own, or the only one
    /// of the book. `whole` is its name with its kind, `sec:tides`, and `name` that without.
    pub(super) fn named(
        &self,
        chapter: ChapterId,
        whole: &str,
        name: &str,
    ) -> NamedPlace {
        let forms = [valid_id(whole), valid_id(name)];
        let own = |form: &String| {
            let chapters = self.chapters.get(form)?;
            chapters.contains(&chapter).then(|| NamedPlace::One(chapter, form.clone()))
        };
        if let Some(place) = forms.iter().find_map(own) {
            return place;
        }
        let known = |form: &String| Some((self.chapters.get(form)?, form.clone()));
        match forms.iter().find_map(known) {
            Some((chapters, id)) => match chapters.as_slice() {
                [only] => NamedPlace::One(*only, id),
                _ => NamedPlace::Several,
            },
            None => NamedPlace::None,
        }
    }

    /// All ids of the book.
    pub(super) fn all_ids(&self) -> impl Iterator<Item = &str> {
        self.chapters.keys().map(String::as_str)
    }

    /// An address on the network may be that of a post on the blog itself.
    fn find_outside(&self, address: &str, post: &Post) -> Found {
        let site = post.site_address(self.config);
        let here = site.and_then(|site| below(address, site));
        if let Some(path) = here {
            let (path, _, fragment) = parts(path);
            let path = percent_decode(path);
            if let Some(Known::One(NamedPost::Chapter(chapter))) = self.find_root(&path) {
                return Found::Chapter(chapter, fragment.map(percent_decode));
            }
        }
        Found::Outside(address.to_owned())
    }

    fn find_path(&self, path: &str, post: &Post) -> Option<Known> {
        if let Some(path) = path.strip_prefix("@/") {
            return self.below_folders(path);
        }
        if path.starts_with('/') {
            return self.find_root(path);
        }
        let folder = post.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let joined = normalize(&format!("{folder}/{path}"));
        let relative = self.by_path(plain(&joined));
        // On the blog a post is a folder: what is beside it is `../other-post/`.
        relative.or_else(|| self.below_folders(path)).or_else(|| self.by_ending(path))
    }

    fn find_root(&self, path: &str) -> Option<Known> {
        let known = self.by_path(&plain_path(path));
        known.or_else(|| self.below_folders(path)).or_else(|| self.by_ending(path))
    }

    fn below_folders(&self, path: &str) -> Option<Known> {
        self.config.gather.from.iter().find_map(|folder| {
            let joined = normalize(&format!("{folder}/{}", path.trim_start_matches('/')));
            self.by_path(plain(&joined))
        })
    }

    fn by_path(&self, path: &str) -> Option<Known> {
        self.paths.get(path).and_then(|named| one(named.iter()))
    }

    /// By the last parts of a path, as many as lead anywhere: `/2017/08/01/a-post/`. A date in the
    /// path is that of the post.
    fn by_ending(&self, path: &str) -> Option<Known> {
        let path = plain_path(path).to_lowercase();
        let path = path.trim_start_matches('/');
        let date = PartialDate::of(path);
        let mut parts = path.rsplit('/').skip(1);
        if parts.next().is_some_and(|part| LISTS.contains(&part)) {
            return None;
        }
        endings(path).filter(|ending| !ending.is_empty() && *ending != "..").find_map(
            |ending| {
                let named = self.endings.get(ending)?.iter();
                one(named.filter(|named| date.is_none_or(|date| date.may_be(named.date))))
            },
        )
    }

    /// What is not in the book may still be on the blog.
    fn on_site(&self, address: &str, post: &Post) -> Found {
        let Some(site) = post.site_address(self.config) else {
            return Found::Nowhere;
        };
        let site = site.trim_end_matches('/');
        if address.starts_with('/') {
            let host = host_and_path(site)
                .map_or(site, |(_, below)| &site[..site.len() - below.len()]);
            return Found::Outside(format!("{host}{address}"));
        }
        let folder = post.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut joined =
            normalize(&format!("{folder}/{}", address.trim_start_matches("@/")));
        for from in &self.config.gather.from {
            if let Some(below) = joined.strip_prefix(&format!("{}/", normalize(from))) {
                joined = below.to_owned();
                break;
            }
        }
        let page = joined.trim_start_matches("../").replacen(".md", "", 1);
        Found::Outside(format!("{site}/{page}"))
    }
}

/// What goes by a name.
#[derive(Debug, Clone, Copy)]
enum Known {
    One(NamedPost),
    Several,
}

fn one<'n>(mut named: impl Iterator<Item = &'n Named>) -> Option<Known> {
    let first = named.next()?.post;
    let is_one = named.all(|other| other.post == first);
    Some(if is_one { Known::One(first) } else { Known::Several })
}

fn add(names: &mut BTreeMap<String, Vec<Named>>, name: &str, named: Named) {
    let known = names.entry(name.to_owned()).or_default();
    // The names of one post come one after another.
    if known.last() != Some(&named) {
        known.push(named);
    }
}

/// The date in an address: a year and a month, and mostly a day.
#[derive(Debug, Clone, Copy)]
struct PartialDate {
    first: Date,
    last: Date,
}

impl PartialDate {
    /// The date in a path: `2017/08/01/a-post`, `news/2017/08/a-post`.
    fn of(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        let number = |part: Option<&&str>, length: usize| {
            let part = part.filter(|part| part.len() <= length)?;
            part.parse::<i16>().ok().filter(|number| *number > 0)
        };
        (0..parts.len()).find_map(|at| {
            let year = number(parts.get(at), 4).filter(|_| parts[at].len() == 4)?;
            let month = i8::try_from(number(parts.get(at + 1), 2)?).ok()?;
            let first = Date::new(year, month, 1).ok()?;
            let day = number(parts.get(at + 2), 2).and_then(|day| i8::try_from(day).ok());
            let day = day.and_then(|day| Date::new(year, month, day).ok());
            Some(match day {
                Some(day) => Self { first: day, last: day },
                None => Self { first, last: first.last_of_month() },
            })
        })
    }

    /// Whether a post of a date may have the address: the clocks of author and server may differ
    /// by a day.
    fn may_be(self, date: Option<Date>) -> bool {
        date.is_none_or(|date| {
            let days = 1.days();
            date >= self.first.saturating_sub(days)
                && date <= self.last.saturating_add(days)
        })
    }
}

/// A path, then without its first part, and so on to its last.
fn endings(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.split_once('/').map(|(_, rest)| rest))
}

/// What follows the address of the site in `address`.
fn below<'t>(address: &'t str, site: &str) -> Option<&'t str> {
    let (host, path) = host_and_path(address)?;
    let (site_host, site_path) = host_and_path(site)?;
    let same = |a: &str, b: &str| {
        a.trim_start_matches("www.").eq_ignore_ascii_case(b.trim_start_matches("www."))
    };
    let rest = path.strip_prefix(site_path.trim_end_matches('/'))?;
    let whole = rest.is_empty() || rest.starts_with(['/', '?', '#']);
    (same(host, site_host) && whole).then_some(rest)
}

/// A path without what servers add to it.
fn plain(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix("/index.html").unwrap_or(path);
    [".md", ".markdown", ".mdown", ".mkd", ".qmd", ".Rmd", ".mdx", ".html", ".htm"]
        .iter()
        .find_map(|extension| path.strip_suffix(extension))
        .unwrap_or(path)
}

/// The same from the root, with one slash first.
fn plain_path(path: &str) -> String {
    format!("/{}", plain(&normalize(path)).trim_start_matches('/'))
}

/// The ids of a document by each form in which a link may have them.
fn ids(document: &Document) -> BTreeMap<String, String> {
    let mut ids = Ids::default();
    ids.blocks(&document.blocks);
    for footnote in &document.footnotes {
        ids.blocks(&footnote.blocks);
    }
    let Ids { ids, headings, .. } = ids;
    let names: Vec<(&String, &String)> = ids
        .iter()
        .map(|id| (id, id))
        .chain(headings.iter().map(|(n, id)| (n, id)))
        .collect();
    let mut forms = BTreeMap::new();
    // Exact forms first, so that a looser form of another id never hides one.
    for (name, id) in &names {
        forms.entry((*name).clone()).or_insert_with(|| (*id).clone());
    }
    for (name, id) in &names {
        for form in [name.to_lowercase(), letters(name)] {
            forms.entry(form).or_insert_with(|| (*id).clone());
        }
    }
    // What begins with no letter has lost its beginning (kramdown, pandoc), or has one that it
    // got here; others write no accents (Zola, WordPress).
    for (name, id) in &names {
        let letters = letters(name.strip_prefix("id-").unwrap_or(name));
        let plain = unaccented(&letters);
        let cut = from_first_letter(&plain).to_owned();
        for form in [letters, plain, cut].into_iter().filter(|form| !form.is_empty()) {
            forms.entry(form).or_insert_with(|| (*id).clone());
        }
    }
    forms
}

/// Letters without accents, as far as Unicode takes them apart, and ligatures as their letters.
fn unaccented(letters: &str) -> String {
    let mut plain = String::with_capacity(letters.len());
    for c in letters.nfkd().filter(|&c| !is_combining_mark(c)) {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ø' => plain.push('o'),
            'đ' | 'ð' => plain.push('d'),
            'ł' => plain.push('l'),
            'ı' => plain.push('i'),
            'þ' => plain.push_str("th"),
            c => plain.push(c),
        }
    }
    plain
}

fn from_first_letter(form: &str) -> &str {
    form.trim_start_matches(|c: char| !c.is_alphabetic())
}

/// Tools differ in what they make of signs and spaces in a heading; the letters are the same.
fn letters(id: &str) -> String {
    id.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The ids of a document.
#[derive(Default)]
struct Ids {
    ids: Vec<String>,
    /// What GitHub calls each heading that has letters of another script, and its id, which is
    /// transliterated.
    headings: Vec<(String, String)>,
    /// How many headings of the same words there were.
    doubles: BTreeMap<String, u32>,
}

impl Ids {
    fn heading(&mut self, content: &[Inline], id: &str) {
        let name = valid_id(&slug(&plain_text(content)));
        if name.is_ascii() {
            return;
        }
        let before = self.doubles.entry(name.clone()).or_default();
        let name = if *before == 0 { name } else { format!("{name}-{before}") };
        *before += 1;
        self.headings.push((name, id.to_owned()));
    }
}

impl Visit for Ids {
    fn block(&mut self, block: &Block) {
        if let Some(id) = &block.attributes.id {
            self.ids.push(id.clone());
            if let BlockKind::Heading { content, .. } = &block.kind {
                self.heading(content, id);
            }
        }
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Phrase(phrase) => self.ids.extend(phrase.attributes.id.clone()),
            InlineKind::Picture(picture) => {
                self.ids.extend(picture.attributes.id.clone());
            }
            _ => {}
        }
        walk_inline(self, inline);
    }
}
