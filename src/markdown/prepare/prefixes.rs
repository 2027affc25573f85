//! Elements with a prefix, as office programs write them: `<o:p>`, `<st1:place>`.
//!
//! To CommonMark they are text, or even an address; with a hyphen they are tags.

use super::survey::Survey;
use crate::edit::{Edit, Part};

/// What stands before the colon of an address, and so of no element.
const SCHEMES: [&str; 12] = [
    "http", "https", "mailto", "tel", "ftp", "news", "doi", "urn", "magnet", "geo",
    "data", "sms",
];

/// Finds them.
pub(super) fn edit(text: &str, survey: &Survey, edits: &mut Vec<Edit>) {
    for (at, _) in text.match_indices('<') {
        let inside = text[at + 1..].strip_prefix('/').unwrap_or(&text[at + 1..]);
        let letter = |b: &u8| b.is_ascii_alphanumeric();
        let prefix = inside.bytes().take_while(|b| letter(b)).count();
        if prefix == 0 || prefix > 12 || inside.as_bytes().get(prefix) != Some(&b':') {
            continue;
        }
        let start = text.len() - inside.len();
        let local = &inside[prefix + 1..];
        let name = local.bytes().take_while(|b| letter(b) || *b == b'-').count();
        let ends = local[name..].starts_with(['>', ' ', '/', '\n']);
        let is_name = local.starts_with(|c: char| c.is_ascii_alphabetic()) && ends;
        let address = SCHEMES.contains(&inside[..prefix].to_ascii_lowercase().as_str());
        if is_name && !address && !survey.is_literal(at) {
            let colon = start + prefix..start + prefix + 1;
            let parts = vec![Part::Hidden(colon.clone(), "-".to_owned())];
            edits.push(Edit { range: colon, parts });
        }
    }
}
