//! In the place of `csl` where its feature is off.

use super::{Cited, References, Rendered};
use crate::diag::{Code, Diagnostic};
use crate::document::ReferenceId;
use crate::language::Language;
use crate::source::{Sources, Span};
use crate::world::World;

/// There is none.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum CslStyle {}

impl CslStyle {
    pub(super) fn is_in_text(&self) -> bool {
        match *self {}
    }
}

/// Says that this build has no such style.
pub(super) fn load(
    name: &str,
    span: Span,
    _: &dyn World,
    _: &mut Sources,
) -> Result<CslStyle, Diagnostic> {
    let message = format!("this build of bindery cannot cite in `{name}`");
    let diagnostic = Diagnostic::new(Code::StyleUnreadable, message).at(span);
    Err(diagnostic.hint("it was built without the feature `csl`"))
}

pub(super) fn render(
    style: &CslStyle,
    _: &References,
    _: &Language,
    _: &[Cited<'_>],
    _: &[ReferenceId],
) -> Rendered {
    match *style {}
}
