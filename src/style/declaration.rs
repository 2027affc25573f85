//! Declarations: as they are written, and as the cascade takes them.

use std::sync::Arc;

use super::descriptor::{PageDescriptor, PageValue};
use super::property::{LonghandDeclaration, Property, Support, WideKeyword, pdf_support};
use super::tokens;
use super::value::ParseErrorKind;
use crate::source::Span;

/// A declaration as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WrittenDeclaration<'i> {
    /// In lower case, unless it is that of a custom property.
    pub(super) name: String,
    /// Its value without `!important`.
    pub(super) value: &'i str,
    pub(super) important: bool,
    pub(super) span: Span,
}

/// A declaration that takes part in the cascade.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Declaration {
    pub(super) value: DeclaredValue,
    pub(super) important: bool,
}

/// What a declaration declares.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum DeclaredValue {
    /// Values of longhands.
    Longhands(Vec<LonghandDeclaration>),
    /// A value with `var()` in it, which is parsed once that has been substituted.
    WithVariables(Property, Arc<str>),
    /// A custom property, and its value.
    Custom(Arc<str>, Arc<str>),
    /// What only a page can have.
    Page(PageValue),
}

/// Where a declaration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a style rule, a margin box or a `style` attribute.
    Style,
    /// In an `@page` rule.
    Page,
}

/// Why a declaration does not take part in the cascade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeclarationError {
    /// There is no such property.
    UnknownProperty,
    /// Its property means something only on a screen.
    ScreenProperty,
    /// The PDF has nothing for its property.
    UnsupportedProperty,
    /// Its value cannot be taken.
    Value(ParseErrorKind),
}

impl WrittenDeclaration<'_> {
    /// Whether it is that of a custom property.
    pub(super) fn is_custom(&self) -> bool {
        self.name.starts_with("--")
    }

    /// The declaration with its value parsed.
    pub(super) fn parse(&self, place: Place) -> Result<Declaration, DeclarationError> {
        let value = self.declared_value(place)?;
        Ok(Declaration { value, important: self.important })
    }

    fn declared_value(&self, place: Place) -> Result<DeclaredValue, DeclarationError> {
        if self.is_custom() {
            let (name, value) = (self.name.as_str().into(), self.value.into());
            return Ok(DeclaredValue::Custom(name, value));
        }
        if place == Place::Page
            && let Some(descriptor) = PageDescriptor::named(&self.name)
        {
            let value = match WideKeyword::parse(self.value) {
                // Pages inherit nothing of these.
                Some(_) => Ok(descriptor.initial()),
                None => descriptor.parse(self.value),
            };
            return value.map(DeclaredValue::Page).map_err(DeclarationError::Value);
        }
        let property = match pdf_support(&self.name) {
            Support::Supported(property) => property,
            Support::Screen => return Err(DeclarationError::ScreenProperty),
            Support::Unsupported => return Err(DeclarationError::UnsupportedProperty),
            Support::Unknown => return Err(DeclarationError::UnknownProperty),
        };
        if tokens::calls(self.value, &["var"]) {
            return Ok(DeclaredValue::WithVariables(property, self.value.into()));
        }
        let declared = property.parse(self.value);
        declared.map(DeclaredValue::Longhands).map_err(DeclarationError::Value)
    }
}
