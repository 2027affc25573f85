//! The order of the chapters, and the parts that they fall into.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::post::Candidate;
use super::tags::posts;
use crate::config::{Order, Selection, TagName};
use crate::diag::{Code, Diagnostic, nearest};

/// What an explicit order made of the posts.
pub(super) struct Listed {
    /// Those that it names, in its order.
    pub(super) posts: Vec<Candidate>,
    /// Those that it does not name.
    pub(super) unlisted: Vec<Candidate>,
    /// Names that are wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Puts posts in an order that their headers decide; ties are broken by path.
pub(super) fn sort(candidates: &mut [Candidate], order: &Order) {
    candidates.sort_by(|a, b| a.post.path.cmp(&b.post.path));
    match order {
        Order::Date => candidates.sort_by(by_date),
        Order::DateDescending => {
            candidates.sort_by(|a, b| match (a.written, b.written) {
                (Some(a), Some(b)) => b.cmp(&a),
                _ => by_date(a, b),
            })
        }
        Order::Title => candidates.sort_by_cached_key(|candidate| {
            let words = candidate.post.header.title.to_lowercase();
            words.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned()
        }),
        Order::Weight => candidates.sort_by(|a, b| {
            let weight = |c: &Candidate| c.post.header.weight.unwrap_or(f64::INFINITY);
            weight(a).total_cmp(&weight(b)).then_with(|| by_date(a, b))
        }),
        Order::Explicit(_) => {}
    }
}

/// Dateless posts come after dated ones.
fn by_date(a: &Candidate, b: &Candidate) -> Ordering {
    match (a.written, b.written) {
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// Puts posts in the order of a list of slugs; a path serves where two have one slug.
/// `excluded` tells why a slug's post is left out, if that is so.
pub(super) fn list(
    candidates: Vec<Candidate>,
    names: &[TagName],
    excluded: &BTreeMap<String, String>,
) -> Listed {
    let mut waiting: Vec<Option<Candidate>> = candidates.into_iter().map(Some).collect();
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, candidate) in waiting.iter().flatten().enumerate() {
        by_name.entry(candidate.post.slug.clone()).or_default().push(at);
        by_name.entry(candidate.post.path.clone()).or_default().push(at);
    }
    let mut listed =
        Listed { posts: Vec::new(), unlisted: Vec::new(), diagnostics: Vec::new() };
    for TagName { name, span } in names {
        let problem = match by_name.get(name).map(Vec::as_slice) {
            Some(&[at]) => match waiting[at].take() {
                Some(candidate) => {
                    listed.posts.push(candidate);
                    continue;
                }
                None => Diagnostic::new(
                    Code::UnknownSlug,
                    format!("`{name}` is listed twice"),
                )
                .hint("keep one of the two"),
            },
            Some(several) => {
                let paths: Vec<String> = several
                    .iter()
                    .filter_map(|&at| waiting[at].as_ref())
                    .map(|candidate| format!("`{}`", candidate.post.path))
                    .collect();
                Diagnostic::new(
                    Code::UnknownSlug,
                    format!("several posts have the slug `{name}`"),
                )
                .hint(format!("name each by its path: {}", paths.join(", ")))
            }
            None => unknown(name, by_name.keys(), excluded),
        };
        listed.diagnostics.push(problem.at(*span));
    }
    listed.unlisted = waiting.into_iter().flatten().collect();
    listed
}

fn unknown<'a>(
    name: &str,
    known: impl Iterator<Item = &'a String>,
    excluded: &BTreeMap<String, String>,
) -> Diagnostic {
    if let Some(reason) = excluded.get(name) {
        let message = format!("`{name}` is listed, but it {reason}");
        return Diagnostic::new(Code::UnknownSlug, message)
            .hint("take it off the list, or change the post");
    }
    let diagnostic =
        Diagnostic::new(Code::UnknownSlug, format!("no post has the slug `{name}`"));
    match nearest(name, known.map(String::as_str)) {
        Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
        None => diagnostic.hint("`bindery list --why` shows the posts"),
    }
}

/// One warning on all posts that an explicit order forgets.
pub(super) fn forgotten(
    unlisted: &[Candidate],
    names: &[TagName],
    selection: &Selection,
) -> Option<Diagnostic> {
    const NAMED: usize = 5;
    if unlisted.is_empty() {
        return None;
    }
    let slugs = unlisted.iter().take(NAMED).map(|c| format!("`{}`", c.post.slug));
    let mut slugs = slugs.collect::<Vec<_>>().join(", ");
    if unlisted.len() > NAMED {
        slugs += ", …";
    }
    let count = posts(unlisted.len());
    let message =
        format!("{count} gathered, but not listed in `{}`: {slugs}", selection.list());
    Some(
        Diagnostic::new(Code::UnlistedPost, message)
            .at(names.last().and_then(|name| name.span))
            .hint(match selection.arrangement {
                Some(_) => "`bindery arrange` adds them",
                None => "list them, or narrow `gather.tags`",
            }),
    )
}
