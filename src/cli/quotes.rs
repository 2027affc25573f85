//! `check --quotes`: how much is quoted, by source and by chapter.

use std::path::{Path, PathBuf};

use super::disk::DiskWorld;
use super::{output, table};
use crate::book::{self, Book, Quotations, QuotedSource};
use crate::diag::Diagnostic;
use crate::document::plain_text;
use crate::permissions::{self, Quoted};
use crate::world::World;

/// The two lists.
pub(super) fn list(book: &Book, csv: bool) -> Vec<String> {
    let quotations = book::quotations(book);
    let (sources, chapters) = (sources(&quotations), chapters(book, &quotations));
    if csv {
        return vec![table::csv(&sources), table::csv(&chapters)];
    }
    vec![table::lay_out(&sources, &[1, 2, 3]), table::lay_out(&chapters, &[1, 2, 3])]
}

fn sources(quotations: &Quotations) -> Vec<Vec<String>> {
    const HEADS: [&str; 4] = ["Source", "Excerpts", "Words", "Longest"];
    let Quotations { sources, unattributed, chapters: _ } = quotations;
    let mut rows = vec![HEADS.map(str::to_owned).to_vec()];
    let named = sources.iter().map(|source| (source.name.as_str(), &source.excerpts));
    let without = Some(("(no source named)", unattributed));
    let without = without.filter(|(_, excerpts)| !excerpts.is_empty());
    let mut total = (0, 0, 0);
    for (name, excerpts) in named.chain(without) {
        let words: usize = excerpts.iter().map(|excerpt| excerpt.words).sum();
        let longest = excerpts.iter().map(|excerpt| excerpt.words).max().unwrap_or(0);
        rows.push(row(name, [excerpts.len(), words, longest]));
        total = (total.0 + excerpts.len(), total.1 + words, total.2.max(longest));
    }
    rows.push(row("All", [total.0, total.1, total.2]));
    rows
}

/// Brings `permissions.yaml` up to date, if it is there; gives its path if anything changed.
pub(super) fn keep_permissions(
    book: &Book,
    world: &DiskWorld,
    root: &Path,
) -> Result<Option<PathBuf>, Diagnostic> {
    let Ok(bytes) = world.read(permissions::FILE) else { return Ok(None) };
    let Ok(text) = std::str::from_utf8(&bytes) else { return Ok(None) };
    let quotations = book::quotations(book);
    let all: usize = quotations.chapters.iter().map(|chapter| chapter.words).sum();
    let quoted = |source: &QuotedSource| {
        let words: usize = source.excerpts.iter().map(|excerpt| excerpt.words).sum();
        let share = (words * 2000 + all).checked_div(all * 2).unwrap_or(0);
        let excerpts = source.excerpts.len();
        Quoted { source: source.name.clone(), excerpts, words, share }
    };
    let quoted: Vec<Quoted> = quotations.sources.iter().map(quoted).collect();
    match permissions::update(text, &quoted) {
        Some(new) if new != text => {
            output::write(root, permissions::FILE, new.as_bytes()).map(Some)
        }
        _ => Ok(None),
    }
}

fn row(name: &str, numbers: [usize; 3]) -> Vec<String> {
    std::iter::once(name.to_owned())
        .chain(numbers.iter().map(ToString::to_string))
        .collect()
}

fn chapters(book: &Book, quotations: &Quotations) -> Vec<Vec<String>> {
    const HEADS: [&str; 4] = ["Chapter", "Words", "Quoted", "Share"];
    let mut rows = vec![HEADS.map(str::to_owned).to_vec()];
    let line = |title: String, words: usize, quoted: usize| {
        let share = (quoted * 200 + words).checked_div(words * 2).unwrap_or(0);
        vec![title, words.to_string(), quoted.to_string(), format!("{share} %")]
    };
    let (mut all, mut quoted) = (0, 0);
    for (chapter, share) in book.texts().zip(&quotations.chapters) {
        rows.push(line(plain_text(&chapter.title), share.words, share.quoted));
        all += share.words;
        quoted += share.quoted;
    }
    rows.push(line("All".to_owned(), all, quoted));
    rows
}
