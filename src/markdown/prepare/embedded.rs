//! Drawings and formulas that are written into a post as XML: `svg` becomes a picture whose address
//! is the drawing itself, `math` a formula between dollars.

use std::collections::BTreeMap;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::drawing::drawing;
use super::formulas::hide;
use super::survey::Survey;
use crate::edit::{Edit, Part};

/// Whether there may be any in a text.
pub(super) fn is_wanted(text: &str) -> bool {
    text.contains("<svg") || text.contains("<math")
}

/// Finds them; what is no XML stays what it is.
pub(super) fn edit(text: &str, survey: &Survey, edits: &mut Vec<Edit>) {
    let known = ["svg", "math"].map(|name| (name, ends(text, name)));
    let mut at = 0;
    while let Some(next) = text[at..].find('<') {
        let start = at + next;
        at = start + 1;
        let Some((name, end)) =
            known.iter().find_map(|(name, ends)| Some((*name, *ends.get(&start)?)))
        else {
            continue;
        };
        let in_code = survey.literal_at(start).is_some_and(|part| {
            let html = |html: &Range<usize>| html.contains(&start);
            part.start < start && !survey.html.iter().any(html)
        });
        if in_code {
            continue;
        }
        let range = start..end;
        let whole = &text[range.clone()];
        let parts = match name {
            "svg" => drawing(whole).map(|drawing| vec![Part::New(drawing.tag())]),
            _ => formula(whole, range.clone()),
        };
        if let Some(parts) = parts {
            edits.push(Edit { range, parts });
            at = end;
        }
    }
}

fn begins(text: &str, at: usize, name: &str) -> bool {
    let rest = text[at + 1..].strip_prefix(name);
    rest.is_some_and(|rest| rest.starts_with([' ', '\n', '\t', '>', '/']))
}

/// Where the elements of a name end, by where they begin; those that are closed.
pub(in crate::markdown) fn ends(text: &str, name: &str) -> BTreeMap<usize, usize> {
    let close = format!("</{name}>");
    let (mut open, mut ends) = (Vec::new(), BTreeMap::new());
    for (at, _) in text.match_indices('<') {
        if text[at..].starts_with(&close) {
            ends.extend(open.pop().map(|start| (start, at + close.len())));
        } else if begins(text, at, name) {
            let Some(tag) = text[at..].find('>').map(|end| at + end + 1) else { break };
            if text[..tag].ends_with("/>") {
                ends.insert(at, tag);
            } else {
                open.push(at);
            }
        }
    }
    ends
}

fn formula(mathml: &str, range: Range<usize>) -> Option<Vec<Part>> {
    read(mathml, "")?;
    let dollars = if is_displayed(mathml) { "$$" } else { "$" };
    let hidden = Part::Hidden(range, hide(mathml));
    Some(vec![Part::New(dollars.to_owned()), hidden, Part::New(dollars.to_owned())])
}

/// Whether a formula stands on a line of its own.
pub(in crate::markdown) fn is_displayed(mathml: &str) -> bool {
    let tag = mathml.split('>').next().unwrap_or_default();
    ["\"block\"", "'block'"].iter().any(|value| tag.contains(&format!("display={value}")))
}

/// The words of the first element of a name; none if the whole is no XML.
pub(super) fn read(xml: &str, name: &str) -> Option<String> {
    if xml.contains('$') && name.is_empty() {
        return None;
    }
    let mut reader = Reader::from_str(xml);
    let (mut words, mut within, mut done) = (String::new(), false, false);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                within |= !done && tag.local_name().as_ref() == name;
                if tag.attributes().any(|attribute| attribute.is_err()) {
                    return None;
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == name => {
                (within, done) = (false, true);
            }
            Event::Text(text) if within => words.push_str(&text),
            Event::Eof => break,
            _ => {}
        }
    }
    Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
}
