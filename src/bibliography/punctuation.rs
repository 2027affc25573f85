//! Marks between the parts of a reference, which mind the quotation mark before them.

use crate::document::{Inline, InlineKind, plain_text};
use crate::language::Language;
use crate::source::Span;

/// Sets the period at the end of a note, unless there is a mark that ends a sentence: in
/// English, within the closing quotation mark.
pub(crate) fn end_sentence(text: &mut Vec<Inline>, language: &Language, span: Span) {
    mark(text, '.', language, span);
}

/// Gives a note that begins with a word in small letters a capital: `See`, `Van der Berg`
/// (Chicago 17, 8.5). A citation within a sentence is left as it is.
pub(crate) fn begin_sentence(text: &mut [Inline]) {
    if let Some(InlineKind::Text(words)) = text.first_mut().map(|first| &mut first.kind)
        && let Some(first) = words.chars().next().filter(|c| c.is_lowercase())
    {
        words.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
}

/// Sets a comma or a period after what is there. In English it goes within a closing quotation
/// mark (Chicago 17, 6.9); a period is not doubled, and gives way to `?` and `!`.
pub(super) fn mark(text: &mut Vec<Inline>, mark: char, language: &Language, span: Span) {
    let [_, close, _, inner] = language.quotation_marks();
    let mut before = last_char(text);
    let mut within = "";
    if let Some(InlineKind::Text(words)) = text.last().map(|inline| &inline.kind)
        && let Some(rest) = words.strip_suffix(close)
    {
        let rest = rest.trim_end_matches(inner);
        within = &words[rest.len()..];
        before = rest.chars().next_back().or_else(|| last_char(&text[..text.len() - 1]));
    }
    let is_needless = match mark {
        '.' => matches!(before, None | Some('.' | '?' | '!' | '…' | '。')),
        _ => matches!(before, None | Some(',' | ';' | ':')),
    };
    if is_needless {
        return;
    }
    let is_inside = language.primary() == "en" && !within.is_empty();
    let place = if is_inside { within.len() } else { 0 };
    push(text, mark, place, span);
}

/// Puts `mark` before the last `back` bytes of the text.
fn push(text: &mut Vec<Inline>, mark: char, back: usize, span: Span) {
    match text.last_mut().map(|inline| &mut inline.kind) {
        Some(InlineKind::Text(words)) => words.insert(words.len() - back, mark),
        _ => text.push(Inline::text(mark, span)),
    }
}

/// The last character of a text, looking no further back than it must.
pub(super) fn last_char(text: &[Inline]) -> Option<char> {
    text.iter()
        .rev()
        .find_map(|inline| plain_text(std::slice::from_ref(inline)).chars().next_back())
}

/// Adds words to the text that ends there, or begins one.
pub(super) fn append(text: &mut Vec<Inline>, words: &str, span: Span) {
    if words.is_empty() {
        return;
    }
    match text.last_mut().map(|inline| &mut inline.kind) {
        Some(InlineKind::Text(last)) => last.push_str(words),
        _ => text.push(Inline::text(words, span)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn ended(words: &str, language: &str) -> String {
        let span = Span::new(Sources::default().add("x", ""), 0..0);
        let language = Language::parse(language).unwrap();
        let mut text = vec![Inline::text(words, span)];
        end_sentence(&mut text, &language, span);
        plain_text(&text)
    }

    #[test]
    fn a_note_begins_with_a_capital() {
        let span = Span::new(Sources::default().add("x", ""), 0..0);
        for (words, expected) in [("van Es", "Van Es"), ("“iPod”", "“iPod”"), ("", "")]
        {
            let mut text = vec![Inline::text(words, span)];
            begin_sentence(&mut text);
            assert_eq!(plain_text(&text), expected);
        }
    }

    #[test]
    fn a_period_goes_within_quotation_marks_in_english_alone() {
        assert_eq!(ended("Kim, “Rice”", "en"), "Kim, “Rice.”");
        assert_eq!(ended("Kim, “Why Rice?”", "en"), "Kim, “Why Rice?”");
        assert_eq!(ended("Kim, “On ‘Rice’”", "en"), "Kim, “On ‘Rice.’”");
        assert_eq!(ended("Kim, „Reis“", "de"), "Kim, „Reis“.");
        assert_eq!(ended("Kim et al.", "en"), "Kim et al.");
        assert_eq!(ended("12", "en"), "12.");
    }
}
