//! One stylesheet for both editions: CSS, read, matched and cascaded.
//!
//! A [`Style`] is what the cascade leaves of all rules for one element: every property with its
//! computed value, lengths in points.

mod cascade;
mod check;
mod color;
mod computed;
mod custom;
mod declaration;
mod descriptor;
mod ebook;
mod imports;
mod length;
mod margin_box;
mod media;
mod page;
mod property;
mod read;
mod rules;
mod selector;
mod sheet;
mod stylist;
#[cfg(test)]
mod tests;
mod themes;
mod tokens;
mod value;

pub use computed::*;
pub use ebook::{EbookSheet, EmbeddedFace};
pub use imports::Sheet;
pub use margin_box::MarginBox;
pub use media::Medium;
pub use sheet::{FontFace, Stylesheet};
pub use stylist::{Styles, Stylist};
pub use themes::{THEMES, theme};
