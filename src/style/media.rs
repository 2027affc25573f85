//! Media: paper or e-reader.

use cssparser::{Parser, Token};

/// What a stylesheet is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// The EPUB.
    Ebook,
    /// The PDF.
    Print,
}

/// Whether a media query list holds; an empty one does.
pub(super) fn applies(input: &mut Parser, medium: Medium) -> bool {
    let mut any = None;
    loop {
        let mut negated = false;
        let mut holds = None;
        let mut ended = true;
        while let Ok(token) = input.next() {
            match token.clone() {
                Token::Ident(word) => match word.to_ascii_lowercase().as_str() {
                    "not" => negated = true,
                    "only" | "and" => {}
                    "all" => holds = Some(holds.unwrap_or(true)),
                    "print" => {
                        holds = Some(holds.unwrap_or(true) && medium == Medium::Print)
                    }
                    "screen" | "ebook" | "speech" | "handheld" => {
                        holds = Some(holds.unwrap_or(true) && medium == Medium::Ebook);
                    }
                    _ => holds = Some(false),
                },
                // What a reading system measures only it can know; of paper, nothing is asked.
                Token::ParenthesisBlock => {
                    let _ = input.parse_nested_block(|input| {
                        while input.next().is_ok() {}
                        Ok::<(), cssparser::ParseError<()>>(())
                    });
                    holds = Some(holds.unwrap_or(true) && medium == Medium::Ebook);
                }
                Token::Comma => {
                    ended = false;
                    break;
                }
                _ => holds = Some(false),
            }
        }
        if let Some(holds) = holds {
            any = Some(any.unwrap_or(false) || holds != negated);
        }
        if ended {
            return any.unwrap_or(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_hold_for_their_medium() {
        let cases = [
            ("print", true),
            ("ebook", false),
            ("not print", false),
            ("screen, print", true),
            ("all", true),
            ("", true),
            ("not screen", true),
            ("only print", true),
            ("print and (min-width: 10em)", false),
            ("nonsense", false),
        ];
        for (query, holds) in cases {
            assert_eq!(applies(&mut Parser::new(query), Medium::Print), holds, "{query}");
        }
    }
}
