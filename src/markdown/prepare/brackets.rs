//! Brackets in a run of text: which closes which.

use super::survey::Survey;

/// How far a bracket may be from its partner, in bytes.
const FARTHEST: usize = 4_000;

/// The bracket that closes the one at `open`, before `end`; those in code do not count, nor do
/// those behind a backslash.
pub(super) fn closing(
    text: &str,
    open: usize,
    end: usize,
    survey: &Survey,
) -> Option<usize> {
    let bytes = text.as_bytes();
    let (opens, closes) = match bytes.get(open)? {
        b'[' => (b'[', b']'),
        b'(' => (b'(', b')'),
        _ => return None,
    };
    let mut depth = 0_usize;
    let mut at = open;
    let end = end.min(open + FARTHEST).min(text.len());
    while at < end {
        match bytes[at] {
            b'\\' => at += 1,
            b if b == opens => depth += 1,
            b if b == closes => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            b'`' | b'<' | b'$' => {
                if let Some(part) = survey.literal_at(at) {
                    at = part.end.max(at + 1);
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The bracket `[` that is open at `at`, not before `start`.
pub(super) fn opening(
    text: &str,
    at: usize,
    start: usize,
    survey: &Survey,
) -> Option<usize> {
    let bytes = text.as_bytes();
    let start = start.max(at.saturating_sub(FARTHEST));
    let mut depth = 0_usize;
    for place in (start..at).rev() {
        let is_bracket = matches!(bytes[place], b'[' | b']');
        let escaped = place > start && bytes[place - 1] == b'\\';
        if !is_bracket || escaped || survey.is_literal(place) {
            continue;
        }
        if bytes[place] == b']' {
            depth += 1;
        } else if depth > 0 {
            depth -= 1;
        } else {
            return Some(place);
        }
    }
    None
}
