//! Binds a blog's tagged posts into a book: an EPUB for e-readers, a typeset PDF for print.
//!
//! The modules stand in the order in which the data goes through them; each imports only from
//! those above it. `ARCHITECTURE.md` draws the way.

pub mod address;
pub mod characters;

pub mod source;
pub mod units;

pub mod diag;
pub mod language;
pub mod typefaces;
pub mod world;

pub mod config;
pub mod manuscript;

pub mod document;

pub mod ledger;

pub mod bibliography;

pub mod markdown;
pub mod resolve;

pub mod book;
pub mod highlight;

pub mod markup;

pub mod style;

pub mod epub;

pub mod typeset;

pub mod pdf;

pub mod bind;

pub mod cli;
