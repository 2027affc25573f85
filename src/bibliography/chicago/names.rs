//! Names: in their order, the family name first, or the family name alone.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Namesakes;
use super::title::without_article;
use crate::bibliography::{Name, Reference, ReferenceKind, markup};
use crate::language::Language;

/// More authors than these are cut to the first in a note (17, 14.76).
const MAX_AUTHORS_IN_NOTE: usize = 3;
/// More than these are cut to the first seven in an entry (17, 14.76).
const MAX_AUTHORS_IN_ENTRY: usize = 10;
const LISTED_IN_ENTRY: usize = 7;

/// The names that lead a reference, and whether they are editors: a book that has no author
/// begins with its editors.
pub(super) fn leading(reference: &Reference) -> (&[Name], bool) {
    let takes_editors = !matches!(
        reference.kind,
        ReferenceKind::Chapter | ReferenceKind::Paper | ReferenceKind::Entry
    );
    if reference.authors.is_empty() && takes_editors {
        (&reference.editors, true)
    } else {
        (&reference.authors, false)
    }
}

/// `A, B, and C`, or `A et al.`.
pub(super) fn in_note(names: &[Name], language: &Language) -> String {
    let shown = if names.len() > MAX_AUTHORS_IN_NOTE { 1 } else { names.len() };
    list(names, shown, language, |_, name| straight(name))
}

/// `A, B, C, and D`: all of them.
pub(super) fn all(names: &[Name], language: &Language) -> String {
    list(names, shown_in_entry(names), language, |_, name| straight(name))
}

/// `Family, Given, and Given Family`.
pub(super) fn in_entry(names: &[Name], language: &Language) -> String {
    let name =
        |index, name: &Name| if index == 0 { inverted(name) } else { straight(name) };
    list(names, shown_in_entry(names), language, name)
}

/// Family names; the whole name where two authors share one.
pub(super) fn short(
    names: &[Name],
    namesakes: &Namesakes<'_>,
    language: &Language,
) -> String {
    let shown = if names.len() > MAX_AUTHORS_IN_NOTE { 1 } else { names.len() };
    list(names, shown, language, |_, name| match name {
        Name::Person { family, .. } if namesakes.has(family) => straight(name),
        Name::Person { family, particle, .. } => join(&[particle, family]),
        Name::Literal(name) => name.clone(),
    })
}

fn shown_in_entry(names: &[Name]) -> usize {
    if names.len() > MAX_AUTHORS_IN_ENTRY { LISTED_IN_ENTRY } else { names.len() }
}

fn list(
    names: &[Name],
    shown: usize,
    language: &Language,
    form: impl Fn(usize, &Name) -> String,
) -> String {
    let words = language.words();
    let mut text = String::new();
    let is_cut = shown < names.len();
    for (index, name) in names.iter().take(shown).enumerate() {
        let name = form(index, name);
        let is_last = !is_cut && index + 1 == shown;
        match index {
            0 => {}
            // Only English has a comma before the last of three (17, 6.19), and one after an
            // inverted name.
            _ if is_last => {
                let is_english = language.primary() == "en";
                let is_inverted = text.contains(',');
                if is_english && (shown > 2 || is_inverted) {
                    text.push(',');
                }
                text.push_str(&format!(" {} ", words.and));
            }
            _ => text.push_str(", "),
        }
        text.push_str(&name);
    }
    if is_cut {
        let comma = if shown > 1 { "," } else { "" };
        text.push_str(&format!("{comma} {}", words.citing.et_al));
    }
    text
}

fn straight(name: &Name) -> String {
    match name {
        Name::Literal(name) => name.clone(),
        Name::Person { family, given, particle, suffix } => {
            join(&[given, particle, family, suffix])
        }
    }
}

fn inverted(name: &Name) -> String {
    match name {
        Name::Literal(name) => name.clone(),
        Name::Person { family, given, particle, suffix } => {
            // The particle goes with the given names, as entries are sorted without it.
            let parts = [family.clone(), join(&[given, particle]), suffix.clone()];
            let parts: Vec<_> =
                parts.into_iter().filter(|part| !part.is_empty()).collect();
            parts.join(", ")
        }
    }
}

fn join(parts: &[&String]) -> String {
    let parts: Vec<&str> =
        parts.iter().map(|part| part.as_str()).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// What entries are sorted by: names, then titles, case, accents and articles aside. The
/// particle of a family name does not count.
pub(super) fn order(reference: &Reference) -> (Vec<String>, String, String) {
    let name = |name: &Name| match name {
        Name::Literal(name) => fold(without_article(name)),
        Name::Person { family, given, .. } => fold(&format!("{family}\u{1}{given}")),
    };
    let title = fold(without_article(&markup::plain(&reference.title)));
    let (names, _) = leading(reference);
    let mut names: Vec<String> = names.iter().map(name).collect();
    if names.is_empty() {
        let first = [Some(title.clone()), reference.container_title.as_deref().map(fold)];
        names.extend(first.into_iter().flatten().find(|text| !text.is_empty()));
    }
    (names, title, reference.key.clone())
}

fn fold(text: &str) -> String {
    let letters = text.nfkd().filter(|&c| !is_combining_mark(c));
    letters.flat_map(char::to_lowercase).filter(|c| !"“”‘’\"'«»".contains(*c)).collect()
}
