//! Lines that say who wrote what is quoted: `— Author, [*Title*](…)`, `<cite>…</cite>`.

use crate::document::{Inline, InlineKind, PhraseRole, plain_text};

use super::super::findings::SourceForm;
use super::ending::{Ending, is_end};
use super::list::{Source, as_link};
use super::names::Names;

/// The most characters that an attribution has; more is the author's own text after a dash.
const MAX_ATTRIBUTION_CHARS: usize = 200;

/// Whether a character is a dash that begins an attribution.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '―' | '-')
}

/// Whether a run begins with a dash.
pub(super) fn starts_with_dash(run: &[Inline]) -> bool {
    run.first().is_some_and(|first| match &first.kind {
        InlineKind::Text(text) => text.trim_start().starts_with(is_dash),
        InlineKind::Phrase(phrase) => starts_with_dash(&phrase.content),
        _ => false,
    })
}

/// `— Author, [*Title*](url)`, as a paragraph or as the last line of one. Without a link it must
/// name an outlet that is known.
pub(super) fn attribution(run: &[Inline], names: Names<'_>) -> Option<Ending> {
    let is_break = |inline: &Inline| matches!(inline.kind, InlineKind::LineBreak);
    let start = run.iter().rposition(is_break).map_or(0, |at| at + 1);
    let line = &run[start..];
    if !starts_with_dash(line) || plain_text(line).chars().count() > MAX_ATTRIBUTION_CHARS
    {
        return None;
    }
    let words = without_dash(unlinked(line));
    let linked = line
        .iter()
        .enumerate()
        .rev()
        .find_map(|(at, inline)| Some((at, link_within(inline)?)));
    let said = plain_text(&words);
    let whole = names.find(&said);
    let is_outlet = linked.is_none() && whole.is_some();
    let (after, address, reference) = match linked {
        Some((at, address)) => (start + at + 1, Some(address.to_owned()), None),
        None => {
            let known = whole.or_else(|| Some(names.within(&said)?.2))?;
            (run.len(), known.address, known.reference)
        }
    };
    let source = Source {
        lead: String::new(),
        words,
        is_outlet,
        detail: String::new(),
        address,
        reference,
    };
    Some(Ending::Attribution { after, source, form: SourceForm::Attribution })
}

/// `<cite>…</cite>` with a link, or with a name that is known.
pub(super) fn cited(run: &[Inline], names: Names<'_>) -> Option<Ending> {
    let at = run.iter().rposition(|inline| !is_end(inline))?;
    let InlineKind::Phrase(phrase) = &run[at].kind else { return None };
    if phrase.role != PhraseRole::Cite {
        return None;
    }
    let words = unlinked(&phrase.content);
    let known = names.find(&plain_text(&words));
    let address = link_within(&run[at]).map(str::to_owned);
    let named = known.is_some();
    let (other, reference) = known.map_or((None, None), |it| (it.address, it.reference));
    let address = address.or(other);
    if address.is_none() && !named {
        return None;
    }
    let source = Source {
        lead: String::new(),
        words,
        is_outlet: true,
        detail: String::new(),
        address,
        reference,
    };
    Some(Ending::Attribution { after: at + 1, source, form: SourceForm::CiteElement })
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
