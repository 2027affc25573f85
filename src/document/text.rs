//! The words of a run of inlines, for names, file names and bookmarks.

use super::{Inline, InlineKind};

/// The words alone: no marks of notes, pictures by their alternative words.
pub fn plain_text(inlines: &[Inline]) -> String {
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
            InlineKind::NoteReference(_) | InlineKind::FootnoteReference(_) => {}
        }
    }
}
