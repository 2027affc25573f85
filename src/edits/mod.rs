//! What the book changes of its posts, said in `book.yaml`: elements, sections and blocks of text that
//! are left out, and words that become others. The posts stay as they are.
//!
//! It works on the tree of each post, before anything in it is looked up: `elements` shows the tree
//! to selectors, `select` finds what rules of `omit` mean, `remove` takes it out, and `replace` goes
//! over what is left. What each rule did is counted (`account`).

mod account;
mod editors_notes;
mod elements;
mod notes;
mod remove;
mod replace;
mod rules;
mod select;
#[cfg(test)]
mod tests;

use crate::document::Document;
use crate::manuscript::Post;
use crate::source::Span;

pub(crate) use account::{Account, RuleAccount};
pub(crate) use editors_notes::attach;
pub(crate) use replace::replace_in_titles;
pub(crate) use rules::Rules;

/// A class that says that what has it is for the web alone.
const WEB_ONLY: &str = "web-only";

/// A place that a rule changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Which rule; none for what a post itself says.
    pub rule: Option<usize>,
    /// The place.
    pub span: Span,
}

/// A post whose tree was edited.
#[derive(Debug, Default)]
pub(crate) struct Edited {
    /// What is left of it.
    pub document: Document,
    /// The places that rules changed.
    pub hits: Vec<Hit>,
    /// Every place whose words are not in the book as they were written.
    pub changed: Vec<Span>,
    /// From where to where something was left out.
    pub omitted: Vec<Span>,
    /// The labels of the footnotes that this refers to, and of those that were left out themselves.
    references: Vec<String>,
    footnotes: Vec<String>,
}

/// Edits the tree of a post.
pub(crate) fn edit(rules: &Rules, post: &Post, document: Document) -> Edited {
    let mut edited = Edited { document, ..Edited::default() };
    let is_chapter = post.section.is_none();
    let included = post.origin.included.values();
    let may_say_so = || {
        let mut texts = included.chain([&post.text]);
        texts.any(|text| text.contains(WEB_ONLY))
    };
    if (is_chapter && rules.omissions_in(post).next().is_some()) || may_say_so() {
        let found = select::find(rules, post, &edited.document);
        remove::remove(found, &mut edited);
        notes::drop_unreferenced(post, &mut edited);
    }
    if is_chapter && rules.replaces() {
        replace::replace(rules, post, &mut edited);
    }
    edited
}
