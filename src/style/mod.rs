//! CSS: stylesheets parsed, matched and cascaded, one for both editions.
//!
//! A [`Style`] is the computed style of an element: a value of each property, lengths in points.
//! The properties stand in one table, `property/table.rs`.

mod cascade;
mod check;
mod color;
mod computed;
mod custom;
mod declaration;
mod descriptor;
mod ebook;
mod font_face;
mod imports;
mod length;
mod margin_box;
mod media;
mod page;
mod page_style;
mod property;
mod read;
mod rules;
mod sheet;
mod stylist;
#[cfg(test)]
mod tests;
mod themes;
mod tokens;
mod value;

pub use computed::*;
pub(crate) use ebook::{EbookSheet, EmbeddedFace};
pub(crate) use font_face::FontFace;
pub(crate) use imports::Sheet;
pub(crate) use margin_box::MarginBox;
pub(crate) use media::Medium;
pub(crate) use sheet::Stylesheet;
pub(crate) use stylist::{Styles, Stylist};
pub(crate) use themes::{THEMES, theme};
