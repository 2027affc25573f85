//! The words of a run of inlines, for names, file names and bookmarks.

use super::{
    Attributes, Block, BlockKind, Inline, InlineKind, Phrase, Visit, walk_block,
    walk_inline,
};

/// The words alone: no marks of notes, pictures by their alternative words.
pub(crate) fn plain_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    append(inlines, &mut text);
    text
}

fn append(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(words) | InlineKind::Code(words) => text.push_str(words),
            InlineKind::Phrase(phrase) => append(&phrase.content, text),
            InlineKind::Link { content, .. } => append(content, text),
            InlineKind::Picture(picture) => text.push_str(&picture.alt),
            InlineKind::Math(math) => text.push_str(&math.source),
            InlineKind::LineBreak => text.push(' '),
            InlineKind::Ruby { base, .. } => append(base, text),
            InlineKind::NoteReference(_)
            | InlineKind::FootnoteReference(_)
            | InlineKind::Citation(_) => {}
        }
    }
}

/// The words alone, as [`plain_text`] has them, and formulas as they are read aloud in a language.
pub(crate) fn spoken_text(inlines: &[Inline], language: &str) -> String {
    let mut text = String::new();
    for inline in inlines {
        match &inline.kind {
            InlineKind::Math(math) => text.push_str(&math.spoken(language)),
            InlineKind::Phrase(Phrase { content, .. })
            | InlineKind::Link { content, .. }
            | InlineKind::Ruby { base: content, .. } => {
                text.push_str(&spoken_text(content, language));
            }
            _ => append(std::slice::from_ref(inline), &mut text),
        }
    }
    text
}

/// Splits a run where its [`plain_text`] has `at` bytes; an inline that cannot be split, such as
/// code, goes whole to the second part. Marks of notes at the place stay with the first.
pub(crate) fn split_at(inlines: Vec<Inline>, at: usize) -> (Vec<Inline>, Vec<Inline>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut left = at;
    for inline in inlines {
        let length = plain_text(std::slice::from_ref(&inline)).len();
        if after.is_empty() && length <= left {
            left -= length;
            before.push(inline);
        } else if after.is_empty() && left > 0 {
            let (head, tail) = split_inline(inline, left);
            before.extend(head);
            after.push(tail);
        } else {
            after.push(inline);
        }
    }
    (before, after)
}

fn split_inline(inline: Inline, at: usize) -> (Option<Inline>, Inline) {
    let Inline { kind, span } = inline;
    let (head, tail) = match kind {
        InlineKind::Text(text) if text.is_char_boundary(at) => {
            let (head, tail) = text.split_at(at);
            (InlineKind::Text(head.to_owned()), InlineKind::Text(tail.to_owned()))
        }
        InlineKind::Phrase(phrase) => {
            let Phrase { role, content, attributes, title } = phrase;
            let (head, tail) = split_at(content, at);
            // An id names one place.
            let rest = Attributes { id: None, ..attributes.clone() };
            let tail =
                Phrase { role, content: tail, attributes: rest, title: title.clone() };
            let head = Phrase { role, content: head, attributes, title };
            (InlineKind::Phrase(head), InlineKind::Phrase(tail))
        }
        InlineKind::Link { target, title, content } => {
            let (head, tail) = split_at(content, at);
            let rest = InlineKind::Link {
                target: target.clone(),
                title: title.clone(),
                content: tail,
            };
            (InlineKind::Link { target, title, content: head }, rest)
        }
        whole => return (None, Inline::new(whole, span)),
    };
    (Some(Inline::new(head, span)), Inline::new(tail, span))
}

/// The run in which blocks end, if they end in words.
pub(crate) fn end_of(blocks: &mut [Block]) -> Option<&mut Vec<Inline>> {
    match &mut blocks.last_mut()?.kind {
        BlockKind::Paragraph(content) => Some(content),
        BlockKind::Quotation { blocks, .. } | BlockKind::Division { blocks, .. } => {
            end_of(blocks)
        }
        BlockKind::List(list) => end_of(&mut list.items.last_mut()?.blocks),
        _ => None,
    }
}

/// The words of blocks, in the order in which they are read, space between blocks.
pub(crate) fn words_of(blocks: &[Block]) -> String {
    let mut words = TextCollector(String::new());
    for block in blocks {
        words.block(block);
    }
    words.0
}

struct TextCollector(String);

impl Visit for TextCollector {
    fn block(&mut self, block: &Block) {
        self.0.push(' ');
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => self.0.push_str(text),
            InlineKind::LineBreak => self.0.push(' '),
            _ => walk_inline(self, inline),
        }
    }
}

/// Words by the spaces between them, and by the character where a script has none.
pub(crate) fn count_words(text: &str) -> usize {
    let in_token = |token: &str| {
        let (mut ideographs, mut others) = (0, false);
        for c in token.chars() {
            if is_unspaced(c) {
                ideographs += 1;
            } else {
                others |= c.is_alphanumeric();
            }
        }
        ideographs + usize::from(others)
    };
    text.split_whitespace().map(in_token).sum()
}

/// Kana and Chinese characters.
fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

/// No label that anyone means is longer.
const MAX_LABEL_CHARS: usize = 60;

/// Each mark `[^label]` of a footnote in a text that is not escaped: its place and its label.
pub(crate) fn footnote_labels(source: &str) -> impl Iterator<Item = (usize, &str)> {
    source.match_indices("[^").filter_map(|(at, _)| {
        let rest = &source[at + 2..];
        let ends = |c: char| c.is_whitespace() || matches!(c, ']' | '[' | '^' | '\\');
        let (end, _) =
            rest.char_indices().take(MAX_LABEL_CHARS).find(|&(_, c)| ends(c))?;
        let label = &rest[..end];
        let escaped = source[..at].ends_with('\\');
        let whole = !label.is_empty() && rest[end..].starts_with(']');
        (whole && !escaped).then_some((at, label))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_scripts_with_and_without_spaces() {
        assert_eq!(count_words("Two words — 1984, \n don’t"), 4);
        assert_eq!(count_words("한국 뉴스"), 2);
        assert_eq!(count_words("中文 and 日本語。"), 6);
        assert_eq!(count_words(""), 0);
    }
}
