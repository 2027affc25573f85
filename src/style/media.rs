//! Media: paper or e-reader.

use cssparser::{ParseError, Parser, Token};

use super::tokens;

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

/// What becomes of a rule of a medium in the EPUB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is for paper.
    Never,
    /// It holds without a condition; no reading system knows `ebook`.
    Always,
    /// Only the reading system can know whether this holds.
    Kept(String),
}

/// What becomes of a rule with a media query list.
pub(super) fn fate(input: &mut Parser) -> Fate {
    let start = input.state();
    let applies = applies(input, Medium::Ebook);
    let position = start.position();
    input.reset(&start);
    let mut asks = false;
    while let Ok(token) = input.next() {
        asks |= match token {
            Token::ParenthesisBlock => true,
            Token::Ident(word) => !KNOWN.iter().any(|it| word.eq_ignore_ascii_case(it)),
            _ => false,
        };
    }
    let query = input.slice_from(position).trim();
    match (asks, applies) {
        (false, true) => Fate::Always,
        (false, false) => Fate::Never,
        (true, _) if is_print_only(query) => Fate::Never,
        (true, _) => Fate::Kept(tokens::with_keyword_replaced(query, "ebook", "all")),
    }
}

/// Words of queries of which it is known whether they hold of an e-book.
const KNOWN: [&str; 9] =
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
        let fate = |query: &'static str| fate(&mut Parser::new(query));
        assert_eq!(fate("print"), Fate::Never);
        assert_eq!(fate("print and (color)"), Fate::Never);
        assert_eq!(fate("not print"), Fate::Always);
        assert_eq!(fate("ebook, print"), Fate::Always);
        assert_eq!(fate("amzn-kf8"), Fate::Kept("amzn-kf8".into()));
        let wide = "ebook and (min-width: 30em)";
        assert_eq!(fate(wide), Fate::Kept("all and (min-width: 30em)".into()));
        assert_eq!(fate("my-ebook"), Fate::Kept("my-ebook".into()));
        assert_eq!(fate("printer"), Fate::Kept("printer".into()));
    }
}
