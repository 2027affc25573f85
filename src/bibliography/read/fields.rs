//! What the readers of YAML and JSON have in common: the values of a map, one key at a time.

use super::Reading;
use crate::bibliography::PartialDate;
use crate::config::value::{Kind, Value};
use crate::diag::nearest;

/// One more than the deepest part of a work: a chapter in a book in a series.
pub(super) const MAX_PART_DEPTH: usize = 4;

/// The text of a scalar or, as hayagriva has it, of the `value` of a map.
pub(super) fn text(value: &Value, reading: &mut Reading) -> Option<String> {
    let inner = match &value.kind {
        Kind::Map(_) => {
            ["value", "name", "verbatim"].iter().find_map(|key| value.get(key))
        }
        _ => Some(value),
    };
    match inner.map(|inner| (&inner.kind, inner.text())) {
        Some((Kind::Null, _)) => None,
        Some((_, Some(text))) => {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(text).filter(|text| !text.is_empty())
        }
        _ => {
            let message = format!("text belongs here, and this is {}", value.what());
            reading.value(message, value.span, "");
            None
        }
    }
}

/// A date; what is none is kept as words.
pub(super) fn date(value: &Value, reading: &mut Reading) -> Option<PartialDate> {
    let text = text(value, reading)?;
    Some(PartialDate::parse(&text).unwrap_or_else(|| {
        let message = format!("`{text}` is not a date");
        let hint = "write `2018`, `2018-05` or `2018-05-03`; it is printed as it is";
        reading.value(message, value.span, hint);
        PartialDate::Words(text)
    }))
}

/// Says that a key means nothing, and which one may have been meant.
pub(super) fn unknown(
    key: &str,
    span: crate::source::Span,
    known: &[&str],
    reading: &mut Reading,
) {
    let hint = match nearest(key, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "it is passed over".to_owned(),
    };
    reading.value(format!("no work has a `{key}`"), span, &hint);
}
