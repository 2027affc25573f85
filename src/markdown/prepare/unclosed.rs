//! Comments and the like that are opened and never closed.
//!
//! CommonMark (4.6) lets such a block go on to the end of what it is in, with all that was meant
//! to be read. Here it ends with its paragraph. One in the middle of a line is text.

use std::borrow::Cow;
use std::ops::Range;

use super::survey::Survey;
use super::{Found, mask_containers};
use crate::diag::Code;

/// What is opened so, with what closes it and what it is called.
const KINDS: [(&str, &str, &str); 4] = [
    ("<!--", "-->", "a comment"),
    ("<![CDATA[", "]]>", "a CDATA section"),
    ("<!", ">", "a declaration"),
    ("<?", "?>", "a processing instruction"),
];

/// How often the text is read anew behind something that was never closed.
const MAX_ROUNDS: usize = 12;

/// Makes spaces of what is never closed, and says so.
pub(super) fn blank<'t>(written: &'t str, found: &mut Vec<Found>) -> Cow<'t, str> {
    let mut text = Cow::Borrowed(written);
    if !KINDS.iter().any(|(open, ..)| written.contains(open)) {
        return text;
    }
    for _ in 0..MAX_ROUNDS {
        let survey = Survey::of(&mask_containers(&text));
        let Some(block) = survey.html.iter().find_map(|block| unclosed(&text, block))
        else {
            within_lines(&text, &survey, found);
            break;
        };
        let Block { range, what } = block;
        let message = format!("{what} is opened here and never closed");
        let hint = "it was taken to end with its paragraph";
        let code = Code::UnclosedElement;
        let opening = first_line(&text, range.clone());
        found.push(Found { code, range: opening, message, hint });
        // Spaces at the beginning of a line would make code of it.
        let blank = match &written[range.clone()] {
            "<![CDATA[" => "<!-- --> ".to_owned(),
            comment => spaces(comment),
        };
        text.to_mut().replace_range(range, &blank);
    }
    text
}

/// A part of a block of HTML that is never closed.
struct Block {
    range: Range<usize>,
    what: &'static str,
}

/// What a block of HTML begins with and has no end of, to the end of its paragraph.
fn unclosed(text: &str, block: &Range<usize>) -> Option<Block> {
    let html = &text[block.clone()];
    let start = block.start + (html.len() - html.trim_start().len());
    let rest = &text[start..block.end];
    let (open, close, what) =
        KINDS.into_iter().find(|(open, ..)| rest.starts_with(open))?;
    let length = paragraph(rest);
    if let Some(end) = rest[open.len()..].find(close) {
        // The end of the next comment is not that of this one, if paragraphs stand between.
        let inside = &rest[..open.len() + end];
        let next = inside[open.len()..].find("<!--").map(|next| open.len() + next);
        if open != "<!--" || next.is_none_or(|next| next < length) {
            return None;
        }
    }
    // What a CDATA section holds is text.
    let length = if open.ends_with('[') { open.len() } else { length };
    Some(Block { range: start..start + length, what })
}

/// How many bytes there are before a blank line.
fn paragraph(text: &str) -> usize {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_matches([' ', '\t', '>', '\r', '\n']).is_empty() {
            break;
        }
        end += line.len();
    }
    text[..end].trim_end().len()
}

/// Comments that are opened within a line and not closed, or closed by the end of the next one.
fn within_lines(text: &str, survey: &Survey, found: &mut Vec<Found>) {
    let code = Code::UnclosedElement;
    let mut end = 0;
    for (at, open) in text.match_indices("<!--") {
        if at < end || text[..at].ends_with('\\') {
            continue;
        }
        let rest = &text[at + open.len()..];
        match survey.literal_at(at) {
            None => {
                let message = "a comment is opened here and never closed".to_owned();
                let hint = "it was kept as it stands";
                found.push(Found { code, range: at..at + open.len(), message, hint });
            }
            Some(part) if is_html(text, part) => {
                let length = rest.find("-->").unwrap_or(rest.len());
                let next = rest[..length]
                    .find("<!--")
                    .filter(|&next| rest[..next].contains('\n'));
                if next.is_some() && at + open.len() + length <= part.end {
                    let message = "a comment is opened here, and closed only by the end of the next one";
                    let hint = "what stands between them is left out";
                    let range = at..at + open.len();
                    found.push(Found { code, range, message: message.to_owned(), hint });
                }
                end = at + open.len() + length;
            }
            Some(_) => {}
        }
    }
}

fn is_html(text: &str, part: &Range<usize>) -> bool {
    text[part.clone()].trim_start().starts_with('<')
}

fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let line = text[range.clone()].lines().next().unwrap_or_default();
    range.start..range.start + line.trim_end().len()
}

/// As many bytes, the line ends where they are.
fn spaces(text: &str) -> String {
    let blank = |b: u8| if matches!(b, b'\n' | b'\r') { char::from(b) } else { ' ' };
    text.bytes().map(blank).collect()
}
