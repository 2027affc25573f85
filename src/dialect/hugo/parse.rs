//! A template as a tree: text, actions, branches, loops.

/// A part of a template.
#[derive(Debug)]
pub(super) enum Node<'t> {
    Text(&'t str),
    /// `{{ … }}`.
    Action(&'t str),
    /// `{{ if … }}` and `{{ with … }}`: the branches, each with its condition.
    Branches(Vec<(Branch<'t>, Vec<Node<'t>>)>),
    /// `{{ range … }}`: what is written for each item of a list, or if there is none.
    Range {
        /// `$place, $item`, or `$item` alone.
        names: Vec<&'t str>,
        list: &'t str,
        each: Vec<Node<'t>>,
        otherwise: Vec<Node<'t>>,
    },
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Branch<'t> {
    If(&'t str),
    With(&'t str),
    Else,
}

/// How deep conditions stand in conditions.
const MAX_DEPTH: usize = 32;

pub(super) struct Parser<'t> {
    rest: &'t str,
    depth: usize,
}

impl<'t> Parser<'t> {
    /// Of a template without comments.
    pub(super) fn new(template: &'t str) -> Self {
        Self { rest: template, depth: 0 }
    }

    /// The nodes up to an action that ends them, and that action.
    pub(super) fn nodes(&mut self) -> Option<(Vec<Node<'t>>, &'t str)> {
        let mut nodes = Vec::new();
        loop {
            let Some((before, after)) = self.rest.split_once("{{") else {
                nodes.push(Node::Text(self.rest));
                self.rest = "";
                return Some((nodes, ""));
            };
            let trims = after.starts_with("- ");
            nodes.push(Node::Text(if trims { before.trim_end() } else { before }));
            let end = action_end(after)?;
            let action = &after[..end];
            self.rest = &after[end + 2..];
            if action.ends_with('-') {
                self.rest = self.rest.trim_start();
            }
            let action = action.trim_start_matches('-').trim_end_matches('-').trim();
            let word = action.split_whitespace().next().unwrap_or_default();
            match word {
                "if" | "with" => {
                    nodes.push(self.branches(action)?);
                }
                "else" | "end" => return Some((nodes, action)),
                "range" => nodes.push(self.range(action)?),
                // What defines templates, or leaves a loop, is not understood.
                "define" | "block" | "template" | "break" | "continue" | "return" => {
                    return None;
                }
                _ => nodes.push(Node::Action(action)),
            }
        }
    }

    fn range(&mut self, action: &'t str) -> Option<Node<'t>> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let rest = action.strip_prefix("range")?.trim();
        let (names, list) = match rest.split_once(":=") {
            Some((names, list)) => (names.split(',').map(str::trim).collect(), list),
            None => (Vec::new(), rest),
        };
        let (each, end) = self.nodes()?;
        let (otherwise, end) = match end {
            "else" => self.nodes()?,
            end => (Vec::new(), end),
        };
        self.depth -= 1;
        let list = list.trim();
        (end == "end").then_some(Node::Range { names, list, each, otherwise })
    }

    fn branches(&mut self, action: &'t str) -> Option<Node<'t>> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let mut branches = Vec::new();
        let mut branch = branch(action)?;
        loop {
            let (nodes, end) = self.nodes()?;
            branches.push((branch, nodes));
            match end.strip_prefix("else") {
                Some("") => branch = Branch::Else,
                Some(rest) => branch = self::branch(rest.trim())?,
                None if end == "end" => break,
                None => return None,
            }
        }
        self.depth -= 1;
        Some(Node::Branches(branches))
    }
}

/// Where an action ends: quoted words may hold its mark.
fn action_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '`') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '}') if text[at..].starts_with("}}") => return Some(at),
            _ => {}
        }
    }
    None
}

fn branch(action: &str) -> Option<Branch<'_>> {
    let (word, rest) = action.split_once(char::is_whitespace)?;
    match word {
        "if" => Some(Branch::If(rest.trim())),
        "with" => Some(Branch::With(rest.trim())),
        _ => None,
    }
}

pub(super) fn without_comments(template: &str) -> String {
    let mut plain = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find("{{/*").or_else(|| rest.find("{{- /*")) {
        let Some(end) = rest[at..].find("}}") else { break };
        plain.push_str(&rest[..at]);
        rest = &rest[at + end + 2..];
    }
    plain + rest
}
