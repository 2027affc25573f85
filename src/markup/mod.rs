//! The book as XHTML elements: what the EPUB holds, and what the stylesheet's selectors see.
//!
//! Both editions are made from the same trees, so that a rule means the same in both. A tree holds
//! one document; an element carries what it means to the book beside its name.

mod tree;

pub use tree::{Child, DocumentKind, Element, ElementId, Meaning, Text, Tree};
