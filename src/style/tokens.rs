//! What a value holds, asked of its tokens: a string is a string, whatever stands in it.

use cssparser::{ParseError, Parser, SourcePosition, Token, parse_important};

/// Calls a function with each token of a value, those in functions and blocks too.
pub(super) fn visit(value: &str, visitor: &mut dyn FnMut(&Token)) {
    all(&mut Parser::new(value), visitor);
}

fn all(input: &mut Parser, visitor: &mut dyn FnMut(&Token)) {
    while let Ok(token) = input.next() {
        let token = token.clone();
        visitor(&token);
        if opens(&token) {
            let _ = input.parse_nested_block(|input| {
                all(input, visitor);
                Ok::<(), ParseError<()>>(())
            });
        }
    }
}

/// Whether a token begins a block that can be parsed by itself.
pub(super) fn opens(token: &Token) -> bool {
    matches!(
        token,
        Token::Function(_)
            | Token::ParenthesisBlock
            | Token::SquareBracketBlock
            | Token::CurlyBracketBlock
    )
}

/// The next token and where it begins; the block that it may begin is passed over whole.
pub(super) fn next_whole<'i>(
    input: &mut Parser<'i>,
) -> Option<(SourcePosition, Token<'i>)> {
    let start = input.position();
    let token = input.next_including_whitespace_and_comments().ok()?.clone();
    if opens(&token) {
        let _ = input.parse_nested_block(|input| {
            while input.next().is_ok() {}
            Ok::<(), ParseError<()>>(())
        });
    }
    Some((start, token))
}

/// Whether a value calls a function of any of these names.
pub(super) fn calls(value: &str, names: &[&str]) -> bool {
    let mut found = false;
    visit(value, &mut |token| {
        found |= matches!(
            token,
            Token::Function(name) if names.iter().any(|it| name.eq_ignore_ascii_case(it))
        );
    });
    found
}

/// Whether a value names a file or another address: `url()`, with quotes in it or without.
pub(super) fn has_url(value: &str) -> bool {
    let mut found = false;
    visit(value, &mut |token| found |= matches!(token, Token::UnquotedUrl(_)));
    found || calls(value, &["url", "src"])
}

/// A value without the `!important` at its end, and whether there was one.
pub(super) fn without_important(value: &str) -> (&str, bool) {
    let mut input = Parser::new(value);
    let start = input.position();
    loop {
        let before = input.state();
        let important = input.try_parse(|input| {
            parse_important(input)?;
            input.expect_exhausted()
        });
        if important.is_ok() {
            return (input.slice(start..before.position()).trim_end(), true);
        }
        if next_whole(&mut input).is_none() {
            return (value, false);
        }
    }
}

/// The identifier, in lower case, that is all of a value.
pub(super) fn only_ident(value: &str) -> Option<String> {
    let mut input = Parser::new(value);
    let ident = input.expect_ident().ok()?.to_ascii_lowercase();
    input.is_exhausted().then_some(ident)
}

/// What stands before the block of a rule.
pub(super) fn before_block(rule: &str) -> &str {
    let mut input = Parser::new(rule);
    let start = input.position();
    while let Some((before, token)) = next_whole(&mut input) {
        if token == Token::CurlyBracketBlock {
            return input.slice(start..before).trim();
        }
    }
    rule.trim()
}

/// A text with one keyword in place of another, outside of functions and blocks.
pub(super) fn with_keyword_replaced(text: &str, keyword: &str, by: &str) -> String {
    let mut input = Parser::new(text);
    let mut replaced = String::new();
    let mut from = input.position();
    while let Some((before, token)) = next_whole(&mut input) {
        if matches!(&token, Token::Ident(ident) if ident.eq_ignore_ascii_case(keyword)) {
            replaced += input.slice(from..before);
            replaced += by;
            from = input.position();
        }
    }
    replaced + input.slice_from(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_comments_call_nothing() {
        let cases = [
            ("var(--a)", true),
            ("calc(1px + VAR(--a))", true),
            ("[x (y var(--a))]", true),
            ("\"var(--a)\"", false),
            ("/* var(--a) */ red", false),
            ("var", false),
            ("my-var(--a)", false),
        ];
        for (value, expected) in cases {
            assert_eq!(calls(value, &["var"]), expected, "{value}");
        }
    }

    #[test]
    fn files_are_named_by_urls_alone() {
        let cases = [
            ("url(a.png)", true),
            ("URL( 'a.png' )", true),
            ("image-set(url(a.png) 1x)", true),
            ("\"see url(x)\"", false),
            ("/* url(x) */ none", false),
        ];
        for (value, expected) in cases {
            assert_eq!(has_url(value), expected, "{value}");
        }
    }

    #[test]
    fn a_rule_has_its_block_after_its_prelude() {
        assert_eq!(before_block("p > b { color: red }"), "p > b");
        assert_eq!(before_block("[title='{'] /* { */ b{}"), "[title='{'] /* { */ b");
        assert_eq!(before_block("p:not(b):is(i) {}"), "p:not(b):is(i)");
        assert_eq!(before_block("p "), "p");
    }

    #[test]
    fn keywords_are_replaced_outside_of_blocks() {
        let replaced = |text| with_keyword_replaced(text, "a", "b");
        assert_eq!(replaced("A and (a: 1) or a, 'a' ba"), "b and (a: 1) or b, 'a' ba");
    }

    #[test]
    fn importance_stands_at_the_end() {
        let cases = [
            ("red !important", ("red", true)),
            ("red!IMPORTANT", ("red", true)),
            ("rgb(1 2 3) !important", ("rgb(1 2 3)", true)),
            ("calc((1px)) a !important", ("calc((1px)) a", true)),
            ("f(!important)", ("f(!important)", false)),
            ("red ! /* x */ important", ("red", true)),
            ("\"!important\"", ("\"!important\"", false)),
            ("\"a !important\" !important", ("\"a !important\"", true)),
            ("red !important blue", ("red !important blue", false)),
            ("red !x", ("red !x", false)),
        ];
        for (value, expected) in cases {
            assert_eq!(without_important(value), expected, "{value}");
        }
    }
}
