//! The parts that the chapters are divided into.

use std::collections::{BTreeMap, BTreeSet};

use super::Post;
use super::order;
use super::post::Candidate;
use super::tags::{self, TagCounts, fold};
use crate::config::{BookConfig, ListedPart, Order, Parts, TagName};
use crate::diag::{Code, Diagnostic, nearest};

/// The posts of a part.
pub(super) struct Members {
    /// Its title; none if the book is not divided, or for what is left.
    pub(super) title: Option<String>,
    /// Which it is of those that `gather.parts` lists, if it lists them.
    pub(super) listed: Option<usize>,
    /// The posts, in order.
    pub(super) posts: Vec<Post>,
}

/// Brings the posts of each part together and gives the parts in order.
pub(super) fn divide(
    candidates: Vec<Candidate>,
    config: &BookConfig,
    known: &TagCounts,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Members> {
    if let Parts::Listed(parts) = &config.gather.parts {
        let mut dealer = Dealer { parts, known, diagnostics };
        return dealer.deal(candidates);
    }
    let posts = candidates.into_iter().map(|it| it.post).collect();
    match &config.gather.parts {
        Parts::None => vec![Members { title: None, listed: None, posts }],
        parts => by_title(posts, parts, config),
    }
}

/// Parts that what the posts say gives their titles.
fn by_title(posts: Vec<Post>, parts: &Parts, config: &BookConfig) -> Vec<Members> {
    let selection = &config.gather;
    let asked = selection.any.iter().chain(&selection.all);
    let asked: Vec<(String, &TagName)> =
        asked.map(|tag| (fold(&tag.name), tag)).collect();
    // Posts keep their order within a part, and parts come in the order of their first posts,
    // which is the calendar's if the posts are in the order of their dates.
    let mut found: Vec<Members> = Vec::new();
    let mut places: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for post in posts {
        let title = match parts {
            Parts::Tag => tag_of(&post, &asked),
            Parts::Year => post.header.date.map(|date| date.year().to_string()),
            Parts::Month => post.header.date.map(|date| month(date, config)),
            Parts::Season => post.header.date.map(|date| config.language.season(date)),
            Parts::Series => post.said("series").map(str::to_owned),
            Parts::Author => post.header.authors.first().cloned(),
            Parts::None | Parts::Listed(_) => None,
        };
        let place = *places.entry(title.clone()).or_insert(found.len());
        match found.get_mut(place) {
            Some(part) => part.posts.push(post),
            None => found.push(Members { title, listed: None, posts: vec![post] }),
        }
    }
    if *parts == Parts::Tag {
        let rank = |title: &Option<String>| {
            asked.iter().position(|(_, tag)| Some(&tag.name) == title.as_ref())
        };
        found.sort_by_key(|part| rank(&part.title).unwrap_or(usize::MAX));
    }
    if *parts != Parts::Tag && selection.order == Order::Title {
        let oldest = |posts: &[Post]| posts.iter().map(|post| post.header.date).min();
        found.sort_by_key(|part| oldest(&part.posts));
    }
    found.sort_by_key(|part| part.title.is_none());
    found
}

/// Deals posts out to the parts that book.yaml lists.
struct Dealer<'a> {
    parts: &'a [ListedPart],
    known: &'a TagCounts,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Dealer<'_> {
    fn deal(&mut self, candidates: Vec<Candidate>) -> Vec<Members> {
        self.check(&candidates);
        let folded: Vec<BTreeSet<String>> = self
            .parts
            .iter()
            .map(|part| part.tags.iter().map(|tag| fold(&tag.name)).collect())
            .collect();
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, part) in self.parts.iter().enumerate() {
            for slug in &part.slugs {
                by_name.entry(&slug.name).or_default().push(at);
            }
        }
        let mut members: Vec<Vec<Candidate>> = Vec::new();
        members.resize_with(self.parts.len(), Vec::new);
        let mut without = Vec::new();
        for candidate in candidates {
            let post = &candidate.post;
            let tags: Vec<String> = post.header.tags.iter().map(|it| fold(it)).collect();
            // Blogs number the posts of a series by the same key.
            let named = post.said("part");
            let named =
                named.filter(|it| self.parts.iter().any(|part| part.title == *it));
            let listed = by_name.get(post.path.as_str());
            let listed = listed.or_else(|| by_name.get(post.slug.as_str()));
            let takes = |at: &usize| match (listed, named) {
                (Some(listed), _) => listed.contains(at),
                (None, Some(named)) => named == self.parts[*at].title,
                (None, None) => takes(&self.parts[*at], &folded[*at], post, &tags),
            };
            let mut taking = (0..self.parts.len()).filter(takes);
            let (first, second) = (taking.next(), taking.next());
            if let (Some(first), Some(second)) = (first, second) {
                self.say_twice(post, first, second);
            }
            let rest = || self.parts.iter().position(|part| part.is_rest);
            match first.or_else(rest) {
                Some(at) => members[at].push(candidate),
                None => without.push(candidate.post),
            }
        }
        self.say_without(&without);
        let mut found = Vec::new();
        for (at, mut members) in members.into_iter().enumerate() {
            let part = &self.parts[at];
            if members.is_empty() {
                self.say_empty(part);
                continue;
            }
            if let Some(order) = &part.order {
                order::sort(&mut members, order);
            }
            let mut posts: Vec<Post> = members.into_iter().map(|it| it.post).collect();
            in_order(&mut posts, part);
            let title = Some(part.title.clone());
            found.push(Members { title, listed: Some(at), posts });
        }
        found
    }

    /// Slugs and tags that no post has.
    fn check(&mut self, candidates: &[Candidate]) {
        let mut names = BTreeSet::new();
        for Candidate { post, .. } in candidates {
            names.extend([post.slug.as_str(), &post.path]);
        }
        for part in self.parts {
            for TagName { name, span } in &part.slugs {
                if !names.contains(name.as_str()) {
                    let message = format!("no chapter has the slug `{name}`");
                    let diagnostic =
                        Diagnostic::new(Code::UnknownSlug, message).at(*span);
                    self.diagnostics.push(match nearest(name, names.iter().copied()) {
                        Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
                        None => diagnostic.hint("`bindery list --why` shows the posts"),
                    });
                }
            }
            for TagName { name, span } in &part.tags {
                if !self.known.contains(name) {
                    let message = format!("no post has the tag `{name}`");
                    let mut diagnostic =
                        Diagnostic::new(Code::UnknownTag, message).at(*span);
                    diagnostic.hints = self.known.hints(name);
                    self.diagnostics.push(diagnostic);
                }
            }
        }
    }

    fn say_twice(&mut self, post: &Post, first: usize, second: usize) {
        let message = format!(
            "`{}` belongs to two parts, “{}” and “{}”",
            post.slug, self.parts[first].title, self.parts[second].title
        );
        let diagnostic = Diagnostic::new(Code::SeveralParts, message);
        let hint = "it stands in the first; `part: …` in its header says which";
        self.diagnostics.push(diagnostic.at(self.parts[second].span).hint(hint));
    }

    fn say_without(&mut self, posts: &[Post]) {
        const NAMED: usize = 5;
        if posts.is_empty() {
            return;
        }
        let slugs = posts.iter().take(NAMED).map(|post| format!("`{}`", post.slug));
        let mut slugs = slugs.collect::<Vec<_>>().join(", ");
        if posts.len() > NAMED {
            slugs += ", …";
        }
        let count = tags::posts(posts.len());
        let belong = if posts.len() == 1 { "belongs" } else { "belong" };
        let message = format!("{count} {belong} to no part: {slugs}");
        let diagnostic = Diagnostic::new(Code::NoPart, message);
        let hint = "add a part for what is left: `- rest: {title: Other posts}`";
        let span = self.parts.last().map(|part| part.span);
        self.diagnostics.push(diagnostic.at(span).hint(hint));
    }

    fn say_empty(&mut self, part: &ListedPart) {
        if part.is_rest {
            return;
        }
        let message = format!("the part “{}” has no chapter", part.title);
        let diagnostic = Diagnostic::new(Code::EmptyPart, message).at(part.span);
        let hint = "it is left out; a part takes `tags`, `dates`, `slugs`, and posts whose header \
                    names it as their `part`";
        self.diagnostics.push(diagnostic.hint(hint));
    }
}

/// Whether a part takes a post that it does not name: the post has one of its tags and was written on
/// one of its days.
fn takes(
    part: &ListedPart,
    folded: &BTreeSet<String>,
    post: &Post,
    tags: &[String],
) -> bool {
    let selects = !folded.is_empty() || part.first.is_some() || part.last.is_some();
    let tagged = folded.is_empty() || tags.iter().any(|tag| folded.contains(tag));
    let dated = match post.header.date {
        Some(date) => {
            part.first.is_none_or(|first| first <= date)
                && part.last.is_none_or(|last| date <= last)
        }
        None => part.first.is_none() && part.last.is_none(),
    };
    selects && tagged && dated
}

/// Those that the part lists come first, in its order.
fn in_order(members: &mut [Post], part: &ListedPart) {
    let places: BTreeMap<&str, usize> =
        part.slugs.iter().zip(0..).map(|(it, at)| (it.name.as_str(), at)).collect();
    let place = |post: &Post| {
        let named = places.get(post.slug.as_str()).or(places.get(post.path.as_str()));
        named.copied().unwrap_or(usize::MAX)
    };
    members.sort_by_key(place);
}

/// The first of the tags asked for that a post has; its own first if none was asked for.
fn tag_of(post: &Post, asked: &[(String, &TagName)]) -> Option<String> {
    let tags: Vec<String> = post.header.tags.iter().map(|tag| fold(tag)).collect();
    if asked.is_empty() {
        return post.header.tags.first().cloned();
    }
    let (_, tag) = asked.iter().find(|(folded, _)| tags.contains(folded))?;
    Some(tag.name.clone())
}

fn month(date: jiff::civil::Date, config: &BookConfig) -> String {
    let months = &config.language.words().months;
    let name = months[usize::from(date.month().unsigned_abs()) - 1];
    // A month that the language writes small stands large at the head of a title.
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    format!("{} {}", first.chain(letters).collect::<String>(), date.year())
}
