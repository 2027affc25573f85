//! The posts and the places in them, by every name that a link may call them.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::address::{host_and_path, parts, percent_decode, scheme};
use crate::config::BookConfig;
use crate::document::{
    Block, BlockKind, ChapterId, Document, Inline, InlineKind, Visit, plain_text, slug,
    valid_id, walk_block, walk_inline,
};
use crate::manuscript::{Manuscript, Post};
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
    /// Nowhere that is known.
    Nowhere,
}

/// The posts by their names. A name that two posts have leads to neither.
pub(super) struct Places<'a> {
    config: &'a BookConfig,
    /// By path, with and without its extension, and by address on the blog.
    paths: BTreeMap<String, Option<ChapterId>>,
    /// By slug, and by the last parts of the path: `a-post`, `notes/a-post`.
    endings: BTreeMap<String, Option<ChapterId>>,
    /// The ids of each chapter, each by the forms in which a link may have it.
    ids: Vec<BTreeMap<String, String>>,
}

impl<'a> Places<'a> {
    /// The places of a book.
    pub(super) fn new(
        config: &'a BookConfig,
        manuscript: &Manuscript,
        documents: &[Document],
    ) -> Self {
        let (paths, endings) = (BTreeMap::new(), BTreeMap::new());
        let ids = documents.iter().map(ids).collect();
        let mut places = Self { config, paths, endings, ids };
        for (post, index) in manuscript.posts.iter().zip(0..) {
            places.add(post, ChapterId(index));
        }
        places
    }

    fn add(&mut self, post: &Post, chapter: ChapterId) {
        let path = normalize(&post.path);
        let whole = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
        let mut stem = whole;
        add(&mut self.paths, whole, chapter);
        // Their folder stands for `index.md` and for Hugo's and Zola's `_index.md`.
        for index in ["/index", "/_index"] {
            if let Some(folder) = whole.strip_suffix(index) {
                stem = folder;
                add(&mut self.paths, folder, chapter);
            }
        }
        add(&mut self.paths, &path, chapter);
        for address in &post.header.addresses {
            let path = host_and_path(address).map_or(address.as_str(), |(_, path)| path);
            add(&mut self.paths, &plain_path(&format!("/{path}")), chapter);
        }
        add(&mut self.endings, &post.slug.to_lowercase(), chapter);
        for ending in endings(&stem.to_lowercase()) {
            add(&mut self.endings, ending, chapter);
        }
    }

    /// Where an address in a post leads.
    pub(super) fn find(&self, address: &str, post: &Post) -> Found {
        if let Some(rest) = address.strip_prefix("//") {
            return self.find_outside(&format!("https://{rest}"), post);
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
            Some(Some(chapter)) => Found::Chapter(chapter, fragment),
            Some(None) => Found::Ambiguous,
            None => self.on_site(address, post),
        }
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

    /// An address on the network may be that of a post on the blog itself.
    fn find_outside(&self, address: &str, post: &Post) -> Found {
        let site = post.site_address(self.config);
        let here = site.and_then(|site| below(address, site));
        if let Some(path) = here {
            let (path, _, fragment) = parts(path);
            let path = percent_decode(path);
            if let Some(Some(chapter)) = self.find_root(&path) {
                return Found::Chapter(chapter, fragment.map(percent_decode));
            }
        }
        Found::Outside(address.to_owned())
    }

    fn find_path(&self, path: &str, post: &Post) -> Option<Option<ChapterId>> {
        if let Some(path) = path.strip_prefix("@/") {
            return self.below_folders(path);
        }
        if path.starts_with('/') {
            return self.find_root(path);
        }
        let folder = post.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let joined = normalize(&format!("{folder}/{path}"));
        let relative = self.paths.get(plain(&joined)).copied();
        // On the blog a post is a folder: what is beside it is `../other-post/`.
        relative.or_else(|| self.below_folders(path)).or_else(|| self.by_ending(path))
    }

    fn find_root(&self, path: &str) -> Option<Option<ChapterId>> {
        let known = self.paths.get(&plain_path(path)).copied();
        known.or_else(|| self.below_folders(path)).or_else(|| self.by_ending(path))
    }

    fn below_folders(&self, path: &str) -> Option<Option<ChapterId>> {
        self.config.gather.from.iter().find_map(|folder| {
            let joined = normalize(&format!("{folder}/{}", path.trim_start_matches('/')));
            self.paths.get(plain(&joined)).copied()
        })
    }

    /// By the last parts of a path, as many as lead anywhere: `/2017/08/01/a-post/`.
    fn by_ending(&self, path: &str) -> Option<Option<ChapterId>> {
        let path = plain_path(path).to_lowercase();
        endings(path.trim_start_matches('/'))
            .filter(|ending| !ending.is_empty() && *ending != "..")
            .find_map(|ending| self.endings.get(ending).copied())
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

/// A second post of the same name makes the name ambiguous.
fn add(names: &mut BTreeMap<String, Option<ChapterId>>, name: &str, chapter: ChapterId) {
    names
        .entry(name.to_owned())
        .and_modify(|known| *known = known.filter(|&known| known == chapter))
        .or_insert(Some(chapter));
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
    [".md", ".markdown", ".html", ".htm"]
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
        if let InlineKind::Phrase(phrase) = &inline.kind {
            self.ids.extend(phrase.attributes.id.clone());
        }
        walk_inline(self, inline);
    }
}
