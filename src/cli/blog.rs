//! The blog that a folder holds: its posts, and their tags.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use super::disk::{DiskWorld, utc_date};
use crate::config::{BookConfig, Order, read as read_config};
use crate::diag::Diagnostic;
use crate::manuscript::{Manuscript, fold_tag, gather};
use crate::site::{About, Site, Sites};
use crate::source::Sources;
use crate::world::MemoryWorld;

/// A blog that was found.
pub(super) struct Blog {
    pub(super) site: std::sync::Arc<Site>,
    pub(super) about: About,
    /// The folder of posts, relative to that of the blog; empty if it is that one.
    pub(super) posts: String,
    /// Folders in it whose files are no posts.
    pub(super) pages: Vec<String>,
    /// How many posts there are.
    pub(super) count: usize,
    pub(super) tags: Vec<TagUse>,
}

/// A tag, and which posts have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TagUse {
    /// As it is written first.
    pub(super) name: String,
    pub(super) posts: usize,
    pub(super) first: Option<Date>,
    pub(super) last: Option<Date>,
}

impl Blog {
    /// The blog in a folder; none if there are no posts.
    pub(super) fn find(folder: &Path) -> Option<Self> {
        let world = DiskWorld::new(folder);
        let mut sources = Sources::default();
        let config = any_book()?;
        let mut sites = Sites::new(&config.gather, &world);
        let roots = ["", "docs", "blog", "site", "website", "src"];
        let mut site = sites.of_folder("", &mut sources, &mut Vec::new());
        for root in &roots[1..] {
            if site.file.is_none() && folder.join(root).is_dir() {
                let found = sites.of_folder(root, &mut sources, &mut Vec::new());
                if found.file.is_some() {
                    site = found;
                }
            }
        }
        for posts in site.folders_of_posts() {
            if !folder.join(&posts).is_dir() {
                continue;
            }
            let mut config = config.clone();
            config.gather.from =
                vec![if posts.is_empty() { ".".to_owned() } else { posts.clone() }];
            let pages = site.folders_of_pages().iter();
            let pages: Vec<String> = pages
                .filter(|pages| folder.join(&posts).join(pages).is_dir())
                .map(|pages| (*pages).to_owned())
                .collect();
            config.gather.exclude = pages.clone();
            let Ok(gathered) = gather(&config, &world, &mut sources) else { continue };
            let manuscript = gathered.value;
            return Some(Self {
                about: site.about(&world),
                site,
                posts,
                pages,
                count: manuscript.posts.len(),
                tags: tags(&manuscript),
            });
        }
        None
    }
}

/// Settings that gather every post.
fn any_book() -> Option<BookConfig> {
    let mut world = MemoryWorld::new(utc_date());
    world.insert("book.yaml", "title: A book\n".as_bytes());
    let read = read_config(&world, "book.yaml", &mut Sources::default());
    read.ok().map(|read| read.value)
}

/// The tags of all posts that a book could have.
pub(super) fn tags_of_book(
    folder: &Path,
    name: &str,
    sources: &mut Sources,
) -> Result<Vec<TagUse>, Vec<Diagnostic>> {
    let world = DiskWorld::new(folder);
    let mut config = read_config(&world, name, sources)?.value;
    let selection = &mut config.gather;
    for tags in [&mut selection.any, &mut selection.all, &mut selection.none] {
        tags.clear();
    }
    (selection.first, selection.last) = (None, None);
    selection.order = Order::default();
    let gathered = gather(&config, &world, sources)?;
    Ok(tags(&gathered.value))
}

/// The tags of some posts, the most frequent first.
fn tags(manuscript: &Manuscript) -> Vec<TagUse> {
    let mut found: BTreeMap<String, TagUse> = BTreeMap::new();
    for post in &manuscript.posts {
        let mut own: Vec<String> = Vec::new();
        for tag in &post.header.tags {
            let folded = fold_tag(tag);
            if own.contains(&folded) {
                continue;
            }
            own.push(folded.clone());
            let used = found.entry(folded).or_insert_with(|| TagUse {
                name: tag.clone(),
                posts: 0,
                first: None,
                last: None,
            });
            used.posts += 1;
            let date = post.header.date;
            used.first = [used.first, date].into_iter().flatten().min();
            used.last = [used.last, date].into_iter().flatten().max();
        }
    }
    let mut tags: Vec<TagUse> = found.into_values().collect();
    tags.sort_by(|a, b| b.posts.cmp(&a.posts).then_with(|| a.name.cmp(&b.name)));
    tags
}
