//! The marks that refer to notes, and where they stand in a line.

use crate::document::{Inline, InlineKind, NoteId, NoteReference};
use crate::source::Span;

/// The mark that refers to a note, not yet numbered.
pub(super) fn mark(note: NoteId, span: Span) -> Inline {
    let reference = NoteReference { note, number: 0, occurrence: 0 };
    Inline::new(InlineKind::NoteReference(reference), span)
}

/// Whether an inline is a mark.
pub(super) fn is_mark(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::NoteReference(_))
}

/// Puts each mark of a run where it belongs (Chicago Manual of Style 17, 14.26): against the
/// word before it, after closing punctuation, but before a dash.
pub(super) fn settle(run: &mut Vec<Inline>) {
    lift(run);
    let mut settled: Vec<Inline> = Vec::with_capacity(run.len());
    let mut inlines = std::mem::take(run).into_iter().peekable();
    while let Some(inline) = inlines.next() {
        if !is_mark(&inline) {
            settled.push(inline);
            continue;
        }
        trim_end(&mut settled);
        let mut marks = vec![inline];
        while let Some(next) = inlines.next_if(is_mark) {
            if !marks.iter().any(|mark| mark.kind == next.kind) {
                marks.push(next);
            }
        }
        if let Some(Inline { kind: InlineKind::Text(after), span }) = inlines.peek_mut() {
            let length = closing(after);
            if length > 0 {
                let span = *span;
                let rest = after.split_off(length);
                push_text(&mut settled, std::mem::replace(after, rest), span);
            }
            if after.is_empty() {
                inlines.next();
            }
        }
        settled.extend(marks);
    }
    *run = settled;
}

/// Takes marks at the end of a phrase out of it: they are no part of what it sets apart.
fn lift(run: &mut Vec<Inline>) {
    let deep = run.iter().any(|inline| matches!(inline.kind, InlineKind::Phrase(_)));
    if !deep {
        return;
    }
    let mut lifted = Vec::with_capacity(run.len());
    for mut inline in run.drain(..) {
        let mut marks = Vec::new();
        if let InlineKind::Phrase(phrase) = &mut inline.kind {
            settle(&mut phrase.content);
            while phrase.content.last().is_some_and(is_mark) {
                marks.extend(phrase.content.pop());
            }
            if phrase.content.is_empty() && phrase.attributes.id.is_none() {
                lifted.extend(marks.into_iter().rev());
                continue;
            }
        }
        lifted.push(inline);
        lifted.extend(marks.into_iter().rev());
    }
    *run = lifted;
}

/// Takes the space at the end away.
pub(super) fn trim_end(run: &mut Vec<Inline>) {
    while let Some(last) = run.last_mut() {
        match &mut last.kind {
            InlineKind::Text(text) => {
                text.truncate(text.trim_end_matches([' ', '\u{a0}']).len());
                if !text.is_empty() {
                    return;
                }
            }
            InlineKind::LineBreak => {}
            _ => return,
        }
        run.pop();
    }
}

/// Joins words that stand side by side.
pub(super) fn join(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut joined: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        if let InlineKind::Text(text) = &inline.kind
            && let Some(Inline { kind: InlineKind::Text(before), span }) =
                joined.last_mut()
        {
            before.push_str(text);
            *span = span.join(inline.span);
            continue;
        }
        joined.push(inline);
    }
    joined.retain(
        |inline| !matches!(&inline.kind, InlineKind::Text(text) if text.is_empty()),
    );
    joined
}

fn push_text(run: &mut Vec<Inline>, text: String, span: Span) {
    match run.last_mut() {
        Some(Inline { kind: InlineKind::Text(before), .. }) => before.push_str(&text),
        _ => run.push(Inline::text(text, span)),
    }
}

/// How many bytes of closing punctuation a text begins with. An apostrophe closes nothing.
fn closing(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let after = text[at + c.len_utf8()..].chars().next();
        let lettered = after.is_some_and(char::is_alphanumeric);
        let closes = match c {
            '.' | ',' | ';' | ':' | '!' | '?' | '…' | '。' | '，' | '、' | '；'
            | '：' | '！' | '？' => true,
            ')' | ']' | '”' | '»' | '›' | '」' | '』' | '）' => true,
            '’' | '"' | '\'' | '“' | '‘' => !lettered,
            _ => false,
        };
        if !closes {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_punctuation_ends_before_words_and_dashes() {
        assert_eq!(closing(".” he"), ".".len() + "”".len());
        assert_eq!(closing("—and"), 0);
        assert_eq!(closing("’s house"), 0);
        assert_eq!(closing("), so"), 2);
        assert_eq!(closing(" (see"), 0);
        assert_eq!(closing("“so”"), 0);
    }
}
