//! One stylesheet for both editions: CSS, read, matched and cascaded.
//!
//! A [`Style`] is what the cascade leaves of all rules for one element: every property with its
//! computed value, lengths in points.

mod computed;

pub use computed::*;
