//! What the standards refuse, in words, and where it was written.

use std::collections::BTreeSet;

use krilla::configure::ValidationError;
use krilla::error::KrillaError;
use krilla::surface::Location;

use super::draw::Drawn;
use crate::diag::{Code, Diagnostic};

/// An error of the writer as diagnostics; `places` are what locations stand for, the first being 1.
pub(super) fn diagnostics(error: &KrillaError, places: &[Drawn]) -> Vec<Diagnostic> {
    let mut known = BTreeSet::new();
    let mut diagnostics: Vec<Diagnostic> = match error {
        KrillaError::Validation(errors) => {
            errors.iter().map(|(error, _)| refused(error, places)).collect()
        }
        KrillaError::Image(_, location, reason) => {
            vec![diagnostic(
                &format!("a picture cannot be used: {reason}"),
                *location,
                places,
            )]
        }
        other => vec![diagnostic(&other.to_string(), None, places)],
    };
    diagnostics.retain(|it| known.insert((it.span, it.message.clone())));
    diagnostics
}

fn refused(error: &ValidationError, places: &[Drawn]) -> Diagnostic {
    use ValidationError as Error;
    let (what, location) = match error {
        Error::TooLongString => ("a text is longer than PDF/A allows", None),
        Error::TooLongName => ("the name of a font is longer than PDF/A allows", None),
        Error::TooManyIndirectObjects => ("the book is too long for one PDF", None),
        Error::TooHighQNestingLevel => ("a picture nests too deeply for PDF/A", None),
        Error::ContainsPostScript(at) => {
            ("a picture has a gradient that PDF/A does not allow", *at)
        }
        Error::MissingCMYKProfile => {
            ("a picture is in CMYK and has no colour profile", None)
        }
        Error::ContainsNotDefGlyph(_, at, _) => ("a font lacks a character", *at),
        Error::NoCodepointMapping(_, _, at) => ("a glyph stands for no character", *at),
        Error::InvalidCodepointMapping(_, _, _, at)
        | Error::UnicodePrivateArea(_, _, _, at) => {
            ("a character has no meaning in Unicode, which PDF/A does not allow", *at)
        }
        Error::RestrictedLicense(_) => {
            ("the licence of a font forbids embedding it", None)
        }
        Error::MissingAltText(at) | Error::MissingAnnotationAltText(at) => {
            ("a picture, a formula or a link has no words", *at)
        }
        Error::MissingHeadingTitle => ("a heading has no words", None),
        Error::NoDocumentTitle => ("the book has no title", None),
        other => {
            return diagnostic(&format!("the standard forbids {other:?}"), None, places);
        }
    };
    diagnostic(what, location, places)
}

fn diagnostic(what: &str, location: Option<Location>, places: &[Drawn]) -> Diagnostic {
    let index = location.and_then(|it| usize::try_from(it.get() - 1).ok());
    let place = index.and_then(|index| places.get(index));
    let in_picture = match place {
        Some(Drawn::Picture(path)) => format!(" in `{path}`"),
        _ => String::new(),
    };
    let span = match place {
        Some(Drawn::Text(span)) => Some(*span),
        _ => None,
    };
    Diagnostic::new(
        Code::PdfNonconforming,
        format!("the PDF could not be written: {what}{in_picture}"),
    )
    .at(span)
    .hint("`pdf: {edition: print}` promises no standard and may go through")
}
