//! Content: what is set, before it is broken into lines.
//!
//! A `document` with its counters, what a stylesheet has generated in it, and the named strings that
//! running heads repeat.

pub(crate) mod counters;
pub(crate) mod document;
pub(crate) mod generated;
pub(crate) mod named_string;
