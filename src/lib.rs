//! Compiles a blog's tagged posts into a book: an EPUB for e-readers, a typeset PDF for print.
//!
//! [`compile`] is the one way in. It reads everything through a [`World`]; [`MemoryWorld`] is one
//! without a disk:
//!
//! ```
//! use bindery::{MemoryWorld, Request, compile};
//!
//! let mut world = MemoryWorld::new(jiff::civil::date(2026, 1, 1));
//! world.insert("book.yaml", "title: Letters from the Harbour\nlanguage: en\n".as_bytes());
//! world.insert("manuscript/first.md", "# The first boat\n\nIt came at noon.\n".as_bytes());
//! let compiled = compile(&world, "book.yaml", &Request::default());
//! let book = compiled.book.expect("a book");
//! assert!(book.chapter_titles().eq(["The first boat"]));
//! assert!(compiled.epub.is_some_and(|epub| epub.starts_with(b"PK")));
//! assert!(compiled.pdf.is_some_and(|pdf| pdf.starts_with(b"%PDF")));
//! ```
//!
//! With `default-features = false`, a program takes what it needs of the features `epub`, `pdf`, `csl`
//! (citation styles beside Chicago's notes) and `highlight` (code in colours). An edition whose
//! feature is off is not made.
//!
//! The modules stand in the order in which the data goes through them; each imports only from
//! those above it. `ARCHITECTURE.md` draws the way.

#![cfg_attr(
    not(all(feature = "cli", feature = "epub", feature = "pdf")),
    allow(dead_code, unused_imports, reason = "only an edition or the program uses it")
)]

mod address;
mod characters;

mod edit;
mod source;
mod units;

mod diag;
mod language;
mod typefaces;
mod world;

mod html;
mod html_to_markdown;

mod selector;

mod config;
mod site;

mod manuscript;

mod document;

mod permissions;
mod picture_lock;
mod source_lock;

#[cfg(feature = "cli")]
mod import;

mod bibliography;

mod dialect;
mod markdown;

mod edits;

mod comments;
mod resolve;

mod book;
#[cfg(feature = "highlight")]
mod highlight;

mod markup;

mod style;

#[cfg(feature = "epub")]
mod epub;

mod typeset;

#[cfg(feature = "pdf")]
mod pdf;

mod comparison;

mod compile;

#[cfg(feature = "cli")]
mod cli;

pub use book::Book;
pub use compile::{BoundVolume, Compiled, Formats, Goal, Request, Stage, compile};
pub use diag::{Code, Diagnostic, Severity};
pub use language::Language;
pub use manuscript::{LeftOut, Manuscript, Post, PostHeader, PostPart, TitleSource};
pub use source::{FileId, LineColumn, Source, Sources, Span};
pub use typeset::output::frame::Frames;
pub use world::{MemoryWorld, ReadError, World};

/// The pages of the PDF, and all that they are made of.
pub mod frames {
    pub use crate::document::{NoteId, PictureId};
    pub use crate::style::Color;
    pub use crate::typeset::output::frame::*;
    pub use crate::typeset::output::structure::{ContentId, NodeId, Structure};
    pub use crate::typeset::text::fonts::{FontFile, FontId};
    pub use crate::typeset::text::glyphs::{Glyph, Shaped};
    pub use crate::units::{Point, Pt, Rect, Size};
}

#[cfg(feature = "cli")]
pub use cli::run;
