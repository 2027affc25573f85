//! Checking declarations once, when they are read: what paper cannot honour is said.

use cssparser::Parser;

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
    let unsupported = || {
        Diagnostic::new(Code::CssUnsupported, format!("the PDF has nothing for `{name}`"))
            .at(*span)
            .hint("in `@media ebook` it is for the EPUB alone, and this is not said")
    };
    match knowledge(name) {
        Knowledge::Screen => None,
        Knowledge::Unsupported => Some(unsupported()),
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
            Refusal::Unsupported => Some(
                Diagnostic::new(
                    Code::CssUnsupported,
                    format!("the PDF has nothing for `{name}: {value}`"),
                )
                .at(*span)
                .hint("in `@media ebook` it is for the EPUB alone, and this is not said"),
            ),
        },
    }
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
