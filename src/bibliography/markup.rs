//! The tags that CSL allows in titles: `<i>`, `<b>`, `<sup>`, `<sub>` and `<span …>`.
//!
//! Anything else that looks like a tag is text: `a < b` is a title too.

use crate::document::{Attributes, Inline, InlineKind, Phrase, PhraseRole};
use crate::source::Span;

/// A piece of a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Words.
    Text(&'a str),
    /// A tag; `None` for a `span` that changes nothing.
    Open(Option<Style>),
    /// The tag's end.
    Close,
}

/// How words of a title are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Italic,
    Bold,
    Superscript,
    Subscript,
    SmallCaps,
}

impl Style {
    pub(super) fn wrap(self, content: Vec<Inline>, span: Span) -> Inline {
        let role = match self {
            Self::Italic => PhraseRole::Italic,
            Self::Bold => PhraseRole::Bold,
            Self::Superscript => PhraseRole::Superscript,
            Self::Subscript => PhraseRole::Subscript,
            Self::SmallCaps => PhraseRole::Span,
        };
        let mut attributes = Attributes::default();
        if self == Self::SmallCaps {
            attributes.classes.push("small-caps".to_owned());
        }
        let phrase = Phrase { role, content, attributes, title: String::new() };
        Inline::new(InlineKind::Phrase(phrase), span)
    }
}

/// Takes a title apart.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some(at) = text[from..].find('<').map(|at| from + at) {
        // A `<` that begins no tag is passed over; tags of CSL are short.
        let Some((token, length)) = tag(&text[at..]) else {
            from = at + 1;
            continue;
        };
        if start < at {
            tokens.push(Token::Text(&text[start..at]));
        }
        tokens.push(token);
        (start, from) = (at + length, at + length);
    }
    if start < text.len() {
        tokens.push(Token::Text(&text[start..]));
    }
    tokens
}

fn tag(text: &str) -> Option<(Token<'static>, usize)> {
    const MAX_TAG_BYTES: usize = 60;
    let end = text.bytes().take(MAX_TAG_BYTES).position(|b| b == b'>')?;
    let token = match &text[1..end] {
        "i" | "em" => Token::Open(Some(Style::Italic)),
        "b" | "strong" => Token::Open(Some(Style::Bold)),
        "sup" => Token::Open(Some(Style::Superscript)),
        "sub" => Token::Open(Some(Style::Subscript)),
        "sc" => Token::Open(Some(Style::SmallCaps)),
        "/i" | "/em" | "/b" | "/strong" | "/sup" | "/sub" | "/sc" | "/span" => {
            Token::Close
        }
        span if span.starts_with("span ") && span.contains("small-caps") => {
            Token::Open(Some(Style::SmallCaps))
        }
        span if span == "span" || span.starts_with("span ") => Token::Open(None),
        _ => return None,
    };
    Some((token, end + 1))
}

/// A title without its tags.
pub(super) fn plain(text: &str) -> String {
    let words = |token: Token<'_>| match token {
        Token::Text(text) => text.to_owned(),
        Token::Open(_) | Token::Close => String::new(),
    };
    tokens(text).into_iter().map(words).collect()
}

/// How deep tags may nest: deeper than any title needs, and harmless to what walks the tree.
const MAX_TAG_DEPTH: usize = 8;

/// A title with its tags made phrases. Within `italic`, italics stand upright.
pub(super) fn inlines(text: &str, italic: bool, span: Span) -> Vec<Inline> {
    let mut stack: Vec<(Option<Style>, Vec<Inline>)> = vec![(None, Vec::new())];
    let mut passed_over = 0;
    for token in tokens(text) {
        match token {
            Token::Text(text) => push(&mut stack, Inline::text(text, span)),
            Token::Open(_) if stack.len() > MAX_TAG_DEPTH => passed_over += 1,
            Token::Open(style) => stack.push((style, Vec::new())),
            Token::Close if passed_over > 0 => passed_over -= 1,
            Token::Close if stack.len() > 1 => close(&mut stack, italic, span),
            Token::Close => {}
        }
    }
    while stack.len() > 1 {
        close(&mut stack, italic, span);
    }
    stack.pop().map(|(_, content)| content).unwrap_or_default()
}

fn push(stack: &mut [(Option<Style>, Vec<Inline>)], inline: Inline) {
    if let Some((_, content)) = stack.last_mut() {
        content.push(inline);
    }
}

fn close(stack: &mut Vec<(Option<Style>, Vec<Inline>)>, italic: bool, span: Span) {
    let Some((style, content)) = stack.pop() else { return };
    match style {
        // Chicago 17, 14.95: what would be italic in an italic title is set roman.
        Some(Style::Italic) if italic => {
            let upright = Inline::phrase(PhraseRole::Emphasis, content, span);
            push(stack, upright);
        }
        Some(style) => push(stack, style.wrap(content, span)),
        None => content.into_iter().for_each(|inline| push(stack, inline)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Sources, Span};

    #[test]
    fn tags_of_csl_and_no_others_are_markup() {
        assert_eq!(
            plain("On <i>Moby</i> <span class=\"nocase\">iPod</span>"),
            "On Moby iPod"
        );
        assert_eq!(plain("a < b, <script> & <i"), "a < b, <script> & <i");
        assert_eq!(plain("</i></i>x<b>"), "x");
    }

    #[test]
    fn tags_that_never_close_close_at_the_end() {
        let span = Span::new(Sources::default().add("x", ""), 0..0);
        let inlines = inlines("a <i>b <b>c", false, span);
        assert_eq!(crate::document::plain_text(&inlines), "a b c");
        assert_eq!(inlines.len(), 2);
    }

    #[test]
    fn many_tags_do_not_nest_deep() {
        let span = Span::new(Sources::default().add("x", ""), 0..0);
        let text = "<i>".repeat(50_000) + "x" + &"<".repeat(50_000);
        assert_eq!(
            crate::document::plain_text(&inlines(&text, false, span)).len(),
            50_001
        );
    }
}
