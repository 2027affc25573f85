//! Styles from the archive in the binary, or from a file.

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg as csl;

use super::CslStyle;
use crate::bibliography::nesting;
use crate::diag::{Code, Diagnostic, Severity, nearest};
use crate::source::{Sources, Span};
use crate::world::World;

/// Loads the style of a name: the path of a `.csl` file, or what the archive calls it.
///
/// # Errors
/// Why it cannot be had.
pub(in crate::bibliography) fn load(
    name: &str,
    span: Span,
    world: &dyn World,
    sources: &mut Sources,
) -> Result<CslStyle, Diagnostic> {
    let found = match name.to_lowercase().ends_with(".csl") {
        true => from_file(name, span, world, sources),
        false => from_archive(name, span),
    };
    found.map(CslStyle::new)
}

fn unreadable(message: String, span: Span, hint: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::StyleUnreadable, message).at(span).hint(hint)
}

fn from_archive(name: &str, span: Span) -> Result<csl::IndependentStyle, Diagnostic> {
    let wanted = name.trim().to_lowercase();
    match ArchivedStyle::by_name(&wanted).map(ArchivedStyle::get) {
        Some(csl::Style::Independent(style)) => Ok(style),
        _ => {
            let all = ArchivedStyle::all().iter().flat_map(|style| style.names());
            // A name of several styles in short, or one with a slip.
            let begins = all.clone().copied().filter(|name| name.starts_with(&wanted));
            let begins =
                begins.min_by_key(|name| name.len()).filter(|_| wanted.len() > 3);
            let hint = match begins.or_else(|| nearest(&wanted, all.copied())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "it takes `chicago`, the path of a `.csl` file, or a name such as `apa` \
                         or `modern-language-association`"
                    .to_owned(),
            };
            Err(unreadable(format!("no citation style is called `{name}`"), span, hint))
        }
    }
}

fn from_file(
    path: &str,
    span: Span,
    world: &dyn World,
    sources: &mut Sources,
) -> Result<csl::IndependentStyle, Diagnostic> {
    const GET: &str = "styles can be had from https://www.zotero.org/styles";
    let bytes = world
        .read(path)
        // A book without the style that it asks for is none that anybody wanted.
        .map_err(|error| Diagnostic {
            severity: Severity::Error,
            ..unreadable(format!("`{path}`: {error}"), span, GET)
        })?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    if let Some(fault) = nesting::fault(&text) {
        let file = sources.add(path, text);
        let message = format!("the citation style `{path}` cannot be used: {fault}");
        return Err(unreadable(message, Span::new(file, 0..0), GET));
    }
    let style = csl::Style::from_xml(&text);
    let file = sources.add(path, text);
    let start = Span::new(file, 0..0);
    match style {
        Ok(csl::Style::Independent(style)) => Ok(style),
        Ok(csl::Style::Dependent(style)) => parent(path, &style.parent_link.href, start),
        Err(error) => {
            let message = format!("this is no citation style: {error}");
            Err(unreadable(message, start, GET))
        }
    }
}

/// A dependent style names another and has no rules of its own.
fn parent(
    path: &str,
    link: &str,
    span: Span,
) -> Result<csl::IndependentStyle, Diagnostic> {
    match ArchivedStyle::by_id(link).map(ArchivedStyle::get) {
        Some(csl::Style::Independent(style)) => Ok(style),
        _ => {
            let message = format!("`{path}` only refers to another style, `{link}`");
            Err(unreadable(message, span, "get that style and name its file instead"))
        }
    }
}
