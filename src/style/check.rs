//! Checking declarations once, when they are read: what paper cannot honour is said.

use cssparser::{Parser, Token};

use super::computed::{Initial, Sides};
use super::property::{self, Env, Knowledge, Phase, knowledge, nearest};
use super::rules::Declaration;
use super::value::{Refusal, Scale};
use crate::diag::{Code, Diagnostic};
use crate::units::{Pt, Size};

/// What is to be said of a declaration.
pub(super) fn declaration(declaration: &Declaration, page: bool) -> Option<Diagnostic> {
    let Declaration { name, value, span, .. } = declaration;
    if name.starts_with("--") || value.contains("var(") {
        return None;
    }
    if page && super::page::knows(name) {
        let read = super::page::is_valid(name, value);
        return (!read).then(|| invalid(name, value).at(*span));
    }
    match knowledge(name) {
        Knowledge::Screen => None,
        Knowledge::Unsupported => Some(unsupported(&format!("`{name}`")).at(*span)),
        Knowledge::Unknown => {
            let known = Diagnostic::new(
                Code::CssUnknownProperty,
                format!("there is no property `{name}`"),
            )
            .at(*span);
            Some(match nearest(name) {
                Some(nearest) => known.hint(format!("did you mean `{nearest}`?")),
                None => known,
            })
        }
        Knowledge::Honoured => match refusal(name, value)? {
            Refusal::Invalid => Some(invalid(name, value).at(*span)),
            Refusal::Unsupported => {
                Some(unsupported(&format!("`{name}: {value}`")).at(*span))
            }
        },
    }
}

/// What is said of what is CSS, but not for paper.
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
    knowledge(&name) == Knowledge::Honoured && refusal(&name, value).is_none()
}

fn invalid(name: &str, value: &str) -> Diagnostic {
    Diagnostic::new(Code::CssSyntax, format!("`{value}` is no value of `{name}`"))
        .hint("the declaration is left out")
}

fn refusal(name: &str, value: &str) -> Option<Refusal> {
    let page = Size { width: Pt(400.0), height: Pt(600.0) };
    let initial = property::initial(
        &Initial { medium: Pt(10.0), page, margin: Sides::default() },
        false,
    );
    let scale = Scale {
        em: Pt(10.0),
        rem: Pt(10.0),
        ex: 0.5,
        ch: 0.5,
        line: Pt(12.0),
        root_line: Pt(12.0),
        page,
    };
    let env = Env { scale, parent: &initial, initial: &initial };
    let phases = Phase::ALL.into_iter().filter(|phase| phase.has(name));
    let mut refusals = phases.filter_map(|phase| {
        let mut style = initial.clone();
        property::apply(name, &mut Parser::new(value), &mut style, &env, phase).err()
    });
    refusals.next()
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
