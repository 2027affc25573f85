//! The parts of an expression.

/// No expression that anybody writes is longer, in bytes.
pub(super) const MAX_EXPRESSION_BYTES: usize = 1_000;

/// The stages of an expression: `.Get "a" | markdownify`.
pub(super) fn pipes(expression: &str) -> Vec<&str> {
    divided(expression, |c| c == '|')
}

/// The words of an expression, brackets and quoted words whole.
pub(super) fn terms(expression: &str) -> Vec<&str> {
    let words = divided(expression, char::is_whitespace);
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

fn divided(text: &str, divides: impl Fn(char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quote, mut depth) = (0, None, 0_usize);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '`') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, c) if depth == 0 && divides(c) => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}
