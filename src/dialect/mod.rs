//! What a post has that only its generator reads, rewritten as Markdown and HTML: Liquid, shortcodes,
//! and the marks that one dialect of Markdown has and others do not.
//!
//! It goes in passes. Each finds where code is ([`code`]), gives its edits, and all of them are made at
//! once ([`crate::edit`]); so every place of the result is known in the author's file. What is not
//! known stays, as code, and a diagnostic says so.

mod admonitions;
mod asides;
mod attributes;
mod brackets;
mod call;
mod callouts;
mod calls;
mod code;
mod codehilite;
mod excerpts;
mod ghost;
mod hexo;
mod hugo;
mod kramdown;
mod liquid;
mod marks;
mod mdx;
mod output;
mod page;
mod pandoc;
mod panels;
mod scan;
mod snippets;
#[cfg(test)]
mod tests;
mod wiki;
mod wordpress;

pub(crate) use attributes::first_item;

use std::borrow::Cow;
use std::ops::Range;

use crate::config::Generator;
use crate::diag::{self, Diagnostic, Warned};
use crate::edit::{Edit, SourceMap, apply};
use crate::manuscript::{Post, PostFormat};
use crate::source::Span;

use code::Code;

/// A post's body without its dialect.
#[derive(Debug)]
pub(crate) struct Rewritten<'a> {
    /// The body, as it is to be read.
    pub(crate) text: Cow<'a, str>,
    /// Where its parts were written: the map of the last pass first.
    pub(crate) maps: Vec<SourceMap>,
    /// What the post itself says is not to be shown, in its file: a branch of a condition that does
    /// not hold.
    pub(crate) hidden: Vec<Span>,
}

/// Rewrites the dialect of a post.
pub(crate) fn rewrite(post: &Post) -> Warned<Rewritten<'_>> {
    let written = post.text.get(post.body.clone()).unwrap_or_default();
    let text = Cow::Borrowed(written);
    let rewritten = Rewritten { text, maps: Vec::new(), hidden: Vec::new() };
    let mut rewriter = Rewriter { post, rewritten, diagnostics: Vec::new() };
    if post.origin.generator != Generator::Plain {
        let passes: &[Pass] = match post.format {
            PostFormat::Markdown => PASSES,
            PostFormat::Html => &PASSES_OF_HTML,
        };
        for pass in passes {
            rewriter.run(*pass);
        }
    }
    let Rewriter { rewritten, diagnostics, .. } = rewriter;
    Warned { value: rewritten, diagnostics }
}

/// Finds what one pass has to edit.
type Pass = fn(&Context<'_>, &mut Edits);

/// In this order: what a template makes is read as Markdown in the dialect of the blog.
const PASSES: &[Pass] = &[snippets::pass, beginnings, calls::pass, blocks, inlines];

const PASSES_OF_HTML: [Pass; 3] = [page::pass, ghost::pass, calls::pass];

fn beginnings(context: &Context<'_>, edits: &mut Edits) {
    excerpts::pass(context, edits);
    mdx::pass(context, edits);
    hexo::pass(context, edits);
    ghost::pass(context, edits);
    codehilite::pass(context, edits);
}

fn blocks(context: &Context<'_>, edits: &mut Edits) {
    admonitions::pass(context, edits);
    panels::pass(context, edits);
    callouts::pass(context, edits);
    kramdown::pass(context, edits);
    pandoc::blocks(context, edits);
}

fn inlines(context: &Context<'_>, edits: &mut Edits) {
    wiki::pass(context, edits);
    marks::pass(context, edits);
    pandoc::inlines(context, edits);
}

struct Rewriter<'a> {
    post: &'a Post,
    rewritten: Rewritten<'a>,
    diagnostics: Vec<Diagnostic>,
}

impl Rewriter<'_> {
    fn run(&mut self, pass: Pass) {
        let Rewritten { text, maps, hidden } = &mut self.rewritten;
        let code = match self.post.format {
            PostFormat::Markdown => Code::of(text),
            PostFormat::Html => Code::of_html(text),
        };
        let mut edits = Edits::default();
        pass(&Context { post: self.post, text, code: &code }, &mut edits);
        let Edits { edits, found, hidden: hides } = edits;
        let span = |range| {
            let range = maps.iter().fold(range, |range, map| map.range(range));
            let start = self.post.body.start;
            Span::new(self.post.file, start + range.start..start + range.end)
        };
        hidden.extend(hides.into_iter().map(span));
        for Found { code, range, message, hint } in found {
            let diagnostic = Diagnostic::new(code, message).at(span(range));
            self.diagnostics.push(diagnostic.hint(hint));
        }
        if !edits.is_empty() {
            let applied = apply(text, edits);
            maps.insert(0, applied.map);
            *text = Cow::Owned(applied.text);
        }
    }
}

/// What a pass looks at.
pub(in crate::dialect) struct Context<'a> {
    /// The post.
    post: &'a Post,
    /// Its body, as the passes before left it.
    text: &'a str,
    /// Where code is in it.
    code: &'a Code,
}

impl Context<'_> {
    /// Whether the post is HTML.
    fn is_html(&self) -> bool {
        self.post.format == PostFormat::Html
    }

    /// What the post is written for.
    fn generator(&self) -> Generator {
        self.post.origin.generator
    }
}

/// What a pass finds.
#[derive(Default)]
pub(in crate::dialect) struct Edits {
    edits: Vec<Edit>,
    found: Vec<Found>,
    /// What is not to be shown.
    hidden: Vec<Range<usize>>,
}

/// Something to report: where, what to say, and what became of it.
struct Found {
    code: diag::Code,
    range: Range<usize>,
    message: String,
    hint: &'static str,
}

impl Edits {
    /// Reports a call that is not known.
    fn unknown(&mut self, name: &str, range: Range<usize>) {
        self.found.push(Found {
            code: diag::Code::TemplateSyntax,
            range,
            message: format!("the call `{name}` is not known"),
            hint: "it stays as code; take it out, or say in Markdown what it means",
        });
    }
}
