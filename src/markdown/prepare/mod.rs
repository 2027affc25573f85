//! A post's text made ready for pulldown-cmark: what authors write that CommonMark does not have,
//! or that it would lose.
//!
//! First comes what never ends ([`unclosed`]). Then a [`Survey`] says what is code, text, a table;
//! each stage adds its [`Edit`]s, and all are made at once, so that every place is still known.

mod brackets;
pub(super) mod drawing;
pub(super) mod embedded;
mod formulas;
mod leftovers;
mod notes;
mod prefixes;
mod survey;
mod tables;
mod tags;
mod unclosed;

use std::borrow::Cow;
use std::ops::Range;

use crate::diag::Code;
use crate::edit::{Edit, SourceMap, apply};
use survey::Survey;

/// A text that is ready.
pub(super) struct Prepared<'a> {
    /// As it is to be read.
    pub(super) text: Cow<'a, str>,
    /// The same length, without what pulldown-cmark would take amiss.
    pub(super) hidden: String,
    /// Where the parts of both were written.
    pub(super) map: SourceMap,
}

/// Something that is amiss: where, what to say, and what became of it.
pub(super) struct Found {
    pub(super) code: Code,
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) hint: &'static str,
}

/// Makes a text ready.
pub(super) fn prepare<'a>(written: &'a str, found: &mut Vec<Found>) -> Prepared<'a> {
    let text = unclosed::blank(written, found);
    if !is_wanted(&text) {
        let hidden = mask_containers(&text).into_owned();
        return Prepared { text, hidden, map: SourceMap::default() };
    }
    let survey = Survey::of(&mask_containers(&text));
    let mut edits: Vec<Edit> = Vec::new();
    embedded::edit(&text, &survey, &mut edits);
    let opaque = formulas::edit(&text, &survey, &mut edits);
    tables::edit(&text, &survey, &opaque, &mut edits);
    notes::edit(&text, &survey, &mut edits);
    prefixes::edit(&text, &survey, &mut edits);
    tags::edit(&text, &survey, &mut edits);
    leftovers::edit(&text, &survey, &mut edits, found);
    if edits.is_empty() {
        let hidden = mask_containers(&text).into_owned();
        return Prepared { text, hidden, map: SourceMap::default() };
    }
    let applied = apply(&text, edits);
    let hidden = mask_containers(&applied.hidden).into_owned();
    Prepared { text: Cow::Owned(applied.text), hidden, map: applied.map }
}

/// Whether there is anything in a text that a stage might look for.
fn is_wanted(text: &str) -> bool {
    text.contains(['|', '$', '['])
        || embedded::is_wanted(text)
        || text.contains('<') && (text.contains(':') || text.contains("markdown"))
        || ["\\(", "\\[", "\\begin{"].iter().any(|mark| text.contains(mark))
}

/// Whether a line is the fence of a `:::` container, behind quotation marks and indentation.
fn is_container(line: &str) -> bool {
    line.trim_start_matches([' ', '\t', '>']).starts_with(":::")
}

fn mask_containers(text: &str) -> Cow<'_, str> {
    if !text.contains(":::") {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if !is_container(line) {
            masked.push_str(line);
            continue;
        }
        let fence = line.find(":::").unwrap_or_default();
        let end = line.trim_end_matches(['\n', '\r']).len();
        masked.push_str(&line[..fence]);
        masked.push_str("***");
        masked.extend(std::iter::repeat_n(' ', end - fence - 3));
        masked.push_str(&line[end..]);
    }
    Cow::Owned(masked)
}
