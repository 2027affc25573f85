//! What a template makes: its nodes written one after the other.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::super::call::Argument;
use super::expression::{MAX_EXPRESSION_BYTES, terms};
use super::list::Item;
use super::parse::{Branch, Node};
use crate::manuscript::Post;

/// A template that is being written.
pub(super) struct Template<'a> {
    pub(super) arguments: &'a [Argument],
    pub(super) body: &'a str,
    pub(super) post: &'a Post,
    pub(super) variables: BTreeMap<String, String>,
    pub(super) lists: BTreeMap<String, Vec<Item>>,
    /// What `.` means within `with` and `range`.
    pub(super) dot: Option<String>,
    /// How many templates stand around this one, which they give arguments as fields: `.Name`.
    pub(super) depth: usize,
    pub(super) steps: &'a Steps,
    pub(super) made: String,
}

/// How much was done for one call: loops in loops come to an end.
#[derive(Default)]
pub(super) struct Steps(Cell<usize>);

impl Steps {
    /// The most nodes that are written for one call.
    const MOST: usize = 50_000;

    /// The most that one template makes, in bytes.
    const MOST_BYTES: usize = 1 << 20;

    /// Takes a step; none if there were too many, or too much is made.
    fn take(&self, made: usize) -> Option<()> {
        self.0.set(self.0.get() + 1);
        (self.0.get() <= Self::MOST && made <= Self::MOST_BYTES).then_some(())
    }
}

impl<'a> Template<'a> {
    /// One of which nothing is written yet.
    pub(super) fn new(
        arguments: &'a [Argument],
        body: &'a str,
        post: &'a Post,
        steps: &'a Steps,
    ) -> Self {
        Self {
            arguments,
            body,
            post,
            variables: BTreeMap::new(),
            lists: BTreeMap::new(),
            dot: None,
            depth: 0,
            steps,
            made: String::new(),
        }
    }
}

impl Template<'_> {
    /// Writes what nodes make.
    pub(super) fn write(&mut self, nodes: &[Node<'_>]) -> Option<()> {
        for node in nodes {
            self.steps.take(self.made.len())?;
            match node {
                Node::Text(text) => self.made.push_str(text),
                Node::Action(action) => self.action(action)?,
                Node::Branches(branches) => self.branches(branches)?,
                Node::Range { names, list, each, otherwise } => {
                    let items = self.list(list)?;
                    if items.is_empty() {
                        self.write(otherwise)?;
                    }
                    self.each(names, items, each)?;
                }
            }
        }
        Some(())
    }

    fn branches(&mut self, branches: &[(Branch<'_>, Vec<Node<'_>>)]) -> Option<()> {
        for (branch, nodes) in branches {
            let (holds, dot) = match *branch {
                Branch::If(condition) => (self.holds(condition)?, None),
                Branch::With(expression) => {
                    let value = self.value(expression)?;
                    (!value.is_empty(), Some(value))
                }
                Branch::Else => (true, None),
            };
            if holds {
                let before = self.dot.clone();
                self.dot = dot.or(before.clone());
                let written = self.write(nodes);
                self.dot = before;
                return written;
            }
        }
        Some(())
    }

    /// Writes nodes for each item of a list.
    fn each(
        &mut self,
        names: &[&str],
        items: Vec<Item>,
        nodes: &[Node<'_>],
    ) -> Option<()> {
        let before = self.dot.clone();
        for Item { key, value } in items {
            match names {
                [place, name] => {
                    self.variables.insert((*place).to_owned(), key);
                    self.variables.insert((*name).to_owned(), value.clone());
                }
                [name] => {
                    self.variables.insert((*name).to_owned(), value.clone());
                }
                _ => {}
            }
            self.dot = Some(value);
            self.write(nodes)?;
        }
        self.dot = before;
        Some(())
    }

    fn action(&mut self, action: &str) -> Option<()> {
        for assign in [":=", " = "] {
            if let Some((name, value)) = action.split_once(assign)
                && name.trim().starts_with('$')
                && !name.contains('"')
            {
                let (name, expression) = (name.trim().to_owned(), value.trim());
                if let Some(items) = self.list(expression) {
                    self.lists.insert(name, items);
                    return Some(());
                }
                let value = self.value(expression).unwrap_or_default();
                self.variables.insert(name, value);
                return Some(());
            }
        }
        let value = self.value(action)?;
        self.made.push_str(&value);
        Some(())
    }

    /// Whether a condition holds.
    pub(super) fn holds(&self, condition: &str) -> Option<bool> {
        if condition.len() > MAX_EXPRESSION_BYTES {
            return None;
        }
        let terms = terms(condition);
        match terms.as_slice() {
            ["not", term] => Some(!self.holds(term)?),
            ["and", all @ ..] => {
                all.iter().try_fold(true, |holds, term| Some(holds & self.holds(term)?))
            }
            ["or", any @ ..] => {
                any.iter().try_fold(false, |holds, term| Some(holds | self.holds(term)?))
            }
            ["eq", one, others @ ..] => {
                let one = self.value(one)?;
                let mut others = others.iter().map(|other| self.value(other));
                Some(others.any(|other| other.as_deref() == Some(&one)))
            }
            ["ne", one, other] => Some(self.value(one)? != self.value(other)?),
            ["isset", ".Params", name] => {
                Some(self.argument(name.trim_matches(['"', '`'])).is_some())
            }
            [term] => {
                let inner = term.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
                match inner {
                    Some(inner) => self.holds(inner),
                    None => {
                        let value = self.value(term)?;
                        Some(!matches!(value.as_str(), "" | "false" | "0"))
                    }
                }
            }
            _ => {
                let value = self.value(condition)?;
                Some(!matches!(value.as_str(), "" | "false" | "0"))
            }
        }
    }
}
