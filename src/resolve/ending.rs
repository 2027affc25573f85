//! How a quotation ends when its last words name its source.

use crate::document::{Inline, InlineKind, PhraseRole, plain_text};

use super::citation::{as_link, is_prefix, source};
use super::notetext::Source;

/// The most characters that an attribution has; more is the author's own text after a dash.
const LONGEST_ATTRIBUTION: usize = 200;

/// The end of a paragraph that names a source.
pub(super) enum Ending {
    /// A name that gives way to a mark.
    Name {
        /// What stays.
        keep: Keep,
        /// What is named.
        sources: Vec<Source>,
    },
    /// Words that stay, with a mark at a place among them.
    Attribution {
        /// How many inlines stand before the mark.
        after: usize,
        /// What they name.
        source: Source,
    },
}

/// How much of a run stays.
pub(super) struct Keep {
    /// How many inlines.
    pub(super) inlines: usize,
    /// How many bytes of the last of them, if that is text that does not stay whole.
    pub(super) text: Option<usize>,
}

/// Reads the end of a quotation's last paragraph; `sources` are those that the post's header
/// names.
pub(super) fn read(run: &[Inline], sources: &[(String, String)]) -> Option<Ending> {
    attribution(run)
        .or_else(|| cited(run, sources))
        .or_else(|| closing_link(run, false))
        .or_else(|| bare_name(run, sources))
}

/// Reads a paragraph that follows a quotation. Here the author speaks again, so a link alone
/// names no source: it takes a dash or a word such as `Source:`.
pub(super) fn read_after(run: &[Inline]) -> Option<Ending> {
    attribution(run).filter(|_| starts_with_dash(run)).or_else(|| closing_link(run, true))
}

fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '―' | '-')
}

fn starts_with_dash(run: &[Inline]) -> bool {
    run.first().is_some_and(|first| match &first.kind {
        InlineKind::Text(text) => text.trim_start().starts_with(is_dash),
        InlineKind::Phrase(phrase) => starts_with_dash(&phrase.content),
        _ => false,
    })
}

/// `— Author, [*Title*](url)`, as a paragraph or as the last line of one.
fn attribution(run: &[Inline]) -> Option<Ending> {
    let is_break = |inline: &Inline| matches!(inline.kind, InlineKind::LineBreak);
    let start = run.iter().rposition(is_break).map_or(0, |at| at + 1);
    let line = &run[start..];
    if !starts_with_dash(line) || plain_text(line).chars().count() > LONGEST_ATTRIBUTION {
        return None;
    }
    let (at, address) = line
        .iter()
        .enumerate()
        .rev()
        .find_map(|(at, inline)| Some((at, link_within(inline)?)))?;
    let words = without_dash(unlinked(line));
    let address = address.to_owned();
    let source = Source { words, is_outlet: false, detail: String::new(), address };
    Some(Ending::Attribution { after: start + at + 1, source })
}

/// `<cite>…</cite>` with a link, or with a name that the header knows.
fn cited(run: &[Inline], sources: &[(String, String)]) -> Option<Ending> {
    let at = run.iter().rposition(|inline| !is_end(inline))?;
    let InlineKind::Phrase(phrase) = &run[at].kind else { return None };
    if phrase.role != PhraseRole::Cite {
        return None;
    }
    let known = || named(&plain_text(&phrase.content), sources);
    let address = link_within(&run[at]).or_else(known)?.to_owned();
    let words = unlinked(&phrase.content);
    let source = Source { words, is_outlet: true, detail: String::new(), address };
    Some(Ending::Attribution { after: at + 1, source })
}

/// `… said. [Korea Times](url)`, `([Korea Times](url))`, or the link alone in its paragraph.
fn closing_link(run: &[Inline], needs_prefix: bool) -> Option<Ending> {
    let at = run.iter().rposition(|inline| !is_end(inline))?;
    let (address, words) = as_link(&run[at])?;
    let sources = vec![source(words, address)];
    let Some(before) = at.checked_sub(1) else {
        let keep = Keep { inlines: 0, text: None };
        return (!needs_prefix).then_some(Ending::Name { keep, sources });
    };
    let InlineKind::Text(text) = &run[before].kind else { return None };
    let mut kept = text.trim_end();
    let clause = kept
        .rfind(['.', '!', '?', '”', '…', '('])
        .map_or(0, |end| end + kept[end..].chars().next().map_or(1, char::len_utf8));
    let prefixed = is_prefix(&kept[clause..]);
    if prefixed {
        kept = kept[..clause].trim_end();
    }
    if plain_text(&run[at + 1..]).contains(')') {
        kept = kept.strip_suffix('(')?.trim_end();
    }
    kept = kept.trim_end_matches(is_dash).trim_end();
    let first = before == 0 && kept.is_empty();
    let ends = kept.ends_with(['.', '!', '?', '”', '’', '…', '"', '»', ')', '。', '」']);
    let allowed = if needs_prefix { first && prefixed } else { first || ends };
    let inlines = if kept.is_empty() { before } else { at };
    let keep = Keep { inlines, text: (!kept.is_empty()).then_some(kept.len()) };
    allowed.then_some(Ending::Name { keep, sources })
}

/// `… said. [Korea Times]`, with an address in the post's header.
fn bare_name(run: &[Inline], sources: &[(String, String)]) -> Option<Ending> {
    let last = run.len().checked_sub(1)?;
    let InlineKind::Text(text) = &run[last].kind else { return None };
    let inside = text.trim_end().trim_end_matches('.').strip_suffix(']')?;
    let open = inside.rfind('[')?;
    let name = inside[open + 1..].trim();
    let address = named(name, sources)?;
    let words = vec![Inline::text(name, run[last].span)];
    let kept = text[..open].trim_end().len();
    let keep = if kept == 0 {
        Keep { inlines: last, text: None }
    } else {
        Keep { inlines: last + 1, text: Some(kept) }
    };
    Some(Ending::Name { keep, sources: vec![source(words, address)] })
}

/// The address of a name in the post's header, letter case aside.
fn named<'s>(name: &str, sources: &'s [(String, String)]) -> Option<&'s str> {
    let name = name.trim().to_lowercase();
    let found = sources.iter().find(|(known, _)| known.trim().to_lowercase() == name);
    found.map(|(_, address)| address.as_str())
}

/// Whether an inline only ends a paragraph: space, a period, a closing bracket.
fn is_end(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Text(text) => {
            text.chars().all(|c| c.is_whitespace() || ".)".contains(c))
        }
        InlineKind::LineBreak => true,
        _ => false,
    }
}

fn link_within(inline: &Inline) -> Option<&str> {
    if let Some((address, _)) = as_link(inline) {
        return Some(address);
    }
    match &inline.kind {
        InlineKind::Phrase(phrase) => phrase.content.iter().rev().find_map(link_within),
        _ => None,
    }
}

/// The words of a run, its links without their ends.
fn unlinked(run: &[Inline]) -> Vec<Inline> {
    let mut words = Vec::new();
    for inline in run {
        match &inline.kind {
            InlineKind::Link { content, .. } => words.extend(unlinked(content)),
            InlineKind::Phrase(phrase) => {
                let mut phrase = phrase.clone();
                phrase.content = unlinked(&phrase.content);
                words.push(Inline::new(InlineKind::Phrase(phrase), inline.span));
            }
            _ => words.push(inline.clone()),
        }
    }
    words
}

/// Takes the dash before and the period after an attribution away.
fn without_dash(mut words: Vec<Inline>) -> Vec<Inline> {
    if let Some(first) = words.first_mut() {
        match &mut first.kind {
            InlineKind::Text(text) => {
                *text = text.trim_start_matches(|c| is_dash(c) || c == ' ').to_owned();
            }
            InlineKind::Phrase(phrase) => {
                phrase.content = without_dash(std::mem::take(&mut phrase.content));
            }
            _ => {}
        }
    }
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = words.last_mut() {
        text.truncate(text.trim_end_matches(['.', ' ', ',']).len());
    }
    words.retain(
        |inline| !matches!(&inline.kind, InlineKind::Text(text) if text.is_empty()),
    );
    words
}
