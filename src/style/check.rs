//! Checking declarations once, when they are read: what the PDF cannot honour is reported.

use cssparser::{Parser, Token};

use super::declaration::{DeclarationError, WrittenDeclaration};
use super::property::{is_honoured, nearest};
use super::value::ParseErrorKind;
use crate::diag::{Code, Diagnostic};

/// What is reported of a declaration that does not take part in the cascade.
pub(super) fn rejected(
    declaration: &WrittenDeclaration,
    error: DeclarationError,
) -> Option<Diagnostic> {
    let WrittenDeclaration { name, value, span, .. } = declaration;
    let diagnostic = match error {
        DeclarationError::ScreenProperty => return None,
        DeclarationError::UnsupportedProperty => unsupported(&format!("`{name}`")),
        DeclarationError::UnknownProperty => unknown(name),
        DeclarationError::Value(ParseErrorKind::Unsupported) => {
            unsupported(&format!("`{name}: {value}`"))
        }
        DeclarationError::Value(ParseErrorKind::Invalid) => invalid(name, value),
    };
    Some(diagnostic.at(*span))
}

fn unknown(name: &str) -> Diagnostic {
    let unknown = Diagnostic::new(
        Code::CssUnknownProperty,
        format!("there is no property `{name}`"),
    );
    match nearest(name) {
        Some(nearest) => unknown.hint(format!("did you mean `{nearest}`?")),
        None => unknown,
    }
}

fn invalid(name: &str, value: &str) -> Diagnostic {
    Diagnostic::new(Code::CssSyntax, format!("`{value}` is no value of `{name}`"))
        .hint("the declaration is left out")
}

/// The diagnostic of what is CSS, but nothing that the PDF honours.
pub(super) fn unsupported(what: &str) -> Diagnostic {
    Diagnostic::new(Code::CssUnsupported, format!("the PDF has nothing for {what}"))
        .hint("in `@media ebook` it is for the EPUB alone, and this is not said")
}

/// Whether the condition of an `@supports` rule holds (CSS Conditional Rules 3, 6).
pub(super) fn supports(input: &mut Parser) -> bool {
    let mut holds: Option<bool> = None;
    let (mut negated, mut both) = (false, true);
    while let Ok(token) = input.next() {
        let part = match token.clone() {
            Token::Ident(word) => {
                match word.to_ascii_lowercase().as_str() {
                    "not" => negated = true,
                    "or" => both = false,
                    _ => both = true,
                }
                continue;
            }
            Token::ParenthesisBlock => {
                let inner = input.parse_nested_block(|input| {
                    Ok::<bool, cssparser::ParseError<()>>(condition(input))
                });
                inner.unwrap_or(false)
            }
            _ => false,
        };
        let part = part != std::mem::take(&mut negated);
        holds = Some(match holds {
            None => part,
            Some(so_far) if both => so_far && part,
            Some(so_far) => so_far || part,
        });
    }
    holds.unwrap_or(false)
}

/// A declaration, or a condition of its own.
fn condition(input: &mut Parser) -> bool {
    let start = input.state();
    let name = input.try_parse(|input| {
        let name = input.expect_ident_cloned()?;
        input.expect_colon().map(|()| name)
    });
    let Ok(name) = name else {
        input.reset(&start);
        return supports(input);
    };
    input.skip_whitespace();
    let from = input.position();
    while input.next().is_ok() {}
    let name = name.to_ascii_lowercase();
    let value = input.slice_from(from).trim();
    is_honoured(&name, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_supported_is_known() {
        let cases = [
            ("(initial-letter: 3)", true),
            ("not (initial-letter: 3)", false),
            ("(display: grid)", false),
            ("(color: red) and (float: left)", true),
            ("(color: red) and (mask: none)", false),
            ("(mask: none) or (color: red)", true),
            ("(not (mask: none)) and (color: red)", true),
            ("selector(a > b)", false),
        ];
        for (condition, holds) in cases {
            assert_eq!(supports(&mut Parser::new(condition)), holds, "{condition}");
        }
    }
}
