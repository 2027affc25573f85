//! How a quotation ends when its last words name its source.

use crate::document::{Inline, InlineKind, plain_text};

use super::super::findings::SourceForm;
use super::attribution::{attribution, cited, is_dash, starts_with_dash};
use super::list::{self, Source, as_link};
use super::names::Names;
use super::words::credit;

/// The end of a paragraph that names a source.
pub(super) enum Ending {
    /// A name that gives way to a mark.
    Name {
        /// What stays.
        keep: Keep,
        /// What is named.
        sources: Vec<Source>,
        /// How.
        form: SourceForm,
    },
    /// Words that stay, with a mark at a place among them.
    Attribution {
        /// How many inlines stand before the mark.
        after: usize,
        /// What they name.
        source: Source,
        /// How.
        form: SourceForm,
    },
}

/// How much of a run stays.
pub(super) struct Keep {
    /// How many inlines.
    pub(super) inlines: usize,
    /// How many bytes of the last of them, if that is text that does not stay whole.
    pub(super) text: Option<usize>,
}

/// Reads the end of a quotation's last paragraph.
pub(super) fn read(run: &[Inline], names: Names<'_>) -> Option<Ending> {
    attribution(run, names)
        .or_else(|| cited(run, names))
        .or_else(|| closing_link(run, names, false))
        .or_else(|| bare_name(run, names))
        .or_else(|| source_line(run, names))
}

/// Reads a paragraph that follows a quotation. Here the author speaks again, so a
/// link alone names no source: it takes a dash or a word such as `Source:`.
pub(super) fn read_after(run: &[Inline], names: Names<'_>) -> Option<Ending> {
    let attribution = attribution(run, names).filter(|_| starts_with_dash(run));
    let whole = |ending: &Ending| {
        matches!(ending, Ending::Name { keep: Keep { inlines: 0, .. }, .. })
    };
    attribution
        .or_else(|| closing_link(run, names, true).filter(whole))
        .or_else(|| source_line(run, names).filter(whole))
}

/// `… said. [Korea Times](url)`, `([Korea Times](url))`, or the link alone in its paragraph; there
/// may be several.
pub(super) fn closing_link(
    run: &[Inline],
    names: Names<'_>,
    needs_credit: bool,
) -> Option<Ending> {
    let end = run.iter().rposition(|inline| !is_end(inline))?;
    as_link(&run[end])?;
    let first = first_of_list(run, end);
    let Some(before) = first.checked_sub(1) else {
        let sources = list::read(&run[..=end], names)?.sources;
        let keep = Keep { inlines: 0, text: None };
        let form = SourceForm::ClosingLink;
        return (!needs_credit).then_some(Ending::Name { keep, sources, form });
    };
    let InlineKind::Text(text) = &run[before].kind else { return None };
    let mut kept = text.trim_end();
    let clause = last_clause(kept);
    let mut list = Vec::new();
    let credited = credit(&kept[clause..]).is_some();
    if credited {
        list.push(Inline::text(&kept[clause..], run[before].span));
        kept = kept[..clause].trim_end();
    }
    list.extend_from_slice(&run[first..=end]);
    let sources = list::read(&list, names)?.sources;
    if plain_text(&run[end + 1..]).contains(')') {
        kept = kept.strip_suffix('(')?.trim_end();
    }
    kept = kept.trim_end_matches(is_dash).trim_end();
    let alone = before == 0 && kept.is_empty();
    let broken = before > 0
        && kept.is_empty()
        && matches!(run[before - 1].kind, InlineKind::LineBreak);
    let ends = kept.ends_with(['.', '!', '?', '”', '’', '…', '"', '»', ')', '。', '」']);
    let allowed = if needs_credit { credited && (alone || ends) } else { alone || ends };
    let inlines = if kept.is_empty() { before } else { before + 1 };
    let keep = Keep { inlines, text: (!kept.is_empty()).then_some(kept.len()) };
    let form = if credited { SourceForm::SourceLine } else { SourceForm::ClosingLink };
    let allowed = allowed || (broken && (credited || !needs_credit));
    allowed.then_some(Ending::Name { keep, sources, form })
}

/// Where the sources begin that end with the link at `end`.
fn first_of_list(run: &[Inline], end: usize) -> usize {
    let mut first = end;
    while let Some(before) = first.checked_sub(2)
        && as_link(&run[before]).is_some()
        && matches!(&run[before + 1].kind, InlineKind::Text(text) if text.trim().len() <= 5)
        && list_separator(&run[before + 1])
    {
        first = before;
    }
    first
}

fn list_separator(inline: &Inline) -> bool {
    matches!(&inline.kind, InlineKind::Text(text)
        if matches!(text.trim(), "," | ";" | "|" | "/" | "&" | "and" | ", and" | "·"))
}

/// Where the words after the last sentence begin.
fn last_clause(text: &str) -> usize {
    let ends = ['.', '!', '?', '”', '…', '(', '。'];
    let mut end = text.len();
    while let Some(at) = text[..end].rfind(ends) {
        // `h/t.` and the like end no sentence.
        let after = at + text[at..].chars().next().map_or(1, char::len_utf8);
        if after < text.len() {
            return after;
        }
        end = at;
    }
    0
}

/// `Source: Korea Times`, as a paragraph or as the last line of one, with a name that is known.
fn source_line(run: &[Inline], names: Names<'_>) -> Option<Ending> {
    let is_break = |inline: &Inline| matches!(inline.kind, InlineKind::LineBreak);
    let start = run.iter().rposition(is_break).map_or(0, |at| at + 1);
    let line = &run[start..];
    let [Inline { kind: InlineKind::Text(_), .. }] = line else { return None };
    let list = list::read(line, names)?;
    list.credit?;
    let keep = Keep { inlines: start, text: None };
    Some(Ending::Name { keep, sources: list.sources, form: SourceForm::SourceLine })
}

/// `… said. [Korea Times]`, with a name that is known.
fn bare_name(run: &[Inline], names: Names<'_>) -> Option<Ending> {
    let (last, open, name) = closing_bracket(run)?;
    let content = [Inline::text(name, run[last].span)];
    let sources = list::read(&content, names)?.sources;
    let InlineKind::Text(text) = &run[last].kind else { return None };
    let kept = text[..open].trim_end().len();
    let keep = if kept == 0 {
        Keep { inlines: last, text: None }
    } else {
        Keep { inlines: last + 1, text: Some(kept) }
    };
    Some(Ending::Name { keep, sources, form: SourceForm::Name })
}

/// The words in brackets that end a run, the inline that holds them, and where they open in it.
fn closing_bracket(run: &[Inline]) -> Option<(usize, usize, &str)> {
    let last = run.len().checked_sub(1)?;
    let InlineKind::Text(text) = &run[last].kind else { return None };
    let inside = text.trim_end().trim_end_matches('.').strip_suffix(']')?;
    let open = inside.rfind('[')?;
    Some((last, open, inside[open + 1..].trim()))
}

/// Words in brackets that end a quotation as a source's name does, if nobody knows the name.
pub(super) fn unknown_name(run: &[Inline]) -> Option<&str> {
    const MAX_NAME_WORDS: usize = 8;
    let (_, _, name) = closing_bracket(run)?;
    let capital =
        name.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    let words = name.split_whitespace().count();
    let said = name.to_lowercase();
    let remark = said.starts_with("emphasis") || said.starts_with("sic");
    (capital && words <= MAX_NAME_WORDS && !remark).then_some(name)
}

/// Whether an inline only ends a paragraph: space, a period, a closing bracket.
pub(super) fn is_end(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Text(text) => {
            text.chars().all(|c| c.is_whitespace() || ".)".contains(c))
        }
        InlineKind::LineBreak => true,
        _ => false,
    }
}
