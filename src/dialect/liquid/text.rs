//! Values as texts.

use crate::config::value::{Kind, Value};
use crate::source::Span;

/// A value that is a text.
pub(in crate::dialect) fn text(text: impl Into<String>) -> Value {
    Value { span: Span::DETACHED, kind: Kind::Scalar(text.into()) }
}

/// No value.
pub(super) fn nothing() -> Value {
    Value { span: Span::DETACHED, kind: Kind::Null }
}

/// What a value prints.
pub(super) fn shown(value: &Value) -> Option<String> {
    match &value.kind {
        Kind::Null => Some(String::new()),
        Kind::Scalar(text) => Some(text.clone()),
        Kind::List(items) => {
            items.iter().map(shown).collect::<Option<Vec<_>>>().map(|it| it.join(", "))
        }
        Kind::Map(_) => None,
    }
}
