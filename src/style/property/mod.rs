//! Properties: from a declaration's value to the specified values of longhands.

mod boxes;
mod content;
mod fonts;
mod initial;
mod known;
mod shorthand;
mod table;
#[cfg(test)]
mod tests;
mod text;

use cssparser::Parser;

use super::value::{Parsed, parse_entirely};

pub(super) use fonts::{
    FontFeatures, family_name, stretch as font_stretch, style as font_style,
    weight_number as font_weight_number,
};
pub(super) use initial::{inherited, initial};
pub(super) use known::{Support, nearest, pdf_support, stays_out_of_epub};
pub(super) use table::{Longhand, Shorthand, Stage, Value};

/// A property that the PDF honours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Property {
    Longhand(Longhand),
    Shorthand(Shorthand),
}

/// A keyword that every property takes (CSS Cascade 5, section 7.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WideKeyword {
    /// The parent's value.
    Inherit,
    /// The initial value.
    Initial,
    /// `inherit` if the property is inherited, `initial` if not.
    Unset,
    /// What the element would have without rules of the same origin.
    Revert,
    /// What it would have without those of the same layer.
    RevertLayer,
}

/// What is declared of one longhand.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum LonghandDeclaration {
    Value(Value),
    Wide(Longhand, WideKeyword),
}

impl LonghandDeclaration {
    /// The longhand that it is declared of.
    pub(super) fn longhand(&self) -> Longhand {
        match self {
            Self::Value(value) => value.longhand(),
            Self::Wide(longhand, _) => *longhand,
        }
    }
}

impl WideKeyword {
    /// The keyword that is all of a value.
    pub(super) fn parse(value: &str) -> Option<Self> {
        const KEYWORDS: &[(&str, WideKeyword)] = &[
            ("inherit", WideKeyword::Inherit),
            ("initial", WideKeyword::Initial),
            ("unset", WideKeyword::Unset),
            ("revert", WideKeyword::Revert),
            ("revert-layer", WideKeyword::RevertLayer),
        ];
        parse_entirely(value, |input| super::value::keyword(input, KEYWORDS)).ok()
    }
}

impl Property {
    /// The property of a name or an alias, in lower case.
    pub(super) fn named(name: &str) -> Option<Self> {
        let shorthand = || Shorthand::named(name).map(Self::Shorthand);
        Longhand::named(name).map(Self::Longhand).or_else(shorthand)
    }

    /// The longhands that it sets.
    pub(super) fn longhands(&self) -> &[Longhand] {
        match self {
            Self::Longhand(longhand) => std::slice::from_ref(longhand),
            Self::Shorthand(shorthand) => shorthand.longhands(),
        }
    }

    /// A keyword for all longhands that it sets.
    pub(super) fn wide(&self, keyword: WideKeyword) -> Vec<LonghandDeclaration> {
        self.longhands()
            .iter()
            .map(|it| LonghandDeclaration::Wide(*it, keyword))
            .collect()
    }

    /// Parses a value without `var()`. What a shorthand's value does not name is reset to its
    /// initial value (CSS Cascade 5, section 3).
    pub(super) fn parse(&self, value: &str) -> Parsed<Vec<LonghandDeclaration>> {
        if let Some(keyword) = WideKeyword::parse(value) {
            return Ok(self.wide(keyword));
        }
        let values = parse_entirely(value, |input| self.values(input))?;
        let mut declared = match self {
            Self::Longhand(_) => Vec::new(),
            Self::Shorthand(_) => self.wide(WideKeyword::Initial),
        };
        for value in values {
            let place = declared.iter_mut().find(|it| it.longhand() == value.longhand());
            match place {
                Some(place) => *place = LonghandDeclaration::Value(value),
                None => declared.push(LonghandDeclaration::Value(value)),
            }
        }
        Ok(declared)
    }

    fn values(&self, input: &mut Parser) -> Parsed<Vec<Value>> {
        match self {
            // What is more than the value is found by `parse_entirely`.
            Self::Longhand(longhand) => longhand.parse(input).map(|value| vec![value]),
            Self::Shorthand(shorthand) => shorthand.parse(input),
        }
    }
}

/// Whether a declaration without `var()` is one that the PDF honours.
pub(super) fn is_honoured(name: &str, value: &str) -> bool {
    let parsed = Property::named(name).map(|property| property.parse(value));
    matches!(parsed, Some(Ok(_)))
}
