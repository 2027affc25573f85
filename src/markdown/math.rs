//! Formulas: from LaTeX to MathML.

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use pulldown_cmark::{Event, Options, Parser};

use crate::diag::{Code, Diagnostic};
use crate::document::Math;
use crate::source::Span;

/// Reads formulas.
#[derive(Default)]
pub(super) struct Formulas {
    converter: Option<LatexToMathML>,
}

impl Formulas {
    /// Reads a formula.
    pub(super) fn read(
        &mut self,
        source: &str,
        display: bool,
        span: Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Math {
        let converter = self.converter.get_or_insert_with(|| {
            let config = MathCoreConfig { xml_namespace: true, ..Default::default() };
            LatexToMathML::new(config).unwrap_or_default()
        });
        let mode = if display { MathDisplay::Block } else { MathDisplay::Inline };
        let mathml = match converter.convert_with_local_state(source, mode) {
            Ok(result) => Some(result.mathml),
            Err(_) => {
                diagnostics.push(
                    Diagnostic::new(Code::MathUnreadable, "a formula could not be read")
                        .at(span),
                );
                None
            }
        };
        Math { source: source.to_owned(), mathml }
    }
}

/// Whether a post has formulas at all, or only sums of money.
pub(super) fn is_wanted(text: &str) -> bool {
    text.contains('$')
        && Parser::new_ext(text, Options::ENABLE_MATH).into_offset_iter().any(
            |(event, range)| match event {
                Event::InlineMath(source) => {
                    is_plausible(&source, text[range.end..].chars().next())
                }
                Event::DisplayMath(_) => true,
                _ => false,
            },
        )
}

/// Whether what stands between dollars is a formula, given what follows: in `$5–$10` and
/// `$3 billion in aid and US$` it is not.
pub(super) fn is_plausible(source: &str, after: Option<char>) -> bool {
    let money = source.starts_with(|c: char| c.is_ascii_digit())
        && !source.contains(['\\', '^', '_', '=', '+', '{'])
        && source.split(|c: char| !c.is_alphabetic()).any(|word| word.len() > 1);
    !money && !after.is_some_and(|c| c.is_ascii_digit())
}
