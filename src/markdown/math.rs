//! Formulas: from LaTeX to MathML.

use std::borrow::Cow;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use pulldown_cmark::{Event, Options, Parser};
use quick_xml::events::{BytesStart, BytesText, Event as Xml};
use quick_xml::{Reader, Writer};

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
            Ok(result) => mend(&result.mathml),
            Err(error) => {
                let message = format!("this formula could not be understood: {error}");
                let diagnostic = Diagnostic::new(Code::MathUnreadable, message).at(span);
                diagnostics.push(diagnostic.hint("its LaTeX is shown in its place"));
                None
            }
        };
        Math { source: source.trim().to_owned(), mathml }
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

/// Mends what math-core 0.7 writes for browsers and EPUBCheck refuses: `displaystyle` and
/// `scriptlevel` belong on an `mstyle` (MathML 3, section 3.3.4), a bar is U+203E, and cells say
/// how they are aligned by `columnalign`.
fn mend(mathml: &str) -> Option<String> {
    let mut reader = Reader::from_str(mathml);
    let mut writer = Writer::new(Vec::new());
    let mut open: Vec<Open> = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Xml::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                let (style, tag) = mend_tag(&tag)?;
                let styled = style.is_some();
                if let Some(style) = style {
                    writer.write_event(Xml::Start(style)).ok()?;
                }
                writer.write_event(Xml::Start(tag)).ok()?;
                open.push(Open { styled, over: name == "mover" });
            }
            Xml::End(tag) => {
                writer.write_event(Xml::End(tag)).ok()?;
                if open.pop()?.styled {
                    let end = quick_xml::events::BytesEnd::new("mstyle");
                    writer.write_event(Xml::End(end)).ok()?;
                }
            }
            Xml::Text(text) if &*text == "\u{332}" && is_over(&open) => {
                writer.write_event(Xml::Text(BytesText::new("\u{203e}"))).ok()?;
            }
            Xml::Eof => break,
            other => writer.write_event(other).ok()?,
        }
    }
    String::from_utf8(writer.into_inner()).ok()
}

/// An open MathML element.
struct Open {
    /// Whether an `mstyle` was put around it.
    styled: bool,
    over: bool,
}

/// Whether the element at hand is a child of `mover`.
fn is_over(open: &[Open]) -> bool {
    matches!(open, [.., Open { over: true, .. }, _])
}

/// A tag without attributes that belong on an `mstyle`, and the `mstyle` that has them.
fn mend_tag(
    tag: &BytesStart<'_>,
) -> Option<(Option<BytesStart<'static>>, BytesStart<'static>)> {
    let name = tag.name().as_ref().to_owned();
    let movable = matches!(name.as_str(), "mfrac" | "mtable");
    let mut style: Option<BytesStart<'static>> = None;
    let mut mended = BytesStart::new(name);
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key.as_ref();
        let value: Cow<'_, str> =
            attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
        if movable && matches!(key, "displaystyle" | "scriptlevel") {
            style
                .get_or_insert_with(|| BytesStart::new("mstyle"))
                .push_attribute((key, &*value));
            continue;
        }
        if key == "style"
            && let Some(alignment) = text_align(&value)
        {
            mended.push_attribute(("columnalign", alignment));
        }
        mended.push_attribute((key, &*value));
    }
    Some((style, mended))
}

fn text_align(style: &str) -> Option<&'static str> {
    let value =
        style.split(';').find_map(|rule| rule.trim().strip_prefix("text-align:"))?;
    match value.trim() {
        "left" => Some("left"),
        "right" => Some("right"),
        "center" => Some("center"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formula(source: &str) -> String {
        let converter =
            LatexToMathML::new(MathCoreConfig::default()).expect("a converter");
        let read = converter.convert_with_local_state(source, MathDisplay::Inline);
        mend(&read.expect("a formula").mathml).expect("MathML")
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
    fn money_is_no_formula() {
        assert!(!is_wanted("They paid $5–$10 and US$3 billion to A$4."));
        assert!(is_wanted("The price $p$ was $5."));
    }
}
