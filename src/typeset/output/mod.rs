//! What typesetting gives: frames, the structure of the text in them, and the list of pages.

pub(crate) mod frame;
pub(crate) mod pagelist;
pub(crate) mod structure;
