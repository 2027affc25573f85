//! Custom properties: `var()` (CSS Variables 1).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use cssparser::{Parser, Token};

use super::tokens;
use super::value::{ParseErrorKind, Parsed, nested};

/// The custom properties of an element.
pub(super) type CustomProperties = BTreeMap<Arc<str>, Arc<str>>;

/// How deep custom properties may refer to one another.
const MAX_DEPTH: usize = 16;

/// How long a value may become, in bytes.
const MAX_VALUE_BYTES: usize = 10_000;

/// A value with every `var()` in it replaced; none if one is not there, or refers to itself.
pub(super) fn substituted<'v>(
    value: &'v str,
    custom_properties: &CustomProperties,
) -> Option<Cow<'v, str>> {
    if !tokens::calls(value, &["var"]) {
        return Some(Cow::Borrowed(value));
    }
    let mut substitution =
        Substitution { custom_properties, depth: 0, text: String::new() };
    substitution.all(&mut Parser::new(value)).ok()?;
    Some(Cow::Owned(substitution.text))
}

struct Substitution<'c> {
    custom_properties: &'c CustomProperties,
    depth: usize,
    text: String,
}

impl Substitution<'_> {
    /// Writes what is left of a value or a block.
    fn all(&mut self, input: &mut Parser) -> Parsed<()> {
        let mut from = input.position();
        loop {
            let before = input.position();
            let Ok(token) = input.next_including_whitespace_and_comments() else { break };
            let token = token.clone();
            if !tokens::opens(&token) {
                continue;
            }
            let is_variable = matches!(
                &token, Token::Function(name) if name.eq_ignore_ascii_case("var")
            );
            if is_variable {
                self.write(input.slice(from..before))?;
                nested(input, |input| self.variable(input))?;
            } else {
                self.write(input.slice_from(from))?;
                nested(input, |input| self.all(input))?;
                self.write(closing(&token))?;
            }
            from = input.position();
        }
        self.write(input.slice_from(from))
    }

    /// Writes the value of a custom property, or else what stands for it.
    fn variable(&mut self, input: &mut Parser) -> Parsed<()> {
        let name = input.expect_ident_cloned()?;
        let value = self.custom_properties.get(&*name);
        let begun = self.text.len();
        if let Some(value) = value
            && self.value(value).is_ok()
        {
            while input.next().is_ok() {}
            return Ok(());
        }
        self.text.truncate(begun);
        input.expect_comma()?;
        input.skip_whitespace();
        self.all(input)?;
        self.text.truncate(self.text.trim_end().len().max(begun));
        Ok(())
    }

    fn value(&mut self, value: &str) -> Parsed<()> {
        if self.depth >= MAX_DEPTH {
            return Err(ParseErrorKind::Invalid);
        }
        self.depth += 1;
        let written = self.all(&mut Parser::new(value));
        self.depth -= 1;
        written
    }

    fn write(&mut self, text: &str) -> Parsed<()> {
        self.text.push_str(text);
        let fits = self.text.len() <= MAX_VALUE_BYTES;
        if fits { Ok(()) } else { Err(ParseErrorKind::Invalid) }
    }
}

/// What ends the block that a token begins.
fn closing(token: &Token) -> &'static str {
    match token {
        Token::SquareBracketBlock => "]",
        Token::CurlyBracketBlock => "}",
        _ => ")",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_properties_are_substituted() {
        let custom_properties: CustomProperties = [
            ("--a", "1px"),
            ("--b", "calc(var(--a) * 2)"),
            ("--c", "var(--d)"),
            ("--d", "var(--c)"),
            ("--e", ""),
            ("--words", "\"see var(--a)\""),
        ]
        .map(|(name, value)| (name.into(), value.into()))
        .into();
        let cases = [
            ("var(--b) solid", Some("calc(1px * 2) solid")),
            ("var(--none, var(--a))", Some("1px")),
            ("var(--none, 1px, 2px )", Some("1px, 2px")),
            ("VAR( --a )", Some("1px")),
            ("var(--none)", None),
            ("var(--c)", None),
            ("var(--c, red)", Some("red")),
            ("var(--e)", Some("")),
            ("var(--e) 2px", Some(" 2px")),
            ("calc((1px + var(--a)) * 2)", Some("calc((1px + 1px) * 2)")),
            ("var(--words)", Some("\"see var(--a)\"")),
            ("\"var(--a)\"", Some("\"var(--a)\"")),
            ("'a' var(--a) /* var(--b) */", Some("'a' 1px /* var(--b) */")),
        ];
        for (value, expected) in cases {
            let text = substituted(value, &custom_properties);
            assert_eq!(text.as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn what_grows_without_bounds_is_no_value() {
        let name = |index: usize| format!("--v{index}");
        let mut custom_properties = CustomProperties::new();
        custom_properties.insert("--v0".into(), "xxxxxxxxxx".into());
        for index in 1..12 {
            let value = format!("var({0}) var({0}) var({0})", name(index - 1));
            custom_properties.insert(name(index).as_str().into(), value.as_str().into());
        }
        assert!(substituted("var(--v2)", &custom_properties).is_some());
        assert!(substituted("var(--v11)", &custom_properties).is_none());
    }
}
