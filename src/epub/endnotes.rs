//! Notes as XHTML: at the back by chapter, or after their chapter.

use super::files::Files;
use super::xhtml::Xhtml;
use crate::book::{Book, NoteGroup};
use crate::document::{
    Attributes, Block, BlockKind, Inline, InlineKind, Note, NoteReference, Phrase,
    PhraseRole, plain_text,
};
use crate::language::Words;

/// The notes to a chapter, under its title, as part of the notes to the book.
pub(super) fn of_chapter(
    writer: &mut Xhtml,
    book: &Book,
    group: &NoteGroup,
    files: &Files,
    words: &Words,
) {
    let chapter = book.chapters().find(|chapter| chapter.id == group.chapter);
    writer.element("section", &[], |writer| {
        if let Some(chapter) = chapter {
            let href = files.chapter(chapter.id);
            let title = plain_text(&chapter.title);
            writer.element("h2", &[], |writer| {
                writer.xml.leaf("a", &[("href", Some(href))], &title);
            });
        }
        list(writer, group, files, words);
    });
}

/// The notes to a chapter, at its end.
pub(super) fn after_chapter(
    writer: &mut Xhtml,
    group: &NoteGroup,
    files: &Files,
    words: &Words,
) {
    let attributes = [
        ("epub:type", Some("endnotes")),
        ("role", Some("doc-endnotes")),
        ("class", Some("notes chapter-notes")),
        ("aria-label", Some(words.notes)),
    ];
    writer.element("section", &attributes, |writer| {
        writer.xml.leaf("h2", &[], words.notes);
        list(writer, group, files, words);
    });
}

fn list(writer: &mut Xhtml, group: &NoteGroup, files: &Files, words: &Words) {
    let first = group.notes.first().map_or(1, |note| note.number);
    let start = (first != 1).then(|| first.to_string());
    let class = files.has_symbols().then_some("symbols");
    let attributes = [("start", start.as_deref()), ("class", class)];
    writer.element("ol", &attributes, |writer| {
        for note in &group.notes {
            let id = files.note_id(note.id);
            writer.element("li", &[("id", Some(&id))], |writer| {
                if files.has_symbols() {
                    let labelled = labelled(note, &files.note_label(note.number));
                    note_text(writer, &labelled, files, words);
                } else {
                    note_text(writer, note, files, words);
                }
            });
            writer.xml.newline();
        }
    });
}

/// The note with its label as the first of its words: a list numbers itself, and has no symbols.
fn labelled(note: &Note, label: &str) -> Note {
    let mut note = note.clone();
    let span = note.blocks.first().map(|block| block.span);
    let Some(span) = span else { return note };
    let label = Phrase {
        role: PhraseRole::Span,
        content: vec![Inline::text(label, span)],
        attributes: Attributes {
            classes: vec!["note-label".to_owned()],
            ..Attributes::default()
        },
        title: String::new(),
    };
    let label = [Inline::new(InlineKind::Phrase(label), span), Inline::text(" ", span)];
    match note.blocks.first_mut() {
        Some(Block { kind: BlockKind::Paragraph(content), .. }) => {
            content.splice(0..0, label);
        }
        _ => {
            let paragraph = BlockKind::Paragraph(label.to_vec());
            note.blocks.insert(0, Block::new(paragraph, span));
        }
    }
    note
}

/// The note, its way back at the end of its last paragraph.
fn note_text(writer: &mut Xhtml, note: &Note, files: &Files, words: &Words) {
    let (last, others) = match note.blocks.split_last() {
        Some((Block { kind: BlockKind::Paragraph(content), .. }, others)) => {
            (content.as_slice(), others)
        }
        _ => (&[][..], note.blocks.as_slice()),
    };
    writer.blocks(others);
    writer.element("p", &[], |writer| {
        writer.inlines(last);
        for occurrence in 1..=note.references {
            // The way back does not go to a line of its own.
            writer.xml.text("\u{a0}");
            backlink(writer, note, occurrence, files, words);
        }
    });
    debug_assert!(
        !last.iter().any(|i| matches!(i.kind, InlineKind::FootnoteReference(_)))
    );
}

fn backlink(
    writer: &mut Xhtml,
    note: &Note,
    occurrence: u32,
    files: &Files,
    words: &Words,
) {
    let reference = NoteReference { note: note.id, number: note.number, occurrence };
    let href = files.reference(reference);
    let letter = letter(occurrence);
    let several = note.references > 1;
    let label = format!(
        "{} {}{}",
        words.back_to_note,
        note.number,
        if several { format!(" ({letter})") } else { String::new() }
    );
    // The selector asks for the arrow of the text font: Apple has an emoji for it too.
    let text = format!("↩\u{fe0e}{}", if several { letter.as_str() } else { "" });
    let attributes = [
        ("href", Some(href.as_str())),
        ("class", Some("backlink")),
        ("epub:type", Some("backlink")),
        ("role", Some("doc-backlink")),
        ("aria-label", Some(label.as_str())),
    ];
    writer.xml.leaf("a", &attributes, &text);
}

/// `a` to `z`, then numbers.
fn letter(number: u32) -> String {
    match u8::try_from(number) {
        Ok(number @ 1..=26) => char::from(b'a' + number - 1).to_string(),
        _ => number.to_string(),
    }
}
