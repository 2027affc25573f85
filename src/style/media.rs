//! Media queries (Media Queries 4): print or e-reader.

use cssparser::{ParseError, Parser, Token};

use super::tokens;

/// A medium: what a stylesheet is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Medium {
    /// `ebook`: the EPUB.
    Ebook,
    /// `print`: the PDF.
    Print,
}

/// Whether a media query list matches a medium; an empty one matches each.
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
                // Only the reading system knows its own features; a printed page has none of them.
                Token::ParenthesisBlock => {
                    let _ = input.parse_nested_block(|input| {
                        while input.next().is_ok() {}
                        Ok::<(), ParseError<()>>(())
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

/// The result of a media query list for the EPUB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MediaResult {
    /// It never matches: it is for print.
    Never,
    /// It always matches, so that its rules need no condition; no reading system knows `ebook`.
    Always,
    /// Only the reading system can decide whether this query matches.
    Undecided(String),
}

/// Evaluates a media query list for the EPUB.
pub(super) fn result_in_epub(input: &mut Parser) -> MediaResult {
    let start = input.state();
    let applies = applies(input, Medium::Ebook);
    let position = start.position();
    input.reset(&start);
    let mut asks = false;
    while let Ok(token) = input.next() {
        asks |= match token {
            Token::ParenthesisBlock => true,
            Token::Ident(word) => {
                !DECIDABLE.iter().any(|it| word.eq_ignore_ascii_case(it))
            }
            _ => false,
        };
    }
    let query = input.slice_from(position).trim();
    match (asks, applies) {
        (false, true) => MediaResult::Always,
        (false, false) => MediaResult::Never,
        (true, _) if is_print_only(query) => MediaResult::Never,
        (true, _) => {
            MediaResult::Undecided(tokens::with_keyword_replaced(query, "ebook", "all"))
        }
    }
}

/// Keywords of media queries of which it is known here whether they match an e-book.
const DECIDABLE: [&str; 9] =
    ["not", "only", "and", "all", "print", "screen", "ebook", "speech", "handheld"];

/// Whether each query of a list is for print.
fn is_print_only(query: &str) -> bool {
    let queries = Parser::new(query).parse_comma_separated(|input| {
        let mut first = input.expect_ident_cloned()?;
        if first.eq_ignore_ascii_case("only") {
            first = input.expect_ident_cloned()?;
        }
        while input.next().is_ok() {}
        Ok::<bool, ParseError<()>>(first.eq_ignore_ascii_case("print"))
    });
    queries.is_ok_and(|queries| queries.into_iter().all(|print| print))
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

    #[test]
    fn an_e_reader_gets_the_questions_that_only_it_can_answer() {
        let result = |query: &'static str| result_in_epub(&mut Parser::new(query));
        assert_eq!(result("print"), MediaResult::Never);
        assert_eq!(result("print and (color)"), MediaResult::Never);
        assert_eq!(result("not print"), MediaResult::Always);
        assert_eq!(result("ebook, print"), MediaResult::Always);
        assert_eq!(result("amzn-kf8"), MediaResult::Undecided("amzn-kf8".into()));
        let wide = "ebook and (min-width: 30em)";
        assert_eq!(
            result(wide),
            MediaResult::Undecided("all and (min-width: 30em)".into())
        );
        assert_eq!(result("my-ebook"), MediaResult::Undecided("my-ebook".into()));
        assert_eq!(result("printer"), MediaResult::Undecided("printer".into()));
    }
}
