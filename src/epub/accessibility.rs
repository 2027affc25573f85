//! What the package says of its accessibility, computed from the content (EPUB Accessibility 1.1).

use super::xhtml::File;
use super::xml::Xml;
use crate::book::Book;
use crate::document::{Inline, InlineKind, PictureFormat, Visit, walk_inline};

/// Writes the metadata.
pub(super) fn write(xml: &mut Xml, book: &Book, documents: &[File], paged: bool) {
    let mut pictures = Described::default();
    for chapter in book.texts() {
        pictures.blocks(&chapter.blocks);
    }
    let has_pictures = pictures.described + pictures.mute > 0;
    let all_described = pictures.mute == 0;
    let has_math = documents.iter().any(|document| document.has_math);
    let moves =
        book.pictures.iter().any(|(_, picture)| picture.format == PictureFormat::Gif);
    let mut say = |property: &str, value: &str| {
        let property = format!("schema:{property}");
        xml.leaf("meta", &[("property", Some(property.as_str()))], value);
    };
    say("accessMode", "textual");
    if has_pictures {
        say("accessMode", "visual");
    }
    say("accessModeSufficient", if all_described { "textual" } else { "textual,visual" });
    let features = [
        ("tableOfContents", true),
        ("structuralNavigation", true),
        ("readingOrder", true),
        ("displayTransformability", true),
        ("alternativeText", has_pictures && all_described),
        ("MathML", has_math),
        ("pageNavigation", paged),
        ("pageBreakMarkers", paged),
    ];
    for (feature, _) in features.iter().filter(|(_, is_there)| *is_there) {
        say("accessibilityFeature", feature);
    }
    say("accessibilityHazard", if moves { "unknown" } else { "none" });
    let parts = if book.endnotes.is_empty() {
        "a table of contents and headings"
    } else {
        "a table of contents, headings, and linked notes"
    };
    let pictures = match (has_pictures, all_described) {
        (false, _) => "It has no pictures.",
        (true, true) => "Every picture has alternative text.",
        (true, false) => "Some pictures have no alternative text.",
    };
    let summary = format!("Text with {parts}. {pictures}");
    say("accessibilitySummary", &summary);
}

/// Counts the pictures that words stand for, and those for which none do.
#[derive(Default)]
struct Described {
    described: usize,
    mute: usize,
}

impl Visit for Described {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Picture(picture) = &inline.kind
            && picture.id.is_some()
        {
            if picture.alt.trim().is_empty() {
                self.mute += 1;
            } else {
                self.described += 1;
            }
        }
        walk_inline(self, inline);
    }
}
