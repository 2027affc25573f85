//! Formulas: from LaTeX to MathML.

mod environments;
mod known;
mod macros;
mod mend;
mod own;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use pulldown_cmark::{Event, Options, Parser};

use crate::diag::{Code, Diagnostic};
use crate::document::Math;
use crate::source::Span;
use macros::{MAX_FORMULA_BYTES, Macros};

/// How deep the elements of a formula may stand in one another.
const MAX_ELEMENT_DEPTH: usize = 200;

/// How many commands and braces may be read on the stack that every thread has.
const MAX_COMMANDS_ON_SMALL_STACK: usize = 150;

/// How many commands and braces a formula may have.
const MAX_COMMANDS: usize = 10_000;

/// What one of them takes of the stack at most, in bytes.
const STACK: usize = 24 * 1024;

/// Reads formulas, in the order in which they stand in a post.
#[derive(Default)]
pub(super) struct Formulas {
    converter: Option<LatexToMathML>,
    macros: Macros,
}

impl Formulas {
    /// Formulas of a post whose labels were read before.
    pub(super) fn with_labels(labels: Labels) -> Self {
        Self { converter: None, macros: Macros::with_labels(labels) }
    }

    /// Reads a formula, given how it was written and where; none if it prints nothing, because
    /// it only defines macros.
    pub(super) fn read(
        &mut self,
        source: &str,
        display: bool,
        (written, span): (&str, Span),
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Math> {
        if source.trim_start().starts_with("<math")
            && let Some((mathml, words)) = own::read(source)
            && depth(&mathml) <= MAX_ELEMENT_DEPTH
        {
            return Some(Math { source: words, mathml: Some(mathml) });
        }
        let mathml = match self.convert(source, display) {
            Ok(None) => return None,
            Ok(mathml) => mathml,
            Err(reason) => {
                let span = command_in(&reason, written, span);
                let message = format!("a formula could not be understood: {reason}");
                let diagnostic = Diagnostic::new(Code::MathUnreadable, message).at(span);
                diagnostics.push(diagnostic.hint("its LaTeX is shown in its place"));
                None
            }
        };
        Some(Math { source: source.trim().to_owned(), mathml })
    }

    /// The labels that a second reading has to know, if any was asked for before it was there.
    pub(super) fn into_late_labels(self) -> Option<Labels> {
        let Macros { labels, unresolved, .. } = self.macros;
        unresolved.iter().any(|label| labels.contains_key(label)).then_some(labels)
    }

    /// The MathML of a formula; none if there is nothing in it to be seen.
    fn convert(&mut self, source: &str, display: bool) -> Result<Option<String>, String> {
        let expanded = self.macros.expand(source, display).map_err(|_| {
            format!(
                "its macros never end, or make more than {MAX_FORMULA_BYTES} characters"
            )
        })?;
        let latex = expanded.latex.trim();
        if latex.is_empty() {
            return Ok(None);
        }
        let commands = latex.matches(['\\', '{', '^', '_']).count();
        if commands > MAX_COMMANDS {
            return Err(format!("it has more than {MAX_COMMANDS} commands and groups"));
        }
        let converter = self.converter.get_or_insert_with(|| {
            let config = MathCoreConfig { xml_namespace: true, ..Default::default() };
            LatexToMathML::new(config).unwrap_or_default()
        });
        let mode = if display { MathDisplay::Block } else { MathDisplay::Inline };
        let convert = || match converter.convert_with_local_state(latex, mode) {
            Ok(result) => Ok(result.mathml),
            Err(error) => Err(reason(&error.error_message())),
        };
        // Each command may stand in the one before it, and math-core goes down into each.
        let mathml = match commands > MAX_COMMANDS_ON_SMALL_STACK {
            true => on_a_large_stack(commands * STACK, convert)?,
            false => convert()?,
        };
        if depth(&mathml) > MAX_ELEMENT_DEPTH {
            return Err(format!("it is nested more than {MAX_ELEMENT_DEPTH} deep"));
        }
        match mend::mend(&mathml, &expanded.tags) {
            Some(mathml) => Ok(Some(mathml)),
            None => Err("its MathML is not well-formed".to_owned()),
        }
    }
}

/// What labels of formulas are called.
pub(super) type Labels = std::collections::BTreeMap<String, String>;

fn on_a_large_stack(
    size: usize,
    work: impl FnOnce() -> Result<String, String> + Send,
) -> Result<String, String> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(size.max(1 << 22));
        let done = thread.spawn_scoped(scope, work).map(|thread| thread.join());
        match done {
            Ok(Ok(done)) => done,
            _ => Err("reading it failed".to_owned()),
        }
    })
}

/// A reason without the stop at its end, in small letters at its beginning.
fn reason(message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    let mut letters = message.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str()).replace('"', "`")
}

/// Where the command stands that a reason names.
fn command_in(reason: &str, written: &str, span: Span) -> Span {
    let named = reason.find('\\').and_then(|at| reason[at..].split('`').next());
    let at = named.and_then(|command| Some((written.find(command)?, command.len())));
    match at {
        Some((at, length)) if written.len() == span.range().len() => {
            let start = span.range().start + at;
            Span::new(span.file, start..start + length)
        }
        _ => span,
    }
}

/// How deep elements stand in one another.
fn depth(mathml: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in mathml.split('<').skip(1) {
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !tag.split('>').next().is_some_and(|tag| tag.ends_with('/')) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// Whether a text is a formula in MathML that both editions take.
pub(super) fn is_mathml(source: &str) -> bool {
    own::read(source).is_some_and(|(mathml, _)| depth(&mathml) <= MAX_ELEMENT_DEPTH)
}

/// A formula without what WordPress has around it: `$latex x^2 &s=1$`.
pub(super) fn without_parameters(source: &str) -> &str {
    let Some(mut formula) = source.strip_prefix("latex ") else { return source };
    while let Some((before, parameter)) = formula.rsplit_once('&') {
        let known = ["bg=", "fg=", "s="].iter().any(|it| parameter.starts_with(it));
        if !known {
            break;
        }
        formula = before;
    }
    formula.trim()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn formula(source: &str) -> String {
        let mathml = Formulas::default().convert(source, false);
        let mathml = mathml.expect("a formula").expect("MathML");
        mathml.replace(" xmlns=\"http://www.w3.org/1998/Math/MathML\"", "")
    }

    #[test]
    fn mathml_is_mended() {
        assert_eq!(
            formula(r"\dfrac12"),
            r#"<math><mstyle displaystyle="true"><mfrac><mn>1</mn><mn>2</mn></mfrac></mstyle></math>"#,
        );
        assert!(formula(r"\overline{x}").contains("<mo stretchy=\"true\">\u{203e}</mo>"));
        let array = formula(r"\begin{array}{lr} a & b \end{array} < 1");
        assert!(
            array.contains(r#"<mstyle displaystyle="false" scriptlevel="0"><mtable>"#)
        );
        assert!(array.contains(r#"<mtd columnalign="right" "#));
    }

    #[test]
    fn wordpress_says_of_a_formula_how_it_looks() {
        for (source, formula) in [
            ("latex x^2", "x^2"),
            ("latex a & b &s=1&bg=ffffff", "a & b"),
            ("x &s=1", "x &s=1"),
        ] {
            assert_eq!(without_parameters(source), formula);
        }
    }

    #[test]
    fn money_is_no_formula() {
        assert!(!is_wanted("They paid $5–$10 and US$3 billion to A$4."));
        assert!(is_wanted("The price $p$ was $5."));
    }
}
