//! Inline layout: from inline elements to lines.
//!
//! A paragraph goes through the stages in this order: `collect` takes its inlines, `atoms` divides them
//! into words and spaces, `breakpoints` finds where a line may end, `breaks` decides, `line` sets each
//! line. A `paragraph` that was broken can be set in a line less or more.

pub(crate) mod atoms;
pub(crate) mod breakpoints;
pub(crate) mod breaks;

pub(crate) mod collect;
pub(crate) mod collected;
pub(crate) mod formula;
pub(crate) mod inline_box;
pub(crate) mod line;
pub(crate) mod paragraph;
pub(crate) mod protrusion;
pub(crate) mod ruby;
pub(crate) mod shape;
