//! Properties: from the words of a declaration to fields of a [`Style`].

mod boxes;
mod content;
mod fonts;
mod inherit;
mod known;
mod text;

use cssparser::{Parser, Token};

use super::computed::Style;
use super::value::{Read, Refusal, Scale};

pub(super) use inherit::{inherited, initial};
pub(super) use known::{Knowledge, PAGE, knowledge, nearest};

/// What a value is computed against.
pub(super) struct Env<'a> {
    pub(super) scale: Scale,
    pub(super) parent: &'a Style,
    pub(super) initial: &'a Style,
}

/// In which order groups of properties are computed: what others are measured by comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// The letters: `em`, `ex`, `ch`.
    Font,
    /// The leading: `lh`.
    Leading,
    /// The colour: `currentcolor`.
    Color,
    /// All else.
    Rest,
}

impl Phase {
    pub(super) const ALL: [Self; 4] =
        [Self::Font, Self::Leading, Self::Color, Self::Rest];

    /// Whether a property has anything to say in a phase.
    pub(super) fn has(self, name: &str) -> bool {
        let own = match name {
            "font" => return matches!(self, Self::Font | Self::Leading),
            "line-height" => Self::Leading,
            "color" => Self::Color,
            _ if name.starts_with("font-") => Self::Font,
            _ => Self::Rest,
        };
        self == own
    }
}

/// Sets what a declaration says. `input` holds its value and nothing more.
pub(super) fn apply(
    name: &str,
    input: &mut Parser,
    style: &mut Style,
    env: &Env,
    phase: Phase,
) -> Read<()> {
    if let Ok(keyword) = input.try_parse(whole_keyword) {
        return inherit::apply(name, &keyword, style, env);
    }
    let done = match phase {
        Phase::Font => fonts::apply(name, input, style, env)?,
        Phase::Leading => fonts::leading(name, input, style, env)?,
        Phase::Color | Phase::Rest => {
            text::apply(name, input, style, env)?
                || boxes::apply(name, input, style, env)?
                || content::apply(name, input, style, env)?
        }
    };
    if !done {
        return Err(Refusal::Unsupported);
    }
    if input.is_exhausted() { Ok(()) } else { Err(Refusal::Invalid) }
}

/// `inherit` and its like, alone.
fn whole_keyword(input: &mut Parser) -> Read<String> {
    let word = word(input)?;
    let whole = matches!(
        word.as_str(),
        "inherit" | "initial" | "unset" | "revert" | "revert-layer"
    );
    if whole && input.is_exhausted() { Ok(word) } else { Err(Refusal::Invalid) }
}

/// A word, in small letters.
fn word(input: &mut Parser) -> Read<String> {
    Ok(input.expect_ident()?.to_ascii_lowercase())
}

/// One of several words.
fn choice<T: Copy>(input: &mut Parser, choices: &[(&str, T)]) -> Read<T> {
    let word = word(input)?;
    let found = choices.iter().find(|(name, _)| *name == word);
    found.map(|(_, value)| *value).ok_or(Refusal::Invalid)
}

/// A number.
fn number(input: &mut Parser) -> Read<f64> {
    match input.next()? {
        Token::Number { value, .. } if value.is_finite() => Ok(f64::from(*value)),
        _ => Err(Refusal::Invalid),
    }
}

/// A whole number.
fn integer(input: &mut Parser) -> Read<i32> {
    Ok(input.expect_integer()?)
}

/// A whole number from one on.
fn count(input: &mut Parser) -> Read<u32> {
    u32::try_from(integer(input)?).ok().filter(|count| *count > 0).ok_or(Refusal::Invalid)
}
