//! `chapter-numbers` and `part-numbers`: how chapters and parts are numbered.

use super::reader::{Fields, Reader};

/// How chapters, or parts, are numbered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Numbers {
    /// `chapter-numbers`, `part-numbers`: how numbers are written; none where there are none.
    pub style: Option<NumberStyle>,
    /// `chapter-label`, `part-label`: what stands before a number, or around it where it has
    /// `{{ number }}`.
    pub label: Option<String>,
}

/// How the number of a chapter or a part is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberStyle {
    /// `arabic`: 4.
    Arabic,
    /// `roman`: IV.
    Roman,
    /// `words`: Four.
    Words,
}

/// Reads the keys `chapter-numbers` and `chapter-label`, or those of parts.
pub(super) fn read(
    reader: &mut Reader,
    fields: &mut Fields,
    [numbers, label]: [&str; 2],
) -> Numbers {
    let choices = [
        ("none", None),
        ("arabic", Some(NumberStyle::Arabic)),
        ("roman", Some(NumberStyle::Roman)),
        ("words", Some(NumberStyle::Words)),
    ];
    let style = fields.take(numbers).map(|field| reader.choice(&field, &choices));
    let labelled = fields.take(label);
    // Who asks for a label asks for numbers.
    let default = labelled.as_ref().map(|_| NumberStyle::Arabic);
    let style = style.flatten().unwrap_or(default);
    Numbers { style, label: labelled.and_then(|field| reader.text(field)) }
}

/// Reads `chapter-numbering`: whether the numbers of chapters begin anew with each part.
pub(super) fn begins_with_parts(reader: &mut Reader, fields: &mut Fields) -> bool {
    let choices = [("book", false), ("part", true)];
    let field = fields.take("chapter-numbering");
    field.and_then(|field| reader.choice(&field, &choices)).unwrap_or_default()
}
