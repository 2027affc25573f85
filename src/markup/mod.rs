//! The book as XHTML elements: what the EPUB holds, and what the stylesheet's selectors see.
//!
//! Both editions are made from the same trees, so that a rule means the same in both. A tree holds
//! one document; an element carries what it means to the book beside its name.

mod addresses;
mod blocks;
mod body;
mod builder;
mod comments;
mod contents;
#[cfg(test)]
mod debug_tree;
mod external;
mod index;
mod inlines;
mod matter;
mod notes;
mod pages;
mod pieces;
mod tables;
#[cfg(test)]
mod tests;

mod tree;
mod verse;
mod writer;

use crate::language::Language;

pub(crate) use addresses::Addresses;
pub(crate) use builder::Builder;
pub(crate) use contents::Entry;
pub(crate) use pages::{
    Begin, PageBreakMarker, PageLink, PageNumbers, PrintedPage, counts,
};
pub(crate) use tree::{Child, DocumentKind, Element, ElementId, Semantics, Text, Tree};

/// What the trees are for. They are the same but where paper cannot do what a screen can, or can
/// do more: it has no links, and it has pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Medium {
    /// The EPUB.
    Ebook,
    /// The PDF.
    Print,
}

/// One document of a book.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Document {
    /// Its file's name.
    pub name: String,
    /// Its title, in plain words.
    pub title: String,
    /// Its language.
    pub language: Language,
    /// What it is of the book.
    pub kind: DocumentKind,
    /// What it holds.
    pub tree: Tree,
}
