//! What each rule did.

use crate::diag::{Code, Diagnostic};
use crate::source::Span;

use super::{Hit, Rules};

/// What the rules of a book did.
#[derive(Debug, Default)]
pub(crate) struct Account {
    /// Each rule, in the order of `book.yaml`.
    pub(crate) rules: Vec<RuleAccount>,
    /// Every place of a post whose words are not in the book as they were written.
    pub(crate) changed: Vec<Span>,
}

/// What one rule did.
#[derive(Debug)]
pub(crate) struct RuleAccount {
    /// What it does, in words.
    pub(crate) name: String,
    /// Where it was written.
    pub(crate) span: Span,
    /// The places that it changed, in the order of the book.
    pub(crate) hits: Vec<Span>,
}

impl Account {
    /// An account of nothing yet.
    pub(crate) fn new(rules: &Rules) -> Self {
        let rules = rules.names.iter().map(|(name, span)| RuleAccount {
            name: name.clone(),
            span: *span,
            hits: Vec::new(),
        });
        Self { rules: rules.collect(), changed: Vec::new() }
    }

    /// Takes in what was done to a post.
    pub(crate) fn add(&mut self, hits: Vec<Hit>, mut changed: Vec<Span>) {
        for Hit { rule, span } in hits {
            if let Some(rule) = rule {
                self.rules[rule].hits.push(span);
            }
        }
        self.changed.append(&mut changed);
    }

    /// A warning for each rule that found nothing.
    pub(crate) fn unused(&self) -> impl Iterator<Item = Diagnostic> {
        let unused = self.rules.iter().filter(|rule| rule.hits.is_empty());
        unused.map(|rule| {
            let message = format!("nothing in the posts matches: {}", rule.name);
            let diagnostic = Diagnostic::new(Code::UnusedEdit, message).at(rule.span);
            diagnostic.hint("`check --edits` lists what the other rules did")
        })
    }
}
